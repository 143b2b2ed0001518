"""Whether a file starts with front matter, and whether its first line is damaged, from its first bytes.

`discover` uses these functions to recognize articles; `parse` uses them for error messages.

- A file starts with front matter if its first line opens a block: `---`, `+++`, `{`, or `---` with the name of a format.
- Front matter is blank if it is empty or contains only comments. In some generators, such a block means "process this file".
- A `---` on the first line can also be a thematic break of ordinary Markdown. No `key:` lines follow it then.
- The first line of an article is damaged if the file would start with front matter without the characters before its fence,
  or with a fence of three characters as its first line, and if the lines up to the closing fence are keys and values.
"""

import re
from collections.abc import Iterator

PROGRAMS = "js|javascript|cjs|mjs|ts|coffee|coffeescript|cson|lisp|clojure|php|python|ruby"
"""Names of programming languages after `---`, as a regular expression. Such front matter is code, and is not read."""

_MOST = 1 << 18
"""Number of bytes of a file that are examined, which is the limit of front matter (`parse.limits`)."""
_DATA = {"yml": "yaml", "yaml": "yaml", "json": "json", "toml": "toml"}

# Patterns are compiled on first use: the pre-commit hook runs often and uses few of them.
_LED = rf"""(?:\xef\xbb\xbf)?(?:
        ---[ \t]*(?:(?:ya?ml|toml|json|{PROGRAMS})[ \t]*)?(?:[\r\n]|\Z)
        | \+\+\+[ \t]*(?:[\r\n]|\Z)
        | \{{[ \t]*(?:[\r\n"}}]|\Z)
    )
    | (?:\xff\xfe)?(?:(?:-\0){{3}}|(?:\+\0){{3}})[\r\n\ ]\0
    | (?:\xfe\xff)?(?:(?:\0-){{3}}|(?:\0\+){{3}})\0[\r\n\ ]
    | (?:\xff\xfe\0\0)?(?:-\0\0\0){{3}}
    | (?:\0\0\xfe\xff)?(?:\0\0\0-){{3}}
    """.encode("latin-1")
_MARKS = ((b"\xff\xfe\0\0", "UTF-32"), (b"\0\0\xfe\xff", "UTF-32"), (b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))
_UNMARKED = (
    (r"[-+{]\0\0\0", "UTF-32LE"),
    (r"\0\0\0[-+{]", "UTF-32BE"),
    (r"[-+{]\0[^\0]\0", "UTF-16LE"),
    (r"\0[-+{]\0[^\0]", "UTF-16BE"),
)
"""How front matter starts in encodings without a byte order mark."""
_BLANK = (
    rb"(?:\xef\xbb\xbf)?(?:(---)[ \t]*(?:(?:ya?ml|toml|json)[ \t]*)?|\+\+\+[ \t]*)(?:\r\n|\n|\r)"
    rb"(?:[ \t]*(?:#[^\r\n]*+)?(?:\r\n|\n|\r))*+(?(1)(?:---|\.\.\.)|\+\+\+)[ \t]*(?:[\r\n]|\Z)"
)
_PLAIN_FENCE = rb"(?:\xef\xbb\xbf)?---[ \t]*(?:\r\n|\n|\r)"
_KEY_NEXT = rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n[a-z_][\w-]*:[ \t\r\n]"
"""The usual case, which the first two lines decide."""

_NAME = r"(?:<<|[^\W\d][\w.$@/-]*|\"[^\"]*\"|'[^']*')(?:[ ][\w.-]{1,40}){0,2}"
_KEY = rf"({_NAME})[ \t]*:(?=[ \t]|\Z)"
_KEY_WITHOUT_SPACE = r"[^\W\d][\w.-]*:(?!//)[^ \t]|(?a:[a-z][\w.-]*)\uff1a"
_TOML = r"([A-Za-z_][\w.-]*)[ \t]*=[ \t]*\S|\[\[?[\w.\"'-]{1,80}\]\]?\Z"
_LOOSE_KEY = r":(?:[ \t]|\Z)"
_NEVER_PROSE = tuple("?!&{%")
"""What a mapping in YAML can start with, besides a name."""
_MARKUP = ("![", "<", "*", "-", ">", "|", "[", "`", "+", "=")
_CLOSING = r"---[ \t]*|\.\.\.[ \t]*"
_DASHES = r"([-\u2010-\u2015]{2,}+|\u2014)[ \t]*+"
_CLOSING_OF_DAMAGED = {"-": rf"{_DASHES}|\.\.\.[ \t]*+", "+": r"\+{2,}+[ \t]*+"}
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")

_BEFORE = (
    r"(?:[\s\ufeff\u200b-\u200f\u2060]|\u00ef\u00bb\u00bf|<!--(?:(?!-->)[\s\S])*+-->|\{/\*(?:(?!\*/\})[\s\S])*+\*/\}"
    r"|\{\#(?:(?!\#\})[\s\S])*+\#\}|<{7}[^\n]*\n)*+"
)
"""What can precede a fence by mistake: spaces, invisible characters, a broken byte order mark, comments, merge conflicts."""
_FENCE_LINE = rf"(?:{_DASHES}|(\+{{2,}}+)[ \t]*+)(.*)"
_OBJECT = r'\{\s*"[^"\n]{1,100}"\s*:'
_USUAL_KEYS = frozenset(
    ("title", "date", "layout", "slug", "permalink", "draft", "url", "tags", "description", "author", "headline", "weburl")
)
_SURE_KEYS = frozenset(("title", "date", "layout", "permalink"))


def data_format(path: str) -> str | None:
    """The format of a data file, by its extension; None for other files. A data file consists of front matter only."""
    _, dot, extension = path.rpartition(".")
    return _DATA.get(extension.lower()) if dot else None


def starts_with_front_matter(head: bytes) -> bool:
    """Whether a file with this beginning starts with front matter, even if it is invalid."""
    return re.match(_LED, head, re.VERBOSE | re.IGNORECASE) is not None


def other_encoding(head: bytes) -> str | None:
    """The encoding of a file with this beginning, if its first characters show that it is not UTF-8."""
    if b"\0" not in head[:4] and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    return marked or next((name for start, name in _UNMARKED if re.match(start.encode(), head)), None)


def is_blank(head: bytes) -> bool:
    """Whether the front matter of a file is empty or contains only comments."""
    return re.match(_BLANK, head) is not None


def is_thematic_break(head: bytes) -> bool:
    """Whether the `---` that a file starts with is a thematic break in Markdown, because no YAML follows it."""
    if re.match(_KEY_NEXT, head):
        return False
    fence = re.match(_PLAIN_FENCE, head)
    if fence is None:
        return False
    keys = settings = others = 0
    first = ""
    closed = has_heading = False
    for line in _lines(head[fence.end() : _MOST].decode("utf-8", "replace")):
        if closed := re.fullmatch(_CLOSING, line) is not None:
            break
        text = line.rstrip() if first else line.strip()
        has_heading |= text.startswith("#")
        if text and text[0] not in "# \t":
            first = first or text
            keys += re.match(_KEY, text) is not None
            settings += re.match(_TOML, text) is not None
            others += not (re.search(_LOOSE_KEY, text) or text.startswith(("- ", "?", "]", "}")))
    if not first:
        return has_heading and not closed
    if closed and not others and head.startswith(b"- ", fence.end()):
        return False  # a list; after a thematic break, there would be a blank line
    key = re.match(_KEY, first)
    if key is None and first.startswith((*_MARKUP, *_NEVER_PROSE)):
        return first.startswith(_MARKUP)
    if not closed:
        return key is None or not (keys > 1 or key[1] == "<<" or key[1][:1].islower())
    if (setting := re.match(_TOML, first)) and settings == others and (settings > 1 or setting[1] in _USUAL_KEYS):
        return False  # TOML between the wrong fences
    if (key and " " not in key[1]) or re.match(_KEY_WITHOUT_SPACE, first) or re.search(r":[ \t]+[\"'|>]", first):
        return False
    # A mapping that YAML accepts has a colon on every line at the left margin.
    return others > 1 if re.search(_LOOSE_KEY, first) else keys < max(1, others)


def damage(head: bytes) -> str | None:
    """The message about the first line of an article; None if the line is correct, or if the file is not an article."""
    if starts_with_front_matter(head):
        return None
    text = head[:_MOST].decode("utf-8", "replace")
    before = re.match(_BEFORE, text)
    assert before is not None
    start = before.end()
    first, *_ = re.split(r"[\r\n]", text[start : start + 1_000], maxsplit=1)
    if fence := re.fullmatch(_FENCE_LINE, first.rstrip()):
        return _damaged_fence(fence, text[start + len(first) :], moved=start > 0)
    if start and re.match(_OBJECT, text[start : start + 1_000]):
        return before_fence("{")
    return _missing_fence(text[start:], first)


def lacks_fence(head: bytes) -> bool:
    """Whether a file starts with the keys of front matter and a closing fence, but has no opening fence."""
    text = head[:_MOST].decode("utf-8", "replace")
    return _missing_fence(text, re.split(r"[\r\n]", text, maxsplit=1)[0]) is not None


def before_fence(fence: str) -> str:
    return f"front matter must start on the first line, in the first column; remove what is before its `{fence}`"


def wrong_length(line: str) -> str:
    return f"`{line}` has {len(line)} characters; front matter starts with a line of exactly three"


def after_fence(fence: str) -> str:
    return f"nothing can follow `{fence}` on the first line; start the front matter on the second"


def _damaged_fence(fence: re.Match[str], below: str, *, moved: bool) -> str | None:
    opened, rest = fence[1] or fence[2], fence[3]
    is_toml = opened.startswith("+")
    if rest and (is_toml or not (rest.startswith("#") or re.match(_KEY, rest))):
        return None
    keys = _keys([rest, *_lines(below)], _CLOSING_OF_DAMAGED["+" if is_toml else "-"], toml=is_toml)
    if keys is None or not any(key[:1].islower() or key.casefold() in _USUAL_KEYS for key in keys):
        return None
    if opened not in ("---", "+++"):
        return wrong_length(opened) if opened[0] in "-+" else f"`{opened}` is not `---`: it must be three hyphens"
    if rest and not moved:
        return after_fence(opened)
    return before_fence(opened)


def _missing_fence(text: str, first: str) -> str | None:
    """The message for a missing opening fence. A single line above `---` is a heading, except for a few common keys."""
    key = re.match(_KEY, first) or re.match(_TOML, first)
    if key is None or not key[1]:
        return None
    fence = "+++" if key.re.pattern == _TOML else "---"
    keys = _keys(_lines(text), re.escape(fence) + r"[ \t]*", toml=fence == "+++", close=True)
    if keys is None or not (_USUAL_KEYS & keys.keys() if len(keys) > 1 else _SURE_KEYS & keys.keys()):
        return None
    return f"the line `{fence}` that opens the front matter is missing above `{key[1]}`"


def _keys(lines: Iterator[str] | list[str], closing: str, *, toml: bool, close: bool = False) -> dict[str, None] | None:
    """The keys at the left margin up to the closing fence; None if there is none, or if the lines are not front matter.

    With `close`, the line before the closing fence must not be blank, and every line must be part of front matter.
    """
    pattern = _TOML if toml else _KEY
    keys: dict[str, None] = {}
    others = 0
    last = ""
    for line in lines:
        if re.fullmatch(closing, line.strip() if not close else line):
            if close and not last.strip():
                return None
            return keys if keys and others * 3 <= (0 if close else len(keys)) else None
        last = line
        if key := re.match(pattern, line):
            keys[(key[1] or "").strip("\"'")] = None
        elif line.strip() and line[0] not in " \t#]})" and not line.startswith(_CONFLICT):
            if not keys:
                return None
            others += not line.startswith("- ")
    return None


def _lines(text: str) -> Iterator[str]:
    """The lines of a text. `splitlines` would also split at U+2028 and others."""
    return iter(re.split(r"\r\n|\n|\r", text))
