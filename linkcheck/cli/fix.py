"""`linkcheck fix`: apply safe corrections, everything else kept to the byte."""

from typing import TYPE_CHECKING

import click

from linkcheck.cli.console import ConsoleObserver, has_colour, say_incomplete
from linkcheck.cli.group import Command, Grouped
from linkcheck.cli.options import ASKING, KEEPING, LOOKING, REMEMBERING, configured, option, paths, takes
from linkcheck.errors import Exit, UsageError
from linkcheck.report import files
from linkcheck.report.escape import log_line, shown, visible
from linkcheck.urls import mask

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from linkcheck.commands.fix import FixedFile, FixesFound

_DO = "What to do"
_COLOURS = {"-": ("\x1b[31m", "\x1b[0m"), "+": ("\x1b[32m", "\x1b[0m"), "@": ("\x1b[36m", "\x1b[0m")}
_HISTORY = tuple(each for each in REMEMBERING if each not in KEEPING)


@click.command("fix", cls=Command, short_help="Correct what can be corrected safely; the rest is kept to the byte.")
@paths
@click.option("--write", cls=Grouped, heading=_DO, is_flag=True, help="Write the corrections; without it, only show them.")
@click.option("--unsafe", cls=Grouped, heading=_DO, is_flag=True, help="Also make corrections that a person has to look at.")
@click.option(
    "--diff/--no-diff", cls=Grouped, heading=_DO, default=None, help="Show a unified diff (default: unless --write)."
)
@takes(LOOKING, ASKING, _HISTORY)
@option("select", text="Only findings of these rules.")
@option("ignore", text="Not findings of these rules.")
@option("progress")
@option("quiet", text="Nothing but the diff.")
def command(*, write: bool, unsafe: bool, diff: bool | None, **flags: object) -> int:
    """Correct URLs that moved within their site, AMP-cache addresses, declared image sizes and misspelt keys, and remove
    the AMP URLs of hosts that have dropped AMP.

    PATHS are files, folders and globs; without any, those of the configuration, else the working directory. Nothing is
    written without --write. Every correction is listed with its place and whether it is safe; one that is not is made
    with --unsafe only. Exits 1 if there are corrections to write and --write was not given.
    """
    from linkcheck import pipeline
    from linkcheck.commands import fix

    config = configured(flags)
    if write and config.settings.untrusted:
        raise UsageError(
            "--write does not go with --untrusted: fix shows what it would correct in an untrusted checkout and writes "
            "nothing there; review the diff, then apply it with `git apply`"
        )
    screen = ConsoleObserver(config.settings)
    found = fix.find_corrections(pipeline.RunContext(config), screen, unsafe=unsafe)
    if found.interrupted is not None:
        screen.notice("interrupted; nothing was written")
        return 128 + found.interrupted
    for change in found.changes:
        for line in () if config.settings.quiet else _told(change, written=write):
            click.echo(log_line(line), err=True)
    if diff or (diff is None and not write):
        _show(found, screen)
    changed = [change for change in found.changes if change.done]
    if write:
        for change in changed:
            fix.write(change)
    screen.notice(_summary(found.changes, written=write))
    if found.because is not None:
        say_incomplete(found.because)
        return Exit.INCOMPLETE
    return Exit.FINDINGS if changed and not write else Exit.OK


def _is_command(line: bytes) -> bool:
    """Whether a line of a diff would be a command to a CI service; a lone carriage return ends a line there, too."""
    return any(log_line(text) != text for text in line.decode("utf-8", "replace").splitlines())


def _told(change: "FixedFile", *, written: bool) -> "Iterator[str]":
    """A line for each correction of a file, by its place: what it changes, whether it is safe, and why."""
    state = "fixed" if written else "to fix"
    rows = [(each, f"{state}, {each.fix.kind}", each.fix.reason) for each in change.done]
    rows += [(each, "held back, unsafe", f"{each.fix.reason}; --unsafe fixes it") for each in change.held]
    rows += [(each.correction, "not fixed", each.reason) for each in change.refused]
    for correction, state, reason in sorted(rows, key=lambda row: (row[0].span.line, row[0].span.column)):
        place = f"{visible(change.before.path)}:{correction.span.line}:{correction.span.column}"
        old, new, why = (shown(mask(text)) for text in (str(correction.old), str(correction.new), reason))
        what = f"remove {old}" if correction.removes else f"{old} -> {new}"
        yield f"{place}: {correction.code} {state}: {what} ({why})"


def _summary(changes: "Sequence[FixedFile]", *, written: bool) -> str:
    corrections = sum(len(change.done) for change in changes)
    files = sum(bool(change.done) for change in changes)
    held = sum(len(change.held) for change in changes)
    left = f"; {_counted(held, 'unsafe correction')} held back, make with --unsafe what you have checked" if held else ""
    if not corrections:
        return f"nothing to correct{left}"
    counts = f"{_counted(corrections, 'correction')} in {_counted(files, 'file')}"
    return f"{counts} written{left}" if written else f"{counts}; nothing is written without --write{left}"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"


def _show(found: "FixesFound", screen: ConsoleObserver) -> None:
    """The differences: to a terminal fit to show, elsewhere to the byte, so that they can be applied.

    One that a CI service would take for a command is left out: escaped, it could not be applied any more.
    """
    from linkcheck.commands.fix import difference

    with files.standard_output() as stream:
        if stream.isatty():
            paint = _COLOURS if has_colour(stream) else {}
            for change in found.changes:
                for line in difference(change):
                    text = log_line(visible(line.decode("utf-8", "replace").rstrip("\r\n")))
                    before, after = paint.get(text[:1], ("", ""))
                    stream.write(f"{before}{text}{after}\n")
        else:
            for change in found.changes:
                lines = list(difference(change))
                if any(map(_is_command, lines)):
                    screen.notice(
                        f"{change.before.path}: the diff is not shown, because CI services would take a line of it for a "
                        "command; correct the file with --write, or review it on a terminal"
                    )
                else:
                    stream.buffer.writelines(lines)
            stream.buffer.flush()
