"""Pages that come only after the server has sent the browser in a circle, for a cookie or for the second visit."""

from collections.abc import Callable
from pathlib import Path

import pytest
from loopback import Asked, Behaviour, Loopback, Reader, Writer, reply

from linkcheck.model import Outcome

Ask = Callable[..., Outcome]
Browse = Callable[[Path], str]
Rule = Callable[[str], list[bytes] | None]
"""What a Cookie header leads to: the Set-Cookie lines of a redirect to the same URL, or None for the page."""


def bounce(rule: Rule) -> Behaviour:
    async def send(asked: Asked, _reader: Reader, writer: Writer) -> None:
        lines = rule(asked.headers.get("cookie", ""))
        if lines is None:
            writer.write(reply())
            return
        head = f"HTTP/1.1 302 Found\r\nLocation: {asked.path}\r\nContent-Length: 0\r\n".encode()
        writer.write(head + b"".join(b"Set-Cookie: %s\r\n" % line for line in lines) + b"\r\n")

    return send


def deleted_by(attributes: bytes) -> Rule:
    """The probe must come, and must be gone after it was deleted."""

    def rule(cookie: str) -> list[bytes] | None:
        if "step=2" in cookie:
            return [b"probe=deleted; Path=/; " + attributes] if "probe=" in cookie else None
        return [b"step=2; Path=/", b"probe=deleted; Path=/; " + attributes] if "probe=1" in cookie else [b"probe=1; Path=/"]

    return rule


def given_back(line: bytes, expected: bytes) -> Rule:
    return lambda cookie: None if cookie.encode("latin-1") == expected else [line]


def one_name_on_two_paths(cookie: str) -> list[bytes] | None:
    if cookie == "k=A; k=B":
        return None
    return [b"k=A; Path=/bounce", b"k=B; Path=/", b"k=C; Path=/other"]


RULES: dict[str, Rule] = {
    "a cookie deleted by Expires": deleted_by(b"expires=Thu, 01-Jan-1970 00:00:01 GMT"),
    "a cookie deleted by Max-Age": deleted_by(b"Max-Age=-100"),
    "one name on two paths": one_name_on_two_paths,
    "the last of many decides": lambda cookie: (
        None if "last=1" in cookie else [*(b"c%d=%d; Path=/" % (n, n) for n in range(60)), b"last=1; Path=/"]
    ),
    "a value in UTF-8": given_back("city=Zürich; Path=/".encode(), "city=Zürich".encode()),
    "a value in Latin-1": given_back("city=Zürich; Path=/".encode("latin-1"), "city=Zürich".encode("latin-1")),
    "no name": given_back(b"token; Path=/", b"token"),
}


@pytest.mark.parametrize("case", RULES)
def test_the_page_behind_a_cookie_is_reached(ask: Ask, loopback: Loopback, case: str) -> None:
    loopback.behaviours["/bounce"] = bounce(RULES[case])
    outcome = ask("http://a.example/bounce")
    assert outcome.answer is not None
    assert outcome.answer.status == 200


@pytest.mark.parametrize("case", RULES)
def test_a_browser_reaches_the_page_behind_a_cookie_too(
    browse: Browse, loopback: Loopback, tmp_path: Path, case: str
) -> None:
    loopback.behaviours["/bounce"] = bounce(RULES[case])
    assert "<title>A page</title>" in shown(browse, loopback, tmp_path, "/bounce")


def in_turn(*answers: bytes) -> Behaviour:
    """One answer after the other, the last one stays."""
    turns = iter(answers)

    async def send(_asked: Asked, _reader: Reader, writer: Writer) -> None:
        writer.write(next(turns, answers[-1]))

    return send


def to(where: str, *headers: str) -> bytes:
    return reply("302 Found", b"", f"Location: {where}", *headers)


def second_visits() -> dict[str, dict[str, Behaviour]]:
    """Pages that come when a URL is visited again, without a cookie."""
    return {
        "to itself": {"/bounce": in_turn(to("/bounce"), reply())},
        "to itself twice": {"/bounce": in_turn(to("/bounce"), to("/bounce"), reply())},
        "there and back": {"/bounce": in_turn(to("/warm"), reply()), "/warm": in_turn(to("/bounce"))},
        "on the second page": {"/bounce": in_turn(to("/warm")), "/warm": in_turn(to("/bounce"), reply())},
    }


@pytest.mark.parametrize("case", second_visits())
def test_a_page_that_comes_with_a_later_visit_is_reached(ask: Ask, loopback: Loopback, case: str) -> None:
    loopback.behaviours.update(second_visits()[case])
    outcome = ask("http://a.example/bounce")
    assert outcome.answer is not None
    assert outcome.answer.status == 200
    assert len(loopback.asked) == len(outcome.hops) + 1


@pytest.mark.parametrize("case", second_visits())
def test_a_browser_reaches_a_page_that_comes_with_a_later_visit_too(
    browse: Browse, loopback: Loopback, tmp_path: Path, case: str
) -> None:
    loopback.behaviours.update(second_visits()[case])
    assert "<title>A page</title>" in shown(browse, loopback, tmp_path, "/bounce")


@pytest.mark.parametrize(
    ("headers", "detail"),
    [
        pytest.param((), "loop", id="nothing varies"),
        pytest.param(("Vary: Accept-Encoding, Origin",), "loop", id="only the encoding varies"),
        pytest.param(("Vary: X-Forwarded-Proto",), "loop", id="only what no browser sends varies"),
        pytest.param(("Vary: Accept-Encoding", "vary: user-agent"), "loop-varies", id="the browser"),
        pytest.param(("Vary: Accept-Language",), "loop-varies", id="the language"),
        pytest.param(("Vary: Sec-Fetch-Mode",), "loop-varies", id="how the page is opened"),
        pytest.param(("Vary: *",), "loop-varies", id="anything"),
        pytest.param(("Set-Cookie: a=1",), "loop-varies", id="a cookie"),
        pytest.param(("Set-Cookie: a=1; Domain=b.example",), "loop-varies", id="a cookie that does not come back"),
    ],
)
def test_a_loop_that_a_browser_may_get_out_of_is_told_as_such(
    ask: Ask, loopback: Loopback, headers: tuple[str, ...], detail: str
) -> None:
    loopback.behaviours["/there"] = in_turn(to("/back", *headers))
    loopback.behaviours["/back"] = in_turn(to("/there"))
    outcome = ask("http://a.example/there")
    assert outcome.failure is not None
    assert (outcome.failure.kind, outcome.failure.detail) == ("too-many-hops", detail)
    assert len(loopback.asked) == 11


@pytest.mark.parametrize(
    ("headers", "by_device"),
    [
        pytest.param((), False, id="nothing varies"),
        pytest.param(("Vary: Accept-Encoding, Cookie",), False, id="the device does not matter"),
        pytest.param(("Vary: Accept-Encoding", "vary: user-agent"), True, id="the browser"),
        pytest.param(("Vary: Sec-CH-UA-Mobile",), True, id="a client hint"),
        pytest.param(("Vary: *",), True, id="anything"),
    ],
)
def test_a_redirect_that_depends_on_the_device_is_told_as_such(
    ask: Ask, loopback: Loopback, headers: tuple[str, ...], *, by_device: bool
) -> None:
    loopback.behaviours["/amp"] = in_turn(to("/page", *headers))
    loopback.behaviours["/page"] = in_turn(reply())
    assert ask("http://a.example/amp").by_device is by_device


@pytest.mark.parametrize("rounds", [4, 7, 10])
def test_a_circle_that_ends_within_the_redirects_that_are_followed_is_none(
    ask: Ask, loopback: Loopback, rounds: int
) -> None:
    loopback.behaviours["/bounce"] = in_turn(*(rounds * [to("/bounce")]), reply())
    outcome = ask("http://a.example/bounce")
    assert outcome.answer is not None
    assert outcome.answer.status == 200


@pytest.mark.parametrize(("rounds", "ends"), [(20, True), (21, False)])
def test_a_circle_is_followed_as_far_as_browsers_do_in_a_second_look(
    ask: Ask, loopback: Loopback, rounds: int, *, ends: bool
) -> None:
    loopback.behaviours["/bounce"] = in_turn(*((11 + rounds) * [to("/bounce")]), reply())
    first = ask("http://a.example/bounce")
    assert first.failure is not None
    second = ask("http://a.example/bounce", before=first)
    assert (second.answer is not None) is ends
    assert len(loopback.asked) == 11 + 21


@pytest.mark.parametrize("rounds", [7, 19])
def test_a_browser_follows_a_circle_that_ends(browse: Browse, loopback: Loopback, tmp_path: Path, rounds: int) -> None:
    loopback.behaviours["/bounce"] = in_turn(*(rounds * [to("/bounce")]), reply())
    assert "<title>A page</title>" in shown(browse, loopback, tmp_path, "/bounce")


def test_a_circle_that_is_longer_than_three_rounds_allow_is_still_a_circle(ask: Ask, loopback: Loopback) -> None:
    for n in range(8):
        loopback.behaviours[f"/{n}"] = in_turn(to(f"/{(n + 1) % 8}"))
    outcome = ask("http://a.example/0")
    assert outcome.failure is not None
    assert outcome.failure.detail == "loop"
    assert len(loopback.asked) == 11


def shown(browse: Browse, loopback: Loopback, folder: Path, path: str) -> str:
    """The document that a browser shows for a path of the loopback web."""
    page = folder / "start.html"
    page.write_text(f"<script>location.replace('http://127.0.0.1:{loopback.ports['http']}{path}')</script>")
    return browse(page)
