"""How alike two titles are, in any language: by their words, by the pieces of their words, and by their characters.

Headlines are rewritten, translated, cut, inflected and transliterated. So what is like by one measure is like, and where the
measures do not apply (another script or language, a name alone) the titles are said to be unclear.
"""

import re
from collections import Counter
from enum import Enum, auto
from functools import lru_cache
from html import unescape
from unicodedata import category, name, normalize

from linkcheck.judge.titles.compare_titles import runs
from linkcheck.judge.titles.stop_words import STOP_WORDS, languages_of

UNLIKE = 0.25
"""Below this two titles have nothing in common; edited headlines score 0.4 and more."""

_LONGEST = 1000
_FEWEST_WORDS = 2
"""Words a title must have to be unlike another: of "AI" and "Sports" nothing can be concluded."""
_NAME = 2
"""Words that may be no more than the name of whom an article is about."""
_STEM = 5
"""Letters of a word that are compared, so that plurals and cases are one."""
_TELLING = 5
"""Letters of a word that two titles hardly share by chance."""
_PIECE = 3
_MOST_LETTERS = 300
_TAG = re.compile(r"<[^<>]{1,200}>")
_APOSTROPHES = re.compile(r"(?<=\w)['\u2019\u02bc](?=\w)")
_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+"
)
"""Runs of scripts that write no spaces between words: Thai, Lao, Burmese, Khmer, Japanese, Chinese."""
_IDEOGRAPH = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_EMPTY_IDEOGRAPHS = frozenset("的了是在和與与及为為有不也就都而及其之于於被将將把对對一二三上下中大小人年月日国國新")
_SPELLINGS = str.maketrans({"ı": "i", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "ł": "l", "þ": "th"})
_UMLAUTS = re.compile(r"(?<=[aou])e")
"""Ways to write one letter: `ue` for `ü`."""
_ACCENTED = re.compile(r"[A-Za-z][\u0300-\u036f]|[ßøæœđłþıŒØÆĐŁÞİ]")
"""Letters that English writes in words of others only."""
_ARABIC_ARTICLE = re.compile(r"^[\u0648\u0641]?(?:[\u0628\u0643]?\u0627\u0644|\u0644\u0644)(?=\w{3})")
_COMMON = frozenset(
    (
        *("about", "above", "after", "again", "against", "before", "behind", "being", "between", "every", "first", "great"),
        *(
            "guide",
            "health",
            "inside",
            "latest",
            "local",
            "month",
            "months",
            "never",
            "online",
            "people",
            "review",
            "really",
        ),
        *("service", "special", "state", "story", "still", "their", "there", "these", "things", "think", "three", "today"),
        *("under", "update", "video", "watch", "where", "which", "while", "world", "would", "years", "better", "makes"),
        *("heute", "neuer", "neues", "neuen", "jahre", "gegen", "unter", "welche", "ueber", "nouveau", "nouvelle", "contre"),
        *("nuevo", "nueva", "contra", "nuovo", "nuova", "todos", "todas", "sobre", "apres", "despues", "mejor", "mejores"),
    )
)
"""Words of some length that any two titles may share."""


class Likeness(Enum):
    LIKE = auto()
    UNCLEAR = auto()
    """Nothing in common, which may be a matter of language, of script, or of a single name."""
    UNLIKE = auto()


def compare(ours: str, theirs: str) -> Likeness | None:
    """How alike two titles are; None if one has too few words to tell."""
    score = likeness(ours, theirs)
    if score is None:
        return None
    if score >= UNLIKE:
        return Likeness.LIKE
    if _is_other_language(ours, theirs) or shares_telling_word(ours, theirs):
        return Likeness.UNCLEAR
    return Likeness.UNCLEAR if min(map(len, (_all_words(ours), _all_words(theirs)))) <= _NAME else Likeness.UNLIKE


def likeness(ours: str, theirs: str) -> float | None:
    """How alike two titles are, from 0 to 1; None if one has too few words to tell.

    Of either title the part counts that fits best, so that the names of site and section do not matter.
    """
    if min(map(len, (words(ours), words(theirs)))) < _FEWEST_WORDS:
        return None
    pairs = (*((ours, run) for run in runs(theirs)), *((run, theirs) for run in runs(ours)))
    return max(_likeness(one, other) for one, other in pairs)


def shares_telling_word(one: str, other: str) -> bool:
    """Whether two texts share a word of some length that is not among the commonest."""
    return bool(_telling(one) & _telling(other))


@lru_cache(maxsize=256)
def words(title: str) -> frozenset[str]:
    """The meaningful words of a title, cut to stems."""
    return frozenset(word if word.isdecimal() else word.removesuffix("s")[:_STEM] for word in telling_words(title))


@lru_cache(maxsize=256)
def telling_words(title: str) -> tuple[str, ...]:
    """The meaningful words of a title: markup decoded, without case, accents and stop words.

    Scripts without spaces give pairs of characters.
    """
    telling = (word for word in _all_words(title) if word not in STOP_WORDS and (len(word) > 1 or word.isdecimal()))
    return tuple(_ARABIC_ARTICLE.sub("", _UMLAUTS.sub("", word)) for word in telling)


def may_be_in(title: str) -> frozenset[str]:
    """The languages that a title may be in, as their codes; none if it does not show."""
    return languages_of(_all_words(title))


def _likeness(one: str, other: str) -> float:
    """By the measure that shows most: words, pieces of words, ideographs."""
    ours, theirs = words(one), words(other)
    shared = len(ours & theirs)
    within = shared / min(len(ours), len(theirs)) / 2 if shared > 1 else 0.0  # one of them may say much more
    return max(_dice(ours, theirs), within, _dice(_pieces(one), _pieces(other)), _dice(_ideographs(one), _ideographs(other)))


@lru_cache(maxsize=256)
def _pieces(title: str) -> frozenset[str]:
    """Three letters each, which compounds and words with other endings share: `Hafenplan` and `Plan`."""
    long = (word for word in telling_words(title) if len(word) >= _PIECE)
    return frozenset(word[at : at + _PIECE] for word in long for at in range(len(word) - _PIECE + 1))


@lru_cache(maxsize=256)
def _ideographs(title: str) -> frozenset[str]:
    """The characters of Chinese and Japanese that mean something; two in three are the same, simplified or not."""
    found = frozenset(_IDEOGRAPH.findall(normalize("NFKC", title[:_LONGEST]))) - _EMPTY_IDEOGRAPHS
    return found if len(found) > _PIECE else frozenset()


def _telling(text: str) -> frozenset[str]:
    found = (word for word in telling_words(text) if len(word) >= _TELLING and word not in _COMMON)
    return frozenset(word[: _STEM + 1] for word in found)


def _is_other_language(ours: str, theirs: str) -> bool:
    """Whether a title may be the translation of another, by their scripts or their stop words."""
    if script_of(ours) != script_of(theirs):
        return True
    one, other = may_be_in(ours), may_be_in(theirs)
    if one and other:
        return not one & other
    return {"en"} in (one, other) and _ACCENTED.search(normalize("NFD", theirs if one else ours)) is not None


def script_of(text: str) -> str | None:
    """The script of most letters of a text, by the first word of their names (`LATIN`); `KANA` for Japanese."""
    counts = Counter(name(each, "").partition(" ")[0].partition("-")[0] for each in text[:_MOST_LETTERS] if each.isalpha())
    if counts["HIRAGANA"] + counts["KATAKANA"] > counts["LATIN"]:
        return "KANA"
    return counts.most_common(1)[0][0] if counts else None


@lru_cache(maxsize=256)
def _all_words(title: str) -> tuple[str, ...]:
    plain = _TAG.sub(" ", unescape(unescape(title[:_LONGEST])))
    plain = _APOSTROPHES.sub("", normalize("NFKD", plain).casefold().translate(_SPELLINGS))
    plain = normalize("NFKD", plain)
    plain = "".join(character for character in plain if not category(character).startswith("M"))
    pairs = (run[at : at + 2] for run in _UNSPACED.findall(plain) for at in range(len(run) - 1))
    return (*pairs, *_WORD.findall(_UNSPACED.sub(" ", plain)))


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
