"""Which findings are new, which are known, which are silenced, and how grave each is."""

from linkcheck.triage.baseline import Baseline, Entry, Update, read_baseline, write_baseline
from linkcheck.triage.ignores import is_silenced
from linkcheck.triage.options import Options, Strike
from linkcheck.triage.scope import Scope
from linkcheck.triage.triage import Triage

__all__ = [
    "Baseline",
    "Entry",
    "Options",
    "Scope",
    "Strike",
    "Triage",
    "Update",
    "is_silenced",
    "read_baseline",
    "write_baseline",
]
