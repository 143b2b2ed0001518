"""Rules for links that lead nowhere by themselves: no URL, an unfilled template, of another scheme."""

from linkcheck.judge.protocol import Rule
from linkcheck.judge.rules import (
    invalid_url,
    unfilled_placeholder,
    unsupported_scheme,
)

RULES: tuple[Rule, ...] = (
    invalid_url,
    unsupported_scheme,
    unfilled_placeholder,
)
