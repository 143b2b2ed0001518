"""A click group whose commands are loaded when called, and help in groups of options."""

import os
from collections.abc import Iterable
from importlib import import_module

import click

COMMANDS = ("check", "validate", "links", "report", "runs", "explain", "init", "fix", "archive")


class HelpFormatter(click.HelpFormatter):
    """Wraps between words only: `--base-url` is not broken at its hyphens."""

    _HYPHEN = "\u2011"  # at which click does not break a line

    def write_text(self, text: str) -> None:
        super().write_text(text.replace("-", self._HYPHEN))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(name, text.replace("-", self._HYPHEN)) for name, text in rows], col_max, col_spacing)

    def getvalue(self) -> str:
        return super().getvalue().replace(self._HYPHEN, "-")


class Context(click.Context):
    formatter_class = HelpFormatter


class Commands(click.Group):
    """The commands, in the order of `COMMANDS`; each is the object `command` of the module of its name."""

    context_class = Context

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        found: click.Command = import_module(f"linkcheck.cli.{cmd_name}").command
        return found

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError:
            from linkcheck.did_you_mean import closest_value

            near = closest_value(args[0], COMMANDS)
            hint = f"Did you mean linkcheck {near}?" if near else f"Use {', '.join(COMMANDS[:-1])} or {COMMANDS[-1]}."
            raise click.UsageError(f"unknown command `{args[0]}` ({hint})", ctx) from None


class Grouped(click.Option):
    """An option that help lists under a heading; `-h` lists it only if it `is_common`."""

    def __init__(self, declarations: list[str], *, heading: str, is_common: bool = True, **attributes: object) -> None:
        super().__init__(declarations, **attributes)  # type: ignore[arg-type]  # click's own attributes, passed through
        self.heading = heading
        self.is_common = is_common


def _show_short_help(context: click.Context, _option: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - click's own form
    if wanted and not context.resilient_parsing:
        context.meta[_IS_SHORT] = True
        click.echo(context.get_help())
        context.exit()


_IS_SHORT = "linkcheck.short_help"
_SHORT_HELP = click.Option(
    ["-h"],
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_short_help,
    help="Show the most used options and exit.",
)


class Command(click.Command):
    """A command whose help lists options under their headings. `-h` shows the most used ones, `--help` all.

    A hook passes the names of files after its arguments. With `--only-articles`, an argument that is the name of a file is
    one, also if it looks like an option.
    """

    context_class = Context

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if "--only-articles" in args and "--" not in args:
            files = [each for each in args if each.startswith("-") and os.path.isfile(each)]
            if files:
                args = [*(each for each in args if each not in files), "--", *files]
        return super().parse_args(ctx, args)

    def get_help_option_names(self, ctx: click.Context) -> list[str]:
        del ctx
        return ["--help"]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = "Show all options and examples, and exit."
        return found

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        *others, full = super().get_params(ctx)
        return [*others, _SHORT_HELP, full]

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if _IS_SHORT not in ctx.meta:
            super().format_epilog(ctx, formatter)
            return
        formatter.write_paragraph()
        formatter.write_text(f"All options and examples: {ctx.command_path} --help")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        sections: dict[str, list[tuple[str, str]]] = {}
        others: list[tuple[str, str]] = []
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is None or isinstance(parameter, click.Argument):
                continue  # the text above says what the arguments are
            if isinstance(parameter, Grouped):
                if _IS_SHORT in ctx.meta and not parameter.is_common:
                    continue
                sections.setdefault(parameter.heading, []).append(record)
            else:
                others.append(record)
        for heading, records in (*sections.items(), ("Other options", others)):
            with formatter.section(heading):
                formatter.write_dl(records)
