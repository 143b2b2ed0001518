"""The files that `linkcheck init` would write, and those that it would overwrite."""

from pathlib import Path

from msgspec import Struct

from linkcheck import __version__
from linkcheck.commands.init import templates
from linkcheck.commands.init.survey import RepositorySurvey
from linkcheck.commands.init.templates import Draft
from linkcheck.config import FILE_NAMES, load
from linkcheck.errors import UsageError
from linkcheck.files import read_file

_LARGEST = 1 << 20
_HOOKS = ".pre-commit-config.yaml"


class InitPlan(Struct, frozen=True):
    """The files to write, the existing files that would be overwritten or conflict with them, and notes for the user."""

    drafts: tuple[Draft, ...]
    in_the_way: tuple[str, ...]
    notes: tuple[str, ...] = ()


def draft_all(survey: RepositorySurvey, root: str) -> InitPlan:
    """Draft every file. Writes nothing. Raises UsageError for a file that cannot be read."""
    notes: list[str] = []
    texts = [("linkcheck.toml", templates.configuration(survey))]
    texts += [(templates.schema_path(each), templates.schema(each)) for each in survey.collections]
    texts.append((".github/workflows/linkcheck.yml", templates.workflow(__version__)))
    found = [Draft(path, text, _before(Path(root, path))) for path, text in texts]
    before = _before(Path(root, _HOOKS))
    hooks = templates.hooks(__version__, before)
    if hooks is not None:
        found.append(Draft(_HOOKS, hooks, before, adds=before is not None))
    elif before is not None and templates.HOME not in before:
        notes.append(
            f"{_HOOKS} exists and cannot be extended safely; add the hooks yourself as described in {templates.HOME}"
        )
    in_the_way = [draft.path for draft in found if draft.overwrites]
    in_the_way += [name for name in FILE_NAMES if name != "linkcheck.toml" and _configures(root, name)]
    return InitPlan(tuple(draft for draft in found if draft.before != draft.text), tuple(in_the_way), tuple(notes))


def _configures(root: str, name: str) -> bool:
    """Whether a file other than linkcheck.toml configures linkcheck already."""
    if not Path(root, name).is_file():
        return False
    if name != "pyproject.toml":
        return True
    try:
        return load(flags={}, environment={}, directory=root, file=name).file is not None
    except UsageError:
        return True


def _before(path: Path) -> str | None:
    try:
        raw = read_file(path, most=_LARGEST)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}; linkcheck init writes this file") from None
    if len(raw) > _LARGEST:
        raise UsageError(f"{path} is larger than 1 MiB; linkcheck init writes this file")
    return raw.decode("utf-8", "surrogateescape")
