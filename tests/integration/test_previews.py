"""A preview is requested in place of the site (`--remap`), over real sockets, and the report is about the site."""

import json
from pathlib import Path

import pytest
from command import Done, article, linkcheck, surroundings
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
    port = loopback.serve("site.example", "pr-1.example", "pr-2.example", "else.example")
    return (
        *("--ca-bundle", loopback.ca_file, "--allow-address", "127.0.0.0/8", "--resolve", f"*:443=127.0.0.1:{port}"),
        *("--interval", "0", "--retries", "0"),
    )


def check(folder: Path, *options: str, **links: str) -> tuple[Done, list[dict[str, object]]]:
    (folder / "a.md").write_text(article(**links), "utf-8")
    done = linkcheck("check", "--report", "json", *options, cwd=folder)
    return done, json.loads(done.out)["targets"]


def kind(target: dict[str, object]) -> object:
    """The kind of a failure."""
    failure = target["failure"]
    return failure["kind"] if isinstance(failure, dict) else failure


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
    assert (target["url"], kind(target)) == (f"{SITE}/out?to={where}", "refused-by-guard")


@pytest.mark.parametrize("preview", ["https://10.0.0.1/", "https://pr-1.example:8080/"])
def test_a_preview_is_guarded(folder: Path, loopback: Loopback, options: tuple[str, ...], preview: str) -> None:
    _, (target,) = check(folder, *options, "--remap", f"{SITE}/ {preview}", webUrl=f"{SITE}/ok")
    assert (target["url"], kind(target)) == (f"{SITE}/ok", "refused-by-guard")
    assert asked(loopback) == set()


def test_a_secret_of_the_site_is_not_sent_to_the_preview(folder: Path, loopback: Loopback, options: tuple[str, ...]) -> None:
    hosts = ("site", "pr-1")
    tables = (f'[hosts."{name}.example".headers]\nX-Token = {{ env = "{name[:2].upper()}" }}\n' for name in hosts)
    (folder / "linkcheck.toml").write_text("".join(tables), "utf-8")
    (folder / "a.md").write_text(article(webUrl=f"{SITE}/ok"), "utf-8")
    environment = surroundings(SI="canary-of-the-site", PR="canary-of-the-preview")
    assert linkcheck("check", *options, *REMAP, cwd=folder, environment=environment).code == 0
    assert [each.headers.get("x-token") for each in loopback.asked] == ["canary-of-the-preview"]


def test_a_history_tells_the_site_from_its_preview(folder: Path, loopback: Loopback, options: tuple[str, ...]) -> None:
    links = {"webUrl": f"{SITE}/ok", "originalUrl": "https://else.example/ok"}

    def reused(*more: str) -> dict[str, object]:
        _, targets = check(folder, *options, "--history", "h.sqlite3", *more, **links)
        return {str(target["url"]): target["reused"] for target in targets}

    site, elsewhere = links.values()
    assert reused(*REMAP) == {site: False, elsewhere: False}
    assert reused(*REMAP) == {site: True, elsewhere: True}
    assert reused() == {site: False, elsewhere: True}
    assert reused("--remap", f"{SITE} https://pr-2.example") == {site: False, elsewhere: True}


def test_a_recording_of_a_preview_is_replayed(folder: Path, loopback: Loopback, options: tuple[str, ...]) -> None:
    _, recorded = check(folder, *options, *REMAP, "--record", "web.jsonl", webUrl=f"{SITE}/chain/2")
    count = len(loopback.asked)
    _, replayed = check(folder, *REMAP, "--replay", "web.jsonl", webUrl=f"{SITE}/chain/2")
    assert [each["url"] for each in replayed] == [f"{SITE}/chain/2"]
    assert [each["hops"] for each in replayed] == [each["hops"] for each in recorded]
    assert len(loopback.asked) == count


def test_links_and_traces_show_what_is_requested(folder: Path, loopback: Loopback, options: tuple[str, ...]) -> None:
    (folder / "a.md").write_text(article(webUrl=f"{SITE}/ok#a"), "utf-8")
    row = json.loads(linkcheck("links", "--json", *REMAP, cwd=folder).out)
    assert (row["url"], row["target"]) == (f"{SITE}/ok#a", f"{PREVIEW}/ok")
    done = linkcheck("explain", f"{SITE}/ok", *options, *REMAP, cwd=folder)
    assert done.code == 0, done.err
    assert done.out.startswith(f"1  {PREVIEW}/ok\n")
    assert asked(loopback) == {"pr-1.example"}


def test_two_values_from_the_environment(folder: Path, loopback: Loopback, options: tuple[str, ...]) -> None:
    (folder / "a.md").write_text(article(webUrl=f"{SITE}/ok", ampUrl="http://site.example/ok"), "utf-8")
    values = f"{SITE} {PREVIEW}\nhttp://site.example {PREVIEW}"
    rows = linkcheck("links", "--json", cwd=folder, environment=surroundings(LINKCHECK_REMAP=values)).out.splitlines()
    assert {json.loads(row)["target"] for row in rows} == {f"{PREVIEW}/ok"}


def test_an_untrusted_checkout_cannot_choose_a_preview(folder: Path, loopback: Loopback, options: tuple[str, ...]) -> None:
    (folder / "linkcheck.toml").write_text(f'remap = ["{SITE} {PREVIEW}"]\n', "utf-8")
    done, _ = check(folder, *options, "--untrusted", webUrl=f"{SITE}/ok")
    assert "ignored: remap" in done.out
    assert asked(loopback) == {"site.example"}


def test_an_invalid_value_is_a_usage_error(folder: Path) -> None:
    done = linkcheck("check", "--remap", f"{SITE}/ pr-1.example", cwd=folder)
    assert done.code == 2
    assert "--remap: TO is not a URL" in done.err
