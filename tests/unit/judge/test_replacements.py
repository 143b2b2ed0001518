"""Whether a URL from a response may be written, and the reason that is told."""

from typing import Any

import pytest

from linkcheck.judge import JudgeOptions
from linkcheck.judge.comparison.replacements import fix_of_image, fix_of_move, is_unwanted, issue_of_move
from linkcheck.judge.url_traits.redirect_chain import move_of
from linkcheck.model import FailureKind, FixKind, ImageFacts, LinkResult, PageFacts, Role

OPTIONS = JudgeOptions(now="2026-11-22T12:00:00Z")
A = "https://a.example"
TITLE = "Council opens rebuilt harbour bridge after seven years"
SAFE, UNSAFE = FixKind.SAFE, FixKind.UNSAFE


def moved(build: Any, old: str, new: str, role: Role = Role.CANONICAL, **more: Any) -> LinkResult:
    """A link that is redirected from one URL of a site to another."""
    old, new = (each if "//" in each else f"{A}{each}" for each in (old, new))
    page = None if role is Role.IMAGE else more.pop("page", PageFacts())
    link: LinkResult = build.answer(
        role, old, more.pop("status", 200), via=more.pop("via", (301,)), to=(new,), page=page, **more
    )
    return link


def fix(build: Any, result: LinkResult, *others: LinkResult, data: dict[str, Any] | None = None) -> tuple[Any, ...] | None:
    assert result.outcome is not None
    assert result.outcome.answer is not None
    evidence = build.evidence(result, *others, data=data)
    found = fix_of_move(evidence, result.link, result.outcome, result.outcome.answer.url, OPTIONS)
    return None if found is None else (found.kind, found.reason)


@pytest.mark.parametrize(
    ("old", "new", "more", "expected"),
    [
        pytest.param("http://a.example/b", "/b", {}, (SAFE, "the same URL except for https instead of http"), id="https"),
        pytest.param("/b?utm_source=x", "/b", {}, (SAFE, "the same URL except for tracking parameters"), id="tracking"),
        pytest.param("/b", "/c", {"status": 404}, (UNSAFE, "it returns status 404"), id="a page that is gone"),
        pytest.param("/b", "https://c.example/b", {}, (UNSAFE, "the new URL is on another domain, c.example"), id="domain"),
        pytest.param("/b", "https://a.example:8443/b", {}, (UNSAFE, "the port changes"), id="port"),
        pytest.param("/b", "https://a.example./b", {}, (UNSAFE, "the host in the new URL ends with a dot"), id="a dot"),
        pytest.param(
            "/b", "/b;jsessionid=1A", {}, (UNSAFE, "the new URL may contain a session ID"), id="a session in the path"
        ),
        pytest.param("/b", "/(S(lit3py55))/b", {}, (UNSAFE, "the new URL may contain a session ID"), id="one of ASP.NET"),
        pytest.param("/b", "/c?id=4711", {}, (UNSAFE, "the new URL has other query parameters"), id="another query"),
        pytest.param(
            "/b",
            "/c",
            {"locations": ("/c\\d",)},
            (UNSAFE, "a redirect's Location header is malformed, and clients may interpret it differently"),
            id="a malformed Location",
        ),
        pytest.param(
            "/b?id=4711",
            "/b",
            {},
            (UNSAFE, "the new URL lacks a parameter that may select the page"),
            id="a parameter is dropped",
        ),
        pytest.param(
            "/The-Harbour-Bridge-Opens",
            "/the-harbour-bridge-opens",
            {},
            (SAFE, "the same URL except for upper and lower case, according to the server"),
            id="case of a slug",
        ),
        pytest.param("/aB3", "/Ab3", {}, (UNSAFE, "the last path segment changes from 'aB3' to 'Ab3'"), id="case of an id"),
        pytest.param(
            "/~ann/b", "/~bob/b", {}, (UNSAFE, "the new URL may belong to another user of the site"), id="another user"
        ),
        pytest.param(
            "/b/c",
            "/d/c",
            {"page": PageFacts(refresh=f"{A}/e", refresh_seconds=0)},
            (UNSAFE, f"the new page forwards to {A}/e"),
            id="a page that forwards",
        ),
        pytest.param("/b/c", "/en/", {}, (UNSAFE, "the new URL is a home page"), id="a home page"),
        pytest.param(
            "/b/c",
            "https://shop.a.example/b/d",
            {},
            (UNSAFE, "the new URL is on another host, shop.a.example"),
            id="another host",
        ),
        pytest.param(
            "/b/c",
            "/d/c",
            {"page": PageFacts(canonicals=(f"{A}/e/c",))},
            (UNSAFE, f"the new page declares a different canonical URL, {A}/e/c"),
            id="another canonical URL",
        ),
        pytest.param(
            "/b/c", "/d/c", {"page": PageFacts(is_amp=True)}, (UNSAFE, "the new page is an AMP page"), id="an AMP page"
        ),
        pytest.param("/b/c/d", "/b", {}, (UNSAFE, "the new URL may be a section page"), id="a folder above"),
        pytest.param("/b/c", "/e", {}, (UNSAFE, "the new URL may be a section page"), id="a word of its own"),
        pytest.param(
            "/b/c/d",
            "/b/e",
            {},
            (UNSAFE, "the last path segment changes from 'd' to 'e'"),
            id="a shorter path that is not above",
        ),
        pytest.param(
            "/b/c", "/b/d", {}, (UNSAFE, "the last path segment changes from 'c' to 'd'"), id="a path of the same length"
        ),
        pytest.param(
            "/b/c",
            "/d/c/",
            {},
            (UNSAFE, "only the last path segment 'c' shows that it is the same page"),
            id="the same name elsewhere",
        ),
        pytest.param("/b/c?p=2&q=1", "/d/c?q=1", {}, (UNSAFE, "the query changes"), id="the same name with less query"),
    ],
)
def test_a_new_url_is_written_or_not_for_one_reason(
    build: Any, old: str, new: str, more: dict[str, Any], expected: tuple[FixKind, str]
) -> None:
    assert fix(build, moved(build, old, new, **more)) == expected


def test_a_new_url_is_never_written_if_it_is_advertising_on_another_site(build: Any) -> None:
    spam = PageFacts(title="Slot gacor maxwin")
    assert fix(build, moved(build, "/b", "https://c.example/b", page=spam)) is None
    assert fix(build, moved(build, "/b", "/c", page=spam)) is not None


def test_a_new_url_without_a_response_is_not_written(build: Any) -> None:
    result = build.failure(FailureKind.TIMEOUT, "connect", url=f"{A}/b")
    found = fix_of_move(build.evidence(result), result.link, result.outcome, f"{A}/c", OPTIONS)
    assert found is not None
    assert (found.kind, found.reason) == (UNSAFE, "the new URL did not respond")


def test_a_new_url_that_a_script_selects_is_not_written(build: Any) -> None:
    result = moved(build, "/b", "/c")
    assert result.outcome is not None
    found = fix_of_move(build.evidence(result), result.link, result.outcome, f"{A}/c#/d", OPTIONS)
    assert found is not None
    assert found.reason == "a script selects the new page by its fragment, so it was not checked"


@pytest.mark.parametrize("status", [200, 299, 304])
def test_redirects_through_another_domain_are_told(build: Any, status: int) -> None:
    through = build.answer(
        url=f"{A}/b", status=status, via=(301, 301), to=("https://c.example/", f"{A}/d"), page=PageFacts()
    )
    assert fix(build, through) == (UNSAFE, "the redirects lead through another domain, c.example")


def test_a_page_that_declares_the_articles_canonical_url_is_the_articles(build: Any) -> None:
    canonical = build.answer(url=f"{A}/news/bridge", page=PageFacts())
    original = moved(build, "/b/4", "/c/5", Role.ORIGINAL, page=PageFacts(canonicals=(f"{A}/news/bridge",)))
    expected = (SAFE, "the same domain, and the new page declares the article's canonical URL")
    assert fix(build, original, canonical) == expected
    of_another = build.answer(url=f"{A}/news/bridge", page=PageFacts(), pointer="/related/0/webUrl")
    told = (UNSAFE, f"the new page declares a different canonical URL, {A}/news/bridge")
    assert fix(build, original, of_another) == told


def test_a_page_behind_a_temporary_redirect_shows_nothing_of_the_one_before(build: Any) -> None:
    canonical = build.answer(url=f"{A}/news/bridge", page=PageFacts())
    page = PageFacts(canonicals=(f"{A}/news/bridge",))
    original = build.answer(Role.ORIGINAL, f"{A}/b/4", via=(301, 302), to=(f"{A}/c/5", f"{A}/c/6"), page=page)
    found = fix_of_move(build.evidence(original, canonical), original.link, original.outcome, f"{A}/c/5", OPTIONS)
    assert found is not None
    assert found.kind is UNSAFE


@pytest.mark.parametrize(
    ("role", "pointer", "kind"),
    [
        (Role.CANONICAL, "/webUrl", SAFE),
        (Role.LINK, "/website", UNSAFE),
        (Role.LINK, "/related/0/url", SAFE),
    ],
    ids=["its own page", "a page that it mentions", "an entry"],
)
def test_a_title_shows_that_a_page_is_that_of_its_object(build: Any, role: Role, pointer: str, kind: FixKind) -> None:
    page = PageFacts(title=TITLE, canonicals=(f"{A}/news/council-opens-the-harbour-bridge-1234567",))
    result = moved(
        build,
        "/old/council-opens-the-harbour-bridge-1234567",
        "/news/council-opens-the-harbour-bridge-1234567",
        role,
        page=page,
        pointer=pointer,
    )
    found = fix(build, result, data={"title": TITLE, "related": [{"title": TITLE}]})
    assert found is not None
    assert found[0] is kind


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("/b/c.jpg", "/d/e.jpg", "the last path segment changes from 'c.jpg' to 'e.jpg'"),
        ("/b/c.jpg?w=2&v=3", "/d/c.jpg?v=3", "the query changes"),
        ("/b/c.jpg", "https://img.a.example/b/c.jpg", "the same domain and path"),
        ("/b/c.jpg", "/blurred/b/c.jpg", "the new URL may lead to a different version: it adds 'blur'"),
        ("/b/c.jpg", "/d/b/c.jpg", "the same domain and file name"),
        ("/d/b/c.jpg", "/b/c.jpg", "the same domain and file name"),
        ("/c.jpg", "/d/c.jpg", "other images may have the name 'c.jpg' too"),
        ("/b/c.jpg", "/d/c.jpg", "other images may have the name 'c.jpg' too"),
        ("/b/harbour-bridge-opening.jpg", "/d/harbour-bridge-opening.jpg", "the same domain and file name"),
        ("/b/harbour-bridge-2.jpg", "/d/harbour-bridge-2.jpg", "other images may have the name 'harbour-bridge-2.jpg' too"),
        ("/b/harbour-bridge-image.jpg", "/d/harbour-bridge-image.jpg", "other images may have the name"),
        ("/b/12345678.jpg", "/d/12345678.jpg", "the same domain and file name"),
        ("/b/1234567.jpg", "/d/1234567.jpg", "other images may have the name '1234567.jpg' too"),
        ("/b/20210630.jpg", "/d/20210630.jpg", "other images may have the name '20210630.jpg' too"),
        ("/b/30062021.jpg", "/d/30062021.jpg", "other images may have the name '30062021.jpg' too"),
        ("/b/abcdef012345.jpg", "/d/abcdef012345.jpg", "the same domain and file name"),
        ("/b/abcdef01234.jpg", "/d/abcdef01234.jpg", "other images may have the name 'abcdef01234.jpg' too"),
        (
            "/2021/06/30/harbour-bridge-opening.jpg",
            "/2020/06/30/harbour-bridge-opening.jpg",
            "other images may have the name 'harbour-bridge-opening.jpg' too",
        ),
    ],
)
def test_an_image_is_known_by_its_path_or_a_name_that_few_have(build: Any, old: str, new: str, reason: str) -> None:
    found = fix(build, moved(build, old, new, Role.IMAGE, image=ImageFacts("jpeg", 300, 200)))
    assert found is not None
    assert found[1].startswith(reason)
    assert (found[0] is SAFE) is reason.startswith("the same domain")


@pytest.mark.parametrize(
    ("new", "declared", "kind"),
    [
        ("/d/b/c.jpg", (300, 200), SAFE),
        ("/d/b/c.jpg", (300, None), UNSAFE),
        ("/d/b/c.jpg", (None, 200), UNSAFE),
        ("/d/b/c.jpg", (600, 400), UNSAFE),
        ("/d/b/c.jpg", (301, 200), UNSAFE),
        ("https://img.a.example/b/c.jpg", (None, None), SAFE),
        ("https://img.a.example/b/c.jpg", (600, 400), SAFE),
        ("https://img.a.example/b/c.jpg", (1200, 800), UNSAFE),
        ("https://img.a.example/b/c.jpg", (200, 300), UNSAFE),
        ("https://img.a.example/b/c.jpg", (300, 100), UNSAFE),
        ("https://img.a.example/b/c.jpg", (300, None), SAFE),
    ],
)
def test_the_declared_size_shows_whether_a_moved_image_is_the_same(
    build: Any, new: str, declared: tuple[int | None, int | None], kind: FixKind
) -> None:
    sides = zip(("width", "height"), declared, strict=True)
    wants = {name: side for name, side in sides if side is not None}
    result = moved(build, "/b/c.jpg", new, Role.IMAGE, image=ImageFacts("jpeg", 300, 200), wants=wants)
    fixed = issue(build, result).fix
    assert fixed is not None
    assert fixed.kind is kind


def issue(build: Any, result: LinkResult) -> Any:
    assert result.outcome is not None
    move = move_of(result.outcome)
    assert move is not None
    return issue_of_move(build.evidence(result), result.link, result.outcome, move, options=OPTIONS, message="it moved")


def test_what_is_told_of_a_move(build: Any) -> None:
    found = issue(build, moved(build, "/b/c", "/d/e"))
    assert (found.message, found.hint, found.facts) == (
        "it moved",
        "Update the URL.",
        {"status": 301, "hops": 1, "expected": f"{A}/d/e"},
    )
    downgrade = issue(build, moved(build, "/b/c", "http://a.example/d/e"))
    assert downgrade.hint == "On your own host, correct the redirect: it leads from https to http."
    assert downgrade.fix is None
    assert downgrade.facts == {"status": 301, "hops": 1}
    search = issue(build, moved(build, "/b/c", "/search?q=c"))
    assert search.message == "it moved, a search page"
    assert search.fix is None
    assert issue(build, moved(build, "/search/b", "/suche")).message == "it moved, a search page"
    assert issue(build, moved(build, "/search", "/suche")).message == "it moved"
    circle = issue(build, moved(build, "/b/c", "/d/e", page=PageFacts(canonicals=(f"{A}/b/c",))))
    assert circle.message == "it moved, which declares the old URL as its canonical URL"
    assert circle.facts == {"status": 301, "hops": 1, "final_url": f"{A}/d/e"}
    unwanted = issue(build, moved(build, "/b/c", "https://c.example/", page=PageFacts(title="Slot gacor maxwin")))
    assert unwanted.hint is not None
    assert unwanted.hint.startswith("Open the new page: it may be advertising")
    assert "expected" not in unwanted.facts


@pytest.mark.parametrize(
    ("new", "status", "is_so"),
    [
        ("https://c.example/", 200, True),
        ("https://c.example/", 299, True),
        ("https://c.example/", 300, False),
        ("https://c.example/", 404, False),
        ("/d", 200, False),
    ],
)
def test_advertising_is_unwanted_on_another_site(build: Any, new: str, status: int, *, is_so: bool) -> None:
    outcome = moved(build, "/b/c", new, status=status, page=PageFacts(title="Slot gacor maxwin")).outcome
    assert outcome is not None
    assert outcome.answer is not None
    assert is_unwanted(outcome, outcome.answer.url) is is_so


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("/b/c.jpg?utm_source=x", "/b/c.jpg", None),
        ("/b/c.jpg", "https://img.a.example/b/c.jpg", None),
        ("/b/c.jpg", "/d/b/c.jpg", f"the image may be a different one: it is redirected to {A}/d/b/c.jpg"),
        ("/b/c.jpg", "/d/e.jpg", "the image may be a placeholder: the last path segment changes from 'c.jpg' to 'e.jpg'"),
    ],
)
def test_a_redirected_image_may_be_another_one(build: Any, old: str, new: str, reason: str | None) -> None:
    result = moved(build, old, new, Role.IMAGE, image=ImageFacts("jpeg", 300, 200))
    assert result.outcome is not None
    found = fix_of_image(build.evidence(result), result.link, result.outcome, OPTIONS)
    assert (found and found.reason) == reason


def test_the_size_does_not_hide_why_an_image_may_be_another(build: Any) -> None:
    fixed = issue(build, moved(build, "/b/c.jpg", "/d/e.jpg", Role.IMAGE, image=ImageFacts("jpeg", 300, 200))).fix
    assert fixed is not None
    assert fixed.reason == "the last path segment changes from 'c.jpg' to 'e.jpg'"


def test_what_is_no_image_does_not_replace_one(build: Any) -> None:
    fixed = issue(build, moved(build, "/b/c.jpg", "https://img.a.example/b/c.jpg", Role.IMAGE)).fix
    assert fixed is not None
    assert (fixed.kind, fixed.reason) == (UNSAFE, "the new URL does not lead to an image")


def test_an_image_that_is_not_redirected_is_the_intended_one(build: Any) -> None:
    for status, reason in ((200, None), (404, "it returns status 404")):
        result = build.answer(Role.IMAGE, f"{A}/b.jpg", status, image=ImageFacts("jpeg", 300, 200))
        found = fix_of_image(build.evidence(result), result.link, result.outcome, OPTIONS)
        assert (found and found.reason) == reason
