"""Whose page a finding is about: the owner of the host that answers in the end."""

from typing import Any

import pytest

from linkcheck.judge import JudgeOptions, judge
from linkcheck.judge.ownership import is_own_host
from linkcheck.model import PageFacts

BARE = PageFacts(title="Council rejects plan for the old harbour")


@pytest.mark.parametrize(
    ("own", "host", "is_own"),
    [
        pytest.param("example.com", "example.com", True, id="the host itself"),
        pytest.param("example.com", "www.example.com", True, id="the host with www."),
        pytest.param("www.example.com", "example.com", True, id="the host without www."),
        pytest.param("example.com", "blog.example.com", False, id="a host below it"),
        pytest.param("*.example.com", "blog.example.com", True, id="a host below a wildcard"),
        pytest.param("*.example.com", "example.com", False, id="the host of a wildcard"),
        pytest.param("*.example.com", "badexample.com", False, id="a host that merely ends so"),
        pytest.param("bücher.example", "xn--bcher-kva.example", True, id="an international name"),
        pytest.param("Example.COM", "example.com", True, id="capitals"),
    ],
)
def test_own_hosts_are_those_of_a_pattern(own: str, host: str, is_own: bool) -> None:  # noqa: FBT001 - a row of the table
    assert is_own_host(host, JudgeOptions(own_hosts=(own,))) is is_own


def test_without_own_hosts_all_pages_are_those_of_others(build: Any) -> None:
    evidence = build.evidence(build.answer(url="https://example.com/a", page=BARE))
    assert [finding.code for finding in judge(evidence, JudgeOptions())] == []
    assert [finding.code for finding in judge(evidence, JudgeOptions(own_hosts=("example.com",)))] == ["LC305"]


@pytest.mark.parametrize(
    ("own", "codes"),
    [
        pytest.param("example.com", [], id="an own URL that leads to the page of another"),
        pytest.param("example.org", ["LC305"], id="the URL of another that leads to an own page"),
    ],
)
def test_the_page_belongs_to_the_host_that_answers(build: Any, own: str, codes: list[str]) -> None:
    result = build.answer(url="https://example.com/a", to=("https://example.org/a",), via=(301,), page=BARE)
    found = [finding.code for finding in judge(build.evidence(result), JudgeOptions(own_hosts=(own,)))]
    assert [code for code in found if code == "LC305"] == codes


@pytest.mark.parametrize("own", ["example.com", "example.net", "example.org"])
def test_a_redirect_belongs_to_the_owners_of_all_hosts_on_the_way(build: Any, own: str) -> None:
    way = ("https://example.net/a", "https://example.org/b%20c")
    result = build.answer(url="https://example.com/a", to=way, via=(302, 302), locations=(way[0], "/b c"))
    evidence = build.evidence(result)
    assert "LC225" in [finding.code for finding in judge(evidence, JudgeOptions(own_hosts=(own,)))]
    assert "LC225" not in [finding.code for finding in judge(evidence, JudgeOptions(own_hosts=("example.edu",)))]
