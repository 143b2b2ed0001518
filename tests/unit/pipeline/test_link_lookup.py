"""What is known of an article's links before anything is requested."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from write_files import write_files

from linkcheck.config import Config, Settings
from linkcheck.ledger import PlannedLink
from linkcheck.model import Probe, VerdictKind
from linkcheck.pipeline import RunContext
from linkcheck.pipeline.read_step import ArticleReader

ARTICLE = """---
title: News
image: /photo.png
canonicalUrl: /photo.png
webUrl: /gone.pdf
next: /b/
last: /gone/
url: /own/
cover: /b/photo.png
series: /own/
prev: "@/b/index.md"
parent: b
home: gazette.com/x
---
"""
SCHEMA = """{"properties": {
    "image": {"x-link": {"role": "image"}},
    "canonicalUrl": {"x-link": {"role": "link"}},
    "webUrl": {"x-link": {"role": "link"}},
    "next": {"x-link": {"role": "link"}},
    "last": {"x-link": {"role": "link"}},
    "url": {"x-link": {"role": "link"}},
    "series": {"x-link": {"role": "link"}},
    "prev": {"x-link": {"role": "link"}},
    "parent": {"x-link": {"role": "link"}},
    "home": {"x-link": {"role": "link"}},
    "cover": {"x-link": {"role": "image"}}
}}"""


@pytest.fixture
def links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, PlannedLink]:
    """The links of an article beside one image, by their pointers."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text(ARTICLE)
    (tmp_path / "content" / "b").mkdir(parents=True)
    (tmp_path / "content" / "b" / "index.md").write_text("---\ntitle: B\n---\n")
    Image.new("RGB", (40, 20)).save(tmp_path / "content" / "b" / "photo.png")
    (tmp_path / "schema.json").write_text(SCHEMA)
    Image.new("RGB", (30, 20)).save(tmp_path / "photo.png")
    settings = Settings(paths=("a.md",), schema="schema.json", site_root=(".",))
    reader = ArticleReader(RunContext(Config(settings=settings, root=str(tmp_path))))
    ((_, _, planned, _),) = reader.rows()
    return {each.link.location.pointer: each for each in planned}


def test_a_local_file_is_measured_where_it_is_linked_as_an_image(links: dict[str, PlannedLink]) -> None:
    found = links["/image"]
    assert found.target.probe is Probe.IMAGE
    assert found.local is not None
    assert found.local.image is not None
    assert (found.local.file, found.local.image.width, found.local.image.height) == ("photo.png", 30, 20)


def test_a_local_file_is_not_measured_where_it_is_linked_otherwise(links: dict[str, PlannedLink]) -> None:
    found = links["/canonicalUrl"]
    assert found.local is not None
    assert (found.local.file, found.local.image) == ("photo.png", None)
    assert found.verdict is not None
    assert found.verdict.kind is VerdictKind.OK


def test_a_local_file_that_is_not_there_is_dead(links: dict[str, PlannedLink]) -> None:
    found = links["/webUrl"]
    assert found.local is not None
    assert found.local.file is None
    assert found.verdict is not None
    assert found.verdict.kind is VerdictKind.DEAD


@pytest.mark.parametrize("pointer", ["/next", "/prev", "/parent"])
def test_a_page_of_an_article_leads_to_the_article(links: dict[str, PlannedLink], pointer: str) -> None:
    found = links[pointer]
    assert found.skip is None
    assert found.local is not None
    assert found.local.file == "content/b/index.md"
    assert found.verdict is not None
    assert found.verdict.kind is VerdictKind.OK


@pytest.mark.parametrize("pointer", ["/last", "/url", "/series"])
def test_another_page_is_unknown_even_if_its_own_link_states_it(links: dict[str, PlannedLink], pointer: str) -> None:
    found = links[pointer]
    assert found.local is None
    assert found.skip is not None
    assert found.skip.kind == "page"
    assert found.verdict is not None
    assert found.verdict.kind is VerdictKind.SKIPPED


def test_what_is_a_host_without_a_scheme_and_no_page_is_not_skipped(links: dict[str, PlannedLink]) -> None:
    found = links["/home"]
    assert found.skip is not None
    assert (found.skip.kind, found.skip.reason) == ("invalid-url", "it has no scheme")
    assert found.verdict is not None
    assert found.verdict.kind is VerdictKind.DEAD


def test_an_image_below_the_page_of_an_article_is_measured(links: dict[str, PlannedLink]) -> None:
    found = links["/cover"].local
    assert found is not None
    assert found.image is not None
    assert (found.file, found.image.width) == ("content/b/photo.png", 40)


@pytest.mark.parametrize(
    ("link", "skip"),
    [
        pytest.param("../b/index.qmd", None, id="the file of an article"),
        pytest.param("./b.md", None, id="the file of an article next to it"),
        pytest.param("../b/", "no-base-url", id="a page"),
        pytest.param("../b/a.pdf", "no-base-url", id="a file that may be below a root"),
    ],
)
def test_a_relative_link_to_a_missing_article_needs_no_root(
    link: str, skip: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_files(tmp_path, {"a/a.md": f"---\ntitle: A\nnext: {link}\n---\n", "schema.json": SCHEMA})
    settings = Settings(paths=("a/a.md",), schema="schema.json")
    reader = ArticleReader(RunContext(Config(settings=settings, root=str(tmp_path))))
    ((_, _, (found,), _),) = reader.rows()
    assert (found.skip and found.skip.kind, found.local is None) == (skip, skip is not None)


@pytest.mark.parametrize(
    ("files", "article", "src", "found"),
    [
        pytest.param({"hero.png"}, "index.md", "hero.png", "hero.png", id="a file"),
        pytest.param({"hero.png"}, "index.md", "Hero.PNG", "hero.png", id="another case"),
        pytest.param({"Images/A.png"}, "_index.md", "images/a.png", "Images/A.png", id="a file of a section"),
        pytest.param({"A.pdf"}, "index.de.md", "a.pdf", "A.pdf", id="a document of a translation"),
        pytest.param({"../../static/logo.png"}, "index.md", "logo.png", None, id="a file of the site"),
        pytest.param({"../logo.png"}, "index.md", "logo.png", None, id="a file in the folder above"),
    ],
)
def test_page_resources_of_hugo_are_in_the_folder_of_the_article(
    files: set[str], article: str, src: str, found: str | None, here: Path
) -> None:
    file = resource(here, files, article, src, settings="hugo.toml").local
    assert file is not None
    assert file.file == (None if found is None else f"content/a/{found}")


def test_an_article_of_hugo_that_is_no_bundle_has_no_page_resources(here: Path) -> None:
    found = resource(here, {"hero.png"}, "a.md", "hero.png", settings="hugo.toml")
    assert found.skip is not None
    assert found.skip.reason == "only the articles of Hugo that are named index have page resources"


@pytest.mark.parametrize(
    ("files", "src", "found"), [({"Hero.png"}, "hero.png", None), ({"../../static/a.png"}, "a.png", "static/a.png")]
)
def test_other_generators_have_no_page_resources(files: set[str], src: str, found: str | None, here: Path) -> None:
    file = resource(here, files, "index.md", src, settings="zola.toml").local
    assert file is not None
    assert file.file == found


def resource(here: Path, files: set[str], article: str, src: str, *, settings: str) -> PlannedLink:
    """The link in `resources` of an article in the folder content/a."""
    schema = """{"properties": {"resources": {"items": {"properties": {"src": {"x-link": {"role": "image"}}}}}}}"""
    path = f"content/a/{article}"
    write_files(
        here,
        {
            settings: "baseURL = 'https://a.example/'\n",
            "schema.json": schema,
            path: f"---\nresources:\n- src: {src}\n---\n",
            "static/x.png": "",
            **{f"content/a/{file}": "" for file in files},
        },
    )
    reader = ArticleReader(
        RunContext(Config(settings=Settings(paths=(path,), schema="schema.json", site_root=("static",)), root=str(here)))
    )
    ((_, _, (planned,), _),) = reader.rows()
    return planned


DRAFT, LATER, OUT = "draft: true", "date: 2026-11-25", "date: 2026-01-01"


@pytest.mark.parametrize(
    ("lines", "paths", "why"),
    [
        pytest.param(DRAFT, ("content",), "it is marked `draft: true`", id="a draft"),
        pytest.param(LATER, ("content",), "it is dated in the future (2026-11-25)", id="of the future"),
        pytest.param(
            f"{DRAFT}\nwebUrl: https://a.example/other/", ("content/a.md",), "it is marked `draft: true`", id="own"
        ),
        pytest.param(OUT, ("content",), None, id="published"),
        pytest.param("headless: true", ("content",), None, id="without a page"),
        pytest.param(f"{OUT}\nwebUrl: https://a.example/other/", ("content/a.md",), None, id="published elsewhere"),
    ],
)
def test_links_to_an_article_that_is_not_published_yet_are_known(
    lines: str, paths: tuple[str, ...], why: str | None, here: Path
) -> None:
    url = "https://a.example/other/" if "webUrl" in lines else "https://a.example/b/"
    properties = {"next": {"x-link": {"role": "link"}}, "webUrl": {"x-link": {"role": "canonical"}}}
    files = {"content/a.md": f"---\nnext: {url}\n---\n", "content/b.md": f"---\n{lines}\n---\n"}
    files["schema.json"] = json.dumps({"properties": properties})
    write_files(here, {"hugo.toml": "baseURL = 'https://a.example/'\n", **files})
    settings = Settings(paths=paths, schema="schema.json", base_url="https://a.example/")
    config = Config(settings=settings, root=str(here), given=frozenset({"paths"}))
    reader = ArticleReader(RunContext(config, now=lambda: datetime(2026, 11, 22, tzinfo=UTC)))
    assert list(reader.rows())
    assert list(reader.unpublished_pages()) == ([] if why is None else [(url, "content/b.md", why)])
