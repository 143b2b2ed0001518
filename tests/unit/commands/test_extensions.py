"""Articles with other extensions than the usual ones: they are counted, or read if their extensions are specified."""

import tomllib
from pathlib import Path

import pytest
from write_files import write_files

from linkcheck.cli.init_summary import tell_survey
from linkcheck.cli.options import given_extensions
from linkcheck.commands.init import plan_all, prove, survey
from linkcheck.commands.init.plan import config_text
from linkcheck.errors import NothingFoundError, UsageError

ARTICLE = "---\ntitle: T\nmore: https://a.example/\n---\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write_files(tmp_path, {"p/a.njk": ARTICLE, "p/b.njk": ARTICLE, "p/c.rst": ARTICLE})
    return tmp_path


def test_articles_with_other_extensions_are_named_with_what_to_do(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_files(root, {"p/d.md": ARTICLE})
    found = survey(str(root))
    assert found.others == ("2 .njk files", "1 .rst file")
    tell_survey(found, found.collections)
    told = " ".join(capsys.readouterr().err.split())
    assert "not read, although they start with front matter: 2 .njk files, 1 .rst file; to read them, list the" in told


def test_articles_in_folders_of_templates_are_counted(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_files(root, dict.fromkeys(("p/d.md", "_layouts/a.md", "p/_includes/a.md", "p/_includes/b.md"), ARTICLE))
    write_files(root, {"_includes/a.md": "No article.\n", "_site/a.md": ARTICLE, "archetypes/default.md": ARTICLE})
    found = survey(str(root))
    tell_survey(found, found.collections)
    told = " ".join(capsys.readouterr().err.split())
    folders = "_layouts/ (1 article), p/_includes/ (2 articles)"
    assert f"not read, because they are folders of templates or parts of articles: {folders}; to read one, name" in told


RST = "Harbor\n######\n\n:date: 2024-03-01 10:00\n:category: news\n"


def test_articles_in_restructuredtext_are_named(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_files(root, {"p/d.md": ARTICLE, "p/e.rst": RST, "p/f.rst": RST, "p/docs.rst": "Docs\n####\n\n:orphan:\n"})
    found = survey(str(root))
    tell_survey(found, found.collections)
    assert "not read, because they are in reStructuredText: 2 .rst files" in " ".join(capsys.readouterr().err.split())


def test_the_message_about_a_folder_with_restructuredtext_only_names_it(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.rst": RST})
    with pytest.raises(NothingFoundError) as raised:
        survey(str(tmp_path))
    assert str(raised.value).endswith(": found 1 .rst file with metadata; linkcheck does not read reStructuredText")


def test_the_message_about_a_folder_without_articles_names_them_too(root: Path) -> None:
    with pytest.raises(NothingFoundError) as raised:
        survey(str(root))
    assert str(raised.value) == (
        f"no article in {root}: found 2 .njk files with front matter and 1 .rst file with front matter; list the extensions "
        "of all articles with --extensions"
    )


def test_specified_extensions_are_read_and_written(root: Path) -> None:
    plan = plan_all(survey(str(root), extensions=(".njk", ".rst")), str(root))
    assert tomllib.loads(config_text(plan))["extensions"] == [".njk", ".rst"]
    assert prove(plan, str(root)).articles == 3


@pytest.mark.parametrize(
    ("flag", "variable", "found"),
    [
        pytest.param(None, None, (), id="nothing"),
        pytest.param(("njk,.rst",), None, (".njk", ".rst"), id="an option"),
        pytest.param(("njk", ".md"), ".rst", (".njk", ".md"), id="an option and a variable"),
        pytest.param(None, ".rst, njk", (".rst", ".njk"), id="a variable"),
    ],
)
def test_extensions_are_those_of_the_option_or_the_variable(
    flag: tuple[str, ...] | None, variable: str | None, found: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    if variable is not None:
        monkeypatch.setenv("LINKCHECK_EXTENSIONS", variable)
    assert given_extensions(flag) == found


def test_what_is_no_extension_is_refused() -> None:
    with pytest.raises(UsageError, match="--extensions"):
        given_extensions(("a b",))
