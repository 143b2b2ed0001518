"""Cloudflare's errors 1xxx: which of them refuse the visitor, and which say that the site itself is out of order.

Source: Cloudflare's documentation, "Cloudflare 1xxx errors". The number stands in the body; the status may be 403, 409,
429, 530 or another.
"""

import re

_REFUSED = frozenset({1005, 1006, 1007, 1008, 1009, 1010, 1011, 1012, 1020, 1106})
"""A network, an address, a country, a browser or a rule is banned, or the link from elsewhere."""
_RATE_LIMITED = 1015
_PLAIN = re.compile(rb"\s{0,9}error code: (1\d{3})\s{0,9}")
_PAGE = re.compile(rb">Error</span>\s{0,20}<span(?: class=\"cf-error-code\")?>(1\d{3})</span>")


def error_code(body: bytes) -> int | None:
    """The number of Cloudflare's error, where the body is nothing but its page."""
    found = _PLAIN.fullmatch(body) or (_PAGE.search(body) if b"cf-error-details" in body else None)
    return int(found[1]) if found else None


def refusal(code: int) -> str | None:
    """Whose refusal it is, in words; None where the error is the site's own, for every visitor."""
    if code == _RATE_LIMITED:
        return f"Cloudflare's rate limit, error {code}"
    return f"Cloudflare's refusal page, error {code}" if code in _REFUSED else None
