import pytest
from msgspec.structs import replace

from linkcheck.article_urls import UrlKeys
from linkcheck.article_urls.own_keys import HEAD_BYTES, OwnValues, read_own_values

YAML = b"""\
---
title: "What's new: June"
permalink: /june/ # as before
aliases:
  - /summer/
  - '/2023/june/'
  # - /not/
redirect_from: [/a/, "/b/"]
Slug: june
date: 2024-06-01 10:00:00 +0200
category: News
lang: fr
related:
  - url: /another/
hero:
  permalink: /nested/
---
permalink: /in-the-text/
"""
TOML = b"""\
+++
title = "June"
slug = '/june'
aliases = [
  "/summer",
  "/july",
]
date = 2024-06-01
[extra]
url = "/another/"
+++
"""


def read(head: bytes, keys: UrlKeys = UrlKeys()) -> OwnValues:  # noqa: B008 - frozen
    return read_own_values(head, keys)


METADATA = b"""\
Title: What's new: June
Slug: june
Date: 2024-06-01 10:00
Category: News
Save_as: x.html

Url: /in-the-text/
"""


def test_metadata_without_fences_is_read() -> None:
    expected = OwnValues(
        slugs=("june",),
        titles=("What's new: June",),
        dates=("2024-06-01 10:00",),
        categories=("News",),
        has_front_matter=True,
    )
    assert read(METADATA) == expected
    assert read(b"Note: x\nSlug: june\n") == OwnValues()


def test_top_level_keys_of_yaml_are_read_and_others_are_not() -> None:
    assert read(YAML) == OwnValues(
        addresses=(
            ("permalink", "/june/"),
            ("aliases", "/summer/"),
            ("aliases", "/2023/june/"),
            ("redirect_from", "/a/"),
            ("redirect_from", "/b/"),
        ),
        slugs=("june",),
        titles=("What's new: June",),
        dates=("2024-06-01 10:00:00 +0200",),
        categories=("News",),
        language="fr",
        has_front_matter=True,
    )


def test_toml_is_read_up_to_its_first_table() -> None:
    assert read(TOML) == OwnValues(
        addresses=(("aliases", "/summer"), ("aliases", "/july")),
        slugs=("/june",),
        titles=("June",),
        dates=("2024-06-01",),
        has_front_matter=True,
    )


@pytest.mark.parametrize(
    "text", ['{"url": "/a/", "aliases": ["/b/", 3], "slug": null}\n', '---json\n{"url": "/a/", "aliases": ["/b/"]}\n---\n']
)
def test_json_is_read(text: str) -> None:
    assert read(text.encode()).addresses == (("url", "/a/"), ("aliases", "/b/"))


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"# A heading\nurl: /a/\n",
        b"---\n---\nurl: /a/\n---\n",
        b"---js\nurl: '/a/'\n---\n",
        b"{" * HEAD_BYTES,
        b'{"url": ' + b"[" * HEAD_BYTES,
        b"---\nurl: " + b"a" * 1000 + b"\n---\n",
        b"---\nurl:\n---\n",
        b"\xff\xfe-\0",
    ],
    ids=["nothing", "no front matter", "empty front matter", "code", "braces", "deep", "a long value", "no value", "UTF-16"],
)
def test_what_states_no_url_has_none(head: bytes) -> None:
    own = read(head)
    assert replace(own, has_front_matter=False, is_hidden=False) == OwnValues()
    assert own.has_front_matter == head.startswith((b"-", b"{"))


def test_other_names_can_be_given() -> None:
    keys = UrlKeys(permalinks=("address",), aliases=())
    assert read(b"---\naddress: /a/\nurl: /b/\naliases: /c/\n---\n", keys).addresses == (("address", "/a/"),)


def test_only_the_first_values_of_a_list_are_read() -> None:
    items = b"".join(b"- /%d/\n" % number for number in range(1000))
    assert len(read(b"---\naliases:\n" + items + b"---\n").addresses) == 50
