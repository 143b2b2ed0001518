"""The console script."""

import os
import sys


def main() -> None:
    if sys.stdout is None or sys.stderr is None:
        _fill_in()
    if sys.argv[1:] == ["--version"] and _tell_version():
        return
    from linkcheck.cli import run

    sys.exit(run(sys.argv[1:]))


def _tell_version() -> bool:
    """Asked by hooks and CI on every run; answered before anything is loaded. False where that fails."""
    from linkcheck import __version__

    try:
        sys.stdout.write(f"linkcheck {__version__}\n")
        sys.stdout.flush()
    except OSError:
        return False
    return True


def _fill_in() -> None:
    """Started with its output closed: nobody listens, and no file opened later may end up under that number."""
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(descriptor)
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8")  # noqa: SIM115 - for as long as the process lives
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8")  # noqa: SIM115 - likewise


if __name__ == "__main__":
    main()
