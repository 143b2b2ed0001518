"""Which role the name of a property gives to its URLs."""

from collections.abc import Iterable

import pytest

from linkcheck.infer.roles import Inference, role_by_name, role_of
from linkcheck.infer.shape import Shape
from linkcheck.model import Role

PAGE = "https://a.example/story"
PICTURE = "https://a.example/images/Qx3"
CACHE = "https://a-example.cdn.ampproject.org/c/s/a.example/"


def inferred(
    path: tuple[str, ...], *texts: str, sized: bool = False, fields: Iterable[tuple[str, ...]] = ()
) -> Inference | None:
    shape = Shape()
    for text in texts:
        shape.add(text)
    return role_of(path, shape, sized=sized, page_fields=tuple(fields))


def role(path: tuple[str, ...], *texts: str, sized: bool = False) -> Role | None:
    found = inferred(path, *texts, sized=sized)
    return None if found is None else found.role


@pytest.mark.parametrize(
    "name", ["canonical", "canonicalUrl", "canonical_link", "canonical-uri", "webUrl", "rel_canonical", "CANONICAL"]
)
def test_a_name_of_canonicals(name: str) -> None:
    assert role((name,), PAGE) is role((name,), "/story") is role(("seo", name), PAGE) is Role.CANONICAL


ORIGINALS = (
    *("original", "originalUrl", "original_link", "originalSource", "externalUrl", "syndicated_from", "crossPostOf"),
    *("origin_url", "viaUrl"),
)
SOURCES = ("source", "sourceUrl", "source_link")


@pytest.mark.parametrize("name", [*ORIGINALS, *SOURCES])
def test_a_name_of_originals(name: str) -> None:
    assert role((name,), PAGE) is Role.ORIGINAL
    about = ("meta", "metadata", "seo", "params", "extra", "custom", "article", "post", "original")
    assert {role((each, name), PAGE) for each in about} == {Role.ORIGINAL}
    assert role(("video", name), PAGE) is (Role.LINK if name in SOURCES else Role.ORIGINAL)


@pytest.mark.parametrize(
    "name",
    ["amp", "ampUrl", "ampWebUrl", "amphtml", "amp_link", "ampPage", "amp_canonical", "ampMobileUrl", "amp_news_link"],
)
def test_a_name_of_amp_pages(name: str) -> None:
    assert role((name,), PAGE) is Role.AMP


@pytest.mark.parametrize("name", ["cdnAmpUrl", "amp_cache", "ampCacheUrl", "amp-cdn"])
def test_a_name_of_copies_on_an_amp_cache(name: str) -> None:
    assert role((name,), PAGE) is Role.AMP_CACHE


def test_other_names_are_those_of_links() -> None:
    for name in ("cdn", "cache_url", "stampLink", "ampere", "website", "example"):
        assert role((name,), PAGE) is Role.LINK


@pytest.mark.parametrize(("count", "found"), [(9, Role.AMP_CACHE), (8, Role.LINK)])
def test_nearly_all_urls_on_an_amp_cache_are_copies(count: int, found: Role) -> None:
    assert role(("copy",), *[CACHE] * count, *[PAGE] * (10 - count)) is found


IMAGES = (
    *("image", "images", "img", "imgs", "image_url", "imgUrl", "photo", "photos", "picture", "pictures", "thumbnail"),
    *("thumbnails", "thumb", "banner", "cover", "coverImage", "cover_photo", "hero", "heroImage", "avatar", "avatarUrl"),
    *("logo", "logoUrl", "icon", "favicon", "screenshot", "screenshots", "poster", "ogImage", "header_image", "teaser"),
    *("featuredImage", "feature_image", "socialImage", "shareImage", "gallery", "illustration", "backgroundImage"),
)


@pytest.mark.parametrize("name", IMAGES)
def test_a_name_of_images(name: str) -> None:
    assert role((name,), PICTURE) is role((f"author_{name}",), PICTURE) is Role.IMAGE
    assert role((name, "[]", "src"), PICTURE) is Role.IMAGE
    assert role((name,), PAGE) is Role.LINK
    assert role((name,), PAGE, sized=True) is Role.IMAGE


@pytest.mark.parametrize(
    "name", ["url", "src", "path", "href", "file", "filename", "uri", "source", "large", "small", "relative"]
)
def test_a_part_of_an_image(name: str) -> None:
    assert role(("cover", name), PICTURE) is Role.IMAGE
    assert role(("website", name), PICTURE) is not Role.IMAGE
    assert role((name,), PICTURE) is not Role.IMAGE
    assert (role(("any", name), PAGE, sized=True) is Role.IMAGE) is (name not in ("source", "href"))


@pytest.mark.parametrize("name", ["video", "videos", "map", "maps", "embed", "embeds", "iframe", "player", "audio"])
def test_what_has_a_size_and_is_no_image(name: str) -> None:
    assert role((f"my_{name}", "url"), PAGE, sized=True) is Role.LINK


def test_a_video_with_a_size_is_no_image() -> None:
    assert role(("any", "url"), PAGE, "https://a.example/a.mp4", sized=True) is Role.LINK


@pytest.mark.parametrize(("count", "found"), [(9, Role.IMAGE), (8, Role.LINK)])
def test_nearly_all_urls_of_images_are_images_whatever_their_name(count: int, found: Role) -> None:
    assert role(("any",), *["https://a.example/a.png"] * count, *[PAGE] * (10 - count)) is found


@pytest.mark.parametrize(("count", "found"), [(2, Role.IMAGE), (1, Role.LINK)])
def test_a_name_of_images_needs_some_urls_that_look_like_images(count: int, found: Role) -> None:
    assert role(("cover",), *[PICTURE] * count, *[PAGE] * (11 - count)) is found


@pytest.mark.parametrize("name", ["slug", "permalink", "alias", "aliases", "redirect_from", "layout", "id"])
def test_the_pages_own_address(name: str) -> None:
    assert role((name,), PAGE) is None
    assert role((name, "[]"), PAGE) is None
    assert role(("author", name), PAGE) is Role.LINK
    assert role_by_name((name,)) is None
    assert role_by_name(("author", name)) is Role.LINK


@pytest.mark.parametrize(
    ("path", "found"),
    [
        (("webUrl",), Role.CANONICAL),
        (("ampUrl",), Role.AMP),
        (("amp_cache",), Role.AMP_CACHE),
        (("source",), Role.ORIGINAL),
        (("cover",), Role.LINK),
        (("[]",), Role.LINK),
        ((), Role.LINK),
    ],
)
def test_a_role_may_be_declared_without_values(path: tuple[str, ...], found: Role) -> None:
    assert role_by_name(path) is found


STEMS = (
    *("perma", "self", "own", "this", "page", "post", "article", "entry", "site", "base", "home", "root", "short", "old"),
    *("legacy", "former", "previous", "alias", "original", "source", "slug", "custom", "rel", "relative", "seo", "pretty"),
    *("disqus", "comment", "comments", "wordpress"),
)


@pytest.mark.parametrize("stem", STEMS)
def test_paths_may_be_the_pages_own(stem: str) -> None:
    names = [f"{stem}_{end}" for end in ("url", "link", "href", "uri", "urls", "links", "hrefs", "uris")]
    assert {role((name,), "/story/") for name in names} == {None}


@pytest.mark.parametrize("end", ["url", "link", "href", "uri", "urls", "links", "hrefs", "uris"])
def test_paths_lead_elsewhere_by_the_end_of_the_name(end: str) -> None:
    assert role((f"docs_{end}",), "/story/") is Role.LINK
    assert role((f"docs_{end}x",), "/story/") is None


@pytest.mark.parametrize("name", ["path", "pathname", "route", "url", "urls", "uri", "uris"])
def test_a_path_at_the_root_may_be_the_pages_own(name: str) -> None:
    assert role((name,), "/a/", "/b/", PAGE) is None
    assert inferred((name,), "/a/", fields=[(name,)]) is None
    assert role((name,), PAGE, PAGE, "/a/") is Role.LINK


@pytest.mark.parametrize("name", ["to", "target", "new"])
def test_the_target_of_a_redirect_leads_elsewhere(name: str) -> None:
    assert role(("redirects", name), "/a/") is Role.LINK
    assert {role(("redirects", old), "/a/") for old in ("from", "source", "old")} == {None}
    assert role(("redirect_from_old", name), "/a/") is None


def test_a_property_whose_paths_are_known_to_lead_to_pages_is_a_link() -> None:
    assert role(("next",), "/a/") is None
    found = inferred(("menu", "[]", "next"), "/a/", "guides/b.md", fields=[("menu", "next")])
    assert found == Inference(Role.LINK, 2, has_folders=True)


@pytest.mark.parametrize(("count", "found"), [(9, True), (8, False)])
def test_nearly_all_texts_of_a_link_are_urls(count: int, *, found: bool) -> None:
    link = inferred(("website",), *[PAGE] * count, *["text"] * (10 - count))
    assert link == Inference(Role.LINK, count, absolute_only=not found)


def test_three_urls_among_other_texts_are_links() -> None:
    assert inferred(("website",), *[PAGE] * 3, *["text"] * 7) == Inference(Role.LINK, 3, absolute_only=True)
    assert inferred(("website",), *[PAGE] * 2, *["text"] * 7) is None
    assert inferred(("website",), *[PAGE] * 3, *["http:/a.example"] * 4, "text") is None


def test_texts_that_are_malformed_urls_are_not_most_of_them() -> None:
    assert inferred(("website",), PAGE, "http:/a.example/") == Inference(Role.LINK, 1)
    assert inferred(("website",), PAGE, *["http:/a.example/"] * 2) is None


def test_empty_texts_do_not_count() -> None:
    assert inferred(("website",), PAGE, *[""] * 9) == Inference(Role.LINK, 1)
    assert inferred(("website",), "") is None


def test_originals_that_are_mostly_paths_are_links() -> None:
    assert role(("meta", "sourceUrl"), "/a/") is None
    assert role(("externalUrl",), "/a/", "/b/") is Role.LINK
    assert role(("externalUrl",), "/a/", PAGE) is Role.ORIGINAL
