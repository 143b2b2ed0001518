"""URLs whose purpose is to lead to another: identifiers that outlast the pages they lead to, and short links."""

import re

from linkcheck.judge.url_traits.copy_hosts import is_shortener
from linkcheck.judge.url_traits.site_owner import site_of
from linkcheck.urls import InvalidUrl, parse_url, registrable_domain

_RESOLVERS = frozenset(
    (
        *("doi.org", "dx.doi.org", "hdl.handle.net", "n2t.net", "arks.org", "w3id.org", "identifiers.org", "purl.org"),
        *("purl.oclc.org", "nbn-resolving.org", "nbn-resolving.de", "urn.fi", "urn.kb.se", "urn.nb.no", "resolver.kb.nl"),
        *("id.loc.gov", "lccn.loc.gov", "orcid.org", "ror.org", "isni.org", "viaf.org", "d-nb.info", "bioregistry.io"),
        *("identifier.org", "persist.lu", "permalink.obvsg.at", "resolver.obvsg.at", "id.nlm.nih.gov", "raid.org"),
    )
)
_NAMED = re.compile(r"(purl|hdl|handle|doi|urn|ark|persistent|permalink)\.[^.]+\..+")
"""Hosts that an institution has for its identifiers: `purl.stanford.edu`."""
_PATH = re.compile(r"/(ark:/?\d{5,}/|urn:[a-z0-9-]+:|hdl:|purl/|handle/\d+(\.\d+)*/)", re.IGNORECASE)
"""ARKs (RFC draft-kunze-ark), URNs behind a resolver, and the handles of DSpace."""

_SHORT_DOMAIN = 9
"""Characters of a domain that someone chose for short links: `nyti.ms`, `politi.co`."""
_SHORT_PATH = re.compile(r"/(?=[^/]*[A-Z0-9])[A-Za-z0-9_-]{4,12}")


def is_identifier(url: str) -> bool:
    """Whether a URL is a DOI, a handle, an ARK, a PURL or the like, which is cited and never replaced."""
    try:
        read = parse_url(url)
    except InvalidUrl:
        return False
    host = read.host.removeprefix("www.")
    if read.path == "/" and not read.query:
        return False
    return host in _RESOLVERS or _NAMED.fullmatch(host) is not None or _PATH.search(read.path) is not None


def is_short_link(url: str, to: str) -> bool:
    """Whether a URL that leads to another site is a short link: by its host, or by a short domain and a short path."""
    try:
        read = parse_url(url)
    except InvalidUrl:
        return False
    if site_of(url) == site_of(to):
        return False
    domain = registrable_domain(read.host) or read.host
    looks_so = len(domain) <= _SHORT_DOMAIN and not read.query and _SHORT_PATH.fullmatch(read.path) is not None
    return looks_so or is_shortener(read)
