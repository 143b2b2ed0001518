"""What of the web has one owner."""

from linkcheck.urls import InvalidUrl, parse_url, registrable_domain

_SHARED_HOSTING = frozenset(
    (
        *("angelfire.com", "bandcamp.com", "beehiiv.com", "blogs.com", "canalblog.com", "dreamwidth.org", "fandom.com"),
        *("ghost.io", "hashnode.dev", "itch.io", "jimdo.com", "jimdosite.com", "livedoor.blog", "livejournal.com"),
        *("medium.com", "micro.blog", "mystrikingly.com", "neocities.org", "over-blog.com", "squarespace.com"),
        *("strikingly.com", "substack.com", "tripod.com", "tumblr.com", "typepad.com", "webs.com", "weebly.com"),
        *("wikidot.com", "wordpress.com", "wpcomstaging.com", "write.as"),
    )
)
"""Domains that hand out subdomains to anybody and are not on the Public Suffix List."""


def site_of(url: str) -> str:
    """What one owner holds: the registrable domain; a host below one that is handed out by no public suffix; an address."""
    try:
        host = parse_url(url).host
    except InvalidUrl:
        return "which cannot be read"
    domain = registrable_domain(host)
    return host.removeprefix("www.") if domain is None or domain in _SHARED_HOSTING else domain
