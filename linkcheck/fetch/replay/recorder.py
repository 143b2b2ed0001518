"""Collects the responses of a run by link and attempt, and writes them to a file at the end (`recording_file`)."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from linkcheck.errors import IncompleteError
from linkcheck.fetch.attempt.response import needs_body, read_facts
from linkcheck.fetch.http.deadline import Deadline
from linkcheck.fetch.http.failures import FetchError, no_answer_within, no_body_within
from linkcheck.fetch.http.messages import AttemptInfo, OutgoingRequest, RawResponse, ResponseBody, Transport
from linkcheck.fetch.options import FetchOptions
from linkcheck.fetch.replay.recording_file import RecordedAnswer, RecordedLink, write
from linkcheck.model import Failure, FailureKind, Outcome, Probe, Target
from linkcheck.urls import InvalidUrl, Url, parse_url

MOST_LINKS = 10_000
MOST_BYTES = 64 << 20
"""Total of all bodies."""
_NOT_REQUESTED = frozenset(
    {
        FailureKind.DNS,
        FailureKind.HOST_DOWN,
        FailureKind.REFUSED_BY_GUARD,
        FailureKind.OUT_OF_TIME,
        FailureKind.INTERNAL,
    }
)
"""Failures that may come from the known state of a host, so that no request was made."""


class Recorder:
    """The responses of a run. A link whose responses do not fit is left out entirely."""

    def __init__(self) -> None:
        self.links: dict[str, RecordedLink] = {}
        self.left_out = 0
        self._room = MOST_BYTES

    def begin(self, url: Url, attempt: AttemptInfo | None, wanted: str | None) -> tuple[RecordedAnswer, RecordedLink | None]:
        """Begin a request: creates the entry for its response."""
        target = Target(url.href, Probe.STATUS, url.host) if attempt is None else attempt.target
        entry = RecordedAnswer(url.href, target.probe, wanted)
        checked = self._checked(target)
        if checked is None or checked.attempts is not None:
            return entry, None
        if attempt is None or checked.current is not attempt:
            checked.current = attempt
            checked.trials.append([])
        checked.trials[-1].append(entry)
        return entry, checked

    def take(self, entry: RecordedAnswer, checked: RecordedLink, chunk: bytes) -> None:
        """Add a piece of a body."""
        if checked.lost or entry.body is None:
            return
        if len(chunk) > self._room:
            self._discard(checked)
            return
        self._room -= len(chunk)
        entry.body += chunk

    @property
    def notices(self) -> tuple[str, ...]:
        if not self.left_out:
            return ()
        most = f"{MOST_LINKS:,} links and {MOST_BYTES >> 20} MiB of bodies"
        return (
            f"the recording omits {self.left_out:,} links, because it is limited to {most}; record fewer links at a time",
        )

    def listening(self, record: Callable[[Sequence[Outcome]], None]) -> Callable[[Sequence[Outcome]], None]:
        """Wrap `record` so that the recorder receives the outcomes as well."""

        def wrapped(outcomes: Sequence[Outcome]) -> None:
            self.finish(outcomes)
            record(outcomes)

        return wrapped

    def finish(self, outcomes: Sequence[Outcome]) -> None:
        """Keep only the attempts that count, and the reason if no request was made."""
        for outcome in outcomes:
            checked = self._checked(Target(outcome.url, outcome.probe, ""))
            if checked is None:
                self.left_out += 1
                continue
            last = checked.trials[-1][-1] if checked.trials else None
            failure, answer = outcome.failure, outcome.answer
            if failure is not None and failure.kind is FailureKind.TIMEOUT and last is not None and last.cut:
                last.failure = failure
            elif last is not None and last.cut and answer is not None and answer.body == "incomplete":
                last.broken = True
            elif failure is not None and failure.kind in _NOT_REQUESTED and (last is None or last.failure != failure):
                self._note(checked, outcome, failure)
            for trial in checked.trials[: -max(1, outcome.attempts)]:
                self._room += sum(len(entry.body or b"") for entry in trial)
            checked.trials = checked.trials[-max(1, outcome.attempts) :]
            checked.attempts = outcome.attempts
            checked.current = None

    def _note(self, checked: RecordedLink, outcome: Outcome, failure: Failure) -> None:
        """Add the failure of a chain whose last request was not made."""
        url = outcome.url
        if outcome.hops and (location := outcome.hops[-1].location) is not None:
            with suppress(InvalidUrl):
                url = parse_url(location, outcome.hops[-1].url).href
        entry = RecordedAnswer(url, outcome.probe, failure=failure)
        if outcome.hops:
            checked.trials[-1].append(entry)
        else:
            checked.trials.append([entry])

    def _checked(self, target: Target) -> RecordedLink | None:
        checked = self.links.get(target.url)
        if checked is None:
            if len(self.links) >= MOST_LINKS:
                return None
            checked = self.links[target.url] = RecordedLink(target)
        return None if checked.lost else checked

    def _discard(self, checked: RecordedLink) -> None:
        self._room += sum(len(entry.body or b"") for trial in checked.trials for entry in trial)
        checked.lost = True
        checked.trials = []


class RecordingTransport:
    """Passes requests on, and writes the recording when closed."""

    def __init__(self, path: str, inner: Transport, options: FetchOptions, recorder: Recorder | None = None) -> None:
        """A caller that knows the outcomes of the run passes the `recorder` that receives them."""
        self._path = path
        self._inner = inner
        self._options = options
        self._recorder = Recorder() if recorder is None else recorder

    async def send(self, request: OutgoingRequest) -> RawResponse:
        if request.off_the_record:
            return await self._inner.send(request)
        url = request.url
        wanted = next((value for name, value in request.headers if name == "Range"), None)
        entry, checked = self._recorder.begin(url, request.attempt, wanted)
        deadline = request.deadline
        try:
            response = await self._inner.send(request)
        except FetchError as error:
            entry.failure = error.failure
            entry.certificate = error.trace.certificate if error.trace is not None else None
            raise
        except asyncio.CancelledError:
            if deadline is not None and deadline.expired:
                entry.cut, entry.failure = True, no_answer_within(deadline.seconds, url.host)
            elif checked is not None:
                checked.trials[-1].remove(entry)
            raise
        entry.status, entry.headers, entry.at = response.status, response.headers, time.time()
        entry.certificate = response.trace.certificate if response.trace is not None else None
        if checked is not None:
            late = None
            if deadline is not None and needs_body(entry.probe, read_facts(response)):
                late = no_body_within(deadline.seconds, url.host, entry.status)
            response.body = Tee(
                response.body, entry, partial(self._recorder.take, entry, checked), deadline=deadline, late=late
            )
        return response

    async def aclose(self) -> None:
        await self._inner.aclose()
        file = Path(self._path)
        try:
            unfinished = file.with_name(file.name + ".part")
            unfinished.unlink(missing_ok=True)
            # "x" does not follow a symbolic link.
            with unfinished.open("x", encoding="utf-8", newline="\n") as stream:
                write(stream, self._recorder.links.values(), self._options)
            unfinished.replace(file)
        except OSError as error:
            raise IncompleteError(f"{self._path}: the recording cannot be written: {error.strerror or error}") from None


class Tee:
    """Keeps the bytes read from a body. `late` is the failure of a target whose body does not arrive before the deadline."""

    def __init__(
        self,
        inner: ResponseBody,
        entry: RecordedAnswer,
        keep: Callable[[bytes], None],
        *,
        deadline: Deadline | None,
        late: Failure | None,
    ) -> None:
        self._inner = inner
        self._chunks = inner.__aiter__()
        self._entry = entry
        self._keep = keep
        self._deadline = deadline
        self._late = late

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        entry = self._entry
        if entry.body is None:
            entry.body = bytearray()
        try:
            chunk = await anext(self._chunks)
        except StopAsyncIteration:
            entry.ended = True
            raise
        except FetchError:
            entry.broken = True
            raise
        except asyncio.CancelledError:
            if self._deadline is not None and self._deadline.expired:
                entry.cut = True
                if self._deadline.is_part and entry.body:
                    entry.broken = True
                elif self._late is None or not entry.body:
                    # A response that is sufficient without its body counts as one without a body.
                    entry.failure, entry.body, entry.ended = self._late, bytearray(), True
            raise
        self._keep(chunk)
        return chunk

    def whole(self) -> None:
        """Unknown: the recording contains what is read piece by piece."""

    async def aclose(self) -> None:
        await self._inner.aclose()
