"""The configuration of a run, resolved once: the options of each step, and those of the run itself."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from linkcheck import discover, judge, plan, triage, validate
from linkcheck.article_urls import ArticleUrlOptions
from linkcheck.changes import Commit
from linkcheck.config import Config, load_former
from linkcheck.pipeline import options
from linkcheck.pipeline.paths import relative
from linkcheck.pipeline.scope import means_of, scope_of
from linkcheck.pipeline.untrusted import is_from_checkout

if TYPE_CHECKING:
    from linkcheck import fetch
    from linkcheck.pipeline.rest_collection import RestCollection


class RunOptions(Struct, frozen=True):
    """The settings that belong to no step: what a run reads, what it stores, and how it ends."""

    paths: tuple[str, ...]
    schema: str | None
    files_from: str | None
    stdin_filename: str | None
    since: str | None
    only_articles: bool
    offline: bool
    jobs: int | None
    max_time: float | None
    remap: tuple[str, ...]
    archive: bool
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
    max_problems: int
    exit_zero: bool
    untrusted: bool

    @property
    def is_hook(self) -> bool:
        """Whether the run is that of a hook or a change, whose author waits for it."""
        return self.is_partial or self.only_articles

    @property
    def is_partial(self) -> bool:
        """Whether the run covers only changed or listed articles."""
        return self.since is not None or self.files_from is not None

    @property
    def named(self) -> tuple[str, ...]:
        """The paths as the user wrote them; the working directory if there are none."""
        return self.paths or (".",)


class RunContext:
    """The configuration of a run. Each part is resolved once, when it is first used.

    `started` is the start time and `now` the clock. `history` is the history file to use. `notices` state which parts of the
    configuration do not apply. `config_file` is the path of the configuration file, relative to the working directory, and
    `base` is the commit that it is read from if the checkout is untrusted. The options of a step raise UsageError for
    values that the step cannot use. `read_schema` reads schemas instead of the disk; if it returns None, the disk is read.
    """

    def __init__(
        self,
        config: Config,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        read_schema: Callable[[Path], bytes | None] | None = None,
    ) -> None:
        self._config = config
        self._read_schema = read_schema
        self.now = now
        self.started = now()
        self.run = options.by_name(RunOptions, config.settings)
        self.base: Commit | None = config.base
        self.history, refused = _history(self.run)
        self.notices = (*config.notices, *refused, *options.missing_folders(config))
        self._began = monotonic()

    def seconds(self) -> float:
        """The duration of the run so far, in seconds."""
        return monotonic() - self._began

    def but(self, **settings: object) -> "RunContext":
        """The same run with other settings."""
        given = self._config.given | {name.replace("_", "-") for name in settings}
        config = replace(self._config, settings=replace(self._config.settings, **settings), given=given)
        return RunContext(config, now=self.now, read_schema=self._read_schema)

    def before(self, commit: Commit, file: str | None) -> "RunContext":
        """The same run with the configuration and the schemas of a commit. Raises UsageError if they are invalid there.

        `file` is the path of the configuration there, if that is not its present one.
        """
        return RunContext(load_former(self._config, commit, file=file), now=self.now)

    @cached_property
    def config_file(self) -> str | None:
        return None if self._config.file is None else relative(self._config.file)

    @cached_property
    def top(self) -> str:
        """The folder that no link to a file may lead out of, absolute."""
        return str(options.top(self._config))

    @cached_property
    def discover(self) -> discover.DiscoverOptions:
        return options.discover_options(self._config)

    @cached_property
    def validate(self) -> validate.ValidateOptions:
        found = options.validate_options(self._config)
        return found if self._read_schema is None else replace(found, read=self._read_schema)

    def is_in_rest(self, path: str, schema: str) -> bool:
        """Whether an article with a schema is in no collection but the one for everything else."""
        return self._rest.has(path, schema)

    @cached_property
    def _rest(self) -> "RestCollection":
        # Imported here, because it takes long to import the inference.
        from linkcheck.pipeline.rest_collection import RestCollection

        return RestCollection(self._config)

    @property
    def former_plan(self) -> plan.PlanOptions:
        """The options of planning, with folders of the site that do not exist: the change under check may have removed
        them.
        """
        return options.plan_options(self._config, started=self.started, is_former=True)

    @cached_property
    def plan(self) -> plan.PlanOptions:
        return options.plan_options(self._config, started=self.started)

    @cached_property
    def article_urls(self) -> ArticleUrlOptions:
        return options.article_url_options(self._config, paths=self.run.named, started=self.started)

    @cached_property
    def archives(self) -> "fetch.ArchiveOptions":
        return options.archive_options(self._config)

    @cached_property
    def fetch(self) -> "fetch.FetchOptions":
        return options.fetch_options(self._config)

    @property
    def looks_up_copies(self) -> bool:
        """Whether copies of dead pages are looked up: for hooks and changes only if the command line specifies it."""
        run = self.run
        return run.archive and not run.offline and (not run.is_hook or "archive" in self._config.given)

    @cached_property
    def judge(self) -> judge.JudgeOptions:
        return options.judge_options(self._config, started=self.started)

    @cached_property
    def triage(self) -> triage.TriageOptions:
        return options.triage_options(self._config, started=self.started)

    @cached_property
    def scope(self) -> str:
        """The scope of the run, see `scope_of`."""
        return scope_of(self._config.settings, self.judge.accept)

    @cached_property
    def means(self) -> Callable[[str], str]:
        """How the responses of a host are obtained, see `means_of`."""
        return means_of(self._config.settings, self.judge)

    @property
    def is_whole(self) -> bool:
        """Whether the run covers all articles of the configuration, so that whatever it does not find does not exist."""
        return not self.run.is_partial and not self._is_narrowed

    @property
    def may_be_all(self) -> bool:
        """Whether the run covers all articles if the change under check touches the configuration or a schema."""
        return self.run.files_from is None and not self._is_narrowed

    @property
    def _is_narrowed(self) -> bool:
        return "paths" in self._config.given and self.run.paths not in ((), (".",), self.discover.named_globs)

    @cached_property
    def proxy_advice(self) -> str | None:
        """What to do about proxy variables that the run does not use; None if a proxy is set or no variable is."""
        return options.proxy_advice(self._config)


def _history(run: RunOptions) -> tuple[Path | None, tuple[str, ...]]:
    """The history to use, and a notice if the specified one is ignored because it is in an untrusted checkout."""
    named = run.history
    if named is None:
        return None, ()
    if run.untrusted and is_from_checkout(named):
        return None, (f"{named} is in the untrusted checkout, so this run does not read or write this history",)
    return Path(named), ()
