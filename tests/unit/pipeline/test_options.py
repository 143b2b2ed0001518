"""What becomes of settings that depend on each other: which of two takes effect, and what is refused."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from stored_commit import StoredCommit

from linkcheck import fetch, judge, plan, validate
from linkcheck.config import Config, Settings
from linkcheck.config.settings import CollectionTable, EnvironmentValue, HostTable
from linkcheck.errors import UsageError
from linkcheck.pipeline import options

NOW = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
NEWS = (CollectionTable(paths=("news/*.md", "blog")),)


def config(settings: Settings | None = None, **fields: object) -> Config:
    return Config(**{"settings": settings or Settings(), "root": str(Path.cwd()), **fields})  # type: ignore[arg-type]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("paths", "collections", "expected"),
    [
        pytest.param((), (), (".",), id="nothing: the working directory"),
        pytest.param(("a.md",), (), ("a.md",), id="paths"),
        pytest.param((), NEWS, ("news/*.md", "blog"), id="collections"),
        pytest.param(("a.md",), NEWS, ("a.md",), id="paths take precedence over collections"),
    ],
)
def test_the_paths_of_a_run(
    paths: tuple[str, ...], collections: tuple[CollectionTable, ...], expected: tuple[str, ...]
) -> None:
    found = options.discover_options(config(Settings(paths=paths), collections=collections))
    assert found.paths == expected
    assert found.named_globs == (("news/*.md", "blog") if collections else ())


@pytest.mark.usefixtures("here")
def test_an_extension_is_written_with_or_without_its_dot() -> None:
    assert options.discover_options(config(Settings(extensions=("md", ".rst", "tar.gz")))).extensions == (
        *(".md", ".rst", ".tar.gz"),
    )


def test_aliases_of_folders_that_do_not_exist_are_kept_apart_unless_they_may_have_existed(here: Path) -> None:
    (here / "src").mkdir()
    both = (plan.Alias("~/", "src"), plan.Alias("@/", "gone"))
    given = config(aliases={each.prefix: each.folder for each in both})
    found = options.plan_options(given, started=NOW)
    assert (found.aliases, found.missing_aliases) == (both[:1], both[1:])
    former = options.plan_options(given, started=NOW, is_former=True)
    assert (former.aliases, former.missing_aliases) == (both, ())


def test_the_default_schema_of_a_collection_is_not_a_path(here: Path) -> None:
    tables = (
        CollectionTable(paths=("a",), schema=validate.DEFAULT),
        CollectionTable(paths=("b",), schema="s.json"),
        CollectionTable(paths=("c",), schema=str(here / "c.json")),
    )
    found = options.validate_options(config(root=str(here / "site"), collections=tables)).collections
    assert [each.schema for each in found] == [validate.DEFAULT, str(here / "site" / "s.json"), str(here / "c.json")]


@pytest.mark.parametrize("named", [True, False])
def test_a_schema_that_the_base_lacks_is_read_only_if_the_user_named_it(here: Path, named: bool) -> None:  # noqa: FBT001
    given = config(Settings(schema="new.json"), base=StoredCommit({}), given=frozenset({"schema"} if named else ()))
    read = options.validate_options(given).read
    assert read is not None
    if named:
        assert read(here / "new.json") is None
    else:
        with pytest.raises(FileNotFoundError):
            read(here / "new.json")


@pytest.mark.parametrize(
    ("own_hosts", "base_url", "expected"),
    [
        pytest.param((), None, (), id="neither"),
        pytest.param(("a.example",), None, ("a.example",), id="own hosts"),
        pytest.param((), "https://b.example/blog/", ("b.example",), id="the host of the base URL"),
        pytest.param((), "https://www.b.example/", ("b.example",), id="the host of the base URL without www"),
        pytest.param((), "https://www.www.example/", ("www.example",), id="one www only"),
        pytest.param(("a.example",), "https://b.example/", ("a.example",), id="own hosts, whatever the base URL is"),
        pytest.param(("www.a.example",), None, ("www.a.example",), id="own hosts as they are written"),
        pytest.param((), "https://b.example:99999/", (), id="a base URL that is invalid"),
    ],
)
@pytest.mark.usefixtures("here")
def test_the_hosts_that_are_the_users_own(
    own_hosts: tuple[str, ...], base_url: str | None, expected: tuple[str, ...]
) -> None:
    given = config(Settings(own_hosts=own_hosts, base_url=base_url))
    assert options.judge_options(given, started=NOW).own_hosts == expected


@pytest.mark.usefixtures("here")
def test_only_hosts_with_accepted_statuses_are_in_the_list_of_them() -> None:
    hosts = {"a.example": HostTable(interval=3.0), "b.example": HostTable(accept=(403, 418)), "c.example": HostTable()}
    found = options.judge_options(config(hosts=hosts), started=NOW).accept
    assert found == (judge.Accept("b.example", (403, 418)),)


def headers_with(value: str | None) -> tuple[tuple[str, str], ...]:
    table = HostTable(headers={"X-Token": EnvironmentValue("TOKEN")})
    environment = {} if value is None else {"TOKEN": value}
    (host,) = options.fetch_options(config(hosts={"a.example": table}, environment=environment, file="linkcheck.toml")).hosts
    return host.headers


@pytest.mark.parametrize("value", ["s3cret", "", "a b", "a~", "\xe9", "\x80"])
@pytest.mark.usefixtures("here")
def test_a_secret_is_what_the_variable_contains(value: str) -> None:
    assert headers_with(value) == (("X-Token", value),)


@pytest.mark.parametrize("value", ["a\nb", "a\r", "\x00", "a\tb", "\x1f", "\x7f"])
@pytest.mark.usefixtures("here")
def test_a_secret_with_a_control_character_is_refused_and_not_shown(value: str) -> None:
    with pytest.raises(UsageError) as caught:
        headers_with(value)
    assert str(caught.value) == (
        "the environment variable TOKEN contains a line break or control character, which a header cannot contain"
    )


@pytest.mark.usefixtures("here")
def test_a_secret_that_is_not_set_is_named_with_its_place() -> None:
    with pytest.raises(UsageError) as caught:
        headers_with(None)
    assert str(caught.value) == (
        'linkcheck.toml: [hosts."a.example"] reads the header X-Token from the environment variable TOKEN, '
        "which is not set; set it, or remove the header"
    )


ADVICE = "set but not used: run with --proxy env to request through that proxy"


@pytest.mark.parametrize(
    ("environment", "proxy", "expected"),
    [
        pytest.param({}, None, None, id="no variable"),
        pytest.param({"http_proxy": "http://p:9"}, None, f"http_proxy is {ADVICE}", id="one variable"),
        pytest.param(
            {"HTTP_PROXY": "http://p:9", "HTTPS_PROXY": "http://p:9"},
            None,
            f"HTTP_PROXY and HTTPS_PROXY are {ADVICE}",
            id="two variables",
        ),
        pytest.param({"http_proxy": "http://p:9"}, "http://q:9", None, id="a proxy is set"),
        pytest.param({"http_proxy": "http://p:9"}, "env", None, id="the variables are used"),
        pytest.param(
            {"https_proxy": "socks5://p:9"},
            None,
            "https_proxy is set to a socks5:// proxy, but linkcheck supports only http:// proxies: "
            "set https_proxy to http://HOST:PORT, or use --proxy",
            id="a variable that cannot be used",
        ),
    ],
)
@pytest.mark.usefixtures("here")
def test_the_advice_on_proxy_variables(environment: dict[str, str], proxy: str | None, expected: str | None) -> None:
    assert options.proxy_advice(config(Settings(proxy=proxy), environment=environment)) == expected


@pytest.mark.parametrize(
    ("proxy", "expected"),
    [
        (None, None),
        ("http://q.example:9", "http://q.example:9"),
        ("env", fetch.Proxies(http="http://p.example:9")),
    ],
)
@pytest.mark.usefixtures("here")
def test_the_variables_are_used_only_if_the_proxy_is_env(proxy: str | None, expected: object) -> None:
    given = config(Settings(proxy=proxy), environment={"http_proxy": "http://p.example:9"})
    assert options.fetch_options(given).proxy == expected


@pytest.mark.usefixtures("here")
def test_a_name_is_resolved_to_what_follows_the_first_equals_sign() -> None:
    found = options.fetch_options(config(Settings(resolve=("a.example=1.2.3.4", "b.example=[::1]:8080=")))).resolve
    assert found == (("a.example", "1.2.3.4"), ("b.example", "[::1]:8080="))
