"""What only all outcomes together can show: a host that leads every page it has removed to one and the same place."""

from msgspec.structs import replace

from linkcheck.judge import JudgeOptions, accepted, is_detour, is_gate, verdict
from linkcheck.ledger import JudgedOutcome, Ledger
from linkcheck.model import Outcome
from linkcheck.urls import parse_url, route_of, same_page

CROWD = 5
"""Different pages of a host that end at one URL before that says something: an article, its AMP page and the copies of
both may rightly end together."""


def flag_shared_landings(ledger: Ledger, options: JudgeOptions) -> None:
    """Note on each outcome of a crowd that it ended where the others did, and judge it again.

    It is the same evidence as a soft 404, found from the outside: one page that stands in for many that are gone. Where
    temporary redirects led there it is a wall; they are counted apart. A wall that is known is left alone.
    """
    for landing, host in ledger.landings(at_least=CROWD):
        strayed = [outcome for outcome in ledger.landed(landing, host) if _strayed(outcome, landing)]
        for is_temporary in (False, True):
            crowd = [each for each in strayed if is_detour(each) is is_temporary and not is_gate(each)]
            if len({parse_url(outcome.url).path for outcome in crowd}) >= CROWD:
                ledger.settle(_doubted(outcome, landing, len(crowd) - 1, options) for outcome in crowd)


def _strayed(outcome: Outcome, landing: str) -> bool:
    if outcome.hops and route_of(outcome.hops[-1].location or ""):
        return False  # a script leads on from there, by the fragment
    difference = same_page(outcome.url, landing)
    return difference is not None and not difference.trivial


def _doubted(outcome: Outcome, landing: str, others: int, options: JudgeOptions) -> JudgedOutcome:
    assert outcome.answer is not None
    evidence = outcome.answer.soft_404 or f"redirected to {landing}, like {others} other pages of the host"
    doubted = replace(outcome, answer=replace(outcome.answer, soft_404=evidence))
    return JudgedOutcome(doubted, verdict(doubted, accept=accepted(parse_url(outcome.url).host, options)))
