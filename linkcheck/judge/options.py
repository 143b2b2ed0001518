"""Options of the rules: the user's settings, what the run found, and constants that several rules share."""

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from linkcheck.model import Article, ArticleFields
from linkcheck.urls import host_matches

DRIFT_DAYS = 2
"""By which the dates of an article and of its page may be apart."""


USUAL_FIELDS = ArticleFields()


class Accept(Struct, frozen=True):
    """Statuses that count as an answer for hosts of a pattern: `example.com`, `*.example.com` (any host below it)."""

    pattern: str
    statuses: tuple[int, ...]


class AmpCount(Struct, frozen=True):
    """How many AMP pages of a host are gone, of those that were requested."""

    gone: int
    pages: int


class JudgeOptions(Struct, frozen=True):
    """Options of the rules. `now` is the moment of the run, RFC 3339 UTC (the only clock).

    `base_url` is the site's address, None if it is not known. `own_hosts` are the hosts whose pages the user can
    change, as patterns (`urls.host_matches`). `title_keys` and `date_keys` are the properties that contain an article's
    title and date, looked for in the object that has the link; `options_for` sets those of an article.

    The run fills six. The links of the first four are reported in one finding and not one by one: `down_hosts`, the hosts
    that failed as a whole; `dropped_amp`, the hosts that have abandoned AMP; `missing_roots`, the folders that contain many
    missing files; and `missing_folders`, the folders that do not exist and would contain many. `url_fields` are the fields
    whose values are URLs with a scheme but for a few. `unpublished_pages` maps the URL of a page that does not exist yet, of
    an article in the run, to the reason in one clause.
    """

    now: str = ""
    accept: tuple[Accept, ...] = ()
    down_hosts: frozenset[str] = frozenset()
    unpublished_pages: Mapping[str, str] = {}
    dropped_amp: dict[str, AmpCount] = {}
    missing_roots: tuple[str, ...] = ()
    missing_folders: tuple[str, ...] = ()
    url_fields: frozenset[str] = frozenset()
    grace_days: float = 1.0
    base_url: str | None = None
    own_hosts: tuple[str, ...] = ()
    title_keys: tuple[str, ...] = USUAL_FIELDS.title
    date_keys: tuple[str, ...] = USUAL_FIELDS.date


def options_for(article: Article, options: JudgeOptions) -> JudgeOptions:
    """The options for an article: its schema can mark which properties contain its title and date."""
    fields = article.fields
    return options if fields is None else replace(options, title_keys=fields.title, date_keys=fields.date)


def accepted(host: str, options: JudgeOptions) -> tuple[int, ...]:
    """The statuses the user accepts from a host in addition to 2xx, by the most specific pattern that matches."""
    fitting = [entry for entry in options.accept if host_matches(entry.pattern, host)]
    if not fitting:
        return ()
    return max(fitting, key=lambda entry: (not entry.pattern.startswith("*"), len(entry.pattern))).statuses
