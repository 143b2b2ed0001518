"""What a release consists of."""

import email
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from ci.composite import ROOT

import linkcheck


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an sdist and a wheel."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder


def tracked() -> set[str]:
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return {name for name in listed if name and (ROOT / name).is_file()}


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="needs the repository: an sdist has no list of its files")
def test_the_sdist_contains_every_tracked_file(built: Path) -> None:
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    assert tracked() - names == set()


def test_the_wheel_contains_the_package_and_its_schemas(built: Path) -> None:
    (path,) = built.glob("*.whl")
    with zipfile.ZipFile(path) as wheel:
        names = set(wheel.namelist())
        (metadata,) = (name for name in names if name.endswith(".dist-info/METADATA"))
        described = email.message_from_bytes(wheel.read(metadata))
    package = {path.relative_to(ROOT).as_posix() for path in (ROOT / "linkcheck").rglob("*.py")}
    schemas = {f"linkcheck/schemas/{path.name}" for path in (ROOT / "schemas").iterdir()}
    assert {name for name in names if ".dist-info/" not in name} >= {*package, *schemas, "linkcheck/py.typed"}
    assert {name.partition("/")[0] for name in names} == {"linkcheck", metadata.partition("/")[0]}
    assert described["Version"] == linkcheck.__version__
    assert {url.partition(", ")[0] for url in described.get_all("Project-URL", [])} == {
        *("Changelog", "Documentation", "Issues", "Source")
    }
