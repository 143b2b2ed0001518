"""Idle connections for the next request to their origin: opening one costs more than a request."""

import asyncio

from linkcheck.fetch.http.connection import Connection

KEPT_SECONDS = 5.0
"""Some servers close idle connections after as little as this."""
MOST_KEPT = 1024
_BEAT = 1.0


class Pool:
    """All connections of a transport, and which of them are idle."""

    def __init__(self, loop: asyncio.AbstractEventLoop, *, most: int) -> None:
        """At most `most`, and `MOST_KEPT`, connections are kept idle: each is a file descriptor."""
        self.loop = loop
        self._most = min(most, MOST_KEPT)
        self._all: set[Connection] = set()
        self._idle: dict[str, list[Connection]] = {}
        self._kept = 0
        self._sweeping: asyncio.TimerHandle | None = None

    def make(self, origin: str) -> Connection:
        """A new connection, counted from its creation."""
        connection = Connection(self.loop, origin, idle=self._keep, lost=self._all.discard)
        self._all.add(connection)
        return connection

    def discard(self, connection: Connection) -> None:
        """Remove a connection that failed to open."""
        self._all.discard(connection)

    def take(self, origin: str) -> Connection | None:
        """The most recently used idle connection; None if none is open."""
        idle = self._idle.get(origin, [])
        while idle:
            connection = idle.pop()
            self._kept -= 1
            if not idle:
                del self._idle[origin]
            if connection.is_open:
                return connection
        return None

    def make_room(self) -> bool:
        """Close all idle connections, each of which is a file descriptor; whether there were any."""
        idle = [connection for kept in self._idle.values() for connection in kept]
        self._idle.clear()
        self._kept = 0
        for connection in idle:
            connection.abort()
        return bool(idle)

    def close(self) -> None:
        if self._sweeping is not None:
            self._sweeping.cancel()
        for connection in list(self._all):
            connection.abort()
        self._idle.clear()

    def _keep(self, connection: Connection) -> None:
        if self._kept >= self._most and (oldest := self.take(next(iter(self._idle)))) is not None:
            oldest.abort()
        connection.since = self.loop.time()
        idle = self._idle.get(connection.origin)
        if idle is None:
            self._idle[connection.origin] = [connection]
        else:
            idle.append(connection)
        self._kept += 1
        if self._sweeping is None:
            self._sweeping = self.loop.call_later(_BEAT, self._sweep)

    def _sweep(self) -> None:
        """Close connections that were idle for too long."""
        oldest = self.loop.time() - KEPT_SECONDS
        for origin, idle in list(self._idle.items()):
            for connection in idle:
                if connection.since < oldest:
                    connection.abort()
            left = [connection for connection in idle if connection.is_open]
            if left:
                self._idle[origin] = left
            else:
                del self._idle[origin]
        self._kept = sum(map(len, self._idle.values()))
        self._sweeping = self.loop.call_later(_BEAT, self._sweep) if self._kept else None
