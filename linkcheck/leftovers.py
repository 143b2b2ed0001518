"""Leftovers of conversions in a text: HTML character references, and UTF-8 that was decoded as Windows-1252.

A text can also be about a reference (`What does &nbsp; mean?`). A reference within or next to a word, or a dash or ampersand
between two words, is a leftover. All others are standalone: they are not leftovers if the text is about references, and
otherwise need a review.
"""

import re
from functools import lru_cache
from unicodedata import category
from unicodedata import name as name_of_character

from msgspec import Struct

_AMPERSANDS = r"(?:(?:amp|AMP|#0{0,4}38|#[xX]0{0,4}26);){0,8}"
_REFERENCE = re.compile(rf"&{_AMPERSANDS}(?:#[0-9]{{1,7}}|#[xX][0-9a-fA-F]{{1,6}}|[A-Za-z][A-Za-z0-9]{{1,31}});")
_RUN = re.compile(rf"(?:{_REFERENCE.pattern}){{1,20}}")
_MARKUP = re.compile(
    rf"[<{{}}`\\]|&{_AMPERSANDS}(?:lt|gt|#0*(?:6[02]|9[26]|12[35])|#[xX]0*(?:3[cCeE]|5[cC]|60|7[bBdD]));|&&|&amp;&amp;|\w=[\"']"
    r"|\"\w+\" ?:",
    re.IGNORECASE,
)
"""Signs that a text is markup, code or data, or is about them: a tag, an escaped angle bracket, a template, a key."""
_BARE = re.compile(r"&(?!#?\w{1,32};)")
_IN_URL = re.compile(r"://|www\.|mailto:|[?&;][\w.\[\]-]+=", re.IGNORECASE)

_DEPTH = 3
"""Maximum number of times that an ampersand was escaped."""
_SIGNS = "\"'&!#$%*+,-./:;=?()[]~^_|"
"""ASCII characters that programs write as references. Letters and `@` are written as references to hide an address."""
_HIDDEN = "\u00ad\u200b\u200c\u200d"
"""Invisible characters that have a purpose within a word."""
_CONNECTING = "&+/|=\u2013\u2014\u2022\u00b7\u00d7\u00ab\u00bb\u2026\u2192"
"""Characters that are used between two words, with spaces around them."""
_MARKS = ".,:;!?\"'()"
_NEAR = 300
"""Number of characters around a reference that are inspected."""
_SENTENCE = 80
"""Number of characters around a reference in which words about references refer to it."""
_PAIRS = ('""', "''", "()", "[]", "\u201c\u201d", "\u2018\u2019", "\u201e\u201c", "\u00ab\u00bb")

_SPEAKS = re.compile(
    r"\b(?:escape[sd]?|escaping|unescape\w*|encod(?:e|es|ed|ing)|decod(?:e|es|ed|ing)|entit(?:y|ies)|references?|symbols?"
    r"|characters?|(?<!low-)(?<!no-)codes?|coding|markup|markdown|syntax|templates?|parser|parsing|saniti[sz]\w*|xss|feeds?|rss|json|yaml"
    r"|toml|php|javascript|regex|ascii|iso-?8859\S*|latin-?1|windows-?125\d|non-?breaking|query strings?|keyboard"
    r"|typograph\w*|means?|meaning|stands for|instead of|becomes?|called|bedeutet|\w*zeichen|maskier\w*|kodier\w*"
    r"|signifie|caract[e\u00e8]res?|entit\u00e9s?|encodage|esperluette|significa|car[a\u00e1]cter(?:es)?|entidad(?:es)?"
    r"|codifica\w*|carattere|tekens?)\b",
    re.IGNORECASE,
)
"""Words that occur in texts about references."""
_QUESTION = re.compile(
    r"(?:what|why|how|when|which|was|warum|wie|wann|que|qu'est|pourquoi|comment|por qu\u00e9|c[o\u00f3]mo|perch\u00e9)\b",
    re.IGNORECASE,
)
"""Starts of texts that explain something."""
_BEFORE = re.compile(
    r"us(?:e|es|ed|ing)|typ(?:e|es|ed|ing)|writ(?:e|es|ing)|inserts?|replac(?:e|es|ing)|converts?|escap(?:e|es|ing)|encode"
    r"|decode|shows?|showing|displays?|displaying|renders?|prints?|becomes?|into|says?|called|means?|with|between|literal",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"is|are|was|were|in|means?|does|doesn't|isn't|instead|becomes?|appears?|shows?|stands?|explained|entity|entities|symbols?"
    r"|characters?|codes?|references?|or|and|vs|ist|est|es|\u00e8|bedeutet|signifie|significa",
    re.IGNORECASE,
)
"""Words next to which a reference means itself, not its character: `use &amp; in`."""

_LATE = r"[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
_LETTER = rf"(?:[\u00ce-\u00d3\u00d7-\u00db]{_LATE}|[\u00e0\u00e3-\u00ed]{_LATE}{{2}})"
"""A letter of another script: Greek, Cyrillic, Hebrew, Arabic, Indic, Thai, Chinese, Japanese or Korean."""
_ACCENTED = rf"[\u00c3-\u00c5](?![\u00ab\u00bb\u00b7\u2014]){_LATE}"
_CAPITAL = r"\u00c3[\u20ac\u201a\u0192\u201e\u02c6\u2030\u0160\u2039\u0152\u017d\u02dc\u0161\u0153\u017e\u0178]"
_MOJIBAKE = re.compile(
    rf"\u00e2[\u20ac\u201a\u201e\u0080\u0082\u0084]{_LATE}|\u00f0\u0178{_LATE}{{2}}"
    rf"|(?<=[a-z]){_ACCENTED}|{_ACCENTED}(?=[a-z])|{_CAPITAL}(?=[A-Z\s])|\u00c3[\u0080-\u009f]"
    rf"|{_LETTER}{{1,200}}(?:[ !-/:;?\d]{{1,9}}{_LETTER}{{1,200}}){{0,200}}"
    r"|(?<![^\W\d_])\u00c2[\u00a0\u00a1\u00a3\u00a7\u00a9\u00ae\u00b0-\u00b3\u00b7\u00bc-\u00bf]"
)
"""Quotation marks, dashes and similar characters, emoji, letters of a word, words of other scripts, and signs, each as
Windows-1252 decodes its UTF-8 bytes.

A capital A with a tilde, ring, diaeresis or circumflex is a letter too, so sequences that start with one count only where no
language uses it.
"""
_SCRIPTS = frozenset(
    (*("GREEK", "CYRILLIC", "HEBREW", "ARABIC", "DEVANAGARI", "BENGALI", "TAMIL", "TELUGU", "THAI"), *("CJK", "HANGUL"))
)
_JAPANESE = {"HIRAGANA": "CJK", "KATAKANA": "CJK", "KATAKANA-HIRAGANA": "CJK"}
_GARBLED_STILL = re.compile(
    rf"\u00e2\u20ac|\u00e2\u201a|\u00f0\u0178|(?<=[a-z])[\u00c2\u00c3]|[\u00c2\u00c3](?=[a-z\s]|$)|\u00c2{_LATE}"
    rf"|[\u00d0\u00d1](?=\s|$|{_LATE})"
)
"""Remains of garbled characters that lost a byte or were garbled twice."""


class Leftovers(Struct, frozen=True):
    """The leftovers in a text, each once, in order. `plain` is the text without them, None if it cannot be restored.

    `certain` is true if there is only one reading, and the leftovers are certainly not intended.
    """

    found: tuple[str, ...]
    plain: str | None
    certain: bool


def leftovers(text: str) -> Leftovers | None:
    """The leftovers in a text; None if there are none, or if the text is about references.

    A reference is never converted to a control character, a directional mark or a noncharacter.
    """
    if ("&" not in text and _MOJIBAKE.search(text) is None) or _MARKUP.search(text) is not None:
        return None
    runs = [run for run in _RUN.finditer(text) if not _in_url(text, run) and any(map(_is_read, _parts(run)))]
    alone = [run for run in runs if not (_touches_word(text, run) or _connects(text, run))]
    if alone and _is_about_references(text, alone):
        return None
    garbled = [match for match in _MOJIBAKE.finditer(text) if _ungarbled(match) != match[0]]
    parts = [(run.start(), part) for run in runs for part in _parts(run) if _is_read(part)]
    parts += [(match.start(), match[0]) for match in garbled]
    if not parts:
        return None
    plain = _plain(text, runs)
    found = tuple(dict.fromkeys(part for _, part in sorted(parts)))
    certain = not (garbled or alone or _at_edge(text, runs) or _is_mixed(text, found)) and all(map(_is_certain, found))
    certain = certain and _REFERENCE.search(plain) is None and _GARBLED_STILL.search(plain) is None  # all of it, or a guess
    return Leftovers(found, None if _is_unreadable(plain, garbled=bool(garbled)) else plain, certain)


def without_leftovers(text: str) -> str:
    """The text with everything that looks like a leftover replaced by its character, whatever the text is about."""
    return _MOJIBAKE.sub(_ungarbled, _REFERENCE.sub(lambda match: _decoded(match[0]), text))


def _plain(text: str, runs: list[re.Match[str]]) -> str:
    pieces, done = [], 0
    for run in runs:
        pieces += [text[done : run.start()], "".join(map(_decoded, _parts(run)))]
        done = run.end()
    plain = _MOJIBAKE.sub(_ungarbled, "".join(pieces) + text[done:])
    edges = _at_edge(text, runs)
    if "start" in edges:
        plain = plain.lstrip()
    return plain.rstrip() + text[done:].lstrip(" ") if "end" in edges else plain


def _at_edge(text: str, runs: list[re.Match[str]]) -> tuple[str, ...]:
    """The references at the ends of a text that represent spaces, which are invisible there."""
    ends = (("start", text[: runs[0].start()], runs[0]), ("end", text[runs[-1].end() :], runs[-1])) if runs else ()
    return tuple(end for end, rest, run in ends if not (rest.strip() or "".join(map(_decoded, _parts(run))).strip()))


def _is_unreadable(plain: str, *, garbled: bool) -> bool:
    """Whether the result is not plain text: it has a new reference or new markup, or is still garbled."""
    return (
        not plain.strip()
        or any(map(_is_read, _REFERENCE.findall(plain)))
        or _MARKUP.search(plain) is not None
        or (garbled and _GARBLED_STILL.search(plain) is not None)
    )


def _is_certain(part: str) -> bool:
    """Whether a reference was escaped once and represents a visible character or a space."""
    character = _decoded(part)
    is_sign = not character.isascii() or character in _SIGNS
    return part.count(";") == 1 and is_sign and character not in _HIDDEN


def _is_mixed(text: str, found: tuple[str, ...]) -> bool:
    """Whether a text contains both escaped and unescaped ampersands, so that it was not escaped as a whole."""
    return _BARE.search(text) is not None and any(_decoded(part) == "&" for part in found)


def _touches_word(text: str, run: re.Match[str]) -> bool:
    """Whether references are within or next to a word, or directly after the punctuation that ends one."""
    before, after = _around(text, run)
    before, after = before[-2:], after[:1]
    ends = len(before) == 2 and before[0].isalnum() and before[1] in ".,;:!?)"
    return after.isalnum() or before[-1:].isalnum() or ends


def _connects(text: str, run: re.Match[str]) -> bool:
    """Whether a dash, ampersand or similar character is between two words and not the object of a verb (`use &amp;`)."""
    plain = "".join(map(_decoded, _parts(run))).strip()
    before, after = _around(text, run)
    if plain == "\u2026" and before.strip() and before[-1:] in (" ", "[") and after in ("", "]"):
        return True
    if plain in ("\u00ab", "\u00bb") and f"{before[-1:]}{after[:1]}".isspace():
        return True
    last, first = before.split()[-1:], after.split()[:1]
    if not plain or plain.strip(_CONNECTING) or not (last and first and before[-1:].isspace() and after[:1].isspace()):
        return False
    return not _is_object(text, run) and not ("&" in plain and _BEHIND.fullmatch(first[0].strip(_MARKS)))


def _is_about_references(text: str, alone: list[re.Match[str]]) -> bool:
    """Whether the text is about its standalone references."""
    for run in alone:
        before, after = _around(text, run)
        words = _REFERENCE.sub(" ", f"{before[-_SENTENCE:]} {after[:_SENTENCE]}").strip()
        is_question = words.endswith("?") or (run.start() <= _SENTENCE and _QUESTION.match(words) is not None)
        if is_question or _SPEAKS.search(words) is not None or _is_object(text, run) or _is_quoted(text, run):
            return True
    return False


def _is_object(text: str, run: re.Match[str]) -> bool:
    """Whether the word before references is a verb that has them as its object: `use &amp;`."""
    last = _around(text, run)[0].split()[-1:]
    return bool(last) and _BEFORE.fullmatch(last[0]) is not None


def _is_quoted(text: str, run: re.Match[str]) -> bool:
    before, after = _around(text, run)
    return before[-1:] + after[:1] in _PAIRS


def _in_url(text: str, run: re.Match[str]) -> bool:
    """Whether references are in a URL or in its query."""
    before, after = _around(text, run)
    token = f"{before.split()[-1] if before[-1:].strip() else ''}{run[0]}{after.split()[0] if after[:1].strip() else ''}"
    return _IN_URL.search(token) is not None


def _around(text: str, run: re.Match[str]) -> tuple[str, str]:
    """The relevant text before and after references."""
    return text[max(run.start() - _NEAR, 0) : run.start()], text[run.end() : run.end() + _NEAR]


def _parts(run: re.Match[str]) -> list[str]:
    return _REFERENCE.findall(run[0])


def _is_read(reference: str) -> bool:
    return _decoded(reference) != reference


@lru_cache(maxsize=4096)
def _decoded(reference: str) -> str:
    """The character that a reference represents; the reference itself if the character must not be written."""
    from html import unescape  # most articles need none of its tables
    from html.entities import name2codepoint

    name = reference[:-1].rpartition(";")[2].removeprefix("&")
    if name[:1] != "#" and name2codepoint.get(name, 0x2200) >= 0x2200 and not _is_of_texts(name):
        return reference
    plain = reference
    for _ in range(_DEPTH):
        plain = unescape(plain)
    is_space = len(plain) == 1 and category(plain) == "Zs"
    fit = len(plain) == 1 and plain != "\ufffd" and (plain.isprintable() or is_space or plain in _HIDDEN)
    return plain if fit else reference


def _is_of_texts(name: str) -> bool:
    """Whether a name that is new in HTML 5 represents a letter, or a sign that occurs in texts.

    Some of its 2231 names are ordinary words or only two letters long: `&order;`, `&wp;`, `&Sc;`.
    """
    from html.entities import html5

    plain = html5.get(f"{name};", "")
    if len(plain) != 1 or len(name) == 2:
        return False
    is_letter = plain.isalpha() and ("\u00c0" <= plain <= "\u024f" or "\u0400" <= plain <= "\u045f")
    is_sign = (plain.isascii() and (name.islower() or name.isupper())) or "\u2010" <= plain <= "\u2027"
    return is_letter or is_sign or plain == "\u2212"


def _ungarbled(match: re.Match[str]) -> str:
    # Windows-1252 has no character for five bytes; decoders keep them as control characters.
    raw = b"".join(each.encode("cp1252", "ignore") or each.encode("latin-1", "ignore") for each in match[0])
    try:
        plain = raw.decode("utf-8")
    except UnicodeDecodeError:
        return match[0]
    is_one = (
        len(plain) == 1 and _is_shown(plain) and (plain <= "\u024f" or "\u2010" <= plain <= "\u214f" or plain > "\uffff")
    )
    return plain if is_one or _is_of_one_script(plain) else match[0]


def _is_of_one_script(text: str) -> bool:
    """Whether a text has several letters, all of the same non-Latin script."""
    scripts = [
        _JAPANESE.get(script, script)
        for script in (name_of_character(each, "").split(" ")[0] for each in text if each.isalpha())
    ]
    return len(scripts) > 1 and scripts[0] in _SCRIPTS and len(set(scripts)) == 1 and all(map(_is_shown, text))


def _is_shown(character: str) -> bool:
    return character.isprintable() or category(character) == "Zs"
