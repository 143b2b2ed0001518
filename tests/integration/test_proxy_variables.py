"""HTTPS_PROXY and its like, as the command takes them: only where it is told to."""

from pathlib import Path

import pytest
from command import linkcheck, surroundings
from loopback import Loopback, raw, reply

HASTY = """
import msgspec, linkcheck.fetch.scheduling.crawler as c
import linkcheck.fetch.http.resolver as r, linkcheck.pipeline.options as a
c.PATIENCE_AT_START = 0.5
r.SECONDS = 0.5
a.fetch_options = lambda config, _f=a.fetch_options: msgspec.structs.replace(_f(config), patience=0.5, backoff=0.1)
"""
QUICK = ("--interval", "0", "--retries", "0")
SECRET = "s3cr3tword"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "a.md").write_text("---\ntitle: A\nwebUrl: http://a.example/ok\n---\n", encoding="utf-8")
    return tmp_path


def proxy_of(loopback: Loopback) -> str:
    loopback.behaviours["a.example"] = raw(reply())
    return f"http://user:{SECRET}@127.0.0.1:{loopback.ports['http']}"


def test_the_variables_are_taken_where_the_command_is_told_to(site: Path, loopback: Loopback) -> None:
    environment = surroundings(HTTP_PROXY=proxy_of(loopback))
    done = linkcheck("check", "a.md", "--proxy", "env", *QUICK, "--report", "json", cwd=site, environment=environment)
    assert done.code == 0, done
    assert loopback.asked[0].path == "http://a.example/ok"
    assert SECRET not in done.out + done.err


@pytest.mark.parametrize("way", ["variable", "file"])
def test_the_setting_may_stand_elsewhere(site: Path, loopback: Loopback, way: str) -> None:
    more = {"LINKCHECK_PROXY": "env"} if way == "variable" else {}
    if way == "file":
        (site / "linkcheck.toml").write_text('proxy = "env"\n', encoding="utf-8")
    environment = surroundings(http_proxy=proxy_of(loopback), **more)
    assert linkcheck("check", "a.md", *QUICK, cwd=site, environment=environment).code == 0
    assert loopback.asked[0].path == "http://a.example/ok"


def test_an_untrusted_file_chooses_no_proxy(site: Path, loopback: Loopback) -> None:
    (site / "linkcheck.toml").write_text('proxy = "env"\n', encoding="utf-8")
    place = f"a.example=127.0.0.1:{loopback.ports['http']}"
    options = ("--untrusted", "--resolve", place, "--allow-address", "127.0.0.0/8", *QUICK)
    environment = surroundings(HTTP_PROXY=proxy_of(loopback))
    done = linkcheck("check", "a.md", *options, cwd=site, environment=environment)
    assert "ignored: proxy" in " ".join((done.out + done.err).split())
    assert loopback.asked[0].path == "/ok"


def test_the_variables_are_not_read_without_it(site: Path, loopback: Loopback) -> None:
    place = f"a.example=127.0.0.1:{loopback.ports['http']}"
    options = ("--resolve", place, "--allow-address", "127.0.0.0/8", *QUICK)
    environment = surroundings(HTTP_PROXY="http://127.0.0.1:1", ALL_PROXY="socks5://127.0.0.1:1")
    done = linkcheck("check", "a.md", *options, cwd=site, environment=environment)
    assert done.code == 0, done
    assert loopback.asked[0].path == "/ok"


def test_where_nothing_comes_through_the_variable_and_the_option_are_named(site: Path, loopback: Loopback) -> None:
    options = ("--nameserver", f"127.0.0.1:{loopback.ports['closed']}", *QUICK)
    environment = surroundings(HTTPS_PROXY=proxy_of(loopback))
    done = linkcheck("check", "a.md", *options, cwd=site, environment=environment, before=HASTY)
    assert done.code == 4, done
    said = " ".join((done.out + done.err).split())
    assert "HTTPS_PROXY is set but not used: run with --proxy env to request through that proxy" in said
    assert SECRET not in said


def test_where_the_variable_names_a_proxy_of_another_kind_no_option_is_recommended(site: Path, loopback: Loopback) -> None:
    options = ("--nameserver", f"127.0.0.1:{loopback.ports['closed']}", *QUICK)
    environment = surroundings(ALL_PROXY=f"socks5h://user:{SECRET}@127.0.0.1:1080")
    done = linkcheck("check", "a.md", *options, cwd=site, environment=environment, before=HASTY)
    assert done.code == 4, done
    said = " ".join((done.out + done.err).split())
    assert "ALL_PROXY is set to a socks5h:// proxy, but linkcheck supports only http:// proxies" in said
    assert "--proxy env" not in said
    assert SECRET not in said


def test_where_no_variable_is_set_none_is_named(site: Path, loopback: Loopback) -> None:
    options = ("--nameserver", f"127.0.0.1:{loopback.ports['closed']}", *QUICK)
    done = linkcheck("check", "a.md", *options, cwd=site, before=HASTY)
    assert done.code == 4, done
    assert "--proxy" not in done.out + done.err


def test_a_socks_proxy_is_a_usage_error(site: Path) -> None:
    environment = surroundings(ALL_PROXY=f"socks5://user:{SECRET}@127.0.0.1:1080")
    done = linkcheck("check", "a.md", "--proxy", "env", cwd=site, environment=environment)
    assert done.code == 2, done
    assert "ALL_PROXY is set to a socks5:// proxy" in done.err
    assert SECRET not in done.err


def test_a_socks_proxy_of_the_option_is_a_usage_error(site: Path) -> None:
    done = linkcheck("check", "a.md", "--proxy", f"socks5://user:{SECRET}@127.0.0.1:1080", cwd=site)
    assert done.code == 2, done
    assert "http://HOST:PORT" in done.err
    assert SECRET not in done.err
