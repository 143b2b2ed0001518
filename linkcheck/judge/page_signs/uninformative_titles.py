"""Uninformative titles: a site's name and slogan, "Loading...", "Home", a player, a wall.

Pages that scripts fill in, and viewers of documents, have them whatever they show.
"""

import re

from linkcheck.judge.page_signs.notices import is_site_name, mentions_or_is
from linkcheck.judge.page_signs.server_errors import is_error_title
from linkcheck.judge.page_signs.walls import is_gate_title
from linkcheck.judge.titles.compare_titles import SEPARATOR, letters
from linkcheck.model import PageFacts
from linkcheck.pages import is_notice

_COUNTER = re.compile(r"^[(\[]\d{1,4}\+?[)\]]\s*")
"""Unread messages, as social networks write them before a title."""
_SYMBOLS = re.compile(r"[^\w\s]+$")
_EMPTY_WORDS = frozenset(
    (
        *("page", "home", "homepage", "site", "web", "website", "news", "newsletter", "article", "story", "post", "blog"),
        *("magazine", "document", "file", "pdf", "video", "audio", "podcast", "player", "viewer", "reader", "app", "event"),
        *("application", "live", "livestream", "stream", "online", "tv", "e", "paper", "epaper", "flip", "book", "flipbook"),
        *("index", "the", "our", "your", "this", "my", "a", "an", "new", "official", "embed", "embedded", "view", "read"),
        *("watch", "listen", "play", "open", "show", "free", "full", "now", "welcome", "in", "to", "of", "browser", "here"),
        *(
            "next",
            "react",
            "vue",
            "vite",
            "angular",
            "svelte",
            "create",
            "js",
            "ts",
            "html",
            "html5",
            "jw",
            "flash",
            "media",
        ),
        *("today", "latest", "breaking"),
    )
)
"""A title of nothing but these is uninformative: "Watch live TV", "The embedded video player"."""
_UNINFORMATIVE = re.compile(
    r"(?:loading|please wait|wait|redirecting|redirect|opening|connecting|one moment|just a moment|untitled|no title"
    r"|title|new tab|blank|about:blank|null|undefined|default|test|error|home|welcome|start)"
    r"|(?:startseite|willkommen|weiterleitung|bitte warten|wird geladen|laden|lädt|accueil|bienvenue"
    r"|chargement(?: en cours)?|veuillez patienter|redirection|inicio|portada|bienvenidos?|cargando|redirigiendo"
    r"|espere(?: por favor)?|início|carregando|caricamento(?: in corso)?|attendere|benvenuti|even geduld|hem"
    r"|strona główna|ładowanie|главная(?: страница)?|загрузка|подождите|yükleniyor|ana ?sayfa|beranda|memuat"
    r"|trang chủ|đang tải|หน้าแรก|กำลังโหลด|الرئيسية|الصفحة الرئيسية|جاري التحميل|דף הבית|טוען|αρχική|φόρτωση)"
    r"|(?:読み込み中|ホーム|トップページ|トップ|リダイレクト中?|加载中|正在加载|载入中|載入中|首页|首頁|로딩 ?중?|홈|메인)"
    r"|(?:microsoft word|powerpoint|powerpoint presentation|layout 1|pdf\.?js(?: viewer)?|google docs viewer|issuu"
    r"|calam[ée]o|yumpu|scribd|slideshow|print|printer[- ]friendly(?: version)?|druckansicht|imprimer)"
    r"|(?:you need to )?enable javascript.*|javascript required"
    r"|.*\.(?:pdf|docx?|odt|rtf|pptx?|xlsx?|indd|qxd|epub|html?|aspx?|php)|microsoft word - .*",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+")
_LONGEST = 300


def is_uninformative(title: str, page: PageFacts, url: str, publisher: str = "") -> bool:
    """Whether a title contains only the site's name, the kind of page, or that there is nothing to see.

    `publisher` is what the article calls the site. A title that begins with the site's name has its slogan after it.
    """
    plain = _COUNTER.sub("", " ".join(title[:_LONGEST].split()))
    parts = [part.strip() for part in SEPARATOR.split(plain) if letters(part)]
    if not parts or all(_is_empty(part, page, url, publisher) for part in parts):
        return True
    return len(parts) > 1 and _is_name(parts[0], page, url, publisher)


def _is_empty(part: str, page: PageFacts, url: str, publisher: str) -> bool:
    bare = _SYMBOLS.sub("", part)
    rest = " ".join(word for word in _WORD.findall(bare.casefold()) if word not in _EMPTY_WORDS)
    return (
        not rest
        or _is_name(rest, page, url, publisher)
        or _UNINFORMATIVE.fullmatch(bare) is not None
        or _is_name(part, page, url, publisher)
        or is_error_title(part)
        or is_gate_title(part)
        or (mentions_or_is(part) and is_notice(part))
    )


def _is_name(part: str, page: PageFacts, url: str, publisher: str) -> bool:
    return letters(part) == letters(publisher) or is_site_name(part, page, url)
