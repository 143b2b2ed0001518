# ruff: noqa: INP001 - a script, in no package
"""Tell which tracking parameters of a public list linkcheck does not know: `python scripts/check_trackers.py FILE`.

FILE is AdGuard's `general_url.txt` (rules `$removeparam=NAME`) or the `data.json` of ClearURLs. Nothing is written:
docs/how-to/update-data.md tells what to do about the names.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from linkcheck.urls.trackers import SHARED, is_tracker

_PLAIN = re.compile(r"\$removeparam=([\w.-]+)$", re.MULTILINE)
"""A rule for every site, of a plain name: patterns and rules for some sites are left to whoever reads the list."""
_NAME = re.compile(r"[\w.-]+")


def names_in(text: str) -> Iterator[str]:
    """The plain names that a list removes everywhere."""
    if not text.lstrip().startswith("{"):
        yield from _PLAIN.findall(text)
        return
    for rule in json.loads(text)["providers"]["globalRules"]["rules"]:
        name = re.sub(r"\(\?:%3F\)\?|\\", "", rule)
        if _NAME.fullmatch(name):
            yield name


def missing(text: str) -> list[str]:
    """Those of them that linkcheck knows nothing of."""
    return sorted({name for name in names_in(text) if not is_tracker(name) and name.lower() not in SHARED})


if __name__ == "__main__":
    sys.stdout.writelines(f"{name}\n" for name in missing(Path(sys.argv[1]).read_text("utf-8")))
