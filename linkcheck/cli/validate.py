"""`linkcheck validate`: the same, offline."""

import click

from linkcheck.cli.group import Command
from linkcheck.cli.options import (
    BASELINE_OPTIONS,
    COUNT_OPTIONS,
    INPUT_OPTIONS,
    PROGRESS_OPTIONS,
    READ_OPTIONS,
    REPORT_OPTIONS,
    configured,
    paths,
    takes,
)

EPILOG = """\b
Examples:
  linkcheck validate posts/                    validate a folder
  linkcheck validate --since origin/main       fail only for what is new
  linkcheck validate - --stdin-filename a.md   validate an unsaved article
  linkcheck validate --schema post.schema.json posts/
  git diff -z --name-only --diff-filter=d | linkcheck validate --files-from -
                                               validate changed files"""


@click.command("validate", cls=Command, epilog=EPILOG, short_help="Validate articles offline.")
@paths
@takes(INPUT_OPTIONS, READ_OPTIONS, BASELINE_OPTIONS, REPORT_OPTIONS, COUNT_OPTIONS, PROGRESS_OPTIONS)
def command(**flags: object) -> int:
    """Validate front matter, AMP-cache addresses and local images. Makes no network requests.

    PATHS are files, folders and globs, or - for one article on standard input. Default: the paths in the configuration, or
    else the working directory.
    """
    from linkcheck.cli.write_reports import check

    return check(configured({**flags, "offline": True}), never_requests=True)
