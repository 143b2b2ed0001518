"""`linkcheck init`: configuration, schemas, CI workflow and hook for the repository at hand."""

import re
import sys
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

import click

from linkcheck.cli.console import say
from linkcheck.cli.group import Command
from linkcheck.config import working_directory
from linkcheck.errors import Exit, UsageError
from linkcheck.report import files
from linkcheck.report.escape import log_line, shown, visible

if TYPE_CHECKING:
    from linkcheck.commands.init import Draft, InitPlan, RepositorySurvey

_LINE = re.compile(r"[^\n]*\n|[^\n]+")


@click.command("init", cls=Command, short_help="Create a configuration, schemas, a CI workflow and hooks.")
@click.option("--yes", "-y", is_flag=True, help="Write the files without confirmation.")
@click.option("--dry-run", is_flag=True, help="Show the files without writing them.")
@click.option("--force", is_flag=True, help="Overwrite existing files.")
def command(*, yes: bool, dry_run: bool, force: bool) -> int:
    """Create the files that linkcheck needs to check the articles in the working directory.

    Infers a JSON Schema for each folder of articles, detects the site generator and the address of the site, and shows
    each file before it is written. Existing files are not overwritten without --force.
    """
    from linkcheck.commands.init import draft_all, survey

    root = working_directory()
    seen = survey(root)
    start = draft_all(seen, root)
    _describe(seen, start)
    _show(start)
    if not start.drafts:
        say("all files exist already")
        return Exit.OK
    if start.in_the_way and not force:
        listed = ", ".join(shown(path) for path in start.in_the_way)
        raise UsageError(
            f"no files were written, because {listed} would be replaced; to replace existing files, use --force"
        )
    if dry_run:
        return Exit.OK
    if not yes and not _agreed():
        say("no files were written")
        return Exit.OK
    for draft in start.drafts:
        _write(draft)
    say(f"{len(start.drafts)} files written; next, run: linkcheck validate")
    return Exit.OK


def _agreed() -> bool:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError("no files were written, because there is no terminal for the confirmation; use --yes")
    return click.confirm("Write these files?", err=True)


def _describe(seen: "RepositorySurvey", start: "InitPlan") -> None:
    """What was found, on stderr: stdout is the files."""
    told = [f"generator: {seen.generator.name}"]
    if seen.site.base_url is not None:
        told.append(f"site: {seen.site.base_url}")
    for each in seen.collections:
        count, where = each.inferred.articles, each.collection.folder or "top level"
        told.append(f"{each.collection.name}: {count} article{'s' * (count != 1)}, {where}")
        told += [
            f"  {link.place}: {link.role}" + (f" ({link.odd} of {link.texts} are not URLs)" if link.odd else "")
            for link in each.inferred.links
        ]
        told += [f"  {note}" for note in each.inferred.notes]
    if seen.unread:
        some = ", ".join(seen.unread[:3]) + (", ..." if len(seen.unread) > 3 else "")
        told.append(f"skipped, because the front matter cannot be parsed: {some}")
    for line in (*told, *start.notes):
        say(shown(line))


def _show(start: "InitPlan") -> None:
    with files.standard_output() as stream:
        for draft in start.drafts:
            before, after = (_LINE.findall(text) for text in (draft.before or "", draft.text))
            old = "/dev/null" if draft.before is None else f"a/{draft.path}"
            for line in unified_diff(before, after, old, f"b/{draft.path}"):
                stream.write(log_line(visible(line.rstrip("\r\n"))) + "\n")


def _write(draft: "Draft") -> None:
    from linkcheck.atomic_write import replace_file

    try:
        Path(draft.path).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"cannot make the folder of {draft.path}: {error.strerror}") from None
    replace_file(draft.path, [draft.text.encode("utf-8", "surrogateescape")])
