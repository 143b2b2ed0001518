"""The cause of a finding: what has to be repaired so that it goes away, and others of the same rule with it."""

from msgspec.structs import replace

from linkcheck.model import Cause, CauseKind, Evidence, Finding, RuleMetadata
from linkcheck.pointers import field_of
from linkcheck.urls import last_host, mask, route_of


class Targets:
    """The targets of an article's links, by the URL that a finding quotes."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._by_url: dict[str, tuple[str, str]] | None = None

    def of(self, url: str) -> tuple[str, str]:
        """The normalized URL, without secrets, and the host that responded or failed to, empty for a file."""
        if self._by_url is None:
            self._by_url = {
                mask(each.link.url): (
                    mask(f"{each.target.url}{route_of(each.link.url)}"),
                    last_host(each.target.host, each.outcome),
                )
                for each in self._evidence.results
            }
        return self._by_url.get(url, (url, ""))


def with_cause(finding: Finding, rule: RuleMetadata, targets: Targets) -> Finding:
    """A finding in an article, with its cause."""
    if finding.url is not None:
        url, host = targets.of(finding.url)
        cause = Cause(CauseKind.HOST, host) if rule.per_host and host else Cause(CauseKind.TARGET, url)
        return replace(finding, cause=cause)
    if isinstance(value := finding.facts.get("identity"), str):
        return replace(finding, cause=Cause(CauseKind.VALUE, value))
    field = field_of(finding.location.pointer)
    if not field:
        return replace(finding, cause=Cause(CauseKind.ARTICLE, finding.location.path))
    facts = (finding.facts.get("schema"), field, finding.facts.get("keyword"))
    return replace(
        finding,
        cause=Cause(CauseKind.ARTICLE, _place(finding)),
        common_cause=Cause(CauseKind.SCHEMA, " ".join(str(each) for each in facts if each)),
    )


def with_cause_in_run(finding: Finding) -> Finding:
    """A finding about the run, with its cause."""
    if isinstance(host := finding.facts.get("host"), str):
        return replace(finding, cause=Cause(CauseKind.HOST, host))
    return replace(finding, cause=Cause(CauseKind.RUN, finding.subject or _place(finding)))


def _place(finding: Finding) -> str:
    return f"{finding.location.path}#{finding.location.pointer}" if finding.location.pointer else finding.location.path
