"""Every setting arrives in the options of the steps that it is for: under its own name, or as `ELSEWHERE` says."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from settings import meant

from linkcheck import fetch, judge, plan, validate
from linkcheck.article_urls import MOST_FILES, MOST_FILES_OF_A_HOOK, UrlPattern
from linkcheck.changes import Commit
from linkcheck.changes.git import Repository
from linkcheck.cli.console import ConsoleObserver
from linkcheck.cli.write_reports import report_options, wanted_reports
from linkcheck.config import SETTINGS, Config, Settings
from linkcheck.config.settings import ArchivesTable, CollectionTable, EnvironmentValue, ExcludeTable, HostTable
from linkcheck.errors import UsageError
from linkcheck.judge import RULES
from linkcheck.model import Role, Severity
from linkcheck.pipeline import RunContext
from linkcheck.report import Detail

NOW = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
STEPS = ("run", "discover", "validate", "plan", "article_urls", "fetch", "archives", "judge", "triage")
Places = dict[str, object]
"""Fields of options by their places, such as `fetch.per_host`, each with its value."""

ELSEWHERE: dict[str, Places] = {
    "paths": {"discover.paths": ("9",)},
    "extensions": {"discover.extensions": (".rst",), "article_urls.extensions": (".rst",)},
    "files-from": {"article_urls.most_files": MOST_FILES_OF_A_HOOK},
    "only-articles": {"discover.require_front_matter": True, "article_urls.most_files": MOST_FILES_OF_A_HOOK},
    "base-url": {"judge.own_hosts": ("own.example",)},
    "schema": {"validate.is_configured": True},
    "site-root": {"plan.site_roots": ("9",), "article_urls.roots": ("9",)},
    "untrusted": {"validate.article_schemas": False, "discover.skip_templates": False},
    "allow-address": {"fetch.allow_addresses": ("10.0.0.0/8",)},
    "allow-port": {"fetch.allow_ports": (9,)},
    "resolve": {"fetch.resolve": (("a.example", "127.0.0.1:9"),)},
    "history": {"context.history": Path("9")},
    "report": {"reports.wanted": (("json", None),)},
    "fail-on": {"report.failing": ()},
    "max-problems": {"run.max_problems": 9, "report.most_problems": 9},
    "exit-zero": {"report.failing": ()},
    "quiet": {"report.detail": Detail.QUIET},
    "verbose": {"report.detail": Detail.VERBOSE},
}
"""Where a setting arrives under another name, or as another value."""

CONSTANTS = {
    "fetch": {
        "nat64",
        "image_bytes",
        "page_bytes",
        "backoff",
        "max_retry_after",
        "final_retry",
        "patience",
    },
    "judge": {"title_keys", "date_keys"},
    "article_urls": {"given", "keys"},
}
"""Fields that nobody can set."""
OF_THE_RUN = {
    "discover": {"root", "optional", "survey"},
    "validate": {"root", "read"},
    "plan": {"today", "levels"},
    "article_urls": {"folder", "today"},
    "fetch": {"controls"},
    "judge": {"now", "down_hosts", "dropped_amp", "missing_roots", "missing_folders", "url_fields", "unpublished_pages"},
    "triage": {"today", "rules"},
    "report": {
        *("color", "hyperlinks", "width", "encoding", "is_offline", "base", "root", "rules", "rules_url", "version"),
        *("run_url", "commit", "branch", "config_file"),
    },
    "observer": {"_shown"},
}
"""Fields that the run fills."""
OF_TABLES = {
    "discover": {"named_globs"},
    "validate": {"collections"},
    "plan": {"excludes", "aliases", "missing_aliases"},
    "article_urls": {"patterns"},
    "fetch": {"hosts"},
    "archives": {"timegates", "interval", "concurrency", "save", "save_interval"},
    "judge": {"accept"},
    "triage": {"severities"},
}
"""Fields that the tables of the configuration fill."""


@pytest.fixture(autouse=True)
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "9").mkdir()  # a site root
    monkeypatch.chdir(tmp_path)
    return tmp_path


def context(**fields: object) -> RunContext:
    return RunContext(Config(**{"settings": Settings(), "root": str(Path.cwd()), **fields}), now=lambda: NOW)  # type: ignore[arg-type]


def options_of(settings: Settings) -> dict[str, object]:
    """What each step is given."""
    made = context(settings=settings)
    return {
        **{step: getattr(made, step) for step in STEPS},
        "report": report_options(settings, "text", terminal=False),
        "observer": ConsoleObserver(settings),
    }


def places(settings: Settings) -> Iterator[tuple[str, object]]:
    for step, options in options_of(settings).items():
        names = options.__struct_fields__ if isinstance(options, msgspec.Struct) else vars(options)
        yield from ((f"{step}.{name}", getattr(options, name)) for name in names)
    yield "context.history", context(settings=settings).history
    yield "reports.wanted", wanted_reports(settings)


def arrivals(name: str) -> Places:
    """Where a setting arrives, with what of it."""
    before = dict(places(Settings()))
    settings = replace(Settings(), **{name.replace("-", "_"): meant(name)})
    # A function is made anew each time.
    return {place: value for place, value in places(settings) if value != before[place] and not callable(value)}


@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_arrives_in_its_steps(name: str) -> None:
    field = name.replace("-", "_")
    by_name = {
        place: meant(name)
        for place, _ in places(Settings())
        if place.rpartition(".")[2] == field and not place.startswith("archives.")  # which are set in their table
    }
    expected = by_name | ELSEWHERE.get(name, {})
    assert expected, f"`{name}` arrives nowhere: give the options of a step a field of its name"
    assert arrivals(name) == expected


def test_a_field_of_options_is_a_setting_or_said_to_be_none() -> None:
    set_by_someone = {place for name in SETTINGS for place in arrivals(name)}
    others = {f"{step}.{name}" for group in (CONSTANTS, OF_THE_RUN, OF_TABLES) for step in group for name in group[step]}
    assert set_by_someone | others == {place for place, _ in places(Settings())}
    assert set_by_someone & others == set()


@pytest.mark.parametrize("step", ["run", "discover", "validate", "plan", "fetch", "judge", "triage"])
def test_the_options_of_a_step_start_from_the_defaults_of_the_settings(step: str) -> None:
    fields = msgspec.structs.fields(getattr(context(), step))
    defaults = {field.name: field.default for field in msgspec.structs.fields(Settings)}
    own = {field.name: field.default for field in fields if not field.required and field.name in defaults}
    assert own == {name: defaults[name] for name in own}


HOST: dict[str, tuple[Any, Any]] = {
    "interval": (9.0, 9.0),
    "concurrency": (9, 9),
    "timeout": (9.0, 9.0),
    "headers": ({"Authorization": EnvironmentValue("TOKEN")}, (("Authorization", "s3cret"),)),
    "accept": ((418,), (418,)),
}
"""The keys of a host, each with a value and with what becomes of it."""


@pytest.mark.parametrize("name", HostTable.__struct_fields__)
def test_a_key_of_a_host_arrives_in_the_crawl(name: str) -> None:
    given, expected = HOST[name]
    made = context(hosts={"*.a.example": HostTable(**{name: given})}, environment={"TOKEN": "s3cret"})
    assert made.fetch.hosts == (fetch.HostOptions("*.a.example", **{name: expected}),)


def test_the_accepted_statuses_of_a_host_arrive_in_the_verdicts() -> None:
    assert context(hosts={"a.example": HostTable(accept=(418,))}).judge.accept == (judge.Accept("a.example", (418,)),)


def test_no_header_is_sent_for_an_untrusted_checkout() -> None:
    table = HostTable(headers={"Authorization": EnvironmentValue("TOKEN")})
    made = context(hosts={"a.example": table}, environment={"TOKEN": "s3cret"}, settings=replace(Settings(), untrusted=True))
    assert made.fetch.hosts == (fetch.HostOptions("a.example"),)


EXCLUDE: dict[str, tuple[Any, Any]] = {
    "reason": ("why", "why"),
    "pattern": ("x", "x"),
    "roles": (("amp",), (Role.AMP,)),
    "paths": (("posts/**",), ("site/posts/**",)),
    "until": ("2027-01-31", "2027-01-31"),
}
COLLECTION: dict[str, tuple[Any, dict[str, Any]]] = {
    "paths": (("posts/*.md",), {"globs": ("posts/*.md",)}),
    "name": ("news", {"name": "news"}),
    "schema": ("s.json", {"schema": "site/s.json"}),
    "url": ("/news/:slug/", {}),
}


ARCHIVES: dict[str, object] = {
    "timegates": ("https://archive.example/",),
    "interval": 9.0,
    "concurrency": 9,
    "save": "https://save.example/",
    "save_interval": 9.0,
}


@pytest.mark.parametrize("name", ArchivesTable.__struct_fields__)
def test_a_key_of_the_archives_arrives_in_the_look_up(name: str) -> None:
    made = context(archives=ArchivesTable(**{name: ARCHIVES[name]}))  # type: ignore[arg-type]
    assert made.archives == replace(fetch.ArchiveOptions(), **{name: ARCHIVES[name]})


def test_the_archives_start_from_the_defaults_of_the_table() -> None:
    assert context().archives == fetch.ArchiveOptions()


@pytest.mark.parametrize(
    ("settings", "given", "looks_up"),
    [
        ({}, set(), False),
        ({"archive": True}, set(), True),
        ({"archive": True, "offline": True}, {"archive"}, False),
        ({"archive": True, "since": "main"}, set(), False),
        ({"archive": True, "files_from": "changed"}, set(), False),
        ({"archive": True, "only_articles": True}, set(), False),
        ({"archive": True, "since": "main"}, {"archive"}, True),
    ],
)
def test_copies_are_looked_up_for_changes_and_in_hooks_only_if_the_command_line_says_so(
    settings: dict[str, object], given: set[str], *, looks_up: bool
) -> None:
    made = context(settings=replace(Settings(), **settings), given=frozenset(given))
    assert made.looks_up_copies is looks_up


@pytest.mark.parametrize("name", ExcludeTable.__struct_fields__)
def test_a_key_of_an_exclude_arrives_in_the_plan(workplace: Path, name: str) -> None:
    given, expected = EXCLUDE[name]
    made = context(excludes=(ExcludeTable(**{"reason": "", name: given}),), root=str(workplace / "site"))
    assert made.plan.excludes == (plan.Exclude(**{"reason": "", name: expected}),)
    assert all(isinstance(role, Role) for role in made.plan.excludes[0].roles)


@pytest.mark.parametrize("name", CollectionTable.__struct_fields__)
def test_a_key_of_a_collection_arrives_in_the_validation(workplace: Path, name: str) -> None:
    given, expected = COLLECTION[name]
    made = context(collections=(CollectionTable(**{"paths": (), name: given}),), root=str(workplace / "site"))
    in_full: dict[str, Any] = {key: str(workplace / value) if key == "schema" else value for key, value in expected.items()}
    assert made.validate.collections == (validate.SchemaCollection(**({"name": "", "globs": ()} | in_full)),)


def test_the_url_of_a_collection_is_the_pattern_of_what_its_paths_match(workplace: Path) -> None:
    tables = (CollectionTable(paths=("posts/*.md", "news"), url="/:year/:slug/"), CollectionTable(paths=("docs",)))
    assert context(collections=tables, root=str(workplace / "site")).article_urls.patterns == (
        UrlPattern("/:year/:slug/", "site/posts/*.md"),
        UrlPattern("/:year/:slug/", "site/news"),
    )


def test_a_run_over_files_reads_small_repositories_only(workplace: Path) -> None:
    (workplace / "a.md").touch()
    assert context(settings=Settings(paths=("a.md",))).article_urls.most_files == MOST_FILES_OF_A_HOOK
    assert context(settings=Settings(paths=("a.md", "9"))).article_urls.most_files == MOST_FILES
    assert context().article_urls.most_files == MOST_FILES


def test_the_paths_of_collections_are_where_articles_are_looked_for(workplace: Path) -> None:
    tables = (CollectionTable(paths=("posts/*.md",)), CollectionTable(paths=("news",)))
    found = context(collections=tables, root=str(workplace / "site")).discover
    assert found.named_globs == found.paths == ("site/posts/*.md", "site/news")
    assert context().discover.paths == (".",)


def test_the_site_root_is_told_as_the_working_directory_sees_it(workplace: Path) -> None:
    twice = replace(Settings(), site_root=(str(workplace / "9"), str(workplace), "9"))
    assert context(settings=twice).plan.site_roots == ("9", ".")


def test_the_folders_of_aliases_are_relative_to_the_file_and_a_missing_one_is_a_notice(workplace: Path) -> None:
    (workplace / "site" / "src").mkdir(parents=True)
    made = context(aliases={"~/": "src/", "@/": "none"}, root=str(workplace / "site"))
    assert made.plan.aliases == (plan.Alias("~/", "site/src"),)
    assert made.notices == ("aliases: the folder site/none does not exist, so links that start with @/ are not checked",)


def test_links_may_lead_to_the_top_of_the_repository(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (workplace / "site" / "posts").mkdir(parents=True)
    (workplace / ".git").mkdir()
    monkeypatch.chdir(workplace / "site" / "posts")
    assert (context().top, context().plan.levels) == (str(workplace), 2)


def test_without_a_repository_links_may_lead_to_the_folder_of_the_configuration(
    workplace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (workplace / "site" / "posts").mkdir(parents=True)
    monkeypatch.chdir(workplace / "site" / "posts")
    root = str(workplace / "site")
    assert (context(root=root).top, context(root=root).plan.levels) == (root, 1)
    assert context(root=str(workplace / "other")).top == str(workplace / "site" / "posts")
    assert context(root=root, settings=replace(Settings(), untrusted=True)).top == str(workplace / "site" / "posts")


def test_a_missing_site_root_is_a_notice_if_the_file_names_it_and_an_error_if_the_user_does(workplace: Path) -> None:
    settings = replace(Settings(), site_root=("9", "none"))
    made = context(settings=settings)
    assert made.plan.site_roots == ("9",)
    assert made.notices == ("site-root: the folder none does not exist, so no file is looked up there",)
    with pytest.raises(UsageError, match="the folder none does not exist"):
        _ = context(settings=settings, given=frozenset(("site-root",))).plan


def test_the_proxies_are_those_of_the_environment_where_it_is_named() -> None:
    surroundings = {"HTTPS_PROXY": "http://p.example:9", "NO_PROXY": "q.example"}
    assert context(environment=surroundings).fetch.proxy is None
    named = context(environment=surroundings, settings=replace(Settings(), proxy="env"))
    assert named.fetch.proxy == fetch.Proxies(https="http://p.example:9", direct=("q.example",))


def test_the_severities_arrive_in_triage() -> None:
    made = context(severity={"LC2": "off", "dead": "info"})
    assert made.triage.severities == (("LC2", None), ("dead", Severity.INFO))


def test_the_rules_arrive_in_triage() -> None:
    assert context().triage.rules is RULES


def test_the_moment_of_the_run_arrives_in_its_steps() -> None:
    made = context()
    assert (made.plan.today, made.article_urls.today) == (date(2026, 11, 22),) * 2
    assert made.triage.today == "2026-11-22"
    assert made.judge.now == "2026-11-22T23:30:00Z"


def test_a_run_with_other_settings_keeps_its_clock_and_its_tables() -> None:
    made = context(settings=replace(Settings(), since="main"), severity={"dead": "info"})
    other = made.but(offline=True)
    assert (other.run.offline, other.run.since, other.started) == (True, "main", NOW)
    assert other.triage.severities == (("dead", Severity.INFO),)


def test_the_folders_of_the_run_arrive_in_its_steps(workplace: Path) -> None:
    made = context(root=str(workplace / "site"))
    assert (made.discover.root, made.validate.root) == (str(workplace), str(workplace / "site"))


def test_schemas_are_read_from_the_base_where_there_is_one(workplace: Path) -> None:
    assert context().validate.read is None
    for folder in ("objects", "refs"):
        (workplace / ".git" / folder).mkdir(parents=True)
    (workplace / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    base = Commit(Repository(str(workplace)), "0" * 40, "main")
    assert context(base=base).validate.read is not None


SCOPE = {"paths", "files-from", "since", "offline", "schema", "replay", "resolve", "remap", "nameserver"}
"""Settings that make a run one that looks at something else, so that it is not compared with the others."""


@pytest.mark.parametrize("name", SETTINGS)
def test_runs_are_compared_where_they_look_at_the_same(name: str) -> None:
    settings = replace(Settings(), **{name.replace("-", "_"): meant(name)})
    assert (context(settings=settings).scope != context().scope) == (name in SCOPE)
