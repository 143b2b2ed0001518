"""Parts of a URL's query that are not for its readers: access tokens, passwords, sessions, and who a newsletter was
sent to.

A name alone says little: `?password=reset` is a page about passwords, `?session_id=12` a talk at a conference. So the value
must look like a secret as well.
"""

import re
from enum import Enum, auto

from msgspec import Struct

from linkcheck.urls import InvalidUrl, names_article, parse_url


class Kind(Enum):
    SECRET = auto()
    GIFT = auto()
    """A token by which a publisher opens one article, or one that looks like it: on the page of an article."""
    SESSION = auto()
    SUBSCRIBER = auto()


class Parameter(Struct, frozen=True):
    name: str
    kind: Kind


_TOKENS = frozenset(
    (
        *("access_token", "accesstoken", "refresh_token", "id_token", "auth_token", "authtoken", "bearer_token"),
        *("api_key", "apikey", "api-key", "client_secret", "secret", "secret_key", "private_key", "private_token"),
        "x-amz-security-token",
    )
)
_GIFTS = frozenset(("access_token", "accesstoken", "auth_token", "authtoken"))
_IS_GIFT = re.compile(r"[?&]share_?type=|[?&]gift|=gift(?:&|#|$)", re.IGNORECASE)
"""In a query: that the link was made to be passed on."""
_PASSWORDS = frozenset(("password", "passwd", "pwd"))
_SESSIONS = frozenset(("session_id", "sessionid", "phpsessid", "jsessionid", "aspsessionid", "cftoken"))
_KEYS = frozenset(("key", "token", "auth", "code"))
"""Ambiguous names, which are a secret if the value has the form of one."""
_SUBSCRIBERS = frozenset(
    (
        *("elq_cid", "elqcontactid", "mc_eid", "mkt_tok", "_hsenc", "vero_id", "ck_subscriber_id", "oly_enc_id"),
        *("oly_anon_id", "sfmc_sub", "subscriber_id", "subscriberid", "ml_subscriber", "bsft_uid"),
    )
)
"""Parameters by which senders of newsletters know whom they sent them to: Eloqua, Mailchimp, Marketo, HubSpot and others."""
_EMAILS = frozenset(("email", "e-mail", "mail", "recipient"))
_ROLES = re.compile(
    r"(?:mailto:)?(?:info|contact|kontakt|press|presse|redaktion|redaction|editor|editors|newsroom|news|office|support|service"
    r"|hello|help|mail|tips|letters|webmaster|noreply|no-reply|sales|team|name|you|user|example|test)@",
    re.IGNORECASE,
)
"""Addresses of an office and of no one."""

_FORMS = re.compile(
    r"(?:gh[pousr]|github_pat)_\w{20,}|GHSAT0\w{10,}|glpat-[\w-]{16,}|xox[abeprs]-[\w-]{10,}|[sr]k_live_\w{10,}"
    r"|sk-[A-Za-z0-9_-]{20,}|AKIA[0-9A-Z]{16}|eyJ[\w-]{8,}\.eyJ[\w-]{8,}.*"
)
"""Keys of GitHub, GitLab, Slack, Stripe, OpenAI and AWS, and JSON Web Tokens (RFC 7519)."""
_PUBLIC = re.compile(r"pk[._]", re.IGNORECASE)
"""Tokens that are made to be read: Mapbox, Stripe."""
_NONE = re.compile(r"[*x.]*|[{<\[$%].*", re.IGNORECASE)
_SAMPLE = re.compile(
    r"demo|test|example|sample|dummy|your|public|anonymous|redacted|changeme|placeholder|xxx", re.IGNORECASE
)
"""What is found instead of a secret."""
_WORDS = re.compile(r"[a-z]*\d{0,4}|[A-Z]?[a-z]+|[A-Z]+|\d{1,15}")
_PIECE = re.compile(r"[A-Za-z0-9]+")
_MEETINGS = ("zoom.us", "zoom.com", "webex.com")
"""Hosts whose invitations contain a password that is meant for the reader."""


def personal_parameter(url: str) -> Parameter | None:
    """The parameter of a URL that contains a secret, a session or a subscriber's number; None if there is none.

    What publishers call their gift links (`unlocked_article_code`, `sharetoken`, `st`) are not secrets: they are made to be
    passed on.
    """
    if "=" not in url:
        return None
    # Session numbers may be in the path: `/a;jsessionid=0F3A`.
    for parameter in re.split("[&#?;]", url)[1:]:
        name, _, value = parameter.partition("=")
        kind = _kind(name.lower(), _decoded(value), url) if value else None
        if kind is not None:
            return Parameter(name, kind)
    return None


def _decoded(value: str) -> str:
    if "%" not in value:
        return value
    from urllib.parse import unquote  # few values need it

    return unquote(value)


def _kind(name: str, value: str, url: str) -> Kind | None:
    if name in _EMAILS:
        return Kind.SUBSCRIBER if "@" in value and _ROLES.match(value) is None else None
    if any((_NONE.fullmatch(value), _SAMPLE.search(value), _PUBLIC.match(value))):
        return None
    if name in _SUBSCRIBERS:
        return Kind.SUBSCRIBER
    if name in _TOKENS and (_is_token(value) or (name != "secret" and _is_mixed(value))):
        return Kind.GIFT if name in _GIFTS and (_is_of_article(url) or _IS_GIFT.search(url)) else Kind.SECRET
    if name in _KEYS and _FORMS.fullmatch(value) is not None:
        return Kind.GIFT if value.startswith("eyJ") and _is_of_article(url) else Kind.SECRET
    if name in _PASSWORDS and _is_mixed(value) and not _is_invitation(url):
        return Kind.SECRET
    return Kind.SESSION if name in _SESSIONS and (_is_token(value) or _is_mixed(value)) else None


def _is_token(value: str) -> bool:
    """Whether a value was drawn and not written: it has a run of letters and digits that is not a word, number or year."""
    pieces = _PIECE.findall(value)
    return _FORMS.fullmatch(value) is not None or any(len(each) >= 8 and _WORDS.fullmatch(each) is None for each in pieces)


def _is_mixed(value: str) -> bool:
    """Whether a value has letters and digits, as passwords do, and more than a few."""
    return len(value) >= 6 and re.search(r"\d", value) is not None and re.search(r"[^\W\d_]", value) is not None


def _is_invitation(url: str) -> bool:
    host = _host(url)
    return any(host == each or host.endswith(f".{each}") for each in _MEETINGS)


def _is_of_article(url: str) -> bool:
    try:
        parsed = parse_url(url)
    except InvalidUrl:
        return False
    return names_article(parsed.path) and parsed.host.partition(".")[0] not in ("api", "graph")


def _host(url: str) -> str:
    try:
        return parse_url(url).host
    except InvalidUrl:
        return ""
