"""Which proxy the usual variables mean for a URL."""

import re

import pytest

from linkcheck.errors import UsageError
from linkcheck.fetch.http.proxies import from_environment, proxies_of, proxy_for, set_variables
from linkcheck.fetch.options import FetchOptions, Proxies
from linkcheck.urls import parse_url

P, Q = "http://p.example:3128", "http://q.example:8080"


def chosen(environment: dict[str, str], url: str) -> str | None:
    proxies = from_environment(environment)
    return None if proxies is None else proxy_for(proxies, parse_url(url))


@pytest.mark.parametrize(
    ("environment", "http", "https"),
    [
        pytest.param({}, None, None, id="nothing is set"),
        pytest.param({"HTTP_PROXY": P}, P, None, id="for http only"),
        pytest.param({"HTTPS_PROXY": P}, None, P, id="for https only"),
        pytest.param({"http_proxy": P, "https_proxy": Q}, P, Q, id="one for each, in lower case"),
        pytest.param({"ALL_PROXY": P}, P, P, id="one for all"),
        pytest.param({"all_proxy": P, "HTTPS_PROXY": Q}, P, Q, id="the closer one first"),
        pytest.param({"https_proxy": Q, "HTTPS_PROXY": P}, None, Q, id="lower case first"),
        pytest.param({"https_proxy": "", "HTTPS_PROXY": P, "ALL_PROXY": P}, P, None, id="switched off by an empty one"),
        pytest.param({"HTTP_PROXY": P, "REQUEST_METHOD": "GET"}, None, None, id="a header in a CGI script"),
        pytest.param({"http_proxy": "p.example:3128"}, P, None, id="without a scheme"),
        pytest.param(
            {"HTTPS_PROXY": P, "ALL_PROXY": "socks5://s.example", "HTTP_PROXY": P}, P, P, id="another kind, unused"
        ),
        pytest.param({"NO_PROXY": "*"}, None, None, id="exceptions only"),
        pytest.param({"HTTPS_PROXY": "  "}, None, None, id="blank"),
        pytest.param({"https_proxy": " ", "http_proxy": f" {P} "}, P, None, id="between blanks"),
    ],
)
def test_a_proxy_is_chosen_by_scheme(environment: dict[str, str], http: str | None, https: str | None) -> None:
    assert chosen(environment, "http://a.example/") == http
    assert chosen(environment, "https://a.example/") == https


@pytest.mark.parametrize(
    ("no_proxy", "url", "direct"),
    [
        ("a.example", "https://a.example/", True),
        ("a.example", "https://www.a.example/", True),
        ("a.example", "https://aa.example/", False),
        ("a.example", "https://a.example.evil.example/", False),
        (".a.example", "https://www.a.example/", True),
        (".a.example", "https://a.example/", True),
        ("*.a.example", "https://www.a.example/", True),
        ("A.EXAMPLE", "https://a.example/", True),
        ("b.example, a.example", "https://a.example/", True),
        ("b.example a.example", "https://a.example/", True),
        ("*", "https://a.example/", True),
        ("b.example,*", "https://a.example/", True),
        ("a.example:443", "https://a.example/", True),
        ("a.example:8443", "https://a.example/", False),
        ("a.example:8443", "https://a.example:8443/", True),
        ("192.0.2.1", "https://192.0.2.1/", True),
        ("192.0.2.0/24", "https://192.0.2.9/", True),
        ("192.0.2.0/24", "https://192.0.3.9/", False),
        ("192.0.2.0/24", "https://a.example/", False),
        ("2001:db8::1", "https://[2001:db8::1]/", True),
        ("[2001:db8::1]:443", "https://[2001:db8::1]/", True),
        ("2001:db8::/32", "https://[2001:db8::1]/", True),
        ("no/network", "https://a.example/", False),
        ("", "https://a.example/", False),
        (",,", "https://a.example/", False),
        (".", "https://a.example/", False),
    ],
)
def test_an_exception_means_a_host_and_all_below_it(no_proxy: str, url: str, *, direct: bool) -> None:
    assert (chosen({"HTTPS_PROXY": P, "NO_PROXY": no_proxy}, url) is None) is direct


@pytest.mark.parametrize("scheme", ["socks5", "socks5h", "https", "ftp"])
def test_a_proxy_of_another_kind_is_refused_by_the_name_of_its_variable(scheme: str) -> None:
    with pytest.raises(UsageError, match=f"ALL_PROXY is set to a {scheme}:// proxy"):
        from_environment({"ALL_PROXY": f"{scheme}://user:s3cr3t@p.example:1080"})


@pytest.mark.parametrize(
    "value",
    ["http://", "http://:3128", "http://p.example:0", "http://p.example:x", "http://p.example/a", "http://p.example?b"],
)
def test_what_is_no_proxy_is_refused(value: str) -> None:
    with pytest.raises(UsageError, match="HTTPS_PROXY is not a valid proxy URL"):
        from_environment({"HTTPS_PROXY": value})


def test_no_message_holds_a_password() -> None:
    for value in ("http://user:s3cr3tword@p.example:x", "socks5://user:s3cr3tword@p.example"):
        with pytest.raises(UsageError) as refused:
            from_environment({"HTTPS_PROXY": value})
        assert not re.search("s3cr3tword", str(refused.value))


def test_the_variables_that_name_a_proxy_are_told() -> None:
    assert set_variables({"HTTPS_PROXY": P, "http_proxy": P, "NO_PROXY": "*", "ALL_PROXY": ""}) == (
        "http_proxy",
        "HTTPS_PROXY",
    )


def test_the_proxy_of_the_options_is_for_everything() -> None:
    assert proxies_of(FetchOptions(proxy=P)) == Proxies(http=P, https=P)
    assert proxies_of(FetchOptions()) is None
