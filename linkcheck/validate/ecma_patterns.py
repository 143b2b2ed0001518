r"""Patterns of schemas, which are those of JavaScript: ECMA-262 with the flag `u` (JSON Schema Core, section 6.4).

Python reads many of them in another way: `$` matches before a final line feed, `\d` any digit of Unicode, `.` a carriage
return. It has no `\p{L}`, `(?<name>...)` and `\u{1F600}`. So each pattern is translated into Python.

What only Python knows is kept where it is unambiguous, because schemas contain it: `(?P<name>...)`, `(?i)` at the start,
`\A`, `\Z`, `a{,3}`, possessive quantifiers. So is what JavaScript accepts without the flag `u`: `\-`, `\_`, `{`, `[\w-.]`. A
pattern that cannot be translated and that Python accepts, such as one with `(?x)`, is left to Python.
"""

import re
from collections.abc import Iterable
from typing import NoReturn

from msgspec import Struct
from msgspec.structs import replace

from linkcheck.patterns import Pattern, Translation, UnknownPropertyError, compile_pattern, is_script

_TEXT = re.compile(r"[^\\^$.*+?()\[\]{}|]+")
_COUNT = r"\{(?=[0-9,])([0-9]*)(?:(,)([0-9]*))?\}"
_GROUP = r"\(\?(?:P?<(?![=!])([^>]*)>|([:=!>]|<[=!])|P=([^)]*)\)|#[^)]*\)|([a-zA-Z]*)(?:-([a-zA-Z]*))?([:)]))"
_NAME = r"k<([^>]*)>"
_HEX = r"x([0-9a-fA-F]{2})|u\{0*([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})"
_LOW_SURROGATE = r"\\u([dD][c-fC-F][0-9a-fA-F]{2})"
_PROPERTY = r"([pP])\{(?:([A-Za-z_]+)=)?([A-Za-z_0-9]+)\}"
_OCTAL = r"0[0-7]{0,2}|[0-3][0-7]{2}"
_OCTAL_ITEM = r"[0-3]?[0-7]{1,2}"
_NUMBER = r"[1-9][0-9]*"
_CHARACTER_NAME = r"N\{([^{}]*)\}"
_SET_OPERATION = r"[\]}](?:--|&&)[\[\\]"

_LAST = 0x10FFFF
_RANGES = {"d": ((0x30, 0x39),), "w": ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))}
_SPACES = (
    *((0x09, 0x0D), (0x20, 0x20), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029), (0x202F, 0x202F)),
    *((0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF)),
)
_WORDS = "0-9A-Z_a-z"
_LINE_ENDS = r"\n\r\u2028\u2029"
_BOUNDARY = rf"(?:(?<=[{_WORDS}])(?![{_WORDS}])|(?<![{_WORDS}])(?=[{_WORDS}]))"
_NO_BOUNDARY = rf"(?:(?<=[{_WORDS}])(?=[{_WORDS}])|(?<![{_WORDS}])(?![{_WORDS}]))"
_ANYTHING, _NOTHING = (r"[\s\S]", r"[\x00-\U0010ffff]"), (r"[^\s\S]", "(?!)")
_CONTROLS = {"t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "a": "\a"}
_OTHER_LINE_ENDS = "\r\u2028\u2029"
"""What `.` matches in Python only."""
_OTHER_SPACES = "\x1c\x1d\x1e\x1f\x85\ufeff"
"""What `\\s` matches in Python only, and in JavaScript only."""
_SETS_IN_SETS = "sets in sets (-- and &&) require the flag v, and patterns of schemas have the flag u"
_LONGEST_NUMBER = 10
_MOST_NESTED = 1_000
"""Groups in each other, and references. `re` gives up sooner."""
_MOST_NAMESAKES = 100
"""Groups of one name."""
_MOST = 1 << 32


class UnsupportedPattern(Exception):  # noqa: N818 - the pattern is valid, so the schema is, too
    """A pattern of JavaScript that cannot be searched for. The message says which part of it."""


def ecma_pattern(source: str) -> Pattern:
    """The pattern, to be searched for. Raises `re.error` for what is not a pattern, and UnsupportedPattern."""
    try:
        translated = translate(source)
    except re.error:
        try:
            return Pattern(source)
        except re.error:
            pass
        raise
    try:
        return Pattern(source, translated)
    except re.error as error:
        if not _is_only_for_regex(error):
            raise
        return Pattern(source, replace(translated, plain=None))
    except UnknownPropertyError:
        raise UnsupportedPattern(r"a property in \p{...} is unknown to the installed version of regex") from None


def refuse_invalid(source: str) -> None:
    """Raise `re.error` for what is not a pattern, without preparing a search: patterns in articles are those of others."""
    try:
        translate(source)
    except UnsupportedPattern:
        return
    except re.error as error:
        try:
            compile_pattern(source)
        except re.error:
            raise error from None


def _is_only_for_regex(error: re.error) -> bool:
    """Whether `re` refused a look-behind, for which ECMA-262 has no limit."""
    return str(error).startswith("look-behind requires fixed-width pattern")


def translate(source: str) -> Translation:
    """What a pattern is in Python. Raises `re.error` for what is not a pattern, and UnsupportedPattern."""
    try:
        return _Translator(source, is_python=False).translate()
    except (_UnmatchedBracketError, re.error):
        if "[]" not in source and "[^]" not in source:
            raise
        return _Translator(source, is_python=True).translate()


class _UnmatchedBracketError(Exception):
    """A `]` that closes nothing, after an empty set. JavaScript does not allow both."""


class _Parentheses:
    """A pair of parentheses, or the pattern as a whole."""

    __slots__ = ("alternatives", "at", "branch", "depth", "flags", "is_open", "kind", "least", "most", "parent")

    def __init__(self, parent: "_Parentheses | None", at: int, kind: str, flags: frozenset[str]) -> None:
        self.parent = parent
        self.at = at
        self.depth: int = 0 if parent is None else parent.depth + 1
        self.kind = kind
        """How it opens, after the question mark: `=` for a look-ahead."""
        self.flags = flags
        self.alternatives: int = 0
        """The alternatives before the current one."""
        self.branch: int = 0 if parent is None else parent.alternatives
        """The alternative of the parent that it is in."""
        self.least = self.most = 1
        self.is_open = True

    def around(self) -> "list[_Parentheses]":
        """From the inside out, itself included."""
        groups, group = [self], self
        while group.parent is not None:
            group = group.parent
            groups.append(group)
        return groups


class _BackReference(Struct):
    """A back reference: where its text goes, what it refers to, and the group that it is in."""

    at: int
    target: int | str
    position: int
    group: _Parentheses
    branch: int


class _Translator:
    def __init__(self, source: str, *, is_python: bool) -> None:
        self.source = source
        self._is_python = is_python
        """Whether `]` after `[` or `[^` is an item of the set."""
        self._position = 0
        self._plain: list[str] = []
        self._exact: list[str] = []
        self._unlike: dict[str, None] = {}
        self._is_for_re = True
        self._group = _Parentheses(None, 0, "", frozenset())
        self._captures: list[_Parentheses] = []
        self._names: dict[str, list[int]] = {}
        self._references: list[_BackReference] = []
        self._last: _Parentheses | None = None
        """The group that the next quantifier repeats."""
        self._repeatable = False
        self._repeated = False
        self._has_empty_set = False
        self._flags = 0

    def translate(self) -> Translation:
        source = self.source
        while self._position < len(source):
            text = _TEXT.match(source, self._position)
            if text is not None:
                self._position = text.end()
                self._add(text[0])
            else:
                self._special(source[self._position])
        if self._group.parent is not None:
            self._fail("missing ), unterminated group", self._group.at)
        for reference in self._references:
            self._plain[reference.at] = self._exact[reference.at] = self._referring(reference)
        plain = "".join(self._plain) if self._is_for_re else None
        return Translation(plain, "".join(self._exact), "".join(self._unlike), self._flags)

    def _match(self, pattern: str, at: int) -> re.Match[str] | None:
        # Not compiled before: most patterns contain few of them.
        return re.compile(pattern).match(self.source, at)

    def _fail(self, message: str, at: int | None = None) -> NoReturn:
        raise re.error(message, self.source, self._position if at is None else at)

    def _add(self, plain: str, exact: str | None = None) -> None:
        self._plain.append(plain)
        self._exact.append(plain if exact is None else exact)
        self._last, self._repeatable, self._repeated = None, True, False

    def _add_place(self, plain: str, exact: str | None = None) -> None:
        """What matches no characters, so that it cannot be repeated."""
        self._add(plain, exact)
        self._repeatable = False

    def _special(self, sign: str) -> None:
        match sign:
            case "(":
                self._open()
                return
            case ")":
                self._close()
            case "[":
                self._set()
                return
            case "\\":
                self._position += 1
                self._escape()
                return
            case "*" | "+" | "?":
                self._position += 1
                self._repeat({"*": (0, _MOST), "+": (1, _MOST), "?": (0, 1)}[sign], sign)
                return
            case "{" if (count := self._match(_COUNT, self._position)) is not None:
                self._position = count.end()
                self._repeat(self._counted(count), count[0].replace("{,", "{0,"))
                return
            case "|":
                self._group.alternatives += 1
                self._add_place("|")
            case ".":
                self._dot()
            case "^":
                is_line = "m" in self._group.flags
                self._add_place(rf"(?:\A|(?<=[{_LINE_ENDS}]))" if is_line else "^")
            case "$":
                self._add_place(rf"(?=[{_LINE_ENDS}]|\Z)" if "m" in self._group.flags else r"\Z")
            case _:
                if sign == "]" and self._has_empty_set and not self._is_python:
                    raise _UnmatchedBracketError
                if sign == "]" and re.search(_SET_OPERATION, self.source):
                    raise UnsupportedPattern(_SETS_IN_SETS)
                self._add(f"\\{sign}")
        self._position += 1

    def _dot(self) -> None:
        if "s" in self._group.flags:
            self._add(*_ANYTHING)
        else:
            self._unlike |= dict.fromkeys(_OTHER_LINE_ENDS)
            self._add(".", f"[^{_LINE_ENDS}]")

    # Groups and quantifiers

    def _open(self) -> None:
        at = self._position
        if not self.source.startswith("(?", at):
            self._position += 1
            self._enter(at, "", "(", captures=True)
            return
        opening = self._match(_GROUP, at)
        if opening is None:
            self._fail(f"unknown extension {self.source[at + 1 : at + 4]}", at + 1)
        self._position = opening.end()
        name, kind, referenced, on, off, end = opening.groups()
        if name is not None:
            self._enter(at, "", "(", captures=True, name=name)
        elif kind is not None:
            self._enter(at, kind, f"(?{kind}")
        elif referenced is not None:
            self._refer(referenced, at)
        elif end is not None:
            self._modify(at, on, off or "", end)

    def _enter(self, at: int, kind: str, text: str, *, captures: bool = False, name: str | None = None) -> None:
        group = _Parentheses(self._group, at, kind, self._group.flags)
        if group.depth > _MOST_NESTED:
            raise re.error("too large")
        if captures:
            self._captures.append(group)
        if name is not None:
            self._name(name, group, at)
        self._add_place(text)
        self._group = group

    def _name(self, name: str, group: _Parentheses, at: int) -> None:
        if not name.replace("$", "_").isidentifier():
            self._fail(f"bad character in group name {name!r:.80}", at)
        same = self._names.setdefault(name, [])
        branches = {id(each.parent): each.branch for each in group.around()}
        for number in same:
            others = self._captures[number - 1].around()
            if all(branches.get(id(each.parent), each.branch) == each.branch for each in others):
                self._fail(f"two groups have the name {name!r:.80}", at)
        same.append(len(self._captures))
        if len(same) > _MOST_NAMESAKES:
            raise re.error("too large")

    def _modify(self, at: int, on: str, off: str, end: str) -> None:
        # `a` and `u` are flags of Python: which characters `\w` matches.
        if set(on + off) - set("imsau") or set(on) & set(off):
            self._fail("unknown flags", at)
        flags = (self._group.flags | set(on)) - set(off)
        if end == ")":
            if at or off or not on:
                self._fail("global flags not at the start of the expression", at)
            self._group.flags = flags
            self._flags = re.IGNORECASE if "i" in on else 0
            return
        self._enter(at, ":", "(?i:" if "i" in on else "(?-i:" if "i" in off else "(?:")
        self._group.flags = flags

    def _close(self) -> None:
        group = self._group
        if group.parent is None:
            self._fail("unbalanced parenthesis")
        self._add(")")
        group.is_open = False
        self._group, self._last = group.parent, group

    def _counted(self, count: re.Match[str]) -> tuple[int, int]:
        if max(len(count[1]), len(count[3] or "")) > _LONGEST_NUMBER:
            raise re.error("too large")
        least = int(count[1] or 0)
        most = least if count[2] is None else int(count[3] or _MOST)
        if most < least:
            self._fail("min repeat greater than max repeat", count.start())
        return least, most

    def _repeat(self, counts: tuple[int, int], text: str) -> None:
        if not self._repeatable:
            self._fail("multiple repeat" if self._repeated else "nothing to repeat", self._position - 1)
        group = self._last
        if group is not None:
            group.least, group.most = counts
        # Possessive quantifiers are Python's.
        if self.source[self._position : self._position + 1] in ("?", "+"):
            text += self.source[self._position]
            self._position += 1
        self._add_place(text)
        self._repeated = True

    # Back references

    def _refer(self, target: int | str, at: int) -> None:
        if len(self._references) >= _MOST_NESTED:
            raise re.error("too large")
        self._references.append(_BackReference(len(self._plain), target, at, self._group, self._group.alternatives))
        self._add("")

    def _referring(self, reference: _BackReference) -> str:
        """A group that did not match is empty in JavaScript, and never matches in Python."""
        target = reference.target
        numbers = self._names.get(target, []) if isinstance(target, str) else [target]
        if not numbers:
            self._fail(f"unknown group name {target!r:.80}", reference.position)
        text = "(?:)"
        for number in reversed(numbers):
            if number > len(self._captures):
                self._fail(f"invalid group reference {number}", reference.position)
            group = self._captures[number - 1]
            if self._is_matched(group, reference):
                text = rf"(?({number})\{number}|{text})"
        return text

    def _is_matched(self, group: _Parentheses, reference: _BackReference) -> bool:
        """Whether the group can have matched where it is referred to. Raises UnsupportedPattern."""
        around = reference.group.around()
        branches = {id(each.parent): each.branch for each in around} | {id(reference.group): reference.branch}
        shared = {id(each) for each in around}
        behind = {id(each) for each in around if each.kind in ("<=", "<!")}
        if any(id(each) in behind for each in group.around()):
            raise UnsupportedPattern("a back reference in a look-behind to a group in it")
        if group.at > reference.position or id(group) in shared:
            return False
        is_optional, trail = False, group
        while True:
            parent = trail.parent
            assert parent is not None
            if trail.kind in ("!", "<!"):
                return False
            if trail.most > 1 and is_optional:
                self._refuse_stale()
            is_optional = is_optional or trail.least == 0
            if id(parent) in shared:
                if trail.branch != branches[id(parent)]:
                    is_optional = True
                break
            is_optional = is_optional or parent.alternatives > 0
            trail = parent
        if is_optional and any(each.most > 1 for each in parent.around()):
            self._refuse_stale()
        return True

    def _refuse_stale(self) -> NoReturn:
        # JavaScript forgets what groups matched at the start of each repetition, and Python remembers it.
        raise UnsupportedPattern("a back reference to a group that not every repetition contains")

    # Characters

    def _escape(self) -> None:
        at, source = self._position, self.source
        sign = source[at : at + 1]
        if sign in ("d", "w"):
            self._position += 1
            self._add(f"[{_written(_RANGES[sign])}]")
        elif sign in ("D", "W"):
            self._position += 1
            self._add(f"[^{_written(_RANGES[sign.lower()])}]")
        elif sign in ("s", "S"):
            self._position += 1
            self._unlike |= dict.fromkeys(_OTHER_SPACES)
            self._add(f"\\{sign}", f"[{'^' * (sign == 'S')}{_written(_SPACES)}]")
        elif sign == "b":
            self._position += 1
            self._add_place(r"(?a:\b)", _BOUNDARY)
        elif sign == "B":
            self._position += 1
            self._add_place(_NO_BOUNDARY)
        elif sign in ("A", "Z", "z"):
            self._position += 1
            self._add_place(r"\A" if sign == "A" else r"\Z")
        elif sign in ("p", "P"):
            self._add("", self._property())
        elif sign == "k" and (name := self._match(_NAME, at)) is not None:
            self._position = name.end()
            self._refer(name[1], at - 1)
        elif (number := self._match(_NUMBER, at)) is not None and self._match(_OCTAL, at) is None:
            self._position = number.end()
            self._refer(int(number[0][:_LONGEST_NUMBER]), at - 1)
        else:
            self._add(_quoted(self._character()))

    def _character(self) -> str:
        r"""The character of an escape; the position is behind the backslash."""
        at, source = self._position, self.source
        sign = source[at : at + 1]
        if not sign:
            self._fail("bad escape (end of pattern)", at - 1)
        if (code := self._match(_HEX, at)) is not None:
            self._position = code.end()
            return self._from_code(int(code[code.lastindex or 0], 16), is_short=code[3] is not None)
        if (octal := self._match(_OCTAL, at)) is not None:
            self._position = octal.end()
            return chr(int(octal[0], 8))
        if (named := self._match(_CHARACTER_NAME, at)) is not None:
            self._position = named.end()
            return self._named(named[1])
        if sign == "c" and source[at + 1 : at + 2].isascii() and source[at + 1 : at + 2].isalpha():
            self._position += 2
            return chr(ord(source[at + 1]) % 32)
        if sign in _CONTROLS:
            self._position += 1
            return _CONTROLS[sign]
        if sign.isascii() and sign.isalnum():
            self._fail(f"bad escape \\{sign}", at - 1)
        self._position += 1
        return sign

    def _from_code(self, code: int, *, is_short: bool) -> str:
        if code > 0x10FFFF:
            self._fail("no such character", self._position)
        if is_short and 0xD800 <= code < 0xDC00 and (low := self._match(_LOW_SURROGATE, self._position)) is not None:
            self._position = low.end()
            return chr(0x10000 + ((code - 0xD800) << 10) + int(low[1], 16) - 0xDC00)
        return chr(code)

    def _named(self, name: str) -> str:
        from unicodedata import lookup

        try:
            found = lookup(name)
        except KeyError:
            found = ""
        if len(found) != 1:
            self._fail(f"undefined character name {name!r:.80}")
        return found

    def _property(self) -> str:
        from linkcheck.did_you_mean import closest
        from linkcheck.validate.unicode_properties import BINARY, CATEGORIES, OF_STRINGS

        at = self._position - 1
        found = self._match(_PROPERTY, at + 1)
        if found is None:
            letter = self.source[at + 2 : at + 3]
            braced = rf"\{self.source[at + 1]}{{{letter}}}" if letter in CATEGORIES else r"\p{L}"
            self._fail(rf"\p requires the name of a property of Unicode in braces: write {braced}", at)
        sign, key, name = found.groups()
        self._position = found.end()
        self._is_for_re = False
        if key in ("Script", "sc", "Script_Extensions", "scx"):
            return rf"\{sign}{{{key}={name}}}"
        if key in ("General_Category", "gc", None) and name in CATEGORIES:
            return rf"\{sign}{{gc={CATEGORIES[name]}}}"
        if key is None and name in BINARY:
            return rf"\{sign}{{{BINARY[name]}}}"
        if key is None and name in OF_STRINGS:
            raise UnsupportedPattern(rf"\p{{{name}}} requires the flag v, and patterns of schemas have the flag u")
        if key is not None and key not in ("General_Category", "gc"):
            self._fail(f"unknown property {key:.80}", at)
        script = name.removeprefix("Is")[:80]
        if key is None and is_script(script):
            self._fail(rf"unknown property {name:.80} (write \{sign}{{Script={script}}})", at)
        meant = closest(name[:80], (*CATEGORIES, *BINARY))
        return self._fail(f"unknown property {name:.80}" + (f" (did you mean {meant}?)" if meant else ""), at)

    # Sets

    def _set(self) -> None:
        source, start = self.source, self._position
        self._position += 1
        is_negated = source.startswith("^", self._position)
        self._position += is_negated
        if source.startswith("]", self._position) and not self._is_python:
            self._position += 1
            self._has_empty_set = True
            self._add(*(_ANYTHING if is_negated else _NOTHING))
            return
        items, first = _CharacterSet(), self._position
        while not source.startswith("]", self._position) or self._position == first:
            low = self._item(items, start)
            if not source.startswith("-", self._position) or source.startswith("-]", self._position):
                items.add(low)
                continue
            if low is None and source.startswith("--", self._position):
                raise UnsupportedPattern(_SETS_IN_SETS)
            self._position += 1
            at = self._position
            high = self._item(items, start)
            if low is None or high is None:
                for each in (low, "-", high):
                    items.add(each)
            elif low > high:
                self._fail(f"bad character range {low}-{high}", at)
            else:
                items.ranges.append((ord(low), ord(high)))
        self._position += 1
        if not items.has_most and items.classes.keys() & {"s", "S"}:
            self._unlike |= dict.fromkeys(_OTHER_SPACES)
        self._add(items.plain(is_negated=is_negated), items.exact(is_negated=is_negated))

    def _item(self, items: "_CharacterSet", start: int) -> str | None:
        """The next character of a set; None for a class of characters, which is added."""
        source, at = self.source, self._position
        sign = source[at : at + 1]
        self._position += 1
        if not sign:
            self._fail("unterminated character set", start)
        if sign != "\\":
            return sign
        sign = source[at + 1 : at + 2]
        if sign in ("p", "P"):
            items.properties.append(self._property())
        elif sign and sign in "dDwWsS":
            self._position += 1
            items.classes[sign] = None
        elif sign == "b":
            self._position += 1
            return "\b"
        elif (octal := self._match(_OCTAL_ITEM, at + 1)) is not None:
            self._position = octal.end()
            return chr(int(octal[0], 8))
        else:
            return self._character()
        return None


class _CharacterSet:
    """What is in a set: ranges of characters, classes such as `d`, and properties, which only `regex` knows."""

    def __init__(self) -> None:
        self.ranges: list[tuple[int, int]] = []
        self.classes: dict[str, None] = {}
        self.properties: list[str] = []

    def add(self, character: str | None) -> None:
        if character is not None:
            self.ranges.append((ord(character), ord(character)))

    def exact(self, *, is_negated: bool) -> str:
        """The set as `regex` reads it."""
        if self.has_most and not self.properties:
            return self._without_gaps(is_negated=is_negated)[1]
        return f"[{'^' * is_negated}{_written(self._all())}{''.join(self.properties)}]"

    def plain(self, *, is_negated: bool) -> str:
        """The set as `re` reads it, with Python's classes of spaces."""
        if self.has_most:
            return self._without_gaps(is_negated=is_negated)[0]
        known = [each for sign in self.classes for each in _RANGES.get(sign, ())]
        spaces = "".join(f"\\{sign}" for sign in self.classes if sign in "sS")
        return f"[{'^' * is_negated}{_written(self.ranges + known)}{spaces}]"

    @property
    def has_most(self) -> bool:
        return "D" in self.classes or "W" in self.classes

    def _without_gaps(self, *, is_negated: bool) -> tuple[str, str]:
        """The set by what is not in it, which is little: `re` lists the characters of all ranges."""
        missing = _written(_gaps(self._all()))
        if not missing:
            return _NOTHING if is_negated else _ANYTHING
        text = f"[{'^' * (not is_negated)}{missing}]"
        return text, text

    def _all(self) -> list[tuple[int, int]]:
        ranges = list(self.ranges)
        for sign in self.classes:
            known = [*_RANGES.get(sign.lower(), ()), *(_SPACES if sign in "sS" else ())]
            ranges += known if sign.islower() else _gaps(known)
        return ranges


def _gaps(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The characters in none of the ranges."""
    gaps, first = [], 0
    for low, high in sorted(ranges):
        if low > first:
            gaps.append((first, low - 1))
        first = max(first, high + 1)
    return [*gaps, (first, _LAST)] if first <= _LAST else gaps


def _written(ranges: Iterable[tuple[int, int]]) -> str:
    """The items of a set."""
    return "".join(_item(low) if low == high else f"{_item(low)}-{_item(high)}" for low, high in ranges)


def _item(code: int) -> str:
    character = chr(code)
    # Two of the last four will be operators in sets.
    return f"\\{character}" if character in "\\]^-[&~|" else _shown(character)


def _quoted(character: str) -> str:
    return f"\\{character}" if character in "\\^$.*+?()[]{}|" else _shown(character)


def _shown(character: str) -> str:
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
