"""Reads one article without the others, here or in another process: text goes there, encoded records come back."""

from collections.abc import Callable, Iterable

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from linkcheck import judge
from linkcheck.forks import MOST
from linkcheck.ledger import EncodedArticle, encode_article
from linkcheck.model import Article, Source, Violation
from linkcheck.parse import parse
from linkcheck.pipeline.guessed_links import guessed_links
from linkcheck.plan import Planned, Planner
from linkcheck.validate import Identities, Schemas


class Description(Struct, frozen=True):
    """What the run needs to know of an article, besides the article, its violations and its links.

    The first `declared` of its links are those that its schema marks; the others are guessed. `undeclared_urls` as in
    `Validation`; `unpublished`, `headline` and `day` as in `Notes`.
    """

    schema: str
    declared: int
    has_link_fields: bool
    undeclared_urls: tuple[str, ...]
    identities: Identities
    unpublished: str | None
    headline: str | None
    day: str | None


class ReadArticle(Struct, frozen=True):
    """An article after validation, with its links as planned."""

    article: Article
    violations: tuple[Violation, ...]
    links: tuple[Planned, ...]
    about: Description


class SourceReader:
    """Reads articles. `judging` are the options of the run."""

    def __init__(self, schemas: Schemas, planner: Planner, judging: judge.JudgeOptions) -> None:
        self._schemas = schemas
        self._planner = planner
        self._judging = judging

    def read(self, source: Source, *, is_new: bool = False) -> ReadArticle:
        """`is_new` means that the change under check added the article."""
        article = parse(source)
        validation = self._schemas.validate(article)
        guessed = guessed_links(article, validation)
        article = replace(article, fields=validation.fields)
        judging = judge.options_for(article, self._judging)
        about = Description(
            validation.schema,
            len(validation.links),
            validation.has_link_fields,
            validation.undeclared_urls,
            validation.identities,
            judge.unpublished(article, judging, is_new=is_new),
            judge.headline(article.data, judging),
            judge.day_of(article.data, judging) or None,
        )
        links = tuple(map(self._planner.plan, (*validation.links, *guessed)))
        return ReadArticle(article, validation.violations, links, about)


class EncodedReading(Struct, frozen=True, array_like=True):
    """What comes back of an article from another process."""

    article: EncodedArticle
    links: tuple[Planned, ...]
    about: Description


class EncodedReadings(Struct, frozen=True, array_like=True):
    """Of several articles; with the numbers of links that each exclude excluded."""

    readings: tuple[EncodedReading, ...]
    excluded: tuple[int, ...]


class OnlyHereError(Exception):
    """An article brings what the run itself must know: another schema, or a pattern that takes too long."""


def encode_sources(sources: Iterable[Source]) -> bytes:
    # A file name need not be valid text, and the file is not opened again.
    return msgspec.msgpack.encode([replace(source, file="") for source in sources])


def decode_readings(found: bytes) -> EncodedReadings:
    """Of the articles of `encode_sources`, in order."""
    return msgspec.msgpack.decode(found, type=EncodedReadings)


def encoded_reading(reader: SourceReader, schemas: Schemas, planner: Planner) -> Callable[[bytes], bytes]:
    """What another process does with `encode_sources`. It raises OnlyHereError for what only the run itself can read."""
    most = schemas.share(MOST)

    def read(sources: bytes) -> bytes:
        known, counted, readings = schemas.learned(), planner.tally(), []
        for source in msgspec.msgpack.decode(sources, type=list[Source]):
            found = reader.read(source)
            readings.append(EncodedReading(encode_article(found.article, found.violations), found.links, found.about))
        counts = tuple(zip(counted, planner.tally(), strict=True))
        if schemas.learned() != known or known[0] > most or any(a.unfinished != b.unfinished for a, b in counts):
            raise OnlyHereError
        return msgspec.msgpack.encode(EncodedReadings(tuple(readings), tuple(b.used - a.used for a, b in counts)))

    return read
