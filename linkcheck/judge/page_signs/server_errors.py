"""Error pages and default pages of servers that answer with success, by a closed list of titles and a second sign.

The second sign is that the page declares nothing else about itself, or that its main heading says the same: an article
titled "Access denied" has a canonical URL, a preview or a date.
"""

import re
from functools import lru_cache
from urllib.parse import unquote

from linkcheck.judge.page_signs.missing_page import ends_of
from linkcheck.judge.page_signs.notices import contains_only, describes_itself
from linkcheck.judge.page_signs.removed_content import is_on_platform
from linkcheck.judge.titles.compare_titles import SEPARATOR, letters
from linkcheck.judge.url_traits.page_kind import is_home
from linkcheck.model import Answer, Outcome
from linkcheck.urls import InvalidUrl, parse_url

_LISTING = re.compile(r"(?:index of|directory listing (?:for|of)|verzeichnis von|listing of) (/[^|]*)", re.IGNORECASE)
_ERROR_ADDRESS = re.compile(
    r"(?:^|/)(?:error|errors|error-?page|server-?error|general-?error|generic-?error|custom-?error"
    r"|oops|fehler(?:-?seite)?|page-?d-?erreur|erreur|errore|pagina-?(?:de-?|di-?)?error[e]?|erro|pagina-?de-?erro|fout(?:-?pagina)?"
    r"|fejl|feil|felsida|hata|chyba|hiba|virhe|blad|eroare|greska|oshibka)(?:\.[a-z]{2,5})?/?$"
    r"|/errors?/(?:index|default|general|generic|50\d)(?:\.[a-z]{2,5})?/?$",
    re.IGNORECASE,
)
_ASP_NET = re.compile(r"(?:^|&)aspxerrorpath=", re.IGNORECASE)
_CPANEL = re.compile(r"/cgi-sys/(?:default|suspended|moving|redirect|moved)[a-z]*\.cgi", re.IGNORECASE)
"""Where cPanel leads the visitors of a site that it does not have, or has suspended."""
_REFUSAL = re.compile(
    r"\b(?:403|429|access (?:is |has been )?denied|permission denied|don't have permission|forbidden|unauthorized"
    r"|not acceptable|too many requests|request (?:rejected|could not be satisfied)|url was rejected|web ?page blocked"
    r"|zugriff verweigert|accès refusé|acceso denegado|accesso negato|acesso negado|toegang geweigerd)\b"
    r"|доступ запрещ|(?:访问|存取|訪問)(?:被)?(?:拒|禁止)|アクセスが(?:拒否|制限)|접근이 거부",
    re.IGNORECASE,
)
"""Messages of firewalls and proxies that refuse requests."""
_WORD = re.compile(r"[^\W_]+")
_LONGEST = 120


def error_page(outcome: Outcome, answer: Answer) -> str | None:
    """What shows that a page is an error page or a server's default page, in one clause; None if nothing does."""
    page = answer.page
    if (address := _error_address(outcome, answer)) is not None:
        return address
    if page is None or answer.vouched or is_on_platform(answer):
        return None
    if page.title and _is_listing_of_another(page.title, outcome.url):
        return f"its title is {page.title!r}"
    what, text = ("title", page.title) if page.title else ("main heading", page.heading)
    if not text or len(text) > _LONGEST or describes_itself(page, is_error_title):
        return None
    if not contains_only(text, _titles(), page, answer.url) or _is_called_so(outcome.url, text):
        return None
    return f"its {what} is {text!r}"


def is_refusal(answer: Answer) -> bool:
    """Whether an error page reports that the request was refused, perhaps only for programs."""
    text = (answer.page.title or answer.page.heading or "") if answer.page is not None else ""
    return _REFUSAL.search(text.replace("\u2019", "'")) is not None


def speaks_of_error(text: str, title: str, *, fewest: int = 1) -> bool:
    """Whether a text, such as an article's title, contains the words of an error page's title in order.

    `fewest` is how many words it takes, where the title's are written apart.
    """
    spaced, plain = f" {' '.join(_words(text))} ", letters(text)
    for part in _phrases(title):
        words = _words(part)
        if (len(words) >= fewest and f" {' '.join(words)} " in spaced) or (not part.isascii() and letters(part) in plain):
            return True
    return False


def _is_called_so(url: str, title: str) -> bool:
    """Whether a URL has all words of an error page's title, in whatever order: `/codes/502-bad-gateway`."""
    words = frozenset(_words(unquote(url.partition("://")[2].partition("/")[2], errors="replace")))
    return any(words.issuperset(_words(part)) for part in _phrases(title))


def _phrases(title: str) -> list[str]:
    """A title, and its parts that are errors, without the site's name."""
    return [title, *(part for part in SEPARATOR.split(title) if letters(part) and is_error_title(part))]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.replace("\u2019", "'").replace("'", "").casefold())


@lru_cache(maxsize=1024)
def is_error_title(text: str) -> bool:
    """Whether a title is one of the list, and nothing else."""
    return _titles().fullmatch(text) is not None


def _titles() -> re.Pattern[str]:
    """The list takes longer to compile than many a run to end, and pages that describe themselves need none of it."""
    from linkcheck.judge.page_signs.server_error_titles import TITLES

    return TITLES


def _error_address(outcome: Outcome, answer: Answer) -> str | None:
    """A redirect to a site's or a server's error page. ASP.NET names the page that failed in the query (`customErrors`)."""
    refresh = answer.page.refresh if answer.page is not None else None
    if refresh and _CPANEL.search(refresh) and not _CPANEL.search(outcome.url):
        return f"the page forwards readers to {refresh}"
    ends = ends_of(outcome, answer)
    if ends is None:
        return None
    requested, got = ends
    if _ERROR_ADDRESS.search(requested.path) or _ASP_NET.search(requested.query) or _CPANEL.search(requested.path):
        return None
    if (
        _ASP_NET.search(got.query)
        or _CPANEL.search(got.path)
        or (_ERROR_ADDRESS.search(got.path) and requested.host == got.host)
    ):
        return f"redirected to {got.href}"
    return None


def _is_listing_of_another(title: str, url: str) -> bool:
    """Whether a page lists the files of another folder than the URL names: a link to a folder means its list."""
    listing = _LISTING.fullmatch(" ".join(title.split()))
    if listing is None:
        return False
    try:
        requested = parse_url(url)
    except InvalidUrl:
        return False
    return not is_home(requested) and listing[1].strip().strip("/") != requested.path.strip("/")
