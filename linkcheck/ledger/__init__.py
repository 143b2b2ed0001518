"""The run database: everything a run learned, so that steps need hold only a batch at a time (docs/decisions/0002)."""

from linkcheck.ledger.ledger import Ledger
from linkcheck.ledger.recorded import RecordedRun
from linkcheck.ledger.store import open_ledger

__all__ = ["Ledger", "RecordedRun", "open_ledger"]
