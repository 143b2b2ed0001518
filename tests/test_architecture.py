"""One door per library: who may import what. The floors are import-linter's (pyproject.toml)."""

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "linkcheck"
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
    "pathspec": "discover/",
    "subprocess": "changes/",
}
"""Libraries, and the one place of the package that may import each."""
FILES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))


def imports(tree: ast.AST) -> Iterator[str]:
    """The top-level names of all modules a file imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module.partition(".")[0]


TREES = {file: ast.parse((PACKAGE / file).read_text(encoding="utf-8")) for file in FILES}


def test_a_library_is_imported_through_its_door_only() -> None:
    astray = {
        file: sorted(name for name in imports(tree) if name in DOORS and not file.startswith(DOORS[name]))
        for file, tree in TREES.items()
    }
    assert {file: names for file, names in astray.items() if names} == {}


def test_httpx_is_loaded_by_its_adapter_only() -> None:
    for_types = {
        id(statement)
        for tree in TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for statement in node.body
    }
    loading = [
        Path(file).name
        for file, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom) and id(node) not in for_types and "httpx" in imports(node)
    ]
    assert loading == ["httpx_adapter.py"]


def test_nothing_is_asynchronous_outside_fetch() -> None:
    kinds = (ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith, ast.Await)
    found = {file for file, tree in TREES.items() for node in ast.walk(tree) if isinstance(node, kinds)}
    assert {file for file in found if not file.startswith("fetch/")} == set()


def test_every_door_is_used() -> None:
    used = {name for tree in TREES.values() for name in imports(tree)}
    assert set(DOORS) - used == set()


def test_what_somebody_probably_meant_is_guessed_in_one_place() -> None:
    assert [file for file in FILES if "get_close_matches" in (PACKAGE / file).read_text(encoding="utf-8")] == []
