"""The page moves readers on to another by itself.

What it means: it holds `<meta http-equiv="refresh">` with another URL, or comes with a `Refresh` header: a redirect made by
the page and not by the status.

Why it matters: it is slow and confuses the back button; linkcheck does not follow it, so the page behind it was not
looked at.

How to fix it: if the move is for good, write the URL it leads to.

When to leave it: where a notice is meant to be read before moving on.

For example:

    originalUrl: https://example.com/old         # refreshes to https://example.com/new
"""

from collections.abc import Iterator

from linkcheck.judge.amp_pairs import end_without_amp, exit_of
from linkcheck.judge.answers import asked
from linkcheck.judge.fault import Fault, fault_of
from linkcheck.judge.look import LIVING
from linkcheck.judge.options import Options
from linkcheck.model import Evidence, Outcome, Role, Severity, Sighting
from linkcheck.urls import same_page

CODE = "LC224"
NAME = "meta-refresh"
SEVERITY = Severity.INFO


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    for sighting, outcome in asked(evidence):
        link, answer = sighting.link, outcome.answer
        if sighting.verdict.kind not in LIVING or answer is None or answer.page is None or not answer.page.refresh:
            continue
        if _is_reported_as_amp(evidence, sighting, outcome):
            continue
        difference = same_page(answer.url, answer.page.refresh)
        # News pages that load themselves anew every few minutes stay where they are.
        if difference is not None and not difference.trivial:
            to = answer.page.refresh
            yield fault_of(link, f"the page moves on by itself to {to}", "If that is for good, write that URL.", refresh=to)


def _is_reported_as_amp(evidence: Evidence, sighting: Sighting, outcome: Outcome) -> bool:
    """Whether the page is in the place of an AMP page or of its copy, which has a finding of its own."""
    if sighting.link.role is Role.AMP_CACHE:
        return exit_of(outcome) is not None
    return sighting.link.role is Role.AMP and end_without_amp(evidence, sighting) is not None
