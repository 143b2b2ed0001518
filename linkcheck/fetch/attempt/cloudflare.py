"""Cloudflare's errors 1xxx: distinguishes refusals of the visitor from failures of the site.

Source: Cloudflare's documentation, "Cloudflare 1xxx errors". The number is in the body; the status can be 403, 409, 429, 530
or another.
"""

import re

_REFUSED = frozenset({1005, 1006, 1007, 1008, 1009, 1010, 1011, 1012, 1020, 1106})
"""A network, an address, a country, a browser, a rule or a referring site is banned."""
_RATE_LIMITED = 1015
_PLAIN = re.compile(rb"\s{0,9}error code: (1\d{3})\s{0,9}")
_PAGE = re.compile(rb">Error</span>\s{0,20}<span(?: class=\"cf-error-code\")?>(1\d{3})</span>")


def error_code(body: bytes) -> int | None:
    """The error number, if the body is nothing but Cloudflare's error page."""
    found = _PLAIN.fullmatch(body) or (_PAGE.search(body) if b"cf-error-details" in body else None)
    return int(found[1]) if found else None


def refusal(code: int) -> str | None:
    """A phrase for the refusal; None if the site itself failed, for every visitor."""
    if code == _RATE_LIMITED:
        return f"Cloudflare's rate limit, error {code}"
    return f"Cloudflare's refusal page, error {code}" if code in _REFUSED else None
