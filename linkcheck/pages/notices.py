"""Words of pages for what does not exist, in the languages of the web: said in passing, or all that a title says."""

import re
from functools import lru_cache

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
    r"|(?:has\s+been\s+|was\s+)(?:removed|deleted)"
    r"|(?:is\s+)?no\s+longer\s+(?:available|exists?|here))"
    r"|page\s+not\s+found\s+at\s+/\S*|not\s+found|that's\s+an\s+error|nothing\s+(?:was\s+)?found(?:\s+here)?|no\s+such\s+page"
    rf"|we\s+(?:can't|cannot|could\s+not|couldn't)\s+(?:seem\s+to\s+)?find\s+(?:the|that|this|your)\s+{_PAGE}"
    r"(?:\s+you(?:\s+are|\s+were|'re)\s+looking\s+for)?"
)
_OTHERS = (
    r"(?:die\s+|diese\s+|der\s+|dieser\s+)?(?:angeforderte\s+|gesuchte\s+)?(?:seite"
    r"|artikel|beitrag|inhalt|dokument|datei)\s+"
    r"(?:wurde\s+|konnte\s+"
    r"|ist\s+)?(?:leider\s+)?(?:nicht\s+(?:gefunden(?:\s+werden)?|verfügbar|vorhanden|mehr\s+verfügbar)"
    r"|existiert\s+(?:leider\s+)?nicht(?:\s+mehr)?)|nicht\s+gefunden"
    r"|(?:la\s+|cette\s+|l')?(?:page|article|contenu"
    r"|document)(?:\s+demandée?)?\s+(?:est\s+)?(?:introuvable|indisponible"
    r"|inexistante?|non\s+trouvée?|n'existe\s+(?:pas|plus)"
    r"|n'a\s+pas\s+été\s+trouvée?|n'est\s+(?:pas|plus)\s+disponible)"
    r"|introuvable"
    r"|(?:la\s+|esta\s+|el\s+)?(?:página|pagina|artículo"
    r"|contenido)(?:\s+solicitad[ao])?\s+(?:no\s+(?:ha\s+sido\s+)?encontrad[ao]"
    r"|no\s+existe|no\s+(?:está\s+)?disponible|no\s+se\s+(?:encuentra|encontró|ha\s+encontrado))|no\s+encontrad[ao]"
    r"|(?:la\s+|questa\s+)?(?:pagina|articolo|contenuto)(?:\s+richiest[ao])?\s+(?:non\s+(?:è\s+stat[ao]\s+)?trovat[ao]"
    r"|non\s+esiste|non\s+(?:è\s+)?(?:più\s+)?disponibile|inesistente)|non\s+trovat[ao]"
    r"|(?:a\s+|esta\s+)?(?:página|artigo"
    r"|conteúdo)(?:\s+solicitad[ao])?\s+(?:não\s+(?:foi\s+)?encontrad[ao]|não\s+existe"
    r"|não\s+(?:está\s+)?disponível|inexistente)|não\s+encontrad[ao]"
    r"|(?:de\s+|deze\s+)?(?:pagina|artikel)\s+(?:is\s+|werd\s+)?(?:niet\s+(?:gevonden"
    r"|beschikbaar)|bestaat\s+niet(?:\s+meer)?)"
    r"|niet\s+gevonden"
    r"|(?:strona|artykuł)\s+nie\s+(?:został[a]?\s+znalezion[ay]|istnieje|znaleziona)"
    r"|nie\s+znaleziono(?:\s+(?:strony|artykułu))?"
    r"|(?:(?:запрашиваемая|запрошенная|такая|эта)\s+)?(?:страница|статья|публикация"
    r"|материал|запись)\s+(?:не\s+найден[ао]?"
    r"|не\s+существует|удал[её]н[ао]?|недоступ(?:на|ен))"
    r"|(?:такой\s+)?страницы\s+не\s+существует|(?:ничего\s+)?не\s+найдено"
    r"|сторінк[уа]\s+не\s+(?:знайдено|знайдена|існує)|страницата\s+не\s+(?:е\s+намерена|съществува)"
    r"|stránka\s+(?:nebyla\s+nalezena|nenalezena|neexistuje|sa\s+nenašla"
    r"|nebola\s+nájdená)|stránku\s+se\s+nepodařilo\s+najít"
    r"|(?:az?\s+)?(?:oldal|cikk)\s+nem\s+(?:található|létezik)|pagina\s+nu\s+(?:a\s+fost\s+g[aă]sit[aă]|exist[aă])"
    r"|sidan\s+(?:kunde\s+inte\s+hittas|hittades\s+inte|finns\s+inte|saknas)"
    r"|siden\s+(?:ble\s+ikke\s+funnet|blev\s+ikke\s+fundet"
    r"|finnes\s+ikke|findes\s+ikke|kunne\s+ikke\s+findes)|sivua\s+ei\s+(?:löytynyt|löydy)"
    r"|(?:aradığınız\s+)?sayfa\s+bulunamadı|(?:η\s+)?σελίδα\s+δεν\s+(?:βρέθηκε"
    r"|υπάρχει)|stranica\s+nije\s+(?:pronađena|nađena)"
    r"|strani\s+ni\s+mogoče\s+najti|pàgina\s+no\s+trobada"
    r"|halaman\s+(?:ini\s+)?tidak\s+(?:ditemukan|tersedia)|không\s+tìm\s+thấy\s+trang"
    r"|trang\s+không\s+tồn\s+tại|ไม่พบหน้า\S*"
    r"|(?:お探しの|指定された)?(?:ページ|記事)[がは]?(?:見つかりません(?:でした)?|ありません|存在しません)"
    r"|(?:您?(?:访问|請求|请求)的)?(?:页面|頁面|网页|網頁|文章)?(?:未找到|不存在|找不到了?)(?:页面|頁面|网页|網頁)?"
    r"|(?:요청하신\s+)?페이지를\s+찾을\s+수\s+없습니다|(?:הדף|העמוד)\s+לא\s+נמצא|الصفحة\s+غير\s+موجودة"
    r"|صفحه\s+(?:مورد\s+نظر\s+)?(?:پیدا|یافت)\s+نشد|पृष्ठ\s+नहीं\s+मिला"
)
_BARE = re.compile(
    rf"{_CODE}|not\s+found|gone|nothing\s+(?:was\s+)?found(?:\s+here)?|nicht\s+gefunden|introuvable|no\s+encontrad[ao]"
    r"|non\s+trovat[ao]|não\s+encontrad[ao]|niet\s+gevonden|nie\s+znaleziono|(?:ничего\s+)?не\s+найдено"
    r"|未找到|不存在|找不到了?"
)
_NOTICE = re.compile(f"{_CODE}|{_ENGLISH}|{_OTHERS}")
_MENTION = re.compile(
    r"\b(?:404|410)\b|\bnot\s+found\b|\b(?:page|article|content|site)\b.{0,20}\b(?:missing|gone|removed|unavailable"
    r"|no\s+longer)\b|\b(?:does|do)(?:\s+not|n't)\s+exist\b|\b(?:is|are)(?:\s+not|n't)\s+available\b"
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
_LONGEST = 300
_STEMS = (
    *(
        "404",
        "410",
        "found",
        "missing",
        "gone",
        "removed",
        "unavailab",
        "no longer",
        "exist",
        "available",
        "find",
        "such page",
        "nicht",
    ),
    *(
        "introuvable",
        "trouv",
        "disponib",
        "disponív",
        "indispon",
        "encontr",
        "encuentra",
        "trovat",
        "esiste",
        "niet",
        "bestaat",
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
    *("找不到", "찾을", "נמצא", "موجودة", "نشد", "मिला"),
)
"""One of these is in whatever the patterns find; most titles have none, and cost no pattern."""


def mentions_missing(text: str) -> bool:
    """Whether a title or heading speaks of something that is missing: reason enough to look closer, and no more."""
    return _speaks(text) and _MENTION.search(_plain(text)) is not None


def is_notice(text: str) -> bool:
    """Whether a text says nothing but that the page is missing: "404", "Error 404: page not found", "Page introuvable"."""
    if not _speaks(text):
        return False
    plain = _SIGHS.sub("", _plain(text)).removesuffix("!!1").strip(_EDGES)
    if _NOTICE.fullmatch(plain) or _NOTICE.fullmatch(_LEADING_CODE.sub("", plain)):
        return True
    parts = [part.strip(_EDGES) for part in _BETWEEN.split(plain)]
    return all(_NOTICE.fullmatch(part) for part in parts) if any(parts) else False


def is_bare(text: str) -> bool:
    """Whether a notice names no page, so that it may be what something is called: "404", "Not found"."""
    return _BARE.fullmatch(_SIGHS.sub("", _plain(text)).strip(_EDGES)) is not None


@lru_cache(maxsize=1024)  # the same titles are looked at by fetching and by judging
def _speaks(text: str) -> bool:
    plain = _plain(text)
    return any(stem in plain for stem in _STEMS)


def _plain(text: str) -> str:
    return " ".join(text[:_LONGEST].replace("\u2019", "'").casefold().split())
