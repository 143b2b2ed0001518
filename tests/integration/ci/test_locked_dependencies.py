"""The releases that the action installs."""

import re
import tomllib

import pytest
from ci.composite import ROOT
from packaging.requirements import Requirement

LOCKED = ROOT / ".github" / "action" / "requirements.txt"
ENTRY = re.compile(
    r"^(?P<requirement>[^#\s].*?) \\\n(?P<hashes>(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE
)


def locked() -> dict[str, Requirement]:
    text = LOCKED.read_text(encoding="utf-8")
    entries = [Requirement(entry["requirement"]) for entry in ENTRY.finditer(text)]
    assert len(entries) == text.count("==") - len(re.findall(r" ; .*==", text))
    return {entry.name: entry for entry in entries}


def declared() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [*project["project"]["dependencies"], *project["dependency-groups"]["action"]]


@pytest.mark.parametrize("written", declared())
def test_a_dependency_is_locked_to_a_release_that_it_allows(written: str) -> None:
    dependency = Requirement(written)
    release = locked()[dependency.name]
    (pin,) = release.specifier
    assert pin.operator == "=="
    assert dependency.specifier.contains(pin.version)
    assert (release.marker is None) == (dependency.marker is None)


def test_every_line_is_a_release_with_hashes() -> None:
    assert len(locked()) > len(declared())
    rest = ENTRY.sub("", LOCKED.read_text(encoding="utf-8"))
    assert [line for line in rest.splitlines() if not re.match(r"#|    # ", line)] == []
