"""Whose page a finding is about: what only the owner of a page can fix does not concern those who only link to it."""

from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import is_own
from linkcheck.model import Evidence, LinkResult, OwnerOnly, Role, Severity
from linkcheck.urls import chain_of, host_matches, host_of

_PAGES = (Role.CANONICAL, Role.ORIGINAL)


def is_own_host(host: str, options: JudgeOptions) -> bool:
    """Whether the user owns a host. `www.` and the bare name are one site."""
    bare = host.removeprefix("www.")
    return any(host_matches(own, host) or host_matches(own.removeprefix("www."), bare) for own in options.own_hosts)


def severity_at(
    owner_only: OwnerOnly | None, severity: Severity, pointer: str, evidence: Evidence, options: JudgeOptions
) -> Severity | None:
    """The severity of a rule's finding at the link of `pointer`; None if it is not reported.

    A finding that only the owner of a page can fix is never reported for an article that is listed in this one, such as a
    related article of another site.
    """
    if owner_only is None:
        return severity
    result = next((each for each in evidence.results if each.link.location.pointer == pointer), None)
    if result is None or result.local is not None:
        return severity
    hosts = _hosts_of(result)
    if any(is_own_host(host, options) for host in (hosts if owner_only.any_redirect else hosts[-1:])):
        return severity
    if is_of_entry(pointer, evidence):
        return None
    return owner_only.severity


def _hosts_of(result: LinkResult) -> tuple[str, ...]:
    """The hosts of the redirect chain: the owner of the last one is the owner of the page."""
    host, outcome = result.target.host, result.outcome
    return (host,) if outcome is None else tuple(host_of(url, host) for url in chain_of(outcome))


def is_of_entry(pointer: str, evidence: Evidence) -> bool:
    """Whether a link belongs to another article that is listed in this one: it is its page, or is next to its page."""
    pages = [each.link for each in evidence.results if each.link.role in _PAGES and not is_own(each.link.location.pointer)]
    return any(
        pointer == page.location.pointer or (not is_own(page.owner) and pointer.startswith(f"{page.owner}/"))
        for page in pages
    )
