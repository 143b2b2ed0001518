"""How a value or a key can be written in YAML, TOML and JSON, in the style of what was there before."""

import json
import re
from collections.abc import Iterator

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_QUOTED_ONLY = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
"""What only a double-quoted string can hold, as an escape."""


def serializations(written: str, new: str | int, format_: str, *, is_key: bool) -> Iterator[str]:
    """Texts that may stand for the new value where `written` stood, the one closest in style first.

    A candidate may not mean the value where it comes to stand (a plain YAML scalar): who uses it reads it back.
    """
    if isinstance(new, int):
        yield str(new)
        return
    match format_:
        case "json":
            yield _json(written, new)
            yield _double(new)
        case "toml":
            yield from _toml(written, new, is_key=is_key)
        case _:
            yield from _yaml(written, new)


def _json(written: str, new: str) -> str:
    """With slashes and letters escaped, which JSON does not need, where what was there had them so."""
    text = json.dumps(new) if written.isascii() and "\\u" in written else _double(new)
    return text.replace("/", "\\/") if "\\/" in written else text


def _yaml(written: str, new: str) -> Iterator[str]:
    fits_one_line = _QUOTED_ONLY.search(new) is None
    if written.startswith("'") and fits_one_line:
        yield "'" + new.replace("'", "''") + "'"
    elif not written.startswith(("'", '"')) and fits_one_line and new:
        yield new
    yield _double(new)


def _toml(written: str, new: str, *, is_key: bool) -> Iterator[str]:
    fits_one_line = _QUOTED_ONLY.search(new) is None
    if is_key and not written.startswith(("'", '"')) and _BARE.fullmatch(new):
        yield new
    elif written.startswith("'''") and fits_one_line and "'''" not in new:
        yield f"'''{new}'''"
    elif written.startswith("'") and fits_one_line and "'" not in new:
        yield f"'{new}'"
    elif written.startswith('"""'):
        yield f'""{_double(new)}""'
    yield _double(new)


def _double(text: str) -> str:
    """In double quotes, in what JSON, TOML 1.0 and YAML 1.2 have in common."""
    return _QUOTED_ONLY.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False))
