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
    survey_result = survey(root)
    plan = draft_all(survey_result, root)
    _describe(survey_result, plan)
    _show(plan)
    if not plan.drafts:
        say("all files exist already")
        return Exit.OK
    if plan.in_the_way and not force:
        listed = ", ".join(shown(path) for path in plan.in_the_way)
        raise UsageError(
            f"no files were written, because {listed} would be replaced; to replace existing files, use --force"
        )
    if dry_run:
        return Exit.OK
    if not yes and not _agreed():
        say("no files were written")
        return Exit.OK
    for draft in plan.drafts:
        _write(draft)
    say(f"{len(plan.drafts)} files written; next, run: linkcheck validate")
    return Exit.OK


def _agreed() -> bool:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError("no files were written, because there is no terminal for the confirmation; use --yes")
    return click.confirm("Write these files?", err=True)


def _describe(survey_result: "RepositorySurvey", plan: "InitPlan") -> None:
    """What was found, on stderr: stdout is the files."""
    lines = [f"generator: {survey_result.generator.name}"]
    if survey_result.site.base_url is not None:
        lines.append(f"site: {survey_result.site.base_url}")
    for each in survey_result.collections:
        count, where = each.inferred.articles, each.collection.folder or "top level"
        lines.append(f"{each.collection.name}: {count} article{'s' * (count != 1)}, {where}")
        lines += [
            f"  {link.place}: {link.role}" + (f" ({link.odd} of {link.texts} are not URLs)" if link.odd else "")
            for link in each.inferred.links
        ]
        lines += [f"  {note}" for note in each.inferred.notes]
    if survey_result.unread:
        some = ", ".join(survey_result.unread[:3]) + (", ..." if len(survey_result.unread) > 3 else "")
        lines.append(f"skipped, because the front matter cannot be parsed: {some}")
    for line in (*lines, *plan.notes):
        say(shown(line))


def _show(plan: "InitPlan") -> None:
    with files.standard_output() as stream:
        for draft in plan.drafts:
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
