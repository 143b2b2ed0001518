"""Which findings are open, accepted, unchanged or ignored, and how severe each is."""

from linkcheck.triage.baseline import Baseline, BaselineEntry, Update, read_baseline, write_baseline
from linkcheck.triage.coverage import Coverage
from linkcheck.triage.former_findings import former_findings
from linkcheck.triage.ignore_comments import is_silenced
from linkcheck.triage.options import FailureStreak, TriageOptions
from linkcheck.triage.strikes import is_lasting
from linkcheck.triage.triage import Triage

__all__ = [
    "Baseline",
    "BaselineEntry",
    "Coverage",
    "FailureStreak",
    "Triage",
    "TriageOptions",
    "Update",
    "former_findings",
    "is_lasting",
    "is_silenced",
    "read_baseline",
    "write_baseline",
]
