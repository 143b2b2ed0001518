"""Which properties are links, and of what role: the usual keys of the generators among them."""

import pytest

from linkcheck.infer import infer
from linkcheck.model import Json

PAGE, IMAGE, CACHE = (
    "https://a.example/story",
    "https://a.example/a.jpg?w=3",
    "https://a-example.cdn.ampproject.org/c/s/a.example/",
)


@pytest.mark.parametrize(
    ("data", "links"),
    [
        pytest.param({"webUrl": PAGE}, ["webUrl canonical"], id="webUrl"),
        pytest.param({"originalUrl": PAGE}, ["originalUrl original"], id="originalUrl"),
        pytest.param({"cover": "https://a.example/a.jfif"}, ["cover image"], id="an image of a rarer format"),
        pytest.param({"ampWebUrl": PAGE + "?amp"}, ["ampWebUrl amp"], id="ampWebUrl"),
        pytest.param({"cdnAmpWebUrl": CACHE}, ["cdnAmpWebUrl amp-cache"], id="cdnAmpWebUrl"),
        pytest.param({"copy": CACHE}, ["copy amp-cache"], id="an address on a cache, whatever its name"),
        pytest.param({"canonical_url": PAGE, "image": "/a.png"}, ["canonical_url canonical", "image image"], id="Jekyll"),
        pytest.param(
            {"image": {"path": "/a.png", "width": 1, "height": 2, "alt": "A"}}, ["image.path image"], id="jekyll-seo-tag"
        ),
        pytest.param(
            {"image": {"facebook": "/a.png", "twitter": IMAGE}},
            ["image.facebook image", "image.twitter image"],
            id="by service",
        ),
        pytest.param(
            {"images": ["a.png", IMAGE], "url": "/a/", "aliases": ["/b/"], "slug": "a"}, ["images[] image"], id="Hugo"
        ),
        pytest.param(
            {"cover": {"image": "/c.png"}, "canonicalURL": PAGE},
            ["cover.image image", "canonicalURL canonical"],
            id="PaperMod",
        ),
        pytest.param(
            {"heroImage": "./hero.webp", "canonicalURL": PAGE}, ["heroImage image", "canonicalURL canonical"], id="Astro"
        ),
        pytest.param(
            {"authors": [{"name": "A", "url": PAGE, "image_url": "https://img.a.example/1"}], "slug": "/a"},
            ["authors[].url link", "authors[].image_url image"],
            id="Docusaurus",
        ),
        pytest.param(
            {"author_image_url": "https://img.a.example/1"}, ["author_image_url image"], id="Docusaurus, one author"
        ),
        pytest.param(
            {"cover_image": "https://img.a.example/1", "canonical_url": PAGE},
            ["cover_image image", "canonical_url canonical"],
            id="DEV.to",
        ),
        pytest.param(
            {"canonical": PAGE, "cover": "https://img.a.example/1"}, ["canonical canonical", "cover image"], id="Hashnode"
        ),
        pytest.param({"canonicalUrl": PAGE, "banner": "../a.jpg"}, ["canonicalUrl canonical", "banner image"], id="Gatsby"),
        pytest.param({"website": PAGE, "twitter": {"url": PAGE}}, ["website link", "twitter.url link"], id="other links"),
        pytest.param({"pic": {"src": "https://a.example/1", "width": 3}}, ["pic.src image"], id="an address beside a width"),
        *(
            pytest.param({"pic": {name: PAGE, "height": 3}}, [f"pic.{name} link"], id=f"{name} beside a height")
            for name in ("source", "href", "credit", "website")
        ),
        *(
            pytest.param({"pic": {"src": PAGE, "height": size}}, ["pic.src link"], id=f"an address beside {size}")
            for size in ("12em", "100%", "auto", "", None)
        ),
        pytest.param({"pic": {"src": PAGE, "height": "300"}}, ["pic.src image"], id="an address beside a number in a text"),
        pytest.param({"clip": {"url": "https://a.example/1.mp4?x=1", "width": 3}}, ["clip.url link"], id="a sized video"),
        *(
            pytest.param({name: {"url": PAGE, "width": 3, "height": 2}}, [f"{name}.url link"], id=f"a sized {name}")
            for name in ("video", "map", "embed", "iframe", "player", "audio", "heroVideo")
        ),
        pytest.param(
            {"video": {"poster": "/a.png", "src": PAGE, "width": 3}}, ["video.poster image", "video.src link"], id="a poster"
        ),
        pytest.param({"source": PAGE, "seo": {"source": PAGE}}, ["source original", "seo.source original"], id="a source"),
        pytest.param({"html": {"code-tools": {"source": PAGE}}}, ["html.code-tools.source link"], id="an option"),
        pytest.param(
            {"permalink": "/a/", "title": "T", "items": ["a/b"], "domain": "a.example", "embed": f"<a href='{PAGE}'>"},
            [],
            id="what is no link",
        ),
        pytest.param({"canonical": True, "amp": True, "image": 1}, [], id="names without URLs"),
        pytest.param({"webUrl": "", "image": ""}, [], id="nothing but empty texts"),
    ],
)
def test_a_url_gets_its_role(data: dict[str, Json], links: list[str]) -> None:
    assert [f"{link.place} {link.role}" for link in infer([data], name="test").links] == links


_PHOTO = "https://photos.example/photos/qFxS5FkUSAQ"


@pytest.mark.parametrize(
    ("data", "links"),
    [
        pytest.param({"photo": {"url": _PHOTO, "author": "A"}}, ["photo.url link"], id="the source of a photo"),
        *(
            pytest.param({name: {part: _PHOTO}}, [f"{name}.{part} link"], id=f"{name}.{part}")
            for name in ("cover", "image", "picture", "avatar", "thumbnail", "logo")
            for part in ("url", "link", "href", "source", "credit")
        ),
        pytest.param(
            {"image": _PHOTO, "heroImage": "http://short.example/2aHLAQ1"}, ["image link", "heroImage link"], id="short"
        ),
        pytest.param(
            {"image": "https://wiki.example/wiki/File:Harbor.jpg"}, ["image link"], id="the page of a wiki about a file"
        ),
        pytest.param(
            {"logo": {"url": "https://www.pngs.example/"}}, ["logo.url link"], id="a host that sounds like an image"
        ),
        pytest.param({"photo": {"url": "https://stock.example/images/a-quiet-harbor/12"}}, ["photo.url link"], id="a title"),
        pytest.param({"photo": {"url": _PHOTO, "width": 3}}, ["photo.url image"], id="beside a width"),
        pytest.param({"photo": {"url": f"{_PHOTO}?w=1200"}}, ["photo.url image"], id="with a width in the query"),
        pytest.param({"avatar": "https://avatars.a.example/u/71938701?v=4"}, ["avatar image"], id="a host of avatars"),
        pytest.param({"cover": "https://a.example/upload/w_400,c_fill/Qx3"}, ["cover image"], id="a size in the path"),
        pytest.param({"cover": "https://a.example/images/Qx3"}, ["cover image"], id="a folder of images"),
        pytest.param({"cover": "https://a.example/render?file=a.png"}, ["cover image"], id="a file in the query"),
        pytest.param({"card": "https://a.example/a.png", "face": "b.webp"}, ["card image", "face image"], id="plain names"),
        pytest.param(
            {"logo": {"href": "/about/"}, "cover": {"link": "/"}}, ["logo.href link", "cover.link link"], id="pages"
        ),
    ],
)
def test_a_url_is_that_of_an_image_if_it_looks_like_one(data: dict[str, Json], links: list[str]) -> None:
    assert [f"{link.place} {link.role}" for link in infer([data], name="test").links] == links


def test_a_property_of_images_remains_one_if_a_few_of_its_urls_are_not_recognized() -> None:
    covers = ["/img/a.png"] * 4 + [_PHOTO]
    assert [link.role for link in infer([{"cover": cover} for cover in covers], name="test").links] == ["image"]


@pytest.mark.parametrize(
    ("data", "links"),
    [
        *(
            pytest.param({name: "/docs/setup/"}, [f"{name} link"], id=name)
            for name in ("docs_link", "actionLink", "full_link", "more_url", "cta_href", "link", "href")
        ),
        pytest.param({"doc_url": "../setup.md", "pdf_link": "/a.pdf"}, ["doc_url link", "pdf_link link"], id="files"),
        pytest.param({"related_links": ["/a/", "/b/"]}, ["related_links[] link"], id="a list"),
        pytest.param({"menu": {"main": {"url": "/a/"}}}, ["menu.main.url link"], id="a menu"),
        *(
            pytest.param({name: "/2012/story/"}, [], id=name)
            for name in (
                *("url", "permalink", "slug", "path", "uri", "route", "old_url", "page_url", "short_link", "disqus_url"),
                *("aliases", "redirect_from", "layout", "next", "details"),
            )
        ),
        pytest.param({"style_url": "/css/a.css", "template_url": "./a.ejs"}, [], id="files of the build"),
        pytest.param({"repo_url": "owner/project"}, [], id="a name with a slash"),
        pytest.param({"redirects": [{"from": "/old/", "to": "/new/"}]}, ["redirects[].to link"], id="redirects"),
        pytest.param({"seo": {"permalink": "/a/", "page_url": "/a/"}}, [], id="the page's own URL in an object"),
    ],
)
def test_paths_are_links_if_the_name_says_that_they_lead_elsewhere(data: dict[str, Json], links: list[str]) -> None:
    assert [f"{link.place} {link.role}" for link in infer([data], name="test").links] == links


def test_a_property_with_the_pages_own_path_is_no_link_if_some_pages_are_elsewhere() -> None:
    articles: list[dict[str, Json]] = [{"path": path} for path in ["/a/", "/b/", "/c/", PAGE]]
    assert infer(articles, name="test").links == ()


def test_a_property_that_is_a_url_only_now_and_then_is_no_link() -> None:
    found = infer([{"via": PAGE}, {"via": PAGE}, {"via": "Reuters"}], name="test")
    assert found.links == ()
    assert found.notes == ("`via` is a URL in 2 of 3 places and other text elsewhere, so it is not marked as a link",)


def schema_at(articles: list[dict[str, Json]], name: str) -> Json:
    properties = infer(articles, name="test").schema["properties"]
    assert isinstance(properties, dict)
    return properties[name]


def test_a_link_that_is_not_a_url_once_keeps_its_format() -> None:
    articles: list[dict[str, Json]] = [{"webUrl": url} for url in [PAGE] * 19 + ["htp:/story"]]
    assert [(link.role, link.odd) for link in infer(articles, name="test").links] == [("canonical", 1)]
    assert schema_at(articles, "webUrl") == {"type": "string", "format": "uri", "x-link": {"role": "canonical"}}


@pytest.mark.parametrize(
    "odd",
    [
        "[text](https://a.example/x)",
        "https://a.example/x and https://b.example/y",
        "a.example.com/x",
        "https://a.example/a b",
    ],
)
def test_a_text_that_was_meant_as_a_url_does_not_make_its_property_less_of_a_link(odd: str) -> None:
    articles: list[dict[str, Json]] = [{"team": url} for url in [PAGE] * 4 + [odd]]
    assert [(link.place, link.odd) for link in infer(articles, name="test").links] == [("team", 1)]


@pytest.mark.parametrize(
    ("texts", "note"),
    [
        pytest.param([f"[text]({PAGE}/{n})" for n in range(12)], "Markdown links in 12 of 12", id="a few"),
        pytest.param([f"[text]({PAGE}/{n})" for n in range(90)], "Markdown links in 90 of 90", id="more than are kept"),
        pytest.param(
            [f"[one]({PAGE}/{'x' * 90}), two, [three package]({PAGE})"] * 2 + ["none"], "Markdown links in 2 of 3",
            id="several links, with words between them",
        ),
        pytest.param(
            [f"[name]({PAGE}), Company of Cities"] * 3 + ["none"] * 5, "Markdown links in 3 of 8",
            id="several among other texts",
        ),
        pytest.param(
            [f"{PAGE} and {PAGE}/2", f"[text]({PAGE})", "none"], "Markdown links or several URLs in one text in 2 of 3",
            id="different forms",
        ),
        pytest.param(
            [PAGE] * 4 + [f"{PAGE}, {PAGE}/2"] * 3, "several URLs in one text in 3 of 7", id="fewer than the URLs, but many",
        ),
        pytest.param(["a.jpg,b.jpg", "c.png, d e.webp,f.jpg", "g.jpg"], "several files in one text in 2 of 3", id="files"),
        pytest.param([f"<{PAGE}>", "none"] * 3, "URLs in angle brackets in 3 of 6", id="angle brackets"),
    ],
)  # fmt: skip
def test_a_property_of_texts_that_contain_links_is_not_a_link(texts: list[str], note: str) -> None:
    found = infer([{"resource": text} for text in texts], name="test")
    assert found.links == ()
    assert found.notes == (f"`resource` contains {note} places, so it is not marked as a link",)


def test_a_few_texts_with_several_urls_are_findings_in_a_property_of_links() -> None:
    articles: list[dict[str, Json]] = [{"handle": text} for text in [PAGE] * 8 + [f"{PAGE}, {PAGE}/2"] * 3]
    assert [(link.place, link.odd) for link in infer(articles, name="test").links] == [("handle", 3)]


def test_a_property_that_once_has_several_files_is_a_list_in_all_places() -> None:
    articles: list[dict[str, Json]] = [{"media_order": text} for text in ["a.jpg", "b.jpg", "c.jpg,d.jpg", "e.jpg"]]
    assert infer(articles, name="test").links == ()


def test_a_file_whose_name_contains_a_comma_is_one_file() -> None:
    assert [link.role for link in infer([{"cover": "Boats, and a harbor.jpg"}], name="test").links] == ["image"]


@pytest.mark.parametrize("ending", ["qmd", "Rmd", "ipynb", "rst", "md"])
def test_the_file_of_an_article_is_a_link_in_a_property_of_links(ending: str) -> None:
    articles: list[dict[str, Json]] = [{"listing": {"contents": [{"link": f"page.{ending}"}, {"link": PAGE}]}}]
    assert [link.place for link in infer(articles, name="test").links] == ["listing.contents[].link"]


def test_two_texts_with_links_among_many_others_are_not_told() -> None:
    assert infer([{"author": text} for text in [f"[text]({PAGE})"] * 2 + ["none"] * 5], name="test").notes == ()


def test_a_markdown_link_in_prose_is_not_told() -> None:
    prose = f"She maintains [a package]({PAGE}), and writes about it in [a book]({PAGE}) that is read everywhere."
    assert infer([{"bio": prose}, {"bio": f"{prose} See {PAGE} and {PAGE}."}], name="test").notes == ()


def test_in_a_list_of_names_and_urls_the_urls_are_links() -> None:
    found = infer([{"items": ["owner/project", "another", f"{PAGE}/{number}"]} for number in range(5)], name="test")
    assert [(link.place, link.absolute_only, link.odd) for link in found.links] == [("items[]", True, 0)]
    assert found.notes == ("`items[]` is a URL in 5 of 15 places and other text elsewhere; only the URLs are links",)


@pytest.mark.parametrize(
    ("covers", "odd", "format_"),
    [
        pytest.param([PAGE + ".png"] * 19 + ["![[Picture.png|100]]"], 0, None, id="among URLs"),
        pytest.param(["[[Picture.png]]"] * 3, 0, None, id="alone"),
        pytest.param(["{static}/i/a.png", "|static|/i/b.png", "{attach}c.png"], 0, None, id="links of Pelican"),
    ],
)
def test_wiki_links_and_links_of_pelican_to_pictures_are_links_without_a_format(
    covers: list[str], odd: int, format_: str | None
) -> None:
    articles: list[dict[str, Json]] = [{"cover": cover} for cover in covers]
    assert [(link.role, link.odd) for link in infer(articles, name="test").links] == [("image", odd)]
    schema = schema_at(articles, "cover")
    assert isinstance(schema, dict)
    assert schema.get("format") == format_


@pytest.mark.parametrize(
    ("texts", "links"),
    [
        pytest.param(["{filename}/news/a.md", "|filename|b.md"], ["related link"], id="articles"),
        pytest.param(["{static}/files/a.pdf", PAGE], ["related link"], id="a document and a URL"),
        pytest.param(["{category}news", "{index}", "|tag|b"], ["related link"], id="pages of Pelican"),
        pytest.param(["{filename}/news/a.md", "none"], [], id="one of two texts"),
        pytest.param(["@/news/a.md", "@/b.md#part"], ["related link"], id="articles in Zola"),
        pytest.param(["@/news/a.md", "/news/b/"], ["related link"], id="an article in Zola and a path"),
        pytest.param(["@/news/a", "@ann"], [], id="other texts with an at sign"),
        pytest.param(["{filename}a.md, {filename}b.md"], [], id="several in one text"),
    ],
)
def test_a_property_with_links_of_pelican_is_a_link_whatever_its_name(texts: list[str], links: list[str]) -> None:
    found = infer([{"related": text} for text in texts], name="test")
    assert [f"{link.place} {link.role}" for link in found.links] == links


@pytest.mark.parametrize("written", ["http:/a.example/b", "http:a.example", "https:///a.example", "https: //a.example"])
def test_one_of_three_urls_may_have_its_slashes_misplaced(written: str) -> None:
    found = infer([{"homepage": text} for text in (PAGE, written, PAGE)], name="test")
    assert [(link.role, link.odd) for link in found.links] == [("link", 1)]


@pytest.mark.parametrize("text", ["http: the protocol", "https:", "http:server", "see http:/a.example"])
def test_a_text_about_a_scheme_is_not_a_url(text: str) -> None:
    assert infer([{"topic": each} for each in (PAGE, text, PAGE)], name="test").links == ()


def test_wiki_links_to_notes_are_no_links() -> None:
    assert infer([{"up": "[[Home]]", "related": ["[[A]]", "[[B|b]]"]}], name="test").links == ()


@pytest.mark.parametrize(
    ("data", "links"),
    [
        pytest.param({"redirect_to": "/about/"}, ["redirect_to link"], id="a path to redirect to"),
        pytest.param({"redirect_to": ["https://a.example/"]}, ["redirect_to[] link"], id="a list"),
        pytest.param({"redirectTo": "guides/start"}, ["redirectTo link"], id="a path without a slash in front"),
        pytest.param({"redirect": {"to": "/news/"}}, ["redirect.to link"], id="an object"),
        pytest.param({"redirect": False, "redirect_from": ["/old/", PAGE]}, [], id="where the page was before"),
        pytest.param({"permalink": PAGE, "slug": "/a/", "aliases": [PAGE] * 5}, [], id="the page's own addresses"),
        pytest.param({"resources": [{"link": PAGE}, {"link": "guides/a"}]}, ["resources[].link link"], id="half a path"),
        pytest.param({"repos": ["owner/a", "owner/b"]}, [], id="names with a slash"),
    ],
)
def test_targets_are_links_and_own_addresses_are_not(data: dict[str, Json], links: list[str]) -> None:
    assert [f"{link.place} {link.role}" for link in infer([data], name="test").links] == links


@pytest.mark.parametrize(
    ("values", "format_"),
    [
        pytest.param([PAGE] * 20, "uri", id="URLs"),
        pytest.param([PAGE] * 19, None, id="few URLs"),
        pytest.param([PAGE] * 19 + ["TODO"], "uri", id="URLs but for one text"),
        pytest.param([PAGE] * 10 + [""] * 10, "uri", id="URLs and empty texts"),
        pytest.param([PAGE] * 10 + ["/a/b"] * 10, "uri-reference", id="URLs and paths"),
        pytest.param([PAGE] * 10 + ["/img/my picture.png"] * 10, None, id="URLs and paths with spaces"),
        pytest.param(["/a.png"] * 20, None, id="paths"),
    ],
)
def test_links_have_the_format_of_nearly_all_values(values: list[Json], format_: str | None) -> None:
    found = schema_at([{"cover_url": value} for value in values], "cover_url")
    assert isinstance(found, dict)
    assert found.get("format") == format_
