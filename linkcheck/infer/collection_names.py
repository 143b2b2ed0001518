"""Names of collections, and of the files of their schemas, from the names of folders."""

import re
from unicodedata import category, normalize

LONGEST = 50
"""Characters of a name, which may take four bytes each: most file systems allow 255 bytes for the name of a file."""
_SPELLINGS = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "oe",
        "đ": "d",
        "ð": "d",
        "ł": "l",
        "ı": "i",  # noqa: RUF001 - Turkish
        "þ": "th",
    }
)
"""What is usual in file names for the umlauts of German, and for letters that are not an ASCII letter with a mark."""
_RESERVED = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9])\Z")
"""Names of devices. No file on Windows can have one of them, whatever its extension is."""
_FALLBACK = "articles"


def plain_name(name: str) -> str:
    """The name of a collection from that of its folder: Jekyll's `_news` is `news`, and `Entwürfe` is `entwuerfe`.

    Latin letters are written in ASCII. Letters of other scripts are kept, because their readers would not recognize them in
    ASCII.
    """
    letters = normalize("NFC", name.lower()).translate(_SPELLINGS)
    plain = re.sub("--+", "-", "".join(map(_written, letters))).strip("-")[:LONGEST].rstrip("-")
    return f"{plain}-{_FALLBACK}" if _RESERVED.match(plain) else plain or _FALLBACK


def _written(character: str) -> str:
    """How a character is written; a hyphen for one that is neither a letter nor a digit."""
    if "\u0300" <= character <= "\u036f":
        return ""  # a mark on a letter before it, with which it makes no single character
    ascii_part = "".join(each for each in normalize("NFKD", character) if each.isascii() and each.isalnum())
    if ascii_part:
        return ascii_part.lower()
    return character if category(character)[0] in "LMN" else "-"


def distinct_names(names: list[str]) -> list[str]:
    """The names in their order. A repeated one gets the next free number."""
    taken = set(names)
    found: dict[str, str] = {}
    for name in names:
        free, number = name, 1
        while free in found or (number > 1 and free in taken):
            number += 1
            free = f"{name}-{number}"
        found[free] = name
    return list(found)
