"""Suspect pages that an article vouches for: only the articles show that such a page is the intended one."""

from linkcheck import judge
from linkcheck.ledger import JudgedOutcome, Ledger
from linkcheck.urls import parse_url


def apply_vouching(ledger: Ledger, options: judge.JudgeOptions) -> None:
    """Mark each suspect outcome that an article vouches for, and judge it again."""
    for outcome in ledger.suspects():
        cleared = judge.vouched(outcome, ledger.linking(outcome.url), options)
        if cleared is not None:
            accept = judge.accepted(parse_url(cleared.url).host, options)
            ledger.settle([JudgedOutcome(cleared, judge.verdict(cleared, accept=accept))])
