"""How far a run is: a bar on a terminal, an occasional line elsewhere, silence on request. Standard error only."""

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TextIO

from msgspec import Struct

from linkcheck.model import VerdictKind

SECONDS_BETWEEN_LINES = 10.0
SECONDS_BETWEEN_FRAMES = 0.1
SHOWN_HOSTS = 2
LONGEST_HOST = 60
_BAR = "\0" * 12
"""The place of the bar in a line; the text of a line contains no such character."""
_LEAST_WIDTH = 20
_DROPPED = (
    "rate",
    "percentage",
    "second host",
    VerdictKind.OK,
    "bar",
    *VerdictKind,
    "elapsed",
    "more hosts",
    "left",
    "count",
)
"""What is left out of a line that is too long, in this order; the host that is waited for stays."""

Clock = Callable[[], float]


class Progress(Struct, frozen=True):
    """`done` is the number of URLs finished so far, `counts` their verdicts, `waiting_hosts` who has yet to answer.

    `least_seconds` is a lower bound of the time left; 0 where none is known.
    """

    done: int
    counts: Mapping[VerdictKind, int] = {}
    waiting_hosts: Sequence[str] = ()
    least_seconds: float = 0.0


class Bar(Protocol):
    """What shows progress. `clear` makes room for another line; the next update shows the bar again."""

    def update(self, progress: Progress) -> None: ...

    def clear(self) -> None: ...

    def close(self) -> None: ...


def bar(total: int | None, *, stream: TextIO, enabled: bool, clock: Clock) -> Bar:
    """What shows progress towards `total` URLs (None where their number is not known yet). `clock` tells seconds."""
    if not enabled:
        return _Silence()
    return _Terminal(total, stream, clock) if stream.isatty() and _columns(stream) else _ProgressLines(total, stream, clock)


def _columns(stream: TextIO) -> int:
    """The width of a terminal; 0 if it has no size, as CI services offer, or is gone."""
    try:
        size = os.get_terminal_size(stream.fileno())
    except OSError:
        return 0
    return size.columns if size.lines else 0


class _Silence:
    def update(self, progress: Progress) -> None: ...

    def clear(self) -> None: ...

    def close(self) -> None: ...


class _Terminal:
    """tqdm's bar. It takes 80 ms to import, so it is imported only if it is shown."""

    def __init__(self, total: int | None, stream: TextIO, clock: Clock) -> None:
        from tqdm import tqdm

        self._total = total
        self._stream = stream
        self._clock = clock
        self._started = clock()
        tqdm.monitor_interval = 0  # no extra thread
        self._bar = tqdm(
            total=total,
            file=stream,
            dynamic_ncols=True,
            leave=False,
            mininterval=SECONDS_BETWEEN_FRAMES,
            miniters=0,
            bar_format=self._frame(Progress(0)),
        )

    def update(self, progress: Progress) -> None:
        self._bar.bar_format = self._frame(progress)
        self._bar.update(progress.done - self._bar.n)

    def clear(self) -> None:
        self._bar.clear()

    def close(self) -> None:
        self._bar.close()

    def _frame(self, progress: Progress) -> str:
        """The format for tqdm of a line that fits on the terminal, whose width may change."""
        parts = _parts(progress, self._total, self._clock() - self._started)
        if self._total:
            parts = {"percentage": f"{100 * progress.done // self._total:3}%", "bar": _BAR, **parts}
        text = (
            _fitted(parts, progress.waiting_hosts, max(_columns(self._stream) - 1, _LEAST_WIDTH))
            .replace("{", "{{")
            .replace("}", "}}")
        )
        return text.replace(_BAR, f"{{bar:{len(_BAR)}}}")


class _ProgressLines:
    """A line now and then, for logs: the first soon, later ones rarer."""

    def __init__(self, total: int | None, stream: TextIO, clock: Clock) -> None:
        self._total = total
        self._stream = stream
        self._clock = clock
        self._started = clock()
        self._next = self._started + SECONDS_BETWEEN_LINES
        self._pause = SECONDS_BETWEEN_LINES

    def update(self, progress: Progress) -> None:
        now = self._clock()
        if now < self._next:
            return
        # A night's run of hours needs no line every ten seconds.
        self._pause = min(self._pause * 1.5, 60.0)
        self._next = now + self._pause
        self._stream.write(f"linkcheck: {_joined(_parts(progress, self._total, now - self._started))}\n")
        self._stream.flush()

    def clear(self) -> None: ...

    def close(self) -> None: ...


def _parts(progress: Progress, total: int | None, elapsed: float) -> dict[str, str]:
    """The parts of a line, in order, by the names of `_DROPPED`."""
    parts: dict[str, str] = {
        "count": f"{progress.done:,}{f' of {total:,}' if total else ''} URLs",
        "elapsed": f"in {_clock_time(elapsed)}",
        "rate": f"{progress.done / max(elapsed, 1e-9):.1f}/s" if progress.done else "",
        "left": f"at least {_rounded_down(progress.least_seconds)} left" if progress.least_seconds >= 1 else "",
        **{str(kind): f"{progress.counts[kind]:,} {kind}" for kind in VerdictKind if progress.counts.get(kind)},
        "waiting": _waiting(progress.waiting_hosts, SHOWN_HOSTS, LONGEST_HOST),
    }
    return {name: text for name, text in parts.items() if text}


def _joined(parts: Mapping[str, str]) -> str:
    """A line of parts: what they count first, then the others with commas."""
    head = [text for name, text in parts.items() if name in ("percentage", "bar", "count", "elapsed")]
    others = [text for name, text in parts.items() if name not in ("percentage", "bar", "count", "elapsed")]
    return ", ".join(filter(None, (" ".join(head), *others)))


def _fitted(parts: dict[str, str], waiting_hosts: Sequence[str], room: int) -> str:
    """The line without the parts for which there is no room."""
    for name in _DROPPED:
        if len(_joined(parts)) <= room:
            break
        parts.pop(name, None)
        if name in ("second host", "more hosts") and waiting_hosts:
            hosts = waiting_hosts if name == "second host" else waiting_hosts[:1]
            parts["waiting"] = _waiting(hosts, 1, LONGEST_HOST)
    text = _joined(parts)
    return text if len(text) <= room else _waiting(waiting_hosts[:1], 1, room - len("waiting for "))


def _waiting(hosts: Sequence[str], most: int, longest: int) -> str:
    if not hosts:
        return ""
    more = len(hosts) - most
    shown = ", ".join(_host(host, longest) for host in hosts[:most])
    return f"waiting for {shown}" + (f" and {more:,} more" if more > 0 else "")


def _host(host: str, longest: int) -> str:
    """A host's name, fit for a terminal whatever an article made of it."""
    clean = "".join(character if character.isprintable() else "?" for character in host)
    return clean if len(clean) <= longest else clean[: longest - 1] + "\u2026"


def _clock_time(seconds: float) -> str:
    """`0:07`, `12:05`, `1:02:03`."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def _rounded_down(seconds: float) -> str:
    """`45 s`, `12 min`, `2 h 05 min`."""
    if seconds < 90:
        return f"{int(seconds)} s"
    minutes = int(seconds // 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60:02} min"
