"""Whether a page shows an article, and whether a page at another URL is that article: by title, date and URL."""

import pytest

from linkcheck.judge import JudgeOptions
from linkcheck.judge.comparison.same_article import has_other_date, has_title_of, is_slug, shows_article, why_another
from linkcheck.model import JsonLd, PageFacts
from linkcheck.urls import Url, parse_url

ARTICLE = {"title": "Council opens the harbour bridge", "date": "2016-05-01"}


@pytest.mark.parametrize(
    ("page", "is_shown"),
    [
        pytest.param(PageFacts(title=ARTICLE["title"]), True, id="the title"),
        pytest.param(PageFacts(title="Gazette", og_title=ARTICLE["title"]), True, id="one of several titles"),
        pytest.param(PageFacts(title="Gazette", og_title="All the news"), False, id="other titles"),
        pytest.param(PageFacts(json_ld=JsonLd(headline=ARTICLE["title"])), True, id="the title in JSON-LD"),
        pytest.param(PageFacts(title="Gazette", published="2016-05-02"), True, id="the date"),
        pytest.param(PageFacts(title="Gazette", published="2019-05-02"), False, id="another date"),
        pytest.param(PageFacts(), False, id="nothing"),
    ],
)
def test_a_page_shows_an_article_by_any_title_or_its_date(page: PageFacts, *, is_shown: bool) -> None:
    assert shows_article({**ARTICLE}, page, JudgeOptions(now="2026-11-22T12:00:00Z")) is is_shown


def test_an_article_without_a_date_is_shown_by_its_title_only() -> None:
    options = JudgeOptions(now="2026-11-22T12:00:00Z")
    assert shows_article({"title": ARTICLE["title"]}, PageFacts(title=ARTICLE["title"], published="2016-05-02"), options)
    assert not shows_article({"title": ARTICLE["title"]}, PageFacts(title="Gazette", published="2016-05-02"), options)


def at(path: str) -> Url:
    return parse_url(path if "//" in path else f"https://www.a.example{path}")


LIST = "the new URL may lead to a list or a different version: it adds "
EDITION = "the new URL may lead to a different edition or language: it adds "


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("/news/bridge", "/news/bridge-video", f"{LIST}'video'"),
        ("/news/bridge", "/amp/news/bridge", f"{LIST}'amp'"),
        ("/news/bridge", "/tag/bridge", f"{LIST}'tag'"),
        ("/tag/bridge", "/tag/bridges", None),
        ("/news/bridge", "/newsletter/bridge", None),
        ("/news/bridge", "/news/bridge/2", "the new URL may lead to only a part of the article"),
        ("/news/bridge/", "/news/bridge/2", "the new URL may lead to only a part of the article"),
        ("/news/bridge", "/news", "the new URL may be a section page"),
        ("/news/bridge/", "/news/", "the new URL may be a section page"),
        ("/news/bridge", "/de/bridge", f"{EDITION}'de'"),
        ("/de/bridge", "/de/b/bridge", None),
        ("/news/bridge", "https://fr.a.example/local/bridge", f"{EDITION}'fr'"),
        ("/news/bridge", "/english/bridge", f"{EDITION}'english'"),
        ("/en-gb/bridge", "/en_us/bridge", f"{EDITION}'en_us'"),
        ("/2016/bridge", "/2017/bridge", "the new URL has another date"),
        ("/2016/05/01/bridge", "/2016/05/02/bridge", "the new URL has another date"),
        ("/20160501/bridge", "/2016-06-01/bridge", "the new URL has another date"),
        ("/20160501/bridge", "/2016-05-01/bridge", None),
        ("/2016/05/bridge", "/2016/05/01/bridge", None),
        ("/news/bridge", "/2017/bridge", None),
        ("/2017/bridge", "/news/bridge", None),
        ("/news/bridge.html", "/news/bridge", None),
    ],
)
def test_a_url_shows_that_its_page_is_another(old: str, new: str, why: str | None) -> None:
    assert why_another(at(old), at(new), is_amp=False) == why
    assert has_other_date(at(old), at(new)) is (why == "the new URL has another date")


def test_an_amp_page_may_have_the_word_in_its_url() -> None:
    assert why_another(at("/news/bridge"), at("/amp/news/bridge"), is_amp=True) is None
    assert why_another(at("/news/bridge"), at("/amp/news/bridge-video"), is_amp=True) == f"{LIST}'video'"


@pytest.mark.parametrize(
    ("segment", "is_title"),
    [
        *((f"council{sign}opens{sign}bridge", True) for sign in "-_+~"),
        ("council-opens-bridge.html", True),
        ("Aa-Bb-Cc", True),
        ("council-o-bridge-new", True),
        ("council-opens", False),
        ("council-12-bridge", False),
        ("a-b-c", False),
    ],
)
def test_a_slug_is_made_of_three_words(segment: str, is_title: bool) -> None:  # noqa: FBT001 - a table's column
    assert is_slug(segment) is is_title


TITLE = "Council opens rebuilt harbour bridge after seven years"
SLUG = "council-opens-bridge"


def title_clause(old: str, new: str, ours: str = TITLE, date: str | None = None, **page: object) -> str | None:
    owner = {"title": ours} if date is None else {"title": ours, "date": date}
    facts = PageFacts(**{"title": ours, "published": date, **page})  # type: ignore[arg-type]
    return has_title_of({**owner}, facts, at(old), at(new), JudgeOptions(now="2026-11-22T12:00:00Z"))


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("/news/bridge-1234567", "/local/bridge-1234567", True),
        ("/news/bridge-0012345", "/local/bridge-12345", True),
        ("/news/1234567", "/local/1234567-bridge", True),
        ("/news/bridge-opens-1234567", "/local/1234567", True),
        ("/news/bridge-opens-1234567", "/local/bridge-1234567", False),
        ("/news/1234567", "/local/1234567/2", False),
        ("/news/1234567", "/local/1234567/2345", True),
        ("/news/?id=1234", "/local/1234", True),
        ("/news/?id=123", "/local/123", False),
        ("/news/123", "/local/123", False),
        (f"/2016/05/{SLUG}", f"/2016/05/01/{SLUG}", True),
        (f"/2016/05/01/{SLUG}", f"/2016/05/{SLUG}", False),
        (f"/2016/05/01/{SLUG}", f"/news/{SLUG}", False),
        (f"/news/{SLUG}", f"/2016/05/01/{SLUG}", False),
        (f"/news/{SLUG}", f"/local/{SLUG}", False),
    ],
)
def test_without_a_date_the_title_counts_where_the_urls_have_their_numbers_in_common(
    old: str,
    new: str,
    same: bool,  # noqa: FBT001 - a table's column
) -> None:
    assert title_clause(old, new) == ("the new page has the article's title" if same else None)


def test_without_a_number_the_page_must_declare_its_url() -> None:
    new = f"/local/{SLUG}"
    assert title_clause(f"/news/{SLUG}", new, canonicals=(at(new).href,)) == "the new page has the article's title"
    assert title_clause(f"/news/{SLUG}", new, canonicals=(at("/other").href,)) is None


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        (f"/news/{SLUG}", f"/local/{SLUG}", True),
        (f"/news/{SLUG}", f"/2016/05/02/{SLUG}", True),
        (f"/news/{SLUG}", f"/2016/05/03/{SLUG}", False),
        ("/story/abc", f"/local/{SLUG}", True),
        ("/story/abc12", f"/local/{SLUG}", False),
        ("/story/1234", "/local/5678", False),
        ("/story/?id=2016", f"/2016/05/{SLUG}", False),
        ("/story/abc-1234567", "/local/1234567-bridge", True),
        ("/story/abc-1234567", f"/local/{SLUG}", False),
        ("/story/bridge-closes", "/local/bridge-opens", False),
    ],
)
def test_with_its_date_the_title_counts_where_the_urls_do_not_contradict(
    old: str,
    new: str,
    same: bool,  # noqa: FBT001 - a table's column
) -> None:
    told = title_clause(old, new, date="2016-05-01")
    assert told == ("the new page has the article's title and date" if same else None)
    assert title_clause(old, new, date="2016-05-01", published="2016-05-02") is None


def test_a_title_of_few_words_counts_with_the_words_of_the_url_only() -> None:
    short = {"ours": "The bridge", "date": "2016-05-01"}
    assert title_clause(f"/story/{SLUG}", f"/local/{SLUG}", **short) == "the new page has the article's title and date"
    assert title_clause("/story/bridge", "/local/bridge", **short) is None
    assert title_clause("/news/1234567", "/local/1234567", ours="The bridge") is None


@pytest.mark.parametrize(
    ("page", "has"),
    [
        ({"title": TITLE.upper()}, True),
        ({"title": f"{TITLE} | A"}, True),
        ({"title": f"{TITLE} | Local"}, True),
        ({"title": f"{TITLE} | Other"}, False),
        ({"title": f"Quiz: {TITLE}"}, False),
        ({"title": "Gazette", "og_title": TITLE}, True),
        ({"title": "Gazette", "json_ld": JsonLd(headline=TITLE)}, True),
        ({"title": "Gazette", "json_ld": JsonLd(headline="Another")}, False),
        ({"site_name": TITLE}, False),
    ],
)
def test_a_title_has_at_most_the_names_of_site_and_folder_beside_it(
    page: dict[str, object],
    has: bool,  # noqa: FBT001 - a table's column
) -> None:
    assert (title_clause("/news/1234567", "/local/1234567", **page) is not None) is has  # type: ignore[arg-type]
