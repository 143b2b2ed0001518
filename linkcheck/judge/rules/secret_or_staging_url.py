"""A URL is not meant for readers: it holds a secret, leads to a preview of a site, or took a character of the text along.

What it means: one of three things. Its query has a parameter that is an access token, a password or a subscriber's
number, such as `access_token`, `mkt_tok` or Eloqua's `elq_cid`. Or its host is one on which a site is tried out
(`staging.example.com`, a deploy preview of Netlify, Vercel or Cloudflare, a tunnel, a name of a local network). Or the
URL ends with a full stop, a comma or a bracket that nothing opens.

Why it matters: whoever reads the article can use the token (OWASP, "Information exposure through query strings in
URL"), and a subscriber's number is personal data. Previews are taken down. A stray character makes it another URL.

How to fix it: remove the parameter, and revoke the token: it is in the repository's history. Write the public host.
Remove the stray character.

When to leave it: where the token is public by design. The rule stays quiet for those it knows, such as `pk.` tokens of
Mapbox, and for `key`, `token` and `sid`, which mean many things; for `dev.`, `test.` and the like outside your own
domain (`base-url`); for names that end in an abbreviation (`_Inc.`) or an initial, and for any ending that the page
answers to. Signed images are signed-image-url, user names and passwords credentials-in-url.

For example:

    webUrl: https://example.com/a?id=7&elq_cid=22023705
    originalUrl: https://deploy-preview-12--gazette.netlify.app/a
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from linkcheck.judge.fault import Fault
from linkcheck.judge.look import LIVING
from linkcheck.judge.options import Options
from linkcheck.model import Evidence, Fact, Link, Role, Severity, Sighting
from linkcheck.urls import InvalidUrl, is_below, name_refusal, parse_url, registrable_domain, signed

CODE = "LC122"
NAME = "secret-or-staging-url"
SEVERITY = Severity.WARNING

_SECRETS = frozenset(
    (
        *("access_token", "accesstoken", "refresh_token", "id_token", "auth_token", "authtoken", "bearer_token"),
        *("api_key", "apikey", "api-key", "client_secret", "secret", "secret_key", "private_key"),
        *(
            "password",
            "passwd",
            "pwd",
            "session_id",
            "sessionid",
            "phpsessid",
            "jsessionid",
            "private_token",
            "x-amz-security-token",
        ),
    )
)
_SUBSCRIBERS = frozenset(
    (
        *("elq_cid", "elqcontactid", "mc_eid", "mkt_tok", "_hsenc", "vero_id", "ck_subscriber_id", "oly_enc_id"),
        *("oly_anon_id", "sfmc_sub", "subscriber_id", "subscriberid", "ml_subscriber", "bsft_uid"),
    )
)
"""Parameters by which senders of newsletters know whom they sent them to: Eloqua, Mailchimp, Marketo, HubSpot and others."""
_EMAILS = frozenset(("email", "e-mail", "mail", "recipient"))
_PUBLIC = re.compile(r"pk[._]", re.IGNORECASE)
"""Tokens that are made to be read: Mapbox, Stripe."""
_EMPTY = re.compile(r"[*x]*|[{<$%].*", re.IGNORECASE)
"""What stands in the place of a secret."""
_STAGING = re.compile(r"(?:^|[.-])(?:staging|preprod|uat)\d*(?:[.-]|$)")
"""In front of the registrable domain."""
_STAGING_OF_OURS = re.compile(r"(?:^|[.-])(?:dev|develop|test|testing|stage|stg|qa|beta|preview|sandbox)\d*(?:[.-]|$)")
_PREVIEW = re.compile(
    r"--[a-z0-9-]{1,63}\.netlify\.(?:app|com)$|-git-[a-z0-9-]{1,63}\.vercel\.app$|-[a-z0-9]{9}-[a-z0-9-]{1,63}\.vercel\.app$"
    r"|^[0-9a-f]{8}\.[a-z0-9-]{1,63}\.pages\.dev$|-pr-\d{1,6}\.(?:onrender|herokuapp)\.com$"
    r"|\.(?:ngrok\.io|ngrok\.app|ngrok-free\.app|trycloudflare\.com|loca\.lt|app\.github\.dev|gitpod\.io)$"
)
_ABBREVIATED = re.compile(
    r"(?:^|[_.\s-]|%20)(?:[A-Z]|inc|ltd|co|corp|jr|sr|llc|bros|st|no|vs|etc|dr|mrs?|ms|op|vol|ed|al|dept)\.$", re.IGNORECASE
)
"""A last word that has a full stop of its own."""
_OPENING = {")": "(", "]": "["}


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    for sighting in evidence.sightings:
        link = sighting.link
        if sighting.local is not None or (sighting.skip is not None and sighting.skip.kind != "offline"):
            continue
        told = _secret(link) or _staging(sighting, options) or _stray(sighting)
        if told is not None:
            message, hint, facts = told
            yield Fault(link.location, message, link.url, hint, facts)


def personal_parameter(url: str) -> str | None:
    """The parameter of a URL that holds a secret or a subscriber's number; None where there is none."""
    _, _, behind = url.partition("?") if "?" in url else url.partition("#")
    for parameter in re.split("[&#?;]", behind):
        name, _, value = parameter.partition("=")
        folded = name.lower()
        if folded in _EMAILS and ("@" in value or "%40" in value):
            return name
        if (folded in _SECRETS or folded in _SUBSCRIBERS) and not (_EMPTY.fullmatch(value) or _PUBLIC.match(value)):
            return name
    return None


_Told = tuple[str, str, dict[str, Fact]]


def _secret(link: Link) -> _Told | None:
    if "=" not in link.url:
        return None
    is_signed = signed(link.url) is not None
    if is_signed and link.role is Role.IMAGE:
        return None
    name = personal_parameter(link.url)
    if name is not None and name.lower() in _SECRETS:
        hint = "Remove it, and revoke it: it is in the repository's history."
        return f"the URL holds a secret: `{name}`", hint, {"parameter": name}
    if name is not None:
        message = f"the URL holds the number or address of a subscriber: `{name}`"
        return message, f"Remove `{name}` from the URL.", {"parameter": name}
    return ("the URL is signed for a time", "Write a URL that is not signed.", {}) if is_signed else None


def _staging(sighting: Sighting, options: Options) -> _Told | None:
    host = sighting.target.host
    hint = "Write the URL that readers use."
    if is_staging(host, options.base_url):
        return f"{host} is a staging or preview host", hint, {"host": host}
    # Online the guard refuses names of a local network, which is an error of its own.
    reason = _refusal(host) if host and sighting.outcome is None else None
    if reason is None or (options.base_url is not None and is_below(sighting.target.url, options.base_url)):
        return None
    return f"{host} is not on the public web: {reason}", hint, {"host": host}


@lru_cache(maxsize=4096)  # an archive links to few hosts
def is_staging(host: str, base_url: str | None) -> bool:
    """Whether a host is one on which a site is tried out."""
    if _PREVIEW.search(host):
        return True
    if not (_STAGING.search(host) or _STAGING_OF_OURS.search(host)):
        return False
    # Only here: the Public Suffix List takes long to read. A domain may have such a name itself.
    domain = registrable_domain(host) or host
    inside = host.removesuffix(domain).rstrip(".")
    ours = base_url is not None and domain == _domain_of(base_url)
    return _STAGING.search(inside) is not None or (ours and _STAGING_OF_OURS.search(inside) is not None)


@lru_cache(maxsize=4096)
def _refusal(host: str) -> str | None:
    return name_refusal(host)


def _stray(sighting: Sighting) -> _Told | None:
    url = sighting.link.url
    last = url[-1:]
    if last not in (".", ",", ")", "]") or "#" in url or (sighting.outcome is not None and sighting.verdict.kind in LIVING):
        return None
    if last in _OPENING:
        fits = url.count(last) <= url.count(_OPENING[last])
    else:
        fits = "?" in url or "/wiki/" in url or (last == "." and _ABBREVIATED.search(url.rpartition("/")[2]) is not None)
    message = f"the URL ends with `{last}`, which is probably not part of it"
    return None if fits else (message, f"Remove the `{last}`.", {"stray": last})


def _domain_of(url: str) -> str | None:
    try:
        return registrable_domain(parse_url(url).host)
    except InvalidUrl:
        return None
