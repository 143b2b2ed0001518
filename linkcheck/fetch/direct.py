"""Requests to an origin met before, spoken to the connection itself: a third of the time that aiohttp's session takes.

The session sends the first request to an origin; from then on its connector still dials, judges, keeps and gives back the
connections, and its parser still reads the answers, but the few lines of a GET are written here, and no ClientRequest,
ClientResponse, cookie jar or timer is made for each target.
"""

from collections import OrderedDict
from functools import lru_cache

import aiohttp
from aiohttp.connector import Connection
from aiohttp.http import RawResponseMessage
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.streams import StreamReader

from linkcheck.fetch.exchange import Exchange
from linkcheck.fetch.requests import Headers
from linkcheck.fetch.wire import BUFFER, Wire
from linkcheck.urls import Url

ORIGINS = 1024
"""Origins remembered; those asked least lately are forgotten and met again."""
_TRIES = 2
_CONTROLS = ("\r", "\n", "\0")


class Reply:
    """The head of an answer and the body to come; as much of aiohttp's ClientResponse as we use."""

    __slots__ = ("_message", "connection", "content")

    def __init__(self, message: RawResponseMessage, content: StreamReader, connection: Connection) -> None:
        self._message = message
        self.content = content
        self.connection: Connection | None = connection
        content.on_eof(self._ended)

    @property
    def status(self) -> int:
        return self._message.code

    @property
    def raw_headers(self) -> tuple[tuple[bytes, bytes], ...]:
        return self._message.raw_headers

    @property
    def content_length(self) -> int | None:
        """Raises ValueError where it is no number."""
        length = self._message.headers.get("Content-Length")
        return None if length is None else int(length)

    @property
    def closed(self) -> bool:
        return self.connection is None

    def close(self) -> None:
        if self.connection is not None:
            if self.content.exception() is None:  # whoever reads is told
                self.content.set_exception(aiohttp.ClientConnectionError("Connection closed"))
            self.connection.close()
            self.connection = None

    def _ended(self) -> None:
        if self.connection is not None:
            self.connection.release()
            self.connection = None


class Origins:
    """How to connect to the origins met last."""

    def __init__(
        self, connector: aiohttp.BaseConnector, timeout: aiohttp.ClientTimeout, *, header_bytes: int, most_headers: int
    ) -> None:
        self._connector = connector
        self._timeout = timeout
        self._header_bytes = header_bytes
        self._most_headers = most_headers
        self._met: OrderedDict[str, aiohttp.ClientRequest] = OrderedDict()

    def meet(self, origin: str, request: aiohttp.ClientRequest) -> None:
        self._met[origin] = request
        if len(self._met) > ORIGINS:
            self._met.popitem(last=False)

    def met(self, origin: str) -> aiohttp.ClientRequest | None:
        request = self._met.get(origin)
        if request is not None:
            self._met.move_to_end(origin)
        return request

    async def get(self, url: Url, headers: Headers, how: aiohttp.ClientRequest, exchange: Exchange) -> Reply:
        """Raises what aiohttp's session raises. A connection that turns out to be closed is replaced once."""
        words = request_bytes(url, headers)
        for left in reversed(range(_TRIES)):
            try:
                connection = await self._connector.connect(how, [], self._timeout)
            except TimeoutError as error:
                raise aiohttp.ConnectionTimeoutError(f"no connection to {url.host} in time") from error
            try:
                return await self._speak(words, how, connection, exchange)
            except BaseException as error:
                connection.close()
                if left and isinstance(error, (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError)):
                    continue
                if isinstance(error, OSError) and not isinstance(error, aiohttp.ClientError):
                    raise aiohttp.ClientOSError(*error.args) from error
                raise
        raise AssertionError

    async def _speak(self, words: bytes, how: aiohttp.ClientRequest, connection: Connection, exchange: Exchange) -> Reply:
        protocol, transport = connection.protocol, connection.transport
        if protocol is None or transport is None:
            raise aiohttp.ServerDisconnectedError
        if isinstance(protocol, Wire):
            protocol.serve(exchange)
        protocol.set_response_params(
            read_until_eof=True,
            auto_decompress=False,
            read_bufsize=BUFFER,
            max_line_size=self._header_bytes,
            max_field_size=self._header_bytes,
            max_headers=self._most_headers,
        )
        transport.write(words)
        try:
            message, content = await protocol.read()  # Wire lets no interim answer through
        except HttpProcessingError as error:
            raise aiohttp.ClientResponseError(
                how.request_info, (), status=error.code, message=error.message, headers=error.headers
            ) from error
        return Reply(message, content, connection)


def request_bytes(url: Url, headers: Headers) -> bytes:
    """A GET as it goes over the wire. Raises ValueError for a header that would end its line (RFC 9112, section 2.2)."""
    target = url.href[url.href.index("/", len("https://")) :]
    host = url.host if url.port is None else f"{url.host}:{url.port}"
    return f"GET {target} HTTP/1.1\r\nHost: {host}\r\n{_lines(tuple(headers))}\r\n".encode()


@lru_cache(maxsize=64)
def _lines(headers: tuple[tuple[str, str], ...]) -> str:
    """The same few for nearly every target."""
    for name, value in headers:
        if any(control in value for control in _CONTROLS):
            raise ValueError(f"the value of {name} holds a line break")
    return "".join(f"{name}: {value}\r\n" for name, value in headers)
