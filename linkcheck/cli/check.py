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
  linkcheck check                              check all configured articles
  linkcheck check posts/ --report html:a.html  check a folder, write HTML
  linkcheck check --since origin/main          fail only for what is new
  linkcheck check --history runs.db            request URLs that are due
  linkcheck check --history runs.db --resume   continue a stopped run

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
