"""What the formats say of particular findings and runs."""

import csv
import io
import json
from collections.abc import Callable

import msgspec
import pytest
from lxml import etree
from sample_runs import CAUSEWAY, ListedRun, empty_run, example_run, hostile_run

from linkcheck.model import (
    FILE_START,
    ArchivedCopy,
    Article,
    Cause,
    CauseKind,
    Edit,
    Finding,
    Fix,
    FixKind,
    Location,
    Run,
    Severity,
    Skip,
    Span,
    Status,
    Verdict,
    VerdictKind,
)
from linkcheck.report import FORMATS, Detail
from linkcheck.report.escape import cells

Render = Callable[..., str]
SECRET = "hunter2hunter2"


def finding(path: str = "a.md", **changes: object) -> Finding:
    made = Finding(
        code="LC201",
        name="dead",
        severity=Severity.ERROR,
        location=Location(path, Span(4, 6, 4, 9), "/webUrl"),
        message="gone",
        url="https://a.example/",
    )
    return msgspec.structs.replace(made, **changes)


def with_findings(*findings: Finding) -> ListedRun:
    counts = {kind: sum(each.severity is kind for each in findings) for kind in Severity}
    return ListedRun(facts=msgspec.structs.replace(empty_run().facts, articles=1, findings=counts), all_findings=findings)


def copy(year: int, *, verified: bool = True, rest: str = "https://a.example/") -> ArchivedCopy:
    return ArchivedCopy(f"https://web.archive.org/web/{year}/{rest}", f"{year}-06-03T10:11:12Z", verified=verified)


def with_copies(*copies: ArchivedCopy) -> ListedRun:
    """One problem, with a place for each copy."""
    cause = Cause(CauseKind.TARGET, "https://a.example/")
    return with_findings(
        *(finding(f"{number}.md", archive=each, hint="Update it.", cause=cause) for number, each in enumerate(copies))
    )


def with_secrets() -> ListedRun:
    url = f"https://user:{SECRET}@a.example/?token={SECRET}&x=1"
    text = msgspec.json.encode([example_run().target_records[0], example_run().link_records[0]]).decode()
    targets, links = json.loads(text.replace("http://blog.example.de/alt", url))
    run = with_findings(
        finding(
            url=url,
            message=f"moved to {url}",
            hint=f"Write {url}.",
            quote=f"url: {url}",
            facts={"final_url": url, "hops": (url,)},
            archive=ArchivedCopy(f"https://web.archive.org/web/2021/{url}", "2021-06-03T10:11:12Z", url, verified=True),
        )
    )
    return msgspec.structs.replace(
        run,
        facts=msgspec.structs.replace(run.facts, notices=(url,), not_checked={f"excluded {url}": 1}),
        target_records=(msgspec.convert(targets, type(example_run().target_records[0])),),
        link_records=(msgspec.convert(links, type(example_run().link_records[0])),),
    )


@pytest.mark.parametrize("name", FORMATS)
def test_no_report_tells_a_secret(name: str, render: Render) -> None:
    rendered = render(with_secrets(), name)
    assert SECRET not in rendered
    assert ("a.example/" in rendered) is (name != "openmetrics")  # which has numbers only


def readable(rendered: str) -> str:
    """A report without what its format adds around the URL of a copy."""
    return rendered.replace("`", "").replace("%0A", "\n").replace('","https://', ": https://")


@pytest.mark.parametrize("name", ["text", "markdown", "comment", "slack", "html"])
def test_a_problem_has_the_copy_of_its_first_place(name: str, render: Render) -> None:
    rendered = readable(render(with_copies(copy(2019), copy(2021)), name))
    assert "Archived copy of 2019-06-03: https://web.archive.org/web/2019/https://a.example/" in rendered
    assert "web/2021/" not in rendered


@pytest.mark.parametrize("name", ["github", "junit", "sarif", "codequality", "rdjsonl", "csv"])
def test_each_place_has_its_own_copy(name: str, render: Render) -> None:
    rendered = readable(render(with_copies(copy(2019), copy(2021)), name))
    for year in (2019, 2021):
        assert rendered.count(f"https://web.archive.org/web/{year}/https://a.example/") == 1
        if name != "csv":
            assert f"Archived copy of {year}-06-03: https://web.archive.org/web/{year}/https://a.example/" in rendered


@pytest.mark.parametrize(
    "name", ["text", "markdown", "comment", "slack", "html", "github", "junit", "sarif", "codequality", "rdjsonl"]
)
def test_a_copy_that_was_not_verified_is_not_shown_as_one_that_works(name: str, render: Render) -> None:
    rendered = readable(render(with_copies(copy(2021, verified=False)), name))
    assert "Archived copy of 2021-06-03 (not verified): https://web.archive.org/web/2021/" in rendered
    assert "Archived copy of 2021-06-03: " not in rendered


@pytest.mark.parametrize(
    "name", ["text", "markdown", "comment", "html", "github", "junit", "sarif", "codequality", "rdjsonl", "csv"]
)
def test_the_url_of_a_copy_is_whole_or_missing(name: str, render: Render) -> None:
    long = copy(2021, rest="https://a.example/" + "a-long-path/" * 600)
    assert long.url in render(with_copies(long), name)


def test_a_message_to_slack_has_no_part_of_a_url_of_a_copy(render: Render) -> None:
    for rest in ("a" * 400, "\x1b" * 100):
        assert "Archived copy" not in render(with_copies(copy(2021, rest=rest)), "slack")


@pytest.mark.parametrize("detail", Detail)
def test_text_has_the_copy_on_a_line_of_its_own(detail: Detail, render: Render) -> None:
    rendered = render(with_copies(copy(2021, rest="https://a.example/" + "a/" * 60)), "text", detail=detail, width=80)
    (line,) = [line for line in rendered.split("\n") if "Archived copy" in line] or [""]
    assert line.endswith("/" + "a/" * 60) is (detail is not Detail.QUIET)


def test_a_backtick_in_the_url_of_a_copy_does_not_end_its_span_in_slack(render: Render) -> None:
    assert "`https://web.archive.org/web/2021/a%60b`" in render(with_copies(copy(2021, rest="a`b")), "slack")


@pytest.mark.parametrize(
    ("quote", "columns"),
    [
        ("key: \u9854\u8a8d\u8b58", (6, 15)),
        ("\u00fc\u00fc\u00fc: xyz", (9, 12)),
        ("plain abc", (6, 9)),
        ("key: \ud800bc", (6, 11)),
    ],
    ids=["wide value", "key before it", "ascii", "lone surrogate"],
)
def test_reviewdogs_columns_count_bytes(quote: str, columns: tuple[int, int], render: Render) -> None:
    (line,) = render(with_findings(finding(quote=quote)), "rdjsonl").split("\n")[:-1]
    place = json.loads(line)["location"]["range"]
    assert (place["start"]["column"], place["end"]["column"]) == columns


def test_reviewdog_gets_whole_lines_where_the_bytes_cannot_be_counted(render: Render) -> None:
    (line,) = render(with_findings(finding()), "rdjsonl").split("\n")[:-1]
    assert json.loads(line)["location"]["range"] == {"start": {"line": 4}, "end": {"line": 4}}


def test_gitlab_gets_a_fingerprint_for_each_of_two_alike(render: Render) -> None:
    first, second = json.loads(render(with_findings(finding(), finding(message="gone too")), "codequality"))
    assert first["fingerprint"] == finding().fingerprint
    assert second["fingerprint"] != first["fingerprint"]


def test_a_link_out_of_reach_has_not_passed(run: Run, render: Render) -> None:
    document = etree.fromstring(render(run, "junit").encode())
    (case,) = document.xpath(f"//testcase[contains(@name, '{CAUSEWAY}')]")
    assert case.find("skipped").get("message") == "unreachable: slow.example.net did not respond in time"
    assert "did not respond in time (4 attempts)" in case.findtext("system-out")


@pytest.mark.parametrize("name", ["sarif", "rdjsonl"])
def test_an_edit_that_writes_a_secret_is_not_offered(name: str, render: Render) -> None:
    span = Span(4, 9, 4, 12)
    edits = tuple(Edit(span, text, 9, 12) for text in ("https://a.example/", f"https://a.example/?token={SECRET}"))
    key = "fixes" if name == "sarif" else "suggestions"
    for offered in (edits[:1], edits):
        rendered = render(with_findings(finding(fix=Fix(FixKind.SAFE, "a reason", offered))), name)
        assert SECRET not in rendered
        assert (f'"{key}"' in rendered) is (offered != edits)


@pytest.mark.parametrize("name", ["sarif", "rdjsonl", "markdown", "comment", "html"])
def test_rules_lead_to_their_pages_where_those_are_named(name: str, run: Run, render: Render) -> None:
    assert "https://docs.example/LC201.html" in render(run, name, rules_url="https://docs.example/{code}.html")
    assert "https://docs.example/all#lc201-dead" in render(run, name, rules_url="https://docs.example/all#{anchor}")


@pytest.mark.parametrize("name", ["text", "html", "json", "ndjson", "markdown", "comment", "github", "sarif", "junit"])
def test_an_incomplete_run_says_so_and_why(name: str, run: ListedRun, render: Render) -> None:
    facts = msgspec.structs.replace(run.facts, complete=False, incomplete_because="the network seems down since 04:00.")
    rendered = render(msgspec.structs.replace(run, facts=facts), name)
    assert "the network seems down since" in rendered


@pytest.mark.parametrize("name", ["text", "html", "markdown", "comment", "junit"])
def test_a_run_that_checked_nothing_does_not_look_well(name: str, render: Render) -> None:
    assert "o articles were checked" in render(empty_run(), name)


@pytest.mark.parametrize("name", ["text", "html", "markdown", "comment", "junit"])
def test_a_change_without_articles_looks_well(name: str, render: Render) -> None:
    facts = msgspec.structs.replace(empty_run().facts, empty_because="no articles changed")
    rendered = render(ListedRun(facts=facts), name)
    assert "o articles changed" in rendered
    assert "checked" not in rendered.partition("<script")[0]
    assert "| verdict |" not in rendered
    if name == "junit":
        assert 'errors="0" skipped="1"' in rendered
        assert '<skipped message="no articles changed"/>' in rendered


def test_an_incomplete_run_without_articles_is_an_error_in_junit(render: Render) -> None:
    facts = msgspec.structs.replace(empty_run().facts, complete=False, incomplete_because="interrupted")
    assert '<error type="incomplete" message="interrupted">' in render(ListedRun(facts=facts), "junit")
    assert '<error type="incomplete" message="no articles were checked">' in render(empty_run(), "junit")


@pytest.mark.parametrize(
    ("paths", "told"),
    [
        (("a.md", "b.md", ".", "linkcheck.toml", ""), "5 errors in 2 of 3 articles"),
        ((".",), "1 error"),
        (("a.md",), "1 error in 1 of 3 articles"),
    ],
)
def test_findings_on_the_run_are_in_no_article(paths: tuple[str, ...], told: str, render: Render) -> None:
    # A finding at the start of a file can be about the article.
    found = [finding(path, location=Location(path, FILE_START)) for path in sorted(paths) if path != "b.md"]
    found += [finding(path) for path in paths if path == "b.md"]
    run = with_findings(*sorted(found, key=lambda each: each.location.path))
    facts = msgspec.structs.replace(run.facts, articles=3)
    run = msgspec.structs.replace(run, facts=facts, all_articles=tuple(Article(f"{name}.md") for name in "abc"))
    assert render(run, "text").splitlines()[-1] == told


def test_a_run_without_findings_is_told_in_few_words(render: Render) -> None:
    facts = msgspec.structs.replace(empty_run().facts, articles=3, links=4, targets=4, requests=4)
    told = "3 articles, 4 links, 4 targets; 4 requests in 0.1 s\n\nNo problems found\n"
    assert render(ListedRun(facts=facts), "text") == told
    assert render(ListedRun(facts=facts), "text", detail=Detail.QUIET) == ""


@pytest.mark.parametrize(
    ("counts", "complete", "told"),
    [
        ((0, 0, 1), True, "No problems found; 1 info"),
        ((2, 2, 1), True, "No new problems found; 2 accepted, 1 info"),
        ((2, 0, 0), True, "No new problems found; 2 accepted"),
        ((0, 1, 1), True, "No errors or warnings; 1 info"),
        ((0, 0, 0), False, "No problems found so far"),
        ((2, 2, 0), False, "No new problems found so far; 2 accepted"),
    ],
)
def test_no_problems_are_reported_only_where_nothing_is_broken(
    counts: tuple[int, int, int],
    complete: bool,  # noqa: FBT001 - a table's column
    told: str,
    render: Render,
) -> None:
    accepted, dead, notes = counts
    facts = empty_run().facts
    facts = msgspec.structs.replace(
        facts,
        articles=3,
        accepted=accepted,
        complete=complete,
        verdicts={**facts.verdicts, VerdictKind.DEAD: dead},
        findings={**facts.findings, Severity.INFO: notes},
    )
    assert told in render(ListedRun(facts=facts), "text").splitlines()
    assert "no findings" not in render(ListedRun(facts=facts), "markdown") or not accepted


def test_what_concerns_the_whole_run_is_annotated_on_no_file(render: Render) -> None:
    nothing = Finding("LC001", "nothing-checked", Severity.ERROR, Location(".", FILE_START), "no article was found")
    facts = msgspec.structs.replace(empty_run().facts, findings={**empty_run().facts.findings, Severity.ERROR: 1})
    told = render(ListedRun(facts=facts, all_findings=(nothing,)), "github", base="site")
    assert told == "::error title=LC001 nothing-checked::no article was found\n"


@pytest.mark.parametrize(("number", "left"), [(10, ""), (11, "1 finding not shown"), (12, "2 findings not shown")])
def test_github_is_told_how_many_findings_are_not_shown(number: int, left: str, render: Render) -> None:
    run = with_findings(*(finding(f"{each}.md") for each in range(number)))
    *_, last = render(run, "github").splitlines()
    assert last.startswith("::notice title=linkcheck::") is bool(left)
    assert left in last


def test_no_report_tells_a_secret_of_a_link_that_is_skipped(render: Render) -> None:
    (record, *_) = example_run().link_records
    url = f"https://a.example/?token={SECRET}"
    skipped = msgspec.structs.replace(record, skip=Skip("excluded", f"excluded {url}", url))
    run = msgspec.structs.replace(with_findings(), link_records=(skipped,))
    rendered = render(run, "text", detail=Detail.VERBOSE)
    assert SECRET not in rendered
    assert "excluded https://a.example/" in rendered


@pytest.mark.parametrize("width", [60, 80, 100, 200])
def test_text_keeps_to_the_width_but_never_breaks_a_word(width: int, render: Render) -> None:
    rendered = render(example_run(), "text", width=width)
    wide = [line for line in rendered.split("\n") if cells(line) > width]
    assert [line for line in wide if len(line.split()) > 1 and "/" not in line] == []


@pytest.mark.parametrize(
    ("field", "before"),
    [("message", "    4:6  error    LC201  "), ("hint", "         \u2192 "), ("reason", "    4:6  suspect      ")],
)
def test_text_fills_a_line_to_its_last_cell(field: str, before: str, render: Render) -> None:
    room = 80 - len(before)

    def lines(words: str) -> list[str]:
        run = with_findings(finding(**{field: words} if field != "reason" else {}))
        if field == "reason":
            (record, *_) = example_run().link_records
            link = msgspec.structs.replace(record.link, location=finding().location)
            verdict = Verdict(VerdictKind.SUSPECT, words)
            run = msgspec.structs.replace(
                run, link_records=(msgspec.structs.replace(record, link=link, verdict=verdict, skip=None, chain=()),)
            )
        rendered = render(run, "text", width=80, detail=Detail.VERBOSE if field == "reason" else Detail.NORMAL)
        return [line[len(before) :] for line in rendered.split("\n") if line.endswith(("x", "y"))]

    fits = f"{'x' * 20} {'y' * (room - 21)}"
    assert lines(fits) == [fits]
    assert lines(f"{fits}y") == ["x" * 20, "y" * (room - 20)]


def test_hostile_widths_are_still_widths(render: Render) -> None:
    assert render(hostile_run(), "text", width=0)


def test_what_has_no_name_and_no_file_is_given_ones_that_others_accept(render: Render) -> None:
    run = with_findings(finding(".", name=""))
    (entry,) = json.loads(render(run, "codequality", base=""))
    assert (entry["check_name"], entry["location"]["path"]) == ("LC201", ".")
    document = etree.fromstring(render(run, "junit", base="").encode())
    assert document.xpath("string(//testsuite/@name)") == "linkcheck"


@pytest.mark.parametrize(
    ("span", "columns"),
    [
        (Span(4, 6, 4, 9), ",col=6,endColumn=8"),
        (Span(4, 6, 4, 7), ",col=6,endColumn=6"),
        (Span(4, 6, 4, 6), ""),
        (Span(4, 6, 5, 9), ""),
    ],
)
def test_github_gets_columns_only_within_a_line(span: Span, columns: str, render: Render) -> None:
    made = finding(location=Location("a:b,c.md", span), message="50%", hint="a, b: c")
    told = render(with_findings(made), "github", base="")
    assert told == (f"::error file=a%3Ab%2Cc.md,line=4,endLine={span.end_line}{columns},title=LC201 dead::50%25%0Aa, b: c\n")


@pytest.mark.parametrize("start", [*"=+-@|%", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r", "\n"])
def test_no_cell_of_a_table_is_a_formula(start: str, render: Render) -> None:
    rows = list(csv.reader(io.StringIO(render(with_findings(finding(message=f"{start}1+2")), "csv"))))
    told = rows[1][rows[0].index("message")]
    assert told == "'" + {"\t": "\\t", "\r": "\\r", "\n": "\\n"}.get(start, start) + "1+2"


def junit(case: str, run: ListedRun, render: Render) -> str:
    document = etree.fromstring(render(run, "junit").encode())
    written: bytes = etree.tostring(document.xpath(f"//testcase[contains(@name, '{case}')]")[0])
    return written.decode()


@pytest.mark.parametrize(
    ("verdict", "status", "parts"),
    [
        (VerdictKind.UNREACHABLE, Status.OPEN, ['<error type="LC201" message="error LC201 dead: gone"', "<system-out>"]),
        (VerdictKind.DEAD, Status.OPEN, ['<failure type="LC201" message="error LC201 dead: gone"', "<system-out>"]),
        (VerdictKind.DEAD, Status.ACCEPTED, ['<skipped message="accepted: gone"/>', "<system-out>"]),
        (VerdictKind.BLOCKED, None, ['<skipped message="blocked: why"/>', "<system-out>"]),
        (VerdictKind.OK, None, ["<system-out>warning LC201 dead: moved"]),
    ],
)
def test_a_test_case_has_the_outcome_of_its_errors_and_the_text_of_all_findings(
    verdict: VerdictKind, status: Status | None, parts: list[str], render: Render
) -> None:
    (record, *_) = example_run().link_records
    link = msgspec.structs.replace(record.link, location=finding().location)
    found = [finding(severity=Severity.WARNING, message="moved"), *([finding(status=status)] if status else [])]
    run = msgspec.structs.replace(
        with_findings(*found), link_records=(msgspec.structs.replace(record, link=link, verdict=Verdict(verdict, "why")),)
    )
    written = junit("/webUrl", run, render)
    for part in parts:
        assert part in written


@pytest.mark.parametrize(
    ("failing", "failures"),
    [
        ((), 0),
        ((Severity.ERROR,), 1),
        ((Severity.ERROR, Severity.WARNING), 2),
        ((Severity.ERROR, Severity.WARNING, Severity.INFO), 3),
    ],
)
def test_junit_is_red_for_what_makes_the_exit_code_1(failing: tuple[Severity, ...], failures: int, render: Render) -> None:
    found = (
        finding(severity=severity, location=Location("a.md", FILE_START, f"/{severity}"))
        for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO)
    )
    written = render(with_findings(*found), "junit", failing=failing)
    assert written.count("<failure ") == failures
    assert written.count("<system-out>") == 3 - failures


@pytest.mark.parametrize(
    ("lines", "block"),
    [
        (("webUrl: https://a.example/",), ["```suggestion", "webUrl: https://a.example/", "```"]),
        (("  width: 1", "  height: 2"), ["```suggestion", "  width: 1", "  height: 2", "```"]),
        (("a: ```` # @team <b>",), ["`````suggestion", "a: ```` # @team <b>", "`````"]),
        ((), []),
        (("a: \x1b[31m",), []),
        (("a: \u202e",), []),
        (("a: ##[error]",), []),
        (("a: 1", "::error::b"), []),
        ((f"a: https://me:{SECRET}@a.example/",), []),
    ],
)
def test_a_suggestion_is_the_lines_as_they_will_be_or_none(lines: tuple[str, ...], block: list[str], render: Render) -> None:
    run = with_findings(finding(fix=Fix(FixKind.SAFE, "why", suggestion=lines)))
    written = render(run, "comment")
    expected = "".join(f"  {line}\n" for line in block)
    start = "<br>`https://a.example/`\n" + "\n" * bool(block)
    assert f"{start}{expected}\n#### Summary" in written
    assert "suggestion" not in render(run, "markdown")
    assert SECRET not in written


@pytest.mark.parametrize("name", ["markdown", "comment"])
def test_the_job_of_the_run_is_linked(name: str, render: Render) -> None:
    assert "[CI job](<https://ci.example/runs/1>)" in render(empty_run(), name, run_url="https://ci.example/runs/1")
    assert "CI job" not in render(empty_run(), name)


def test_details_that_do_not_apply_are_left_out(render: Render) -> None:
    run = with_findings(finding(facts={"rarely_seen": False, "links": 0, "often_seen": True}))
    written = render(run, "text", detail=Detail.VERBOSE)
    assert "rarely_seen" not in written
    assert "links" in written
    assert "often_seen" in written


def test_punctuation_after_a_code_span_is_none_itself(render: Render) -> None:
    written = render(with_findings(finding(message="the text contains `&amp;`, `&#8217;`; and `<b>`.")), "markdown")
    assert "the text contains `&amp;`, `&#8217;`; and `<b>`." in written


def test_a_finding_about_a_whole_file_is_a_case_named_by_its_code(render: Render) -> None:
    written = junit("LC201", with_findings(finding(location=Location("a.md", FILE_START))), render)
    assert 'name="LC201"' in written


@pytest.mark.parametrize(
    ("articles", "findings", "why", "told"),
    [
        (0, 0, None, '<error type="incomplete" message="no articles were checked"'),
        (0, 0, "no network.", '<error type="incomplete" message="no network'),
        (1, 1, "no network.", '<error type="incomplete" message="no network'),
        (1, 0, None, '<testcase classname="the run" name="complete"/>'),
    ],
)
def test_junit_tells_of_a_run_that_is_not_complete(
    articles: int, findings: int, why: str | None, told: str, render: Render
) -> None:
    run = with_findings(*[finding()] * findings)
    facts = msgspec.structs.replace(run.facts, articles=articles, complete=why is None, incomplete_because=why)
    assert told in render(msgspec.structs.replace(run, facts=facts), "junit")


def test_the_findings_that_fix_fixes_by_default_are_counted(render: Render) -> None:
    safe, unsafe = Fix(FixKind.SAFE, "a reason"), Fix(FixKind.UNSAFE, "a reason")
    found = (finding(fix=safe), finding(fix=unsafe), finding(), finding(fix=safe, severity=Severity.INFO))
    accepted = finding(fix=safe, status=Status.ACCEPTED)
    told = render(with_findings(*found), "text").splitlines()
    assert told[-1] == "2 of 4 fixable with linkcheck fix"
    assert "fixable" not in render(with_findings(finding(fix=unsafe), accepted), "text")
