"""`linkcheck links`: what would be asked, and why."""

import click

from linkcheck.cli.console import say
from linkcheck.cli.group import Command
from linkcheck.cli.options import LOOKING, configured, paths, takes

EPILOG = """\b
Examples:
  linkcheck links posts/               a table
  linkcheck links --json | jq .url     for other programs"""


@click.command("links", cls=Command, epilog=EPILOG, short_help="List what would be asked, and why; ask nothing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line instead of a table.")
@paths
@takes(LOOKING)
def command(*, as_json: bool, **flags: object) -> int:
    """List every link with its place, its role and how closely it would be looked at. Asks nothing."""
    from linkcheck.pipeline import RunContext, list_links
    from linkcheck.report import files
    from linkcheck.report.link_listing import write_objects, write_table

    config = configured(flags)
    for notice in config.notices:
        say(notice)
    rows = list_links(RunContext(config))
    with files.standard_output() as stream:
        (write_objects if as_json else write_table)(rows, stream)
    return 0
