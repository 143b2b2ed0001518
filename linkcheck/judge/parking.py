"""Signs that a host's domain is parked, for sale or expired, so that whatever stood there is gone.

A word such as "for sale" alone is no sign, since articles have it in their titles: it takes the host's own name beside it,
a title that is nothing but the notice, the mark of a parking service in the page, or a redirect to one.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from linkcheck.judge.redirects import steps
from linkcheck.judge.signs import is_home
from linkcheck.judge.titles import SEPARATOR, letters
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
        *("namebrightstatic.com", "domainparking.ru", "parking.ru", "parkpage.com", "parked.com"),
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
_SALES_HOSTS = ("parkingpage.", "parking.", "forsale.")
_NUMBERED = re.compile(r"ww\d{1,2}\.")

_OWN = "\0"
_SALE = (
    r"(?:is |may be |might be |could be )(?:now |still |available )?for sale|for sale(?=$| ?[-\u2013\u2014|:!.])"
    r"|(?:this |the )?(?:premium )?(?:domain(?: name)?|web ?site|site) (?:is|may be"
    r"|might be) (?:now |available )?for sale"
    r"|is available for (?:purchase|sale)|is parked|has expired|domain (?:has )?expired|parked (?:domain|free)"
    r"|(?:steht |ist )?(?:zum verkauf|zu verkaufen)|(?:est )?(?:à vendre|en vente)"
    r"|(?:está )?(?:en|a la) venta|(?:è )?in vendita"
    r"|(?:está )?à venda|(?:is )?te koop|(?:jest )?na sprzeda[żz]|прода[её]тся|выставлен на продажу|satılık|eladó"
    r"|(?:je )?na prodej|(?:är )?till salu|(?:er )?til salgs?|(?:on )?myytävänä|(?:este )?de vânzare|正在出售|出售|は?販売中"
    r"|판매 ?중|dijual|đang (?:được )?bán|(?:\w{1,30} )?resources and information|informationen zum thema"
)
_IT = (
    r"(?:(?:the |this |diese |ce |cette |este |questo |deze |dit )?(?:domain(?: name)?|web ?site|webseite"
    r"|nom de domaine|domaine"
    r"|site web|sitio web|dominio|sito web|domínio|domein|域名|ドメイン|домен) ?)?"
)
_AFTER_NAME = re.compile(
    rf"{_OWN}[\"'\u201d\u00bb]? ?[-\u2013\u2014|:]? ?\u00a1?{_IT}(?:{_SALE}"
    rf"|kaufen$|make an offer(?!\w)|registered (?:at|with) )"
)
_BEFORE_NAME = re.compile(
    rf"(?:^|[|\u2013\u2014:-] )(?:buy|purchase|acquire|make an offer (?:on|for)"
    rf"|inquire about|for sale:?|kaufen sie|acheter|comprar|acquista"
    rf"|koop|kup|купить(?: домен)?|domain name for sale:?|domain for sale:?) [\"'\u201c\u00ab]?{_OWN}"
    rf"[\"'\u201d\u00bb]?(?=$| ?[-\u2013\u2014|:!.]|\s(?:for|now|today|at)\b)"
)
_NOTICE = re.compile(
    r"(?:this|the) (?:premium )?(?:domain(?: name)?|web ?site|web address) (?:is"
    r"|may be|might be|could be) (?:now |available )?"
    r"for sale|(?:premium )?domain(?: name)? (?:is )?for sale|(?:this |the )?domain(?: name)? (?:has |is )?(?:expired"
    r"|parked(?: free.*)?)|(?:this )?domain (?:has been |is )?suspended|expired domain"
    r"|parked domain(?: name)?|domain parking"
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
_SALES_WORDS = re.compile(rf"{_SALE}|{_NOTICE.pattern}|\bfor sale\b")
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
        "registered",
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
    *("vânzare", "出售", "转让", "売り", "販売", "ドメイン", "판매", "dijual", "bán"),
)
"""One of these is in whatever the patterns find."""
_VENDOR_NAMES = frozenset(
    (
        "above",
        "afternic",
        "atom",
        "bodis",
        "dan",
        "dancom",
        "godaddy",
        "hugedomains",
        "namecheap",
        "parkingcrew",
        "sedo",
        "undeveloped",
    )
)
_EDGES = " \t.,;!?\u2026\"'\u201c\u201d\u00ab\u00bb()[]"
_LONGEST = 300
_SHORTEST_LABEL = 3


def parked_domain(outcome: Outcome, answer: Answer) -> str | None:
    """What shows that the domain of a link is parked or for sale, in one clause; None where nothing does."""
    page = answer.page
    if not outcome.hops and (page is None or not _deserves_a_look(page)):
        return None
    asked = _read(outcome.url)
    if asked is None or _is_vendor(asked):
        return None
    return _sold_by(outcome, asked) or _numbered_host(outcome, asked, page) or _notice(asked, answer)


def _sold_by(outcome: Outcome, asked: Url) -> str | None:
    for url in _led_to(outcome):
        domain = registrable_domain(url.host)
        if domain in _PARKING or (url.host.startswith(_SALES_HOSTS) and domain in _MARKETS):
            return f"redirected to {url.host}, which shows parked domains"
        if domain in _MARKETS and _names(url, asked):
            return f"redirected to {url.host}, where domains are sold"
    return None


def _names(url: Url, asked: Url) -> bool:
    """Whether a page of a marketplace is about the domain of the link, and not one that a link shortener led to."""
    domain = registrable_domain(asked.host) or asked.host
    label = domain.partition(".")[0]
    said = f"{url.path}?{url.query}".lower()
    return domain in said or (
        len(label) >= _SHORTEST_LABEL and re.search(rf"(?<![a-z0-9]){re.escape(label)}(?![a-z0-9])", said) is not None
    )


def _numbered_host(outcome: Outcome, asked: Url, page: PageFacts | None) -> str | None:
    """A redirect to `ww1.` of the same domain: what parking does, and some sites with many servers, whose pages say more."""
    if page is None or _NUMBERED.match(asked.host) or page.canonicals or page.og_title or page.og_url or page.published:
        return None
    if page.title and _OWN not in _with_own(page.title, asked.host) and not _SALES_WORDS.search(_plain(page.title)):
        return None
    own = registrable_domain(asked.host)
    for url in _led_to(outcome):
        if own is not None and _NUMBERED.match(url.host) and registrable_domain(url.host) == own:
            return f"redirected to {url.host}, a host of parked domains"
    return None


def _notice(asked: Url, answer: Answer) -> str | None:
    page = answer.page
    if page is None or answer.vouched or not _deserves_a_look(page):
        return None
    if page.published is not None or _has_own_address(page, answer):
        return None
    hosts = (asked.host, *(url.host for url in (_read(answer.url),) if url is not None))
    titles = [text for text in (page.title, page.og_title) if text]
    for text in titles:
        if _is_for_sale(text, hosts):
            return f"its title is {text[:200]!r}"
    bare = all(_is_only_own(text, hosts) for text in titles)
    if bare and page.heading and _is_for_sale(page.heading, hosts):
        return f"its main heading is {page.heading[:200]!r}"
    if page.parking is not None and (bare or any(_OWN in _with_own(text, *hosts) for text in titles)):
        return f"it has the mark of a parking service ({page.parking})"
    return None


def _deserves_a_look(page: PageFacts) -> bool:
    return page.parking is not None or any(_may_sell(text) for text in (page.title, page.og_title, page.heading) if text)


@lru_cache(maxsize=1024)
def _may_sell(text: str) -> bool:
    plain = _plain(text)
    return any(stem in plain for stem in _STEMS)


def _has_own_address(page: PageFacts, answer: Answer) -> bool:
    """Whether the page names a canonical address deep in its own site, as articles do and parked domains do not."""
    here = _read(answer.url)
    for canonical in page.canonicals:
        url = _read(canonical)
        if url is not None and here is not None and url.host == here.host and not is_home(url):
            return True
    return False


def _is_for_sale(text: str, hosts: tuple[str, ...]) -> bool:
    plain = _plain(text)
    named = _with_own(text, *hosts)
    if _OWN in named and (_AFTER_NAME.search(named) or _BEFORE_NAME.search(named)):
        return True
    parts = [part.strip(_EDGES) for part in SEPARATOR.split(plain)]
    others = [part for part in parts if part and not _NOTICE.fullmatch(part)]
    return len(others) < len(parts) and all(letters(part) in _VENDOR_NAMES or _is_only_own(part, hosts) for part in others)


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
