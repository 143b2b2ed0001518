"""The provider's domain differs from that of the URL.

What it means: the property that the schema relates to the URL (such as `provider.domain`) must contain the registrable
domain of the URL's host, by the Public Suffix List: `itpro.co.uk` for `www.itpro.co.uk`. It contains a different one.

Why it matters: articles are listed under the wrong provider, with its name and logo.

How to fix it: use the domain from the message, or check whether the URL is wrong.

When to ignore it: if the article was published on another company's site, and the provider is correct. It is info when
the domain is correct except for a subdomain (`www.example.com`), and when both domains seem to belong to one publisher:
the same name under another suffix (`example.de`, `example.com`), or one that contains the other. The rule stays quiet
for publishers that are known to have several domains, for platforms that publish for others (YouTube, Medium, LinkedIn,
MSN and the like), and when the URL redirects to the provider's domain.

Source: the Public Suffix List. The schema defines which property belongs to which URL.

Topics: urls

Example:
    webUrl: https://www.itpro.co.uk/a
    provider:
      domain: techradar.com
"""

import re
from collections.abc import Iterator

from linkcheck.judge.issue import Issue, issue_of, milder
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.url_traits.copy_hosts import copy_of
from linkcheck.model import Evidence, LinkResult, Role, RuleMetadata, Severity
from linkcheck.urls import InvalidUrl, parse_url, registrable_domain

META = RuleMetadata("LC316", "domain-differs", Severity.WARNING)

_PLATFORMS = frozenset(
    (
        *("youtube.com", "youtu.be", "youtube-nocookie.com", "vimeo.com", "dailymotion.com", "tiktok.com", "twitch.tv"),
        *("soundcloud.com", "spotify.com", "podbean.com", "buzzsprout.com", "libsyn.com", "anchor.fm", "rumble.com"),
        *("medium.com", "substack.com", "wordpress.com", "tumblr.com", "typepad.com", "livejournal.com", "ghost.io"),
        *(
            "hashnode.dev",
            "dev.to",
            "beehiiv.com",
            "blogger.com",
            "squarespace.com",
            "weebly.com",
            "wixsite.com",
            "notion.site",
        ),
        *("linkedin.com", "facebook.com", "instagram.com", "threads.net", "twitter.com", "x.com", "reddit.com", "t.me"),
        *("telegra.ph", "note.com", "ameblo.jp", "tistory.com", "naver.com", "weibo.com", "vk.com", "dzen.ru", "qq.com"),
        *("patreon.com", "ko-fi.com", "quora.com", "bsky.app", "mastodon.social", "pressreader.com", "apple.com"),
        *("prnewswire.com", "businesswire.com", "globenewswire.com", "webflow.io", "gitbook.io", "wixstudio.com"),
        *("msn.com", "yahoo.com", "aol.com", "apple.news", "smartnews.com", "newsbreak.com", "flipboard.com", "archive.org"),
        *(
            "google.com",
            "googleusercontent.com",
            "ampproject.org",
            "scribd.com",
            "issuu.com",
            "slideshare.net",
            "github.com",
        ),
    )
)
"""Domains that publish for others: the provider is the publisher there."""
_HOSTING = (
    ".blogspot.",
    ".github.io",
    ".gitlab.io",
    ".netlify.app",
    ".vercel.app",
    ".pages.dev",
    ".web.app",
    ".wordpress.com",
)
"""In the names of hosts that others are given, most of them public suffixes."""

_PUBLISHERS = (
    ("nytimes.com", "nyt.com", "newyorktimes.com"),
    ("washingtonpost.com", "wapo.com", "wapo.st"),
    ("bbc.co.uk", "bbc.com", "bbci.co.uk"),
    ("theguardian.com", "guardian.co.uk", "guardiannews.com", "theguardian.co.uk"),
    ("wsj.com", "wsj.net", "barrons.com", "marketwatch.com"),
    ("go.com", "abcnews.com", "abc.com", "espn.com"),
    ("nbcnews.com", "nbc.com", "today.com", "msnbc.com", "cnbc.com"),
    ("bloomberg.com", "businessweek.com", "bloomberglaw.com"),
    ("businessinsider.com", "insider.com"),
    ("huffpost.com", "huffingtonpost.com", "huffingtonpost.co.uk", "huffpost.co.uk"),
    ("dailymail.co.uk", "mailonline.com", "dailymail.com", "thisismoney.co.uk"),
    ("thetimes.co.uk", "thetimes.com", "timesonline.co.uk", "thesundaytimes.co.uk"),
    ("telegraph.co.uk", "thetelegraph.com"),
    ("ft.com", "financialtimes.com"),
    ("latimes.com", "lat.ms"),
    ("economist.com", "1843magazine.com", "theeconomist.com"),
    ("sueddeutsche.de", "sz.de", "sz-magazin.de"),
    ("faz.net", "faz.de", "faznet.de"),
    ("spiegel.de", "manager-magazin.de", "spiegel.international"),
    ("tagesschau.de", "ard.de", "daserste.de"),
    ("zdf.de", "heute.de", "zdfheute.de"),
)
"""Domains of one publisher whose names do not show it."""
_LEAST_CONTAINED = 5
_FILLERS = re.compile(r"^the-?|-")

_LONGEST_SUFFIX_LABEL = 3
_PLAIN = re.compile(r"[^.]+\.(?:[^.]+|(?:ac|co|com|edu|gov|net|ne|or|org)\.[a-z]{2})")
"""A domain of two labels, or of three where the last two are a suffix such as `co.uk`."""


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for result in evidence.results:
        claim = result.link.wants.domain
        host = result.target.host
        if claim is None or not isinstance(claim.value, str) or not host or _plainly_right(claim.value, host):
            continue
        if result.link.role is Role.ARCHIVE:
            continue  # archives have copies of the pages of all domains
        right = None if _is_platform(host) else registrable_domain(host)
        named = _host_of(claim.value)
        if right is None or right == named or copy_of(result.link.url) is not None:
            continue
        domain = registrable_domain(named) or named
        if _end_of(result) == domain or any(right in each and domain in each for each in _PUBLISHERS):
            continue
        issue = issue_of(
            result.link,
            f"the domain of the URL's host {host} is {right}, not {claim.value[:200]!r}",
            f"Use {right}, or check whether the URL is wrong.",
            at=claim.location,
            domain=right,
        )
        yield milder(issue, Severity.INFO) if domain == right or _is_alike(domain, right) else issue


def _host_of(domain: str) -> str:
    """A domain as hosts are written: in lower case, an international one in its ASCII form."""
    text = domain.strip()
    try:
        return parse_url(f"https://{text}/").host
    except InvalidUrl:
        return text.lower()


def _is_alike(one: str, other: str) -> bool:
    """Whether two domains have one name, or one contains the other's: `gazette.de`, `gazette.com`, `the-gazette.net`."""
    shorter, longer = sorted((_FILLERS.sub("", each.partition(".")[0]) for each in (one, other)), key=len)
    return shorter == longer or (len(shorter) >= _LEAST_CONTAINED and shorter in longer)


def _is_platform(host: str) -> bool:
    within = f".{host}"
    return any(part in within for part in _HOSTING) or ".".join(host.split(".")[-2:]) in _PLATFORMS or ".yahoo." in within


def _end_of(result: LinkResult) -> str | None:
    """The domain that redirects lead to."""
    answer = result.outcome.answer if result.outcome is not None and result.outcome.hops else None
    try:
        return None if answer is None else registrable_domain(parse_url(answer.url).host)
    except InvalidUrl:
        return None


def _plainly_right(domain: str, host: str) -> bool:
    """Whether a glance is enough, as for nearly all: reading the Public Suffix List takes longer than all other rules.

    `com.au` and `co.uk` are recognized by their short first label; `example.com` cannot be a suffix.
    """
    if host not in (domain, f"www.{domain}") and not host.endswith(f".{domain}"):
        return False
    first = domain.partition(".")[0]
    return len(first) > _LONGEST_SUFFIX_LABEL and _PLAIN.fullmatch(domain) is not None
