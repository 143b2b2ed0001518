"""The run database: stores the results of a run, so that each step needs only a batch in memory (docs/decisions/0002)."""

from linkcheck.ledger.evidence import Notes
from linkcheck.ledger.ledger import JudgedOutcome, Ledger, PlannedLink, Strikes
from linkcheck.ledger.open_targets import OpenTargets
from linkcheck.ledger.recorded_run import RecordedRun
from linkcheck.ledger.store import open_ledger, open_recorded

__all__ = [
    "JudgedOutcome",
    "Ledger",
    "Notes",
    "OpenTargets",
    "PlannedLink",
    "RecordedRun",
    "Strikes",
    "open_ledger",
    "open_recorded",
]
