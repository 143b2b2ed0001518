import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from systems import linux_only, posix_only

from linkcheck.discover import (
    HEAD_BYTES,
    DiscoverOptions,
    FileCounts,
    discover,
    read_source,
    selected,
    starts_with_front_matter,
)
from linkcheck.discover.other_extensions import OtherExtensions
from linkcheck.discover.walk import walk
from linkcheck.errors import UsageError
from linkcheck.model import ParseErrorKind, Source
from linkcheck.parse import parse

ARTICLE = "---\na: 1\n---\n"
Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Writes files, by default with front matter, into an empty folder; returns that folder."""

    def make(*names: str, **contents: str) -> Path:
        for name in names:
            contents.setdefault(name, ARTICLE)
        for name, content in contents.items():
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content)
        return tmp_path

    return make


def paths(root: Path, *named: str, tally: FileCounts | None = None, **options: object) -> list[str]:
    return [source.path for source in sources(root, *named, tally=tally, **options)]


def sources(root: Path, *named: str, tally: FileCounts | None = None, **options: object) -> list[Source]:
    given = DiscoverOptions(paths=named or (".",), root=str(root))
    for name, value in options.items():
        assert hasattr(given, name)
        given = DiscoverOptions(**{**{field: getattr(given, field) for field in given.__struct_fields__}, name: value})
    return list(discover(given, tally))


def test_files_of_a_folder_come_in_the_order_of_their_paths(make: Make) -> None:
    root = make("b.md", "a/z.md", "a/b/c.html", "a.md", "a-b.md", "a/é.mdx", "Z.markdown")
    assert paths(root) == sorted(["b.md", "a/z.md", "a/b/c.html", "a.md", "a-b.md", "a/é.mdx", "Z.markdown"])


def test_files_of_other_extensions_or_without_front_matter_are_passed_over(make: Make) -> None:
    root = make("a.md", "b.MD", "c.txt", "d.md.bak", **{"e.md": "# Title\n", "f.html": "<html>", "g.md": ""})
    tally = FileCounts()
    assert paths(root, tally=tally) == ["a.md", "b.MD"]
    assert tally.skipped_files == 3


def test_a_named_file_counts_whatever_its_extension_and_content(make: Make) -> None:
    root = make("a.txt", **{"b.md": "# Title\n"})
    assert [(source.path, source.named) for source in sources(root, "b.md", "a.txt")] == [("a.txt", True), ("b.md", True)]


def test_named_files_that_are_no_articles_can_be_passed_over_unless_a_collection_claims_them(make: Make) -> None:
    root = make("a.md", **{"README.md": "# Us", "posts/b.md": "no front matter"})
    named = ("a.md", "README.md", "posts/b.md")
    tally = FileCounts()
    assert paths(root, *named, tally=tally, require_front_matter=True) == ["a.md"]
    assert tally.skipped_files == 2
    assert paths(root, *named, require_front_matter=True, named_globs=("posts/*.md",)) == ["a.md", "posts/b.md"]


README = "---\n\n# Project\n\nText.\n"
BLANK = "---\n# only a comment\n---\n"
DAMAGED = "\n---\ntitle: A\n---\n"


@pytest.mark.parametrize("require_front_matter", [False, True], ids=["in a folder", "passed by a hook"])
def test_an_article_with_a_damaged_first_line_is_not_passed_over(make: Make, *, require_front_matter: bool) -> None:
    root = make("a.md", **{"b.md": DAMAGED, "README.md": README, "c.md": BLANK, "d.md": "# Title\n"})
    tally = FileCounts()
    named = ("a.md", "b.md", "README.md", "c.md", "d.md") if require_front_matter else (".",)
    assert paths(root, *named, tally=tally, require_front_matter=require_front_matter) == ["a.md", "b.md"]
    assert (tally.skipped_files, tally.empty_files) == (2, 1)


@pytest.mark.parametrize(
    ("marks", "accepted"),
    [
        ((), (False, False)),
        (("_config.yml",), (False, False)),
        (("hugo.toml",), (True, False)),
        (("config/_default/hugo.yaml",), (True, False)),
        (("docs/config.toml",), (True, False)),
        (("astro.config.mjs",), (True, False)),
        (("_quarto.yml",), (True, False)),
        (("_config.yml", "source/_posts/x.md"), (False, True)),
        (("other/hugo.toml",), (False, False)),
        (("pelicanconf.py",), (False, False)),
    ],
)
def test_what_a_generator_accepts_is_told_by_its_settings_above_the_article(
    make: Make, marks: tuple[str, ...], accepted: tuple[bool, bool]
) -> None:
    root = make(".git/x", *marks, **{"docs/n/a.md": DAMAGED})
    (source,) = sources(root, "docs/n")
    assert (source.blank_lines_first, source.other_fences) == accepted
    assert bool(parse(source).parse_errors) == (not accepted[0])


METADATA = "Title: A\nDate: 2026-01-01\n\nText.\n"


@pytest.mark.parametrize(
    ("marks", "is_read"),
    [
        ((), False),
        (("other/pelicanconf.py",), False),
        (("hugo.toml",), False),
        (("pelicanconf.py",), True),
        (("pelicanconf.py", "docs/config.yml"), True),
        (("mkdocs.yml",), True),
        (("docs/mkdocs.yaml",), True),
    ],
)
def test_metadata_without_fences_is_read_if_the_generator_above_the_article_reads_it(
    make: Make, marks: tuple[str, ...], *, is_read: bool
) -> None:
    root = make(".git/x", *marks, **{"docs/n/a.md": METADATA, "docs/n/b.markdown": METADATA, "docs/n/c.html": METADATA})
    tally = FileCounts()
    assert paths(root, "docs", tally=tally) == (["docs/n/a.md", "docs/n/b.markdown"] if is_read else [])
    assert tally.skipped_files == (1 if is_read else 3)
    (source,) = sources(root, "docs/n/a.md")
    assert bool(parse(source).data) == is_read


@pytest.mark.parametrize(
    ("marks", "title"),
    [
        ((), "Title"),
        (("mkdocs.yml",), "Title"),
        (("pelicanconf.py",), "title"),
        (("docs/pelicanconf.py", "mkdocs.yml"), "title"),
        (("pelicanconf.py", "docs/hugo.toml"), "Title"),
    ],
)
def test_keys_between_fences_do_not_depend_on_case_in_pelican(make: Make, marks: tuple[str, ...], title: str) -> None:
    root = make(".git/x", *marks, **{"docs/n/a.md": "---\nTitle: A\n---\n"})
    (source,) = sources(root, "docs")
    assert [*parse(source).data] == [title]


def test_notes_are_not_articles_of_a_site_whose_articles_have_no_fences(make: Make) -> None:
    notes = {"README.md": "Note: a readme.\n", "TODO.md": "TODO: x\nFIXME: y\n", "c.md": "https://a.example/\nTitle: A\n"}
    root = make("pelicanconf.py", "y.md", **{"a.md": METADATA, "b.md": DAMAGED, **notes})
    tally = FileCounts()
    assert paths(root, tally=tally) == ["a.md", "b.md", "y.md"]
    assert tally.skipped_files == 3
    assert paths(root, *notes, "a.md", require_front_matter=True) == ["a.md"]


def test_articles_without_fences_outside_the_collections_are_counted(make: Make) -> None:
    root = make("pelicanconf.py", **{"a/a.md": METADATA, "b/b.md": METADATA, "b/c.md": "Note: x\n"})
    tally = FileCounts()
    assert paths(root, "a", tally=tally, named_globs=("a",), survey=".") == ["a/a.md"]
    assert tally.outside == {"b": 1}


def test_a_named_file_is_read_though_its_front_matter_is_empty_or_a_rule(make: Make) -> None:
    root = make(**{"notes.md": README, "c.md": BLANK})
    assert paths(root, "notes.md", "c.md") == ["c.md", "notes.md"]
    assert paths(root, named_globs=("*.md",)) == ["c.md", "notes.md"]


def test_a_glob_of_a_collection_does_not_claim_other_kinds_of_files(make: Make) -> None:
    root = make("content/a.md", **{"content/b.png": "x", "content/c.md": "# Title\n", "content/d.yml": "a: 1\n"})
    assert paths(root, named_globs=("content/**",)) == ["content/a.md", "content/c.md"]
    named = ("content/b.png", "content/c.md")
    assert paths(root, *named, named_globs=("content/**",), require_front_matter=True) == ["content/c.md"]


def test_data_files_are_read_where_a_glob_or_a_path_names_them(make: Make) -> None:
    root = make("a.md", **{"authors/ann.yml": "name: Ann\n", "authors/bob.json": "{}", "authors/eve.toml": "a = 1\n"})
    assert paths(root) == ["a.md"]
    assert paths(root, "authors/ann.yml") == ["authors/ann.yml"]
    assert paths(root, "authors/*.{yml,json,toml}") == ["authors/ann.yml", "authors/bob.json", "authors/eve.toml"]
    assert paths(root, named_globs=("authors/*.yml",)) == ["a.md", "authors/ann.yml"]
    assert paths(root, extensions=(".md", ".yml")) == ["a.md", "authors/ann.yml"]
    hook = ("a.md", "authors/ann.yml", "authors/bob.json")
    assert paths(root, *hook, require_front_matter=True, named_globs=("authors/*.yml",)) == ["a.md", "authors/ann.yml"]


TEMPLATES = {
    "Hugo": (("hugo.toml", "archetypes/a.md", "layouts/b.md", "themes/t/c.md"), ("archetypes", "layouts", "themes")),
    "Hugo with a folder of settings": (("config/_default/hugo.yaml", "archetypes/default.md"), ("archetypes",)),
    "Hugo below the root": (("docs/hugo.yaml", "docs/archetypes/a.md"), ("docs/archetypes",)),
    "Hexo": (("_config.yml", "scaffolds/post.md", "source/_posts/a.md"), ("scaffolds",)),
    "Jekyll": (("_config.yml", "_layouts/a.html", "_includes/b.html", "Gemfile", "vendor/bundle/c.md"),
               ("_includes", "_layouts", "vendor")),
    "Jekyll with its source in a folder": (("_config.yml", "src/_plugins/a.md", "src/_sass/a.md", "_plugins/b.md"),
                                           ("_plugins", "src/_plugins", "src/_sass")),
    "Eleventy": (("src/_includes/a.html", "src/layouts/b.html", ".eleventy.js", "templates/c.md"),
                 ("src/_includes", "src/layouts", "templates")),
    "Zola": (("config.toml", "content/a.md", "templates/b.html", "public/c.md"), ("public", "templates")),
    "Obsidian": ((".obsidian/app.json", "Templates/day.md"), ("Templates",)),
    "MkDocs": (("mkdocs.yml", "docs/a.md", "overrides/b.html", "site/c.md"), ("overrides", "site")),
    "packages": (("package.json", "node_modules/x/README.md", "n/node_modules/y.md", "test/fixtures/a.md"),
                 ("n/node_modules", "node_modules", "test")),
    "packages of PHP without their list": (("vendor/autoload.php", "vendor/x/a.md"), ("vendor",)),
    "gems without their list": (("docs/vendor/bundle/a.md",), ("docs/vendor",)),
    "samples of a program": (("lib/testdata/a.md", "package.json", "spec/fixtures/b.md"), ("lib/testdata", "spec/fixtures")),
    "tests of a gem": (("gem/Rakefile", "gem/test/a.md"), ("gem/test",)),
    "templates of a program": (("lib/package.json", "lib/template/a.md", "lib/templates/b.md"),
                               ("lib/template", "lib/templates")),
    "no known generator": (("archetypes/default.md", "scaffolds/post.md"), ("archetypes", "scaffolds")),
    "a virtual environment": (("venv/pyvenv.cfg", "venv/a.md"), ("venv",)),
}  # fmt: skip


@pytest.mark.parametrize(("names", "skipped"), TEMPLATES.values(), ids=TEMPLATES)
def test_folders_of_templates_packages_and_output_are_left_out_and_named(
    make: Make, names: tuple[str, ...], skipped: tuple[str, ...]
) -> None:
    root = make("a.md", *names)
    tally = FileCounts()
    found = paths(root, tally=tally)
    assert "a.md" in found
    assert not [path for path in found for folder in skipped if path.startswith(f"{folder}/")]
    assert sorted(tally.skipped_folders) == sorted(skipped)
    everything = paths(root, skip_templates=False)
    assert all(any(path.startswith(f"{folder}/") for path in everything) for folder in skipped)


@pytest.mark.parametrize(
    ("names", "partials", "folders"),
    [
        pytest.param(("docusaurus.config.ts", "docs/_a.mdx", "docs/_parts/b.mdx"), {"docs/_a.mdx"}, {"docs/_parts"},
                     id="Docusaurus"),
        pytest.param(("web/_quarto.yml", "web/docs/_a.md", "web/_parts/b.md"), {"web/docs/_a.md"}, {"web/_parts"},
                     id="Quarto below the root"),
        pytest.param(("_config.yml", "_posts/b.md", "_news/_c.md", "docs/_a.md"), {"_news/_c.md", "docs/_a.md"}, set(),
                     id="Jekyll and Hexo, with folders of articles"),
        pytest.param(("astro.config.mjs", "src/pages/_a.md", "src/pages/_b/c.md"), {"src/pages/_a.md"}, set(), id="Astro"),
        pytest.param(("posts/TEMPLATE.md", "posts/POST_TEMPLATE.md", "p/_template.md", "p/template.md", "p/my-template.md"),
                     {"posts/TEMPLATE.md", "posts/POST_TEMPLATE.md", "p/_template.md"}, set(), id="no generator"),
        pytest.param(("docs/_a.md", "docs/_b/c.md"), set(), set(), id="underscores without a meaning"),
        pytest.param(("_config.yml", "web/hugo.toml", "web/content/_search.md"), set(), set(), id="Hugo in another site"),
        pytest.param(("docusaurus.config.ts", "docs/_index.md", "docs/_index.de.md"), set(), set(), id="pages of sections"),
    ],
)  # fmt: skip
def test_parts_and_templates_of_articles_are_left_out_and_named(
    make: Make, names: tuple[str, ...], partials: set[str], folders: set[str]
) -> None:
    root = make(".git/x", "a.md", *names)
    for globs in ((), ("**/*.md", "**/*.mdx")):
        tally = FileCounts()
        found = paths(root, *globs, tally=tally)
        assert (tally.skipped_partials, tally.skipped_folders) == (partials, folders)
        hidden = {name for name in names if name in partials or any(name.startswith(f"{each}/") for each in folders)}
        assert set(found) == {"a.md", *(name for name in names if name.endswith((".md", ".mdx")))} - hidden
    assert len(paths(root, skip_templates=False)) == len(found) + len(hidden)


@pytest.mark.parametrize(
    "named", [("docs/_a.md",), ("docs/_*.md",), ("**/_a.md",)], ids=["the file", "a glob", "a glob at any depth"]
)
def test_a_part_of_an_article_is_read_where_it_is_named(make: Make, named: tuple[str, ...]) -> None:
    root = make("_quarto.yml", "docs/_a.md", "docs/b.md")
    assert paths(root, *named) == ["docs/_a.md"]
    assert paths(root, named_globs=named) == ["docs/_a.md", "docs/b.md"]
    assert paths(root, "docs/_a.md", require_front_matter=True) == []
    assert paths(root, "docs/_a.md", require_front_matter=True, named_globs=named) == ["docs/_a.md"]


@pytest.mark.parametrize(
    ("files", "found"),
    [
        pytest.param({"a.Rmd": ARTICLE, "b/index.rmarkdown": ARTICLE}, ["a.Rmd", "b/index.rmarkdown"], id="alone"),
        pytest.param({"a.Rmd": ARTICLE, "a.md": ARTICLE}, ["a.md"], id="beside the Markdown made from it"),
        pytest.param({"a.en.Rmd": ARTICLE, "a.en.html": ARTICLE}, ["a.en.html"], id="beside the HTML made from it"),
        pytest.param({"a.Rmd": ARTICLE, "a.html": "<!DOCTYPE html>"}, ["a.Rmd"], id="beside a page without front matter"),
        pytest.param({"a.Rmd": ARTICLE, "b.md": ARTICLE}, ["a.Rmd", "b.md"], id="beside another article"),
    ],
)
def test_an_r_markdown_file_is_an_article_unless_the_page_made_from_it_is_one(
    make: Make, files: dict[str, str], found: list[str]
) -> None:
    tally = FileCounts()
    assert paths(make(**files), tally=tally) == found
    assert tally.skipped_partials == {name for name in files if name.endswith("md") and name not in found}


def test_an_r_markdown_file_is_read_where_it_is_named(make: Make) -> None:
    root = make("a.Rmd", "a.md")
    assert paths(root, "a.Rmd") == ["a.Rmd"]
    assert paths(root, "*.Rmd") == ["a.Rmd"]


def test_files_with_front_matter_and_other_extensions_are_counted_by_extension(make: Make) -> None:
    others = OtherExtensions()
    root = make(
        *("a.md", "p/a.njk", "p/b.NJK", "p/c.rst", "node_modules/d.rst", "_includes/e.njk", "noextension"),
        *("data.yml", "style.css", "code.js", "TEMPLATE.txt"),
        **{"b.txt": "Text", "c.txt": "{\n}", "d.adoc": "---\n---\n", "e.adoc": "---\n\n# Title\n", "f.text": "\0\1"},
    )
    assert [each.path for each in discover(DiscoverOptions(paths=(".",), root=str(root)), others=others)] == ["a.md"]
    assert (+others.found, others.is_all) == ({".njk": 2, ".rst": 1}, True)


def test_an_extension_has_at_least_one_letter(make: Make) -> None:
    others = OtherExtensions()
    list(discover(DiscoverOptions(paths=(".",), root=str(make("a.t", "b."))), others=others))
    assert +others.found == {".t": 1}


@posix_only
def test_a_folder_that_cannot_be_listed_has_a_path(tmp_path: Path) -> None:
    (folder,) = walk(str(tmp_path / "gone"), "", skips=lambda *_: False)
    assert (folder.path, folder.error) == (".", "the folder cannot be listed: No such file or directory")
    (folder,) = walk(str(tmp_path / "gone"), "a/gone", skips=lambda *_: False)
    assert folder.path == "a/gone"


@pytest.mark.parametrize("glob", ["*.md", "*", "A*"])
def test_an_extension_in_capitals_is_one_of_articles(glob: str, make: Make) -> None:
    root = make("A.MD", "A.PNG", "A.TXT")
    assert paths(root, glob) == ([] if glob == "*.md" else ["A.MD"])


@posix_only
def test_a_page_that_is_a_link_to_another_file_is_not_the_page_of_an_r_markdown_file(make: Make) -> None:
    root = make("a.Rmd", "other.md")
    (root / "a.md").symlink_to("other.md")
    assert "a.Rmd" in paths(root)


def test_the_settings_above_a_repository_do_not_say_what_parts_of_articles_are(make: Make) -> None:
    root = make("_quarto.yml", "_a.md", "site/.git/x", "site/docs/_a.md", "other/docs/_a.md")
    assert paths(root) == ["site/docs/_a.md"]


def test_few_files_of_an_extension_without_articles_are_opened(make: Make) -> None:
    others = OtherExtensions()
    root = make("z.text", "z.njk", **{f"{number:03}.text": "Text" for number in range(60)})
    list(discover(DiscoverOptions(paths=(".",), root=str(root)), others=others))
    assert +others.found == {".njk": 1}


@pytest.mark.parametrize(
    ("tried", "found", "is_all"),
    [
        pytest.param([f"x{number}.text" for number in range(49)], 1, True, id="49 of the same extension"),
        pytest.param([f"x{number}.text" for number in range(50)], 0, True, id="50 of the same extension"),
        pytest.param([f"x.e{number}" for number in range(199)], 1, True, id="199 other extensions"),
        pytest.param([f"x.e{number}" for number in range(200)], 0, False, id="200 other extensions"),
        pytest.param([f"{number}.e{number // 50}" for number in range(4_999)], 1, True, id="4999 files"),
        pytest.param([f"{number}.e{number // 50}" for number in range(5_000)], 0, False, id="5000 files"),
        pytest.param([f"x\0.e{number}" for number in range(3)], 1, True, id="impossible names"),
    ],
)
def test_files_of_other_extensions_are_opened_up_to_limits(
    make: Make,
    tried: list[str],
    found: int,
    is_all: bool,  # noqa: FBT001 - a table's column
) -> None:
    others = OtherExtensions()
    for name in tried:
        others.add(name)  # counts as opened, although there is no such file
    others.add(str(make("a.text") / "a.text"))
    assert (others.found.total(), others.is_all) == (found, is_all)


@pytest.mark.parametrize(
    ("text", "is_found"),
    [("---\na: b\n---\n", True), ('{"a": 1}', False), ('\ufeff{"a": 1}', False), ("\ufeff---\na: b\n---\n", True)],
)
def test_what_counts_as_front_matter_of_another_extension(make: Make, text: str, is_found: bool) -> None:  # noqa: FBT001
    others = OtherExtensions()
    others.add(str(make(**{"a.text": text}) / "a.text"))
    assert others.found.total() == is_found


def test_a_section_that_is_called_like_such_a_folder_is_read(make: Make) -> None:
    names = [
        f"content/{name}/a.md"
        for name in ("archetypes", "layouts", "public", "site", "template", "templates", "test", "themes", "vendor")
    ]
    root = make("hugo.toml", "package.json", *names)
    assert paths(root, "content") == names


def test_a_collection_that_is_called_like_a_folder_of_jekyll_is_read(make: Make) -> None:
    names = ["src/_plugins/a.md", "src/_sass/b.md"]
    assert paths(make("bridgetown.config.yml", "src/_layouts/default.html", *names)) == names


@pytest.mark.parametrize(
    ("named", "found"),
    [
        (("archetypes",), ["archetypes/a.md"]),
        (("archetypes/a.md",), ["archetypes/a.md"]),
        (("archetypes/*.md",), ["archetypes/a.md"]),
        (("**/archetypes/*.md",), ["archetypes/a.md"]),
        (("{archetypes,posts}/*.md",), ["archetypes/a.md", "posts/c.md"]),
        (("**/*.md",), ["posts/c.md"]),
        (("**",), ["posts/c.md"]),
        (("*/a.md",), []),
    ],
)
def test_such_a_folder_is_read_where_it_is_named(make: Make, named: tuple[str, ...], found: list[str]) -> None:
    root = make("hugo.toml", "archetypes/a.md", "node_modules/b.md", "posts/c.md")
    assert paths(root, *named) == found
    assert paths(root, ".", named_globs=named) == sorted({*found, "posts/c.md"})


def test_a_hook_passes_over_files_of_such_folders_unless_a_collection_names_them(make: Make) -> None:
    root = make("hugo.toml", "archetypes/a.md", "node_modules/x/b.md", "posts/c.md")
    hook = ("archetypes/a.md", "node_modules/x/b.md", "posts/c.md")
    tally = FileCounts()
    assert paths(root, *hook, tally=tally, require_front_matter=True, named_globs=("**/*.md",)) == ["posts/c.md"]
    assert tally.skipped_folders == {"archetypes", "node_modules"}
    claimed = paths(root, *hook, require_front_matter=True, named_globs=("archetypes/*.md",))
    assert claimed == ["archetypes/a.md", "posts/c.md"]
    assert paths(root, *hook) == sorted(hook)


def test_what_is_excluded_is_counted_and_what_excludes_nothing_is_named(make: Make) -> None:
    root = make("a.md", "drafts/b.md", "drafts/c.md", "posts/d.md")
    tally = FileCounts()
    assert paths(root, ".", "posts/d.md", tally=tally, exclude_files=("drafts", "d.md", "gone/**")) == ["a.md"]
    assert (tally.excluded, tally.unused_excludes) == (2, ["gone/**"])


def test_a_path_of_the_configuration_that_is_not_there_is_counted(make: Make) -> None:
    root = make("a.md", "posts/b.txt")
    tally = FileCounts()
    assert paths(root, "a.md", "b.md", "news/**", "posts/*.md", tally=tally, optional=True) == ["a.md"]
    assert sorted(tally.unmatched) == ["b.md", "news/**", "posts/*.md"]


def test_articles_outside_the_collections_are_counted_by_folder(make: Make) -> None:
    root = make(
        "about.md", "posts/a.md", "posts/b.mdx", "news/c.md", "news/d.md", "node_modules/e.md",
        **{"README.md": README, "news/blank.md": BLANK, "news/f.md": "# Title\n", ".gitignore": "out\n"},
        **{"out/g.md": ARTICLE},
    )  # fmt: skip
    tally = FileCounts()
    assert paths(root, "posts/*.md", tally=tally, named_globs=("posts/*.md",), survey=".") == ["posts/a.md"]
    assert tally.outside == {".": 1, "news": 2, "posts": 1}
    assert (tally.skipped_files, tally.empty_files) == (0, 0)
    tally = FileCounts()
    found = paths(root, ".", tally=tally, named_globs=("posts/*.md",))
    assert found == ["about.md", "news/c.md", "news/d.md", "posts/a.md", "posts/b.mdx"]
    assert tally.outside == {".": 1, "news": 2, "posts": 1}


def test_a_data_file_outside_the_collections_is_counted(make: Make) -> None:
    root = make("posts/a.md", **{"data/b.yaml": "c: 1\n"})
    tally = FileCounts()
    assert paths(root, "data/*.yaml", tally=tally, named_globs=("posts",)) == ["data/b.yaml"]
    assert tally.outside == {"data": 1}


def test_a_folder_of_a_collection_contains_its_articles(make: Make) -> None:
    root = make("posts/a.md", "posts/n/b.mdx")
    tally = FileCounts()
    assert paths(root, "posts", tally=tally, named_globs=("posts",), survey=".") == ["posts/a.md", "posts/n/b.mdx"]
    assert tally.outside == {}


def test_only_relevant_files_are_counted_as_outside(make: Make) -> None:
    root = make("posts/a.md", "news/b.md", "news/c.md")
    tally = FileCounts()
    options = DiscoverOptions(paths=("posts",), root=str(root), named_globs=("posts",), survey=".")
    assert len(list(discover(options, tally, counts=lambda file: file.endswith("c.md")))) == 1
    assert tally.outside == {"news": 1}


def test_the_folders_that_are_remembered_are_limited() -> None:
    tally = FileCounts()
    for number in range(3_000):
        tally.count_outside(f"{number}/a.md")
        tally.skip_folder(f"{number}/node_modules")
        tally.skip_partial(f"{number}/TEMPLATE.md")
    assert sum(tally.outside.values()) == 3_000
    assert len(tally.outside) == 1_001
    assert len(tally.skipped_folders) == len(tally.skipped_partials) == 1_000


def test_extensions_can_be_chosen(make: Make) -> None:
    assert paths(make("a.md", "b.rst"), extensions=(".RST",)) == ["b.rst"]


def test_what_a_collection_names_is_meant_to_have_front_matter(make: Make) -> None:
    root = make("c.md", **{"news/a.md": "# Title\n", "news/b.txt": "x", "other/a.md": "# Title\n"})
    found = sources(root, named_globs=("news/*",))
    assert [(source.path, source.named) for source in found] == [("c.md", False), ("news/a.md", True)]
    found = sources(root, named_globs=("news/*.txt",))
    assert [(source.path, source.named) for source in found] == [("c.md", False), ("news/b.txt", True)]


@pytest.mark.parametrize("name", ["README.md", "readme.markdown", "Readme.de.md", "README-zh-CN.md"])
def test_a_readme_is_no_article_unless_it_has_front_matter_or_is_named(make: Make, name: str) -> None:
    root = make("news/a.md", **{f"news/{name}": "# Title\n"})
    tally = FileCounts()
    for named, globs in (((), ("news/**",)), (("news/**",), ()), (("news",), ("news/*.m*",))):
        assert paths(root, *named, named_globs=globs, tally=tally) == ["news/a.md"]
    assert tally.skipped_files == 3
    assert paths(root, f"news/{name}", require_front_matter=True, named_globs=("news/**",)) == []
    for path in (f"news/{name}", f"*/{name}"):
        assert [source.named for source in sources(root, path)] == [True]
    assert f"news/{name}" in paths(root, named_globs=(f"news/{name}",))
    make("news/a.md", f"news/{name}")
    assert f"news/{name}" in paths(root, named_globs=("news/**",))


def test_an_article_about_readmes_should_have_front_matter(make: Make) -> None:
    root = make(**{"news/readme-first.md": "# Title\n", "news/my-readme.md": "# Title\n"})
    assert len(paths(root, named_globs=("news/**",))) == 2


def test_a_collection_without_an_extension_names_no_images(make: Make) -> None:
    root = make("news/a.md", **{"news/b.png": "x"})
    assert paths(root, named_globs=("news/**",)) == ["news/a.md"]
    assert paths(root, "news/a.md", "news/b.png", require_front_matter=True, named_globs=("news/**",)) == ["news/a.md"]


@pytest.mark.parametrize(
    ("glob", "found"),
    [
        ("*.md", ["a.md"]),
        ("**/*.md", ["a.md", "n/b.md", "n/m/c.md"]),
        ("n/**", ["n/b.md", "n/m/c.md", "n/m/e.html"]),
        ("n/*", ["n/b.md"]),
        ("n/*.txt", ["n/d.txt"]),
        ("**/*.{txt,html}", ["n/d.txt", "n/m/e.html"]),
        ("./n/?.md", ["n/b.md"]),
        ("n/[a-b].md", ["n/b.md"]),
        ("n/[!b].*", []),
        ("n/**/c.md", ["n/m/c.md"]),
        ("*/m/*.md", ["n/m/c.md"]),
    ],
)
def test_a_glob_means_what_it_means_in_a_shell(make: Make, glob: str, found: list[str]) -> None:
    root = make("a.md", "n/b.md", "n/m/c.md", "n/d.txt", "n/m/e.html")
    tally = FileCounts()
    assert paths(root, glob, tally=tally) == found
    assert tally.unmatched == ([] if found else [glob])


def test_a_name_with_a_wildcard_in_it_is_a_name_if_it_is_there(make: Make) -> None:
    assert paths(make("[a].md", "a.md"), "[a].md") == ["[a].md"]


def test_a_file_reached_twice_comes_once_and_as_named(make: Make) -> None:
    root = make("n/a.md", **{"n/b.md": "# Title\n"})
    found = sources(root, "n", "n/b.md", "./n/b.md", str(root / "n" / "a.md"), "n/*.md", "n/../n")
    assert [(source.path, source.named) for source in found] == [("n/a.md", True), ("n/b.md", True)]


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ("b.md", "`b.md`"),
        ("artcle.md", "did you mean `article.md`"),
        ("no/where", "`no/where`"),
        ("", "``"),
        ("a\0b", "`a\\x00b`"),
    ],
)
def test_a_path_that_is_not_there_is_told_before_anything_is_read(make: Make, missing: str, words: str) -> None:
    root = make("article.md")
    with pytest.raises(UsageError) as error:
        discover(DiscoverOptions(paths=("article.md", missing), root=str(root)))
    assert words in str(error.value)


def test_a_glob_below_a_folder_that_is_not_there_is_told(make: Make) -> None:
    with pytest.raises(UsageError, match="posts"):
        discover(DiscoverOptions(paths=("posts/*.md",), root=str(make("a.md"))))


@pytest.mark.parametrize("glob", ["[z-a].md", "./"])
def test_a_glob_that_means_nothing_is_told(make: Make, glob: str) -> None:
    with pytest.raises(UsageError, match="glob"):
        discover(DiscoverOptions(paths=(".",), root=str(make("a.md")), exclude_files=(glob,)))


@pytest.mark.parametrize(
    ("exclude", "left"),
    [
        (("drafts",), ["a.md", "n/b.md"]),
        (("drafts/",), ["a.md", "n/b.md"]),
        (("/drafts",), ["a.md", "n/b.md", "n/drafts/c.md"]),
        (("n/drafts",), ["a.md", "drafts/d.md", "n/b.md"]),
        (("b.md",), ["a.md", "drafts/d.md", "n/drafts/c.md"]),
        (("n/*.md",), ["a.md", "drafts/d.md", "n/drafts/c.md"]),
        (("**",), []),
    ],
)
def test_excludes_leave_out_files_and_folders(make: Make, exclude: tuple[str, ...], left: list[str]) -> None:
    root = make("a.md", "n/b.md", "drafts/d.md", "n/drafts/c.md")
    assert paths(root, exclude_files=exclude) == left
    assert paths(root, ".", "drafts/d.md", exclude_files=exclude) == left


def test_gitignore_is_honoured_with_negation_and_in_nested_folders(make: Make) -> None:
    root = make(
        "a.md",
        "b.md",
        "out/c.md",
        "n/d.md",
        "n/e.md",
        "n/out/f.md",
        "n/m/g.md",
        **{
            ".gitignore": "b.md\n/out/\n*.tmp.md\n",
            "n/.gitignore": "*.md\n!e.md\n!b.md\n",
            "n/b.md": ARTICLE,
            "n/m/.gitignore": "!g.md\n",
        },
    )
    assert paths(root) == ["a.md", "n/b.md", "n/e.md", "n/m/g.md"]
    assert len(paths(root, gitignore=False)) == 8


def test_gitignore_of_the_folders_above_holds_up_to_the_top_of_the_repository(make: Make) -> None:
    root = make("x/site/n/a.md", "x/site/n/b.md", **{".gitignore": "a.md\n", "x/.gitignore": "/site/n/b.md\n"})
    assert paths(root / "x" / "site", "n") == ["n/a.md", "n/b.md"]
    (root / ".git").mkdir()
    assert paths(root / "x" / "site", "n") == []
    (root / "x" / ".git").mkdir()
    assert paths(root / "x" / "site", "n") == ["n/a.md"]


def test_what_is_named_is_looked_at_though_git_ignores_it(make: Make) -> None:
    root = make("_site/a.md", "b.md", **{".gitignore": "_site/\nb.md\n"})
    (root / ".git").mkdir()
    assert paths(root, "_site", "b.md") == ["_site/a.md", "b.md"]


def test_a_gitignore_that_is_no_text_does_not_stop_it(make: Make) -> None:
    root = make("a.md", "b.md")
    (root / ".gitignore").write_bytes(b"\xff\xfe!\n!\n[\nb.md\n")
    assert paths(root) == ["a.md"]


def test_hidden_files_and_folders_are_passed_over_unless_named(make: Make) -> None:
    root = make("a.md", ".b.md", ".github/c.md", ".git/d.md")
    assert paths(root) == ["a.md"]
    assert paths(root, ".github", ".b.md") == [".b.md", ".github/c.md"]


@posix_only
def test_links_in_folders_are_not_followed(make: Make, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.md").write_text(ARTICLE)
    root = make("n/a.md")
    (root / "n" / "loop").symlink_to(root)
    (root / "n" / "out").symlink_to(outside)
    (root / "n" / "b.md").symlink_to(outside / "secret.md")
    (root / "n" / "c.md").symlink_to("a.md")
    (root / "n" / "broken.md").symlink_to("nowhere.md")
    (root / "n" / "photo.png").symlink_to("../photo.png")
    tally = FileCounts()
    assert paths(root, ".", "n", tally=tally) == ["n/a.md"]
    # Each once; a link to what would not be looked into anyhow is none of them.
    assert (tally.symbolic_links, tally.special_files) == (5, 0)
    globbed = FileCounts()
    paths(root, "n/*.md", tally=globbed)
    assert globbed.symbolic_links == 3


@posix_only
def test_a_named_link_within_the_root_is_the_file_it_leads_to(make: Make) -> None:
    root = make("n/a.md")
    (root / "b.md").symlink_to("n/a.md")
    (root / "m").symlink_to("n")
    assert paths(root, ".", "b.md", "m", "m/a.md") == ["n/a.md"]


@posix_only
def test_a_named_link_out_of_the_root_is_not_read(make: Make, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.md").write_text(ARTICLE)
    root = make("a.md")
    (root / "b.md").symlink_to(outside / "secret.md")
    (root / "m").symlink_to(outside)
    for named, path in (("b.md", "b.md"), ("m", "m"), ("m/secret.md", "m/secret.md"), ("m/*.md", "m")):
        (found,) = sources(root, named)
        assert (found.path, found.head) == (path, b"")
        assert "leads out" in (found.unreadable or "")


def test_a_file_outside_the_root_can_be_named_in_plain_words(make: Make) -> None:
    root = make("site/a.md", "other/b.md")
    assert paths(root / "site", "../other") == ["../other/b.md"]
    assert paths(root / "site", str(root / "other" / "b.md"), ".") == ["../other/b.md", "a.md"]


@posix_only
def test_what_is_no_regular_file_is_never_waited_for(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make("a.md")
    os.mkfifo(root / "fifo.md")
    monkeypatch.chdir(root)  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("socket.md")
        tally = FileCounts()
        assert paths(root, tally=tally) == ["a.md"]
        assert (tally.symbolic_links, tally.special_files) == (0, 2)
        found = sources(root, "fifo.md", "socket.md", "/dev/null")
    assert [source.head for source in found] == [b"", b"", b""]
    assert all(source.unreadable for source in found)


def test_what_may_not_be_read_says_so(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make("a.md", "b.md")
    opened = os.open

    def refuse(path: str | os.PathLike[str], flags: int) -> int:
        if os.fspath(path).endswith("a.md"):
            raise PermissionError(13, "Permission denied")
        return opened(path, flags)

    monkeypatch.setattr(os, "open", refuse)
    assert [(source.path, source.unreadable) for source in sources(root)] == [("a.md", "Permission denied"), ("b.md", None)]


def test_a_folder_that_cannot_be_listed_is_a_source_that_says_so(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make("a.md", "n/b.md")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("n"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert [(source.path, source.unreadable) for source in sources(root)] == [
        ("a.md", None),
        ("n", "the folder cannot be listed: Permission denied"),
    ]


def test_a_file_that_goes_away_is_a_source_that_says_so(tmp_path: Path) -> None:
    source = read_source(str(tmp_path / "gone.md"), path="gone.md")
    assert source.unreadable == "No such file or directory"


@linux_only
@pytest.mark.parametrize(
    ("name", "path"),
    [
        (b"a\nb.md", "a\\nb.md"),
        (b"\x1b[31m.md", "\\x1b[31m.md"),
        (b"\xff.md", "\\xff.md"),
        ("\u202eb.md".encode(), "\\u202eb.md"),
        ("é b.md".encode(), "é b.md"),
        (b"-o.md", "-o.md"),
        (b"@file.md", "@file.md"),
    ],
)
def test_odd_names_survive_and_are_shown_fit_to_print(tmp_path: Path, name: bytes, path: str) -> None:
    (tmp_path / os.fsdecode(name)).write_text(ARTICLE)
    for named in (".", os.fsdecode(name)):
        (found,) = sources(tmp_path, named)
        assert (found.path, found.head, found.unreadable) == (path, ARTICLE.encode(), None)


def test_no_more_than_the_head_of_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "long.md").write_text("---\n" + "a: 1\n" * 500_000)
    with (tmp_path / "sparse.md").open("wb") as sparse:
        sparse.write(b"---\na: 1\n")
        sparse.truncate(10 * 1024**3)
    (tmp_path / "page.html").write_text("<html>" * 500_000)
    long, sparse_source = sources(tmp_path)
    assert (len(long.head), long.size) == (HEAD_BYTES, 2_500_004)
    assert (len(sparse_source.head), sparse_source.size) == (HEAD_BYTES, 10 * 1024**3)
    assert parse(sparse_source).parse_errors[0].kind is ParseErrorKind.TOO_LARGE


def test_the_source_of_a_small_file_is_all_of_it(make: Make) -> None:
    (source,) = sources(make("n/a.md"))
    assert source == Source("n/a.md", str(Path(source.file)), ARTICLE.encode(), len(ARTICLE), named=False)
    assert Path(source.file).is_absolute()


@pytest.mark.parametrize(
    "head",
    [
        b"---\n",
        b"---",
        b"--- \t\r\n",
        b"\xef\xbb\xbf---\n",
        b"---\r",
        b"---yaml\n",
        b"--- YML\n",
        b"---toml\n",
        b"---json\n",
        b"---js\n",
        b"+++\n",
        b"+++",
        b"{\n",
        b"{",
        b'{"a": 1}',
        b"{}",
        b"{ \t\n",
        b"----\n",
        b"--- # x\n",
        b"--- a: 1\n",
        b"---x\n",
        b"++++\n",
        b"\n---\n",
        b" ---\n",
        b"{% raw %}\n",
        b"{{< x >}}\n",
        b"}\n",
        b"# Title\n",
        b"",
        b"<html>",
        b"-",
        b"\xff",
        b"{a}",
        b"---json5\n",
        "---\na".encode("utf-16-le"),
        "\ufeff---\n".encode("utf-16-le"),
        "\ufeff---\r\n".encode("utf-16-be"),
    ],
)
def test_a_file_counts_as_led_exactly_where_parse_finds_front_matter_or_an_attempt_at_it(head: bytes) -> None:
    kinds = {problem.kind for problem in parse(Source("a.md", "a.md", head, len(head))).parse_errors}
    assert starts_with_front_matter(head) == (ParseErrorKind.MISSING not in kinds)


@pytest.mark.parametrize(
    ("path", "is_selected"),
    [
        ("posts/a.md", True),
        ("posts/2021/a.MD", True),
        ("posts/data/a.yml", True),
        ("posts/a.txt", False),
        ("drafts/a.md", False),
        ("posts/old/a.md", False),
        ("posts/README.md", False),
    ],
)
def test_globs_and_names_select_files_without_reading_them(path: str, is_selected: bool) -> None:  # noqa: FBT001
    globs = ("posts/**", "posts/data/*.yml")
    options = DiscoverOptions(paths=globs, root="/", named_globs=globs, exclude_files=("posts/old", "README.md"))
    assert selected(options)(path) is is_selected
