"""What a run does differently in a checkout that is not trusted (`--untrusted`).

Beside the configuration (see `config.trust`): schemas come from the commit that `--since` names or are the default, a
history or baseline that came with the articles does not count, and what is written goes through no symbolic link of the
checkout.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from linkcheck import validate
from linkcheck.config import Config
from linkcheck.errors import UsageError
from linkcheck.files import read_file
from linkcheck.repository import find_top


def checkout() -> Path:
    """The top of the repository around the working directory, else the working directory."""
    here = Path.cwd()
    return find_top(here) or here


def is_untrusted(config: Config, path: str) -> bool:
    """Whether a file may have come with the checkout, which is not trusted."""
    if not config.settings.untrusted:
        return False
    top = checkout()
    whole = Path(os.path.abspath(path))  # where it stands, not where a link leads
    return whole.is_relative_to(top) or whole.resolve().is_relative_to(top)


def schema_reader(config: Config) -> Callable[[Path], bytes | None] | None:
    """How schemas are read: from the commit that `--since` names, where it is given.

    A schema named with `--schema` is the user's where the base does not have it: it may be younger than that.
    """
    base = config.base
    if base is None:
        return None
    top = checkout()
    named = config.settings.schema
    is_users = config.schema_named and named not in (None, validate.DEFAULT) and base.read(str(named)) is None

    def read(path: Path) -> bytes | None:
        # Where it stands; what lies elsewhere may be a link into the checkout.
        place = next((each for each in (path, path.resolve()) if each.is_relative_to(top)), None)
        if place is None:
            return None
        text = base.read(str(place))
        if text is None and not is_users:
            raise FileNotFoundError(2, f"not in {base}, and the checkout is not trusted")
        return text

    return read


def refuse_changed_inputs(config: Config) -> None:
    """Raises UsageError for an input of the checkout that the base has with another content: the change rewrote it."""
    settings = config.settings
    for name, path in (("files-from", settings.files_from), ("replay", settings.replay), ("ca-bundle", settings.ca_bundle)):
        if config.base is None or path in (None, "-") or not is_untrusted(config, path):
            continue
        former = config.base.read(path)
        if former is None:
            continue
        try:
            present = read_file(path, most=len(former))
        except OSError:
            present = b""
        if present != former:
            raise UsageError(
                f"--{name} {path}: the file differs from the one in {config.base}, and the checkout is not trusted. "
                "Name a file outside the checkout"
            )


def history_of(config: Config) -> tuple[Path | None, tuple[str, ...]]:
    """The history to use, and the notice where the one named is not."""
    named = config.settings.history
    if named is None:
        return None, ()
    if is_untrusted(config, named):
        return None, (f"{named} lies in the checkout, which is not trusted: this run neither reads nor writes that history",)
    return Path(named), ()


def check_output_links(config: Config) -> None:
    """Raises UsageError for an output that leads through a symbolic link of the checkout."""
    if not config.settings.untrusted:
        return
    top = checkout()
    for name, path in _outputs(config):
        whole = Path(os.path.abspath(path))  # where it stands, not where a link leads
        if whole.is_relative_to(top):
            link = next((part for part in (whole, *whole.parents) if part != top and part.is_symlink()), None)
            if link is not None and link.is_relative_to(top):
                raise UsageError(
                    f"{name} {path}: {link.relative_to(top)} is a symbolic link of the checkout, which is not trusted; "
                    "write outside the checkout"
                )


def _outputs(config: Config) -> Iterator[tuple[str, str]]:
    settings = config.settings
    for text in settings.report:
        _, _, path = text.partition(":")
        if path:
            yield "--report", path
    if settings.record is not None:
        yield "--record", settings.record
    if settings.update_baseline and settings.baseline is not None:
        yield "--baseline", settings.baseline
