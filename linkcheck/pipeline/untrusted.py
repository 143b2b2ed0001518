"""What a run does differently in a checkout that is not trusted (`--untrusted`).

Beside the configuration (see `config.trust`): schemas come from the commit that `--since` names or are the default, a
history or baseline that came with the articles does not count, and what is written goes through no symbolic link of the
checkout.
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
    """The top of the repository around the working directory, else the working directory."""
    here = Path.cwd()
    return find_top(here) or here


def is_from_checkout(path: str) -> bool:
    """Whether a file may have come with the checkout."""
    top = checkout()
    whole = Path(os.path.abspath(path))  # where it stands, not where a link leads
    return whole.is_relative_to(top) or whole.resolve().is_relative_to(top)


def schema_reader(base: Commit | None, *, named: str | None) -> Callable[[Path], bytes | None] | None:
    """How schemas are read: from `base`, the commit that `--since` names, where it is given.

    A schema that the user `named` is the user's where the base does not have it: it may be younger than that.
    """
    if base is None:
        return None
    top = checkout()
    is_users = named is not None and named != validate.DEFAULT and base.read(named) is None

    def read(path: Path) -> bytes | None:
        # Where it stands; what lies elsewhere may be a link into the checkout.
        place = next((each for each in (path, path.resolve()) if each.is_relative_to(top)), None)
        if place is None:
            return None
        text = base.read(str(place))
        if text is None and not is_users:
            raise FileNotFoundError(2, f"not in {base}, and the checkout is untrusted")
        return text

    return read


def refuse_changed_inputs(base: Commit | None, inputs: Mapping[str, str | None]) -> None:
    """Raises UsageError for an input of the checkout that the base has with another content: the change rewrote it.

    `inputs` are files by the names of their settings.
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
    """Raises UsageError for an output that leads through a symbolic link of the checkout.

    `outputs` are the names of options, each with a file that is written for it.
    """
    top = checkout()
    for name, path in outputs:
        whole = Path(os.path.abspath(path))  # where it stands, not where a link leads
        if whole.is_relative_to(top):
            link = next((part for part in (whole, *whole.parents) if part != top and part.is_symlink()), None)
            if link is not None and link.is_relative_to(top):
                raise UsageError(
                    f"{name} {path}: {link.relative_to(top)} is a symbolic link in the untrusted checkout; "
                    "use a file outside the checkout"
                )
