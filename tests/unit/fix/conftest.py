"""What tests of corrections share."""

from collections.abc import Callable

import pytest

from linkcheck.model import Article, Source
from linkcheck.parse import parse


@pytest.fixture
def read() -> Callable[[bytes], Article]:
    """Reads bytes as the article they are."""

    def read_bytes(raw: bytes) -> Article:
        return parse(Source("a.md", "a.md", raw, len(raw), named=True, multimarkdown=True))

    return read_bytes
