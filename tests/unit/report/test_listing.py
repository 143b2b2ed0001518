"""`linkcheck links` on the screen and for machines."""

import json
from io import StringIO

from linkcheck.model import SKIP_KINDS, Link, Location, Probe, Role, Skip, Span, Target
from linkcheck.report.link_listing import KINDS, write_objects, write_table

SECRET = "https://user:hunter2@a.example/x"


def rows() -> list[tuple[Link, Target, Skip | None]]:
    def link(url: str, line: int, role: Role) -> Link:
        return Link(Location("posts/a.md", Span(line, 9, line, 30), f"/links/{line}"), role, url)

    asked = Target("https://a.example/", Probe.PAGE, "a.example")
    other = Target("mailto:x@a.example", Probe.STATUS, "")
    return [
        (link("https://a.example/", 4, Role.CANONICAL), asked, None),
        (link("https://a.example/#top", 12, Role.LINK), asked, None),
        (link("mailto:x@a.example", 13, Role.LINK), other, Skip("scheme", "mailto: is not asked", "mailto:x@a.example")),
        (link(f"{SECRET}\x1b[31m", 14, Role.LINK), asked, None),
    ]


def test_the_table_lists_each_link_and_counts_each_url_once() -> None:
    stream = StringIO()
    write_table(rows(), stream)
    assert stream.getvalue() == (
        "posts/a.md\n"
        "       4:9  canonical  page    https://a.example/\n"
        "      12:9  link       page    https://a.example/#top\n"
        "      13:9  link       -       mailto:x@a.example\n"
        "                              not checked: mailto: is not asked\n"
        "      14:9  link       page    https://***@a.example/x\\x1b[31m\n"
        "\n"
        "4 links in 1 article, 1 URL to check; 1 not checked (not http or https)\n"
    )


def test_the_last_line_counts_kinds_of_reasons_and_is_no_longer_for_more_links() -> None:
    (link, target, _), *_ = rows()
    local = [(link, target, Skip("local", f"local file: {n}.png", "/x")) for n in range(1_200)]
    stream = StringIO()
    write_table([*local, *rows()], stream)
    assert stream.getvalue().endswith("; 1 not checked (not http or https); 1,200 not checked (local file)\n")
    assert set(KINDS) == set(SKIP_KINDS)


def test_articles_are_separated_by_an_empty_line() -> None:
    (link, target, _), *_ = rows()
    other = Link(Location("posts/b.md", Span(2, 3, 2, 9), "/url"), Role.LINK, link.url)
    stream = StringIO()
    write_table([(link, target, None), (other, target, None)], stream)
    lines = stream.getvalue().split("\n")
    assert [number for number, line in enumerate(lines) if not line] == [2, 5, 7]
    assert lines[3] == "posts/b.md"


def test_a_url_is_cut_after_two_thousand_characters() -> None:
    (link, target, _), *_ = rows()
    url = f"https://a.example/{'a' * 1_982}"
    for long, listed in ((url, url), (f"{url}b", f"{url[:-1]}…")):
        stream = StringIO()
        write_table([(Link(link.location, link.role, long), target, None)], stream)
        assert stream.getvalue().split("\n")[1].split()[-1] == listed


def test_nothing_to_list_is_said() -> None:
    stream = StringIO()
    write_table([], stream)
    assert stream.getvalue() == "\n0 links in 0 articles, 0 URLs to check\n"


def test_objects_are_one_a_line_and_show_no_secret() -> None:
    stream = StringIO()
    write_objects(rows(), stream)
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [(line["line"], line["role"], line["probe"], line["skip"]) for line in lines] == [
        (4, "canonical", "page", None),
        (12, "link", "page", None),
        (13, "link", "status", "mailto: is not asked"),
        (14, "link", "page", None),
    ]
    assert "hunter2" not in stream.getvalue()
    assert lines[1] == {
        "path": "posts/a.md",
        "line": 12,
        "column": 9,
        "pointer": "/links/12",
        "role": "link",
        "url": "https://a.example/#top",
        "target": "https://a.example/",
        "probe": "page",
        "skip": None,
    }


def test_a_reason_says_once_that_a_link_is_not_checked() -> None:
    (link, target, _), *_ = rows()
    stream = StringIO()
    write_table([(link, target, Skip("scheme", "not checked: scheme 'x' is neither http nor https", "x:y"))], stream)
    assert stream.getvalue().count("not checked:") == 1
