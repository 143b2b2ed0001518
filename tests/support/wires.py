"""A connection with a transport that a test controls, instead of a socket."""

import asyncio
from typing import cast

from linkcheck.fetch.http.connection import Connection


class Line:
    """The transport of a connection."""

    def __init__(self) -> None:
        self.written = b""
        self.closed = False
        self.reading = True
        self.unsent = 0

    def get_write_buffer_size(self) -> int:
        return self.unsent

    def write(self, data: bytes) -> None:
        self.written += data

    def abort(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed

    def pause_reading(self) -> None:
        self.reading = False

    def resume_reading(self) -> None:
        self.reading = True

    def get_extra_info(self, name: str) -> object:
        return ("192.0.2.1", 80) if name == "peername" else None


def connect(connection: Connection) -> Line:
    line = Line()
    connection.connection_made(cast("asyncio.Transport", line))
    return line
