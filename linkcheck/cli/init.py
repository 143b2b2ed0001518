"""`linkcheck init`: configuration, schemas, CI workflow and hook for the repository at hand."""

import re
import sys
from contextlib import suppress
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

import click

from linkcheck.cli.console import say
from linkcheck.cli.group import Command
from linkcheck.cli.options import given_extensions, option
from linkcheck.config import working_directory
from linkcheck.errors import Exit, IncompleteError, UsageError
from linkcheck.report import files
from linkcheck.report.escape import log_line, shown, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from linkcheck.commands.init import Draft, InitPlan, Proof, RepositorySurvey

EPILOG = """\b
Examples:
  linkcheck init              show the files, then ask for confirmation
  linkcheck init --dry-run    show the files without writing them"""

_LINE = re.compile(r"[^\n]*\n|[^\n]+")


@click.command("init", cls=Command, epilog=EPILOG, short_help="Create a configuration, schemas, a CI workflow and hooks.")
@click.option("--yes", "-y", is_flag=True, help="Write the files without confirmation.")
@click.option("--dry-run", is_flag=True, help="Show the files as a diff without writing them.")
@click.option("--diff", is_flag=True, help="Show the files as a diff, and write them.")
@click.option("--add", is_flag=True, help="Add what is new to an existing configuration; change nothing else.")
@click.option("--accept", is_flag=True, help="Accept the findings that remain, in a baseline.")
@click.option("--force", is_flag=True, help="Overwrite existing files.")
@click.option("--without-links", is_flag=True, help="Write the files even if the front matter contains no URLs.")
@option("extensions")
def command(
    *,
    yes: bool,
    dry_run: bool,
    diff: bool,
    add: bool,
    accept: bool,
    force: bool,
    without_links: bool,
    extensions: tuple[str, ...] | None,
) -> int:
    """Create the files that linkcheck needs to check the articles in the working directory.

    Infers a JSON Schema for each folder of articles, detects the site generator and the address of the site, and validates
    the articles with the result before anything is written. The findings that remain are shown, and can be accepted in a
    baseline. Existing files are not overwritten without --force.
    """
    from linkcheck.cli import init_summary
    from linkcheck.commands import init

    if add and (force or accept):
        raise UsageError(f"--add cannot be combined with {'--force' if force else '--accept'}")
    if add and extensions:
        raise UsageError("--add cannot be combined with --extensions; set `extensions` in the configuration")
    root = working_directory()
    survey, plan = _planned(root, add=add, extensions=given_extensions(extensions))
    if not plan.adds and not without_links and not init.counts_links(survey):
        init_summary.tell_survey(survey, survey.collections)
        init_summary.tell_no_links(survey)
        return Exit.OK
    if plan.in_the_way and not force:
        init_summary.tell_survey(survey, survey.collections)
        raise _refusal(plan.in_the_way)
    proof = init.prove(plan, root)
    if accept and proof.acceptable:
        proof = init.accept(proof)
    init_summary.tell_survey(survey, init.surveyed(proof.plan), without=dict(proof.left_out))
    init_summary.tell_proof(proof)
    drafts = _drafts(proof, root, force=force)
    if dry_run or diff:
        _show(drafts)
    if not drafts:
        say("there is nothing to add" if add else "all files exist already")
        return Exit.OK
    if dry_run:
        return Exit.OK
    if not yes:
        init_summary.tell_files(drafts)
        if not _agrees("Write these files?"):
            say("no files were written")
            return Exit.OK
        if proof.acceptable and not proof.accepted and _agrees(init_summary.offer(proof)):
            proof = init.accept(proof)
            drafts = _drafts(proof, root, force=force)
    _write(drafts)
    init_summary.tell_next(drafts, proof)
    return Exit.OK


def _planned(root: str, *, add: bool, extensions: tuple[str, ...]) -> "tuple[RepositorySurvey, InitPlan]":
    from linkcheck.commands import init

    config = init.existing(root) if add else None
    if config is not None:
        survey = init.survey_rest(config, root)
        return survey, init.plan_additions(survey, config, root)
    survey = init.survey(root, extensions=extensions)
    return survey, init.plan_all(survey, root, keep=add)


def _drafts(proof: "Proof", root: str, *, force: bool) -> "tuple[Draft, ...]":
    from linkcheck.commands import init

    drafts = init.drafts(proof.plan, root)
    in_the_way = [draft.path for draft in drafts if draft.overwrites]
    if in_the_way and not force:
        raise _refusal(in_the_way)
    return drafts


def _refusal(in_the_way: "Sequence[str]") -> UsageError:
    listed = ", ".join(map(shown, in_the_way))
    return UsageError(
        f"no files were written, because {listed} would be replaced; to add only what is new, use --add; to replace "
        "existing files, use --force"
    )


def _agrees(question: str) -> bool:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError("no files were written, because there is no terminal for the confirmation; use --yes")
    return click.confirm(question, err=True)


def _show(drafts: "Sequence[Draft]") -> None:
    with files.standard_output() as stream:
        for draft in drafts:
            before, after = (_LINE.findall(text) for text in (draft.before or "", draft.text))
            old = "/dev/null" if draft.before is None else f"a/{draft.path}"
            for line in unified_diff(before, after, old, f"b/{draft.path}"):
                stream.write(log_line(visible(line.rstrip("\r\n"))) + "\n")


def _write(drafts: "Sequence[Draft]") -> None:
    """Write the files in their order. If one of them cannot be written, the new ones before it are removed."""
    created: list[Path] = []
    try:
        for draft in drafts:
            _write_file(draft)
            if draft.before is None:
                created.append(Path(draft.path))
    except (IncompleteError, UsageError):
        for path in created:
            with suppress(OSError):
                path.unlink(missing_ok=True)
        raise


def _write_file(draft: "Draft") -> None:
    from linkcheck.atomic_write import replace_file

    try:
        Path(draft.path).parent.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise UsageError(f"cannot make the folder of {draft.path}: {error.strerror}") from None
    except OSError as error:
        raise IncompleteError(f"cannot make the folder of {draft.path}: {error.strerror}") from None
    replace_file(draft.path, [draft.text.encode("utf-8", "surrogateescape")])
