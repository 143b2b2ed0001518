"""Which runs cover all articles, which only some, and which history a run uses."""

from pathlib import Path

import pytest

from linkcheck.config import Config, Settings
from linkcheck.config.settings import CollectionTable
from linkcheck.pipeline import RunContext


def context(settings: Settings, **fields: object) -> RunContext:
    return RunContext(Config(**{"settings": settings, "root": str(Path.cwd()), **fields}))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        pytest.param(Settings(), False, id="all articles"),
        pytest.param(Settings(paths=("a.md",)), False, id="a path"),
        pytest.param(Settings(since="main"), True, id="since a commit"),
        pytest.param(Settings(files_from="list.txt"), True, id="from a list"),
        pytest.param(Settings(since="main", files_from="-"), True, id="both"),
    ],
)
@pytest.mark.usefixtures("here")
def test_a_run_of_changed_or_listed_articles_is_partial(settings: Settings, expected: bool) -> None:  # noqa: FBT001
    assert context(settings).run.is_partial is expected


@pytest.mark.parametrize(
    ("settings", "globs", "expected"),
    [
        pytest.param(Settings(), (), True, id="no path"),
        pytest.param(Settings(paths=(".",)), (), True, id="the working directory"),
        pytest.param(Settings(paths=("a.md",)), (), False, id="a path"),
        pytest.param(Settings(paths=(".", "a.md")), (), False, id="the working directory and a path"),
        pytest.param(Settings(), ("news", "blog"), True, id="the collections"),
        pytest.param(Settings(paths=("news", "blog")), ("news", "blog"), True, id="the paths of the collections"),
        pytest.param(Settings(paths=("news",)), ("news", "blog"), False, id="the path of one collection"),
        pytest.param(Settings(since="main"), (), False, id="since a commit"),
        pytest.param(Settings(files_from="list.txt"), (), False, id="from a list"),
        pytest.param(Settings(paths=(".",), since="main"), (), False, id="the working directory since a commit"),
    ],
)
@pytest.mark.usefixtures("here")
def test_a_run_is_whole_if_it_looks_everywhere(settings: Settings, globs: tuple[str, ...], expected: bool) -> None:  # noqa: FBT001
    collections = (CollectionTable(paths=globs),) if globs else ()
    assert context(settings, collections=collections, given=frozenset({"paths"})).is_whole is expected


@pytest.mark.usefixtures("here")
def test_the_paths_of_the_configuration_are_everywhere() -> None:
    assert context(Settings(paths=("a.md",))).is_whole
    assert not context(Settings(paths=("a.md",), since="main")).is_whole


@pytest.mark.parametrize(("paths", "expected"), [((), (".",)), (("a.md", "b"), ("a.md", "b"))])
@pytest.mark.usefixtures("here")
def test_the_paths_are_told_as_they_were_written(paths: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert context(Settings(paths=paths)).run.named == expected


NOTICE = "is in the untrusted checkout, so this run does not read or write this history"


@pytest.mark.parametrize(
    ("name", "untrusted", "is_used"),
    [
        pytest.param("h.db", False, True, id="trusted"),
        pytest.param("h.db", True, False, id="untrusted"),
        pytest.param("sub/h.db", True, False, id="untrusted, in a folder"),
        pytest.param("../h.db", True, True, id="untrusted, outside the checkout"),
    ],
)
@pytest.mark.usefixtures("here")
def test_a_history_in_an_untrusted_checkout_is_ignored_with_a_notice(name: str, untrusted: bool, is_used: bool) -> None:  # noqa: FBT001
    made = context(Settings(history=name, untrusted=untrusted), notices=("an earlier notice",))
    assert made.history == (Path(name) if is_used else None)
    assert made.notices == ("an earlier notice", *(() if is_used else (f"{name} {NOTICE}",)))


@pytest.mark.usefixtures("here")
def test_a_run_without_a_history_has_no_notice_about_it() -> None:
    made = context(Settings(untrusted=True))
    assert (made.history, made.notices) == (None, ())


def test_the_configuration_is_told_as_the_working_directory_sees_it(here: Path) -> None:
    files = (None, "linkcheck.toml", str(here / "site" / "linkcheck.toml"), str(here.parent / "linkcheck.toml"))
    found = [context(Settings(), file=file).config_file for file in files]
    assert found == [None, "linkcheck.toml", "site/linkcheck.toml", "../linkcheck.toml"]
