"""Pages with titles, and the findings for an article that links to one."""

from typing import Any

from linkcheck.judge import JudgeOptions, judge, verdict, vouched
from linkcheck.model import (
    Answer,
    Article,
    Evidence,
    Hop,
    Json,
    Link,
    LinkResult,
    Location,
    Outcome,
    PageFacts,
    Probe,
    Role,
    Span,
    Target,
)

OLD = "https://gazette.example/2016/05/01/council-opens-harbour-bridge"
TITLE = "City council opens new harbour bridge after four years"


def outcome_of(url: str, title: str | None, *to: str, status: int = 301, **facts: Any) -> Outcome:
    """The outcome of a URL that redirects to the others in order; the last one returns a page with the title."""
    urls = (url, *to)
    hops = tuple(Hop(each, status, end) for each, end in zip(urls, to, strict=False))
    return Outcome(url, Probe.PAGE, Answer(200, urls[-1], "text/html", page=PageFacts(title=title, **facts)), hops=hops)


def codes(outcome: Outcome, role: Role = Role.LINK, title: str = TITLE, **keys: Json) -> list[str]:
    """The codes of the findings for an article with a title that links to the page."""
    article = Article(
        path="a.md", data={"title": title, "url": outcome.url, **keys}, lines=("---", "title: x", "url: x", "---")
    )
    link = Link(Location("a.md", Span(3, 6, 3, 20), "/url"), role, outcome.url)
    cleared = vouched(outcome, [(article, link)], JudgeOptions()) or outcome
    result = LinkResult(link, Target(outcome.url, Probe.PAGE, "gazette.example"), verdict(cleared), outcome=cleared)
    return [finding.code for finding in judge(Evidence(article, results=(result,)), JudgeOptions())]
