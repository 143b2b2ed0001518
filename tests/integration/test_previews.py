"""A preview of the site is requested in place of the site (`--remap`), over real sockets, and the report is about the site."""

import json
from pathlib import Path

import pytest
from command import Done, article, linkcheck
from loopback import Loopback, echo, raw, reply

SITE, PREVIEW = "https://site.example", "https://pr-1.example"
REMAP = ("--remap", f"{SITE}/ {PREVIEW}/")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def options(loopback: Loopback) -> tuple[str, ...]:
    """The site and its preview; on the site, every page exists."""
    loopback.behaviours["site.example"] = raw(reply())
    port = loopback.serve("site.example", "pr-1.example")
    return (
        *("--ca-bundle", loopback.ca_file, "--allow-address", "127.0.0.0/8", "--resolve", f"*:443=127.0.0.1:{port}"),
        *("--interval", "0", "--retries", "0"),
    )


def check(folder: Path, *options: str, **links: str) -> tuple[Done, list[dict[str, object]]]:
    (folder / "a.md").write_text(article(**links), "utf-8")
    done = linkcheck("check", "--report", "json", *options, cwd=folder)
    return done, json.loads(done.out)["targets"]


def asked(loopback: Loopback) -> set[str]:
    return {each.host for each in loopback.asked}


def test_a_page_of_the_site_is_requested_at_its_preview(folder: Path, loopback: Loopback, options: tuple[str, ...]) -> None:
    for path in ("own", "other"):
        host = SITE if path == "own" else PREVIEW
        head = f'<title>A title</title><link rel="canonical" href="{host}/{path}">'
        loopback.behaviours[f"pr-1.example/{path}"] = raw(reply("200 OK", f"<html><head>{head}</head></html>".encode()))
    loopback.behaviours["pr-1.example/moved"] = raw(reply("301 Moved Permanently", b"", f"Location: {PREVIEW}/own"))
    loopback.behaviours["pr-1.example/back"] = raw(reply("301 Moved Permanently", b"", f"Location: {SITE}/own"))
    for path, verdict in (("own", "ok"), ("other", "ok"), ("moved", "moved"), ("back", "moved"), ("nowhere", "dead")):
        done, (target,) = check(folder, *options, *REMAP, webUrl=f"{SITE}/{path}")
        assert (target["url"], target["verdict"]) == (f"{SITE}/{path}", verdict), done.err
        assert "pr-1.example" not in done.out
        assert verdict != "moved" or target["final_url"] == f"{SITE}/own"
        assert verdict != "ok" or "LC30" not in done.out
    assert asked(loopback) == {"pr-1.example"}


@pytest.mark.parametrize("where", ["http://10.0.0.1/", "https://pr-1.example:8080/"])
def test_a_redirect_of_the_preview_is_guarded(
    folder: Path, loopback: Loopback, options: tuple[str, ...], where: str
) -> None:
    loopback.behaviours["pr-1.example/out"] = echo
    _, (target,) = check(folder, *options, *REMAP, webUrl=f"{SITE}/out?to={where}")
    assert target["url"] == f"{SITE}/out?to={where}"
    assert target["verdict"] == "unsafe" or "refused" in json.dumps(target)


def test_a_preview_at_a_private_address_is_not_requested(
    folder: Path, loopback: Loopback, options: tuple[str, ...]
) -> None:
    _, (target,) = check(folder, *options, "--remap", f"{SITE}/ https://10.0.0.1/", webUrl=f"{SITE}/ok")
    assert "refused" in json.dumps(target)
    assert asked(loopback) == set()


def test_a_secret_of_the_site_is_not_sent_to_the_preview(folder: Path, loopback: Loopback) -> None:
    for name in ("good",):
        (folder / "linkcheck.toml").write_text('[hosts."site.example".headers]\nAuthorization = { env = "TOKEN" }\n')
    (folder / "a.md").write_text(article(webUrl=f"{SITE}/ok"), "utf-8")
