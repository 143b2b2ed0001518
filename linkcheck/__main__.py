"""The console script."""

import sys


def main() -> None:
    if sys.argv[1:] == ["--version"]:
        # Asked by hooks and CI on every run; answered before anything is loaded.
        from linkcheck import __version__

        sys.stdout.write(f"linkcheck {__version__}\n")
        return
    from linkcheck.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
