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
        date="2024-06-01 10:00",
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
        date="2024-06-01 10:00:00 +0200",
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
        date="2024-06-01",
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


@pytest.mark.parametrize(
    "head",
    [
        b"---\nstatus: Draft\n---\n",
        b"---\nstatus: hidden\n---\n",
        b"---\nstatus: skip\n---\n",
        b"---\ndraft: on\n---\n",
        b"---\nheadless: yes\n---\n",
        b"---\nprivate: true\n---\n",
        b"---\npublished: no\n---\n",
        b"---\npublish: off\n---\n",
        b"---\npermalink: false\n---\n",
        b"---\nrender: never\n---\n",
        b"---\noutputs: [rss, json]\n---\n",
        b"---\noutputs:\n  - RSS\n---\n",
        b"---\nOutputs: [rss]\n---\n",
        b"---\nOutputs: # which\n  - rss\n---\n",
        b"---\nbuild:\n  render: never\n---\n",
        b"---\n_build:\n\n  list: never\n\trender: 'link'\n---\n",
        b"---\nbuild: {list: never, render: false}\n---\n",
        b"+++\n[build]\nlist = 'never'\nrender = 'never'\n+++\n",
        b'{"draft": true}',
        b'{"Status": "skip"}',
        b'{"_build": {"render": "Never"}}',
        b'{"build": {"render": false}}',
        b'{"a": ',
        b'---json\n\n {"draft": true}\n---\n',
        b"---json\n[1]\n---\n",
        b"---\n" + b"b: 2\n" * 500 + b"---\n",
        b"---\n" + b"# a comment\n" * (HEAD_BYTES // 12),
    ],
)
def test_an_article_that_has_no_page_is_hidden(head: bytes) -> None:
    assert read(head).is_hidden


@pytest.mark.parametrize(
    "head",
    [
        b"---\nstatus: published\ndraft: 1\n---\n",
        b"---\noutputs: [RSS, HTML]\n---\n",
        b"---\nbuild:\nrender: always\n---\n",
        b"---\nbuild:\n  list: never\nprerender: never\n---\n",
        b"---\nbuilder:\n  render: never\n---\n",
        b"---\nbuild:\n  list: never\nother:\n  render: never\n---\n",
        b"+++\n[build]\nlist = 'never'\n[other]\nrender = 'never'\n+++\n",
        b'{"draft": false, "build": 3, "other": {"render": "never"}}',
        b'{"draft": [], "build": {"list": "never"}}',
        b"---\na: 1\n",
        b"---\n" + b"b: 2\n" * 499 + b"---\n",
        b"---\na: 1\n---\n" + b"x" * HEAD_BYTES,
    ],
)
def test_an_article_that_says_nothing_about_it_is_not_hidden(head: bytes) -> None:
    assert not read(head).is_hidden


@pytest.mark.parametrize(
    ("head", "slugs"),
    [
        (b"\xef\xbb\xbf---\nslug: a\n---\n", ("a",)),
        (b"---yaml\nslug: a\n---\n", ("a",)),
        (b"--- yml \nslug: a\n---\n", ("a",)),
        (b'---\n{"slug": "a"}\n---\n', ()),
        (b'---\n"slug": a\n---\n', ("a",)),
        (b"---\nslug: ''\n---\n", ()),
        (b'---\nslug: "" # none\n---\n', ()),
        (b"---\nslug: 'a' # b\n---\n", ("a",)),
        (b"---\nslug: a #b\n----\n", ("a",)),
        (b"---\nslug:a\n---\n", ()),
        (b"---\nSLUG: [ 'a' , b ]\n---\n", ("a", "b")),
        (b"---\nSlug: # several\n- a\n-  b\nc: 1\n- d\n---\n", ("a", "b")),
        (b"---\nx: 1\n---\nslug: a\n", ()),
        (b"---\nslug: " + b"a" * 500 + b"\n---\n", ("a" * 500,)),
        (b"---\nslug: " + b"a" * 501 + b"\n---\n", ()),
        (b"Title: x\nSlug:  a  \n", ("a",)),
    ],
)
def test_values_are_read_as_they_can_be_written(head: bytes, slugs: tuple[str, ...]) -> None:
    assert read(head).slugs == slugs


def test_the_dates_after_which_an_article_has_no_page_are_read() -> None:
    assert read(b"---\nunpublishDate: 2025-01-01\nexpiryDate: 2024-01-01\n---\n").ends == ("2024-01-01", "2025-01-01")


@pytest.mark.parametrize(
    ("fence", "end"),
    [("---", "---"), ("---yaml", "---"), ("--- YAML", "---"), ("---yml", "---"), ("---toml", "---"), ("+++", "+++")],
)
def test_values_are_those_between_the_fences(fence: str, end: str) -> None:
    sign = "=" if "toml" in fence or "+" in fence else ":"
    text = f"{fence}\nslug {sign} 'ä'\n{end}\nslug {sign} 'b'\n"
    for start in ("", "\ufeff"):
        assert read((start + text).encode()) == OwnValues(slugs=("ä",), has_front_matter=True)


@pytest.mark.parametrize("fence", ["---js", "---json", "---yamls", "---5", "+++x"])
def test_front_matter_in_another_language_is_hidden(fence: str) -> None:
    assert read(f"{fence}\nslug: a\n---\n".encode()) == OwnValues(has_front_matter=True, is_hidden=True)
