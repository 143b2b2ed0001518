"""AMP pages and their copies as pairs: what one of them shows of the other."""

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from linkcheck.judge import JudgeOptions
from linkcheck.judge.comparison.amp_pairs import (
    end_without_amp,
    exit_of,
    is_article,
    is_copy_missing,
    is_copy_to_judge,
    is_regular_page,
    leads_to_amp,
    may_be_amp_for_others,
    publisher_of,
    regular_page_is_gone,
    regular_page_lives,
    regular_pages,
    trouble_of_another,
)
from linkcheck.judge.comparison.canonicals import partner_page
from linkcheck.model import FailureKind, LinkResult, PageFacts, Role, VerdictKind

OPTIONS = JudgeOptions(now="2026-11-22T12:00:00Z")
SITE = "https://a.example"
PAGE, AMP = f"{SITE}/bridge", f"{SITE}/bridge/amp"
COPY = "https://a-example.cdn.ampproject.org/c/s/a.example/bridge/amp"
IS_AMP = PageFacts(is_amp=True)
SILENT = (FailureKind.TIMEOUT, "connect")
Make = Callable[[Any], LinkResult]


def regular(build: Any, status: int = 200, **more: Any) -> LinkResult:
    more.setdefault("page", PageFacts())
    found: LinkResult = build.answer(url=PAGE, status=status, **more)
    return found


def amp(build: Any, status: int = 200, **more: Any) -> LinkResult:
    more.setdefault("page", IS_AMP)
    found: LinkResult = build.answer(Role.AMP, AMP, status, wants={"of": PAGE}, **more)
    return found


def copy(build: Any, status: int = 200, *, url: str = COPY, of: str | None = AMP, **more: Any) -> LinkResult:
    more.setdefault("page", IS_AMP)
    found: LinkResult = build.answer(Role.AMP_CACHE, url, status, wants={"of": of}, **more)
    return found


@pytest.mark.parametrize(
    ("make", "gone", "lives"),
    [
        pytest.param(regular, False, True, id="works"),
        pytest.param(lambda build: regular(build, via=(301,), to=(f"{SITE}/c",)), False, True, id="moved"),
        pytest.param(lambda build: regular(build, 404), True, False, id="dead"),
        pytest.param(lambda build: regular(build, page=PageFacts(title="Page not found")), True, False, id="suspect"),
        pytest.param(lambda build: regular(build, 403), False, False, id="refused"),
        pytest.param(lambda build: regular(build, 404, pointer="/related/0/webUrl"), False, False, id="of an entry"),
        pytest.param(lambda build: build.answer(Role.LINK, PAGE, 404), False, False, id="of another role"),
        pytest.param(lambda build: build.answer(Role.ORIGINAL, PAGE, 404), True, False, id="the original page"),
    ],
)
def test_the_regular_page_is_the_one_beside_an_amp_page(build: Any, make: Make, gone: bool, lives: bool) -> None:  # noqa: FBT001
    page = amp(build)
    evidence = build.evidence(make(build), page)
    assert (regular_page_is_gone(evidence, page.link), regular_page_lives(evidence, page.link)) == (gone, lives)


@pytest.mark.parametrize(
    ("make", "end"),
    [
        pytest.param(amp, None, id="an AMP page"),
        pytest.param(lambda build: amp(build, page=PageFacts()), AMP, id="a regular page"),
        pytest.param(
            lambda build: amp(build, page=PageFacts(truncated=True)), None, id="a page that was not read to its end"
        ),
        pytest.param(lambda build: amp(build, page=None), None, id="no page"),
        pytest.param(lambda build: amp(build, 404, page=PageFacts()), None, id="a missing page"),
        pytest.param(lambda build: amp(build, page=PageFacts(refresh=f"{AMP}/")), AMP, id="reloads itself"),
        pytest.param(lambda build: amp(build, page=PageFacts(refresh=PAGE)), PAGE, id="forwards to the regular page"),
        pytest.param(lambda build: amp(build, page=PageFacts(refresh=f"{SITE}/c")), None, id="forwards to another"),
    ],
)
def test_an_amp_link_may_lead_to_a_page_that_is_not_amp(build: Any, make: Make, end: str | None) -> None:
    result = make(build)
    assert end_without_amp(build.evidence(regular(build), result), result) == end


@pytest.mark.parametrize(
    ("others", "more", "expected"),
    [
        pytest.param((), {}, False, id="nothing"),
        pytest.param((), {"device": True}, True, id="by device"),
        pytest.param((copy,), {}, True, id="a copy"),
        pytest.param((lambda build: copy(build, page=PageFacts()),), {}, False, id="a copy that is not AMP"),
        pytest.param((lambda build: copy(build, 404),), {}, False, id="no copy"),
        pytest.param((lambda build: copy(build, page=PageFacts(is_amp=True, refresh=PAGE)),), {}, False, id="a way out"),
        pytest.param((lambda build: copy(build, of=f"{SITE}/c"),), {}, False, id="a copy of another"),
        pytest.param((lambda build: copy(build, pointer="/related/0/cache"),), {}, False, id="a copy of an entry"),
        pytest.param((lambda build: regular(build, page=PageFacts(amphtml=(AMP,))),), {}, False, id="declared, no redirect"),
        pytest.param(
            (lambda build: regular(build, page=PageFacts(amphtml=(AMP,))),), {"via": (302,)}, True, id="declared, for now"
        ),
        pytest.param(
            (lambda build: regular(build, page=PageFacts(amphtml=(AMP,))),), {"via": (301,)}, False, id="declared, for good"
        ),
        pytest.param((regular,), {"via": (302,)}, False, id="not declared, for now"),
        pytest.param(
            (lambda build: regular(build, page=PageFacts(amphtml=(f"{SITE}/c",))),), {"via": (302,)}, False, id="another"
        ),
    ],
)
def test_an_amp_link_may_lead_others_to_an_amp_page(
    build: Any,
    others: tuple[Make, ...],
    more: dict[str, Any],
    expected: bool,  # noqa: FBT001
) -> None:

    via = more.get("via", ())
    result = amp(build, page=PageFacts(), via=via, to=(PAGE,) if via else ())
    assert result.outcome is not None
    result = replace(result, outcome=replace(result.outcome, by_device="device" in more))
    assert may_be_amp_for_others(build.evidence(result, *(make(build) for make in others)), result) is expected


@pytest.mark.parametrize(
    ("beside", "canonical", "is_so"),
    [
        pytest.param(regular, PAGE, True, id="declares the canonical URL"),
        pytest.param(regular, f"{SITE}/c", False, id="declares another"),
        pytest.param(lambda build: build.failure(*SILENT, url=PAGE), f"{SITE}/c", False, id="of one that did not respond"),
        pytest.param(lambda build: build.failure(*SILENT, url=PAGE), PAGE, True, id="did not respond"),
        pytest.param(lambda build: regular(build, via=(301,), to=(f"{SITE}/c",)), f"{SITE}/c", True, id="that has moved"),
        pytest.param(lambda build: regular(build, via=(302,), to=(f"{SITE}/c",)), f"{SITE}/c", False, id="for now"),
        pytest.param(lambda build: regular(build, via=(302,), to=(f"{SITE}/c",)), PAGE, True, id="for now, the old one"),
    ],
)
def test_a_page_that_declares_the_canonical_url_is_the_article(
    build: Any,
    beside: Make,
    canonical: str,
    is_so: bool,  # noqa: FBT001
) -> None:
    result = amp(build)
    page = PageFacts(canonicals=(canonical,))
    assert is_article(build.evidence(beside(build), result), result.link, page, OPTIONS) is is_so


def test_a_page_that_declares_the_url_that_an_amp_page_is_of_is_the_article(build: Any) -> None:
    result, page = amp(build), PageFacts(canonicals=(PAGE,))
    assert is_article(build.evidence(result), result.link, page, OPTIONS)
    of_nothing = build.answer(Role.AMP, AMP, page=IS_AMP)
    assert not is_article(build.evidence(of_nothing), of_nothing.link, page, OPTIONS)


def test_a_page_with_the_title_is_the_article(build: Any) -> None:
    result, page = amp(build), PageFacts(title="Council opens the harbour bridge")
    assert is_article(build.evidence(result, data={"title": page.title}), result.link, page, OPTIONS)
    assert not is_article(build.evidence(result, data={"title": "Ferry to the island is late"}), result.link, page, OPTIONS)
    assert not is_article(build.evidence(result), result.link, page, OPTIONS)


def test_the_regular_pages_are_those_written_reached_and_declared(build: Any) -> None:
    result = amp(build)
    page = regular(build, via=(301,), to=(f"{SITE}/c",), page=PageFacts(canonicals=(f"{SITE}/d",)))
    assert list(regular_pages(build.evidence(page, result), result.link)) == [PAGE, PAGE, f"{SITE}/c", f"{SITE}/d"]
    failed = build.failure(*SILENT, url=PAGE)
    assert list(regular_pages(build.evidence(failed, result), result.link)) == [PAGE, PAGE]


def test_an_amp_url_that_is_the_regular_pages_is_not_one_of_its_own(build: Any) -> None:
    result = build.answer(Role.AMP, f"{PAGE}/", wants={"of": PAGE}, page=IS_AMP)
    assert is_regular_page(build.evidence(regular(build), result), result.link)
    assert not is_regular_page(build.evidence(regular(build), amp(build)), amp(build).link)


def failed(build: Any, role: Role, url: str, of: str | None = None) -> LinkResult:

    found: LinkResult = build.failure(*SILENT, role, url)
    return found if of is None else replace(found, link=replace(found.link, wants=replace(found.link.wants, of=of)))


@pytest.mark.parametrize(
    ("make", "other", "expected"),
    [
        pytest.param(lambda b: amp(b, 404), lambda b: regular(b, 404), True, id="both are gone"),
        pytest.param(lambda b: amp(b, 404), regular, False, id="one is gone"),
        pytest.param(lambda b: amp(b, 404), lambda b: regular(b, 403), False, id="gone and refused"),
        pytest.param(amp, lambda b: regular(b, 404), False, id="it works"),
        pytest.param(lambda b: amp(b, 403), lambda b: regular(b, 403), True, id="both are refused"),
        pytest.param(
            lambda b: failed(b, Role.AMP, AMP, PAGE), lambda b: failed(b, Role.CANONICAL, PAGE), True, id="both are silent"
        ),
        pytest.param(
            lambda b: failed(b, Role.AMP, "https://amp.a.example/bridge", PAGE),
            lambda b: failed(b, Role.CANONICAL, PAGE),
            False,
            id="two silent hosts",
        ),
        pytest.param(lambda b: amp(b, 300), lambda b: regular(b, 300), False, id="two that settle nothing"),
        pytest.param(
            lambda b: amp(b, 403, via=(301,), to=(PAGE,)),
            lambda b: regular(b, page=PageFacts(title="Page not found")),
            True,
            id="it leads to a suspect page",
        ),
        pytest.param(lambda b: amp(b, 403, via=(301,), to=(PAGE,)), regular, False, id="it leads to a page that works"),
        pytest.param(
            lambda b: amp(b, page=PageFacts(title="Page not found")),
            lambda b: regular(b, page=PageFacts(title="404 Not Found")),
            True,
            id="both say not found",
        ),
        pytest.param(
            lambda b: amp(b, page=PageFacts(title="Page not found")),
            lambda b: regular(b, page=PageFacts(title="Log in", is_wordless=True)),
            False,
            id="one says not found",
        ),
    ],
)
def test_the_trouble_of_the_regular_page_explains_that_of_its_amp_page(
    build: Any,
    make: Make,
    other: Make,
    expected: bool,  # noqa: FBT001
) -> None:
    result, page = make(build), other(build)
    found = trouble_of_another(build.evidence(page, result), result)
    assert found == (page if expected else None)


def test_the_trouble_of_an_amp_page_explains_that_of_its_copy(build: Any) -> None:
    page = amp(build, 404)
    for of, found in ((AMP, page), (f"{SITE}/c", None)):
        cache = copy(build, 404, of=of)
        assert trouble_of_another(build.evidence(regular(build), page, cache), cache) == found


def test_the_way_of_a_redirect_that_led_nowhere_counts(build: Any) -> None:
    page = regular(build, 404)
    result = build.failure(FailureKind.TOO_MANY_HOPS, "loop", Role.AMP, AMP, via=(302,))
    assert trouble_of_another(build.evidence(page, result), result) is None

    hops = (replace(result.outcome.hops[0], location="/bridge"),)
    result = replace(result, outcome=replace(result.outcome, hops=hops))
    assert trouble_of_another(build.evidence(page, result), result) == page


@pytest.mark.parametrize(
    ("cache", "page", "host"),
    [
        pytest.param(copy, amp, "a.example", id="of an AMP page that is there"),
        pytest.param(lambda b: copy(b, of=f"{SITE}/c"), amp, None, id="of one that is not"),
        pytest.param(lambda b: copy(b, of=None), amp, "a.example", id="by its address"),
        pytest.param(lambda b: copy(b, of=None, url=f"{SITE}/x"), amp, None, id="on no cache"),
        pytest.param(lambda b: copy(b, of=None, url="http://[x"), amp, None, id="no URL"),
    ],
)
def test_the_publisher_of_a_copy(build: Any, cache: Make, page: Make, host: str | None) -> None:
    result = cache(build)
    assert publisher_of(build.evidence(page(build), result), result.link) == host


@pytest.mark.parametrize(
    ("page", "is_so"),
    [
        pytest.param(amp, True, id="works"),
        pytest.param(lambda b: amp(b, 403), True, id="refused"),
        pytest.param(lambda b: amp(b, 404), False, id="gone"),
        pytest.param(lambda b: amp(b, 500), False, id="out of order"),
        pytest.param(lambda b: amp(b, page=PageFacts(title="Page not found")), False, id="suspect"),
        pytest.param(lambda b: amp(b, page=PageFacts()), False, id="not AMP"),
        pytest.param(lambda b: b.answer(Role.AMP, f"{SITE}/c", 404), True, id="another one's page is gone"),
    ],
)
def test_a_missing_copy_counts_unless_its_page_explains_it(build: Any, page: Make, is_so: bool) -> None:  # noqa: FBT001
    result = copy(build, 404)
    assert is_copy_to_judge(build.evidence(page(build), result), result.link) is is_so


@pytest.mark.parametrize(
    ("make", "end"),
    [
        pytest.param(copy, None, id="stays"),
        pytest.param(lambda b: copy(b, via=(302,), to=(AMP,)), AMP, id="a redirect"),
        pytest.param(lambda b: copy(b, 404, via=(302,), to=(AMP,)), None, id="a redirect to nothing"),
        pytest.param(lambda b: copy(b, 300, via=(302,), to=(AMP,)), None, id="no success"),
        pytest.param(lambda b: copy(b, page=PageFacts(refresh=AMP)), AMP, id="a page that forwards"),
        pytest.param(lambda b: copy(b, page=None), None, id="no page"),
        pytest.param(lambda b: copy(b, url=f"{SITE}/x", via=(302,), to=(AMP,)), None, id="from elsewhere"),
        pytest.param(lambda b: b.failure(*SILENT, Role.AMP_CACHE, COPY), None, id="no response"),
    ],
)
def test_where_a_cache_sends_readers(build: Any, make: Make, end: str | None) -> None:
    outcome = make(build).outcome
    assert outcome is not None
    assert exit_of(outcome) == end
    assert is_copy_missing(outcome, VerdictKind.OK) is (end is not None)


def test_a_dead_copy_is_missing_on_a_cache_only(build: Any) -> None:
    assert is_copy_missing(copy(build, 404).outcome, VerdictKind.DEAD)  # type: ignore[arg-type]
    assert not is_copy_missing(copy(build, 404, url=f"{SITE}/x").outcome, VerdictKind.DEAD)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cache", "page", "expected"),
    [
        pytest.param(lambda b: copy(b, via=(302,), to=(AMP,)), lambda b: amp(b, 404), True, id="it leads to AMP"),
        pytest.param(copy, lambda b: amp(b, 404), False, id="it is on the cache"),
        pytest.param(lambda b: copy(b, 404), amp, True, id="the AMP page works"),
        pytest.param(lambda b: b.failure(*SILENT, Role.AMP_CACHE, COPY), amp, False, id="of another AMP page"),
        pytest.param(lambda b: copy(b, 404, page=None), lambda b: amp(b, page=PageFacts()), False, id="the page is not AMP"),
        pytest.param(
            lambda b: copy(b, via=(302,), to=(PAGE,), page=PageFacts()), lambda b: amp(b, 404), False, id="to a regular page"
        ),
    ],
)
def test_readers_of_a_copy_may_find_the_amp_page(build: Any, cache: Make, page: Make, expected: bool) -> None:  # noqa: FBT001
    result = cache(build)
    assert result.outcome is not None
    assert leads_to_amp(build.evidence(page(build), result), result.link, result.outcome) is expected


@pytest.mark.parametrize(
    ("pointer", "of", "is_there"),
    [("/webUrl", PAGE, True), ("/webUrl", None, True), ("/webUrl", f"{SITE}/c", False), ("/related/0/webUrl", PAGE, False)],
)
def test_the_partner_of_an_amp_link_is_the_canonical_link_that_it_is_of(
    build: Any,
    pointer: str,
    of: str | None,
    is_there: bool,  # noqa: FBT001
) -> None:
    page = regular(build, pointer=pointer)
    result = build.answer(Role.AMP, AMP, wants={"of": of}, page=IS_AMP)
    found = partner_page(build.evidence(page, result), result.link)
    assert (found is not None) is is_there
    assert found is None or found[0] == page.link
