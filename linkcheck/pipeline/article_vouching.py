"""What only the articles can show: that a page which looks like another is the one that is meant."""

from linkcheck import judge
from linkcheck.ledger import JudgedOutcome, Ledger
from linkcheck.urls import parse_url


def apply_vouching(ledger: Ledger, options: judge.JudgeOptions) -> None:
    """Note on each suspect outcome that an article vouches for it, where one does, and judge it again."""
    for outcome in ledger.suspects():
        cleared = judge.vouched(outcome, ledger.linking(outcome.url), options)
        if cleared is not None:
            accept = judge.accepted(parse_url(cleared.url).host, options)
            ledger.settle([JudgedOutcome(cleared, judge.verdict(cleared, accept=accept))])
