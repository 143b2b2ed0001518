"""Which pages are looked up in web archives, and which snapshots are copies of them."""

import pytest
from msgspec.structs import replace

from linkcheck.judge import JudgeOptions, is_copy, judge_article, wanted_copies
from linkcheck.model import (
    Answer,
    Article,
    ArticleFields,
    Evidence,
    Expectations,
    Failure,
    FailureKind,
    Hop,
    Json,
    Link,
    LinkResult,
    Location,
    Outcome,
    PageFacts,
    Probe,
    Role,
    Severity,
    Snapshot,
    Span,
    Target,
    Verdict,
    VerdictKind,
    WantedCopy,
)

URL = "https://gazette.example/2021/06/03/harbour-bridge"
TITLE = "Harbour bridge opens after four years"
COPY = f"https://web.archive.example/web/20210604101112/{URL}"
GONE = Outcome(URL, Probe.PAGE, Answer(404, URL))


def result(pointer: str = "/webUrl", role: Role = Role.CANONICAL, kind: VerdictKind = VerdictKind.DEAD) -> LinkResult:
    link = Link(Location("a.md", Span(1, 1, 1, 2), pointer), role, URL)
    return LinkResult(link, Target(URL, Probe.PAGE, "gazette.example"), Verdict(kind, ""), outcome=GONE)


def wanted(data: dict[str, Json], each: LinkResult, fields: ArticleFields | None = None) -> list[WantedCopy]:
    evidence = Evidence(Article("a.md", data=data, fields=fields), results=(each,))
    return [copy for _, copy in wanted_copies(evidence, JudgeOptions())]


@pytest.mark.parametrize("role", Role)
def test_pages_are_looked_up_and_nothing_else(role: Role) -> None:
    is_page = role in (Role.CANONICAL, Role.ORIGINAL, Role.LINK)
    assert bool(wanted({}, result(role=role))) is is_page


@pytest.mark.parametrize("kind", VerdictKind)
def test_pages_are_looked_up_if_they_are_dead_or_suspect(kind: VerdictKind) -> None:
    assert bool(wanted({}, result(kind=kind))) is (kind in (VerdictKind.DEAD, VerdictKind.SUSPECT))


def test_a_link_that_was_not_requested_is_not_looked_up() -> None:
    assert wanted({}, replace(result(), outcome=None)) == []


def test_a_page_on_a_private_address_is_not_looked_up() -> None:
    assert wanted({}, replace(result(), outcome=replace(GONE, address="10.0.0.1"))) == []
    assert wanted({}, replace(result(), outcome=replace(GONE, address="93.184.216.34"))) != []


def copied(kind: VerdictKind = VerdictKind.OK, url: str = COPY, of: str = URL, owner: str = "") -> LinkResult:
    link = Link(Location("a.md", Span(2, 1, 2, 2), f"{owner}/archivedUrl"), Role.ARCHIVE, url, Expectations(of=of))
    outcome = Outcome(url, Probe.PAGE, Answer(200, url))
    return LinkResult(link, Target(url, Probe.PAGE, "web.archive.example"), Verdict(kind, ""), outcome=outcome)


@pytest.mark.parametrize(
    ("stated", "is_known"),
    [
        (copied(), True),
        (copied(VerdictKind.MOVED), True),
        (copied(url="https://archive.ph/AbC12"), True),
        (copied(url="https://any.example/x"), False),
        (copied(VerdictKind.DEAD), False),
        (copied(VerdictKind.BLOCKED), False),
        (copied(url=f"{COPY}-2"), False),
        (copied(of=f"{URL}-2"), False),
        (copied(owner="/related/0"), False),
    ],
)
def test_a_page_whose_copy_the_article_states_is_info_and_not_looked_up(stated: LinkResult, *, is_known: bool) -> None:
    evidence = Evidence(Article("a.md"), results=(result(), stated))
    assert [*wanted_copies(evidence, JudgeOptions())] == ([] if is_known else [(result(), WantedCopy(URL))])
    (finding,) = (each for each in judge_article(evidence, JudgeOptions()).findings if each.location.pointer == "/webUrl")
    assert finding.code == "LC201"
    assert (finding.severity is Severity.INFO) is is_known
    assert (finding.hint == "Nothing to do: `archivedUrl` has a copy of the page.") is is_known


def test_a_title_is_known_of_an_article_and_not_of_another_page() -> None:
    data: dict[str, Json] = {"title": TITLE, "publishedDateTime": "2021-06-03T10:57:00Z"}
    assert wanted(data, result()) == [WantedCopy(URL, "2021-06-03T10:57:00Z", TITLE)]
    assert wanted(data, result(role=Role.ORIGINAL)) == [WantedCopy(URL, "2021-06-03T10:57:00Z", TITLE)]
    assert wanted(data, result(role=Role.LINK)) == [WantedCopy(URL, "2021-06-03T10:57:00Z")]


def test_an_entry_has_its_own_title_and_date_and_else_the_date_of_the_article() -> None:
    data: dict[str, Json] = {
        "title": TITLE,
        "publishedDateTime": "2021-06-03T10:57:00Z",
        "related": [{"title": "One", "publishedDateTime": "2020-01-02"}, {"title": "Two"}],
    }
    assert wanted(data, result("/related/0/webUrl")) == [WantedCopy(URL, "2020-01-02T12:00:00Z", "One")]
    assert wanted(data, result("/related/1/webUrl")) == [WantedCopy(URL, "2021-06-03T10:57:00Z", "Two")]


def test_the_schema_says_which_property_is_the_date_and_the_title() -> None:
    fields = ArticleFields(title=("name",), date=("when",))
    data: dict[str, Json] = {"title": "x", "date": "2001-01-01", "name": TITLE, "when": "3 June 2021"}
    assert wanted(data, result(), fields) == [WantedCopy(URL, "2021-06-03T12:00:00Z", TITLE)]


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        (2021, "2021-07-01T12:00:00Z"),
        ("2021", "2021-07-01T12:00:00Z"),
        ("2021-06", "2021-06-15T12:00:00Z"),
        (20210603, "2021-06-03T12:00:00Z"),
        ("20210603", "2021-06-03T12:00:00Z"),
        (1622717820, None),
        (True, None),
    ],
)
def test_a_part_of_a_date_is_better_than_none(date: Json, moment: str | None) -> None:
    assert wanted({"publishedDateTime": date}, result()) == [WantedCopy(URL, moment)]


def test_the_name_of_the_file_has_the_date_if_the_article_has_none() -> None:
    path = "posts/2021-06-03-bridge/2022-06-03.md"
    evidence = Evidence(Article(path, data={}), results=(result(),))
    assert [copy.moment for _, copy in wanted_copies(evidence, JudgeOptions())] == ["2022-06-03T12:00:00Z"]
    evidence = Evidence(Article(path, data={"date": "2020-01-02"}), results=(result(),))
    assert [copy.moment for _, copy in wanted_copies(evidence, JudgeOptions())] == ["2020-01-02T12:00:00Z"]


@pytest.mark.parametrize(
    "url",
    [
        "https://staging.gazette.example/a",
        "https://gazette.example/reset/eyJhbGciOiJIUzI1NiJ9.e30",
        "https://gazette.example/a?sessionid=0123456789abcdef0123456789abcdef",
    ],
)
def test_a_staging_site_and_a_secret_are_not_revealed(url: str) -> None:
    each = replace(result(), target=Target(url, Probe.PAGE, ""), outcome=replace(GONE, url=url))
    assert wanted({}, each) == []


def test_an_article_of_the_future_is_not_looked_up() -> None:
    evidence = Evidence(Article("a.md", data={"publishedDateTime": "2031-01-01T00:00:00Z"}), results=(result(),))
    assert [*wanted_copies(evidence, JudgeOptions(now="2026-12-01T00:00:00Z"))] == []
    assert len([*wanted_copies(evidence, JudgeOptions(now="2032-12-01T00:00:00Z"))]) == 1


def test_a_page_that_is_not_published_yet_is_not_looked_up() -> None:
    evidence = Evidence(Article("a.md"), results=(result(),), unpublished="it is a draft")
    assert [*wanted_copies(evidence, JudgeOptions())] == []


@pytest.mark.parametrize("date", ["0000-01-01", "2021-02-30", "soon", 5, None, "9999-99-99", "2021-13", ""])
def test_a_date_that_does_not_exist_is_unknown(date: Json) -> None:
    assert wanted({"publishedDateTime": date}, result()) == [WantedCopy(URL)]


def snapshot(
    page: PageFacts | None = None, status: int = 200, original: str | None = URL, hops: tuple[Hop, ...] = ()
) -> Snapshot:
    answer = Answer(status, COPY, media_type="text/html", page=page or PageFacts(title=f"{TITLE} | The Gazette"))
    return Snapshot(COPY, "2021-06-04T10:11:12Z", Outcome(COPY, Probe.PAGE, answer, hops=hops), original)


WANTED = WantedCopy(URL, "2021-06-03T10:57:00Z", TITLE)


def test_a_page_with_the_title_of_the_article_is_a_copy() -> None:
    assert is_copy(WANTED, snapshot())


@pytest.mark.parametrize("status", [203, 206, 301, 404, 410, 500])
def test_what_does_not_respond_with_200_is_not_a_copy(status: int) -> None:
    assert not is_copy(WANTED, snapshot(status=status))


def test_a_copy_that_could_not_be_requested_is_not_one() -> None:
    lost = Outcome(COPY, Probe.PAGE, failure=Failure(FailureKind.TIMEOUT, "headers", "late"))
    assert not is_copy(WANTED, replace(snapshot(), outcome=lost))


@pytest.mark.parametrize(
    ("original", "is_same"),
    [
        (URL, True),
        (URL.replace("https://", "http://www."), True),
        (f"{URL}/", True),
        (f"{URL}?utm_source=x", True),
        ("https://gazette.example/", False),
        (f"{URL}-2", False),
        (f"{URL}?page=2", False),
        ("no URL", False),
    ],
)
def test_a_copy_is_of_the_same_page(original: str, *, is_same: bool) -> None:
    assert is_copy(WANTED, snapshot(original=original)) is is_same


def test_without_the_name_of_the_page_a_redirect_may_lead_to_another() -> None:
    assert is_copy(WANTED, snapshot(original=None))
    assert not is_copy(WANTED, snapshot(original=None, hops=(Hop("https://web.archive.example/1", 302, "/2"),)))


@pytest.mark.parametrize(
    ("page", "is_one"),
    [
        (PageFacts(title="Page not found"), False),
        (PageFacts(title="404"), False),
        (PageFacts(title="gazette.example is for sale | HugeDomains"), False),
        (PageFacts(title="Best online casino bonus offers"), False),
        (PageFacts(title="The Gazette"), False),
        (PageFacts(title="The Gazette", heading=TITLE), True),
        (PageFacts(title="New harbour bridge opens four years late"), True),
        (PageFacts(title=None), True),
        (PageFacts(title="Le pont du port ouvre enfin", lang="fr"), None),
        (PageFacts(title=TITLE, canonicals=("https://web.archive.example/other",)), True),
        (PageFacts(title=TITLE, refresh=f"https://web.archive.example/web/20210604101112/{URL}", refresh_seconds=0), True),
        (PageFacts(title=TITLE, refresh="https://web.archive.example/other", refresh_seconds=0), False),
        (PageFacts(title=TITLE, content="empty"), False),
        (PageFacts(title=TITLE, content="image"), False),
        (PageFacts(title=TITLE, content="feed"), False),
    ],
)
def test_a_copy_is_no_error_page_and_not_another_article(page: PageFacts, *, is_one: bool | None) -> None:
    assert is_copy(WANTED, snapshot(page)) is is_one


@pytest.mark.parametrize(
    ("ours", "theirs", "is_one"),
    [
        ("Harbour bridge opens", "Harbour bridge opens | The Gazette", True),
        ("Harbour bridge opens", "Gazette: Harbour bridge opens", True),
        ("Brexit", "Brexit - The Gazette", True),
        ("Мост открыт", "Мост открыт — Газета", True),
        ("Bridge opens", "桥梁开通", None),
        ("Council votes on new budget after debate", "澳门赌场在线", None),
        ("Football results", "Harbour bridge opens after four years of works", False),
        ("Council votes on budget", "Best Casino", False),
        ("Harbour bridge opens after four years", "Harbour bridge opens four years late", True),
        ("Ferry service resumes after storm", "Storm", False),
        ("Ferry service resumes after storm", "Ferry", False),
        ("Ferry service resumes after storm", "Ferry service suspended after storm", None),
        ("Obituary: John Smith", "Obituary: Jane Smith", None),
        ("Mayor resigns", "Mayor resigns from golf club after row over parking", None),
        ("Top 5 beaches", "Top 5 hotels", None),
        ("Team A beats Team B", "Team B beats Team A", None),
        ("Harbour bridge opens", "The Gazette", False),
        ("Bridge opens", "Welcome to the Gazette", False),
        ("Brexit", "The Gazette - Home", False),
        ("Harbour bridge opens", "Harbour ferry closes", False),
        ("Letters", "Obituaries", False),
        ("Мост открыт", "Газета", False),
        ("Interview: Anna Schmidt", "Interview: Bert Müller", False),
        ("Bridge", "Cheese prices rise in Holland as demand falls", False),
        ("Four years of the harbour bridge, part 1", "Four years of the harbour bridge, part 2", False),
        ("Part 1", "Part 2", False),
    ],
)
def test_a_copy_has_the_title_of_the_article(ours: str, theirs: str, *, is_one: bool | None) -> None:
    assert is_copy(WantedCopy(URL, None, ours), snapshot(PageFacts(title=theirs))) is is_one


def test_without_a_title_to_compare_any_page_of_its_own_is_a_copy() -> None:
    assert is_copy(WantedCopy(URL), snapshot(PageFacts(title="Best online casino bonus offers")))
    assert not is_copy(WantedCopy(URL), snapshot(PageFacts(title="Page not found")))
