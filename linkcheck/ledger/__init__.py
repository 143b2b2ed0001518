"""The run database: stores the results of a run, so that each step needs only a batch in memory (docs/decisions/0002)."""

from linkcheck.ledger.encoded_evidence import EncodedEvidence, Notes
from linkcheck.ledger.encoding import EncodedArticle, encode_article
from linkcheck.ledger.ledger import JudgedOutcome, Ledger, PlannedLink, Row, Strikes
from linkcheck.ledger.open_targets import OpenTargets
from linkcheck.ledger.recorded_run import RecordedRun
from linkcheck.ledger.store import HistoryRun, Pruned, list_runs, open_ledger, open_recorded, prune_runs

__all__ = [
    "EncodedArticle",
    "EncodedEvidence",
    "HistoryRun",
    "JudgedOutcome",
    "Ledger",
    "Notes",
    "OpenTargets",
    "PlannedLink",
    "Pruned",
    "RecordedRun",
    "Row",
    "Strikes",
    "encode_article",
    "list_runs",
    "open_ledger",
    "open_recorded",
    "prune_runs",
]
