"""Sends reports to webhooks. Their URLs are secrets: they can come from the environment, and only their hosts are shown."""

import io
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from linkcheck import signals
from linkcheck.config import Config
from linkcheck.errors import IncompleteError, UsageError
from linkcheck.report.posted import VARIABLE, is_posted
from linkcheck.urls import MASK, InvalidUrl, Url, address_of, parse_url

if TYPE_CHECKING:
    from linkcheck.fetch import FetchOptions

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_INSTEAD = "Write it to a file, as in {}:FILE, and send the file."


class Webhooks:
    """The URLs of the reports that are sent, resolved before any work is done. Raises UsageError.

    `options` are called when a report is sent. A run without network requests sends none.
    """

    def __init__(
        self,
        wanted: Iterable[tuple[str, str | None]],
        config: Config,
        options: "Callable[[], FetchOptions] | None",
    ) -> None:
        self._options = options
        self._urls = {
            (name, place): _url(name, place, config)
            for name, place in wanted
            if place is not None and is_posted(name, place)
        }
        if self._urls and (options is None or config.settings.offline or config.settings.replay is not None):
            name, _ = next(iter(self._urls))
            raise UsageError(
                f"--report: {name} cannot be sent, because this command makes no network requests. {_INSTEAD.format(name)}"
            )

    def has(self, name: str, place: str | None) -> bool:
        return (name, place) in self._urls

    @contextmanager
    def posted(self, name: str, place: str | None) -> Iterator[TextIO]:
        """A stream whose content is sent when the block ends well. Raises IncompleteError if it is not accepted."""
        from linkcheck import fetch

        url = self._urls[name, place or ""]
        stream = io.StringIO()
        yield stream
        if signals.arrived() is not None:
            raise IncompleteError(f"The report {name} was not sent, because the run was interrupted.")
        assert self._options is not None
        why = fetch.post(url, stream.getvalue().encode(), self._options())
        if why is not None:
            raise IncompleteError(f"The report {name} could not be sent to {url.host}: {why.rstrip('.')}.")


def named(place: str) -> str:
    """A destination without its secret."""
    if "://" not in place:
        return place
    try:
        url = parse_url(place)
    except InvalidUrl:
        return MASK
    return f"{url.origin}/{MASK}"


def _url(name: str, place: str, config: Config) -> Url:
    text, source = place, f"--report {name}:{named(place)}"
    if place.startswith(VARIABLE):
        variable = place.removeprefix(VARIABLE)
        if not _NAME.fullmatch(variable):
            raise UsageError(f"{source}: use the form {name}:env:NAME, with the name of an environment variable")
        text = config.environment.get(variable, "").strip()
        if not text:
            raise UsageError(f"{source}: the environment variable {variable} is not set; set it to the URL of the webhook")
    try:
        url = parse_url(text)
    except InvalidUrl:
        raise UsageError(f"{source}: this is not the URL of a webhook; use https://HOST/PATH") from None
    if url.credentials:
        raise UsageError(f"{source}: the URL contains a user name or password, which is not supported")
    if url.scheme != "https" and not _is_loopback(url):
        raise UsageError(f"{source}: the URL must start with https://, except for this machine itself")
    return url


def _is_loopback(url: Url) -> bool:
    address = address_of(url.host)
    return url.host == "localhost" or (address is not None and address.is_loopback)
