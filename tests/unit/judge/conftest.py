"""Builders of evidence: what an article and the web would have to say for a rule to speak."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from linkcheck.judge import JudgeOptions, judge, local_verdict, skip_verdict, verdict
from linkcheck.model import (
    Answer,
    Article,
    Certificate,
    Claim,
    Evidence,
    Expectations,
    Failure,
    FailureKind,
    Finding,
    Hop,
    ImageFacts,
    Json,
    Link,
    LinkResult,
    LocalFile,
    Location,
    Outcome,
    PageFacts,
    Probe,
    Role,
    Skip,
    Span,
    Target,
    Violation,
)
from linkcheck.urls import InvalidUrl, parse_url

URL = "https://example.com/2021/06/a-long-story"
IMAGE = "https://example.com/lead.jpg"
_LINES = {"webUrl": 4, "originalUrl": 5, "ampWebUrl": 6, "cdnAmpWebUrl": 7, "images": 9, "related": 20}


def place(pointer: str) -> Location:
    """Somewhere plausible: each top-level property has lines of its own."""
    parts = pointer.split("/")
    line = _LINES.get(parts[1] if len(parts) > 1 else "", 2) + sum(int(part) for part in parts if part.isdecimal())
    return Location("a.md", Span(line, 10, line, 40), pointer)


def claim(value: float | str | None, pointer: str) -> Claim:
    return Claim(value, place(pointer))


def link(role: Role, url: str, pointer: str, **wants: Any) -> Link:
    """`width` and `height` are declared values at the pointers beside the link; the other wants are as in `Expectations`."""
    owner = pointer.rpartition("/")[0]
    for side in ("width", "height"):
        if side in wants:
            wants[side] = claim(wants[side], f"{owner}/{side}")
    return Link(place(pointer), role, url, Expectations(**wants))


def target(url: str, probe: Probe = Probe.STATUS) -> Target:
    try:
        parsed = parse_url(url)
    except InvalidUrl:
        return Target(url, probe, "")
    return Target(parsed.href, probe, parsed.host)


_POINTERS = {
    Role.CANONICAL: "/webUrl",
    Role.ORIGINAL: "/originalUrl",
    Role.AMP: "/ampWebUrl",
    Role.AMP_CACHE: "/cdnAmpWebUrl",
    Role.IMAGE: "/images/0/url",
    Role.LINK: "/website",
}


class Build:
    """Makes sightings and evidence; a role's own pointer is taken where none is given."""

    claim = staticmethod(claim)

    def answer(
        self,
        role: Role = Role.CANONICAL,
        url: str = URL,
        status: int = 200,
        *,
        via: tuple[int, ...] = (),
        to: tuple[str, ...] = (),
        locations: tuple[str, ...] = (),
        pointer: str | None = None,
        page: PageFacts | None = None,
        image: ImageFacts | None = None,
        accept: tuple[int, ...] = (),
        wants: Mapping[str, Any] | None = None,
        attempts: int = 1,
        certificate: Certificate | None = None,
        **answer: Any,
    ) -> LinkResult:
        """A link that was asked and answered. `via` are the redirects' statuses, `to` the URLs they led to."""
        asked = target(url, Probe.IMAGE if role is Role.IMAGE else Probe.PAGE)
        urls = (asked.url, *to)
        raw = locations or to
        hops = tuple(Hop(urls[at], code, raw[at]) for at, code in enumerate(via))
        final = Answer(status, urls[-1], page=page, image=image, **answer)
        outcome = Outcome(asked.url, asked.probe, final, None, hops, attempts=attempts, certificate=certificate)
        return self._sighting(link(role, url, pointer or _POINTERS[role], **(wants or {})), asked, outcome, accept)

    def failure(
        self,
        kind: FailureKind,
        detail: str,
        role: Role = Role.CANONICAL,
        url: str = URL,
        *,
        pointer: str | None = None,
        via: tuple[int, ...] = (),
        message: str = "it failed",
    ) -> LinkResult:
        """A link that got no answer."""
        asked = target(url)
        hops = tuple(Hop(asked.url, code, "/x") for code in via)
        outcome = Outcome(asked.url, asked.probe, None, Failure(kind, detail, message), hops)
        return self._sighting(link(role, url, pointer or _POINTERS[role]), asked, outcome, ())

    def picture(
        self,
        width: int | None = None,
        height: int | None = None,
        *,
        declared: tuple[Any, Any] | None = None,
        wants: Mapping[str, Any] | None = None,
        is_format: str = "jpeg",
        url: str = IMAGE,
        media_type: str | None = "image/jpeg",
        length: int | None = None,
        pointer: str | None = None,
        stored: tuple[int, int] | None = None,
        orientation: int = 1,
        ratio: float | None = None,
    ) -> LinkResult:
        """An image that was measured. `declared` is what the article says of its width and height."""
        facts = ImageFacts(
            is_format,
            width,
            height,
            stored[0] if stored else width,
            stored[1] if stored else height,
            orientation=orientation,
            ratio=ratio,
        )
        all_wants = {**(wants or {}), **({"width": declared[0], "height": declared[1]} if declared else {})}
        return self.answer(
            Role.IMAGE, url, pointer=pointer, image=facts, media_type=media_type, length=length, wants=all_wants
        )

    def offline(
        self, role: Role = Role.CANONICAL, url: str = URL, *, pointer: str | None = None, **wants: Any
    ) -> LinkResult:
        """A link for which nothing was asked because the run is offline."""
        return self.skip("offline", role, url, pointer=pointer, **wants)

    def skip(
        self, kind: str, role: Role = Role.CANONICAL, url: str = URL, *, pointer: str | None = None, **wants: Any
    ) -> LinkResult:
        reason = Skip(kind, f"because {kind}", url)
        return LinkResult(
            link(role, url, pointer or _POINTERS[role], **wants), target(url), skip_verdict(reason), skip=reason
        )

    def file(self, file: str | None, image: ImageFacts | None = None, **wants: Any) -> LinkResult:
        """A link that was looked up in the repository."""
        found = LocalFile(file, ("site/lead.png", "lead.png"), image, 1000)
        seen = link(Role.IMAGE, "/lead.png", "/images/0/url", **wants)
        return LinkResult(seen, Target("/lead.png", Probe.IMAGE, ""), local_verdict(found, image=True), local=found)

    def violation(self, keyword: str, pointer: str, message: str = "is wrong", **more: Any) -> Violation:
        return Violation(keyword, place(pointer), message, "Mend it.", **more)

    def evidence(self, *results: LinkResult, data: dict[str, Json] | None = None, **more: Any) -> Evidence:
        """`more` are fields of `Evidence`, and `parse_errors` and `ignores` of its article."""
        parts = {name: more.pop(name) for name in ("parse_errors", "ignores", "places") if name in more}
        lines = tuple(f"line {number}" for number in range(1, 40))
        article = Article("a.md", data=data or {}, lines=lines, **parts)
        return Evidence(article, results=results, **more)

    def _sighting(self, seen: Link, asked: Target, outcome: Outcome, accept: tuple[int, ...]) -> LinkResult:
        return LinkResult(seen, asked, verdict(outcome, accept=accept), outcome=outcome)


@pytest.fixture
def build() -> Build:
    return Build()


@pytest.fixture
def found() -> Callable[..., list[Finding]]:
    """The findings of some evidence, by default options or those given."""

    def judged(evidence: Evidence, **options: Any) -> list[Finding]:
        return list(judge(evidence, JudgeOptions(now="2026-11-22T12:00:00Z", **options)))

    return judged
