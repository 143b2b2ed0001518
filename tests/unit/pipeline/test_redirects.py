"""A link to a path that the site redirects does not lead to a missing file."""

from pathlib import Path

import pytest
from write_files import write_files

from linkcheck.config import Config, Settings
from linkcheck.ledger import PlannedLink
from linkcheck.pipeline import RunContext
from linkcheck.pipeline.read_step import ArticleReader
from linkcheck.pipeline.redirects import Redirects

SCHEMA = '{"properties": {"image": {"x-link": {"role": "image"}}}}'


def planned(here: Path, url: str, base_url: str | None = None) -> PlannedLink:
    write_files(here, {"schema.json": SCHEMA, "posts/a.md": f"---\nimage: {url}\n---\n"})
    options = Settings(paths=("posts/a.md",), schema="schema.json", site_root=("static",), base_url=base_url, offline=True)
    reader = ArticleReader(RunContext(Config(settings=options, root=str(here))))
    ((_, _, (found,), _),) = reader.rows()
    return found


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"static/_redirects": "# moved\n\n/old/a.png  /new/a.png  301!  # x\n"}, id="in a folder of the site"),
        pytest.param({"_redirects": "/old/* /new/:splat\n"}, id="with a wildcard"),
        pytest.param({"_redirects": "/:x/a.png /b.png\n/old/a.png/ /b.png Country=de 302"}, id="with a condition"),
        pytest.param({"netlify.toml": '[[redirects]]\nfrom = "/old/a.png"\nto = "/b.png"\nstatus = 301\n'}, id="Netlify"),
        pytest.param({"vercel.json": '{"redirects": [{"source": "/old/:name", "destination": "/b"}]}'}, id="Vercel"),
        pytest.param({"_redirects": "/blog/old/a.png /b.png\n"}, id="with the path of the site"),
        pytest.param({"_redirects": "/%6fld/a.png /b.png\n"}, id="encoded"),
    ],
)
def test_what_is_redirected_is_unknown(files: dict[str, str], here: Path) -> None:
    write_files(here, {"static/x.txt": "", **files})
    found = planned(here, "/old/a.png", base_url="https://a.example/blog/")
    assert found.local is None
    assert found.skip is not None
    assert found.skip.reason == "the site redirects this path, by the settings of its host"


@pytest.mark.parametrize(
    ("redirects", "url"),
    [
        pytest.param("/* /index.html 200\n/* /404.html 404", "/old/a.png", id="a page for all that is missing"),
        pytest.param("/old/* /404.html 404", "/old/a.png", id="to an error page"),
        pytest.param("https://old.example/* https://a.example/:splat", "/old/a.png", id="of another host"),
        pytest.param("/old/a.png\nfoo bar\n", "/old/a.png", id="without a target"),
        pytest.param("/posts/b.png /b.png", "b.png", id="a link that is relative to the article"),
    ],
)
def test_what_is_not_redirected_is_missing(redirects: str, url: str, here: Path) -> None:
    write_files(here, {"static/_redirects": redirects})
    found = planned(here, url)
    assert found.local is not None
    assert found.local.file is None


def test_rules_that_cannot_be_read_are_ignored(here: Path) -> None:
    write_files(here, {"vercel.json": '{"redirects": [1, {"source": 2}, {}]}', "netlify.toml": "redirects = 1\n"})
    assert not Redirects(str(here), ("",)).contain("/a")
