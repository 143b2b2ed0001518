"""A rule's documentation, read from the docstring of its module."""

import re

from msgspec import Struct

from linkcheck.judge.protocol import Documented
from linkcheck.judge.redundancy import hidden_by
from linkcheck.judge.registry import all_rules, network_use
from linkcheck.judge.topics import Topic
from linkcheck.model import RuleMetadata, Severity

HEADINGS = ("What it means", "Why it matters", "How to fix it", "When to ignore it", "Source", "Topics", "Example")
_HEADING = re.compile(rf"^({'|'.join(HEADINGS)}):[ \n]*", re.MULTILINE)


class Documentation(Struct, frozen=True):
    """The documentation of a rule. `example` is preformatted text; the others are prose, one paragraph each.

    `source` is the standard or guide that the rule follows, or states that it is linkcheck's own judgment. `fix` is the
    command that corrects its findings, empty if none does. `network` is `online` or `offline`, by whether the rule
    needs network requests, or both. `elsewhere` describes how the rule applies to pages of other sites, in one
    sentence; empty if there is no difference.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    meaning: str
    importance: str
    how_to_fix: str
    exemption: str
    source: str
    topics: tuple[Topic, ...]
    example: str
    fix: str
    network: str
    elsewhere: str


def find(code: str) -> Documentation | None:
    """The documentation of a rule, by its code or name in any case; None if there is no such rule."""
    wanted = code.strip().lower()
    for rule in all_rules():
        if wanted in (rule.META.code.lower(), rule.META.name):
            return documented(rule)
    return None


def documented(rule: Documented) -> Documentation:
    # Under `python -OO` there are no docstrings: the rules work, but have no documentation.
    summary, *parts = _HEADING.split(rule.__doc__ or "")
    by_heading = dict(zip(parts[::2], parts[1::2], strict=True))
    prose = (" ".join(by_heading.get(heading, "").split()) for heading in HEADINGS[:-1])
    meaning, importance, how_to_fix, exemption, source, topics = prose
    return Documentation(
        code=rule.META.code,
        name=rule.META.name,
        severity=rule.META.severity,
        summary=" ".join(summary.split()),
        meaning=meaning,
        importance=importance,
        how_to_fix=how_to_fix,
        exemption=f"{exemption} {hidden_by(rule.META.code)}".rstrip(),
        source=source,
        topics=(*map(Topic, topics.split(", ") if topics else ()), *_of_owners(rule)),
        example=_dedented(by_heading.get(HEADINGS[-1], "")),
        fix=_fix(rule.META),
        network=network_use(rule),
        elsewhere=_elsewhere(rule),
    )


def _fix(rule: RuleMetadata) -> str:
    if rule.correction is None:
        return ""
    return "linkcheck fix --unsafe" if rule.unsafe_only else "linkcheck fix"


def _of_owners(rule: Documented) -> tuple[Topic, ...]:
    return () if rule.META.owner_only is None else (Topic.OWN_PAGES,)


def _elsewhere(rule: Documented) -> str:
    owner_only = rule.META.owner_only
    if owner_only is None:
        return ""
    if owner_only.severity is None:
        return "Only the owner of the page can fix it: it is reported on your own hosts only (`own-hosts`)."
    return (
        "Only the owner of the page can fix it: on hosts that are not yours (`own-hosts`) it is "
        f"{owner_only.severity}, and it is not reported for related articles."
    )


def _dedented(text: str) -> str:
    lines = text.strip("\n").rstrip().split("\n")
    return "\n".join(line.removeprefix("    ") for line in lines)
