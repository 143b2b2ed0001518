"""What a module must have to be a rule."""

from collections.abc import Iterator
from typing import Protocol

from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.run_facts import RunFacts
from linkcheck.model import Evidence, Severity


class Documented(Protocol):
    """A module with a rule's names; its docstring is its documentation.

    `SEVERITY` is what its findings have by default, but for faults that bring a milder one of their own.
    """

    @property
    def CODE(self) -> str: ...  # noqa: N802 - a constant of the module

    @property
    def NAME(self) -> str: ...  # noqa: N802 - a constant of the module

    @property
    def SEVERITY(self) -> Severity: ...  # noqa: N802 - a constant of the module


class Rule(Documented, Protocol):
    """A rule that looks at one article."""

    def check(self, evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]: ...


class RunRule(Documented, Protocol):
    """A rule that looks at a run as a whole."""

    def check_run(self, run: RunFacts, options: JudgeOptions) -> Iterator[Issue]: ...
