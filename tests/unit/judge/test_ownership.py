"""Findings that only the owner of a page can fix."""

from typing import Any

import pytest

from linkcheck.judge import JudgeOptions
from linkcheck.judge.ownership import severity_at
from linkcheck.model import OwnerOnly, Severity

OPTIONS = JudgeOptions(own_hosts=("own.example",))


@pytest.mark.parametrize(
    ("url", "severity"),
    [
        pytest.param("https://own.example/a", Severity.ERROR, id="an own page"),
        pytest.param("https://other.example/a", Severity.INFO, id="a page of others"),
    ],
)
def test_on_pages_of_others_a_finding_weighs_less(url: str, severity: Severity, build: Any) -> None:
    evidence = build.evidence(build.answer(url=url))
    pointer = evidence.results[0].link.location.pointer
    assert severity_at(OwnerOnly(Severity.INFO), Severity.ERROR, pointer, evidence, OPTIONS) is severity


def test_a_file_of_the_repository_and_a_place_without_a_link_are_own(build: Any) -> None:
    evidence = build.evidence(build.file("lead.png"))
    pointer = evidence.results[0].link.location.pointer
    assert severity_at(OwnerOnly(Severity.INFO), Severity.ERROR, pointer, evidence, OPTIONS) is Severity.ERROR
    assert severity_at(OwnerOnly(Severity.INFO), Severity.ERROR, "/title", evidence, OPTIONS) is Severity.ERROR
    assert severity_at(None, Severity.ERROR, pointer, evidence, OPTIONS) is Severity.ERROR
