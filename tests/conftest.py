"""What every test may use."""

import gc
import os
import sys
from collections.abc import Callable, Generator, Iterator
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


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """All that is collected stays until the end: whoever looks for garbage need not look through it."""
    gc.disable()
    try:
        import_share(session)
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def import_share(session: pytest.Session) -> None:
    """Import some of the files before all others, each process of pytest-xdist its own: what pytest makes of a file is kept,
    and no other process has to make it again.
    """
    worker = getattr(session.config, "workerinput", None)
    if worker is None:
        return
    ignored = [Path(each).resolve() for each in session.config.getoption("ignore") or ()]
    found = sorted(path for given in session.config.args for path in Path(given).resolve().rglob("test_*.py"))
    files = [path for path in found if not any(map(path.is_relative_to, ignored))]
    for path in files[int(worker["workerid"].removeprefix("gw")) :: worker["workercount"]]:
        try:
            pytest.Module.from_parent(session, path=path).obj  # noqa: B018
        except (Exception, pytest.skip.Exception):  # noqa: BLE001  # it is told when the file is collected
            for name in [name for name, module in sys.modules.items() if getattr(module, "__file__", None) == str(path)]:
                del sys.modules[name]


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
