"""What triage reports of ignores and the baseline: it is found there, and only documented here."""

from linkcheck.judge.protocol import Documented
from linkcheck.judge.rules import (
    baseline_expired,
    baseline_fixed,
    unused_ignore,
)

RULES: tuple[Documented, ...] = (
    unused_ignore,
    baseline_expired,
    baseline_fixed,
)
