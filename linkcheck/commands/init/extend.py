"""Plans what `linkcheck init --add` adds to an existing configuration: collections for articles that none of its own has."""

import os
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace

from linkcheck.commands.init import templates
from linkcheck.commands.init.plan import WORKFLOW, InitPlan, config_text, plan_files, read_text
from linkcheck.commands.init.survey import RepositorySurvey, survey
from linkcheck.commands.init.surveyed_collections import Surveyed
from linkcheck.commands.init.templates import ConfigPart
from linkcheck.config import Config, load
from linkcheck.config.settings import CollectionTable
from linkcheck.discover import discover
from linkcheck.errors import UsageError
from linkcheck.files import read_file
from linkcheck.front_matter_start import data_format
from linkcheck.globs import fits, has_magic, matcher, names_extension, static_folder
from linkcheck.pipeline import RunContext
from linkcheck.pipeline.rest_collection import RestCollection

_MOST_WORKFLOWS = 100
_LARGEST_WORKFLOW = 1 << 18
_NAMES = re.compile(r"/\*\*(?:/\[!_\]\*\.[^/]+)?\Z")
"""The end of a glob for the files in a folder."""


def existing(root: str) -> Config | None:
    """The configuration to extend; None if there is none. Raises UsageError for one in another folder."""
    config = load(flags={}, environment={}, directory=root)
    if config.file is not None and Path(config.root) != Path(root).resolve():
        raise UsageError(f"the configuration is {config.file}; run linkcheck init --add in its folder")
    return None if config.file is None else config


def survey_rest(config: Config, root: str) -> RepositorySurvey:
    """Survey the articles that are in no collection, or only in the one that takes what is left."""
    rest = RestCollection(config)
    context = RunContext(config)
    options = replace(context.discover, paths=(".",), named_globs=(), survey=None)
    # A folder, or a glob without an extension, contains no data files.
    globs = tuple(glob for table in config.collections for glob in table.paths if names_extension(glob))
    data = tuple(map(matcher, globs))
    return survey(
        root,
        options=options,
        claimed=rest.is_claimed,
        claimed_by_rest=rest.takes,
        claimed_data=lambda path: fits(data, path),
        has_entries=lambda: any(data_format(each.path) for each in discover(replace(options, paths=globs, optional=True))),
        given=context.plan,
    )


def plan_additions(survey: RepositorySurvey, config: Config, root: str) -> InitPlan:
    """Plan the collections of the survey that are new, and the workflow and hooks if there are none. Writes nothing."""
    assert config.file is not None
    path = Path(config.file).name
    new = tuple(_named(_new(survey.collections, config), config, root))
    files, notes = plan_files(root, new)
    if _has_workflow(root):
        files = tuple(draft for draft in files if draft.path != WORKFLOW)
    before = read_text(Path(root, path)) or ""
    plan = InitPlan(path, (ConfigPart("", before),), files, adds=True, notes=notes)
    if not new:
        return plan
    # Data files come before the folders that contain them.
    first = tuple(each for each in new if each.collection.is_data)
    rest = RestCollection(config).table
    last = tuple(each for each in new if each not in first and (rest is None or _contains(each, rest)))
    return _extended(plan, first, tuple(each for each in new if each not in (*first, *last)), last)


def _contains(each: Surveyed, table: CollectionTable) -> bool:
    """Whether the paths of a new collection would take all articles from one of the table's folders."""
    outer = [_folder(glob) for glob in each.globs]
    inner = [_folder(path) for path in table.paths]
    return any(folder == "." or f"{path}/".startswith(f"{folder}/") for folder in outer for path in inner)


def _new(surveyed: Iterable[Surveyed], config: Config) -> Iterator[Surveyed]:
    """The data files, and the collections whose folder no table of the configuration has already."""
    known = {_folder(path) for table in config.collections for path in table.paths}
    for each in surveyed:
        if each.collection.is_data or not known.issuperset(map(_folder, each.globs)):
            yield each


def _folder(path: str) -> str:
    folder = _NAMES.sub("", path)
    if has_magic(folder.rpartition("/")[2]) or "**" in folder:
        folder = static_folder(folder)
    return folder.removeprefix("./").rstrip("/") or "."


def _named(surveyed: Iterable[Surveyed], config: Config, root: str) -> Iterator[Surveyed]:
    """The collections with names that neither a collection nor the file of a schema has."""
    taken = {table.name for table in config.collections}
    for each in surveyed:
        name, number = each.collection.name, 1
        while name in taken or os.path.lexists(Path(root, templates.schema_path(name))):
            number += 1
            name = f"{each.collection.name}-{number}"
        taken.add(name)
        yield replace(each, collection=replace(each.collection, name=name))


def _extended(
    plan: InitPlan, first: tuple[Surveyed, ...], before_last: tuple[Surveyed, ...], after_last: tuple[Surveyed, ...]
) -> InitPlan:
    """The plan with tables for new collections: before the first table, before the last one, and at the end.

    Raises UsageError if the text cannot be extended, because the collections are not written as tables of their own.
    """
    (whole,) = plan.parts
    prefix = "tool.linkcheck." if plan.config == "pyproject.toml" else ""
    starts = _starts_of_tables(whole.text, prefix)
    line_end = "\r\n" if "\r\n" in whole.text else "\n"
    parts: list[ConfigPart] = []
    at = 0
    for place, surveyed in ((starts[0], first), (starts[-1], before_last), (len(whole.text), after_last)):
        if surveyed:
            text = _ended(whole.text[at:place], line_end)
            if place < len(whole.text) and text.endswith(line_end * 2):
                text = text.rstrip("\r\n") + line_end  # one blank line between the tables, above and below the new ones
            if text:
                parts.append(ConfigPart("", line_end * bool(parts) + text))
            parts += _tables(surveyed, prefix, line_end)
            at = place
    if at < len(whole.text):
        parts.append(ConfigPart("", line_end + whole.text[at:]))
    extended = replace(plan, parts=tuple(parts))
    if not _adds_only(whole.text, config_text(extended), len(first), len(before_last), len(after_last)):
        tables = "".join(templates.collection(each, prefix=prefix) for each in (*first, *before_last, *after_last))
        raise UsageError(
            f"{plan.config} cannot be extended, because its collections are not written as tables "
            f"[[{prefix}collections]]; write them so, or add these tables and their schemas yourself:",
            *tables.strip().splitlines(),
        )
    return extended


def _ended(text: str, line_end: str) -> str:
    """The text with the end of its last line."""
    return text + line_end if text and not text.endswith("\n") else text


def _tables(surveyed: Iterable[Surveyed], prefix: str, line_end: str) -> Iterator[ConfigPart]:
    for each in surveyed:
        text = templates.collection(each, prefix=prefix)
        yield ConfigPart(templates.part_name(each), text.replace("\n", line_end), each)


def _starts_of_tables(text: str, prefix: str) -> list[int]:
    """Where the tables of collections begin, with the comments right above each; the text's end if there are none."""
    header = re.compile(rf"^[ \t]*\[\[[ \t]*{re.escape(prefix)}collections[ \t]*\]\]", re.MULTILINE)
    return [_above_comments(text, match.start()) for match in header.finditer(text)] or [len(text)]


def _above_comments(text: str, place: int) -> int:
    while place and (line := text.rfind("\n", 0, place - 1) + 1) < place and text[line:place].lstrip().startswith("#"):
        place = line
    return place


def _adds_only(before: str, after: str, first: int, before_last: int, after_last: int) -> bool:
    """Whether the data are the same, except for so many new collections at the start, before the last one and at the end."""
    old, new = _data(before), _data(after)
    if old is None or new is None:
        return False
    was, now = _collections(old), _collections(new)
    place = first + (len(was) - 1 if before_last else len(was))
    kept = now[first:place] + now[place + before_last : len(now) - after_last]
    return old == new and len(now) == len(was) + first + before_last + after_last and kept == was


def _data(text: str) -> dict[str, object] | None:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        return None


def _collections(data: dict[str, object]) -> list[object]:
    """Removes the collections from the data of a configuration and returns them."""
    tool = data.get("tool")
    section = tool.get("linkcheck", {}) if isinstance(tool, dict) else data
    found = section.pop("collections", [])
    return found if isinstance(found, list) else []


def _has_workflow(root: str) -> bool:
    """Whether a workflow runs linkcheck already, whatever its file is called."""
    folder = Path(root, WORKFLOW).parent
    try:
        names = sorted(os.listdir(folder))[:_MOST_WORKFLOWS]
    except OSError:
        return False
    return any(name.endswith((".yml", ".yaml")) and _names_linkcheck(folder / name) for name in names)


def _names_linkcheck(path: Path) -> bool:
    try:
        return b"linkcheck" in read_file(path, most=_LARGEST_WORKFLOW)
    except OSError:
        return False
