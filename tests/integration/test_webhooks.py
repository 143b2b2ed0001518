"""Reports that are sent: over TLS, through the guard, with a URL that stays secret, and a clear failure if not accepted."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from command import Done, article, linkcheck, surroundings

if TYPE_CHECKING:
    from loopback import Asked, Loopback, Reader, Writer

SECRET = "T0001/B0002/s3cr3tS3cr3t"
URL = f"https://hooks.example/services/{SECRET}?k={SECRET}"
Check = Callable[..., Done]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.md").write_text(article(webUrl="https://a.example/notfound"), "utf-8")
    return tmp_path


@pytest.fixture
def received(loopback: "Loopback") -> list[tuple["Asked", bytes]]:
    """What the webhook received, which accepts everything."""
    from loopback import reply

    bodies: list[tuple[Asked, bytes]] = []

    async def accept(asked: "Asked", reader: "Reader", writer: "Writer") -> None:
        bodies.append((asked, await reader.readexactly(int(asked.headers["content-length"]))))
        writer.write(reply("200 OK", b"ok"))

    loopback.behaviours["hooks.example/services/" + SECRET] = accept
    return bodies


@pytest.fixture
def check(folder: Path, loopback: "Loopback") -> Check:
    """`check("slack:env:HOOK", HOOK=URL)`."""
    if "hooks" not in loopback.ports:
        loopback.ports["hooks"] = loopback.serve("hooks.example", "a.example")
    web = (
        *("--ca-bundle", loopback.ca_file, "--allow-address", "127.0.0.0/8", "--interval", "0"),
        *("--resolve", f"*:443=127.0.0.1:{loopback.ports['hooks']}", "--retries", "0"),
    )

    def run(*reports: str, more: tuple[str, ...] = (), **variables: str) -> Done:
        options = [part for report in reports for part in ("--report", report)]
        done = linkcheck("check", *options, *web, *more, cwd=folder, environment=surroundings(**variables))
        assert SECRET not in done.out + done.err
        return done

    return run


def test_both_are_sent_over_tls_and_their_urls_come_from_the_environment(
    check: Check, received: list[tuple["Asked", bytes]]
) -> None:
    done = check("text", "slack:env:HOOK", "webhook:env:OTHER_HOOK", HOOK=URL, OTHER_HOOK=URL)
    assert done.code == 1, done.err
    assert "1 error" in done.out
    (slack, message), (webhook, digest) = received
    for asked in (slack, webhook):
        assert (asked.method, asked.path) == ("POST", URL.removeprefix("https://hooks.example"))
        assert asked.headers["content-type"] == "application/json"
    assert json.loads(message)["text"].startswith("linkcheck: 1 error")
    assert json.loads(digest)["problems"][0]["url"] == "https://a.example/notfound"


def test_a_url_can_be_given_if_it_is_no_secret(check: Check, received: list[tuple["Asked", bytes]]) -> None:
    assert check(f"webhook:{URL}").code == 1
    assert len(received) == 1


def test_a_file_is_written_and_not_sent(check: Check, received: list[tuple["Asked", bytes]], folder: Path) -> None:
    assert check("slack:out.json", "webhook:./env:HOOK", HOOK=URL).code == 1
    assert received == []
    assert json.loads((folder / "out.json").read_text("utf-8"))["blocks"]
    assert json.loads((folder / "env:HOOK").read_text("utf-8"))["version"] == 1


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        pytest.param("404 Not Found", "the response is 404 Not Found.", id="refused"),
        pytest.param("302 Found", "the response is 302 Found.", id="a redirect, which could carry the report elsewhere"),
    ],
)
def test_a_report_that_is_not_accepted_is_named_and_the_others_are_written(
    behaviour: str, reason: str, check: Check, loopback: "Loopback", folder: Path
) -> None:
    from loopback import raw, reply

    location = f"Location: https://a.example/{SECRET}"
    loopback.behaviours["hooks.example/services/" + SECRET] = raw(reply(behaviour, SECRET.encode(), location))
    done = check("slack:env:HOOK", "json:out.json", HOOK=URL)
    assert done.code == 4
    assert f"linkcheck: The report slack could not be sent to hooks.example: {reason}\n" in done.err
    assert json.loads((folder / "out.json").read_text("utf-8"))["summary"]["problems"]["error"] == 1
    assert [asked.path for asked in loopback.asked if asked.method == "POST"] == [URL.removeprefix("https://hooks.example")]


def test_a_webhook_without_a_response_is_not_waited_for(check: Check, loopback: "Loopback") -> None:
    from loopback import silence

    loopback.behaviours["hooks.example/services/" + SECRET] = silence
    done = check("slack:env:HOOK", more=("--timeout", "2"), HOOK=URL)
    assert done.code == 4
    assert "linkcheck: The report slack could not be sent to hooks.example: " in done.err


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        pytest.param(f"https://10.0.0.1/{SECRET}", "private (RFC 1918)", id="a private address"),
        pytest.param(f"https://hooks.example:8443/{SECRET}", "port 8443", id="another port"),
        pytest.param(f"https://hooks.example:1/{SECRET}", "port 1", id="a port that no browser requests"),
        pytest.param(f"https://unknown.example/{SECRET}", "certificate", id="a certificate for another name"),
    ],
)
def test_the_guard_and_the_certificates_of_link_checks_apply(url: str, reason: str, check: Check) -> None:
    done = check("webhook:env:HOOK", HOOK=url)
    assert done.code == 4
    assert "The report webhook could not be sent to " in done.err
    assert reason in done.err


def test_a_secret_is_in_no_history_and_no_other_report(
    check: Check, folder: Path, received: list[tuple["Asked", bytes]]
) -> None:
    history = ("--history", "h.sqlite3")
    for report in ("webhook:env:HOOK", f"webhook:{URL}"):
        check("html:out.html", "json:out.json", report, more=history, HOOK=URL)
    assert len(received) == 2
    for name in ("h.sqlite3", "out.html", "out.json"):
        assert SECRET.encode() not in (folder / name).read_bytes()


REFUSED = [
    pytest.param(f"json:{URL}", {}, "json cannot be sent to https://hooks.example/***; only slack and webhook", id="json"),
    pytest.param("slack:env:HOOK", {}, "the environment variable HOOK is not set", id="not set"),
    pytest.param("slack:env:HO OK", {}, "use the form slack:env:NAME", id="no name of a variable"),
    pytest.param("slack:env:HOOK", {"HOOK": SECRET}, "this is not the URL of a webhook", id="not a URL"),
    pytest.param("slack:env:HOOK", {"HOOK": f"http://hooks.example/{SECRET}"}, "must start with https://", id="plain"),
    pytest.param(f"slack:http://hooks.example/{SECRET}", {}, "http://hooks.example/***: the URL must", id="plain and given"),
    pytest.param(
        "slack:https://a:s3cr3t@hooks.example/", {}, "https://hooks.example/***: the URL contains", id="a password"
    ),
    pytest.param(f"slack:https://a:{SECRET}@hooks.example/", {}, "slack:***: this is not the URL", id="an invalid URL"),
]


@pytest.mark.parametrize(("report", "variables", "words"), REFUSED)
def test_what_cannot_be_sent_is_refused_before_any_work(
    report: str, variables: dict[str, str], words: str, check: Check, loopback: "Loopback"
) -> None:
    done = check(report, **variables)
    assert (done.code, loopback.asked) == (2, [])
    assert words in done.err


@pytest.mark.parametrize("command", [("check", "--offline"), ("validate",), ("report", "--history", "h.sqlite3")])
def test_a_command_without_requests_sends_nothing(command: tuple[str, ...], folder: Path) -> None:
    done = linkcheck(*command, "--report", "slack:env:HOOK", cwd=folder, environment=surroundings(HOOK=URL))
    assert done.code == 2
    assert "slack cannot be sent, because this command makes no network requests" in done.err


def test_the_configuration_of_an_untrusted_checkout_sends_nothing(
    check: Check, folder: Path, received: list[tuple["Asked", bytes]]
) -> None:
    (folder / "linkcheck.toml").write_text('report = ["text", "slack:env:HOOK"]\n', "utf-8")
    done = check(more=("--untrusted",), HOOK=URL)
    assert "report" in done.err + done.out
    assert received == []
    assert check(HOOK=URL).code == 1
    assert len(received) == 1


def test_plain_http_is_for_this_machine_only(check: Check, loopback: "Loopback") -> None:
    from loopback import raw, reply

    loopback.behaviours["/local"] = raw(reply())
    port = str(loopback.ports["http"])
    done = check(f"webhook:http://127.0.0.1:{port}/local", more=("--allow-port", port))
    assert done.code == 1, done.err
    assert ("POST", "/local") in [(asked.method, asked.path) for asked in loopback.asked]
