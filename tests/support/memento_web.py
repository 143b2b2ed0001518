"""A web of dead pages and a web archive that speaks Memento (RFC 7089), over real HTTP, with an archive's oddities.

The server is an HTTP proxy, so that pages and archive have names of their own, whose addresses are not on this machine.
"""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

ARCHIVE = "http://archive.example"
TIMEGATE = f"{ARCHIVE}/web/"
TITLE = "Harbour bridge opens after four years"
SAVED = "20261201040000"
"""When the archive saves pages."""
MANY = 20_000


@dataclass
class Capture:
    """What the archive captured at a moment (`20210603101112`). A `redirect` is to another captured URL."""

    stamp: str
    status: int = 200
    title: str = f"{TITLE} | The Gazette"
    redirect: str | None = None
    body: str = "<h1>Harbour bridge opens</h1><p>words and more words</p>"

    @property
    def moment(self) -> datetime:
        return datetime.strptime(self.stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


@dataclass
class Holding:
    """The captures of a page, and how the archive responds for it.

    `gate` is how its TimeGate does: `302`, `200` (with Content-Location), `newest` (whatever date is wanted), `home` (a
    page of the archive itself), `gone` (404) or `silent` (no response before `MementoWeb.released`).
    `timemap` is what its TimeMap is: `lines`, `one-line`, `paged`, `empty`, `404`, `unnamed` (no response refers to it),
    `html` or `huge`.
    `faults` are the statuses of the first responses of the TimeGate, `copy_faults` those of the first responses of copies.
    """

    captures: list[Capture] = field(default_factory=list)
    gate: str = "302"
    timemap: str = "lines"
    faults: list[int] = field(default_factory=list)
    copy_faults: list[int] = field(default_factory=list)
    retry_after: str = "0"


class MementoWeb:
    """Start it with `with`. Pages without a holding are in no archive; all pages are gone but those in `pages`."""

    def __init__(self) -> None:
        self.holdings: dict[str, Holding] = {}
        self.pages: dict[str, int] = {}
        self.saved: list[str] = []
        """The pages that the archive was requested to save."""
        self.save_faults: list[int] = []
        self.save_retry_after = "0"
        self.is_saving_later = False
        """Whether the archive accepts a page to save without a copy to show."""
        self.requests: list[tuple[str, str | None]] = []
        """URL and `Accept-Datetime` of every request, as they arrive."""
        self.arrived, self.silent, self.released = threading.Event(), threading.Event(), threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, self))
        self._server.daemon_threads = True

    @property
    def proxy(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def memento(capture: Capture, url: str) -> str:
    """The URL of a copy."""
    return f"{TIMEGATE}{capture.stamp}/{url}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, web: MementoWeb, *rest: object) -> None:
        self._web = web
        super().__init__(*rest)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        self._web.requests.append((self.path, self.headers.get("Accept-Datetime")))
        self._web.arrived.set()
        if not self.path.startswith(f"{ARCHIVE}/"):
            status = self._web.pages.get(self.path, 404)
            self._send(status, f"<title>{status}</title>")
            return
        path = self.path.removeprefix(f"{ARCHIVE}/")
        match path.split("/", 2):
            case ["timemap", page, url]:
                self._timemap(url, page)
            case ["save", *rest]:
                self._save("/".join(rest))
            case ["web", stamp, url] if stamp.isdecimal():
                self._copy(stamp, url)
            case ["web", *rest]:
                self._gate("/".join(rest))
            case _:
                self._send(404, "<title>Not found</title>")

    def _gate(self, url: str) -> None:
        holding = self._web.holdings.get(url)
        if holding is None or holding.gate == "gone":
            self._send(404, "<title>The archive has no copy of this page</title>")
            return
        if holding.gate == "silent":
            self._web.silent.set()
            self._web.released.wait()
            return
        if holding.faults:
            self._send(holding.faults.pop(0), "<title>Slow down</title>", ("Retry-After", holding.retry_after))
            return
        if holding.gate == "home" or not holding.captures:
            self._send(200, "<title>The archive</title>")
            return
        wanted = self.headers.get("Accept-Datetime")
        newest = max(holding.captures, key=lambda each: each.stamp)
        chosen = newest
        if wanted is not None and holding.gate != "newest":
            moment = parsedate_to_datetime(wanted)
            chosen = min(holding.captures, key=lambda each: (abs(each.moment - moment), each.stamp))
        links = self._links(url, holding, chosen)
        if holding.gate == "200":
            self._replay(chosen, url, links, ("Content-Location", memento(chosen, url)), ("Vary", "accept-datetime"))
        else:
            self._send(302, "", ("Location", memento(chosen, url)), ("Vary", "accept-datetime"), *links)

    def _copy(self, stamp: str, url: str) -> None:
        holding = self._web.holdings.get(url)
        capture = next((each for each in holding.captures if each.stamp == stamp), None) if holding else None
        if holding is None or capture is None:
            self._send(404, "<title>The archive has no copy of this page</title>")
        elif holding.copy_faults:
            self._send(holding.copy_faults.pop(0), "<title>Try again</title>", ("Retry-After", holding.retry_after))
        else:
            self._replay(capture, url, self._links(url, holding, capture))

    def _replay(self, capture: Capture, url: str, links: list[tuple[str, str]], *more: tuple[str, str]) -> None:
        headers = [("Memento-Datetime", format_datetime(capture.moment, usegmt=True)), *links, *more]
        if capture.redirect is not None:
            self._send(capture.status, "", ("Location", capture.redirect), *headers)
        else:
            self._send(capture.status, f"<title>{capture.title}</title>{capture.body}", *headers)

    def _links(self, url: str, holding: Holding, capture: Capture) -> list[tuple[str, str]]:
        links = [f'<{url}>; rel="original"', f'<{TIMEGATE}{url}>; rel="timegate"']
        if holding.timemap != "unnamed":
            links.append(f'<{ARCHIVE}/timemap/0/{url}>; rel="timemap"; type="application/link-format"')
        date = format_datetime(capture.moment, usegmt=True)
        links.append(f'<{memento(capture, url)}>; rel="memento"; datetime="{date}"')
        return [("Link", ", ".join(links))]

    def _save(self, url: str) -> None:
        if self._web.save_faults:
            self._send(self._web.save_faults.pop(0), "<title>Not now</title>", ("Retry-After", self._web.save_retry_after))
            return
        self._web.saved.append(url)
        if self._web.is_saving_later:
            self._send(200, "<title>Saving page now</title>")
            return
        capture = Capture(SAVED, status=404 if self._web.pages.get(url) != 200 else 200)
        self._web.holdings.setdefault(url, Holding()).captures.append(capture)
        self._send(302, "", ("Location", memento(capture, url)))

    def _timemap(self, url: str, page: str) -> None:
        holding = self._web.holdings[url]
        lines = [f'<{url}>; rel="original"', f'<{ARCHIVE}/timemap/{page}/{url}>; rel="self"; type="application/link-format"']
        copies = [
            f'<{memento(each, url)}>; rel="memento"; datetime="{format_datetime(each.moment, usegmt=True)}"'
            for each in holding.captures
        ]
        match holding.timemap:
            case "404":
                self._send(404, "")
                return
            case "html":
                self._send(200, "<title>All captures</title>")
                return
            case "empty":
                copies = []
            case "paged" if page == "0":
                copies = [f'<{ARCHIVE}/timemap/{number}/{url}>; rel="timemap"' for number in (1, 2)]
            case "paged":
                half = (len(copies) + 1) // 2
                copies = copies[:half] if page == "1" else copies[half:]
            case "huge":
                copies += [
                    f'<{TIMEGATE}1999010100{number:06}/{url}>; rel="memento"; datetime="Fri, 01 Jan 1999 00:00:00 GMT"'
                    for number in range(MANY)
                ]
        joined = ", " if holding.timemap == "one-line" else ",\n"
        self._send(200, joined.join([*lines, *copies]), type="application/link-format")

    def _send(self, status: int, body: str, *headers: tuple[str, str], type: str = "text/html; charset=utf-8") -> None:  # noqa: A002
        data = body.encode()
        self.send_response(status)
        for name, value in (("Content-Type", type), ("Content-Length", str(len(data))), *headers):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Print nothing."""


def captures(*stamps: str) -> Iterator[Capture]:
    return map(Capture, stamps)
