"""The properties of front matter that contain text for readers."""

from functools import lru_cache

from linkcheck.did_you_mean import fold

_TEXTS = frozenset(
    (
        *("title", "shorttitle", "longtitle", "linktitle", "pagetitle", "seotitle", "metatitle", "ogtitle", "subtitle"),
        *("headline", "subheadline", "heading", "subheading", "name", "label", "caption", "alt", "credit", "attribution"),
        *("excerpt", "description", "metadescription", "seodescription", "ogdescription", "summary", "abstract", "teaser"),
        *("tagline", "standfirst", "dek", "lede", "blurb", "bio", "location", "author", "authors", "byline"),
        *("category", "categories", "tag", "tags", "topic", "topics", "keywords", "section", "series"),
    )
)
"""Their names, folded."""


@lru_cache(maxsize=1024)
def is_text_field(name: str) -> bool:
    """Whether a property of this name contains text for readers, or a list of such texts."""
    return fold(name) in _TEXTS
