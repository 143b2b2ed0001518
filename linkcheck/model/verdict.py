"""The classification of a target."""

from enum import StrEnum

from msgspec import Struct


class VerdictKind(StrEnum):
    """The classifications of targets (docs/explanation/verdicts.md)."""

    OK = "ok"
    MOVED = "moved"
    DEAD = "dead"
    SUSPECT = "suspect"
    BLOCKED = "blocked"
    UNREACHABLE = "unreachable"
    SKIPPED = "skipped"


class Verdict(Struct, frozen=True):
    """A verdict and the reason, in one clause (`404 Not Found`, `moved permanently to https://...`)."""

    kind: VerdictKind
    reason: str
