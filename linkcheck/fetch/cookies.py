"""A throw-away cookie jar for one target: some sites redirect to themselves until the cookie they set comes back.

Less than RFC 6265 asks of browsers: no paths, no expiry, nothing kept beyond the target. Bounded, because servers fill it.
"""

from linkcheck.urls import Url, address_of

MOST_COOKIES = 20
MOST_BYTES = 4096
"""Of one cookie, name and value together."""


class Jar:
    def __init__(self) -> None:
        self._cookies: dict[tuple[str, str], tuple[str, bool, bool]] = {}

    def keep(self, url: Url, set_cookie: list[str]) -> None:
        """Take up the Set-Cookie values of an answer from `url`."""
        for line in set_cookie[:MOST_COOKIES]:
            pair, _, rest = line.partition(";")
            name, _, value = pair.strip().partition("=")
            if not is_usable(pair):
                continue
            attributes = attributes_of(rest)
            domain = attributes.get("domain", "").strip().removeprefix(".").lower()
            if domain and not _covers(domain, url.host):
                continue
            if attributes.get("max-age", "").strip() in {"0", "-1"}:
                self._cookies.pop((domain or url.host, name), None)
            elif len(self._cookies) < MOST_COOKIES or (domain or url.host, name) in self._cookies:
                self._cookies[domain or url.host, name] = (value.strip(), bool(domain), "secure" in attributes)

    def header(self, url: Url) -> str:
        """The Cookie value for `url`; empty where there is none."""
        return "; ".join(
            f"{name}={value}"
            for (domain, name), (value, wide, secure) in self._cookies.items()
            if (domain == url.host or (wide and url.host.endswith("." + domain))) and (not secure or url.scheme == "https")
        )


def is_usable(pair: str) -> bool:
    """Whether a cookie (`name=value`) is kept at all."""
    name, equals, _ = pair.strip().partition("=")
    return bool(equals and name) and len(pair) <= MOST_BYTES and pair.isascii() and pair.isprintable()


def attributes_of(text: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in text.split(";")[:20])
    return {name.strip().lower(): value for name, _, value in pairs}


def _covers(domain: str, host: str) -> bool:
    """Whether `host` may set a cookie for `domain`: its own name or one above it, but no top-level domain."""
    return host == domain or ("." in domain and host.endswith("." + domain) and address_of(host) is None)
