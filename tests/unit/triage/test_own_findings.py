"""What triage itself finds, about comments and the baseline, and what it says."""

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from linkcheck.errors import UsageError
from linkcheck.judge import RULES
from linkcheck.model import (
    FILE_START,
    Article,
    Evidence,
    Expectations,
    Finding,
    Link,
    LinkResult,
    Location,
    Probe,
    Role,
    Severity,
    Source,
    Span,
    Status,
    Target,
    Verdict,
    VerdictKind,
)
from linkcheck.parse import parse
from linkcheck.triage import Baseline, Triage, TriageOptions, read_baseline, write_baseline
from linkcheck.triage.baseline import entry_of

TODAY = "2026-11-22T23:00:00Z"
URL = "https://a.example/"


def article_of(text: str) -> Article:
    head = f"---\n{text}\n---\n".encode()
    return parse(Source(path="a.md", file="a.md", head=head, size=len(head)))


def finding(code: str = "LC201", pointer: str = "/url", line: int = 2, **more: Any) -> Finding:
    rule = RULES[code]
    more = {"severity": rule.severity, "url": URL, **more}
    return Finding(code, rule.name, location=Location("a.md", Span(line, 6, line, 9), pointer), message="is wrong", **more)


def linked(text: str, changed: frozenset[str] | None = None) -> Evidence:
    """An article with a link that works."""
    link = Link(Location("a.md", Span(2, 6, 2, 9), "/url"), Role.CANONICAL, URL, Expectations())
    result = LinkResult(link, Target(URL, Probe.STATUS, "a.example"), Verdict(VerdictKind.OK, ""))
    return Evidence(article_of(text), results=(result,), changed=changed)


def accepting(*findings: Finding, **more: Any) -> Baseline:
    return Baseline("b.json", tuple(replace(entry_of(each, added="2026-01-01"), **more) for each in findings))


def triage(baseline: Baseline | None = None, **options: Any) -> Triage:
    return Triage(TriageOptions(today=TODAY, rules=RULES, **options), baseline=baseline)


# Comments


def test_a_comment_without_effect_is_quoted_with_what_to_do() -> None:
    (found,) = triage().article(linked(f"url: {URL}  # linkcheck: ignore[LC110, LC111]"), [])
    assert found.message == "the ignore comment has no effect"
    assert found.hint == "Remove it, or put it on the line of the value it is for, or directly above."
    assert (found.location.pointer, found.facts) == ("/url", {"codes": ("LC110", "LC111"), "line": 2})
    assert found.quote == f"url: {URL}  # linkcheck: ignore[LC110, LC111]"


def test_a_comment_for_every_rule_is_without_effect_where_nothing_is_found() -> None:
    (found,) = triage().article(linked(f"url: {URL}\ntitle: T  # linkcheck: ignore"), [])
    assert (found.message, found.facts["codes"]) == ("the ignore comment has no effect", ())


def test_a_malformed_comment_is_reported_with_the_form_of_one() -> None:
    (found,) = triage().article(linked(f"url: {URL}  # linkcheck: ignore[LC110"), [])
    assert found.message == "the comment is malformed, so it has no effect"
    assert found.hint == ("Use the form # linkcheck: ignore[LC202], with a code in the brackets and the reason after them.")
    assert (found.location.pointer, found.facts) == ("/url", {})


@pytest.mark.parametrize("comment", ["# linkcheck: ignore[LC110]", "# linkcheck: ignore[LC110"])
def test_a_comment_next_to_no_value_is_at_the_top(comment: str) -> None:
    (found,) = triage().article(linked(f"url: {URL}\n{comment}"), [])
    assert (found.location.pointer, found.location.span.line) == ("", 3)


def test_a_long_line_is_quoted_up_to_a_limit() -> None:
    (found,) = triage().article(linked(f"url: {URL}  # linkcheck: ignore[LC110] {'x' * 500}"), [])
    assert found.quote is not None
    assert len(found.quote) == 400


def test_a_line_that_is_not_there_is_not_quoted() -> None:
    article = article_of("url: a  # linkcheck: ignore[LC110]")
    for lines in ((), ("---",)):
        (found,) = triage().article(Evidence(replace(article, lines=lines)), [])
        assert found.quote is None


@pytest.mark.parametrize("severities", [(("LC112", None),), ()])
def test_a_comment_may_be_for_a_rule_that_is_off(severities: tuple[tuple[str, None], ...]) -> None:
    found = triage(severities=severities).article(linked(f"url: {URL}  # linkcheck: ignore[LC112]"), [])
    assert len(list(found)) == (not severities)


def test_a_finding_is_ignored_for_the_reason_of_the_first_comment() -> None:
    text = f"url: {URL}  # linkcheck: ignore[LC201]"
    (found,) = triage().article(linked(f"{text} it is old"), [finding()])
    assert (found.status, found.reason) == (Status.IGNORED, "it is old")
    (found,) = triage().article(linked(text), [finding()])
    assert found.reason == "ignored in the article"
    (found,) = triage().article(
        linked(f"# linkcheck: ignore[LC201] above\nurl: {URL} # linkcheck: ignore[LC201] here"), [finding(line=3)]
    )
    assert found.reason == "above"


def test_an_entry_for_what_a_comment_ignores_is_not_fixed() -> None:
    sorting = triage(accepting(finding()))
    list(sorting.article(linked(f"url: {URL}  # linkcheck: ignore[LC201]"), [finding()]))
    assert list(sorting.finish(whole=True)) == []


# The baseline


@pytest.mark.parametrize(
    ("pointer", "reason", "message"),
    [
        ("/url", None, "LC201 at a.md /url was accepted until 2026-11-21"),
        ("", "it is old", "LC201 at a.md was accepted until 2026-11-21: it is old"),
    ],
)
def test_an_entry_that_has_expired_is_reported_with_its_reason(pointer: str, reason: str | None, message: str) -> None:
    found = finding(pointer=pointer)
    sorting = triage(accepting(found, reason=reason, until="2026-11-21"))
    assert [each.status for each in sorting.article(linked("a: 1"), [found])] == [Status.OPEN]
    (expired,) = sorting.finish(whole=True)
    assert (expired.message, expired.hint) == (message, "Fix it, or give the entry a later date.")
    assert expired.location == Location("b.json", FILE_START, f"/{found.fingerprint}")
    assert (expired.url, expired.facts) == (URL, {"rule": "LC201", "path": "a.md", "pointer": pointer})


def test_an_entry_that_is_fixed_is_reported_with_what_removes_it() -> None:
    sorting = triage(accepting(finding()))
    list(sorting.article(linked("a: 1"), []))
    (fixed,) = sorting.finish(whole=True)
    assert fixed.hint == "Run once with --update-baseline, which removes the entry."


def test_an_entry_does_not_expire_on_its_last_day_or_without_a_date() -> None:
    for today, until in ((TODAY, "2026-11-22"), ("", "2026-11-21")):
        sorting = Triage(TriageOptions(today=today, rules=RULES), baseline=accepting(finding(), until=until))
        (found,) = sorting.article(linked("a: 1"), [finding()])
        assert found.status is Status.ACCEPTED


def test_a_new_entry_has_the_day_of_the_run_and_the_path_of_the_file() -> None:
    sorting = triage(Baseline("b.json"))
    list(sorting.article(linked("a: 1"), [finding()]))
    update = sorting.updated(whole=True)
    assert (update.baseline.path, update.accepted, update.removed) == ("b.json", 1, 0)
    assert [each.added for each in update.baseline.entries] == ["2026-11-22"]
    assert triage().updated(whole=True).baseline == Baseline("")


def test_an_entry_that_is_found_and_not_acceptable_is_removed() -> None:
    sorting = triage(accepting(finding()), severities=(("LC201", Severity.INFO),))
    list(sorting.article(linked("a: 1"), [finding()]))
    assert sorting.updated(whole=False).removed == 1


# Changes


@pytest.mark.parametrize(
    ("former", "status"),
    [
        pytest.param(TriageOptions(rules=RULES, severities=(("LC202", Severity.INFO),)), Status.OPEN, id="less severe"),
        pytest.param(
            TriageOptions(rules=RULES, severities=(("LC202", Severity.ERROR),)), Status.UNCHANGED, id="more severe"
        ),
        pytest.param(TriageOptions(rules=RULES, ignore=("LC203",)), Status.UNCHANGED, id="as severe"),
        pytest.param(TriageOptions(rules=RULES, severities=(("LC202", None),)), Status.OPEN, id="off"),
        pytest.param(TriageOptions(rules=RULES, ignore=("LC202",)), Status.OPEN, id="ignored"),
        pytest.param(TriageOptions(rules=RULES, today=TODAY), Status.UNCHANGED, id="the same settings"),
        pytest.param(None, Status.UNCHANGED, id="no settings before"),
    ],
)
def test_a_finding_that_the_settings_made_more_severe_is_open(former: TriageOptions | None, status: Status) -> None:
    sorting = Triage(TriageOptions(today=TODAY, rules=RULES), former=former)
    (found,) = sorting.article(linked("a: 1", changed=frozenset(("/other",))), [finding("LC202", severity=Severity.WARNING)])
    assert found.status is status


def test_a_finding_of_the_run_about_untouched_links_is_unchanged() -> None:
    untouched, touched = triage().run([finding("LC214", facts={"untouched": True}), finding("LC214", facts={"host": 3})])
    assert (untouched.status, untouched.reason) == (Status.UNCHANGED, "not touched by this change")
    assert touched.status is Status.OPEN


def test_a_finding_about_no_host_has_no_failed_runs() -> None:
    asked: list[str] = []
    sorting = Triage(TriageOptions(today=TODAY, rules=RULES), host_strikes=asked.append)
    list(
        sorting.run([finding("LC214"), finding("LC214", facts={"host": "a.example"}), finding("LC201", facts={"host": "b"})])
    )
    assert asked == ["a.example"]


# What others ask


def test_the_severity_is_that_of_the_settings() -> None:
    sorting = triage(severities=(("LC201", Severity.INFO), ("LC202", None)))
    assert [sorting.severity(finding(code)) for code in ("LC201", "LC202", "LC203")] == [
        Severity.INFO,
        None,
        RULES["LC203"].severity,
    ]


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        ({}, True),
        ({"ignore": ("LC201",)}, False),
        ({"ignore": ("LC202",)}, True),
        ({"select": ("LC201",)}, True),
        ({"select": ("LC202",)}, False),
        ({"severities": (("dead", None),)}, False),
        ({"severities": (("dead", Severity.INFO), ("LC202", None))}, True),
    ],
)
def test_a_rule_is_wanted_unless_it_is_deselected_or_off(options: dict[str, Any], *, wanted: bool) -> None:
    assert triage(**options).is_wanted("LC201") is wanted


# The file


def test_a_baseline_may_be_read_from_a_text() -> None:
    entry = '{"rule": "LC201", "path": "a.md", "fingerprint": "0", "added": "2026-01-01"}'
    found = read_baseline("missing.json", text=f'{{"version": 1, "accepted": [{entry}]}}'.encode())
    assert [(each.rule, each.pointer, each.until) for each in found.entries] == [("LC201", "", None)]


def test_a_folder_is_no_baseline(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="the baseline cannot be read: "):
        read_baseline(str(tmp_path))


def test_a_date_that_is_none_is_reported_with_its_entry() -> None:
    entry = b'{"rule": "LC201", "path": "a.md", "pointer": "/b", "fingerprint": "0", "added": "2026-01-01", "until": "soon"}'
    with pytest.raises(UsageError) as raised:
        read_baseline("b.json", text=b'{"version": 1, "accepted": [' + entry + b"]}")
    assert str(raised.value) == "b.json: LC201 at a.md /b: `until` is 'soon'; use a date such as 2027-03-01"


def test_entries_of_one_place_are_sorted_by_their_urls(tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    findings = [finding(url=url) for url in ("https://c.example/", None, "https://b.example/")]
    write_baseline(replace(accepting(*findings), path=str(path)))
    assert [each.url for each in read_baseline(str(path)).entries] == [None, "https://b.example/", "https://c.example/"]
    assert path.read_text("utf-8").splitlines()[:4] == ["{", '  "version": 1,', '  "accepted": [', "    {"]
