"""`linkcheck links`: all links, without checking them."""

import click

from linkcheck.cli.console import say
from linkcheck.cli.group import Command
from linkcheck.cli.options import INPUT_OPTIONS, REMAP_OPTIONS, configured, paths, takes

EPILOG = """\b
Examples:
  linkcheck links posts/               list the links as a table
  linkcheck links --json | jq .url     list the links as JSON"""


@click.command("links", cls=Command, epilog=EPILOG, short_help="List all links without checking them.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object per line instead of a table.")
@paths
@takes(INPUT_OPTIONS, REMAP_OPTIONS)
def command(*, as_json: bool, **flags: object) -> int:
    """List all links with their location, role and probe. Makes no network requests.

    PATHS are files, folders and globs. Default: the paths in the configuration, or else the working directory.
    """
    from linkcheck.pipeline import RunContext, list_links
    from linkcheck.report import files
    from linkcheck.report.link_listing import write_objects, write_table

    config = configured(flags)
    for notice in config.notices:
        say(notice)
    rows = list_links(RunContext(config), notice=say)
    with files.standard_output() as stream:
        (write_objects if as_json else write_table)(rows, stream)
    return 0
