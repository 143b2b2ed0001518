"""Applies `--remap` to a crawl: its targets are those of the preview, and its outcomes have the URLs of the site.

All that is in between knows only the URLs that are requested: rate limits, the guard, headers and cookies are those of the
hosts that are contacted. Only redirects are followed with the remap (`attempt.redirects`).
"""

from collections import deque
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from linkcheck.fetch.http.failures import failure
from linkcheck.fetch.scheduling.target_source import TargetSource
from linkcheck.model import Answer, Failure, FailureKind, Hop, Outcome, PageFacts, Probe, Target
from linkcheck.urls import InvalidUrl, Remap, Remapping, parse_url

_BATCH = 256


class RemappedSource:
    """A TargetSource of what is requested in place of other targets. `restored` turns outcomes into theirs."""

    def __init__(self, source: TargetSource, remap: Remap) -> None:
        self._source = source
        self._remap = remap
        self._moved: dict[str, deque[tuple[Target, Target]]] = {}
        self._originals: dict[tuple[str, Probe], list[Target]] = {}

    def hosts(self) -> Iterator[tuple[str, int]]:
        sizes = dict(self._source.hosts())
        for host in sorted(self._remap.hosts & sizes.keys()):
            del sizes[host]
            while targets := self._source.take(host, _BATCH):
                for target in targets:
                    contacted = self._remap.target(target)
                    self._moved.setdefault(contacted.host, deque()).append((contacted, target))
        for host, moved in self._moved.items():
            sizes[host] = sizes.get(host, 0) + len(moved)
        yield from sorted(sizes.items(), key=lambda size: (-size[1], size[0]))

    def take(self, host: str, count: int) -> Sequence[Target]:
        moved, taken = self._moved.get(host, deque()), list[Target]()
        while moved and len(taken) < count:
            contacted, target = moved.popleft()
            taken.append(contacted)
            if contacted.url != target.url:
                self._originals.setdefault((contacted.url, contacted.probe), []).append(target)
        return [*taken, *self._source.take(host, count - len(taken))] if len(taken) < count else taken

    def restored(self, outcomes: Sequence[Outcome]) -> list[Outcome]:
        return [self._restored(outcome) for outcome in outcomes]

    def _restored(self, outcome: Outcome) -> Outcome:
        key = (outcome.url, outcome.probe)
        originals = self._originals.get(key)
        if originals is None:
            return restored(outcome, outcome.url, self._remap)
        # Articles can have links to the site and to the preview itself: both are requested, and have the same result.
        original = originals.pop()
        if not originals:
            del self._originals[key]
        return restored(outcome, original.url, self._remap)


def restored(outcome: Outcome, original: str, remap: Remap) -> Outcome:
    """The outcome of a target, with the URLs of the site in place of those of the preview.

    A URL of the preview stays if no remap applied to the target or to a redirect on the way to it: an article can have links
    to the preview itself.
    """
    used = None if original == outcome.url else remap.of(parse_url(original))
    shown, hops, led = original, [], outcome.url
    for hop in outcome.hops:
        here = shown
        if hop.url != led:  # a Location that is not UTF-8
            here = hop.url if used is None else remap.shown(hop.url, used)
        led, shown, used = _led(hop, remap, used)
        location = hop.location
        if location is not None and used is not None and _absolute(location, here) != shown:
            location = shown
        hops.append(Hop(here, hop.status, location))
    if used is None:
        return outcome
    answer = outcome.answer
    is_moved = answer is None or remap.shown(answer.url, used) != answer.url
    return replace(
        outcome,
        url=original,
        hops=tuple(hops),
        answer=None if answer is None else _answer(answer, shown if answer.url == led else None, remap, used),
        failure=outcome.failure if outcome.failure is None or shown == led else _failure(outcome.failure, led),
        # It says nothing about that of the site.
        certificate=None if is_moved else outcome.certificate,
    )


def _failure(found: Failure, requested: str) -> Failure:
    """Why a preview was not requested. Its port is not that of the URL that is shown."""
    if (found.kind, found.detail) != (FailureKind.REFUSED_BY_GUARD, "port"):
        return found
    url = parse_url(requested)
    return failure(found.kind, "preview-port", f"{url.host}:{url.port}", f"port {url.port} is not among the allowed ports")


def _led(hop: Hop, remap: Remap, used: Remapping | None) -> tuple[str, str, Remapping | None]:
    """The URL that was requested after a redirect, the one to show, and what applies from there on."""
    try:
        url = parse_url(hop.location or "", hop.url)
    except InvalidUrl:
        return "", hop.location or "", used
    if (found := remap.of(url)) is not None:
        return remap.requested(url), url.href, found
    return url.href, url.href if used is None else remap.shown(url.href, used), used


def _absolute(location: str, base: str) -> str:
    try:
        return parse_url(location, base).href
    except InvalidUrl:
        return location


def _answer(answer: Answer, url: str | None, remap: Remap, used: Remapping) -> Answer:
    """`url` is that of the answer; None if it is not known from redirects."""
    place = remap.shown(answer.url, used) if url is None else url
    is_moved = place != answer.url
    return replace(
        answer,
        url=place,
        # Hosts of previews keep search engines away from them, by a header that the site does not have.
        headers=tuple(each for each in answer.headers if each[0] != "x-robots-tag") if is_moved else answer.headers,
        soft_404=None if answer.soft_404 is None else answer.soft_404.replace(answer.url, place),
        page=None if answer.page is None else _page(answer.page, remap, used, is_moved=is_moved),
    )


def _page(page: PageFacts, remap: Remap, used: Remapping, *, is_moved: bool) -> PageFacts:
    def shown(url: str | None) -> str | None:
        return None if url is None else remap.shown(url, used)

    def all_shown(urls: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(remap.shown(url, used) for url in urls))

    json_ld = page.json_ld
    return replace(
        page,
        canonicals=all_shown(page.canonicals),
        raw_canonicals=all_shown(page.raw_canonicals),
        canonical_in_body=shown(page.canonical_in_body),
        amphtml=all_shown(page.amphtml),
        noindex=page.noindex and not is_moved,
        og_url=shown(page.og_url),
        og_image=shown(page.og_image),
        twitter_image=shown(page.twitter_image),
        json_ld=None if json_ld is None else replace(json_ld, url=shown(json_ld.url), image=shown(json_ld.image)),
        refresh=shown(page.refresh),
    )
