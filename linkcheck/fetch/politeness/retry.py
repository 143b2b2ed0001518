"""Which outcomes are transient, how long to wait before a retry, and how to parse Retry-After."""

import random
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from linkcheck.model import FailureKind, Outcome

TRANSIENT_STATUSES = frozenset(
    {408, 425, 429, 500, 502, 503, 504, 507, 509, 520, 521, 522, 523, 524, 525, 527, 529, 530, 598, 599}
)
"""Statuses that depend on the moment, not on the URL."""
TOO_MANY_REQUESTS = 429
LASTING = {
    FailureKind.CONNECT: frozenset({"no-ipv6"}),
    FailureKind.DNS: frozenset({"nxdomain", "no-address"}),
    FailureKind.PROTOCOL: frozenset({"http2-only"}),
    FailureKind.TLS: frozenset({"expired", "not-yet-valid", "wrong-host", "untrusted", "self-signed", "incomplete-chain"}),
}
"""Details of transient kinds that a retry a second later would not change."""
UNKNOWN_AUTHORITIES = {(FailureKind.TLS, "untrusted"), (FailureKind.TLS, "self-signed")}
_LOOPS = {(FailureKind.TOO_MANY_HOPS, "loop"), (FailureKind.TOO_MANY_HOPS, "loop-varies")}
TRANSIENT_KINDS = frozenset({FailureKind.DNS, FailureKind.CONNECT, FailureKind.TLS, FailureKind.TIMEOUT, FailureKind.RESET})
REQUEST_FAILURES = frozenset({FailureKind.PROTOCOL, FailureKind.RESET, FailureKind.TIMEOUT})
"""Failures that a header of the request can cause."""
LONGEST_BACKOFF = 60.0

_SECONDS = re.compile(r"[0-9]{1,9}", re.ASCII)
_SPAN = re.compile(r"(?:([0-9]{1,4})h)?(?:([0-9]{1,5})m)?(?:([0-9]{1,6}(?:\.[0-9]{1,6})?)s)?", re.ASCII)
_LONGEST_FIELD = 64


def is_transient(outcome: Outcome) -> bool:
    """Whether another attempt soon may succeed: not after a bot wall, unless it asks to wait."""
    answer = outcome.answer
    if answer is not None:
        return answer.status in TRANSIENT_STATUSES and (answer.challenge is None or answer.status == TOO_MANY_REQUESTS)
    failure = outcome.failure
    return failure is not None and failure.kind in TRANSIENT_KINDS and failure.detail not in LASTING.get(failure.kind, ())


def requested_wait(outcome: Outcome) -> float | None:
    """Seconds that the server requested by Retry-After; None if it did not."""
    headers = dict(outcome.answer.headers) if outcome.answer is not None else {}
    return retry_after(headers.get("retry-after"), date=headers.get("date"))


def deserves_final_retry(outcome: Outcome) -> bool:
    """Whether to retry at the end of the run: transient failures, loops, missing names and unknown authorities.

    The local network may cause the last two, which shows only when other hosts have responded.
    """
    failure = outcome.failure
    return is_transient(outcome) or (
        failure is not None
        and (failure.kind is FailureKind.DNS or (failure.kind, failure.detail) in UNKNOWN_AUTHORITIES | _LOOPS)
    )


def is_loop(outcome: Outcome | None) -> bool:
    """Whether the redirects formed a loop."""
    failure = None if outcome is None else outcome.failure
    return failure is not None and (failure.kind, failure.detail) in _LOOPS


def may_be_caused_by_range(outcome: Outcome | None) -> bool:
    """Whether the Range of an image request may have caused the failure, so that the retry omits it."""
    if outcome is None:
        return False
    if outcome.answer is not None:
        return outcome.answer.status >= 400
    return is_loop(outcome) or (outcome.failure is not None and outcome.failure.kind in REQUEST_FAILURES)


def is_deferred(outcome: Outcome) -> bool:
    """Whether a chain reached a resting host: it is deferred until that host responds or is given up."""
    failure = outcome.failure
    return failure is not None and (failure.kind, failure.detail) == (FailureKind.HOST_DOWN, "resting")


def backoff(attempts: int, *, base: float, rng: random.Random) -> float:
    """Seconds to wait after a number of attempts: exponential, with jitter so that simultaneous failures are not retried
    together.
    """
    longest = min(LONGEST_BACKOFF, base * 2.0 ** min(attempts - 1, 16))
    return longest * rng.uniform(0.5, 1.0)


def retry_after(field: str | None, *, date: str | None = None) -> float | None:
    """Seconds in a Retry-After field, None if it cannot be parsed.

    Whole seconds or an HTTP date (RFC 9110, section 10.2.3), relative to the response's own `Date` if it has one, since
    clocks differ; also the durations some servers send (`1m30s`, `2h`). ASCII digits only, no sign, no fraction.
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
