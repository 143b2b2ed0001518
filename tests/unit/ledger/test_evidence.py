"""What the rest of the archive says about an article: the same page, the same title, and other canonical URLs."""

from collections.abc import Iterator

import pytest

from linkcheck.ledger import JudgedOutcome, Ledger, Notes, PlannedLink, open_ledger
from linkcheck.ledger import evidence as evidence_module
from linkcheck.ledger.thinning import forget_run
from linkcheck.model import (
    Answer,
    Article,
    DeclaredCanonical,
    Evidence,
    Expectations,
    Failure,
    FailureKind,
    Hop,
    Link,
    Location,
    Outcome,
    PageFacts,
    Probe,
    Role,
    Span,
    Target,
    UniqueValue,
    Verdict,
    VerdictKind,
)

OK = Verdict(VerdictKind.OK, "200 OK")
DEAD = Verdict(VerdictKind.DEAD, "404")
MOVED = Verdict(VerdictKind.MOVED, "301")
SPAN = Span(3, 9, 3, 30)


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    opened = open_ledger(None, stamp=lambda: "2026-11-01T06:00:00Z")
    opened.begin(scope="check .")
    yield opened
    opened.close()


def host_of(url: str) -> str:
    return url.split("/")[2]


def add(
    ledger: Ledger,
    path: str,
    *urls: str,
    role: Role = Role.CANONICAL,
    pointer: str = "/webUrl",
    notes: Notes = Notes(),  # noqa: B008 - frozen
) -> None:
    links = [
        PlannedLink(
            Link(Location(path, SPAN, pointer), role, url, Expectations()),
            Target(url.split("#")[0], Probe.PAGE, host_of(url)),
        )
        for url in urls
    ]
    ledger.add_all([(Article(path=path), (), links, notes)])


def page(url: str, *canonicals: str, verdict: Verdict = OK, to: str | None = None) -> JudgedOutcome:
    answer = Answer(200, to or url, page=PageFacts(canonicals=canonicals))
    hops = () if to is None else (Hop(url, 301, to),)
    return JudgedOutcome(Outcome(url, Probe.PAGE, answer, hops=hops, checked_at="2026-11-01T06:00:00Z"), verdict)


def silent(url: str, verdict: Verdict = Verdict(VerdictKind.UNREACHABLE, "timed out")) -> JudgedOutcome:  # noqa: B008 - frozen
    failure = Failure(FailureKind.TIMEOUT, "headers", "no answer within 30 s")
    return JudgedOutcome(Outcome(url, Probe.PAGE, failure=failure, checked_at="2026-11-01T06:00:00Z"), verdict)


def by_path(ledger: Ledger) -> dict[str, Evidence]:
    return {each.article.path: each for each in ledger.evidence()}


# Other canonical URLs


A, B = "https://a.example/1", "https://b.example/2"


def test_a_canonical_url_that_a_page_declares_has_the_verdict_of_its_target(ledger: Ledger) -> None:
    add(ledger, "a.md", A)
    add(ledger, "b.md", B)
    ledger.settle([page(A, B, A, "https://c.example/3"), page(B, verdict=DEAD)])
    found = by_path(ledger)
    assert found["a.md"].declared_canonicals == {B: DeclaredCanonical(DEAD), "https://c.example/3": DeclaredCanonical()}
    assert found["b.md"].declared_canonicals == {}


def test_the_address_that_a_page_has_after_redirects_is_its_own(ledger: Ledger) -> None:
    add(ledger, "a.md", A)
    ledger.settle([page(A, A, B, to=B)])
    assert by_path(ledger)["a.md"].declared_canonicals == {}


def test_a_declared_url_is_compared_in_its_normalized_form(ledger: Ledger) -> None:
    add(ledger, "a.md", A)
    add(ledger, "b.md", B)
    ledger.settle([page(A, "HTTPS://B.example:443/2", "no URL"), page(B, verdict=DEAD)])
    assert by_path(ledger)["a.md"].declared_canonicals == {
        "HTTPS://B.example:443/2": DeclaredCanonical(DEAD),
        "no URL": DeclaredCanonical(),
    }


def test_a_declared_url_that_was_not_requested_yet_has_no_verdict(ledger: Ledger) -> None:
    add(ledger, "a.md", A)
    add(ledger, "b.md", B)
    ledger.settle([page(A, B)])
    assert by_path(ledger)["a.md"].declared_canonicals == {B: DeclaredCanonical()}


@pytest.mark.parametrize(
    ("others", "is_silent"),
    [
        pytest.param([silent("https://b.example/8"), silent("https://b.example/9")], True, id="no page answered"),
        pytest.param([silent("https://b.example/8", DEAD)], True, id="no host"),
        pytest.param([silent("https://b.example/8"), page("https://b.example/9")], False, id="one page answered"),
        pytest.param([page("https://b.example/8", verdict=DEAD)], False, id="a page is missing"),
        pytest.param([silent("https://b.example/8", Verdict(VerdictKind.SUSPECT, "?"))], False, id="it is not certain"),
        pytest.param([], False, id="none was requested"),
    ],
)
def test_a_declared_url_of_a_host_that_is_silent_is_unreachable(
    others: list[JudgedOutcome], ledger: Ledger, *, is_silent: bool
) -> None:
    add(ledger, "a.md", A, *(each.outcome.url for each in others))
    ledger.settle([page(A, B), *others])
    unreachable = Verdict(VerdictKind.UNREACHABLE, "no page of b.example answered")
    assert by_path(ledger)["a.md"].declared_canonicals[B] == DeclaredCanonical(unreachable if is_silent else None)


@pytest.mark.parametrize(("count", "pages"), [(3, 3), (2, 1)])
def test_the_pages_of_a_host_that_declare_one_url_are_counted(count: int, pages: int, ledger: Ledger) -> None:
    urls = [f"https://a.example/{number}" for number in range(count)]
    for url in urls:
        add(ledger, f"{url[-1]}.md", url)
    ledger.settle([page(url, B) for url in urls])
    assert by_path(ledger)["0.md"].declared_canonicals == {B: DeclaredCanonical(None, pages)}


def test_only_the_first_url_of_other_canonical_pages_is_counted(ledger: Ledger) -> None:
    urls = [f"https://a.example/{number}" for number in range(4)]
    add(ledger, "a.md", *urls[:2])
    add(ledger, "b.md", urls[2], role=Role.LINK)
    add(ledger, "c.md", urls[3])
    add(ledger, "d.md", "https://d.example/1")
    ledger.settle([page(url, B) for url in urls[:3]])
    ledger.settle([page(urls[3], "https://c.example/", B), page("https://d.example/1", B)])
    found = by_path(ledger)
    assert {each.declared_canonicals[B].pages for each in found.values()} == {1}


def test_copies_of_one_page_count_once(ledger: Ledger) -> None:
    urls = [A, f"{A}?utm_source=x", "https://a.example/3", "https://a.example/3/"]
    add(ledger, "a.md", *urls)
    ledger.settle([page(url, B) for url in urls])
    assert by_path(ledger)["a.md"].declared_canonicals == {B: DeclaredCanonical(None, 1)}


# Titles


def test_an_article_knows_those_before_it_with_the_same_title_and_their_pages(ledger: Ledger) -> None:
    add(ledger, "b.md", B, notes=Notes(headline="one"))
    add(ledger, "a.md", f"{A}#/x", notes=Notes(headline="one"))
    add(ledger, "c.md", "https://c.example/", notes=Notes(headline="two"))
    add(ledger, "d.md", "https://d.example/")
    add(ledger, "e.md", "https://e.example/")
    names = {path: [(each.article.path, each.pages) for each in found.namesakes] for path, found in by_path(ledger).items()}
    assert names == {
        "a.md": [],
        "b.md": [("a.md", (f"{A}#/x",))],
        "c.md": [],
        "d.md": [],
        "e.md": [],
    }


@pytest.mark.parametrize(
    ("role", "pointer", "pages"),
    [
        (Role.CANONICAL, "/webUrl", (A,)),
        (Role.ORIGINAL, "/source", (A,)),
        (Role.LINK, "/more", ()),
        (Role.CANONICAL, "/related/0/url", ()),
    ],
)
def test_the_own_pages_of_an_article_are_named(role: Role, pointer: str, pages: tuple[str, ...], ledger: Ledger) -> None:
    add(ledger, "b.md", notes=Notes(headline="one"))
    add(ledger, "a.md", A, role=role, pointer=pointer, notes=Notes(headline="one"))
    assert [each.pages for each in by_path(ledger)["b.md"].namesakes] == [pages]


def test_a_limited_number_of_articles_with_the_same_title_is_named(ledger: Ledger) -> None:
    assert evidence_module.NAMESAKES_SHOWN == 11
    for number in range(14):
        add(ledger, f"{number:02}.md", notes=Notes(headline="one"))
    found = by_path(ledger)
    assert [len(each.namesakes) for each in found.values()] == [*range(11), 11, 11, 11]
    assert [each.article.path for each in found["13.md"].namesakes] == [f"{number:02}.md" for number in range(11)]


# The same page


def duplicates(ledger: Ledger) -> dict[str, dict[str, list[str]]]:
    return {
        path: {url: [each.location.path for each in others] for url, others in found.duplicates.items()}
        for path, found in by_path(ledger).items()
    }


@pytest.mark.parametrize(
    ("verdict", "to", "is_copy"),
    [
        pytest.param(MOVED, "https://b.example/news/council-rejects-plan", True, id="moved to the other"),
        pytest.param(OK, "https://b.example/news/council-rejects-plan", False, id="not moved for good"),
        pytest.param(MOVED, "https://b.example/", False, id="moved to the start page"),
    ],
)
def test_a_page_that_has_moved_to_another_is_a_copy_of_it(
    verdict: Verdict, to: str, ledger: Ledger, *, is_copy: bool
) -> None:
    add(ledger, "a.md", A)
    add(ledger, "b.md", to)
    ledger.settle([page(A, verdict=verdict, to=to), page(to)])
    assert duplicates(ledger) == {"a.md": {A: ["b.md"]} if is_copy else {}, "b.md": {to: ["a.md"]} if is_copy else {}}


@pytest.mark.parametrize(
    ("roles", "is_copy"),
    [
        ((Role.CANONICAL, Role.CANONICAL), True),
        ((Role.CANONICAL, Role.ORIGINAL), True),
        ((Role.CANONICAL, Role.LINK), False),
        ((Role.CANONICAL, Role.AMP), False),
    ],
)
def test_copies_are_links_to_the_page_of_the_article(roles: tuple[Role, Role], ledger: Ledger, *, is_copy: bool) -> None:
    for path, role in zip("ab", roles, strict=True):
        add(ledger, path, A, role=role)
    assert duplicates(ledger)["a"] == ({A: ["b"]} if is_copy else {})


def test_a_limited_number_of_copies_is_listed(ledger: Ledger) -> None:
    for number in range(12):
        add(ledger, f"{number:02}.md", A)
    assert duplicates(ledger)["00.md"] == {A: [f"{number:02}.md" for number in range(1, 11)]}


# One article, and some


def test_one_article_has_its_facts_without_those_of_others(ledger: Ledger) -> None:
    notes = Notes(changed=("/a",), unpublished="a draft", headline="one", is_new=True)
    add(ledger, "a.md", A, notes=notes)
    add(ledger, "b.md", A, notes=Notes(headline="one"))
    ledger.settle([page(A)])
    found = ledger.evidence_of("a.md")
    assert found is not None
    assert (found.article.path, found.changed, found.unpublished) == ("a.md", frozenset(("/a",)), "a draft")
    assert [(each.verdict, each.outcome is not None) for each in found.results] == [(OK, True)]
    assert (found.duplicates, found.namesakes) == ({}, ())
    assert ledger.evidence_of("c.md") is None


def test_articles_are_read_in_batches_by_path(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    assert evidence_module.BATCH == 256
    monkeypatch.setattr(evidence_module, "BATCH", 2)
    paths = ["b", "a", "d", "a", "c", "c", "c"]
    for path in paths:
        add(ledger, path)
    assert [each.article.path for each in ledger.evidence()] == sorted(paths)


def test_only_articles_with_a_requested_link_of_a_role_are_read(ledger: Ledger) -> None:
    add(ledger, "a.md", A)
    add(ledger, "b.md", B)
    add(ledger, "c.md", A, role=Role.LINK)
    ledger.settle([page(A)])
    assert [each.article.path for each in ledger.evidence_with(Role.CANONICAL)] == ["a.md"]


# Unique values


def claimed(path: str, *values: str, group: str = "url") -> Notes:
    return Notes(unique=tuple(UniqueValue(Location(path, SPAN, f"/{each}"), each, group, each) for each in values))


def shared(ledger: Ledger) -> dict[str, list[tuple[str, list[str], int]]]:
    """The shared values of each article, each with the other places and their number."""
    return {
        path: [
            (each.unique.value, [f"{place.location.path}{place.location.pointer}" for place in each.places], each.number)
            for each in evidence.shared_values
        ]
        for path, evidence in by_path(ledger).items()
        if evidence.shared_values
    }


def test_places_with_equal_values_are_known(ledger: Ledger) -> None:
    for path, *values in (("b.md", "x", "y"), ("a.md", "x"), ("c.md", "z")):
        add(ledger, path, notes=claimed(path, *values))
    add(ledger, "d.md", notes=claimed("d.md", "x", group="slug"))
    assert shared(ledger) == {"a.md": [("x", ["b.md/x"], 1)], "b.md": [("x", ["a.md/x"], 1)]}
    assert sorted(each.value for each in ledger.claims()) == ["x", "x", "x", "y", "z"]


def test_values_of_articles_that_are_not_in_the_run_count_only_where_the_run_has_them(ledger: Ledger) -> None:
    add(ledger, "a.md", notes=claimed("a.md", "x"))
    ledger.add_claims(claimed("b.md", "x", "y").unique)
    ledger.add_claims(claimed("c.md", "y").unique)
    assert shared(ledger) == {"a.md": [("x", ["b.md/x"], 1)]}
    assert (ledger.has_article("a.md"), ledger.has_article("b.md")) == (True, False)


def test_the_first_of_many_places_are_listed(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence_module, "CLAIMS_SHOWN", 2)
    for path in ("a.md", "b.md", "c.md", "d.md"):
        add(ledger, path, notes=claimed(path, "x"))
    found = shared(ledger)
    assert found["a.md"] == [("x", ["b.md/x", "c.md/x"], 3)]
    assert found["d.md"] == [("x", ["a.md/x", "b.md/x"], 3)]


def test_another_run_has_its_own_values(ledger: Ledger) -> None:
    add(ledger, "a.md", notes=claimed("a.md", "x"))
    first = ledger.run
    ledger.begin(scope="check .")
    add(ledger, "b.md", notes=claimed("b.md", "x"))
    assert shared(ledger) == {}
    forget_run(ledger.database, first)
    assert ledger.database.execute("SELECT run, path FROM claim").fetchall() == [(ledger.run, "b.md")]
