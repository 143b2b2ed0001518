"""The pages that Hugo and Zola make from folders are not held to the schema of the articles."""

import tomllib
from pathlib import Path

import pytest
from quiet import Quiet
from write_files import write_files

from linkcheck import pipeline
from linkcheck.commands.init import plan_all, survey
from linkcheck.commands.init.extend import existing, plan_additions, survey_rest
from linkcheck.commands.init.plan import config_text, drafts
from linkcheck.config import load

ARTICLE = "---\ntitle: T\ndate: 2024-03-01\nauthor: A\nmore: https://a.example/\n---\n"
SECTION = "---\ntitle: Section\n---\n"
HUGO = {"hugo.toml": 'baseURL = "https://me.example/"\n'}
ZOLA = {"zola.toml": 'base_url = "https://me.example/"\n'}
POSTS = {f"content/posts/{number}.md": ARTICLE for number in range(12)}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    return tmp_path


def initialized(root: Path, files: dict[str, str]) -> dict[str, list[str]]:
    """The paths of the collections that init writes."""
    write_files(root, files)
    plan = plan_all(survey(str(root)), str(root))
    write_files(root, {draft.path: draft.text for draft in drafts(plan, str(root))})
    return {each["name"]: each["paths"] for each in tomllib.loads(config_text(plan))["collections"]}


def found(root: Path) -> tuple[list[str], tuple[str, ...]]:
    """The articles with findings of a run, and its notices."""
    config = load(flags={"offline": True}, environment={}, directory=str(root))
    with pipeline.check(pipeline.RunContext(config), Quiet()) as finished:
        findings = [each.location.path for each in finished.run.findings() if each.code == "LC110"]
        return list(dict.fromkeys(findings)), finished.summary.notices


@pytest.mark.parametrize("site", [HUGO, ZOLA], ids=["Hugo", "Zola"])
@pytest.mark.parametrize(
    "sections",
    [{}, {"content/posts/_index.md": SECTION, "content/posts/old/_index.md": SECTION}],
    ids=["without section pages", "with some"],
)
def test_a_new_section_page_needs_none_of_the_properties_of_articles(
    site: dict[str, str], sections: dict[str, str], root: Path
) -> None:
    paths = initialized(root, {**site, **POSTS, "content/docs/a.md": ARTICLE, **sections})
    assert paths["posts"] == ["content/posts/**/[!_]*.md"]
    assert found(root) == ([], ())
    new = {f"content/posts/{name}": SECTION for name in ("_index.md", "_index.de.md", "new/_index.md", "new/a.md")}
    write_files(root, new)
    assert found(root) == (["content/posts/new/a.md"], ())


def test_the_folder_of_the_content_leaves_its_section_pages_to_a_collection_for_everything_else(root: Path) -> None:
    files = {path.replace("posts/", ""): text for path, text in POSTS.items()}
    paths = initialized(root, {**HUGO, **files, "content/a.html": ARTICLE})
    assert paths == {"content": ["content/**/[!_]*.{html,md}"], "pages": ["content"]}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"content/posts/_about.md": ARTICLE}, "content/posts/**", id="an article with an underscore"),
        pytest.param({"content/posts/x.md": "text"}, "content/posts", id="a file without front matter"),
    ],
)
def test_section_pages_stay_where_a_glob_would_lose_articles(files: dict[str, str], expected: str, root: Path) -> None:
    paths = initialized(root, {**HUGO, **POSTS, "content/docs/a.md": ARTICLE, "content/posts/_index.md": SECTION, **files})
    assert paths["posts"] == [expected]
    assert found(root)[0] == []


def test_a_folder_of_section_pages_only_has_no_collection(root: Path) -> None:
    sections = {f"content/docs/{number}/_index.md": SECTION for number in range(4)}
    paths = initialized(root, {**HUGO, **POSTS, **sections})
    assert [*paths] == ["posts", "pages"]


def test_other_generators_have_no_section_pages(root: Path) -> None:
    paths = initialized(root, {**POSTS, "content/docs/a.md": ARTICLE, "mkdocs.yml": "docs_dir: content\n"})
    assert paths["posts"] == ["content/posts/**"]


def test_nothing_is_added_for_new_section_pages(root: Path) -> None:
    initialized(root, {**HUGO, **POSTS, "content/docs/a.md": ARTICLE})
    write_files(root, {"content/posts/_index.md": SECTION})
    config = existing(str(root))
    assert config is not None
    plan = plan_additions(survey_rest(config, str(root)), config, str(root))
    assert config_text(plan) == (root / "linkcheck.toml").read_text()
