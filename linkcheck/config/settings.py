"""What can be asked for: the plain settings with their defaults, the tables of the file, and both together.

What a stranger's file may do with each of them stands in `trust`.
"""

from collections.abc import Mapping

import msgspec
from msgspec import Struct

from linkcheck.changes import Commit


class Settings(Struct, frozen=True, kw_only=True, rename="kebab"):
    """The plain settings, with their defaults. Times in seconds unless the name says otherwise."""

    # What is looked at
    paths: tuple[str, ...] = ()
    files_from: str | None = None
    extensions: tuple[str, ...] = (".md", ".markdown", ".mdx", ".html")
    gitignore: bool = True
    only_articles: bool = False
    schema: str | None = None
    base_url: str | None = None
    own_hosts: tuple[str, ...] = ()
    site_root: str | None = None
    since: str | None = None
    # What is asked of the web
    offline: bool = False
    concurrency: int = 32
    per_host: int = 2
    interval: float = 0.25
    connect_timeout: float = 10.0
    timeout: float = 30.0
    retries: int = 3
    max_redirects: int = 10
    max_time: float | None = None
    user_agent: str = ""
    ca_bundle: str | None = None
    allow_address: tuple[str, ...] = ()
    allow_port: tuple[int, ...] = ()
    proxy: str | None = None
    nameserver: str | None = None
    resolve: tuple[str, ...] = ()
    jobs: int | None = None
    executor: str | None = None
    replay: str | None = None
    record: str | None = None
    # What is remembered
    history: str | None = None
    resume: bool = False
    max_age: float = 7.0
    """Days for which a good outcome in the history is taken for granted; 0 asks everything again."""
    # What is said
    report: tuple[str, ...] = ()
    baseline: str | None = None
    update_baseline: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str = "error"
    exit_zero: bool = False
    grace_days: float = 1.0
    strikes: int = 3
    strike_days: float = 2.0
    repository_url: str | None = None
    progress: bool = True
    quiet: bool = False
    verbose: bool = False
    untrusted: bool = False


class CollectionTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[[collections]]`: which files belong together, and which schema governs them."""

    paths: tuple[str, ...]
    name: str = ""
    schema: str = "default"


class ExcludeTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[[exclude]]`: links not to ask, and why."""

    reason: str
    pattern: str | None = None
    roles: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    until: str | None = None


class EnvironmentValue(Struct, frozen=True, forbid_unknown_fields=True):
    """`{env = "NAME"}`: a secret is named in the file and lives in the environment."""

    env: str


class HostTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[hosts."*.example.com"]`: how some hosts are asked."""

    interval: float | None = None
    concurrency: int | None = None
    timeout: float | None = None
    headers: dict[str, EnvironmentValue] = {}
    accept: tuple[int, ...] = ()


class Config(Struct, frozen=True, kw_only=True):
    """Everything asked for. `root` is the folder paths in the configuration are relative to; `file` where it was found."""

    settings: Settings
    root: str
    file: str | None = None
    collections: tuple[CollectionTable, ...] = ()
    excludes: tuple[ExcludeTable, ...] = ()
    hosts: dict[str, HostTable] = {}
    severity: dict[str, str] = {}
    environment: Mapping[str, str] = {}
    base: Commit | None = None
    """The commit that configuration and schemas are taken from where the checkout is not trusted, None for the checkout."""
    schema_named: bool = False
    """Whether the user named the schema, on the command line or in the environment."""
    notices: tuple[str, ...] = ()
    """What of the configuration does not apply, and why."""


SETTINGS = tuple(field.encode_name for field in msgspec.structs.fields(Settings))
"""The names of the plain settings, as in the file."""
PATH_SETTINGS = ("files-from", "schema", "site-root", "ca-bundle", "replay", "record", "history", "baseline")
"""Settings that name a file: in a configuration file they are relative to it, elsewhere to the working directory."""
