"""Where a head ends, and what of it an HTML parser gets."""

from itertools import product

import pytest

from linkcheck.pages import extent
from linkcheck.pages.bounding import bounded
from linkcheck.pages.extent import COMMENT, HEAD_LIMIT, NOSCRIPT, SCRIPT, STYLE, head_end, spans


@pytest.mark.parametrize(
    ("head", "rest"),
    [
        pytest.param(b"<head><title>A</title>", b"</head><body>", id="a closed head"),
        pytest.param(b"<title>A</title>", b"<body></head>", id="the body first"),
        pytest.param(b"<TITLE>A</TITLE>", b"</HEAD>", id="upper case"),
        pytest.param(b"<TITLE>A</TITLE>", b"<BODY>", id="a body in upper case"),
        pytest.param(b"<!-- </head> -->", b"</head>", id="an end in a comment"),
        pytest.param(b"<!-->", b"</head>-->", id="an empty comment"),
        pytest.param(b"<script>'<body>'</script>", b"<body>", id="an end in a script"),
        pytest.param(b"<style>", b"</head></style>", id="an end in a style"),
        pytest.param(b"<!-- <script> -->", b"</head></script>", id="a script in a comment"),
        pytest.param(b"<script><!-- </head></script >", b"</head>-->", id="a comment in a script"),
        pytest.param(b"<!-- a --><!-- </head> --><script><body></script>", b"<body>", id="several blocks"),
    ],
)
def test_a_head_ends_at_the_first_tag_outside_of_comments_and_scripts(head: bytes, rest: bytes) -> None:
    assert head_end(head + rest) == len(head)
    assert head_end(head + rest, len(head)) == head_end(head + rest), "a tag at the end of the previous chunk"
    assert head_end(head + rest, len(head) + 5) == head_end(head + rest), "a tag that the previous chunk cuts"


def test_behind_two_thousand_comments_a_tag_in_a_comment_counts() -> None:
    assert head_end(b"<!---->" * 1999 + b"<!--</head>--></head>") == 2000 * 7 + 7
    assert head_end(b"<!---->" * 2000 + b"<!--</head>--></head>") == 2000 * 7 + 4


@pytest.mark.parametrize("buffer", [b"", b"<head>", b"</hea", b"<!-- </head>", b"<script></head>", b"<!-- </head> --"])
def test_without_an_end_more_is_read(buffer: bytes) -> None:
    assert head_end(buffer) is None


@pytest.mark.parametrize(
    ("before", "end"), [(HEAD_LIMIT - 8, HEAD_LIMIT - 8), (HEAD_LIMIT, HEAD_LIMIT), (HEAD_LIMIT + 1, HEAD_LIMIT)]
)
def test_a_head_ends_at_the_limit(before: int, end: int) -> None:
    assert HEAD_LIMIT == 1024 * 1024
    assert head_end(b" " * before + b"</head>") == end
    assert head_end(b" " * before) == (HEAD_LIMIT if before >= HEAD_LIMIT else None)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"a<!--b-->c<style>d</style>e", [b"<!--b-->", b"<style>d</style>"]),
        (b"<style><!--</style>--><!--x-->", [b"<style><!--</style>", b"<!--x-->"]),
        (b"<!--<style>-->a</style>", [b"<!--<style>-->"]),
        (b"<!--a--><!--b", [b"<!--a-->", b"<!--b"]),
        (b"a<style>b</style", [b"<style>b</style"]),
        (b"<!-->a-->", [b"<!-->"]),
        (b"abc", []),
    ],
)
def test_blocks_are_found_in_order(data: bytes, found: list[bytes]) -> None:
    assert [data[start:stop] for start, stop in spans(data, (COMMENT, STYLE), 0, len(data))] == found


def test_blocks_are_those_that_open_within_the_bounds() -> None:
    data = b"<!--1--><!--2--><!--3-->"
    assert list(spans(data, (COMMENT,), 1, 12)) == [(8, 16)]
    assert list(spans(data, (SCRIPT, NOSCRIPT), 0, len(data))) == []


@pytest.mark.parametrize(
    ("head", "reduced"),
    [
        (b"<title>A</title>", b"<title>A</title>"),
        (b"a<noscript><img></noscript>b", b"ab"),
        (b"a<noscript><img></noscript>b<noscript>c", b"ab"),
        (b"a<!-- <noscript> -->b<noscript>c</noscript>", b"a<!-- <noscript> -->b"),
        (b"<script>'<noscript>'</script>b", b"<script>'<noscript>'</script>b"),
        (b"<style><noscript></style></noscript>b", b"<style>b"),
        (b"<!--a--><style>b</style>", b"<!--a--><style>b</style>"),
    ],
)
def test_a_short_head_is_parsed_without_noscript(head: bytes, reduced: bytes) -> None:
    assert bounded(head) == reduced


def test_a_head_of_many_tags_is_parsed_without_comments_styles_and_the_text_of_scripts() -> None:
    blocks = b'<!--a--><style>b</style><script id="c">d</script>e'
    assert bounded(blocks + b"<p>" * 2995) == blocks + b"<p>" * 2995, "3,000 tags"
    assert bounded(blocks + b"<p>" * 2996) == b'<script id="c"></script>e' + b"<p>" * 2996
    assert bounded(blocks + b"<p>" * 2998) == b'<script id="c"></script>e' + b"<p>" * 2998
    assert bounded(blocks + b"<p>" * 2999) == b'<script id="c"></script>e' + b"<p>" * 2998, "at most 3,000 tags"


def test_a_long_head_is_cut() -> None:
    assert bounded(b"<!---->" + b"a" * (131_072 - 7)) == b"<!---->" + b"a" * (131_072 - 7)
    assert bounded(b"<!---->" + b"a" * (131_072 - 6)) == b"a" * (131_072 - 6)
    assert bounded(b"<!---->" + b"a" * 131_073) == b"a" * 131_072


def test_most_ends_are_known_without_the_blocks_before_them(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = (b"<!--", b"-->", b"<script", b"</script", b">", b"</head", b"x")
    pages = [b"".join(page) for page in product(parts, repeat=5)]
    found = [head_end(page) for page in pages]
    monkeypatch.setattr(extent, "spans", lambda *_: pytest.fail("the blocks were searched for"))
    assert head_end(b"<script>1</script><!-- a -->" * 3 + b"</head>") == 84
    monkeypatch.undo()
    monkeypatch.setattr(extent, "_is_surely_outside", lambda *_: False)
    assert found == [head_end(page) for page in pages]
    assert len(set(found)) > 10
