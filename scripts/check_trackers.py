# ruff: noqa: INP001 - a script, in no package
"""Print the tracking parameters of a public list that linkcheck does not know: `python scripts/check_trackers.py FILE`.

FILE is AdGuard's `general_url.txt` (rules `$removeparam=NAME`) or the `data.json` of ClearURLs. No file is changed;
docs/how-to/update-data.md describes what to do with the names.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from linkcheck.urls.trackers import SHARED, is_tracker

_PLAIN = re.compile(r"\$removeparam=([\w.-]+)$", re.MULTILINE)
"""A rule with a plain name for all sites; patterns and rules for single sites need a review by hand."""
_NAME = re.compile(r"[\w.-]+")


def names_in(text: str) -> Iterator[str]:
    """The plain names that a list removes on all sites."""
    if not text.lstrip().startswith("{"):
        yield from _PLAIN.findall(text)
        return
    for rule in json.loads(text)["providers"]["globalRules"]["rules"]:
        name = re.sub(r"\(\?:%3F\)\?|\\", "", rule)
        if _NAME.fullmatch(name):
            yield name


def missing(text: str) -> list[str]:
    """The names of a list that linkcheck does not know."""
    return sorted({name for name in names_in(text) if not is_tracker(name) and name.lower() not in SHARED})


if __name__ == "__main__":
    sys.stdout.writelines(f"{name}\n" for name in missing(Path(sys.argv[1]).read_text("utf-8")))
