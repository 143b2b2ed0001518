"""`linkcheck check`: validate and crawl."""

import click

from linkcheck.cli.group import Command
from linkcheck.cli.options import (
    COUNT_OPTIONS,
    HISTORY_OPTIONS,
    INPUT_OPTIONS,
    NETWORK_OPTIONS,
    PROGRESS_OPTIONS,
    REPORT_OPTIONS,
    configured,
    paths,
    takes,
)

EPILOG = """\b
Examples:
  linkcheck check                                      check all configured articles
  linkcheck check posts/ --report html:links.html      check a folder and write an HTML report
  linkcheck check --since origin/main                  fail only for changes on this branch
  linkcheck check --history nightly.sqlite3            request only URLs that are due
  linkcheck check --history nightly.sqlite3 --resume   continue a run that was stopped

Each option can also be set in the configuration file and in an environment variable: --per-host is per-host and
LINKCHECK_PER_HOST."""


@click.command("check", cls=Command, epilog=EPILOG, short_help="Validate articles and check their links.")
@paths
@takes(INPUT_OPTIONS, NETWORK_OPTIONS, HISTORY_OPTIONS, REPORT_OPTIONS, COUNT_OPTIONS, PROGRESS_OPTIONS)
def command(**flags: object) -> int:
    """Validate the front matter of articles and check every link in it.

    PATHS are files, folders and globs, or - for one article on standard input. Default: the paths in the configuration, or
    else the working directory.
    """
    from linkcheck.cli.write_reports import check

    return check(configured(flags))
