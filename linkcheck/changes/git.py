"""Asks git about a repository, and lets nothing that lies in a checkout decide what git does.

A configuration of git can name programs: filters, a transport, a monitor, hooks, and what the next version adds. A list of
switches against them would always be one behind, so whatever git reads or compares, it does without the configuration of the
repository: in a folder of ours with links to the objects, refs and index of the repository, beside a configuration of ours.
That holds the few values of the real one that say what there is (`_DATA`). Without a remote in it, git cannot fetch what a
partial clone lacks either. Only `rev-parse --git-dir` (may this repository be read?) and `config` (what are those values?)
meet the real configuration; both print what is written there, and run nothing.

Which folder is the repository is told to git, since it would take a folder of the checkout for a bare one (`repository`).
"""

import os
import re
import shutil
import weakref
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from linkcheck.errors import UsageError
from linkcheck.files import read_file
from linkcheck.repository import find_top, git_folder

if TYPE_CHECKING:
    import subprocess

_SECONDS = 120
_SMALL = 1 << 16
"""Bytes of a file that holds a ref."""
_OF_THE_USER = re.compile(r"GIT_CONFIG_(GLOBAL|SYSTEM|NOSYSTEM|PARAMETERS|COUNT|KEY_\d+|VALUE_\d+)")
"""Variables that say where the configuration of the user is: it has the say whose repositories may be read."""
_LINKED = frozenset(("objects", "refs", "packed-refs", "reftable", "logs", "shallow", "index"))
_DATA = (
    r"^(core\.(autocrlf|checkstat|eol|filemode|ignorecase|longpaths|precomposeunicode|sparsecheckout|sparsecheckoutcone|symlinks"
    r"|trustctime)|extensions\.(objectformat|refstorage|partialclone)|branch\..*\.(remote|merge)|remote\..*\.(fetch|promisor))$"
)
"""Keys of which none names a program or a place: how files are compared, how objects are stored, what `@{upstream}` is."""
_PARTIAL = ("extensions.partialclone", ".promisor")
"""How the names of keys end by which git knows that it may have to fetch; they are not for our configuration."""
_MISLED = {
    "GIT_DIR": " The variable GIT_DIR is ignored.",
    "GIT_CEILING_DIRECTORIES": " GIT_CEILING_DIRECTORIES limits how far up linkcheck looks.",
}


class Repository:
    """The repository around a folder. Raises UsageError, with what to do, where there is none that git may read."""

    def __init__(self, folder: str) -> None:
        self._program = _program()
        here = Path(folder).resolve()
        top = find_top(here, ceilings=os.environ.get("GIT_CEILING_DIRECTORIES", "").split(os.pathsep))
        if top is None:
            raise UsageError(_no_repository(here))
        behind = git_folder(top)
        assert behind is not None
        self.top = str(top)
        self._folder = here
        self._real = behind.resolve()
        self._check_owner()
        self.is_partial = False
        try:
            self._mirrored = mkdtemp(prefix="linkcheck-git-")
            weakref.finalize(self, shutil.rmtree, self._mirrored, ignore_errors=True)
            git_dir = self._mirror()
        except OSError as error:
            reason = error.strerror or str(error)
            raise UsageError(f"the repository {self.top} cannot be read from a temporary folder: {reason}") from None
        self._environment = _environment(self._mirrored, git_dir, self.top)

    @cached_property
    def superproject(self) -> str | None:
        """The top of the repository that has this one as a submodule; None where none has."""
        outer = find_top(Path(self.top).parent)
        behind = None if outer is None else git_folder(outer)
        return str(outer) if behind is not None and self._real.is_relative_to(behind.resolve() / "modules") else None

    def run(self, *arguments: str, stdin: bytes = b"") -> bytes | None:
        """What git prints; None where it fails. No argument that somebody else wrote may begin with a dash."""
        done = self._done(arguments, stdin, self._environment)
        return done.stdout if done is not None and done.returncode == 0 else None

    def start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        """A git that answers as long as it is asked."""
        import subprocess

        return subprocess.Popen(  # noqa: S603 - a fixed program
            self._command(arguments),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=self._environment,
        )

    def inside(self, path: str) -> str | None:
        """What the repository calls a path (absolute, or relative to the folder); None where it lies elsewhere."""
        inside = os.path.relpath(self._folder / path, self.top).replace(os.sep, "/")
        return None if inside == ".." or inside.startswith("../") or os.path.isabs(inside) else inside

    def outside(self, path: str) -> str:
        """What the folder calls a path of the repository."""
        return os.path.relpath(os.path.join(self.top, path), self._folder)

    def _done(
        self, arguments: tuple[str, ...], stdin: bytes, environment: dict[str, str]
    ) -> "subprocess.CompletedProcess[bytes] | None":
        import subprocess

        try:
            return subprocess.run(  # noqa: S603 - a fixed program
                self._command(arguments), input=stdin, capture_output=True, check=False, timeout=_SECONDS, env=environment
            )
        except (OSError, subprocess.TimeoutExpired):
            return None

    def _command(self, arguments: tuple[str, ...]) -> list[str]:
        return [self._program, "-C", self.top, "-c", "safe.bareRepository=explicit", "--literal-pathspecs", *arguments]

    def _check_owner(self) -> None:
        """Leave it to git, and to what the user told it, whose repositories may be read. This command runs nothing."""
        above = os.path.dirname(self.top)
        done = self._done(("rev-parse", "--git-dir"), b"", {**_of_the_user(), "GIT_CEILING_DIRECTORIES": above})
        if done is None:
            raise UsageError("git does not respond")
        if done.returncode != 0:
            said = " ".join(done.stderr.decode("utf-8", "replace").split())[:500]
            raise UsageError(f"git refuses to read the repository {self.top}: {said or 'it gives no reason'}")

    def _mirror(self) -> str:
        """Make the folder that git takes for the repository's own."""
        common = self._real
        commondir = self._real / "commondir"
        if commondir.is_file():
            # A linked worktree: HEAD and index are its own, the rest it shares.
            common = Path(self._real, os.fsdecode(read_file(commondir, most=_SMALL)).rstrip("\n")).resolve()
        shared = os.path.join(self._mirrored, "shared")
        _link(common, shared)
        values = list(self._data())
        self.is_partial = any(name.endswith(_PARTIAL) for name, _ in values)
        with open(os.path.join(shared, "config"), "w", encoding="utf-8", errors="surrogateescape") as stream:
            stream.writelines(_configuration((name, value) for name, value in values if not name.endswith(_PARTIAL)))
        if common == self._real:
            return shared
        own = os.path.join(self._mirrored, "own")
        _link(self._real, own)
        with open(os.path.join(own, "commondir"), "w", encoding="utf-8") as stream:
            stream.write("../shared\n")
        return own

    def _data(self) -> Iterator[tuple[str, str]]:
        """What of the real configuration says what there is."""
        named = {"GIT_DIR": str(self._real), "GIT_WORK_TREE": self.top}
        done = self._done(("config", "-z", "--get-regexp", _DATA), b"", {**_of_the_user(), **named})
        for line in os.fsdecode(b"" if done is None else done.stdout).split("\0"):
            name, _, value = line.partition("\n")
            if name:
                yield name, value


def _link(real: Path, place: str) -> None:
    os.mkdir(place)
    for name in sorted(os.listdir(real)):
        source, target = real / name, os.path.join(place, name)
        if name == "HEAD" or name.endswith("_HEAD"):
            # Git takes a HEAD that is a link for the name of a branch.
            with open(target, "wb") as stream:
                stream.write(read_file(source, most=_SMALL))
        elif name in _LINKED or name.startswith("sharedindex."):
            _stand_in(source, target)
    if (real / "info" / "exclude").is_file():
        os.mkdir(os.path.join(place, "info"))
        _stand_in(real / "info" / "exclude", os.path.join(place, "info", "exclude"))


def _stand_in(source: Path, target: str) -> None:
    try:
        os.symlink(source, target, target_is_directory=source.is_dir())
    except OSError:
        # Not everybody may make links on Windows.
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copyfile(source, target)


def _configuration(values: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield "[core]\n\trepositoryformatversion = 1\n\tbare = false\n"
    for name, value in values:
        section, _, rest = name.partition(".")
        subsection, _, key = rest.rpartition(".")
        head = f'[{section} "{_escaped(subsection)}"]' if subsection else f"[{section}]"
        text = _escaped(value).replace("\n", "\\n").replace("\t", "\\t").replace("\b", "\\b")
        yield f'{head}\n\t{key} = "{text}"\n'


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _program() -> str:
    # A relative folder in PATH leads into the checkout, and Windows looks into the working directory first.
    for folder in os.get_exec_path():
        if os.path.isabs(folder) and (found := shutil.which(os.path.join(folder, "git"))) is not None:
            return found
    raise UsageError("git is not installed, or not in an absolute folder of PATH. Install git, or check without --since")


def _of_the_user() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or _OF_THE_USER.fullmatch(name)}
    # That configuration may also name a place for traces.
    untraced = dict.fromkeys(("GIT_TRACE2", "GIT_TRACE2_EVENT", "GIT_TRACE2_PERF"), "0")
    return {**kept, **untraced, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}


def _environment(home: str, git_dir: str, top: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {
        **kept,
        "GIT_DIR": git_dir,
        "GIT_WORK_TREE": top,
        # The user's configuration may name programs as well; before git 2.32 it is found by these folders alone.
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_ATTR_NOSYSTEM": "1",
        "HOME": home,
        "XDG_CONFIG_HOME": home,
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "",
        "GIT_OPTIONAL_LOCKS": "0",
        "LC_ALL": "C",
    }


def _no_repository(folder: Path) -> str:
    why = "".join(text for name, text in _MISLED.items() if os.environ.get(name))
    return (
        f"{folder} is not in a git repository: neither it nor a folder above it contains .git.{why} "
        "Run linkcheck inside a clone, or check without --since"
    )
