"""What a text took along from HTML or a wrong encoding is found and read, and what only resembles it stays."""

import pytest

from linkcheck.leftovers import leftovers, without_leftovers


def garbled(text: str, encoding: str) -> str:
    """The bytes of a text in UTF-8, each read as a character; what the encoding does not know stays a control character."""
    return "".join(bytes([each]).decode(encoding, "ignore") or chr(each) for each in text.encode())


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
            "Dvo&rcaron;&aacute;k in Pozna&nacute;", "Dvo\u0159\xe1k in Pozna\u0144", id="names of HTML 5 for letters"
        ),
        pytest.param("Wa&lstrok;&eogon;sa&comma; 5&percnt;", "Wa\u0142\u0119sa, 5%", id="names of HTML 5 for signs"),
        pytest.param("AT&AMP;T", "AT&T", id="an ampersand in capital letters"),
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
        pytest.param("&nbsp; Earlier this year", "Earlier this year", id="a space at the start, which goes"),
        pytest.param("The bridge opens&nbsp;", "The bridge opens", id="a space at the end, which goes"),
        pytest.param("The bridge opens&nbsp;&#160; \n", "The bridge opens\n", id="spaces before the end of a line"),
        pytest.param(
            "Fish &amp; chips &#8238; here", "Fish & chips &#8238; here", id="beside a mark of direction, which stays"
        ),
        pytest.param("Caf&eacute; &notit; here", "Caf\xe9 &notit; here", id="beside a name that HTML does not know"),
        pytest.param("&copy; 2024 Reuters", "\xa9 2024 Reuters", id="a sign by itself"),
        pytest.param("R&D at Marks &amp; Spencer", "R&D at Marks & Spencer", id="beside an ampersand that is not escaped"),
        pytest.param("name&#64;gazette.example", "name@gazette.example", id="an address that is hidden"),
        pytest.param("&#104;idden", "hidden", id="a letter that is hidden"),
        pytest.param("soft&shy;hyphen", "soft\xadhyphen", id="an invisible character"),
        pytest.param(
            "It\xe2\u20ac\u2122s \xe2\u20ac\u0153good\xe2\u20ac\x9d", "It\u2019s \u201cgood\u201d", id="quotation marks"
        ),
        pytest.param("caf\xc3\xa9 Br\xc3\xbcder", "caf\xe9 Br\xfcder", id="garbled letters in words"),
        *(
            pytest.param(garbled(text, encoding), text, id=f"{text}, read as {encoding}")
            for text in (
                *("Stra\xdfe", "\xc9cole", "\xc9COLE DE PARIS", "\xd6sterreich", "\u20ac50", "The Bridge\u2122 opens"),
                *(
                    "Wa\u0142\u0119sa w Polsce",
                    "\u010cesk\xfd d\u016fm",
                    "\xbfQu\xe9 pasa?",
                    "It\u2019s \u201cfine\u201d \u2026",
                ),
                *(
                    "\u0421\u0435\u0433\u043e\u0434\u043d\u044f \u0432 \u043d\u043e\u0432\u043e\u0441\u0442\u044f\u0445",
                    "\u65e5\u672c\u8a9e\u306e\u8a71",
                    "\u4e2d\u56fd",
                ),
                *(
                    "\u03a4\u03b1 \u03bd\u03ad\u03b1",
                    "\u05e9\u05dc\u05d5\u05dd",
                    "\u0645\u0631\u062d\u0628\u0627",
                    "\ud55c\uad6d\uc5b4 \ub274\uc2a4",
                ),
            )
            for encoding in ("cp1252", "latin-1")
        ),
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
        pytest.param("\xd0\xa1\xd0\xb5\xd0\xb3\xd0 \xd0", id="bytes of another script were lost"),
        pytest.param("&nbsp;", id="a space alone"),
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
        "MANH\xc3 \xa9, MA\xc7\xc3\xae, IRM\xc3\u2014como, \xabest\xe1\xbb\u2014dijo, \u201ccaf\xe9\u201d\xbb",
        "D\xd8\xb2, \xc5\u201d, \xe9\u201d\xbb",
        "\u201cBILLIG \xd8\u201d \u2013 \xd8\u2122, CH\xdb\xbb, MEN\xd9\u2019, \xce\u2026, 3 \xd7\u2026",
        "Law &order; crime &wp; &die;",
    ],
)
def test_what_is_meant_as_it_stands_is_no_leftover(text: str) -> None:
    assert leftovers(text) is None


def test_what_looks_like_a_leftover_is_read_whatever_it_is_about() -> None:
    assert without_leftovers('"Use &amp; here" &#8238; \xe2\u20ac\u2122') == '"Use & here" &#8238; \u2019'
