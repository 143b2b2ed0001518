"""Characters that look like those of ASCII with a meaning in YAML and URLs, but have none: word processors insert them."""

SPACES = "\xa0\u1680\u2000-\u200f\u202f\u205f\u2060\u3000\ufeff"
"""Spaces and invisible characters, as part of a regular expression's set."""
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""The invisible ones."""
QUOTES = "\u00ab\u00bb\u2018-\u201f\u2039\u203a\u300c-\u300f\u301d-\u301f\uff02\uff07"
DASHES = "\u2010-\u2015\u2212\ufe58\ufe63\uff0d"
BULLETS = "\u2022\u2023\u2043\u00b7\u25aa\u25cf"
COLONS = "\u02d0\ua789\ufe13\ufe55\uff1a\u2236"


def described(character: str) -> str:
    """A character's name and number: `a no-break space (U+00A0)`."""
    from unicodedata import name  # only errors need it

    number = f"U+{ord(character):04X}"
    known = name(character, "").lower().replace("fullwidth", "full-width").replace("zero width", "zero-width")
    if not known:
        return f"the character {number}"
    return f"{'an' if known[0] in 'aeio' else 'a'} {known} ({number})"
