"""What the player on a page of YouTube says, and how far such a page is read."""

import json
from pathlib import Path

import pytest
from command import article, linkcheck

URL = "https://www.youtube.com/watch?v=aaaaaaaaaaa"
FAR = "<script>var filler = 1;</script>" * 9000


def page(player: str, head: str = "<title> - YouTube</title>", before: str = "") -> str:
    script = f"<script>var ytInitialPlayerResponse = {player};</script>" if player else ""
    return f"<html><head>{head}</head><body>{before}{script}</body></html>"


def status(name: str) -> str:
    return json.dumps({"playabilityStatus": {"status": name}}, separators=(",", ":"))


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        pytest.param(page(status("LOGIN_REQUIRED")), "blocked", id="a page that wants programs to sign in"),
        pytest.param(page(status("LOGIN_REQUIRED"), before=FAR), "blocked", id="one that says so far down"),
        pytest.param(page(status("ERROR")), "suspect", id="a video that is gone"),
        pytest.param(page(status("ERROR"), before=FAR), "suspect", id="one whose player is far down"),
        pytest.param(page(""), "suspect", id="a page without a player"),
        pytest.param(page(status("OK")), "ok", id="a video that plays"),
        pytest.param(page(status("UNPLAYABLE")), "ok", id="a video for members"),
        pytest.param(page("", before=FAR * 5), "ok", id="a page longer than is read"),
        pytest.param(
            page(
                status("LOGIN_REQUIRED"), head="<title>Bridge - YouTube</title><meta property='og:title' content='Bridge'>"
            ),
            "ok",
            id="a video for adults, with its preview",
        ),
    ],
)
def test_the_player_tells_a_removed_video_from_one_that_is_kept_from_programs(
    body: str, verdict: str, tmp_path: Path
) -> None:
    (tmp_path / "a.md").write_text(article(originalUrl=URL), "utf-8")
    (tmp_path / "web.toml").write_text(f"[{json.dumps(URL)}]\nbody = {json.dumps(body)}\n", "utf-8")
    done = linkcheck("check", "--replay", "web.toml", "--report", "json", cwd=tmp_path)
    assert {target["url"]: target["verdict"] for target in json.loads(done.out)["targets"]}[URL] == verdict
    assert ("LC228" in done.out) == (verdict == "suspect")
