"""Signs that a wall is in front of a page: to log in, to consent, to subscribe, of age, region, browser or maintenance.

What is behind a wall was not seen, so a wall says nothing against the page: it is never the "not found" page, although
a site shows it instead of any URL. It is known by the address that a redirect leads to, or by a title that is nothing
but the wall's and is next to a second sign.
"""

import re
from functools import lru_cache
from urllib.parse import unquote

from msgspec import Struct

from linkcheck.judge.page_signs.missing_page import ends_of, is_deep, moved_permanently
from linkcheck.judge.page_signs.notices import contains_only, describes_itself
from linkcheck.judge.url_traits.page_kind import is_home
from linkcheck.model import Answer, Outcome, PageFacts
from linkcheck.urls import InvalidUrl, Url, parse_url, registrable_domain


class _Gate(Struct, frozen=True):
    """A kind of wall. `names` are segments of a path without their ending, `hosts` how the name of a host begins.

    `topic` is in the paths of pages that are about it themselves: such a page may well lead to another of its kind.
    `titles` are those of pages that are nothing but the wall. `anywhere` says that they may be at a home page, too,
    `wordless` that a race, a play or a product may be called so, unless the page has hardly another word.
    """

    what: str
    names: re.Pattern[str]
    titles: re.Pattern[str]
    topic: re.Pattern[str]
    hosts: tuple[str, ...] = ()
    anywhere: bool = False
    wordless: bool = False


_LOGIN = re.compile(
    r"(^|/)(log-?in|sign-?in|signon|sso|saml2?|oauth2?|authorize|authenticate|wp-login\.php|uas/login"
    r"|authwall)(\.[a-z]{2,5})?(/|$)",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"(^|/)(cookie-?)?(consent|collectconsent|privacy-?gate|gdpr-?consent)(\.[a-z]{2,5})?(/|$)", re.IGNORECASE
)
_LOGIN_HOSTS = ("login.", "signin.", "accounts.", "account.", "auth.", "sso.", "idp.")
_CONSENT_HOSTS = ("consent.", "guce.", "cookieconsent.")


def _any(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_HERE = r"(?:in|from|for|to) (?:your|this) (?:region|country|location|area|territory)"
_OUR = r"(?:(?:the|this|our) )?"
_SITE = r"(?:(?:web)?site|page|service|server)"
_GATES = (
    _Gate(
        "a login page",
        _any(
            r"members?-?login|login-?required|auth-?required|anmelden|anmeldung|einloggen|connexion|se-?connecter"
            r"|iniciar-?sesi[oó]n|inloggen|logga-?in|logowanie|zaloguj|prihlaseni|bel[eé]p[eé]s|bejelentkez[eé]s|giris"
        ),
        _any(
            r"log-?[io]n|sign-?in|log[- ]?in or sign[- ]?up|sign[- ]?in or (?:register|sign[- ]?up|join)"
            r"|(?:please )?(?:log|sign) ?in(?: to (?:continue|view|your account|facebook|x|twitter|instagram"
            r"|linkedin|youtube))?"
            r"|log into facebook|login required|(?:user|member|account|customer) (?:log-?in|sign-?in)"
            r"|authentication required"
            r"|anmelden|einloggen|anmeldung|bitte anmelden|connexion|se connecter|identification|iniciar sesi[óo]n"
            r"|acceder|entrar|iniciar sess[ãa]o|fazer login|accedi|accesso|inloggen|logga in|logg inn|log ind"
            r"|kirjaudu(?: sisään)?"
            r"|zaloguj się|logowanie|přihlášení|bejelentkezés|autentificare|войти|вход|авторизация|giriş yap"
            r"|ログイン|登录|登入|로그인"
        ),
        _any(r"log-?in|sign-?in|\bauth|account|\bsso\b|password"),
    ),
    _Gate(
        "a consent page",
        _any(
            r"zustimmung|einwilligung|datenschutz-?(?:abfrage|zustimmung)|cmp|privacy-?(?:wall|center-?gate|prompt)"
            r"|cookie-?(?:wall|gate)|cookies?-?(?:required|disabled|needed|missing|check|blocked)"
            r"|no-?cookies?|(?:enable|accept)-?cookies?"
        ),
        _any(
            r"before you continue(?: to (?:google(?: search)?|youtube))?|(?:cookie|privacy) consent|cookie-?wall"
            r"|consent(?: required)?"
            r"|(?:your )?privacy (?:gate|wall)|dpg media privacy gate|we value your privacy|we care about your privacy"
            r"|(?:please )?(?:enable|accept|allow) (?:your )?cookies(?: to continue)?"
            r"|cookies? (?:are )?(?:required|disabled)"
            r"|wir (?:benötigen|brauchen) ihre (?:zustimmung|einwilligung)"
            r"|bevor sie (?:fortfahren|zu .{1,30} weitergehen)|(?:ihre )?(?:zustimmung"
            r"|einwilligung)(?: erforderlich| benötigt)?"
            r"|avant de continuer|antes de continuar|prima di continuare|voordat je verdergaat|cookie-?instellingen"
        ),
        _any(r"consent|cookie|privacy|gdpr|datenschutz|zustimmung"),
        ("cookiewall.", "privacy-gate.", "privacygate.", "zustimmung."),
    ),
    _Gate(
        "a subscription or registration page",
        _any(
            r"subscribe(?:-?(?:now|today|to-?(?:read|continue)))?|subscriptions?|subscribers?-?only|paywall|pay-?wall"
            r"|abos?|abonnieren|abonnements?|abonnez-?vous|s-?abonner|abonneren|suscr[ií]bete"
            r"|suscripci[oó]n(?:es)?|suscribirse"
            r"|abbonat[ie]|abbonament[io]|assine|assinar|assinaturas?|prenumerera|prenumeration|prenumerata|tilaa|el[oő]fizet[eé]s"
            r"|regist(?:er|ration)(?:-?(?:now|to-?(?:read|continue)))?|registrier(?:en|ung)|inscription"
            r"|reg-?wall|registration-?wall"
            r"|sign-?up|join-?now|create-?account|become-?an?-?(?:member|subscriber)|meter(?:ed)?|members?-?only"
        ),
        _any(
            r"(?:please )?subscribe(?: now| today| here)?(?: to (?:read|continue|view|unlock"
            r"|access)(?: (?:reading|this|the|more)"
            r"(?: (?:article|story|page))?)?)?"
            r"|subscri(?:ption|bers?) (?:required|only)|(?:for )?subscribers? only|paywall"
            r"|(?:please )?(?:register|sign up)(?: now| for free)?(?: to (?:read|continue|view|unlock|access)"
            r"(?: (?:reading|this)(?: (?:article|story|page))?)?)?"
            r"|registration(?: required)?|create (?:an|a free|your) account(?: to (?:read|continue)(?: reading)?)?"
            r"|become an? (?:member|subscriber)"
            r"|members? only"
            r"|(?:jetzt )?(?:abonnieren|abo abschließen|registrieren)|abonnement erforderlich|nur für abonnenten"
            r"|registrierung|(?:jetzt )?(?:abonnieren|registrieren)(?:,)? (?:und|um) weiter ?(?:zu)?lesen"
            r"|(?:abonnez|inscrivez|connectez)-vous(?: pour (?:lire la suite|continuer(?: (?:à lire|votre lecture))?))?"
            r"|s'abonner|réservé aux abonnés"
            r"|(?:suscríbete|regístrate)(?: para (?:seguir|continuar) leyendo)?|solo (?:para )?suscriptores"
            r"|(?:abbonati|registrati)(?: per (?:continuare a leggere|leggere(?: tutto)?))?|solo per abbonati"
            r"|assine(?: para continuar lendo)?|exclusivo para assinantes|abonneren|prenumerera"
        ),
        _any(r"subscri|abo(?:n|s?\b)|regist|suscri|abbona|assin|prenum|sign-?up|join|member|newsletter|account|pay"),
        ("subscribe.", "subscription.", "subscriptions.", "abo.", "abonnement.", "abonnements.", "abonnieren.", "register."),
    ),
    _Gate(
        "an age check",
        _any(
            r"age-?(?:gate|check|verification|verify|verifier|restricted|restriction|confirm|confirmation|wall|limit)"
            r"|(?:verify|confirm)-?(?:your-?)?age|(?:over|under|are-?you)-?(?:18|21)|adult-?(?:check|gate"
            r"|warning|verification)"
            r"|alters-?(?:verifikation|kontrolle|abfrage|pruefung|prüfung|freigabe)|verification-?age"
        ),
        _any(
            r"age (?:gate|check|verification|confirmation|restricted|restriction)(?: required)?|(?:verify"
            r"|confirm) your age"
            r"|are you (?:over |at least )?(?:18|21)(?: years old| or older| or over)?\?|please (?:verify"
            r"|confirm) your age"
            r"|alters(?:verifikation|kontrolle|abfrage|prüfung)|vérification de l'âge|verificación de edad"
            r"|verifica dell'età"
        ),
        _any(r"\bage\b|alters|adult"),
        ("agegate.", "age-gate.", "ageverification."),
        anywhere=True,
    ),
    _Gate(
        "a page for readers of other regions",
        _any(
            r"(?:geo|region|country|location)-?(?:block(?:ed)?|restrict(?:ed|ion)|unavailable|not-?available"
            r"|gate|lock(?:ed)?"
            r"|denied|error)|(?:content-?)?(?:not-?available|unavailable|blocked"
            r"|restricted)-?in-?(?:your-?)?(?:region|country|area"
            r"|location|territory|eu|europe)|not-?available-?here|gdpr(?:-?(?:wall|block(?:ed)?|notice"
            r"|unavailable|error))?"
            r"|(?:eu|eea|european)-?(?:visitors?|users?|readers?|block(?:ed)?|unavailable|notice|privacy)|451"
            r"|(?:unavailable|blocked)-?(?:for-?)?legal(?:-?reasons)?|nicht-?verf(?:ue|ü)gbar-?in-?ihrem-?land"
        ),
        _any(
            rf"(?:sorry,? )?{_OUR}(?:content|{_SITE}|video|article)?(?: (?:is|are))?(?: currently)? ?"
            rf"(?:not available|unavailable|blocked|restricted|not accessible) {_HERE}"
            r"|451(?::? unavailable (?:for|due to) legal reasons)?|unavailable (?:for|due to) legal reasons"
            r"|our european visitors are important to us\.?|(?:geo|region)[- ]?(?:blocked|restricted|restriction)"
            r"|(?:\w+ )?(?:ist )?(?:nicht verfügbar in ihrem land|in ihrem land nicht verfügbar)"
            r"|(?:\w+ )?non disponible dans votre (?:pays|région)"
            r"|(?:\w+ )?no disponible en (?:su|tu) (?:país|región)|(?:\w+ )?non disponibile nel (?:tuo|suo) paese"
        ),
        _any(r"geo|region|country|gdpr|legal|\beu\b|europe"),
        anywhere=True,
    ),
    _Gate(
        "a maintenance page",
        _any(
            r"(?:site-?)?(?:under-?|down-?for-?|scheduled-?)?maintenance(?:-?(?:mode|page|break))?"
            r"|wartung(?:s-?(?:arbeiten|modus|seite))?"
            r"|en-?maintenance|mantenimiento|manutenzione|manuten[cç][aã]o|onderhoud|be-?right-?back"
        ),
        _any(
            rf"(?:{_OUR}{_SITE} (?:is )?)?(?:currently |temporarily )?(?:under|down for|undergoing"
            rf"|in)? ?(?:scheduled |planned )?"
            r"maintenance(?: mode| page| break| in progress)?"
            rf"|{_OUR}{_SITE} maintenance|(?:we'll |we will )?be (?:right )?back (?:soon|shortly)[.!]?|we(?:'ll"
            rf"| will) be right back"
            r"|(?:briefly unavailable for scheduled maintenance\.? ?(?:check back in a minute\.?)?)"
            rf"|{_SITE} temporarily offline"
            r"|wartungs(?:arbeiten|modus)|wartung|(?:site )?en (?:cours de )?maintenance|(?:sitio )?en mantenimiento"
            r"|(?:sito )?in manutenzione|em manutenção|(?:site )?in onderhoud|underhåll|przerwa techniczna"
            r"|технические работы"
            r"|サイトメンテナンス中|メンテナンス中|(?:网站|系统)?维护中|(?:الموقع )?(?:تحت|قيد) الصيانة"
        ),
        _any(r"maint|wartung|mantenim|manuten|onderhoud|repair"),
        ("maintenance.", "wartung."),
        anywhere=True,
    ),
    _Gate(
        "a page about the browser",
        _any(
            r"(?:unsupported|outdated|old|upgrade|update|incompatible)-?(?:your-?)?browsers?"
            r"|browsers?-?(?:not-?supported|unsupported"
            r"|upgrade|update|outdated|check|error|too-?old|support|warning|incompatible)|browsehappy|no-?(?:script|js)"
            r"|enable-?javascript"
        ),
        _any(
            r"(?:sorry,? )?(?:your |this )?(?:web )?browser(?: is)? (?:not supported|unsupported|out ?of ?date"
            r"|outdated|too old"
            r"|no longer supported|incompatible)"
            r"|(?:unsupported|outdated|incompatible) (?:web )?browser|(?:please )?(?:update"
            r"|upgrade) your (?:web )?browser"
            r"|(?:ihr )?browser (?:wird nicht (?:mehr )?unterstützt|ist veraltet)|veralteter browser"
            r"|navigateur (?:obsolète|non (?:pris en"
            r" charge|supporté))|navegador no (?:compatible|soportado)|navegador não suportado|browser non supportato"
            r"|(?:please )?enable javascript(?: to continue)?|javascript (?:is )?(?:required|disabled)"
        ),
        _any(r"browser|javascript|script"),
        anywhere=True,
    ),
    _Gate(
        "a page for robots",
        _any(r"bot-?paywall|robots?-?paywall|(?:ai|bot)-?licens(?:e|ing)"),
        _any(
            r"just a moment(?:\.\.\.|…)|attention required!?|access to this page has been denied\.?"
            r"|(?:please )?verify (?:that )?you are (?:a )?human|pardon our interruption(?:\.\.\.|…)|百度安全验证"
        ),
        _any(r"bot|captcha|human|licens"),
        ("tollbit.",),
        anywhere=True,
    ),
    _Gate(
        "a page for robots",
        _any(r"(?:show|check)-?captcha"),
        _any(
            r"just a moment|are you (?:a robot|human)\?|robot check|(?:human|bot) verification|security check"
            r"|one moment, please(?:\.\.\.|…)?|pardon our interruption|checking your browser(?: before accessing.*)?"
            r"|(?:ddos protection|captcha)|sind sie ein roboter\?|êtes-vous un robot\s?\?|¿eres un robot\?|вы не робот\?"
        ),
        _any(r"bot|captcha|human|licens"),
        anywhere=True,
        wordless=True,
    ),
)
_TITLES = _any("|".join(gate.titles.pattern for gate in _GATES))
_LONGEST = 120
_MOST_HYPHENS = 2
"""In a segment behind a wall's name; with more it is an article's, and the name that of a section."""


def gate_page(outcome: Outcome, answer: Answer) -> str | None:
    """A wall instead of the page that was requested, in one clause; None if none is known."""
    return gate_address(outcome, answer) or _by_title(outcome, answer)


def gate_address(outcome: Outcome, answer: Answer) -> str | None:
    """A redirect to a wall that is known by its address, whatever its status; None if there is none."""
    ends = ends_of(outcome, answer)
    if ends is None:
        return None
    requested, got = ends
    if _leads_to(got, _CONSENT, _CONSENT_HOSTS) and not _leads_to(requested, _CONSENT, _CONSENT_HOSTS):
        return f"redirected to a consent page, {got.href}"
    # Many a forum has a login form in its header, and moves its pages permanently; a gate is put up for the moment.
    password = answer.page is not None and answer.page.has_password_field and not moved_permanently(outcome)
    if _leads_to(got, _LOGIN, _LOGIN_HOSTS) and not _leads_to(requested, _LOGIN, _LOGIN_HOSTS):
        return f"redirected to a login page, {got.href}"
    for gate in _GATES:
        if (
            _is_below(gate, got)
            and is_deep(requested, got)
            and not _is_below(gate, requested)
            and not _is_about(gate, requested)
        ):
            if moved_permanently(outcome) and (_last(requested) == _last(got) or gate.topic.search(requested.path)):
                continue  # to a section of that name, or a page about it has moved
            return f"redirected to {gate.what}, {got.href}"
    if password and not _leads_to(requested, _LOGIN, _LOGIN_HOSTS):
        return f"redirected to a login page, {got.href}"
    return None


def _leads_to(url: Url, path: re.Pattern[str], hosts: tuple[str, ...]) -> bool:
    # An article may be in a folder that is called so.
    found = path.search(url.path)
    return url.host.startswith(hosts) or (found is not None and not _is_article(url.path[found.end() :]))


def _is_below(gate: _Gate, url: Url) -> bool:
    """Whether a URL is, by its name, that of a wall: `/subscribe`, `/gdpr/gazette.example`, `abo.gazette.example`."""
    if gate.hosts and url.host.startswith(gate.hosts) and registrable_domain(url.host) != url.host:
        return True
    segments = [segment for segment in url.path.split("/") if segment]
    for place, segment in enumerate(segments):
        if gate.names.fullmatch(unquote(segment.partition(".")[0])):
            return not _is_article("/".join(segments[place + 1 :]))
    return False


def _is_about(gate: _Gate, url: Url) -> bool:
    """Whether a URL is, by its name, that of a page about such walls, and not of an article with the word in its title."""
    return gate.topic.search(url.path) is not None and not _is_article(url.path)


def _is_article(path: str) -> bool:
    """Whether a path has a segment of many words: `/news/researchers-teach-robots-to-fold/amp/`."""
    return any(segment.count("-") > _MOST_HYPHENS for segment in path.split("/"))


def _last(url: Url) -> str:
    return url.path.rstrip("/").rpartition("/")[2]


def _by_title(outcome: Outcome, answer: Answer) -> str | None:
    """A page that is nothing but a wall, by a closed list of titles and a second sign.

    The second sign is that the page declares nothing else about itself, or that its main heading says the same.
    """
    page = answer.page
    if page is None or answer.vouched or not page.title or len(page.title) > _LONGEST:
        return None
    if describes_itself(page, is_gate_title):
        return None
    gate = _gate_of(page.title, page, answer.url)
    if gate is None or not _may_stand(gate, outcome.url):
        return None
    ends = ends_of(outcome, answer)
    if ends is not None and _is_below(gate, ends[1]):
        return None  # the address has the last word: a short link, or a page about it that has moved
    return f"{gate.what} is shown instead, with the title {page.title!r}"


def _may_stand(gate: _Gate, href: str) -> bool:
    """Whether such a page is not what the URL means: a home page may be one to log in on."""
    try:
        requested = parse_url(href)
    except InvalidUrl:
        return False
    if not gate.anywhere and (is_home(requested) or _leads_to(requested, _LOGIN, _LOGIN_HOSTS)):
        return False
    return not _is_about(gate, requested)


def _gate_of(title: str, page: PageFacts, url: str) -> _Gate | None:
    if not contains_only(title, _TITLES, page, url):
        return None
    for gate in _GATES:
        if contains_only(title, gate.titles, page, url) and (page.is_wordless or not gate.wordless):
            return gate
    return None


@lru_cache(maxsize=1024)
def is_gate_title(text: str) -> bool:
    """Whether a title is one of the lists, and nothing else."""
    return _TITLES.fullmatch(text) is not None
