"""What kind of page a URL leads to, by its form alone: a home page, a search, a "not found" page."""

import re
from urllib.parse import parse_qsl, unquote

from linkcheck.pages import is_notice_name
from linkcheck.urls import InvalidUrl, Url, parse_url

HOME = re.compile(r"(/[a-z]{2}([-_][a-z]{2,4})?){0,2}(/(home|index|default|start|welcome)(\.[a-z]{2,5})?)?/?", re.IGNORECASE)
_MARK = re.compile(
    r"(utm_[a-z_]+|(is_?)?redirect(ed)?(_?(from|to|url|by))?|from|ref|referr?er|src|source|origin"
    r"|orig(inal)?_?url|return_?(to|url)"
    r"|err(or)?(_?(code|msg|page))?|status(_?code)?|code|msg|message|reason|(page_?)?not_?found|missing|gone"
    r"|expired|archived|deleted|404"
    r"|old_?url|lang|language|locale|hl|country|edition|region|nr|no_?redirect|cmp(id)?|[a-z]{2}clid|gclid"
    r"|fbclid)(=[^&]*)?"
    r"|[^&]*=404",
    re.IGNORECASE,
)
"""A parameter that notes where a visitor came from and how, and does not name a page."""
_NOT_FOUND = re.compile(
    r"(^|[/_-])(404|not-?_?found|page-?_?not-?_?found|error-?_?404|404-?_?error|notfound)(\.[a-z]{2,5})?/?$", re.IGNORECASE
)
SEARCH_PATH = re.compile(
    r"/(?:site-?)?(?:search(?:-?results?)?|suche|suchergebnisse?|recherche|buscar|busqueda|ricerca|cerca|zoeken|pesquisa|busca"
    r"|szukaj|sok|haku|ara)(?:/(?:results?|index))?(?:\.[a-z]{2,5})?/?$",
    re.IGNORECASE,
)
SEARCH_PARAMETERS = frozenset(
    ("keyword", "keywords", "q", "query", "s", "search", "search_query", "searchterm", "term", "text")
)
"""Parameters with the search terms, on a search page or, as in WordPress, on the home page."""


def is_not_found(url: str) -> bool:
    """Whether a URL is, by its name, that of the "not found" page."""
    try:
        path = parse_url(url).path
    except InvalidUrl:
        return False
    name = unquote(path.rstrip("/").rpartition("/")[2], errors="replace")
    return _NOT_FOUND.search(path) is not None or is_notice_name(name)


def is_home(url: Url) -> bool:
    """Whether a URL is that of a site's front page, in whatever language."""
    if HOME.fullmatch(url.path) is None:
        return False
    return all(_MARK.fullmatch(each) for each in url.query.split("&") if each)


def is_search(url: str) -> bool:
    """Whether a URL is that of a site's search, by the end of its path, or by a parameter of the home page."""
    try:
        read = parse_url(url)
    except InvalidUrl:
        return False
    if SEARCH_PATH.search(read.path):
        return True
    return HOME.fullmatch(read.path) is not None and any(
        key.lower() in SEARCH_PARAMETERS for key, _ in parse_qsl(read.query)
    )
