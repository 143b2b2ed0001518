"""Words of "not found" pages in many languages: as part of a text, or as a whole title."""

import re
from functools import lru_cache
from unicodedata import category, normalize

_PAGE = r"(?:web\s?)?(?:page|site|article|content|post|story|document|file|object|record|resource|url|link|item)"
_CODE = (
    r"(?:(?:http\s+status|http|status|code|error|fehler|erreur|errore|erro|fout|fel|feil|fejl"
    r"|hata|hiba|chyba|greška|eroare|błąd|virhe"
    r"|ошибка|помилка|エラー|错误|錯誤|오류)[\s:-]*(?:code[\s:-]*)?)?(?:404|410)"
    r"(?:[\s:-]*(?:error|fehler|page|seite|not\s+found|gone|エラー|错误|錯誤|오류))?"
)
_ENGLISH = (
    rf"(?:(?:the|this|that|your)\s+)?(?:requested\s+)?{_PAGE}(?:\s+(?:that\s+)?you(?:\s+are|\s+were|'re)?\s+(?:looking\s+for"
    rf"|requested|tried\s+to\s+reach|want))?\s+(?:(?:was|is|has|could|can|does)?\s*(?:not|n't)\s*(?:be(?:en)?\s+)?"
    r"(?:found|available|exist|here)|cannot\s+be\s+found|can't\s+be\s+found"
    r"|couldn't\s+be\s+found|isn't\s+(?:available|here)"
    r"|wasn't\s+found|doesn't\s+exist|(?:is\s+)?(?:missing|gone|unavailable|removed|deleted)"
    r"|(?:has\s+been\s+|was\s+)?(?:removed|deleted|taken\s+down|withdrawn|unpublished)"
    r"|(?:is\s+)?no\s+longer\s+(?:available|exists?|here))"
    r"|page\s+not\s+found\s+at\s+/\S*|not\s+found|that's\s+an\s+error|nothing\s+(?:was\s+)?found(?:\s+here)?|nothing\s+(?:to\s+see\s+)?here|no\s+such\s+page"
    rf"|we\s+(?:can't|cannot|could\s+not|couldn't)\s+(?:seem\s+to\s+)?find\s+(?:the|that|this|your)\s+{_PAGE}"
    r"(?:\s+you(?:\s+are|\s+were|'re)\s+looking\s+for)?"
)
_OTHERS = (
    r"(?:(?:die|der|das|diese[rs]?)\s+)?(?:(?:angeforderte|gesuchte)[rs]?\s+)?(?:seite"
    r"|artikel|beitrag|inhalt|dokument|datei|meldung|nachricht)\s+"
    r"(?:(?:wurde|konnte|ist|steht)\s+)?(?:leider\s+)?(?:nicht\s+(?:mehr\s+)?(?:gefunden(?:\s+werden)?|verfügbar|vorhanden|da"
    r"|abrufbar|online|erreichbar|zur\s+verfügung)|gelöscht|entfernt"
    r"|existiert\s+(?:leider\s+)?nicht(?:\s+mehr)?)|nicht\s+gefunden"
    r"|(?:la\s+|le\s+|cette\s+|cet?\s+|l')?(?:page|article|contenu"
    r"|document)(?:\s+demandée?)?\s+(?:(?:est|a\s+été)\s+)?(?:introuvable|indisponible|supprimée?|retirée?|effacée?"
    r"|inexistante?|non\s+trouvée?|n'existe\s+(?:pas|plus)"
    r"|n'a\s+pas\s+été\s+trouvée?|n'est\s+(?:pas|plus)\s+(?:disponible|accessible|en\s+ligne))"
    r"|introuvable"
    r"|(?:(?:la|esta|el|este)\s+)?(?:página|pagina|artículo|noticia|publicación"
    r"|contenido)(?:\s+solicitad[ao])?\s+(?:ya\s+)?(?:no\s+(?:ha\s+sido\s+)?encontrad[ao]"
    r"|(?:(?:ha\s+sido|fue)\s+)?(?:eliminad|borrad|retirad)[ao]"
    r"|no\s+existe|no\s+(?:está\s+|se\s+encuentra\s+)?disponible|no\s+se\s+(?:encuentra|encontró|ha\s+encontrado))|no\s+encontrad[ao]"
    r"|(?:(?:la|il|quest[ao])\s+|(?:l|quest)')?(?:pagina|articolo|contenuto|notizia)(?:\s+richiest[ao])?\s+"
    r"(?:non\s+(?:è\s+stat[ao]\s+)?trovat[ao]|(?:è\s+stat[ao]\s+)?(?:rimoss|eliminat|cancellat)[ao]"
    r"|non\s+esiste(?:\s+più)?|non\s+(?:è\s+)?(?:più\s+)?disponibile|inesistente)|non\s+trovat[ao]"
    r"|(?:(?:a|o|est[ae])\s+)?(?:página|artigo|notícia|matéria"
    r"|conteúdo)(?:\s+solicitad[ao])?\s+(?:já\s+)?(?:não\s+(?:foi\s+)?encontrad[ao]|não\s+existe(?:\s+mais)?"
    r"|(?:foi\s+)?(?:removid|excluíd|apagad|eliminad)[ao]"
    r"|não\s+(?:está\s+)?(?:mais\s+)?disponível|inexistente)|não\s+encontrad[ao]"
    r"|(?:(?:de|deze|het|dit)\s+)?(?:pagina|artikel|bericht)\s+(?:is\s+|werd\s+)?(?:niet\s+(?:meer\s+)?(?:gevonden"
    r"|beschikbaar)|verwijderd|bestaat\s+niet(?:\s+meer)?)"
    r"|niet\s+gevonden"
    r"|(?:(?:ta|ten)\s+)?(?:strona|artykuł)\s+(?:nie\s+(?:został[a]?\s+znalezion[ay]|istnieje|znaleziona"
    r"|jest\s+(?:już\s+)?dostępn[ay])|(?:został[a]?\s+)?usunięt[ay])"
    r"|nie\s+znaleziono(?:\s+(?:strony|artykułu))?"
    r"|(?:(?:запрашиваемая|запрошенная|такая|эта)\s+)?(?:страница|статья|публикация"
    r"|материал|запись)\s+(?:не\s+найден[ао]?"
    r"|(?:больше\s+)?не\s+существует|(?:был[ао]?\s+)?удал[её]н[ао]?|(?:больше\s+)?не\s?доступ(?:на|ен))"
    r"|(?:такой\s+)?страницы\s+не\s+существует|(?:ничего\s+)?не\s+найдено"
    r"|сторінк[уа]\s+не\s+(?:знайдено|знайдена|існує)|страницата\s+не\s+(?:е\s+намерена|съществува)"
    r"|(?:stránka|článek)\s+(?:(?:byla?\s+)?(?:odstraněna?|smazána?)|(?:již\s+)?není\s+(?:k\s+dispozici|dostupn[áý])"
    r"|nebyla\s+nalezena|nebyl\s+nalezen|nenalezena|neexistuje|sa\s+nenašla"
    r"|nebola\s+nájdená)|stránku\s+se\s+nepodařilo\s+najít"
    r"|(?:az?\s+)?(?:oldal|cikk)\s+(?:már\s+)?(?:nem\s+(?:található|létezik|elérhető)|törölve(?:\s+lett)?)|pagina\s+nu\s+(?:a\s+fost\s+g[aă]sit[aă]|exist[aă])"
    r"|(?:sidan|artikeln)\s+(?:kunde\s+inte\s+hittas|hittades\s+inte|finns\s+inte(?:\s+längre)?|saknas|är\s+borttagen"
    r"|har\s+tagits\s+bort)"
    r"|(?:siden|artikkelen|artiklen)\s+(?:er\s+(?:fjernet|slettet)|(?:eksisterer|finnes|findes)\s+ikke\s+(?:lenger|længere)"
    r"|er\s+ikke\s+(?:lenger\s+|længere\s+)?tilgjengelig|er\s+ikke\s+(?:længere\s+)?tilgængelig|ble\s+ikke\s+funnet|blev\s+ikke\s+fundet"
    r"|finnes\s+ikke|findes\s+ikke|kunne\s+ikke\s+findes)|sivua\s+ei\s+(?:löytynyt|löydy)|(?:sivu|artikkeli)\s+(?:on\s+)?poistettu"
    r"|(?:aradığınız\s+)?sayfa\s+bulunamadı|(?:(?:bu|aradığınız)\s+)?(?:sayfa|haber|içerik)\s+(?:kaldırıldı|silindi"
    r"|kaldırılmıştır|silinmiştir|bulunamadı|(?:artık\s+)?mevcut\s+değil|yayından\s+kaldırıldı)|(?:η\s+)?σελίδα\s+δεν\s+(?:βρέθηκε"
    r"|υπάρχει)|stranica\s+nije\s+(?:pronađena|nađena)"
    r"|strani\s+ni\s+mogoče\s+najti|pàgina\s+no\s+trobada"
    r"|(?:halaman|artikel)\s+(?:ini\s+)?(?:tidak\s+(?:ditemukan|tersedia|ada)|(?:telah\s+|sudah\s+)?dihapus)|không\s+tìm\s+thấy\s+trang"
    r"|(?:trang|bài\s+viết)\s+(?:này\s+)?(?:không\s+(?:còn\s+)?tồn\s+tại|đã\s+bị\s+xóa)|ไม่พบหน้า\S*"
    r"|(?:お探しの|指定された|この|該当の)?(?:ページ|記事|コンテンツ)[がは]?(?:見つかりません(?:でした)?|ありません|存在しません"
    r"|(?:既に|すでに)?(?:削除され(?:ました|ています|た可能性があります)|公開を終了しました|掲載を終了しました))"
    r"|(?:您?(?:访问|請求|请求)的)?(?:页面|頁面|网页|網頁|文章)?(?:未找到|不存在|找不到了?)(?:页面|頁面|网页|網頁)?"
    r"|(?:该|該|此|您访问的)?(?:页面|頁面|网页|網頁|文章|内容|內容)(?:已经?|已經)?(?:被)?(?:删除|刪除|移除|下线|下線|失效)"
    r"|(?:요청하신\s+)?(?:페이지|기사|게시물)를?\s+찾을\s+수\s+없습니다|(?:삭제된|존재하지\s+않는)\s+(?:페이지|기사|게시물)(?:입니다)?|(?:הדף|העמוד)\s+לא\s+נמצא|(?:هذه\s+)?الصفحة\s+(?:غير\s+(?:موجودة|متوفرة|متاحة)|لم\s+تعد\s+(?:موجودة|متاحة))|تم\s+حذف\s+(?:هذه\s+)?(?:الصفحة|المقال|المقالة)"
    r"|صفحه\s+(?:مورد\s+نظر\s+)?(?:پیدا|یافت)\s+نشد|पृष्ठ\s+नहीं\s+मिला"
)
_BARE = re.compile(
    rf"{_CODE}|not\s+found|gone|nothing\s+(?:was\s+)?found(?:\s+here)?|nothing\s+(?:to\s+see\s+)?here|nicht\s+gefunden|introuvable|no\s+encontrad[ao]"
    r"|non\s+trovat[ao]|não\s+encontrad[ao]|niet\s+gevonden|nie\s+znaleziono|(?:ничего\s+)?не\s+найдено"
    r"|未找到|不存在|找不到了?"
)
_NOTICE = re.compile(f"{_CODE}|{_ENGLISH}|{_OTHERS}")
_MENTION = re.compile(
    r"\b(?:404|410)\b|\bnot\s+found\b|\b(?:page|article|content|site)\b.{0,20}\b(?:missing|gone|removed|unavailable"
    r"|no\s+longer|deleted|taken\s+down|withdrawn|unpublished)\b|\bnothing\s+(?:to\s+see\s+)?here\b|\b(?:does|do)(?:\s+not|n't)\s+exist\b|\b(?:is|are)(?:\s+not|n't)\s+available\b"
    r"|\bcan(?:no|')t\s+(?:be\s+found|find)\b|\bcould(?:\s+not|n't)\s+(?:be\s+found|find)\b|nie\s+znaleziono"
    r"|не\s+найден[ао]?|見つかりません|未找到|不存在|" + _OTHERS
)
_LEADING_CODE = re.compile(rf"^{_CODE}[\s:.-]+")
_SIGHS = re.compile(
    r"^(?:(?:o+ps|oups|whoops|uh-?\s?oh|ooh|oh\s+no|sorry|hoppla|ups|ojej|hmm+|désolé|lo\s+sentimos)[\s,.!:;\u2013-]+)+"
)
_EDGES = " \t.,;:!?\u2026()[]{}\"'\u201c\u201d\u201e\u00ab\u00bb\u2013\u2014-|/\u3002\uff01"
_BETWEEN = re.compile(
    r" ?[|\u00a6\u00b7\u2022/\uff5c] ?| [-\u2010-\u2015~<>\u00bb\u203a]+ "
    r"|[:;.!,?\u2026\u3002\uff01\uff1f] | \(|\) ?"
)
_NAME_BREAKS = re.compile(r"[\s_+-]+|\.(?:[a-z]{2,5})$", re.IGNORECASE)
_UMLAUT = re.compile(r"(?<=[aou])e")
_UNACCENTED = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "ł": "l", "ı": "i", "đ": "d"})
_LONGEST = 300
_STEMS = (
    *(
        "404",
        "410",
        "found",
        "missing",
        "gone",
        "removed",
        "no longer",
        "exist",
        "available",
        "find",
        "such page",
        "nicht",
    ),
    *(
        "trouv",
        "disponib",
        "disponív",
        "encontr",
        "encuentra",
        "trovat",
        "esiste",
        "niet",
    ),
    *(
        "nie ",
        "\u043d\u0435",
        "\u0443\u0434\u0430\u043b",
        "stránk",
        "nem ",
        " nu ",
        " inte",
        "saknas",
        "ikke",
        " ei ",
        "bulunam",
    ),
    *(
        "\u03b4\u03b5\u03bd",
        " nije ",
        " ni ",
        "trobada",
        "tidak",
        "không",
        "ไม่พบ",
        "見つかり",
        "ありません",
        "存在",
        "未找到",
    ),
    *("找不到", "찾을", "נמצא", "موجودة", "نشد", "मिला", "متوفرة", "متاحة", "حذف", "削除", "終了", "删除", "刪除", "移除"),
    *("下线", "下線", "失效", "삭제", "존재", "nothing", "deleted", "taken down", "withdrawn", "unpublished", "gelöscht"),
    *("entfernt", "plus", "supprim", "retir", "effac", "elimin", "borrad", "rimoss", "cancellat", "removid", "excluíd"),
    *(
        "apagad",
        "verwijderd",
        "usunięt",
        "odstran",
        "smaz",
        "není",
        "törölve",
        "borttag",
        "tagits bort",
        "fjernet",
        "slettet",
    ),
    *("poistettu", "kaldır", "silin", "mevcut", "dihapus", "bị xóa"),
)
"""Every match of the patterns contains one of these; most titles contain none, and need no search."""


def mentions_missing(text: str) -> bool:
    """Whether a title or heading mentions that something is missing, which alone is not evidence."""
    return _speaks(text) and _MENTION.search(_plain(text)) is not None


def is_notice(text: str) -> bool:
    """Whether a text is only a "not found" notice: "404", "Error 404: page not found", "Page introuvable"."""
    if not _speaks(text):
        return False
    plain = _SIGHS.sub("", _plain(text)).removesuffix("!!1").strip(_EDGES)
    if _NOTICE.fullmatch(plain) or _NOTICE.fullmatch(_LEADING_CODE.sub("", plain)):
        return True
    parts = [part.strip(_EDGES) for part in _BETWEEN.split(plain)]
    return all(_NOTICE.fullmatch(part) for part in parts) if any(parts) else False


def is_notice_name(name: str) -> bool:
    """Whether the last segment of a path is only a "not found" notice: `pagina-no-encontrada`, `fehler-404`.

    Most of them have no accents, and umlauts are written as `ue` or `u`.
    """
    words = _without_accents(" ".join(_NAME_BREAKS.sub(" ", name[:_LONGEST]).casefold().split()))
    if not _may_be_named(words):
        return False
    return any(_plain_notice().fullmatch(each) is not None for each in (words, _UMLAUT.sub("", words)))


@lru_cache(maxsize=1)
def _plain_notice() -> re.Pattern[str]:
    return re.compile(_without_accents(_NOTICE.pattern))


@lru_cache(maxsize=1)
def _plain_stems() -> tuple[str, ...]:
    return tuple(map(_without_accents, _STEMS))


def _may_be_named(words: str) -> bool:
    return any(stem in words for stem in _plain_stems())


def _without_accents(text: str) -> str:
    plain = normalize("NFKD", text).translate(_UNACCENTED)
    return "".join(each for each in plain if not category(each).startswith("M"))


def is_bare(text: str) -> bool:
    """Whether a notice does not mention a page, so that it may be a name: "404", "Not found"."""
    return _BARE.fullmatch(_SIGHS.sub("", _plain(text)).strip(_EDGES)) is not None


@lru_cache(maxsize=1024)  # fetch and judge check the same titles
def _speaks(text: str) -> bool:
    return any(map(_plain(text).__contains__, _STEMS))


def _plain(text: str) -> str:
    return " ".join(text[:_LONGEST].replace("\u2019", "'").casefold().split())
