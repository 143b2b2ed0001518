"""Limits for reading front matter, which is untrusted."""

MAX_BYTES = 256 * 1024
"""Front matter longer than this is not parsed."""

MAX_DEPTH = 64
"""Maximum nesting depth of lists and mappings."""

TOO_DEEP = f"values are nested more than {MAX_DEPTH} levels deep"

MAX_NODES = 10_000
"""Maximum number of values in an article, with aliases expanded."""

MAX_POINTER = 4096
"""Maximum length of the pointer to a value: that of the names of all keys above it. Each value keeps its own."""

LONG_KEYS = f"the keys that lead to this value have more than {MAX_POINTER:,} characters"

MAX_EXPANDED = 1024 * 1024
"""Maximum number of characters that the aliases in an article stand for."""

MAX_DIGITS = 400
"""Maximum length of a number: far longer than any real one, far below Python's limit for printing integers."""

MAX_PROBLEMS = 50
"""Maximum number of parse errors reported for one article."""


def cut(text: str, length: int = 60) -> str:
    """The text, shortened to fit a message."""
    return text if len(text) <= length else text[: length - 3] + "..."
