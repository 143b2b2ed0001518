"""The options of each step, made from the configuration: a field with the name of a setting gets its value."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from linkcheck import article_urls, discover, judge, plan, triage, validate
from linkcheck.config import Config
from linkcheck.errors import UsageError
from linkcheck.model import Role, Severity
from linkcheck.pipeline.paths import STDIN, relative
from linkcheck.pipeline.untrusted import schema_reader
from linkcheck.repository import find_top
from linkcheck.timestamps import timestamp_of
from linkcheck.urls import InvalidUrl, parse_url

if TYPE_CHECKING:
    from linkcheck import fetch

_T = TypeVar("_T", bound=Struct)


def by_name(kind: type[_T], table: Struct, **others: object) -> _T:
    """Options with the value of every field that `table` has too; `others` take precedence and add the rest."""
    shared = {name: getattr(table, name) for name in kind.__struct_fields__ if name in table.__struct_fields__}
    return kind(**{**shared, **others})


def discover_options(config: Config) -> discover.DiscoverOptions:
    """The paths come from the settings, or else from the collections, or else they are the working directory."""
    settings = config.settings
    globs = tuple(relative(str(Path(config.root, path))) for table in config.collections for path in table.paths)
    return by_name(
        discover.DiscoverOptions,
        settings,
        paths=settings.paths or globs or (".",),
        root=str(Path.cwd()),
        extensions=_extensions(config),
        named_globs=globs,
        require_front_matter=settings.only_articles,
        optional="paths" not in config.given,
        survey=relative(config.root) if globs and not settings.paths and settings.schema is None else None,
        # An untrusted contributor could put articles into a folder with such a name, and they would not be checked.
        skip_templates=not settings.untrusted,
    )


def _extensions(config: Config) -> tuple[str, ...]:
    return tuple(f".{extension.removeprefix('.')}" for extension in config.settings.extensions)


def validate_options(config: Config) -> validate.ValidateOptions:
    settings = config.settings
    return by_name(
        validate.ValidateOptions,
        settings,
        collections=tuple(
            by_name(
                validate.SchemaCollection,
                table,
                globs=table.paths,
                schema=table.schema if table.schema == validate.DEFAULT else str(Path(config.root, table.schema)),
            )
            for table in config.collections
        ),
        root=config.root,
        article_schemas=not settings.untrusted,
        is_configured=config.file is not None or settings.schema is not None,
        read=schema_reader(config.base, named=settings.schema if "schema" in config.given else None),
    )


def plan_options(config: Config, *, started: datetime, is_former: bool = False) -> plan.PlanOptions:
    """With `is_former`, folders that do not exist are kept, because they may have existed."""
    aliases = tuple(plan.Alias(*each) for each in _aliases(config))
    return by_name(
        plan.PlanOptions,
        config.settings,
        site_roots=tuple(map(relative, config.settings.site_root)) if is_former else _site_roots(config),
        aliases=tuple(alias for alias in aliases if is_former or Path(alias.folder).is_dir()),
        missing_aliases=tuple(alias for alias in aliases if not is_former and not Path(alias.folder).is_dir()),
        levels=len(Path.cwd().relative_to(top(config)).parts),
        excludes=tuple(
            by_name(
                plan.Exclude,
                table,
                roles=tuple(Role(role) for role in table.roles),
                paths=tuple(relative(str(Path(config.root, path))) for path in table.paths),
            )
            for table in config.excludes
        ),
        today=started.date(),
    )


def article_url_options(config: Config, *, paths: tuple[str, ...], started: datetime) -> article_urls.ArticleUrlOptions:
    """`paths` are those of the run. A hook passes files, and must not wait for a large repository to be read."""
    settings = config.settings
    is_hook = settings.only_articles or settings.files_from is not None or paths == STDIN or all(map(os.path.isfile, paths))
    globs = ((table.url, relative(str(Path(config.root, path)))) for table in config.collections for path in table.paths)
    return by_name(
        article_urls.ArticleUrlOptions,
        settings,
        folder=Path.cwd().relative_to(top(config)).as_posix(),
        extensions=_extensions(config),
        roots=_site_roots(config),
        patterns=tuple(article_urls.UrlPattern(url, glob) for url, glob in globs if url is not None),
        today=started.date(),
        most_files=article_urls.MOST_FILES_OF_A_HOOK if is_hook else article_urls.MOST_FILES,
    )


def _site_roots(config: Config) -> tuple[str, ...]:
    """The folders that exist. Raises UsageError for one of the command line or the environment that does not."""
    missing = missing_site_roots(config)
    if missing and "site-root" in config.given:
        raise UsageError(f"site-root: the folder {missing[0]} does not exist, so local files cannot be checked")
    roots = dict.fromkeys(relative(folder) for folder in config.settings.site_root)
    return tuple(root for root in roots if root not in missing)


def _aliases(config: Config) -> Iterator[tuple[str, str]]:
    """The prefixes, each with its folder."""
    return ((prefix, relative(str(Path(config.root, folder)))) for prefix, folder in config.aliases.items())


def missing_folders(config: Config) -> Iterator[str]:
    """Notices on folders of the configuration that do not exist."""
    for folder in () if "site-root" in config.given else missing_site_roots(config):
        yield f"site-root: the folder {folder} does not exist, so no file is looked up there"
    for prefix, folder in _aliases(config):
        if not Path(folder).is_dir():
            yield f"aliases: the folder {folder} does not exist, so links that start with {prefix} are not checked"


def missing_site_roots(config: Config) -> tuple[str, ...]:
    return tuple(relative(folder) for folder in config.settings.site_root if not Path(folder).is_dir())


def top(config: Config) -> Path:
    """The folder that no link may lead out of: the repository, or else the folder of the configuration."""
    here = Path.cwd()
    trusted = None if config.settings.untrusted or not here.is_relative_to(config.root) else Path(config.root)
    return find_top(here) or trusted or here


def fetch_options(config: Config) -> "fetch.FetchOptions":
    """Raises UsageError for a header whose environment variable is not set, and for proxies that cannot be used."""
    from linkcheck import fetch

    settings = config.settings
    return by_name(
        fetch.FetchOptions,
        settings,
        allow_addresses=settings.allow_address,
        allow_ports=settings.allow_port,
        proxy=_proxy(config),
        resolve=tuple((host, place) for host, _, place in (text.partition("=") for text in settings.resolve)),
        hosts=tuple(
            by_name(
                fetch.HostOptions,
                table,
                pattern=pattern,
                # The author of an untrusted article chooses the URLs, and can read the responses in the report.
                headers=()
                if settings.untrusted
                else tuple((name, _secret(config, pattern, name, value.env)) for name, value in table.headers.items()),
            )
            for pattern, table in config.hosts.items()
        ),
    )


def archive_options(config: Config) -> "fetch.ArchiveOptions":
    from linkcheck import fetch

    return by_name(fetch.ArchiveOptions, config.archives)


def proxy_advice(config: Config) -> str | None:
    """What to do about proxy variables that the run does not use; None if a proxy is set or no variable is."""
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


def judge_options(config: Config, *, started: datetime) -> judge.JudgeOptions:
    return by_name(
        judge.JudgeOptions,
        config.settings,
        now=timestamp_of(started),
        accept=tuple(judge.Accept(pattern, table.accept) for pattern, table in config.hosts.items() if table.accept),
        own_hosts=_own_hosts(config),
    )


def triage_options(config: Config, *, started: datetime) -> triage.TriageOptions:
    return by_name(
        triage.TriageOptions,
        config.settings,
        today=timestamp_of(started)[:10],
        severities=tuple(
            (selector, None if severity == "off" else Severity(severity)) for selector, severity in config.severity.items()
        ),
        rules=judge.RULES,
    )


def _proxy(config: Config) -> "str | fetch.Proxies | None":
    from linkcheck.fetch.http.proxies import ENVIRONMENT, from_environment

    proxy = config.settings.proxy
    return from_environment(config.environment) if proxy == ENVIRONMENT else proxy


def _own_hosts(config: Config) -> tuple[str, ...]:
    settings = config.settings
    if settings.own_hosts or settings.base_url is None:
        return settings.own_hosts
    try:
        return (parse_url(settings.base_url).host.removeprefix("www."),)
    except InvalidUrl:
        return ()  # plan reports what is wrong with it


def _secret(config: Config, pattern: str, header: str, variable: str) -> str:
    value = config.environment.get(variable)
    if value is None:
        raise UsageError(
            f'{config.file}: [hosts."{pattern}"] reads the header {header} from the environment variable {variable}, '
            "which is not set; set it, or remove the header"
        )
    if any(character < " " or character == "\x7f" for character in value):
        raise UsageError(
            f"the environment variable {variable} contains a line break or control character, which a header cannot contain"
        )
    return value
