import pytest

from linkcheck.fetch.attempt.bot_wall import challenge_header, challenge_page, is_site_failure, vendor_of


def test_a_living_page_with_a_vendors_script_is_no_challenge() -> None:
    page = b'<title>News</title><script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>'
    assert challenge_page(200, page) is None
    assert challenge_page(403, page) == "Cloudflare's challenge page"


@pytest.mark.parametrize(
    ("headers", "evidence"),
    [
        ({"cf-mitigated": "challenge"}, "cf-mitigated: challenge"),
        ({"x-amzn-waf-action": "captcha"}, "x-amzn-waf-action: captcha"),
        ({"x-kpsdk-ct": ""}, "x-kpsdk-ct"),
        ({"x-kpsdk-ct": "x" * 41}, "x-kpsdk-ct: " + "x" * 40),
        ({"server": "cloudflare"}, None),
        ({}, None),
    ],
    ids=["cloudflare", "aws", "empty", "long", "a-clue-alone", "nothing"],
)
def test_a_header_made_for_it_is_evidence_and_a_clue_is_not(headers: dict[str, str], evidence: str | None) -> None:
    assert challenge_header(headers) == evidence


@pytest.mark.parametrize(
    ("headers", "cookies", "vendor"),
    [
        ({"server": "cloudflare"}, [], "cloudflare"),
        ({"server": "AkamaiGHost"}, [], "akamai"),
        ({"x-iinfo": "1-2-3"}, [], "imperva"),
        ({"server": "Sucuri/Cloudproxy"}, [], "sucuri"),
        ({"x-served-by": "cache-fra-1"}, [], "fastly"),
        ({"x-amz-cf-id": "abc"}, [], "cloudfront"),
        ({}, ["datadome=abc; Path=/"], "datadome"),
        ({}, ["_abck=1"], "akamai"),
        ({"server": "nginx"}, [], None),
    ],
)
def test_a_vendor_is_known_by_its_headers_and_cookies(
    headers: dict[str, str], cookies: list[str], vendor: str | None
) -> None:
    assert vendor_of(headers, cookies) == vendor


CLOUDFLARE = b'<div class="cf-error-details"><span class=a>Error</span> <span class="cf-error-code">%d</span></div>'


@pytest.mark.parametrize(
    ("body", "wall", "fails"),
    [
        (b"error code: 1015", "Cloudflare's rate limit, error 1015", False),
        (b" error code: 1020\n", "Cloudflare's refusal page, error 1020", False),
        (b"error code: 1016", None, True),
        (b"error code: 1106x", None, False),
        (CLOUDFLARE % 1006, "Cloudflare's refusal page, error 1006", False),
        (CLOUDFLARE % 1000, None, True),
        (CLOUDFLARE[32:] % 1006, None, False),
    ],
)
def test_an_error_of_cloudflare_refuses_the_visitor_or_is_a_failure_of_the_site(
    body: bytes,
    wall: str | None,
    fails: bool,  # noqa: FBT001 - a table's column
) -> None:
    assert challenge_page(409, body) == wall
    assert is_site_failure(body) is fails
