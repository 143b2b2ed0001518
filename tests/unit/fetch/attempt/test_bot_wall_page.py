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
