"""Codes of languages in the names of files and folders."""

import re

_CODES = """
    aa ab af ak am an ar as av ay az ba be bg bm bn bo br bs ca ce co cs cv cy da de dv dz ee el en eo es et eu fa ff fi fj
    fo fr fy ga gd gl gn gu gv ha he hi hr ht hu hy ia id ig is it iu ja jv ka kk kl km kn ko ku kw ky la lb lg ln lo lt lv
    mg mi mk ml mn mr ms mt my nb ne nl nn no ny oc om or os pa pl ps pt qu rm ro ru rw sa sc sd se sg si sk sl sm sn so sq
    sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo zh zu
    fil yue ckb hsb ast gsw
"""
"""ISO 639 codes of languages in which sites are written."""
_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|[0-9]{3}))?")
"""A language, with a script and a region (RFC 5646 section 2.1)."""


def is_language(name: str) -> bool:
    """Whether a name is the tag of a language: `de`, `pt-br`, `zh_Hant`."""
    found = _TAG.fullmatch(name)
    return found is not None and found[1].lower() in _CODES.split()


def is_translation(path: str, other: str) -> bool:
    """Whether two paths differ only in a language: `en/a.md` and `de/a.md`, or `a.md` and `a.de.md`."""
    return path != other and _without_languages(path) == _without_languages(other)


def languages_of(path: str) -> frozenset[str]:
    """The languages in the names of a file and its folders: that of `de/a.md`, `i18n/de/a.md` and `a.de.md`."""
    *folders, name = path.split("/")
    return frozenset(part.lower().replace("_", "-") for part in (*folders, *name.split(".")[1:]) if is_language(part))


def _without_languages(path: str) -> list[str]:
    *folders, name = path.split("/")
    return [*(part for part in folders if not is_language(part)), ".".join(p for p in name.split(".") if not is_language(p))]
