"""`linkcheck check`: validate and crawl."""

import click

from linkcheck.cli.group import Command
from linkcheck.cli.options import ASKING, COUNTING, LOOKING, REMEMBERING, SHOWING, WAITING, configured, paths, takes

EPILOG = """\b
Examples:
  linkcheck check                                      what the configuration names, else "."
  linkcheck check posts/ --report html:links.html      one folder, as a page to look at
  linkcheck check --since origin/main                  only what this branch brought may fail
  linkcheck check --history nightly.sqlite3            ask again only what is due
  linkcheck check --history nightly.sqlite3 --resume   go on where a killed run ended

Every option has a key in the configuration and a variable: --per-host is per-host and LINKCHECK_PER_HOST."""


@click.command("check", cls=Command, epilog=EPILOG, short_help="Validate the articles and ask the web about their links.")
@paths
@takes(LOOKING, ASKING, REMEMBERING, SHOWING, COUNTING, WAITING)
def command(**flags: object) -> int:
    """Validate the front matter of articles and ask the web about every link in it.

    PATHS are files, folders and globs; without any, those of the configuration, else the working directory.
    """
    from linkcheck.cli.write_reports import check

    return check(configured(flags))
