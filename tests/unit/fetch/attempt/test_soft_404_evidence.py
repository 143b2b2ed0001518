"""Which pages look missing, and what a made-up page shows of them: by value."""

import asyncio
import random

import pytest

from linkcheck.fetch.attempt.soft_404 import (
    NotFoundBehavior,
    compared,
    evidence,
    folder_of,
    is_worth_a_neighbor,
    looks_missing,
    nonexistent_target,
    random_name,
)
from linkcheck.model import Answer, Failure, FailureKind, Hop, Outcome, PageFacts, Probe, Target

SITE = "https://a.example"
PAGE = f"{SITE}/news/2021/hall"
MISSING = PageFacts(title="Page not found")
PLAIN = PageFacts(title="The market hall")
LOST = Outcome(PAGE, Probe.PAGE, failure=Failure(FailureKind.TIMEOUT, "total", "x"))


def page(
    facts: PageFacts | None,
    *,
    at: str = PAGE,
    status: int = 200,
    to: str | None = None,
    hop: int = 302,
    challenge: str | None = None,
) -> Outcome:
    hops = () if to is None else (Hop(at, hop, to),)
    return Outcome(at, Probe.PAGE, answer=Answer(status, to or at, page=facts, challenge=challenge), hops=hops)


@pytest.mark.parametrize(
    ("outcome", "looks"),
    [
        pytest.param(LOST, False, id="no answer"),
        pytest.param(page(None), False, id="no page"),
        pytest.param(page(PLAIN), False, id="an ordinary page"),
        pytest.param(page(MISSING), True, id="by its title"),
        pytest.param(page(MISSING, status=299), True, id="any success"),
        pytest.param(page(MISSING, status=300), False, id="no success"),
        pytest.param(page(MISSING, status=404), False, id="a proper error"),
        pytest.param(page(MISSING, challenge="a captcha"), False, id="a wall"),
        pytest.param(page(PageFacts(og_title="Page not found")), True, id="by its Open Graph title"),
        pytest.param(page(PageFacts(title="Hall", og_title="Page not found")), False, id="the title goes first"),
        pytest.param(page(PageFacts(title="Hall", heading="Error 404")), True, id="by its heading"),
        pytest.param(page(PageFacts(title="The page you requested was not found on this site")), True, id="in a sentence"),
        pytest.param(page(PageFacts(title="Nothing found")), True, id="a notice"),
        pytest.param(page(PLAIN, to=f"{SITE}/"), True, id="redirected to the home page"),
        pytest.param(page(PLAIN, to=f"{SITE}/news?a=/b/c"), True, id="redirected to a section"),
        pytest.param(page(PLAIN, to=f"{SITE}/a/b"), False, id="redirected to another page"),
        pytest.param(page(PLAIN, to=f"{SITE}/#/news/hall"), False, id="redirected to a page that a script shows"),
        pytest.param(page(PLAIN, to=f"{SITE}/#top"), True, id="redirected to a place of the home page"),
        pytest.param(page(PLAIN, at=f"{SITE}/news", to=f"{SITE}/"), False, id="a section redirected to the home page"),
        pytest.param(
            Outcome(PAGE, Probe.PAGE, answer=Answer(200, f"{SITE}/", page=PLAIN), hops=(Hop(PAGE, 302, None),)),
            True,
            id="a redirect without its location",
        ),
        pytest.param(Outcome(PAGE, Probe.PAGE, answer=Answer(200, f"{SITE}/", page=PLAIN)), False, id="no redirect"),
    ],
)
def test_which_pages_look_missing(outcome: Outcome, looks: bool) -> None:  # noqa: FBT001
    assert looks_missing(outcome) is looks


def test_a_made_up_page_is_of_the_same_host() -> None:
    target = Target(f"{SITE}:8443/a/b/c?d", Probe.IMAGE, "a.example")
    fixed = "linkcheck-0000000000000000"
    assert nonexistent_target(target) == Target(f"{SITE}:8443/{fixed}", Probe.PAGE, "a.example")
    assert nonexistent_target(target, folder="/a/").url == f"{SITE}:8443/a/{fixed}"
    made = nonexistent_target(target, random.Random(1), folder="/a/").url
    assert random_name(made) == made.rpartition("/")[2] != fixed


@pytest.mark.parametrize(
    ("url", "folder"),
    [
        (f"{SITE}/a/b/", "/a/"),
        (f"{SITE}/a/b?c=/d/", "/a/"),
        (f"{SITE}/a", "/"),
        (SITE, "/"),
        (f"{SITE}/{'a' * 298}/b", f"/{'a' * 298}/"),
        (f"{SITE}/{'a' * 299}/b", "/"),
        (f"{SITE}/linkcheck-1/b", "/"),
    ],
)
def test_the_folder_of_a_page_that_can_be_tested(url: str, folder: str) -> None:
    assert folder_of(url) == folder


@pytest.mark.parametrize(
    ("outcome", "root", "worth"),
    [
        pytest.param(page(MISSING), NotFoundBehavior(404), True, id="a proper error at the root"),
        pytest.param(page(PageFacts(heading="Error 404")), NotFoundBehavior(404), True, id="by its heading"),
        pytest.param(page(PageFacts(og_title="Page not found")), NotFoundBehavior(404), True, id="by Open Graph"),
        pytest.param(page(PLAIN), NotFoundBehavior(404), False, id="an ordinary page"),
        pytest.param(page(MISSING), NotFoundBehavior(None), False, id="nothing known of the root"),
        pytest.param(page(MISSING, at=f"{SITE}/x"), NotFoundBehavior(404), False, id="a page at the root"),
        pytest.param(page(MISSING), NotFoundBehavior(200, title="Page not found"), False, id="evidence at the root"),
        pytest.param(page(None), NotFoundBehavior(404), False, id="no page"),
        pytest.param(LOST, NotFoundBehavior(404), False, id="no answer"),
    ],
)
def test_when_a_made_up_page_in_the_folder_is_requested(outcome: Outcome, root: NotFoundBehavior, worth: bool) -> None:  # noqa: FBT001
    assert is_worth_a_neighbor(outcome, root) is worth


HOME = f"{SITE}/home?from=a"
OTHER = f"{SITE}/home?from=b"
TITLED = f"the same title {PLAIN.title!r} as for a URL that does not exist"
LED = f"redirected to {HOME}, like any URL of the host"


@pytest.mark.parametrize(
    ("outcome", "host", "found"),
    [
        pytest.param(LOST, NotFoundBehavior(200), None, id="no answer"),
        pytest.param(page(None), NotFoundBehavior(200), None, id="no page"),
        pytest.param(page(PLAIN, to=HOME), NotFoundBehavior(200, HOME, led=True), LED, id="the same URL"),
        pytest.param(page(PLAIN, to=HOME), NotFoundBehavior(200, HOME), LED, id="at which it answers"),
        pytest.param(page(PLAIN, to=HOME), NotFoundBehavior(404, HOME, led=True), None, id="a proper error"),
        pytest.param(page(PLAIN, to=HOME), NotFoundBehavior(200, None, led=True), None, id="no URL"),
        pytest.param(page(PLAIN), NotFoundBehavior(200, PAGE, led=True), None, id="no redirect"),
        pytest.param(
            page(PLAIN, to=HOME), NotFoundBehavior(200, OTHER, PLAIN.title, led=True), LED, id="another query, one title"
        ),
        pytest.param(
            page(PLAIN, to=HOME), NotFoundBehavior(200, OTHER, "Another", led=True), None, id="another query and title"
        ),
        pytest.param(page(PageFacts(), to=HOME), NotFoundBehavior(200, OTHER, led=True), None, id="no titles"),
        pytest.param(
            page(PLAIN, to=HOME, hop=302),
            NotFoundBehavior(200, "https://b.example/home", PLAIN.title, led=True),
            TITLED,
            id="another host",
        ),
        pytest.param(page(PLAIN, to=HOME), NotFoundBehavior(200, OTHER, PLAIN.title), TITLED, id="not redirected there"),
        pytest.param(
            page(PageFacts(heading="Error 404")),
            NotFoundBehavior(200, heading="Error 404"),
            "the same heading 'Error 404' as for a URL that does not exist",
            id="the same heading",
        ),
        pytest.param(page(PageFacts(heading="Hall")), NotFoundBehavior(200, heading="Hall"), None, id="an ordinary heading"),
    ],
)
def test_what_a_page_has_in_common_with_a_made_up_one(outcome: Outcome, host: NotFoundBehavior, found: str | None) -> None:
    assert evidence(outcome, host) == found


@pytest.mark.parametrize(
    ("outcome", "behaviors", "asked", "found"),
    [
        pytest.param(LOST, {}, [], None, id="no answer"),
        pytest.param(page(MISSING), {"/": NotFoundBehavior(200, title=MISSING.title)}, ["/"], "title", id="at the root"),
        pytest.param(page(PLAIN), {"/": NotFoundBehavior(404)}, ["/"], None, id="an ordinary page"),
        pytest.param(
            page(MISSING),
            {"/": NotFoundBehavior(404), "/news/2021/": NotFoundBehavior(200, title=MISSING.title)},
            ["/", "/news/2021/"],
            "title",
            id="in its folder",
        ),
        pytest.param(
            page(MISSING),
            {"/": NotFoundBehavior(404), "/news/2021/": NotFoundBehavior(None)},
            ["/", "/news/2021/"],
            None,
            id="no answer in its folder",
        ),
    ],
)
def test_a_page_is_compared_with_made_up_ones(
    outcome: Outcome, behaviors: dict[str, NotFoundBehavior], asked: list[str], found: str | None
) -> None:
    folders: list[str] = []

    async def behavior_of(url: str, folder: str) -> NotFoundBehavior:
        assert url == PAGE
        folders.append(folder)
        return behaviors[folder]

    after = asyncio.run(compared(outcome, behavior_of))
    assert folders == asked
    if found is None:
        assert after is outcome
    else:
        assert after.answer is not None
        assert after.answer.soft_404 == f"the same {found} 'Page not found' as for a URL that does not exist"
