"""`linkcheck report`: a recorded run, rendered again."""

from pathlib import Path

import click

from linkcheck.cli.console import say
from linkcheck.cli.group import Command
from linkcheck.cli.options import REPORT_OPTIONS, configured, takes
from linkcheck.errors import Exit, UsageError

EPILOG = """\b
Examples:
  linkcheck report --history runs.db                       show the last run
  linkcheck report --history runs.db --report html:a.html  write HTML
  linkcheck report --history runs.db --run 12              show an older run"""


@click.command("report", cls=Command, epilog=EPILOG, short_help="Write reports of a recorded run.")
@click.option("--history", type=click.Path(dir_okay=False), help="Database written by `linkcheck check --history`.")
@click.option("--run", "number", type=int, metavar="N", help="Number of the run (default: the last).")
@click.option(
    "--config", type=click.Path(dir_okay=False), help="Configuration file (default: linkcheck.toml or pyproject.toml)."
)
@takes(REPORT_OPTIONS)
def command(*, number: int | None, **flags: object) -> int:
    """Write reports of a recorded run, in any format. Makes no network requests."""
    from linkcheck.cli.webhooks import Webhooks
    from linkcheck.cli.write_reports import wanted_reports, write_reports
    from linkcheck.ledger import open_recorded

    config = configured(flags)
    history = config.settings.history
    if history is None:
        raise UsageError("No history given. Use --history FILE or set `history` in the configuration.")
    wanted = wanted_reports(config.settings)
    Webhooks(wanted, config, None)  # refuses them
    with open_recorded(Path(history), number) as run:
        unwritten = write_reports(run, wanted, config.settings)
        if run.unreadable:
            say(f"{history}: {run.unreadable:,} records are damaged and are missing from the report")
        return Exit.INCOMPLETE if unwritten or run.unreadable else Exit.OK
