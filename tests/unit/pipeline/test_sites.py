"""The site that a file belongs to."""

import pytest

from linkcheck import infer
from linkcheck.infer import SiteInfo
from linkcheck.model import Json
from linkcheck.pipeline.sites import FoundSite, read_yaml, site_around

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


@pytest.mark.parametrize(
    ("text", "data"),
    [
        pytest.param("x: {a: &a {k: 1, l: 1}}\ny:\n  <<: *a\n  l: 2\n", {"y": {"k": 1, "l": 2}}, id="own keys come first"),
        pytest.param(
            "x: [&a {k: 1}, &b {k: 2, l: 2}]\ny: [{<<: [*a, *b], m: 3}]\n", {"y": [{"k": 1, "l": 2, "m": 3}]}, id="several"
        ),
        pytest.param("x: &a {<<: {k: 1}}\ny: {<<: *a}\n", {"y": {"k": 1}}, id="a merge in what is merged"),
        pytest.param("<<: {y: 1}\n", {"y": 1}, id="at the top"),
        pytest.param("y: {<<: [1, a], k: 1}\n", {"y": {"k": 1}}, id="what is not a mapping"),
        pytest.param('y: "a <<: b"\n', {"y": "a <<: b"}, id="a text that looks like one"),
        pytest.param("y: '<<'\n", {"y": "<<"}, id="a text"),
    ],
)
def test_merge_keys_of_settings_are_applied(text: str, data: dict[str, Json]) -> None:
    found = read_yaml(text.encode())
    assert {key: found[key] for key in data} == data


def test_merge_keys_do_not_multiply() -> None:
    chain = "".join(f"m{each}: &m{each} {{x: {{<<: *m{each - 1}}}, y: {{<<: *m{each - 1}}}}}\n" for each in range(1, 40))
    assert read_yaml(f"y: text\nm0: &m0 {{a: 1}}\n{chain}".encode()) == {"y": "text"}
