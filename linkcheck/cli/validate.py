"""`linkcheck validate`: the same, offline."""

import click

from linkcheck.cli.group import Command
from linkcheck.cli.options import COUNTING, KEEPING, LOOKING, SHOWING, TIMING, WAITING, configured, paths, takes

EPILOG = """\b
Examples:
  linkcheck validate posts/                    a folder
  linkcheck validate $(git diff --name-only)   what was touched
  linkcheck validate --schema post.schema.json posts/"""


@click.command("validate", cls=Command, epilog=EPILOG, short_help="Validate the articles; ask nothing of the web.")
@paths
@takes(LOOKING, TIMING, KEEPING, SHOWING, COUNTING, WAITING)
def command(**flags: object) -> int:
    """Hold front matter against its schema and against itself: no network, and fast enough for every commit.

    PATHS are files, folders and globs; without any, those of the configuration, else the working directory.
    """
    from linkcheck.cli.write_reports import check

    return check(configured({**flags, "offline": True}))
