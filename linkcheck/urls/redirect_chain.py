"""The URLs and the last host of a redirect chain."""

from contextlib import suppress

from linkcheck.model import Outcome
from linkcheck.urls.parsing import InvalidUrl, parse_url


def chain_of(outcome: Outcome) -> tuple[str, ...]:
    """The URLs of a chain in order: the target's own, that of each redirect, and the one that responded or failed to."""
    urls = [outcome.url, *(hop.url for hop in outcome.hops)]
    if outcome.answer is not None:
        urls.append(outcome.answer.url)
    elif outcome.hops and outcome.hops[-1].location:
        with suppress(InvalidUrl):
            urls.append(parse_url(outcome.hops[-1].location, outcome.hops[-1].url).href)
    return tuple(urls)


def last_host(host: str, outcome: Outcome | None) -> str:
    """The host that responded or failed to, for a target of `host`: another one behind a redirect."""
    if outcome is None or not outcome.hops:
        return host
    return host_of(chain_of(outcome)[-1], host)


def host_of(url: str, default: str) -> str:
    try:
        return parse_url(url).host
    except InvalidUrl:
        return default
