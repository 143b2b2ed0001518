"""The console script."""

import os
import sys


def main() -> None:
    _open_standard_streams()
    if sys.argv[1:] == ["--version"] and _print_version():
        return
    from linkcheck import signals

    signals.start()
    from linkcheck.cli import run

    code = run(sys.argv[1:])
    signals.ignore()
    sys.exit(code)


def _print_version() -> bool:
    """Asked by hooks and CI on every run; answered before anything is loaded. False where that fails."""
    from linkcheck import __version__

    try:
        sys.stdout.write(f"linkcheck {__version__}\n")
        sys.stdout.flush()
    except OSError:
        return False
    return True


def _open_standard_streams() -> None:
    """Open the null device in place of standard streams that were closed at start.

    No file that is opened later may get their numbers: a message would end up in it, and the event loop aborts.
    """
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(descriptor, True)
    os.close(descriptor)
    sys.stdin = sys.stdin or open(0, encoding="utf-8")  # noqa: SIM115 - open until the process ends
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8")  # noqa: SIM115 - open until the process ends
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8")  # noqa: SIM115 - open until the process ends


if __name__ == "__main__":
    main()
