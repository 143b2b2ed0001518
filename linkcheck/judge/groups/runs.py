"""Rules for a run as a whole."""

from linkcheck.judge.rule import RunRule
from linkcheck.judge.rules import (
    amp_dropped,
    certificate_ends_soon,
    host_down,
    lead_image_generic,
    no_base_url,
    no_links,
    not_checked,
    nothing_checked,
    unused_exclude,
)

RULES: tuple[RunRule, ...] = (
    nothing_checked,
    no_links,
    not_checked,
    unused_exclude,
    no_base_url,
    host_down,
    amp_dropped,
    certificate_ends_soon,
    lead_image_generic,
)
