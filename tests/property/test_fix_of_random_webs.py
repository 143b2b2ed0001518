"""Whatever a web answers: no URL gets a registrable domain that it did not have, and a second run changes nothing."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from quiet import Quiet

from linkcheck import pipeline
from linkcheck.commands.fix import FixedFile, find_corrections, write
from linkcheck.config import Config, load
from linkcheck.model import Json, Source
from linkcheck.parse import parse
from linkcheck.urls import parse_url, registrable_domain

TITLE = "City council opens new harbour bridge"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOSTS = (
    *("gazette.example", "www.gazette.example", "news.gazette.example", "casino.example", "gazette.example.casino.example"),
    *("alice.github.io", "mallory.github.io", "short.example", "93.184.216.34"),
)
PATHS = (
    *("/", "/harbour-bridge", "/harbour-bridge/", "/2016/harbour-bridge", "/promo/2026", "/promo", "/index.html"),
    *("/view?id=1", "/view?id=2", "/harbour-bridge?utm_source=x", "/login", "/404", "/HARBOUR-bridge", "/bridge.png"),
)
urls = st.builds("{}://{}{}".format, st.sampled_from(["http", "https"]), st.sampled_from(HOSTS), st.sampled_from(PATHS))
locations = urls | st.sampled_from(PATHS) | st.builds("//{}/harbour-bridge".format, st.sampled_from(HOSTS))
odd_locations = st.sampled_from(
    [
        "https:\\\\casino.example\\harbour-bridge",
        "https://gazette.example@casino.example/harbour-bridge",
        "https://gazette.example\\@casino.example/harbour-bridge",
        "https:///casino.example/harbour-bridge",
        "/\t/casino.example/harbour-bridge",
        " https://casino.example/harbour-bridge",
        "https://casino%2Eexample/harbour-bridge",
        "https://gazette.example%2F@casino.example/harbour-bridge",
        "https://gazette.example./2016/harbour-bridge",
        "https://gazette.example:443/2016/harbour-bridge",
        "https://casino\u3002example/harbour-bridge",
    ]
)
redirects = st.fixed_dictionaries(
    {"status": st.sampled_from([301, 301, 301, 308, 302]), "location": locations | locations | odd_locations}
)
pages = st.fixed_dictionaries(
    {},
    optional={"title": st.sampled_from([TITLE, f"{TITLE} | The Gazette", "Slot Gacor"]), "canonical": urls, "amphtml": urls},
)
amp_pages = st.fixed_dictionaries({"canonical": urls, "amp": st.just(value=True)})
sizes = st.sampled_from([1, 50, 600, 1200])
images = st.fixed_dictionaries({"format": st.just("png"), "width": sizes, "height": sizes})
answers = (
    redirects
    | redirects
    | st.builds(lambda page: {"page": page}, pages | amp_pages)
    | st.builds(lambda image: {"image": image}, images)
    | st.sampled_from([{"status": 404}, {"status": 403}])
)
webs = st.dictionaries(urls, answers, min_size=4, max_size=12)
REST = "".join(f'["{scheme}://*"]\npage.title = "{TITLE}"\n' for scheme in ("http", "https"))
"""Whatever else is asked for is a page that copies the article's title."""


def articles(web: dict[str, dict[str, object]]) -> st.SearchStrategy[dict[str, object]]:
    """Articles that link to this web."""
    known = st.sampled_from(sorted(web))
    picture = st.fixed_dictionaries({"url": known, "width": sizes, "height": sizes})
    return st.fixed_dictionaries(
        {"title": st.just(TITLE), "webUrl": known, "originalUrl": known},
        optional={
            "ampWebUrl": known,
            "cdnAmpWebUrl": st.builds("https://x.cdn.ampproject.org/c/{}".format, st.sampled_from(HOSTS)) | known,
            "images": st.lists(picture, min_size=1, max_size=2),
            "related": st.lists(st.fixed_dictionaries({"title": st.just(TITLE), "webUrl": known}), max_size=3),
        },
    )


def domains(value: Json, pointer: str = "") -> Iterator[tuple[str, str]]:
    """Each URL's place and the domain somebody registered for it, or its host where nobody did."""
    if isinstance(value, str) and value.startswith("http"):
        host = parse_url(value).host
        yield pointer, registrable_domain(host) or host
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, child in below:
        yield from domains(child, f"{pointer}/{name}")


def read(file: Path) -> dict[str, str]:
    raw = file.read_bytes()
    return dict(domains(parse(Source("a.md", "a.md", raw, len(raw), named=True)).data))


def corrected(config: Config) -> tuple[FixedFile, ...]:
    found = find_corrections(pipeline.RunContext(config, now=lambda: NOW), Quiet())
    for change in found.changes:
        write(change)
    return tuple(change for change in found.changes if change.done)


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(web=webs, draw=st.data())
def test_no_url_gets_another_domain_and_a_second_run_changes_nothing(
    web: dict[str, dict[str, object]], draw: st.DataObject, archive: Path
) -> None:
    file, article = archive / "a.md", draw.draw(articles(web))
    file.write_text("---\n" + "".join(f"{key}: {json.dumps(value)}\n" for key, value in article.items()) + "---\n")
    tables = [f"[{json.dumps(url)}]\n{toml(answer)}" for url, answer in web.items()]
    (archive / "web.toml").write_text("".join(tables) + REST)
    config = load(
        flags={"replay": "web.toml", "jobs": 1},
        environment={"LINKCHECK_INTERVAL": "0", "LINKCHECK_RETRIES": "0"},
        directory=str(archive),
    )
    before = read(file)
    corrected(config)
    assert read(file) == before
    assert corrected(config) == ()


def toml(table: dict[str, object]) -> str:
    """A table of plain values and of tables of such; JSON's texts, numbers and truths are TOML's, too."""
    rows = [
        (f"{name}.{key}", inner) if isinstance(value, dict) else (name, value)
        for name, value in table.items()
        for key, inner in (value.items() if isinstance(value, dict) else [("", value)])
    ]
    return "".join(f"{name} = {json.dumps(value)}\n" for name, value in rows)
