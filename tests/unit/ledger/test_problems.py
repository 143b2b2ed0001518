"""Findings as problems: grouped by cause, and compared from run to run."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from linkcheck.ledger import Ledger, Notes, RecordedRun, open_ledger
from linkcheck.ledger.problems import MANY_ARTICLES, REMEMBERED_RUNS
from linkcheck.model import (
    SEVERITIES,
    Article,
    Cause,
    CauseKind,
    Comparison,
    Finding,
    Fix,
    FixKind,
    Location,
    Problem,
    ProblemChange,
    Severity,
    Span,
    Status,
    Summary,
    VerdictKind,
)

NEW, WORSE, STILL, FIXED = ProblemChange.NEW, ProblemChange.WORSE, ProblemChange.STILL, ProblemChange.FIXED
SCOPE = "check ."


def finding(path: str, url: str = "https://a.example/", **changes: object) -> Finding:
    cause = Cause(CauseKind.TARGET, url)
    place = Location(path, Span(4, 9, 4, 20), "/webUrl")
    return replace(Finding("LC201", "dead", Severity.ERROR, place, "404", url=url, cause=cause), **changes)


def missing(path: str, key: str = "/title") -> Finding:
    """A key that the schema requires."""
    cause = Cause(CauseKind.ARTICLE, f"{path}#{key}")
    common = Cause(CauseKind.SCHEMA, f"{key} required")
    place = Location(path, Span(1, 1, 1, 4), key)
    return Finding("LC110", "schema-violation", Severity.ERROR, place, "is missing", cause=cause, common_cause=common)


class Nights:
    """A history, to which runs are added one after the other."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.day = 0
        self.run: Ledger | None = None
        self.steps = 0
        """The steps of SQLite's in the last night, in hundreds."""

    def _step(self) -> int:
        self.steps += 1
        return 0

    def close(self) -> None:
        if self.run is not None:
            self.run.close()
            self.run = None

    def night(
        self,
        *findings: Finding,
        articles: int = 0,
        is_fixed: Callable[[Finding], bool] = lambda _: True,
        complete: bool = True,
        scope: str = SCOPE,
    ) -> Comparison | None:
        """The next run with these findings."""
        self.close()
        self.day += 1
        started = f"2026-11-{self.day:02}T04:00:00Z" if self.day < 31 else f"2026-12-{self.day - 30:02}T04:00:00Z"
        self.run = ledger = open_ledger(self.path, stamp=lambda: started)
        self.steps = 0
        ledger.database.set_progress_handler(self._step, 100)
        ledger.begin(scope=scope)
        paths = sorted({each.location.path for each in findings} | {f"more-{number}.md" for number in range(articles)})
        ledger.add_all((Article(path), (), (), Notes()) for path in paths)
        ledger.add_findings(findings)
        ledger.group_problems()
        compared = ledger.compare(scope=scope, is_fixed=is_fixed, is_complete=complete)
        counts = dict.fromkeys(SEVERITIES, 0)
        verdicts = dict.fromkeys(VerdictKind, 0)
        ledger.finish(Summary(started, 1.0, complete, len(paths), 0, 0, 0, verdicts, counts, comparison=compared))
        return compared

    @property
    def recorded(self) -> RecordedRun:
        assert self.run is not None
        return RecordedRun(self.run.database, self.run.run)

    @property
    def problems(self) -> list[Problem]:
        return list(self.recorded.problems())

    @property
    def changes(self) -> list[ProblemChange | None]:
        return [each.change for each in self.problems]


@pytest.fixture
def nights(tmp_path: Path) -> Iterator[Nights]:
    made = Nights(tmp_path / "h.sqlite3")
    yield made
    made.close()


def numbers(compared: Comparison | None) -> tuple[int, int, int, int]:
    assert compared is not None
    return compared.new, compared.worse, compared.fixed, compared.still


# Causes


def test_one_url_in_several_articles_is_one_problem_and_the_most_severe_place_stands_for_it(nights: Nights) -> None:
    fix = Fix(FixKind.SAFE, "why")
    nights.night(
        finding("a.md", severity=Severity.WARNING, fix=fix),
        finding("b.md", fix=fix),
        finding("b.md", location=Location("b.md", Span(9, 1, 9, 2), "/related/0/webUrl")),
        finding("c.md", "https://b.example/"),
    )
    first, second = nights.problems
    assert (first.first.location.path, first.severity, first.places, first.articles, first.fixable) == (
        "b.md",
        Severity.ERROR,
        3,
        2,
        2,
    )
    assert first.cause == Cause(CauseKind.TARGET, "https://a.example/")
    places = [(each.location.path, each.location.span.line) for each in nights.recorded.places(first)]
    assert places == [("a.md", 4), ("b.md", 4), ("b.md", 9)]
    assert (second.places, second.articles, second.fixable) == (1, 1, 0)


def test_the_status_keeps_findings_of_one_cause_apart(nights: Nights) -> None:
    nights.night(finding("a.md"), finding("b.md", status=Status.ACCEPTED))
    first, second = nights.problems
    assert (first.status, second.status, first.id == second.id) == (Status.OPEN, Status.ACCEPTED, False)
    assert first.identity == second.identity == first.id


def test_another_rule_is_another_problem(nights: Nights) -> None:
    nights.night(finding("a.md"), finding("b.md", code="LC317"))
    assert len(nights.problems) == 2


@pytest.mark.parametrize(
    ("breaking", "others", "problems"),
    [
        (3, 0, 3),
        (4, 0, 1),
        (4, 4, 1),
        (4, 5, 4),
        (MANY_ARTICLES - 1, 100, MANY_ARTICLES - 1),
        (MANY_ARTICLES, 100, 1),
    ],
)
def test_what_many_articles_lack_is_one_problem(nights: Nights, breaking: int, others: int, problems: int) -> None:
    nights.night(*(missing(f"{number:02}.md") for number in range(breaking)), articles=others)
    found = nights.problems
    assert len(found) == problems
    kind = CauseKind.SCHEMA if problems == 1 else CauseKind.ARTICLE
    assert {each.cause.kind for each in found} == {kind}
    assert sum(each.places for each in found) == breaking
    assert sum(len(list(nights.recorded.places(each))) for each in found) == breaking


def test_a_problem_is_one_finding_unless_more_is_known() -> None:
    cause = Cause(CauseKind.TARGET, "https://a.example/")
    assert Problem(id="1", first=finding("a.md"), cause=cause) == Problem(
        id="1",
        first=finding("a.md"),
        cause=cause,
        places=1,
        articles=1,
        new_articles=0,
        fixable=0,
        change=None,
        before=None,
        is_back=False,
        first_seen=None,
        last_ok=None,
        runs=None,
    )


# Changes


def test_the_first_run_compares_with_nothing(nights: Nights) -> None:
    assert nights.night(finding("a.md")) is None
    assert nights.changes == [None]
    assert nights.problems[0].first_seen is None


def test_new_still_and_fixed(nights: Nights) -> None:
    one, two, three = (finding(f"{name}.md", f"https://{name}.example/") for name in "abc")
    nights.night(one, two)
    assert numbers(nights.night(two, three)) == (1, 0, 1, 1)
    fixed, still, new = nights.problems
    assert (fixed.change, still.change, new.change) == (FIXED, STILL, NEW)
    assert (fixed.places, fixed.first.location.path, list(nights.recorded.places(fixed))) == (0, "a.md", [])
    assert (still.first_seen, still.runs) == ("2026-11-01T04:00:00Z", 2)
    assert (new.first_seen, new.runs, new.is_back) == ("2026-11-02T04:00:00Z", 1, False)
    assert numbers(nights.night(two, three)) == (0, 0, 0, 2)
    assert [each.runs for each in nights.problems] == [3, 2]


def test_what_becomes_an_error_is_worse_and_what_becomes_a_warning_is_still_there(nights: Nights) -> None:
    nights.night(finding("a.md", severity=Severity.WARNING), finding("b.md", "https://b.example/"))
    compared = nights.night(finding("a.md"), finding("b.md", "https://b.example/", severity=Severity.WARNING))
    assert numbers(compared) == (0, 1, 0, 1)
    worse, still = nights.problems
    assert (worse.change, worse.before, worse.runs) == (WORSE, Severity.WARNING, 2)
    assert (still.change, still.before) == (STILL, None)
    assert compared is not None
    assert compared.of(WORSE, Severity.ERROR) == 1
    assert compared.of(STILL, Severity.WARNING) == 1


def test_an_info_that_becomes_a_warning_is_worse_and_infos_are_not_counted(nights: Nights) -> None:
    info = finding("a.md", severity=Severity.INFO)
    nights.night(info, finding("b.md", "https://b.example/", severity=Severity.INFO))
    assert numbers(nights.night(replace(info, severity=Severity.WARNING))) == (0, 1, 0, 0)
    assert numbers(nights.night(info)) == (0, 0, 0, 0)
    assert nights.changes == [None]


def test_what_could_not_be_checked_is_neither_fixed_nor_new_afterwards(nights: Nights) -> None:
    nights.night(finding("a.md"))
    assert numbers(nights.night(is_fixed=lambda _: False)) == (0, 0, 0, 0)
    assert numbers(nights.night(finding("a.md"))) == (0, 0, 0, 1)
    assert nights.problems[0].first_seen == "2026-11-01T04:00:00Z"


def test_a_problem_is_fixed_if_it_is_at_none_of_its_places(nights: Nights) -> None:
    nights.night(finding("a.md"), finding("b.md"))
    assert numbers(nights.night(is_fixed=lambda each: each.location.path == "a.md")) == (0, 0, 0, 0)
    assert numbers(nights.night(is_fixed=lambda _: True)) == (0, 0, 1, 0)
    assert numbers(nights.night()) == (0, 0, 0, 0)


def test_what_returns_soon_came_back_and_later_it_is_new(nights: Nights) -> None:
    nights.night(finding("a.md"))
    nights.night()
    assert numbers(nights.night(finding("a.md"))) == (1, 0, 0, 0)
    (back,) = nights.problems
    assert (back.is_back, back.first_seen, back.last_ok, back.runs) == (
        True,
        "2026-11-01T04:00:00Z",
        None,
        1,
    )
    for _ in range(REMEMBERED_RUNS):
        nights.night()
    nights.night(finding("a.md"))
    (new,) = nights.problems
    assert (new.change, new.is_back, new.first_seen) == (NEW, False, "2026-11-25T04:00:00Z")


def test_what_was_not_checked_is_counted_and_so_is_what_is_checked_again(nights: Nights) -> None:
    nights.night(finding("a.md"))
    compared = nights.night(is_fixed=lambda _: False)
    assert compared is not None
    assert compared.not_checked == compared.of("not-checked", Severity.ERROR) == 1
    nights.night(is_fixed=lambda _: False)
    compared = nights.night(finding("a.md"))
    assert compared is not None
    assert (compared.still, compared.of("again", Severity.ERROR), compared.not_checked) == (1, 1, 0)
    compared = nights.night(finding("a.md"))
    assert compared is not None
    assert compared.of("again", Severity.ERROR) == 0


def down(host: str = "a.example", **changes: object) -> Finding:
    """A host that does not respond."""
    return finding("a.md", url="", code="LC214", cause=Cause(CauseKind.HOST, host), **changes)


def slow(path: str = "a.md", url: str = "https://a.example/") -> Finding:
    return finding(path, url, code="LC213", severity=Severity.WARNING)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([slow()], [finding("a.md")], (0, 1, 0, 0)),
        ([finding("a.md")], [slow()], (0, 0, 0, 1)),
        ([slow()], [down()], (0, 1, 0, 0)),
        ([down()], [slow(), slow("b.md", "https://a.example/b")], (0, 0, 0, 2)),
        ([slow(), slow("b.md", "https://a.example/b")], [down(severity=Severity.WARNING)], (0, 0, 0, 1)),
        ([slow()], [finding("b.md", "https://b.example/")], (1, 0, 1, 0)),
        ([slow()], [finding("a.md", code="LC403")], (1, 0, 1, 0)),
        ([slow()], [finding("a.md", code="LC203", severity=Severity.INFO)], (0, 0, 1, 0)),
    ],
)
def test_a_url_or_a_host_that_fails_in_another_way_is_not_new_and_not_fixed(
    nights: Nights, before: list[Finding], after: list[Finding], expected: tuple[int, int, int, int]
) -> None:
    nights.night(*before)
    assert numbers(nights.night(*after)) == expected
    assert numbers(nights.night()) == (0, 0, sum(each.severity is not Severity.INFO for each in after), 0)


def test_an_article_that_has_a_known_problem_for_the_first_time_is_counted(nights: Nights) -> None:
    nights.night(finding("a.md"), finding("b.md"))
    compared = nights.night(finding("a.md"), finding("c.md"), finding("d.md"))
    assert numbers(compared) == (0, 0, 0, 1)
    assert compared is not None
    assert compared.severities == {"still": {Severity.ERROR: 1}, "more-articles": {Severity.ERROR: 1}}
    assert nights.problems[0].new_articles == 1
    compared = nights.night(finding("a.md"), finding("e.md"))
    assert compared is not None
    assert compared.severities == {"still": {Severity.ERROR: 1}}


@pytest.mark.parametrize(
    ("kind", "path", "is_known"),
    [
        (CauseKind.ARTICLE, "more-0.md", True),
        (CauseKind.ARTICLE, "new.md", False),
        (CauseKind.RUN, "more-0.md", False),
        (CauseKind.TARGET, "more-0.md", False),
        (None, "more-0.md", False),
    ],
)
def test_a_problem_of_an_article_was_ok_if_the_last_run_checked_the_article(
    kind: CauseKind | None, path: str, *, is_known: bool, nights: Nights
) -> None:
    cause = None if kind is None else Cause(kind, "a cause")
    nights.night(articles=1)
    nights.night(replace(missing(path), cause=cause, common_cause=None))
    assert [each.last_ok for each in nights.problems] == ["2026-11-01T04:00:00Z" if is_known else None]


def test_a_problem_of_many_articles_that_few_have_now_is_still_there(nights: Nights) -> None:
    broken = [missing(f"{number:02}.md") for number in range(MANY_ARTICLES)]
    nights.night(*broken, articles=100)
    assert numbers(nights.night(*broken[:2], articles=100)) == (0, 0, 0, 2)
    assert {each.first_seen for each in nights.problems} == {"2026-11-01T04:00:00Z"}
    assert numbers(nights.night(*broken, articles=100)) == (0, 0, 0, 1)
    assert nights.problems[0].new_articles == MANY_ARTICLES - 2
    assert numbers(nights.night(articles=100)) == (0, 0, 1, 0)


def test_a_problem_that_many_articles_had_in_the_last_run_is_not_back(nights: Nights) -> None:
    """Although it was fixed before that."""
    broken = [missing(f"{number:02}.md") for number in range(MANY_ARTICLES)]
    nights.night(broken[0], articles=100)
    for findings in ([], broken):
        nights.night(*findings, articles=100)
    assert numbers(nights.night(broken[0], articles=100)) == (0, 0, 0, 1)
    (still,) = nights.problems
    assert (still.change, still.is_back, still.first_seen, still.last_ok) == (STILL, False, "2026-11-01T04:00:00Z", None)


@pytest.mark.parametrize("status", [Status.ACCEPTED, Status.IGNORED, Status.UNCHANGED])
def test_what_is_not_open_any_more_is_not_fixed(nights: Nights, status: Status) -> None:
    nights.night(finding("a.md"))
    assert numbers(nights.night(finding("a.md", status=status))) == (0, 0, 0, 0)
    assert nights.changes == [None]


def test_an_incomplete_run_is_compared_and_then_forgotten(nights: Nights) -> None:
    nights.night(finding("a.md"))
    assert numbers(nights.night(finding("b.md", "https://b.example/"), complete=False)) == (1, 0, 1, 0)
    assert numbers(nights.night(finding("a.md"))) == (0, 0, 0, 1)
    assert nights.problems[0].runs == 2


def test_runs_of_another_scope_are_not_compared(nights: Nights) -> None:
    nights.night(finding("a.md"))
    assert nights.night(finding("b.md"), scope="check posts") is None
    assert numbers(nights.night(finding("a.md"))) == (0, 0, 0, 1)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE known_problem SET first_seen = 'yesterday'",
        "UPDATE known_problem SET severity = 'grave'",
        "UPDATE known_problem SET runs = 'many'",
        "UPDATE known_problem SET last_ok = 5",
        "UPDATE known_problem SET recent = x'00'",
    ],
)
def test_a_damaged_memory_of_a_problem_is_told_and_replaced(nights: Nights, damage: str) -> None:
    nights.night(finding("a.md"))
    assert nights.run is not None
    nights.run.database.execute(damage)
    assert numbers(nights.night(finding("a.md"))) == (0, 0, 0, 1)
    assert "1 record of the history could not be read" in " ".join(nights.run.notices)
    assert numbers(nights.night(finding("a.md"))) == (0, 0, 0, 1)
    assert nights.run.notices == ()


@pytest.mark.parametrize("column", ["record", "places"])
def test_a_damaged_memory_of_a_problem_that_is_gone_is_removed(nights: Nights, column: str) -> None:
    nights.night(finding("a.md"))
    assert nights.run is not None
    nights.run.database.execute(f"UPDATE known_problem SET {column} = x'c1'")
    assert numbers(nights.night()) == (0, 0, 0, 0)
    assert nights.run.notices
    assert nights.run.database.execute("SELECT count(*) FROM known_problem").fetchone() == (0,)


def test_the_runs_of_a_scope_are_listed_up_to_the_one_that_is_read(nights: Nights) -> None:
    nights.night(finding("a.md"))
    nights.night(finding("a.md"), scope="check posts")
    nights.night()
    runs = list(nights.recorded.runs())
    assert [(each.number, each.complete) for each in runs] == [(1, True), (3, True)]
    assert runs[1].comparison is not None


def test_the_work_of_a_night_grows_with_its_problems_alone(tmp_path: Path) -> None:
    """SQLite's own steps are counted: a query for each problem must not search all findings of the run."""

    def steps(number: int) -> list[int]:
        nights = Nights(tmp_path / f"{number}.sqlite3")
        dead = [finding(f"{each}.md", f"https://a.example/{each}") for each in range(number)]
        others = [replace(each, cause=Cause(CauseKind.ARTICLE, each.location.path)) for each in dead]
        counted = []
        for found in ([], dead, dead, others, []):
            nights.night(*found, articles=number)
            for problem in nights.problems:
                list(nights.recorded.places(problem))
            counted.append(nights.steps)
        nights.close()
        return counted

    few, many = steps(40), steps(400)
    assert [more < 13 * less for less, more in zip(few, many, strict=True)] == [True] * 5, (few, many)
