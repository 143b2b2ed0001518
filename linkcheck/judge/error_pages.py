"""Error pages and default pages of servers that answer with success, by a closed list of titles and a second sign.

The second sign is that the page says nothing else of itself, or that its main heading says the same: an article titled
"Access denied" has a canonical URL, a preview or a date.
"""

import re
from functools import lru_cache

from linkcheck.judge.notices import says_nothing_but, tells_of_itself
from linkcheck.judge.redirects import strays
from linkcheck.judge.removed import is_on_platform
from linkcheck.judge.signs import is_home
from linkcheck.model import Answer, Outcome
from linkcheck.urls import InvalidUrl, parse_url

_SITE = r"(?:(?:this|the|our) )?(?:new )?(?:web ?)?(?:site|page|shop|store)"
_FAILED = (
    r"internal server error|bad gateway|service (?:temporarily )?unavailable|gateway time-?out|proxy error"
    r"|web server is down"
    r"|connection timed out|host error|origin is unreachable|a timeout occurred|bad request|forbidden"
    r"|unauthorized|not implemented"
    r"|bandwidth limit exceeded|resource limit (?:is )?reached|insufficient storage|too many requests"
)
_ERROR = re.compile(
    rf"(?:(?:http|server|status)?[ -]?(?:error|status)[ :]*)?(?:40[0135-8]|429|50[0-9]|52[0-7]|530)(?:\.\d)?(?: error)?"
    rf"(?:\s?[-\u2013\u2014:|]?\s?(?:error[:\s]*)?(?:{_FAILED}))?[.!]*"
    rf"|(?:{_FAILED})[.!]*"
    r"|access (?:is |has been )?denied[.!]*|permission denied|you don't have permission to access.*"
    r"|zugriff verweigert|accès refusé|acceso denegado|accesso negato|acesso negado|toegang geweigerd|доступ запрещ[её]н"
    r"|(?:an )?(?:unexpected |unknown |internal |fatal |server |application |system |runtime "
    r"|unhandled )?error(?: has)?(?: occurred)?[.!]*"
    r"|server error in '.*' application\.?|(?:oops|sorry|whoops|uh-oh)?[,!.]* ?(?:something went wrong"
    r"|looks like something went wrong)[.!]*"
    r"|error establishing a database connection|database (?:connection )?error|wordpress \u203a (?:error|fehler|erreur)"
    r"|(?:fehler beim aufbau einer datenbankverbindung|datenbankfehler|interner serverfehler"
    r"|ein fehler ist aufgetreten)[.!]*"
    r"|erreur lors de la connexion à la base de données|erreur (?:interne du serveur|serveur)"
    r"|une erreur (?:est survenue|s'est produite)"
    r"|error al establecer una conexión con la base de datos|error interno del servidor|(?:se )?ha ocurrido un error"
    r"|errore nello stabilire una connessione al database|errore interno del server|erro interno do servidor"
    r"|erro ao estabelecer uma conexão com o banco de dados|interne serverfout|внутренняя ошибка сервера|ошибка сервера"
    r"|ошибка (?:установки|при установке) соединения с базой данных|サーバーエラー|服务器错误|内部服务器错误"
    r"|(?:this |your |the )?(?:hosting |web )?(?:account|web ?site|site|service)(?: has been"
    r"| is)?(?: temporarily)? (?:suspended|disabled)[.!]*"
    r"|(?:konto|webseite|website) (?:gesperrt|deaktiviert)|compte suspendu|site suspendu|cuenta suspendida"
    r"|sitio suspendido"
    r"|account sospeso|conta suspensa|аккаунт (?:заблокирован|приостановлен)|сайт (?:заблокирован|отключ[её]н"
    r"|временно недоступен)"
    r"|bandwidth limit exceeded",
    re.IGNORECASE,
)
_DEFAULT = re.compile(
    r"welcome to (?:nginx|openresty|caddy|lighttpd|tengine|xampp|wampserver|centos|your new (?:web ?)?site"
    r"|litespeed web server)"
    r"(?: on .{1,40}| for .{1,40})?[!.]*"
    r"|(?:test page for the |the )?(?:nginx|apache)(?: http)? server(?: test page)?(?: (?:on|powered by|for) .{1,40})?"
    r"|http server test page(?: powered by.{1,40})?|apache2? (?:\w+ )?default page(?:: it works[!.]?)?|it works!"
    r"|(?:microsoft )?iis(?:[ -]?\d{1,2}(?:\.\d)?)?(?: windows(?: server)?)?(?: \d{4})?(?: r2)?"
    r"|microsoft internet information services \d.{0,10}"
    r"|apache tomcat(?:/[\d.]+)?|caddy works!|(?:default )?(?:parallels )?plesk(?: obsidian)?(?: default)?(?: page)?"
    r"|(?:web ?server|domain|site|host)(?:'s)? default page|default (?:web ?site|web ?server|server|host|web|domain) page"
    rf"|{_SITE}(?: is)? (?:currently |still )?(?:not (?:published|configured|found here)|under construction"
    rf"|coming soon|being built)[.!]*"
    r"|(?:currently )?under construction[.!]*|coming soon[.!\u2026]*|launching soon[.!]*|(?:wir bauen um|baustelle)[.!]*"
    r"|(?:diese )?(?:web|internet)?-?(?:seite|site|webseite|website) (?:ist "
    r"|befindet sich )?(?:noch )?(?:im aufbau|in bearbeitung)"
    r"|(?:hier entsteht (?:eine|ein) neue(?:r|s)? .{1,30})|(?:site )?en construction|(?:sitio )?en construcción"
    r"|próximamente"
    r"|(?:sito )?in costruzione|(?:site )?em construção|(?:site )?in aanbouw|strona w budowie"
    r"|сайт (?:в разработке|на реконструкции)"
    r"|建设中|网站建设中|工事中",
    re.IGNORECASE,
)
_PHRASES = re.compile(rf"{_ERROR.pattern}|{_DEFAULT.pattern}", re.IGNORECASE)
_LISTING = re.compile(r"(?:index of|directory listing (?:for|of)|verzeichnis von|listing of) (/[^|]*)", re.IGNORECASE)
_ERROR_ADDRESS = re.compile(
    r"(?:^|/)(?:error|errors|error-?page|server-?error|general-?error|generic-?error|custom-?error"
    r"|oops)(?:\.[a-z]{2,5})?/?$"
    r"|/errors?/(?:index|default|general|generic|50\d)(?:\.[a-z]{2,5})?/?$",
    re.IGNORECASE,
)
_ASP_NET = re.compile(r"(?:^|&)aspxerrorpath=", re.IGNORECASE)
_LONGEST = 120


def error_page(outcome: Outcome, answer: Answer) -> str | None:
    """What shows that a page is one of an error or a server's default one, in one clause; None where nothing does."""
    page = answer.page
    if (address := _error_address(outcome, answer)) is not None:
        return address
    title = None if page is None else page.title
    if page is None or answer.vouched or not title or len(title) > _LONGEST:
        return None
    if _is_listing_of_another(title, outcome.url):
        return f"its title is {title!r}"
    if (
        is_on_platform(answer)
        or tells_of_itself(page, is_error_title)
        or not says_nothing_but(title, _PHRASES, page, answer.url)
    ):
        return None
    return f"its title is {title!r}"


@lru_cache(maxsize=1024)
def is_error_title(text: str) -> bool:
    """Whether a title is one of the list, and nothing else."""
    return _PHRASES.fullmatch(text) is not None


def _error_address(outcome: Outcome, answer: Answer) -> str | None:
    """A redirect to a site's error page. ASP.NET names the page that failed in the query (`customErrors`)."""
    if not strays(outcome, answer):
        return None
    try:
        asked, got = parse_url(outcome.url), parse_url(answer.url)
    except InvalidUrl:
        return None
    if _ERROR_ADDRESS.search(asked.path) or _ASP_NET.search(asked.query):
        return None
    if _ASP_NET.search(got.query) or (_ERROR_ADDRESS.search(got.path) and asked.host == got.host):
        return f"redirected to {answer.url}"
    return None


def _is_listing_of_another(title: str, url: str) -> bool:
    """Whether a page lists the files of another folder than the URL names: whoever links to a folder means its list."""
    listing = _LISTING.fullmatch(" ".join(title.split()))
    if listing is None:
        return False
    try:
        asked = parse_url(url)
    except InvalidUrl:
        return False
    return not is_home(asked) and listing[1].strip().strip("/") != asked.path.strip("/")
