"""What a text took along from HTML or a wrong encoding is found and read, and what only resembles it stays."""

import pytest

from linkcheck.leftovers import leftovers, without_leftovers


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        pytest.param("Fish &amp; chips", "Fish & chips", id="an ampersand between words"),
        pytest.param("Fish &#38; chips", "Fish & chips", id="an ampersand by its number"),
        pytest.param("AT&amp;T and R&amp;D budgets", "AT&T and R&D budgets", id="an ampersand within a name"),
        pytest.param("It&#8217;s &#x2018;on&#x2019;", "It\u2019s \u2018on\u2019", id="decimal and hexadecimal numbers"),
        pytest.param("It&#146;s", "It\u2019s", id="a number of Windows-1252"),
        pytest.param("a&nbsp;b.&nbsp; C", "a\xa0b.\xa0 C", id="a no-break space stays one"),
        pytest.param(
            "&#8220;&#8216;Hub&#8217;&#8221; &amp; more", "\u201c\u2018Hub\u2019\u201d & more", id="one after another"
        ),
        pytest.param("London &ndash; and &mdash; Paris", "London \u2013 and \u2014 Paris", id="dashes"),
        pytest.param("Read on [&hellip;]", "Read on [\u2026]", id="the end of an excerpt"),
        pytest.param("caf&eacute; in M&uuml;nchen", "caf\xe9 in M\xfcnchen", id="letters"),
        pytest.param("&laquo; Mot &raquo; &eacute;t&eacute;", "\xab Mot \xbb \xe9t\xe9", id="quotation marks with spaces"),
        pytest.param("Title&#58; &quot;Part&quot; &#35;1", 'Title: "Part" #1', id="what YAML must quote"),
        pytest.param("S&P 500&#8217;s rise", "S&P 500\u2019s rise", id="an apostrophe beside an ampersand as it is"),
        pytest.param("1920&times;1080 at 5&deg;C for &euro;5", "1920\xd71080 at 5\xb0C for \u20ac5", id="signs"),
        pytest.param(
            "Fish &amp; chips &#8238; here", "Fish & chips &#8238; here", id="beside a mark of direction, which stays"
        ),
    ],
)
def test_a_reference_at_a_word_or_between_words_is_certainly_a_leftover(text: str, plain: str) -> None:
    left = leftovers(text)
    assert left is not None
    assert (left.plain, left.certain) == (plain, True)
    assert leftovers(plain) is None


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        pytest.param("The Gazette &amp;amp; Herald", "The Gazette & Herald", id="escaped twice"),
        pytest.param("It&#38;#8217;s", "It\u2019s", id="escaped twice, by number"),
        pytest.param("&nbsp; Earlier this year", "\xa0 Earlier this year", id="by itself at the start"),
        pytest.param("&copy; 2024 Reuters", "\xa9 2024 Reuters", id="a sign by itself"),
        pytest.param("R&D at Marks &amp; Spencer", "R&D at Marks & Spencer", id="beside an ampersand that is not escaped"),
        pytest.param("name&#64;gazette.example", "name@gazette.example", id="an address that is hidden"),
        pytest.param("&#104;idden", "hidden", id="a letter that is hidden"),
        pytest.param("soft&shy;hyphen", "soft\xadhyphen", id="an invisible character"),
        pytest.param(
            "It\xe2\u20ac\u2122s \xe2\u20ac\u0153good\xe2\u20ac\x9d", "It\u2019s \u201cgood\u201d", id="quotation marks"
        ),
        pytest.param("caf\xc3\xa9 Br\xc3\xbcder", "caf\xe9 Br\xfcder", id="garbled letters in words"),
        pytest.param(
            "5\xc2\xb0, \xc2\xa35, \xf0\u0178\u02dc\u20ac", "5\xb0, \xa35, \U0001f600", id="garbled signs and emoji"
        ),
    ],
)
def test_what_else_it_may_have_been_is_a_guess(text: str, plain: str) -> None:
    left = leftovers(text)
    assert left is not None
    assert (left.plain, left.certain) == (plain, False)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("It\xc3\xa2\xe2\u201a\xac\xe2\u201e\xa2s", id="garbled twice"),
        pytest.param("caf\xc3\xa9 \xc3 la carte", id="one byte was lost"),
        pytest.param("Fish &amp; chips for &#38;&#38;", id="code that appears only now"),
    ],
)
def test_what_cannot_be_read_back_is_not_written(text: str) -> None:
    left = leftovers(text)
    assert left is not None
    assert left.plain is None
    assert not left.certain


@pytest.mark.parametrize(
    "text",
    [
        "AT&T; R&D; &notice; &; &#; Q&A",
        "R&wp; B&Sc; a&b; Rock &sum; roll",
        "a &#0; b &#10; c &#8238; d &#xd800; e &#x110000; f &rlm; g",
        "&#xD83D;&#xDE00; smile",
        "<b>Fish &amp; chips</b>",
        "a &lt; b &amp; c",
        "&lt;div&gt; explained",
        "a &#60; b &amp; c &#x3E; d",
        "write `&amp;`",
        "{{ title }} &amp; more",
        '{"a": "b &amp; c"}',
        "x &amp;&amp; y",
        'write "&nbsp;" or \u201c&amp;\u201d',
        "the ampersand (&amp;) at 100",
        "Use &amp; in templates",
        "Use &mdash; for a pause",
        "Replace & with &amp; everywhere",
        "What does &nbsp; mean?",
        "Is it &copy; or (c)?",
        "How to type &copy; on a Mac",
        "Why &amp;amp; appears in feeds",
        "The &amp; symbol",
        "The difference between &ndash; and &mdash;",
        "Was bedeutet &auml; in Namen?",
        "Que signifie &nbsp; dans un titre",
        "See https://a.example/?a=1&amp;b=2 and /x?a=1&copy=2&amp;c=3",
        "MA\xc7\xc3\u201d, IRM\xc3\xbb, \xc2NGULO, S\xc3O, R\xc2\xb0, \xc4\u20ac",
        "S\xe3o Tom\xe9, 5 \xb0C, \u20ac5",
    ],
)
def test_what_is_meant_as_it_stands_is_no_leftover(text: str) -> None:
    assert leftovers(text) is None


def test_what_looks_like_a_leftover_is_read_whatever_it_is_about() -> None:
    assert without_leftovers('"Use &amp; here" &#8238; \xe2\u20ac\u2122') == '"Use & here" &#8238; \u2019'
