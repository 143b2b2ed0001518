"""What the user may set of judging."""

from msgspec import Struct

from linkcheck.urls import host_matches


class Accept(Struct, frozen=True):
    """Statuses that count as an answer for hosts of a pattern: `example.com`, `*.example.com` (any host below it)."""

    pattern: str
    statuses: tuple[int, ...]


class AmpCount(Struct, frozen=True):
    """How many AMP pages of a host are gone, of those that were requested."""

    gone: int
    pages: int


class JudgeOptions(Struct, frozen=True):
    """Thresholds of the rules. Sizes in bytes and pixels; `now` is the moment of the run, RFC 3339 UTC (the only clock).

    `long_chain` is the most redirects that go without saying. `down_hosts` are the hosts that failed as a whole:
    their links are told of in one finding of the run and not one by one. `title_keys` and `date_keys` are the properties
    that hold an article's title and date, looked for in the object that holds the link. `base_url` is the site's address,
    None where it is not known. `dropped_amp` are the hosts that have given AMP up, told of in one finding each.
    `own_hosts` are the hosts whose pages the user can change, as patterns (`urls.host_matches`).
    """

    now: str = ""
    accept: tuple[Accept, ...] = ()
    down_hosts: frozenset[str] = frozenset()
    dropped_amp: dict[str, AmpCount] = {}
    long_chain: int = 3
    certificate_days: int = 14
    heavy_bytes: int = 1_048_576
    absurd_pixels: int = 100_000_000
    drift_days: int = 2
    grace_days: float = 1.0
    base_url: str | None = None
    own_hosts: tuple[str, ...] = ()
    title_keys: tuple[str, ...] = ("title",)
    date_keys: tuple[str, ...] = ("publishedDateTime", "datePublished", "pubDate", "publishDate", "published_at", "date")


def accepted(host: str, options: JudgeOptions) -> tuple[int, ...]:
    """The statuses the user accepts of a host beside 2xx, by the narrowest pattern that fits it."""
    fitting = [entry for entry in options.accept if host_matches(entry.pattern, host)]
    if not fitting:
        return ()
    return max(fitting, key=lambda entry: (not entry.pattern.startswith("*"), len(entry.pattern))).statuses
