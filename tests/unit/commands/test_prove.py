"""A configuration that a run would refuse is not written: what it refuses is left out."""

from pathlib import Path

import pytest
from command import article

from linkcheck.commands.init.plan import InitPlan, config_text
from linkcheck.commands.init.prove import accepted_plan, prove
from linkcheck.commands.init.templates import ConfigPart
from linkcheck.errors import UsageError

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
