"""Which pages are nothing but a bot wall, by their bytes and status."""

import pytest

from linkcheck.fetch.attempt.bot_wall_page import wall_page


def page(title: str, body: str, head: str = "") -> bytes:
    return f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>".encode()


WALLS = {
    "Alibaba's cookie set": (
        b"<html><script>var arg1='2A';function reload(x) {setCookie(\"acw_sc__v2\", x)}</script></html>",
        "Alibaba's challenge page",
    ),
    "DataDome's settings": (
        page("w.example", "<script data-cfasync=false>var dd={'rt':'c','host':'geo.captcha-delivery.com'}</script>"),
        "DataDome's captcha",
    ),
    "Sucuri's cookie": (
        page(
            "You are being redirected...",
            "<noscript>Wait.</noscript><script>sucuri_cloudproxy_js='';</script>",
        ),
        "Sucuri's challenge page",
    ),
    "an unquoted id": (page("w.example", "<div id=px-captcha class=a></div>"), "HUMAN's captcha"),
    "Fastly's message": (
        page(
            "Client Challenge",
            "<p>A required part of this site couldn't load. Please check your connection or disable any ad blockers.</p>",
            "<script src=/_fs-ch-1T1/script.js></script>",
        ),
        "Fastly's challenge page",
    ),
    "Anubis in another language": (
        page("Wir prüfen, dass du kein Bot bist!", "<p>Geschützt durch Anubis.</p><script id=anubis_challenge>{}</script>"),
        "Anubis' challenge page",
    ),
    "Imunify360's form": (
        page("w.example", "<h1>Please wait while your request is being verified...</h1><form id=wsidchk-form></form>"),
        "Imunify360's challenge page",
    ),
    "a refusal with a script": (
        page(
            "Pardon Our Interruption",
            "<h1>Pardon Our Interruption</h1><p>Something about your browser made us think you were a bot.</p>",
            "<script src=/a-challenge.js></script>",
        ),
        "a page titled 'Pardon Our Interruption'",
    ),
    "Amazon's page with a joke": (
        page("Sorry! Something went wrong!", "<!-- To discuss automated access to Amazon data --><p>Meet the dogs</p>"),
        "Amazon's page for robots",
    ),
}
LIVING = {
    "a title in other letters than its heading": page(
        "Security Check", "<h1>SECURITY CHECK</h1><p>Keep liquids below 100 ml.</p>", "<script src=/recaptcha.js></script>"
    ),
    "a heading that the title repeats, and a form": page(
        "Are you human?", "<h1>Are you human?</h1><form><input name=a><div class=g-recaptcha></div></form>"
    ),
    "Imperva's script below a title": page("Shop", "", "<script src=/_Incapsula_Resource?SWJIYLWA=1></script>"),
    "Imperva's script beside another": page(
        "", "", "<script src=/_Incapsula_Resource?SWJIYLWA=1></script><script src=/a.js></script>"
    ),
    "a wall's script in a page for browsers without scripts": page(
        "Map", "<noscript>Enable JavaScript</noscript><p>The harbor at noon.</p><script src=/__qrator/a.js></script>"
    ),
    **{
        f"a wall's script below {text!r}": page("Shop", f"<h1>Shop</h1><p>{text}</p><script src=/__qrator/a.js></script>")
        for text in (
            "Your cart is empty. Continue shopping",
            "All texts are protected by copyright",
            "JavaScript is a language for pages",
            "Check the site for dates",
            "This recipe needs cookies and milk",
            "The robot opens at noon",
        )
    },
    "a heading alone": page("Harbor", "<h1>The harbor at noon</h1><script src=/_sec/cp_challenge/a.js></script>"),
}


@pytest.mark.parametrize("status", [200, 202, 404, 503])
@pytest.mark.parametrize(("body", "name"), WALLS.values(), ids=WALLS)
def test_a_wall_is_named(body: bytes, name: str, status: int) -> None:
    assert wall_page(body, status) == name


@pytest.mark.parametrize("status", [200, 404])
@pytest.mark.parametrize("body", LIVING.values(), ids=LIVING)
def test_a_page_of_its_own_is_no_wall(body: bytes, status: int) -> None:
    assert wall_page(body, status) is None


WIDGET = "<form><div class=g-recaptcha></div></form>"
LOADS = "<script src=https://captcha-delivery.com/x></script>"
REJECTED = "The requested URL was rejected. Please consult with your administrator."


@pytest.mark.parametrize(
    ("title", "body", "status", "name"),
    [
        ("Robot check", WIDGET, 200, "a captcha"),
        ("Shop", WIDGET, 200, None),
        ("Shop", WIDGET, 399, None),
        ("Shop", WIDGET, 400, "a captcha"),
        ("Shop", f"{WIDGET}<input name=q>", 403, None),
        ("Shop", f"{WIDGET}<input type=hidden>", 403, "a captcha"),
        ("Robot check", f"{WIDGET}<textarea>", 403, "a captcha"),
        ("Robot check", f"{WIDGET}<textarea>", 200, None),
        ("Robot check", f"An article about the bridge.{WIDGET}", 403, None),
        ("Robot check", WIDGET, 404, "a captcha"),
        ("Shop", WIDGET, 404, None),
        ("Shop", f"Please enable JavaScript{WIDGET}", 404, "a captcha"),
        ("Shop", f"Please enable JavaScript{WIDGET}", 410, "a captcha"),
        ("Page not found", f"Please enable JavaScript{WIDGET}", 404, None),
        ("Shop", f"<h1>Page not found</h1>Please enable JavaScript{WIDGET}", 404, None),
        ("Shop", f"<h2>Are you human?</h2>{WIDGET}", 200, "a captcha"),
        ("Shop", f"<h5>Are you human?</h5>{WIDGET}", 200, None),
        ("Robot check", "<form>", 200, None),
    ],
)
def test_a_captcha_is_a_wall_where_nothing_else_is_on_the_page(title: str, body: str, status: int, name: str | None) -> None:
    assert wall_page(page(title, body), status) == name


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (LOADS, "DataDome's captcha"),
        (LOADS.upper().replace("HTTPS://CAPTCHA-DELIVERY.COM", "https://captcha-delivery.com"), "DataDome's captcha"),
        (f"{LOADS}An article about the bridge.", None),
        (f"{LOADS}<div id=root></div>", None),
        (f'{LOADS}<div class="a" id="__next"></div>', None),
        (f"{LOADS}<nav>", None),
        (f"{LOADS}<article>", None),
        (f"<link rel=canonical>{LOADS}", None),
        (f"<meta property=og:title>{LOADS}", None),
        ("<a href=https://captcha-delivery.com/x>x</a><script></script>", None),
        ("<script>window._cf_chl_opt = {a: 1}</script>", "Cloudflare's challenge page"),
        ("<script>window._cf_chl_opt = {a: 1}", "Cloudflare's challenge page"),
        ("<SCRIPT>window._cf_chl_opt = {a: 1}</SCRIPT>", "Cloudflare's challenge page"),
        ("<script type=application/json>window._cf_chl_opt = {a: 1}</script>", None),
        ("<style>window._cf_chl_opt = {a: 1}</style><form>", None),
        ("<noscript>Enable JavaScript</noscript><script>window._cf_chl_opt={</script>", "Cloudflare's challenge page"),
        ("<!-- automated access to Amazon data --><form>", "Amazon's page for robots"),
        ("<script src=/_Incapsula_Resource?SWJIYLWA=1></script>", "Imperva's challenge page"),
        ("<script src=/_Incapsula_Resource?SWJIYLWA=1></script>text", None),
        (f"<p>{REJECTED}", "F5's refusal page"),
        (f"<p>Error. {REJECTED}", None),
        (f"<noscript>Error</noscript><p>{REJECTED}", None),
        (f"<p>{REJECTED} {'x' * (1200 - len(REJECTED) - 1)}", "F5's refusal page"),
        (f"<p>{REJECTED} {'x' * (1200 - len(REJECTED))}", None),
    ],
)
def test_a_marker_counts_where_a_wall_has_it(body: str, name: str | None) -> None:
    assert wall_page(body.encode(), 200) == name


def test_a_refusal_may_have_words_before_it_where_the_status_is_an_error() -> None:
    assert wall_page(f"<p>Error. {REJECTED}".encode(), 403) == "F5's refusal page"


@pytest.mark.parametrize(
    ("title", "body", "name"),
    [
        ("Just a moment...", "Please enable JavaScript<form class=captcha>", "a page titled 'Just a moment...'"),
        ("Just a moment...", "<form class=captcha>", None),
        ("Just a moment...", "Please enable JavaScript<form>", None),
        ("Shop", "Please enable JavaScript<form class=captcha>", None),
        ("Robot check", "<form action=/errors/validateCaptcha></form>An article about the bridge.", "Amazon's captcha"),
        ("Just a moment...", "<form action=/errors/validateCaptcha></form>An article about the bridge.", None),
    ],
)
def test_a_title_makes_a_wall_together_with_what_walls_have(title: str, body: str, name: str | None) -> None:
    assert wall_page(page(title, body), 200) == name
