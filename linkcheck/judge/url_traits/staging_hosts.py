"""Hosts on which a site is tried out: staging, deploy previews, tunnels."""

import re
from functools import lru_cache

from linkcheck.urls import InvalidUrl, parse_url, registrable_domain

_STAGING = re.compile(r"(?:^|[.-])(?:staging|preprod|uat)\d*(?:[.-]|$)|(?:^|\.)(?:stage|stg)\d*(?:\.|$)")
"""In front of the registrable domain."""
_STAGING_OF_OURS = re.compile(r"(?:^|[.-])(?:dev|develop|test|testing|stage|stg|qa|beta|preview|sandbox)\d*(?:[.-]|$)")
_PREVIEW = re.compile(
    r"--[a-z0-9-]{1,63}\.netlify\.(?:app|com)$|-git-[a-z0-9]{1,63}(?:-[a-z0-9]{1,63}){1,20}\.vercel\.app$"
    r"|-(?=[a-z]{0,8}[0-9])[a-z0-9]{9}-[a-z0-9-]{1,63}\.vercel\.app$|^[0-9a-f]{8}\.[a-z0-9-]{1,63}\.pages\.dev$"
    r"|-pr-\d{1,6}\.(?:onrender|herokuapp)\.com$|^(?=[a-f]{0,8}[0-9])[0-9a-f]{8,20}\.ngrok\.(?:io|app)$"
    r"|\.(?:ngrok-free\.app|trycloudflare\.com|loca\.lt|app\.github\.dev)$|\.ws-[a-z0-9]{1,20}\.gitpod\.io$"
)
"""Deploy previews and tunnels, by the forms in which their services name them."""


@lru_cache(maxsize=4096)  # an archive links to few hosts
def is_staging(host: str, base_url: str | None) -> bool:
    """Whether a host is one on which a site is tried out."""
    if _PREVIEW.search(host):
        return True
    if not (_STAGING.search(host) or _STAGING_OF_OURS.search(host)):
        return False
    if base_url is not None and host == _host_of(base_url):
        return False
    # Only here: the Public Suffix List takes long to read. A domain may have such a name itself.
    domain = registrable_domain(host) or host
    inside = host.removesuffix(domain).rstrip(".")
    ours = base_url is not None and domain == registrable_domain(_host_of(base_url))
    return _STAGING.search(inside) is not None or (ours and _STAGING_OF_OURS.search(inside) is not None)


def _host_of(url: str) -> str:
    try:
        return parse_url(url).host
    except InvalidUrl:
        return ""
