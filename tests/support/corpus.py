"""The articles of `tests/corpus`, a small archive with every format of front matter and without mistakes."""

from pathlib import Path

CORPUS = Path(__file__).parents[1] / "corpus"
ARTICLES = tuple(sorted(path for path in CORPUS.rglob("*.*") if path.name != "README.md"))
YAML_ARTICLES = tuple(
    path for path in ARTICLES if path.read_bytes().removeprefix(b"\xef\xbb\xbf").startswith((b"---\n", b"---\r\n"))
)
