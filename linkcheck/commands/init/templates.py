"""The texts of the files that `linkcheck init` writes."""

import re
from collections.abc import Iterable, Iterator
from json import dumps

from msgspec import Struct

from linkcheck.commands.init.survey import RepositorySurvey
from linkcheck.commands.init.surveyed_collections import Surveyed
from linkcheck.front_matter_start import data_format
from linkcheck.model import Json, Role
from linkcheck.pipeline.rest_collection import SCHEMAS
from linkcheck.pipeline.sites import read_yaml

HOME = "https://github.com/everyday-cc/linkcheck"
_SLUG = HOME.removeprefix("https://github.com/")
_TYPES_OF_ARTICLES = ("markdown", "mdx", "html")
"""The types that the hooks select by default (`.pre-commit-hooks.yaml`)."""
BASELINE = f"{SCHEMAS}/baseline.json"


class Draft(Struct, frozen=True):
    """A file to write. `before` is its present text, None if there is none; with `adds` that text is kept and extended."""

    path: str
    text: str
    before: str | None = None
    adds: bool = False

    @property
    def overwrites(self) -> bool:
        return self.before is not None and self.before != self.text and not self.adds


class ConfigPart(Struct, frozen=True):
    """A part of the configuration's text. One with a `name` can be left out; `surveyed` is the collection it describes."""

    name: str
    text: str
    surveyed: Surveyed | None = None


def schema_path(name: str) -> str:
    """The path of the schema of a collection."""
    return f"{SCHEMAS}/{name}.schema.json"


def part_name(each: Surveyed) -> str:
    return f"the collection {each.collection.name}"


def schema(each: Surveyed) -> str:
    """The schema as JSON, with short objects and arrays on one line."""
    return f"{_laid_out(each.inferred.schema, '')}\n"


def configuration(survey: RepositorySurvey) -> tuple[ConfigPart, ...]:
    """The parts of the configuration: settings before tables, as TOML requires."""
    header = (
        "# linkcheck configuration, created by `linkcheck init`. Paths are relative to this file.\n"
        f"# Reference: {HOME}/blob/main/docs/reference/configuration.md\n"
    )
    parts = [ConfigPart("", header), *_settings(survey)]
    parts += [ConfigPart(part_name(each), collection(each), each) for each in survey.collections]
    if any(link.role is Role.IMAGE for each in survey.collections for link in each.inferred.links):
        parts.append(
            ConfigPart(
                "",
                '\n# Google Discover: to report lead images that are too small for it (LC414), set "preset": "discover"\n'
                "# in the x-link of the lead image in the schema.\n",
            )
        )
    if survey.aliases:
        entries = "".join(f"{_text(prefix)} = {_text(folder)}\n" for prefix, folder in survey.aliases.items())
        parts.append(
            ConfigPart(
                "aliases", f"\n# Names for folders at the start of a path, or of a prefix in a schema.\n[aliases]\n{entries}"
            )
        )
    return tuple(parts)


def _settings(survey: RepositorySurvey) -> Iterator[ConfigPart]:
    base_url, site_roots = survey.site.base_url, survey.site_roots
    if survey.extensions:
        yield _setting("extensions", f"[{', '.join(map(_text, survey.extensions))}]", "The files to read.")
    if survey.exclude_files:
        globs = f"[{', '.join(map(_text, survey.exclude_files))}]"
        yield _setting("exclude-files", globs, "Files that the settings of the site exclude from its entries.")
    if base_url is not None:
        yield _setting("base-url", _text(base_url), "Where the site is published. Links without a host are requested there.")
    elif survey.on_site:
        yield ConfigPart(
            "",
            "\n# Where the site is published. Without it, links without a host are not requested.\n"
            '# base-url = "https://example.com/"\n',
        )
    if site_roots:
        roots = ", ".join(_text(root) for root in site_roots)
        comment = "What the site serves at its root. Links without a host are looked up there first."
        yield _setting("site-root", roots if len(site_roots) == 1 else f"[{roots}]", comment)


def _setting(key: str, value: str, comment: str) -> ConfigPart:
    return ConfigPart(key, f"\n# {comment}\n{key} = {value}\n")


def baseline_setting() -> ConfigPart:
    return _setting("baseline", _text(BASELINE), "Findings that were accepted when linkcheck was introduced.")


def collection(each: Surveyed, *, prefix: str = "") -> str:
    """The table of a collection. `prefix` is that of linkcheck's tables in a pyproject.toml."""
    count = len(each.collection.paths)
    what = f"{count:,} article{'s' * (count != 1)}" + (
        "" if each.collection.folders or each.collection.is_data else ", and all that are added elsewhere"
    )
    return (
        f"\n[[{prefix}collections]]  # {what}\n"
        f"name = {_text(each.collection.name)}\n"
        f"paths = [{', '.join(map(_text, each.globs))}]\n"
        f"schema = {_text(schema_path(each.collection.name))}\n" + ("" if each.url is None else f"url = {_text(each.url)}\n")
    )


def workflow(version: str) -> str:
    return f"""\
# Checks the changes of each pull request, and all articles every night. Created by `linkcheck init`; edit freely.
name: linkcheck

on:
  pull_request:
  schedule:
    - cron: "17 3 * * *"
  workflow_dispatch:

permissions:
  contents: read

jobs:
  pull-request:
    if: github.event_name == 'pull_request'
    # For more safety, replace the tag with the SHA of its commit.
    uses: {_SLUG}/.github/workflows/pull-request.yml@v{version}
  nightly:
    if: github.event_name != 'pull_request'
    uses: {_SLUG}/.github/workflows/nightly.yml@v{version}
"""


def types_of(data_files: Iterable[str]) -> tuple[str, ...]:
    """The names that pre-commit has for the types of data files."""
    return tuple(sorted({format_ for path in data_files if (format_ := data_format(path)) is not None}))


def types_line(types: Iterable[str]) -> str:
    """The line of a hook that checks data files of these types, too."""
    return f"types_or: [{', '.join((*_TYPES_OF_ARTICLES, *types))}]"


def passes_more_types(text: str) -> bool:
    """Whether all hooks of linkcheck in the text select their files themselves."""
    listed = read_yaml(text.encode()).get("repos")
    repositories = [each for each in (listed if isinstance(listed, list) else []) if isinstance(each, dict)]
    ours = [each.get("hooks") for each in repositories if _SLUG in str(each.get("repo"))]
    found = [hook for hooks in ours if isinstance(hooks, list) for hook in hooks if isinstance(hook, dict)]
    return all("types_or" in hook or "types" in hook or "files" in hook for hook in found)


def hooks(version: str, before: str | None, types: tuple[str, ...] = ()) -> str | None:
    """The hooks file with linkcheck's entry; None if the file cannot be extended or has the entry already.

    `types` are those of data files that the hooks check.
    """
    if before is None:
        return "repos:\n" + _entry(version, "  ", types)
    if _SLUG in before:
        return None
    data = read_yaml(before.encode())
    repositories = data.get("repos")
    dash = re.search(r"^repos:[^\n]*\n(?:[ \t]*(?:#[^\n]*)?\n)*([ \t]*)- ", before, re.MULTILINE)
    if not isinstance(repositories, list) or dash is None:
        return None
    ours = read_yaml(("repos:\n" + _entry(version, "", types)).encode())["repos"]
    entry = _entry(version, dash[1], types)
    for text in (f"{before.rstrip()}\n{entry}", _after_repositories(before, entry)):
        # Verify by parsing it again: everything that was there, and one more repository.
        again = read_yaml(text.encode())
        found = again.get("repos")
        rest_is_kept = {**again, "repos": 0} == {**data, "repos": 0}
        if rest_is_kept and isinstance(found, list) and found[:-1] == repositories and found[-1:] == ours:
            return text
    return None


def _after_repositories(before: str, entry: str) -> str:
    """The text with linkcheck's entry before the first key that follows `repos:`."""
    head, sign, rest = before.partition("repos:")
    following = re.search(r"^[A-Za-z_]", rest, re.MULTILINE)
    if following is None:
        return before
    return f"{head}{sign}{rest[: following.start()]}{entry}{rest[following.start() :]}"


def _entry(version: str, indent: str, types: tuple[str, ...]) -> str:
    lines = [f"- repo: {HOME}", f"  rev: v{version}", "  hooks:"]
    for hook in ("linkcheck", "linkcheck-urls"):
        lines += [f"    - id: {hook}", *([f"      {types_line(types)}"] if types else [])]
    return "".join(f"{indent}{line}\n" for line in lines)


def _text(text: str) -> str:
    """A TOML string. TOML 1.0 has the escapes of JSON, except for U+007F."""
    return dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _laid_out(value: Json, indent: str) -> str:
    flat = dumps(value, ensure_ascii=False)
    if len(flat) + len(indent) <= 100 or not isinstance(value, (dict, list)):
        return flat
    deeper = indent + "  "
    if isinstance(value, list):
        return "[\n" + ",\n".join(f"{deeper}{_laid_out(item, deeper)}" for item in value) + f"\n{indent}]"
    pairs = (f"{deeper}{dumps(name, ensure_ascii=False)}: {_laid_out(item, deeper)}" for name, item in value.items())
    return "{\n" + ",\n".join(pairs) + f"\n{indent}}}"
