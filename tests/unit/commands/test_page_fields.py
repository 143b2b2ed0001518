"""Properties with paths are links if the paths lead to other articles, whatever their names are."""

from pathlib import Path

import pytest
from write_files import write_files

from linkcheck.commands.init import page_fields, survey

ARTICLES = (
    "docs/setup.md",
    "docs/use/index.md",
    "docs/help/_index.md",
    "blog/2026-03-01-harbor.md",
    "docs/index.md",
    "guide/README.md",
    "a.pdf",
)


def links_of(root: Path, articles: dict[str, str]) -> set[str]:
    for path in ARTICLES:
        articles.setdefault(path, "title: T")
    write_files(root, {path: f"---\n{front_matter}\n---\n" for path, front_matter in articles.items()})
    return {link.place for each in survey(str(root)).collections for link in each.inferred.links}


@pytest.mark.parametrize(
    ("front_matter", "links"),
    [
        *(
            pytest.param(f"details: {path}", {"details"}, id=path)
            for path in (
                *(
                    "/docs/setup/",
                    "/docs/setup",
                    "/docs/setup.html#use",
                    "/docs/use/",
                    "/docs/help",
                    "./setup.md",
                    "setup.html",
                ),
                *("../blog/2026-03-01-harbor.md", "/blog/2026/03/01/harbor/", "/guide/", "/a.pdf"),
            )
        ),
        pytest.param("related: [/docs/setup/, /docs/use/]", {"related[]"}, id="a list"),
        pytest.param("cards: [{button_path: /docs/setup/}]", {"cards[].button_path"}, id="an object"),
        pytest.param("details: /docs/unknown/", set(), id="a page that is not there"),
        pytest.param("details: /", set(), id="the home page alone"),
        pytest.param("details: /docs/page/", set(), id="the page itself"),
        pytest.param("related: [/docs/page/, /docs/setup/]", set(), id="the page itself as often as others"),
        pytest.param("related: [/docs/setup/, /x/, /y/]", set(), id="mostly pages that are not there"),
        pytest.param("details: docs/setup", set(), id="a name with a slash"),
        pytest.param("aliases: [/docs/setup/]", set(), id="an earlier address"),
        *(
            pytest.param(f"{name}: /docs/setup/", set(), id=f"an own address in `{name}`")
            for name in ("url", "path", "permalink", "slug")
        ),
        pytest.param("template: setup.md", set(), id="a template"),
        pytest.param("includes: [setup.md]", set(), id="a part"),
        pytest.param("tool: {article-file: index.md}", set(), id="a name that files have in most folders"),
        pytest.param("files: [/docs/*.md]", set(), id="a pattern"),
    ],
)
def test_paths_are_links_if_most_lead_to_other_articles(front_matter: str, links: set[str], tmp_path: Path) -> None:
    assert links_of(tmp_path, {"docs/page.md": front_matter}) == links


@pytest.mark.parametrize("name", ["more.qmd", "more.Rmd", "more.ipynb", "more.rst"])
def test_a_source_of_any_format_is_another_article(name: str, tmp_path: Path) -> None:
    write_files(tmp_path, {f"docs/{name}": ""})
    assert links_of(tmp_path, {"docs/page.md": f"details: {name}"}) == {"details"}


def test_the_own_paths_of_articles_are_no_links(tmp_path: Path) -> None:
    own = {f"docs/page{number}.md": f"address: /docs/page{number}/" for number in range(5)}
    assert links_of(tmp_path, own) == set()


def test_a_few_broken_paths_among_links_are_links_too(tmp_path: Path) -> None:
    assert links_of(tmp_path, {"docs/page.md": "steps: [/docs/setup/, /docs/use/, /docs/uze/]"}) == {"steps[]"}


def test_documents_among_which_is_an_image_are_no_images(tmp_path: Path) -> None:
    links = "downloads: [a.pdf, ./b.pdf, c.png]"
    write_files(tmp_path, {f"docs/{name}": "" for name in ("a.pdf", "b.pdf", "c.png")})
    write_files(tmp_path, {"docs/page.md": f"---\n{links}\n---\n"})
    found = [link for each in survey(str(tmp_path)).collections for link in each.inferred.links]
    assert [(link.place, link.role) for link in found] == [("downloads[]", "link")]


def test_a_path_leads_to_the_article_that_has_it_as_its_url(tmp_path: Path) -> None:
    write_files(tmp_path, {"hugo.toml": "[permalinks]\nnews = '/:year/:slug/'\n", "content/news/a.md": ""})
    articles = {
        "content/news/a.md": "title: The harbor\ndate: 2026-03-01",
        "content/b.md": "details: /2026/the-harbor/",
        "content/c.md": "title: A page\nabout: /2026/other/",
    }
    assert links_of(tmp_path, articles) == {"details"}


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param({"_config.yml": "url: https://me.example\nroot: /my/\n", "scaffolds/post.md": ""}, id="Hexo"),
        pytest.param({"_config.yml": "url: https://me.example\nbaseurl: /my\n"}, id="Jekyll"),
    ],
)
def test_a_path_can_start_with_the_path_of_the_url_of_the_site(settings: dict[str, str], tmp_path: Path) -> None:
    write_files(tmp_path, settings)
    page = "next: /my/docs/setup/\nprevious: /docs/use/\nabout: /other/docs/setup/"
    assert links_of(tmp_path, {"docs/page.md": page}) == {"next", "previous"}


def test_a_path_that_leads_to_a_page_as_it_is_does_not_start_with_the_path_of_the_site(tmp_path: Path) -> None:
    write_files(tmp_path, {"_config.yml": "url: https://me.example\nbaseurl: /docs\n"})
    assert links_of(tmp_path, {"pages/setup.md": "details: /docs/setup/"}) == {"details"}


def test_the_properties_that_are_looked_at_are_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_fields, "_MOST_FIELDS", 2)
    page = "steps: [/docs/unknown/, /docs/setup/, /docs/use/]\nnext: /docs/setup/\nlast: /docs/setup/"
    assert links_of(tmp_path, {"docs/page.md": page}) == {"steps[]", "next"}
