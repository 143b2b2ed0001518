"""Which findings are new, known or ignored, and how severe each is."""

from linkcheck.triage.baseline import Baseline, BaselineEntry, Update, read_baseline, write_baseline
from linkcheck.triage.coverage import Coverage
from linkcheck.triage.ignore_comments import is_silenced
from linkcheck.triage.options import FailureStreak, TriageOptions
from linkcheck.triage.triage import Triage

__all__ = [
    "Baseline",
    "BaselineEntry",
    "Coverage",
    "FailureStreak",
    "Triage",
    "TriageOptions",
    "Update",
    "is_silenced",
    "read_baseline",
    "write_baseline",
]
