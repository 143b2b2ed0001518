"""What a rule reports at a location."""

import hashlib
from enum import StrEnum

from msgspec import Struct

from linkcheck.model.archived_copy import ArchivedCopy
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
    `suggestion` is what a block of lines with edits becomes, if the change under check wrote all of them. It has the edits
    of all findings there, so only one of these has it.
    """

    kind: FixKind
    reason: str
    edits: tuple[Edit, ...] = ()
    suggestion: tuple[str, ...] = ()


class CauseKind(StrEnum):
    """What has to be repaired so that a finding goes away, and others with it."""

    TARGET = "target"
    """A URL, or a file of the repository."""
    HOST = "host"
    SCHEMA = "schema"
    """A property that many articles state in the same way: its pointer, with `*` for list indices."""
    VALUE = "value"
    """A value that has to be unique, or the name of an entry, whatever articles have it."""
    ARTICLE = "article"
    """One article: its path, and after `#` the pointer of a property."""
    RUN = "run"
    """What a finding of the run is about."""


class Cause(Struct, frozen=True):
    """What has to be repaired. Findings of one rule with equal causes are one problem."""

    kind: CauseKind
    value: str

    def problem(self, code: str) -> str:
        """Identity of the problem that a rule has with it. 32 hex digits."""
        return digest(code, self.kind.value, self.value)


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
    cause: Cause | None = None
    """None where the finding is the only one of its problem."""
    common_cause: Cause | None = None
    """The cause if many articles have it."""
    archive: ArchivedCopy | None = None
    """A copy of the page that `url` no longer leads to, from about the date of the article."""

    @property
    def fingerprint(self) -> str:
        """Identity across runs: rule, path, pointer and URL, or rule and subject; no line, no time. 32 hex digits."""
        place = (self.location.path, self.location.pointer, self.url or "")
        return digest(self.code, *(place if self.subject is None else (self.subject,)))

    @property
    def problem(self) -> str:
        """Identity of its problem across runs: rule and cause. 32 hex digits."""
        return self.fingerprint if self.cause is None else self.cause.problem(self.code)


def digest(*parts: str) -> str:
    """32 hex digits that identify these texts, none of which contains NUL."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
