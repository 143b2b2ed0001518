"""The schema that an article specifies: in a `$schema` property, or else in a comment for editors.

The comment is `# yaml-language-server: $schema=PATH` in YAML and `#:schema PATH` in TOML. A URL in it is for the editor: the
comment is then ignored, because schemas are never downloaded.
"""

import re

from msgspec import Struct

from linkcheck.model import Article, Json, Span
from linkcheck.pointers import value_at
from linkcheck.validate.violations import value_span

_COMMENTS = {
    "yaml": re.compile(r"#[ \t]*+yaml-language-server[ \t]*+:[ \t]*+\$schema[ \t]*+=[ \t]*+(\S++)"),
    "toml": re.compile(r"#:schema[ \t]++(\S++)"),
}


class NamedSchema(Struct, frozen=True):
    """What the article specifies, as written, how messages call it, and where it is."""

    value: Json
    title: str
    span: Span
    pointer: str


def named_schema(article: Article) -> NamedSchema | None:
    if "$schema" in article.data:
        return NamedSchema(article.data["$schema"], "`$schema`", value_span(article, "/$schema"), "/$schema")
    pattern = _COMMENTS.get(article.format)
    if pattern is None:
        return None
    for number, line in enumerate(article.lines, 1):
        if "schema" not in line:  # decides for nearly all lines
            continue
        comment = line.lstrip(" \t")
        found = pattern.match(comment)
        if found is not None and not is_url(found[1]) and not _is_in_text(article, number):
            before = len(line) - len(comment)
            span = Span(number, before + found.start(1) + 1, number, before + found.end(1) + 1)
            return NamedSchema(found[1], "the comment with the schema", span, "")
    return None


def is_url(named: str) -> bool:
    return "://" in named or named.startswith("//")


def _is_in_text(article: Article, number: int) -> bool:
    """Whether a line is a part of a text that spans several."""
    return any(
        place.value.line < number <= place.value.end_line
        and (number < place.value.end_line or place.value.end_column > 1)
        and isinstance(value_at(article.data, pointer), str)
        for pointer, place in article.places.items()
    )
