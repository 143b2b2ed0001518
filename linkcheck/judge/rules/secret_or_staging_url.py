"""A URL is not meant for readers: it contains a secret, leads to a preview of a site, or ends with a stray character.

What it means: one of four things. Its query has a parameter that is an access token, a password or a subscriber's
number, such as `access_token`, `mkt_tok` or Eloqua's `elq_cid`, with a value of that kind; session IDs are info, and so
is an access token on the page of an article or together with `sharetype=gift`, which may be a publisher's gift link. Or
it leads to a page or document and has a signature that expires: an error after that. Or its host is a staging or
preview host (`staging.example.com`, a deploy preview of Netlify, Vercel or Cloudflare, a tunnel, a name of a local
network). Or it ends with a period, a comma or an unmatched bracket.

Why it matters: anyone who reads the article can use the token (OWASP, "Information exposure through query strings in
URL"), and a subscriber's number is personal data. Previews are removed. A stray character makes it a different URL.

How to fix it: remove the parameter, and revoke the token: it is in the repository's history. If the site itself uses
the URL without the parameter, `linkcheck fix` can do this. Use the public host. Remove the stray character.

When to ignore it: if the token is public by design. The rule stays quiet for gift and share links
(`unlocked_article_code`, `sharetoken`), tokens that are public (`pk.` of Mapbox), passwords in meeting invitations,
addresses of an office (`info@`), and values that are words (`password=reset`, `api_key=DEMO_KEY`). `key`, `token`,
`code` and `auth` mean many things, and count only if the value has the form of a key of GitHub, GitLab, Slack, Stripe,
OpenAI or AWS, or of a JSON Web Token. It stays quiet for `dev.`, `test.` and the like outside your own domain
(`base-url`), for your own hosts, and for a host whose page declares itself as canonical; for names that end in an
abbreviation (`_Inc.`) or an initial, for images of Medium, whose names can end in a period, and for any ending with
which the page exists. Signed images are signed-image-url, user names and passwords credentials-in-url.

Source: OWASP, "Information exposure through query strings in URL"; CWE-598. The list of hosts and characters is
linkcheck's own judgment.

Topics: urls, security

Example:
    webUrl: https://example.com/a?id=7&elq_cid=22023705
    originalUrl: https://deploy-preview-12--gazette.netlify.app/a
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import LIVING
from linkcheck.judge.url_traits.secrets import Kind, personal_parameter
from linkcheck.judge.url_traits.signed_urls import signature_of
from linkcheck.judge.url_traits.staging_hosts import is_staging
from linkcheck.model import Basis, CorrectionKind, Evidence, Fact, LinkResult, Role, RuleMetadata, Severity
from linkcheck.urls import InvalidUrl, is_below, name_refusal, parse_url

META = RuleMetadata(
    "LC122",
    "secret-or-staging-url",
    Severity.WARNING,
    basis=Basis.TEXT,
    correction=CorrectionKind.DECLARED,
    safe_as_info=True,
)

_ABBREVIATED = re.compile(
    r"(?:^|[_.\s-]|%20)(?:[A-Z]|inc|ltd|co|corp|jr|sr|llc|bros|st|no|vs|etc|dr|mrs?|ms|op|vol|ed|al|dept)\.$", re.IGNORECASE
)
"""A last word that has a full stop of its own."""
_IMAGE_OF_MEDIUM = re.compile(r"[0-9]\*[\w-]{16,}\.$")
"""`0*kFHhgOLn3OLlmnQ-.`: Medium puts a period after the ID of an image also if it has no extension."""
_OPENING = {")": "(", "]": "["}


_Parts = tuple[str, str, dict[str, Fact], Severity]

_REVOKE = "Remove it from the URL, and revoke it: it is in the repository's history."
_PARAMETERS = {
    Kind.SECRET: ("the URL contains a secret: `{name}`", _REVOKE, Severity.WARNING),
    Kind.GIFT: (
        "the URL contains an access token, `{name}`; publishers' gift links expire after a few days",
        "Remove it from the URL; if the token is your own, revoke it.",
        Severity.INFO,
    ),
    Kind.SESSION: ("the URL contains a session ID: `{name}`", "Remove `{name}` from the URL.", Severity.INFO),
    Kind.SUBSCRIBER: (
        "the URL contains a subscriber's number or address: `{name}`",
        "Remove `{name}` from the URL.",
        Severity.WARNING,
    ),
}


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for result in evidence.results:
        link = result.link
        if result.local is not None or (result.skip is not None and result.skip.kind != "offline"):
            continue
        parts = _secret(result, options) or _staging(result, options) or _stray(result)
        if parts is not None:
            message, hint, facts, severity = parts
            yield Issue(link.location, message, link.url, hint, facts, severity=severity)


def _secret(result: LinkResult, options: JudgeOptions) -> _Parts | None:
    url = result.link.url
    of = result.link.wants.of
    if result.link.role is Role.ARCHIVE and of is not None and personal_parameter(of) is not None:
        return None  # reported there
    signature = signature_of(result, options) if "=" in url else None
    if signature is not None and result.link.role in (Role.IMAGE, Role.ARCHIVE):
        return None
    found = personal_parameter(url)
    if found is not None:
        message, hint, severity = _PARAMETERS[found.kind]
        return message.format(name=found.name), hint.format(name=found.name), {"parameter": found.name}, severity
    if signature is None or signature.lasts:
        return None
    return signature.message, "Use a URL without a signature.", signature.facts, signature.severity


def _staging(result: LinkResult, options: JudgeOptions) -> _Parts | None:
    host = result.target.host
    hint = "Use the public URL."
    if host not in options.own_hosts and is_staging(host, options.base_url) and not _is_at_home(result, host):
        return f"{host} is a staging or preview host", hint, {"host": host}, Severity.WARNING
    # Online the guard refuses names of a local network, which is an error of its own.
    reason = _refusal(host) if host and result.outcome is None else None
    if reason is None or (options.base_url is not None and is_below(result.target.url, options.base_url)):
        return None
    return f"{host} is not on the public web: {reason}", hint, {"host": host}, Severity.WARNING


def _is_at_home(result: LinkResult, host: str) -> bool:
    """Whether a page there declares itself as canonical: then it is meant for readers."""
    answer = result.outcome.answer if result.outcome is not None else None
    if answer is None or answer.page is None or result.verdict.kind not in LIVING:
        return False
    return any(host == _host_of(url) for url in answer.page.canonicals)


@lru_cache(maxsize=4096)
def _refusal(host: str) -> str | None:
    return name_refusal(host)


def _stray(result: LinkResult) -> _Parts | None:
    url = result.link.url
    last = url[-1:]
    if last not in (".", ",", ")", "]") or "#" in url or (result.outcome is not None and result.verdict.kind in LIVING):
        return None
    if last in _OPENING:
        fits = url.count(last) <= url.count(_OPENING[last])
    else:
        name = url.rpartition("/")[2]
        has_period = last == "." and (_ABBREVIATED.search(name) or _IMAGE_OF_MEDIUM.match(name)) is not None
        fits = "?" in url or "/wiki/" in url or has_period
    message = f"the URL ends with `{last}`, which is probably not part of it"
    return None if fits else (message, f"Remove the `{last}`.", {"stray": last}, Severity.WARNING)


def _host_of(url: str) -> str:
    try:
        return parse_url(url).host
    except InvalidUrl:
        return ""
