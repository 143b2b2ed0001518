"""What every test may use."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from golden import Golden, kept, rewrite
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from loopback import Loopback

REWRITTEN = "rewritten"
"""The property of a test that names a golden file it rewrote; pytest-xdist carries it to the process that reports."""

# An example may take as long as it takes: a busy machine is no fault.
settings.register_profile(
    "patient",
    settings.get_profile(settings.get_current_profile_name()),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("patient")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite golden files with what the tests produce, and list them")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = (each for found in terminalreporter.stats.values() for each in found if isinstance(each, pytest.TestReport))
    rewritten = {str(path) for report in reports for name, path in report.user_properties if name == REWRITTEN}
    for path in sorted(rewritten):
        terminalreporter.write_line(f"rewrote {path}")


@pytest.fixture
def golden(request: pytest.FixtureRequest, record_property: Callable[[str, object], None]) -> Golden:
    root = request.config.rootpath

    def golden(path: Path, produced: str) -> str:
        name = path.relative_to(root).as_posix()
        if request.config.getoption("--accept") and rewrite(path, produced):
            record_property(REWRITTEN, name)
        text = kept(path)
        if text != produced:
            test = request.node.nodeid.split("[")[0]
            request.node.add_report_section("call", "golden file", f"{name} differs; to rewrite it: pytest {test} --accept")
        return text

    return golden


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test depends on the proxies, tokens or settings of whoever runs it."""
    for name in (
        *("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"),
        *("http_proxy", "https_proxy", "all_proxy", "no_proxy"),
        *("SSL_CERT_FILE", "SSL_CERT_DIR", "GITHUB_ACTIONS", "CI", "NO_COLOR", "FORCE_COLOR"),
        *(name for name in os.environ if name.startswith("LINKCHECK_")),
    ):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def loopback_session(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Loopback]":
    from loopback import Loopback

    web = Loopback(tmp_path_factory.mktemp("loopback"))
    yield web
    web.close()


@pytest.fixture
def loopback(loopback_session: "Loopback") -> "Iterator[Loopback]":
    """A web of real sockets on 127.0.0.1 with names, certificates and hostile servers (`tests/support/loopback.py`)."""
    web = loopback_session
    before = dict(web.behaviours)
    web.asked.clear()
    web.lookups.clear()
    web.names.clear()
    yield web
    web.behaviours.clear()
    web.behaviours.update(before)
