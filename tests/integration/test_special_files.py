"""A pipe, a device or a folder in the place of a file ends in a message, and never in waiting."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from command import article, linkcheck

from linkcheck.files import open_descriptor, open_file, read_file

SPECIAL: dict[str, Callable[[Path], None]] = {
    "a pipe": os.mkfifo,
    "a device without an end": lambda path: path.symlink_to("/dev/zero"),
}
NAMED = [
    *(("check", f"--{name}", "special") for name in ("config", "replay", "schema", "baseline", "files-from", "ca-bundle")),
    ("check", "--history", "special"),
    ("check", "--record", "special"),
    ("check", "--report", "json:special"),
    ("check", "--baseline", "special", "--update-baseline"),
    ("report", "--history", "special"),
]


@pytest.mark.parametrize("make", SPECIAL.values(), ids=SPECIAL)
@pytest.mark.parametrize("words", NAMED, ids=" ".join)
def test_what_is_named_and_no_regular_file_is_refused(
    tmp_path: Path, words: tuple[str, ...], make: Callable[[Path], None]
) -> None:
    (tmp_path / "a.md").write_text(article(webUrl="https://127.0.0.1/"))  # the guard refuses it: nothing is sent
    make(tmp_path / "special")
    done = linkcheck(*words, cwd=tmp_path)
    if "--record" in words or "--report" in words or "--update-baseline" in words:
        # A link is replaced, never followed.
        assert done.code == 2 or not (tmp_path / "special").is_symlink()
        return
    assert done.code == 2
    assert "special" in done.err
    assert "regular file" in done.err or "does not exist" in done.err


@pytest.mark.parametrize("make", SPECIAL.values(), ids=SPECIAL)
@pytest.mark.parametrize("name", ["linkcheck.toml", ".linkcheck.toml", "pyproject.toml"])
def test_a_configuration_that_is_found_is_refused_likewise(tmp_path: Path, name: str, make: Callable[[Path], None]) -> None:
    (tmp_path / "a.md").write_text(article())
    make(tmp_path / name)
    done = linkcheck("validate", cwd=tmp_path)
    assert done.code == 2
    assert f"{name}: the configuration cannot be read: it is not a regular file" in done.err


@pytest.mark.parametrize("make", SPECIAL.values(), ids=SPECIAL)
def test_a_schema_that_an_article_or_a_schema_names_is_a_finding(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "special.json")
    (tmp_path / "a.md").write_text(article(**{"$schema": "special.json"}))
    named = linkcheck("validate", cwd=tmp_path)
    assert named.code == 1
    assert "LC110" in named.out
    (tmp_path / "outer.json").write_text('{"properties": {"title": {"$ref": "special.json"}}}')
    (tmp_path / "a.md").write_text(article())
    referred = linkcheck("validate", "--schema", "outer.json", cwd=tmp_path)
    assert referred.code == 2
    assert "special.json" in referred.err


def test_an_ignore_file_that_is_a_pipe_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(article())
    os.mkfifo(tmp_path / ".gitignore")
    done = linkcheck("validate", cwd=tmp_path)
    assert done.code == 1
    assert ".gitignore" in done.out
    assert "it is not a regular file" in done.out
    # Above the folder that is checked nothing is said, and nothing waits.
    (tmp_path / ".git").mkdir()
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.md").write_text(article())
    assert linkcheck("validate", cwd=tmp_path / "sub").code == 0


@pytest.mark.parametrize("name", [".pre-commit-config.yaml", "linkcheck.toml", "hugo.toml", "_config.yml"])
def test_init_waits_for_no_pipe(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.md").write_text(article())
    os.mkfifo(tmp_path / name)
    done = linkcheck("init", "--yes", cwd=tmp_path)
    assert done.code == (2 if name in (".pre-commit-config.yaml", "linkcheck.toml") else 0)


def test_an_article_that_becomes_a_pipe_is_a_finding(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    done = linkcheck("validate", "a.md", cwd=tmp_path)
    assert done.code == 1
    assert "it is not a regular file" in done.out


def test_only_a_regular_file_is_opened_whoever_writes_at_the_other_end(tmp_path: Path) -> None:
    pipe, folder, file = tmp_path / "pipe", tmp_path / "folder", tmp_path / "file"
    os.mkfifo(pipe)
    folder.mkdir()
    file.write_bytes(b"text")
    (tmp_path / "link").symlink_to(file)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    writer = os.open(pipe, os.O_WRONLY)
    os.write(writer, b"text")
    for opened in (open_descriptor, open_file):
        with pytest.raises(OSError, match="it is not a regular file"):
            opened(pipe)
        with pytest.raises(IsADirectoryError):
            opened(folder)
        with pytest.raises(OSError, match="symbolic links"):
            opened(tmp_path / "link", follow=False)
    os.close(reader)
    os.close(writer)
    assert (read_file(tmp_path / "link", most=4), read_file(file, most=2)) == (b"text", b"tex")
