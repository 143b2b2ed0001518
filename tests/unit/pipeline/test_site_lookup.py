"""Which pages of the site are known from its articles."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from write_files import write_files

from linkcheck import article_urls, plan
from linkcheck.config import Config, Settings
from linkcheck.model import Link, Location, Probe, Role, Span, Target, VerdictKind
from linkcheck.pipeline import RunContext
from linkcheck.pipeline.read_step import ArticleReader
from linkcheck.pipeline.site_lookup import files_next_to, find_article


@pytest.mark.parametrize("kind", ["permalink", "alias"])
def test_a_page_is_found_by_the_url_in_a_marked_property(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text("---\nlink: /stories/bridge/\n---\n")
    (tmp_path / "b.md").write_text("---\nPlace: /stories/bridge/\n---\n")
    schema = {"properties": {"link": {"x-link": {"role": "link"}}, "Place": {"x-article": kind}}}
    (tmp_path / "schema.json").write_text(json.dumps(schema))
    settings = Settings(paths=("a.md",), schema="schema.json")
    reader = ArticleReader(RunContext(Config(settings=settings, root=str(tmp_path))))
    ((_, _, (planned,), _),) = reader.rows()
    assert planned.local is not None
    assert planned.local.file == "b.md"


SOURCES = {
    "hugo.toml": "baseURL = 'https://gazette.example/'\n",
    "content/news/a.md": "---\ntitle: A\n---\n",
    "content/news/secret.md": "---\ndraft: true\n---\n",
    "content/news/future.md": "---\ndate: 2999-01-01\n---\n",
    "content/news/README.md": "No front matter.\n",
    "content/text.md": "No front matter.\n",
    "README.md": "No front matter.\n",
    "scripts/README.md": "---\ntitle: Scripts\n---\n",
    "static/terms.md": "No front matter.\n",
}


@pytest.mark.parametrize(
    ("url", "root", "found"),
    [
        ("/news/a/", "static", "content/news/a.md"),
        ("/news/a", "content", "content/news/a.md"),
        ("/news/a.md", "static", None),
        ("/news/a.md", "content", None),
        ("/news/secret/", "static", None),
        ("/news/secret", "content", None),
        ("/news/future", "content", None),
        ("./secret", "content", None),
        ("./secret.md", "content", None),
        ("./a.md", "content", "content/news/a.md"),
        ("/text", "content", "content/text.md"),
        ("/README", ".", None),
        ("/scripts/", "static", None),
        ("/", "static", None),
        ("/terms.md", "static", "static/terms.md"),
        ("https://gazette.example/news/a/", "static", "content/news/a.md"),
        ("https://gazette.example/news/secret/", "static", None),
    ],
)
def test_only_what_the_site_certainly_serves_is_found_and_the_rest_is_unknown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str, root: str, found: str | None
) -> None:
    article = f"---\nnext: {url}\n---\n"
    schema = '{"properties": {"next": {"x-link": {"role": "link"}}}}'
    write_files(tmp_path, {**SOURCES, "content/news/linking.md": article, "schema.json": schema})
    monkeypatch.chdir(tmp_path)
    base_url = "https://gazette.example/"
    for offline in (True, False):
        settings = Settings(
            paths=("content/news/linking.md",), schema="schema.json", site_root=(root,), base_url=base_url, offline=offline
        )
        reader = ArticleReader(RunContext(Config(settings=settings, root=str(tmp_path))))
        ((_, _, (planned,), _),) = reader.rows()
        assert (None if planned.local is None else planned.local.file) == found
        assert planned.verdict is None or planned.verdict.kind is not VerdictKind.DEAD


@pytest.mark.parametrize(
    ("most", "reason"),
    [
        pytest.param(
            2,
            "only the given articles were looked up, because the repository has more than 2 files; a run over all articles "
            "looks up the others",
            id="many files",
        ),
        pytest.param(9, "no file or article has this URL, but the site generator may make the page; ", id="few files"),
    ],
)
def test_a_run_over_given_files_in_a_large_repository_says_what_it_looked_up(
    most: int, reason: str, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(article_urls, "MOST_FILES_OF_A_HOOK", most)
    files = {f"content/{name}.md": f"---\nnext: /{after}/\n---\n" for name, after in ("ab", "bd", "cx")}
    files["schema.json"] = '{"properties": {"next": {"x-link": {"role": "link"}}}}'
    write_files(here, {"hugo.toml": "baseURL = 'https://a.example/'\n", **files})
    paths = ("content/a.md", "content/b.md")
    settings = Settings(paths=paths, schema="schema.json", offline=True)
    reader = ArticleReader(RunContext(Config(settings=settings, root=str(here))))
    (first,), (second,) = (planned for _, _, planned, _ in reader.rows())
    assert first.local is not None
    assert first.local.file == "content/b.md"
    assert second.skip is not None
    assert second.skip.reason.startswith(reason)


@pytest.mark.parametrize(
    ("path", "looked_up", "below"),
    [
        ("/a/b", ["/a/b"], ["/a/b"]),
        ("a/b", ["a/b", "/a/b"], ["/a/b"]),
        ("./a", ["./a"], []),
        ("../a", ["../a"], []),
        ("@/a.md", ["@/a.md", "@/a.md"], ["/a.md"]),
    ],
)
def test_a_path_is_looked_up_as_it_is_written_and_from_the_root(path: str, looked_up: list[str], below: list[str]) -> None:
    found: list[str] = []
    urls = SimpleNamespace(find=lambda path, **_: found.append(path), next_to=lambda path: (path,))
    link = Link(Location("a.md", Span(1, 1, 1, 2), "/url"), Role.LINK, path)
    planned = plan.Planned(link, Target(path, Probe.STATUS, ""), path=path)
    assert find_article(urls, planned, frozenset()) is None  # type: ignore[arg-type]
    assert found == list(dict.fromkeys(looked_up))
    assert files_next_to(urls, planned) == tuple(below)  # type: ignore[arg-type]
