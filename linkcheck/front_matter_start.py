"""What the first bytes of a file say about its front matter: whether it has any, and whether its first line is damaged.

`discover` decides with these functions what is an article, and `parse` words its errors with them.

- A file is led if its first line opens a block of front matter: `---`, `+++`, `{`, or `---` with the name of a format.
- It is blank if there is nothing or only comments between the fences. Generators take such a block for "process this file".
- A block that opens with `---` may be a rule at the top of ordinary Markdown. Then there are no `key:` lines in it.
- The first line of an article is damaged if the file would be led without what is before its fence, or with a fence of three
  characters in place of its first line, and the lines up to the closing fence are keys and values.
"""

import re
from collections.abc import Iterator

PROGRAMS = "js|javascript|cjs|mjs|ts|coffee|coffeescript|cson|lisp|clojure|php|python|ruby"
"""The names of programming languages after `---`, as a regular expression: front matter that only a program can read."""

_MOST = 1 << 18
"""Number of bytes of a file that are examined: front matter is not longer (`parse.limits`)."""
_DATA = {"yml": "yaml", "yaml": "yaml", "json": "json", "toml": "toml"}

# Patterns are compiled on first use, because the hook passes files and needs few of them.
_LED = rf"""(?:\xef\xbb\xbf)?(?:
        ---[ \t]*(?:(?:ya?ml|toml|json|{PROGRAMS})[ \t]*)?(?:[\r\n]|\Z)
        | \+\+\+[ \t]*(?:[\r\n]|\Z)
        | \{{[ \t]*(?:[\r\n"}}]|\Z)
    )
    | \xff\xfe-\0-\0-\0[\r\n\ ]
    | \xfe\xff\0-\0-\0-\0[\r\n\ ]
    """.encode("latin-1")
_BLANK = (
    rb"(?:\xef\xbb\xbf)?(?:(---)[ \t]*(?:(?:ya?ml|toml|json)[ \t]*)?|\+\+\+[ \t]*)(?:\r\n|\n|\r)"
    rb"(?:[ \t]*(?:#[^\r\n]*+)?(?:\r\n|\n|\r))*+(?(1)(?:---|\.\.\.)|\+\+\+)[ \t]*(?:[\r\n]|\Z)"
)
_PLAIN_FENCE = rb"(?:\xef\xbb\xbf)?---[ \t]*(?:\r\n|\n|\r)"
_KEY_NEXT = rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n[a-z_][\w-]*:[ \t\r\n]"
"""The usual case, which is decided by the first two lines."""

_NAME = r"(?:[^\W\d][\w.$@/-]*|\"[^\"]*\"|'[^']*')(?:[ ][\w.-]{1,40}){0,2}"
_KEY = rf"({_NAME})[ \t]*:(?=[ \t]|\Z)"
_KEY_WITHOUT_SPACE = r"[^\W\d][\w.-]*:(?!//)\S"
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
"""What gets in before a fence: blanks, invisible characters, a mangled byte order mark, comments, a merge conflict."""
_FENCE_LINE = rf"(?:{_DASHES}|(\+{{2,}}+)[ \t]*+)(.*)"
_OBJECT = r'\{\s*"[^"\n]{1,100}"\s*:'
_USUAL_KEYS = frozenset(
    ("title", "date", "layout", "slug", "permalink", "draft", "url", "tags", "description", "author", "headline", "weburl")
)
_SURE_KEYS = frozenset(("title", "date", "layout", "permalink"))


def data_format(path: str) -> str | None:
    """The format of a data file, which is all front matter, by its extension; None for other files."""
    _, dot, extension = path.rpartition(".")
    return _DATA.get(extension.lower()) if dot else None


def is_led(head: bytes) -> bool:
    """Whether a file with this beginning starts with front matter, or with an attempt at it."""
    return re.match(_LED, head, re.VERBOSE | re.IGNORECASE) is not None


def is_blank(head: bytes) -> bool:
    """Whether the front matter of a file is empty or contains only comments."""
    return re.match(_BLANK, head) is not None


def is_rule(head: bytes) -> bool:
    """Whether the `---` that a file starts with is a rule in Markdown: what follows it cannot have been meant as YAML."""
    if re.match(_KEY_NEXT, head):
        return False
    fence = re.match(_PLAIN_FENCE, head)
    if fence is None:
        return False
    keys = others = 0
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
            others += not (re.search(_LOOSE_KEY, text) or text.startswith(("- ", "?", "]", "}")))
    if not first:
        return has_heading and not closed
    if closed and not others and head.startswith(b"- ", fence.end()):
        return False  # a list, which a person would set off from a rule by a blank line
    if first.startswith(_MARKUP) or first.startswith(_NEVER_PROSE):
        return first.startswith(_MARKUP)
    key = re.match(_KEY, first)
    if not closed:
        return key is None or not (keys > 1 or key[1][:1].islower())
    if (key and " " not in key[1]) or re.match(_KEY_WITHOUT_SPACE, first) or re.search(r":[ \t]+[\"'|>]", first):
        return False
    # A mapping that YAML accepts has a colon on every line at the left margin.
    return others > 1 if re.search(_LOOSE_KEY, first) else keys < max(1, others)


def damage(head: bytes) -> str | None:
    """What is wrong with the first line of an article, as a message; None if the file is led or is not an article."""
    if is_led(head):
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
    """Whether a file starts with the keys of front matter, above a closing fence but not below an opening one."""
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
    """An article without its opening fence. A single line above `---` is a heading, unless it is one of the surest keys."""
    key = re.match(_KEY, first) or re.match(_TOML, first)
    if key is None or not key[1]:
        return None
    fence = "+++" if key.re.pattern == _TOML else "---"
    keys = _keys(_lines(text), re.escape(fence) + r"[ \t]*", toml=fence == "+++", close=True)
    if keys is None or not (_USUAL_KEYS & keys.keys() if len(keys) > 1 else _SURE_KEYS & keys.keys()):
        return None
    return f"the line `{fence}` that opens the front matter is missing above `{key[1]}`"


def _keys(lines: Iterator[str] | list[str], closing: str, *, toml: bool, close: bool = False) -> dict[str, None] | None:
    """The keys at the left margin up to the closing fence; None if it is missing, or if the lines are not front matter.

    With `close`, no blank line may come before the closing fence, and every line must be part of front matter.
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
    """The lines of a text. Not `splitlines`, for which U+2028 and others are line ends as well."""
    return iter(re.split(r"\r\n|\n|\r", text))
