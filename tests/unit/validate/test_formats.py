import pytest

from linkcheck.validate.formats import FORMATS, LONGEST, date_or_date_time

FITS = [
    ("uri", "https://example.com/a?b=c#d"),
    ("uri", "HTTPS://EXAMPLE.COM"),
    ("uri", "https://bücher.example/straße|x"),
    ("uri", "mailto:a@example.com"),
    ("uri", "https://example.com/100%"),
    ("uri-reference", "/assets/a.png"),
    ("uri-reference", "../a.png?b#c"),
    ("uri-reference", "//example.com/a"),
    ("uri-reference", "{filename}a.md"),
    ("uri-reference", "{category}news"),
    ("uri-reference", "https://example.com/"),
    ("uri-reference", "mailto:a@example.com"),
    ("uri-reference", "a@example.com"),
    ("uri-reference", "[[a]]"),
    ("date-time", "2021-06-18T10:57:00Z"),
    ("date-time", "2021-06-18t10:57:60.123-05:30"),
    ("date-time", "2024-02-29T00:00:00Z"),
    ("date-time", "2000-02-29T00:00:00Z"),
    ("date", "2021-12-31"),
    ("date", "2021-01-01"),
    ("date", "2021-02-28"),
    ("time", "23:59:59+01:00"),
    ("time", "23:59:60Z"),
    ("time", "00:00:00-23:59"),
    ("duration", "PT37M16S"),
    ("duration", "P2W"),
    ("duration", "P1Y2M3DT4H5M6.5S"),
    ("hostname", "itpro.co.uk"),
    ("hostname", "localhost"),
    ("hostname", "a" * 63),
    ("hostname", "a." * 126 + "a"),
    ("hostname", "xn--bcher-kva.example"),
    ("idn-hostname", "bücher.example"),
    ("email", "a.b+c@example.com"),
    ("idn-email", "ä@bücher.example"),
    ("ipv4", "192.0.2.1"),
    ("ipv6", "2001:db8::1"),
    ("uuid", "123E4567-e89b-12d3-a456-426614174000"),
    ("json-pointer", ""),
    ("uri", "  "),
    ("uri", ""),
    ("date", ""),
    ("email", ""),
    ("json-pointer", "/a~1b/0"),
    ("regex", "^a+$"),
    ("regex", r"(?i)^[a-z0-9_.+-]+@[a-z0-9-]+\.[a-z0-9.-]+$"),
    ("regex", "(?i)N" + "[!-\U0010ffff]" * 130),
    ("regex", r"(?i)" + r"[!-\uffff]" * 80),
    ("regex", "[가-힣]+"),
]

MISFITS = [
    ("uri", "/a", "is not an absolute URL"),
    ("uri", "www.example.com", "is not an absolute URL"),
    ("uri", "http://", "without a host"),
    ("uri", "http:/example.com", "without a host"),
    ("uri", "https://example.com/a b", "has a space"),
    ("uri", "https://example.com/a\nb", "has a line break"),
    ("uri", "https://example.com/\u2028a", "has the character U+2028"),
    ("uri", "https://example.com\u00a0", "whitespace around"),
    ("uri", "“https://example.com/”", "typographic quotes (U+201C)"),
    ("uri", "« https://example.com/ »", "typographic quotes (U+00AB)"),
    ("uri", "\u200bhttps://example.com/", "starts with a zero-width space (U+200B)"),
    ("uri-reference", "\u2018/a.png\u2019", "typographic quotes (U+2018)"),
    ("uri-reference", "/a.png\ufeff", "ends with a zero-width no-break space (U+FEFF)"),
    ("uri", "{{ site.url }}/a", "template"),
    ("uri", 'https://example.com/"', 'the character "'),
    ("uri-reference", "a b.png", "has a space"),
    ("uri-reference", "https:///a.png", "without a host"),
    ("uri-reference", "http:a", "without a host"),
    ("uri-reference", "mailto:", "without a host"),
    ("uri-reference", "see the page", "is text, not a URL"),
    ("uri-reference", "/a b", "has a space"),
    ("uri-reference", "/{a", "template"),
    ("uri-reference", "/a}", "template"),
    ("uri", "see the page", "is text, not a URL"),
    ("uri", "[[a]]", "is a wiki link"),
    ("date-time", "2021-02-30T10:57:00Z", "February 2021 has 28 days"),
    ("date-time", "2021-02-30", "February 2021 has 28 days"),
    ("date-time", "1900-02-29T00:00:00Z", "February 1900 has 28 days"),
    ("date-time", "2021-13-01T00:00:00Z", "no month 13"),
    ("date-time", "2021-06-00T00:00:00Z", "June 2021 has 30 days"),
    ("date-time", "2021-06-18T24:00:00Z", "not a valid time"),
    ("date-time", "2021-06-18T10:57:00+24:00", "not a valid time"),
    ("date-time", "2021-06-18T10:57:00", "has no time zone"),
    ("date-time", "2021-06-18", "is a date without a time"),
    ("date-time", "yesterday", "not a date and time"),
    ("date-time", "٢٠٢١-06-18T10:57:00Z", "not a date and time"),
    ("date", "2021-6-8", "is not a date"),
    ("date", "2021-04-31", "April 2021 has 30 days"),
    ("date", "2021-00-01", "no month 00"),
    ("date", "2021-01-00", "January 2021 has 31 days"),
    ("time", "10:57", "is not a time"),
    *(
        ("time", text, "not a valid time")
        for text in ("24:00:00Z", "00:60:00Z", "00:00:61Z", "00:00:00+24:00", "00:00:00-00:60")
    ),
    ("duration", "P", "is not a duration"),
    ("duration", "P1DT", "is not a duration"),
    ("duration", "37 min", "is not a duration"),
    ("hostname", "https://example.com", "is not a host name"),
    ("hostname", "-a.example", "is not a host name"),
    ("hostname", "a..example", "is not a host name"),
    ("hostname", "bücher.example", "is not a host name"),
    ("hostname", "a" * 64 + ".example", "is not a host name"),
    ("hostname", "a." * 126 + "aa", "is not a host name"),
    ("idn-hostname", "\u00fc." * 126 + "aa", "is not a host name"),
    ("email", "example.com", "is not an e-mail"),
    ("email", "ä@example.com", "is not an e-mail"),
    ("ipv4", "256.0.0.1", "is not an IPv4"),
    ("ipv4", "::1", "is not an IPv4"),
    ("ipv6", "fe80::1%eth0", "is not an IPv6"),
    ("uuid", "123", "is not a UUID"),
    ("json-pointer", "a/b", "is not a JSON Pointer"),
    ("json-pointer", "/a~2", "is not a JSON Pointer"),
    ("regex", "(", "is not a regular expression"),
    ("regex", "[z-a]", "bad character range"),
    ("regex", "(?<=a+b", "missing ), unterminated group"),
    ("regex", r"\p{Letters}", "unknown property Letters (did you mean Letter?) at position 0"),
    ("uri", "https://example.com/" + "a" * LONGEST, "characters long"),
]


@pytest.mark.parametrize(("name", "text"), FITS, ids=[f"{name} {text[:40]!r}" for name, text in FITS])
def test_text_that_fits_its_format(name: str, text: str) -> None:
    assert FORMATS[name](text) is None


@pytest.mark.parametrize(("name", "text", "says"), MISFITS, ids=[f"{name} {text[:40]!r}" for name, text, _ in MISFITS])
def test_a_misfit_says_why(name: str, text: str, says: str) -> None:
    misfit = FORMATS[name](text)
    assert misfit is not None
    assert says in misfit.message


@pytest.mark.parametrize(
    ("name", "text", "better"),
    [
        ("date-time", "2021-06-18 10:57:00 +0100", "2021-06-18T10:57:00+01:00"),
        ("date-time", "2021-06-18T10:57Z", "2021-06-18T10:57:00Z"),
        ("uri", " https://example.com/ ", "https://example.com/"),
        ("uri", "www.example.com/a", "https://www.example.com/a"),
        ("uri", "“https://example.com/”", "https://example.com/"),
        ("uri-reference", "\u2018/a.png\u2019", "/a.png"),
    ],
)
def test_what_is_plainly_meant_is_suggested_and_fits(name: str, text: str, better: str) -> None:
    misfit = FORMATS[name](text)
    assert misfit is not None
    assert misfit.suggestion == better
    assert FORMATS[name](better) is None


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("2025-04-10", "Add the time and its time zone, for example 2025-04-10T10:57:00Z."),
        ("2025-04-10 06:00", "Add an offset, or Z where it is UTC: 2025-04-10T06:00:00Z."),
        ("April 10, 2025", "Use date, time and time zone, for example 2021-06-18T10:57:00Z."),
        ("2025-04-31", "Correct the day."),
        ("2025-04-10T26:00", "Correct the time: hours go to 23, minutes and seconds to 59."),
    ],
)
def test_a_hint_keeps_the_date_that_is_written(text: str, hint: str) -> None:
    misfit = FORMATS["date-time"](text)
    assert misfit is not None
    assert misfit.hint == hint


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("4/27/2023", "Use a day such as 2021-06-18, or with its time 2021-06-18T10:57:00Z."),
        ("2018-11-20 16:33 +0100", "Use 2018-11-20T16:33:00+01:00"),
        ("2018-11-20 16:33", "Add an offset, or Z where it is UTC: 2018-11-20T16:33:00Z."),
        ("2018-02-30", "Correct the day."),
        ("2018-02-30 16:33", "Correct the day."),
        ("2018-11-20T26:33:00Z", "Correct the time: hours go to 23, minutes and seconds to 59."),
    ],
)
def test_either_a_date_or_a_date_and_time_is_the_closer_one(text: str, hint: str) -> None:
    misfit = date_or_date_time(text)
    assert misfit is not None
    assert misfit.hint == hint


@pytest.mark.parametrize("text", ["2018-11-20", "2018-11-20T16:33:00Z"])
def test_either_a_date_or_a_date_and_time_is_right(text: str) -> None:
    assert date_or_date_time(text) is None


@pytest.mark.parametrize(
    ("name", "text", "hint"),
    [
        ("uri", "/a", "Start it with https:// and the host."),
        ("uri", "example.com/a", "Start it with https://: https://example.com/a"),
        ("uri", "a@example.com", "Use mailto:a@example.com, or the URL of a page."),
        ("uri", "http//a.example", "Start it with https://: https://a.example"),
        ("uri", "https:", "Use https://, the host, and the path."),
        ("uri", "a{b", "Use the URL that the template produces."),
        ("uri", "a\x01b", "Replace spaces with %20; remove line breaks."),
        ("uri", "a<b", "Replace it with %3C."),
        ("hostname", "example.com/a", "Use the host alone, without scheme, port or path: example.com."),
        ("hostname", "example.com:1", "Use the host alone, without scheme, port or path: example.com."),
        ("hostname", "a_b", "Use letters, digits and hyphens, separated by dots: example.com."),
    ],
)
def test_a_hint_fits_what_is_written(name: str, text: str, hint: str) -> None:
    misfit = FORMATS[name](text)
    assert misfit is not None
    assert misfit.hint == hint


@pytest.mark.parametrize(("name", "longest"), [("uri-reference", LONGEST), ("regex", 1_000)])
def test_a_text_is_checked_up_to_its_longest_length(name: str, longest: int) -> None:
    assert FORMATS[name]("a" * longest) is None
    misfit = FORMATS[name]("a" * (longest + 1))
    assert misfit is not None
    assert (misfit.message, misfit.hint) == (
        f"is {longest + 1:,} characters long",
        f"No more than {longest:,} are checked.",
    )
