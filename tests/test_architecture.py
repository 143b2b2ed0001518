"""One door per library: who may import what. The floors are import-linter's (pyproject.toml)."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "linkcheck"
DOORS = {
    "httpx": "fetch/",
    "aiohappyeyeballs": "fetch/",
    "anyio": "fetch/",
    "asyncio": "fetch/",
    "aiodns": "fetch/",
    "uvloop": "fetch/",
    "ssl": "fetch/",
    "socket": "fetch/",
    "distributed": "fetch/",
    "yaml": "parse/",
    "frontmatter": "parse/",
    "jsonschema": "validate/",
    "referencing": "validate/",
    "regex": "patterns.py",
    "sqlite3": "ledger/",
    "filelock": "ledger/",
    "tqdm": "progress.py",
    "jinja2": "report/",
    "selectolax": "pages/",
    "ada_url": "urls/",
    "publicsuffixlist": "urls/",
    "click": "cli/",
    "pathspec": "gitignore.py",
    "subprocess": "changes/",
}
"""Libraries, and the one place of the package that may import each."""
PAGES = (
    "docs/explanation/architecture.md",
    "docs/explanation/glossary.md",
    *sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs" / "contributing").iterdir()),
)
"""The pages that describe the code."""
EXAMPLES = {
    "images/x.py",
    "judge/rules/x.py",
    "report/x.py",
    "linkcheck/images/farbfeld.py",
    "linkcheck/judge/rules/upper_case_host.py",
    "linkcheck/report/tap.py",
}
"""Paths of the modules and files that these pages add as examples."""
LACKING = {
    "posix_only": ("mkfifo", "symlink_to", "umask", "SIGKILL", '"fork"', "AF_UNIX", "chmod", "getrlimit", "on_a_terminal("),
    "linux_only": ("fsdecode", "/dev/full"),
}
"""Marks of `tests/support/systems.py`, and what the tests that need them mention."""
ENDINGS = ("ing", "ers", "er", "ed", "es", "s", "e", "y", "")
FILES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))


def imports(tree: ast.AST) -> Iterator[str]:
    """The top-level names of all modules a file imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module.partition(".")[0]


@cache
def trees() -> Mapping[str, ast.Module]:
    return {file: ast.parse((PACKAGE / file).read_text(encoding="utf-8")) for file in FILES}


MODULES = {f"linkcheck.{file.removesuffix('.py').replace('/', '.')}".removesuffix(".__init__"): file for file in FILES}


def modules_imported_by(tree: ast.AST) -> Iterator[str]:
    """The modules of the package that a file imports, wherever in it, also for types only."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "every import is absolute"
            for alias in node.names:
                inside = f"{node.module}.{alias.name}"
                if (found := inside if inside in MODULES else node.module) in MODULES:
                    yield found


def circle_in(graph: dict[str, set[str]]) -> list[str]:
    """Modules of which each is imported by the next, the first again at the end; empty if there is no circle."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {module: set(modules_imported_by(trees()[file])) for module, file in MODULES.items()}
    assert sum(map(len, graph.values())) > 1_500
    assert circle_in(graph) == []


def test_a_circle_is_found_in_functions_too() -> None:
    first = ast.parse("def use():\n    from linkcheck import errors")
    second = ast.parse("if TYPE_CHECKING:\n    from linkcheck.globs import compile_glob")
    graph = {"linkcheck.globs": set(modules_imported_by(first)), "linkcheck.errors": set(modules_imported_by(second))}
    assert circle_in(graph) in (
        ["linkcheck.globs", "linkcheck.errors", "linkcheck.globs"],
        ["linkcheck.errors", "linkcheck.globs", "linkcheck.errors"],
    )


def test_a_library_is_imported_through_its_door_only() -> None:
    astray = {
        file: sorted(name for name in imports(tree) if name in DOORS and not file.startswith(DOORS[name]))
        for file, tree in trees().items()
    }
    assert {file: names for file, names in astray.items() if names} == {}


def test_httpx_is_loaded_by_its_adapter_only() -> None:
    for_types = {
        id(statement)
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for statement in node.body
    }
    loading = [
        Path(file).name
        for file, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom) and id(node) not in for_types and "httpx" in imports(node)
    ]
    assert loading == ["httpx_adapter.py"]


def test_nothing_is_asynchronous_outside_fetch() -> None:
    kinds = (ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith, ast.Await)
    found = {file for file, tree in trees().items() for node in ast.walk(tree) if isinstance(node, kinds)}
    assert {file for file in found if not file.startswith("fetch/")} == set()


@pytest.mark.parametrize("library", ["anyio", "asyncio"])
def test_the_decision_on_httpx_lists_the_modules_that_use_each_library(library: str) -> None:
    text = (ROOT / "docs/decisions/0003-httpx-at-the-edge.md").read_text("utf-8")
    rows = re.findall(rf"^\| {library} \| (.+?) \|", text, re.MULTILINE)
    listed = {f"fetch/{name}" for row in rows for name in re.findall(r"`([\w/]+)`", row)}
    using = {file.removesuffix(".py") for file, tree in trees().items() if library in imports(tree)}
    assert using
    assert {place for place in listed if not any(file == place or file.startswith(f"{place}/") for file in using)} == set()
    assert {file for file in using if not any(file == place or file.startswith(f"{place}/") for place in listed)} == set()


def test_every_door_is_used() -> None:
    used = {name for tree in trees().values() for name in imports(tree)}
    assert set(DOORS) - used == set()


def test_what_somebody_probably_meant_is_guessed_in_one_place() -> None:
    assert [file for file in FILES if "get_close_matches" in (PACKAGE / file).read_text(encoding="utf-8")] == []


def test_no_two_classes_have_the_same_name() -> None:
    places: dict[str, list[str]] = {}
    for file, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                places.setdefault(node.name.lstrip("_"), []).append(f"{file}:{node.lineno}")
    assert len(places) > 100
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_no_two_modules_of_a_folder_differ_only_by_an_ending() -> None:
    alike: list[list[str]] = []
    for folder in (PACKAGE, *(path.parent for path in PACKAGE.rglob("__init__.py") if path.parent != PACKAGE)):
        by_stem: dict[str, set[str]] = {}
        for name in _modules_of(folder):
            for stem in _stems(name):
                by_stem.setdefault(stem, set()).add(name)
        alike += [[str(folder.relative_to(PACKAGE)), *sorted(names)] for names in by_stem.values() if len(names) > 1]
    assert alike == []


@pytest.mark.parametrize(
    ("one", "other"), [("fix", "fixing"), ("crawler", "crawling"), ("note", "notes"), ("query", "queries")]
)
def test_a_pair_that_differs_only_by_an_ending_is_found(one: str, other: str) -> None:
    assert _stems(one) & _stems(other)


@pytest.mark.parametrize("page", PAGES)
def test_every_path_that_a_page_about_the_code_contains_exists(page: str) -> None:
    text = re.sub(r"^```.*?^```", "", (ROOT / page).read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    paths = {
        path
        for path in re.findall(r"`([\w./-]+?(?:\.py|\.toml|\.json|\.md|/))(?:::\w+)?`", text)
        if "/" in path.rstrip("/") or path.endswith(".py")
    }
    assert [path for path in sorted(paths - EXAMPLES) if not any((base / path).exists() for base in (ROOT, PACKAGE))] == []


def test_every_module_of_fetch_that_the_architecture_lists_exists() -> None:
    text = (ROOT / "docs/explanation/architecture.md").read_text("utf-8")
    section = text.partition("## Inside fetch")[2].partition("\n## ")[0]
    lines = re.findall(r"^    ((?:[a-z][\w/]*)(?:(?:,| \|) [a-z][\w/]*)*) {3,}", section, re.MULTILINE)
    named = [name for line in lines for name in re.split(r", | \| ", line)]
    named += re.findall(r"`(?:fetch/)?([a-z_]+/?[a-z_0-9]+)`", section)
    assert len(named) > 25
    places = (PACKAGE, PACKAGE / "fetch")
    missing = [name for name in named if not any((at / name).is_dir() or (at / f"{name}.py").is_file() for at in places)]
    assert set(missing) == {"crawl", "send"}, "these are functions"


def _modules_of(folder: Path) -> list[str]:
    return [
        path.stem
        for path in folder.iterdir()
        if (path.suffix == ".py" or (path / "__init__.py").exists()) and not path.stem.startswith("__")
    ]


def _stems(name: str) -> set[str]:
    """The name without each of the endings that it has, one that is left empty or of one letter excepted."""
    spelled = name.removesuffix("ies") + "y" if name.endswith("ies") else name
    return {spelled.removesuffix(ending) for ending in ENDINGS if spelled.endswith(ending)} - {""}


def test_the_unit_tests_of_fetch_follow_its_modules() -> None:
    tests = ROOT / "tests" / "unit" / "fetch"
    found = sorted(path.relative_to(tests) for path in tests.rglob("test_*.py"))
    assert len(found) > 20
    # `test_crawler_slots.py` is a second file for `crawler.py`.
    modules = {path.with_name(f"test_{path.stem}").relative_to(PACKAGE / "fetch") for path in PACKAGE.rglob("fetch/**/*.py")}
    astray = [
        str(path)
        for path in found
        if not any(path.parent == module.parent and f"{path.stem}_".startswith(f"{module.name}_") for module in modules)
    ]
    assert astray == []


def test_unit_tests_of_what_some_systems_lack_are_marked() -> None:
    missing: dict[str, set[str]] = {"posix_only": set(), "linux_only": set()}
    found: dict[str, set[str]] = {"posix_only": set(), "linux_only": set()}
    for path in (ROOT / "tests" / "unit").rglob("test_*.py"):
        text = path.read_text(encoding="utf-8")
        lines = text.splitlines()
        for node in ast.parse(text).body:
            if not isinstance(node, ast.FunctionDef) or not node.name.startswith("test_"):
                continue
            body = "\n".join(lines[node.lineno - 1 : node.end_lineno])
            marks = {ast.unparse(decorator) for decorator in node.decorator_list}
            for mark, words in LACKING.items():
                if any(word in body for word in words):
                    (found if mark in marks else missing)[mark].add(f"{path.name}::{node.name}")
    assert missing == {"posix_only": set(), "linux_only": set()}
    assert all(found.values())


def test_a_database_is_closed_after_use() -> None:
    """`with` alone ends a transaction and leaves the connection open, about which Python 3.13 warns."""
    files = (*PACKAGE.rglob("*.py"), *(ROOT / "tests").rglob("*.py"))
    left_open = re.compile(r"with sqlite3\.conn" + "ect")
    assert [str(path) for path in files if left_open.search(path.read_text(encoding="utf-8"))] == []
