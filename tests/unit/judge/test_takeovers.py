"""Advertising in place of a page: what makes a title one, where it counts, and which article vouches for it."""

from typing import Any

import pytest

from linkcheck.judge import JudgeOptions, vouched
from linkcheck.judge.page_signs.server_errors import error_page, is_refusal, speaks_of_error
from linkcheck.judge.page_signs.takeovers import (
    GAMBLING,
    STREAMS,
    Spam,
    is_article,
    is_promoted,
    leads_elsewhere,
    only_leads_on,
    shares_words,
    spam_of,
    speaks_of,
    taken_over,
)
from linkcheck.judge.vouching import (
    leads_to_other_language,
    may_be_vouched_for,
    reassess,
    vouches,
    why_taken_over,
)
from linkcheck.model import Answer, Article, Hop, Outcome, PageFacts, Probe, Role, VerdictKind
from linkcheck.urls import parse_url

A = "https://gazette.example"
OLD = f"{A}/2016/council-opens-bridge"
SPAM = "Situs Slot Gacor Terpercaya"
OPTIONS = JudgeOptions(now="2026-11-22T12:00:00Z")


def outcome_of(url: str = OLD, to: str | None = None, status: int = 200, via: int = 301, **page: Any) -> Outcome:
    hops = () if to is None else (Hop(url, via, to),)
    return Outcome(url, Probe.PAGE, answer=Answer(status, to or url, "text/html", page=PageFacts(**page)), hops=hops)


@pytest.mark.parametrize(
    ("spam", "expected"),
    [
        (Spam(GAMBLING, 0, 1, promises=False, others=()), (False, False, False)),
        (Spam(GAMBLING, 0, 1, promises=True, others=()), (True, False, False)),
        (Spam(GAMBLING, 0, 2, promises=True, others=()), (True, False, True)),
        (Spam(GAMBLING, 0, 2, promises=False, others=()), (False, False, False)),
        (Spam(GAMBLING, 1, 0, promises=False, others=()), (True, False, True)),
        (Spam(GAMBLING, 1, 0, promises=True, others=()), (True, True, True)),
        (Spam(GAMBLING, 1, 1, promises=False, others=()), (True, True, True)),
        (Spam(GAMBLING, 2, 0, promises=False, others=()), (True, True, True)),
        (Spam(GAMBLING, 2, 0, promises=False, others=("name",)), (False, False, False)),
    ],
)
def test_how_much_of_a_title_is_advertising(spam: Spam, expected: tuple[bool, bool, bool]) -> None:
    assert (spam.is_bare, spam.is_unmistakable, spam.fills_a_title) == expected


@pytest.mark.parametrize(
    ("strong", "weak", "is_so"), [(1, 1, False), (2, 0, False), (2, 1, True), (3, 0, True), (0, 3, False)]
)
def test_streams_take_more(strong: int, weak: int, *, is_so: bool) -> None:
    spam = Spam(STREAMS, strong, weak, promises=False, others=())
    assert (spam.is_unmistakable, spam.fills_a_title, spam.advertises("a.example")) == (is_so, is_so, is_so)


@pytest.mark.parametrize(
    ("spam", "is_so"),
    [
        (Spam(GAMBLING, 1, 0, promises=False, others=()), True),
        (Spam(GAMBLING, 1, 0, promises=False, others=("lucky",)), True),
        (Spam(GAMBLING, 1, 0, promises=False, others=("other",)), False),
        (Spam(GAMBLING, 1, 0, promises=True, others=("other",)), True),
        (Spam(GAMBLING, 1, 0, promises=True, others=("other", "lucky")), False),
        (Spam(GAMBLING, 0, 2, promises=True, others=("lucky",)), False),
    ],
)
def test_advertising_may_have_the_name_of_its_host(spam: Spam, *, is_so: bool) -> None:
    assert spam.advertises("www.lucky.example") is is_so


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Council opens the bridge", None),
        ("Slot machines of the harbour", None),
        ("SLOT  gacor", (1, 0, False, ())),
        ("Slot gacor maxwin 2026", (2, 0, False, ())),
        ("Best online casino", (0, 1, True, ())),
        ("Danger of online casino", (0, 1, False, ("danger",))),
        (f"{'x' * 300} slot gacor", None),
        ("Online casino 24h", (0, 1, False, ())),
    ],
)
def test_what_a_title_advertises(text: str, expected: tuple[Any, ...] | None) -> None:
    spam = spam_of(text)
    assert (spam and (spam.strong, spam.weak, spam.promises, spam.others)) == expected


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        pytest.param(outcome_of(title=SPAM), True, id="at its own URL"),
        pytest.param(outcome_of(og_title=SPAM), True, id="in its preview"),
        pytest.param(outcome_of(title="Council opens the bridge"), False, id="another title"),
        pytest.param(outcome_of(title=SPAM, published="2026-01-01"), False, id="with a date"),
        pytest.param(outcome_of(title=SPAM, og_title="x", canonicals=(OLD,)), False, id="an article"),
        pytest.param(outcome_of(f"{A}/", title=SPAM), False, id="a home page"),
        pytest.param(outcome_of(f"{A}/judi", title=SPAM), False, id="a URL about it"),
        pytest.param(outcome_of(f"{A}/a?b=judi", title=SPAM), False, id="a query about it"),
        pytest.param(outcome_of(f"{A}/%6Audi", title=SPAM), False, id="an encoded one"),
        pytest.param(outcome_of("https://slot.example/a", title=SPAM), False, id="a host about it"),
        pytest.param(outcome_of(to="https://slot.example/a", title="Slot gacor"), True, id="elsewhere"),
        pytest.param(outcome_of(to="https://slot.example/", title="Slot gacor"), True, id="on a home page elsewhere"),
        pytest.param(outcome_of(to=f"{A}/other", title="Slot gacor"), False, id="on the same site"),
        pytest.param(
            outcome_of(to="https://b.example/a", title=SPAM, og_title=SPAM, canonicals=("https://b.example/a",)),
            True,
            id="an article elsewhere, unmistakably",
        ),
        pytest.param(
            outcome_of(to="https://b.example/a", title="Slot gacor", og_title="x", canonicals=("https://b.example/a",)),
            False,
            id="an article elsewhere",
        ),
    ],
)
def test_a_page_was_taken_over_if_its_title_only_advertises(outcome: Outcome, *, told: bool) -> None:
    assert outcome.answer is not None
    found = taken_over(outcome, outcome.answer)
    assert (found is not None) is told
    elsewhere = bool(outcome.hops) and told
    assert not told or (found or "").startswith("redirected to another site" if elsewhere else "its title ")


@pytest.mark.parametrize(
    ("page", "is_so"),
    [
        (PageFacts(), False),
        (PageFacts(published="2026-01-01"), True),
        (PageFacts(og_title="x", canonicals=(OLD,)), True),
        (PageFacts(og_image="x", canonicals=(OLD,)), True),
        (PageFacts(canonicals=(OLD,)), False),
        (PageFacts(og_title="x"), False),
        (PageFacts(og_title="x", canonicals=(f"{A}/",)), False),
        (PageFacts(og_title="x", canonicals=("https://b.example/a",)), False),
        (PageFacts(og_title="x", canonicals=("https://b.example/a", OLD)), True),
        (PageFacts(og_title="x", canonicals=("http://[x",)), False),
    ],
)
def test_a_page_describes_itself_as_an_article(page: PageFacts, *, is_so: bool) -> None:
    assert is_article(page, OLD) is is_so
    assert is_article(page, "http://[x") is (page.published is not None)


@pytest.mark.parametrize(
    ("url", "page", "is_so"),
    [
        (f"{A}/b", None, False),
        ("https://free-streams.example/b", None, True),
        ("https://www-slot88.example/b", None, True),
        ("https://market.example/gazette.example", None, True),
        ("https://market.example/?d=gazette.example", None, True),
        ("https://web.archive.org/web/2016/http://gazette.example/", None, False),
        ("http://[x", None, True),
        ("https://b.example/c", PageFacts(title="Slot gacor in the city council"), True),
        ("https://b.example/c", PageFacts(og_title="Best online casino"), True),
        ("https://b.example/c", PageFacts(heading="Best online casino lucky"), True),
        ("https://b.example/c", PageFacts(heading="Best online casino lucky seven"), False),
        ("https://b.example/c", PageFacts(title="Online casino"), False),
        ("https://b.example/c", PageFacts(title="Buy Viagra"), True),
        ("https://b.example/c", PageFacts(title="Page not found"), True),
        ("https://b.example/c", PageFacts(title="Council opens the bridge"), False),
    ],
)
def test_what_no_machine_writes(url: str, page: PageFacts | None, *, is_so: bool) -> None:
    assert is_promoted(OLD, url, page) is is_so


@pytest.mark.parametrize(
    ("old", "new", "is_so"),
    [
        (OLD, "https://b.example/c", True),
        (OLD, f"{A}/c", False),
        (OLD, "https://www.gazette.example/c", False),
        (OLD, "https://gazette.org/c", False),
        (OLD, "https://the-gazette.org/c", False),
        ("https://the-gazette.org/c", f"{A}/d", False),
        (OLD, "https://b.example/x/council-opens-bridge", False),
        (f"{OLD}/", "https://b.example/x/council-opens-bridge", False),
        (f"{A}/", "https://b.example/c", True),
        ("https://bit.ly/abc", "https://b.example/c", False),
        ("https://ab.example/d", "https://b.example/c", False),
        ("http://192.0.2.1/c", "https://b.example/c", False),
        (OLD, "http://192.0.2.1/c", False),
    ],
)
def test_redirects_may_lead_to_another_owner(old: str, new: str, *, is_so: bool) -> None:
    assert leads_elsewhere(parse_url(old), parse_url(new)) is is_so


def test_the_address_of_a_host_without_a_name_is_its_own() -> None:
    assert is_promoted("http://192.0.2.1/a", "https://market.example/192.0.2.1", None)
    assert not is_promoted("http://192.0.2.1/a", "https://market.example/192.0.2.2", None)


def test_a_site_that_leads_to_others() -> None:
    assert only_leads_on("https://bit.ly/abc")
    assert only_leads_on("https://m.facebook.com/abc")
    assert only_leads_on("https://ab.example/")
    assert only_leads_on("http://[x")
    assert not only_leads_on("https://abc.example/")
    assert not only_leads_on(f"{A}/")


def test_titles_share_long_words() -> None:
    assert shares_words("The bridges", "A bridge opens")
    assert not shares_words("The sea", "A sea")
    assert shares_words("sea", "Sea")
    assert speaks_of("the-casino-opens", GAMBLING)
    assert not speaks_of("the-casino-opens", STREAMS)


@pytest.mark.parametrize(
    ("text", "title", "fewest", "is_so"),
    [
        ("What 502 Bad Gateway means", "502 Bad Gateway", 1, True),
        ("What bad gateway 502 means", "502 Bad Gateway", 1, False),
        ("A forbidden love", "Forbidden", 1, True),
        ("A forbidden love", "Forbidden", 2, False),
        ("Access denied for all", "Access denied", 2, True),
        ("Reaccess denied", "Access denied", 1, False),
        ("Don\u2019t have permission", "don't have permission", 1, True),
        ("A gateway to the sea", "502 Bad Gateway | Gateway", 1, False),
        ("What 502 Bad Gateway means", "502 Bad Gateway | The Gazette", 1, True),
        ("关于访问被拒绝的故事", "访问被拒绝", 2, True),
    ],
)
def test_a_text_has_the_words_of_an_error(text: str, title: str, fewest: int, *, is_so: bool) -> None:
    assert speaks_of_error(text, title, fewest=fewest) is is_so


@pytest.mark.parametrize(
    ("url", "to", "is_told"),
    [
        (OLD, f"{A}/error", True),
        (OLD, f"{A}/errors/500.html", True),
        (OLD, "https://b.example/error", False),
        (OLD, "https://b.example/cgi-sys/suspendedpage.cgi", True),
        (OLD, "https://b.example/x?aspxerrorpath=/a", True),
        (f"{A}/fehler", f"{A}/error", False),
        (f"{A}/cgi-sys/defaultwebpage.cgi", f"{A}/error", False),
        (OLD, f"{A}/error-in-the-budget", False),
        (OLD, None, False),
    ],
)
def test_a_redirect_to_an_error_page_is_known_by_its_address(url: str, to: str | None, *, is_told: bool) -> None:
    outcome = outcome_of(url, to, title="The Gazette")
    assert outcome.answer is not None
    assert (error_page(outcome, outcome.answer) is not None) is is_told


@pytest.mark.parametrize(
    ("url", "page", "is_told"),
    [
        (OLD, {"title": "502 Bad Gateway"}, True),
        (OLD, {"heading": "502 Bad Gateway"}, True),
        (OLD, {"title": "The Gazette", "heading": "502 Bad Gateway"}, False),
        (f"{A}/codes/502-bad-gateway", {"title": "502 Bad Gateway"}, False),
        (f"{A}/codes/bad-502-gateway", {"title": "502 Bad Gateway"}, False),
        (f"{A}/codes/bad-gateway", {"title": "502 Bad Gateway"}, True),
        (OLD, {"title": "Index of /other"}, True),
        (OLD, {"title": "Index of /2016/council-opens-bridge/"}, False),
        (f"{A}/", {"title": "Index of /other"}, False),
        (OLD, {"title": "502 Bad Gateway".ljust(121)}, False),
    ],
)
def test_an_error_page_is_known_by_its_title(url: str, page: dict[str, Any], *, is_told: bool) -> None:
    outcome = outcome_of(url, **page)
    assert outcome.answer is not None
    assert (error_page(outcome, outcome.answer) is not None) is is_told
    told = Answer(200, url, page=PageFacts(**page), vouched=True)
    assert error_page(outcome, told) is None


@pytest.mark.parametrize(
    ("page", "is_so"),
    [
        (PageFacts(title="403 Forbidden"), True),
        (PageFacts(heading="403 Forbidden"), True),
        (PageFacts(title="The Gazette", heading="403 Forbidden"), False),
        (PageFacts(title="You don\u2019t have permission"), True),
        (PageFacts(title="502 Bad Gateway"), False),
        (None, False),
    ],
)
def test_an_error_page_may_be_a_refusal(page: PageFacts | None, *, is_so: bool) -> None:
    assert is_refusal(Answer(200, OLD, page=page)) is is_so


def article(title: str | None = None, **more: Any) -> Article:
    return Article("a.md", data={**({} if title is None else {"title": title}), **more})


def link(build: Any, role: Role = Role.CANONICAL, pointer: str = "/webUrl") -> Any:
    return build.answer(role, OLD, pointer=pointer).link


@pytest.mark.parametrize(
    ("ours", "role", "outcome", "is_so"),
    [
        pytest.param({"title": "Page not found"}, Role.CANONICAL, outcome_of(title="Page Not Found!"), True, id="its title"),
        pytest.param(
            {"title": "Page not found"}, Role.CANONICAL, outcome_of(og_title="Page not found"), True, id="its preview"
        ),
        pytest.param({"title": "Not found"}, Role.CANONICAL, outcome_of(title="x Not found x"), True, id="a long part"),
        pytest.param({"title": "Gone"}, Role.CANONICAL, outcome_of(title="It is gone"), False, id="a short part"),
        pytest.param({"title": "Notfound"}, Role.CANONICAL, outcome_of(title="xNotfoundx"), True, id="eight letters"),
        pytest.param({"title": "Notfoun"}, Role.CANONICAL, outcome_of(title="xNotfounx"), False, id="seven letters"),
        pytest.param({"title": "Gone"}, Role.CANONICAL, outcome_of(title="Gone | Gazette"), True, id="a part of its own"),
        pytest.param({"title": "!"}, Role.CANONICAL, outcome_of(title="?"), False, id="no letters"),
        pytest.param({"title": "Page not found"}, Role.LINK, outcome_of(title="Page not found"), False, id="a mention"),
        pytest.param({"title": "Judi in Jakarta"}, Role.LINK, outcome_of(title=SPAM), True, id="advertising, mentioned"),
        pytest.param({"title": "Bridge in Jakarta"}, Role.LINK, outcome_of(title=SPAM), False, id="advertising"),
        pytest.param(
            {"title": "What 502 Bad Gateway means"}, Role.LINK, outcome_of(title="502 Bad Gateway"), True, id="an error"
        ),
        pytest.param(
            {"title": "x", "excerpt": "On 502 Bad Gateway"},
            Role.CANONICAL,
            outcome_of(title="502 Bad Gateway"),
            True,
            id="an error, in its excerpt",
        ),
        pytest.param(
            {"title": "x", "excerpt": "On 502 Bad Gateway"},
            Role.LINK,
            outcome_of(title="502 Bad Gateway"),
            False,
            id="an error, mentioned in the excerpt",
        ),
        pytest.param(
            {"title": "x", "excerpt": "On https://a.example/ 502 Bad Gateway"},
            Role.CANONICAL,
            outcome_of(title="502 Bad Gateway"),
            False,
            id="an error, in a URL",
        ),
        pytest.param(
            {"title": "x", "excerpt": "A forbidden love"},
            Role.CANONICAL,
            outcome_of(title="Forbidden"),
            False,
            id="one word in the excerpt",
        ),
        pytest.param({"title": 7}, Role.CANONICAL, outcome_of(title="7"), False, id="a number"),
    ],
)
def test_an_article_vouches_for_a_page(
    build: Any, ours: dict[str, Any], role: Role, outcome: Outcome, *, is_so: bool
) -> None:
    assert vouches(Article("a.md", data=ours), link(build, role), outcome, OPTIONS) is is_so
    assert not vouches(Article("a.md", data=ours), link(build, role), Outcome(OLD, Probe.PAGE), OPTIONS)


def test_an_entry_vouches_by_its_own_title(build: Any) -> None:
    outcome = outcome_of(title="Page not found")
    data: dict[str, Any] = {"title": "x", "related": [{"title": "Page not found"}, {"title": "y"}]}
    for number, is_so in ((0, True), (1, False)):
        mentioned = link(build, Role.LINK, f"/related/{number}/url")
        assert vouches(Article("a.md", data=data), mentioned, outcome, OPTIONS) is is_so


@pytest.mark.parametrize(
    ("outcome", "is_so"),
    [
        (outcome_of(title="Page not found"), True),
        (outcome_of(title="Council opens the bridge"), False),
        (outcome_of(title="Page not found", status=404), False),
        (outcome_of(title="Page not found", status=300), False),
        (outcome_of(title="Page not found", to=f"{A}/404"), False),
        (Outcome(OLD, Probe.PAGE), False),
        (Outcome(OLD, Probe.PAGE, answer=Answer(200, OLD)), False),
    ],
)
def test_an_article_can_confirm_what_only_a_title_says(outcome: Outcome, *, is_so: bool) -> None:
    assert may_be_vouched_for(outcome) is is_so


CASINO = "Best Online Casino Bonus 2026 - Free Spins"


@pytest.mark.parametrize(
    ("title", "outcome", "role", "why"),
    [
        pytest.param(
            "The bridge", outcome_of(title=CASINO), Role.CANONICAL, f"its title {CASINO!r} advertises gambling", id="so"
        ),
        pytest.param(
            "The bridge", outcome_of(og_title=CASINO), Role.CANONICAL, f"its title {CASINO!r} adv", id="its preview"
        ),
        pytest.param("Gambling", outcome_of(title=CASINO), Role.CANONICAL, None, id="it speaks of it"),
        pytest.param(None, outcome_of(title=CASINO), Role.CANONICAL, None, id="no title"),
        pytest.param(None, outcome_of(title=SPAM), Role.CANONICAL, f"its title {SPAM!r} advertises gambling", id="no doubt"),
        pytest.param("The bridge", outcome_of(title="A ferry"), Role.CANONICAL, None, id="another title"),
        pytest.param("The bridge", outcome_of(title=CASINO, published="2026"), Role.CANONICAL, None, id="an article"),
        pytest.param("The bridge", outcome_of("https://bit.ly/a", title=CASINO), Role.CANONICAL, None, id="a short link"),
        pytest.param("The bridge", outcome_of(f"{A}/casino", title=CASINO), Role.CANONICAL, None, id="a URL about it"),
        pytest.param("Bonus of the bridge", outcome_of(title=CASINO), Role.CANONICAL, None, id="a word in common"),
        pytest.param("The bridge", Outcome(OLD, Probe.PAGE), Role.CANONICAL, None, id="no response"),
        pytest.param(
            "The bridge", outcome_of(title=CASINO, og_title="A bridge"), Role.CANONICAL, None, id="a preview in common"
        ),
    ],
)
def test_why_an_own_page_is_someone_elses(
    build: Any, title: str | None, outcome: Outcome, role: Role, why: str | None
) -> None:
    found = why_taken_over(article(title), link(build, role), outcome, OPTIONS)
    assert (found or "").startswith(why or "")
    assert (found is None) is (why is None)


LOANS = "Выгодные кредиты"
MOVED = "moved permanently to another site, loans.example, in another language (ru), with the title 'Выгодные кредиты'"


@pytest.mark.parametrize(
    ("data", "outcome", "why"),
    [
        pytest.param({"lang": "en-GB"}, outcome_of(to="https://loans.example/a", title=LOANS, lang="ru"), MOVED, id="so"),
        pytest.param(
            {"locale": "en_US"}, outcome_of(to="https://loans.example/a", og_title=LOANS, lang="ru-RU"), MOVED, id="tags"
        ),
        pytest.param({}, outcome_of(to="https://loans.example/a", title=LOANS, lang="ru"), None, id="no language of ours"),
        pytest.param({"lang": "en"}, outcome_of(to="https://loans.example/a", title=LOANS), None, id="none of theirs"),
        pytest.param({"lang": "ru"}, outcome_of(to="https://loans.example/a", title=LOANS, lang="ru"), None, id="the same"),
        pytest.param({"lang": "en"}, outcome_of(title=LOANS, lang="ru"), None, id="no redirect"),
        pytest.param(
            {"lang": "en"}, outcome_of(to="https://loans.example/", title=LOANS, lang="ru"), None, id="a home page"
        ),
        pytest.param({"lang": "en"}, outcome_of(to=f"{A}/a", title=LOANS, lang="ru"), None, id="the same site"),
        pytest.param(
            {"lang": "en"}, outcome_of(to="https://loans.example/a", via=302, title=LOANS, lang="ru"), None, id="temporary"
        ),
        pytest.param(
            {"lang": "en"},
            outcome_of(to="https://loans.example/a", title=LOANS, og_title="The bridge", lang="ru"),
            None,
            id="a title in common",
        ),
        pytest.param(
            {"lang": "en", "title": "!"},
            outcome_of(to="https://loans.example/a", title=LOANS, lang="ru"),
            None,
            id="no title",
        ),
    ],
)
def test_an_own_page_may_have_left_for_another_language(
    build: Any, data: dict[str, Any], outcome: Outcome, why: str | None
) -> None:
    ours = article(**{"title": "The bridge", **data})
    assert leads_to_other_language(ours, link(build), outcome, OPTIONS) == why
    assert why_taken_over(ours, link(build), outcome, OPTIONS) == why
    assert why_taken_over(ours, link(build, Role.ORIGINAL), outcome, OPTIONS) is None
    assert leads_to_other_language(ours, link(build, Role.LINK), outcome, OPTIONS) is None


def test_a_page_without_a_title_may_be_in_another_language(build: Any) -> None:
    outcome = outcome_of(to="https://loans.example/a", lang="ru")
    told = leads_to_other_language(article("The bridge", lang="en"), link(build), outcome, OPTIONS)
    assert told == MOVED.replace(LOANS, "")


def test_what_another_article_says_of_a_notice_counts_for_all(build: Any) -> None:
    cleared = vouched(outcome_of(title="Page not found"), [(article("Page not found"), link(build))], OPTIONS)
    assert cleared is not None
    result = build.answer(url=OLD)
    evidence = build.evidence(type(result)(result.link, result.target, result.verdict, outcome=cleared))
    assert reassess(evidence, OPTIONS) is evidence


def test_a_title_in_the_same_script_is_no_evidence(build: Any) -> None:
    outcome = outcome_of(to="https://loans.example/a", title="Guenstige Kredite", lang="de")
    assert leads_to_other_language(article("The bridge", lang="en"), link(build), outcome, OPTIONS) is not None
    assert why_taken_over(article("The bridge", lang="en"), link(build), outcome, OPTIONS) is None


def test_an_article_is_judged_by_what_it_says_of_its_own_page(build: Any) -> None:
    own, mentioned = (build.answer(role, OLD, page=PageFacts(title=CASINO)) for role in (Role.CANONICAL, Role.LINK))
    evidence = build.evidence(own, mentioned, data={"title": "The bridge"})
    found = reassess(evidence, OPTIONS).results
    assert found[0].verdict.kind is VerdictKind.SUSPECT
    assert "advertises gambling" in found[0].verdict.reason
    assert found[1] == mentioned
    same = build.evidence(own, data={"title": "Gambling in the city"})
    assert reassess(same, OPTIONS) is same


def test_a_page_that_another_article_confirms_is_judged_again_for_this_one(build: Any) -> None:
    outcome = outcome_of(title=SPAM)
    cleared = vouched(outcome, [(article("Judi in Jakarta"), link(build))], OPTIONS)
    assert cleared is not None
    result = build.answer(url=OLD)
    result = type(result)(result.link, result.target, result.verdict, outcome=cleared)
    found = reassess(build.evidence(result, data={"title": "The bridge"}), OPTIONS).results[0]
    assert found.verdict.kind is VerdictKind.SUSPECT
    assert found.outcome == outcome
    kept = build.evidence(result, data={"title": "Judi in Jakarta"})
    assert reassess(kept, OPTIONS) is kept
