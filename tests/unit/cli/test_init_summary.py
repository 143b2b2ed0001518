"""How `linkcheck init` describes the articles that differ from nearly all others."""

import pytest

from linkcheck.cli.init_summary import tell_proof, tell_survey
from linkcheck.commands.init import InitPlan, Proof, Reason, RepositorySurvey, SkippedData, Surveyed
from linkcheck.infer import Inferred, InferredCollection, Linked, SiteInfo, infer
from linkcheck.infer.generators import GENERATORS, PLAIN
from linkcheck.model import Json, Role
from linkcheck.pipeline.sites import FoundSite


def output(capsys: pytest.CaptureFixture[str], **inferred: Inferred) -> list[str]:
    """The lines about collections with these names."""
    surveyed = tuple(
        Surveyed(InferredCollection(name, (name,), (f"{name}/a.md",)), (f"{name}/**",), each)
        for name, each in inferred.items()
    )
    tell_survey(RepositorySurvey(PLAIN, SiteInfo(), surveyed), surveyed)
    return capsys.readouterr().err.splitlines()


def told(inferred: Inferred, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The lines about what is not alike in a collection."""
    return output(capsys, posts=inferred)[4:]


@pytest.mark.parametrize(
    ("skipped", "text"),
    [
        pytest.param(
            SkippedData(Reason.ARBITRARY, 3, ("_data", "data"), 1),
            "3 data files with URLs in _data, data; to check them, add them to the `paths` of a collection (1 of them is a "
            "list, which linkcheck cannot read)",
            id="arbitrary data",
        ),
        pytest.param(
            SkippedData(Reason.ARBITRARY, 1, ("",), is_all=False),
            "at least 1 data file with URLs in .; to check it, add it to the `paths` of a collection",
            id="so many files that not all were read",
        ),
        pytest.param(
            SkippedData(Reason.ARBITRARY, 2, ("data",), 2),
            "2 data files with URLs in data; they are lists, which linkcheck cannot read",
            id="only lists",
        ),
        pytest.param(
            SkippedData(Reason.UNFIT, 1, ("a.json",)),
            "1 data file that linkcheck cannot read (a list, more than 256 KiB, or tags of YAML): a.json",
            id="an entry that cannot be read",
        ),
        pytest.param(
            SkippedData(Reason.WITHOUT_LINKS, 2, ("words",)),
            "2 data files without links in words",
            id="entries without links",
        ),
    ],
)
def test_data_files_in_no_collection_are_named_with_the_reason(
    skipped: SkippedData, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    tell_survey(RepositorySurvey(PLAIN, SiteInfo(), (), skipped_data=(skipped,)), ())
    lines = capsys.readouterr().err.splitlines()
    assert " ".join(line.strip() for line in lines[2:]) == f"not surveyed: {text}"


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


def test_few_of_many_lines_are_told_and_values_that_are_not_urls_come_first(capsys: pytest.CaptureFixture[str]) -> None:
    lacking = "`date` is missing from 1 of 40 articles, so it is not required"
    notes = tuple(f"note {number}" for number in range(3))
    links = (Linked("source", Role.ORIGINAL, 444, 2),)
    lines = output(capsys, docs=Inferred({}, (), (lacking, *notes)), posts=Inferred({}, links, ("note 4",)))
    assert lines[-6:] == [
        "posts: 2 of 444 `source` are not URLs",
        *(f"docs: {note}" for note in notes),
        "posts: note 4",
        "and 1 more like these",
    ]


@pytest.mark.parametrize("number", [5, 6])
def test_at_most_five_lines_are_told(number: int, capsys: pytest.CaptureFixture[str]) -> None:
    lines = told(Inferred({}, (), tuple(f"note {each}" for each in range(number))), capsys)
    assert lines == [*(f"posts: note {each}" for each in range(5)), *(["and 1 more like these"] if number > 5 else [])]


def test_long_lines_are_wrapped(capsys: pytest.CaptureFixture[str]) -> None:
    note = " ".join(f"posts/article-{number}.md:1," for number in range(20))
    lines = told(Inferred({}, (), (note,)), capsys)
    assert max(map(len, lines)) <= 100
    assert "".join(f" {line.strip()}" for line in lines) == f" posts: {note}"


def test_the_files_that_cannot_be_parsed_are_wrapped(capsys: pytest.CaptureFixture[str]) -> None:
    unread = tuple(f"content/posts/2018-03-26-a-very-long-title-of-an-article-number-{number}.md:1" for number in range(5))
    tell_survey(RepositorySurvey(PLAIN, SiteInfo(), (), unread=unread), ())
    lines = capsys.readouterr().err.splitlines()[2:]
    assert max(map(len, lines)) <= 100
    assert " ".join(line.strip() for line in lines) == (
        f"skipped, because the front matter cannot be parsed: {', '.join(unread[:3])} and 2 more"
    )


def test_files_with_a_program_are_not_told_as_files_that_cannot_be_parsed(capsys: pytest.CaptureFixture[str]) -> None:
    tell_survey(RepositorySurvey(PLAIN, SiteInfo(), (), programs=("about.md",)), ())
    lines = capsys.readouterr().err.splitlines()[2:]
    assert lines == ["skipped, because the front matter is a program, which is not run: about.md"]


def test_what_a_proof_tells_is_wrapped_and_indented(capsys: pytest.CaptureFixture[str]) -> None:
    words = " ".join(f"word-{number}" for number in range(30))
    plan = InitPlan("linkcheck.toml", (), notes=(words,))
    tell_proof(Proof(plan, (("base-url", words),), 1, 1, {words: 1}, (words,), ()))
    lines = capsys.readouterr().err.splitlines()
    assert max(map(len, lines)) <= 100
    starts = {line[: line.index("word-")] for line in lines if "word-" in line}
    assert starts == {
        *("left out: base-url, because it would be refused: ", "", "  ", "  1 link not checked: ", "  notice: ", "    "),
    }


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        pytest.param(["a", "b"], "2 link (a, b)", id="short"),
        pytest.param([f"long_property{n}[].url" for n in range(9)], "9 link (long_property0[].url and 8 more)", id="many"),
        pytest.param(["x" * 90], "1 link", id="long"),
        pytest.param(["x" * 72], "1 link", id="a cell too long"),
        pytest.param(["x" * 71], f"1 link ({'x' * 71})", id="just short enough"),
    ],
)
def test_a_table_is_not_wide(places: list[str], expected: str, capsys: pytest.CaptureFixture[str]) -> None:
    links = tuple(Linked(place, Role.LINK, 1) for place in places)
    line = output(capsys, posts=Inferred({}, links))[3]
    assert line.endswith(f"  {expected}")


def test_what_articles_say_is_made_fit_to_show(capsys: pytest.CaptureFixture[str]) -> None:
    (line,) = told(Inferred({}, (), ("`a\x1b[2J\n::error::` is missing",)), capsys)
    assert line == r"posts: `a\x1b[2J\n::error::` is missing"


def test_names_that_are_numbers_are_names(capsys: pytest.CaptureFixture[str]) -> None:
    lines = output(capsys, **{"404": Inferred({}, (), articles=7), "2018": Inferred({}, (), articles=1_000)})
    assert lines[3:] == ["  404                7  404/**   none", "  2018           1,000  2018/**  none"]


def test_what_was_not_found_is_not_called_a_generator(capsys: pytest.CaptureFixture[str]) -> None:
    survey = RepositorySurvey(PLAIN, SiteInfo(), (), site_roots=(".", "static"))
    tell_survey(survey, ())
    assert capsys.readouterr().err.splitlines() == [
        "linkcheck: no site generator was recognized; files of the site: the repository, static"
    ]


HUGO, JEKYLL = (generator for generator in GENERATORS if generator.name in {"Hugo", "Jekyll"})


def _told_about_sites(capsys: pytest.CaptureFixture[str], *addresses: str | None, base_url: str | None, on_site: int) -> str:
    """The lines about a blog and documentation with these addresses, of which the blog has most articles."""
    infos = (SiteInfo(folder="docs", base_url=addresses[1]), SiteInfo(folder="blog", base_url=addresses[0]))
    sites = tuple(FoundSite(generator, info) for generator, info in zip((JEKYLL, HUGO), infos, strict=True))
    survey = RepositorySurvey(HUGO, SiteInfo(folder="blog", base_url=base_url), (), sites=sites, on_site=on_site)
    tell_survey(survey, ())
    return " ".join(line.strip() for line in capsys.readouterr().err.splitlines())


def test_all_generators_are_named_with_their_folders(capsys: pytest.CaptureFixture[str]) -> None:
    told = _told_about_sites(capsys, "https://a.example/", None, base_url="https://a.example/", on_site=1)
    assert told == "linkcheck: site generators: Hugo in blog, Jekyll in docs; base URL: https://a.example/"
    assert _told_about_sites(capsys, None, None, base_url=None, on_site=1) == (
        "linkcheck: site generators: Hugo in blog, Jekyll in docs"
    )


def test_an_address_that_is_not_that_of_all_sites_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    told = _told_about_sites(capsys, "https://a.example/", "https://b.example/", base_url=None, on_site=1)
    assert told == (
        "linkcheck: site generators: Hugo in blog, Jekyll in docs base-url is not set, because it applies to all articles, "
        "and the sites have different addresses (Jekyll in docs: https://b.example/, Hugo in blog: https://a.example/). To "
        "check links without a host, set base-url to the address of one site, or run linkcheck init in the folder of each "
        "site, so that each has its own configuration"
    )
    assert "Hugo in blog: unknown" in _told_about_sites(capsys, None, "https://b.example/", base_url=None, on_site=1)
    assert "base-url" not in _told_about_sites(capsys, "https://a.example/", None, base_url=None, on_site=0)
