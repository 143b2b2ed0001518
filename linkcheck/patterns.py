r"""Regular expressions that users wrote, searched in texts that others wrote: however they meet, the search ends.

`re` tries every way a pattern may match, and cannot be stopped. So it only gets patterns with few ways for the length of
the text: at most `c * n ** d`, where `n` is the length, `d` the number of `*` and `+`, and `c` counts choices. Where a
repeated group may match one text in several ways, `^(a+)+$`, the ways double with each character, and no such bound exists.
Those patterns go to `regex`, which ends when its time is over. What `regex` would read in another way, POSIX classes
(`[[:alpha:]]`) and fuzzy matching (`{e<=5}`), is not searched where it is too slow for `re`.

To compile takes time too: `re` lists every character of a range, so a pattern of some hundred ranges may take minutes.
What that takes is estimated from the text of the pattern, before anything is compiled.
"""

import re
from math import prod
from time import process_time
from typing import Any
from unicodedata import lookup
from warnings import catch_warnings

from msgspec import Struct

LONGEST = 65_536
"""Longer text is not searched, and longer patterns are not handed to `regex` (characters)."""
AT_ONCE = 20_000
"""Ways that take no time worth counting."""
MOST_WAYS = 2_000_000
"""Ways that `re` may try: some hundredths of a second."""
SLICE = 0.01
"""Seconds; thousands of times what a pattern needs for a typical text."""
MOST_COUNTED = 10_000
"""Repetitions that numbers in braces can request, all multiplied: `regex` writes each out before it searches."""
MOST_LISTED = 1_000_000
"""Characters that compiling one pattern may list: less than a tenth of a second."""
_FEW_LISTED = 64
"""Of them, for each character of the pattern: as long as reading that character takes."""
_WIDE_SET = 10_000
"""Of them, for the table of a set beyond U+00FF."""
_IGNORING_CASE = 4
"""How many times as long each takes where case is ignored."""

# Escapes, sets and the openings of groups are one sign each; what is in them repeats nothing.
_TOKEN = re.compile(
    r"(?P<set>\[\^?\]?(?:[^\]\\]|\\.)*+\]|\\[wWdDsS])|(?P<letter>\\.)"
    r"|(?P<opening>\((?:\?(?:[:=!>]|<[=!]|P<\w+>|[aiLmsu-]+:?))?)|(?P<sign>[)|*+?{},0-9])|(?P<other>.)",
    re.DOTALL,
)
_UNCOUNTED = re.compile(r"\\[1-9]|\(\?(?:[a-z]*x|#|P=|\()")
"""Back references, conditions, comments and verbose patterns."""
_REPEAT = r"(?:[*+?]|\{\d+(?:,\d*)?\}|\{,\d+\})[?+]?"
_GROUP = re.compile(rf"\(([^()]*+)\)({_REPEAT})?")
_CHOICE = re.compile(rf"\||{_REPEAT}")
_COUNT = re.compile(r"\{(\d*+)(?:,(\d*+))?\}")
_RUNS = re.compile(r"\([xs]s\+\)[*+?]")
_CHARACTER = re.compile(
    r"\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|N\{[^{}\\]*\}|[0-7]{1,3}|.)|.", re.ASCII | re.DOTALL
)
_IGNORES_CASE = re.compile(r"\(\?[a-zA-Z]*i")
_ONLY_IN_REGEX = re.compile(r"\\.|(?P<other>\[:[^\]\[:]{0,60}:\]|\{(?!\d+(?:,\d*)?\}|,\d+\}))", re.DOTALL)
"""Other things to `regex` than to `re`."""
_MARK = re.compile(r"\\?([^\w\s.^$*+?{}\[\]\\|()]|(?<=\\)[^\w\s]|_)")


class Unfinished(Exception):  # noqa: N818 - not an error, only a time limit
    """The search would take longer than it may."""


class Allowance:
    """Processor time for searches: one may take all of it, and others as much again in small pieces.

    So a text that took all the time does not keep the harmless ones after it from being searched.
    """

    __slots__ = ("_least", "left")

    def __init__(self, seconds: float) -> None:
        self.left = seconds
        self._least = -seconds

    def next(self) -> float:
        """Seconds that the next search may take. Raises Unfinished where there are none."""
        if self.left <= self._least:
            raise Unfinished
        return max(self.left, SLICE)


class UnknownPropertyError(Exception):
    r"""A property in `\p{...}` that the installed version of `regex` does not know."""


def compile_pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern as `re` has them. Raises `re.error` only, also where compiling would take too long."""
    if _listed(source, flags) > MOST_LISTED:
        raise re.error("too large: its character sets span too many characters; use fewer or smaller ranges")
    try:
        with catch_warnings(action="ignore"):  # of syntax that a later version of Python may read in another way
            return re.compile(source, flags)
    except (OverflowError, RecursionError, ValueError):  # too large a number, nested too deep, a number of 5,000 digits
        raise re.error("too large") from None


def compiles_quickly(source: str) -> bool:
    """Whether compiling takes no longer than the length of the pattern warrants, so that untrusted patterns do no harm."""
    return _listed(source) <= _FEW_LISTED * len(source)


class Translation(Struct, frozen=True):
    """A pattern in another syntax as `re` reads it (`plain`) and as `regex` reads it (`exact`).

    `plain` is None if only `regex` can search for it. It is not for texts that contain one of the characters `unlike`.
    """

    plain: str | None
    exact: str
    unlike: str = ""
    flags: int = 0


def is_script(name: str) -> bool:
    """Whether Unicode has a script with this name, which `regex` knows."""
    import regex

    try:
        regex.compile(rf"\p{{Script={name}}}")
    except regex.error:
        return False
    return True


class Pattern:
    """A pattern that others wrote. Raises `re.error`, and with a translation UnknownPropertyError."""

    __slots__ = ("_compiled", "_other", "_translation", "_unlike", "_ways", "source")

    def __init__(self, source: str, translation: Translation | None = None) -> None:
        self.source = source
        self._translation = translation
        self._unlike = "" if translation is None else translation.unlike
        self._other: Any = None
        self._compiled: re.Pattern[str] | None = None
        self._ways: tuple[int, int] | None = None
        plain = source if translation is None else translation.plain
        if plain is None:
            self._other = self._compile_other()
        else:
            self._compiled = compile_pattern(plain, 0 if translation is None else translation.flags)
            self._ways = _ways(plain, multiline=bool(self._compiled.flags & re.MULTILINE))

    def search(self, text: str, allowance: Allowance) -> bool:
        """Whether the pattern is found in the text. Raises Unfinished where the allowance is not enough to tell."""
        ways, compiled = self._most_ways(len(text)), self._compiled
        if compiled is None or (self._unlike and any(map(text.__contains__, self._unlike))):
            ways = MOST_WAYS + 1
        elif ways <= AT_ONCE:
            return compiled.search(text) is not None
        seconds = allowance.next()
        if len(text) > LONGEST:
            raise Unfinished
        if ways > MOST_WAYS:
            import regex  # noqa: F401 - the time that the import takes is not that of a search
        began = process_time()
        try:
            if compiled is not None and ways <= MOST_WAYS:
                return compiled.search(text) is not None
            return self._timed(text, seconds)
        finally:
            allowance.left -= process_time() - began

    def _most_ways(self, length: int) -> int:
        """Ways to match a text of the length; what is more than `MOST_WAYS` need not be exact."""
        if self._ways is None:
            return MOST_WAYS + 1
        choices, power = self._ways
        return int(choices * (length + 1) ** min(power, MOST_WAYS.bit_length()))

    def _timed(self, text: str, seconds: float) -> bool:
        import regex

        try:
            if self._other is None:
                self._other = self._compile_other()
            return self._other.search(text, timeout=seconds) is not None
        except (TimeoutError, regex.error, RecursionError, MemoryError, re.error, UnknownPropertyError):
            raise Unfinished from None

    def _compile_other(self) -> Any:
        """The pattern as `regex` reads it. Raises `re.error` where that would take too long, or mean another thing."""
        import regex

        translation = self._translation
        text = self.source if translation is None else translation.exact
        flags = regex.V0 | (0 if translation is None else translation.flags)
        counted = prod(max(*map(int, filter(None, counts)), 1, 1) for counts in _COUNT.findall(text))
        if counted > MOST_COUNTED or len(text) > LONGEST:
            raise re.error("too large")
        if translation is None and any(match["other"] for match in _ONLY_IN_REGEX.finditer(text)):
            raise re.error("not the same to regex")
        try:
            with catch_warnings(action="ignore"):
                return regex.compile(text, flags)
        except regex.error as error:
            if "unknown property" in str(error):
                raise UnknownPropertyError from None
            raise re.error(str(error)) from None
        except (RecursionError, MemoryError, OverflowError):
            raise re.error("too large") from None


def _listed(source: str, flags: int = 0) -> int:
    """Characters that `re` lists to compile a pattern, at most: those of every range, and a table for each wide set.

    Whether a hyphen is part of a set does not matter: two characters with one between them count as a range.
    """
    characters = _CHARACTER.findall(source)
    codes = [_code(each) for each in characters]
    listed = 0
    for number, character in enumerate(characters[1:-1], 1):
        if character == "-":
            listed += max(min(codes[number + 1], 0xFFFF) - codes[number - 1] + 1, 0)
    if max(codes, default=0) > 0xFF:
        # A choice of single letters is a set, too.
        listed += _WIDE_SET * sum(character in ("[", "(") for character in characters)
    ignores_case = flags & re.IGNORECASE or _IGNORES_CASE.search(source)
    return listed * _IGNORING_CASE if ignores_case else listed


def _code(character: str) -> int:
    digits = character[2:]
    if character.startswith(("\\x", "\\u", "\\U")) and digits:
        return int(digits, 16)
    if character.startswith("\\N{"):
        return ord(_named(digits[1:-1]))
    if len(character) > 1 and character[1] in "01234567":
        return int(character[1:], 8)
    return ord(character[-1])


def _named(name: str) -> str:
    try:
        return lookup(name)[0]
    except KeyError:
        return "N"


def _ways(source: str, *, multiline: bool) -> tuple[int, int] | None:
    """In how many ways a pattern may match a text: choices, and the power of its length; None where that is not known."""
    if _UNCOUNTED.search(source):
        return None
    text = _signs(source)
    choices, power, groups = 1, 0, 1
    while groups:
        # From the inside out. What is left of a group is `x`, or `z` where it matches in several ways.
        for body, repeat in _GROUP.findall(text):
            own = _counted(body)
            if repeat[:1] not in ("", "?") and (own != (1, 0) or "z" in body):
                return None
            choices, power = min(choices * own[0], MOST_WAYS + 1), power + own[1]
        text, groups = _GROUP.subn(_left_of, text)
    if "(" in text or ")" in text:
        return None
    own = _counted(text)
    anchored = source.startswith(("^", "\\A")) and not multiline and "|" not in text
    return choices * own[0], power + own[1] + (not anchored)


def _signs(source: str) -> str:
    """The pattern with `s` for a set and `x` for a letter, and `x*` for `(?:-[a-z0-9]+)*`.

    Such runs fit in one way only, because the mark between them is in none of them.
    """
    tokens = [(match.lastgroup, match[0]) for match in _TOKEN.finditer(source)]
    kinds = {"set": "s", "opening": "("}
    text = "".join(token if kind == "sign" else kinds.get(str(kind), "x") for kind, token in tokens)
    for match in reversed(list(_RUNS.finditer(text))):
        mark, run = (_MARK.fullmatch(tokens[match.start() + 1][1]), tokens[match.start() + 2][1])
        if tokens[match.start()][1] in ("(", "(?:") and mark is not None and not re.match(run, mark[1]):
            text = f"{text[: match.start()]}x*{text[match.end() :]}"
    return text


def _counted(text: str) -> tuple[int, int]:
    choices, power = 1, 0
    for choice in _CHOICE.findall(text):
        least, comma, most = choice.rstrip("?+").strip("{}").partition(",")
        if choice[0] in "*+" or (comma and not most):
            power += 1
        if choice[0] == "{":
            choices *= max(int(most or 0) - int(least or 0) + 1, int(least or 0), 1)
        elif choice[0] in "?|":
            choices *= 2
        choices = min(choices, MOST_WAYS + 1)
    return choices, power


def _left_of(group: re.Match[str]) -> str:
    return ("z" if "z" in group[1] or _counted(group[1]) != (1, 0) else "x") + (group[2] or "")
