"""Rules for articles that break their schema."""

from linkcheck.judge.protocol import Rule
from linkcheck.judge.rules import (
    impossible_date,
    near_miss_key,
    schema_violation,
)

RULES: tuple[Rule, ...] = (
    schema_violation,
    near_miss_key,
    impossible_date,
)
