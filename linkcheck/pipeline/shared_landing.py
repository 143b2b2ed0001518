"""Hosts that redirect all removed pages to the same URL, which only the outcomes of many links together show."""

from msgspec.structs import replace

from linkcheck.judge import JudgeOptions, accepted, is_detour, is_gate, verdict
from linkcheck.ledger import JudgedOutcome, Ledger
from linkcheck.model import Outcome
from linkcheck.urls import parse_url, route_of, same_page

LEAST = 5
"""Minimum number of different pages of a host that end at one URL: an article, its AMP page and the copies of both can end
at the same URL correctly."""


def flag_shared_landings(ledger: Ledger, options: JudgeOptions) -> None:
    """Mark each outcome that ended at the same URL as many others, and judge it again.

    This is evidence of a soft 404: one page replaces many that are gone. If temporary redirects led there, it is a login or
    bot wall, so those are counted separately. Pages that are known to be walls are not changed.
    """
    for landing, host in ledger.landings(at_least=LEAST):
        elsewhere = [outcome for outcome in ledger.outcomes_at(landing, host) if _ended_elsewhere(outcome, landing)]
        for is_temporary in (False, True):
            targets = [each for each in elsewhere if is_detour(each) is is_temporary and not is_gate(each)]
            if len({parse_url(outcome.url).path for outcome in targets}) >= LEAST:
                ledger.settle(_as_suspect(outcome, landing, len(targets) - 1, options) for outcome in targets)


def _ended_elsewhere(outcome: Outcome, landing: str) -> bool:
    if outcome.hops and route_of(outcome.hops[-1].location or ""):
        return False  # a script selects the page by the fragment
    difference = same_page(outcome.url, landing)
    return difference is not None and not difference.trivial


def _as_suspect(outcome: Outcome, landing: str, others: int, options: JudgeOptions) -> JudgedOutcome:
    assert outcome.answer is not None
    evidence = outcome.answer.soft_404 or f"redirected to {landing}, like {others} other pages of the host"
    suspect = replace(outcome, answer=replace(outcome.answer, soft_404=evidence))
    return JudgedOutcome(suspect, verdict(suspect, accept=accepted(parse_url(outcome.url).host, options)))
