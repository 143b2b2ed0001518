"""The texts of the files that `linkcheck init` writes."""

import tomllib
from typing import Any

import pytest
import yaml

from linkcheck.commands.init.survey import RepositorySurvey
from linkcheck.commands.init.surveyed_collections import Surveyed
from linkcheck.commands.init.templates import (
    Draft,
    baseline_setting,
    collection,
    configuration,
    hooks,
    passes_more_types,
    schema,
    types_line,
    types_of,
    workflow,
)
from linkcheck.infer import Inferred, InferredCollection, Linked, SiteInfo
from linkcheck.infer.generators import PLAIN
from linkcheck.model import Json, Role

PATHS = ("posts/a.md", "posts/b.md")


def surveyed(
    *paths: str, folders: tuple[str, ...] = ("posts",), url: str | None = None, is_data: bool = False, role: Role = Role.LINK
) -> Surveyed:
    inferred = Inferred({}, (Linked("more", role, 3),))
    return Surveyed(InferredCollection("posts", folders, paths or PATHS, is_data), ("posts/**", "*.md"), inferred, url)


def written(**survey: Any) -> str:
    parts = configuration(RepositorySurvey(PLAIN, **{"site": SiteInfo(), "collections": (), **survey}))
    return "".join(each.text for each in parts)


@pytest.mark.parametrize(
    ("survey", "settings"),
    [
        pytest.param({}, {}, id="nothing"),
        pytest.param({"extensions": (".md", ".txt")}, {"extensions": [".md", ".txt"]}, id="extensions"),
        pytest.param({"exclude_files": ("a/*", "b/*")}, {"exclude-files": ["a/*", "b/*"]}, id="excluded files"),
        pytest.param(
            {"site": SiteInfo(base_url="https://a.example/"), "on_site": 2}, {"base-url": "https://a.example/"}, id="address"
        ),
        pytest.param({"site_roots": ("static",)}, {"site-root": "static"}, id="one root"),
        pytest.param({"site_roots": ("static", ".")}, {"site-root": ["static", "."]}, id="two roots"),
        pytest.param({"aliases": {"~/": "a", 'q"': "é\x7f"}}, {"aliases": {"~/": "a", 'q"': "é\x7f"}}, id="aliases"),
        pytest.param(
            {"collections": (surveyed(url="/:slug/"),), "aliases": {"~/": "."}},
            {
                "collections": [
                    {
                        "name": "posts",
                        "paths": ["posts/**", "*.md"],
                        "schema": ".linkcheck/posts.schema.json",
                        "url": "/:slug/",
                    }
                ],
                "aliases": {"~/": "."},
            },
            id="a collection",
        ),
    ],
)
def test_the_configuration_has_what_was_found(survey: dict[str, Any], settings: dict[str, Json]) -> None:
    assert tomllib.loads(written(**survey)) == settings


@pytest.mark.parametrize(
    ("survey", "is_proposed"),
    [({}, False), ({"on_site": 1}, True), ({"on_site": 1, "site": SiteInfo(base_url="https://a.example/")}, False)],
)
def test_the_address_of_the_site_is_proposed_if_links_need_one(survey: dict[str, Any], *, is_proposed: bool) -> None:
    assert ('# base-url = "https://example.com/"\n' in written(**survey)) is is_proposed


@pytest.mark.parametrize(("role", "is_offered"), [(Role.IMAGE, True), (Role.LINK, False)])
def test_the_preset_for_lead_images_is_offered_where_there_are_images(role: Role, *, is_offered: bool) -> None:
    assert ('"preset": "discover"' in written(collections=(surveyed(role=role),))) is is_offered


def test_letters_are_written_as_they_are_and_only_what_toml_does_not_allow_as_an_escape() -> None:
    assert '"é\\"" = "\\u007f→"\n' in written(aliases={'é"': "\x7f→"})


def test_a_part_that_can_be_left_out_has_a_name() -> None:
    survey = RepositorySurvey(
        PLAIN,
        SiteInfo(base_url="https://a.example/"),
        (surveyed(role=Role.IMAGE),),
        site_roots=("static",),
        aliases={"~/": "."},
        exclude_files=("a/*",),
        extensions=(".md",),
    )
    parts = configuration(survey)
    names = ["", "extensions", "exclude-files", "base-url", "site-root", "the collection posts", "", "aliases"]
    assert [each.name for each in parts] == names
    assert [each.surveyed for each in parts if each.surveyed is not None] == [*survey.collections]
    assert baseline_setting().name == "baseline"
    assert tomllib.loads(baseline_setting().text) == {"baseline": ".linkcheck/baseline.json"}


def test_the_configuration_explains_its_settings() -> None:
    text = written(
        extensions=(".md", ".txt"),
        exclude_files=("a/*",),
        site=SiteInfo(base_url="https://a.example/"),
        site_roots=("static",),
        collections=(surveyed(url="/:slug/", role=Role.IMAGE),),
        aliases={"~/": "."},
    )
    assert (
        text
        == """\
# linkcheck configuration, created by `linkcheck init`. Paths are relative to this file.
# Reference: https://github.com/everyday-cc/linkcheck/blob/main/docs/reference/configuration.md

# The files to read.
extensions = [".md", ".txt"]

# Files that the settings of the site exclude from its entries.
exclude-files = ["a/*"]

# Where the site is published. Links without a host are requested there.
base-url = "https://a.example/"

# What the site serves at its root. Links without a host are looked up there first.
site-root = "static"

[[collections]]  # 2 articles
name = "posts"
paths = ["posts/**", "*.md"]
schema = ".linkcheck/posts.schema.json"
url = "/:slug/"

# Google Discover: to report lead images that are too small for it (LC414), set "preset": "discover"
# in the x-link of the lead image in the schema.

# Names for folders at the start of a path, or of a prefix in a schema.
[aliases]
"~/" = "."
"""
    )
    assert written(on_site=1).endswith(
        "\n\n# Where the site is published. Without it, links without a host are not requested.\n"
        '# base-url = "https://example.com/"\n'
    )
    assert baseline_setting().text == (
        '\n# Findings that were accepted when linkcheck was introduced.\nbaseline = ".linkcheck/baseline.json"\n'
    )


@pytest.mark.parametrize(
    ("each", "what"),
    [
        pytest.param(surveyed(), "2 articles", id="a folder"),
        pytest.param(surveyed("a.md"), "1 article", id="one article"),
        pytest.param(surveyed(*map(str, range(1000))), "1,000 articles", id="many"),
        pytest.param(surveyed(folders=()), "2 articles, and all that are added elsewhere", id="the rest"),
        pytest.param(surveyed(folders=(), is_data=True), "2 articles", id="data files"),
    ],
)
def test_the_table_of_a_collection_says_what_it_contains(each: Surveyed, what: str) -> None:
    assert collection(each).startswith(f"\n[[collections]]  # {what}\n")
    assert "url = " not in collection(each)


def test_in_a_pyproject_the_table_is_below_those_of_the_tool() -> None:
    text = collection(surveyed(), prefix="tool.linkcheck.")
    assert [*tomllib.loads(text)["tool"]["linkcheck"]["collections"][0]] == ["name", "paths", "schema"]


@pytest.mark.parametrize(
    ("before", "adds", "overwrites"),
    [(None, False, False), ("a", False, True), ("b", False, False), ("a", True, False)],
    ids=["a new file", "another text", "the same text", "an addition"],
)
def test_a_draft_overwrites_another_text(before: str | None, *, adds: bool, overwrites: bool) -> None:
    assert Draft("a", "b", before, adds=adds).overwrites is overwrites


def test_a_schema_is_laid_out_with_what_is_short_on_one_line() -> None:
    # With the indent, `fits` has 100 characters and `breaks` has one more.
    value: dict[str, Json] = {"fits": ["x" * 91, 1], "breaks": ["x" * 92, 1], "deep": {"a": ["x" * 90]}, "text": "y" * 120}
    each = Surveyed(InferredCollection("posts", (), ()), (), Inferred(value, ()))
    assert schema(each) == (
        "{\n"
        f'  "fits": ["{"x" * 91}", 1],\n'
        '  "breaks": [\n'
        f'    "{"x" * 92}",\n'
        "    1\n"
        "  ],\n"
        '  "deep": {\n'
        f'    "a": ["{"x" * 90}"]\n'
        "  },\n"
        f'  "text": "{"y" * 120}"\n'
        "}\n"
    )


def test_the_workflow_runs_on_changes_and_every_night() -> None:
    text = workflow("1.2.3")
    assert (
        text
        == """\
# Checks the changes of each pull request, and all articles every night. Created by `linkcheck init`; edit freely.
name: linkcheck

on:
  pull_request:
  schedule:
    - cron: "17 3 * * *"
  workflow_dispatch:

permissions:
  contents: read

jobs:
  pull-request:
    if: github.event_name == 'pull_request'
    # For more safety, replace the tag with the SHA of its commit.
    uses: everyday-cc/linkcheck/.github/workflows/pull-request.yml@v1.2.3
  nightly:
    if: github.event_name != 'pull_request'
    uses: everyday-cc/linkcheck/.github/workflows/nightly.yml@v1.2.3
"""
    )


def test_the_types_of_data_files_are_those_of_pre_commit() -> None:
    assert types_of(["b.yml", "a.json", "c.yaml", "d.toml", "e.md"]) == ("json", "toml", "yaml")
    assert types_line(["json"]) == "types_or: [markdown, mdx, html, json]"
    assert types_line([]) == "types_or: [markdown, mdx, html]"


OURS = "- repo: https://github.com/everyday-cc/linkcheck\n  hooks:\n"


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("repos:\n" + OURS + "  - id: linkcheck\n", False),
        ("repos:\n" + OURS + "  - id: linkcheck\n    types_or: [json]\n", True),
        ("repos:\n" + OURS + "  - id: linkcheck\n    types: [json]\n", True),
        ("repos:\n" + OURS + "  - id: linkcheck\n    files: a\n", True),
        ("repos:\n" + OURS + "  - id: linkcheck\n    files: a\n  - id: linkcheck-urls\n", False),
        ("repos:\n- repo: https://a.example\n  hooks:\n  - id: linkcheck\n", True),
        ("repos:\n- text\n- repo: https://github.com/everyday-cc/linkcheck\n  hooks: none\n", True),
        ("repos:\n" + OURS + "  - text\n", True),
        ("repos: none\n", True),
    ],
    ids=["no", "types_or", "types", "files", "one of two", "another tool", "no hooks", "no hook", "no repositories"],
)
def test_hooks_that_select_their_files_pass_data_files(text: str, *, passes: bool) -> None:
    assert passes_more_types(text) is passes


ENTRY = """\
- repo: https://github.com/everyday-cc/linkcheck
  rev: v1.2.3
  hooks:
    - id: linkcheck
    - id: linkcheck-urls
"""


def indented(text: str, by: str) -> str:
    return "".join(f"{by}{line}\n" for line in text.splitlines())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(None, "repos:\n" + indented(ENTRY, "  "), id="no file"),
        pytest.param("repos:\n- repo: a\n\n\n", "repos:\n- repo: a\n" + ENTRY, id="at the end"),
        pytest.param(
            "repos:\n  - repo: a\n", "repos:\n  - repo: a\n" + indented(ENTRY, "  "), id="as indented as the others"
        ),
        pytest.param(
            "repos: # all\n# first\n\n  - repo: a\n",
            "repos: # all\n# first\n\n  - repo: a\n" + indented(ENTRY, "  "),
            id="after comments",
        ),
        pytest.param(
            "a: 1\nrepos:\n- repo: a\nb: 2\nc: 3\n",
            "a: 1\nrepos:\n- repo: a\n" + ENTRY + "b: 2\nc: 3\n",
            id="before the next key",
        ),
    ],
)
def test_the_hooks_are_added_to_a_file(before: str | None, after: str) -> None:
    assert hooks("1.2.3", before) == after


def test_the_hooks_name_the_types_of_data_files() -> None:
    text = hooks("1.2.3", None, ("json",)) or ""
    (entry,) = yaml.safe_load(text)["repos"]
    assert [each["types_or"] for each in entry["hooks"]] == [["markdown", "mdx", "html", "json"]] * 2


@pytest.mark.parametrize(
    "before",
    [
        "repos:\n" + ENTRY,
        "repos: []\n",
        "repos: {a: 1}\n",
        "a: 1\n",
        "repos:\n- repo: a\n...\n",
    ],
    ids=["has them", "a flow", "a mapping", "no repositories", "the end of the document"],
)
def test_a_file_that_cannot_be_extended_safely_is_left_alone(before: str) -> None:
    assert hooks("1.2.3", before) is None
