"""What judge calls a target."""

from enum import StrEnum

from msgspec import Struct


class VerdictKind(StrEnum):
    """What a target may be called (docs/explanation/verdicts.md)."""

    OK = "ok"
    MOVED = "moved"
    DEAD = "dead"
    SUSPECT = "suspect"
    BLOCKED = "blocked"
    UNREACHABLE = "unreachable"
    SKIPPED = "skipped"


class Verdict(Struct, frozen=True):
    """A verdict and, in one clause for people, why (`404 Not Found`, `moved permanently to https://...`)."""

    kind: VerdictKind
    reason: str
