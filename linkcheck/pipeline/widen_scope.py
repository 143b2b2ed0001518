"""Whether a change touched the configuration or a schema, so that all articles must be checked."""

import os
from collections.abc import Iterator

from linkcheck import validate
from linkcheck.changes import Changes
from linkcheck.config import FILE_NAMES
from linkcheck.config.load import LARGEST_FILE, section_of
from linkcheck.files import read_file
from linkcheck.pipeline.paths import relative


def governing_change(changes: Changes, options: validate.ValidateOptions, *, config_file: str | None) -> str | None:
    """The path of the first configuration or schema that differs from the base, relative to the working directory.

    `config_file` is the configuration of the run; `options` contain its schemas.
    """
    schemas = {relative(path) for path in _schemas(options)}
    folders = {os.path.dirname(path) for path in schemas}
    touched = (*(change.path for change in changes.changes), *changes.gone)
    for path in sorted(touched):
        name = os.path.basename(path)
        is_schema = path in schemas or name.endswith(".schema.json")
        # The files that a schema refers to are usually in the same folder.
        is_part = name.endswith(".json") and any(_is_below(path, folder) for folder in folders)
        is_config = path == config_file or (name in FILE_NAMES and path in changes.gone)
        if is_schema or is_part or (is_config and _settings_changed(path, changes)):
            return path
    return None


def _settings_changed(path: str, changes: Changes) -> bool:
    """Whether linkcheck's settings in a file changed: most of a pyproject.toml is about other tools."""
    if os.path.basename(path) != "pyproject.toml":
        return True
    before = next((change.before for change in changes.changes if change.path == path), path)
    former = None if before is None else changes.base.read(before)
    try:
        present = read_file(path, most=LARGEST_FILE)
    except OSError:
        present = b""
    return section_of(former or b"") != section_of(present)


def _is_below(path: str, folder: str) -> bool:
    return not folder or path.startswith(f"{folder}/")


def _schemas(options: validate.ValidateOptions) -> Iterator[str]:
    for schema in (options.schema, *(collection.schema for collection in options.collections)):
        if schema is not None and schema != validate.DEFAULT:
            yield schema
