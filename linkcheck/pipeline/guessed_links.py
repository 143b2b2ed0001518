"""Links of articles for which nothing is configured: those that `init` would find in the values that no schema describes."""

import re

from linkcheck.model import Article, Json, Link
from linkcheck.pointers import value_at
from linkcheck.validate import Validation

_MAY_BE_URL = re.compile(r"\s*+[^\s/.]*+[/.]\S*+\s*+")
"""Most texts cannot be URLs, and it takes long to import the inference."""


def guessed_links(article: Article, validation: Validation) -> tuple[Link, ...]:
    if not any(_may_contain_url(value_at(article.data, pointer)) for pointer in validation.unknown):
        return ()
    from linkcheck.infer import guess_links

    return tuple(guess_links(article, validation.unknown))


def _may_contain_url(value: Json) -> bool:
    match value:
        case str():
            return _MAY_BE_URL.fullmatch(value) is not None
        case dict():
            return any(map(_may_contain_url, value.values()))
        case list():
            return any(map(_may_contain_url, value))
        case _:
            return False
