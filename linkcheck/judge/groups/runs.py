"""Rules for a run as a whole."""

from linkcheck.judge.rule import RunRule
from linkcheck.judge.rules import (
    certificate_ends_soon,
    host_down,
    not_checked,
    nothing_checked,
    unused_exclude,
)

RULES: tuple[RunRule, ...] = (
    nothing_checked,
    not_checked,
    unused_exclude,
    host_down,
    certificate_ends_soon,
)
