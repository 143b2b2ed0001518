"""Matching hosts against patterns of the configuration, in the same way for rate limits, headers and accepted statuses."""

from functools import lru_cache

from linkcheck.urls.parsing import InvalidUrl, parse_url


@lru_cache(maxsize=256)
def _ascii(pattern: str) -> str:
    """The pattern in the form of hosts in URLs: lower case, with international names in ASCII (UTS #46)."""
    wide = pattern.startswith("*.")
    try:
        return ("*." if wide else "") + parse_url(f"http://{pattern[2:] if wide else pattern}/").host
    except InvalidUrl:
        return pattern.lower()


def host_matches(pattern: str, host: str) -> bool:
    """Whether `pattern` matches `host` (as in `Url.host`).

    `example.com` matches only that host, `*.example.com` every host below it but not itself, and `*` every host.
    """
    if pattern == "*":
        return True
    name = _ascii(pattern)
    return host.endswith(name[1:]) if name.startswith("*.") else host == name
