"""Names of rules and formats that do not exist, in the same words wherever they are given."""

from pathlib import Path

import pytest

from linkcheck.config import load
from linkcheck.errors import UsageError
from linkcheck.report import FORMATS

ALL = "`linkcheck explain` lists all rules."
ANY_FORMAT = f"Use {', '.join(FORMATS[:-1])} or {FORMATS[-1]}."


@pytest.mark.parametrize(
    ("name", "value", "says", "advice"),
    [
        ("select", "daed", "unknown rule `daed`", "Did you mean dead?"),
        ("ignore", "LX201", "unknown rule `LX201`", "Did you mean LC201?"),
        ("select", "LC2999", "unknown rule `LC2999`", "`linkcheck explain LC2` lists the rules LC2xx."),
        ("select", "LC999", "unknown rule `LC999`", ALL),
        ("select", "zzzzzz", "unknown rule `zzzzzz`", ALL),
        ("select", "permanent", "unknown rule `permanent`", "Did you mean permanent-redirect?"),
        ("report", "htm", "unknown report format `htm`", "Did you mean html?"),
        ("report", "mark:x.md", "unknown report format `mark`", "Did you mean markdown?"),
        ("report", "pdf", "unknown report format `pdf`", ANY_FORMAT),
        ("fail-on", "warn", '`fail-on` must be one of error, warning, info or never, not "warn"', "Did you mean warning?"),
    ],
)
def test_a_wrong_name_is_told_in_the_same_words_everywhere(
    tmp_path: Path, name: str, value: str, says: str, advice: str
) -> None:
    flag = value if name == "fail-on" else [value]
    variable = f"LINKCHECK_{name.replace('-', '_').upper()}"
    for flags, environment, source in (({name: flag}, {}, f"--{name}"), ({}, {variable: value}, variable)):
        with pytest.raises(UsageError) as refused:
            load(flags=flags, environment=environment, directory=str(tmp_path))
        assert refused.value.args == (f"{source}: {says} ({advice})",)
    (tmp_path / "linkcheck.toml").write_text(f"{name} = {flag!r}\n")
    with pytest.raises(UsageError) as refused:
        load(flags={}, environment={}, directory=str(tmp_path))
    first, quote, _, hint, *rest = refused.value.args[1:]
    assert first.endswith(f"linkcheck.toml:1:{quote.index(repr(value)) - 5}: error: {says}")
    assert " ".join((hint, *(line.strip() for line in rest))) == f"    \u2192 {advice}"


def test_a_rule_with_a_severity_is_found_by_its_key(tmp_path: Path) -> None:
    (tmp_path / "linkcheck.toml").write_text("[severity]\nLC2 = 'info'\n\"daed\" = 'off'\n")
    with pytest.raises(UsageError, match=r"linkcheck\.toml:3:1: error: unknown rule `daed`"):
        load(flags={}, environment={}, directory=str(tmp_path))


def test_names_that_exist_are_accepted(tmp_path: Path) -> None:
    (tmp_path / "linkcheck.toml").write_text("select = ['lc2', 'LC201', 'Dead']\nreport = ['text', 'html:x.html']\n")
    assert load(flags={}, environment={}, directory=str(tmp_path)).settings.select == ("lc2", "LC201", "Dead")
