"""Articles of the largest size that once took seconds each: what they cost now grows with their length."""

from collections.abc import Callable
from pathlib import Path

import pytest
from command import linkcheck

TIMED = "import atexit, sys, time\natexit.register(lambda: sys.stderr.write(f'seconds: {time.process_time()}'))"
ARTICLES: dict[str, Callable[[int], str]] = {
    "one comment of 40,000 codes": lambda size: f"title: x # linkcheck: ignore[{'LC201,' * (size // 6)}]\n",
    "comments in thousands": lambda size: "".join(f"k{each}: 1 # linkcheck: ignore[LC2]\n" for each in range(size // 40)),
    "comments above one value": lambda size: "# linkcheck: ignore[LC2]\n" * (size // 26) + "title: x\n",
    "comments with many codes": lambda size: "".join(
        f"k{line}: 1 # linkcheck: ignore[{','.join(f'LC{100 + each}' for each in range(150))}]\n"
        for line in range(size // 950)
    ),
    "comments that never end": lambda size: "title: x " + "# linkcheck: ignore[" * (size // 20) + "\n",
    "misspelled comments": lambda size: "# linkchek: ignore[LC2]\n" * (size // 25) + "title: x\n",
    "a URL of schemes": lambda size: f'webUrl: "https://a.example/?{"http:" * (size // 5)}@"\n',
    "a URL of parameters": lambda size: f'webUrl: "https://a.example/{"?a=" * (size // 3)}"\n',
    "a URL with spaces": lambda size: f'webUrl: "https://a.example/{"x" * (size // 2)} {"x" * (size // 3)}"\n',
}


def seconds(folder: Path, front_matter: str) -> float:
    (folder / "a.md").write_text(f"---\n{front_matter}---\n")
    done = linkcheck("validate", "-v", cwd=folder, before=TIMED)
    assert done.code in (0, 1)
    return float(done.err.partition("seconds: ")[2])


@pytest.mark.parametrize("article", ARTICLES.values(), ids=ARTICLES)
def test_twice_the_article_takes_twice_the_work(article: Callable[[int], str], tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    start = seconds(tmp_path, "title: x\n")
    small, large = (seconds(tmp_path, article(size)) - start for size in (40_000, 160_000))
    # Four times the text; to start takes a moment, more or less.
    assert large < 8 * max(small, 0.2)
