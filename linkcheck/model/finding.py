"""What a rule reports at a location."""

import hashlib
from enum import StrEnum

from msgspec import Struct

from linkcheck.model.span import Location, Span


class Severity(StrEnum):
    """How serious a finding is."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Status(StrEnum):
    """Whether a finding counts; only an open one can fail a run."""

    OPEN = "open"
    ACCEPTED = "accepted"
    """In the baseline."""
    UNCHANGED = "unchanged"
    """The change under check (`--since`) did not bring it."""
    IGNORED = "ignored"
    """Silenced by a comment in the article."""

    @classmethod
    def _missing_(cls, value: object) -> "Status | None":
        """The status in a history that was written before the statuses had their present names."""
        return {"new": cls.OPEN, "known": cls.ACCEPTED}.get(str(value))


class FixKind(StrEnum):
    """Whether `linkcheck fix` may write what a finding expects."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    """Only with `--unsafe`: it requires a review."""


class Edit(Struct, frozen=True):
    """A range of an article's text and the text that replaces it, without a line break.

    `byte_column` and `byte_end_column` are the columns of the span in UTF-8 bytes, 1-based, the end exclusive.
    """

    span: Span
    text: str
    byte_column: int
    byte_end_column: int


class Fix(Struct, frozen=True):
    """What `linkcheck fix` does about a finding. `reason` is one clause: why it is safe, or why it is not.

    `edits` are the changes of a safe fix, to be made together; empty if they need a request first or are unknown.
    `suggestion` is what the lines from the first to the last edit become, if the change under check wrote all of them.
    """

    kind: FixKind
    reason: str
    edits: tuple[Edit, ...] = ()
    suggestion: tuple[str, ...] = ()


SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.INFO)
"""From the most to the least severe."""

Fact = None | bool | int | float | str | tuple[str, ...]


class Finding(Struct, frozen=True):
    """A rule's verdict at a location.

    `message` is one sentence on what is wrong, `hint` one on what to do. `facts` are what a machine needs to act on it
    (`{"status": 404}`, `{"expected": URL}`). `quote` is the line of the article, without its line end.
    """

    code: str
    name: str
    severity: Severity
    location: Location
    message: str
    url: str | None = None
    hint: str | None = None
    facts: dict[str, Fact] = {}
    quote: str | None = None
    status: Status = Status.OPEN
    reason: str | None = None
    """Why it is not open."""
    subject: str | None = None
    """The host, URL, folder or reason that a finding of the run is about; its location is only the first of many."""
    fix: Fix | None = None
    """None if `linkcheck fix` writes nothing."""

    @property
    def fingerprint(self) -> str:
        """Identity across runs: rule, path, pointer and URL, or rule and subject; no line, no time. 32 hex digits."""
        place = (self.location.path, self.location.pointer, self.url or "")
        identity = "\0".join((self.code, *(place if self.subject is None else (self.subject,))))
        return hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:32]
