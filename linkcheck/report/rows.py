"""A run's rows, article by article: links and findings of one path at a time."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import TypeVar

from linkcheck.model import Finding, LinkRecord, Run, Severity, Status

_Row = TypeVar("_Row")


def by_path(run: Run, *, with_links: bool = True) -> Iterator[tuple[str, tuple[LinkRecord, ...], tuple[Finding, ...]]]:
    """Every path that has links or findings, in order; only those with findings without links. Keeps one path in memory."""
    links = groupby(run.links() if with_links else (), key=attrgetter("link.location.path"))
    findings = groupby(run.findings(), key=attrgetter("location.path"))
    link_group, finding_group = _next(links), _next(findings)
    while link_group or finding_group:
        path = min(group[0] for group in (link_group, finding_group) if group)
        own_links: tuple[LinkRecord, ...] = ()
        own_findings: tuple[Finding, ...] = ()
        if link_group and link_group[0] == path:
            own_links, link_group = link_group[1], _next(links)
        if finding_group and finding_group[0] == path:
            own_findings, finding_group = finding_group[1], _next(findings)
        yield path, own_links, own_findings


def is_open(finding: Finding) -> bool:
    """Whether it is listed: info and what is not open are only counted."""
    return finding.status is Status.OPEN and finding.severity is not Severity.INFO


def _next(groups: Iterator[tuple[str, Iterable[_Row]]]) -> tuple[str, tuple[_Row, ...]] | None:
    for path, rows in groups:
        return path, tuple(rows)
    return None
