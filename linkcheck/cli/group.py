"""A click group whose commands are loaded when called, and help in groups of options."""

import os
from importlib import import_module

import click

COMMANDS = ("check", "validate", "links", "report", "explain", "init", "fix")


class Commands(click.Group):
    """The commands, in the order of `COMMANDS`; each is the object `command` of the module of its name."""

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
    """An option that help lists under a heading."""

    def __init__(self, declarations: list[str], *, heading: str, **attributes: object) -> None:
        super().__init__(declarations, **attributes)  # type: ignore[arg-type]  # click's own attributes, passed through
        self.heading = heading


class Command(click.Command):
    """A command whose help lists options under their headings, and names the variable that sets each.

    A hook passes the names of files after its arguments. With `--only-articles`, an argument that is the name of a file is
    one, also if it looks like an option.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if "--only-articles" in args and "--" not in args:
            files = [each for each in args if each.startswith("-") and os.path.isfile(each)]
            if files:
                args = [*(each for each in args if each not in files), "--", *files]
        return super().parse_args(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        sections: dict[str, list[tuple[str, str]]] = {}
        others: list[tuple[str, str]] = []
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is None or isinstance(parameter, click.Argument):
                continue  # the text above says what the arguments are
            if isinstance(parameter, Grouped):
                sections.setdefault(parameter.heading, []).append(record)
            else:
                others.append(record)
        for heading, records in (*sections.items(), ("Other options", others)):
            with formatter.section(heading):
                formatter.write_dl(records)
