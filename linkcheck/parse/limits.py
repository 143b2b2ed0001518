"""How much front matter we are ready to read: whoever writes an article may be hostile."""

MAX_BYTES = 256 * 1024
"""Front matter longer than this is not parsed."""

MAX_DEPTH = 64
"""How deep lists and mappings may lie in each other."""

TOO_DEEP = f"values are nested more than {MAX_DEPTH} levels deep"

MAX_NODES = 10_000
"""How many values an article may have, aliases counted as what they stand for."""

MAX_DIGITS = 400
"""The longest number read as one; far beyond any real one, far below where Python refuses to print an integer."""

MAX_PROBLEMS = 50
"""The most problems told of one article."""


def cut(text: str, length: int = 60) -> str:
    """The text, shortened to fit a message."""
    return text if len(text) <= length else text[: length - 3] + "..."
