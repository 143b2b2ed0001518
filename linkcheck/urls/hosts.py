"""Which hosts a pattern of the configuration names: one reading for pace, headers and accepted statuses alike."""

from functools import lru_cache

from linkcheck.urls.parsing import InvalidUrl, parse_url


@lru_cache(maxsize=256)
def _ascii(pattern: str) -> str:
    """The pattern as hosts of URLs are written: lower case, international names in their ASCII form (UTS #46)."""
    wide = pattern.startswith("*.")
    try:
        return ("*." if wide else "") + parse_url(f"http://{pattern[2:] if wide else pattern}/").host
    except InvalidUrl:
        return pattern.lower()


def host_matches(pattern: str, host: str) -> bool:
    """Whether `pattern` names `host` (as in `Url.host`).

    `example.com` names that host alone, `*.example.com` every host below it but not itself, and `*` every host.
    """
    if pattern == "*":
        return True
    name = _ascii(pattern)
    return host.endswith(name[1:]) if name.startswith("*.") else host == name
