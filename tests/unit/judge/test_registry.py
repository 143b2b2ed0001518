"""The registry lists every module of `judge/rules` once, each is a whole rule, and rules load when they are needed."""

import inspect
import subprocess
import sys
import typing
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from linkcheck.judge import RULES, JudgeOptions, RunFacts, all_rules, rules
from linkcheck.judge.issue import Issue
from linkcheck.judge.registry import MODULES, Group, run_rules
from linkcheck.model import Evidence, RuleMetadata

FILES = sorted(path.stem for path in Path(rules.__path__[0]).glob("*.py") if path.stem != "__init__")
LISTED = [pytest.param(group, name, id=name) for group in Group for name in MODULES[group]]
OF_ARTICLES = {"evidence": Evidence, "options": JudgeOptions, "return": Iterator[Issue]}
OF_RUNS = {"run": RunFacts, "options": JudgeOptions, "return": Iterator[Issue]}


def module_of(name: str) -> ModuleType:
    return import_module(f"linkcheck.judge.rules.{name}")


def test_every_module_is_listed_once() -> None:
    assert sorted(name for names in MODULES.values() for name in names) == FILES


def test_every_group_lists_its_modules_in_order() -> None:
    assert [group for group in Group if list(MODULES[group]) != sorted(MODULES[group])] == []


@pytest.mark.parametrize(("group", "name"), LISTED)
def test_a_rule_has_what_its_group_calls(group: Group, name: str) -> None:
    module = module_of(name)
    assert isinstance(module.META, RuleMetadata)
    checks = {name: typing.get_type_hints(value) for name, value in vars(module).items() if name in ("check", "check_run")}
    match group:
        case Group.TRIAGE:
            assert checks == {}
        case Group.RUN | Group.RUN_ONLINE:
            assert checks == {"check_run": OF_RUNS}
        case _:
            assert checks == {"check": OF_ARTICLES}


def test_rules_are_listed_by_code_and_looked_up_by_it() -> None:
    listed = [rule.META for rule in all_rules()]
    assert len(listed) == len(FILES)
    assert listed == sorted(listed, key=lambda rule: rule.code)
    assert list(RULES.values()) == listed
    assert len(RULES) == len(listed)
    assert "LC999" not in RULES


def test_the_rules_of_a_run_are_those_of_both_groups() -> None:
    names = [inspect.getmodulename(str(rule.__file__)) for rule in run_rules() if isinstance(rule, ModuleType)]
    assert names == [*MODULES[Group.RUN], *MODULES[Group.RUN_ONLINE]]


LAZY = """
import sys
from linkcheck.judge import RULES
from linkcheck.judge.registry import Group, MODULES, rules_for
from linkcheck.model import FILE_START, Article, Evidence, Location, ParseError, ParseErrorKind

def loaded():
    return {name.rpartition(".")[2] for name in sys.modules if name.startswith("linkcheck.judge.rules.")}

assert loaded() == set(), loaded()
error = ParseError(ParseErrorKind.UNREADABLE, Location("a.md", FILE_START), "cannot be read")
rules_for(Evidence(Article("a.md", parse_errors=(error,))))
assert loaded() == set(MODULES[Group.PROBLEMS]), loaded()
RULES["LC002"]
assert loaded() == set(MODULES[Group.PROBLEMS]), loaded()
RULES["LC201"]
assert loaded() == {name for names in MODULES.values() for name in names}
"""


def test_rules_load_when_there_is_something_for_them() -> None:
    ended = subprocess.run([sys.executable, "-c", LAZY], check=False, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
