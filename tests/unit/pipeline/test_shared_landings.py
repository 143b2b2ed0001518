"""Pages of a host that all redirect to one URL: evidence that they are gone, from five on."""

import json
from pathlib import Path

import pytest

from linkcheck import pipeline
from linkcheck.config import Config, Settings
from linkcheck.model import VerdictKind
from linkcheck.pipeline import NullObserver, RunContext

SCHEMA = {"properties": {"see": {"items": {"x-link": {"role": "link"}}}}}
LANDING = "https://a.example/news"


def verdicts(here: Path, redirects: list[tuple[str, int, str]]) -> dict[str, str]:
    """The verdict of each URL, its reason with it if it is suspect."""
    (here / "s.json").write_text(json.dumps(SCHEMA))
    (here / "a.md").write_text(f"---\nsee: {json.dumps([url for url, _, _ in redirects])}\n---\n")
    web = "".join(f'["{url}"]\nstatus = {status}\nlocation = "{to}"\n' for url, status, to in redirects)
    (here / "web.toml").write_text(f'{web}["https://*"]\n')
    settings = Settings(schema="s.json", replay="web.toml")
    with pipeline.check(RunContext(Config(settings=settings, root=str(here))), NullObserver()) as finished:
        return {
            record.target.url: f"{record.verdict.kind} {record.verdict.reason}"
            if record.verdict.kind is VerdictKind.SUSPECT
            else record.verdict.kind.value
            for record in finished.run.targets()
        }


def moved(count: int, *, status: int = 301, to: str = LANDING, host: str = "a.example") -> list[tuple[str, int, str]]:
    return [(f"https://{host}/posts/{number}", status, to) for number in range(count)]


def test_four_pages_at_one_url_have_moved(here: Path) -> None:
    assert set(verdicts(here, moved(4)).values()) == {"moved"}


def test_five_pages_at_one_url_are_suspect(here: Path) -> None:
    found = verdicts(here, moved(5))
    assert len(found) == 5
    assert set(found.values()) == {
        f'suspect 200 OK, but it is a "not found" page: redirected to {LANDING}, like 4 other pages of the host'
    }


def test_five_temporary_redirects_are_suspect_too(here: Path) -> None:
    assert len([each for each in verdicts(here, moved(5, status=302)).values() if each.startswith("suspect")]) == 5


def test_permanent_and_temporary_redirects_are_counted_separately(here: Path) -> None:
    mixed = [(url, 301 if number < 4 else 302, to) for number, (url, _, to) in enumerate(moved(8))]
    found = verdicts(here, mixed)
    assert len(found) == 8
    assert [each for each in found.values() if "like" in each] == []


@pytest.mark.parametrize(
    "redirects",
    [
        pytest.param([*moved(4), *moved(4, host="b.example")], id="of two hosts"),
        pytest.param([*moved(4), *((f"{url}x", 301, f"{to}2") for url, _, to in moved(4))], id="at two URLs"),
        pytest.param([(f"https://a.example/{n}", 301, f"https://a.example/#/{n}") for n in range(6)], id="with routes"),
        pytest.param([(f"https://a.example/posts?page={n}", 301, LANDING) for n in range(6)], id="of one path"),
    ],
)
def test_fewer_than_five_pages_of_a_host_at_one_url_have_moved(here: Path, redirects: list[tuple[str, int, str]]) -> None:
    found = verdicts(here, redirects)
    assert len(found) == len(redirects)
    assert [each for each in found.values() if "like" in each] == []
