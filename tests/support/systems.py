"""Marks of tests that cannot run on every operating system, or that fork. On Linux all tests run."""

import sys

import pytest

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="needs what Windows lacks")
"""Signals, permissions, symbolic links, named pipes, `fork`, limits of open files, terminals."""

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="needs what only Linux has")
"""File names that are not UTF-8, devices such as `/dev/full`."""
forking = pytest.mark.filterwarnings(r"ignore:This process \(pid=\d+\) is multi-threaded:DeprecationWarning")
"""Forks this process. Python 3.12 warns of that, because pytest-xdist has a thread that waits for the next test."""
