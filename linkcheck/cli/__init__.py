"""The command line: parse, build options, call, exit. The only catch-all of the project."""

import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from linkcheck import __version__, signals
from linkcheck.cli.group import Commands
from linkcheck.errors import Exit, LinkcheckError

TOO_FEW_FILES = "too many open files: raise the limit, for example with `ulimit -n 256`"
_DISK_GAVE_OUT = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG)

EPILOG = """\b
Examples:
  linkcheck check                        check all configured articles
  linkcheck check posts/ --offline       check front matter only
  linkcheck check --since origin/main    check what a pull request changes
  linkcheck explain LC201                show the documentation of a rule
  linkcheck explain https://a.example/   trace the requests for one URL

Exit codes: 0 no findings, 1 findings, 2 usage error, 3 internal error,
4 incomplete (network or disk failure), 130 and 143 interrupted."""


@click.group(
    cls=Commands,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message="%(prog)s %(version)s")
def linkcheck() -> None:
    """Validate Markdown front matter and check every URL in it.

    Validates the front matter of each article against a JSON Schema, then requests every URL that the schema marks as a
    link, image or AMP page. Distinguishes dead links from blocked and temporarily unreachable ones.
    """


def run(arguments: Sequence[str]) -> int:
    """Run a command line; returns the exit code. Whatever goes wrong ends as one clear message."""
    with signals.signal_handlers():
        code = _run(arguments)
        number = signals.arrived()
        return code if number is None else 128 + number


def _run(arguments: Sequence[str]) -> int:
    try:
        code = linkcheck.main(args=list(arguments), prog_name="linkcheck", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        return _refuse(error)
    except LinkcheckError as error:
        if signals.arrived() is not None:  # Ctrl-C reaches the programs that are called, too
            return _interrupted()
        _print_error(*error.args)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt) as error:
        if isinstance(error.__cause__, EOFError):
            # click takes every EOFError for a user who left; one that no question raised is an internal error.
            return _internal_error(error.__cause__)
        return _interrupted()
    except (BrokenPipeError, SystemExit):
        # The reader of our output went away (`--help | head`); click makes an exit of it where it is the one that writes.
        _silence()
        return Exit.OK
    except OSError as error:
        if error.errno not in _DISK_GAVE_OUT:
            return _internal_error(error)
        _silence()
        _print_error(f"cannot write the output: {error.strerror}")
        return Exit.INCOMPLETE
    except Exception as error:  # noqa: BLE001 - the last line of defence: a traceback is never what a user sees
        return _internal_error(error)
    return code if isinstance(code, int) else Exit.OK


def _print_error(*lines: str) -> None:
    from linkcheck.cli.console import say  # imported late: `--help` does not need it

    say(*map(str, lines))


def _refuse(error: click.ClickException) -> int:
    """Click's message, in the form of linkcheck's. What it quotes may be a file name, which can contain anything."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
    elif isinstance(error, click.NoSuchOption) and error.ctx is not None:
        _print_error(f"unknown option `{error.option_name}` ({_advice(error.option_name, error.ctx)})")
    else:
        message = error.format_message().rstrip(".")
        _print_error(message[:1].lower() + message[1:])
    return Exit.USAGE


def _advice(option: str, context: click.Context) -> str:
    from linkcheck.did_you_mean import closest_value

    known = [name for each in context.command.get_params(context) for name in (*each.opts, *each.secondary_opts)]
    near = closest_value(option, [name for name in known if name.startswith("--")])
    return f"Did you mean {near}?" if near else f"`{context.command_path} --help` lists all options."


def _interrupted() -> int:
    number = signals.arrived() or int(signals.BOTH[0])
    click.echo(f"linkcheck: {signals.word(number)}", err=True)
    return 128 + number


def _silence() -> None:
    """Discard what is still buffered, or Python would report the error again when it flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _lacks_descriptors(error: BaseException | None) -> bool:
    """Whether an exception, one of its group or what it comes from is for want of file descriptors."""
    match error:
        case None:
            return False
        case OSError(errno=errno.EMFILE | errno.ENFILE):
            return True
        case BaseExceptionGroup(exceptions=inner) if any(map(_lacks_descriptors, inner)):
            return True
    return _lacks_descriptors(error.__cause__ or error.__context__)


def _internal_error(error: Exception) -> int:
    from traceback import format_exception

    if signals.arrived() is not None:
        return _interrupted()
    if _lacks_descriptors(error):
        click.echo(f"linkcheck: {TOO_FEW_FILES}", err=True)  # to import anything more would need one
        return Exit.INCOMPLETE

    text = f"internal error: {type(error).__name__}: {error}"
    where = os.environ.get("LINKCHECK_DEBUG_FILE")
    if where:
        with Path(where).open("a", encoding="utf-8") as stream:
            stream.write("".join(format_exception(error)))
        _print_error(text, f"The traceback is in {where}.")
    else:
        _print_error(
            text,
            "This is a bug in linkcheck, not a problem with your articles. Please report it with a traceback "
            "(set LINKCHECK_DEBUG_FILE=FILE) and a recording of the responses (--record FILE).",
        )
    return Exit.INTERNAL
