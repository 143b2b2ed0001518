"""A configuration that a run would refuse is not written: what it refuses is left out."""

from pathlib import Path

import pytest
from command import article
from msgspec.structs import replace

from linkcheck.commands.init.plan import InitPlan, config_text, with_baseline
from linkcheck.commands.init.prove import accept, accepted_plan, prove
from linkcheck.commands.init.templates import ConfigPart
from linkcheck.errors import UsageError
from linkcheck.judge import RULES
from linkcheck.model import Severity

GOOD = ConfigPart("strikes", "strikes = 2\n")
NO_URL = ConfigPart("base-url", 'base-url = "https://a.example:port/"\n')
NO_GLOB = ConfigPart("the collection", '[[collections]]\npaths = ["[z-a]/**"]\n')
NO_TOML = ConfigPart("a name", "paths = ['\udcff']\n")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text(article(title=5))
    return str(tmp_path)


@pytest.mark.parametrize(
    ("parts", "left_out"),
    [
        pytest.param([GOOD], [], id="nothing"),
        pytest.param([GOOD, NO_URL], ["base-url"], id="one part"),
        pytest.param([NO_URL, GOOD, NO_TOML], ["base-url", "a name"], id="two parts"),
        pytest.param([GOOD, NO_GLOB], ["the collection"], id="a table"),
    ],
)
def test_the_part_that_is_refused_is_left_out(parts: list[ConfigPart], left_out: list[str], root: str) -> None:
    plan, found = accepted_plan(InitPlan("linkcheck.toml", tuple(parts)), root)
    assert [name for name, _ in found] == left_out
    assert all(why for _, why in found)
    assert GOOD.text in config_text(plan)


def test_what_cannot_be_left_out_is_refused(root: str) -> None:
    with pytest.raises(UsageError, match="invalid configuration"):
        accepted_plan(InitPlan("linkcheck.toml", (ConfigPart("", "strikes = 'two'\n"), GOOD)), root)


def test_a_proof_writes_nothing(root: str) -> None:
    proof = prove(InitPlan("linkcheck.toml", (GOOD,)), root)
    assert [(each.count, each.first[0].location.path) for each in proof.remaining if each.code == "LC110"] == [(1, "a.md")]
    assert proof.acceptable >= 1
    assert [path.name for path in Path(root).iterdir()] == ["a.md"]


SEVERAL = "strikes = 2\n[severity]\nLC110 = 'warning'\n"


def test_the_findings_that_remain_are_in_the_order_of_their_severity_and_number(root: str) -> None:
    for number in range(4):
        (Path(root) / f"b{number}.md").write_text(article(title=5))
    (Path(root) / "c.md").write_text("---\ntitle: [a\n---\n")
    proof = prove(InitPlan("linkcheck.toml", (ConfigPart("", SEVERAL),)), root)
    assert proof.remaining[0].severity is Severity.ERROR
    of_titles = next(each for each in proof.remaining if each.code == "LC110")
    assert (of_titles.severity, of_titles.count, of_titles.name) == (Severity.WARNING, 5, RULES["LC110"].name)
    assert [each.location.path for each in of_titles.first] == ["a.md", "b0.md", "b1.md"]
    order = [(-[*Severity][::-1].index(each.severity), -each.count, each.code) for each in proof.remaining]
    assert order == sorted(order)
    assert (proof.articles, proof.left_out, proof.accepted) == (6, (), False)


def test_rules_with_more_findings_come_first_and_those_with_as_many_in_the_order_of_their_codes(root: str) -> None:
    texts = {"a": "url: https://\n", "b": "title: Fish &amp; chips\n", "c": "title: Fish &amp; chips\n", "d": "title: [a\n"}
    for name, text in texts.items():
        (Path(root) / f"{name}.md").write_text(f"---\n{text}---\n")
    codes = ("LC106", "LC114", "LC119")
    config = "schema = 's.json'\n[severity]\n" + "".join(f"{code} = 'error'\n" for code in codes)
    (Path(root) / "s.json").write_text('{"properties": {"url": {"x-link": {"role": "link"}}}}')
    proof = prove(InitPlan("linkcheck.toml", (ConfigPart("", config),)), root)
    assert [(each.code, each.severity, each.count) for each in proof.remaining] == [
        ("LC119", Severity.ERROR, 2),
        ("LC106", Severity.ERROR, 1),
        ("LC114", Severity.ERROR, 1),
    ]


def test_infos_are_last_and_rules_with_as_many_findings_are_in_the_order_of_their_codes(root: str) -> None:
    config = ConfigPart("", "strikes = 2\n[severity]\nLC110 = 'info'\nLC106 = 'warning'\n")
    (Path(root) / "c.md").write_text("---\ntitle: [a\n---\n")
    found = [(each.severity, each.code) for each in prove(InitPlan("linkcheck.toml", (config,)), root).remaining]
    assert found[-1] == (Severity.INFO, "LC110")
    assert (Severity.WARNING, "LC106") in found[:-1]


def test_findings_can_be_accepted(root: str) -> None:
    proof = prove(InitPlan("linkcheck.toml", (GOOD,)), root)
    assert proof.baseline is not None
    assert proof.acceptable == sum(each.count for each in proof.remaining)
    accepted = accept(proof)
    assert (accepted.accepted, accepted.plan) == (True, with_baseline(proof.plan, proof.baseline))
    assert replace(accepted, accepted=False, plan=proof.plan) == proof


@pytest.mark.parametrize("name", ["history", "record", "replay", "files-from", "since", "report", "baseline"])
def test_what_a_run_writes_or_covers_does_not_matter_for_a_proof(name: str, root: str) -> None:
    value = '["json:out.json"]' if name == "report" else '"x"'
    if name == "baseline":
        (Path(root) / "x").write_text(prove(InitPlan("linkcheck.toml", (GOOD,)), root).baseline or "")
    proof = prove(InitPlan("linkcheck.toml", (ConfigPart("", f"{name} = {value}\nmax-time = 0\n"),)), root)
    assert proof.articles == 1
    assert {path.name for path in Path(root).iterdir()} <= {"a.md", "x"}
    assert (proof.baseline is None, proof.acceptable) == ((True, 0) if name == "baseline" else (False, proof.acceptable))
