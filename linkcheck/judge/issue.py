"""What a rule yields, before `judge` adds the rule's code and name and the quoted line."""

from msgspec import Struct
from msgspec.structs import replace

from linkcheck.model import Fact, Fix, FixKind, Link, Location, Severity

LIMIT_HINT = "Run linkcheck from a network that can reach the host, open the URL in a browser, or exclude the host."
"""For a link that this run could not check: the machine, its proxy or linkcheck is the limit (`model.is_our_limit`)."""


class Issue(Struct, frozen=True):
    """A problem at a location: the parts of a `Finding` that only the rule knows.

    `message` states what is wrong in one clause, without a full stop; `hint` what to do, in a sentence. `facts` are for
    machines: `expected` is the value to write instead of the one at the location. `fix` says whether `linkcheck fix`
    may write it without a review; None if it writes nothing. The hint does not mention `linkcheck fix`: triage
    adds that, because it depends on the severity the user gave the rule. `severity` is set where this case is more
    severe or less severe than the rule; None is the rule's own. `subject` as in `Finding`.
    """

    location: Location
    message: str
    url: str | None = None
    hint: str | None = None
    facts: dict[str, Fact] = {}
    fix: Fix | None = None
    severity: Severity | None = None
    subject: str | None = None


def issue_of(
    link: Link,
    message: str,
    hint: str | None = None,
    *,
    at: Location | None = None,
    fix: Fix | None = None,
    **facts: Fact,
) -> Issue:
    """An issue of a link, at its URL or at a property that describes it."""
    return Issue(at or link.location, message, link.url, hint, facts, fix)


def milder(issue: Issue, severity: Severity) -> Issue:
    """The issue, with a lower severity than its rule."""
    return replace(issue, severity=severity)


def safe(reason: str) -> Fix:
    return Fix(FixKind.SAFE, reason)


def unsafe(reason: str) -> Fix:
    return Fix(FixKind.UNSAFE, reason)
