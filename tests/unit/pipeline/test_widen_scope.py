"""Which changed file makes a run check all articles: a configuration or a schema."""

from pathlib import Path

import pytest
from stored_commit import changes_from

from linkcheck.changes import Changes
from linkcheck.pipeline.widen_scope import governing_change
from linkcheck.validate import DEFAULT, SchemaCollection, ValidateOptions

CONFIG = "linkcheck.toml"
TOOL = b"[tool.linkcheck]\nretries = 1\n"
OTHER = b"[project]\nname = 'x'\n"


def governing(
    changes: Changes, *, schema: str | None = None, collection: str | None = None, config: str = CONFIG
) -> str | None:
    collections = () if collection is None else (SchemaCollection(name="", globs=("*",), schema=collection),)
    return governing_change(changes, ValidateOptions(schema=schema, collections=collections), config_file=config)


@pytest.mark.parametrize(
    ("changes", "schema", "collection", "expected"),
    [
        pytest.param(changes_from({}), None, None, None, id="nothing"),
        pytest.param(changes_from({}, "a.md"), None, None, None, id="an article"),
        pytest.param(changes_from({}, "article.schema.json"), None, None, "article.schema.json", id="a schema by its name"),
        pytest.param(changes_from({}, "sub/x.schema.json"), None, None, "sub/x.schema.json", id="one in a folder"),
        pytest.param(changes_from({}, "s.json"), None, None, None, id="a file that no setting names"),
        pytest.param(changes_from({}, "s.txt"), "s.txt", None, "s.txt", id="the schema of the run, whatever its name"),
        pytest.param(changes_from({}, "s.txt"), None, "s.txt", "s.txt", id="the schema of a collection"),
        pytest.param(changes_from({}, "default"), DEFAULT, DEFAULT, None, id="a file named as the default schema is"),
        pytest.param(changes_from({}, "sub/part.json"), "sub/s.json", None, "sub/part.json", id="a file beside the schema"),
        pytest.param(changes_from({}, "sub/a/part.json"), None, "sub/s.json", "sub/a/part.json", id="a file below it"),
        pytest.param(changes_from({}, "subs/part.json"), "sub/s.json", None, None, id="a file in another folder"),
        pytest.param(changes_from({}, "part.json"), "sub/s.json", None, None, id="a file above the schema"),
        pytest.param(changes_from({}, "sub/part.json"), "s.json", None, "sub/part.json", id="a file below one at the top"),
        pytest.param(changes_from({}, "sub/part.toml"), "sub/s.json", None, None, id="another file beside the schema"),
        pytest.param(changes_from({}, CONFIG), None, None, CONFIG, id="the configuration"),
        pytest.param(changes_from({}, ".linkcheck.toml"), None, None, None, id="a configuration that is not used"),
        pytest.param(changes_from({}, gone=(CONFIG,)), None, None, CONFIG, id="a configuration that is gone"),
        pytest.param(changes_from({}, gone=("sub/.linkcheck.toml",)), None, None, "sub/.linkcheck.toml", id="one below"),
        pytest.param(changes_from({}, gone=("x.schema.json",)), None, None, "x.schema.json", id="a schema that is gone"),
        pytest.param(changes_from({}, gone=("a.md",)), None, None, None, id="an article that is gone"),
        pytest.param(changes_from({}, "b.schema.json", "a.md", CONFIG), None, None, "b.schema.json", id="the first by name"),
        pytest.param(changes_from({}, CONFIG, gone=("a.schema.json",)), None, None, "a.schema.json", id="the first of all"),
    ],
)
@pytest.mark.usefixtures("here")
def test_the_first_change_that_concerns_all_articles(
    changes: Changes, schema: str | None, collection: str | None, expected: str | None
) -> None:
    assert governing(changes, schema=schema, collection=collection) == expected


def test_a_schema_is_compared_as_the_working_directory_sees_it(here: Path) -> None:
    assert governing(changes_from({}, "sub/s.txt"), schema=str(here / "sub" / "s.txt")) == "sub/s.txt"


@pytest.mark.parametrize(
    ("before", "after", "is_other"),
    [
        pytest.param(OTHER, OTHER + b"version = '1'\n", False, id="another tool's part changed"),
        pytest.param(TOOL, TOOL + OTHER, False, id="another tool's part was added"),
        pytest.param(TOOL, TOOL.replace(b"1", b"2"), True, id="a setting changed"),
        pytest.param(OTHER, TOOL + OTHER, True, id="the settings were added"),
        pytest.param(TOOL + OTHER, OTHER, True, id="the settings were removed"),
        pytest.param(None, OTHER, False, id="the file is new, without settings"),
        pytest.param(None, TOOL, True, id="the file is new, with settings"),
        pytest.param(TOOL, None, True, id="the file with settings cannot be read"),
        pytest.param(OTHER, None, False, id="the file without settings cannot be read"),
    ],
)
def test_of_a_pyproject_toml_only_the_settings_count(
    here: Path,
    before: bytes | None,
    after: bytes | None,
    is_other: bool,  # noqa: FBT001
) -> None:
    if after is not None:
        (here / "pyproject.toml").write_bytes(after)
    files = {} if before is None else {"pyproject.toml": before}
    assert governing(changes_from(files, "pyproject.toml"), config="pyproject.toml") == (
        "pyproject.toml" if is_other else None
    )


@pytest.mark.parametrize(("before", "is_other"), [(TOOL, True), (OTHER, False)])
@pytest.mark.usefixtures("here")
def test_a_pyproject_toml_that_is_gone_counts_if_it_had_settings(before: bytes, is_other: bool) -> None:  # noqa: FBT001
    changes = changes_from({"pyproject.toml": before}, gone=("pyproject.toml",))
    assert governing(changes) == ("pyproject.toml" if is_other else None)


@pytest.mark.parametrize(("before", "is_other"), [(TOOL, False), (OTHER, True)])
def test_a_pyproject_toml_that_was_renamed_is_compared_with_the_former_one(
    here: Path,
    before: bytes,
    is_other: bool,  # noqa: FBT001
) -> None:
    (here / "pyproject.toml").write_bytes(TOOL)
    changes = changes_from({"old.toml": before}, renamed={"pyproject.toml": "old.toml"})
    assert governing(changes, config="pyproject.toml") == ("pyproject.toml" if is_other else None)


def test_a_pyproject_toml_is_compared_with_itself_among_other_changes(here: Path) -> None:
    (here / "pyproject.toml").write_bytes(TOOL)
    changes = changes_from({"pyproject.toml": TOOL}, "a.md", "pyproject.toml", "z.md")
    assert governing(changes, config="pyproject.toml") is None
