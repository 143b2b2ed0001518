"""What the HTML report has in it, and what it leaves out."""

import json
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
import pytest
from sample_runs import ListedRun, LongRun, empty_run, example_run

from linkcheck.model import (
    Cause,
    CauseKind,
    Claim,
    Expectations,
    Finding,
    HostRecord,
    Location,
    ProblemChange,
    RunRecord,
    Severity,
    Span,
    Status,
    VerdictKind,
)
from linkcheck.report import html_rows
from linkcheck.report.html_rows import PageHost, PageProblem

Render = Callable[..., str]


def finding(path: str = "a.md", **changes: object) -> Finding:
    location = Location(path, Span(4, 6, 4, 9), "/webUrl")
    made = Finding("LC201", "dead", Severity.ERROR, location, "gone", url="https://a.example/")
    return msgspec.structs.replace(made, **changes)


def with_findings(*findings: Finding, **fields: Any) -> ListedRun:
    counts = {kind: sum(each.severity is kind for each in findings) for kind in Severity}
    facts = msgspec.structs.replace(empty_run().facts, articles=1, findings=counts)
    return ListedRun(facts=facts, all_findings=findings, **fields)


def island(page: str) -> dict[str, Any]:
    loaded = json.loads(page.split('<script type="application/json" id="run">')[1].split("</script>", maxsplit=1)[0])
    assert isinstance(loaded, dict)
    return loaded


def problems(page: str) -> list[dict[str, Any]]:
    return [dict(zip(PageProblem.__struct_fields__, row, strict=True)) for row in island(page)["problems"]]


def hosts(page: str) -> list[dict[str, Any]]:
    return [dict(zip(PageHost.__struct_fields__, row, strict=True)) for row in island(page)["hosts"]]


def paths(rows: Sequence[dict[str, Any]]) -> list[str]:
    return [row["listed"][0][0] for row in rows]


@pytest.mark.parametrize(
    ("declared", "shows"),
    [
        ((1, 2), [1, 2]),
        ((0.5, 999_999_999), [0.5, 999_999_999]),
        ((1e9, 0), None),
        ((True, -1), None),
        (("7", 3), [None, 3]),
    ],
)
def test_declared_sizes_are_numbers_of_pixels(
    declared: tuple[float | str, float | str], shows: list[object] | None, render: Render
) -> None:
    (record, *_) = example_run().link_records
    width, height = (Claim(side, finding().location) for side in declared)
    link = msgspec.structs.replace(record.link, wants=Expectations(width=width, height=height))
    found = finding(link.location.path, url=link.url)
    run = with_findings(found, link_records=(msgspec.structs.replace(record, link=link),))
    (row,) = problems(render(run, "html"))
    assert row["declared"] == shows


def test_a_problem_has_the_link_at_its_place_or_else_with_its_url(render: Render) -> None:
    (record, *_) = example_run().link_records

    def link(path: str, pointer: str, url: str) -> Any:
        location = Location(path, Span(4, 6, 4, 9), pointer)
        return msgspec.structs.replace(
            record, link=msgspec.structs.replace(record.link, location=location, url=url, role=url)
        )

    links = (link("a.md", "/x", "1"), link("c.md", "/x", "2"), link("c.md", "/y", "3"), link("e.md", "/x", "4"))
    found = [
        finding(path, url=url, location=Location(path, Span(1, 1, 1, 2), pointer))
        for path, pointer, url in (
            *(("b.md", "/x", "1"), ("c.md", "/y", "2"), ("c.md", "/z", "2"), ("c.md", "/z", "9")),
            *(("d.md", "/x", "4"), ("e.md", "/x", "4"), ("f.md", "/x", "4")),
        )
    ]
    rows = problems(render(with_findings(*found, link_records=links), "html"))
    assert [row["role"] for row in rows] == [None, "3", "2", None, None, "4", None]


def test_the_page_has_nothing_for_what_is_empty(render: Render) -> None:
    (row,) = problems(render(with_findings(finding(quote="", hint="", reason="")), "html"))
    empty = {"hint", "why", "quote", "role", "verdict", "picture", "declared", "measured", "change", "first_seen", "runs"}
    assert {name for name in empty if row[name] is not None} == set()
    assert (row["hops"], row["facts"], row["others"], row["history"], row["extent"]) == ([], [], [], "", "")


def test_facts_are_in_words_and_what_is_told_already_is_not_told_again(render: Render) -> None:
    facts = {
        "status": 404,  # in the message
        "final_url": "https://a.example/",  # the URL of the finding
        "title": "A title",
        "nearby": ("b.md", "c.md"),
        "expected": "",
        "width_pointer": "/images/0/width",
        "limit_of_run": True,
        "schema": False,
    }
    (row,) = problems(render(with_findings(finding(message="gone: 404", facts=facts)), "html"))
    assert row["facts"] == [["title of the page", ["A title"]], ["similar files", ["b.md", "c.md"]]]


def test_places_that_a_finding_names_are_places(render: Render) -> None:
    (row,) = problems(render(with_findings(finding(facts={"places": ("b.md:3", "c d.md:12", "x", ":4")})), "html"))
    assert row["others"] == [["b.md", 3, 1, None, None], ["c d.md", 12, 1, None, None]]


def test_the_page_makes_the_address_of_a_line_unless_the_path_is_odd(render: Render) -> None:
    odd = "../x\u202e.md"
    page = render(with_findings(finding("posts/a b.md"), finding(odd)), "html", base="content")
    base = "https://github.com/example/news/blob/main"
    assert island(page)["lines"] == [f"{base}/content/", "#L{line}"]
    plain, other = (row["listed"][0] for row in problems(page))
    assert plain == ["posts/a b.md", 4, 6, None, None]
    assert other == ["../x\\u202e.md", 4, 6, None, f"{base}/x%E2%80%AE.md#L{{line}}"]
    assert island(render(with_findings(finding()), "html", repository_url=None))["lines"] is None


def test_links_that_are_ok_are_counted_and_not_listed(render: Render) -> None:
    page = render(example_run(), "html")
    assert "https://example.com/fine" not in page
    assert "techcrunch.com" not in page
    assert "<b>4</b> ok" in page
    assert "example.com" not in [row["host"] for row in hosts(page)]


def test_beyond_the_bound_what_is_new_or_worse_or_has_most_places_is_kept(
    render: Render, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shared(count: int, name: str, severity: Severity) -> list[Finding]:
        cause = Cause(CauseKind.TARGET, name)
        return [finding(f"{name}-{number}.md", cause=cause, severity=severity) for number in range(count)]

    found = [
        *shared(1, "a-error", Severity.ERROR),
        *shared(2, "b-error-twice", Severity.ERROR),
        *shared(9, "c-info", Severity.INFO),
        finding("d-accepted.md", status=Status.ACCEPTED),
        *shared(1, "e-new", Severity.WARNING),
        *shared(3, "f-warning", Severity.WARNING),
        *shared(1, "g-worse", Severity.ERROR),
    ]
    changes: dict[str, dict[str, object]] = {
        each.problem: {"change": change}
        for each in found
        for name, change in (("e-new", ProblemChange.NEW), ("g-worse", ProblemChange.WORSE))
        if each.cause and each.cause.value == name
    }
    run = with_findings(*found, changes=changes, fixed=example_run().fixed)
    kept = {}
    for most in (1, 2, 3, 4, 5, 6, 7, 8, 100):
        monkeypatch.setattr(html_rows, "MOST_PROBLEMS", most)
        page = render(run, "html")
        kept[most] = [path.split("-")[0] for path in paths(problems(page))]
        assert (f"the {most:,} most important of 8 problems" in page) is (most < 8)
    assert kept[1] == ["e"]
    assert kept[2] == ["e", "g"]
    assert kept[3] == ["b", "e", "g"]
    assert kept[4] == ["a", "b", "e", "g"]
    assert kept[5] == ["a", "b", "e", "f", "g"]
    assert len(kept[6]) == 6
    assert "c" not in kept[6]
    assert "d" not in kept[7]
    assert len(kept[8]) == len(kept[100]) == 8


def test_places_beyond_the_bound_are_counted(render: Render, monkeypatch: pytest.MonkeyPatch) -> None:
    cause = Cause(CauseKind.TARGET, "x")
    found = [finding(f"{number:02}.md", cause=cause, message=f"gone {number % 2}") for number in range(40)]
    run = with_findings(*found, finding("z.md"))
    row, single = problems(render(run, "html"))
    assert (len(row["listed"]), len(single["listed"])) == (40, 1)
    assert [place[3] for place in row["listed"][:3]] == [None, "gone 1", None]
    monkeypatch.setattr(html_rows, "MOST_PLACES", 20)
    page = render(run, "html")
    row, _ = problems(page)
    assert (len(row["listed"]), row["places"], row["articles"]) == (10, 40, 40)
    assert "At most 10 places of a problem are listed." in page


def test_a_place_with_another_url_shows_it(render: Render) -> None:
    cause = Cause(CauseKind.HOST, "a.example")
    urls = ("https://a.example/1", "https://a.example/2", None)
    (row,) = problems(render(with_findings(*(finding(cause=cause, url=url) for url in urls)), "html"))
    assert [place[3] for place in row["listed"]] == [None, "https://a.example/2", None]
    assert row["host"] == "a.example"


def test_hosts_beyond_the_bound_are_counted_the_worst_first(render: Render, monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = (
        ("blocked.example", {VerdictKind.BLOCKED: 9}),
        ("dead.example", {VerdictKind.DEAD: 1, VerdictKind.OK: 5}),
        ("down.example", {VerdictKind.UNREACHABLE: 3}),
        ("well.example", {VerdictKind.OK: 5, VerdictKind.SKIPPED: 1}),
    )
    records = tuple(HostRecord(name, verdicts, 1, 0.5, 0.5) for name, verdicts in kinds)
    run = with_findings(finding(), host_records=records)
    assert [row["host"] for row in hosts(render(run, "html"))] == ["blocked.example", "dead.example", "down.example"]
    monkeypatch.setattr(html_rows, "MOST_HOSTS", 2)
    page = render(run, "html")
    assert [row["host"] for row in hosts(page)] == ["dead.example", "down.example"]
    assert "The table of hosts has 2 of the 3 that have problems." in page


def test_a_large_archive_is_a_page_that_a_browser_opens(render: Render) -> None:
    page = render(LongRun(4000), "html")
    assert len(problems(page)) == 5000
    assert len(page.encode()) < 8_000_000


def test_the_trend_has_the_last_runs_and_none_alone(render: Render) -> None:
    counts = {Severity.ERROR: 2, Severity.WARNING: 6, Severity.INFO: 9}
    nights = [RunRecord(n, f"2026-10-{n % 28 + 1:02}T04:00:00Z", n != 79, counts) for n in range(80)]
    assert 'class="trend"' not in render(with_findings(finding(), earlier=tuple(nights[:1])), "html")
    page = render(with_findings(finding(), earlier=tuple(nights)), "html")
    assert page.count('<rect class="error"') == 60
    assert 'aria-label="The last 60 runs: from 2 errors, 6 warnings on' in page
    assert page.count('<g class="partial">') == 1
    assert 'y="36.0" width="8" height="12.0"' in page
    none = [RunRecord(n, "2026-10-01T04:00:00Z", True, {}) for n in range(2)]
    assert 'height="0.0"' in render(with_findings(finding(), earlier=tuple(none)), "html")


@pytest.mark.parametrize(
    ("findings", "state"),
    [
        ((finding(),), "Failed:</span> 1 error"),
        ((finding(severity=Severity.WARNING),), "<h1>1 warning</h1>"),
        ((finding(severity=Severity.INFO),), "</svg>1 info"),
        ((), "</svg>No findings"),
    ],
)
def test_the_first_line_says_whether_there_is_something_to_do(
    findings: tuple[Finding, ...], state: str, render: Render
) -> None:
    assert state in render(with_findings(*findings), "html")


def test_the_address_of_the_run_is_a_link_only_if_it_is_one(render: Render) -> None:
    page = render(
        empty_run(), "html", run_url="https://ci.example/1", branch="a<b>", commit="0123456789abcdef", config_file="x"
    )
    assert '<a href="https://ci.example/1" rel="noopener noreferrer">CI job</a>' in page
    assert "<dd>a&lt;b&gt;</dd>" in page
    assert "<dd>0123456789ab</dd>" in page
    assert "CI job" not in render(empty_run(), "html", run_url="javascript:alert(1)").partition("<script")[0]
