"""The articles of `tests/corpus`, an archive in small: every format of front matter, nothing wrong in any."""

from pathlib import Path

CORPUS = Path(__file__).parents[1] / "corpus"
ARTICLES = tuple(sorted(path for path in CORPUS.rglob("*.*") if path.name != "README.md"))
YAML_ARTICLES = tuple(
    path for path in ARTICLES if path.read_bytes().removeprefix(b"\xef\xbb\xbf").startswith((b"---\n", b"---\r\n"))
)
