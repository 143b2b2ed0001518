"""`linkcheck explain`: a rule's documentation, or the trace of one URL."""

import re
import sys

import click

from linkcheck.cli import completions
from linkcheck.cli.console import has_color, reading_width
from linkcheck.cli.group import Command
from linkcheck.cli.options import TRACE_OPTIONS, configured, takes
from linkcheck.did_you_mean import closest_value
from linkcheck.errors import UsageError
from linkcheck.judge.topics import Topic
from linkcheck.report.terminal import wrap

_NARROWEST = 20

EPILOG = """\b
Examples:
  linkcheck explain                      list all rules
  linkcheck explain LC2                  list rules LC200-LC299
  linkcheck explain --topic images       list the rules on a topic
  linkcheck explain LC201                explain a rule by its code
  linkcheck explain dead                 explain a rule by its name
  linkcheck explain https://a.example/   trace the requests for a URL"""


class _Topics(click.Choice[str]):
    """A topic; the error for any other names the nearest, or lists them."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        del param, ctx
        if value.lower() not in self.choices:
            near = closest_value(value, self.choices)
            *others, last = self.choices
            hint = f"Did you mean {near}?" if near else f"Use {', '.join(others)} or {last}."
            raise UsageError(f"--topic: unknown topic `{value}` ({hint})")
        return value.lower()


@click.command("explain", cls=Command, epilog=EPILOG, short_help="Explain a rule, or trace one URL.")
@click.argument(
    "subject",
    required=False,
    metavar="[CODE | URL]",
    shell_complete=lambda _context, _argument, incomplete: completions.rules(incomplete),
)
@click.option(
    "--topic", type=_Topics(tuple(map(str, Topic))), metavar="TOPIC", help=f"List the rules on a topic: {', '.join(Topic)}."
)
@click.option(
    "--config", type=click.Path(dir_okay=False), help="Configuration file (default: linkcheck.toml or pyproject.toml)."
)
@takes(TRACE_OPTIONS)
def command(*, subject: str | None, topic: str | None, **flags: object) -> int:
    """Explain a rule, or trace the requests for one URL: every hop, the verdict and the reason.

    A rule is given by its code or name (LC201, dead). Without an argument, list all rules; with the beginning of a code
    (LC2), list the rules whose codes start with it.
    """
    from linkcheck.report import files

    if topic is not None and subject and not _is_family(subject):
        raise UsageError(f"--topic cannot be combined with {subject!r}; omit one of them")

    if subject is not None and "://" in subject:
        from linkcheck.cli.trace_url import trace_url
        from linkcheck.pipeline import RunContext

        return trace_url(subject, RunContext(configured(flags)))
    text = _rule(subject) if subject and not _is_family(subject) else _rules(subject or "", topic)
    with files.standard_output() as stream:
        stream.write(text)
    return 0


def _rule(subject: str) -> str:
    from linkcheck.judge import RULES
    from linkcheck.judge.rule_documentation import find
    from linkcheck.report.explain import render
    from linkcheck.triage.selection import advice

    rule = find(subject)
    if rule is None:
        _refuse_url(subject)
        topic = subject.lower()
        if topic in (*Topic,):
            raise UsageError(
                f"unknown rule `{subject}` (`linkcheck explain --topic {topic}` lists the rules on this topic.)"
            )
        raise UsageError(f"unknown rule `{subject}` ({advice(subject, RULES)})")
    parts = (
        (f"{rule.code} {rule.name}", rule.summary),
        ("What it means", rule.meaning),
        ("Why it matters", rule.importance),
        ("How to fix it", rule.how_to_fix),
        ("When to ignore it", rule.exemption),
        ("Source", rule.source),
        ("Example", "\n".join(f"    {line}" for line in rule.example.split("\n")) if rule.example else ""),
        ("Default severity", f"{rule.severity.value}. Change it with `[severity]` in the configuration. {rule.elsewhere}"),
        ("Network", f"{rule.network}."),
        ("Topics", f"{', '.join(rule.topics)}."),
    )
    markdown = "\n\n".join(f"## {heading}\n\n{text[:1].upper()}{text[1:]}" for heading, text in parts if text)
    return render(markdown, color=has_color(sys.stdout), width=reading_width())


def _is_family(subject: str) -> bool:
    """`LC2`: the beginning of codes, which can be `LC` alone."""
    return re.fullmatch(r"LC\d{0,2}", subject, re.IGNORECASE | re.ASCII) is not None


def _refuse_url(subject: str) -> None:
    """Raises UsageError for what was probably meant for a URL."""
    if re.match(r"[a-z][a-z0-9+.-]*:(?!\d)", subject, re.IGNORECASE):
        raise UsageError(f"{subject}: not a rule and not an http or https URL")
    if "." in subject or "/" in subject:
        raise UsageError(f"{subject}: not a rule; to trace a URL, include the scheme: https://{subject.lstrip('/')}")


def _rules(family: str, topic: str | None) -> str:
    from linkcheck.judge.registry import all_rules
    from linkcheck.judge.rule_documentation import documented

    rules = [documented(rule) for rule in all_rules() if rule.META.code.startswith(family.upper())]
    if rules and topic is not None:
        rules = [rule for rule in rules if topic in rule.topics]
        if not rules:
            raise UsageError(f"no rule of {family.upper()} is on the topic {topic}; omit one of them")
    if not rules:
        raise UsageError(f"no rule code starts with {family}; `linkcheck explain` lists all rules")
    widest = max(len(rule.name) for rule in rules)
    rows = [(f"{rule.code}  {rule.severity.value:<7}  {rule.name:<{widest}}  ", rule.summary) for rule in rules]
    if sys.stdout.isatty():  # elsewhere, one line per rule
        rows = [row for start, summary in rows for row in _wrapped(start, summary)]
    return "".join(f"{start}{text}\n" for start, text in rows)


def _wrapped(start: str, text: str) -> list[tuple[str, str]]:
    """The text below itself, if it does not fit on the terminal."""
    first, *rest = wrap(text, max(reading_width() - len(start), _NARROWEST))
    return [(start, first), *((" " * len(start), line) for line in rest)]
