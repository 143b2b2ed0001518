"""What a run does differently in an untrusted checkout (`--untrusted`), in addition to the configuration (`config.trust`).

Schemas are read from the commit that `--since` specifies, or are the default. A history in the checkout is ignored, and a
baseline is read from the commit. No output is written through a symbolic link in the checkout.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from linkcheck import validate
from linkcheck.changes import Commit
from linkcheck.errors import UsageError
from linkcheck.files import read_file
from linkcheck.repository import find_top


def checkout() -> Path:
    """The root of the repository that contains the working directory, or else the working directory."""
    here = Path.cwd()
    return find_top(here) or here


def is_from_checkout(path: str) -> bool:
    """Whether a file may be part of the checkout."""
    top = checkout()
    whole = Path(os.path.abspath(path))  # its own location, not the target of a link
    return whole.is_relative_to(top) or whole.resolve().is_relative_to(top)


def schema_reader(base: Commit | None, *, named: str | None) -> Callable[[Path], bytes | None] | None:
    """A function that reads schemas from `base`, the commit that `--since` specifies; None without `base`.

    A schema that the user `named` is trusted if the base does not have it, because it may be newer.
    """
    if base is None:
        return None
    top = checkout()
    is_users = named is not None and named != validate.DEFAULT and base.read(named) is None

    def read(path: Path) -> bytes | None:
        # Its own location first; a path outside the checkout may be a link into it.
        place = next((each for each in (path, path.resolve()) if each.is_relative_to(top)), None)
        if place is None:
            return None
        text = base.read(str(place))
        if text is None and not is_users:
            raise FileNotFoundError(2, f"not in {base}, and the checkout is untrusted")
        return text

    return read


def refuse_changed_inputs(base: Commit | None, inputs: Mapping[str, str | None]) -> None:
    """Raises UsageError for an input file in the checkout that differs from the one in the base: the change rewrote it.

    `inputs` maps the names of settings to files.
    """
    for name, path in inputs.items():
        if base is None or path is None or path == "-" or not is_from_checkout(path):
            continue
        former = base.read(path)
        if former is None:
            continue
        try:
            present = read_file(path, most=len(former))
        except OSError:
            present = b""
        if present != former:
            raise UsageError(
                f"--{name} {path}: the file differs from the one in {base}, and the checkout is untrusted. "
                "Use a file outside the checkout"
            )


def check_output_links(outputs: Iterable[tuple[str, str]]) -> None:
    """Raises UsageError for an output file whose path leads through a symbolic link in the checkout.

    `outputs` are the names of options, each with the file that is written for it.
    """
    top = checkout()
    for name, path in outputs:
        whole = Path(os.path.abspath(path))  # its own location, not the target of a link
        if whole.is_relative_to(top):
            link = next((part for part in (whole, *whole.parents) if part != top and part.is_symlink()), None)
            if link is not None and link.is_relative_to(top):
                raise UsageError(
                    f"{name} {path}: {link.relative_to(top)} is a symbolic link in the untrusted checkout; "
                    "use a file outside the checkout"
                )
