"""What can stop linkcheck itself, and the exit codes (docs/reference/exit-codes.md).

    LinkcheckError
    ├── NothingFoundError 1   no article where it looked
    ├── UsageError        2   arguments, configuration, schema, paths
    └── IncompleteError   4   the network or the disk gave out

Anything else that reaches the command line is our fault: exit 3, as is a run in which asking failed by our fault.
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
    """A reason to stop, told to the user as it is: what, where, what to do.

    Each argument is one line: a line break in a value that a message quotes starts no line of ours.
    """

    exit_code = Exit.INTERNAL

    def __str__(self) -> str:
        return "\n".join(map(str, self.args))


class NothingFoundError(LinkcheckError):
    """No article was found, and that is not fine: a command that looked at nothing does not end as if all were well."""

    exit_code = Exit.FINDINGS


class UsageError(LinkcheckError):
    """How it was called: a wrong argument, a broken configuration or schema, a path that is not there."""

    exit_code = Exit.USAGE


class IncompleteError(LinkcheckError):
    """The network or the disk gave out: the run is not whole, or not kept."""

    exit_code = Exit.INCOMPLETE
