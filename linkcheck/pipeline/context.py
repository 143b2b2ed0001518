"""A run's configuration, resolved once: the options of each step, and what the run itself goes by."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from linkcheck import discover, judge, plan, triage, validate
from linkcheck.changes import Commit
from linkcheck.config import Config
from linkcheck.pipeline import options
from linkcheck.pipeline.paths import relative
from linkcheck.pipeline.scope import means_of, scope_of
from linkcheck.pipeline.untrusted import is_from_checkout

if TYPE_CHECKING:
    from linkcheck import fetch


class RunOptions(Struct, frozen=True):
    """The settings that are no step's: what of the archive a run looks at, what it remembers, and how it ends."""

    paths: tuple[str, ...]
    files_from: str | None
    since: str | None
    only_articles: bool
    offline: bool
    max_time: float | None
    resume: bool
    max_age: float
    replay: str | None
    record: str | None
    ca_bundle: str | None
    history: str | None
    baseline: str | None
    update_baseline: bool
    report: tuple[str, ...]
    fail_on: str
    exit_zero: bool
    untrusted: bool

    @property
    def is_partial(self) -> bool:
        """Whether the user chose some articles of the archive by what changed or by a list."""
        return self.since is not None or self.files_from is not None

    @property
    def named(self) -> tuple[str, ...]:
        """The paths as the user wrote them; the working directory where there are none."""
        return self.paths or (".",)


class RunContext:
    """What a run needs to know, each part resolved when it is first needed, and once.

    `started` is the moment of the run and `now` its clock. `history` is the one to use, and `notices` say what of the
    configuration does not apply. `config_file` is the configuration found, as the working directory
    sees it, and `base` the commit that it is taken from in a checkout that is not trusted. The options of a step raise
    UsageError for what the step could not do.
    """

    def __init__(self, config: Config, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._config = config
        self.now = now
        self.started = now()
        self.run = options.by_name(RunOptions, config.settings)
        self.base: Commit | None = config.base
        self.history, refused = _history(self.run)
        self.notices = (*config.notices, *refused)
        self._began = monotonic()

    def seconds(self) -> float:
        """How long the run has taken."""
        return monotonic() - self._began

    def but(self, **settings: object) -> "RunContext":
        """The same run with other settings."""
        return RunContext(replace(self._config, settings=replace(self._config.settings, **settings)), now=self.now)

    @cached_property
    def config_file(self) -> str | None:
        return None if self._config.file is None else relative(self._config.file)

    @cached_property
    def discover(self) -> discover.DiscoverOptions:
        return options.discover_options(self._config)

    @cached_property
    def validate(self) -> validate.ValidateOptions:
        return options.validate_options(self._config)

    @cached_property
    def plan(self) -> plan.PlanOptions:
        return options.plan_options(self._config, started=self.started)

    @cached_property
    def fetch(self) -> "fetch.FetchOptions":
        return options.fetch_options(self._config)

    @cached_property
    def judge(self) -> judge.JudgeOptions:
        return options.judge_options(self._config, started=self.started)

    @cached_property
    def triage(self) -> triage.TriageOptions:
        return options.triage_options(self._config, started=self.started)

    @cached_property
    def scope(self) -> str:
        """What the run looks at: runs of one scope are compared with each other, and resumed."""
        return scope_of(self._config.settings, self.judge.accept)

    @cached_property
    def means(self) -> Callable[[str], str]:
        """How the answers of a host are obtained, see `means_of`."""
        return means_of(self._config.settings, self.judge)

    @property
    def is_whole(self) -> bool:
        """Whether the run looks at everything there is, so that what it does not meet is not there."""
        return not self.run.is_partial and self.run.paths in ((), (".",), self.discover.named_globs)

    @cached_property
    def proxy_advice(self) -> str | None:
        """What to do about proxies that variables name, where the run was told of none; None where it was, or none is."""
        return options.proxy_advice(self._config)


def _history(run: RunOptions) -> tuple[Path | None, tuple[str, ...]]:
    """The history to use, and the notice where the one named is not: it may have come with an untrusted checkout."""
    named = run.history
    if named is None:
        return None, ()
    if run.untrusted and is_from_checkout(named):
        return None, (f"{named} is in the untrusted checkout, so this run does not read or write this history",)
    return Path(named), ()
