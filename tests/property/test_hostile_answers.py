"""Attackers write the articles and run the servers: whatever they say, judge answers and never raises."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkcheck.judge import JudgeOptions, judge, verdict
from linkcheck.model import (
    Answer,
    Article,
    Claim,
    DuplicateLink,
    Evidence,
    Expectations,
    Hop,
    ImageFacts,
    JsonLd,
    Link,
    LinkResult,
    Location,
    Outcome,
    PageFacts,
    Probe,
    Role,
    Span,
    Target,
)

URLS = st.one_of(
    st.sampled_from(
        (
            "https://example.com/a",
            "http://example.com/a/",
            "https://example-com.cdn.ampproject.org/c/s/example.com/a",
            "https://[::1",
            "javascript:alert(1)",
            "https://a@b@c/%",
            "//",
            "",
            "https://example.com:99999/",
            "https://xn--/",
        )
    ),
    st.text(max_size=40),
    st.text(max_size=20).map("https://example.com/".__add__),
)
TEXTS = st.none() | st.text(max_size=40)
NUMBERS = st.none() | st.integers() | st.floats() | st.text(max_size=12) | st.booleans() | st.just(10**5000)
PIXELS = st.none() | st.integers(min_value=0, max_value=2**33)


def place(pointer: str) -> Location:
    return Location("a.md", Span(2, 1, 2, 2), pointer)


@st.composite
def pages(draw: st.DrawFn) -> PageFacts:
    several = st.lists(URLS, max_size=3).map(tuple)
    return PageFacts(
        title=draw(TEXTS),
        og_title=draw(TEXTS),
        canonicals=draw(several),
        raw_canonicals=draw(several),
        canonical_in_body=draw(st.none() | URLS),
        amphtml=draw(several),
        is_amp=draw(st.booleans()),
        json_ld=draw(st.none() | st.builds(JsonLd, st.none() | URLS, st.none() | URLS, TEXTS, TEXTS)),
        refresh_seconds=draw(st.none() | st.integers(0, 10)),
        unavailable_after=draw(TEXTS | st.just("25 Jun 2010 15:00:00 PST") | st.just("1 Jan 1 00:00:00 +2359")),
        published=draw(TEXTS | st.just("2021-06-18T10:57:00Z") | st.just("0001-01-01T00:00:00+23:59")),
        refresh=draw(st.none() | URLS),
        has_password_field=draw(st.booleans()),
    )


@st.composite
def pictures(draw: st.DrawFn) -> ImageFacts:
    formats = st.sampled_from((None, "jpeg", "svg", "webp", "never heard of"))
    return ImageFacts(
        draw(formats), draw(PIXELS), draw(PIXELS), draw(PIXELS), draw(PIXELS), ratio=draw(st.none() | st.floats())
    )


@st.composite
def results(draw: st.DrawFn) -> LinkResult:
    role = draw(st.sampled_from(Role))
    pointer = draw(st.sampled_from(("/webUrl", "/related/0/webUrl", "/images/0/url", "/a~1b/ß")))
    size = [draw(st.none() | NUMBERS.map(lambda value: Claim(value, place("/width")))) for _ in range(3)]
    wants = Expectations(
        of=draw(st.none() | URLS), width=size[0], height=size[1], domain=size[2], min_width=5, media=("image/*",)
    )
    url = draw(URLS)
    hops = tuple(
        Hop(draw(URLS), draw(st.sampled_from((301, 302, 308))), draw(TEXTS)) for _ in range(draw(st.integers(0, 4)))
    )
    answer = Answer(
        draw(st.integers(100, 999)) if draw(st.booleans()) else 200,
        draw(URLS),
        media_type=draw(TEXTS),
        length=draw(PIXELS),
        image=draw(st.none() | pictures()),
        page=draw(st.none() | pages()),
    )
    outcome = Outcome(url, Probe.PAGE, answer, None, hops)
    return LinkResult(
        Link(place(pointer), role, url, wants), Target(url, Probe.PAGE, draw(URLS)), verdict(outcome), outcome=outcome
    )


@settings(max_examples=150, deadline=None)
@given(
    seen=st.lists(results(), max_size=4),
    data=st.dictionaries(st.sampled_from(("title", "date", "related")), TEXTS | st.just([{"title": "x"}]), max_size=3),
)
def test_judge_never_raises(seen: list[LinkResult], data: Any) -> None:
    duplicates: dict[str, tuple[DuplicateLink, ...]] = {
        one.target.url: (DuplicateLink(place("/webUrl"), Role.CANONICAL), DuplicateLink(place("/url"), Role.IMAGE, 5, 5))
        for one in seen
    }
    article = Article("a.md", data=data, lines=("---", "quoted"))
    for finding in judge(Evidence(article, (), tuple(seen), duplicates), JudgeOptions(now="2026-11-22T00:00:00Z")):
        assert len(finding.fingerprint) == 32


DECLARED: dict[str, Any] = {
    "one": 1,
    "a million million": 10**12,
    "five thousand digits": 10**5000,
    "negative": -1,
    "a half": 0.5,
    "not a number": float("nan"),
    "digits without end": "9" * 40,
    "a digit that is none": "²",
    "true": True,
    "nothing": None,
}


@pytest.mark.parametrize("declared", list(DECLARED.values()), ids=list(DECLARED))
@pytest.mark.parametrize("measured", [(0, 0), (1, 0), (0, 5), (1, 2**32), (None, None)], ids=str)
@pytest.mark.parametrize("ratio", [None, 0.0, -1.0, float("nan"), float("inf"), 1e-300], ids=str)
def test_absurd_sizes_are_held_against_absurd_images(
    declared: Any, measured: tuple[int | None, int | None], ratio: float | None
) -> None:
    wants = Expectations(width=Claim(declared, place("/images/0/width")), height=Claim(7, place("/images/0/height")))
    answer = Answer(200, "https://example.com/a.svg", image=ImageFacts("svg", *measured, ratio=ratio))
    outcome = Outcome("https://example.com/a.svg", Probe.IMAGE, answer)
    link = Link(place("/images/0/url"), Role.IMAGE, "https://example.com/a.svg", wants)
    seen = LinkResult(link, Target(link.url, Probe.IMAGE, "example.com"), verdict(outcome), outcome=outcome)
    messages = [finding.message for finding in judge(Evidence(Article("a.md"), results=(seen,)), JudgeOptions())]
    assert "" not in messages
    assert len(set(messages)) == len(messages)
