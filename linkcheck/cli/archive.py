"""`linkcheck archive`: the pages that work, but have no copy in a web archive; `--save` requests one."""

from typing import TYPE_CHECKING

import click

from linkcheck.cli.console import ConsoleObserver, report_incomplete
from linkcheck.cli.group import Command, Grouped
from linkcheck.cli.options import (
    ARCHIVE_OPTIONS,
    INPUT_OPTIONS,
    OUTCOME_OPTIONS,
    configured,
    option,
    paths,
    takes,
)
from linkcheck.errors import Exit, UsageError

if TYPE_CHECKING:
    from typing import TextIO

    from linkcheck.pipeline.archive_survey import LivingPage
    from linkcheck.pipeline.context import RunOptions

EPILOG = """\b
Examples:
  linkcheck archive --history runs.db          list the pages, oldest first
  linkcheck archive --history runs.db --save   request copies of them"""

_ACTION = "Action"


@click.command("archive", cls=Command, epilog=EPILOG, short_help="List pages without a copy in a web archive.")
@paths
@click.option(
    "--save", cls=Grouped, heading=_ACTION, is_flag=True, help="Request the web archive to save each of these pages."
)
@click.option(
    "--json", "as_json", cls=Grouped, heading=_ACTION, is_flag=True, help="Write one JSON object per line instead of text."
)
@takes(INPUT_OPTIONS, ARCHIVE_OPTIONS, OUTCOME_OPTIONS)
@option("progress")
@option("quiet", text="Show only the pages.")
def command(*, save: bool, as_json: bool, **flags: object) -> int:
    """List the pages that work but have no copy in a web archive, those of the oldest articles first.

    Checks the links, and looks up the copies of canonical and original URLs and links. Results are kept in the history, so
    that each run continues where the last one ended. Nothing is saved without --save.

    PATHS are files, folders and globs. Default: the paths in the configuration, or else the working directory.
    """
    from linkcheck import pipeline
    from linkcheck.pipeline.archive_survey import PageArchive
    from linkcheck.report import files

    config = configured(flags)
    context = pipeline.RunContext(config).but(archive=False, baseline=None, update_baseline=False)
    _refuse(context.run, save=save)
    observer = ConsoleObserver(config.settings)
    with pipeline.check(context, observer) as finished, files.standard_output() as stream:
        if finished.exit_code in (Exit.SIGINT, Exit.SIGTERM):
            return finished.exit_code
        archive = PageArchive(context, finished.ledger)
        survey = archive.survey(observer)
        listing = _Listing(stream, as_json=as_json)
        interrupted = survey.interrupted
        if save and survey.missing and interrupted is None:
            interrupted = archive.save(survey.missing, listing.add_saved, observer)
        else:
            for page in survey.missing:
                listing.add(page)
        for notice in survey.notices:
            observer.notice(notice)
        observer.notice(listing.summary(survey.pages, survey.unknown, save=save))
        if interrupted is not None:
            return 128 + interrupted
        because = finished.summary.incomplete_because or listing.why_unsaved()
        if because is not None:
            report_incomplete(because)
            return Exit.INCOMPLETE
    return Exit.OK


def _refuse(run: "RunOptions", *, save: bool) -> None:
    if run.offline:
        raise UsageError("archive makes requests, so it cannot run offline; use --no-offline")
    if save and run.untrusted:
        raise UsageError("--save cannot be combined with --untrusted; save the pages from a checkout that you trust")
    if save and run.history is None:
        raise UsageError("--save requires a history, so that no page is saved twice: use --history FILE")


class _Listing:
    """Writes the pages, and counts them."""

    def __init__(self, stream: "TextIO", *, as_json: bool) -> None:
        self._stream = stream
        self._as_json = as_json
        self._pages = 0
        self._saved = 0
        self._unsaved: list[str] = []

    def add(self, page: "LivingPage") -> None:
        self._add(page, None, state="", is_saved=False)

    def add_saved(self, page: "LivingPage", failure: str | None, *, is_saved: bool) -> None:
        if failure is not None:
            self._unsaved.append(failure)
        self._saved += is_saved
        state = "saved" if is_saved else "requested" if failure is None else f"not saved: {failure}"
        self._add(page, failure, state=state, is_saved=is_saved)

    def _add(self, page: "LivingPage", failure: str | None, *, state: str, is_saved: bool) -> None:
        from linkcheck.report.page_listing import write_object, write_page

        self._pages += 1
        wanted = page.wanted
        if self._as_json:
            write_object(self._stream, page.link, wanted.url, wanted.moment, failure=failure, is_saved=is_saved)
        else:
            write_page(self._stream, page.link, wanted.url, wanted.moment, state=state)
        self._stream.flush()

    def summary(self, pages: int, unknown: int, *, save: bool) -> str:
        number = f"{self._pages:,} of {pages:,} page{'s' * (pages != 1)}"
        left = f"; {unknown:,} not looked up" if unknown else ""
        if not save:
            advice = "; use --save to request copies" if self._pages else ""
            return f"{number} without a copy in a web archive{left}{advice}"
        requested = self._pages - self._saved - len(self._unsaved)
        later = f", {requested:,} requested (looked up again after a week)" if requested else ""
        return f"{number} had no copy{left}; {self._saved:,} saved{later}"

    def why_unsaved(self) -> str | None:
        """Why some pages were not saved; None if all were."""
        if not self._unsaved:
            return None
        number = f"{len(self._unsaved):,} of {self._pages:,} pages"
        return f"{number} were not saved: {self._unsaved[0]}; run the command again later"
