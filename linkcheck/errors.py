"""What can stop linkcheck itself, and the exit codes (docs/reference/exit-codes.md).

    LinkcheckError
    ├── NothingFoundError 1   no article where it looked
    ├── UsageError        2   arguments, configuration, schema, paths
    └── IncompleteError   4   the network or the disk failed

Everything else that reaches the command line is an internal error (exit 3), and so is one during the check of a link.
"""

from enum import IntEnum


class Exit(IntEnum):
    """How the process ends."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    INTERNAL = 3
    INCOMPLETE = 4
    SIGINT = 130
    SIGTERM = 143


class LinkcheckError(Exception):
    """A reason to stop, shown to the user unchanged: what, where, what to do.

    Each argument is one line: a line break in a quoted value does not start a new line of the message.
    """

    exit_code = Exit.INTERNAL

    def __str__(self) -> str:
        return "\n".join(map(str, self.args))


class NothingFoundError(LinkcheckError):
    """No article was found. A command that checked nothing must not succeed."""

    exit_code = Exit.FINDINGS


class UsageError(LinkcheckError):
    """How it was called: a wrong argument, a broken configuration or schema, a path that is not there."""

    exit_code = Exit.USAGE


class IncompleteError(LinkcheckError):
    """The network or the disk failed: the run is incomplete, or is not in the history."""

    exit_code = Exit.INCOMPLETE
