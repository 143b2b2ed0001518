"""A run, as reporters see it."""

from collections.abc import Iterator
from typing import Protocol

from msgspec import Struct

from linkcheck.model.article import Article
from linkcheck.model.finding import Finding, Severity
from linkcheck.model.link import Link
from linkcheck.model.outcome import Hop, Outcome
from linkcheck.model.problem import Problem
from linkcheck.model.target import Skip, Target
from linkcheck.model.verdict import Verdict, VerdictKind


class Comparison(Struct, frozen=True):
    """The numbers of problems of severity error and warning by what changed since the last complete run of the scope.

    `fixed` excludes problems with targets that were not requested, refused or did not respond. `severities` are the same
    numbers by change and severity; the severity of a fixed problem is that of the last run. They also count the problems
    that could not be checked (`not-checked`), those of `still` that the last run could not check (`again`), and how many
    articles more have problems that were there (`more-articles`).
    """

    since: str
    """When the last run started, RFC 3339."""
    new: int
    fixed: int
    still: int
    worse: int = 0
    severities: dict[str, dict[Severity, int]] = {}

    def of(self, change: str, severity: Severity) -> int:
        return self.severities.get(change, {}).get(severity, 0)

    @property
    def not_checked(self) -> int:
        return sum(self.severities.get("not-checked", {}).values())


class Summary(Struct, frozen=True):
    """The counts of a run.

    `complete` is false if something that should have been checked was not; `incomplete_because` is then the reason, in one
    sentence. `verdicts` and `findings` have every kind, zeros included. `findings` counts the open ones; `accepted`,
    `unchanged` and `ignored` the others. `not_checked` maps a reason (`excluded by ...`, `offline`) to the number of links.
    `reused` are outcomes taken from the history.
    """

    started: str
    seconds: float
    complete: bool
    articles: int
    links: int
    targets: int
    requests: int
    verdicts: dict[VerdictKind, int]
    findings: dict[Severity, int]
    accepted: int = 0
    unchanged: int = 0
    ignored: int = 0
    reused: int = 0
    skipped_files: int = 0
    """Files found that do not start with front matter."""
    empty_files: int = 0
    """Files found whose front matter is empty or only comments."""
    excluded_files: int = 0
    """Files and folders that `exclude-files` left out."""
    skipped_folders: tuple[str, ...] = ()
    """Folders of templates, vendored packages and output, which are not read unless they are given."""
    skipped_partials: tuple[str, ...] = ()
    """Files that are parts or templates of articles, which are not read unless they are given."""
    symbolic_links: int = 0
    """Symbolic links found in folders, which are not followed."""
    special_files: int = 0
    """Pipes, sockets and devices found in folders."""
    not_checked: dict[str, int] = {}
    incomplete_because: str | None = None
    empty_because: str | None = None
    """Why it is correct that there are no articles, such as `no articles changed`; None if there are some."""
    notices: tuple[str, ...] = ()
    """Things the user should know: an exclude that matched nothing, a widened `--since`."""
    comparison: Comparison | None = None
    problems: dict[Severity, int] = {}
    """The open problems, zeros included; empty for a run that was recorded without them."""


class TargetRecord(Struct, frozen=True):
    """A target with its verdict and outcome. `outcome` is None if it was not requested."""

    target: Target
    verdict: Verdict
    outcome: Outcome | None = None


class LinkRecord(Struct, frozen=True):
    """A link with its verdict. `skip` is the reason why it was not requested, None if it was.

    `chain` are the redirects that were followed and the answer they led to, if any; empty where there were none.
    """

    link: Link
    target: Target
    verdict: Verdict
    skip: Skip | None = None
    chain: tuple[Hop, ...] = ()


class HostRecord(Struct, frozen=True):
    """A host with its targets counted by verdict (only kinds found), requests, and seconds per answered target."""

    host: str
    verdicts: dict[VerdictKind, int]
    requests: int
    mean_seconds: float
    slowest_seconds: float


class RunRecord(Struct, frozen=True):
    """A recorded run of a scope, for a trend. `problems` are the open ones by severity."""

    number: int
    started: str
    complete: bool
    problems: dict[Severity, int]
    comparison: Comparison | None = None


class Run(Protocol):
    """A recorded run, read row by row so that reports of any length need little memory.

    Every iterator can be created again. Orders: targets by URL and probe; links and findings by path, line, column;
    hosts by name; problems by the place of their first finding.
    """

    def summary(self) -> Summary: ...

    def targets(self) -> Iterator[TargetRecord]: ...

    def links(self) -> Iterator[LinkRecord]: ...

    def findings(self) -> Iterator[Finding]: ...

    def problems(self) -> Iterator[Problem]: ...

    def places(self, problem: Problem) -> Iterator[Finding]:
        """The findings of a problem, in order."""

    def runs(self) -> Iterator[RunRecord]:
        """The runs of the same scope up to this one, in order; none if there is no history."""

    def hosts(self) -> Iterator[HostRecord]: ...

    def articles(self) -> Iterator[Article]: ...
