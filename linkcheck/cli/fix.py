"""`linkcheck fix`: apply safe corrections, everything else kept to the byte."""

from typing import TYPE_CHECKING

import click

from linkcheck.cli.group import Command, Grouped
from linkcheck.cli.options import ASKING, KEEPING, LOOKING, REMEMBERING, SAY, configured, paths, takes
from linkcheck.cli.screen import Screen, has_colour, say_incomplete
from linkcheck.errors import Exit
from linkcheck.report import files
from linkcheck.report.escape import shown, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from linkcheck.fix import Refusal
    from linkcheck.fixing import Change, Found

_DO = "What to do"
_COLOURS = {"-": ("\x1b[31m", "\x1b[0m"), "+": ("\x1b[32m", "\x1b[0m"), "@": ("\x1b[36m", "\x1b[0m")}
_HISTORY = tuple(option for option in REMEMBERING if option not in KEEPING)


@click.command("fix", cls=Command, short_help="Correct what can be corrected safely; the rest is kept to the byte.")
@paths
@click.option("--write", cls=Grouped, heading=_DO, is_flag=True, help="Write the corrections; without it, only show them.")
@click.option(
    "--diff/--no-diff", cls=Grouped, heading=_DO, default=None, help="Show a unified diff (default: unless --write)."
)
@takes(LOOKING, ASKING, _HISTORY)
@click.option("--select", cls=Grouped, heading=SAY, multiple=True, metavar="CODES", help="Only findings of these rules.")
@click.option("--ignore", cls=Grouped, heading=SAY, multiple=True, metavar="CODES", help="Not findings of these rules.")
@click.option("--progress/--no-progress", cls=Grouped, heading=SAY, default=None, help="Show how far it is (default: yes).")
@click.option("--quiet/--no-quiet", "-q", cls=Grouped, heading=SAY, default=None, help="Nothing but the diff.")
def command(*, write: bool, diff: bool | None, **flags: object) -> int:
    """Correct permanent redirects, trivial differences, AMP-cache addresses, declared image sizes and misspelt keys.

    PATHS are files, folders and globs; without any, those of the configuration, else the working directory. Nothing is
    written without --write. Exits 1 where there is something to correct that was not written.
    """
    from linkcheck import fixing

    config = configured(flags)
    screen = Screen(config.settings)
    found = fixing.find_corrections(config, screen)
    if found.interrupted is not None:
        screen.notice("interrupted; nothing was written")
        return 128 + found.interrupted
    for change in found.changes:
        for refusal in change.refused:
            screen.notice(f"{visible(change.before.path)}: {_told(refusal)}")
    if diff or (diff is None and not write):
        _show(found)
    changed = [change for change in found.changes if change.done]
    if write:
        for change in changed:
            fixing.write(change)
    screen.notice(_summary(changed, written=write))
    if found.because is not None:
        say_incomplete(found.because)
        return Exit.INCOMPLETE
    return Exit.FINDINGS if changed and not write else Exit.OK


def _told(refusal: "Refusal") -> str:
    correction = refusal.correction
    what = f"{correction.code} at {correction.pointer} is not corrected to {str(correction.new)!r}"
    return shown(f"{what}: {refusal.reason}")


def _summary(changed: "Sequence[Change]", *, written: bool) -> str:
    corrections = sum(len(change.done) for change in changed)
    if not corrections:
        return "nothing to correct"
    counts = f"{corrections} correction{'s' * (corrections != 1)} in {len(changed)} file{'s' * (len(changed) != 1)}"
    return f"{counts} written" if written else f"{counts}; nothing is written without --write"


def _show(found: "Found") -> None:
    """The differences: to a terminal fit to show, elsewhere to the byte, so that they can be applied."""
    from linkcheck.fixing import difference

    with files.standard_output() as stream:
        if stream.isatty():
            paint = _COLOURS if has_colour(stream) else {}
            for change in found.changes:
                for line in difference(change):
                    text = visible(line.decode("utf-8", "replace").rstrip("\r\n"))
                    before, after = paint.get(text[:1], ("", ""))
                    stream.write(f"{before}{text}{after}\n")
        else:
            for change in found.changes:
                stream.buffer.writelines(difference(change))
            stream.buffer.flush()
