"""Sources to articles, links and their targets; with `--since`, also which links the change added."""

import os
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from msgspec.structs import replace

from linkcheck import changes, discover, judge, plan, triage, validate
from linkcheck.errors import NothingFoundError, UsageError
from linkcheck.forks import Work, in_order
from linkcheck.ledger import Ledger, Notes, PlannedLink
from linkcheck.ledger import Row as LedgerRow
from linkcheck.local_files import LocalResolver
from linkcheck.model import (
    Article,
    Link,
    Reference,
    Skip,
    Source,
    Target,
    UniqueValue,
    UnknownReference,
    Violation,
)
from linkcheck.parse import parse
from linkcheck.pipeline.context import RunContext
from linkcheck.pipeline.discovery_notices import missing_notice
from linkcheck.pipeline.link_lookup import LinkLookup
from linkcheck.pipeline.paths import STDIN, article_from_stdin, listed_paths, relative
from linkcheck.pipeline.read_article import (
    Description,
    SourceReader,
    decode_readings,
    encode_sources,
    encoded_reading,
)
from linkcheck.pipeline.site_lookup import SiteLookup
from linkcheck.pipeline.undeclared_fields import UndeclaredFields
from linkcheck.pipeline.untrusted import refuse_changed_inputs
from linkcheck.pipeline.widen_scope import governing_change
from linkcheck.pointers import without
from linkcheck.urls import remap_of

if TYPE_CHECKING:
    from linkcheck.pipeline.entries import Entries
    from linkcheck.pipeline.former_articles import FormerArticles
    from linkcheck.pipeline.removed_targets import RemovedTargets

LEAST_SECONDS = 1.0
"""Minimum time for reading, whatever the time limit is: a link can be reported as skipped only if it is known."""

_NOT_COMPARED = (
    "unique values (x-unique) were only compared among the given articles, because the repository has more than {:,} files; "
    "a run over all articles compares the others"
)

Row = tuple[Article, tuple[Violation, ...], list[PlannedLink], Notes]


class ArticleReader:
    """Reads the articles of a run one by one, and counts what it finds."""

    def __init__(self, context: RunContext, *, revise: Callable[[Source], Source] | None = None) -> None:
        """Determine which articles to read. Raises UsageError for an invalid option of any step before anything is read.

        `revise` receives every source and can return a different text, which is then read instead.
        """
        run, here = context.run, str(Path.cwd())
        refuse_changed_inputs(context.base, {"files-from": run.files_from, "replay": run.replay, "ca-bundle": run.ca_bundle})
        self._revise = revise
        self.tally = discover.FileCounts()
        self.notices: tuple[str, ...] = ()
        self.planner = plan.Planner(context.plan)
        self.undeclared = UndeclaredFields(context.is_in_rest)
        self.read_any = False
        self.out_of_time = False
        self.has_link_fields = False
        """Whether the schema of an article marks links."""
        self._schemas = validate.Schemas(context.validate)
        self._reader = SourceReader(self._schemas, self.planner, context.judge)
        files = LocalResolver(context.top, folder=here, gitignore=context.discover.gitignore)
        self._context = context
        self._judging = context.judge
        self._paths = run.named
        change = None if run.since is None else changes.find_changes(run.since, root=here, untrusted=run.untrusted)
        if change is not None and run.paths == STDIN and run.stdin_filename is not None:
            change = _with_text_of(change, relative(run.stdin_filename))
        self._is_wide = change is None or self._widens(change, context)
        self._former = None if change is None else self._articles_before(change)
        marks = self._schemas.reference_marks()
        if marks:
            self._entries.refuse_unknown(marks)
            if self._former is not None:
                self._former.read_entries(self._entries, {mark.collection for _, mark in marks}, context.validate.root)
        listed = listed_paths(run.files_from)
        given = filter(os.path.isfile, map(relative, run.paths if listed is None else listed.paths))
        self._site = SiteLookup(context, self._schemas, given=tuple(given))
        self.links = LinkLookup(files, self._site, self._removed_targets())
        self._may_be_empty = run.only_articles or (listed is not None and listed.may_be_empty)
        options = context.discover
        if listed is not None:
            self.tally.missing += map(discover.shown, listed.missing)
            options = replace(options, paths=listed.paths, optional=False, survey=None)
        is_stdin = "-" in run.paths
        if run.stdin_filename is not None and not is_stdin:
            raise UsageError("--stdin-filename is the name of the article on standard input; add the path -")
        self.sources = self._from_stdin() if is_stdin else discover.discover(options, self.tally, counts=self._is_read)
        self.notices += missing_notice(self.tally.missing, is_all=listed is not None and not listed.paths)

    def _articles_before(self, change: changes.Changes) -> "FormerArticles":
        # Imported here because most runs check no change.
        from linkcheck.pipeline.former_articles import FormerArticles

        return FormerArticles(change, self._context, self._schemas, is_wide=self._is_wide)

    def _removed_targets(self) -> "RemovedTargets | None":
        if self._former is None:
            return None
        from linkcheck.pipeline.removed_targets import RemovedTargets

        return RemovedTargets(self._former, self._site)

    def _from_stdin(self) -> Iterator[Source]:
        run = self._context.run
        if run.paths != STDIN or run.files_from is not None:
            raise UsageError("the path - is standard input, and must be the only path")
        source = article_from_stdin(run.stdin_filename)
        if run.only_articles and not (discover.starts_with_front_matter(source.head) or discover.has_metadata(source)):
            self.tally.skipped_files += 1
            return iter(())
        return iter((source,))

    def _is_read(self, file: str) -> bool:
        """Whether the run reads a file if it is an article: with `--since`, only a changed one."""
        return self._former is None or self._former.is_read(relative(file))

    @property
    def former_triage(self) -> triage.TriageOptions | None:
        """The options of triage before the change under check; None without one."""
        return None if self._former is None else self._former.triage

    def unused_excludes(self) -> tuple[str, ...]:
        """Notices on excludes that matched no link of all articles; of a change, on those that it added."""
        if self._context.is_whole:
            return self.planner.unused()
        is_all = self._is_wide and self._context.may_be_all
        return self.planner.unused(but=self._former.excludes) if self._former is not None and is_all else ()

    def schema_notices(self) -> tuple[str, ...]:
        """What has no effect in the schemas of the articles, and patterns that are not supported."""
        return self._schemas.notices()

    def schemas_mark_links(self) -> bool:
        """Whether a schema of the configuration marks links, whether or not an article has it."""
        return self._schemas.mark_links()

    def may_have_no_links(self) -> bool:
        """Whether a part of the articles can be without links: other articles can have some, or a change under check
        touches neither the configuration nor a schema.
        """
        return not self._is_wide or self.schemas_mark_links()

    @property
    def nothing_to_do(self) -> bool:
        """Whether it is correct that nothing was read: no article changed, or the list of files contains none."""
        return (not self._is_wide or self._may_be_empty) and not self.read_any

    @property
    def empty_because(self) -> str | None:
        """Why it is correct that nothing was read, as a clause; None if it is not."""
        if not self.nothing_to_do:
            return None
        return "no articles to check" if self._is_wide else "no articles changed"

    @property
    def left_out(self) -> judge.LeftOut:
        return judge.LeftOut(self.tally.skipped_files, self.tally.empty_files, self.tally.excluded)

    def rows_in_time(self, seconds: float | None) -> Iterator[LedgerRow]:
        """The rows that can be read within this many seconds, and at least one."""
        ends = None if seconds is None else monotonic() + max(seconds, LEAST_SECONDS)
        for number, row in enumerate(self.rows()):
            if number and ends is not None and monotonic() >= ends:
                self.out_of_time = True
                return
            yield row

    def rows(self) -> Iterator[LedgerRow]:
        """Every article, validated against its schema, with the target of each link."""
        if self._former is None:
            yield from self._rows_of_all()
            return
        for source, before in self._former.pairs(self.sources):
            if not self._former.is_unchanged(source):
                yield self.row(source, before=before, is_new=before is None)
            elif (row := self._row_of_broken_links(source)) is not None:
                yield row

    def refuse_nothing(self) -> None:
        """Raises NothingFoundError if there was no article, with the message of the rule that `check` reports."""
        if self.read_any:
            return
        facts = judge.RunFactsBuilder().facts(paths=self._paths, left_out=self.left_out, nothing_to_do=self.nothing_to_do)
        for finding in judge.judge_run(facts, self._judging):
            raise NothingFoundError(f"{finding.location.path}: {finding.code} {finding.message}. {finding.hint}")

    def _rows_of_all(self) -> Iterator[LedgerRow]:
        """The rows of all sources; several processes read many of them."""
        jobs = 1 if self._revise is not None else self._context.run.jobs
        work: Work[Source, LedgerRow] = Work(
            here=self.row,
            encode=encode_sources,
            there=encoded_reading(self._reader, self._schemas, self.planner),
            decode=self._rows_of,
            size=lambda source: len(source.head),
        )
        return (row for _, row in in_order(self.sources, work, jobs=jobs))

    def _rows_of(self, found: bytes) -> Iterator[LedgerRow]:
        """The rows of what another process read."""
        some = decode_readings(found)
        self.planner.count(some.excluded)
        for each in some.readings:
            links, notes = self._links_and_notes(each.links, each.about, each.article.path)
            yield each.article, (), links, notes

    def row(self, source: Source, *, before: Source | None = None, is_new: bool = False) -> Row:
        """One article, validated against its schema, with the target of each link."""
        found = self._reader.read(source if self._revise is None else self._revise(source), is_new=is_new)
        article, compared = found.article, None
        if self._former is not None and before is not None:
            links = tuple(each.link for each in found.links)
            compared = self._former.compare(article, links, before, unknown=self._unknown_before)
        added = None if is_new else frozenset(() if compared is None else compared.added)
        planned, notes = self._links_and_notes(found.links, found.about, article.path, added=added)
        if compared is not None:
            elsewhere = (each.link.location for each in planned if each.link.location in self.links.looked_up_elsewhere)
            notes = replace(
                notes,
                changed=(*compared.added, *self._made_worse(article, planned)),
                required=(*compared.required, *((each.pointer, "") for each in elsewhere)),
                former=compared.former,
                written_lines=compared.written_lines,
            )
        elif is_new:
            notes = replace(notes, written_lines=((1, len(article.lines)),), is_new=True)
        return article, found.violations, planned, notes

    def _links_and_notes(
        self, links: tuple[plan.Planned, ...], about: Description, path: str, *, added: frozenset[str] | None = frozenset()
    ) -> tuple[list[PlannedLink], Notes]:
        """What an article means in the archive: where its links lead, and the facts about it. `added` as in `look_up`."""
        self.read_any = True
        self.has_link_fields = self.has_link_fields or about.has_link_fields
        self.undeclared.add(path, about.schema, about.undeclared_urls)
        planned = self.links.look_up(links, declared=about.declared, added=added)
        return planned, Notes(
            unpublished=about.unpublished,
            unique=about.identities.unique,
            unknown_references=self._unknown(about.identities.references),
            headline=about.headline,
            day=about.day,
        )

    def _row_of_broken_links(self, source: Source) -> Row | None:
        """An article that did not change, with the links that the change broke or made worse; None if it has none."""
        assert self._former is not None
        found = self._reader.read(source)
        article = found.article
        links = self.links.look_up_broken(found.links, also=self._former.pictures.may_be_shown)
        worse = self._made_worse(article, links)
        lost = tuple(filter(self._former.was_known, found.about.identities.references))
        unknown = self._unknown(lost)
        if not worse and not unknown:
            return None
        self.read_any = True
        links = [each for each in links if each.link.location.pointer in worse]
        former = self._former.compare(
            article, tuple(each.link for each in links), source, unknown=self._unknown_before
        ).former
        return article, found.violations, links, Notes(changed=worse, former=former, unknown_references=unknown)

    @cached_property
    def _entries(self) -> "Entries":
        # Imported here because most schemas mark no names of entries.
        from linkcheck.pipeline.entries import Entries, EntryOptions

        validating, discovering = self._context.validate, self._context.discover
        return Entries(
            EntryOptions(
                root=validating.root or os.getcwd(),
                collections={each.name: each.globs for each in validating.collections if each.name},
                extensions=discovering.extensions,
                most_files=self._context.article_urls.most_files,
                base_url=self._context.plan.base_url,
            ),
            lambda: self._site.article_urls,
        )

    def _unknown(self, references: tuple[Reference, ...]) -> tuple[UnknownReference, ...]:
        return self._entries.unknown(references) if references else ()

    def _unknown_before(self, references: tuple[Reference, ...]) -> tuple[UnknownReference, ...]:
        return self._entries.unknown(references, counted=False) if references else ()

    def not_looked_up(self) -> tuple[str, ...]:
        """The notices on names of entries that could not be checked."""
        return tuple(self._entries.notices()) if "_entries" in self.__dict__ else ()

    def claims_elsewhere(self, ledger: Ledger) -> Iterator[tuple[UniqueValue, ...]]:
        """The unique values of articles that the run does not read, but that may have one of those that it read."""
        if self._context.is_whole or self.out_of_time or not self._schemas.mark_identities():
            return
        from linkcheck.pipeline.claims import claims_elsewhere

        if next(ledger.claims(), None) is None:
            return
        if not self._site.article_urls.are_all_read:
            self.notices += (_NOT_COMPARED.format(self._context.article_urls.most_files),)
            return
        yield from claims_elsewhere(self._context.discover, self._schemas, ledger.claims(), is_read=ledger.has_article)

    def _made_worse(self, article: Article, links: Iterable[PlannedLink]) -> tuple[str, ...]:
        """The pointers of the links that the change broke or left without a base URL, and of those to pictures that it
        replaced by worse ones.
        """
        assert self._former is not None
        pictures = self._former.pictures
        return tuple(
            each.link.location.pointer
            for each in links
            if (each.local is not None and each.local.removed is not None)
            or pictures.is_worse(article, each)
            or (self._is_unresolved(each) and self._former.was_resolved(each.link))
        )

    def _is_unresolved(self, planned: PlannedLink) -> bool:
        """Whether a link has no base URL, by its form alone."""
        if planned.skip is None or planned.skip.kind != "no-base-url":
            return False
        skip = self.planner.plan(planned.link).skip
        return skip is not None and skip.kind == "no-base-url"

    def is_required(self, article: Article, pointers: tuple[str, ...]) -> bool:
        """Whether removing the keys at these pointers would add a schema violation to an article."""
        data = article.data
        for pointer in pointers:
            data = without(data, pointer)
        return not self._violated(replace(article, data=data)) <= self._violated(article)

    def archive_property(self, article: Article, pointer: str) -> str | None:
        """The name of the property for the archived copy of the page that a link leads to; None if there is none."""
        return self._schemas.archive_property(article, pointer)

    def _violated(self, article: Article) -> set[tuple[str, str, str]]:
        """The identity of each violation: every missing key of a `required` counts on its own."""
        violations = self._schemas.validate(article).violations
        return {(each.schema_pointer, each.location.pointer, each.message) for each in violations}

    def unpublished_pages(self) -> Iterator[tuple[str, str, str]]:
        """The URLs in links to articles that are not published yet, each with the path of the article and the reason."""
        reasons: dict[str, str | None] = {}
        for url, path in self.links.later.items():
            if path not in reasons:
                article = parse(discover.read_source(path))
                article = replace(article, fields=self._schemas.validate(article).fields)
                reasons[path] = judge.unpublished(article, judge.options_for(article, self._judging))
            if (why := reasons[path]) is not None:
                yield url, discover.shown(path), why

    def _widens(self, change: changes.Changes, context: RunContext) -> bool:
        if change.ambiguous is not None:
            self.notices += (f"--since {change.ref}: {change.ambiguous}. This run used the first",)
        if change.uncertain is not None:
            self.notices += (f"--since {change.ref}: {change.uncertain}",)
        # In an untrusted checkout, configuration and schemas are read from the base commit, so no change affects them.
        untrusted = context.run.untrusted
        path = None if untrusted else governing_change(change, context.validate, config_file=context.config_file)
        if path is None:
            self.notices += tuple(
                f"the submodule {discover.shown(submodule)} changed since {change.ref}, but its articles are not checked. "
                "To check them, run linkcheck inside the submodule or without --since"
                for submodule in change.submodules
            )
            return False
        what = f"{discover.shown(path)} changed since {change.ref}"
        self.notices += (f"{what}, so all articles are checked; only what the change made worse is open",)
        return True


def list_links(
    context: RunContext, *, notice: Callable[[str], None] = lambda _: None
) -> Iterator[tuple[Link, Target, Skip | None]]:
    """All links in article order with their targets, and the reason if one is skipped. Raises NothingFoundError."""
    reader = ArticleReader(context)
    remap = remap_of(context.run.remap)
    for sentence in reader.notices:
        notice(sentence)
    for _, _, links, _ in reader.rows():
        for planned in links:
            skip, target = planned.skip, planned.target
            if planned.local is not None:
                found = planned.local.file or "file not found"
                skip = Skip("local", f"local file: {found}", planned.target.url)
            elif skip is None and remap is not None:
                target = remap.target(target)
            yield planned.link, target, skip
    reader.refuse_nothing()


def _with_text_of(change: changes.Changes, path: str) -> changes.Changes:
    """The change, with a file whose text is on standard input: it is not the one in the working tree."""
    if any(each.path == path for each in change.changes):
        return change
    before = None if change.base.read(path) is None else path
    return replace(change, changes=(*change.changes, changes.Change(path, before)))
