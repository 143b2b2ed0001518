"""Rules for links that lead nowhere by themselves: no URL, relative without a base, of another scheme."""

from linkcheck.judge.rule import Rule
from linkcheck.judge.rules import (
    invalid_url,
    no_base_url,
    unfilled_placeholder,
    unsupported_scheme,
)

RULES: tuple[Rule, ...] = (
    no_base_url,
    invalid_url,
    unsupported_scheme,
    unfilled_placeholder,
)
