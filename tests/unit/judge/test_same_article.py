"""Whether a page shows an article: its title, perhaps rewritten, or its date."""

import pytest

from linkcheck.judge import JudgeOptions
from linkcheck.judge.comparison.same_article import shows_article
from linkcheck.model import PageFacts

ARTICLE = {"title": "Council opens the harbour bridge", "date": "2016-05-01"}


@pytest.mark.parametrize(
    ("page", "is_shown"),
    [
        pytest.param(PageFacts(title=ARTICLE["title"]), True, id="the title"),
        pytest.param(PageFacts(title="Gazette", og_title=ARTICLE["title"]), True, id="one of several titles"),
        pytest.param(PageFacts(title="Gazette", og_title="All the news"), False, id="other titles"),
        pytest.param(PageFacts(title="Gazette", published="2016-05-02"), True, id="the date"),
        pytest.param(PageFacts(title="Gazette", published="2019-05-02"), False, id="another date"),
        pytest.param(PageFacts(), False, id="nothing"),
    ],
)
def test_a_page_shows_an_article_by_any_title_or_its_date(page: PageFacts, *, is_shown: bool) -> None:
    assert shows_article({**ARTICLE}, page, JudgeOptions(now="2026-11-22T12:00:00Z")) is is_shown
