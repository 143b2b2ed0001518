"""Which outcomes may pass, how long to wait before the next try, and what a server means by Retry-After."""

import random
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from linkcheck.model import FailureKind, Outcome

TRANSIENT_STATUSES = frozenset(
    {408, 425, 429, 500, 502, 503, 504, 507, 509, 520, 521, 522, 523, 524, 525, 527, 529, 530, 598, 599}
)
"""Answers that say something about the moment and nothing about the URL."""
TOO_MANY_REQUESTS = 429
LASTING = {
    FailureKind.CONNECT: frozenset({"no-ipv6"}),
    FailureKind.DNS: frozenset({"nxdomain", "no-address"}),
    FailureKind.PROTOCOL: frozenset({"http2-only"}),
    FailureKind.TLS: frozenset({"expired", "not-yet-valid", "wrong-host", "untrusted", "self-signed", "incomplete-chain"}),
}
"""Details of passing kinds that another try a second later would not change."""
UNKNOWN_AUTHORITIES = {(FailureKind.TLS, "untrusted"), (FailureKind.TLS, "self-signed")}
_LOOPS = {(FailureKind.TOO_MANY_HOPS, "loop"), (FailureKind.TOO_MANY_HOPS, "loop-varies")}
TRANSIENT_KINDS = frozenset({FailureKind.DNS, FailureKind.CONNECT, FailureKind.TLS, FailureKind.TIMEOUT, FailureKind.RESET})
OF_THE_REQUEST = frozenset({FailureKind.PROTOCOL, FailureKind.RESET, FailureKind.TIMEOUT})
"""Failures that a header of the request may lead to."""
LONGEST_BACKOFF = 60.0

_SECONDS = re.compile(r"[0-9]{1,9}", re.ASCII)
_SPAN = re.compile(r"(?:([0-9]{1,4})h)?(?:([0-9]{1,5})m)?(?:([0-9]{1,6}(?:\.[0-9]{1,6})?)s)?", re.ASCII)
_LONGEST_FIELD = 64


def is_transient(outcome: Outcome) -> bool:
    """Whether the same question may have another answer soon: not that of a bot wall, unless it asks to wait."""
    answer = outcome.answer
    if answer is not None:
        return answer.status in TRANSIENT_STATUSES and (answer.challenge is None or answer.status == TOO_MANY_REQUESTS)
    failure = outcome.failure
    return failure is not None and failure.kind in TRANSIENT_KINDS and failure.detail not in LASTING.get(failure.kind, ())


def requested_wait(outcome: Outcome) -> float | None:
    """Seconds that the server requested by Retry-After; None where it did not."""
    headers = dict(outcome.answer.headers) if outcome.answer is not None else {}
    return retry_after(headers.get("retry-after"), date=headers.get("date"))


def deserves_final_retry(outcome: Outcome) -> bool:
    """Whether to request once more at the end of the run: what may pass, loops, names not found, and unknown authorities.

    The last two may be the doing of our own network, which shows only when others were heard.
    """
    failure = outcome.failure
    return is_transient(outcome) or (
        failure is not None
        and (failure.kind is FailureKind.DNS or (failure.kind, failure.detail) in UNKNOWN_AUTHORITIES | _LOOPS)
    )


def is_loop(outcome: Outcome | None) -> bool:
    """Whether redirects went round in a circle."""
    failure = None if outcome is None else outcome.failure
    return failure is not None and (failure.kind, failure.detail) in _LOOPS


def may_mind_range(outcome: Outcome | None) -> bool:
    """Whether a request for a part of an image may be what an attempt failed at, so that the next one asks for the whole."""
    if outcome is None:
        return False
    if outcome.answer is not None:
        return outcome.answer.status >= 400
    return is_loop(outcome) or (outcome.failure is not None and outcome.failure.kind in OF_THE_REQUEST)


def is_deferred(outcome: Outcome) -> bool:
    """Whether a chain met a host that rests: it comes back at the end until that host answers or is given up."""
    failure = outcome.failure
    return failure is not None and (failure.kind, failure.detail) == (FailureKind.HOST_DOWN, "resting")


def backoff(attempts: int, *, base: float, rng: random.Random) -> float:
    """Seconds to wait after so many attempts: doubling, with jitter so that what failed together comes back apart."""
    longest = min(LONGEST_BACKOFF, base * 2.0 ** min(attempts - 1, 16))
    return longest * rng.uniform(0.5, 1.0)


def retry_after(field: str | None, *, date: str | None = None) -> float | None:
    """Seconds a Retry-After field asks for, None where it says nothing we understand.

    Whole seconds or an HTTP date (RFC 9110, section 10.2.3), the date measured against the answer's own `Date` where it
    has one, since clocks differ; and the spans some servers write (`1m30s`, `2h`). ASCII digits only, no sign, no fraction.
    """
    if field is None or len(field) > _LONGEST_FIELD:
        return None
    text = field.strip()
    if _SECONDS.fullmatch(text):
        return float(text)
    if text and (span := _SPAN.fullmatch(text)) is not None:
        hours, minutes, seconds = span.groups()
        return int(hours or 0) * 3600.0 + int(minutes or 0) * 60.0 + float(seconds or 0)
    until = _http_date(text)
    if until is None:
        return None
    now = _http_date(date) if date is not None else None
    return max(0.0, (until - (now or datetime.now(UTC))).total_seconds())


def _http_date(text: str) -> datetime | None:
    if not text.endswith("GMT") or not text.isascii():
        return None
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
