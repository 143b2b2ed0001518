"""Runs git on a repository so that nothing in a checkout can control what git does.

A git configuration can specify programs: filters, transports, monitors, hooks, and whatever future versions add. A list of
options that disable them would never be complete. Therefore, git never uses the configuration of the repository: it runs
in a temporary folder that has links to the objects, refs and index of the repository, and a configuration written by
linkcheck. That configuration contains only the few values of the real one that describe the data (`_DATA`). It has no
remote, so git cannot fetch the missing objects of a partial clone. Only `rev-parse --git-dir` (may the user read this
repository?) and `config` (which values?) use the real configuration; both only print values and run nothing.

The folder of the repository is always passed to git, because git could mistake a folder of the checkout for a bare
repository (`repository`).
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
"""Maximum size of a file that contains a ref, in bytes."""
_OF_THE_USER = re.compile(r"GIT_CONFIG_(GLOBAL|SYSTEM|NOSYSTEM|PARAMETERS|COUNT|KEY_\d+|VALUE_\d+)")
"""Variables that locate the configuration of the user, which determines whose repositories git may read."""
_LINKED = frozenset(("objects", "refs", "packed-refs", "reftable", "logs", "shallow", "index"))
_DATA = (
    r"^(core\.(autocrlf|checkstat|eol|filemode|ignorecase|longpaths|precomposeunicode|sparsecheckout|sparsecheckoutcone|symlinks"
    r"|trustctime)|extensions\.(objectformat|refstorage|partialclone)|branch\..*\.(remote|merge)|remote\..*\.(fetch|promisor))$"
)
"""Keys that contain neither a program nor a path: how files are compared and objects stored, and what `@{upstream}` is."""
_PARTIAL = ("extensions.partialclone", ".promisor")
"""Suffixes of the keys that show git that it may have to fetch objects; linkcheck's configuration omits them."""
_MISLED = {
    "GIT_DIR": " The variable GIT_DIR is ignored.",
    "GIT_CEILING_DIRECTORIES": " GIT_CEILING_DIRECTORIES limits how far up linkcheck looks.",
}


class Repository:
    """The repository that contains a folder. Raises UsageError, with what to do, if there is none that git may read."""

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
        """The root of the repository that has this one as a submodule; None if there is none."""
        outer = find_top(Path(self.top).parent)
        behind = None if outer is None else git_folder(outer)
        return str(outer) if behind is not None and self._real.is_relative_to(behind.resolve() / "modules") else None

    def run(self, *arguments: str, stdin: bytes = b"") -> bytes | None:
        """The output of git; None if it fails. Arguments that come from users or files must not start with a dash."""
        done = self._done(arguments, stdin, self._environment)
        return done.stdout if done is not None and done.returncode == 0 else None

    def start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        """A git process that answers queries on its standard input until that is closed."""
        import subprocess

        return subprocess.Popen(  # noqa: S603 - a fixed program
            self._command(arguments),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=self._environment,
        )

    def inside(self, path: str) -> str | None:
        """A path (absolute, or relative to the folder) relative to the repository; None if it is outside."""
        inside = os.path.relpath(self._folder / path, self.top).replace(os.sep, "/")
        return None if inside == ".." or inside.startswith("../") or os.path.isabs(inside) else inside

    def outside(self, path: str) -> str:
        """A path of the repository, relative to the folder."""
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
        """Let git and the user's configuration decide whose repositories may be read. This command runs no programs."""
        above = os.path.dirname(self.top)
        done = self._done(("rev-parse", "--git-dir"), b"", {**_of_the_user(), "GIT_CEILING_DIRECTORIES": above})
        if done is None:
            raise UsageError("git does not respond")
        if done.returncode != 0:
            stderr = " ".join(done.stderr.decode("utf-8", "replace").split())[:500]
            raise UsageError(f"git refuses to read the repository {self.top}: {stderr or 'it gives no reason'}")

    def _mirror(self) -> str:
        """Create the folder that git uses instead of the repository's own."""
        common = self._real
        commondir = self._real / "commondir"
        if commondir.is_file():
            # A linked worktree has its own HEAD and index, and shares everything else.
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
        """The values of the real configuration that describe the data."""
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
            # Git would interpret a HEAD that is a link as the name of a branch.
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
        # On Windows, not every user can create links.
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
    # A relative folder in PATH leads into the checkout, and Windows searches the working directory first.
    for folder in os.get_exec_path():
        if os.path.isabs(folder) and (found := shutil.which(os.path.join(folder, "git"))) is not None:
            return found
    raise UsageError("git is not installed, or not in an absolute folder of PATH. Install git, or check without --since")


def _of_the_user() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or _OF_THE_USER.fullmatch(name)}
    # The user's configuration can also specify a file for traces.
    untraced = dict.fromkeys(("GIT_TRACE2", "GIT_TRACE2_EVENT", "GIT_TRACE2_PERF"), "0")
    return {**kept, **untraced, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}


def _environment(home: str, git_dir: str, top: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {
        **kept,
        "GIT_DIR": git_dir,
        "GIT_WORK_TREE": top,
        # The user's configuration can specify programs too; before git 2.32, only these folders determine where it is.
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
