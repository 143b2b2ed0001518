"""How far a run is: a bar on a terminal, an occasional line elsewhere, silence on request. Standard error only."""

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TextIO

from linkcheck.model import VerdictKind

SECONDS_BETWEEN_LINES = 10.0
SECONDS_BETWEEN_FRAMES = 0.1
SHOWN_HOSTS = 2
LONGEST_HOST = 30

Clock = Callable[[], float]


class Bar(Protocol):
    """`done` is the number of URLs finished so far, `counts` their verdicts, `waiting_hosts` who has yet to answer."""

    def update(self, done: int, counts: Mapping[VerdictKind, int], waiting_hosts: Sequence[str] = ()) -> None: ...

    def close(self) -> None: ...


def bar(total: int | None, *, stream: TextIO, enabled: bool, clock: Clock) -> Bar:
    """What shows progress towards `total` URLs (None where their number is not known yet). `clock` tells seconds."""
    if not enabled:
        return _Silence()
    return _Terminal(total, stream) if _has_room(stream) else _ProgressLines(total, stream, clock)


def _has_room(stream: TextIO) -> bool:
    """Whether this is a terminal of some size; CI services offer terminals of none."""
    if not stream.isatty():
        return False
    try:
        size = os.get_terminal_size(stream.fileno())
    except OSError:
        return False
    return size.columns > 0 and size.lines > 0


class _Silence:
    def update(self, done: int, counts: Mapping[VerdictKind, int], waiting_hosts: Sequence[str] = ()) -> None: ...

    def close(self) -> None: ...


class _Terminal:
    """tqdm's bar. It takes 80 ms to import, so it is imported only if it is shown."""

    def __init__(self, total: int | None, stream: TextIO) -> None:
        from tqdm import tqdm

        tqdm.monitor_interval = 0  # no extra thread
        self._bar = tqdm(
            total=total,
            file=stream,
            unit=" URLs",
            dynamic_ncols=True,
            leave=False,
            mininterval=SECONDS_BETWEEN_FRAMES,
            miniters=0,
            bar_format="{percentage:3.0f}% {bar:12} {n_fmt}/{total_fmt} {rate_noinv_fmt}{postfix}" if total else None,
        )

    def update(self, done: int, counts: Mapping[VerdictKind, int], waiting_hosts: Sequence[str] = ()) -> None:
        self._bar.set_postfix_str(_words(counts, waiting_hosts), refresh=False)
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        self._bar.close()


class _ProgressLines:
    """A line now and then, for logs: the first soon, later ones rarer."""

    def __init__(self, total: int | None, stream: TextIO, clock: Clock) -> None:
        self._total = total
        self._stream = stream
        self._clock = clock
        self._started = clock()
        self._next = self._started + SECONDS_BETWEEN_LINES
        self._pause = SECONDS_BETWEEN_LINES

    def update(self, done: int, counts: Mapping[VerdictKind, int], waiting_hosts: Sequence[str] = ()) -> None:
        now = self._clock()
        if now < self._next:
            return
        # A night's run of hours needs no line every ten seconds.
        self._pause = min(self._pause * 1.5, 60.0)
        self._next = now + self._pause
        of = f" of {self._total:,}" if self._total else ""
        words = _words(counts, waiting_hosts)
        rate = done / max(now - self._started, 1e-9)
        self._stream.write(f"linkcheck: {done:,}{of} URLs, {rate:.1f}/s{', ' if words else ''}{words}\n")
        self._stream.flush()

    def close(self) -> None: ...


def _words(counts: Mapping[VerdictKind, int], waiting_hosts: Sequence[str]) -> str:
    parts = [f"{counts[kind]:,} {kind}" for kind in VerdictKind if counts.get(kind)]
    if waiting_hosts:
        shown = ", ".join(_host(host) for host in waiting_hosts[:SHOWN_HOSTS])
        more = len(waiting_hosts) - SHOWN_HOSTS
        parts.append(f"waiting for {shown}" + (f" and {more:,} more" if more > 0 else ""))
    return ", ".join(parts)


def _host(host: str) -> str:
    """A host's name, fit for a terminal whatever an article made of it."""
    clean = "".join(character if character.isprintable() else "?" for character in host)
    return clean if len(clean) <= LONGEST_HOST else clean[: LONGEST_HOST - 1] + "\u2026"
