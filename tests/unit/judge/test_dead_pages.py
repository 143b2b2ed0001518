"""Pages that answer 200 and are gone: parked, for sale, taken over, removed, or the site's page for what does not exist."""

from urllib.parse import quote

import pytest
from judged_pages import OLD, TITLE, codes, outcome_of

from linkcheck.judge import JudgeOptions, judge, verdict, vouched
from linkcheck.judge.vouching import leads_to_other_language
from linkcheck.model import (
    Article,
    Evidence,
    Link,
    LinkResult,
    Location,
    Outcome,
    Probe,
    Role,
    Span,
    Target,
    VerdictKind,
)

PARKED = [
    outcome_of(OLD, None, "http://ww1.gazette.example/2016/05/01/council-opens-harbour-bridge", status=302, parking="Bodis"),
    outcome_of(OLD, None, "http://ww16.gazette.example/", status=302, is_wordless=True),
    outcome_of(OLD, "gazette.example", "http://ww25.gazette.example/?subid1=20240101", status=302),
    outcome_of(OLD, "Gazette.example - This website is for sale!", "http://ww38.gazette.example/", status=302),
    outcome_of(OLD, "This website is for sale!", "http://ww38.gazette.example/", status=302),
    outcome_of(OLD, "gazette.example - This website is for sale! - gazette Resources and Information."),
    outcome_of(OLD, "gazette.example is for sale | HugeDomains"),
    outcome_of(OLD, "GAZETTE.EXAMPLE for sale"),
    outcome_of(OLD, "Buy gazette.example", is_wordless=True),
    outcome_of(OLD, "Buy gazette.example | HugeDomains"),
    outcome_of(OLD, "gazette.example may be for sale"),
    outcome_of(OLD, "gazette.example - GoDaddy parked page"),
    outcome_of(OLD, "gazette.example \u6b64\u57df\u540d\u51fa\u552e"),
    outcome_of(OLD, "Срок регистрации домена gazette.example истёк"),
    outcome_of(OLD, "gazette.example", "https://gazette.example/lander", status=302),
    outcome_of(OLD, None, refresh="https://www.hugedomains.com/domain_profile.cfm?d=gazette.example"),
    outcome_of(OLD, "gazette.example", refresh="https://dan.com/buy-domain/gazette.example"),
    outcome_of(OLD, "x", "https://www.atom.com/name/Gazette", status=302, og_title="Gazette"),
    outcome_of(OLD, "x", "https://porkbun.com/marketplace/gazette.example", status=302),
    outcome_of(
        OLD,
        "gazette.example is for sale",
        "https://www.hugedomains.com/domain_profile.cfm?d=gazette.example",
        og_title="gazette.example is for sale",
        canonicals=("https://www.hugedomains.com/domain_profile.cfm?d=gazette.example",),
    ),
    outcome_of(OLD, "www.gazette.example has expired"),
    outcome_of(OLD, "gazette.example - gazette Resources and Information."),
    outcome_of(OLD, "gazette.example steht zum Verkauf"),
    outcome_of(OLD, "gazette.example est à vendre"),
    outcome_of(OLD, "gazette.example está en venta"),
    outcome_of(OLD, "gazette.example продаётся"),
    outcome_of(OLD, "gazette.example 正在出售"),
    outcome_of(OLD, "This domain is for sale", is_wordless=True),
    outcome_of(OLD, "This domain name is for sale!", is_wordless=True),
    outcome_of(OLD, "This website is for sale | Sedo"),
    outcome_of(OLD, "Diese Domain steht zum Verkauf", is_wordless=True),
    outcome_of(OLD, "Ce nom de domaine est à vendre", is_wordless=True),
    outcome_of(OLD, "Este dominio está en venta", is_wordless=True),
    outcome_of(OLD, "Questo dominio è in vendita", is_wordless=True),
    outcome_of(OLD, "Deze domeinnaam is te koop", is_wordless=True),
    outcome_of(OLD, "Домен продаётся", is_wordless=True),
    outcome_of(OLD, "该域名正在出售", is_wordless=True),
    outcome_of(OLD, "Domain expired", is_wordless=True),
    outcome_of(OLD, "The domain name gazette.example is for sale!"),
    outcome_of(OLD, "For sale: gazette.example", is_wordless=True),
    outcome_of(OLD, "gazette.example - Make an offer", is_wordless=True),
    outcome_of(OLD, "Le nom de domaine gazette.example est \u00e0 vendre"),
    outcome_of(OLD, "De domeinnaam gazette.example is te koop"),
    outcome_of(OLD, "gazette.example may be for sale - PerfectDomain.com"),
    outcome_of(OLD, "gazette.example \u2013 Diese Website steht zum Verkauf!"),
    outcome_of(OLD, "gazette.example - \u00a1Este sitio web est\u00e1 a la venta!"),
    outcome_of(OLD, "Domain suspended", is_wordless=True),
    outcome_of(OLD, "gazette.example", heading="This domain is for sale"),
    outcome_of(OLD, None, heading="This domain may be for sale!", is_wordless=True),
    outcome_of(OLD, None, parking="GoDaddy"),
    outcome_of(OLD, "gazette.example", parking="Bodis"),
    outcome_of(OLD, "x", "https://www.hugedomains.com/domain_profile.cfm?d=gazette&e=example", status=302),
    outcome_of(OLD, "x", "https://dan.com/buy-domain/gazette.example", status=302),
    outcome_of(OLD, "x", "https://www.afternic.com/forsale/gazette.example?utm_source=a", status=302),
    outcome_of(OLD, "x", "https://sedo.com/search/details/?domain=gazette.example", status=302),
    outcome_of(OLD, "x", "https://www.sedoparking.com/a", status=302),
    outcome_of(OLD, "x", "https://www.domainhasexpired.com/?gazette.example", status=302),
    outcome_of(OLD, "x", "https://gazette.example.dan.com/", status=302),
    outcome_of(OLD, "x", "https://expired-domains.example/name/gazette.example", status=302),
]
TAKEN_OVER = [
    outcome_of(OLD, "Mabosplay Slot Gacor", "https://mabosplay.example/promo/2026"),
    outcome_of(OLD, "SLOT GACOR 88 Situs Judi Online Terpercaya", lang="id"),
    outcome_of(OLD, "Situs Slot Gacor Gampang Menang Hari Ini"),
    outcome_of(OLD, "JALAWIN: Toto Slot Terpercaya", "https://jalawin.example/id"),
    outcome_of(OLD, "สล็อตเว็บตรง บาคาร่าออนไลน์ อันดับ 1"),
    outcome_of(OLD, "Best Online Casino Bonus 2026 - Free Spins", "https://lucky-wins.example/"),
    outcome_of(OLD, "Deneme Bonusu Veren Siteler 2026", "https://lucky-wins.example/tr"),
    outcome_of(OLD, "Free Porn Videos - XXX Movies", "https://tube.example/"),
    outcome_of(OLD, "Free Football Streams HD - Watch Live", "https://football-streams.example/live/today"),
    outcome_of(OLD, "Best Online Casino", "https://casino.example/a", status=302),
    outcome_of(OLD, "Nhà cái uy tín - cá cược bóng đá", "https://fun.example/"),
    outcome_of(OLD, "Казино Вулкан - лучшие игровые автоматы", "https://vulkan.example/ru"),
    outcome_of(OLD, "オンラインカジノ おすすめランキング 2026", "https://oncasi.example/ja"),
    outcome_of(OLD, "เว็บตรงสล็อต แตกง่าย", "https://pg.example/th"),
    outcome_of(OLD, "Bokep Indo Terbaru Viral", "https://nonton.example/x"),
    outcome_of(OLD, "Melhores Cassinos Online - Giros Grátis", "https://fortuna.example/br"),
    outcome_of(
        OLD,
        "SLOT GACOR 88 Situs Judi Online Terpercaya",
        "https://gacor.example/promo/88",
        og_title="SLOT GACOR 88 Situs Judi Online Terpercaya",
        canonicals=("https://gacor.example/promo/88",),
    ),
    outcome_of("https://alphabet-news.example/2014/05/council", "Situs Judi Slot Online Resmi"),
    outcome_of("https://gazette.example/2014/05/hazard-warning", "Bandar Togel Online Terpercaya - Situs Toto 4D"),
    outcome_of("https://gazette.example/sport/2014/05/cup-final", "Free Football Streams HD - Watch Live Soccer Streams"),
    outcome_of("https://essex.example/2014/05/council", "Free Porn Videos - XXX Tube - HD Porn"),
]
VIDEO = "https://www.youtube.com/watch?v=aaaaaaaaaaa"
REMOVED = [
    outcome_of(VIDEO, "- YouTube"),
    outcome_of(VIDEO, "YouTube"),
    outcome_of("https://youtu.be/aaaaaaaaaaa", "- YouTube", VIDEO, status=303),
    outcome_of("https://www.youtube.com/shorts/aaaaaaaaaaa", "YouTube"),
    outcome_of("https://www.youtube.com/embed/aaaaaaaaaaa", "YouTube"),
    outcome_of("https://www.youtube-nocookie.com/embed/aaaaaaaaaaa", "YouTube"),
    outcome_of("https://www.youtube.com/watch?v=aaaaaaaaaab", "- YouTube", player="ERROR"),
    outcome_of("https://m.youtube.com/watch?v=aaaaaaaaaab", None, player="ERROR"),
    outcome_of(VIDEO, "此视频不可用 - YouTube"),
    outcome_of("https://x.com/a/status/4", "This post is from an account that no longer exists. / X"),
    outcome_of("https://www.reddit.com/r/a/comments/1", "[deleted by user] : r/a"),
    outcome_of("https://vimeo.com/12345", "Sorry, we couldn\u2019t find that page"),
    outcome_of("https://vimeo.com/12345", "Private Video"),
    outcome_of("https://vimeo.com/12345", "VimeUhOh"),
    outcome_of("https://www.dailymotion.com/video/x1", "Video not found - Dailymotion"),
    outcome_of("https://x.com/somebody/status/1", "Page not found / X"),
    outcome_of("https://www.instagram.com/p/abc/", "Page Not Found \u2022 Instagram"),
    outcome_of("https://www.facebook.com/a/posts/1", "Facebook", heading="This content isn't available right now"),
    outcome_of("https://www.tiktok.com/@a/video/1", "TikTok", heading="Video currently unavailable"),
    outcome_of("https://soundcloud.com/a/b", "Something went wrong on SoundCloud"),
    outcome_of("https://www.flickr.com/photos/a/1", "Page not found | Flickr"),
    outcome_of("https://www.reddit.com/r/a/comments/1", "Reddit", heading="Page not found"),
    outcome_of("https://docs.google.com/document/d/a", "Page Not Found"),
    outcome_of("https://archive.org/details/a", "Item not available"),
    outcome_of("https://archive.org/details/a", "Internet Archive", heading="Item cannot be found."),
    outcome_of("https://open.spotify.com/track/a", "Page not found"),
    outcome_of("https://www.twitch.tv/videos/1", "Twitch", heading="Content is unavailable"),
]
NOT_FOUND = [
    *(
        outcome_of(OLD, "Gazette", f"https://gazette.example/{name}")
        for name in (
            *("pagina-no-encontrada", "seite-nicht-gefunden.html", "page-introuvable", "es/pagina_non_trovata/"),
            *("artikel-nicht-mehr-verfuegbar", "strona-nie-znaleziona", "sidan-hittades-inte", "fehler-404"),
            *("sayfa-bulunamadi", quote("страница-не-найдена")),
        )
    ),
    *(
        outcome_of(OLD, f"{title} | Gazette")
        for title in (
            *("Nothing to see here", "This article has been taken down", "Article supprimé", "Contenu retiré"),
            *("Este artículo ya no está disponible", "Dieser Inhalt wurde gelöscht", "Quest'articolo è stato rimosso"),
            *("Conteúdo removido", "Dit artikel is verwijderd", "Artikeln är borttagen", "この記事は削除されました"),
            *("该文章已被删除", "삭제된 게시물입니다", "Статья больше недоступна"),
        )
    ),
    outcome_of(OLD, "404"),
    outcome_of(OLD, "Page not found"),
    outcome_of(OLD, "Page not found | The Gazette"),
    outcome_of(OLD, "The Gazette - 404 Not Found"),
    outcome_of(OLD, "Error 404: page not found"),
    outcome_of(OLD, "Seite nicht gefunden \u2013 Gazette"),
    outcome_of(OLD, "Page introuvable"),
    outcome_of(OLD, "Error 404 (Not Found)!!1"),
    outcome_of(OLD, "HTTP Status 404 \u2013 Not Found"),
    outcome_of(OLD, "404: This page could not be found"),
    outcome_of(OLD, "Oups ! Cette page est introuvable"),
    outcome_of(OLD, "Page not found at /news/"),
    outcome_of(OLD, "The Harbour Times | Page not found"),
    outcome_of(OLD, "P\u00e1gina no encontrada | Gazette"),
    outcome_of(OLD, "Pagina non trovata"),
    outcome_of(
        OLD, "\u0421\u0442\u0440\u0430\u043d\u0438\u0446\u0430 \u043d\u0435 \u043d\u0430\u0439\u0434\u0435\u043d\u0430"
    ),
    outcome_of(OLD, "\u30da\u30fc\u30b8\u304c\u898b\u3064\u304b\u308a\u307e\u305b\u3093"),
    outcome_of(OLD, "\u9875\u9762\u4e0d\u5b58\u5728"),
    outcome_of(OLD, "My Site", heading="404 - Page not found"),
    outcome_of(OLD, "The Gazette", heading="Oops! That page can\u2019t be found."),
    outcome_of(OLD, "Moved", refresh="https://gazette.example/404.html"),
    outcome_of("https://www.nytimes.com/2014/05/01/world/bridge.html", "Page Not Found - The New York Times"),
    outcome_of("https://www.washingtonpost.com/a/bridge", "404 | The Washington Post"),
    outcome_of("https://www.sfchronicle.com/a/bridge", "404 - San Francisco Chronicle"),
    outcome_of("https://www.thepaper.cn/news/1234", "\u9875\u9762\u4e0d\u5b58\u5728 - \u6f8e\u6e43\u65b0\u95fb"),
    outcome_of(OLD, "404 | Harbour Daily", site_name="The Harbour Daily"),
    outcome_of(OLD, "Welcome to the Gazette", "https://gazette.example/errors/404"),
    outcome_of(OLD, "Gazette", "https://gazette.example/shop/404"),
    outcome_of(OLD, "404 Not Found", "https://gazette.example/news/404"),
]
TABLES = {"LC226": PARKED, "LC227": TAKEN_OVER, "LC228": REMOVED, "LC208": NOT_FOUND}


def shown(outcome: Outcome) -> str:
    """What a page says, and where it stands."""
    assert outcome.answer is not None
    page = outcome.answer.page
    assert page is not None
    said = [text for text in (page.title, page.heading, page.parking, page.refresh) if text]
    return f"{' and '.join(said) or 'nothing'} at {outcome.answer.url}"


ROWS = [pytest.param(code, each, id=f"{code}: {shown(each)}") for code, table in TABLES.items() for each in table]


@pytest.mark.parametrize(("code", "outcome"), ROWS)
@pytest.mark.parametrize("role", [Role.CANONICAL, Role.ORIGINAL, Role.LINK])
def test_what_is_gone_behind_200_is_suspect_in_every_role(code: str, outcome: Outcome, role: Role) -> None:
    assert verdict(outcome).kind is VerdictKind.SUSPECT, outcome
    assert codes(outcome, role) == [code], outcome


@pytest.mark.parametrize(
    ("title", "outcome"),
    [
        ("404", outcome_of(OLD, "404 | The Gazette")),
        ("Page not found", outcome_of(OLD, "Page not found - Gazette")),
        ("This domain is for sale", outcome_of(OLD, "This domain is for sale", is_wordless=True)),
        ("Judi online: situs slot gacor diblokir", outcome_of(OLD, "Situs Slot Gacor Terpercaya")),
        ("Best online casino bonus offers", outcome_of(OLD, "Best Online Casino Bonus 2026", "https://lucky.example/")),
    ],
    ids=lambda value: value if isinstance(value, str) else shown(value),
)
def test_an_article_of_that_title_vouches_for_its_page(title: str, outcome: Outcome) -> None:
    assert verdict(outcome).kind is VerdictKind.SUSPECT
    assert not {"LC208", "LC226", "LC227", "LC228"} & set(codes(outcome, Role.CANONICAL, title))


@pytest.mark.parametrize(
    ("title", "outcome"),
    [
        ("404", outcome_of("https://www.flickr.com/photos/a/2", "404 | Flickr")),
        ("Page not found", outcome_of("https://old.reddit.com/r/a/comments/1/", "page not found : webdev")),
        ("Private video", outcome_of("https://vimeo.com/12345", "Private video on Vimeo")),
        ("Deleted video", outcome_of(VIDEO, "Deleted video - YouTube")),
    ],
    ids=lambda value: value if isinstance(value, str) else shown(value),
)
def test_an_article_of_that_title_vouches_for_a_platforms_page(title: str, outcome: Outcome) -> None:
    assert not {"LC208", "LC228"} & set(codes(outcome, Role.ORIGINAL, title))


def test_no_title_vouches_for_what_a_player_says() -> None:
    assert codes(outcome_of(VIDEO, "YouTube", player="ERROR"), Role.ORIGINAL, "YouTube") == ["LC228"]


def test_an_article_vouches_for_advertising_only_for_itself() -> None:
    outcome = outcome_of(OLD, "Situs Slot Gacor Terpercaya")
    link = Link(Location("a.md", Span(3, 6, 3, 20), "/url"), Role.LINK, OLD)
    articles = [Article(path="a.md", data={"title": title}) for title in ("Judi online in Jakarta", TITLE)]
    cleared = vouched(outcome, [(article, link) for article in articles], JudgeOptions())
    assert cleared is not None
    assert verdict(cleared).kind is VerdictKind.OK
    result = LinkResult(link, Target(OLD, Probe.PAGE, "gazette.example"), verdict(cleared), outcome=cleared)
    found = [{each.code for each in judge(Evidence(article, results=(result,)), JudgeOptions())} for article in articles]
    assert ["LC227" in codes for codes in found] == [False, True]


def test_no_title_vouches_for_what_redirects_tell() -> None:
    outcome = outcome_of(OLD, "Page not found", "https://gazette.example/404")
    assert "LC208" in codes(outcome, Role.CANONICAL, "Page not found")


CHANGED = outcome_of(
    OLD,
    "\u0412\u044b\u0433\u043e\u0434\u043d\u044b\u0435 \u043a\u0440\u0435\u0434\u0438\u0442\u044b",
    "https://loans.example/ru/offer",
    lang="ru",
)


def test_a_page_of_another_site_language_and_title_was_taken_over_beside_the_article() -> None:
    assert codes(CHANGED, Role.CANONICAL, lang="en-GB") == ["LC227"]
    assert "LC227" not in codes(CHANGED, Role.CANONICAL), "the article's language is not known"
    assert "LC227" not in codes(CHANGED, Role.CANONICAL, lang="ru")
    assert "LC227" not in codes(CHANGED, Role.ORIGINAL, lang="en"), "the article may be a translation"
    assert "LC227" not in codes(CHANGED, Role.LINK, lang="en"), "what an article links to may be of any language"


def test_only_an_own_page_can_have_left_for_another_language() -> None:
    article = Article("a.md", data={"lang": "en", "related": [{"title": TITLE, "url": OLD}]})
    place = Location("a.md", Span(2, 1, 2, 9), "/related/0/url")
    links = {role: Link(place, role, OLD) for role in (Role.CANONICAL, Role.LINK, Role.IMAGE)}
    clauses = {role: leads_to_other_language(article, link, CHANGED, JudgeOptions()) for role, link in links.items()}
    assert clauses[Role.CANONICAL] is not None
    assert clauses[Role.LINK] is None
    assert clauses[Role.IMAGE] is None


def test_an_own_page_that_advertises_what_its_article_does_not_speak_of_was_taken_over() -> None:
    page = outcome_of(OLD, "Best Online Casino Bonus 2026 - Free Spins")
    assert codes(page, Role.CANONICAL) == ["LC227"]
    assert "LC227" not in codes(page, Role.LINK), "an article may link to a casino"
    assert "LC227" not in codes(page, Role.CANONICAL, "Gambling in the city")


@pytest.mark.parametrize("outcome", [*PARKED, *TAKEN_OVER, *REMOVED, CHANGED], ids=shown)
@pytest.mark.parametrize("role", [Role.CANONICAL, Role.ORIGINAL, Role.LINK])
def test_nothing_is_offered_to_write_in_the_place_of_such_a_url(outcome: Outcome, role: Role) -> None:
    article = Article(path="a.md", data={"title": TITLE, "url": outcome.url, "lang": "en"}, lines=("---", "a", "b", "---"))
    link = Link(Location("a.md", Span(3, 6, 3, 20), "/url"), role, outcome.url)
    result = LinkResult(link, Target(outcome.url, Probe.PAGE, "gazette.example"), verdict(outcome), outcome=outcome)
    findings = list(judge(Evidence(article, results=(result,)), JudgeOptions()))
    assert findings
    if outcome is CHANGED and role is not Role.CANONICAL:
        findings = [finding for finding in findings if finding.fix is None or finding.fix.kind != "unsafe"]
    assert [finding.fix for finding in findings] == [None] * len(findings)
    assert [finding for finding in findings if "expected" in finding.facts] == []
