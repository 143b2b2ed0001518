"""Whether two titles are the same one; case, accents, punctuation and the site's name are looked past."""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from unicodedata import category, normalize

_LONGEST = 1000
_SHORTEST = 8
"""Letters a title must have to be recognized within another."""
_MOST_PARTS = 12
SEPARATOR = re.compile(r" [-/\u2010-\u2015\u2022\u00b7\u00bb\u203a<>~]+ | ?[|\u00a6]+ ?|: ")
"""What stands between a page's title and the name of its site or section, where white space is single spaces."""

_FEWEST_WORDS = 2
"""Words a title must have to be unlike another: of "AI" and "Sports" nothing can be told."""
_STEM = 5
"""Letters of a word that are compared, so that plurals and cases are one."""
_TAG = re.compile(r"<[^<>]{1,200}>")
_APOSTROPHES = re.compile(r"(?<=\w)['\u2019\u02bc](?=\w)")
_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]{2,}")
"""Runs of scripts that write no spaces between words: Thai, Lao, Burmese, Khmer, Japanese, Chinese."""
_STOP_WORDS = frozenset(
    word
    for line in (
        "about after all also an and are as at be been but by can could did do does for from had has have he her his",
        "how if in into is it its just may more most new no not of on or our out over says she should so than that the",
        "their them they this to up us was we were what when where which who why will with would you your",
        "aber als am auch auf aus bei bis das dass dem den der des die durch ein eine einem einen einer eines er es fur",
        "hat ihr im ist kann mehr mit nach nicht noch nur oder sich sie sind uber um und uns vom von vor war wegen wenn",
        "werden wie wir wird zu zum zur",
        "au aux avec ce ces comment dans de du elle en est et il la le les leur lui mais ne nous ont ou par pas plus",
        "pour pourquoi qu que qui sa sans se ses son sont sous sur un une vous",
        "al como con cual del desde donde el ella entre era esta este fue ha hay las lo los mas muy para pero por",
        "porque quien sin sobre su sus tras una y ya",
        "alla alle anche che chi cosa da dal dalla dei della delle di e gli ma nei nel nella non per perche piu",
        "quando si sono sul sulla tra uno",
        "ao aos com dos em foi na nas nos os pela pelo sao sem ser seu sua uma",
        "aan bij dan dat deze dit door een hebben heeft het hij hoe ik kan maar meer met naar niet nog om onder ook op",
        "te tot uit van voor waar waarom wat worden wordt ze zich zijn zo",
        "att av det efter ett fra har hvad hvor ikke inte jeg med men mot og pa seg sig skal som til till tva ut var",
        "vid",
        "ale co czy dla jak jest nie od po za",
        "а без бы в во вы для до его ее же за и из к как ко мы на не но о об он она они от по при с со то что это",  # noqa: RUF001 - Russian
    )
    for word in line.split()
)
"""Words of the commonest languages that say nothing of what a title is about, without their accents."""


def letters(title: str) -> str:
    """What is left of a title to compare: letters and digits, without case and accents."""
    # Accents may be written in two ways, and are dropped by some sites: they are looked past.
    return re.sub(r"[\W_]+", "", normalize("NFKD", title[:_LONGEST]).casefold())


def may_be_alike(ours: str, theirs: str) -> bool:
    """Whether nothing shows that two titles are of different pages: one may be cut short, or hold the other."""
    a, b = letters(ours), letters(theirs)
    if a == b or not b:
        return True
    shorter, longer = sorted((a, b), key=len)
    return len(shorter) >= _SHORTEST and shorter in longer


def is_title_of(ours: str, theirs: str) -> bool:
    """Whether a page's title is ours, with the names of its site and section at most: "Ours | The Gazette"."""
    wanted = letters(ours)
    if not wanted:
        return False
    if wanted == letters(theirs):
        return True
    return len(wanted) >= _SHORTEST and any(letters(run) == wanted for run in _runs(theirs))


def likeness(ours: str, theirs: str) -> float | None:
    """How alike two titles are, from 0 to 1: the Dice coefficient of their words; None where one has too few to tell.

    Of either title the part counts that fits best, so that the names of site and section do not matter.
    """
    if len(words(ours)) < _FEWEST_WORDS or len(_all_words(theirs)) < _FEWEST_WORDS:
        return None
    pairs = (*((ours, run) for run in _runs(theirs)), *((run, theirs) for run in _runs(ours)))
    return max(_dice(words(one), words(other)) for one, other in pairs)


@lru_cache(maxsize=256)
def words(title: str) -> frozenset[str]:
    """The words of a title that say what it is about, cut to stems."""
    return frozenset(map(_stem, telling_words(title)))


def telling_words(title: str) -> tuple[str, ...]:
    """The words of a title that say what it is about: markup decoded, without case, accents and stop words.

    Scripts without spaces give pairs of characters.
    """
    return tuple(word for word in _all_words(title) if word not in _STOP_WORDS and (len(word) > 1 or word.isdecimal()))


def _all_words(title: str) -> tuple[str, ...]:
    plain = _TAG.sub(" ", unescape(unescape(title[:_LONGEST])))
    plain = _APOSTROPHES.sub("", normalize("NFKD", plain).casefold())
    plain = "".join(character for character in plain if not category(character).startswith("M"))
    pairs = (run[at : at + 2] for run in _UNSPACED.findall(plain) for at in range(len(run) - 1))
    return (*pairs, *_WORD.findall(_UNSPACED.sub(" ", plain)))


def _stem(word: str) -> str:
    return word if word.isdecimal() else (word.removesuffix("s") if len(word) > 3 else word)[:_STEM]


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0


def _runs(title: str) -> Iterator[str]:
    """A title, and what is left of it without parts at its ends."""
    parts = SEPARATOR.split(" ".join(title[:_LONGEST].split()))[:_MOST_PARTS]
    for start in range(len(parts)):
        for end in range(len(parts), start, -1):
            yield " ".join(parts[start:end])
