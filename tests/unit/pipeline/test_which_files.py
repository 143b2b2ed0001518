"""Which files a run reads, and how it says which ones it does not read."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from quiet import Quiet
from repositories import commit, git, new
from systems import linux_only

from linkcheck import pipeline
from linkcheck.config import load
from linkcheck.errors import UsageError
from linkcheck.model import Summary

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ARTICLE = '---\ntitle: A headline\nwebUrl: "https://a.example/{}"\n---\n'
POSTS = '[[collections]]\nname = "posts"\npaths = ["posts/**/*.md"]\n'


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty site, which is the working directory."""
    root = new(tmp_path / "site")
    monkeypatch.chdir(root)
    return root


def write(site: Path, **files: str) -> None:
    """Write files, whose names have `__` for a dot and `___` for a slash; without a text, an article."""
    for number, (name, text) in enumerate(files.items()):
        file = site / name.replace("___", "/").replace("__", ".")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text or ARTICLE.format(number))


def run(*paths: str, **flags: object) -> tuple[Summary, list[str]]:
    """The summary of an offline run, and its findings as `path CODE`."""
    summary, found = run_all(*paths, **flags)
    return summary, [each for each in found if not each.endswith(("LC009", "LC116"))]


def run_all(*paths: str, **flags: object) -> tuple[Summary, list[str]]:
    flags = {"offline": True, **({"paths": paths} if paths else {}), **flags}
    config = load(flags=flags, environment={}, directory=str(Path.cwd()))
    with pipeline.check(pipeline.RunContext(config, now=lambda: NOW), Quiet()) as finished:
        finished.update_baseline()
        return finished.summary, [f"{finding.location.path} {finding.code}" for finding in finished.run.findings()]


def test_articles_that_belong_to_no_collection_are_named_by_folder(site: Path) -> None:
    write(
        site, linkcheck__toml=POSTS, posts___a__md="", posts___b__mdx="", news___c__md="", news___d__md="", README__md="# Us"
    )
    summary, found = run()
    assert (summary.articles, found) == (1, [])
    assert summary.notices == (
        "3 files with front matter belong to no collection and were not checked; add a collection: news (2), posts (1)",
    )


def test_a_glob_of_a_list_may_be_the_name_of_a_file_that_was_deleted(site: Path) -> None:
    write(site, **{"a.md": "", "list.txt": "a.md\nstar[x].md\n"})
    summary, _ = run(**{"files-from": "list.txt"})
    assert summary.notices == ("star[x].md does not exist, and no file matches it",)


RST = "Harbor\n######\n\n:date: 2024-03-01 10:00\n:category: news\n"


def test_articles_in_restructuredtext_are_counted_once(site: Path) -> None:
    write(site, posts___a__md="", posts___b__rst=RST, posts___c__rst=RST, posts___docs__rst="Docs\n", _drafts___d__rst="")
    notice = "2 .rst files with metadata were not checked, because linkcheck does not read reStructuredText"
    assert run()[0].notices == (notice,)
    assert run("posts", ".")[0].notices == (notice,)
    assert run("posts/a.md")[0].notices == ()
    (site / "linkcheck.toml").write_text(POSTS)
    assert run()[0].notices == (notice,)
    (site / "linkcheck.toml").write_text(f'exclude-files = ["c.rst"]\n{POSTS}')
    assert run()[0].notices == (notice.replace("2 .rst files with metadata were", "one .rst file with metadata was"),)


def test_the_notice_says_whether_these_articles_were_checked(site: Path) -> None:
    write(site, linkcheck__toml=POSTS, posts___a__md="", about__md="", news___c__md="")
    words = "belong to no collection and were checked with the default schema: . (1), news (1)"
    assert run(".")[0].notices == (f"2 files with front matter {words}",)
    (site / "linkcheck.toml").write_text(f'paths = ["posts", "news", "about.md"]\n{POSTS}')
    assert run()[0].notices == (f"2 files with front matter {words}",)
    one = "one file with front matter belongs to no collection and was checked with the default schema: news (1)"
    assert run("news/c.md")[0].notices == (one,)
    assert run("posts/a.md")[0].notices == ()
    assert run(schema="default")[0].notices == ()


def test_a_given_file_without_front_matter_is_not_counted_among_those_with_it(site: Path) -> None:
    write(site, linkcheck__toml=POSTS, posts___a__md="", README__md="# Us")
    summary, found = run("README.md")
    assert (summary.notices, found) == ((), ["README.md LC101"])


def test_without_collections_there_is_no_such_notice(site: Path) -> None:
    write(site, posts___a__md="", news___c__md="")
    assert run()[0].notices == ()


def test_many_folders_are_cut(site: Path) -> None:
    write(site, linkcheck__toml=POSTS, posts___a__md="", **{f"n{number}___a__md": "" for number in range(9)})
    (notice,) = run()[0].notices
    assert notice.endswith("n0 (1), n1 (1), n2 (1), n3 (1), n4 (1) and 4 more folders")


def test_of_a_change_only_its_own_articles_are_named(site: Path) -> None:
    write(site, linkcheck__toml=POSTS, posts___a__md="", old___b__md="")
    commit(site)
    base = git(site, "rev-parse", "HEAD").strip()
    write(site, news___c__md="")
    commit(site)
    summary, _ = run(since=base)
    assert summary.notices == (
        "one file with front matter belongs to no collection and was not checked; add a collection: news (1)",
    )


def test_a_path_of_the_configuration_that_matches_nothing_is_a_notice(site: Path) -> None:
    paths = '[[collections]]\npaths = ["posts/**/*.md", "gone/**/*.md", "about.md", "posts/*.mdx"]\n'
    write(site, linkcheck__toml=paths, posts___a__md="")
    summary, found = run()
    assert (summary.articles, found) == (1, [])
    assert summary.notices == tuple(
        f"no file matches {path} in linkcheck.toml; correct or remove it"
        for path in ("gone/**/*.md", "about.md", "posts/*.mdx")
    )


@pytest.mark.parametrize(
    ("paths", "notice"),
    [
        pytest.param((), "no file in this folder ends in .md, .html", id="the whole folder"),
        pytest.param((".",), "no file in this folder ends in .md, .html", id="the folder by its name"),
        pytest.param(("texts",), "no file in texts ends in .md, .html", id="another folder"),
        pytest.param(("texts/*.md",), "no file matches texts/*.md", id="a glob"),
    ],
)
def test_a_folder_without_a_file_to_read_is_a_notice(paths: tuple[str, ...], notice: str, site: Path) -> None:
    write(site, texts___a__txt="")
    summary, _ = run(*paths, extensions=(".md", ".html"))
    assert summary.notices == (notice,)


def test_a_path_on_the_command_line_that_is_not_there_is_an_error_even_if_the_configuration_has_it(site: Path) -> None:
    write(site, linkcheck__toml='paths = ["gone"]\n', a__md="")
    with pytest.raises(UsageError, match="no such file or folder: `gone`"):
        run("gone")
    assert run()[1] == ["gone LC001"]


def test_paths_of_the_configuration_do_not_hide_what_is_unused(site: Path) -> None:
    unused = '[[exclude]]\npattern = "nowhere"\nreason = "closed"\n'
    write(site, linkcheck__toml=f'paths = ["posts"]\nexclude-files = ["drafts/**"]\n{unused}', posts___a__md="")
    summary, found = run()
    assert found == ["linkcheck.toml LC006"]
    assert summary.notices == ("no file matches drafts/** in exclude-files; correct or remove it",)
    assert run("posts/a.md")[1] == []
    assert run("posts/a.md")[0].notices == ()


def test_paths_of_the_configuration_do_not_keep_a_baseline_from_shrinking(site: Path) -> None:
    bad = '---\ntitle: A headline\nwebUrl: "htp//a"\n---\n'
    write(site, linkcheck__toml='paths = ["posts"]\n', posts___a__md=bad, posts___b__md=bad)
    run(baseline="accepted.json", **{"update-baseline": True})
    before = (site / "accepted.json").read_text()
    (site / "posts" / "b.md").unlink()
    assert [each for each in run(baseline="accepted.json")[1] if "LC008" in each]
    run(baseline="accepted.json", **{"update-baseline": True})
    after = (site / "accepted.json").read_text()
    assert "posts/b.md" in before
    assert "posts/b.md" not in after
    assert "posts/a.md" in after


@pytest.mark.parametrize(
    ("globs", "left"),
    [
        (["drafts"], ["posts/a.md", "posts/c.md"]),
        (["posts/drafts/"], ["drafts/d.md", "posts/a.md", "posts/c.md"]),
        (["/drafts"], ["posts/a.md", "posts/c.md", "posts/drafts/b.md"]),
        (["c.md", "/drafts/**"], ["posts/a.md", "posts/drafts/b.md"]),
    ],
)
@pytest.mark.parametrize("here", [".", "posts"])
def test_excluded_files_are_relative_to_the_file_that_lists_them(
    site: Path, monkeypatch: pytest.MonkeyPatch, globs: list[str], left: list[str], here: str
) -> None:
    write(site, posts___a__md="", posts___drafts___b__md="", posts___c__md="", drafts___d__md="")
    (site / "linkcheck.toml").write_text(f'exclude-files = {globs}\npaths = ["posts", "drafts"]\n')
    monkeypatch.chdir(site / here)
    config = load(flags={"offline": True}, environment={}, directory=str(Path.cwd()))
    links = pipeline.list_links(pipeline.RunContext(config, now=lambda: NOW))
    found = {(Path.cwd() / link.location.path).resolve() for link, _, _ in links}
    assert sorted(str(path.relative_to(site)) for path in found) == left


def test_an_excluded_file_is_left_out_though_it_is_given(site: Path) -> None:
    write(site, a__md="", b__md="")
    summary, found = run("a.md", "b.md", **{"exclude-files": ("b.md",)})
    assert (summary.articles, summary.excluded_files, found) == (1, 1, [])


@pytest.mark.parametrize(
    ("untrusted", "expected"), [(False, []), (True, ["archetypes/default.md LC106"])], ids=["trusted", "untrusted"]
)
def test_an_untrusted_change_cannot_hide_articles_in_a_folder_of_templates(
    site: Path, *, untrusted: bool, expected: list[str]
) -> None:
    write(site, hugo__toml="", archetypes___default__md="---\ntitle: {{ .Title }}\n---\n", content___a__md="")
    summary, found = run(untrusted=untrusted)
    assert found == expected
    assert summary.skipped_folders == (() if untrusted else ("archetypes",))


def test_a_data_file_of_a_collection_is_validated_with_its_schema(site: Path) -> None:
    write(
        site,
        linkcheck__toml='[[collections]]\npaths = ["authors/*.{yml,json,toml}"]\nschema = "author.schema.json"\n',
        author__schema__json='{"type": "object", "required": ["name"], "properties": {"age": {"type": "integer"}}}',
        authors___ann__yml="name: Ann\nage: old\n",
        authors___bob__json='{"age": 7}',
        authors___eve__toml='name = "Eve"\n',
        package__json="{}",
    )
    summary, found = run()
    assert summary.articles == 3
    assert found == ["authors/ann.yml LC110", "authors/bob.json LC110"]


def test_a_collection_of_everything_leaves_nothing_outside(site: Path) -> None:
    write(
        site,
        linkcheck__toml='[[collections]]\npaths = ["."]\nschema = "s.json"\n',
        s__json='{"required": ["author"]}',
        posts___a__md="",
        b__md="",
    )
    summary, found = run()
    assert summary.notices == ()
    assert found == ["b.md LC110", "posts/a.md LC110"]


def test_articles_outside_the_collections_are_named_from_a_folder_of_the_site_too(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(site, linkcheck__toml=POSTS, posts___a__md="", news___c__md="", posts___b__mdx="")
    monkeypatch.chdir(site / "posts")
    summary, _ = run()
    assert summary.articles == 1
    assert summary.notices == (
        "2 files with front matter belong to no collection and were not checked; add a collection: . (1), ../news (1)",
    )


SCHEMA = '{"properties": {"title": {}, "webUrl": {"type": "string", "x-link": {"role": "canonical"}}}}'
WITH_SCHEMA = '[[collections]]\nname = "all"\npaths = ["."]\nschema = "s.json"\n'


def test_urls_in_properties_that_the_schema_does_not_declare_are_named(site: Path) -> None:
    video = '---\ntitle: A\nvideo: "https://v.example/1"\nmore:\n  - a: "https://x.example"\n---\n'
    write(site, linkcheck__toml=WITH_SCHEMA, s__json=SCHEMA, a__md="", new___b__md=video, new___c__md=video)
    (notice,) = run()[0].notices
    assert notice == (
        "2 articles have URLs in properties that the schema does not declare, so they are not checked: "
        "`more` (2, first in new/b.md), `video` (2, first in new/b.md); "
        "declare them in s.json"
    )
    (site / "new/c.md").unlink()
    (site / "new/b.md").write_text('---\nvideo: "https://v.example/1"\n---\n')
    (notice,) = run()[0].notices
    assert notice.startswith("one article has URLs in a property that the schema does not declare")


def collection(name: str, path: str) -> str:
    return f'[[collections]]\nname = "{name}"\npaths = ["{path}"]\nschema = ".linkcheck/{name}.schema.json"\n'


@pytest.mark.parametrize(
    ("config", "advice"),
    [
        pytest.param(collection("news", "news/**"), "declare them in .linkcheck/news.schema.json", id="of a folder"),
        pytest.param(
            collection("news", "news/**") + collection("pages", "."),
            "declare them in .linkcheck/news.schema.json",
            id="of a folder, before the collection for everything else",
        ),
        pytest.param(
            collection("posts", "posts") + collection("pages", "."),
            "declare them in .linkcheck/pages.schema.json, or for a folder without a collection, run linkcheck init --add",
            id="in the collection for everything else",
        ),
        pytest.param(
            collection("one", "news/a.md") + collection("two", "news/b.md") + collection("pages", "news"),
            "declare them in .linkcheck/one.schema.json, .linkcheck/own.schema.json, .linkcheck/pages.schema.json "
            "and 1 more, or for a folder without a collection, run linkcheck init --add",
            id="in several collections",
        ),
        pytest.param(
            collection("pages", "news/**").replace("news/", "*/"),
            "declare them in .linkcheck/pages.schema.json, or for a folder without a collection, run linkcheck init --add",
            id="in any folder",
        ),
    ],
)
def test_the_schemas_that_have_to_declare_urls_are_named(site: Path, config: str, advice: str) -> None:
    own = '---\n$schema: /.linkcheck/own.schema.json\nvideo: "https://v.example/1"\n---\n'
    video = '---\ntitle: A\nvideo: "https://v.example/1"\nmore: img/a.jpg\n---\n'
    write(site, linkcheck__toml=config, news___a__md=video, news___b__md=video, news___c__md=video)
    for name in ("news", "posts", "pages", "one", "two", "own"):
        write(site, **{f"__linkcheck___{name}__schema__json": SCHEMA})
    if "one" in config:
        write(site, news___d__md=own)
    if "posts" in config:
        write(site, posts___a__md="")
    (notice,) = run()[0].notices
    assert notice.endswith(f"; {advice}")


def test_the_folder_pages_has_a_collection_of_its_own(site: Path) -> None:
    video = '---\nvideo: "https://v.example/1"\n---\n'
    write(site, linkcheck__toml=collection("pages", "content/pages/**"), content___pages___a__md=video)
    write(site, __linkcheck___pages__schema__json=SCHEMA)
    assert run()[0].notices[0].endswith("; declare them in .linkcheck/pages.schema.json")


def test_one_article_gets_the_notice_of_all_articles(site: Path) -> None:
    """Another schema of the configuration marks links."""
    config = collection("notes", "notes") + collection("posts", "posts")
    write(site, linkcheck__toml=config, posts___a__md="", notes___b__md='---\nlink: "https://b.example"\n---\n')
    write(site, __linkcheck___posts__schema__json=SCHEMA)
    write(site, __linkcheck___notes__schema__json='{"properties": {"title": {}}}')
    (notice,) = run("notes/b.md")[0].notices
    assert notice == run()[0].notices[0]
    assert notice.endswith("`link` (notes/b.md); declare them in .linkcheck/notes.schema.json")


@pytest.mark.parametrize(
    ("config", "article"),
    [
        pytest.param(WITH_SCHEMA, '---\nweburl: "https://a.example"\n---\n', id="a misspelled property, which is reported"),
        pytest.param(POSTS.replace("**/*", "a"), '---\nvideo: "https://a.example"\n---\n', id="the default schema"),
        pytest.param("", '---\nvideo: "https://a.example"\n---\n', id="no configuration"),
    ],
)
def test_urls_that_are_told_otherwise_are_not_named_again(site: Path, config: str, article: str) -> None:
    write(site, linkcheck__toml=config, s__json=SCHEMA, posts___a__md=article, posts___b__md="")
    if not config:
        (site / "linkcheck.toml").unlink()
    assert not [notice for notice in run()[0].notices if "declare" in notice]


def test_a_schema_without_links_is_not_told_to_declare_urls(site: Path) -> None:
    write(site, linkcheck__toml=WITH_SCHEMA, s__json='{"properties": {"title": {}}}', a__md="")
    assert run()[0].notices == ()


def test_many_undeclared_properties_are_counted(site: Path) -> None:
    many = "".join(f'p{number:03}{"x" * 90}: "https://a.example/{number}"\n' for number in range(300))
    write(site, linkcheck__toml=WITH_SCHEMA, s__json=SCHEMA, a__md="", b__md=f"---\n{many}---\n")
    (notice,) = run()[0].notices
    assert " and many more; " in notice
    assert len(notice) < 500


@pytest.mark.parametrize(
    ("paths", "found"),
    [
        pytest.param(("notes/a.md",), [], id="an article of a collection without links"),
        pytest.param(("posts/b.md",), [], id="an article without a link in a collection with links"),
        pytest.param(("notes",), [], id="a folder without links"),
        pytest.param((), [". LC009"], id="all articles"),
    ],
)
def test_a_part_of_the_articles_may_have_no_links(site: Path, paths: tuple[str, ...], found: list[str]) -> None:
    collections = [("posts", {"properties": {"more": {"type": "string", "x-link": {"role": "link"}}}}), ("notes", {})]
    for name, schema in collections:
        write(site, **{f"{name}__json": json.dumps({"$schema": "http://json-schema.org/draft-07/schema#", **schema})})
    tables = [f'[[collections]]\nname = "{name}"\npaths = ["{name}"]\nschema = "{name}.json"\n' for name, _ in collections]
    write(
        site, linkcheck__toml="\n".join(tables), notes___a__md="---\ntitle: A\n---\n", posts___b__md="---\ntitle: B\n---\n"
    )
    assert run_all(*paths)[1] == found


def test_a_change_is_not_told_that_the_site_has_no_links(site: Path) -> None:
    write(site, linkcheck__toml=WITH_SCHEMA, s__json='{"properties": {"title": {}}}', a__md="---\ntitle: A\n---\n")
    commit(site)
    base = git(site, "rev-parse", "HEAD").strip()
    write(site, a__md="---\ntitle: B\n---\n")
    commit(site)
    assert run_all()[1] == [". LC009"]
    assert run_all(since=base)[1] == []
    write(site, s__json='{"properties": {"title": {"type": "string"}}}')
    commit(site)
    assert run_all(since=base)[1] == [". LC009"]


def test_a_name_for_standard_input_requires_it(site: Path) -> None:
    write(site, a__md="")
    with pytest.raises(UsageError, match="add the path -"):
        run("a.md", **{"stdin-filename": "a.md"})


@linux_only
def test_an_argument_can_have_a_name_that_is_not_utf8(site: Path) -> None:
    name = os.fsdecode(b"caf\xe9.md")
    (site / name).write_text(ARTICLE.format(0))
    assert run(name)[0].articles == 1
