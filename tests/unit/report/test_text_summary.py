"""The end of the text report: what fits on a line of the terminal, and where the rest is continued."""

import io
from typing import Any

import pytest
from sample_runs import ListedRun

from linkcheck.model import HostRecord, Severity, Summary, VerdictKind
from linkcheck.report import ReportOptions
from linkcheck.report.terminal import Style, glyphs
from linkcheck.report.text_page import TextPage
from linkcheck.report.text_summary import conclude

NO_FINDINGS = dict.fromkeys(Severity, 0)
NO_VERDICTS = dict.fromkeys(VerdictKind, 0)
WIDTH = 60


def paragraphs(*hosts: HostRecord, width: int = WIDTH, paths: int = 1, **counts: Any) -> list[list[str]]:
    """The paragraphs of the summary as lines."""
    usual = {"articles": 1, "links": 1, "targets": 1, "requests": 1, "verdicts": NO_VERDICTS, "findings": NO_FINDINGS}
    complete = "incomplete_because" not in counts
    summary = Summary(**{"started": "2026-11-22T04:00:00Z", "seconds": 1.0, "complete": complete, **usual, **counts})
    stream = io.StringIO()
    options = ReportOptions(width=width)
    conclude(ListedRun(summary, host_records=hosts), paths, TextPage(stream, options, Style(), glyphs("utf-8")))
    return [part.split("\n") for part in stream.getvalue().removesuffix("\n").split("\n\n")]


@pytest.mark.parametrize(("room", "lines"), [(0, 1), (-1, 2)], ids=["exactly", "one cell short"])
def test_accepted_findings_follow_the_others_if_they_fit_into_the_line(room: int, lines: int) -> None:
    found, accepted = "7 errors in 2 of 8 articles", "(30 accepted, 4 ignored)"
    expected = [f"{found} {accepted}"] if lines == 1 else [found, accepted]
    counts = {"articles": 8, "findings": {**NO_FINDINGS, Severity.ERROR: 7}, "accepted": 30, "ignored": 4}
    width = len(f"{found} {accepted}") + room
    assert paragraphs(width=width, paths=2, **counts)[-1][:lines] == expected
    assert len(paragraphs(width=width, paths=2, **counts)[-1]) == lines + 1  # and how to show them


@pytest.mark.parametrize("more", [0, 1], ids=["exactly", "one cell too many"])
def test_why_a_run_is_incomplete_is_continued_below_its_first_word(more: int) -> None:
    first, second, third = "x" * 30, "y" * (WIDTH - 12 - 31 + more), "z" * (WIDTH - 12)
    texts = [f"{first} {second}", third] if not more else [first, second, third]
    expected = [f"Incomplete: {texts[0]}", *(" " * 12 + text for text in texts[1:])]
    assert paragraphs(incomplete_because=f"{first} {second} {third}.")[-1][1:] == expected


@pytest.mark.parametrize("more", [0, 1], ids=["exactly", "one cell too many"])
def test_a_notice_is_continued_below_its_first_word(more: int) -> None:
    first, second, third = "x" * 30, "y" * (WIDTH - 8 - 31 + more), "z" * (WIDTH - 8)
    texts = [f"{first} {second}", third] if not more else [first, second, third]
    expected = [f"notice  {texts[0]}", *(" " * 8 + text for text in texts[1:])]
    assert paragraphs(notices=(f"{first} {second} {third}",))[1] == expected


@pytest.mark.parametrize("more", [0, 1], ids=["exactly", "one cell too many"])
def test_hosts_are_named_as_long_as_they_fit_and_continued_below_the_first(more: int) -> None:
    margin = len("  12  blocked      ")
    names = ["x" * 10, "y" * (WIDTH - margin - len("xxxxxxxxxx 6 \u00b7  4") + more), "zz"]
    hosts = [HostRecord(name, {VerdictKind.BLOCKED: 6 - 2 * at}, 1, 1.0, 1.0) for at, name in enumerate(names)]
    words = [f"{name} {6 - 2 * at}" for at, name in enumerate(names)]
    texts = [f"{words[0]} \u00b7 {words[1]}", words[2]] if not more else [words[0], f"{words[1]} \u00b7 {words[2]}"]
    found = paragraphs(*hosts, verdicts={**NO_VERDICTS, VerdictKind.BLOCKED: 12})[1]
    assert found[:2] == [f"  12  blocked      {texts[0]}", " " * margin + texts[1]]


def test_a_long_reason_is_continued_below_its_first_word_and_nothing_follows_on_its_line() -> None:
    start = "  4  skipped      "
    first, rest = "x" * 30, "y" * 20
    verdicts = {**NO_VERDICTS, VerdictKind.SKIPPED: 4}
    lines = paragraphs(not_checked={f"{first} {rest}": 3, "short": 1}, verdicts=verdicts)[1]
    below = " " * len(start)
    assert lines == [f"{start}3 links: {first}", f"{below}  {rest}", f"{below}1 link: short"]


def test_every_exclude_is_listed_with_the_number_of_links_that_it_takes_away() -> None:
    excludes = {f'excluded by pattern "{letter}": closed': number for number, letter in enumerate("abcdefgh", 1)}
    others = {f"reason {letter}": 100 for letter in "xyz"}
    found = paragraphs(width=200, not_checked={**others, **excludes}, verdicts={**NO_VERDICTS, VerdictKind.SKIPPED: 9})[1]
    text = " ".join(line.strip() for line in found)
    for reason, number in excludes.items():
        assert f"{number} link{'s' * (number > 1)}: {reason}" in text
    assert text.endswith("3 reasons more")


def test_what_was_skipped_is_counted_and_folders_are_named_the_outermost_first() -> None:
    counts = {"skipped_files": 1, "empty_files": 2, "excluded_files": 1_000}
    folders = ("a/b/_includes", "archetypes", "n/themes", "themes", "x/_site", "y/_site")
    (found,) = paragraphs(width=300, **counts, skipped_folders=folders)[1]
    assert found == (
        "1 file without front matter, 2 files with empty front matter, 1,000 excluded by exclude-files, "
        "the folders archetypes, themes, n/themes, x/_site and 2 more skipped"
    )
    assert paragraphs(skipped_folders=("themes",))[1] == ["the folder themes skipped"]
    assert paragraphs(skipped_partials=("docs/_a.mdx",))[1] == ["the file docs/_a.mdx skipped"]
    assert paragraphs(skipped_folders=("b", "a"))[1] == ["the folders a and b skipped"]


@pytest.mark.parametrize(
    ("skipped", "row"), [(0, "     not checked  2 links: offline"), (2, "  2  skipped      2 links: offline")]
)
def test_what_was_not_checked_has_a_row_also_where_nothing_was_skipped(skipped: int, row: str) -> None:
    verdicts = {**NO_VERDICTS, VerdictKind.OK: 3, VerdictKind.SKIPPED: skipped}
    assert paragraphs(not_checked={"offline": 2}, verdicts=verdicts)[1] == ["  3  ok", row]


def test_the_hosts_with_most_refusals_and_the_slowest_are_named() -> None:
    hosts = [HostRecord(f"h{at}", {VerdictKind.BLOCKED: 20 - at}, 1, 1.0 + at, 2.0 + at) for at in range(12)]
    assert paragraphs(*hosts, width=200, verdicts={**NO_VERDICTS, VerdictKind.BLOCKED: 1_200})[1] == [
        "  1,200  blocked      h0 20 \u00b7 h1 19 \u00b7 h2 18 \u00b7 9 hosts more",
        "         slowest      h11 12.0 s \u00b7 h10 11.0 s \u00b7 h9 10.0 s",
    ]
    assert paragraphs(*hosts[:1], verdicts={**NO_VERDICTS, VerdictKind.UNREACHABLE: 1})[1] == [
        "  1  unreachable",
        "     slowest      h0 1.0 s",
    ]


HOW_TO_SEE = "Use --verbose to show all findings."


@pytest.mark.parametrize(
    ("found", "counts", "lines"),
    [
        ({Severity.ERROR: 1}, {}, ["1 error"]),
        ({Severity.ERROR: 1}, {"accepted": 1}, ["1 error (1 accepted)", HOW_TO_SEE]),
        ({Severity.WARNING: 2}, {"articles": 8}, ["2 warnings in 1 of 8 articles"]),
        ({Severity.WARNING: 2}, {"problems": {Severity.WARNING: 1}}, ["1 warning (2 places)"]),
        (
            {Severity.WARNING: 2},
            {"articles": 8, "problems": {Severity.WARNING: 1}},
            ["1 warning (2 places in 1 of 8 articles)"],
        ),
        ({Severity.WARNING: 2}, {"incomplete_because": "why."}, ["2 warnings", "Incomplete: why"]),
        ({Severity.INFO: 1}, {}, ["No problems found; 1 info", HOW_TO_SEE]),
        ({Severity.INFO: 1}, {"accepted": 1}, ["No new problems found; 1 accepted, 1 info", HOW_TO_SEE]),
        ({Severity.INFO: 1}, {"articles": 0}, ["No articles were checked; 1 info", HOW_TO_SEE]),
        ({}, {"articles": 0}, ["No articles were checked"]),
        ({}, {"ignored": 1}, ["No new problems found; 1 ignored", HOW_TO_SEE]),
        ({}, {"incomplete_because": "why."}, ["No problems found so far", "Incomplete: why"]),
    ],
)
def test_the_last_lines_are_the_verdict_on_the_run(
    found: dict[Severity, int], counts: dict[str, Any], lines: list[str]
) -> None:
    assert paragraphs(findings={**NO_FINDINGS, **found}, **counts)[-1] == lines
