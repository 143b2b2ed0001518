"""Finds the corrections of all articles: those that need no network first, then those that responses show."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from linkcheck import changes, discover, judge, pipeline
from linkcheck.commands.fix.archived_copies import ArchiveFixes, FoundCopy, copies_of
from linkcheck.commands.fix.article_fixer import ArticleFixer, FixedArticle, is_never_written
from linkcheck.commands.fix.diff import FixedFile
from linkcheck.errors import Exit, NothingFoundError, UsageError
from linkcheck.model import CorrectionKind, Finding, Outcome, Role, Source, Status, Target, Verdict, VerdictKind
from linkcheck.pipeline import RunContext, RunObserver
from linkcheck.pipeline.crawl_step import reason_of
from linkcheck.pipeline.discovery_notices import absent_notice, missing_notice
from linkcheck.pipeline.paths import ListedPaths, listed_paths, relative

_AMP = (Role.AMP, Role.AMP_CACHE)
_ROUNDS = 5
"""How often the new URLs are requested: a page that has moved may have moved again."""


class FixesFound(Struct, frozen=True):
    """The files with corrections, made or refused, in the order of their paths.

    `because` is the reason why the run is incomplete, None if it is complete. `interrupted` is the number of the signal.
    """

    changes: tuple[FixedFile, ...]
    because: str | None = None
    interrupted: int | None = None


def find_corrections(
    context: RunContext,
    observer: RunObserver,
    *,
    unsafe: bool = False,
    archives: ArchiveFixes = ArchiveFixes(),  # noqa: B008 - frozen
) -> FixesFound:
    """Everything that can be corrected. Writes only the history and the recording, if they are set.

    With `unsafe`, corrections that need a review are made too; otherwise they are held back and listed. The copies of lost
    pages are looked up for `archives` only, whatever the configuration says. Findings in the baseline count like any other,
    because accepted findings can be fixed too. Raises UsageError as `check` does, and NothingFoundError if there is no
    article.
    """
    run = context.run
    if "-" in run.paths:
        raise UsageError("fix cannot correct an article on standard input; pass the path of its file")
    listed = listed_paths(run.files_from) if run.since is None else ListedPaths(_changed_since(run.since, context))
    if listed is not None:
        for notice in missing_notice([discover.shown(path) for path in listed.missing], is_all=not listed.paths):
            observer.notice(notice)
        if not listed.paths:
            return FixesFound(())
        context = context.but(paths=listed.paths)
    try:
        return _find_corrections(context.but(archive=archives.is_wanted), observer, archives, unsafe=unsafe)
    except NothingFoundError:
        if listed is None or not listed.may_be_empty:
            raise
        for path in listed.paths:
            observer.notice(absent_notice(discover.shown(path)))
        return FixesFound(())


def _find_corrections(context: RunContext, observer: RunObserver, archives: ArchiveFixes, *, unsafe: bool) -> FixesFound:
    context = context.but(files_from=None, since=None, baseline=None, update_baseline=False)
    fixer = ArticleFixer(context.but(offline=True), unsafe=unsafe)
    for notice in fixer.notices:
        observer.notice(notice)
    if context.run.offline and archives.is_wanted:
        observer.notice("archived copies are not looked up offline")
    if context.run.offline:
        found = FixesFound(tuple(_changes(fixer.sources, lambda source: fixer.settle(source, {}))))
        fixer.refuse_nothing()
        return found
    return _OnlineSearch(context, observer, fixer, archives, unsafe=unsafe).found()


def _changed_since(ref: str, context: RunContext) -> tuple[str, ...]:
    """The articles that differ from the merge base with a revision."""
    found = changes.find_changes(ref, root=str(Path.cwd()), untrusted=context.run.untrusted)
    changed = {each.path for each in found.changes}
    sources = discover.discover(context.discover, discover.FileCounts()) if changed else ()
    return tuple(path for source in sources if (path := relative(source.file)) in changed)


def _changes(sources: Iterable[Source], settle: Callable[[Source], FixedArticle]) -> list[FixedFile]:
    found: list[FixedFile] = []
    for source in sources:
        settled = settle(source)
        if settled.done or settled.held or settled.refused:
            found.append(FixedFile(source, settled.source, settled.done, settled.held, settled.refused))
    return found


class _OnlineSearch:
    """Finds corrections with network requests: a run over all articles, then requests for the new URLs."""

    def __init__(
        self, context: RunContext, observer: RunObserver, offline: ArticleFixer, archives: ArchiveFixes, *, unsafe: bool
    ) -> None:
        self._unsafe = unsafe
        self._archives = archives
        self._copies: dict[str, tuple[FoundCopy, ...]] = {}
        self._context = context
        self._observer = observer
        self._offline = offline
        self._known: dict[str, tuple[Outcome, Verdict]] = {}
        self._because: str | None = None
        self._articles = 0
        self._dropped_amp: dict[str, judge.AmpCount] = {}

    def found(self) -> FixesFound:
        interrupted, paths = self._run()
        if interrupted is not None:
            return FixesFound((), self._because, interrupted)
        fixer = ArticleFixer(
            self._context,
            unsafe=self._unsafe,
            dropped_amp=self._dropped_amp,
            archives=self._archives,
            copies=self._copies,
        )
        waiting: dict[str, Source] = {}
        fixed: list[FixedFile] = []
        for source in fixer.sources:
            if source.path in paths:
                waiting[source.path] = source
            else:
                fixed += _changes([source], lambda source: self._offline.settle(source, {}))
        if not self._articles:
            fixer.refuse_nothing()
        settled: list[FixedArticle] = []
        for turn in range(_ROUNDS + 1):
            settled = [fixer.settle(source, self._known) for source in waiting.values()]
            targets = tuple({target.url: target for each in settled for target in each.unchecked}.values())
            if not targets:
                break
            interrupted = self._request(targets) if turn < _ROUNDS else None
            if interrupted is not None:
                return FixesFound((), self._because, interrupted)
            for target in targets:
                # A target that was not reached counts like one that does not respond.
                self._known.setdefault(target.url, (Outcome(target.url, target.probe), judge.NOT_REACHED))
        if without := sum(each.without_property for each in settled):
            self._observer.notice(
                f"the schema has no property for {'one archived copy' if without == 1 else f'{without:,} archived copies'}; "
                'mark one with `"x-link": {"role": "archive", "of": "NAME"}`, or use --archive-replace'
            )
        fixed += _changes(waiting.values(), lambda source: fixer.settle(source, self._known))
        return FixesFound(tuple(sorted(fixed, key=lambda change: change.before.path)), self._because)

    def _run(self) -> tuple[int | None, frozenset[str]]:
        """Check all articles, and keep the outcomes of those in which something can be corrected.

        Returns the number of the signal that interrupted the run, if any, and the paths of these articles.
        """
        revised: set[str] = set()

        def revise(source: Source) -> Source:
            settled = self._offline.settle(source, {})
            if settled.done:
                revised.add(source.path)
            return settled.source

        # The run checks the corrected articles, because a misspelled key hides a link.
        with pipeline.check(self._context, self._observer, revise=revise) as finished:
            run = finished.run
            self._because = finished.summary.incomplete_because
            self._articles = finished.summary.articles
            if finished.exit_code in (Exit.SIGINT, Exit.SIGTERM):
                return finished.exit_code - 128, frozenset()
            for notice in finished.archive_notices:
                self._observer.notice(notice)
            self._copies = copies_of(run.findings()) if self._archives.is_wanted else {}
            findings = [finding for finding in run.findings() if _is_shown(finding)]
            self._dropped_amp = dict(filter(None, map(_dropped_amp, findings)))
            # A response can make an offline correction pointless: the cache address of an AMP page that is gone.
            paths = frozenset(finding.location.path for finding in findings) | revised | self._copies.keys()
            if self._dropped_amp:
                paths |= {record.link.location.path for record in run.links() if record.link.role in _AMP}
            urls = {record.target.url for record in run.links() if record.link.location.path in paths}
            for record in run.targets() if urls else ():
                if record.target.url in urls and record.outcome is not None:
                    self._known[record.target.url] = (record.outcome, record.verdict)
            return None, paths

    def _request(self, targets: Sequence[Target]) -> int | None:
        """Request URLs that are about to be written. Returns the number of the signal that interrupted this, if any."""
        from linkcheck import fetch

        judging = self._context.judge
        progress = self._observer.start_crawl(len(targets))
        counts = dict.fromkeys(VerdictKind, 0)
        hosts = {target.url: target.host for target in targets}

        def record(outcomes: Sequence[Outcome]) -> None:
            for outcome in outcomes:
                verdict = judge.verdict(outcome, accept=judge.accepted(hosts[outcome.url], judging))
                counts[verdict.kind] += 1
                self._known[outcome.url] = (outcome, verdict)

        def on_progress(state: fetch.CrawlProgress) -> None:
            progress.update(state.done, counts, state.resting, state.least_seconds)

        # The recording contains the run; a second crawl would overwrite it.
        options = replace(self._context.fetch, record=None)
        try:
            crawl = fetch.crawl([targets], record, options, on_progress=on_progress)
        finally:
            progress.close()
        self._because = self._because or reason_of(crawl, self._context)
        return crawl.interrupted


def _dropped_amp(finding: Finding) -> tuple[str, judge.AmpCount] | None:
    """The host that no longer supports AMP according to a finding."""
    host, gone, pages = (finding.facts.get(name) for name in ("host", "gone", "pages"))
    if _is_removal(finding) and isinstance(host, str) and isinstance(gone, int) and isinstance(pages, int):
        return host, judge.AmpCount(gone, pages)
    return None


def _is_shown(finding: Finding) -> bool:
    """Whether a finding has a correction to make or hold back, or a reason why there is none to list."""
    is_shown = finding.fix is not None or _is_removal(finding) or is_never_written(finding)
    return finding.status is Status.OPEN and is_shown


def _is_removal(finding: Finding) -> bool:
    return judge.RULES[finding.code].correction is CorrectionKind.REMOVAL
