"""What URLs and redirects show on their own: the kind of a page, its owner, what of a chain lasts."""

from typing import Any

import pytest
from msgspec.structs import replace

from linkcheck.judge import JudgeOptions
from linkcheck.judge.url_traits.page_kind import is_home, is_not_found, is_search
from linkcheck.judge.url_traits.redirect_chain import (
    detours,
    ends_at_route,
    instant_refresh,
    is_contradicted,
    is_downgrade,
    is_one_page,
    is_surely_one_page,
    landing_of,
    leaves_site,
    move_of,
    names_target,
    replacement,
    strays,
)
from linkcheck.judge.url_traits.signed_urls import Signature, signature_of
from linkcheck.judge.url_traits.site_owner import may_be_of_another_user, site_of
from linkcheck.judge.url_traits.staging_hosts import is_staging
from linkcheck.model import Answer, Hop, Outcome, PageFacts, Probe, Severity
from linkcheck.urls import parse_url

A = "https://a.example"


@pytest.mark.parametrize(
    ("url", "is_so"),
    [
        (f"{A}/404", True),
        (f"{A}/404.html", True),
        (f"{A}/error/page-not-found/", True),
        (f"{A}/error-404", True),
        (f"{A}/seite-nicht-gefunden", True),
        (f"{A}/404-years-of-harbour", False),
        (f"{A}/bridge", False),
        (f"{A}/?404", False),
        ("http://[x", False),
    ],
)
def test_a_not_found_page_is_known_by_the_end_of_its_path(url: str, *, is_so: bool) -> None:
    assert is_not_found(url) is is_so


@pytest.mark.parametrize(
    ("url", "is_so"),
    [
        (f"{A}/", True),
        (f"{A}/en", True),
        (f"{A}/de-CH/home.html", True),
        (f"{A}/?utm_source=x&lang=de", True),
        (f"{A}/?&from=x", True),
        (f"{A}/?p=4711", False),
        (f"{A}/?lang=de&p=4711", False),
        (f"{A}/english", False),
        (f"{A}/bridge", False),
    ],
)
def test_a_home_page_is_known_by_its_path_and_query(url: str, *, is_so: bool) -> None:
    assert is_home(parse_url(url)) is is_so


@pytest.mark.parametrize(
    ("url", "is_so"),
    [
        (f"{A}/search", True),
        (f"{A}/news/search/results.html", True),
        (f"{A}/?s=bridge", True),
        (f"{A}/?S=bridge", True),
        (f"{A}/?s=bridge&p=2", True),
        (f"{A}/?p=bridge", False),
        (f"{A}/bridge?q=x", False),
        (f"{A}/search/bridge", False),
        ("http://[x", False),
    ],
)
def test_a_search_is_known_by_its_path_or_the_parameter_of_a_home_page(url: str, *, is_so: bool) -> None:
    assert is_search(url) is is_so


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.b.a.co.uk/c", "a.co.uk"),
        ("https://ann.github.io/c", "ann.github.io"),
        ("https://ann.substack.com/c", "ann.substack.com"),
        ("https://www.substack.com/c", "substack.com"),
        ("http://192.0.2.1/c", "192.0.2.1"),
        ("http://[x", "which cannot be read"),
    ],
)
def test_a_site_is_what_one_owner_has(url: str, site: str) -> None:
    assert site_of(url) == site


@pytest.mark.parametrize(
    ("old", "new", "may_be"),
    [
        (f"{A}/~ann/b", f"{A}/~bob/b", True),
        (f"{A}/~ann/b", f"{A}/%7Eann/c", False),
        (f"{A}/@ann/b", f"{A}/b", True),
        (f"{A}/b/c", f"{A}/d/c", False),
        ("https://github.com/ann/b", "https://github.com/ann/c", False),
        ("https://github.com/ann/b", "https://github.com/bob/b", True),
        ("https://gist.github.com/ann/b", "https://gist.github.com/bob/b", True),
    ],
)
def test_folders_may_be_of_two_users(old: str, new: str, *, may_be: bool) -> None:
    assert may_be_of_another_user(parse_url(old), parse_url(new)) is may_be


@pytest.mark.parametrize(
    ("host", "base_url", "is_so"),
    [
        ("staging.a.example", None, True),
        ("www-staging2.a.example", None, True),
        ("stage.a.example", None, True),
        ("staging.a.example", "https://staging.a.example/", False),
        ("staging.a.example", "https://a.example/", True),
        ("staging.example", None, False),
        ("backstage.a.example", None, False),
        ("dev.a.example", None, False),
        ("dev.a.example", "https://www.a.example/", True),
        ("dev.a.example", "https://b.example/", False),
        ("dev.a.example", "https://dev.a.example/", False),
        ("dev.a.example", "http://[x", False),
        ("dev.example", "https://dev.example/", False),
        ("deploy-preview-7--gazette.netlify.app", None, True),
        ("gazette.netlify.app", None, False),
        ("0f3a0f3a.gazette.pages.dev", None, True),
        ("gazette-pr-12.onrender.com", None, True),
        ("www.a.example", "https://www.a.example/", False),
    ],
)
def test_a_staging_host_is_known_by_what_is_before_its_domain(host: str, base_url: str | None, *, is_so: bool) -> None:
    assert is_staging(host, base_url) is is_so


def chain(*steps: tuple[int, str] | str, page: PageFacts | None = None, status: int = 200) -> Outcome:
    """A URL, and each redirect with the URL it led to."""
    urls = [each if isinstance(each, str) else each[1] for each in steps]
    hops = tuple(Hop(urls[at], each[0], each[1]) for at, each in enumerate(steps[1:]) if not isinstance(each, str))
    return Outcome(urls[0], Probe.PAGE, answer=Answer(status, urls[-1], page=page), hops=hops)


@pytest.mark.parametrize(
    ("outcome", "url", "is_trivial"),
    [
        pytest.param(chain(f"{A}/b"), None, None, id="no redirect"),
        pytest.param(chain(f"{A}/b", (301, f"{A}/c")), f"{A}/c", False, id="one"),
        pytest.param(chain(f"{A}/b", (302, f"{A}/c")), None, None, id="temporary"),
        pytest.param(
            chain(f"{A}/b", (301, f"{A}/c"), (302, f"{A}/d"), (301, f"{A}/e")), f"{A}/c", False, id="then temporary"
        ),
        pytest.param(chain(f"{A}/b", (301, f"{A}/c"), (308, f"{A}/d")), f"{A}/d", False, id="two"),
        pytest.param(chain(f"{A}/b", (301, f"{A}/c"), (301, f"{A}/b")), None, None, id="back"),
        pytest.param(chain("http://a.example/b", (301, f"{A}/b")), f"{A}/b", True, id="https"),
    ],
)
def test_the_permanent_redirects_at_the_head_are_a_move(
    outcome: Outcome, url: str | None, *, is_trivial: bool | None
) -> None:
    move = move_of(outcome)
    assert (move and move.url) == url
    assert move is None or (move.trivial is not None) is is_trivial


def test_a_move_keeps_the_fragment_that_a_script_reads() -> None:
    outcome = chain(f"{A}/b", (301, f"{A}/c"))
    outcome = replace(outcome, hops=(Hop(f"{A}/b", 301, "/c#!/d"),))
    move = move_of(outcome)
    assert move is not None
    assert move.url == f"{A}/c#!/d"
    assert ends_at_route(outcome)
    assert not ends_at_route(chain(f"{A}/b", (301, f"{A}/c")))
    assert not ends_at_route(chain(f"{A}/b"))


@pytest.mark.parametrize(
    ("outcome", "is_detour"),
    [
        pytest.param(chain(f"{A}/b"), False, id="none"),
        pytest.param(chain(f"{A}/b", (301, f"{A}/c")), False, id="permanent"),
        pytest.param(chain(f"{A}/b", (302, f"{A}/c")), True, id="temporary"),
        pytest.param(chain(f"{A}/b", (302, f"{A}/c"), (301, f"{A}/d")), True, id="permanent after temporary"),
        pytest.param(chain(f"{A}/b", (302, f"{A}/b/"), (301, f"{A}/d")), False, id="after a slash"),
        pytest.param(chain(f"{A}/b", (302, f"{A}/c"), (302, f"{A}/b")), False, id="back"),
        pytest.param(chain(f"{A}/b", (301, f"{A}/c"), (302, f"{A}/d"), (302, f"{A}/c"), (301, f"{A}/e")), False, id="again"),
    ],
)
def test_a_temporary_redirect_to_another_page_is_a_detour(outcome: Outcome, *, is_detour: bool) -> None:
    assert outcome.answer is not None
    assert detours(outcome, outcome.answer) is is_detour


@pytest.mark.parametrize(
    ("outcome", "landing"),
    [
        pytest.param(chain(f"{A}/b"), None, id="none"),
        pytest.param(chain(f"{A}/b", (302, f"{A}/b/")), None, id="a slash"),
        pytest.param(chain(f"{A}/b", (302, f"{A}/c")), f"{A}/c", id="a redirect"),
        pytest.param(chain(f"{A}/b", page=PageFacts(refresh=f"{A}/c", refresh_seconds=0)), f"{A}/c", id="a refresh"),
        pytest.param(chain(f"{A}/b", page=PageFacts(refresh=f"{A}/c", refresh_seconds=1)), None, id="a slow refresh"),
        pytest.param(chain(f"{A}/b", page=PageFacts(refresh=f"{A}/b/", refresh_seconds=0)), None, id="a reload"),
        pytest.param(
            chain(f"{A}/b", (302, f"{A}/c"), page=PageFacts(refresh=f"{A}/b", refresh_seconds=0)), None, id="a refresh back"
        ),
    ],
)
def test_the_landing_is_the_other_page_that_readers_see(outcome: Outcome, landing: str | None) -> None:
    assert outcome.answer is not None
    assert landing_of(outcome, outcome.answer) == landing


def test_an_answer_without_a_redirect_does_not_stray_whatever_its_url() -> None:
    assert not strays(Outcome(f"{A}/b", Probe.PAGE), Answer(200, f"{A}/c"))
    assert instant_refresh(Answer(200, f"{A}/b")) is None


@pytest.mark.parametrize(
    ("outcome", "canonical", "is_so"),
    [
        pytest.param(chain(f"{A}/b", (301, f"{A}/c")), f"{A}/b", True, id="the old URL"),
        pytest.param(chain(f"{A}/b", (301, f"{A}/c")), f"{A}/b/", True, id="with a slash"),
        pytest.param(chain(f"{A}/b", (301, f"{A}/c")), f"{A}/c", False, id="the new URL"),
        pytest.param(chain(f"{A}/b", (301, f"{A}/c")), f"{A}/d", False, id="another URL"),
        pytest.param(chain("http://a.example/b", (301, f"{A}/b")), "http://a.example/b", False, id="http"),
        pytest.param(chain(f"{A}/b", (301, f"{A}/b/")), f"{A}/b", True, id="a slash that is declared away"),
        pytest.param(chain(f"{A}/b/", (301, f"{A}/b")), f"{A}/b", False, id="a slash that is not"),
        pytest.param(chain(f"{A}/b", (301, "https://c.example/b")), f"{A}/b", False, id="on another site"),
        pytest.param(
            chain(f"{A}/b", (301, "https://c.example/b"), (301, f"{A}/c")), f"{A}/b", False, id="through another site"
        ),
    ],
)
def test_a_page_that_declares_its_old_url_contradicts_the_move(outcome: Outcome, canonical: str, *, is_so: bool) -> None:
    assert outcome.answer is not None
    declared = replace(outcome, answer=replace(outcome.answer, page=PageFacts(canonicals=(f"{A}/x", canonical))))
    move = move_of(declared)
    assert move is not None
    assert is_contradicted(declared, move) is is_so
    assert not is_contradicted(outcome, move)


def test_a_page_names_the_target_by_any_spelling() -> None:
    outcome = chain(f"{A}/b", (301, f"{A}/c"))
    assert names_target(outcome, Answer(200, f"{A}/c", page=PageFacts(canonicals=(f"{A}/c", f"{A}/b/"))))
    assert not names_target(outcome, Answer(200, f"{A}/c", page=PageFacts(canonicals=(f"{A}/c",))))
    assert not names_target(outcome, Answer(200, f"{A}/c"))


def test_two_urls_are_one_page_whichever_drops_something() -> None:
    longer, shorter = f"{A}/b?utm_source=x", f"{A}/b"
    assert is_one_page(longer, shorter)
    assert is_one_page(shorter, longer)
    assert is_surely_one_page(shorter, longer)
    assert not is_one_page(shorter, f"{A}/c")


def test_the_other_site_is_the_first_that_a_chain_leaves_to() -> None:
    assert leaves_site(chain(f"{A}/b", (301, "https://www.a.example/b"))) is None
    assert leaves_site(chain(f"{A}/b", (301, "https://c.example/"), (301, "https://d.example/"))) == "c.example"


@pytest.mark.parametrize(
    ("old", "new", "is_so"),
    [
        (f"{A}/b", "http://a.example/c", True),
        ("http://a.example/b", f"{A}/c", False),
        (f"{A}/b", f"{A}/c", False),
        ("http://a.example/b", "http://a.example/c", False),
    ],
)
def test_a_move_from_https_to_http_is_a_downgrade(old: str, new: str, *, is_so: bool) -> None:
    outcome = chain(old, (301, new))
    move = move_of(outcome)
    assert move is not None
    assert is_downgrade(outcome, move) is is_so


@pytest.mark.parametrize(
    ("written", "locations", "new"),
    [
        (f"{A}/b", ("/c",), f"{A}/c"),
        (f"{A}/b#part", ("/c",), f"{A}/c#part"),
        (f"{A}/b#part", ("/c#other",), f"{A}/c#other"),
        (f"{A}/b", ("/c#other",), f"{A}/c"),
        (f"{A}/b#part", (None,), f"{A}/c#part"),
    ],
)
def test_a_new_url_keeps_the_fragment(build: Any, written: str, locations: tuple[str | None, ...], new: str) -> None:
    hops = tuple(Hop(f"{A}/b", 301, each) for each in locations)
    link = build.answer(url=written).link
    assert replacement(link, f"{A}/c", hops) == new
    assert replacement(link, f"{A}/c#d", hops) == f"{A}/c#d"
    later = (*hops, Hop(f"{A}/c", 302, "/d#later"))
    assert replacement(link, f"{A}/c", later) == new, "what follows the new URL does not count"


NOW = "2026-11-22T12:00:00Z"
SIGNED = "https://b.example/a?AWSAccessKeyId=A&Signature=a%3D&Expires="


@pytest.mark.parametrize(
    ("expires", "now", "status", "expected"),
    [
        (
            1795348800,
            NOW,
            200,
            ("the signed URL expired on 2026-11-22, and the host still serves it", Severity.WARNING, True),
        ),
        (1795348801, NOW, 200, ("the signed URL expires on 2026-11-22", Severity.WARNING, False)),
        (1795348800, NOW, 403, ("the signed URL expired on 2026-11-22", Severity.ERROR, True)),
        (1795348800, "", 403, ("the signed URL expires on 2026-11-22", Severity.WARNING, False)),
        (1795348800 + 5 * 365 * 86400, NOW, 200, ("the signed URL expires on 2031-11-21", Severity.WARNING, False)),
    ],
)
def test_what_is_told_of_a_signature(
    build: Any, expires: int, now: str, status: int, expected: tuple[str, Severity, bool]
) -> None:
    found = signature_of(build.answer(url=f"{SIGNED}{expires}", status=status), JudgeOptions(now=now))
    assert found is not None
    assert (found.message, found.severity, "expired" in found.facts) == expected
    assert found.facts["expires"][-1:] == "Z"  # type: ignore[index]
    assert not found.lasts


def test_a_signature_for_years_lasts_and_one_without_an_end_is_for_a_limited_time(build: Any) -> None:
    years = 1795348801 + 5 * 365 * 86400
    options = JudgeOptions(now=NOW)
    assert signature_of(build.answer(url=f"{SIGNED}{years}"), options) == Signature("the URL is signed", lasts=True)
    assert signature_of(build.answer(url=f"{A}/b"), options) is None
    offline = signature_of(build.offline(url=f"{SIGNED}1795348800"), options)
    assert offline is not None
    assert offline.severity is Severity.ERROR
