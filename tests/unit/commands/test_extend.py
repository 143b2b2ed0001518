"""What `linkcheck init --add` adds to the text of a configuration, and where."""

import tomllib
from pathlib import Path

import pytest
from write_files import write_files

from linkcheck.commands.init import drafts, existing, plan_additions, survey_rest
from linkcheck.commands.init.plan import config_text, surveyed
from linkcheck.errors import UsageError

ARTICLE = "---\ntitle: A title\nwebUrl: https://a.example/\n---\n"
INIT = """\
# ours

[[collections]]
name = "posts"
paths = ["posts/**"]
schema = ".linkcheck/posts.schema.json"

# what is left
[[collections]]  # 0 articles
name = "pages"
paths = ["."]
schema = ".linkcheck/pages.schema.json"

[severity]
LC202 = "off"
"""
NEWS = """\
[[collections]]  # 1 article
name = "news"
paths = ["news"]
schema = ".linkcheck/news.schema.json"
"""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An article in each of two folders."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".linkcheck").mkdir()
    for path in ("posts/a.md", "news/b.md"):
        file = tmp_path / path
        file.parent.mkdir()
        file.write_text(ARTICLE)
    for name in ("posts", "pages"):
        (tmp_path / ".linkcheck" / f"{name}.schema.json").write_text("{}")
    return tmp_path


def added(repository: Path, before: str, *, file: str = "linkcheck.toml") -> str:
    """The text of the configuration after the addition."""
    (repository / file).write_bytes(before.encode())
    config = existing(str(repository))
    assert config is not None
    plan = plan_additions(survey_rest(config, str(repository)), config, str(repository))
    assert not any(draft.overwrites for draft in drafts(plan, str(repository)))
    return config_text(plan)


def test_a_new_folder_is_added_before_the_table_that_takes_what_is_left(repository: Path) -> None:
    head, tail = INIT.split("# what is left")
    assert added(repository, INIT) == f"{head}{NEWS}\n# what is left{tail}"


def test_lines_end_as_in_the_rest_of_the_file(repository: Path) -> None:
    text = INIT.replace("\n", "\r\n")
    after = added(repository, text)
    assert "\n" not in after.replace("\r\n", "")
    assert after.replace("\r\n", "\n") == added(repository, INIT)


def test_what_is_in_no_collection_is_added_at_the_end_with_a_table_that_takes_what_is_left(repository: Path) -> None:
    before = '[[collections]]\nname = "mine"\npaths = ["posts"]  # by hand\nschema = "default"'
    after = added(repository, before)
    assert after.startswith(f"{before}\n\n{NEWS}\n[[collections]]")
    assert [each["name"] for each in tomllib.loads(after)["collections"]] == ["mine", "news", "pages-2"]


def test_the_schema_of_what_is_left_knows_the_articles_of_all_collections(repository: Path) -> None:
    write_files(repository, {"posts/b.md": "---\nsource: https://a.example/\n---\n"})
    (repository / "linkcheck.toml").write_text('[[collections]]\nname = "mine"\npaths = ["posts"]\nschema = "default"\n')
    config = existing(str(repository))
    assert config is not None
    schemas = {each.collection.name: each.inferred.schema for each in survey_rest(config, str(repository)).collections}
    assert [*schemas] == ["news", "pages"]
    assert schemas["pages"]["properties"] == {
        "title": {},
        "webUrl": {"type": ["string", "null"], "x-link": {"role": "canonical"}},
        "source": {"type": ["string", "null"], "x-link": {"role": "original"}},
    }


@pytest.mark.parametrize("end", ["\n", ""], ids=["with a line end", "without a line end"])
def test_a_table_for_everything_comes_after_the_one_whose_articles_it_would_take(end: str, repository: Path) -> None:
    (repository / "hugo.toml").write_text("")
    (repository / "content").mkdir()
    (repository / "content" / "about.md").write_text(ARTICLE)
    (repository / "top.md").write_text(ARTICLE)
    before = (
        '[[collections]]\nname = "posts"\npaths = ["posts"]\nschema = ".linkcheck/posts.schema.json"\n\n'
        f'[[collections]]\nname = "pages"\npaths = ["content"]\nschema = ".linkcheck/pages.schema.json"{end}'
    )
    after = added(repository, before)
    assert after.startswith(before.partition("\n\n")[0])
    assert [each["name"] for each in tomllib.loads(after)["collections"]] == ["posts", "news", "pages", "pages-2"]
    assert "# 1 article, and all that are added elsewhere" in after
    assert added(repository, after) == after


@pytest.mark.parametrize("name", ["pages", "all"], ids=["the last one", "another one"])
def test_a_collection_within_the_folder_of_a_new_one_keeps_its_articles(name: str, repository: Path) -> None:
    """The new one is after it, whether it takes what is left or not."""
    for number in range(4):
        file = repository / "site" / "content" / f"{number}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(ARTICLE)
    (repository / "site" / "readme.md").write_text(ARTICLE)
    paths = {"pages": "site/content", "all": "site/content/**"}[name]
    before = f'[[collections]]\nname = "{name}"\npaths = ["{paths}"]\nschema = ".linkcheck/pages.schema.json"\n'
    found = [each["name"] for each in tomllib.loads(added(repository, before))["collections"]]
    assert {"site", name} <= set(found)
    assert found.index(name) < found.index("site")


def test_the_folders_of_languages_are_added_once(repository: Path) -> None:
    files = {f"content/{code}/{name}/{n}.md": ARTICLE for code in ("de", "en") for name in ("docs", "tips") for n in "12"}
    write_files(repository, files)
    (repository / "hugo.toml").write_text("")
    after = added(repository, INIT)
    paths = {each["name"]: each["paths"] for each in tomllib.loads(after)["collections"]}
    assert (paths["docs"], paths["tips"]) == (
        ["content/*/docs/**/[!_]*.md"],
        ["content/*/tips/**/[!_]*.md"],
    )
    assert [*paths][-1] == "pages"
    assert added(repository, after) == after


def test_a_collection_that_was_written_by_hand_keeps_its_articles(repository: Path) -> None:
    before = '[[collections]]\nname = "all"\npaths = ["."]\nschema = "default"\n'
    assert added(repository, before) == before


def test_a_folder_that_a_table_names_already_is_not_new(repository: Path) -> None:
    before = INIT.replace('paths = ["."]', 'paths = ["news", "."]')
    assert added(repository, before) == before


def test_a_configuration_in_pyproject_is_extended_there(repository: Path) -> None:
    before = '[project]\nname = "site"\n\n[tool.linkcheck]\nstrikes = 2\n\n[tool.ruff]\nline-length = 100\n'
    after = added(repository, before, file="pyproject.toml")
    assert after.startswith(before)
    tool = tomllib.loads(after)["tool"]["linkcheck"]
    assert (tool["strikes"], [each["name"] for each in tool["collections"]]) == (2, ["news", "posts-2", "pages-2"])


def test_names_and_schemas_that_are_taken_are_not_taken_again(repository: Path) -> None:
    (repository / ".linkcheck" / "news.schema.json").write_text("{}")
    assert 'name = "news-2"' in added(repository, INIT)


@pytest.mark.parametrize(
    "before",
    [
        pytest.param('collections = [{name = "mine", paths = ["posts"]}]\n', id="on one line"),
        pytest.param(
            '[[exclude]]\nreason = """\n[[collections]]\n"""\npattern = "x"\n\n'
            + INIT.replace("[[collections]]", "[[ 'collections' ]]"),
            id="with quotes",
        ),
    ],
)
def test_a_text_that_cannot_be_extended_safely_is_refused_with_what_to_add(before: str, repository: Path) -> None:
    with pytest.raises(UsageError, match="cannot be extended") as refused:
        added(repository, before)
    assert 'name = "news"' in refused.value.args


def test_a_configuration_of_a_folder_above_is_not_extended_from_below(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (repository / "linkcheck.toml").write_text(INIT)
    monkeypatch.chdir(repository / "news")
    with pytest.raises(UsageError, match="run linkcheck init --add in its folder"):
        existing(str(repository / "news"))


@pytest.mark.parametrize(
    ("name", "text", "paths"),
    [
        pytest.param("checks.yml", "uses: everyday-cc/linkcheck@v1\n", [], id="under another name"),
        pytest.param("build.yml", "run: make\n", [".github/workflows/linkcheck.yml"], id="that does something else"),
        pytest.param("run.txt", "run: linkcheck\n", [".github/workflows/linkcheck.yml"], id="that is no workflow"),
    ],
)
def test_a_workflow_is_added_unless_there_is_one(name: str, text: str, paths: list[str], repository: Path) -> None:
    (repository / ".github" / "workflows").mkdir(parents=True)
    (repository / ".github" / "workflows" / name).write_text(text)
    (repository / ".github" / "workflows" / "other.yml").write_text("run: make\n")
    (repository / "linkcheck.toml").write_text(INIT)
    config = existing(str(repository))
    assert config is not None
    plan = plan_additions(survey_rest(config, str(repository)), config, str(repository))
    assert [draft.path for draft in drafts(plan, str(repository)) if draft.path.startswith(".github")] == paths
    assert [each.collection.name for each in surveyed(plan)] == ["news"]


@pytest.mark.parametrize(
    ("settings", "prefix"),
    [
        pytest.param('site-root = "static"\n', "/icons/", id="below the site root"),
        pytest.param('[aliases]\n"@repository/" = "."\n', "@repository/static/icons/", id="with the alias of init"),
        pytest.param('[aliases]\n"@repository/" = "posts"\n', None, id="with another alias of this name"),
        pytest.param("", None, id="without a setting for its folder"),
    ],
)
def test_links_of_a_new_collection_get_a_prefix_that_is_right_with_the_settings(
    repository: Path, settings: str, prefix: str | None
) -> None:
    (repository / "static" / "icons").mkdir(parents=True)
    for name in ("gavel", "rocket", "people"):
        (repository / "static" / "icons" / f"{name}.svg").write_text("<svg/>")
        (repository / "news" / f"{name}.md").write_text(f"---\ntitle: A title\nicon: {name}.svg\n---\n")
    (repository / "linkcheck.toml").write_text(settings + INIT)
    config = existing(str(repository))
    assert config is not None
    survey = survey_rest(config, str(repository))
    assert survey.prefixes == ((("icon", "static/icons"),) if prefix else ())
    (news,) = surveyed(plan_additions(survey, config, str(repository)))
    expected = {"role": "image", **({"prefix": prefix} if prefix else {})}
    assert f"'x-link': {expected}" in str(news.inferred.schema["properties"])
