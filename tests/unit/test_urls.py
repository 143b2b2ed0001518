"""URLs: read, masked, compared."""

import subprocess
import sys

import pytest

from linkcheck.urls import (
    LONGEST_URL,
    InvalidUrl,
    Url,
    host_matches,
    is_below,
    is_registry,
    is_relative,
    mask,
    page_key,
    parse_url,
    port_refusal,
    registrable_domain,
    same_page,
    scheme_of,
    unicode_host,
)

SECRET_NAMES = (
    *("auth", "code", "hmac", "key", "otp", "pass", "pw", "sas", "sig", "ticket"),
    *("sid", "sessid", "phpsessid", "jsessionid", "session", "sessionid", "session_id"),
    *("hdnea", "hdnts", "hdntl", "awsaccesskeyid", "X-Amz-Signature", "X-Amz-Credential", "X-Amz-Security-Token"),
    *("token", "access_token", "id_token", "refresh_token", "secret", "client_secret", "signature", "credential"),
    *("password", "passwd", "passphrase", "passcode", "pwd", "authorization", "authorisation", "bearer", "oauth", "jwt"),
    *("csrf", "xsrf", "SAMLResponse"),
    *(f"{owner}{between}key" for owner in ("api", "app", "access", "auth", "private") for between in ("", "_", "-", ".")),
    *(f"{owner}_key" for owner in ("subscription", "client", "consumer", "license", "licence", "account", "user")),
    *("signing_key", "encryption_key", "master_key"),
)
"""Names of parameters whose values are credentials."""


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("https://example.com/a?b=2&a=1", "https://example.com/a?b=2&a=1"),
        ("https://example.com", "https://example.com/"),
        ("HTTPS://EXAMPLE.COM/Path", "https://example.com/Path"),
        ("https://example.com:443/", "https://example.com/"),
        ("http://example.com:443/", "http://example.com:443/"),
        ("https://example.com/%7Ea/%c3%a9?q=%20+", "https://example.com/%7Ea/%c3%a9?q=%20+"),
        ("https://example.com/é?ü", "https://example.com/%C3%A9?%C3%BC"),
        ("https://example.com/a b", "https://example.com/a%20b"),
        ("https://example.com/a//b/../c/./d", "https://example.com/a//c/d"),
        ("https://example.com/%2e%2e/a", "https://example.com/a"),
        ("https://example.com/a\\b", "https://example.com/a/b"),
        ("https://example.com/a#b?c", "https://example.com/a"),
        ("https://example.com/a?'", "https://example.com/a?%27"),
        ("https://example.com?", "https://example.com/?"),
        ("  https://example.com/\n", "https://example.com/"),
        ("https://example.com/a\n  b", "https://example.com/a%20%20b"),
        ("https://I❤.ws/", "https://xn--i-7iq.ws/"),
        ("https://faß.de/", "https://xn--fa-hia.de/"),
        ("https://xn--fa-hia.de/", "https://xn--fa-hia.de/"),
        ("http://a.com#@127.0.0.1/", "http://a.com/"),
        ("http://a.com?@127.0.0.1/", "http://a.com/?@127.0.0.1/"),
        ("https://a_b.example.com/", "https://a_b.example.com/"),
        ("http://example.com:/", "http://example.com/"),
    ],
)
def test_the_canonical_form_asks_for_what_was_written(text: str, href: str) -> None:
    assert parse_url(text).href == href
    assert parse_url(href).href == href


@pytest.mark.parametrize(
    "host",
    [
        "2130706433",
        "0x7f000001",
        "0X7F000001",
        "0x7f.1",
        "0x7f.0x0.0x0.0x1",
        "0177.0.0.1",
        "00000177.0.0.1",
        "017700000001",
        "127.1",
        "127.0.1",
        "127.0.0.0x1",
        "127.0.0.1.",
        "127。0。0。1",
        "127\uff0e0\uff0e0\uff0e1",
        "①②⑦.⓪.⓪.①",
        "\uff11\uff12\uff17.0.0.1",
        "127%2e0%2e0%2e1",
        "%31%32%37.0.0.1",
    ],
)
def test_every_way_to_write_an_address_is_read_as_that_address(host: str) -> None:
    assert parse_url(f"http://{host}/").host == "127.0.0.1"


@pytest.mark.parametrize(
    ("host", "read"),
    [
        ("loc%61lhost", "localhost"),
        ("ⓛⓞⓒⓐⓛⓗⓞⓢⓣ", "localhost"),
        ("lo\u00adcalhost", "localhost"),
        ("LOCALHOST.", "localhost"),
        ("[0000::1]", "[::1]"),
        ("[::ffff:127.0.0.1]", "[::ffff:7f00:1]"),
        ("0", "0.0.0.0"),
        ("127.65535", "127.0.255.255"),
        ("EXAMPLE.com.", "example.com"),
    ],
)
def test_a_host_is_read_in_its_canonical_form(host: str, read: str) -> None:
    assert parse_url(f"http://{host}/").host == read


@pytest.mark.parametrize(
    "host",
    [
        "4294967297",
        "0x100000001",
        "256.256.256.256",
        "1.1.1.1.1",
        "09.0.0.1",
        "0b1.0.0.1",
        "0o177.0.0.1",
        "127.0.0.1..",
        "[fe80::1%25lo]",
        "[::1",
        "a..b",
        ".example.com",
        "x" * 64 + ".com",
        ".".join(["x" * 60] * 5),
        "ex!ample.com",
        "a%00b.com",
        "ex ample.com",
        "example.com:65536",
        "example.com:+80",
        "example.com:\uff18\uff10",
        "example.com:abc",
        ":80",
        "",
        "@",
        "user@",
        "\ud800.com",
    ],
    ids=ascii,
)
def test_a_host_that_cannot_be_is_refused_with_a_reason(host: str) -> None:
    with pytest.raises(InvalidUrl) as caught:
        parse_url(f"http://{host}/")
    assert caught.value.detail in {"syntax", "disagreement"}
    assert str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "http://127.0.0.1\\@example.com/",
        "http://example.com\\@127.0.0.1/",
        "http://1.1.1.1 &@2.2.2.2# @3.3.3.3/",
        "http://a@b@example.com/",
        "http:example.com/",
        "http:/example.com",
        "http:///example.com/",
        "http:\\\\example.com\\x",
        "http:/\\example.com",
        "ht\ntp://example.com/",
        "http://exam\tple.com/",
        "http://us\rer@example.com/",
        "http://user<x>@example.com/",
    ],
    ids=ascii,
)
def test_where_parsers_would_see_different_hosts_nothing_is_asked(text: str) -> None:
    with pytest.raises(InvalidUrl) as caught:
        parse_url(text)
    assert caught.value.detail == "disagreement"


@pytest.mark.parametrize("text", ["/\\example.com/", "\\\\example.com/", "///example.com/", "\\a", "/\t/example.com"])
def test_a_reference_that_may_or_may_not_name_a_host_is_refused(text: str) -> None:
    with pytest.raises(InvalidUrl):
        parse_url(text, "https://base.example/")


@pytest.mark.parametrize(
    ("text", "detail", "clue"),
    [
        ("mailto:a@example.com", "scheme", "mailto"),
        ("file:///etc/passwd", "scheme", "file"),
        ("javascript:alert(1)", "scheme", "javascript"),
        ("example.com:8080/a", "syntax", "add https:// in front"),
        ("localhost:4000/", "syntax", "add https:// in front"),
        ("/a/b", "relative", "https://"),
        ("a/b", "relative", "https://"),
        ("", "syntax", "empty"),
        (" \n", "syntax", "empty"),
        ("https://example.com/" + "a" * LONGEST_URL, "too-long", "longer"),
        ("http://example.com:99999/", "syntax", "65535"),
        ("http://300.1.1.1/", "syntax", "IPv4"),
        ("http://[::g]/", "syntax", "IPv6"),
        ("http://a..example/", "syntax", "two dots"),
        (f"http://{'a' * 64}.example/", "syntax", "63"),
        (f"http://{'a.' * 127}a/", "syntax", "253"),
        ("http://a_%21/", "syntax", "invalid characters"),
    ],
)
def test_the_reason_says_what_is_wrong(text: str, detail: str, clue: str) -> None:
    with pytest.raises(InvalidUrl, match=clue) as caught:
        parse_url(text)
    assert caught.value.detail == detail


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "it is empty"),
        ("a/b", "it has no scheme; it must start with https:// or http://"),
        ("mailto:a@example.com", "scheme 'mailto' is neither http nor https"),
        ("BLOB:https://a.example/", "scheme 'blob' is neither http nor https"),
        ("example.com:8080/a", "it has no scheme: 'example.com' looks like a host; add https:// in front"),
        ("localhost:4", "it has no scheme: 'localhost' looks like a host; add https:// in front"),
        (f"{'a' * 81}:b", f"scheme '{'a' * 80}' is neither http nor https"),
        (f"{'a' * 81}:1", f"it has no scheme: '{'a' * 80}' looks like a host; add https:// in front"),
        ("https:a.example", "its host must follow two slashes, not none"),
        ("https:/a.example", "its host must follow two slashes, not '/'"),
        ("https:///a.example", "its host must follow two slashes, not '///'"),
        ("https://", "it has no host"),
        ("https://a.\texample/", "there is a tab or line break before or in its host"),
        ("https://a\\b/", "unexpected '\\' in or before the host"),
        ("https://a b/", "unexpected ' ' in or before the host"),
        ("https://a'<b/", "unexpected '<' in or before the host"),
        ("https://a@b@c/", "there is more than one '@' before its host"),
        ("https://[::g]/", "its host is not a valid IPv6 address"),
        ("https://a.example:65536/", "its port '65536' is not a number up to 65535"),
        (f"https://a.example:{'b' * 21}/", f"its port '{'b' * 20}' is not a number up to 65535"),
        ("https://300.1.1.1/", "its host is not a valid IPv4 address"),
        ("https://a.1.:80/", "its host is not a valid IPv4 address"),
        ("https://a%zz/", "its host is not a valid name"),
        ("https://a..example/", "its host name has an empty part (two dots in a row)"),
        (f"https://{'a' * 64}.example/", "a part of its host name is longer than 63 characters"),
        ("https://a!.example/", "its host name contains invalid characters ('a!')"),
        (f"https://{'a' * 40}!.example/", f"its host name contains invalid characters ('{'a' * 40}')"),
        (f"https://{'a.' * 126}aa/", "its host name is longer than 253 characters"),
        ("https://a.example/" + "b" * 8175, "it is longer than 8192 characters"),
        ("https://a.example/\ud800", "it contains a lone surrogate, which cannot be encoded"),
    ],
    ids=lambda value: ascii(value)[:60],
)
def test_what_is_wrong_with_a_url_is_said_in_a_clause(text: str, reason: str) -> None:
    with pytest.raises(InvalidUrl) as caught:
        parse_url(text)
    assert str(caught.value) == reason


def test_a_url_may_have_8192_characters() -> None:
    text = "https://a.example/" + "b" * 8174
    assert parse_url(text).href == text


@pytest.mark.parametrize("host", [f"{'a' * 63}.example", "a." * 126 + "a", "a." * 126 + "a.", "a.example."])
def test_a_host_may_be_as_long_as_dns_allows(host: str) -> None:
    assert parse_url(f"http://{host}/").host == host.removesuffix(".")


def test_a_host_is_refused_from_the_first_character_too_many() -> None:
    with pytest.raises(InvalidUrl, match="253"):
        parse_url(f"http://{'a.' * 126}aa/")
    with pytest.raises(InvalidUrl, match="invalid characters"):
        parse_url(f"http://{'a' * 62}!.example/")


def test_a_host_may_have_253_characters_and_a_final_dot_and_63_in_a_part() -> None:
    host = "a." * 126 + "b"
    assert parse_url(f"http://{host}./").host == host
    assert parse_url(f"http://{'a' * 63}.example/").host == f"{'a' * 63}.example"


def test_credentials_are_noticed_and_not_kept() -> None:
    url = parse_url("https://user:s3cret@example.com:8443/a?b")
    assert url == Url("https://example.com:8443/a?b", "https", "example.com", 8443, "/a", "b", credentials=True)
    assert "s3cret" not in repr(url)
    assert url.origin == "https://example.com:8443"
    assert url.dialled_port == 8443
    assert parse_url("http://127.0.0.1:80@example.com/").host == "example.com"


@pytest.mark.parametrize(
    ("reference", "href"),
    [
        ("b", "https://base.example/x/b"),
        ("../b?c", "https://base.example/b?c"),
        ("//other.example/b", "https://other.example/b"),
        ("?q", "https://base.example/x/y?q"),
        ("", "https://base.example/x/y"),
        ("http://other.example", "http://other.example/"),
    ],
)
def test_a_reference_is_resolved_against_its_base(reference: str, href: str) -> None:
    if reference:
        assert parse_url(reference, "https://base.example/x/y").href == href
    else:
        with pytest.raises(InvalidUrl, match="empty"):
            parse_url(reference, "https://base.example/x/y")


def test_relative_references_are_told_from_urls() -> None:
    assert [scheme_of(each) for each in ("https://a", " MAILTO:x", "/a:b", "//a", "1a:b")] == [
        "https",
        "mailto",
        None,
        None,
        None,
    ]
    assert is_relative("//example.com/")
    assert not is_relative("tel:1")


def test_an_ordinary_url_is_read_without_loading_the_parser() -> None:
    code = (
        "import sys; from linkcheck.urls import parse_url; parse_url('https://example.com/a?amp');"
        "print(sorted({'ada_url', 'urllib.parse', 'publicsuffixlist', 'asyncio'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://user:s3cr3t@h.example/a", "https://***@h.example/a"),
        ("https://user@h.example/", "https://***@h.example/"),
        ("http://u:pa/s3cr3t@h/", "http://***@h/"),
        ("http://u:pa?s3cr3t@h/", "http://***@h/"),
        ("http://u:p@x@h/", "http://***@h/"),
        ("file://u:p@h/", "file://***@h/"),
        ("http:u:p@h/", "http:***@h/"),
        ("http:\\\\u:p@h\\", "http:\\\\***@h\\"),
        ("//u:p@h/x", "//***@h/x"),
        ("https://a.example/?u=https%3A%2F%2Fu%3Ap%40h", "https://a.example/?u=https%3A%2F%2F***%40h"),
        ("https://a.example/?u=https://u:p@h", "https://a.example/?u=https://***@h"),
        ("https://a.example/?a=1;b=2", "https://a.example/?a=1;b=2"),
        ("https://a.example/?X-Amz-Signature=ab&w=1", "https://a.example/?X-Amz-Signature=***&w=1"),
        ("https://a.example/?a=1&amp;token=ab;sig=cd", "https://a.example/?a=1&amp;token=***;sig=***"),
        ("https://a.example/#access_token=ab", "https://a.example/#access_token=***"),
        ("https://a.example/?AWSAccessKeyId=AKIAEXAMPLE&Expires=1", "https://a.example/?AWSAccessKeyId=***&Expires=1"),
        (
            "https://a.example/?app_key=ab&consumer-key=cd&authKey=ef",
            "https://a.example/?app_key=***&consumer-key=***&authKey=***",
        ),
        ("https://u:" + "p" * 5_000 + "@h/", "https://***@h/"),
        ("https://h/?" + "a" * 5_000 + "token=s", "https://h/?" + "a" * 5_000 + "token=***"),
        ("https://h/?tok%65n=s&b=1", "https://h/?tok%65n=***&b=1"),
        ("https://h/?to%256ben=s", "https://h/?to%256ben=***"),
        ("https://h/?u=x%26token%3Ds%26b%3D1", "https://h/?u=x%26token%3D***%26b%3D1"),
        ("https://h/?u=x%2526token%253Ds%2526b%253D1", "https://h/?u=x%2526token%253D***%2526b%253D1"),
        ("https://h/?u=https%3A%2F%2Fu%3Ap%40h%2F", "https://h/?u=https%3A%2F%2F***%40h%2F"),
        ("https://h/?u=https%253A%252F%252Fu%253Ap%2540h%252F", "https://h/?u=https%253A%252F%252F***%2540h%252F"),
        ("https://h/?next=https://g/?token=s&x=1", "https://h/?next=https://g/?token=***&x=1"),
        ("failed: https://u:p@h/ (and http://v:q@i/)", "failed: https://***@h/ (and http://***@i/)"),
    ],
)
def test_secrets_are_masked(text: str, shown: str) -> None:
    assert mask(text) == shown
    assert mask(shown) == shown


@pytest.mark.parametrize(
    "text",
    [
        "https://medium.com/@user/post",
        "https://example.com:8080/@user",
        "https://[::1]:80/@user",
        "https://cdn.example/image/upload/s--X-WVjvBW--/f_auto,t_content@1/v1570817006/a.jpg",
        "https://example.com/?id=a978a17a-77e5-419a-857f-5e8be9ea1cf2&w=1024",
        "https://example.com/?title=information-commissioner-deeply-concerned",
        "https://example.com/?n=123456789012345678901234567890",
        "https://example.com/?keyword=a&monkey=b&author=c&passage=d",
        "https://i.example/img/media/4000.jpg?width=1200&fit=crop&s=8f14e45fceea167a5a36dedd4bea2543",
        "https://scontent.example/o.png?_nc_ohc=w5t7qBluAC4AX8JEZeW&oh=a252bffe16c5044754a&oe=5E4D2C8A",
        "https://a.example/lead.jpg?itok=Xk2v9QpL&h=d1cb525d&v=wJalrXUtnFEMI0K7MDENGbPxRfiCYEXAMPLE",
        "https://a.example/?u=https%3A%2F%2Fb.example%2F%3Fh%3DwJalrXUtnFEMI0K7MDENGbPxRfiCYEXAMPLE",
        "mailto:someone@example.com",
        "see https://example.com, or write to me@example.com",
        "https://example.com/a?b=%zz&&c=;=",
        "",
    ],
)
def test_what_is_no_secret_stays_as_it_is(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize(
    ("one", "other", "kinds"),
    [
        ("http://a.example/x", "https://a.example/x", ("to-https",)),
        ("https://a.example/x", "https://www.a.example/x", ("www",)),
        ("https://a.example/x/", "https://a.example/x", ("slash",)),
        ("https://a.example/x/index.html", "https://a.example/x/", ("index",)),
        ("https://a.example/x", "https://a.example/x/Default.aspx", ("index",)),
        ("https://a.example/index.php?id=4", "https://a.example/?id=4", ("index",)),
        ("https://a.example/%7ex%c3", "https://a.example/~x%C3", ("encoding",)),
        ("https://a.example/?utm_source=b&c", "https://a.example/?c", ("tracking",)),
        ("https://a.example/?a&b", "https://a.example/?b&a", ("query-order",)),
        ("http://a.example/x/?fbclid=1", "https://www.a.example/x", ("to-https", "www", "slash", "tracking")),
        ("https://a.example/a?at_medium=RSS&smid=tw", "https://a.example/a", ("tracking",)),
        ("https://a.example/a?_mc=NL&elq_mid=1&elqCampaignId=2", "https://a.example/a", ("tracking",)),
        ("https://a.example/a?spMailingID=1&hmb_source=x&Echobox=2", "https://a.example/a", ("tracking",)),
        ("https://a.example/d/1340022?cid=4", "https://a.example/d/1340022", ("fewer-parameters",)),
        ("https://a.example/city-opens-bridge?page=2", "https://a.example/city-opens-bridge", ("fewer-parameters",)),
        (
            "https://a.example/city-opens-bridge?newsid=4&view=9",
            "https://a.example/city-opens-bridge?view=9",
            ("fewer-parameters",),
        ),
        ("https://a.example/watch?v=abc&si=xyz", "https://a.example/watch?v=abc", ("fewer-parameters",)),
        ("https://a.example/a?fbclid=1&ref=rss", "https://a.example/a", ("tracking", "fewer-parameters")),
        ("https://a.example/Harbour%2C1%28b%29:%40%21", "https://a.example/Harbour,1(b)%3A@!", ("encoding",)),
        ("https://a.example/wiki/M%26M%27s", "https://a.example/wiki/M&M's", ("encoding",)),
        ("https://a.example/?q=old+harbour", "https://a.example/?q=old%20harbour", ("encoding",)),
        ("https://a.example/?tags%5B%5D=a%2Cb&at=7%3A30", "https://a.example/?tags[]=a,b&at=7:30", ("encoding",)),
        ("https://a.example/?a=%2C&b", "https://a.example/?b&a=,", ("query-order",)),
        ("https://a.example//x///y", "https://a.example/x/y", ("slashes",)),
        ("https://a.example/index.php/2019/x", "https://a.example/2019/x/", ("index",)),
        ("https://a.example/x.jsp;jsessionid=0F3A9C?id=5", "https://a.example/x.jsp?id=5", ("session",)),
        ("https://a.example/x;BV_SessionID=@@@@07.5@@@@/", "https://a.example/x", ("slash", "session")),
        ("https://a.example/(S(k3x9mz0a)F(1b))/x.aspx", "https://a.example/x.aspx", ("session",)),
        ("https://a.example/x?id=5&PHPSESSID=8d7e&utm_id=1", "https://a.example/x?id=5", ("tracking", "session")),
        ("https://a.example/x?ASPSESSIONIDQQCD=AB", "https://a.example/x", ("session",)),
        ("https://a.example/x?sid=8d7e31bc90a48d7e31bc90a4aabb", "https://a.example/x", ("session",)),
    ],
)
def test_trivial_differences_are_named(one: str, other: str, kinds: tuple[str, ...]) -> None:
    difference = same_page(one, other)
    assert difference is not None
    assert difference.kinds == kinds
    assert difference.trivial
    assert str(difference)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("https://a.example/", "http://a.example/", "to-http"),
        ("https://a.example/", "https://b.example/", "host"),
        ("https://a.example/", "https://a.example:8443/", "port"),
        ("https://a.example/x", "https://a.example/y", "path"),
        ("https://a.example/x", "https://a.example/x%2Fy", "path"),
        ("https://a.example/?a=1", "https://a.example/?a=2", "query"),
        ("https://a.example/?a", "https://a.example/", "query-dropped"),
        ("https://a.example/X", "https://a.example/x", "case"),
        ("https://a.example/watch?v=abcDEF", "https://a.example/watch?v=ABCdef", "case"),
        ("https://a.example/news?cid=4", "https://a.example/news", "query-dropped"),
        ("https://a.example/show?doc_id=x", "https://a.example/show?utm_source=y", "query-dropped"),
        ("https://a.example/show?id=4&page=2", "https://a.example/show?id=4", "query-dropped"),
        ("https://a.example/city-opens-bridge?cid=4", "https://a.example/city-opens-bridge?cid=5", "query"),
        ("https://a.example/city-opens-bridge", "https://a.example/city-opens-bridge?view=9", "query"),
        ("https://a.example/x/my-index.html", "https://a.example/x/", "path"),
        ("https://a.example/", "nonsense", "unreadable"),
        ("https://a.example/?b=1&b=2", "https://a.example/?b=2&b=1", "query"),
        ("https://a.example/?x[]=1&x[]=2", "https://a.example/?x[]=2&x[]=1", "query"),
        ("https://a.example/?q=a%2Bb", "https://a.example/?q=a+b", "query"),
        ("https://a.example/?q=a%26b", "https://a.example/?q=a&b", "query"),
        ("https://a.example/x%3By", "https://a.example/x;y", "path"),
        ("https://a.example/x%2By", "https://a.example/x%20y", "path"),
        ("https://a.example/x", "https://a.example/x;jsessionid=0F3A9C", "path"),
        ("https://a.example/x", "https://a.example/x?PHPSESSID=8d7e", "query"),
        ("https://a.example/x?sid=47", "https://a.example/x", "query-dropped"),
        ("https://a.example/x?to=http://b.example", "https://a.example/x?to=http:/b.example", "query"),
        ("https://a.example/x/http://b.example", "https://a.example/x/http:/b.example", "path"),
        ("https://a.example/#/x", "https://a.example/#/y", "path"),
        ("https://a.example/#!/x", "https://a.example/#/x", "path"),
        ("https://a.example/#/x", "https://a.example/", "path"),
        ("https://www.example/", "https://example/", "www"),
    ],
)
def test_real_differences_are_not_trivial(one: str, other: str, kind: str) -> None:
    difference = same_page(one, other)
    assert difference is not None
    assert kind in difference.kinds
    assert difference.trivial == (kind == "www")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://www.a.example/x/", "https://a.example/x"),
        ("https://a.example/x/index.html", "https://a.example/x"),
        ("https://a.example/x?b=1&utm_source=m&a=2", "https://a.example/x?a=2&b=1"),
        ("https://a.example/d/1340022?_mc=NL&cid=NL_DR&elq_cid=2", "https://a.example/d/1340022"),
        ("https://a.example/%7ex", "https://a.example/~x"),
        ("https://A.example.:443", "http://user:word@www.a.example/?#top"),
        ("https://a.example?utm_source=m", "https://a.example/"),
        ("https://xn--zrich-kva.example/x", "https://ZÜRICH.example/x"),
        ("https://a.example/z%C3%BCrich", "https://a.example/zürich"),
        ("https://a.example/#/x/?utm_id=1", "http://a.example/#/x/?utm_id=1"),
        ("https://a.example/#/x/", "https://www.a.example/#/x"),
        ("https://a.example/#!/", "https://a.example/#comments"),
        ("https://a.example//x%2C1", "https://a.example/x,1/"),
        ("https://a.example/index.php/x?q=a+b", "https://a.example/x?q=a%20b"),
        ("https://a.example/x;jsessionid=0F3A?id=5", "https://a.example/x?id=5&PHPSESSID=8d7e"),
        ("https://a.example//index.html", "https://a.example"),
    ],
)
def test_urls_of_one_page_have_one_key(one: str, other: str) -> None:
    assert page_key(one) == page_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/x", "https://b.example/x"),
        ("https://a.example/x", "https://a.example/X"),
        ("https://a.example/x?cid=4", "https://a.example/x?cid=5"),
        ("https://a.example/watch?v=abc", "https://a.example/watch?v=ABC"),
        ("https://a.example:8443/x", "https://a.example/x"),
        ("https://a.example/city-opens-bridge?cid=4", "https://a.example/city-opens-bridge?cid=5"),
        ("https://a.example/city-opens-bridge?ref=a", "https://a.example/city-opens-bridge"),
        ("https://a.example/city-opens-bridge?cid=4&utm_id=1", "https://a.example/city-opens-bridge?cid=5&utm_id=1"),
        ("https://a.example/city-opens-bridge?newsid=4", "https://a.example/city-opens-bridge?newsid=5"),
        ("https://the-daily-news.example/?utm_id=1&ref=a", "https://the-daily-news.example/?utm_id=1&ref=b"),
        ("https://a.example/x%2Fy", "https://a.example/x/y"),
        ("https://a.example/#/x", "https://a.example/#/y"),
        ("https://a.example/#!x", "https://a.example/#!y"),
        ("https://a.example/#/x", "https://a.example/"),
        ("https://a.example/#!/x", "https://a.example/#/x"),
        ("https://a.example/x?b=1&b=2", "https://a.example/x?b=2&b=1"),
        ("https://a.example/x?sid=47", "https://a.example/x?sid=48"),
    ],
)
def test_urls_of_two_pages_have_two_keys(one: str, other: str) -> None:
    assert page_key(one) != page_key(other)


@pytest.mark.parametrize(
    "text",
    [
        *("", "#", "/a", "a.html", "//a.example/x", "www.a.example/x", "TODO", "{{ url }}", "tel:+4930", "urn:isbn:97801"),
        *("mailto:a@a.example", "data:text/html,https://a.example/", "javascript:void(0)", "ftp://a.example/x", "https://"),
    ],
)
def test_what_is_no_page_has_no_key(text: str) -> None:
    assert page_key(text) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example", "https://A.example:443/#x"),
        ("https://a.example/?", "https://a.example/"),
        ("https://a.example./", "https://a.example/"),
        ("https://u:p@a.example/", "https://a.example/"),
    ],
)
def test_two_spellings_of_one_url_do_not_differ(one: str, other: str) -> None:
    assert same_page(one, other) is None


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("media.itpro.co.uk", "itpro.co.uk"),
        ("itpro.co.uk", "itpro.co.uk"),
        ("WWW.Example.COM.", "example.com"),
        ("someone.github.io", "someone.github.io"),
        ("co.uk", None),
        ("localhost", None),
        ("127.0.0.1", None),
        ("[::1]", None),
        ("www.xn--bcher-kva.ch", "xn--bcher-kva.ch"),
    ],
)
def test_the_registrable_domain_goes_by_the_public_suffix_list(host: str, domain: str | None) -> None:
    assert registrable_domain(host) == domain


@pytest.mark.parametrize(
    ("name", "registry"),
    [
        *(("com", True), ("co.uk", True), ("xn--p1ai", True), ("invented", True), ("a.ck", True), ("www.ck", False)),
        *(("example.com", False), ("github.io", False), ("gitlab.io", False), ("a.invented", False)),
    ],
)
def test_a_registry_is_what_hands_out_names_to_anybody(name: str, *, registry: bool) -> None:
    assert is_registry(name) is registry


def test_punycode_has_its_unicode_beside_it() -> None:
    assert unicode_host("xn--80ak6aa92e.com") == "\u0430\u0440\u0440\u04cf\u0435.com"
    assert unicode_host("example.com") is None


def test_only_ports_of_the_web_and_named_ones_are_asked() -> None:
    assert port_refusal(80) is port_refusal(443) is port_refusal(8080, allow={8080}) is None
    for port in (0, 22, 25, 6379, 8080, 65535):
        assert str(port) in (port_refusal(port) or "")


@pytest.mark.parametrize(
    ("url", "folder", "below"),
    [
        ("https://a.example/blog/x", "https://a.example/blog", True),
        ("https://a.example/blog/x", "https://a.example/blog/", True),
        ("https://a.example/blog", "https://a.example/blog/", True),
        ("http://www.a.example/x?y=1", "https://a.example", True),
        ("https://a.example/blogs/x", "https://a.example/blog", False),
        ("https://b.example/blog/x", "https://a.example/blog", False),
        ("https://a.example:8443/x", "https://a.example/", False),
        ("mailto:me@a.example", "https://a.example/", False),
    ],
)
def test_whether_a_url_is_below_a_folder(url: str, folder: str, below: bool) -> None:  # noqa: FBT001 - a table's column
    assert is_below(url, folder) is below


@pytest.mark.parametrize(
    ("pattern", "host", "named"),
    [
        ("a.example", "a.example", True),
        ("A.Example", "a.example", True),
        ("a.example", "b.a.example", False),
        ("*.a.example", "b.a.example", True),
        ("*.a.example", "c.b.a.example", True),
        ("*.a.example", "a.example", False),
        ("*.a.example", "evil-a.example", False),
        ("*.Bücher.example", "www.xn--bcher-kva.example", True),
        ("bücher.example", "xn--bcher-kva.example", True),
        ("*", "anything.example", True),
        ("[2606:4700::1]", "[2606:4700::1]", True),
        ("a*.example", "ab.example", False),
        ("https://a.example", "a.example", False),
    ],
)
def test_a_pattern_names_hosts_and_nothing_else(pattern: str, host: str, *, named: bool) -> None:
    assert host_matches(pattern, host) is named


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        pytest.param("www.ck", "www.ck", id="a name that is an exception to *.ck"),
        pytest.param("a.www.ck", "www.ck", id="a name below an exception"),
        pytest.param("a.city.kawasaki.jp", "city.kawasaki.jp", id="a name below an exception of three labels"),
        pytest.param("x.ck", None, id="a suffix by *.ck"),
        pytest.param("a.x.ck", "a.x.ck", id="a name below a suffix by *.ck"),
    ],
)
def test_exceptions_of_the_public_suffix_list_are_registrable(host: str, domain: str | None) -> None:
    assert registrable_domain(host) == domain


@pytest.mark.parametrize("name", [*SECRET_NAMES, *map(str.upper, SECRET_NAMES)])
def test_the_value_of_a_parameter_that_is_named_as_a_credential_is_masked(name: str) -> None:
    assert mask(f"https://a.example/?{name}=Zm9v&page=2") == f"https://a.example/?{name}=***&page=2"


@pytest.mark.parametrize("name", ["keyword", "author", "passage", "sigma", "codec", "inside", "tickets", "design"])
def test_a_parameter_whose_name_only_contains_such_a_name_is_shown(name: str) -> None:
    assert mask(f"https://a.example/?{name}=Zm9v") == f"https://a.example/?{name}=Zm9v"


@pytest.mark.parametrize("text", ["localhost:8080/a", "a.example:80", "a.example:x", "localhost:1"])
def test_a_host_with_a_port_is_not_taken_for_a_scheme(text: str) -> None:
    with pytest.raises(InvalidUrl, match="looks like a host; add https:// in front"):
        parse_url(text)


@pytest.mark.parametrize("text", ["mailto:a@b.example", "data:,1", "localhost:", "tel:+491"])
def test_a_scheme_is_not_taken_for_a_host(text: str) -> None:
    with pytest.raises(InvalidUrl, match="is neither http nor https"):
        parse_url(text)


def test_of_different_paths_only_that_is_told() -> None:
    difference = same_page("https://a.example/b/c.html?x=1", "https://a.example/")
    assert difference is not None
    assert (difference.kinds, str(difference)) == (("slash", "path", "query-dropped"), "different path, no query")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/Story", "https://a.example/story"),
        ("https://a.example/?A=1", "https://a.example/?a=1"),
        ("https://a.example/?a=X", "https://a.example/?a=x"),
    ],
)
def test_a_difference_of_case_is_one_in_both_directions(one: str, other: str) -> None:
    for first, second in ((one, other), (other, one)):
        difference = same_page(first, second)
        assert difference is not None
        assert difference.kinds == ("case",)
