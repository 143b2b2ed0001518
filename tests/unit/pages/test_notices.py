"""Which texts are only the notice that a page is missing, in any language."""

import pytest

from linkcheck.pages.notices import is_bare, is_notice, is_notice_name, mentions_missing


@pytest.mark.parametrize(
    "text",
    [
        "404",
        "410",
        "page not found",
        "the page is missing",
        "page gone",
        "this article has been removed",
        "the site is unavailable",
        "this post is no longer here",
        "the page you are looking for does not exist",
        "content not available",
        "we can't find that page",
        "no such page",
        "seite nicht verfügbar",
        "page introuvable",
        "l'article n'a pas été trouvé",
        "page indisponible",
        "cette page n'est plus accessible",
        "contenu supprimé",
        "page retirée",
        "page effacée",
        "esta página no está disponible",
        "página não está mais disponível",
        "página no encontrada",
        "la página no se encuentra",
        "artículo eliminado",
        "noticia borrada",
        "pagina non trovata",
        "la pagina non esiste",
        "articolo rimosso",
        "articolo cancellato",
        "contenuto inesistente",
        "artigo removido",
        "artigo excluído",
        "notícia apagada",
        "pagina niet beschikbaar",
        "deze pagina bestaat niet",
        "artikel verwijderd",
        "strona nie istnieje",
        "artykuł został usunięty",
        "страница не найдена",
        "статья удалена",
        "сторінку не знайдено",
        "stránka nenalezena",
        "článek byl odstraněn",
        "článek smazán",
        "článek již není dostupný",
        "az oldal nem található",
        "cikk törölve",
        "sidan finns inte",
        "sidan saknas",
        "artikeln är borttagen",
        "artikeln har tagits bort",
        "siden finnes ikke",
        "siden er fjernet",
        "artiklen er slettet",
        "sivua ei löydy",
        "sivu poistettu",
        "aradığınız sayfa bulunamadı",  # noqa: RUF001 - Turkish
        "sayfa kaldırıldı",  # noqa: RUF001 - Turkish
        "haber silindi",
        "içerik mevcut değil",
        "η σελίδα δεν βρέθηκε",
        "stranica nije pronađena",
        "strani ni mogoče najti",
        "pàgina no trobada",
        "halaman tidak ditemukan",
        "artikel telah dihapus",
        "trang này không tồn tại",
        "bài viết đã bị xóa",
        "ไม่พบหน้านี้",
        "ページが見つかりません",
        "この記事はありません",
        "ページが存在しません",
        "記事は削除されました",
        "記事は公開を終了しました",
        "页面未找到",
        "網頁不存在",
        "找不到页面",
        "文章已被删除",
        "文章已被刪除",
        "内容已移除",
        "页面已下线",
        "頁面已下線",
        "页面失效",
        "요청하신 페이지를 찾을 수 없습니다",
        "삭제된 기사입니다",
        "존재하지 않는 페이지",
        "הדף לא נמצא",
        "الصفحة غير موجودة",
        "الصفحة غير متوفرة",
        "الصفحة غير متاحة",
        "تم حذف المقال",
        "صفحه مورد نظر یافت نشد",
        "पृष्ठ नहीं मिला",
        "nothing here",
        "this page was deleted",
        "article taken down",
        "post withdrawn",
        "story unpublished",
        "beitrag gelöscht",
        "meldung entfernt",
        "страницата не съществува",
        "pagina nu a fost găsită",
    ],
)
def test_a_notice(text: str) -> None:
    assert is_notice(text)
    assert is_notice(f"Oops! {text.upper() if text.isascii() else text}.")
    assert is_notice(f"404 | {text}")
    assert not is_notice(f"{text} in the harbor of Oldtown")


@pytest.mark.parametrize(
    "text", ["Sorry, page not found", "oh no - 404", "Hmmm... page not found", "404!!1", "(404)", "\u00ab404\u00bb"]
)
def test_sighs_and_signs_around_a_notice_do_not_matter(text: str) -> None:
    assert is_notice(text)


@pytest.mark.parametrize(
    "text",
    [
        "404 \u2013 page not found",
        "Error 404: not found",
        "Not found | 404",
        "404 (page not found)",
        "404 \u00b7 not found",
        "404 - 410",
    ],
)
def test_a_notice_may_have_several_parts(text: str) -> None:
    assert is_notice(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "...",
        "The 404 bus is back",
        "Found: a page",
        "Lost and found",
        "404 | The Gazette",
        "Page not found | The Gazette",
        "Sorry",
    ],
)
def test_another_text_is_no_notice(text: str) -> None:
    assert not is_notice(text)


@pytest.mark.parametrize(
    ("text", "is_mentioned"),
    [
        ("404 | The Gazette", True),
        ("The page is missing a title", True),
        ("Nothing to see here, says mayor", True),
        ("Ships that do not exist", True),
        ("Seats aren\u2019t available", True),
        ("Keys that could not be found", True),
        ("We can't find the harbor", True),
        ("Lost and found", False),
        ("Missing: a page", False),
        ("The 4040 bus", False),
        ("The Gazette", False),
        ("x" * 300 + " not found", False),
    ],
)
def test_a_text_may_mention_that_something_is_missing(text: str, *, is_mentioned: bool) -> None:
    assert mentions_missing(text) is is_mentioned


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("404", True),
        ("Sorry: not found!", True),
        ("  Error 404 ", True),
        ("Nicht gefunden.", True),
        ("不存在", True),
        ("Page not found", False),
        ("Not found here", False),
    ],
)
def test_a_notice_may_be_a_name(text: str, *, bare: bool) -> None:
    assert is_bare(text) is bare


@pytest.mark.parametrize(
    "name",
    [
        *("404.html", "not-found", "page_not_found.php", "pagina-no-encontrada", "pagina-nao-encontrada", "Fehler+404"),
        *("seite-nicht-verfuegbar", "seite-nicht-verfugbar", "blad-404", "virhe-404", "strona-nie-zostala-znaleziona"),
        *("sayfa-bulunamadi", "stranica-nije-pronadena", "oldal-torolve", "siden-er-fjernet"),
    ],
)
def test_the_name_of_a_notice(name: str) -> None:
    assert is_notice_name(name)


@pytest.mark.parametrize("name", ["", "lost-and-found", "404-ways", "the-page-that-was-not-found-in-the-harbor", "news"])
def test_another_name_is_no_notice(name: str) -> None:
    assert is_notice_name(name) is False
