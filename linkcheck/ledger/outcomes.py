"""An outcome in two records: what was found, which is often the same in the next run, and what differs every time."""

from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from linkcheck.model import Outcome

_encode = msgspec.msgpack.Encoder().encode


class Visit(Struct, frozen=True, array_like=True):
    """The fields of an `Outcome` that differ from one request to the next, although the response is the same.

    Others are columns of the table `result`.
    """

    attempts: int
    address: str | None
    days_left: int | None
    """Of the certificate."""
    tried_statuses: tuple[int, ...]


OUTCOME = "outcome, visit, requests, seconds, checked_at, reused"
"""The columns of a target that `join` takes."""

_outcomes = msgspec.msgpack.Decoder(Outcome)
_visits = msgspec.msgpack.Decoder(Visit)


def split(outcome: Outcome) -> tuple[bytes, bytes]:
    """The record of what was found, and that of the visit."""
    certificate = outcome.certificate
    visit = Visit(
        outcome.attempts,
        outcome.address,
        None if certificate is None else certificate.days_left,
        outcome.tried_statuses,
    )
    found = replace(
        outcome,
        checked_at="",
        attempts=1,
        requests=1,
        seconds=0.0,
        address=None,
        certificate=None if certificate is None else replace(certificate, days_left=0),
        reused=False,
        tried_statuses=(),
    )
    return _encode(found), _encode(visit)


def join(record: bytes, *visit: Any) -> Outcome:
    """The outcome of the columns `OUTCOME`. Raises DecodeError (msgspec), UnicodeDecodeError or TypeError for damage."""
    blob, requests, seconds, checked_at, reused = visit
    if not isinstance(seconds, int | float) or not isinstance(requests, int) or not isinstance(checked_at, str):
        raise TypeError(visit)
    outcome, seen = _outcomes.decode(record), _visits.decode(blob)
    certificate = outcome.certificate
    return replace(
        outcome,
        checked_at=checked_at,
        attempts=seen.attempts,
        requests=requests,
        seconds=seconds,
        address=seen.address,
        certificate=None if certificate is None else replace(certificate, days_left=seen.days_left or 0),
        reused=bool(reused),
        tried_statuses=seen.tried_statuses,
    )
