"""Problems by the value of a front-matter key of the article that they are shown at (`--group-by`).

Kept are the value of each article with problems, and a limited number of problems: more are read in several passes.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial

from msgspec import Struct

from linkcheck.model import Article, Json, Problem, Run
from linkcheck.pointers import escape, value_at
from linkcheck.report.escape import clip
from linkcheck.urls import mask

MOST_KEPT = 2_000
"""Problems in memory at a time."""
_LONGEST = 100

Problems = Callable[[], Iterator[Problem]]
"""Reads problems from the start, each time it is called."""


class ProblemGroup(Struct, frozen=True):
    """Problems of articles with one value; the value is empty for those without the key."""

    value: str
    number: int
    problems: Problems


class Grouping:
    """The groups of a run. Values are read from the articles when they are first needed."""

    def __init__(self, run: Run, key: str) -> None:
        self.key = key
        self._run = run
        self._values: dict[str, str] | None = None

    def value(self, problem: Problem) -> str:
        """The value of the article that a problem is shown at, as untrusted text; empty without one."""
        if self._values is None:
            paths = {each.first.location.path for each in self._run.problems()}
            articles = (article for article in self._run.articles() if article.path in paths)
            self._values = {article.path: value_of(article, self.key) for article in articles}
        return self._values.get(problem.first.location.path, "")

    def heading(self, group: ProblemGroup) -> str:
        """What a group has in common, as untrusted text."""
        return f"{self.key}: {group.value}" if group.value else f"without {self.key}"

    def groups(self, problems: Problems) -> Iterator[ProblemGroup]:
        """The groups by value, those without one last; in a group, the order of the problems."""
        numbers = Counter(map(self.value, problems()))
        batch: list[str] = []
        for value in sorted(numbers, key=lambda value: (not value, value.casefold(), value)):
            if batch and sum(numbers[each] for each in (*batch, value)) > MOST_KEPT:
                yield from self._read(batch, numbers, problems)
                batch = []
            batch.append(value)
        if batch:
            yield from self._read(batch, numbers, problems)

    def _read(self, values: list[str], numbers: Counter[str], problems: Problems) -> Iterator[ProblemGroup]:
        """Groups that are read in one pass: several small ones, or one of any size, of which nothing is kept."""
        if len(values) == 1:
            (value,) = values
            yield ProblemGroup(value, numbers[value], lambda: (each for each in problems() if self.value(each) == value))
            return
        kept: dict[str, list[Problem]] = {value: [] for value in values}
        for problem in problems():
            if (found := kept.get(self.value(problem))) is not None:
                found.append(problem)
        yield from (ProblemGroup(value, numbers[value], partial(iter, found)) for value, found in kept.items())


def grouping_of(run: Run, key: str | None) -> Grouping | None:
    return None if key is None else Grouping(run, key)


def value_of(article: Article, key: str) -> str:
    """The value of a key in the article's front matter, in one line; empty if there is none that can be shown.

    `key` is a name, names joined by dots, or a JSON Pointer.
    """
    pointer = key if key.startswith("/") else "/" + "/".join(map(escape, key.split(".")))
    return clip(mask(_text(value_at(article.data, pointer))), _LONGEST)


def _text(value: Json) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str() | int() | float():
            return " ".join(str(value).split())
        case list():
            return ", ".join(filter(None, (_text(each) for each in value if not isinstance(each, list))))
        case _:
            return ""
