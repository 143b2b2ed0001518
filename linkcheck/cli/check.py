"""`linkcheck check`: validate and crawl."""

import click

from linkcheck.cli.group import Command
from linkcheck.cli.options import ASKING, LOOKING, REMEMBERING, SAYING, configured, paths, takes


@click.command("check", cls=Command, short_help="Validate the articles and ask the web about their links.")
@paths
@takes(LOOKING, ASKING, REMEMBERING, SAYING)
def command(**flags: object) -> int:
    """Validate the front matter of articles and ask the web about every link in it.

    PATHS are files, folders and globs; without any, those of the configuration, else the working directory.
    """
    from linkcheck.cli.checking import check

    return check(configured(flags))
