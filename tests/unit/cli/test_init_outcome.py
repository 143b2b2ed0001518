"""What `linkcheck init` tells: what it left out, what the files find, which files it writes, and what to do next."""

import click
import pytest

from linkcheck.cli.init_summary import offer, tell_files, tell_next, tell_no_links, tell_proof, tell_survey
from linkcheck.commands.init import (
    Draft,
    FindingsOfRule,
    InitPlan,
    Proof,
    Reason,
    RepositorySurvey,
    SkippedData,
    Surveyed,
)
from linkcheck.infer import Inferred, InferredCollection, Linked, SiteInfo
from linkcheck.infer.generators import PLAIN
from linkcheck.model import Finding, Location, Role, Severity, Span

PLAN = InitPlan("linkcheck.toml", ())


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().err.splitlines()


def proof(*remaining: FindingsOfRule, links: int = 0, acceptable: int = 0, accepted: bool = False) -> Proof:
    return Proof(PLAN, (), 1, links, {}, (), remaining, "{}", acceptable, accepted)


def rule(severity: Severity, code: str, name: str, count: int, *paths: str) -> FindingsOfRule:
    first = tuple(
        Finding(code, name, severity, Location(path, Span(line, 1, line, 2)), "m") for line, path in enumerate(paths, 3)
    )
    return FindingsOfRule(code, name, severity, count, first)


def posts(*links: Linked, articles: int = 1, globs: tuple[str, ...] = ("posts/**",)) -> Surveyed:
    return Surveyed(InferredCollection("posts", ("posts",), ("posts/a.md",)), globs, Inferred({}, links, articles=articles))


def survey(*collections: Surveyed, **facts: object) -> RepositorySurvey:
    return RepositorySurvey(PLAIN, SiteInfo(base_url="https://a.example/"), collections, **facts)  # type: ignore[arg-type]


HEAD = "linkcheck: no site generator was recognized"


@pytest.mark.parametrize(
    ("without", "head"),
    [
        ((), f"{HEAD}; base URL: https://a.example/; files of the site: the repository, static"),
        (("base-url",), f"{HEAD}; files of the site: the repository, static"),
        (("site-root",), f"{HEAD}; base URL: https://a.example/"),
        (("base-url", "site-root"), HEAD),
    ],
)
def test_settings_that_were_left_out_are_not_told(
    without: tuple[str, ...], head: str, capsys: pytest.CaptureFixture[str]
) -> None:
    tell_survey(survey(site_roots=(".", "static")), (), without=without)
    assert lines(capsys) == [head]


def test_all_that_a_survey_found_is_told_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    links = [
        *(Linked(place, Role.IMAGE, 1) for place in ("a", "b", "c", "d")),
        Linked("source", Role.ORIGINAL, 1_200),
        Linked("more", Role.ORIGINAL, 34),
    ]
    collection = posts(*links, articles=1_234, globs=("a/**", "b/**", "c/**", "d/**", "e/**"))
    found = survey(
        collection,
        prefixes=(("cover", "img"), ("[].src", "media")),
        unread=("a.md:2",),
        programs=("b.md",),
        others=(".txt", ".text"),
        rst_files=1,
        skipped=(("_includes", 1), ("layouts", 1_000)),
        skipped_data=(
            SkippedData(Reason.MISSING, 1, ("a.yml",)),
            SkippedData(Reason.MISSING, 2, ("b.yml", "c.yml")),
            SkippedData(Reason.ARBITRARY, 3, ("data",), 2),
            SkippedData(Reason.ARBITRARY, 1, ("data",), 1),
            SkippedData(Reason.UNFIT, 4, ("1", "2", "3", "4")),
        ),
    )
    tell_survey(found, (collection,))
    text = [
        f"{HEAD}; base URL: https://a.example/",
        "",
        "  collection  articles  paths                        links",
        "  posts          1,234  a/**, b/**, c/** and 2 more  4 image (a, b, c and 1 more), 1,234 original (source, more)",
        "",
        "file names that get the folder of their files as a prefix: cover (img/), [].src (media/)",
        "",
        "skipped, because the front matter cannot be parsed: a.md:2",
        "",
        "skipped, because the front matter is a program, which is not run: b.md",
        "",
        "not read, although they start with front matter: .txt, .text; to read them, list the extensions of",
        "  all articles with --extensions",
        "",
        "not read, because they are in reStructuredText: 1 .rst file",
        "",
        "not read, because they are folders of templates or parts of articles: _includes/ (1 article),",
        "  layouts/ (1,000 articles); to read one, name it in the `paths` of a collection",
        "",
        "not surveyed: 1 data file that the settings declare and that does not exist: a.yml",
        "not surveyed: 2 data files that the settings declare and that do not exist: b.yml, c.yml",
        "not surveyed: 3 data files with URLs in data; to check them, add them to the `paths` of a collection",
        "  (2 of them are lists, which linkcheck cannot read)",
        "not surveyed: 1 data file with URLs in data; it is a list, which linkcheck cannot read",
        "not surveyed: 4 data files that linkcheck cannot read (a list, more than 256 KiB, or tags of YAML):",
        "  1, 2, 3 and 1 more",
    ]
    assert lines(capsys) == text


def test_without_collections_neither_a_table_nor_prefixes_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    tell_survey(survey(prefixes=(("cover", "img"),)), ())
    assert lines(capsys) == [f"{HEAD}; base URL: https://a.example/"]


@pytest.mark.parametrize(
    ("articles", "where"), [(1, "this article"), (2, "these 2 articles"), (1_500, "these 1,500 articles")]
)
def test_that_no_article_has_links_is_told(articles: int, where: str, capsys: pytest.CaptureFixture[str]) -> None:
    tell_no_links(survey(posts(articles=articles)))
    assert lines(capsys) == [
        "",
        (
            f"linkcheck: no link fields were found in the front matter of {where}, so there are no links to check, and no "
            "files were written. Links in the text of articles are not checked; other link checkers, such as lychee, do "
            "that. To validate the front matter against schemas nevertheless, use --without-links"
        ),
    ]


ERROR = rule(Severity.ERROR, "LC100", "parse", 1_002, "a.md", "b\x1b.md")
WARNING = rule(Severity.WARNING, "LC211", "missing-file", 1, "c.md")
INFOS = (rule(Severity.INFO, "LC130", "a", 2, "d.md"), rule(Severity.INFO, "LC131", "b", 3, "d.md"))
COUNTED = "linkcheck validate with these files: 1 article, 7 links"
SERIOUS = [
    "",
    COUNTED,
    "  error    LC100 parse         1,002",
    "      a.md:3",
    "      b\\x1b.md:4",
    "      and 1,000 more",
    "  warning  LC211 missing-file      1",
    "      c.md:3",
]


@pytest.mark.parametrize(
    ("remaining", "told"),
    [
        pytest.param((), ["", COUNTED, "  no errors or warnings"], id="nothing"),
        pytest.param(INFOS, ["", COUNTED, "  no errors or warnings, 5 info"], id="only information"),
        pytest.param((ERROR, WARNING), SERIOUS, id="errors and warnings"),
        pytest.param((ERROR, WARNING, *INFOS), [*SERIOUS, "  and 5 info"], id="all"),
    ],
)
def test_findings_that_remain_are_told_by_rule(
    remaining: tuple[FindingsOfRule, ...], told: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    tell_proof(proof(*remaining, links=7))
    assert lines(capsys) == told


def test_findings_have_the_colors_of_their_severity(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    told = Proof(PLAN, (("x", "a\n b"),), 1, 1, {"not checked: it is odd": 2}, (), (ERROR, WARNING))
    with click.Context(click.Command("init"), color=True):
        tell_proof(told)
    painted = [line for line in lines(capsys) if "\x1b[" in line]
    assert painted == [
        "\x1b[33mleft out: x, because it would be refused: a b\x1b[0m",
        "\x1b[33m  2 links not checked: odd\x1b[0m",
        "\x1b[31m  error    LC100 parse         1,002\x1b[0m",
        "\x1b[33m  warning  LC211 missing-file      1\x1b[0m",
    ]


def test_files_are_told_as_new_extended_or_replaced_and_schemas_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    schemas = [Draft(f"schemas/{number}.schema.json", "{}") for number in range(5)]
    others = [Draft("a", "x"), Draft("b", "x", "y", adds=True), Draft("c\x1b", "x", "y"), Draft("d", "x", adds=True)]
    tell_files([*schemas, *others])
    assert lines(capsys) == [
        "",
        "  a (new)",
        "  b (extended)",
        "  c\\x1b (replaced)",
        "  d (new)",
        "  5 schemas: schemas/0.schema.json, schemas/1.schema.json, schemas/2.schema.json and 2 more",
    ]
    tell_files(others[:1])
    assert lines(capsys) == ["", "  a (new)"]


NEXT = [
    "",
    "next:",
    "  linkcheck validate    check the front matter and local files again, offline",
    "  linkcheck check       also request every URL",
]
TO_ACCEPT = [
    "  linkcheck validate --baseline .linkcheck/baseline.json --update-baseline",
    "                        accept 2 findings for now; then set",
    '                        baseline = ".linkcheck/baseline.json" in linkcheck.toml',
]


@pytest.mark.parametrize(
    ("acceptable", "accepted", "told"),
    [
        (0, False, ["", "linkcheck: 2 files written", *NEXT]),
        (2, False, ["", "linkcheck: 2 files written", *NEXT, *TO_ACCEPT]),
        (
            2,
            True,
            [
                "",
                "linkcheck: 2 files written",
                "2 findings accepted in .linkcheck/baseline.json; remove an entry to see its finding again",
                *NEXT,
            ],
        ),
    ],
)
def test_what_to_do_next_is_told(
    acceptable: int,
    accepted: bool,  # noqa: FBT001 - a table's column
    told: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    tell_next([Draft("a", "x"), Draft("b", "x")], proof(acceptable=acceptable, accepted=accepted))
    assert lines(capsys) == told


@pytest.mark.parametrize(("acceptable", "findings"), [(1, "1 finding"), (1_200, "1,200 findings")])
def test_a_baseline_is_offered(acceptable: int, findings: str) -> None:
    assert offer(proof(acceptable=acceptable)) == f"Accept {findings} in a baseline, so that only new ones fail a run?"
