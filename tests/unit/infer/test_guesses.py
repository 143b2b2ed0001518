"""The links of one article without a schema: decided by its own values, and never a claim that it does not make."""

import pytest

from linkcheck.infer import guess_links
from linkcheck.model import Article, Claim, Json, Location, Role, Span, ValuePlace

PAGE = "https://a.example/story"


@pytest.mark.parametrize(
    ("data", "links"),
    [
        pytest.param({"image": "/img/a.png"}, ["/image image"], id="an image of the site"),
        pytest.param({"cover": {"image": "a.png", "relative": True}}, ["/cover/image image"], id="an image in an object"),
        pytest.param({"canonical_url": PAGE}, ["/canonical_url canonical"], id="a canonical URL"),
        pytest.param({"images": ["a.png", "b.png"]}, ["/images/0 image", "/images/1 image"], id="a list of images"),
        pytest.param(
            {"links": [{"name": "Docs", "url": PAGE}, {"name": "None", "url": "soon"}]}, ["/links/0/url link"], id="entries"
        ),
        pytest.param({"a/b": {"c~d": PAGE}}, ["/a~1b/c~0d link"], id="names with a slash and a tilde"),
        pytest.param({"title": "Read https://a.example/ now", "version": "v1.2"}, [], id="texts that mention URLs"),
        pytest.param({"tags": ["net/http", "node.js", PAGE]}, [], id="names among which is a URL"),
        pytest.param({"resources": ["images/a-*.png"], "icon": "*.svg"}, [], id="patterns of files"),
        pytest.param({"slug": "/story/", "permalink": "/2021/story/", "aliases": ["/old/"]}, [], id="where the page is"),
        pytest.param({"image": "", "cover": None, "draft": True, "weight": 3}, [], id="no texts"),
        pytest.param({}, [], id="nothing"),
        pytest.param({"canonical": [PAGE]}, ["/canonical/0 canonical"], id="a list, by the name of the property"),
        pytest.param(
            {"image": [{"url": f"{PAGE}?w=1200"}]}, ["/image/0/url image"], id="entries, by the name of their list"
        ),
        pytest.param(
            {"links": [PAGE, PAGE, "/story", PAGE, "A", "B"]},
            ["/links/0 link", "/links/1 link", "/links/3 link"],
            id="URLs among names",
        ),
        pytest.param(
            {"link": "guides/start.md", "url": [PAGE, "guides/start.md"]}, ["/url/0 link"], id="what may be a name"
        ),
        pytest.param({"links": [[PAGE], 3, None]}, ["/links/0/0 link"], id="a list in a list"),
    ],
)
def test_a_value_is_a_link_by_its_text_and_name(data: dict[str, Json], links: list[str]) -> None:
    found = guess_links(Article("a.md", data=data), [""])
    assert [f"{link.location.pointer} {link.role.value}" for link in found] == links


def test_only_the_values_at_the_pointers_are_looked_at() -> None:
    article = Article("a.md", data={"webUrl": PAGE, "logo": "/l.svg", "author": {"url": PAGE, "name": "J"}})
    assert [link.location.pointer for link in guess_links(article, ["/logo", "/author/url"])] == ["/logo", "/author/url"]


@pytest.mark.parametrize(
    ("data", "pointer", "link"),
    [
        pytest.param({"canonical": PAGE}, "/canonical", "canonical", id="a property"),
        pytest.param({"canonical": [PAGE]}, "/canonical/0", "canonical", id="an item of a list"),
        pytest.param({"image": [{"url": f"{PAGE}?w=1200"}]}, "/image/0/url", "image", id="an entry of a list"),
        pytest.param({"web/url": PAGE}, "/web~1url", "canonical", id="a name with a slash"),
    ],
)
def test_the_names_in_a_pointer_tell_the_role(data: dict[str, Json], pointer: str, link: str) -> None:
    assert [(each.location.pointer, each.role) for each in guess_links(Article("a.md", data=data), [pointer])] == [
        (pointer, link)
    ]


def test_a_link_has_the_location_of_its_value() -> None:
    span = Span(3, 8, 3, 31)
    article = Article("a.md", data={"source": PAGE}, places={"/source": ValuePlace(span)})
    (link,) = guess_links(article, [""])
    assert (link.location, link.role, link.url) == (Location("a.md", span, "/source"), Role.ORIGINAL, PAGE)


@pytest.mark.parametrize(
    ("sizes", "declared"),
    [
        pytest.param({"width": 1200, "height": 630}, (1200, 630), id="both in pixels"),
        pytest.param({"width": 1200, "height": "630px"}, None, id="one of them is a text"),
        pytest.param({"width": "1200px", "height": 630}, None, id="the other is a text"),
        pytest.param({"width": 1200}, None, id="one of them is missing"),
        pytest.param({"width": 0, "height": 630}, None, id="one of them is not a size"),
        pytest.param({"width": 1200, "height": 0}, None, id="the other is not a size"),
        pytest.param({"width": 1, "height": 1}, (1, 1), id="one pixel"),
    ],
)
def test_a_size_is_declared_where_both_sides_are(sizes: dict[str, Json], declared: tuple[int, int] | None) -> None:
    (link,) = guess_links(Article("a.md", data={"images": [{"url": "/a.png", **sizes}]}), [""])
    claims: list[Claim | None] = [link.wants.width, link.wants.height]
    assert link.role is Role.IMAGE
    assert (None if declared is None else [*declared]) == (
        None if claims == [None, None] else [claim.value for claim in claims if claim is not None]
    )


@pytest.mark.parametrize("pointer", ["", "/images/0/url"])
def test_a_declared_size_has_its_location(pointer: str) -> None:
    article = Article("a.md", data={"images": [{"url": "/a.png", "width": 3, "height": 2}]})
    (link,) = guess_links(article, [pointer])
    places = [claim and (claim.value, claim.location.pointer) for claim in (link.wants.width, link.wants.height)]
    assert places == [(3, "/images/0/width"), (2, "/images/0/height")]


def test_a_size_belongs_to_no_item_of_a_list_next_to_it() -> None:
    article = Article("a.md", data={"images": ["/a.png"], "width": 3, "height": 2})
    (link,) = guess_links(article, [""])
    assert link.wants.width is None
