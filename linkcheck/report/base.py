"""What a reporter is, and its options."""

from enum import IntEnum
from typing import Protocol, TextIO

from msgspec import Struct

from linkcheck.model import Run, Severity


class Detail(IntEnum):
    """The level of detail of a report for people."""

    QUIET = 0
    """One line per finding, nothing else."""
    NORMAL = 1
    VERBOSE = 2
    """Also info, accepted findings, every link, and the facts behind each finding."""


class RuleHelp(Struct, frozen=True):
    """A rule's documentation: `summary` is one line, `text` the whole of it (Markdown), `topics` what it is about."""

    code: str
    name: str
    summary: str
    text: str
    topics: tuple[str, ...] = ()


class ReportOptions(Struct, frozen=True, kw_only=True):
    """How a report should look; nothing here changes what was found.

    `color` and `hyperlinks` are for terminals only (OSC 8). `width` is in terminal cells, `encoding`
    what the terminal can show (None: everything); the output is UTF-8 in any case. `repository_url` is the address
    under which the repository's files can be read (`https://github.com/o/r/blob/main`), or a pattern with `{path}` and
    `{line}`; `base` is the working directory as seen from the repository's root (empty at the root), and `root` the working
    directory itself, absolute, for links to local files. `rules` documents the codes, `rules_url` is a pattern with
    `{code}` or `{anchor}` (`lc201-dead`) for pages about them. `run_url` is the address of the CI job, `commit` and
    `branch` are what it checks, `config_file` is the path of the configuration file. Open findings of the severities in
    `failing` make the exit code 1, if there are more than `most_problems`. `statistics` replaces problems by their
    numbers, in text. `group_by` is the front-matter key whose values group problems. `version` is linkcheck's. A command
    that makes no requests (`is_offline`) does not list the links that it does not request.
    """

    color: bool = False
    hyperlinks: bool = False
    width: int = 100
    encoding: str | None = None
    detail: Detail = Detail.NORMAL
    is_offline: bool = False
    repository_url: str | None = None
    run_url: str | None = None
    commit: str | None = None
    branch: str | None = None
    config_file: str | None = None
    failing: tuple[Severity, ...] = (Severity.ERROR,)
    most_problems: int = 0
    statistics: bool = False
    group_by: str | None = None
    base: str = ""
    root: str = ""
    rules: tuple[RuleHelp, ...] = ()
    rules_url: str | None = None
    version: str = ""


class Reporter(Protocol):
    """A format: a module with these names.

    `write` reads the run row by row and keeps no more than one article's rows, so that a run of any length needs little
    memory. It shows every finding it receives: triage has decided which count.
    """

    @property
    def NAME(self) -> str:  # noqa: N802 - a module's constant
        """Its name for `--report`; also the module's name."""

    @property
    def SUFFIX(self) -> str:  # noqa: N802 - a module's constant
        """How its files usually end, dot included."""

    @property
    def DESCRIPTION(self) -> str:  # noqa: N802 - a module's constant
        """What it is for, in one line."""

    def write(self, run: Run, stream: TextIO, options: ReportOptions) -> None: ...
