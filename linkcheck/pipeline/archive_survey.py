"""The pages that work, but have no copy in a web archive (`linkcheck archive`), and saving them there."""

from collections.abc import Callable, Iterator, Sequence
from heapq import nsmallest

from msgspec import Struct
from msgspec.structs import replace

from linkcheck import judge, signals
from linkcheck.ledger import Ledger
from linkcheck.model import ArchivedCopy, Link, WantedCopy
from linkcheck.pipeline.archive_step import MOST, CopyLookUp
from linkcheck.pipeline.context import RunContext
from linkcheck.pipeline.crawl_step import RunObserver
from linkcheck.timestamps import timestamp_of

_NO_DATE = "9999"
"""Sorts pages without a date after all others."""


class LivingPage(Struct, frozen=True):
    """A page that works: the first link to it, and what to look for."""

    link: Link
    wanted: WantedCopy

    @property
    def age(self) -> tuple[str, str, int]:
        """Sorts the oldest first."""
        place = self.link.location
        return self.wanted.moment or _NO_DATE, place.path, place.span.line


class ArchiveSurvey(Struct, frozen=True):
    """The pages without a copy, the oldest first, and the number of all.

    `notices` say which pages could not be looked up, and why. `interrupted` is the number of the signal.
    """

    missing: tuple[LivingPage, ...]
    pages: int
    notices: tuple[str, ...] = ()
    interrupted: int | None = None


class PageArchive:
    """The copies of the pages of a run, whose ledger is open."""

    def __init__(self, context: RunContext, ledger: Ledger) -> None:
        self._context = context
        self._ledger = ledger
        self._copies = CopyLookUp(context, ledger)

    def survey(self, observer: RunObserver) -> ArchiveSurvey:
        """Look up the oldest pages that are not known yet, and list all those that have no copy."""
        unknown = [page for page in self._living() if self._copies.known(page.wanted) is None]
        oldest = nsmallest(MOST, unknown, key=lambda page: page.age)
        stopped: int | None = None
        if oldest:
            wanted = [page.wanted for page in oldest]
            stopped = self._copies.look_up(wanted, observer, left_out=len(unknown) - len(wanted))
        number, missing = 0, list[LivingPage]()
        for page in self._living():
            number += 1
            if self._copies.known(page.wanted) == (None,):
                missing.append(page)
        missing.sort(key=lambda page: page.age)
        return ArchiveSurvey(tuple(missing), number, self._copies.notices, stopped)

    def save(
        self, pages: Sequence[LivingPage], record: Callable[[LivingPage, str | None], None], observer: RunObserver
    ) -> int | None:
        """Request the archive to save pages, and pass each to `record` with the reason why it was not saved, if any.

        What was saved is remembered, so that a further run continues. Returns the number of the signal that interrupted
        this, if any.
        """
        from linkcheck import fetch

        by_url = {page.wanted.url: page for page in pages}
        progress = observer.start_crawl(len(by_url))

        def keep(result: fetch.SaveResult) -> None:
            page = by_url[result.url]
            if result.failure is None:
                now = timestamp_of(self._context.now())
                self._copies.keep(
                    page.wanted, ArchivedCopy(result.copy or result.url, now, verified=result.copy is not None)
                )
            record(page, result.failure)

        try:
            end = fetch.save_pages(
                list(by_url),
                keep,
                self._context.fetch,
                self._context.archives,
                on_progress=lambda done: progress.update(done, {}, (), 0.0),
            )
        finally:
            progress.close()
        return end.interrupted

    def _living(self) -> Iterator[LivingPage]:
        """Each page that works, with the first link to it."""
        seen: set[str] = set()
        for evidence in signals.uninterrupted(self._ledger.evidence_with(*judge.ARCHIVED_ROLES, kinds=judge.LIVING)):
            for result, wanted in judge.wanted_copies(evidence, self._context.judge, kinds=judge.LIVING):
                if wanted.url not in seen:
                    seen.add(wanted.url)
                    # Its headline may have been edited since: any copy of the page will do.
                    yield LivingPage(result.link, replace(wanted, title=None))
