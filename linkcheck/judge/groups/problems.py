"""Rules for articles that could not be read properly."""

from linkcheck.judge.protocol import Rule
from linkcheck.judge.rules import (
    duplicate_key,
    file_unreadable,
    front_matter_empty,
    front_matter_missing,
    front_matter_not_a_mapping,
    front_matter_syntax,
    front_matter_too_large,
    front_matter_unterminated,
    not_utf_8,
    unsafe_front_matter,
)

RULES: tuple[Rule, ...] = (
    file_unreadable,
    front_matter_missing,
    front_matter_unterminated,
    front_matter_empty,
    front_matter_not_a_mapping,
    not_utf_8,
    front_matter_syntax,
    duplicate_key,
    unsafe_front_matter,
    front_matter_too_large,
)
