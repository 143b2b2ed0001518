"""Which schema applies to an article, and the result of validating it.

In this order: `--schema`; the schema that the article specifies (`named_schema`), a file in the repository; the first
collection with a matching glob; the default. If nothing is configured, articles do not have to conform to the
default: see `default_format`.
"""

import os
import re
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from linkcheck.errors import UsageError
from linkcheck.front_matter_start import data_format
from linkcheck.globs import matcher
from linkcheck.model import Article, ArticleFields, Link, Location, Role, Violation
from linkcheck.validate.annotations import archive_property, find_links
from linkcheck.validate.budget import OutOfBudget
from linkcheck.validate.default_format import is_default_format, unknown_values
from linkcheck.validate.documents import Read
from linkcheck.validate.empty_texts import find_empty_texts
from linkcheck.validate.identities import Identities, find_identities
from linkcheck.validate.named_schema import NamedSchema, is_url, named_schema
from linkcheck.validate.near_miss import NearMiss, find_near_misses
from linkcheck.validate.schema_checker import Checker, our_checker
from linkcheck.validate.schema_tree import EntryAnnotation
from linkcheck.validate.undeclared_urls import find_undeclared_urls
from linkcheck.validate.unknown_properties import UnknownProperties, find_unknown_properties
from linkcheck.validate.value_text import cut
from linkcheck.validate.violations import key_span, value_span

DEFAULT = "default"
NEAR_MISS = "near-miss"
_TEXTS_ONLY = ("multimarkdown",)
"""Formats in which all values are texts, and keys do not depend on case."""
_MOST_SCHEMAS = 1_000
"""Maximum number of schemas that articles can specify in one run."""
_USE_PATH = "Use the path of the schema, relative to the article or to the repository."


class SchemaCollection(Struct, frozen=True):
    """Articles and a schema: `globs` are relative to `ValidateOptions.root`, `schema` is an absolute path or `default`."""

    name: str
    globs: tuple[str, ...]
    schema: str = DEFAULT


class ValidateOptions(Struct, frozen=True):
    """`schema`, a path or `default`, overrides everything else if set.

    `root` is the repository (absolute; the working directory if empty): globs are relative to it, and a schema that an
    article specifies must be inside it. `article_schemas` means that such schemas are used; false for an untrusted
    checkout. `is_configured` is false if nothing says which format the articles have.
    """

    schema: str | None = None
    collections: tuple[SchemaCollection, ...] = ()
    root: str = ""
    article_schemas: bool = True
    is_configured: bool = True
    base_url: str | None = None
    """The address of the site, for values that are URLs on it."""
    read: Read | None = None
    """Reads schemas instead of the disk; if it returns None, the disk is read."""


class Validation(Struct, frozen=True):
    """The result of validating an article. `schema` is the schema's name: a path, or `default`.

    `has_link_fields` says whether the schema marks links, for an article of its format. If nothing is configured,
    `unknown` are the pointers of the values that the schema does not describe; an empty one stands for all values. If
    something is configured, `undeclared_urls` are those of unknown properties that contain URLs.
    """

    violations: tuple[Violation, ...]
    links: tuple[Link, ...]
    schema: str
    has_link_fields: bool = False
    unknown: tuple[str, ...] = ()
    undeclared_urls: tuple[str, ...] = ()
    fields: ArticleFields | None = None
    """What the schema marks with `x-article`; None for the usual names."""
    identities: Identities = Identities()


class Schemas:
    """The schemas of a run, each read once, when first needed.

    Raises UsageError: immediately for an invalid `--schema` or collection schema, otherwise never.
    """

    def __init__(self, options: ValidateOptions = ValidateOptions()) -> None:  # noqa: B008 - frozen
        self._options = options
        self._root = Path(options.root or ".").resolve()
        self._at_root = Path.cwd() == self._root
        self._checkers: dict[str, Checker | UsageError] = {}
        self._globs: list[tuple[re.Pattern[str], SchemaCollection]] = []
        if options.schema is not None:
            self._checker(options.schema)
        else:
            for collection in options.collections:
                self._globs += [(matcher(glob, below=True), collection) for glob in collection.globs]
                self._checker(collection.schema)

    def validate(self, article: Article) -> Validation:
        """The article's violations and links. Never raises because of an article's content."""
        violations: list[Violation] = []
        checker = self._governing(article, violations)
        is_guess = checker.name == DEFAULT and not self._options.is_configured
        if not article.data and article.parse_errors:
            # Nothing could be read, and the parser reports it: missing properties would add nothing.
            return Validation((), (), checker.name, checker.site.bearing and not is_guess)
        if is_guess and not is_default_format(article.data, checker.site):
            return Validation(tuple(violations), (), checker.name, unknown=("",))
        links: tuple[Link, ...] = ()
        identities = Identities()
        unknown: tuple[UnknownProperties, ...] = ()
        checker.begin()
        try:
            # Links first: they do not depend on problems elsewhere.
            links = find_links(article, checker.site)
            identities = self._identities(article, checker)
            unknown = tuple(find_unknown_properties(article.data, checker.site))
            violations += _violations(article, checker, unknown)
        except OutOfBudget:
            violations.append(_internal(article, checker, "validation takes too many steps with this schema"))
        except Exception as error:  # noqa: BLE001 - one article or schema must not end the run
            violations.append(_internal(article, checker, f"{type(error).__name__}: {cut(str(error))}"))
        misspelled = {each.location.pointer for each in violations if each.keyword in (NEAR_MISS, "required")}
        return Validation(
            tuple(violations),
            links,
            checker.name,
            checker.site.bearing,
            _without(misspelled, unknown_values(article.data, checker.site)) if is_guess else (),
            # Users cannot add a property to the default schema.
            _without(misspelled, find_undeclared_urls(unknown)) if unknown and checker.name != DEFAULT else (),
            checker.fields,
            identities,
        )

    def identities(self, article: Article) -> Identities:
        """What an article states that concerns others, without validating it."""
        checker = self._governing(article, [])
        checker.begin()
        try:
            return self._identities(article, checker)
        except OutOfBudget:
            return Identities()

    def _identities(self, article: Article, checker: Checker) -> Identities:
        if not checker.site.naming:
            return Identities()
        collection = None if self._options.schema is not None else self._collection_of(article.path)
        owner = checker.name if collection is None else collection.name or " ".join(collection.globs)
        return find_identities(article, checker.site, owner=owner, base_url=self._options.base_url)

    def archive_property(self, article: Article, pointer: str) -> str | None:
        """The name of the property for the archived copy of the page that a link leads to; None if there is none."""
        checker = self._governing(article, [])
        checker.begin()
        try:
            return archive_property(article.data, checker.site, pointer)
        except OutOfBudget:
            return None

    def mark_identities(self) -> bool:
        """Whether a schema read so far marks unique values, or names of entries."""
        return any(isinstance(each, Checker) and each.site.naming for each in self._checkers.values())

    def reference_marks(self) -> tuple[tuple[str, EntryAnnotation], ...]:
        """Every `x-ref` in the schemas read so far, with its place."""
        checkers = [each for each in self._checkers.values() if isinstance(each, Checker)]
        return tuple((f"{each.name}: {pointer}", mark) for each in checkers for pointer, mark in each.site.references)

    def mark_links(self) -> bool:
        """Whether one of the configured schemas marks links."""
        return any(
            isinstance(each, Checker) and each.name != DEFAULT and each.site.bearing for each in self._checkers.values()
        )

    def canonical_names(self) -> tuple[str, ...]:
        """The names of the properties that the schemas read so far mark as the canonical URL of an article."""
        names: dict[str, None] = {}
        for site in (each.site for each in self._checkers.values() if isinstance(each, Checker)):
            marks = ((name, below.marks) for name in site.known if (below := site.property(name)) is not None)
            names |= {name: None for name, mark in marks if mark is not None and mark.role is Role.CANONICAL}
        return tuple(names)

    def notices(self) -> tuple[str, ...]:
        """What has no effect in the schemas read so far, and the patterns that are not supported, in sentences."""
        checkers = (each for each in self._checkers.values() if isinstance(each, Checker))
        return tuple(dict.fromkeys(notice for each in checkers for notice in each.notices))

    def learned(self) -> tuple[int, int]:
        """The number of schemas read so far, and of their patterns that are not supported: what `notices` depends on."""
        checkers = [each for each in self._checkers.values() if isinstance(each, Checker)]
        return len(self._checkers), sum(each.unsupported for each in checkers)

    def share(self, readers: int) -> int:
        """How many schemas each of several readers can know, so that all together do not exceed the limit of the run."""
        return len(self._checkers) + max(0, _MOST_SCHEMAS - len(self._checkers)) // readers

    def marked_names(self, kind: str) -> tuple[str, ...]:
        """The names that the schemas read so far mark with `x-article` as a kind of field."""
        fields = [each.fields for each in self._checkers.values() if isinstance(each, Checker) and each.fields is not None]
        usual = getattr(ArticleFields(), kind)
        return tuple(dict.fromkeys(name for each in fields for name in getattr(each, kind) if name not in usual))

    def _governing(self, article: Article, violations: list[Violation]) -> Checker:
        if self._options.schema is not None:
            return self._checker(self._options.schema)
        collection = self._of_collection(article)
        named = named_schema(article) if self._options.article_schemas else None
        if named is not None:
            found = self._specified(named, article)
            marks_links = isinstance(found, Checker) and found.site.bearing
            # In a data file, `$schema` usually is the schema of another program, for editors.
            if marks_links or collection is None or data_format(article.path) is None:
                if isinstance(found, Checker):
                    return found
                violations.append(found)
        return self._checker(DEFAULT) if collection is None else collection

    def _of_collection(self, article: Article) -> Checker | None:
        collection = self._collection_of(article.path)
        return None if collection is None else self._checker(collection.schema)

    def _collection_of(self, article: str) -> SchemaCollection | None:
        path = self._from_root(article) if self._globs else ""
        return next((collection for pattern, collection in self._globs if pattern.fullmatch(path)), None)

    def _from_root(self, path: str) -> str:
        if self._at_root and not path.startswith(("/", "..")):
            return path
        return os.path.relpath(path, self._root).replace(os.sep, "/")

    def _checker(self, schema: str) -> Checker:
        known = self._checkers.get(schema)
        if known is None:
            known = self._checkers[schema] = self._load(schema)
        if isinstance(known, UsageError):
            raise known
        return known

    def _load(self, schema: str) -> Checker:
        if schema == DEFAULT:
            return our_checker("article.schema.json", DEFAULT)
        path = Path(os.path.abspath(schema))  # references are relative to the folder of the symbolic link itself
        tree = self._root if path.is_relative_to(self._root) else None
        return Checker(path, tree=tree, read=self._options.read)

    def _specified(self, named: NamedSchema, article: Article) -> Checker | Violation:
        """The schema that an article specifies. An error in it is reported for the article and does not end the run."""
        location = Location(article.path, named.span, named.pointer)
        path, title = named.value, named.title

        def violation(message: str, hint: str) -> Violation:
            return Violation("$schema", location, f"{title} {message}", hint)

        if not isinstance(path, str) or not path:
            return violation("is not the path of a file", _USE_PATH)
        if is_url(path):
            return violation(
                f'is the URL of a schema, and schemas are never downloaded: "{cut(path)}"',
                "Save a copy in the repository and use its path.",
            )
        try:
            file = self._located(path, article)
            if file is None:
                return violation(f'is outside the repository: "{cut(path)}"', f"Schemas must be below {self._root}.")
            if str(file) not in self._checkers and len(self._checkers) >= _MOST_SCHEMAS:
                return violation(
                    f"exceeds the limit of {_MOST_SCHEMAS:,} schemas in a run",
                    "Assign schemas to collections in the configuration.",
                )
        except (OSError, ValueError, RuntimeError) as error:
            return violation(f'is not the path of a file: "{cut(path)}": {cut(str(error))}', _USE_PATH)
        try:
            return self._checker(str(file))
        except UsageError as error:
            self._checkers.setdefault(str(file), error)
            return violation(
                f"is the path of a schema that cannot be used: {cut(str(error), 400)}", "Correct the schema or the path."
            )

    def _located(self, path: str, article: Article) -> Path | None:
        """The file, relative to the article or else to the repository; None if that is outside the repository."""
        beside = (Path(article.path).absolute().parent / path).resolve()
        at_root = (self._root / path.lstrip("/")).resolve()
        inside = [file for file in (beside, at_root) if file.is_relative_to(self._root)]
        existing = next((file for file in inside if file.is_file()), None)
        return existing or (beside if beside in inside else None)


def _without(misspelled: set[str], pointers: Iterable[str]) -> tuple[str, ...]:
    """Without the properties whose misspelled names are reported."""
    return tuple(pointer for pointer in pointers if pointer not in misspelled)


def _violations(article: Article, checker: Checker, unknown: Iterable[UnknownProperties]) -> list[Violation]:
    from linkcheck.validate.violations import find_violations

    found = find_violations(article, checker)
    if found and article.format in _TEXTS_ONLY:
        from linkcheck.validate.texts_only import without_types

        found = without_types(article, found, lambda each: find_violations(each, checker))
    known = {violation.location.pointer for violation in found}
    found += [
        Violation(
            keyword="required",
            location=Location(article.path, value_span(article, pointer), pointer),
            message=f"`{cut(name, 80)}` is empty, and the schema requires it",
            hint="Add the value.",
            schema=checker.name,
        )
        for pointer, name in find_empty_texts(article.data, checker.site)
        if pointer not in known
    ]
    for miss in find_near_misses(unknown):
        # Keys that do not depend on case are read in lower case, so the article cannot be corrected.
        is_in_schema = article.format in _TEXTS_ONLY and miss.name == miss.likely.lower()
        if miss.pointer not in known and not (is_in_schema and checker.name == DEFAULT):
            found.append(_unknown_property(article, checker, miss, is_in_schema=is_in_schema))
    if any(each.keyword == "required" for each in found):
        from linkcheck.validate.misnamed import join_misnamed

        return join_misnamed(article, found, unknown, checker.site, lower_case=article.format in _TEXTS_ONLY)
    return found


def _unknown_property(article: Article, checker: Checker, miss: NearMiss, *, is_in_schema: bool) -> Violation:
    return Violation(
        keyword=NEAR_MISS,
        location=Location(article.path, key_span(article, miss.pointer), miss.pointer),
        message=f"unknown property `{cut(miss.name, 80)}`",
        hint=f"Rename {miss.likely} to {miss.name} in the schema." if is_in_schema else f"Did you mean {miss.likely}?",
        schema=checker.name,
        suggestion=None if is_in_schema else miss.likely,
    )


def _internal(article: Article, checker: Checker, message: str) -> Violation:
    return Violation(
        keyword="internal",
        location=Location(article.path, key_span(article, ""), ""),
        message=f"could not be validated against its schema: {message}",
        hint="This is an error in the schema or a bug in linkcheck; please report it with the schema.",
        schema=checker.name,
    )
