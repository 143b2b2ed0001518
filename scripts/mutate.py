# ruff: noqa: INP001, S603, S607, T201 - a script, in no package, that runs git and the tests, and prints
"""Tell how well the tests notice wrong code: `python scripts/mutate.py WORK --seed 1 --count 200`.

WORK is a folder outside the project. Each job (`--jobs`) has a copy of the project there; the project itself is never
changed.

1. Map: every test runs once on a copy in which each statement of a function marks a byte of a shared file, also in the
   processes that a test starts. WORK/map.jsonl has what each test reached, and how long it took; tests that fail here are
   left out. Files of tests that have changed are mapped again, all of them when the program has; none with `--keep-map`.
2. Sample: COUNT single mutations, spread over the packages by their number of statements. Within a package an operator is
   drawn first (more likely where it has more places), then its place.
3. Run: the tests that reach the mutated statement, those that reach least first, until one fails: first the fast ones
   (`--fast`, folders), then all others. A statement of a module or class is reached by the tests that reach a function which
   mentions the names it binds. What takes ten times as long as it did counts as a failure.
4. Report: WORK/results-SEED.jsonl, one mutation per line; a second run continues where the first one ended. A table and the
   diffs of the survivors are printed (`--report` only prints them). If a survivor changes no behavior, write the reason into
   WORK/equivalent.json, `{"id": "reason"}`, and it no longer counts.
"""

import argparse
import ast
import base64
import difflib
import hashlib
import itertools
import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
import tomllib
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FAST = ("tests/unit", "tests/test_cases.py")
LOOKING = "tests/unit/test_tables.py"
"""Tests that look at what modules contain, and so reach all that runs when one is loaded."""
PYTEST = ("-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", "-p", "mutate", "--hypothesis-seed=0")
LONGEST = 1200
"""Seconds of tests that one mutation is worth: the tests beyond are not run."""


@dataclass(frozen=True)
class Place:
    """A statement. `names` are those it binds if it runs when the module is loaded, None if it runs in a function."""

    number: int
    file: str
    first: int
    last: int
    names: tuple[str, ...] | None


@dataclass(frozen=True)
class Mutation:
    """`after` in place of the characters from `start` to `end` of a file."""

    file: str
    line: int
    start: int
    end: int
    operator: str
    after: str
    place: int

    @property
    def id(self) -> str:
        return hashlib.sha256(f"{self.file}:{self.start}:{self.end}:{self.after}".encode()).hexdigest()[:10]

    def apply(self, text: str) -> str:
        return text[: self.start] + self.after + text[self.end :]


# Mutations

COMPARISONS: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Is: ("is", "is not"),
    ast.IsNot: (r"is\s+not", "is"),
    ast.In: ("in", "not in"),
    ast.NotIn: (r"not\s+in", "in"),
}
ARITHMETIC: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: (r"\+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: (r"\*", "+"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "*"),
    ast.Mod: ("%", "+"),
    ast.BitAnd: ("&", "|"),
    ast.BitOr: (r"\|", "&"),
    ast.LShift: ("<<", ">>"),
    ast.RShift: (">>", "<<"),
}
DROPPED_CALLS = frozenset(
    {"strip", "lstrip", "rstrip", "lower", "upper", "casefold", "removeprefix", "removesuffix", "title"}
)
SWAPPED_NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "sorted": "list"}
UNTOUCHED = frozenset({"TypeVar", "cast", "NewType", "ParamSpec"})


@dataclass
class Finder(ast.NodeVisitor):
    """All places and mutations of a file. Annotations, assertions and documentation are not mutated."""

    file: str
    text: str
    numbers: Iterator[int]
    places: list[Place] = field(default_factory=list)
    found: list[Mutation] = field(default_factory=list)
    place: int = -1
    in_function: bool = False
    inserts: list[tuple[int, int]] = field(default_factory=list)
    """Where a statement of a function begins (line from 0), and its number."""

    def __post_init__(self) -> None:
        self.lines = self.text.splitlines(keepends=True)
        self.offsets = list(itertools.accumulate((len(line) for line in self.lines), initial=0))

    def at(self, line: int, column: int) -> int:
        """The character at a position as `ast` tells it, in bytes."""
        return self.offsets[line - 1] + len(self.lines[line - 1].encode()[:column].decode())

    def span(self, node: ast.expr | ast.stmt | ast.keyword) -> tuple[int, int]:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self.at(node.lineno, node.col_offset), self.at(node.end_lineno, node.end_col_offset)

    def add(self, operator: str, start: int, end: int, after: str) -> None:
        line = self.text.count("\n", 0, start) + 1
        self.found.append(Mutation(self.file, line, start, end, operator, after, self.place))

    def replace(self, operator: str, node: ast.expr | ast.stmt, after: ast.expr | str) -> None:
        if isinstance(after, ast.expr):
            start, end = self.span(after)
            after = f"({self.text[start:end]})" if isinstance(after, ast.BoolOp | ast.IfExp) else self.text[start:end]
        self.add(operator, *self.span(node), after)

    def swap(self, operator: str, left: ast.expr, right: ast.expr, pattern: str, after: str) -> None:
        """The operator between two operands."""
        start, end = self.span(left)[1], self.span(right)[0]
        pattern = rf"\b{pattern}\b" if pattern[0].isalpha() else pattern
        if match := re.search(pattern, self.text[start:end]):
            self.add(operator, start + match.start(), start + match.end(), after)

    def without(
        self, operator: str, nodes: Sequence[ast.expr | ast.keyword], index: int, begins: Sequence[int] = ()
    ) -> None:
        """One of several with something between them. `begins`: where each begins, if not with its node (a dictionary)."""
        starts = begins or [self.span(node)[0] for node in nodes]
        if len(nodes) == 2 and index == 0 and operator != "operand" and not begins:  # what is left of a tuple stays one
            start, end = self.span(nodes[1])
            self.add(operator, starts[0], end, f"{self.text[start:end]},")
            return
        if index + 1 < len(nodes):
            self.add(operator, starts[index], starts[index + 1], "")
        else:  # the comma before a last one stays, so that one that is left is a tuple still
            before = self.span(nodes[index - 1])[1] if operator == "operand" else starts[index]
            self.add(operator, before, self.span(nodes[index])[1], "")

    # Statements

    def statement(self, node: ast.stmt, bound: tuple[str, ...]) -> None:
        if self.in_function and is_elif(self.lines, node):
            return  # no statement can be inserted before it: it is reached where its `if` is
        self.place = next(self.numbers)
        first = first_line(node)
        last = node.end_lineno or node.lineno
        self.places.append(Place(self.place, self.file, first, last, None if self.in_function else bound))
        if self.in_function:
            self.inserts.append((first - 1, self.place))

    def block(self, body: Sequence[ast.stmt], bound: tuple[str, ...] = ()) -> None:
        outside = self.place
        for index, node in enumerate(body):
            if isinstance(node, ast.Import | ast.ImportFrom | ast.Global | ast.Nonlocal | ast.Pass):
                continue
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                continue  # documentation
            names = (
                tuple(
                    sorted(
                        {
                            each.id
                            for each in ast.walk(node)
                            if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
                        }
                    )
                )
                if not self.in_function
                else ()
            )
            own = (node.name,) if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) else names
            self.statement(node, (*own, *bound))
            if not is_elif(self.lines, node):
                self.deleted(node, body[index + 1 :])
            self.visit(node)
        self.place = outside

    def deleted(self, node: ast.stmt, after: Sequence[ast.stmt]) -> None:
        match node:
            case ast.Expr(value=ast.Call() | ast.Await() | ast.Yield() | ast.YieldFrom()) | ast.AugAssign() | ast.Delete():
                self.replace("statement deleted", node, "pass")
            case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]) | ast.Raise() | ast.Break():
                self.replace("statement deleted", node, "pass")
            case ast.Continue() if not after:
                self.replace("statement deleted", node, "break")
            case ast.Return(value=value) if value and not (isinstance(value, ast.Constant) and value.value is None):
                self.replace("return None", node, "return None")

    def generic_visit(self, node: ast.AST) -> None:
        for name, value in ast.iter_fields(node):
            if name in {"annotation", "returns", "type_params"} or (name == "decorator_list" and not self.in_function):
                continue
            if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
                self.block(value)
            elif isinstance(value, list):
                for each in value:
                    if isinstance(each, ast.AST):
                        self.visit(each)
            elif isinstance(value, ast.AST):
                self.visit(value)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        before, self.in_function = self.in_function, False
        self.block(node.body, (node.name,))
        self.in_function = before

    def function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self.visit(node.args)
        before, self.in_function = self.in_function, True
        self.block(node.body)
        self.in_function = before

    visit_FunctionDef = function  # noqa: N815 - the names that ast.NodeVisitor looks for
    visit_AsyncFunctionDef = function  # noqa: N815

    def visit_If(self, node: ast.If) -> None:
        if "TYPE_CHECKING" in ast.unparse(node.test):
            return
        self.forced(node, node.test)
        self.generic_visit(node)

    def visit_While(self, node: ast.While) -> None:
        if not isinstance(node.test, ast.Constant):
            self.replace("branch forced", node.test, "False")
        self.generic_visit(node)

    def visit_Assert(self, node: ast.Assert) -> None:
        """States what the types cannot."""

    def forced(self, node: ast.AST, test: ast.expr) -> None:
        del node
        if not any(isinstance(each, ast.NamedExpr) for each in ast.walk(test)):
            for value in ("True", "False"):
                self.replace("branch forced", test, value)

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        if isinstance(node.type, ast.Tuple):
            for index in range(len(node.type.elts)):
                self.without("exception type", node.type.elts, index)
        self.block(node.body)

    def visit_Assign(self, node: ast.Assign) -> None:
        if "__" not in ast.unparse(node.targets[0]):  # __all__, __slots__
            self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        if isinstance(node.op, ast.Add | ast.Sub) and not isinstance(node.value, ast.JoinedStr | ast.Tuple):
            self.swap("arithmetic", node.target, node.value, *ARITHMETIC[type(node.op)])
        self.visit(node.value)

    # Expressions

    def visit_Compare(self, node: ast.Compare) -> None:
        for left, operator, right in zip([node.left, *node.comparators], node.ops, node.comparators, strict=False):
            self.swap("comparison", left, right, *COMPARISONS[type(operator)])
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        old, new = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        for index, (left, right) in enumerate(itertools.pairwise(node.values)):
            self.swap("and/or", left, right, old, new)
            self.without("operand", node.values, index)
        self.without("operand", node.values, len(node.values) - 1)
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, ast.Not):
            self.replace("not dropped", node, node.operand)
        self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self.replace("conditional expression", node, node.body)
        self.replace("conditional expression", node, node.orelse)
        self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        for test in node.ifs:
            self.forced(node, test)
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        if type(node.op) in ARITHMETIC:
            if isinstance(node.left, ast.Constant | ast.JoinedStr) and isinstance(node.op, ast.Add):
                self.replace("arithmetic", node, node.right)
            else:
                self.swap("arithmetic", node.left, node.right, *ARITHMETIC[type(node.op)])
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name in UNTOUCHED:
            return
        if name in SWAPPED_NAMES:
            self.replace("call", node.func, SWAPPED_NAMES[name])
        if isinstance(node.func, ast.Attribute):
            if node.func.attr in DROPPED_CALLS:
                self.replace("call", node, node.func.value)
            self.words(node.func)
        for keyword in node.keywords:
            if keyword.arg:
                self.keyword_dropped(keyword)
        self.generic_visit(node)

    def keyword_dropped(self, node: ast.keyword) -> None:
        start, end = self.span(node)
        comma = re.match(r"\s*,\s*", self.text[end:])
        self.add("keyword argument", start, end + comma.end() if comma else end, "")

    def words(self, node: ast.Attribute) -> None:
        """`"one two three".split()` is a collection too."""
        if node.attr == "split" and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            start, end = self.span(node.value)
            for match in re.finditer(r"[^\s\"']+\s*", self.text[start:end]):
                self.add("element removed", start + match.start(), start + match.end(), "")

    def collection(self, node: ast.Tuple | ast.List | ast.Set) -> None:
        if isinstance(node.ctx, ast.Load) if not isinstance(node, ast.Set) else True:
            for index in range(len(node.elts) if len(node.elts) > 1 else 0):
                self.without("element removed", node.elts, index)
        self.generic_visit(node)

    visit_Tuple = visit_List = visit_Set = collection  # noqa: N815

    def visit_Dict(self, node: ast.Dict) -> None:
        if len(node.keys) > 1:
            begins = [
                self.span(key)[0] if key else self.text.rindex("**", 0, self.span(value)[0])
                for key, value in zip(node.keys, node.values, strict=True)
            ]
            for index in range(len(node.values)):
                self.without("element removed", node.values, index, begins)
        self.generic_visit(node)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self.visit(node.value)
        if not isinstance(node.slice, ast.Tuple):  # a type, mostly
            self.visit(node.slice)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        for value in node.values:
            if isinstance(value, ast.FormattedValue):
                inner = Finder(self.file, self.text, self.numbers, place=self.place)
                inner.visit(value.value)  # positions within are exact from Python 3.12 only: each is compiled before use
                self.found += inner.found

    def visit_Constant(self, node: ast.Constant) -> None:
        match node.value:
            case bool():
                self.replace("constant", node, str(not node.value))
            case int():
                self.replace("constant", node, str(node.value + 1))
            case float():
                self.replace("constant", node, str(node.value * 2))
            case str() if node.value.strip():
                start, end = self.span(node)
                quote = self.text[end - 1]
                self.add("constant", end - 1, end, f"~{quote}" if self.text[start] != quote * 3 else quote)


def is_elif(lines: Sequence[str], node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and lines[node.lineno - 1].lstrip().startswith("elif")


def compiles(mutation: Mutation, text: str) -> bool:
    """Whether it is a program still, and another one."""
    try:
        return ast.dump(ast.parse(mutation.apply(text))) != ast.dump(ast.parse(text))
    except (SyntaxError, ValueError):
        return False


# The project


def package_of(root: Path) -> str:
    """The folder of the package, from the project's settings."""
    settings = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    (package,) = settings["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    return str(package)


def find_all(root: Path) -> list[Finder]:
    numbers = itertools.count()
    finders = []
    for path in sorted((root / package_of(root)).rglob("*.py")):
        finder = Finder(path.relative_to(root).as_posix(), path.read_text("utf-8"), numbers)
        finder.block(ast.parse(finder.text).body)
        finders.append(finder)
    return finders


def copy(to: Path) -> Path:
    """A copy of what git knows or would add, in a repository of its own."""
    shutil.rmtree(to, ignore_errors=True)
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, to / name, follow_symlinks=False)
    for arguments in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "Copy")):
        who = ("-c", "user.name=mutate", "-c", "user.email=mutate@localhost")
        subprocess.run(["git", *who, *arguments], cwd=to, check=True)
    return to


# The map

REACHED = """import mmap
with open({path!r}, "r+b") as file:
    HITS = mmap.mmap(file.fileno(), 0)
"""


def instrument(tree: Path, finders: Sequence[Finder]) -> Path:
    """Let every statement of a function mark its byte in a file that all processes share."""
    package, hits = package_of(tree), tree / "hits"
    hits.write_bytes(bytes(sum(len(finder.places) for finder in finders)))
    (tree / package / "_reached.py").write_text(REACHED.format(path=str(hits)), "utf-8")
    for finder in finders:
        lines = list(finder.lines)
        for line, number in finder.inserts:
            indent = lines[line][: len(lines[line]) - len(lines[line].lstrip())]
            lines[line] = f"{indent}_HITS[{number}] = 1\n{lines[line]}"
        body = ast.parse(finder.text).body
        start = next((first_line(node) - 1 for node in body if not is_prologue(node)), len(lines))
        lines.insert(start, f"from {package}._reached import HITS as _HITS\n")
        (tree / finder.file).write_text("".join(lines), "utf-8")
    return hits


def first_line(node: ast.stmt) -> int:
    """Of a statement with its decorators."""
    decorators = node.decorator_list if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) else []
    return min([node.lineno, *(each.lineno for each in decorators)])


def is_prologue(node: ast.stmt) -> bool:
    documentation = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return documentation or (isinstance(node, ast.ImportFrom) and node.module == "__future__")


class Recorder:
    """A plugin: writes a line per test. What a shared fixture reaches counts for all tests of the file using it first."""

    def __init__(self, hits: Path, to: Path) -> None:
        import mmap

        with hits.open("r+b") as file:
            self.hits = mmap.mmap(file.fileno(), 0)
        self.to = to.open("w", encoding="utf-8")
        self.failed: set[str] = set()
        self.shared: dict[str, int] = defaultdict(int)

    def take(self) -> bytes:
        taken = self.hits[:]
        self.hits[:] = bytes(len(taken))
        return taken

    def wrap_fixture(self, scope: str, file: str) -> Callable[[], None]:
        before = self.take()

        def after() -> None:
            taken = self.take()
            if scope != "function":
                self.shared[file] |= int.from_bytes(taken)
            self.hits[:] = union(before, taken)

        return after

    def write(self, test: str, seconds: float) -> None:
        if test not in self.failed:
            reached = union(self.take(), self.shared[test.split("::", maxsplit=1)[0]].to_bytes(len(self.hits)))
            packed = base64.b64encode(zlib.compress(reached)).decode()
            self.to.write(json.dumps([test, round(seconds, 3), packed]) + "\n")
            self.to.flush()


def union(one: bytes, other: bytes) -> bytes:
    return (int.from_bytes(one) | int.from_bytes(other)).to_bytes(len(one))


if os.environ.get("MUTATE_HITS"):
    import pytest

    RECORDER = Recorder(Path(os.environ["MUTATE_HITS"]), Path(os.environ["MUTATE_MAP"]))

    @pytest.hookimpl(hookwrapper=True)
    def pytest_fixture_setup(fixturedef: Any, request: Any) -> Iterator[None]:
        after = RECORDER.wrap_fixture(fixturedef.scope, request._pyfuncitem.nodeid.split("::")[0])  # noqa: SLF001
        yield
        after()

    def pytest_runtest_logreport(report: Any) -> None:
        if report.outcome != "passed":
            RECORDER.failed.add(report.nodeid)

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(item: Any) -> Iterator[None]:
        RECORDER.take()
        start = time.monotonic()
        yield
        RECORDER.write(item.nodeid, time.monotonic() - start)


if os.environ.get("MUTATE_TESTS"):

    def pytest_collection_modifyitems(items: list[Any]) -> None:
        """Only the tests that were named, in their order."""
        wanted = {name: index for index, name in enumerate(Path(os.environ["MUTATE_TESTS"]).read_text("utf-8").split("\n"))}
        items[:] = sorted((item for item in items if item.nodeid in wanted), key=lambda item: wanted[item.nodeid])


def environment(tree: Path, **more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(tree), str(Path(__file__).parent)]), **more}


def make_map(work: Path, jobs: int, paths: Sequence[str]) -> None:
    """WORK/map.jsonl, of all tests below these paths. What is mapped already and has not changed stays."""
    keys = {name: key for name, key in keys_of(ROOT).items() if name.startswith(tuple(paths))}
    mapped, known = work / "map.jsonl", work / "map.json"
    before = json.loads(known.read_text("utf-8")) if known.exists() else {}
    fresh = {name for name, key in keys.items() if before.get(name) == key}
    kept = [line for line in lines_of(mapped) if json.loads(line)[0].split("::")[0] in fresh]
    files = [name for name in keys if name not in fresh]

    def one(job: int) -> list[str]:
        tree, part = copy(work / f"map-{job}"), work / f"map-{job}.jsonl"
        hits = instrument(tree, find_all(tree))
        told = environment(tree, MUTATE_HITS=str(hits), MUTATE_MAP=str(part))
        with (work / f"map-{job}.log").open("wb") as log:
            subprocess.run(
                [sys.executable, *PYTEST, *files[job::jobs]], cwd=tree, env=told, stdout=log, stderr=log, check=False
            )
        return lines_of(part)

    with ThreadPoolExecutor(jobs) as pool:
        made = itertools.chain.from_iterable(pool.map(one, range(min(jobs, len(files)))))
        mapped.write_text("".join(itertools.chain(kept, made)), "utf-8")
    known.write_text(json.dumps(keys), "utf-8")


def lines_of(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines(keepends=True) if path.exists() else []


def keys_of(root: Path) -> dict[str, str]:
    """For each file of tests a key that changes with it, with the program, and with what tests share."""
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path in (root / "tests").rglob("*.py")}
    tests = {name: text for name, text in files.items() if name.split("/")[-1].startswith("test_")}
    files |= {path.as_posix(): path.read_bytes() for path in (root / package_of(root)).rglob("*.py")}
    digest = hashlib.sha256(b"".join(files[name] for name in sorted(files.keys() - tests.keys())))
    return {name: hashlib.sha256(digest.digest() + tests[name]).hexdigest() for name in sorted(tests)}


@dataclass(frozen=True)
class Test:
    name: str
    seconds: float
    reached: int
    """How many statements."""


def reaching(finders: Sequence[Finder], mutations: Sequence[Mutation], map_file: Path) -> dict[str, list[Test]]:
    """For each mutation (by `id`) the tests that reach it, those first that reach its file, and that reach least."""
    places = {place.number: place for finder in finders for place in finder.places}
    wanted = [(mutation, marks(finders, places[mutation.place]), places[mutation.place].names) for mutation in mutations]
    inside = {
        finder.file: slice(finder.places[0].number, finder.places[-1].number + 1) for finder in finders if finder.places
    }
    found: dict[str, list[tuple[bool, Test]]] = defaultdict(list)
    for line in lines_of(map_file):
        name, seconds, packed = json.loads(line)
        hits = zlib.decompress(base64.b64decode(packed))
        test = Test(name, seconds, hits.count(1))
        for mutation, numbers, names in wanted:
            if any(map(hits.__getitem__, numbers)):
                found[mutation.id].append((1 not in hits[inside[mutation.file]], test))
            elif names is not None and name.startswith(LOOKING):
                found[mutation.id].append((False, test))
    return {
        name: [test for _, test in sorted(tests, key=lambda each: (each[0], each[1].reached, each[1].name))]
        for name, tests in found.items()
    }


def marks(finders: Sequence[Finder], place: Place) -> list[int]:
    """The statements whose marks tell that it was reached: itself, or those of functions that mention what it binds."""
    own = [each for finder in finders if finder.file == place.file for each in finder.places]
    if place.names is None:
        return [place.number]
    inside = [each.number for each in own if each.names is None and place.first <= each.first <= place.last]
    names, known, marked = set(place.names), set[str](), set(inside)
    while names - known:
        pattern = re.compile(rf"\b({'|'.join(map(re.escape, names - known))})\b")
        known |= names
        for finder in finders:
            mentioned = {number + 1 for number, line in enumerate(finder.lines) if pattern.search(line)}
            for each in finder.places:
                if mentioned.isdisjoint(range(each.first, each.last + 1)):
                    continue
                if each.names is None:
                    marked.add(each.number)
                elif finder.file == place.file:
                    names |= set(each.names)
    return sorted(marked or (each.number for each in own if each.names is None))


# The sample


def sample(finders: Sequence[Finder], count: int, seed: int, package: str) -> list[Mutation]:
    random_ = random.Random(seed)  # noqa: S311 - a sample that can be drawn again
    folders: dict[str, list[Finder]] = defaultdict(list)
    for finder in finders:
        folders[folder_of(finder.file, package)].append(finder)
    sizes = {folder: sum(len(finder.places) for finder in inside) for folder, inside in folders.items()}
    chosen: list[Mutation] = []
    for folder, share in shares(sizes, count).items():
        chosen += draw(random_, folders[folder], share)
    return chosen


def folder_of(file: str, package: str) -> str:
    inside = file.removeprefix(f"{package}/")
    return inside.split("/")[0] if "/" in inside else "(files)"


def shares(sizes: dict[str, int], count: int) -> dict[str, int]:
    """COUNT split by size: whole numbers, the largest remainders rounded up."""
    exact = {name: count * size / sum(sizes.values()) for name, size in sizes.items()}
    whole = {name: int(share) for name, share in exact.items()}
    for name in sorted(exact, key=lambda each: whole[each] - exact[each])[: count - sum(whole.values())]:
        whole[name] += 1
    return whole


def draw(random_: random.Random, finders: Sequence[Finder], count: int) -> Iterator[Mutation]:
    texts = {finder.file: finder.text for finder in finders}
    by_operator: dict[str, list[Mutation]] = defaultdict(list)
    for mutation in (each for finder in finders for each in finder.found):
        by_operator[mutation.operator].append(mutation)
    while count and by_operator:
        names = sorted(by_operator)
        (name,) = random_.choices(names, [len(by_operator[each]) ** 0.5 for each in names])
        mutation = by_operator[name].pop(random_.randrange(len(by_operator[name])))
        if not by_operator[name]:
            del by_operator[name]
        if compiles(mutation, texts[mutation.file]):
            count -= 1
            yield mutation


# Running


class Copies:
    """Copies of the project, one per job; a mutated file gets a time of its own, so that no old bytecode fits it."""

    def __init__(self, work: Path, jobs: int) -> None:
        self.free: SimpleQueue[Path] = SimpleQueue()
        self.ticks = itertools.count(int(time.time()))
        for job in range(jobs):
            self.free.put(copy(work / f"copy-{job}"))

    def outcome(self, mutation: Mutation, tests: Sequence[Test], fast: tuple[str, ...]) -> dict[str, Any]:
        tree = self.free.get()
        path = tree / mutation.file
        text = path.read_text("utf-8")
        try:
            self.write(path, mutation.apply(text))
            start = time.monotonic()
            result = run_tests(tree, tests, fast)
        finally:
            self.write(path, text)
            self.free.put(tree)
        changed = difflib.unified_diff(text.splitlines(), mutation.apply(text).splitlines(), n=1, lineterm="")
        diff = [line for line in changed if not line.startswith(("---", "+++", "@@"))]
        return {**asdict(mutation), "id": mutation.id, **result, "seconds": round(time.monotonic() - start, 1), "diff": diff}

    def write(self, path: Path, text: str) -> None:
        path.write_text(text, "utf-8")
        tick = next(self.ticks)
        os.utime(path, (tick, tick))


def run_tests(tree: Path, tests: Sequence[Test], fast: tuple[str, ...]) -> dict[str, Any]:
    groups = {
        "killed fast": [test for test in tests if test.name.startswith(fast)],
        "killed slow": [test for test in tests if not test.name.startswith(fast)],
    }
    for outcome, group in groups.items():
        total = list(itertools.accumulate(test.seconds for test in group))
        worth = [test for test, until in zip(group, total, strict=True) if until <= LONGEST]
        if worth and (killer := first_failure(tree, worth)):
            return {"outcome": outcome, "by": killer, "tests": len(tests)}
    return {"outcome": "survived" if tests else "not reached", "by": "", "tests": len(tests)}


def first_failure(tree: Path, tests: Sequence[Test]) -> str:
    """The test that fails, or what ended the run otherwise; nothing if all pass."""
    names, files = tree / "tests.txt", list(dict.fromkeys(test.name.split("::")[0] for test in tests))
    names.write_text("\n".join(test.name for test in tests), "utf-8")
    longest = str(int(60 + 10 * max(test.seconds for test in tests)))
    command = [sys.executable, *PYTEST, "-x", "--timeout", longest, "--tb=no", *files]
    patience = 120 + 10 * sum(test.seconds for test in tests)
    try:
        done = subprocess.run(
            command,
            cwd=tree,
            env=environment(tree, MUTATE_TESTS=str(names)),
            capture_output=True,
            timeout=patience,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "takes too long"
    if done.returncode == 0:
        return ""
    out = done.stdout.decode(errors="replace")
    failed = re.search(r"^(?:FAILED|ERROR) (.*?)(?: - .*)?$", out, re.MULTILINE)
    return failed[1] if failed else f"pytest ended with {done.returncode}"


# The report


def report(results: Sequence[dict[str, Any]], reasons: dict[str, str], package: str) -> str:
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    for result in results:
        outcome = result["outcome"]
        if not outcome.startswith("killed"):
            outcome = "equivalent" if result["id"] in reasons else "alive"
        rows[folder_of(result["file"], package)][outcome] += 1
    rows["sum"] = sum(rows.values(), Counter())
    columns = ("killed fast", "killed slow", "equivalent", "alive")
    table = ["| package | tried | " + " | ".join(columns) + " |", "|---" * (len(columns) + 2) + "|"]
    table += [
        f"| {name} | {row.total()} | " + " | ".join(str(row[each]) for each in columns) + " |" for name, row in rows.items()
    ]
    sums = rows["sum"]
    counted = sums.total() - sums["equivalent"]
    dead = sums["killed fast"] + sums["killed slow"]
    table.append(f"\n{dead} of {counted} that are not equivalent died: {100 * dead / max(1, counted):.1f} %\n")
    for result in results:
        if not result["outcome"].startswith("killed"):
            reason = f" equivalent: {reasons[result['id']]}" if result["id"] in reasons else ""
            head = f"{result['id']} {result['file']}:{result['line']} {result['operator']}, {result['outcome']}{reason}"
            table.append("\n".join([head, *(f"    {line}" for line in result["diff"])]))
    return "\n".join(table)


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=lambda name: Path(name).resolve())
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--fast", action="append", help=f"folder of fast tests; default: {', '.join(FAST)}")
    parser.add_argument("--only", action="append", help="start of the paths of tests to be used; default: all")
    parser.add_argument("--keep-map", action="store_true", help="use the map though the project has changed")
    parser.add_argument("--again", action="store_true", help="try again those that survived")
    parser.add_argument("--report", action="store_true", help="print the results so far, run nothing")
    given = parser.parse_args()
    work, package = given.work, package_of(ROOT)
    work.mkdir(parents=True, exist_ok=True)
    results, reasons = work / f"results-{given.seed}.jsonl", work / "equivalent.json"
    if not given.report:
        if not given.keep_map:
            make_map(work, given.jobs, given.only or ["tests/"])
        run_sample(given, results, find_all(ROOT), package)
    print(report(read_lines(results), json.loads(reasons.read_text("utf-8")) if reasons.exists() else {}, package))


def run_sample(given: argparse.Namespace, results: Path, finders: Sequence[Finder], package: str) -> None:
    done = [line for line in read_lines(results) if not given.again or line["outcome"].startswith("killed")]
    results.write_text("".join(json.dumps(line) + "\n" for line in done), "utf-8")
    known = {line["id"] for line in done}
    left = [mutation for mutation in sample(finders, given.count, given.seed, package) if mutation.id not in known]
    tests = reaching(finders, left, given.work / "map.jsonl")
    copies, fast = Copies(given.work, given.jobs), tuple(given.fast or FAST)

    def one(mutation: Mutation) -> dict[str, Any]:
        return copies.outcome(mutation, tests.get(mutation.id, []), fast)

    with ThreadPoolExecutor(given.jobs) as pool, results.open("a", encoding="utf-8") as file:
        for each in as_completed([pool.submit(one, mutation) for mutation in left]):
            print(json.dumps(each.result()), file=file, flush=True)


if __name__ == "__main__":
    main()
