"""No bytes make the reader of pages raise, and its bounds hold."""

from hypothesis import given
from hypothesis import strategies as st

from linkcheck.pages import head_end, parse_link_header, read_page

TAGS = (
    b"<head> </head> <body> <title> </title> <!-- --> <script> </script> <noscript> </noscript> <style> </style> <div> <svg>"
    b" <template> <link\nrel=canonical\nhref= <meta\nname=robots\ncontent=noindex> <meta\nhttp-equiv=refresh\ncontent=0;url="
    b" <base\nhref= ' \" > /x // https:// \xff \0 text &#0; &amp"
).split(b" ")
PIECES = st.lists(st.sampled_from(TAGS), max_size=40).map(b"".join)


@given(
    st.one_of(st.binary(max_size=200), PIECES), st.none() | st.text(max_size=30), st.lists(st.text(max_size=40), max_size=3)
)
def test_no_page_makes_the_reader_raise(page: bytes, content_type: str | None, headers: list[str]) -> None:
    facts = read_page(
        page, url="https://a.example/b", content_type=content_type, link_headers=headers, robots_headers=headers
    )
    for url in (*facts.canonicals, *facts.amphtml):
        assert url.startswith(("http://", "https://"))


@given(PIECES, st.integers(1, 20))
def test_the_end_of_the_head_does_not_depend_on_the_chunks(page: bytes, size: int) -> None:
    whole = head_end(page)
    buffer = bytearray()
    looked = 0
    for at in range(0, len(page), size):
        buffer += page[at : at + size]
        found = head_end(buffer, looked)
        if found is not None:
            assert found == whole
            return
        looked = len(buffer)
    assert whole is None


@given(st.text("<>;,=\"\\ arel'", max_size=60))
def test_no_link_header_makes_the_parser_raise(value: str) -> None:
    for link in parse_link_header(value):
        assert link.target in value
        assert ">" not in link.target
