"""A made-up press: what its articles say, and the pages that say the same. Both follow from the number of a story.

A story is at one of the hosts; its page has a title, a canonical URL, a date, Open Graph and JSON-LD, and 20 to 60 KB. Some
stories have an AMP page. An article of the archive holds one story and names others as related.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from hosts import NEWS_ZONE, name_of

RELATED = 12
WITH_AMP = 7
"""Of an article and its related ones, which makes 20 pages an article."""
PAGES = 1 + RELATED + WITH_AMP

_WHO = (
    *("Regulator", "Parliament", "City council", "Appeal court", "Research group", "Software maker"),
    *("Police force", "Hospital", "University", "Chip maker", "Data authority", "Labor union", "Airline", "Bank"),
    *("Broadcaster", "Charity", "Carmaker", "Energy firm", "Retailer", "School board", "Tax office", "Telecom firm"),
    *("Museum", "Port authority"),
)
_DOES = (
    *("questions", "defends", "adopts", "postpones", "reviews", "bans", "expands", "measures"),
    *("publishes", "explains", "doubts", "funds", "tests", "limits", "welcomes", "audits"),
)
_WHAT = (
    *("facial recognition", "license plate cameras", "automated hiring", "traffic forecasts", "speech recognition"),
    *("medical imaging", "credit scores", "recommendation feeds", "exam grading", "crop forecasts", "fraud detection"),
    *("translation software", "delivery robots", "smart meters", "voice assistants", "drone inspections", "weather models"),
    *("chat assistants", "image archives", "driver assistance", "risk assessments", "body scanners", "news summaries"),
    "route planning",
)
_WHERE = (
    *("Bristol", "Lyon", "Porto", "Gdansk", "Turin", "Ghent", "Malmo", "Graz", "Leeds", "Basel"),
    *("Osaka", "Boston", "Denver", "Toronto", "Perth", "Durban", "Quito", "Busan", "Cork", "Bergen"),
)
_TITLES = len(_WHO) * len(_DOES) * len(_WHAT) * len(_WHERE)
_STEP = 100_003
"""No divisor of the number of titles: neighbors have little in common, and no title comes twice before all have come."""
_FIRST = datetime(2024, 1, 2, 6, tzinfo=UTC)
_PARAGRAPH = (
    "The decision follows a consultation of several months in which residents, companies and experts sent their comments. "
    "Those responsible say that the results are public, and that an independent body will review the figures once a year. "
    "Critics want clear limits on how long records are kept, who has access, and how a person can object to a mistake. "
)


class Story(NamedTuple):
    number: int
    domain: str
    paper: str
    title: str
    excerpt: str
    published: str
    path: str

    def page(self, scheme: str = "http") -> str:
        return f"{scheme}://{self.domain}{self.path}"

    def amp(self, scheme: str = "http") -> str | None:
        return f"{scheme}://{self.domain}/amp{self.path}" if self.number % (1 + RELATED) < WITH_AMP else None


def story(number: int, hosts: int) -> Story:
    rest, who = divmod(number * _STEP % _TITLES, len(_WHO))
    rest, does = divmod(rest, len(_DOES))
    where, what = divmod(rest, len(_WHAT))
    title = f"{_WHO[who]} {_DOES[does]} {_WHAT[what]} in {_WHERE[where]}"
    excerpt = f"A report on {_WHAT[what]} in {_WHERE[where]} names costs, errors and safeguards, and what comes next."
    at = (_FIRST + timedelta(minutes=7 * number)).isoformat()[:19]
    host = number % hosts
    path = f"/{at[:10].replace('-', '/')}/{title.lower().replace(' ', '-')}-{number}.html"
    return Story(number, name_of(host, NEWS_ZONE), f"The {host} Gazette", title, excerpt, f"{at}Z", path)


# The archive


def stories_of(article: int, hosts: int) -> list[Story]:
    """The story of an article, then the related ones."""
    first = article * (1 + RELATED)
    return [story(number, hosts) for number in range(first, first + 1 + RELATED)]


def urls_of(article: int, hosts: int) -> Iterator[str]:
    for each in stories_of(article, hosts):
        yield each.page()
        if (amp := each.amp()) is not None:
            yield amp


def article_of(article: int, hosts: int) -> str:
    """An article of 9 KB whose links lead to the pages of `urls_of`, and nowhere else."""
    own, *related = stories_of(article, hosts)
    return _article(own, related, paragraphs=4)


def rich_article_of(article: int, hosts: int) -> str:
    """An article of 10 KB with 31 links, as the web has them: over https, to pages, AMP pages, AMP caches and images."""
    own, *related = stories_of(article, hosts)
    return _article(own, related[: WITH_AMP - 1], paragraphs=8, scheme="https")


def _article(own: Story, related: Sequence[Story], *, paragraphs: int, scheme: str = "http") -> str:
    lines = ["---", "category: news", *_lines(own, scheme, images=3), f'originalUrl: "{own.page(scheme)}"']
    lines += ["heat: 189", "published: true", "topics:", "  - Computer Vision", "  - AI", "related:"]
    for each in related:
        first, *others = _lines(each, scheme, images=1)
        lines += [f"  - {first}", *(f"    {line}" for line in others)]
    return "\n".join([*lines, "---", "", *[_PARAGRAPH + "\n"] * paragraphs])


def _lines(story: Story, scheme: str, images: int) -> Iterator[str]:
    yield f'title: "{story.title}"'
    yield f'excerpt: "{story.excerpt} {_PARAGRAPH[:116]}"'
    yield f"publishedDateTime: {story.published}"
    yield f'webUrl: "{story.page(scheme)}"'
    if (amp := story.amp(scheme)) is not None:
        yield f'ampWebUrl: "{amp}"'
    yield "type: article"
    yield from ("provider:", f"  name: {story.paper}", f"  domain: {story.domain}")
    yield f"quality: {story.number % 90}"
    if scheme == "https":
        cache = story.domain.replace("-", "--").replace(".", "-")
        yield f'cdnAmpWebUrl: "https://{cache}.cdn.ampproject.org/c/s/{story.domain}/amp{story.path}"'
        yield "images:"
        for which in range(images):
            yield f'  - url: "https://{story.domain}/images{story.path[:-5]}-{which}.jpg"'
            yield from ("    width: 1200", "    height: 675", "    isCached: true")


# The web

_STYLE = b"<style>" + b".story-body{margin:0 auto;max-width:44rem;font:1rem/1.6 serif}" * 40 + b"</style>"
_SCRIPTS = b"".join(b'<script async src="/static/js/chunk-%d.js"></script>' % each for each in range(12))
_AMP = (
    b'<script async src="https://cdn.ampproject.org/v0.js"></script><style amp-boilerplate>body{animation:none}</style>'
    b"<style amp-custom>" + b".story-body{margin:0 auto;max-width:44rem}" * 40 + b"</style>"
)
_NAVIGATION = b"</head><body><nav><ul>" + b'<li><a href="/section">Section of the paper</a></li>' * 30 + b"</ul></nav>"
_TEXTS = tuple(
    f"<p>{_PARAGRAPH}</p>".encode() * (size * 1_000 // (len(_PARAGRAPH) + 7)) + b"</article></main></body></html>"
    for size in (14, 19, 24, 30, 36, 42, 48, 54)
)


def answer(start: bytes, hosts: int) -> Sequence[bytes] | None:
    """The parts of the response to `GET /amp/2024/01/02/...-17.html`; None if there is no such page."""
    path = start.split(b" ", 1)[1].decode("ascii", "replace")
    number = path[path.rfind("-") + 1 : -5]
    if not number.isdecimal():
        return None
    told, is_amp = story(int(number), hosts), path.startswith("/amp/")
    if path.removeprefix("/amp") != told.path or (is_amp and told.amp() is None):
        return None
    text = _TEXTS[told.number // 2 % len(_TEXTS)]
    page = (_head_of(told, is_amp=is_amp), _AMP if is_amp else _STYLE, _SCRIPTS, _NAVIGATION, _top_of(told), text)
    length = sum(map(len, page))
    return (b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % length, *page)


def _head_of(story: Story, *, is_amp: bool) -> bytes:
    url, amp = story.page(), None if is_amp else story.amp()
    amphtml = "" if amp is None else f'<link rel="amphtml" href="{amp}">'
    return (
        f'<!doctype html><html {"amp " if is_amp else ""}lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,minimum-scale=1">'
        f"<title>{story.title} | {story.paper}</title>"
        f'<meta name="description" content="{story.excerpt}"><link rel="canonical" href="{url}">{amphtml}'
        f'<meta property="og:type" content="article"><meta property="og:title" content="{story.title}">'
        f'<meta property="og:url" content="{url}"><meta property="og:site_name" content="{story.paper}">'
        f'<meta property="og:description" content="{story.excerpt}">'
        f'<meta property="article:published_time" content="{story.published}">'
        f'<script type="application/ld+json">{{"@context":"https://schema.org","@type":"NewsArticle",'
        f'"headline":"{story.title}","datePublished":"{story.published}","dateModified":"{story.published}",'
        f'"mainEntityOfPage":"{url}","description":"{story.excerpt}",'
        f'"author":[{{"@type":"Person","name":"A. Writer"}}],'
        f'"publisher":{{"@type":"Organization","name":"{story.paper}"}}}}</script>'
    ).encode()


def _top_of(story: Story) -> bytes:
    time = f'<time datetime="{story.published}">{story.published[:10]}</time>'
    return f'<main><article><h1>{story.title}</h1><p class="byline">By A. Writer, {time}</p>'.encode()
