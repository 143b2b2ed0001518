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


def shown(browse: Browse, loopback: Loopback, folder: Path, path: str) -> str:
    """The document that a browser shows for a path of the loopback web."""
    page = folder / "start.html"
    page.write_text(f"<script>location.replace('http://127.0.0.1:{loopback.ports['http']}{path}')</script>")
    return browse(page)
