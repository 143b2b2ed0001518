"""The copy of a lost page, as reports name it."""

import pytest

from linkcheck.model import ArchivedCopy, Cause, CauseKind, Finding, Location, Problem, Severity, Span
from linkcheck.report.copies import advice, copy_line, in_one_line
from linkcheck.report.masked import MaskedRun
from linkcheck.urls import LONGEST_URL

URL = "https://web.archive.org/web/20210604101112/https://a.example/x"
COPY = ArchivedCopy(URL, "2021-06-04T10:11:12Z", "Bridge", verified=True)


def finding(message: str = "gone", hint: str | None = None, archive: ArchivedCopy | None = None) -> Finding:
    place = Location("a.md", Span(4, 9, 4, 12), "/webUrl")
    return Finding("LC201", "dead", Severity.ERROR, place, message, hint=hint, archive=archive)


@pytest.mark.parametrize(
    ("message", "hint", "archive", "whole"),
    [
        ("gone", None, None, "gone"),
        ("gone", "Fix it.", None, "gone. Fix it."),
        ("gone.", "Fix it.", None, "gone. Fix it."),
        ("so?", "Yes.", None, "so? Yes."),
        ("no!", "Yes.", None, "no! Yes."),
        ("gone", None, COPY, f"gone. Archived copy of 2021-06-04: {URL}"),
        ("gone", "Fix it.", COPY, f"gone. Fix it. Archived copy of 2021-06-04: {URL}"),
    ],
)
def test_message_and_advice_are_sentences(message: str, hint: str | None, archive: ArchivedCopy | None, whole: str) -> None:
    assert in_one_line(finding(message, hint, archive)) == whole


def test_a_copy_that_was_not_verified_is_named_so() -> None:
    assert copy_line(finding(archive=ArchivedCopy(URL, "2021-06-04T10:11:12Z"))) == (
        f"Archived copy of 2021-06-04 (not verified): {URL}"
    )
    assert copy_line(finding()) is None
    assert advice(finding()) == ()


def test_the_url_of_a_copy_is_whole_and_bounded() -> None:
    long = f"{URL}?{'a' * 3_000}"
    assert advice(finding(archive=ArchivedCopy(long, "2021-06-04T10:11:12Z", verified=True))) == (
        f"Archived copy of 2021-06-04: {long}",
    )
    endless = ArchivedCopy("https://a.example/" + "a" * 1_000_000, "2021" * 9_000)
    assert len(copy_line(finding(archive=endless)) or "") < 2 * LONGEST_URL + 100


@pytest.mark.parametrize(
    ("url", "hidden"),
    [
        ("https://web.archive.org/web/2021/https://jo:s3cret@a.example/x", "s3cret"),
        ("https://web.archive.org/web/2021/https://a.example/x?access_token=s3cret", "s3cret"),
        ("https://web.archive.org/web/2021/https://a.example/x?y=1&api_key=s3cret", "s3cret"),
        ("https://web.archive.org/web/2021/https:/jo:s3cret@a.example/x", "s3cret"),
        ("https://web.archive.org/web/2021id_/http://jo:s3cret@a.example/x", "s3cret"),
        ("https://web.archive.org/web/2021/https%3A//jo:s3cret@a.example/x", "s3cret"),
        ("https://web.archive.org/web/2021/https%3A%2F%2Fjo%3As3cret%40a.example%2Fx%3Ftoken%3Ds3cret", "s3cret"),
        ("https://archive.example/?url=https://a.example/x?token=s3cret", "s3cret"),
    ],
)
def test_secrets_in_the_url_of_a_copy_are_masked(url: str, hidden: str) -> None:
    class Run:
        def findings(self) -> list[Finding]:
            return [finding(archive=ArchivedCopy(url, "2021-06-04T10:11:12Z", f"see {url}"))]

    (masked,) = MaskedRun(Run()).findings()  # type: ignore[arg-type]
    assert masked.archive is not None
    assert hidden not in f"{masked.archive.url} {masked.archive.title}"


@pytest.mark.parametrize(
    ("kind", "places", "is_shown"),
    [(CauseKind.HOST, 2, False), (CauseKind.HOST, 1, True), (CauseKind.TARGET, 2, True)],
)
def test_a_problem_of_a_whole_host_has_no_copy_of_its_own(kind: CauseKind, places: int, *, is_shown: bool) -> None:
    class Run:
        def problems(self) -> list[Problem]:
            return [Problem(id="1", first=finding(archive=COPY), cause=Cause(kind, "a.example"), places=places)]

    (masked,) = MaskedRun(Run()).problems()  # type: ignore[arg-type]
    assert (masked.first.archive is not None) is is_shown
