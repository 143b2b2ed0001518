"""Walls before a page, error pages behind 200, and the near misses of both."""

from typing import Any

import pytest
from judged_pages import OLD, TITLE, codes, outcome_of
from msgspec.structs import replace

from linkcheck.judge import verdict
from linkcheck.model import (
    Outcome,
    Role,
    VerdictKind,
)


def shown(outcome: Outcome) -> str:
    """What a page says, and where it stands."""
    assert outcome.answer is not None
    page = outcome.answer.page
    assert page is not None
    said = [text for text in (page.title, page.heading, page.parking, page.refresh) if text]
    return f"{' and '.join(said) or 'nothing'} at {outcome.answer.url}"


SITE = "https://gazette.example"
LIVING = (VerdictKind.OK, VerdictKind.MOVED)
ALARMS = {"LC208", "LC209", "LC210", "LC226", "LC227", "LC228", "LC230"}


def led(to: str, title: str | None = "The Gazette", status: int = 302, url: str = OLD) -> Outcome:
    return outcome_of(url, title, to, status=status)


WALLS = [
    led(f"{SITE}/login?next=%2F2016"),
    led(f"{SITE}/subscribe"),
    led(f"{SITE}/subscribe", status=301),
    led(f"{SITE}/register?returnUrl=%2F2016"),
    led(f"{SITE}/subscription/offer"),
    led("https://abo.gazette.example/angebot"),
    led(f"{SITE}/abonnement"),
    led(f"{SITE}/zustimmung?url=%2F2016"),
    led(f"{SITE}/cookie-wall"),
    led(f"{SITE}/cookies-required.html"),
    led(f"{SITE}/age-gate?u=1"),
    led(f"{SITE}/verify-age"),
    led(f"{SITE}/not-available-in-your-region"),
    led(f"{SITE}/geo-blocked"),
    led("https://wall.example/gdpr/gazette.example/"),
    led(f"{SITE}/privacy-gate/accept", status=301),
    led(f"{SITE}/maintenance.html"),
    led(f"{SITE}/wartung"),
    led(f"{SITE}/unsupported-browser"),
    led(f"{SITE}/browser-not-supported/"),
    led("https://tollbit.gazette.example/2016/05/01/council-opens-harbour-bridge"),
    led("https://consent.gazette.example/?return=1", "Before you continue"),
    outcome_of(OLD, "Subscribe to read | Gazette"),
    outcome_of(OLD, "Subscribe to read | Financial Post"),
    outcome_of(OLD, "Log into Facebook"),
    outcome_of(OLD, "Log in - Gazette"),
    outcome_of(OLD, "Anmelden | Gazette"),
    outcome_of(OLD, "Just a moment..."),
    outcome_of(OLD, "Are you a robot?", is_wordless=True),
    outcome_of(OLD, "Site under maintenance"),
    outcome_of(OLD, "Under Maintenance", heading="We will be back soon"),
    outcome_of(OLD, "Wartungsarbeiten"),
    outcome_of(OLD, "Your browser is not supported"),
    outcome_of(OLD, "Age verification"),
    outcome_of(OLD, "Not available in your region"),
    outcome_of(OLD, "Site under maintenance", heading="Under maintenance", canonicals=(f"{SITE}/",)),
    outcome_of(OLD, "Abonnez-vous pour lire la suite"),
    outcome_of(OLD, "Suscríbete para seguir leyendo | Gazette"),
    outcome_of(OLD, "Create a free account to continue reading"),
    outcome_of(OLD, "Wir benötigen Ihre Zustimmung"),
    outcome_of(OLD, "Robot check", is_wordless=True),
]
ERRORS = [
    outcome_of(OLD, "Account Suspended"),
    outcome_of(OLD, "This account has been suspended."),
    outcome_of(OLD, "500 Internal Server Error"),
    outcome_of(OLD, "Internal Server Error", heading="Internal Server Error", canonicals=(OLD,)),
    outcome_of(OLD, "502 Bad Gateway", heading="502 Bad Gateway"),
    outcome_of(OLD, "503 Service Temporarily Unavailable"),
    outcome_of(OLD, "Error 500 - Gazette"),
    outcome_of(OLD, "403 Forbidden"),
    outcome_of(OLD, "Access Denied", heading="Access Denied"),
    outcome_of(OLD, "Zugriff verweigert"),
    outcome_of(OLD, "Welcome to nginx!", heading="Welcome to nginx!"),
    outcome_of(OLD, "Test Page for the Nginx HTTP Server on Fedora"),
    outcome_of(OLD, "Apache2 Ubuntu Default Page: It works"),
    outcome_of(OLD, "Apache2 Debian Default Page: It works"),
    outcome_of(OLD, "IIS Windows Server"),
    outcome_of(OLD, "Index of /", heading="Index of /"),
    outcome_of(OLD, "Site under construction"),
    outcome_of(OLD, "Webseite im Aufbau"),
    outcome_of(OLD, "Coming Soon"),
    outcome_of(OLD, "Error establishing a database connection"),
    outcome_of(OLD, "Database Error", heading="Error establishing a database connection"),
    outcome_of(OLD, "WordPress \u203a Error"),
    outcome_of(OLD, "Fehler beim Aufbau einer Datenbankverbindung"),
    outcome_of(OLD, "Server Error in '/' Application."),
    led(f"{SITE}/error?aspxerrorpath=/2016/05/01/council-opens-harbour-bridge", "Gazette"),
    led(f"{SITE}/Error.aspx", "Gazette"),
    outcome_of(f"{SITE}/", "Welcome to nginx!"),
]
OWN: dict[str, Any] = {"canonicals": (OLD,), "og_title": "Access Denied"}
QUIET = [
    led(f"{SITE}/login/council-opens-harbour-bridge", TITLE, status=301),
    led(f"{SITE}/consent/council-opens-harbour-bridge", TITLE, status=301),
    outcome_of(OLD, "Robot check", heading="Robot check"),
    outcome_of(OLD, "Subscribe to read: how newspapers came to charge | The Gazette"),
    outcome_of(OLD, "Access Denied", **OWN),
    outcome_of(OLD, "Access denied", published="2016-05-01T10:00:00Z"),
    outcome_of(OLD, "Access denied: the closed archives", heading="Access denied: the closed archives"),
    outcome_of(OLD, "Account suspended for harbour minister | The Gazette"),
    outcome_of(OLD, "500 years of printing"),
    outcome_of(OLD, "Under construction: the new bridge"),
    outcome_of(OLD, "Coming Soon", canonicals=(OLD,), og_title="Coming Soon", heading="Coming Soon"),
    outcome_of(OLD, "Welcome to nginx hosting for newspapers", canonicals=(OLD,)),
    outcome_of(OLD, "Internal server error costs bank millions"),
    outcome_of("https://mirror.example/pub/linux/", "Index of /pub/linux"),
    outcome_of("https://mirror.example/", "Index of /"),
    outcome_of("https://app.example/", "Log in"),
    outcome_of("https://app.example/login", "Log in | App"),
    outcome_of("https://app.example/subscribe", "Subscribe"),
    outcome_of("https://register.example/news/a-b", "Story", "https://register.example/news/c-d"),
    outcome_of("https://old.example/2016/story", "Story", "https://register.example/2016/story", status=301),
    outcome_of(OLD, "The Age", "https://www.theage.example/2016/council-opens-harbour-bridge", status=301),
    outcome_of(f"{SITE}/abo-bestellen.html", "Abo", f"{SITE}/abonnement", status=301),
    outcome_of(f"{SITE}/how-to-subscribe-to-our-newsletter", "Subscribe", f"{SITE}/subscribe", status=301),
    outcome_of(f"{SITE}/2019/cleaning-gutters", "Gutters", f"{SITE}/maintenance/cleaning-gutters", status=301),
    outcome_of(f"{SITE}/2019/a-b-c", "Gutters", f"{SITE}/maintenance/how-to-clean-your-gutters", status=301),
    outcome_of("https://short.example/x7Kq", "Subscribe", "https://gazette.example/subscribe"),
    outcome_of(OLD, "Region", f"{SITE}/region/council-opens-harbour-bridge", status=301),
    outcome_of(f"{SITE}/2016/error", "Human error", f"{SITE}/opinion/human-error", status=301),
]


@pytest.mark.parametrize("outcome", WALLS, ids=shown)
@pytest.mark.parametrize("role", [Role.CANONICAL, Role.ORIGINAL, Role.LINK])
def test_a_wall_is_suspect_and_nothing_is_said_against_the_page(outcome: Outcome, role: Role) -> None:
    assert verdict(outcome).kind is VerdictKind.SUSPECT, outcome
    assert codes(outcome, role) == ["LC210"], outcome


@pytest.mark.parametrize("outcome", WALLS[:22], ids=shown)
def test_a_known_wall_is_one_where_a_made_up_page_is_led_to_it_too(outcome: Outcome) -> None:
    for evidence in (
        "redirected to there, like any URL of the host",
        "the same title 'Gazette' as for a URL that does not exist",
    ):
        assert codes(with_evidence(outcome, evidence)) == ["LC210"]


@pytest.mark.parametrize("outcome", ERRORS, ids=shown)
@pytest.mark.parametrize("role", [Role.CANONICAL, Role.ORIGINAL, Role.LINK])
def test_an_error_page_behind_200_is_suspect(outcome: Outcome, role: Role) -> None:
    assert verdict(outcome).kind is VerdictKind.SUSPECT, outcome
    assert codes(outcome, role) == ["LC230"], outcome


@pytest.mark.parametrize("outcome", QUIET, ids=shown)
@pytest.mark.parametrize("role", [Role.CANONICAL, Role.ORIGINAL, Role.LINK])
def test_a_page_that_only_has_such_words_is_no_alarm(outcome: Outcome, role: Role) -> None:
    assert verdict(outcome).kind in LIVING, verdict(outcome)
    assert not ALARMS & set(codes(outcome, role)), outcome


@pytest.mark.parametrize("title", ["Access Denied", "Coming Soon", "Just a moment...", "Log in"])
def test_an_article_of_that_title_means_that_page(title: str) -> None:
    assert not ALARMS & set(codes(outcome_of(OLD, f"{title} | Gazette"), Role.CANONICAL, title))


def with_evidence(outcome: Outcome, evidence: str) -> Outcome:
    assert outcome.answer is not None
    return replace(outcome, answer=replace(outcome.answer, soft_404=evidence))


@pytest.mark.parametrize(
    ("status", "code"), [(301, "LC208"), (308, "LC208"), (302, "LC210"), (303, "LC210"), (307, "LC210")]
)
def test_where_any_url_is_led_to_one_place_only_a_permanent_redirect_shows_a_soft_404(status: int, code: str) -> None:
    outcome = led(f"{SITE}/archive", "Archive", status=status)
    doubted = with_evidence(outcome, f"redirected to {SITE}/archive, like any URL of the host")
    assert codes(doubted) == [code]


def test_a_temporary_redirect_to_a_page_that_says_not_found_is_a_soft_404() -> None:
    outcome = led(f"{SITE}/sorry", "Page not found")
    assert codes(with_evidence(outcome, f"redirected to {SITE}/sorry, like any URL of the host")) == ["LC208"]


@pytest.mark.parametrize(
    "to",
    [
        "/",
        "/?redirected=1",
        "/?utm_source=404",
        "/?utm_source=404&utm_medium=a",
        "/uk/en",
        "/en-gb/",
        "/index.html?from=2016",
    ],
)
@pytest.mark.parametrize("status", [301, 302])
def test_a_home_page_is_one_with_a_mark_or_a_language_in_its_url(to: str, status: int) -> None:
    assert codes(led(f"{SITE}{to}", status=status)) == ["LC209"]


@pytest.mark.parametrize("to", ["/?p=123", "/index.php?id=7", "/?page=bridge", "/uk/news", "/ai/en/bridge"])
def test_a_home_page_s_path_with_a_query_that_names_a_page_is_none(to: str) -> None:
    assert "LC209" not in codes(led(f"{SITE}{to}", TITLE))
