"""SIGINT and SIGTERM. What they do depends on what would be lost.

    starting   nothing is known yet: the process ends at once
    working    raises Interrupted: one message, and files that were being written keep their old content
    noting     a check ends early and reports what it knows; a second signal raises Interrupted

After Interrupted was raised, one more signal ends the process at once. State is global because handlers are.
"""

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn, TypeVar

BOTH = (signal.SIGINT, signal.SIGTERM)
BECAUSE = "interrupted"
_T = TypeVar("_T")
_Handler = Callable[[int, FrameType | None], object]


class Interrupted(KeyboardInterrupt):
    """A signal ended the work. Event loops and click pass on a KeyboardInterrupt, and swallow other exceptions."""


class _SignalState:
    """What the handlers know: `number` is the first signal, None while there is none."""

    number: int | None = None
    noting = False
    raised = False


_state = _SignalState()


def end_at_once(number: int, _frame: object = None) -> NoReturn:
    """The handler for a start, and the last resort: no exception can get lost or become a traceback."""
    os.write(2, f"linkcheck: {word(number)}\n".encode())
    os._exit(128 + number)


def word(number: int) -> str:
    """What the signal did to the process."""
    return "terminated" if number == signal.SIGTERM else "interrupted"


def start() -> None:
    """Let signals end the process while it loads."""
    for number in BOTH:
        signal.signal(number, end_at_once)


def ignore() -> None:
    """The exit code is decided; nothing may change it any more."""
    for number in BOTH:
        signal.signal(number, signal.SIG_IGN)


@contextmanager
def signal_handlers() -> Iterator[None]:
    """Signals raise Interrupted, or are noted. What was noted before is forgotten."""
    _state.number, _state.noting, _state.raised = None, False, False
    with handled(BOTH, _handle_signal):
        yield


@contextmanager
def handled(numbers: Iterable[signal.Signals], handler: _Handler) -> Iterator[None]:
    """Signals go to `handler`; outside the main thread, nothing changes."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in numbers}
    try:
        for number in before:
            signal.signal(number, handler)
        yield
    finally:
        for number, former in before.items():
            signal.signal(number, former)


def _handle_signal(number: int, _frame: object) -> None:
    if _state.raised:
        end_at_once(number)
    first = _state.number is None
    _state.number = _state.number or number
    if not (_state.noting and first):
        _state.raised = True
        raise Interrupted


def note_only() -> None:
    """From here on there is something to report. Raises Interrupted where a signal has arrived before."""
    _state.noting = True
    if _state.number is not None:
        raise Interrupted


def raise_again() -> None:
    """The report is written: signals raise Interrupted again."""
    _state.noting = False


def note(number: int) -> None:
    """A signal that another process received."""
    _state.number = _state.number or number


def arrived() -> int | None:
    """The number of the first signal, None where there was none."""
    return _state.number


def uninterrupted(items: Iterable[_T]) -> Iterator[_T]:
    """The items, until a signal arrives; one that had arrived before ends nothing."""
    before = arrived()
    for item in items:
        yield item
        if arrived() != before:
            return
