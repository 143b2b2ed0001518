"""What users read is plain American English: no word of `support/banned_words.toml` is in it.

A failure lists file, line, the word, what to write instead, and the sentence.
"""

import ast
import re
import tokenize
import tomllib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TypeGuard

import click
import pytest
from msgspec import Struct, convert

from linkcheck import cli
from linkcheck.cli.group import COMMANDS, Commands
from linkcheck.judge.registry import all_rules
from linkcheck.judge.rule_documentation import Documentation, documented

ROOT = Path(__file__).resolve().parents[1]
LIST = ROOT / "tests" / "support" / "banned_words.toml"
PACKAGE = ROOT / "linkcheck"

TEXT_OF_OTHERS = ("pages/notices.py", "fetch/attempt/bot_wall_page.py")
"""Modules whose strings are what other people's pages contain."""

SQL = re.compile(r"\b(?:SELECT|UPDATE|INSERT|CREATE TABLE)\b")

HOUSE_WORDS = {
    **dict.fromkeys(("told", "tells", "says", "said"), "reported, shown, text, describes"),
    **dict.fromkeys(("ask", "asks", "asked", "asking"), "requested, parsed, query"),
    **dict.fromkeys(("fault", "faults"), "error, difference"),
    **dict.fromkeys(("twin", "twins"), "duplicate"),
    **dict.fromkeys(("heed", "heeds", "heeded"), "handle, apply"),
    **dict.fromkeys(("night", "nights"), "run, runs"),
    **dict.fromkeys(("cure", "mend", "mended"), "hint, fix"),
    **dict.fromkeys(("doubt", "doubts", "doubted", "doubtful"), "suspicion, suspect"),
    **dict.fromkeys(("grave", "graver"), "error, more severe"),
    **dict.fromkeys(("stands", "stood"), "is, is at"),
    **dict.fromkeys(("colour", "colours"), "color"),
    **dict.fromkeys(("behaviour", "behaviours"), "behavior"),
    **dict.fromkeys(("crowd", "lone", "landed", "braked", "strayed", "stranger", "aloud", "news"), "a term of the field"),
}
"""Words that no name of `linkcheck/` contains, each with what to use instead."""

Line = tuple[str, int, str]
"""The file, the number of a line in it, and its text."""


class Word(Struct, frozen=True):
    """One entry of the list."""

    pattern: str
    instead: str
    bad: str
    good: str
    case: bool = False

    def search(self, text: str) -> re.Match[str] | None:
        return re.search(self.pattern, text, 0 if self.case else re.IGNORECASE)


WORDS = convert(tomllib.loads(LIST.read_text("utf-8"))["word"], list[Word])
ANY_WORD = re.compile("|".join(f"(?:{word.pattern})" for word in WORDS), re.IGNORECASE)
"""Nearly all texts have none of the words; those are searched once."""


def pages() -> Iterator[Path]:
    """The files that users read as they are."""
    for pattern in ("*.md", "docs/**/*.md", "action.yml", ".github/**/*.yml", ".pre-commit-hooks.yaml", "schemas/*.json"):
        yield from sorted(ROOT.glob(pattern))


def modules(part: str = "") -> Iterator[Path]:
    place = PACKAGE / part
    yield from sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]


def parts() -> list[str]:
    """The packages and modules of `linkcheck`, by name."""
    found = (path for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists())
    return sorted(path.stem for path in found)


def found_in(lines: Iterator[Line]) -> list[str]:
    """A complaint for every banned word in the lines; a single word set as code is a name."""
    return [
        f"{path}:{number}: {match[0]!r}; write: {word.instead}\n    {text.strip()}"
        for path, number, text in lines
        if ANY_WORD.search(searched := re.sub(r"`[\w.]+`", "`X`", text))
        for word in WORDS
        if (match := word.search(searched)) is not None
    ]


def prose(text: str, path: Path, first: int = 1) -> Iterator[Line]:
    """A text by paragraphs, since a phrase may be broken between two lines; each with the number of its first line."""
    name = str(path.relative_to(ROOT))
    paragraph: list[str] = []
    start = first
    for number, line in enumerate([*text.split("\n"), ""], first):
        if line.strip() and not re.match(r"\s*(?:[-|#>]|\d+\.|```)", line):
            start = number if not paragraph else start
            paragraph.append(line.strip())
            continue
        if paragraph:
            yield name, start, " ".join(paragraph)
            paragraph = []
        if line.strip():
            paragraph, start = [line.strip()], number


def strings(path: Path) -> Iterator[Line]:
    """The strings of a module that are sentences: not docstrings, and not single words."""
    tree = ast.parse(path.read_text("utf-8"))
    inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    described = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            values = [part.value if isinstance(part, ast.Constant) else "X" for part in node.values]
            yield str(path.relative_to(ROOT)), node.lineno, "".join(map(str, values)).replace("\n", " ")
        elif isinstance(node, ast.Constant) and id(node) not in inner | described and _is_sentence(node.value):
            yield str(path.relative_to(ROOT)), node.lineno, node.value.replace("\n", " ")


def _is_sentence(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and " " in value and not SQL.search(value)


def remarks(path: Path) -> Iterator[Line]:
    """Docstrings and comments of a module; comments on consecutive lines are one text."""
    source = path.read_bytes()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield from prose(node.value.value, path, node.lineno)
    comments = [
        (token.start[0], token.string.removeprefix("#").strip())
        for token in tokenize.tokenize(BytesIO(source).readline)
        if token.type == tokenize.COMMENT
    ]
    previous = 0
    text: list[str] = []
    for number, comment in [*comments, (0, "")]:
        if text and number != previous + 1:
            yield str(path.relative_to(ROOT)), previous - len(text) + 1, " ".join(text)
            text = []
        text.append(comment)
        previous = number


@pytest.mark.parametrize("word", [pytest.param(word, id=word.bad) for word in WORDS])
def test_a_pattern_finds_the_bad_example_and_not_the_good_one(word: Word) -> None:
    assert word.search(word.bad)
    assert found_in(iter([("", 1, word.good)])) == []


@pytest.mark.parametrize("page", [pytest.param(page, id=str(page.relative_to(ROOT))) for page in pages()])
def test_a_page_has_no_banned_word(page: Path) -> None:
    complaints = found_in(prose(page.read_text("utf-8"), page))
    assert not complaints, "\n".join(complaints)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_the_help_of_a_command_has_no_banned_word(command: str) -> None:
    group = cli.linkcheck
    assert isinstance(group, Commands)
    context = click.Context(group, info_name="linkcheck", max_content_width=1000, terminal_width=1000)
    found = group.get_command(context, command) if command else group
    assert found is not None
    shown = found.get_help(click.Context(found, info_name=command, parent=context))
    complaints = found_in((f"linkcheck {command} --help", number, line) for number, line in enumerate(shown.split("\n"), 1))
    assert not complaints, "\n".join(complaints)


@pytest.mark.parametrize("rule", [pytest.param(documented(rule), id=rule.META.code) for rule in all_rules()])
def test_the_documentation_of_a_rule_has_no_banned_word(rule: Documentation) -> None:
    texts = (rule.summary, rule.meaning, rule.importance, rule.how_to_fix, rule.exemption, rule.elsewhere)
    complaints = found_in((f"linkcheck explain {rule.code}", 1, " ".join(text.split())) for text in texts)
    assert not complaints, "\n".join(complaints)


@pytest.mark.parametrize("part", parts())
def test_the_messages_of_a_part_have_no_banned_word(part: str) -> None:
    complaints = [
        complaint
        for path in modules(part)
        if path.relative_to(PACKAGE).as_posix() not in TEXT_OF_OTHERS
        for complaint in found_in(strings(path))
    ]
    assert not complaints, "\n".join(complaints)


@pytest.mark.parametrize("part", parts())
def test_the_docstrings_and_comments_of_a_part_have_no_banned_word(part: str) -> None:
    complaints = [complaint for path in modules(part) for complaint in found_in(remarks(path))]
    assert not complaints, "\n".join(complaints)


def names(path: Path) -> Iterator[tuple[int, str]]:
    """The names that a module gives: to classes, functions, parameters, fields, constants and variables."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.attr


def house_words_in(name: str) -> set[str]:
    return set(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().split("_")) & HOUSE_WORDS.keys()


@pytest.mark.parametrize("part", parts())
def test_the_names_of_a_part_have_no_house_word(part: str) -> None:
    complaints = [
        f"{path.relative_to(ROOT)}:{number}: {name}; use: {HOUSE_WORDS[word]}"
        for path in modules(part)
        for number, name in names(path)
        for word in house_words_in(name)
    ]
    assert not complaints, "\n".join(complaints)


@pytest.mark.parametrize(
    ("name", "word"),
    [("_first_twin", "twin"), ("nights", "nights"), ("is_told", "told"), ("_TOLD", "told"), ("HeedSignals", "heed")],
)
def test_a_house_word_is_found_in_a_name(name: str, word: str) -> None:
    assert house_words_in(name) == {word}
