"""The hooks, installed by the real pre-commit from this repository as it lies here."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from ci.composite import ROOT
from ci.texts import blocks

GOOD = "---\ntitle: Fine\nwebUrl: https://fine.example/\n---\n"
BROKEN = "---\ntitle: Broken\nwebUrl: 7\n---\n"
WEB = (
    '["https://fine.example/"]\npage.title = "Fine"\npage.canonical = "https://fine.example/"\n\n'
    '["https://gone.example/"]\nstatus = 404\n'
)

pytestmark = pytest.mark.timeout(900)  # an environment is made and filled from PyPI

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def call(folder: Path, *command: object, **variables: str) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "PATH", "SSL_", "LANG"))}
    people = {f"GIT_{who}_{what}": "t@t.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    return subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        env=kept | people | {"HOME": str(folder.parent)} | variables,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with this tree in it, committed or not, under the tag `here`."""
    clone = tmp_path_factory.mktemp("hooks") / "linkcheck"
    clone.mkdir()
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in filter(None, os.fsdecode(listed.stdout).split("\0")):
        if name.split("/")[0] in ("tests", "benchmarks", "docs") or not (ROOT / name).is_file():
            continue
        (clone / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, clone / name)
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "All"], ["tag", "here"]):
        done = call(clone, "git", *command)
        assert done.returncode == 0, done.stderr
    return clone


@pytest.fixture(scope="module")
def pre_commit_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps the environments it makes: one installation for all tests here."""
    return tmp_path_factory.mktemp("pre-commit")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "_news").mkdir(parents=True)
    (tmp_path / "web.toml").write_text(WEB)
    (folder / "README.md").write_text("# A site\n")
    assert call(folder, "git", "init", "-q").returncode == 0
    return folder


@pytest.fixture
def run(site: Path, hooks: Path, pre_commit_home: Path) -> Run:
    """Stage everything and run a hook on it; `arguments` as somebody would write them for the hook."""

    def run(hook: str, *options: str, files: str = "^_news/", arguments: str = "") -> "subprocess.CompletedProcess[str]":
        (site / ".pre-commit-config.yaml").write_text(
            f"repos:\n  - repo: {hooks.as_uri()}\n    rev: here\n    hooks:\n"
            f"      - id: {hook}\n        files: {files}\n" + (f"        args: {arguments}\n" if arguments else "")
        )
        assert call(site, "git", "add", "-A").returncode == 0
        return call(
            site,
            *(sys.executable, "-m", "pre_commit", "run", hook, "--verbose", *options),
            PRE_COMMIT_HOME=str(pre_commit_home),
            LINKCHECK_REPLAY=str(site.parent / "web.toml"),
        )

    return run


def test_the_hook_passes_a_good_article_and_fails_a_broken_one(site: Path, run: Run) -> None:
    (site / "_news" / "good.md").write_text(GOOD)

    passed = run("linkcheck")

    assert passed.returncode == 0, passed.stdout + passed.stderr
    assert "Passed" in passed.stdout

    (site / "_news" / "broken.html").write_text(BROKEN)

    failed = run("linkcheck")

    assert failed.returncode == 1, failed.stdout + failed.stderr
    assert "exit code: 1" in failed.stdout
    assert "_news/broken.html" in failed.stdout
    # Offline: a page that is gone is none of this hook's business.
    assert "gone.example" not in failed.stdout


def test_the_hook_has_nothing_to_say_where_no_article_changed(run: Run) -> None:
    skipped = run("linkcheck")

    assert skipped.returncode == 0
    assert "Skipped" in skipped.stdout


def test_a_file_named_like_an_option_stays_a_file(site: Path, run: Run) -> None:
    # pre-commit names files from the top of the repository, so only one at the top could be taken for an option.
    (site / "--exit-zero.md").write_text(BROKEN)
    (site / "--select=LC9.md").write_text(BROKEN)

    done = run("linkcheck", files="^--")

    assert "exit code: 1" in done.stdout, done.stdout + done.stderr
    assert "--exit-zero.md" in done.stdout
    assert "--select=LC9.md" in done.stdout


def test_arguments_that_end_with_dashes_are_heard(site: Path, run: Run) -> None:
    (site / "_news" / "broken.md").write_text(BROKEN)

    done = run("linkcheck", arguments="[--fail-on, never, --]")

    assert done.returncode == 0, done.stdout + done.stderr
    assert "_news/broken.md" in done.stdout


def test_the_hook_for_links_asks_the_web_when_called_by_hand(site: Path, run: Run) -> None:
    (site / "_news" / "gone.md").write_text(GOOD.replace("fine", "gone"))

    on_commit = run("linkcheck-urls")
    by_hand = run("linkcheck-urls", "--hook-stage", "manual")

    # At a commit the hook is not even there.
    assert "https://gone.example/" not in on_commit.stdout
    assert by_hand.returncode == 1, by_hand.stdout + by_hand.stderr
    assert "LC201" in by_hand.stdout


def test_the_manifest_is_one() -> None:
    done = call(ROOT, sys.executable, "-m", "pre_commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml")
    assert done.returncode == 0, done.stdout


def test_the_configuration_for_contributors_is_one() -> None:
    done = call(ROOT, sys.executable, "-m", "pre_commit", "validate-config", ROOT / ".pre-commit-config.yaml")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "text", [pytest.param(text, id=name) for name, text in blocks("yaml", titled=".pre-commit-config.yaml")]
)
def test_a_configuration_to_copy_is_one(text: str, tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(text)
    done = call(tmp_path, sys.executable, "-m", "pre_commit", "validate-config", path)
    assert done.returncode == 0, done.stdout
