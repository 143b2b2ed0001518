"""Texts that should be URLs, as authors write them."""

import pytest

from linkcheck.urls import intrasite_path, is_made_by_pelican, scheme_defect, wiki_target, written_defect


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[text](https://a.example/x)", "it is a Markdown link"),
        ("![](/a.png)", "it is a Markdown link"),
        ("see [text](/a/b) and more", "it is a Markdown link"),
        ("https://a.example/x and https://b.example/y", "it contains several URLs"),
        ("https://a.example/x,https://b.example/y", "it contains several URLs"),
        ("https://a.example/x; www.b.example", "it contains several URLs"),
        ("https://a.example/x\nhttps://b.example/y\n", "it contains several URLs"),
        ("<https://a.example/>", "it is in angle brackets"),
        ('<iframe src="https://a.example/"></iframe>', "it contains HTML"),
    ],
)
def test_what_no_browser_can_request(text: str, message: str) -> None:
    fault = written_defect(text)
    assert fault is not None
    assert (fault.message, fault.works) == (message, False)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("[[Some page]]", "Some page"),
        ("![[a.png|100]]", "a.png"),
        (" [[folder/Note#Part|a name]] ", "folder/Note"),
        ("[[#Part]]", ""),
        ("[[a]] and [[b]]", None),
        ("[text](https://a.example/)", None),
        ("https://a.example/[[a]]", None),
    ],
)
def test_a_wiki_link_names_a_file(text: str, target: str | None) -> None:
    assert wiki_target(text) == target
    assert target is None or written_defect(text) is None


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("{static}/images/a.png", "/images/a.png"),
        (" |filename|b.md ", "b.md"),
        ("{attach}../a.png", "../a.png"),
        ("{static}", None),
        ("{category}a", None),
        ("{{static}}/a", None),
        ("/a/{static}/b", None),
        ("{filename}a.md, {filename}b.md", None),
    ],
)
def test_a_link_of_pelican_to_its_content_has_a_path(text: str, path: str | None) -> None:
    assert intrasite_path(text) == path
    assert path is None or scheme_defect(text) is None


@pytest.mark.parametrize("text", ["{category}news", " |tag|a b ", "{author}Ada", "{index}", "|index|#top"])
def test_a_link_of_pelican_leads_to_a_page_that_is_made_from_no_file(text: str) -> None:
    assert is_made_by_pelican(text)


@pytest.mark.parametrize("text", ["{tag}", "{category}/{slug}", "/a/{index}", "{filename}a.md", "{{index}}"])
def test_other_texts_with_the_same_words_are_no_links_of_pelican(text: str) -> None:
    assert not is_made_by_pelican(text)


@pytest.mark.parametrize(
    ("text", "message", "path"),
    [
        ("https://a.example/a b", "it contains a space", False),
        ("https://a.example/a\tb", "it contains a tab", False),
        ("https://a.example/a\u00a0b", "it contains the character U+00A0", False),
        ("https://a.example/a>", "it contains the character >", False),
        (" https://a.example/a", "there is whitespace around it", False),
        ("/a.png\n", "there is whitespace around it", False),
        ("/img/my picture.png", "it contains a space", True),
        ("img\\a.png", "it contains a backslash", True),
        ("my picture.png", "it contains a space", True),
        ("not there", "it is text, not a URL", True),
        ("not\nthere yet", "it is text, not a URL", True),
    ],
)
def test_what_browsers_repair(text: str, message: str, path: bool) -> None:  # noqa: FBT001 - a column of the table
    fault = written_defect(text)
    assert fault is not None
    assert (fault.message, fault.works, fault.path) == (message, True, path)


@pytest.mark.parametrize(
    "text",
    [
        *("https://a.example/", "/a/b.png", "../a", "", "#top", "TODO", "https://b\u00fccher.example/stra\u00dfe"),
        *(
            "https://web.archive.example/web/1/https://a.example/",
            "https://p.example/?u=https://a.example/,https://b.example/",
        ),
        *("https://res.example/w_1,h_2/https://a.example/x.png", "https://a.example/[a]?b[]=1", "http://[::1]/"),
        *(
            "mailto:me@a.example?subject=A b",
            "data:image/svg+xml,<svg/>",
            "https://a.example/a,b;c|d",
            "https://a.example/a(b)",
        ),
    ],
)
def test_what_is_right(text: str) -> None:
    assert written_defect(text) is None
    assert scheme_defect(text) is None


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("a.example.com/p", "Start it with https://: https://a.example.com/p"),
        ("www.images.example/a.png", "Start it with https://: https://www.images.example/a.png"),
        ("someone.github.io", "Start it with https://: https://someone.github.io"),
        ("cdn.example.com/a.png", "Start it with https://: https://cdn.example.com/a.png"),
        ("https//a.example/p", "Start it with https://: https://a.example/p"),
        ("https;//a.example/p", "Start it with https://: https://a.example/p"),
        ("://a.example/p", "Start it with https://: https://a.example/p"),
        ("0000-0001-7484-9267", "Use https://orcid.org/0000-0001-7484-9267"),
        ("doi:10.1000/182", "Use https://doi.org/10.1000/182"),
        ("me@example.com", "Use mailto:me@example.com, or the URL of a page."),
    ],
)
def test_a_url_without_a_scheme(text: str, hint: str) -> None:
    fault = scheme_defect(text)
    assert fault is not None
    assert fault.hint == hint


@pytest.mark.parametrize(
    "text",
    [
        *("about.md", "index.html", "cover.png", "images/a.png", "socket.io/logo.png", "posts/2020/a", "node.js", "main.py"),
        *("docs.rs", "file.tar.gz", "v1.2", "1.2.3", "0000-0001", "10.1/182", "@me", "owner/name", "/a.com"),
        *("//a.example/p", "./a.com", "https://a.example", "mailto:me@example.com"),
    ],
)
def test_a_path_or_name_is_not_a_url_without_a_scheme(text: str) -> None:
    assert scheme_defect(text) is None


@pytest.mark.parametrize(
    "end",
    [
        *("ai", "app", "as", "bz", "cc", "cd", "dev", "fm", "foo", "id", "la", "map", "md", "me", "mm", "mov", "mp", "pa"),
        *("pl", "pn", "prof", "ps", "py", "qa", "rs", "sc", "sh", "so", "st", "tf", "vi"),
        "zip",
    ],
)
def test_the_end_of_a_name_of_a_file_may_be_a_top_level_domain(end: str) -> None:
    assert scheme_defect(f"a.{end}") is None
    assert scheme_defect(f"a.b.{end}") is not None
