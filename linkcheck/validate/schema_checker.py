"""One schema, ready to validate data: the compiled check for valid data, jsonschema to explain errors."""

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from threading import local
from typing import TYPE_CHECKING, Final

from linkcheck.errors import UsageError
from linkcheck.model import ArticleFields, Json
from linkcheck.pointers import unescape
from linkcheck.validate.article_fields import article_fields
from linkcheck.validate.budget import Budget, OutOfBudget
from linkcheck.validate.compiled_check import Undecided, compile_shortcut
from linkcheck.validate.documents import Read, read_document, shipped, show_path
from linkcheck.validate.references import Files, Inside, References
from linkcheck.validate.schema_contents import SchemaContents, schema_contents
from linkcheck.validate.schema_tree import SchemaSite, SchemaTree, build_tree
from linkcheck.validate.value_text import cut

if TYPE_CHECKING:
    from linkcheck.validate.jsonschema_adapter import Engine
    from linkcheck.validate.problems import SchemaProblem

MOST_PROBLEMS: Final = 200
"""Problems reported for one article."""
_POSSIBLE: Final = {
    "x-link": 'Use an object with a role, such as {"role": "image"}.',
    "x-article": None,
    "x-unique": 'Use true, false, or a name for the values to compare, such as "url".',
    "x-ref": 'Use true, false, a collection such as "authors", or an object such as {"collection": "authors", "by": "id"}.',
}
"""By keyword of linkcheck, what to use instead of another value; None if the message lists all."""
_ours: Final = local()
"""The checkers of linkcheck's own schemas, by file. A checker counts the steps of one article at a time."""


class Checker:
    """A schema and everything that is built from it.

    `name` is its name in reports. Raises UsageError if the file is not a schema.
    """

    def __init__(
        self,
        path: Path,
        *,
        name: str | None = None,
        tree: Path | None = None,
        ours: bool = False,
        read: Read | None = None,
    ) -> None:
        shown = show_path(path)
        document = read_document(path, read=read)
        surveyed = schema_contents(document, shown)
        assert isinstance(document, dict)
        self.name = shown if name is None else name
        self._document = document
        self._shown = shown
        self._contents = surveyed
        self._dialect = surveyed.dialect
        self._budget = Budget()
        self._files = None if surveyed.alone else Files(path, document, surveyed.dialect, tree or path.parent, read)
        self._references: References = Inside(document) if self._files is None else self._files.references()
        self._valid = (
            compile_shortcut(document, self._references, surveyed.dialect, self._budget) if self._files is None else None
        )
        if self._valid is None and not ours:
            _check_schema(document, surveyed.dialect, shown)
            _check_patterns(surveyed, shown, self._budget)
        for keyword, values in surveyed.annotations.items():
            _check_annotations(values, keyword, shown)
        self._has_messages = surveyed.has_messages or not surveyed.alone
        self._engine: Engine | None = None
        if not ours:
            _ = self.site

    @cached_property
    def site(self) -> SchemaSite:
        """Where the search for links begins. The schemas of the configuration and of keywords mark none and need none."""
        return self._tree.root

    @cached_property
    def _tree(self) -> SchemaTree:
        return build_tree(self._document, self._references, self._shown, self._budget)

    @cached_property
    def fields(self) -> ArticleFields | None:
        """The fields of the article that the schema marks with `x-article`."""
        return article_fields(self.site)

    @property
    def notices(self) -> tuple[str, ...]:
        """What has no effect in the schema, and the patterns that are not supported, in sentences."""
        strange = _unknown_pointers(self._contents, self._shown, self.site) if self._contents.message_pointers else ()
        return (*self._contents.notices, *strange, *_not_checked(self._contents, self._shown, self._budget.unsupported))

    @property
    def unsupported(self) -> int:
        """The number of patterns that are not supported, as far as they have been needed."""
        return len(self._budget.unsupported)

    def begin(self) -> None:
        """Starts another article, with the full time limit."""
        self._budget.begin()

    def problems(self, data: Json, root: str) -> "Iterator[SchemaProblem]":
        """The problems of the data, at most `MOST_PROBLEMS`. Raises what jsonschema raises for pathological schemas."""
        self._budget.renew()
        if self._valid is not None and not self._budget.unfinished:
            try:
                if self._valid(data):
                    return
            except Undecided:
                pass
        from itertools import chain, islice

        from linkcheck.validate.jsonschema_adapter import build_engine, schema_errors
        from linkcheck.validate.messages import explain, unfinished
        from linkcheck.validate.problems import ExplainedData

        if self._engine is None:
            if self._files is None:
                self._engine = build_engine(self._document, self._dialect, None, self._budget, messages=self._has_messages)
            else:
                # By its URI, so that its references are relative to it.
                start: Json = {"$ref": self._files.base}
                self._engine = build_engine(start, self._dialect, self._files.registry(), self._budget)
        self._budget.renew()
        about = ExplainedData(root, self._budget, data, self._tree, self.site)
        found = explain(schema_errors(self._engine, data), about)
        yield from islice(chain(found, unfinished(data, root, self._budget)), MOST_PROBLEMS)


def our_checker(file: str, name: str | None = None) -> Checker:
    """The checker of one of linkcheck's own schemas, built once for all runs of a thread: that takes longer than a run."""
    built = vars(_ours)
    if file not in built:
        built[file] = Checker(shipped(file), name=name, ours=True)
    checker: Checker = built[file]
    return checker


def _check_schema(document: Json, dialect: str, shown: str) -> None:
    from linkcheck.validate.jsonschema_adapter import error_in_schema

    try:
        error = error_in_schema(document, dialect)
    except (OutOfBudget, RecursionError):
        raise UsageError(f"{shown}: the schema is nested too deeply.") from None
    from linkcheck.validate.messages import explain
    from linkcheck.validate.outdated_keywords import advice
    from linkcheck.validate.problems import ExplainedData

    for problem in explain(() if error is None else (error,), ExplainedData("the schema", Budget())):
        hint = advice(problem.pointer, document, dialect) or problem.hint
        hint = f" {hint}" if hint else ""
        raise UsageError(f"{shown}: {problem.pointer or '/'}: invalid schema: {problem.message}.{hint}")


def _check_patterns(surveyed: SchemaContents, shown: str, budget: Budget) -> None:
    """Otherwise an invalid regular expression would be reported for every article."""
    for pointer, pattern in surveyed.patterns:
        try:
            budget.compile(pattern)
        except re.error as error:
            raise UsageError(f"{shown}: {pointer}: {pattern[:200]!r} is not a regular expression: {error}.") from None


def _unknown_pointers(surveyed: SchemaContents, shown: str, root: SchemaSite) -> Iterator[str]:
    """Texts of the schema that show a value that it does not describe."""
    for place, pointer in surveyed.message_pointers:
        site: SchemaSite | None = root
        for part in map(unescape, pointer.split("/")[1:]):
            if site is None or not (site.known or site.nodes[0].items):
                break
            below = site.property(part) or (site.item(int(part)) if part.isdecimal() else None)
            if below is None and not site.free and part not in site.known:
                yield f"{shown}: {place} shows ${{{cut(pointer, 80)}}}, which the schema does not describe"
            site = below


def _not_checked(surveyed: SchemaContents, shown: str, unsupported: dict[str, str]) -> Iterator[str]:
    pointers = {pattern: pointer for pointer, pattern in reversed(surveyed.patterns)}
    for pattern, reason in unsupported.items():
        # Without a pointer, it is in a file that the schema refers to.
        where = f"{shown}: {pointers[pattern]}" if pattern in pointers else shown
        yield f"{where}: values are not checked against the pattern {cut(pattern)}: {reason}; rewrite the pattern"


def _check_annotations(annotations: tuple[tuple[str, Json], ...], keyword: str, shown: str) -> None:
    """Validates every value of a keyword of linkcheck against its schema: with a typo, it would have no effect."""
    if not annotations:
        return
    vocabulary = our_checker(f"{keyword}.schema.json")
    vocabulary.begin()
    for pointer, value in annotations:
        # An unknown property explains a missing one.
        for problem in sorted(
            vocabulary.problems(value, keyword), key=lambda problem: problem.keyword != "additionalProperties"
        ):
            is_whole = not problem.pointer and problem.suggestion is None
            hint = _POSSIBLE[keyword] if is_whole else problem.hint
            raise UsageError(f"{shown}: {pointer}{problem.pointer}: {problem.message}.{f' {hint}' if hint else ''}")
