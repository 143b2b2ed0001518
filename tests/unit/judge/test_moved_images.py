"""Which image at another URL is the same, by its path or by a name that few images share."""

import pytest

from linkcheck.judge import JudgeOptions
from linkcheck.judge.comparison.replacements import fix_of_move
from linkcheck.model import FILE_START, Answer, Article, Evidence, FixKind, Hop, Link, Location, Outcome, Probe, Role
from linkcheck.urls import parse_url

SAFE = "the same domain and file name"


def others(name: str) -> str:
    return f"other images may have the name {name!r} too"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("/img/a.png", "https://cdn.a.example/img/a.png", "the same domain and path"),
        ("/img/a.png", "/new/img/a.png", SAFE),
        ("/new/img/a.png", "/img/a.png", SAFE),
        ("/a.png", "/new/a.png", others("a.png")),
        ("/x/a.png", "/new/img/a.png", others("a.png")),
        ("/img/harbour-bridge-opening.png", "/pics/harbour-bridge-opening.png", SAFE),
        ("/img/harbour-bridge.png", "/pics/harbour-bridge.png", others("harbour-bridge.png")),
        ("/img/bridge-bridge-bridge.png", "/pics/bridge-bridge-bridge.png", others("bridge-bridge-bridge.png")),
        ("/img/image-photo-large.png", "/pics/image-photo-large.png", others("image-photo-large.png")),
        ("/img/DSC12345678.png", "/pics/DSC12345678.png", SAFE),
        ("/img/DSC1234567.png", "/pics/DSC1234567.png", others("DSC1234567.png")),
        ("/img/20160501.png", "/pics/20160501.png", others("20160501.png")),
        ("/img/0123456789ab.png", "/pics/0123456789ab.png", SAFE),
        ("/img/abcdefabcdef.png", "/pics/abcdefabcdef.png", others("abcdefabcdef.png")),
        ("/2016/05/harbour-bridge-opening.png", "/2017/05/harbour-bridge-opening.png", others("harbour-bridge-opening.png")),
        ("/img/a.png", "/img/b.png", "the last path segment changes from 'a.png' to 'b.png'"),
        ("/img/a.png?v=1", "/img/a.png?v=2", "the new URL has other query parameters"),
    ],
)
def test_a_moved_image_is_the_same_by_its_path_or_its_name(old: str, new: str, reason: str) -> None:
    before, after = (parse_url(each if "//" in each else f"https://www.a.example{each}").href for each in (old, new))
    link = Link(Location("a.md", FILE_START, "/images/0/url"), Role.IMAGE, before)
    outcome = Outcome(before, Probe.IMAGE, Answer(200, after, media_type="image/png"), hops=(Hop(before, 301, after),))
    fix = fix_of_move(Evidence(Article("a.md")), link, outcome, after, JudgeOptions(now="2026-11-22T12:00:00Z"))
    assert fix is not None
    assert fix.reason == reason
    assert fix.kind is (FixKind.SAFE if reason.startswith("the same domain") else FixKind.UNSAFE)
