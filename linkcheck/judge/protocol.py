"""The interface of a rule's module."""

from collections.abc import Iterator
from typing import Protocol

from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.run_facts import RunFacts
from linkcheck.model import Evidence, RuleMetadata


class Documented(Protocol):
    """A module that states what a rule is; its docstring is its documentation."""

    @property
    def META(self) -> RuleMetadata: ...  # noqa: N802 - a constant of the module


class Rule(Documented, Protocol):
    """A rule that looks at one article."""

    def check(self, evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]: ...


class RunRule(Documented, Protocol):
    """A rule that looks at a run as a whole."""

    def check_run(self, run: RunFacts, options: JudgeOptions) -> Iterator[Issue]: ...
