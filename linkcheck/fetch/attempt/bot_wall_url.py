"""Decides from the URL alone whether a redirect or a refresh leads to a captcha or to a page for robots."""

import re
from collections.abc import Sequence

from linkcheck.model import Hop
from linkcheck.urls import Url, registrable_domain

_HOSTS = re.compile(
    r"(.+\.)?(perfdrive\.com|captcha-delivery\.com|captcha\.awswaf\.com|captcha\.px-cdn\.net|captcha\.px-cloud\.net)"
    r"|wappass\.baidu\.com|seccaptcha\.baidu\.com|challenges\.cloudflare\.com|captcha\..+"
)
_PATHS = re.compile(
    r"/(distil_r_(captcha|blocked|drop)|tosv2\.html$|_sec/(cp_challenge|verify)|\.well-known/(sgcaptcha|ddos-guard|vercel/security)/"
    r"|\.lsrecap/|errors/validatecaptcha|px/captcha|splashui/(captcha|challenge)|_____tmd_____/|cdn-cgi/challenge-platform/"
    r"|_incapsula_resource|(show|check)captcha(fast)?$|__qrator/)"
)
"""Used by vendors, at the beginning of a path in lower case."""
_NAMES = re.compile(
    r"(robot|bot|human)[-_]?(check|verification|challenge|detection)|(are[-_]?you|not)[-_]?an?[-_]?(robot|human|bot)"
    r"|are[-_]?you[-_]?human|verify[-_]?(you[-_]?are[-_]?)?human|abuse[-_]?detection([-_][a-z]+)?"
    r"|(verify|validate|solve|check|security)[-_]?captcha|captcha[-_]?(check|challenge|page|verify|verification|required)"
)
"""Used by sites, as the last segment of a path without its extension."""
_TOPIC = re.compile(r"captcha|robot|human|\bbots?\b|abuse")
_TEMPORARY = frozenset({302, 303, 307})


def wall_address(hops: Sequence[Hop], requested: Url, url: Url) -> str | None:
    """The page for robots that redirects led to, without its query; None if it looks like a normal page.

    `requested` is the URL of the link: one about captchas can lead to another about captchas.
    """
    return _between(requested, url, hops) if hops else None


def wall_refresh(page: Url, to: Url) -> str | None:
    """The page for robots that a refresh leads to."""
    return _between(page, to, ())


def _between(requested: Url, url: Url, hops: Sequence[Hop]) -> str | None:
    if _is_wall(requested, hops=()) or not _is_wall(url, hops):
        return None
    if registrable_domain(requested.host) == registrable_domain(url.host) and _TOPIC.search(requested.path.lower()):
        return None
    return f"redirected to a captcha, {url.host}{url.path}"[:200]


def _is_wall(url: Url, hops: Sequence[Hop]) -> bool:
    path = url.path.lower()
    if _HOSTS.fullmatch(url.host) or _PATHS.match(path):
        return True
    if path.startswith("/sorry/") and "google" in url.host.split("."):
        return True
    name = path.rstrip("/").rpartition("/")[2].partition(".")[0]
    if _NAMES.fullmatch(name):
        return True
    # A page with such a name may be about captchas, unless it is the only segment or the URL contains where the visitor came
    # from.
    alone = path.strip("/").count("/") == 0 or bool(url.query)
    return name == "captcha" and alone and all(hop.status in _TEMPORARY for hop in hops[-1:])
