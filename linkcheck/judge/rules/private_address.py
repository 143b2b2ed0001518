"""A link leads to a private or local address, or to an unusual port.

What it means: the URL, or a redirect, leads to an address or a name inside a network, such as 127.0.0.1, 10.0.0.5 or
the metadata service of a cloud: an error. Or it has a port other than 80 and 443: info, or a warning for the ports that
browsers block. Nothing was sent there.

Why it matters: readers cannot reach a private address. In an untrusted change, it may be an attempt to make the checker
send requests inside your network. A page on another port may work for readers; it was not checked.

How to fix it: replace the URL with that of a public page. For a site inside your own network, allow its addresses:
`--allow-address 10.0.0.0/8`. For a page or a preview (`--remap`) on another port, allow the port: `--allow-port 8080`.

When to ignore it: for an unusual port, if the page opens in a browser; never a private address in an untrusted change.
The rule stays quiet for networks and ports that you allow.

Source: RFC 6890 (special-purpose addresses); Fetch Standard, port blocking; OWASP, Server-Side Request Forgery
Prevention Cheat Sheet.

Topics: security, availability

Example:
    originalUrl: http://169.254.169.254/latest/meta-data/
"""

from collections.abc import Iterator

from linkcheck.judge.answers import failed
from linkcheck.judge.issue import Issue, issue_of, milder
from linkcheck.judge.options import JudgeOptions
from linkcheck.model import Evidence, FailureKind, Outcome, RuleMetadata, Severity
from linkcheck.urls import BLOCKED_PORTS, InvalidUrl, parse_url

META = RuleMetadata("LC215", "private-address", Severity.ERROR)

_HINTS = {
    "address": "Use the URL of a public page. For your own network, use --allow-address.",
    "name": "Use the URL of a public page.",
    "preview-port": "To check the preview, allow its port with --allow-port.",
}


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for link, outcome, failure in failed(evidence, FailureKind.REFUSED_BY_GUARD):
        where = f" (redirect {len(outcome.hops)} of the chain)" if outcome.hops else ""
        message, hint, severity = failure.message, _HINTS.get(failure.detail), META.severity
        if failure.detail == "port":
            port, severity = _refused_port(outcome), Severity.INFO
            if port is not None:
                message, hint, severity = _of_port(port)
        issue = issue_of(link, f"{message}{where}", hint, detail=failure.detail, hops=len(outcome.hops))
        yield milder(issue, severity)


def _of_port(port: int) -> tuple[str, str, Severity]:
    if port in BLOCKED_PORTS:
        message = f"browsers block port {port}; the page was not requested"
        return message, "Replace the URL with one that browsers open.", Severity.WARNING
    hint = f"To check it, allow the port with --allow-port {port}."
    return f"the page on port {port} was not requested", hint, Severity.INFO


def _refused_port(outcome: Outcome) -> int | None:
    """The port of the URL that was not requested: the last redirect's, or the link's own."""
    try:
        if outcome.hops:
            return parse_url(outcome.hops[-1].location or "", outcome.hops[-1].url).port
        return parse_url(outcome.url).port
    except InvalidUrl:
        return None
