"""The options of each step, out of the configuration. Nobody is handed the whole of it."""

import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from linkcheck import discover, judge, plan, triage, validate
from linkcheck.config import Config
from linkcheck.errors import UsageError
from linkcheck.model import Role, Severity
from linkcheck.pipeline.untrusted import schema_reader
from linkcheck.timestamps import timestamp_of
from linkcheck.urls import InvalidUrl, parse_url

if TYPE_CHECKING:
    from linkcheck import fetch


def scope_of(config: Config) -> str:
    """What a run looks at: runs of one scope are compared with each other, and resumed."""
    settings = config.settings
    accept = sorted((pattern, table.accept) for pattern, table in config.hosts.items() if table.accept)
    parts = (
        settings.paths,
        settings.files_from,
        settings.since,
        settings.offline,
        settings.schema,
        *((settings.replay is not None, settings.resolve, settings.nameserver, accept) if not settings.offline else ()),
    )
    return msgspec.json.encode(parts).decode()


def means_of(config: Config) -> Callable[[str], str]:
    """How the answers of a host are obtained: '' for the web as everybody sees it.

    What is obtained otherwise (out of a file, from other addresses or names, with statuses accepted) is no news of it.
    """
    settings = config.settings
    words = (
        *(("replay",) if settings.replay is not None else ()),
        *(f"resolve={text}" for text in sorted(settings.resolve)),
        *((f"nameserver={settings.nameserver}",) if settings.nameserver is not None else ()),
    )
    options = judge_options(config, now=datetime.now(UTC))

    @lru_cache(maxsize=1024)
    def means(host: str) -> str:
        accepted = ",".join(map(str, sorted(judge.accepted(host, options))))
        return " ".join((*words, f"accept={accepted}") if accepted else words)

    return means


def is_whole(config: Config) -> bool:
    """Whether a run looks at everything there is, so that what it does not meet is not there."""
    settings = config.settings
    return settings.since is None and settings.files_from is None and settings.paths in ((), (".",), collected(config))


def discover_options(config: Config, *, paths: tuple[str, ...] | None = None) -> discover.DiscoverOptions:
    """`paths` are those of `--files-from`; without it those of the settings, of the collections, or all."""
    settings = config.settings
    globs = collected(config)
    return discover.DiscoverOptions(
        paths=paths if paths is not None else settings.paths or globs or (".",),
        root=str(Path.cwd()),
        extensions=extensions_of(config),
        named_globs=globs,
        gitignore=settings.gitignore,
        only_led=settings.only_articles,
    )


def extensions_of(config: Config) -> tuple[str, ...]:
    """The extensions of the files looked into, each with its dot."""
    return tuple(f".{extension.removeprefix('.')}" for extension in config.settings.extensions)


def validate_options(config: Config) -> validate.ValidateOptions:
    return validate.ValidateOptions(
        schema=config.settings.schema,
        collections=tuple(
            validate.SchemaCollection(
                table.name,
                table.paths,
                table.schema if table.schema == validate.DEFAULT else str(Path(config.root, table.schema)),
            )
            for table in config.collections
        ),
        root=config.root,
        article_schemas=not config.settings.untrusted,
        read=schema_reader(config),
    )


def plan_options(config: Config, *, today: datetime) -> plan.PlanOptions:
    settings = config.settings
    if settings.site_root is not None and not Path(settings.site_root).is_dir():
        raise UsageError(
            f"site-root: there is no folder {relative(settings.site_root)}, so no file of the site can be looked up"
        )
    return plan.PlanOptions(
        base_url=settings.base_url,
        site_root=None if settings.site_root is None else relative(settings.site_root),
        excludes=tuple(
            plan.Exclude(
                reason=table.reason,
                pattern=table.pattern,
                roles=tuple(Role(role) for role in table.roles),
                paths=tuple(relative(str(Path(config.root, path))) for path in table.paths),
                until=table.until,
            )
            for table in config.excludes
        ),
        offline=settings.offline,
        today=today.date(),
    )


def fetch_options(config: Config) -> "fetch.FetchOptions":
    from linkcheck import fetch

    settings = config.settings
    return fetch.FetchOptions(
        concurrency=settings.concurrency,
        per_host=settings.per_host,
        interval=settings.interval,
        connect_timeout=settings.connect_timeout,
        timeout=settings.timeout,
        retries=settings.retries,
        max_redirects=settings.max_redirects,
        max_time=settings.max_time,
        user_agent=settings.user_agent,
        ca_bundle=settings.ca_bundle,
        allow_addresses=settings.allow_address,
        allow_ports=settings.allow_port,
        proxy=_proxy(config),
        nameserver=settings.nameserver,
        resolve=tuple((host, place) for host, _, place in (text.partition("=") for text in settings.resolve)),
        jobs=settings.jobs,
        executor=settings.executor,
        replay=settings.replay,
        record=settings.record,
        hosts=tuple(
            fetch.HostOptions(
                pattern=pattern,
                interval=table.interval,
                concurrency=table.concurrency,
                timeout=table.timeout,
                # Whoever writes an untrusted article chooses the URLs, and reads the report on what they answer.
                headers=()
                if settings.untrusted
                else tuple((name, _secret(config, pattern, name, value.env)) for name, value in table.headers.items()),
                accept=table.accept,
            )
            for pattern, table in config.hosts.items()
        ),
    )


def _proxy(config: Config) -> "str | fetch.Proxies | None":
    from linkcheck.fetch.http.proxies import ENVIRONMENT, from_environment

    proxy = config.settings.proxy
    return from_environment(config.environment) if proxy == ENVIRONMENT else proxy


def unused_proxies(config: Config) -> str | None:
    """What to do about proxies that variables name, where the run was told of none; None where it was, or none is."""
    from linkcheck.fetch.http.proxies import from_environment, set_variables

    names = set_variables(config.environment)
    if config.settings.proxy is not None or not names:
        return None
    try:
        from_environment(config.environment)
    except UsageError as error:
        return str(error)
    verb = "is" if len(names) == 1 else "are"
    return f"{' and '.join(names)} {verb} set but not used: run with --proxy env to request through that proxy"


def judge_options(
    config: Config,
    *,
    now: datetime,
    down_hosts: frozenset[str] = frozenset(),
    dropped_amp: Mapping[str, judge.AmpCount] | None = None,
) -> judge.JudgeOptions:
    return judge.JudgeOptions(
        now=timestamp_of(now),
        accept=tuple(judge.Accept(pattern, table.accept) for pattern, table in config.hosts.items() if table.accept),
        down_hosts=down_hosts,
        dropped_amp={} if dropped_amp is None else dict(dropped_amp),
        grace_days=config.settings.grace_days,
        base_url=config.settings.base_url,
        own_hosts=_own_hosts(config),
    )


def _own_hosts(config: Config) -> tuple[str, ...]:
    settings = config.settings
    if settings.own_hosts or settings.base_url is None:
        return settings.own_hosts
    try:
        return (parse_url(settings.base_url).host.removeprefix("www."),)
    except InvalidUrl:
        return ()  # the plan says what is wrong with it


def triage_options(config: Config, *, now: datetime) -> triage.TriageOptions:
    settings = config.settings
    return triage.TriageOptions(
        today=timestamp_of(now)[:10],
        select=settings.select,
        ignore=settings.ignore,
        severities=tuple(
            (selector, None if severity == "off" else Severity(severity)) for selector, severity in config.severity.items()
        ),
        rules=judge.RULES,
        strikes=settings.strikes,
        strike_days=settings.strike_days,
    )


def relative(path: str) -> str:
    """A path as the working directory sees it, `/` between parts: the way articles are named everywhere."""
    return os.path.relpath(path).replace(os.sep, "/")


def collected(config: Config) -> tuple[str, ...]:
    return tuple(relative(str(Path(config.root, path))) for table in config.collections for path in table.paths)


def _secret(config: Config, pattern: str, header: str, variable: str) -> str:
    value = config.environment.get(variable)
    if value is None:
        raise UsageError(
            f'{config.file}: [hosts."{pattern}"] takes the header {header} from the environment variable {variable}, '
            "which is not set; set it, or remove the header"
        )
    if any(character < " " or character == "\x7f" for character in value):
        raise UsageError(f"the environment variable {variable} has a line break or control character: no header can hold it")
    return value
