"""Titles of error pages and servers' default pages, and articles that are about such things."""

from typing import Any

import msgspec
import pytest

from linkcheck.judge import JudgeOptions, judge, verdict, vouched
from linkcheck.judge.page_signs.server_errors import error_page
from linkcheck.model import (
    Answer,
    Article,
    Evidence,
    Hop,
    Json,
    Link,
    LinkResult,
    Location,
    Outcome,
    PageFacts,
    Probe,
    Role,
    Span,
    Target,
    VerdictKind,
)

URL = "https://gazette.example/2021/06/harbour-plan"
TITLE = "Council rejects plan for the old harbour"

ERRORS = """
500 Internal Server Error
502 Bad Gateway
502 Server Error
Error 503
HTTP Error 503. The service is unavailable.
503 Service Temporarily Unavailable
504 Gateway Time-out
Error 1016
gazette.example | 522: Connection timed out
DNS resolution error | gazette.example | Cloudflare
Worker threw exception | gazette.example | Cloudflare
Web server is down
Bad Request
403 Forbidden
Access Denied
Request Rejected
Web Page Blocked!
ERROR: The request could not be satisfied
ERROR: The requested URL could not be retrieved
Application Error
Heroku | No such app
No such app
Fastly error: unknown domain gazette.example
Unknown Domain
Domain not configured
Domain Not Connected
Looks like this domain isn't connected to a website yet
There isn't a GitHub Pages site here.
There's nothing here.
Whatever you were looking for doesn't currently exist at this address
Sorry, the blog you were looking for does not exist
Blog has been removed
This Tumblr has been deleted
gazette.wordpress.com is no longer available
This Page Isn\u2019t Working
Sorry, the website has been stopped
SORRY! If you are the owner of this website, please contact your hosting provider
Website is offline
Website Expired
This store is unavailable
Sorry, this shop is currently unavailable.
Opening soon
Hosting expired
Account Suspended
This Account has been suspended.
Bandwidth Limit Exceeded
Error establishing a database connection
WordPress \u203a Error
There has been a critical error on this website.
Fatal error
MySQL Error
Whoops, looks like something went wrong.
Oops, an error occurred!
Welcome to nginx!
Apache2 Ubuntu Default Page: It works
Test Page for the Apache HTTP Server on Red Hat Enterprise Linux
IIS Windows Server
Default Web Site Page
Domain Default page
Future home of something quite cool
HestiaCP - Default page
CyberPanel Installed
Microsoft Azure App Service - Welcome
Deployment not found
404: NOT_FOUND
This deployment is temporarily paused
Invalid URL
Site under construction
Coming Soon
Zugriff verweigert
Konto gesperrt
Dieses Konto wurde gesperrt
Diese Website ist vorübergehend nicht erreichbar
Domain nicht konfiguriert
Ein Fehler ist aufgetreten
Hier entsteht eine neue Internetpräsenz
Accès refusé
Compte suspendu
Ce site est suspendu
Votre site est en cours de création
Félicitations ! Votre domaine a bien été créé chez OVHcloud !
Erreur de base de données
Cuenta suspendida
Este sitio está suspendido
Página en construcción
Acceso denegado
Conta suspensa
Este site está suspenso
Erro interno do servidor
Questo sito è sospeso
Sito in costruzione
Account sospeso
Deze website is niet actief
Website in aanbouw
Strona w budowie
Konto zawieszone
Účet pozastaven
Az oldal fejlesztés alatt
Hesap askıya alındı
Yapım aşamasında
Аккаунт заблокирован
Сайт заблокирован хостинг-провайдером
Домен не прилинкован
Ошибка сервера
Сайт призупинено
Υπό κατασκευή
没有找到站点
网站建设中
该网站已关闭
访问被拒绝
アカウントは停止されています
このサイトは現在準備中です
アクセスが拒否されました
사이트 준비중
계정이 정지되었습니다
الموقع قيد الإنشاء
الحساب موقوف
"""
ERROR_TITLES = [line for line in ERRORS.splitlines() if line]

ABOUT = [
    # the article's title, the page's, and what else is known
    ("Access denied", "Access Denied", {}),
    ("What \u2018access denied\u2019 really means", "Access Denied | Docs", {}),
    ("The year when the internet broke", "503 Service Unavailable: The year when the internet broke", {}),
    ("Under construction", "Under Construction - The Atlantic", {}),
    ("The site under construction at Ground Zero", "Under construction", {}),
    ("Coming soon: the telephone", "Coming Soon", {}),
    ("Suspended: members of parliament sent home", "Suspended", {}),
    ("Fehler im System", "Fehler", {}),
    ("Erreur sur la personne", "Erreur", {}),
    ("The Fortune 500", "500", {}),
    ("It works! A new drug", "It works!", {}),
    ("Account suspended: how platforms decide", "Account Suspended", {}),
    ("Site closed: the mine after a hundred years", "Site closed", {}),
    ("エラーの歴史", "エラー", {}),
    ("準備中の店", "準備中", {}),
    ("On walls", "Access denied", {"excerpt": "Why the screen says access denied more and more often."}),
    (TITLE, "Access Denied", {"url": "https://gazette.example/stories/access-denied"}),
    (TITLE, "500", {"url": "https://lists.example/fortune/500"}),
    (TITLE, "Coming Soon", {"url": "https://films.example/coming-soon.html"}),
    (TITLE, "502 Bad Gateway | Docs", {"url": "https://docs.example/bad-gateway-502"}),
    (TITLE, "It works!", {"url": "https://gazette.example/it-works"}),
    (TITLE, "Under construction", {"published": "2021-06-18"}),
    (TITLE, "Website expired", {"og_title": "What to do when a website expired"}),
    (TITLE, "Access Denied", {"canonicals": (URL,), "heading": "How I got in"}),
    (TITLE, "Site suspended after protest of readers", {}),
    (TITLE, "The error of our ways", {}),
    (TITLE, "Coming soon to a harbour near you", {}),
    (TITLE, "Domain of the kings", {}),
    (TITLE, "An account suspended between two worlds", {}),
    (TITLE, "Blog of the year", {}),
    (TITLE, "Fehler, die jeder macht", {}),
    (TITLE, "Erreur judiciaire : trente ans après", {}),
    (TITLE, "错误的战争", {}),
]


def codes_of(title: str, page: PageFacts, *, url: str = URL, excerpt: str = "") -> set[str]:
    """What is found where an article has a page, once the article was heard."""
    link = Link(Location("a.md", Span(3, 6, 3, 20), "/webUrl"), Role.CANONICAL, url)
    data: dict[str, Json] = {"title": title, "webUrl": url, "excerpt": excerpt, "date": "2021-06-18"}
    article = Article("a.md", data=data, lines=("---", "title: x", "webUrl: x", "---"))
    outcome = Outcome(url, Probe.PAGE, Answer(200, url, "text/html", page=page))
    outcome = vouched(outcome, [(article, link)], JudgeOptions()) or outcome
    result = LinkResult(link, Target(url, Probe.PAGE, url.split("/")[2]), verdict(outcome), outcome=outcome)
    found = judge(Evidence(article, results=(result,)), JudgeOptions(now="2026-11-22T12:00:00Z"))
    return {finding.code for finding in found} & {"LC208", "LC210", "LC230", "LC317"}


@pytest.mark.parametrize("title", ERROR_TITLES)
def test_an_error_page_is_found_once(title: str) -> None:
    assert codes_of(TITLE, PageFacts(title=title)) == {"LC230"}
    assert codes_of(TITLE, PageFacts(title=title, canonicals=(URL,), heading=title)) == {"LC230"}
    assert codes_of(TITLE, PageFacts(heading=title)) == {"LC230"}


@pytest.mark.parametrize(("ours", "theirs", "facts"), ABOUT, ids=[f"{each[0]}, and {each[1]}" for each in ABOUT])
def test_an_article_about_such_a_thing_is_none(ours: str, theirs: str, facts: dict[str, Any]) -> None:
    known = {name: facts[name] for name in ("url", "excerpt") if name in facts}
    page = PageFacts(title=theirs, **{name: value for name, value in facts.items() if name not in known})
    assert codes_of(ours, page, **known) == set()


def test_a_page_that_refreshes_to_cpanels_page_is_found() -> None:
    assert codes_of(TITLE, PageFacts(refresh="https://gazette.example/cgi-sys/suspendedpage.cgi")) == {"LC230"}
    assert codes_of(TITLE, PageFacts(title=TITLE, refresh="https://gazette.example/cgi-bin/story.cgi")) == set()


@pytest.mark.parametrize("name", ["error", "fehler", "erreur", "fehlerseite.html", "pagina-de-error", "fout"])
def test_a_redirect_to_a_page_that_is_called_an_error_is_found(name: str) -> None:
    there = f"https://gazette.example/{name}"
    answer = Answer(200, there, "text/html", page=PageFacts(title="Gazette"))
    outcome = Outcome(URL, Probe.PAGE, answer, hops=(Hop(URL, 301, there),))
    assert (error_page(outcome, answer) or "").startswith("redirected to")
    assert error_page(msgspec.structs.replace(outcome, url=there), answer) is None


def test_a_redirect_from_an_error_page_says_nothing() -> None:
    there = "https://gazette.example/oops?aspxerrorpath=/a"
    answer = Answer(200, there, "text/html", page=PageFacts(title="Gazette"))
    outcome = Outcome(URL, Probe.PAGE, answer, hops=(Hop(URL, 302, there),))
    assert error_page(outcome, answer) == f"redirected to {there}"
    assert error_page(msgspec.structs.replace(outcome, url=f"{URL}?aspxerrorpath=/b"), answer) is None


def test_the_verdict_of_an_error_page_is_suspect() -> None:
    outcome = Outcome(URL, Probe.PAGE, Answer(200, URL, "text/html", page=PageFacts(title="No such app")))
    assert verdict(outcome).kind is VerdictKind.SUSPECT
