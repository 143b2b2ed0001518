"""Hosts that show, shorten or lead to pages of others: what is on them is not an article's own page."""

import re
from functools import lru_cache

from linkcheck.amp import cache_of
from linkcheck.urls import ARCHIVE_TODAY, InvalidUrl, Url, parse_url

_ARCHIVES = frozenset(
    (
        *ARCHIVE_TODAY,
        *("webcache.googleusercontent.com", "ghostarchive.org", "perma.cc", "webcitation.org"),
    )
)
_PROXIES = frozenset(("12ft.io", "1ft.io", "outline.com", "r.jina.ai", "freedium.cfd", "removepaywall.com"))
_FEEDS = frozenset(("feedproxy.google.com", "feeds.feedburner.com"))
_REDIRECTORS = frozenset(
    (
        *("l.facebook.com", "lm.facebook.com", "l.instagram.com", "t.umblr.com", "out.reddit.com", "away.vk.com"),
        *("urldefense.com", "urldefense.proofpoint.com", "slack-redir.net", "href.li", "link.zhihu.com"),
    )
)
_SHORTENERS = frozenset(
    (
        *("t.co", "bit.ly", "bitly.com", "j.mp", "goo.gl", "ow.ly", "buff.ly", "tinyurl.com", "is.gd", "v.gd", "dlvr.it"),
        *("lnkd.in", "t.ly", "trib.al", "fb.me", "flip.it", "ift.tt", "wp.me", "cutt.ly", "rebrand.ly", "shorturl.at"),
        *(
            "tiny.cc",
            "rb.gy",
            "s.id",
            "shorter.me",
            "bl.ink",
            "snip.ly",
            "soo.gd",
            "x.co",
            "adf.ly",
            "po.st",
            "su.pr",
            "vk.cc",
        ),
        *("clck.ru", "hubs.ly", "hubs.la", "eepurl.com", "smarturl.it", "spr.ly", "zpr.io", "lnk.to", "pin.it", "redd.it"),
        *("l.smartnews.com", "link.medium.com"),
        *("flic.kr", "instagr.am", "tmblr.co", "4sq.com", "on.fb.me", "amzn.to", "aka.ms", "msft.it", "g.co", "db.tt"),
        *(
            "nyti.ms",
            "wapo.st",
            "reut.rs",
            "bbc.in",
            "cnn.it",
            "econ.st",
            "on.wsj.com",
            "on.ft.com",
            "bloom.bg",
            "politi.co",
        ),
        *("n.pr", "ti.me", "zd.net", "tcrn.ch", "fxn.ws", "gu.com", "apne.ws", "cnb.cx", "lat.ms", "huff.to", "read.bi"),
        *(
            "nyp.st",
            "bzfd.it",
            "usat.ly",
            "abcn.ws",
            "nbcnews.to",
            "cbsn.ws",
            "hill.cm",
            "theatln.tc",
            "on.mktw.net",
            "mol.im",
        ),
        *(
            "dailym.ai",
            "thr.cm",
            "ind.pn",
            "lemde.fr",
            "sz.de",
            "spon.de",
            "nzz.li",
            "elpa.is",
            "dpo.st",
            "engt.co",
            "wrd.cm",
        ),
    )
)
_SUFFIXES = (
    (".translate.goog", "a translation"),
    (".safelinks.protection.outlook.com", "a redirect that a mail program wrote"),
    (".idm.oclc.org", "a library's proxy"),
)
ARCHIVED = "a copy in a web archive"
_CACHED = re.compile(r"/[a-z]{1,2}/")
_ARCHIVED = re.compile(
    r"/((?=\w*[A-Z0-9])\w{5,6}|[0-9A-Z]{4}-[0-9A-Z]{4}|v?archive/.+|(o|wip|newest|oldest)/.+|search|cache|.*https?:.*"
    r"|\d{4}[\d.]*/.+)/?$"
)
"""Of the archives' own addresses: `/AbC12`, `/archive/AbC12`, `/ABCD-1234`, `/2019/https://...`."""
_SHORT = re.compile(
    r"/(?!(about|api|apps?|blog|contact|docs|faq|help|login|pages|plans|pricing|privacy|signup|support|terms)\b)"
    r"[^/.]+(/[^/.]+)?/?|/[\d.]+",
    re.IGNORECASE,
)
"""A code, maybe in a folder of its kind (`/p/4aBcD`), and no page such as `/pages/privacy`."""
_DEFENDED = re.compile(r"/v\d/")
_PROXIED = re.compile(r"https?:|%3a%2f%2f|^/[A-Za-z0-9]{6}\?$|^/[^/]+\.[a-z]{2,}/", re.IGNORECASE)

_GOOGLE = re.compile(r"(news\.|translate\.)?google\.[a-z]{2,3}(\.[a-z]{2})?")
_GOOGLE_PATHS = (
    ("", "/amp/", "Google's AMP viewer"),
    ("", "/url", "a redirect of Google's search"),
    ("news.", "/articles/", "a redirect of Google News"),
    ("news.", "/rss/articles/", "a redirect of Google News"),
    ("news.", "/read/", "a redirect of Google News"),
    ("translate.", "/translate", "a translation"),
    ("translate.", "/translate_c", "a translation"),
    ("translate.", "/website", "a translation"),
)

_READER, _SEARCH, _CLICK, _LEAVING = (
    "a reading app's copy",
    "a redirect of a search",
    "a newsletter's redirect",
    "a redirect",
)
_PATHS = {
    "bing.com": (("/amp/", "Bing's AMP viewer"), ("/news/apiclick.aspx", _SEARCH), ("/ck/a", _SEARCH)),
    **dict.fromkeys(("yandex.ru", "yandex.com"), (("/turbo", "Yandex's viewer"), ("/clck", _SEARCH))),
    "baidu.com": (("/link", _SEARCH),),
    "duckduckgo.com": (("/l/", _SEARCH),),
    "getpocket.com": (("/read/", _READER), ("/redirect", _LEAVING)),
    "instapaper.com": (("/read/", _READER),),
    "inoreader.com": (("/article/", _READER),),
    "feedly.com": (("/i/entry/", _READER),),
    "flipboard.com": (("/redirect", _LEAVING),),
    "t.me": (("/iv", _READER),),
    **dict.fromkeys(("list-manage.com", "mandrillapp.com"), (("/track/click", _CLICK),)),
    **dict.fromkeys(("hubspotlinks.com", "sendgrid.net"), (("/", _CLICK),)),
    "rs6.net": (("/tn.jsp", _CLICK),),
    "beehiiv.com": (("/ss/c", _CLICK),),
    "substack.com": (("/redirect", _CLICK),),
    "facebook.com": (("/l.php", _LEAVING),),
    "youtube.com": (("/redirect", _LEAVING),),
    "linkedin.com": (("/redir", _LEAVING), ("/safety/go", _LEAVING)),
    "vk.com": (("/away.php", _LEAVING),),
    "disq.us": (("/url", _LEAVING),),
    "steamcommunity.com": (("/linkfilter", _LEAVING),),
}
"""By the domain: where others' pages are shown or led to on hosts that have pages of their own, too."""


def is_shortener(url: Url) -> bool:
    """Whether a URL is a short link, by its host, and no page of the service itself."""
    host = url.host.removeprefix("www.")
    return (host in _SHORTENERS or host == "youtu.be") and _SHORT.fullmatch(url.path) is not None


@lru_cache(maxsize=4096)  # an archive links to few hosts
def may_hold_copies(host: str) -> bool:
    """Whether `copy_of` knows the host."""
    plain = host.removeprefix("www.")
    known = plain in (_ARCHIVES | _PROXIES | _FEEDS | _REDIRECTORS | _SHORTENERS) or plain == "web.archive.org"
    return (
        known
        or cache_of(host) is not None
        or ".ezproxy." in f".{host}"
        or _domain(host) in _PATHS
        or _GOOGLE.fullmatch(plain) is not None
        or host.endswith(tuple(suffix for suffix, _ in _SUFFIXES))
    )


def copy_of(link: str) -> str | None:
    """What a URL is in place of an article's own page, as in `a short link`; None for all others."""
    try:
        url = parse_url(link)
    except InvalidUrl:
        return None
    # The front page of such a host is its own.
    return None if url.path == "/" and not url.query else _by_host(url)


def _by_host(url: Url) -> str | None:
    """By the host, and by a path that such copies have there: the service's own pages, such as its help, are not copies."""
    host = url.host.removeprefix("www.")
    cache = cache_of(url.host)
    if cache is not None and not cache.retired and _CACHED.match(url.path):
        return f"a copy on the {cache.name}"
    if (host in _ARCHIVES and _ARCHIVED.match(url.path)) or (host == "web.archive.org" and url.path.startswith("/web/")):
        return ARCHIVED
    if is_shortener(url) and host != "youtu.be":
        return "a short link"
    if host in _REDIRECTORS and (url.query or _DEFENDED.match(url.path)):
        return "a redirect"
    if host in _FEEDS and "/~" in url.path:
        return "a redirect of a feed"
    if _is_proxied(url, host):
        return "a proxy's copy"
    for suffix, what in _SUFFIXES:
        if host.endswith(suffix):
            return what
    google = _GOOGLE.fullmatch(host)
    name = None if google is None else google[1] or ""
    paths = [(path, what) for of, path, what in _GOOGLE_PATHS if of == name]
    return next((what for path, what in (*paths, *_PATHS.get(_domain(host), ())) if _is_at(url, path)), None)


def _domain(host: str) -> str:
    """The last two parts of a host's name, which is what all of `_PATHS` are."""
    return ".".join(host.rsplit(".", 2)[-2:])


def _is_at(url: Url, path: str) -> bool:
    """Whether a URL names something below a path, or by a query there: the path alone is the service's own page."""
    plain = path.rstrip("/")
    return url.path.startswith(f"{plain}/") if url.path.rstrip("/") != plain else url.query != ""


def _is_proxied(url: Url, host: str) -> bool:
    if host in _PROXIES:
        return _PROXIED.search(f"{url.path}?{url.query}") is not None
    return ".ezproxy." in host or (host.startswith("ezproxy.") and "url=" in url.query)
