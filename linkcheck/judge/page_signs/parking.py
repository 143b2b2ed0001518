"""Signs that a host's domain is parked, for sale or expired, so that the linked page is gone.

A word such as "for sale" alone is not a sign, since articles have it in their titles: a title must be nothing but a notice
with the host's own name, or a notice next to another sign: the mark of a parking service in the page, the name of a vendor,
or a redirect to one. A page that describes itself as a page of its own is none of a parked domain.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from urllib.parse import unquote

from linkcheck.judge.page_signs.self_description import describes_itself, has_own_address
from linkcheck.judge.titles.compare_titles import SEPARATOR, letters
from linkcheck.judge.url_traits.redirect_chain import steps
from linkcheck.model import Answer, Outcome, PageFacts
from linkcheck.urls import InvalidUrl, Url, parse_url, registrable_domain, unicode_host

_PARKING = frozenset(
    (
        *(
            "bodis.com",
            "domainsponsor.com",
            "fabulous.com",
            "namedrive.com",
            "oversee.net",
            "parkingcrew.net",
            "parklogic.com",
        ),
        *("rookmedia.net", "searchvity.com", "sedoparking.com", "skenzo.com", "smartname.com", "trafficz.com", "voodoo.com"),
        *("namebrightstatic.com", "domainparking.ru", "parking.ru", "parkpage.com", "parked.com", "domainhasexpired.com"),
    )
)
"""Domains of services that show advertisements on parked domains, and of nothing else."""
_MARKETS = frozenset(
    (
        *("above.com", "afternic.com", "atom.com", "brandbucket.com", "buydomains.com", "dan.com", "domainagents.com"),
        *("domainlore.uk", "domainmarket.com", "dynadot.com", "efty.com", "epik.com", "flippa.com", "godaddy.com"),
        *("hugedomains.com", "mydomaincontact.com", "namebright.com", "namecheap.com", "namesilo.com", "nic.ru"),
        *("perfectdomain.com", "porkbun.com", "reg.ru", "sav.com", "sedo.com", "spaceship.com", "squadhelp.com"),
        *("undeveloped.com", "uniregistry.com", "elitedomains.de", "nicsell.com", "united-domains.de"),
    )
)
"""Domains of marketplaces and registrars: their page of a domain names it."""
_TRADE = re.compile(
    r"domains?[\w-]{0,40}(?:expired|sales?|park|market|broker|auction)|(?:expired|parked|buy|sell)[\w-]{0,40}domain"
)
"""In a name of a domain: its page that is named after another domain is where that one is parked or sold."""
_SALES_HOSTS = ("parkingpage.", "parking.", "forsale.")
_NUMBERED = re.compile(r"ww\d{1,2}\.")

_OWN = "\0"
_SALE = (
    r"(?:(?:is |may be |might be |could be )?(?:now |still |available )?for sale"
    r"|is available for (?:purchase|sale)|is parked|has expired|(?:steht |ist )?(?:zum verkauf|zu verkaufen)"
    r"|(?:est )?(?:à vendre|en vente)|(?:está )?(?:en|a la) venta|(?:è )?in vendita"
    r"|(?:está )?à venda|(?:is )?te koop|(?:jest )?na sprzeda[żz]|прода[её]тся|выставлен на продажу|satılık|eladó"
    r"|(?:je )?na prodej|(?:är )?till salu|(?:er )?til salgs?|(?:on )?myytävänä|(?:este )?de vânzare|正在出售|出售|は?販売中"
    r"|판매 ?중|dijual|đang (?:được )?bán)"
)
_IT = (
    r"(?:(?:the|this|die|diese|le|ce|cette|el|este|il|questo|o|de|deze|dit|этот) |此|该)?(?:premium )?(?:domain(?: name)?"
    r"|web ?site|webseite|nom de domaine|domaine|site web|sitio web|dominio|sito web|domínio|domein(?:naam)?|domena"
    r"|域名|ドメイン|домен)"
)
_NAMED = re.compile(
    rf"(?:{_IT} )?[\"'\u201c\u00ab]?{_OWN}[\"'\u201d\u00bb]? ?(?:{_IT} ?)?{_SALE}(?:\. inquire now)?"
    rf"|срок регистрации домена {_OWN} ист[её]к"
)
"""A notice with the host's own name, and no more."""
_OFFER = re.compile(
    rf"(?:buy|purchase|acquire|make an offer (?:on|for)|inquire about|for sale:?|kaufen sie|acheter|comprar|acquista|koop"
    rf"|kup|купить(?: домен)?) (?:{_IT} )?[\"'\u201c\u00ab]?{_OWN}[\"'\u201d\u00bb]?(?: now| today)?"
    rf"|(?:{_IT} )?{_OWN} kaufen|make an offer"
)
"""Also said by shops."""
_NOTICE = re.compile(
    rf"{_IT} ?{_SALE}"
    r"|(?:this|the) (?:premium )?(?:domain(?: name)?|web ?site|web address|site) (?:is|may be|might be|could be)"
    r" (?:now |available )?for sale"
    r"|(?:premium )?domain(?: name)? (?:is )?for sale|(?:this |the )?domain(?: name)? (?:has |is )?(?:expired"
    r"|parked(?: free.*)?)|(?:this )?domain (?:has been |is )?suspended|expired domain"
    r"|(?:\w{1,20} )?parked (?:domain(?: name)?|page|free)|domain parking"
    r"|diese[rs]? (?:domain|webadresse)(?:name)? (?:steht zum verkauf"
    r"|ist zu verkaufen|ist käuflich.*)|domain zu verkaufen"
    r"|ce (?:nom de )?domaine (?:est à vendre|est en vente|a expiré)"
    r"|nom de domaine à vendre|este dominio está (?:en|a la) venta"
    r"|dominio (?:en|in) ven(?:ta|dita)|questo dominio è in vendita|este domínio está à venda|domínio à venda"
    r"|(?:deze domeinnaam|dit domein) is te koop|domein(?:naam)? te koop|(?:ta )?domena (?:jest )?na sprzeda[żz]"
    r"|(?:этот )?домен (?:прода[её]тся|выставлен на продажу)|bu (?:alan adı"
    r"|domain) satılık(?:tır)?|satılık (?:alan adı|domain)"
    r"|den(?:na| här) domän(?:en)? är till salu|dette domænet? er til salgs?|(?:tato )?doména (?:je )?na prodej"
    r"|ez a domain eladó|eladó domain|acest domeniu este de vânzare"
    r"|(?:此|该|這個|这个|本)?(?:域名|網域)(?:正在|可)?(?:出售|转让)中?"
    r"|このドメイン(?:名)?は(?:売りに出されています|販売中です|売り出し中です)|이 도메인은 판매 ?중입니다|domain ini dijual"
    r"|tên miền này đang (?:được )?bán"
)
_DIRECTORY = re.compile(r"(.{1,80}) resources and information|informationen zum thema (.{1,80})")
_SALES_FOLDERS = frozenset(("buy-domain", "forsale", "lander", "name", "names"))
"""Folders of marketplaces in which each page is that of a domain, and named after it."""
_STEMS = (
    *(
        "sale",
        "parked",
        "parking",
        "expired",
        "buy ",
        "purchase",
        "acquire",
        "offer",
        "inquire",
        "domain name",
        "resources and",
        "suspended",
        "informationen zum",
    ),
    *(
        "verkauf",
        "käuflich",
        "kaufen",
        "vendre",
        "vente",
        "acheter",
        "expiré",
        "venta",
        "comprar",
        "vendita",
        "acquista",
        "venda",
    ),
    *(
        "te koop",
        "koop ",
        "sprzeda",
        "kup ",
        "прода",
        "купить",
        "satılık",
        "eladó",
        "prodej",
        "till salu",
        "til sal",
        "myytävänä",
    ),
    *("vânzare", "регистрации", "出售", "转让", "売り", "販売", "ドメイン", "판매", "dijual", "bán"),
)
"""One of these is in whatever the patterns find."""
_VENDOR_NAMES = frozenset(
    (
        "above",
        "afternic",
        "atom",
        "bodis",
        "dan",
        "godaddy",
        "hugedomains",
        "namecheap",
        "parkingcrew",
        "sedo",
        "undeveloped",
    )
)
_EDGES = " \t.,;!?\u00a1\u2026\"'\u201c\u201d\u00ab\u00bb()[]"
_LONGEST = 300


def parked_domain(outcome: Outcome, answer: Answer) -> str | None:
    """What shows that the domain of a link is parked or for sale, in one clause; None if nothing does."""
    page = answer.page
    if not outcome.hops and (page is None or not _deserves_a_look(page)):
        return None
    requested = _read(outcome.url)
    if requested is None or _is_vendor(requested):
        return None
    return _sold_by(outcome, answer, requested) or _led_to_lander(outcome, answer, requested) or _notice(requested, answer)


def _sold_by(outcome: Outcome, answer: Answer, requested: Url) -> str | None:
    for url in _led_to(outcome):
        domain = registrable_domain(url.host)
        if domain in _PARKING or (url.host.startswith(_SALES_HOSTS) and domain in _MARKETS):
            return f"redirected to {url.host}, which shows parked domains"
        if domain in _MARKETS and (_sells(url, requested) or (_names(url, requested) and not describes_itself(answer))):
            return f"redirected to {url.host}, where domains are sold"
        if _TRADE.search(domain or "") and domain != registrable_domain(requested.host) and _names(url, requested):
            return f"redirected to {url.href}, where domains are parked or sold"
    return None


def _sells(url: Url, requested: Url) -> bool:
    """Whether a page of a marketplace offers the domain of the link, which is conclusive."""
    domain = registrable_domain(requested.host) or requested.host
    names = (domain, f"www.{domain}", domain.partition(".")[0])
    if url.host.startswith(tuple(f"{name}." for name in names[:2])):  # `example.com.dan.com`
        return True
    segments = url.path.lower().split("/")
    if segments[-1] == "domain_profile.cfm":  # HugeDomains: `?d=name&e=com`
        return any(value in names for value in _domains_in_query(url))
    return any(folder in _SALES_FOLDERS and unquote(name) in names for folder, name in pairwise(segments))


def _names(url: Url, requested: Url) -> bool:
    """Whether an address gives the whole domain of the link, and not as the place where readers come from."""
    domain = registrable_domain(requested.host) or requested.host
    given = (*map(unquote, url.path.lower().split("/")), *_domains_in_query(url))
    return domain in given or f"www.{domain}" in given


def _domains_in_query(url: Url) -> Iterator[str]:
    for field in url.query.lower().split("&"):
        name, is_set, value = field.partition("=")
        if not is_set:
            yield unquote(name)
        elif name in ("d", "q", "query", "name") or "domain" in name:
            yield unquote(value)


def _led_to_lander(outcome: Outcome, answer: Answer, requested: Url) -> str | None:
    """A redirect to `ww1.` or to `/lander` of the same domain, and a page that does not describe itself.

    Some sites have many servers, or pages of such a name, and say more.
    """
    page, own = answer.page, registrable_domain(requested.host)
    if page is None or own is None or page.canonicals or page.og_url or describes_itself(answer):
        return None
    for url in _led_to(outcome):
        if registrable_domain(url.host) != own or not _offers(page, (requested.host, url.host)):
            continue
        if _NUMBERED.match(url.host) and not _NUMBERED.match(requested.host):
            return f"redirected to {url.host}, a host of parked domains"
        if url.path == "/lander" and requested.path != "/lander":
            return f"redirected to {url.href}, as parked domains are"
    return None


def _offers(page: PageFacts, hosts: tuple[str, ...]) -> bool:
    """Whether a page has the mark of a parking service, or titles that are nothing but the host's name or a notice."""
    titles = _titles(page)
    if not titles:
        return page.parking is not None or page.is_wordless
    return all(_is_only_own(text, hosts) or _is_for_sale(text, hosts, beside=True) for text in titles)


def _notice(requested: Url, answer: Answer) -> str | None:
    page, here = answer.page, _read(answer.url)
    if page is None or here is None or answer.vouched or _is_vendor(here) or not _deserves_a_look(page):
        return None
    if describes_itself(answer) or has_own_address(page, answer.url):
        return None
    hosts = (requested.host, here.host)
    titles = _titles(page)
    marked = page.parking is not None
    for text in titles:
        if _is_for_sale(text, hosts, beside=marked or page.is_wordless):
            return f"its title is {text[:200]!r}"
    if not all(_is_only_own(text, hosts) for text in titles):
        return None
    if page.heading and _is_for_sale(page.heading, hosts, beside=marked or page.is_wordless or bool(titles)):
        return f"its main heading is {page.heading[:200]!r}"
    if marked:
        return f"it has the mark of a parking service ({page.parking})"
    leads_to = _read(page.refresh or "")
    if leads_to is not None and registrable_domain(leads_to.host) in _MARKETS and _sells(leads_to, requested):
        return f"it forwards to {leads_to.host}, where domains are sold"
    return None


def _titles(page: PageFacts) -> tuple[str, ...]:
    return tuple(text for text in (page.title, page.og_title) if text)


def _deserves_a_look(page: PageFacts) -> bool:
    return (
        page.parking is not None
        or page.refresh is not None
        or any(_may_sell(text) for text in (page.title, page.og_title, page.heading) if text)
    )


@lru_cache(maxsize=1024)
def _may_sell(text: str) -> bool:
    return any(map(_plain(text).__contains__, _STEMS))


def _is_for_sale(text: str, hosts: tuple[str, ...], *, beside: bool) -> bool:
    """Whether a text is nothing but a notice: with the host's own name, with a vendor's, or `beside` another sign."""
    named = _with_own(text, *hosts)
    parts = [part for part in (each.strip(_EDGES) for each in SEPARATOR.split(named)) if part]
    beside = beside or any(_is_vendor_name(part) for part in parts)
    whole = named.strip(_EDGES)
    if _NAMED.fullmatch(whole) or (beside and _OFFER.fullmatch(whole)):
        return True
    sells = False
    for part in parts:
        if _NAMED.fullmatch(part):
            sells = True
        elif _NOTICE.fullmatch(part):
            sells = sells or beside or _OWN in named
        elif _OFFER.fullmatch(part):
            sells = sells or beside
        elif _DIRECTORY.fullmatch(part):
            # As Sedo writes it, and no site of that subject.
            sells = sells or (named.endswith(".") and _is_directory(part, hosts))
        elif not (_is_vendor_name(part) or _is_only_own(part, hosts)):
            return False
    return sells


def _is_vendor_name(part: str) -> bool:
    return part in _MARKETS or letters(part) in _VENDOR_NAMES


def _is_directory(part: str, hosts: tuple[str, ...]) -> bool:
    """Whether a part of a title is what Sedo's pages for parked domains contain: its name, as a subject."""
    found = _DIRECTORY.fullmatch(part)
    labels = {letters((registrable_domain(host) or host).partition(".")[0]) for host in hosts}
    return found is not None and letters(found[1] or found[2]) in labels


def _is_only_own(text: str, hosts: tuple[str, ...]) -> bool:
    """Whether a text is nothing but the name of the host."""
    rest = _with_own(text, *hosts).replace(_OWN, "")
    return not rest.strip(_EDGES) or letters(text) in {letters(registrable_domain(host) or host) for host in hosts}


def _with_own(text: str, *hosts: str) -> str:
    """A text in lower case with the host's own name as one character."""
    plain = _plain(text)
    for host in hosts:
        domain = registrable_domain(host) or host
        for name in (f"www.{domain}", host, domain, unicode_host(domain)):
            if name:
                plain = re.sub(rf"(?<![\w.-]){re.escape(name)}(?![\w-]|\.\w)", _OWN, plain)
    return plain


def _plain(text: str) -> str:
    return " ".join(text[:_LONGEST].replace("\u2019", "'").lower().split())


def _led_to(outcome: Outcome) -> Iterator[Url]:
    for _, href in steps(outcome):
        url = _read(href)
        if url is not None:
            yield url


def _is_vendor(url: Url) -> bool:
    domain = registrable_domain(url.host)
    return domain in _PARKING or domain in _MARKETS


def _read(href: str) -> Url | None:
    try:
        return parse_url(href)
    except InvalidUrl:
        return None
