"""What the light commands do not load: the time they take is mostly imports, and imports can be counted without a clock."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from command import PROJECT, article, linkcheck

if TYPE_CHECKING:
    from loopback import Loopback

WITNESS = "import atexit, sys\natexit.register(lambda: sys.stderr.write('loaded: ' + ' '.join(sorted(sys.modules))))"


def loaded(*arguments: str, cwd: Path) -> set[str]:
    done = linkcheck(*arguments, cwd=cwd, before=WITNESS)
    assert done.code in (0, 1)
    modules = done.err.partition("loaded: ")[2].split()
    assert "sys" in modules
    return {name.partition(".")[0] for name in modules} | set(modules)


def test_the_version_loads_nothing(tmp_path: Path) -> None:
    modules = loaded("--version", cwd=tmp_path)
    assert modules & {"click", "msgspec", "yaml", "re", "enum", "linkcheck.cli", "linkcheck.model"} == set()


HEAVY = {
    *("aiohappyeyeballs", "httpx", "anyio", "asyncio", "uvloop", "ssl", "aiodns", "selectolax", "jinja2", "tqdm"),
    *("urllib.request", "importlib.metadata", "pydoc", "multiprocessing", "subprocess", "filelock"),
}


@pytest.mark.parametrize("command", ["validate", "check --offline", "links"])
def test_a_valid_article_offline_loads_neither_the_web_nor_the_schema_library(tmp_path: Path, command: str) -> None:
    (tmp_path / "a.md").write_text(article())
    modules = loaded(*command.split(), "a.md", cwd=tmp_path)
    assert modules & (HEAVY | {"jsonschema", "referencing"}) == set()
    assert "yaml" in modules


def test_the_seed_loads_no_more_than_that() -> None:
    modules = loaded("validate", "seeds", cwd=PROJECT)
    assert modules & (HEAVY | {"jsonschema", "referencing"}) == set()


def test_an_invalid_article_loads_the_schema_library_and_nothing_of_the_web(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(article(webUrl=7))
    modules = loaded("validate", "a.md", cwd=tmp_path)
    assert "jsonschema" in modules
    assert modules & {"httpx", "anyio", "uvloop", "selectolax", "jinja2", "tqdm"} == set()


def test_a_crawl_loads_no_http_library(tmp_path: Path, loopback: "Loopback") -> None:
    (tmp_path / "a.md").write_text(article(webUrl="http://a.example/ok"))
    resolve = f"--resolve=*:80=127.0.0.1:{loopback.ports['http']}"
    modules = loaded("check", "a.md", "--allow-address=127.0.0.0/8", resolve, cwd=tmp_path)
    assert [asked.path for asked in loopback.asked] == ["/ok"]
    assert "linkcheck.fetch.http.wire_transport" in modules
    assert modules & {"httpx", "httpcore", "h11", "aiohttp", "requests"} == set()
