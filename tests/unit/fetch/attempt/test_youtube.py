"""What the pages of a video host state about the video."""

import pytest

from linkcheck.fetch.attempt.youtube import has_video_status, is_youtube, with_player
from linkcheck.model import PageFacts

STATUS = b'x{"playabilityStatus":{"status":"LOGIN_REQUIRED","reason":"y"}}'
ESCAPED = STATUS.replace(b'"', b'\\"')
PREVIEW = b'<meta property="og:title" content="A">'


@pytest.mark.parametrize(
    ("host", "is_one"),
    [
        ("www.youtube.com", True),
        ("m.youtube.com", True),
        ("youtube-nocookie.com", True),
        ("youtube.com.evil.example", False),
        ("notyoutube.com", False),
    ],
)
def test_a_host_of_videos_is_recognized(host: str, is_one: bool) -> None:  # noqa: FBT001 - a table's column
    assert is_youtube(host) is is_one


@pytest.mark.parametrize(
    ("data", "start", "has"),
    [
        (STATUS, 0, True),
        (ESCAPED, 0, True),
        (PREVIEW, 0, True),
        (STATUS + PREVIEW, 0, True),
        (b"<title>A</title>", 0, False),
        (STATUS, 20, False),
        (PREVIEW, 20, False),
        (b"    " + STATUS, 4, True),
    ],
)
def test_a_page_has_a_preview_or_the_status_of_its_player(data: bytes, start: int, has: bool) -> None:  # noqa: FBT001
    assert has_video_status(data, start) is has


@pytest.mark.parametrize(
    ("page", "data", "complete", "player"),
    [
        (PageFacts(), STATUS, True, "LOGIN_REQUIRED"),
        (PageFacts(), ESCAPED, False, "LOGIN_REQUIRED"),
        (PageFacts(), b"", True, None),
        (PageFacts(), b"", False, "unread"),
        (PageFacts(og_title="A"), STATUS, True, None),
        (PageFacts(og_title="A"), b"", False, None),
    ],
)
def test_the_status_counts_where_there_is_no_preview(
    page: PageFacts,
    data: bytes,
    complete: bool,  # noqa: FBT001 - a table's column
    player: str | None,
) -> None:
    assert with_player(page, data, complete=complete).player == player
