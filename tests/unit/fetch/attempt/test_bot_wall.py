import pytest

from linkcheck.fetch.attempt.bot_wall import (
    READ_BYTES,
    challenge_header,
    challenge_of,
    challenge_page,
    is_site_failure,
    may_be_wall,
    vendor_of,
)
from linkcheck.model import Answer


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


def answered(status: int = 200, body: bytes = b"", **more: str) -> str | None:
    return challenge_of(Answer(status, "https://a.example/b", **more), body)  # type: ignore[arg-type]


def test_the_evidence_of_an_answer_is_its_header_else_its_body() -> None:
    assert (
        answered(403, b"<title>Just a moment...</title>", challenge="cf-mitigated: challenge") == "cf-mitigated: challenge"
    )
    assert answered(403, b"<title>Just a moment...</title>") == "Cloudflare's challenge page"
    assert answered(200, b"<title>Just a moment...</title>") == challenge_page(200, b"<title>Just a moment...</title>")
    assert answered(200, b"<title>News</title>") is None


@pytest.mark.parametrize(
    ("status", "body", "vendor", "is_so"),
    [
        (202, b"", "cloudfront", True),
        (202, b"", "aws-waf", True),
        (202, b"", "fastly", False),
        (202, b"<title>News</title>", "cloudfront", False),
        (200, b"", "cloudfront", False),
    ],
)
def test_an_empty_acceptance_of_some_vendors_is_a_challenge(status: int, body: bytes, vendor: str, *, is_so: bool) -> None:
    assert (answered(status, body, vendor=vendor) == "an empty answer from CloudFront") is is_so


@pytest.mark.parametrize(
    ("status", "is_so"), [(200, False), (201, False), (202, True), (203, False), (399, False), (400, True)]
)
def test_a_wall_may_have_a_status_that_says_little(status: int, *, is_so: bool) -> None:
    assert may_be_wall(status) is is_so


@pytest.mark.parametrize("status", [401, 403, 429, 999])
def test_a_refusal_is_of_the_vendor_whose_mark_it_has(status: int) -> None:
    assert challenge_page(status, b"<p>errors.edgesuite.net</p>") == "Akamai's refusal page"
    assert challenge_page(status, b"<div class=g-recaptcha>") == "a captcha"
    assert challenge_page(404, b"<div class=g-recaptcha>") is None


@pytest.mark.parametrize(("padding", "is_so"), [(0, True), (READ_BYTES, False)])
def test_a_refresh_to_a_captcha_is_one_if_it_is_in_what_is_read(padding: int, *, is_so: bool) -> None:
    refresh = b'<meta http-equiv = "Refresh" content="0; url=https://captcha.shop.example/">'
    wall = "redirected to a captcha, captcha.shop.example/"
    assert answered(200, b" " * padding + refresh) == (wall if is_so else None)
    assert answered(200, refresh.replace(b"captcha.", b"www.")) is None
