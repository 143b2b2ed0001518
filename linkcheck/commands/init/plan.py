"""The files that `linkcheck init` would write, and those that it would overwrite."""

import re
from collections.abc import Collection, Iterable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from linkcheck import __version__
from linkcheck.commands.init import templates
from linkcheck.commands.init.survey import RepositorySurvey
from linkcheck.commands.init.surveyed_collections import Surveyed
from linkcheck.commands.init.templates import ConfigPart, Draft
from linkcheck.config import FILE_NAMES, has_settings
from linkcheck.errors import UsageError
from linkcheck.files import read_file

CONFIG = "linkcheck.toml"
WORKFLOW = ".github/workflows/linkcheck.yml"
HOOKS = ".pre-commit-config.yaml"
_LARGEST = 1 << 20
_URL_LINE = re.compile(r"^url = [^\n]*\n", re.MULTILINE)


class InitPlan(Struct, frozen=True):
    """What to write: the configuration in parts, the schemas of its collections, and other files.

    `adds` means that the parts contain the whole text of the existing configuration. `in_the_way` are existing files that
    would be overwritten, or that conflict with a new one. `notes` are sentences for the user.
    """

    config: str
    parts: tuple[ConfigPart, ...]
    files: tuple[Draft, ...] = ()
    adds: bool = False
    in_the_way: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def plan_all(survey: RepositorySurvey, root: str, *, keep: bool = False) -> InitPlan:
    """Plan every file; with `keep`, only the workflow that does not exist yet. Writes nothing.

    Raises UsageError for a file that cannot be read, and for a pyproject.toml that configures linkcheck and is invalid TOML.
    """
    files, notes = plan_files(root, survey.collections)
    files = tuple(draft for draft in files if not (keep and draft.overwrites))
    plan = InitPlan(CONFIG, templates.configuration(survey), files, notes=notes)
    in_the_way = [draft.path for draft in drafts(plan, root) if draft.overwrites]
    in_the_way += [name for name in FILE_NAMES if name != CONFIG and has_settings(Path(root, name))]
    return replace(plan, in_the_way=tuple(in_the_way))


def plan_files(root: str, collections: Iterable[Surveyed]) -> tuple[tuple[Draft, ...], tuple[str, ...]]:
    """The workflow and the hooks for the collections, and notes about them."""
    data = templates.types_of(path for each in collections if each.collection.is_data for path in each.collection.paths)
    found = [Draft(WORKFLOW, templates.workflow(__version__), read_text(Path(root, WORKFLOW)))]
    before = read_text(Path(root, HOOKS))
    hooks = templates.hooks(__version__, before, data)
    if hooks is not None:
        found.append(Draft(HOOKS, hooks, before, adds=before is not None))
    elif before is not None and templates.HOME not in before:
        return tuple(found), (
            f"{HOOKS} exists and cannot be extended safely; add the hooks yourself as described in {templates.HOME}",
        )
    elif before is not None and data and not templates.passes_more_types(before):
        return tuple(found), (
            f"to pass data files to the hooks, add this line to both in {HOOKS}: {templates.types_line(data)}",
        )
    return tuple(found), ()


def without(plan: InitPlan, names: Collection[str]) -> InitPlan:
    """The plan without the parts of these names."""
    return replace(plan, parts=tuple(part for part in plan.parts if not part.name or part.name not in names))


def without_urls(plan: InitPlan, names: Collection[str]) -> InitPlan:
    """The plan without the URLs of the collections of these names."""
    return replace(plan, parts=tuple(_without_url(part) if part.name in names else part for part in plan.parts))


def _without_url(part: ConfigPart) -> ConfigPart:
    if part.surveyed is None or part.surveyed.url is None:
        return part
    return ConfigPart(part.name, _URL_LINE.sub("", part.text), replace(part.surveyed, url=None))


def with_baseline(plan: InitPlan, baseline: str) -> InitPlan:
    """The plan with a baseline, which the configuration then names."""
    header, *rest = plan.parts
    draft = Draft(templates.BASELINE, baseline)
    return replace(plan, parts=(header, templates.baseline_setting(), *rest), files=(*plan.files, draft))


def config_text(plan: InitPlan) -> str:
    return "".join(part.text for part in plan.parts)


def surveyed(plan: InitPlan) -> tuple[Surveyed, ...]:
    """The collections that are written."""
    return tuple(part.surveyed for part in plan.parts if part.surveyed is not None)


def schemas(plan: InitPlan) -> dict[str, str]:
    """The texts of the schemas by their paths."""
    return {templates.schema_path(each.collection.name): templates.schema(each) for each in surveyed(plan)}


def drafts(plan: InitPlan, root: str) -> tuple[Draft, ...]:
    """The files that differ from what is there, in the order in which they are written: the configuration last.

    If one cannot be written, no configuration refers to a file that does not exist.

    Raises UsageError for a file that cannot be read, and for a folder that leads outside the repository.
    """
    wanted = [Draft(path, text) for path, text in schemas(plan).items()]
    wanted += [*plan.files, Draft(plan.config, config_text(plan), adds=plan.adds)]
    found = [replace(draft, before=read_text(Path(root, draft.path))) for draft in wanted]
    for draft in found:
        folder = Path(root, draft.path).parent
        if not folder.resolve().is_relative_to(Path(root).resolve()):
            raise UsageError(f"{folder} leads outside the repository through a symbolic link; linkcheck init writes there")
    return tuple(draft for draft in found if draft.before != draft.text)


def read_text(path: Path) -> str | None:
    """The text of a file that may be written; None if there is none. Raises UsageError if it cannot be read."""
    try:
        raw = read_file(path, most=_LARGEST)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}; linkcheck init writes this file") from None
    if len(raw) > _LARGEST:
        raise UsageError(f"{path} is larger than 1 MiB; linkcheck init writes this file")
    return raw.decode("utf-8", "surrogateescape")
