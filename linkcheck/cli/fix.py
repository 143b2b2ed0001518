"""`linkcheck fix`: apply safe corrections, everything else kept to the byte."""

from typing import TYPE_CHECKING

import click

from linkcheck.cli.console import ConsoleObserver, has_color, report_incomplete
from linkcheck.cli.group import Command, Grouped
from linkcheck.cli.options import (
    FIX_OPTIONS,
    INPUT_OPTIONS,
    OUTCOME_OPTIONS,
    configured,
    option,
    paths,
    takes,
)
from linkcheck.errors import Exit, UsageError
from linkcheck.report import files
from linkcheck.report.escape import log_line, shown, visible
from linkcheck.urls import mask

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from linkcheck.commands.fix import FixedFile, FixesFound

EPILOG = """\b
Examples:
  linkcheck fix posts/                    show the safe corrections
  linkcheck fix --write posts/            write them
  linkcheck fix --unsafe --select LC202   show all corrections of one rule
  linkcheck fix --archive posts/          also add archived copies"""

_ACTION = "Action"
_COLORS = {"-": ("\x1b[31m", "\x1b[0m"), "+": ("\x1b[32m", "\x1b[0m"), "@": ("\x1b[36m", "\x1b[0m")}


@click.command("fix", cls=Command, epilog=EPILOG, short_help="Apply safe corrections; all other bytes are kept.")
@paths
@click.option(
    "--write", cls=Grouped, heading=_ACTION, is_flag=True, help="Write the corrections instead of only showing them."
)
@click.option("--unsafe", cls=Grouped, heading=_ACTION, is_flag=True, help="Also apply corrections that need a review.")
@click.option(
    "--archive-replace",
    cls=Grouped,
    heading=_ACTION,
    is_flag=True,
    help="Also replace the URLs of dead pages by those of archived copies (requires --unsafe).",
)
@click.option(
    "--diff/--no-diff",
    cls=Grouped,
    heading=_ACTION,
    default=None,
    help="Show a unified diff (default: yes, without --write).",
)
@takes(INPUT_OPTIONS, FIX_OPTIONS, OUTCOME_OPTIONS)
@option("select", text="Fix only findings of these rules.")
@option("ignore", text="Do not fix findings of these rules.")
@option("progress")
@option("quiet", text="Show only the diff.")
def command(*, write: bool, unsafe: bool, archive_replace: bool, diff: bool | None, **flags: object) -> int:
    """Correct front matter: URLs that moved within their site, AMP-cache addresses, declared image sizes and misspelled
    keys. Remove the AMP URLs of hosts that no longer support AMP.

    Without --write, the corrections are only shown, and the exit code is 1 if there are any. Each correction is listed
    with its location and whether it is safe; unsafe ones require --unsafe.

    PATHS are files, folders and globs. Default: the paths in the configuration, or else the working directory.
    """
    from linkcheck import pipeline
    from linkcheck.commands import fix

    config = configured(flags)
    if write and config.settings.untrusted:
        raise UsageError(
            "--write cannot be combined with --untrusted; review the diff that linkcheck fix shows, "
            "then apply it with `git apply`"
        )
    observer = ConsoleObserver(config.settings)
    # In a configuration file, `archive` is about reports.
    is_given = "archive" in config.given
    archives = fix.ArchiveFixes(add=is_given and config.settings.archive, replace=archive_replace)
    found = fix.find_corrections(pipeline.RunContext(config), observer, unsafe=unsafe, archives=archives)
    if found.interrupted is not None:
        observer.notice("interrupted; no files were changed")
        return 128 + found.interrupted
    for change in found.changes:
        for line in () if config.settings.quiet else _described(change, written=write):
            click.echo(log_line(line), err=True)
    if diff or (diff is None and not write):
        _show(found, observer)
    changed = [change for change in found.changes if change.done]
    if write:
        for change in changed:
            fix.write(change)
    observer.notice(_summary(found.changes, written=write))
    if found.because is not None:
        report_incomplete(found.because)
        return Exit.INCOMPLETE
    return Exit.FINDINGS if changed and not write else Exit.OK


def _is_command(line: bytes) -> bool:
    """Whether a line of a diff would be a command to a CI service; a lone carriage return ends a line there, too."""
    return any(log_line(text) != text for text in line.decode("utf-8", "replace").splitlines())


def _described(change: "FixedFile", *, written: bool) -> "Iterator[str]":
    """A line for each correction of a file, by its place: what it changes, whether it is safe, and why."""
    state = "fixed" if written else "to fix"
    rows = [(each, f"{state}, {each.fix.kind}", each.fix.reason) for each in change.done]
    rows += [(each, "held back, unsafe", f"{each.fix.reason}; use --unsafe to fix it") for each in change.held]
    rows += [(each.correction, "not fixed", each.reason) for each in change.refused]
    for correction, state, reason in sorted(rows, key=lambda row: (row[0].span.line, row[0].span.column)):
        place = f"{visible(change.before.path)}:{correction.span.line}:{correction.span.column}"
        old, new, why = (shown(mask(text)) for text in (str(correction.old), str(correction.new), reason))
        what = f"{old} -> {new}"
        if correction.removes or correction.partner:
            what = f"remove {old}" if correction.removes else f"add {old}: {new}"
        yield f"{place}: {correction.code} {state}: {what} ({why})"


def _summary(changes: "Sequence[FixedFile]", *, written: bool) -> str:
    corrections = sum(len(change.done) for change in changes)
    files = sum(bool(change.done) for change in changes)
    held = sum(len(change.held) for change in changes)
    left = f"; {_counted(held, 'unsafe correction')} held back; review them, then use --unsafe" if held else ""
    if not corrections:
        return f"no corrections{left}"
    counts = f"{_counted(corrections, 'correction')} in {_counted(files, 'file')}"
    return f"{counts} written{left}" if written else f"{counts}; use --write to apply{left}"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"


def _show(found: "FixesFound", observer: ConsoleObserver) -> None:
    """The differences: escaped for a terminal, elsewhere byte for byte, so that they can be applied.

    A difference that contains a command of a CI service is omitted: escaped, it could not be applied any more.
    """
    from linkcheck.commands.fix import difference

    with files.standard_output() as stream:
        if stream.isatty():
            paint = _COLORS if has_color(stream) else {}
            for change in found.changes:
                for line in difference(change):
                    text = log_line(visible(line.decode("utf-8", "replace").rstrip("\r\n")))
                    before, after = paint.get(text[:1], ("", ""))
                    stream.write(f"{before}{text}{after}\n")
        else:
            for change in found.changes:
                lines = list(difference(change))
                if any(map(_is_command, lines)):
                    observer.notice(
                        f"{change.before.path}: the diff is not shown, because a CI service would execute one of its "
                        "lines as a command; use --write, or review the diff in a terminal"
                    )
                else:
                    stream.buffer.writelines(lines)
            stream.buffer.flush()
