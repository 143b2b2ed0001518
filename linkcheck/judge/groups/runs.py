"""Rules for a run as a whole."""

from linkcheck.judge.protocol import RunRule
from linkcheck.judge.rules import (
    amp_dropped,
    certificate_expires_soon,
    host_down,
    lead_image_generic,
    no_base_url,
    no_links,
    not_checked,
    nothing_checked,
    unused_exclude,
)

ONLINE: tuple[RunRule, ...] = (
    not_checked,
    host_down,
    amp_dropped,
    certificate_expires_soon,
)
"""Those that need the network."""

RULES: tuple[RunRule, ...] = (
    nothing_checked,
    no_links,
    unused_exclude,
    no_base_url,
    lead_image_generic,
    *ONLINE,
)
