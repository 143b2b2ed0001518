"""Which hosts and folders have the same owner."""

from urllib.parse import unquote

from linkcheck.urls import InvalidUrl, Url, parse_url, registrable_domain

_SHARED_HOSTING = frozenset(
    (
        *("angelfire.com", "bandcamp.com", "beehiiv.com", "blogs.com", "canalblog.com", "dreamwidth.org", "fandom.com"),
        *("ghost.io", "hashnode.dev", "itch.io", "jimdo.com", "jimdosite.com", "livedoor.blog", "livejournal.com"),
        *("medium.com", "micro.blog", "mystrikingly.com", "neocities.org", "over-blog.com", "squarespace.com"),
        *("strikingly.com", "substack.com", "tripod.com", "tumblr.com", "typepad.com", "webs.com", "weebly.com"),
        *("wikidot.com", "wordpress.com", "wpcomstaging.com", "write.as"),
    )
)
"""Domains that give subdomains to anyone and are not on the Public Suffix List."""

_SHARED_FOLDERS = frozenset(
    (
        *("academia.edu", "ameblo.jp", "behance.net", "brunch.co.kr", "dev.to", "facebook.com", "flickr.com", "gitee.com"),
        *("github.com", "gitlab.com", "google.com", "habr.com", "instagram.com", "issuu.com", "juejin.cn", "linkedin.com"),
        *("medium.com", "mixcloud.com", "naver.com", "note.com", "patreon.com", "pinterest.com", "prezi.com", "qiita.com"),
        *("quora.com", "rakuten.co.jp", "reddit.com", "researchgate.net", "scribd.com", "slideshare.net", "soundcloud.com"),
        *("t.me", "telegra.ph", "threads.net", "tiktok.com", "tumblr.com", "twitter.com", "velog.io", "vimeo.com", "vk.com"),
        *("weibo.com", "wordpress.com", "x.com", "youtube.com", "zenn.dev", "zhihu.com"),
    )
)
"""Domains that give folders to anyone."""


def site_of(url: str) -> str:
    """The domain of one owner: the registrable domain; a host below a platform that is not a public suffix; an address."""
    try:
        host = parse_url(url).host
    except InvalidUrl:
        return "which cannot be read"
    domain = registrable_domain(host)
    return host.removeprefix("www.") if domain is None or domain in _SHARED_HOSTING else domain


def may_be_of_another_user(old: Url, new: Url) -> bool:
    """Whether two URLs of one host may be of two people: `/~alice/` and `/~bob/`, or other folders of a platform."""
    before, after = _segments(old), _segments(new)
    if (registrable_domain(new.host) or new.host) in _SHARED_FOLDERS:
        return before[:-1] != after[:-1]
    return _users(before) != _users(after)


def _users(segments: list[str]) -> list[str]:
    return [segment for segment in segments if segment.startswith(("~", "@"))]


def _segments(url: Url) -> list[str]:
    return [unquote(segment) for segment in url.path.split("/") if segment]
