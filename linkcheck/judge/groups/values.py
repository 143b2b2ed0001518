"""Rules for the values of the front matter that are no links: texts and dates."""

from linkcheck.judge.protocol import Rule
from linkcheck.judge.rules import (
    date_implausible,
    entity_in_text,
)

RULES: tuple[Rule, ...] = (
    entity_in_text,
    date_implausible,
)
