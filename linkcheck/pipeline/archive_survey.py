"""The pages that work, but have no copy in a web archive (`linkcheck archive`), and saving them there."""

from collections.abc import Iterator, Sequence
from heapq import nsmallest
from typing import Protocol

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
    """A page that works: the link of the oldest article to it, and what to look for."""

    link: Link
    wanted: WantedCopy

    @property
    def age(self) -> tuple[str, str, int, int]:
        """Sorts the oldest first."""
        place = self.link.location
        return self.wanted.moment or _NO_DATE, place.path, place.span.line, place.span.column


class ArchiveSurvey(Struct, frozen=True):
    """The pages without a copy, the oldest first, the number of all, and of those that were not looked up.

    `notices` say which pages could not be looked up, and why. `interrupted` is the number of the signal.
    """

    missing: tuple[LivingPage, ...]
    pages: int
    unknown: int
    notices: tuple[str, ...] = ()
    interrupted: int | None = None


class RecordSaved(Protocol):
    """Receives what became of the request to save a page."""

    def __call__(self, page: LivingPage, failure: str | None, *, is_saved: bool) -> None: ...


class PageArchive:
    """The copies of the pages of a run, whose ledger is open."""

    def __init__(self, context: RunContext, ledger: Ledger) -> None:
        self._context = context
        self._ledger = ledger
        self._copies = CopyLookUp(context, ledger)
        self._oldest: dict[str, tuple[str, str, int, int]] = {}
        """The place of the oldest link to each page."""

    def survey(self, observer: RunObserver) -> ArchiveSurvey:
        """Look up the oldest pages that are not known yet, and list all those that have no copy."""
        unknown = 0

        def not_known() -> Iterator[LivingPage]:
            nonlocal unknown
            for page in self._living():
                if self._copies.known(page.wanted) is None:
                    unknown += 1
                    yield page

        oldest = nsmallest(MOST, not_known(), key=lambda page: page.age)
        stopped: int | None = None
        if oldest:
            wanted = [page.wanted for page in oldest]
            stopped = self._copies.look_up(wanted, observer, left_out=unknown - len(wanted))
        number, still_unknown, missing = 0, 0, list[LivingPage]()
        for page in self._living():
            number += 1
            known = self._copies.known(page.wanted)
            still_unknown += known is None
            if known == (None,):
                missing.append(page)
        missing.sort(key=lambda page: page.age)
        return ArchiveSurvey(tuple(missing), number, still_unknown, self._copies.notices, stopped)

    def save(self, pages: Sequence[LivingPage], record: RecordSaved, observer: RunObserver) -> int | None:
        """Request the archive to save pages, and pass each to `record` with the reason why it was not saved, if any.

        `is_saved` is false where the archive accepted the request, but did not show a copy; the page is then looked up again
        after a few days. What was saved is remembered, so that a further run continues. Returns the number of the signal
        that interrupted this, if any.
        """
        from linkcheck import fetch

        by_url = {page.wanted.url: page for page in pages}
        progress = observer.start_crawl(len(by_url))

        def keep(result: fetch.SaveResult) -> None:
            page = by_url[result.url]
            if result.failure is None:
                # Until it is looked up again, the page itself stands for a copy that may be made.
                copy = ArchivedCopy(result.copy or result.url, timestamp_of(self._context.now()))
                self._copies.keep(page.wanted, replace(copy, verified=result.copy is not None))
            record(page, result.failure, is_saved=result.copy is not None)

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
        """Each page that works, with the link of the oldest article that has one to it."""
        if not self._oldest:
            for page in self._links():
                known = self._oldest.get(page.wanted.url)
                self._oldest[page.wanted.url] = page.age if known is None else min(known, page.age)
        return (page for page in self._links() if self._oldest.get(page.wanted.url) == page.age)

    def _links(self) -> Iterator[LivingPage]:
        for evidence in signals.uninterrupted(self._ledger.evidence_with(*judge.ARCHIVED_ROLES, kinds=judge.LIVING)):
            for result, wanted in judge.wanted_copies(evidence, self._context.judge, kinds=judge.LIVING):
                # Its headline may have been edited since: any copy of the page will do.
                yield LivingPage(result.link, replace(wanted, title=None))
