"""Git runs nothing that a checkout or a configuration names, and takes no folder of a checkout for the repository."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from command import Done, article, linkcheck
from repositories import GIT, commit, git, new
from tools import missing, program

BROKEN = article(publishedDateTime="2021-02-30T00:00:00Z")

# Keys that name a program, by how git's own list of keys calls them; `x` stands in for what is between angle brackets.
NAMES_A_PROGRAM = re.compile(
    r"(command|cmd|program|helper|editor|pager|askpass|external|\.textconv|driver|clean|smudge|process|fsmonitor|uploadpack"
    r"|receivepack|vcs|proxy|\.path|tool|hook|difffilter|browser|pager\.x|target)$",
    re.IGNORECASE,
)
BESIDE = ("filter.x.process", "credential.https://a.example/.helper", "alias.diff", "alias.rev-parse", "alias.config")


def keys() -> list[str]:
    listed = subprocess.run(["git", "help", "-c"], env=GIT, check=True, capture_output=True, text=True).stdout.split()
    filled = {re.sub(r"<\w+>", "x", key) for key in listed if not key.startswith(("include", "advice", "color"))}
    return sorted({key for key in filled if NAMES_A_PROGRAM.search(key)} | set(BESIDE))


class Trap:
    """A clone whose branch `feature` brought an article that is wrong, with traps all over it."""

    def __init__(self, folder: Path) -> None:
        self.marker = folder / "marker"
        self.program = folder / "trap.sh"
        self.program.write_text(f'#!/bin/sh\necho "$0 $*" >> {self.marker}\ncat 2>/dev/null\n')
        self.program.chmod(0o755)
        origin = new(folder / "origin")
        commit(
            origin, linkcheck__toml='fail-on = "warning"\n', a__md=article(), docs___b__md=article(), sub___c__md=article()
        )
        self.top = folder / "clone"
        git(folder, "clone", "-q", origin, self.top)
        git(self.top, "checkout", "-q", "-b", "feature")
        for each in ("", "docs/", "sub/"):
            (self.top / f"{each}new.md").write_text(BROKEN)
        self.imitate(self.top, folder / "fake")
        self.imitate(self.top / "docs", folder / "fake")
        (self.top / ".gitattributes").write_text("* filter=x diff=x merge=x\n")
        (self.top / "link").symlink_to("sub")
        (folder / "way-in").symlink_to(self.top / "sub")
        commit(self.top)
        self.set_traps(self.top / ".git" / "config")
        for file in self.top.rglob("*.md"):
            os.utime(file, (1, 1))  # so that git has to look into it

    def imitate(self, place: Path, fake: Path) -> None:
        """What makes git take a folder for a bare repository, in which the base ignores everything."""
        if not fake.exists():
            new(fake)
            commit(fake, linkcheck__toml='fail-on = "never"\nignore = ["LC"]\n', docs___linkcheck__toml='ignore = ["LC"]\n')
            git(fake, "update-ref", "refs/remotes/origin/main", "HEAD")
        for name in ("HEAD", "config", "index", "objects", "refs"):
            source, target = fake / ".git" / name, place / name
            shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
        (place / "refs" / "heads" / "keep").write_text("")
        self.set_traps(place / "config")
        git(place.parent, "config", "--file", place / "config", "core.bare", "false")
        git(place.parent, "config", "--file", place / "config", "core.worktree", ".")

    def set_traps(self, config: Path) -> None:
        hooks = config.parent / "traps"
        hooks.mkdir(exist_ok=True)
        for name in ("post-index-change", "reference-transaction", "fsmonitor-watchman", "post-checkout"):
            shutil.copy(self.program, hooks / name)
        text = "".join(f"{quoted(key, str(self.marker if key.startswith('trace2') else self.program))}" for key in keys())
        text += quoted("core.hooksPath", str(hooks))
        included = config.parent / "included.ini"
        included.write_text(text)
        with config.open("a") as stream:
            stream.write(text + quoted("include.path", str(included)))

    def ran(self) -> str:
        return self.marker.read_text() if self.marker.exists() else ""

    def check(self, *options: str, folder: str = ".", **variables: str) -> Done:
        return linkcheck(
            *("check", "--offline", "--report", "json", *options), cwd=self.top / folder, environment={**GIT, **variables}
        )


def quoted(key: str, value: str) -> str:
    section, _, rest = key.partition(".")
    subsection, _, name = rest.rpartition(".")
    return (f'[{section} "{subsection}"]' if subsection else f"[{section}]") + f'\n\t{name} = "{value}"\n'


@pytest.fixture
def trap(tmp_path: Path) -> Trap:
    return Trap(tmp_path)


def found(done: Done) -> set[tuple[str, str]]:
    assert done.out, done.err
    report: dict[str, Any] = msgspec.json.decode(done.out)
    return {(each["path"], each["code"]) for each in report["findings"] if each["status"] == "open"}


def test_git_alone_walks_into_the_traps(trap: Trap) -> None:
    assert {"core.sshCommand", "core.fsmonitor", "filter.x.clean", "diff.external", "gpg.program"} <= set(keys())
    for folder in ("", "docs"):
        subprocess.run(["git", "-C", trap.top / folder, "diff", "origin/main"], env=GIT, check=False, capture_output=True)
        assert trap.ran()
        trap.marker.unlink()


@pytest.mark.parametrize("trust", [(), ("--untrusted",)], ids=["trusted", "untrusted"])
@pytest.mark.parametrize("folder", [".", "docs", "sub", "link", "../way-in", "docs/refs"])
def test_nothing_runs_and_the_base_is_the_real_one(trap: Trap, folder: str, trust: tuple[str, ...]) -> None:
    paths = [str(trap.top)] if folder == "docs/refs" else []
    done = trap.check("--since", "origin/main", *trust, *paths, folder=folder)
    assert trap.ran() == ""
    assert done.code == 1, done
    name = os.path.relpath(trap.top / "new.md", trap.top / folder) if paths else "new.md"
    assert (name, "LC112") in found(done)


@pytest.mark.parametrize(
    "variables",
    [
        {"GIT_DIR": "{top}/docs", "GIT_WORK_TREE": "{top}/docs"},
        {"GIT_DIR": "docs", "GIT_COMMON_DIR": "{top}/docs"},
        {"GIT_INDEX_FILE": "{top}/docs/index", "GIT_OBJECT_DIRECTORY": "{top}/docs/objects"},
        {"GIT_EXTERNAL_DIFF": "{program}", "GIT_PAGER": "{program}", "PAGER": "{program}", "GIT_EDITOR": "{program}"},
        {
            "GIT_SSH": "{program}",
            "GIT_SSH_COMMAND": "{program}",
            "GIT_ASKPASS": "{program}",
            "GIT_PROXY_COMMAND": "{program}",
        },
        {"GIT_TRACE": "{marker}", "GIT_TRACE2": "{marker}", "GIT_TRACE2_EVENT": "{marker}", "GIT_TRACE_SETUP": "{marker}"},
        {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "filter.x.clean", "GIT_CONFIG_VALUE_0": "{program}"},
        {"GIT_CONFIG_PARAMETERS": "'core.fsmonitor={program}'"},
        {"GIT_CONFIG_GLOBAL": "{top}/included.ini", "GIT_CONFIG_SYSTEM": "{top}/included.ini", "GIT_CONFIG_NOSYSTEM": "0"},
        {"GIT_CONFIG_GLOBAL": "{top}/config", "XDG_CONFIG_HOME": "{top}", "HOME": "{top}"},
        {"GIT_EXEC_PATH": "{top}/traps", "GIT_TEMPLATE_DIR": "{top}/traps", "GIT_NAMESPACE": "x"},
        {"PATH": ".:{path}"},
        {"PATH": ":{path}"},
        {"PATH": "traps:{path}"},
    ],
    ids=" ".join,
)
def test_no_variable_leads_git_astray(trap: Trap, variables: dict[str, str]) -> None:
    for name in ("git", "traps/git", "traps/git-diff", "traps/git-rev-parse"):
        shutil.copy(trap.program, trap.top / name)
    known = {"top": trap.top, "program": trap.program, "marker": trap.marker, "path": GIT["PATH"]}
    filled = {name: text.format(**known) for name, text in variables.items()}
    done = trap.check("--since", "origin/main", "--untrusted", **filled)
    assert trap.ran() == ""
    assert ("new.md", "LC112") in found(done)


@pytest.mark.parametrize("url", ["ssh://a.example/x", "ext::{program} %S", "file://{origin}", "{origin}"])
@pytest.mark.parametrize("trust", [(), ("--untrusted",)], ids=["trusted", "untrusted"])
def test_a_partial_clone_is_told_so_and_never_completed(tmp_path: Path, url: str, trust: tuple[str, ...]) -> None:
    origin = new(tmp_path / "origin")
    git(origin, "config", "uploadpack.allowFilter", "true")
    git(origin, "config", "uploadpack.allowAnySHA1InWant", "true")
    commit(origin, a__md=article(), linkcheck__toml="retries = 1\n")
    git(origin, "checkout", "-q", "-b", "feature")
    commit(origin, a__md=article(excerpt="Better words"))
    git(origin, "checkout", "-q", "main")
    commit(origin, linkcheck__toml="retries = 0\n")
    clone, marker, program = tmp_path / "clone", tmp_path / "marker", tmp_path / "trap.sh"
    git(tmp_path, "clone", "-q", "--filter=blob:none", "-b", "feature", f"file://{origin}", clone)
    program.write_text(f"#!/bin/sh\necho ran >> {marker}\n")
    program.chmod(0o755)
    git(clone, "config", "remote.origin.url", url.format(program=program, origin=origin))
    for key in ("core.sshCommand", "remote.origin.uploadpack", "credential.helper"):
        git(clone, "config", key, str(program))
    git(clone, "config", "protocol.allow", "always")
    before = sorted((clone / ".git" / "objects").rglob("*"))
    done = linkcheck("check", "--offline", "--since", "origin/main", *trust, cwd=clone, environment=GIT)
    assert done.code == 2
    assert "the clone is partial and lacks" in done.err
    assert "git fetch --refetch --no-filter" in done.err
    assert not marker.exists()
    assert sorted((clone / ".git" / "objects").rglob("*")) == before


# Whatever a repository is made of


def change(top: Path) -> None:
    """An article that was there is made wrong, another is new, and neither is committed."""
    (top / "a.md").write_text(BROKEN)
    (top / "new.md").write_text(BROKEN)


def changed(top: Path, *options: str, since: str = "origin/main") -> set[str]:
    done = linkcheck("check", "--offline", "--report", "json", "--since", since, *options, cwd=top, environment=GIT)
    return {path for path, code in found(done) if code == "LC112"}


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    folder = new(tmp_path / "origin")
    commit(folder, a__md=article(), old__md=BROKEN, sub___b__md=article())
    commit(folder, old__md=BROKEN + "More words.\n")
    return folder


def plain(origin: Path, folder: Path) -> Path:
    git(origin, "clone", "-q", origin, folder)
    return folder


def worktree(origin: Path, folder: Path) -> Path:
    git(plain(origin, folder / "clone"), "worktree", "add", "-q", "-b", "feature", folder / "tree")
    return folder / "tree"


def submodule(origin: Path, folder: Path) -> Path:
    outer = new(folder)
    git(outer, "submodule", "--quiet", "add", origin, "docs")
    return outer / "docs"


def detached(origin: Path, folder: Path) -> Path:
    git(plain(origin, folder), "checkout", "-q", "--detach")
    return folder


def packed(origin: Path, folder: Path) -> Path:
    git(plain(origin, folder), "pack-refs", "--all")
    return folder


def shared(origin: Path, folder: Path) -> Path:
    git(origin, "clone", "-q", "--shared", origin, folder)
    return folder


def separate(origin: Path, folder: Path) -> Path:
    git(origin, "clone", "-q", f"--separate-git-dir={folder}.git", origin, folder)
    return folder


def linked(origin: Path, folder: Path) -> Path:
    plain(origin, folder)
    (folder / ".git").rename(folder.parent / "elsewhere")
    (folder / ".git").symlink_to(folder.parent / "elsewhere")
    return folder


def split(origin: Path, folder: Path) -> Path:
    git(plain(origin, folder), "update-index", "--split-index")
    return folder


def sparse(origin: Path, folder: Path) -> Path:
    git(plain(origin, folder), "sparse-checkout", "set", "--cone", "--sparse-index", "nowhere")
    assert not (folder / "sub").exists()
    return folder


def shallow(origin: Path, folder: Path) -> Path:
    git(origin, "clone", "-q", "--depth=1", f"file://{origin}", folder)
    return folder


@pytest.mark.parametrize(
    "layout", [plain, worktree, submodule, detached, packed, shared, separate, linked, split, sparse, shallow]
)
def test_a_change_is_found_in_every_kind_of_checkout(origin: Path, tmp_path: Path, layout: Any) -> None:
    top = layout(origin, tmp_path / "site")
    change(top)
    assert changed(top) == {"a.md", "new.md"}
    commit(top)
    assert changed(top) == {"a.md", "new.md"}
    if layout is not submodule:
        assert changed(top, "--untrusted") == {"a.md", "new.md"}


def test_a_wrong_core_bare_and_core_worktree_change_nothing(origin: Path, tmp_path: Path) -> None:
    top = plain(origin, tmp_path / "site")
    change(top)
    git(top, "config", "core.bare", "true")
    assert changed(top) == {"a.md", "new.md"}
    git(top, "config", "core.bare", "false")
    git(top, "config", "core.worktree", str(tmp_path))
    assert changed(top) == {"a.md", "new.md"}


def test_a_repository_with_longer_names_is_read_as_well(tmp_path: Path) -> None:
    top = new(tmp_path / "site", "--object-format=sha256")
    commit(top, a__md=article(), linkcheck__toml='select = ["LC112"]\n')
    git(top, "checkout", "-q", "-b", "feature")
    change(top)
    assert changed(top, "--untrusted", since="main") == {"a.md", "new.md"}


@pytest.mark.parametrize("ref", ["@{upstream}", "main@{upstream}", "FETCH_HEAD", "HEAD^", "HEAD@{1}", "v1", "origin"])
def test_a_ref_may_be_written_as_git_allows(origin: Path, tmp_path: Path, ref: str) -> None:
    top = plain(origin, tmp_path / "site")
    git(top, "tag", "-a", "-m", "One", "v1")
    git(top, "fetch", "-q", "origin", "main")
    change(top)
    commit(top)
    assert changed(top, since=ref) == {"a.md", "new.md"}


def test_the_merge_commit_of_a_shallow_pull_request_has_its_base(origin: Path, tmp_path: Path) -> None:
    git(origin, "checkout", "-q", "-b", "feature")
    commit(origin, new__md=BROKEN)
    git(origin, "checkout", "-q", "main")
    commit(origin, b__md=article())
    git(origin, "checkout", "-q", "-b", "merged")
    git(origin, "merge", "-q", "--no-ff", "feature")
    git(origin, "clone", "-q", "--depth=2", "-b", "merged", f"file://{origin}", tmp_path / "site")
    assert changed(tmp_path / "site", since="HEAD^1") == {"new.md"}


def test_line_ends_that_git_converts_are_no_change(origin: Path, tmp_path: Path) -> None:
    top = plain(origin, tmp_path / "site")
    git(top, "config", "core.autocrlf", "true")
    old = top / "old.md"
    old.write_bytes(old.read_bytes().replace(b"\n", b"\r\n"))
    assert changed(top) == set()


def test_what_git_is_told_to_ignore_is_no_change(origin: Path, tmp_path: Path) -> None:
    top = plain(origin, tmp_path / "site")
    change(top)
    (top / ".git" / "info" / "exclude").write_text("new.md\n")
    assert changed(top) == {"a.md"}


def test_a_link_in_the_base_is_followed_within_it(origin: Path, tmp_path: Path) -> None:
    top = plain(origin, tmp_path / "site")
    (top / "linkcheck.toml").symlink_to("ci/strict.toml")
    commit(top, ci___strict__toml='ignore = ["LC112"]\n')
    git(top, "branch", "base")
    (top / "linkcheck.toml").unlink()
    change(top)
    commit(top, linkcheck__toml="")
    assert changed(top, "--untrusted", since="base") == set()
    git(top, "checkout", "-q", "base")
    (top / "linkcheck.toml").unlink()
    (top / "linkcheck.toml").symlink_to("/etc/passwd")
    commit(top)
    done = linkcheck("check", "--offline", "--untrusted", "--since", "base", cwd=top, environment=GIT)
    assert done.code == 2
    assert "is a symbolic link in base" in done.err


# Names that mean several commits


AMBIGUOUS = {
    "a branch called like the remote's": ("origin/main", "refs/heads/origin/main", "refs/remotes/origin/main"),
    "a tag called like the remote's": ("origin/main", "refs/tags/origin/main", "refs/remotes/origin/main"),
    "the commit before it": ("origin/main~1", "refs/heads/origin/main", "refs/remotes/origin/main~1"),
    "the commit it leads to": ("origin/main^{}", "refs/tags/origin/main", "refs/remotes/origin/main^{}"),
    "a tag called like a branch": ("main", "refs/tags/main", "refs/heads/main"),
    "a branch called like the remote": ("origin", "refs/heads/origin", "refs/remotes/origin/HEAD"),
    "a tag called like the end of a full name": ("heads/main", "refs/tags/heads/main", "refs/heads/main"),
    "a ref outside of the usual folders": (
        "remotes/origin/main",
        "refs/heads/remotes/origin/main",
        "refs/remotes/origin/main",
    ),
}


def attacked(origin: Path, folder: Path, *planted: str) -> Path:
    """A clone in which refs lead to a commit that allows everything, and whose change is wrong."""
    commit(origin, linkcheck__toml="")
    top = plain(origin, folder)
    git(top, "checkout", "-q", "-b", "feature")
    change(top)
    commit(top, linkcheck__toml='ignore = ["LC"]\nfail-on = "never"\n')
    for ref in planted:
        git(top, "update-ref", ref, "HEAD")
    return top


def since(top: Path, ref: str, *options: str) -> Done:
    return linkcheck("check", "--offline", "--report", "json", "--since", ref, *options, cwd=top, environment=GIT)


@pytest.mark.parametrize(("ref", "planted", "meant"), AMBIGUOUS.values(), ids=AMBIGUOUS)
def test_no_planted_ref_decides_the_base(origin: Path, tmp_path: Path, ref: str, planted: str, meant: str) -> None:
    top = attacked(origin, tmp_path / "site", planted)
    done = since(top, ref, "--untrusted")
    assert (done.code, done.out) == (2, ""), done
    assert "is ambiguous" in done.err
    assert planted in done.err
    assert f"--since {meant}" in done.err
    full = since(top, meant, "--untrusted")
    assert full.code == 1, full
    assert ("new.md", "LC112") in found(full)


def test_no_planted_ref_is_taken_for_a_short_hash(origin: Path, tmp_path: Path) -> None:
    name = git(origin, "rev-parse", "HEAD").strip()
    top = attacked(origin, tmp_path / "site", f"refs/tags/{name[:9]}", f"refs/tags/v1-1-g{name[:9]}", f"refs/tags/{name}")
    for short in (name[:9], f"v1-1-g{name[:9]}"):
        done = since(top, short, "--untrusted")
        assert done.code == 2, done
        assert f"--since {name}" in done.err
    assert since(top, name, "--untrusted").code == 1


def test_a_full_name_is_never_taken_for_the_end_of_another(origin: Path, tmp_path: Path) -> None:
    top = attacked(origin, tmp_path / "site", "refs/heads/refs/remotes/origin/gone")
    done = since(top, "refs/remotes/origin/gone", "--untrusted")
    assert done.code == 2
    assert "there is no ref refs/remotes/origin/gone here" in done.err


@pytest.mark.parametrize("ref", ["origin/main", "origin", "HEAD~1", "main@{upstream}", "v1"])
def test_a_name_that_means_one_commit_is_fine(origin: Path, tmp_path: Path, ref: str) -> None:
    top = attacked(origin, tmp_path / "site", "refs/tags/main", "refs/tags/HEAD", "refs/heads/HEAD")
    git(top, "tag", "-a", "-m", "The same", "origin/main", "refs/remotes/origin/main")
    git(top, "tag", "-a", "-m", "One", "v1", "refs/remotes/origin/main")
    git(top, "branch", "v1", "refs/remotes/origin/main")
    done = since(top, ref, "--untrusted")
    assert done.code == 1, done
    assert ("new.md", "LC112") in found(done)


def test_in_a_trusted_checkout_an_ambiguous_name_is_a_notice(origin: Path, tmp_path: Path) -> None:
    top = attacked(origin, tmp_path / "site", "refs/heads/origin/main")
    done = since(top, "origin/main")
    assert done.code == 0
    (notice,) = msgspec.json.decode(done.out)["summary"]["notices"]
    assert "origin/main is ambiguous: refs/heads/origin/main" in notice
    assert "This run used the first" in notice


# Submodules


def notices(done: Done) -> list[str]:
    return [each for each in msgspec.json.decode(done.out)["summary"]["notices"] if "submodule" in each]


@pytest.fixture
def outer(origin: Path, tmp_path: Path) -> Path:
    """A repository with the submodule `docs`, which is as `main` has it."""
    submodule(origin, tmp_path / "site")
    commit(tmp_path / "site", a__md=article())
    git(tmp_path / "site", "checkout", "-q", "-b", "feature")
    return tmp_path / "site"


@pytest.mark.parametrize("finish", [commit, None], ids=["committed", "only in the working tree"])
@pytest.mark.parametrize("trust", [(), ("--untrusted",)], ids=["trusted", "untrusted"])
def test_a_submodule_that_leads_elsewhere_is_told(outer: Path, finish: Any, trust: tuple[str, ...]) -> None:
    commit(outer / "docs", new__md=BROKEN)
    if finish:
        finish(outer)
    done = since(outer, "main", *trust)
    (notice,) = notices(done)
    assert notice.startswith("the submodule docs changed since main")
    assert "run linkcheck inside the submodule or without --since" in notice
    assert found(done) == set()


def test_a_submodule_that_was_added_or_renamed_is_told(origin: Path, outer: Path) -> None:
    git(outer, "submodule", "--quiet", "add", origin, "more/[x] y")
    git(outer, "mv", "docs", "manual")
    assert [each.partition(" changed ")[0].removeprefix("the submodule ") for each in notices(since(outer, "main"))] == [
        "manual",
        "more/[x] y",
    ]


def test_a_submodule_in_the_place_of_an_article_is_told(origin: Path, outer: Path) -> None:
    git(outer, "rm", "-q", "a.md")
    git(outer, "submodule", "--quiet", "add", "--force", origin, "a.md")
    commit(outer)
    assert len(notices(since(outer, "main"))) == 1
    git(outer, "checkout", "-q", "-b", "back")
    git(outer, "rm", "-q", "-f", "a.md")
    commit(outer, a__md=BROKEN)
    done = since(outer, "feature")
    assert notices(done) == []
    assert ("a.md", "LC112") in found(done)


def test_a_submodule_that_did_not_change_is_not_mentioned(outer: Path) -> None:
    (outer / "docs" / "new.md").write_text(BROKEN)
    (outer / "a.md").write_text(BROKEN)
    done = since(outer, "main")
    assert notices(done) == []
    assert found(done) == {("a.md", "LC112")}


def test_a_submodule_cannot_run_anything_either(outer: Path, tmp_path: Path) -> None:
    commit(outer / "docs", new__md=BROKEN, __gitattributes="* filter=x diff=x\n")
    program, marker = tmp_path / "trap.sh", tmp_path / "marker"
    program.write_text(f"#!/bin/sh\necho ran >> {marker}\n")
    program.chmod(0o755)
    with (outer / ".git" / "modules" / "docs" / "config").open("a") as stream:
        stream.writelines(quoted(key, str(program)) for key in keys())
    (outer / "docs" / "a.md").write_text(BROKEN)
    subprocess.run(["git", "-C", outer, "diff", "main"], env=GIT, check=False, capture_output=True)
    assert marker.exists()
    marker.unlink()
    assert len(notices(since(outer, "main", "--untrusted"))) == 1
    assert not marker.exists()


def test_no_gitmodules_hides_a_submodule(outer: Path) -> None:
    git(outer, "config", "--file", ".gitmodules", "submodule.docs.ignore", "all")
    git(outer, "config", "submodule.docs.ignore", "all")
    commit(outer / "docs", new__md=BROKEN)
    git(outer, "add", "-f", "docs")
    commit(outer)
    assert len(notices(since(outer, "main"))) == 1


# What cannot be read is told


def refused(top: Path, *options: str, **variables: str) -> str:
    done = linkcheck(*("check", "--offline", "--since", "origin/main", *options), cwd=top, environment={**GIT, **variables})
    assert (done.code, done.out) == (2, ""), done
    return done.err


def test_a_submodule_has_no_base_in_an_untrusted_checkout(origin: Path, tmp_path: Path) -> None:
    docs = submodule(origin, tmp_path / "site")
    said = refused(docs, "--untrusted")
    assert f"is a submodule of {tmp_path}/site" in said
    assert f"run linkcheck in {tmp_path}/site" in said


@pytest.fixture
def give_away() -> Iterator[Callable[..., None]]:
    """Make files somebody else's until the test ends: only root may, or who may become root."""
    root: tuple[str, ...] = ()
    if os.geteuid() != 0:
        root = (program("sudo", package="sudo"), "-n")
        if subprocess.run([*root, "true"], capture_output=True, check=False).returncode:
            missing("the right to give a file away", "run as root, or allow sudo without a password")
    given: list[Path] = []

    def give(*paths: Path) -> None:
        given.extend(paths)
        subprocess.run([*root, "chown", "12345:12345", *paths], check=True)

    yield give
    subprocess.run([*root, "chown", f"{os.getuid()}:{os.getgid()}", *given], check=True)


def test_a_repository_of_somebody_else_is_read_where_the_user_allows_it(
    origin: Path, tmp_path: Path, give_away: Callable[..., None]
) -> None:
    top = plain(origin, tmp_path / "site")
    change(top)
    give_away(top, top / ".git")
    said = refused(top)
    assert "git refuses to read the repository" in said
    assert f"git config --global --add safe.directory {top}" in said
    mine = tmp_path / "gitconfig"
    mine.write_text(quoted("safe.directory", str(top)))
    allowed = linkcheck(
        *("check", "--offline", "--report", "json", "--since", "origin/main"),
        cwd=top,
        environment={**GIT, "GIT_CONFIG_GLOBAL": str(mine)},
    )
    assert ("new.md", "LC112") in found(allowed)


def test_where_there_is_no_repository_the_message_says_what_was_ignored(origin: Path, tmp_path: Path) -> None:
    top = plain(origin, tmp_path / "site")
    folder = top / "sub"
    assert "GIT_CEILING_DIRECTORIES limits" in refused(folder, GIT_CEILING_DIRECTORIES=str(top))
    outside = tmp_path / "outside"
    outside.mkdir()
    said = refused(outside, GIT_DIR=str(top / ".git"))
    assert "is not in a git repository" in said
    assert "The variable GIT_DIR is ignored" in said


def test_without_room_for_a_temporary_folder_the_message_says_so(origin: Path, tmp_path: Path) -> None:
    top = plain(origin, tmp_path / "site")
    before = "import tempfile; tempfile.tempdir = '/nowhere'"
    done = linkcheck("check", "--offline", "--since", "origin/main", cwd=top, environment=GIT, before=before)
    assert done.code == 2
    assert "cannot be read from a temporary folder: No such file or directory" in done.err


def test_a_git_folder_that_is_none_is_told(origin: Path, tmp_path: Path) -> None:
    top = plain(origin, tmp_path / "site")
    (top / "sub" / ".git").mkdir()
    assert f"git refuses to read the repository {top}/sub" in refused(top / "sub")


@pytest.mark.parametrize("path", ["", ".", "tools", "{top}/tools"])
def test_git_is_looked_for_in_absolute_folders_of_the_path_only(origin: Path, tmp_path: Path, path: str) -> None:
    top = plain(origin, tmp_path / "site")
    (top / "tools").mkdir()
    for place in (top / "git", top / "tools" / "git"):
        place.write_text(f"#!/bin/sh\ntouch {tmp_path}/marker\n")
        place.chmod(0o644 if "{top}" in path else 0o755)
    assert "git is not installed" in refused(top, PATH=path.format(top=top))
    assert not (tmp_path / "marker").exists()
