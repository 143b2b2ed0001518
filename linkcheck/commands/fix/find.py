"""From the configuration to the corrections of all articles: what the text shows first, then what the web says."""

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from linkcheck import judge, pipeline
from linkcheck.commands.fix.article_fixer import ArticleFixer, FixedArticle, is_hopeless
from linkcheck.commands.fix.diff import FixedFile
from linkcheck.errors import Exit, UsageError
from linkcheck.model import CorrectionKind, Finding, Outcome, Role, Source, Status, Target, Verdict, VerdictKind
from linkcheck.pipeline import RunContext, RunObserver
from linkcheck.pipeline.crawl_step import explained
from linkcheck.pipeline.paths import listed_paths

_AMP = (Role.AMP, Role.AMP_CACHE)
_ROUNDS = 5
"""Times the web is asked about what it said: a page that has moved may have moved again."""


class FixesFound(Struct, frozen=True):
    """The files with corrections, made or refused, in the order of their paths.

    `because` says why not everything was looked at, None where it was. `interrupted` is the number of the signal.
    """

    changes: tuple[FixedFile, ...]
    because: str | None = None
    interrupted: int | None = None


def find_corrections(context: RunContext, watch: RunObserver, *, unsafe: bool = False) -> FixesFound:
    """Everything that can be corrected. Writes nothing but the history and the recording that were asked for.

    `unsafe` makes corrections that a person has to look at, too; without it they are held back, and told. Findings in the
    baseline count like any other: what was accepted may be fixed. Raises UsageError as `check` does, and
    NothingFoundError where there is no article.
    """
    run = context.run
    if run.since is not None:
        raise UsageError(
            "fix does not accept --since; pass the changed articles instead, for example with "
            f"git diff -z --name-only --diff-filter=d {run.since}... | linkcheck fix --files-from -"
        )
    named = listed_paths(run.files_from)  # once: the standard input can be read only once
    if named == ():
        return FixesFound(())
    context = context.but(paths=named or run.paths, files_from=None, baseline=None, update_baseline=False)
    desk = ArticleFixer(context.but(offline=True), unsafe=unsafe)
    if run.offline:
        found = FixesFound(tuple(_changes(desk.sources, lambda source: desk.settle(source, {}))))
        desk.refuse_nothing()
        return found
    return _Asking(context, watch, desk, unsafe=unsafe).found()


def _changes(sources: Iterable[Source], settle: Callable[[Source], FixedArticle]) -> list[FixedFile]:
    changes: list[FixedFile] = []
    for source in sources:
        settled = settle(source)
        if settled.done or settled.held or settled.refused:
            changes.append(FixedFile(source, settled.source, settled.done, settled.held, settled.refused))
    return changes


class _Asking:
    """Corrections with the web's help: one run over everything, then what that makes worth asking."""

    def __init__(self, context: RunContext, watch: RunObserver, offline: ArticleFixer, *, unsafe: bool) -> None:
        self._unsafe = unsafe
        self._context = context
        self._watch = watch
        self._offline = offline
        self._known: dict[str, tuple[Outcome, Verdict]] = {}
        self._because: str | None = None
        self._articles = 0
        self._dropped_amp: dict[str, judge.AmpCount] = {}

    def found(self) -> FixesFound:
        interrupted, paths = self._run()
        if interrupted is not None:
            return FixesFound((), self._because, interrupted)
        desk = ArticleFixer(self._context, unsafe=self._unsafe, dropped_amp=self._dropped_amp)
        waiting: dict[str, Source] = {}
        changes: list[FixedFile] = []
        for source in desk.sources:
            if source.path in paths:
                waiting[source.path] = source
            else:
                changes += _changes([source], lambda source: self._offline.settle(source, {}))
        if not self._articles:
            desk.refuse_nothing()
        for turn in range(_ROUNDS + 1):
            settled = [desk.settle(source, self._known) for source in waiting.values()]
            targets = tuple({target.url: target for each in settled for target in each.asks}.values())
            if not targets:
                break
            interrupted = self._ask(targets) if turn < _ROUNDS else None
            if interrupted is not None:
                return FixesFound((), self._because, interrupted)
            for target in targets:
                # One that is not reached is as good as one that does not answer.
                self._known.setdefault(target.url, (Outcome(target.url, target.probe), judge.NOT_REACHED))
        changes += _changes(waiting.values(), lambda source: desk.settle(source, self._known))
        return FixesFound(tuple(sorted(changes, key=lambda change: change.before.path)), self._because)

    def _run(self) -> tuple[int | None, frozenset[str]]:
        """Check everything as usual; the articles in which something can be corrected, whose outcomes are kept.

        Before them, the number of the signal that interrupted the run.
        """
        revised: set[str] = set()

        def revise(source: Source) -> Source:
            settled = self._offline.settle(source, {})
            if settled.done:
                revised.add(source.path)
            return settled.source

        # The run sees the articles as they will be: a key that is misspelt hides a link.
        with pipeline.check(self._context, self._watch, revise=revise) as finished:
            run = finished.run
            self._because = finished.summary.incomplete_because
            self._articles = finished.summary.articles
            if finished.exit_code in (Exit.SIGINT, Exit.SIGTERM):
                return finished.exit_code - 128, frozenset()
            findings = [finding for finding in run.findings() if _is_told(finding)]
            self._dropped_amp = dict(filter(None, map(_dropped_amp, findings)))
            # What the text alone asks for may be idle by what the web says: the cache address of an AMP page that is gone.
            paths = frozenset(finding.location.path for finding in findings) | revised
            if self._dropped_amp:
                paths |= {record.link.location.path for record in run.links() if record.link.role in _AMP}
            urls = {record.target.url for record in run.links() if record.link.location.path in paths}
            for record in run.targets() if urls else ():
                if record.target.url in urls and record.outcome is not None:
                    self._known[record.target.url] = (record.outcome, record.verdict)
            return None, paths

    def _ask(self, targets: Sequence[Target]) -> int | None:
        """Ask for URLs that are about to be written. The number of the signal that interrupted it."""
        from linkcheck import fetch

        judging = self._context.judge
        progress = self._watch.asking(len(targets))
        counts = dict.fromkeys(VerdictKind, 0)
        hosts = {target.url: target.host for target in targets}

        def record(outcomes: Sequence[Outcome]) -> None:
            for outcome in outcomes:
                verdict = judge.verdict(outcome, accept=judge.accepted(hosts[outcome.url], judging))
                counts[verdict.kind] += 1
                self._known[outcome.url] = (outcome, verdict)

        def on_progress(state: fetch.CrawlProgress) -> None:
            progress.update(state.done, counts, state.resting)

        # A recording holds the run; asked once more, it would be begun anew.
        options = replace(self._context.fetch, record=None)
        try:
            crawl = fetch.crawl([targets], record, options, on_progress=on_progress)
        finally:
            progress.close()
        self._because = self._because or explained(crawl, self._context)
        return crawl.interrupted


def _dropped_amp(finding: Finding) -> tuple[str, judge.AmpCount] | None:
    """The host that a finding says has dropped AMP."""
    host, gone, pages = (finding.facts.get(name) for name in ("host", "gone", "pages"))
    if _is_removal(finding) and isinstance(host, str) and isinstance(gone, int) and isinstance(pages, int):
        return host, judge.AmpCount(gone, pages)
    return None


def _is_told(finding: Finding) -> bool:
    """Whether there is a correction to make, to hold back, or to say why there is none."""
    is_told = finding.fix is not None or _is_removal(finding) or is_hopeless(finding)
    return finding.status is Status.NEW and is_told


def _is_removal(finding: Finding) -> bool:
    return judge.RULES[finding.code].correction is CorrectionKind.REMOVAL
