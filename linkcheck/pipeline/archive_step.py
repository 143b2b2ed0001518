"""Pages to their copies in web archives: from the history if they are known there, otherwise from look-ups."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from linkcheck import judge, signals, triage
from linkcheck.ledger import Ledger
from linkcheck.ledger.archived_copies import key_of
from linkcheck.model import ArchivedCopy, Basis, Evidence, Finding, LinkResult, VerdictKind, WantedCopy
from linkcheck.pipeline.context import RunContext
from linkcheck.pipeline.crawl_step import RunObserver

_KINDS = (*judge.LOST, VerdictKind.UNREACHABLE)
MOST = 1_000
"""Pages that one run looks up; the next run continues with the others."""


class CopyLookUp:
    """Looks up copies, and remembers them in the history."""

    def __init__(self, context: RunContext, ledger: Ledger) -> None:
        self._context = context
        self._ledger = ledger
        self._archives = context.archives.timegates
        self.notices: tuple[str, ...] = ()

    def known(self, wanted: WantedCopy) -> tuple[ArchivedCopy | None] | None:
        """What is known of the copy of a page: that there is none, or which; None if it has to be looked up."""
        return self._ledger.recall_copy(self._key(wanted))

    def keep(self, wanted: WantedCopy, copy: ArchivedCopy | None) -> None:
        """Remember a copy."""
        self._ledger.keep_copy(self._key(wanted), copy)

    def look_up(self, wanted: Sequence[WantedCopy], observer: RunObserver, *, left_out: int) -> int | None:
        """Look up pages; `left_out` are those that the next run looks up. Returns the number of the signal that interrupted
        this, if any.
        """
        from linkcheck import fetch

        observer.notice(f"looking up archived copies of {pages(len(wanted))}")
        progress = observer.start_crawl(len(wanted))
        failures: dict[str, int] = {}

        def record(result: fetch.CopyResult) -> None:
            if result.failure is not None and result.copy is None:
                failures[result.failure] = failures.get(result.failure, 0) + 1
            else:
                self.keep(result.wanted, result.copy)

        try:
            end = fetch.look_up_copies(
                wanted,
                record,
                self._context.fetch,
                self._context.archives,
                is_copy=judge.is_copy,
                now=self._context.now(),
                on_progress=lambda done: progress.update(done, {}, (), 0.0),
            )
        finally:
            progress.close()
        self.notices = tuple(_notices(failures, end.left + left_out, is_recorded=self._context.run.record is not None))
        return end.interrupted

    def _key(self, wanted: WantedCopy) -> str:
        return key_of(wanted.url, wanted.moment, wanted.title, *self._archives)


class CopyFinder:
    """Finds the copies of lost pages, and adds them to the findings about these pages."""

    def __init__(self, context: RunContext, ledger: Ledger) -> None:
        self._judging = context.judge
        self._triage = context.triage
        self._ledger = ledger
        self._copies = CopyLookUp(context, ledger)

    @property
    def notices(self) -> tuple[str, ...]:
        return self._copies.notices

    def look_up(self, observer: RunObserver) -> int | None:
        """Look up what is not known yet. Returns the number of the signal that interrupted this, if any."""
        wanted, left_out = self._unknown()
        return self._copies.look_up(wanted, observer, left_out=left_out) if wanted else None

    def add_to(self, evidence: Evidence, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The findings of an article; those about a lost page with its copy, if one is known."""
        copies: dict[str, ArchivedCopy] = {}
        for result, wanted in self._wanted(evidence):
            known = self._copies.known(wanted)
            if known is not None and known[0] is not None and known[0].url != wanted.url:
                copies[result.link.location.pointer] = known[0]
        for finding in findings:
            copy = copies.get(finding.location.pointer)
            is_about_page = judge.RULES[finding.code].basis is Basis.RESPONSE
            yield finding if copy is None or not is_about_page else replace(finding, archive=copy)

    def _wanted(self, evidence: Evidence) -> Iterator[tuple[LinkResult, WantedCopy]]:
        """The lost pages of an article, and those that have been unreachable for long."""
        for result, wanted in judge.wanted_copies(evidence, self._judging, kinds=_KINDS):
            if result.verdict.kind is not VerdictKind.UNREACHABLE or self._is_lasting(result):
                yield result, wanted

    def _is_lasting(self, result: LinkResult) -> bool:
        strikes = self._ledger.strikes(result.target.url)
        return strikes is not None and triage.is_lasting(
            triage.FailureStreak(strikes.strikes, strikes.first_at), self._triage
        )

    def _unknown(self) -> tuple[list[WantedCopy], int]:
        """The first pages of which no copy is known, and how many there are beyond these."""
        found: dict[WantedCopy, None] = {}
        left_out = 0
        for evidence in signals.uninterrupted(self._ledger.evidence_with(*judge.ARCHIVED_ROLES, kinds=_KINDS)):
            for _, wanted in self._wanted(evidence):
                if wanted in found or self._copies.known(wanted) is not None:
                    continue
                if len(found) < MOST:
                    found[wanted] = None
                else:
                    left_out += 1
        return list(found), left_out


def _notices(failures: dict[str, int], left: int, *, is_recorded: bool) -> Iterator[str]:
    if is_recorded:
        yield "the recording does not contain the look-ups in web archives, so a replay shows no archived copies"
    for why, number in failures.items():
        yield f"no archived copy could be looked up for {pages(number)}: {why}; the next run tries again"
    if left:
        copies = "the archived copy of one page was" if left == 1 else f"archived copies of {pages(left)} were"
        yield f"{copies} not looked up yet; the next run continues"


def pages(number: int) -> str:
    return f"{number:,} pages" if number != 1 else "one page"
