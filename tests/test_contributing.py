"""The examples and lists of docs/contributing are what a contributor can use as they are."""

import re
import struct
import sys
from io import StringIO
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any, get_type_hints

import image_samples
import pytest
from sample_runs import empty_run

from linkcheck import report
from linkcheck.config import settings
from linkcheck.config.declaration import Key
from linkcheck.images.view import View
from linkcheck.judge import RULES, registry
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.rule_documentation import HEADINGS
from linkcheck.model import Article, Evidence, Link, LinkResult, Location, Probe, Role, Span, Target, Verdict, VerdictKind

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "docs" / "contributing"


def example(page: str, number: int = 0) -> str:
    """One of the Python examples of a page."""
    found: list[str] = re.findall(r"```python\n(.*?)```", (PAGES / page).read_text("utf-8"), re.DOTALL)
    return found[number]


def module(page: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The first example of a page, which is a whole module."""
    made = ModuleType("example")
    monkeypatch.setitem(sys.modules, "example", made)
    exec(compile(example(page), page, "exec"), vars(made))
    return made


def result(url: str) -> LinkResult:
    link = Link(Location("a.md", Span(2, 9, 2, 9 + len(url)), "/webUrl"), Role.CANONICAL, url)
    return LinkResult(link, Target(url.lower(), Probe.PAGE, "example.com"), Verdict(VerdictKind.OK, "ok"))


def test_the_rule_finds_what_it_describes(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = module("add-a-rule.md", monkeypatch)
    results = tuple(map(result, ("https://Example.com/Story", "https://example.com/Story")))
    issues = list(rule.check(Evidence(Article("a.md"), results=results), JudgeOptions()))
    assert [issue.message for issue in issues] == ["the host name has capital letters: Example.com"]
    assert re.findall(r"^([A-Z][\w ]+):", rule.__doc__, re.MULTILINE) == list(HEADINGS)


def test_the_rule_is_declared_like_the_rules_of_its_hundred(monkeypatch: pytest.MonkeyPatch) -> None:
    meta = module("add-a-rule.md", monkeypatch).META
    assert {meta.basis} == {rule.basis for code, rule in RULES.items() if code[:3] == meta.code[:3]}


def test_the_groups_of_a_hundred_are_those_that_its_rules_are_in() -> None:
    rows = re.findall(r"^\| (LC\d)xx \| [^|]+ \| (.+) \|$", (PAGES / "add-a-rule.md").read_text("utf-8"), re.MULTILINE)
    codes = {
        rule.__name__.rpartition(".")[2]: rule.META.code for rule in registry.all_rules() if isinstance(rule, ModuleType)
    }
    groups: dict[str, set[str]] = {}
    for group, names in registry.MODULES.items():
        for name in names:
            groups.setdefault(codes[name][:3], set()).add(group.name)
    assert {hundred: set(re.findall(r"`(\w+)`", names)) for hundred, names in rows} == groups


def test_the_reporter_has_what_a_reporter_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    reporter = module("add-a-reporter.md", monkeypatch)
    assert reporter.NAME not in report.FORMATS
    assert {"NAME", "SUFFIX", "DESCRIPTION", "write"} <= vars(reporter).keys()
    assert reporter.write(empty_run(), StringIO(), report.ReportOptions()) is None


def test_the_setting_is_a_declaration() -> None:
    made: dict[str, Any] = {}
    exec(f"class Example:\n{example('add-a-setting.md')}", vars(settings), made)
    (hint,) = get_type_hints(made["Example"], include_extras=True).values()
    assert hint == Annotated[float, hint.__metadata__[0]]
    assert isinstance(hint.__metadata__[0], Key)
    assert not vars(made["Example"]).keys() & set(settings.Settings.__struct_fields__)


def test_the_image_format_measures_its_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    farbfeld = module("add-an-image-format.md", monkeypatch)
    made: dict[str, Any] = {**vars(image_samples), "struct": struct}
    exec(example("add-an-image-format.md", 1), made)
    (sample,) = made["farbfelds"]()
    view = View(sample.data, complete=True)
    assert farbfeld.recognize(view) == sample.format
    facts = farbfeld.read(view, sample.format)
    assert (facts.width, facts.height) == sample.shown
    assert farbfeld.MEDIA_TYPES.keys() == farbfeld.EXTENSIONS.keys() == {sample.format}


@pytest.mark.parametrize("page", [pytest.param(page, id=page.name) for page in sorted(PAGES.glob("*.md"))])
def test_a_path_that_a_page_names_exists(page: Path) -> None:
    """Files that an example creates do not exist: they are a rule, a reporter and an image format."""
    created = re.compile(r"upper.case.host|tap\.|farbfeld|RULE")
    paths = re.findall(
        r"(?<![\w./-])(?:linkcheck|tests|docs|schemas|scripts|seeds|benchmarks)/[\w./-]*\w", page.read_text("utf-8")
    )
    assert [path for path in paths if not created.search(path) and not (ROOT / path).exists()] == []
