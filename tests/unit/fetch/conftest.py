import pytest
from virtual_web import Crawls, crawl_virtually


@pytest.fixture
def crawls() -> Crawls:
    return crawl_virtually
