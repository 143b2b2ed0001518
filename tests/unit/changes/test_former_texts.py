"""The content of former files, as one `git cat-file --batch` returns it."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from types import SimpleNamespace

from linkcheck.changes import former_texts


class Input(BytesIO):
    """What git is asked for, also after it is closed."""

    asked = b""

    def close(self) -> None:
        self.asked = self.getvalue()
        super().close()


def test_the_content_of_each_file_is_read_or_looked_up_if_git_has_no_file_of_its_name() -> None:
    git = SimpleNamespace(stdin=Input(), stdout=BytesIO(b"1f blob 6\nhello\n\nmain:gone.md missing\n2f blob 0\n\n"))

    @contextmanager
    def start(*arguments: str) -> Iterator[SimpleNamespace]:
        assert arguments == ("cat-file", "--batch")
        yield git

    repository = SimpleNamespace(start=start, inside=lambda path: f"top/{path}")
    base = SimpleNamespace(name="main", repository=repository, read=lambda path: f"the {path}".encode())
    wanted = ["a.md", "gone.md", None, "two\nlines.md", "b.md"]
    assert list(former_texts(SimpleNamespace(base=base), wanted)) == [  # type: ignore[arg-type]
        ("a.md", b"hello\n"),
        ("gone.md", b"the gone.md"),
        (None, None),
        ("two\nlines.md", b"the two\nlines.md"),
        ("b.md", b""),
    ]
    assert git.stdin.asked == b"main:top/a.md\nmain:top/gone.md\nmain:top/b.md\n"
