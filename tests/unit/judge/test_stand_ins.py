"""Images that stand in for others: by two signs, never by one."""

import pytest

from linkcheck.judge.look import Picture
from linkcheck.judge.stand_ins import stand_in
from linkcheck.model import Answer, Claim, Hop, ImageFacts, Link, Location, Outcome, Probe, Role, Span, Wants

PLACE = Location("a.md", Span(3, 1, 3, 9), "/images/0/url")
OLD = "https://gazette.example/2021/harbour.jpg"


def picture(
    size: tuple[int, int],
    declared: tuple[int, int] | None = None,
    *,
    url: str = OLD,
    to: str | None = None,
    is_format: str = "jpeg",
) -> Picture:
    """An image that was measured; `to` is where a redirect led."""
    width, height = (None, None) if declared is None else (Claim(side, PLACE) for side in declared)
    image = ImageFacts(is_format, *size)
    hops = () if to is None else (Hop(url, 302, to),)
    outcome = Outcome(url, Probe.IMAGE, Answer(200, to or url, image=image), hops=hops)
    return Picture(Link(PLACE, Role.IMAGE, url, Wants(width=width, height=height)), image, to or url, outcome=outcome)


@pytest.mark.parametrize(
    "name",
    [
        *("no-image.png", "noimage.gif", "No_Image_Available.jpg", "image-not-found.png", "photo_unavailable.png"),
        *("placeholder_1200x630.png", "default.jpg", "default-og-image.png", "default300x300.png", "missing.png"),
        *("blank.gif", "spacer.gif", "removed.png", "404.png", "hotlinking-denied.jpg", "1x1.png", "image-coming-soon.jpg"),
        "placeholders/16x9.png",
    ],
)
def test_a_redirect_to_a_name_that_says_so_leads_to_a_stand_in(name: str) -> None:
    assert stand_in(picture((1200, 630), (1200, 630), to=f"https://gazette.example/img/{name}")) is not None


@pytest.mark.parametrize(
    "name",
    [
        *("harbour.jpg", "harbour-1200x630.jpg", "default-logo.png", "default-avatar.png", "pixel-6-review.jpg"),
        *(
            "no-deal-in-sight.jpg",
            "blank-space-concert.jpg",
            "missing-girl-found.jpg",
            "picture-of-the-day.jpg",
            "image.jpg",
        ),
        *("error-in-court.jpg", "the-spacer.jpg", "8c1f9a.jpg", "404-days-at-sea.jpg"),
    ],
)
def test_a_redirect_to_any_other_name_leads_to_none(name: str) -> None:
    assert stand_in(picture((1200, 630), (1200, 630), to=f"https://gazette.example/img/{name}")) is None


@pytest.mark.parametrize(
    "shown",
    [
        pytest.param(picture((1, 1), (1200, 630)), id="a pixel, declared as a picture"),
        pytest.param(picture((1, 1), is_format="gif"), id="a pixel in another format than its name says"),
        pytest.param(
            picture((300, 100), (1200, 630), to="https://cdn.example/a.jpg"), id="another name, small, another shape"
        ),
        pytest.param(picture((50, 50), (600, 400), url="https://a.example/placeholder.png"), id="its name, and small"),
        pytest.param(
            picture((120, 90), (1280, 720), url="https://i.ytimg.com/vi/dQw4w9WgXcQ/maxresdefault.jpg"), id="a video's"
        ),
        pytest.param(
            picture((120, 90), url="https://img.youtube.com/vi_webp/dQw4w9WgXcQ/0.webp"), id="a video's, undeclared"
        ),
    ],
)
def test_two_signs_make_a_stand_in(shown: Picture) -> None:
    assert stand_in(shown) is not None


@pytest.mark.parametrize(
    "shown",
    [
        pytest.param(picture((1, 1), (1, 1), is_format="gif"), id="a pixel that is declared"),
        pytest.param(picture((1, 1), url="https://a.example/na/4711", is_format="gif"), id="a pixel without a name"),
        pytest.param(picture((300, 157), (1200, 630), to="https://cdn.example/a.jpg"), id="a thumbnail"),
        pytest.param(picture((100, 100), (1200, 630)), id="small alone"),
        pytest.param(picture((600, 400), (600, 400), url="https://a.example/placeholder.png"), id="its name alone"),
        pytest.param(
            picture((16, 16), (600, 100), to="https://cdn.example/a.svg", is_format="svg"), id="an SVG of any size"
        ),
        pytest.param(
            picture((600, 400), (600, 400), url="https://a.example/default.png", to="https://b.example/default.png"),
            id="a name that was meant",
        ),
        pytest.param(picture((120, 90), url="https://i.ytimg.com/vi/dQw4w9WgXcQ/default.jpg"), id="a video's smallest one"),
        pytest.param(picture((120, 90), url="https://a.example/vi/dQw4w9WgXcQ/hqdefault.jpg"), id="of that size elsewhere"),
    ],
)
def test_one_sign_makes_none(shown: Picture) -> None:
    assert stand_in(shown) is None
