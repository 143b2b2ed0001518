"""How `linkcheck init` describes the articles that differ from nearly all others."""

import pytest

from linkcheck.cli.init_summary import tell_survey
from linkcheck.commands.init import RepositorySurvey, Surveyed
from linkcheck.infer import Inferred, InferredCollection, Linked, SiteInfo, infer
from linkcheck.infer.generators import PLAIN
from linkcheck.model import Json, Role


def told(inferred: Inferred, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The lines about a collection."""
    surveyed = Surveyed(InferredCollection("posts", "posts", ("posts/a.md",)), ("posts/**",), inferred)
    tell_survey(RepositorySurvey(PLAIN, SiteInfo(), (surveyed,)), (surveyed,))
    return [line for line in capsys.readouterr().err.splitlines() if line.startswith("posts: ")]


def test_properties_that_the_same_number_of_articles_lack_share_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    whole: dict[str, Json] = {"title": "A", "date": "2026-01-01", "author": "B", "image": "/a.png"}
    articles: list[dict[str, Json]] = [*[whole] * 40, {"image": "/a.png"}]
    assert told(infer(articles, name="posts"), capsys) == [
        "posts: `title`, `date`, `author` are missing from 1 of 41 articles, so they are not required"
    ]


def test_a_line_about_values_that_are_not_urls_has_their_number_and_places(capsys: pytest.CaptureFixture[str]) -> None:
    link = Linked("source", Role.ORIGINAL, 444, 2)
    assert told(Inferred({}, (link,)), capsys) == ["posts: 2 of 444 `source` are not URLs"]
    note = "`source` is not a URL: posts/a.md:3, posts/b.md:3"
    assert told(Inferred({}, (link,), (note,)), capsys) == [f"posts: {note} (2 of 444)"]


def test_many_lines_are_cut_and_counted(capsys: pytest.CaptureFixture[str]) -> None:
    notes = tuple(f"note {number}" for number in range(9))
    lines = told(Inferred({}, (), notes), capsys)
    assert (len(lines), lines[-1]) == (6, "posts: and 4 more like these")


def test_what_articles_say_is_made_fit_to_show(capsys: pytest.CaptureFixture[str]) -> None:
    (line,) = told(Inferred({}, (), ("`a\x1b[2J\n::error::` is missing",)), capsys)
    assert line == r"posts: `a\x1b[2J\n::error::` is missing"
