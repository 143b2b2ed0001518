"""Files below `site-root` that the settings of the site leave out are neither found nor missing."""

from pathlib import Path

import pytest
from write_files import write_files

from linkcheck.config import Config, Settings
from linkcheck.ledger import PlannedLink
from linkcheck.pipeline import RunContext
from linkcheck.pipeline.read_step import ArticleReader

SCHEMA = '{"properties": {"image": {"x-link": {"role": "image"}}, "file": {"x-link": {"role": "link"}}}}'
ELEVENTY = "export default c => { %s; return { dir: { input: 'src' } } };"
JEKYLL = "exclude: [raw, '*.psd', /old/]\ninclude: [_files]\n"
HEXO = {"_config.yml": "title: x\n", "scaffolds/post.md": ""}


def planned(
    here: Path,
    *,
    files: dict[str, str],
    link: str,
    root: str,
    base_url: str | None = None,
    article: str = "posts/a.md",
    aliases: dict[str, str] | None = None,
) -> PlannedLink:
    """The one link of an article."""
    write_files(here, {"schema.json": SCHEMA, article: f"---\n{link}\n---\n", **files})
    settings = Settings(
        paths=(article,), schema="schema.json", site_root=(root,), base_url=base_url, offline=base_url is None
    )
    reader = ArticleReader(RunContext(Config(settings=settings, root=str(here), aliases=aliases or {})))
    ((_, _, (found,), _),) = reader.rows()
    return found


def eleventy(program: str, *files: str) -> dict[str, str]:
    return {"eleventy.config.js": ELEVENTY % program, **dict.fromkeys(files, "")}


def jekyll(*files: str) -> dict[str, str]:
    return {"_config.yml": JEKYLL, **dict.fromkeys(files, "")}


@pytest.mark.parametrize(
    ("files", "root", "url"),
    [
        pytest.param(eleventy("c.addPassthroughCopy('src/img')", "src/raw/a.png"), "src", "/raw/a.png", id="Eleventy"),
        pytest.param(
            eleventy("c.addPassthroughCopy({'src/img': '/', 'src/x': 'x'})", "src/img/a.png"), "src", "/img/a.png",
            id="Eleventy at another path",
        ),
        pytest.param(
            eleventy("c.addPassthroughCopy({'src/icons/*': '/'})", "src/img/a.png"), "src", "/img/a.png",
            id="Eleventy's input folder, of which one folder is copied",
        ),
        pytest.param(jekyll("raw/a.png"), ".", "/raw/a.png", id="excluded by Jekyll"),
        pytest.param(jekyll("old/b/a.png"), ".", "/old/b/a.png", id="excluded by Jekyll with slashes"),
        pytest.param(jekyll("img/b/a.psd"), ".", "/img/b/a.psd", id="excluded by Jekyll by its extension"),
        pytest.param(jekyll("_parts/a.png"), ".", "/_parts/a.png", id="an underscore in Jekyll"),
        pytest.param(jekyll("img/.a/a.png"), ".", "/img/.a/a.png", id="a dot in Jekyll"),
        pytest.param({**HEXO, "source/_x/a.png": ""}, "source", "/_x/a.png", id="an underscore in Hexo"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("base_url", [None, "https://a.example/"])
def test_a_file_that_the_site_leaves_out_is_unknown(
    files: dict[str, str], root: str, url: str, base_url: str | None, here: Path
) -> None:
    found = planned(here, files=files, link=f"image: {url}", root=root, base_url=base_url)
    assert found.local is None
    if base_url is None:
        assert found.skip is not None
        assert (
            found.skip.reason == "the file exists, but by the settings of the site generator, it is not served at this path"
        )
    else:
        assert (found.skip, found.target.url) == (None, f"https://a.example{url}")


@pytest.mark.parametrize(
    ("files", "root", "link"),
    [
        pytest.param(eleventy("c.addPassthroughCopy('src/img')", "src/img/a.png"), "src", "image: /img/a.png", id="one"),
        pytest.param(
            eleventy("c.addPassthroughCopy('./src/**/*.png')", "src/x/a.png"), "src", "image: /x/a.png", id="a glob"
        ),
        pytest.param(eleventy("c.addPassthroughCopy('img')", "img/a.png"), ".", "image: /img/a.png", id="outside the input"),
        pytest.param(
            eleventy("c.addPassthroughCopy({'src/img': '/'})", "src/img/a.png"), "src/img", "image: /a.png", id="the root"
        ),
        pytest.param(
            eleventy("c.addPassthroughCopy('src/img'); c.setTemplateFormats(['md', 'png'])", "src/x/a.png"), "src",
            "image: /x/a.png", id="a format",
        ),
        pytest.param(
            eleventy("c.addPassthroughCopy('src/img'); c.addTemplateFormats('md, png')", "src/x/a.png"), "src",
            "image: /x/a.png", id="a format in a text",
        ),
        pytest.param(
            eleventy("c.addPassthroughCopy('src/img'); c.addPassthroughCopy(folder)", "src/x/a.png"), "src",
            "image: /x/a.png", id="a folder that a program computes",
        ),
        pytest.param(
            eleventy("folders.forEach(c.addPassthroughCopy); c.addPassthroughCopy('src/img')", "src/x/a.png"), "src",
            "image: /x/a.png", id="folders that a program computes",
        ),
        pytest.param(
            eleventy("c.addPassthroughCopy('src/img'); c.addPlugin(eleventyImageTransformPlugin)", "src/x/a.png"), "src",
            "image: /x/a.png", id="a plugin that copies",
        ),
        pytest.param(eleventy("c.addPassthroughCopy('src/img')", "src/x/a.html"), "src", "file: /x/a.html", id="a page"),
        pytest.param(jekyll("img/a.png"), ".", "image: /img/a.png", id="Jekyll"),
        pytest.param(jekyll("_files/_b/a.png"), ".", "image: /_files/_b/a.png", id="included by Jekyll"),
        pytest.param(jekyll("posts/b/a.png"), ".", "image: b/a.png", id="next to the article"),
        pytest.param(
            eleventy("c.addPassthroughCopy('src/img')", "more/a.png"), "more", "image: /a.png", id="another root of Eleventy"
        ),
        pytest.param(jekyll("raw/a.png"), "raw", "image: /a.png", id="another root, which is configured"),
        pytest.param({"hugo.toml": "", "static/_x/a.png": ""}, "static", "image: /_x/a.png", id="an underscore in Hugo"),
        pytest.param({"_x/a.png": ""}, ".", "image: /_x/a.png", id="without a generator"),
    ],
)  # fmt: skip
def test_a_file_that_the_site_may_serve_is_found(files: dict[str, str], root: str, link: str, here: Path) -> None:
    found = planned(here, files=files, link=link, root=root)
    assert found.local is not None
    assert found.local.file is not None


@pytest.mark.parametrize(
    ("aliases", "link"),
    [
        pytest.param({"@repository/": "."}, "@repository/_parts/a.png", id="the repository"),
        pytest.param({"@parts": "_parts"}, "@parts/a.png", id="the folder"),
    ],
)
def test_an_alias_leads_to_a_file_that_the_site_does_not_serve(aliases: dict[str, str], link: str, here: Path) -> None:
    found = planned(here, files=jekyll("_parts/a.png"), link=f"image: '{link}'", root=".", aliases=aliases)
    assert found.local is not None
    assert found.local.file == "_parts/a.png"


def test_a_missing_file_is_missing_where_the_site_leaves_out_others(here: Path) -> None:
    found = planned(here, files=jekyll("raw/a.png"), link="image: /raw/b.png", root=".")
    assert found.local is not None
    assert found.local.file is None


def test_settings_of_a_site_in_a_folder_are_for_its_files(here: Path) -> None:
    files = {"blog/_config.yml": JEKYLL, "blog/raw/a.png": "", "raw/a.png": ""}
    article = "blog/posts/a.md"
    assert planned(here, files=files, link="image: /raw/a.png", root="blog", article=article).local is None
    assert planned(here, files=files, link="image: /raw/a.png", root=".", article=article).local is not None


@pytest.mark.parametrize(
    ("files", "article", "link", "is_found"),
    [
        pytest.param(jekyll("_posts/a.png"), "_posts/a.md", "image: a.png", False, id="a post"),
        pytest.param(jekyll("_posts/a.png"), "_posts/a.md", "image: ./a.png", False, id="a post, with a dot"),
        pytest.param(jekyll("news/_posts/x/a.pdf"), "news/_posts/a.md", "file: x/a.pdf", False, id="a folder of a post"),
        pytest.param(jekyll("posts/_b/a.png"), "posts/a.md", "image: _b/a.png", False, id="another folder"),
        pytest.param(jekyll("_posts/b.md"), "_posts/a.md", "file: b.md", True, id="another post"),
        pytest.param(jekyll("_files/a.png"), "_files/a.md", "image: a.png", True, id="a published folder"),
        pytest.param(jekyll("_posts/a/a.png"), "_posts/a.md", "image: a.png", True, id="the folder of the post"),
        pytest.param(
            {**jekyll("_posts/a.png"), "Gemfile": "gem 'jekyll-postfiles'"},
            "_posts/a.md",
            "image: a.png",
            True,
            id="a plugin",
        ),
        pytest.param({**HEXO, "source/_posts/a.png": ""}, "source/_posts/a.md", "image: a.png", True, id="Hexo"),
        pytest.param({"_posts/a.png": "", "hugo.toml": ""}, "_posts/a.md", "image: a.png", True, id="Hugo"),
    ],
)
def test_a_file_next_to_a_post_of_jekyll_is_not_served(
    files: dict[str, str],
    article: str,
    link: str,
    is_found: bool,  # noqa: FBT001
    here: Path,
) -> None:
    files = {path: text or ("---\ntitle: T\n---\n" if path.endswith(".md") else "") for path, text in files.items()}
    found = planned(here, files=files, link=link, root="assets", article=article)
    assert (found.local is not None) is is_found
    if not is_found:
        assert found.skip is not None
        assert found.skip.reason.startswith("the file exists, but by the settings of the site generator")


def test_the_file_that_jekyll_serves_counts_though_another_is_next_to_the_post(here: Path) -> None:
    files = jekyll("_posts/a.png", "img/a.png")
    found = planned(here, files=files, link="image: a.png", root="img", article="_posts/a.md")
    assert found.local is not None
    assert found.local.file == "img/a.png"
