"""Which articles have the same title and day: copies of one article, mostly."""

from collections.abc import Mapping
from hashlib import blake2b

from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.titles.compare_titles import letters
from linkcheck.model import Json

_SHORTEST = 20
"""Letters of a title that two articles hardly share by chance."""
_DAY = 10
"""Characters of a date that denote the day."""


def title_letters(values: Mapping[str, Json], options: JudgeOptions) -> str | None:
    """The letters of an article's title; None if it is too short to tell articles apart."""
    text = next((letters(value) for key in options.title_keys if isinstance(value := values.get(key), str)), "")
    return text if len(text) >= _SHORTEST else None


def day_of(values: Mapping[str, Json], options: JudgeOptions) -> str:
    """The day on which an article was published, as written; empty where it is not known."""
    return next((value[:_DAY] for key in options.date_keys if isinstance(value := values.get(key), str)), "")


def headline(values: Mapping[str, Json], options: JudgeOptions) -> str | None:
    """What is the same for articles of the same title and day, 16 characters; None if one of both is not known."""
    text, day = title_letters(values, options), day_of(values, options)
    if text is None or not day:
        return None
    return blake2b(f"{text} {day}".encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
