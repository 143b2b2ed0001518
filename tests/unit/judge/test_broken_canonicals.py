"""Which URLs that pages declare as canonical must not be written into an article, and why."""

import pytest

from linkcheck.judge import JudgeOptions
from linkcheck.judge.comparison.canonicals import why_broken
from linkcheck.model import FILE_START, Article, DeclaredCanonical, Evidence, Link, Location, Role, Verdict, VerdictKind

PAGE = "https://a.example/news/bridge"
THEIRS = "the URL that the page declares"
SECTION = f"{THEIRS} may be a section page"


def broken(ours: str, theirs: str, declared: DeclaredCanonical | None = None) -> str | None:
    ours, theirs = (each if "//" in each else f"https://a.example{each}" for each in (ours, theirs))
    link = Link(Location("a.md", FILE_START, "/webUrl"), Role.CANONICAL, ours)
    evidence = Evidence(Article("a.md"), declared_canonicals={} if declared is None else {theirs: declared})
    return why_broken(evidence, link, theirs, JudgeOptions(now="2026-11-22T12:00:00Z"))


@pytest.mark.parametrize(
    ("ours", "theirs", "why"),
    [
        ("/news/bridge", "/news/bridge", None),
        ("/news/bridge", "/news/bridge/", None),
        ("/news/bridge", "https://b.example/news/bridge", None),
        ("/news/bridge", "/", f"{THEIRS} is a home page"),
        ("/", "/", None),
        ("/news/bridge", "/tag/bridge", f"{THEIRS} is a list of articles"),
        ("/news/bridge", "/news/Archive", f"{THEIRS} is a list of articles"),
        ("/tag/bridge", "/tag/bridges", None),
        ("/news/local/bridge", "/news/local", SECTION),
        ("/news/local/bridge", "/news", SECTION),
        ("/news/bridge/amp", "/news/bridge", None),
        ("/news/bridge/amp/2", "/news/bridge", None),
        ("/news/bridge/amp/x", "/news/bridge", SECTION),
        ("/news/bridge-opens-today", "/politics", SECTION),
        ("/news/bridge", "/politics", None),
        ("/news/bridge", "/x/bridge", None),
        ("/a/b/bridge", "/bridge", None),
        ("/bridge/bridge", "/bridge", None),
        ("/news/bridge", "/news?p=1", None),
        ("/news/bridge", "/{{slug}}", f"{THEIRS} contains a placeholder that was not filled in"),
        ("/news/bridge", "/news/undefined", f"{THEIRS} contains a placeholder that was not filled in"),
        ("/news/bridge", "/news/bridge?id=null", f"{THEIRS} contains a placeholder that was not filled in"),
        ("/news/bridge", "/news/bridge?utm_source=a", f"{THEIRS} has tracking parameters"),
        (
            "/news/bridge",
            "/news/bridge?session_id=0F3A9C8D7E",
            f"{THEIRS} has the parameter `session_id` of one reader or session",
        ),
        (
            "/news/bridge",
            "/news/bridge;jsessionid=0F3A",
            f"{THEIRS} has the parameter `jsessionid` of one reader or session",
        ),
        (PAGE, "http://a.example/news/bridge", f"{THEIRS} uses http"),
        ("http://a.example/news/bridge", "http://a.example/news/bridge", None),
        ("/news/bridge", "https://localhost/news/bridge", "localhost is not a public host"),
        ("/news/bridge", "https://10.0.0.1/news/bridge", "10.0.0.1 is not a public host"),
        ("/news/bridge", "https://staging.a.example/bridge", "staging.a.example is a staging or preview host"),
        ("/news/bridge", "https://[/bridge", f"{THEIRS} cannot be read: its host is not a valid IPv6 address"),
        ("/news/bridge", f"https://web.archive.org/web/2020/{PAGE}", f"{THEIRS} is a copy in a web archive"),
    ],
)
def test_a_declared_url_is_broken_by_what_it_says(ours: str, theirs: str, why: str | None) -> None:
    assert broken(ours, theirs) == why


@pytest.mark.parametrize("kind", VerdictKind)
def test_a_declared_url_is_broken_by_its_verdict(kind: VerdictKind) -> None:
    is_bad = kind in (VerdictKind.DEAD, VerdictKind.SUSPECT, VerdictKind.UNREACHABLE)
    expected = f"{THEIRS} is {kind} (why)" if is_bad else None
    assert broken("/news/bridge", "/news/bridges", DeclaredCanonical(verdict=Verdict(kind, "why"))) == expected


@pytest.mark.parametrize(("pages", "why"), [(1, None), (2, "2 pages of a.example declare the same one")])
def test_a_url_that_several_pages_declare_is_broken(pages: int, why: str | None) -> None:
    assert broken("/news/bridge", "/news/bridges", DeclaredCanonical(pages=pages)) == why
