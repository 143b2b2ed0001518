"""A real browser, as a witness: Chromium without a window, started for one page and ended with it; and a Dask cluster."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from command import PATIENCE, PROJECT
from tools import program

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",  # CI runs as root in a container, where the sandbox cannot start; the pages are our own
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)

Browse = Callable[[Path], str]


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser."""
    return program(*NAMES, package="chromium")


@pytest.fixture
def browse(chromium: str, tmp_path: Path) -> Browse:
    """Open a page of the disk, let its scripts run to the end, and give the document that came of it."""

    def open_page(page: Path) -> str:
        # Virtual time stands still while something loads, so the budget is no wait.
        options = (*FLAGS, f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=10000", "--dump-dom")
        done = subprocess.run([chromium, *options, page.as_uri()], capture_output=True, text=True, timeout=100, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    return open_page


@pytest.fixture
def cluster() -> Iterator[tuple[str, list[int]]]:
    """The address of a Dask scheduler, and the process ids of its two workers."""
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    script = [sys.executable, str(Path(__file__).with_name("crawl") / "cluster.py")]
    with subprocess.Popen(script, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        address, workers = msgspec.json.decode(process.stdout.readline())
        yield address.replace("tcp://", "dask://"), workers
        process.communicate(timeout=PATIENCE)
