"""The verdict of a target, and the reason in one clause (docs/explanation/verdicts.md).

Two rules come before the table: a working page is never dead, and a target that was not requested is not judged. So a
target is dead only by its own evidence (404, 410, a host name that does not exist, a loop, something that is not a URL). A
target with another wrong response is suspect, one that refuses is blocked, and one that does not respond is unreachable.
"""

from collections.abc import Collection
from typing import TYPE_CHECKING, assert_never

from linkcheck.judge.select import listed
from linkcheck.judge.statuses import GONE, PARTIAL, PERMANENT, REFUSALS, phrase
from linkcheck.model import Answer, Failure, FailureKind, LocalFile, Outcome, Skip, Verdict, VerdictKind, is_our_limit
from linkcheck.urls import mask

if TYPE_CHECKING:
    from linkcheck.judge.suspicion import Suspicion

NOT_REACHED = Verdict(VerdictKind.SKIPPED, "not requested before the run ended")
"""The reason for a target that an interrupted run did not request."""


def verdict(outcome: Outcome, *, accept: Collection[int] = ()) -> Verdict:
    """The verdict of a target that was requested. `accept` are statuses that the user accepts in addition to 2xx."""
    if outcome.failure is not None:
        kind, reason = _of_failure(outcome.failure, outcome)
    elif outcome.answer is not None:
        kind, reason = _of_answer(outcome.answer, outcome, accept)
    else:
        return NOT_REACHED
    return Verdict(kind, mask(reason))


def skip_verdict(skip: Skip) -> Verdict:
    """The verdict of a link that was not requested: dead if it is not a URL, else skipped."""
    kind = VerdictKind.DEAD if skip.kind == "invalid-url" else VerdictKind.SKIPPED
    return Verdict(kind, mask(skip.reason))


def local_verdict(file: LocalFile, *, image: bool) -> Verdict:
    """The verdict of a link to a file in the repository."""
    if file.file is None:
        if file.removed is not None and file.removed.is_page:
            return Verdict(VerdictKind.DEAD, "since the change, no article has this URL")
        return Verdict(VerdictKind.DEAD, f"no such file: {listed(file.tried)}")
    if image and file.image is not None and file.image.not_image:
        from linkcheck.judge.suspicion import instead_of_image

        return Verdict(VerdictKind.SUSPECT, f"the file {file.file} is {instead_of_image(file.image.not_image)}")
    if file.is_pointer:
        return Verdict(VerdictKind.OK, f"the file {file.file}, whose content is not in this checkout")
    return Verdict(VerdictKind.OK, f"the file {file.file}")


def _of_failure(failure: Failure, outcome: Outcome) -> tuple[VerdictKind, str]:
    text = failure.message
    match failure.kind:
        case FailureKind.DNS:
            return (VerdictKind.DEAD if failure.detail == "nxdomain" else VerdictKind.UNREACHABLE), text
        case FailureKind.TOO_MANY_HOPS:
            # A browser stops at a loop as well. But the end of a chain that is only long is not known, and a loop may affect
            # only us: the server may respond differently the next time, or to browsers.
            if failure.detail != "loop":
                return VerdictKind.SUSPECT, text
            if not all(hop.status in PERMANENT for hop in outcome.hops):
                return VerdictKind.SUSPECT, f"{text}; its redirects are not all permanent, so a browser may get the page"
            if outcome.attempts < 2:
                return VerdictKind.SUSPECT, f"{text}; it was checked only once"
            return VerdictKind.DEAD, text
        case FailureKind.INVALID_URL:
            # A redirect into an app (`intent:`), or one that only we refuse to follow, may work for readers.
            return (VerdictKind.DEAD if failure.detail == "location" else VerdictKind.SUSPECT), text
        case FailureKind.HOST_DOWN if failure.detail == "rate-limited":
            return VerdictKind.BLOCKED, text
        case FailureKind.CONNECT if failure.detail == "no-descriptors":
            return VerdictKind.SKIPPED, text
        case (
            FailureKind.CONNECT
            | FailureKind.TLS
            | FailureKind.TIMEOUT
            | FailureKind.RESET
            | FailureKind.PROTOCOL
            | FailureKind.TOO_LARGE
            | FailureKind.HOST_DOWN
        ):
            limit = "; this is a limit of this run, not of the page" if is_our_limit(failure) else ""
            return VerdictKind.UNREACHABLE, _after(text, outcome.attempts) + limit
        case FailureKind.REFUSED_BY_GUARD | FailureKind.OUT_OF_TIME | FailureKind.NETWORK_DOWN | FailureKind.INTERNAL:
            return VerdictKind.SKIPPED, text
        case _:
            assert_never(failure.kind)


def _of_answer(answer: Answer, outcome: Outcome, accept: Collection[int]) -> tuple[VerdictKind, str]:
    from linkcheck.judge.suspicion import suspicion

    status = answer.status
    if answer.challenge is not None:
        return VerdictKind.BLOCKED, f"blocked by bot protection ({answer.challenge}), {phrase(status)}"
    if status in accept:
        return _moved_or_ok(outcome, f"{phrase(status)}, accepted by configuration")
    if 200 <= status < 300:
        seen = suspicion(outcome, answer)
        return (VerdictKind.SUSPECT, _clause(seen, status)) if seen else _moved_or_ok(outcome, phrase(status))
    if status in REFUSALS:
        return VerdictKind.BLOCKED, _with_vendor(_after(phrase(status), outcome.attempts), answer)
    if 500 <= status < 600:
        return VerdictKind.UNREACHABLE, _after(phrase(status), outcome.attempts)
    if status in GONE:
        return _gone(answer, outcome)
    if 400 <= status < 500:
        text = _after(phrase(status), outcome.attempts)
        if answer.vendor:
            return VerdictKind.BLOCKED, _with_vendor(text, answer)
        return VerdictKind.SUSPECT, f"the server returned {text}, which concerns the request and not the page"
    if status == 304:  # an answer to a request with validators was replaced by what it confirms
        return VerdictKind.SUSPECT, f"{phrase(status)}, although the request was not conditional"
    if 300 <= status < 400:
        where = dict(answer.headers).get("location")
        detail = f", and browsers do not follow its Location ({where})" if where else " without a target"
        return VerdictKind.SUSPECT, f"{phrase(status)}{detail}"
    return VerdictKind.SUSPECT, f"returns status {status}, which is not defined"


def _gone(answer: Answer, outcome: Outcome) -> tuple[VerdictKind, str]:
    """A temporary redirect proves nothing about the page that was requested."""
    if not outcome.hops:
        return VerdictKind.DEAD, phrase(answer.status)
    from linkcheck.judge.page_signs.walls import gate_address
    from linkcheck.judge.url_traits.redirect_chain import detours

    if (gate := gate_address(outcome, answer)) is not None:
        return VerdictKind.SUSPECT, gate

    status = phrase(answer.status)
    if detours(outcome, answer):
        return VerdictKind.SUSPECT, f"a temporary redirect leads to {answer.url}, which returned {status}"
    return VerdictKind.DEAD, status


def _clause(seen: "Suspicion", status: int) -> str:
    """What was returned; the status precedes it, unless it only says that a part of the image was requested."""
    from linkcheck.judge.suspicion import SuspicionKind

    but = "" if status == PARTIAL else f"{phrase(status)}, but "
    match seen.kind:
        case SuspicionKind.NOT_FOUND:
            return f'{but}it is a "not found" page: {seen.clause}'
        case SuspicionKind.PARKED:
            return f"{but}the domain is parked or for sale: {seen.clause}"
        case SuspicionKind.TAKEN_OVER:
            return f"{but}the page is not the one that was linked: {seen.clause}"
        case SuspicionKind.REMOVED:
            return f"{but}the content was removed: {seen.clause}"
        case SuspicionKind.ERROR:
            return f"{but}it is an error page: {seen.clause}"
        case SuspicionKind.NOT_IMAGE:
            return f"{but}the image is {seen.clause}"
        case SuspicionKind.BODY:
            return f"{but}{seen.clause}"
        case SuspicionKind.HOME | SuspicionKind.GATE:
            return seen.clause
        case _:
            assert_never(seen.kind)


def _moved_or_ok(outcome: Outcome, reason: str) -> tuple[VerdictKind, str]:
    from linkcheck.judge.url_traits.redirect_chain import move_of

    move = move_of(outcome)
    if move is None:
        return VerdictKind.OK, reason
    trivially = f" (only {move.trivial})" if move.trivial else ""
    return VerdictKind.MOVED, f"moved permanently to {move.url}{trivially}"


def _after(reason: str, attempts: int) -> str:
    return f"{reason} ({attempts} attempts)" if attempts > 1 else reason


def _with_vendor(reason: str, answer: Answer) -> str:
    return f"{reason}, behind {answer.vendor}" if answer.vendor else reason
