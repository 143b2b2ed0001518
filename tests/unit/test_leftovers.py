"""What a text took along from HTML or a wrong encoding is found and read, and what only resembles it stays."""

import pytest

from linkcheck.leftovers import is_certain, leftovers, without_leftovers


@pytest.mark.parametrize(
    ("text", "found", "plain"),
    [
        pytest.param("Fish &amp; chips", ("&amp;",), "Fish & chips", id="an ampersand"),
        pytest.param(
            "It&#8217;s &#x2019;", ("&#8217;", "&#x2019;"), "It\u2019s \u2019", id="decimal and hexadecimal numbers"
        ),
        pytest.param("It&#146;s", ("&#146;",), "It\u2019s", id="a number of Windows-1252"),
        pytest.param("a&nbsp;b &amp;nbsp; c", ("&nbsp;", "&amp;nbsp;"), "a\xa0b \xa0 c", id="escaped once and twice"),
        pytest.param("Itâ€™s â€œgoodâ€\x9d", ("â€™", "â€œ", "â€\x9d"), "It\u2019s \u201cgood\u201d", id="quotation marks"),
        pytest.param("cafÃ© BrÃ¼der", ("Ã©", "Ã¼"), "café Brüder", id="letters in words"),
        pytest.param("5Â°, Â£5, 😀 ðŸ\u02dc€", ("Â°", "Â£", "ðŸ\u02dc€"), "5°, £5, 😀 😀", id="signs and emoji"),
    ],
)
def test_a_leftover_is_found_and_read(text: str, found: tuple[str, ...], plain: str) -> None:
    assert leftovers(text) == found
    assert without_leftovers(text) == plain
    assert leftovers(plain) == ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("AT&T; R&D; &notice; &; &#; Q&A", id="ampersands of names"),
        pytest.param("a &#0; b &#10; c &#8238; d &#xd800; e &#x110000;", id="control characters and what is no character"),
        pytest.param("<b>Fish &amp; chips</b>", id="markup"),
        pytest.param("a &lt; b &amp; c", id="an escaped angle bracket"),
        pytest.param("write `&amp;`", id="code"),
        pytest.param('write "&nbsp;" or \u201c&amp;\u201d', id="a reference that is quoted"),
        pytest.param("MAÇÃ\u201d, IRMÃ\xbb, ÂNGULO, SÃO, RÂ\xb0, Ä€", id="capitals before a sign"),
    ],
)
def test_what_is_meant_as_it_stands_is_no_leftover(text: str) -> None:
    assert leftovers(text) == ()


def test_only_a_reference_that_was_escaped_once_can_be_read_in_one_way() -> None:
    assert [is_certain(each) for each in ("&amp;", "&#8217;", "&amp;nbsp;", "â€™")] == [True, True, False, False]
