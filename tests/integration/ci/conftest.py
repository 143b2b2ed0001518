"""A runner for our action, and the environments of Python it may find linkcheck in."""

import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

import pytest
from ci.composite import Job

import linkcheck

Environment = Callable[..., Path]


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """Makes a Python that finds packages in these folders and nowhere else; -I does not shut them out."""

    def make(*folders: Path) -> Path:
        home = tmp_path_factory.mktemp("python")
        subprocess.run([sys.executable, "-I", "-m", "venv", "--without-pip", home], check=True)
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        (home / "lib" / version / "site-packages" / "these.pth").write_text("\n".join(map(str, folders)), encoding="utf-8")
        return home / "bin" / "python"

    return make


@pytest.fixture(scope="session")
def python(environment: Environment) -> Path:
    """A Python with linkcheck as it is under test."""
    places = dict.fromkeys(Path(sysconfig.get_path(name)) for name in ("purelib", "platlib"))
    return environment(Path(linkcheck.__file__).parents[1], *places)


@pytest.fixture
def job(tmp_path: Path, python: Path) -> Job:
    return Job(tmp_path, python=python)


@pytest.fixture
def stand_in(tmp_path: Path, environment: Environment) -> Callable[[str], Path]:
    """A Python whose `python -m linkcheck` is the given source; `reports` in it writes the reports asked for."""

    def make(source: str) -> Path:
        package = tmp_path / "stand-in" / "linkcheck"
        package.mkdir(parents=True)
        (package / "__main__.py").write_text(_REPORTS + source, encoding="utf-8")
        return environment(package.parent)

    return make


_REPORTS = """
import json, sys
from pathlib import Path

def reports(complete=True, **findings):
    for before, argument in zip(sys.argv, sys.argv[1:]):
        name, _, file = argument.partition(":")
        if before == "--report" and file:
            summary = {"type": "summary", "complete": complete, "problems": findings, "changes": None}
            Path(file).write_text(json.dumps(summary) + chr(10) if name == "ndjson" else name + chr(10))

"""
