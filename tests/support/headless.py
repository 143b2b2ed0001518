"""A headless browser for tests: the small part of WebDriver (W3C) that they need."""

import json
import re
import subprocess
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError

FLAGS = (
    "--headless=new",
    "--no-sandbox",  # the sandbox cannot start as root in a container; the pages are trusted
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)


class Browser:
    """A browser session. Methods are named after the actions of a user."""

    def __init__(self, address: str, session: str) -> None:
        self._address = f"{address}/session/{session}"

    def open(self, page: Path | str) -> None:
        """Open a file or a URL."""
        self._ask("/url", {"url": page if isinstance(page, str) else page.as_uri()})

    def run(self, script: str, *arguments: object) -> object:
        """Run the body of a function; returns its value."""
        return self._ask("/execute/sync", {"script": script, "args": arguments})

    def run_until_called(self, script: str, *arguments: object) -> object:
        """Run the body of a function until it calls its last argument; returns the value of that call."""
        return self._ask("/execute/async", {"script": script, "args": arguments})

    def text(self, selector: str) -> str:
        return str(self.run("return document.querySelector(arguments[0]).innerText", selector))

    def texts(self, selector: str) -> list[str]:
        found = self.run("return [...document.querySelectorAll(arguments[0])].map((each) => each.innerText)", selector)
        assert isinstance(found, list)
        return found

    def click(self, selector: str) -> None:
        """Click the element that exists when the click arrives: a page that handles typing may replace elements."""
        for _ in range(20):
            try:
                self._ask(f"/element/{self._element(selector)}/click", {})
            except AssertionError as error:
                if "stale element reference" not in str(error):
                    raise
            else:
                return
        raise AssertionError(f"{selector} is never the same twice")

    def type(self, selector: str, text: str) -> None:
        self._ask(f"/element/{self._element(selector)}/value", {"text": text})
        self.run_until_called("setTimeout(arguments[0], 0)")  # the page renders in a timer with zero delay, set before

    def press(self, *keys: str) -> None:
        """Send keys, by their WebDriver code points, to the element that has the focus."""
        strokes = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self._ask("/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": strokes}]})

    def screen(self, width: int, height: int, *, phone: bool = False, dark: bool = False, paper: bool = False) -> None:
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone}
        self._develop("Emulation.setDeviceMetricsOverride", size)
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self._develop("Emulation.setEmulatedMedia", {"media": "print" if paper else "", "features": scheme})

    def text_without_scripts(self, page: Path, selector: str) -> str:
        """The text of an element in a page whose scripts never run: it is shown in a sandbox."""
        self.open("about:blank")
        shown = self.run_until_called(
            """
            const [page, selector, done] = arguments;
            const frame = document.createElement("iframe");
            frame.sandbox = "allow-same-origin";
            frame.srcdoc = page;
            frame.onload = () => done(frame.contentDocument.querySelector(selector).innerText);
            document.body.append(frame);
            """,
            page.read_text(encoding="utf-8"),
            selector,
        )
        return str(shown)

    def complaints(self) -> list[str]:
        """The console messages since the last call, including violations of the page's content security policy."""
        logged = self._ask("/se/log", {"type": "browser"})
        assert isinstance(logged, list)
        return [entry["message"] for entry in logged]

    def requests(self) -> list[str]:
        """The URLs that the page requested, without its own."""
        found = self.run("return performance.getEntriesByType('resource').map((each) => each.name)")
        assert isinstance(found, list)
        return found

    def _element(self, selector: str) -> str:
        found = self._ask("/element", {"using": "css selector", "value": selector})
        assert isinstance(found, dict)
        return str(next(iter(found.values())))

    def _develop(self, command: str, parameters: Mapping[str, object]) -> None:
        self._ask("/goog/cdp/execute", {"cmd": command, "params": parameters})

    def _ask(self, path: str, body: object) -> object:
        return ask("POST", self._address + path, body)


def ask(method: str, url: str, body: object = None) -> object:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, method=method, headers={"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            value: object = json.load(response)["value"]
            return value
    except HTTPError as error:
        with error:
            raise AssertionError(error.read().decode()[:2000]) from None


@contextmanager
def browser(chromium: str, chromedriver: str, profile: Path, *more_flags: str) -> Iterator[Browser]:
    command = [chromedriver, "--port=0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            port = next(
                match[1] for line in process.stdout if (match := re.search(r"started successfully on port (\d+)", line))
            )
            address = f"http://127.0.0.1:{port}"
            flags = [*FLAGS, f"--user-data-dir={profile}", *more_flags]
            wanted = {
                "goog:loggingPrefs": {"browser": "ALL"},
                "goog:chromeOptions": {"binary": chromium, "args": flags},
                "timeouts": {"script": 60_000},
            }
            session = ask("POST", f"{address}/session", {"capabilities": {"alwaysMatch": wanted}})
            assert isinstance(session, dict)
            try:
                yield Browser(address, session["sessionId"])
            finally:
                ask("DELETE", f"{address}/session/{session['sessionId']}")
        finally:
            process.terminate()
