"""The site that a file belongs to."""

import pytest

from linkcheck import infer
from linkcheck.infer import SiteInfo
from linkcheck.pipeline.sites import FoundSite, site_around

SITES = [FoundSite(infer.PLAIN, SiteInfo(folder=folder)) for folder in ("docs", "", "docs/blog/de", "docs/blog")]


@pytest.mark.parametrize(
    ("path", "folder"),
    [("a.md", ""), ("docs/a.md", "docs"), ("docs/blog/a.md", "docs/blog"), ("docs/blogs/a.md", "docs"), ("doc/a.md", "")],
)
def test_a_file_belongs_to_the_deepest_site_around_it(path: str, folder: str) -> None:
    found = site_around(path, SITES)
    assert found is not None
    assert found.info.folder == folder


def test_a_file_outside_all_sites_belongs_to_none() -> None:
    assert site_around("a.md", SITES[2:]) is None
    assert site_around("a.md", []) is None
