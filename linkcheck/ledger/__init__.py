"""The run database: everything a run learned, so that steps need hold only a batch at a time (docs/decisions/0002)."""

from linkcheck.ledger.evidence import Notes
from linkcheck.ledger.ledger import Ledger, PlannedLink, Settled, Strikes
from linkcheck.ledger.recorded import RecordedRun
from linkcheck.ledger.store import open_ledger, open_recorded
from linkcheck.ledger.unsettled import Unsettled

__all__ = [
    "Ledger",
    "Notes",
    "PlannedLink",
    "RecordedRun",
    "Settled",
    "Strikes",
    "Unsettled",
    "open_ledger",
    "open_recorded",
]
