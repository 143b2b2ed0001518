"""Every key of the configuration, declared once: its type, default, meaning, option, and what an untrusted file can do.

Plain settings have an option, a key and a variable; tables can be set only in the file. The command-line options
(`cli/options.py`), `schemas/config.schema.json`, the reference page (`scripts/write_reference.py`) and what an untrusted
file can set (`trust`) are derived from these declarations. A setting reaches each step whose options have a field of its
name.
"""

from collections.abc import Mapping
from typing import Annotated

from msgspec import Struct

from linkcheck.changes import Commit
from linkcheck.config.declaration import Key, OptionGroup, Trust, declared
from linkcheck.model import Role

_SEVERITIES = ("error", "warning", "info", "never")
_RULES = {"$ref": "#/definitions/rules"}
_URL = {"pattern": "^https?://[^/]"}


def _from(least: float, most: float | None = None) -> Mapping[str, object]:
    return {"minimum": least} if most is None else {"minimum": least, "maximum": most}


class Settings(Struct, frozen=True, kw_only=True, rename="kebab"):
    """The plain settings. Times are in seconds unless the name contains another unit."""

    # Input. Omitting articles, or validating them against another schema, hides findings.
    paths: Annotated[
        tuple[str, ...],
        Key(
            "Files, folders and globs to check if none are given on the command line",
            default="the paths of the collections, or else the working directory",
        ),
    ] = ()
    files_from: Annotated[
        str | None,
        Key(
            "File that lists the paths to check, one per line or separated by NUL; - is standard input",
            Trust.NEVER,
            OptionGroup.INPUT,
            "FILE",
            more="Paths that do not exist are skipped.",
        ),
    ] = None
    stdin_filename: Annotated[
        str | None,
        Key(
            "Path of the article that is read from standard input with the path -",
            Trust.NEVER,
            OptionGroup.INPUT,
            "PATH",
        ),
    ] = None
    extensions: Annotated[
        tuple[str, ...],
        Key(
            "Extensions of the files to read",
            Trust.NEVER,
            OptionGroup.INPUT,
            "EXT",
            each={"pattern": r"^\.?[^/.,\s]+$", "description": "Use a file extension, such as .md or md."},
        ),
    ] = (".md", ".markdown", ".mdx", ".qmd", ".rmd", ".rmarkdown", ".html")
    exclude_files: Annotated[
        tuple[str, ...],
        Key(
            "Files and folders not to read, as globs",
            Trust.NEVER,
            OptionGroup.INPUT,
            "GLOB",
            more="One without a slash applies at any depth. They apply to given files too.",
            each={"minLength": 1},
        ),
    ] = ()
    gitignore: Annotated[bool, Key("Skip files matched by .gitignore", Trust.OFF, OptionGroup.INPUT)] = True
    only_articles: Annotated[
        bool,
        Key(
            "Skip given files that have no front matter or do not exist; for hooks, which pass every changed file",
            Trust.OFF,
            OptionGroup.INPUT,
        ),
    ] = False
    schema: Annotated[
        str | None,
        Key(
            "JSON Schema for all articles; overrides all other schemas",
            Trust.NEVER,
            OptionGroup.INPUT,
            "FILE",
            default="the schema that comes with linkcheck",
        ),
    ] = None
    base_url: Annotated[
        str | None,
        Key(
            "Base URL for links without a host, such as https://example.com/blog/",
            Trust.NEVER,
            OptionGroup.INPUT,
            "URL",
            each=_URL,
        ),
    ] = None
    own_hosts: Annotated[
        tuple[str, ...],
        Key(
            "Hosts that you manage, such as example.com or *.example.com",
            Trust.NEVER,
            OptionGroup.INPUT,
            "HOST",
            more="On other hosts, findings that only the owner can fix are info or not reported.",
            default="the host of base-url",
            each={
                "pattern": r"^(\*\.)?[^\s/:*@,.][^\s/:*@,]*$",
                "description": "Use one host per entry, example.com or *.example.com, without a scheme, port or path.",
            },
        ),
    ] = ()
    site_root: Annotated[
        tuple[str, ...],
        Key(
            "Folder of the files that the site serves at its root",
            Trust.NEVER,
            OptionGroup.INPUT,
            "DIR",
            more="Images and links without a host are looked up there. Use a list if the site is made from several folders.",
            can_be_one=True,
        ),
    ] = ()
    since: Annotated[
        str | None,
        Key("Fail only for changes since the merge base with this git revision", Trust.NEVER, OptionGroup.INPUT, "REF"),
    ] = None
    # Network. Fewer and slower requests are polite; shorter timeouts would hide dead links as unreachable ones.
    offline: Annotated[bool, Key("Make no network requests", Trust.NEVER, OptionGroup.CRAWL)] = False
    concurrency: Annotated[
        int, Key("Maximum concurrent requests", Trust.LOWER, OptionGroup.CRAWL, "N", each=_from(1, 10_000))
    ] = 32
    per_host: Annotated[
        int, Key("Maximum concurrent requests per host", Trust.LOWER, OptionGroup.CRAWL, "N", each=_from(1, 1_000))
    ] = 2
    interval: Annotated[
        float,
        Key("Minimum delay between requests to a host", Trust.HIGHER, OptionGroup.CRAWL, "SECONDS", each=_from(0, 3_600)),
    ] = 0.25
    connect_timeout: Annotated[
        float,
        Key("Timeout for opening a connection", Trust.NEVER, OptionGroup.REQUEST, "SECONDS", each=_from(0.01, 3_600)),
    ] = 10.0
    timeout: Annotated[
        float,
        Key(
            "Timeout for a whole attempt, redirects included",
            Trust.NEVER,
            OptionGroup.REQUEST,
            "SECONDS",
            each=_from(0.01, 3_600),
        ),
    ] = 30.0
    retries: Annotated[
        int,
        Key(
            "Retries for temporary failures",
            Trust.NEVER,
            OptionGroup.CRAWL,
            "N",
            more="Temporary are timeouts, resets, 5xx and 429.",
            each=_from(0, 20),
        ),
    ] = 3
    max_redirects: Annotated[
        int, Key("Maximum number of redirects to follow", Trust.NEVER, OptionGroup.REQUEST, "N", each=_from(0, 50))
    ] = 10
    max_time: Annotated[
        float | None,
        Key(
            "Time limit for reading articles, and again for requests",
            Trust.LOWER,  # a run that reaches the limit is incomplete, so it does not pass
            OptionGroup.CRAWL,
            "SECONDS",
            more="The rest is skipped.",
            default="no limit",
            each=_from(0),
        ),
    ] = None
    # Identity, trusted certificates, and which addresses can be requested.
    user_agent: Annotated[
        str,
        Key(
            "User-Agent header to send, in ASCII",
            Trust.NEVER,
            OptionGroup.REQUEST,
            "TEXT",
            more="Include a contact address.",
            default="EverydayFrontMatter/VERSION (+https://github.com/everyday-cc)",
            each={"pattern": "^[\\x20-\\x7e]+(?!\\n)$"},
        ),
    ] = ""
    ca_bundle: Annotated[
        str | None, Key("CA certificates to trust in addition to the system's", Trust.NEVER, OptionGroup.REQUEST, "FILE")
    ] = None
    allow_address: Annotated[
        tuple[str, ...],
        Key("Private networks that requests can go to, such as 10.0.0.0/8", Trust.NEVER, OptionGroup.REQUEST, "CIDR"),
    ] = ()
    allow_port: Annotated[
        tuple[int, ...],
        Key(
            "Ports that requests can go to, besides 80 and 443", Trust.NEVER, OptionGroup.REQUEST, "N", each=_from(1, 65_535)
        ),
    ] = ()
    proxy: Annotated[
        str | None,
        Key(
            "HTTP proxy, http://HOST:PORT, or `env` to use HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY",
            Trust.NEVER,
            OptionGroup.REQUEST,
            "URL",
            more="These variables are otherwise ignored. https:// and socks5:// proxies are not supported. The proxy is "
            "then responsible for blocking private addresses.",
            each={"pattern": "^(http://[^/]|env$)"},
        ),
    ] = None
    nameserver: Annotated[
        str | None, Key("DNS server to use", Trust.NEVER, OptionGroup.REQUEST, "ADDR[:PORT]", default="the system's")
    ] = None
    resolve: Annotated[
        tuple[str, ...],
        Key(
            "Use ADDR for HOST instead of a DNS lookup",
            Trust.NEVER,
            OptionGroup.REQUEST,
            "HOST=ADDR",
            each={"pattern": r"^[^=\s]+=[^=\s]+$", "description": "Use the form HOST=ADDRESS."},
        ),
    ] = ()
    remap: Annotated[
        tuple[str, ...],
        Key(
            "Request URLs that start with FROM at TO, such as a preview of the site",
            Trust.NEVER,
            OptionGroup.REQUEST,
            "'FROM TO'",
            more="FROM and TO are URLs. Findings show the URL below FROM. If several apply to a URL, the longest FROM does.",
            each={
                "pattern": r"^\s*\S+\s+\S+\s*$",
                "description": "Use the form FROM TO: two URLs.",
            },
        ),
    ] = ()
    jobs: Annotated[
        int | None,
        Key(
            "Number of processes",
            Trust.NEVER,
            OptionGroup.CRAWL,
            "N",
            default="by the number of articles, links and CPU cores",
            each=_from(1, 256),
        ),
    ] = None
    executor: Annotated[
        str | None,
        Key(
            "Cluster to run on, such as dask://HOST:PORT",
            Trust.NEVER,
            OptionGroup.CRAWL,
            "URL",
            default="processes on this machine",
        ),
    ] = None
    # Files with responses, which are read instead of making requests, or written.
    replay: Annotated[
        str | None,
        Key("Replay all responses from FILE; make no network requests", Trust.NEVER, OptionGroup.REQUEST, "FILE"),
    ] = None
    record: Annotated[
        str | None, Key("Record all responses in FILE, for replay", Trust.NEVER, OptionGroup.REQUEST, "FILE")
    ] = None
    # History
    history: Annotated[str | None, Key("Database of previous runs", Trust.NEVER, OptionGroup.HISTORY, "FILE")] = None
    resume: Annotated[bool, Key("Continue the unfinished run in the history", Trust.NEVER, OptionGroup.HISTORY)] = False
    max_age: Annotated[
        float,
        Key(
            "Reuse successful results that are younger than this",
            Trust.LOWER,
            OptionGroup.HISTORY,
            "DAYS",
            more="0 requests every URL again.",
            each=_from(0),
        ),
    ] = 7.0
    archive: Annotated[
        bool,
        Key(
            "Look up copies of dead pages in web archives",
            Trust.NEVER,
            OptionGroup.CRAWL,
            more="In a configuration file, it does not apply to runs with since or files-from, or to hooks.",
        ),
    ] = False
    # Output
    report: Annotated[
        tuple[str, ...],
        Key(
            "Report to write; without FILE, to standard output",
            Trust.NEVER,
            OptionGroup.REPORT,
            "FORMAT[:FILE]",
            more="`slack:env:NAME` and `webhook:env:NAME` send a report to the URL in an environment variable.",
            default="text",
            each={"pattern": r"^[a-z][a-z0-9-]*(:.+)?$", "description": "Use the form FORMAT or FORMAT:FILE."},
        ),
    ] = ()
    baseline: Annotated[
        str | None, Key("File of accepted findings, which do not fail a run", Trust.NEVER, OptionGroup.BASELINE, "FILE")
    ] = None
    update_baseline: Annotated[
        bool, Key("Accept all current findings and write them to the baseline", Trust.NEVER, OptionGroup.BASELINE)
    ] = False
    select: Annotated[
        tuple[str, ...],
        Key(
            "Apply only these rules, by code or name; LC2 selects all LC2xx",
            Trust.NEVER,
            OptionGroup.COUNT,
            "CODES",
            more="LC001, LC002 and LC004, which report that something was not checked, always apply.",
            each=_RULES,
        ),
    ] = ()
    ignore: Annotated[
        tuple[str, ...],
        Key(
            "Do not apply these rules",
            Trust.NEVER,
            OptionGroup.COUNT,
            "CODES",
            more="They are given as for select. LC001, LC002 and LC004 always apply.",
            each=_RULES,
        ),
    ] = ()
    fail_on: Annotated[
        str, Key("Lowest severity that makes the exit code 1", Trust.STRICTER, OptionGroup.COUNT, choices=_SEVERITIES)
    ] = "error"
    max_problems: Annotated[
        int,
        Key(
            "Number of problems of these severities that still give the exit code 0",
            Trust.LOWER,
            OptionGroup.COUNT,
            "N",
            "A problem is one cause with all its places. Lower the number as the archive improves.",
            each=_from(0),
        ),
    ] = 0
    exit_zero: Annotated[bool, Key("Exit with 0 even if there are findings", Trust.OFF, OptionGroup.COUNT)] = False
    statistics: Annotated[
        bool,
        Key("Print the number of problems of each rule instead of the problems (text)", Trust.YES, OptionGroup.REPORT),
    ] = False
    group_by: Annotated[
        str | None,
        Key(
            "Group problems by the value of a front-matter key, such as author (text, html, markdown, comment, csv)",
            Trust.YES,
            OptionGroup.REPORT,
            "KEY",
            more="`author.name` and the JSON Pointer `/authors/0/name` lead to nested values.",
            each={"minLength": 1},
        ),
    ] = None
    grace_days: Annotated[
        float,
        Key(
            "Days after its date during which an article's own URLs can be missing",
            Trust.LOWER,
            OptionGroup.SCHEDULE,
            "DAYS",
            each=_from(0),
        ),
    ] = 1.0
    strikes: Annotated[
        int,
        Key(
            "Failed runs in a row before unreachable is an error",
            Trust.LOWER,
            OptionGroup.SCHEDULE,
            "N",
            more="They are counted once per day.",
            each=_from(1),
        ),
    ] = 3
    strike_days: Annotated[
        float,
        Key("Minimum number of days that those runs span", Trust.LOWER, OptionGroup.SCHEDULE, "DAYS", each=_from(0)),
    ] = 2.0
    repository_url: Annotated[
        str | None,
        Key(
            "Base URL of links from reports to lines of articles",
            Trust.NEVER,
            OptionGroup.REPORT,
            "URL",
            more="For example https://github.com/me/site/blob/main. `check` and `validate` know it in GitHub Actions, "
            "GitLab and Bitbucket.",
            each=_URL,
        ),
    ] = None
    progress: Annotated[bool, Key("Show progress", Trust.YES, OptionGroup.SCHEDULE)] = True
    # It would hide the notice that parts of the configuration do not apply.
    quiet: Annotated[bool, Key("Show only findings, one per line", Trust.OFF, OptionGroup.REPORT, short="-q")] = False
    verbose: Annotated[
        bool, Key("Also show info, accepted findings, all links and details", Trust.YES, OptionGroup.REPORT, short="-v")
    ] = False
    untrusted: Annotated[
        bool,
        Key("Treat the checkout as untrusted: its configuration can only make checks stricter", Trust.ON, OptionGroup.INPUT),
    ] = False


class CollectionTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[[collections]]`: files that belong together, and their schema."""

    paths: Annotated[tuple[str, ...], Key("Files, folders and globs, relative to this file", whole={"minItems": 1})]
    name: Annotated[str, Key("The name of the collection")] = ""
    schema: Annotated[
        str, Key("The JSON Schema: a file relative to this one", default="default, the schema that comes with linkcheck")
    ] = "default"
    url: Annotated[
        str | None,
        Key(
            "The URLs of the articles on the site, such as /blog/:year/:month/:slug/",
            more="Links to these URLs lead to the articles. Without a placeholder, it is the path above all of them.",
            default="the usual URLs",
            each={"pattern": "^/[^?#]{0,200}$"},
        ),
    ] = None


class ExcludeTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[[exclude]]`: links not to request, and why."""

    reason: Annotated[str, Key("Why these links are not checked; shown with each of them")]
    pattern: Annotated[str | None, Key("A regular expression to search for in the URL", each={"format": "regex"})] = None
    roles: Annotated[
        tuple[str, ...],
        Key("The roles of the links", default="all", each={"enum": [*map(str, Role)]}, whole={"minItems": 1}),
    ] = ()
    paths: Annotated[
        tuple[str, ...], Key("The files, folders and globs of the articles", default="all", whole={"minItems": 1})
    ] = ()
    until: Annotated[
        str | None,
        Key(
            "The last day on which this table applies, such as 2027-01-31",
            more="After that day, it is reported.",
            each={"format": "date"},
        ),
    ] = None


class EnvironmentValue(Struct, frozen=True, forbid_unknown_fields=True):
    """`{env = "NAME"}`: the environment variable that contains a secret."""

    env: Annotated[str, Key("The environment variable with the value", each={"pattern": "^[A-Za-z_][A-Za-z0-9_]*$"})]


class HostTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[hosts."*.example.com"]`: how the matching hosts are requested."""

    interval: Annotated[
        float | None, Key("Minimum number of seconds between two requests", Trust.HIGHER, each=_from(0, 3_600))
    ] = None
    concurrency: Annotated[int | None, Key("Maximum number of concurrent requests", Trust.LOWER, each=_from(1, 1_000))] = (
        None
    )
    timeout: Annotated[float | None, Key("Timeout in seconds for a whole attempt", each=_from(0.01, 3_600))] = None
    headers: Annotated[
        dict[str, EnvironmentValue],
        Key("Headers to send to this host only", more="Their values come from the environment."),
    ] = {}
    accept: Annotated[
        tuple[int, ...],
        Key("Status codes that count as ok, such as 403 for a site that blocks bots", each=_from(100, 999)),
    ] = ()


class ArchivesTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab"):
    """`[archives]`: the web archives that `--archive` and `linkcheck archive` search."""

    timegates: Annotated[
        tuple[str, ...],
        Key(
            "TimeGates of the archives to search, in order, to which the URL of a page is appended",
            more="Any archive or aggregator that implements Memento (RFC 7089).",
            each=_URL,
            whole={"minItems": 1},
        ),
    ] = ("https://web.archive.org/web/",)
    interval: Annotated[
        float, Key("Minimum number of seconds between two look-ups at an archive", Trust.HIGHER, each=_from(0, 3_600))
    ] = 1.0
    concurrency: Annotated[
        int, Key("Maximum number of concurrent look-ups at an archive", Trust.LOWER, each=_from(1, 16))
    ] = 2
    save: Annotated[
        str, Key("Service that saves pages (`linkcheck archive --save`), to which the URL of a page is appended", each=_URL)
    ] = "https://web.archive.org/save/"
    save_interval: Annotated[
        float, Key("Minimum number of seconds between two requests to this service", Trust.HIGHER, each=_from(0, 3_600))
    ] = 10.0


class Config(Struct, frozen=True, kw_only=True):
    """The merged configuration. Its paths are relative to `root`; `file` is the path of the configuration file."""

    settings: Settings
    root: str
    file: str | None = None
    collections: tuple[CollectionTable, ...] = ()
    excludes: tuple[ExcludeTable, ...] = ()
    hosts: dict[str, HostTable] = {}
    severity: dict[str, str] = {}
    aliases: dict[str, str] = {}
    archives: ArchivesTable = ArchivesTable()
    environment: Mapping[str, str] = {}
    base: Commit | None = None
    """The commit that configuration and schemas are read from if the checkout is untrusted, None for the checkout."""
    given: frozenset[str] = frozenset()
    """The settings that were set on the command line or in the environment."""
    notices: tuple[str, ...] = ()
    """Which parts of the configuration do not apply, and why."""


SETTINGS = {each.name: each for each in declared(Settings)}
"""The plain settings by their names in the file."""
PATH_SETTINGS = tuple(name for name, each in SETTINGS.items() if each.key.is_path)
"""Settings whose value is a path: in a configuration file relative to that file, elsewhere to the working directory."""
