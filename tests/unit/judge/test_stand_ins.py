"""Images that stand in for others: by two signs, never by one."""

import pytest

from linkcheck.judge.image_traits.placeholders import placeholder
from linkcheck.judge.select import MeasuredImage
from linkcheck.model import Answer, Claim, Expectations, Hop, ImageFacts, Link, Location, Outcome, Probe, Role, Span

PLACE = Location("a.md", Span(3, 1, 3, 9), "/images/0/url")
OLD = "https://gazette.example/2021/harbour.jpg"


def picture(
    size: tuple[int, int],
    declared: tuple[int, int] | None = None,
    *,
    url: str = OLD,
    to: str | None = None,
    is_format: str = "jpeg",
    title: str = "",
) -> MeasuredImage:
    """An image that was measured; `to` is where a redirect led."""
    width, height = (None, None) if declared is None else (Claim(side, PLACE) for side in declared)
    image = ImageFacts(is_format, *size)
    hops = () if to is None else (Hop(url, 302, to),)
    outcome = Outcome(url, Probe.IMAGE, Answer(200, to or url, image=image), hops=hops)
    link = Link(PLACE, Role.IMAGE, url, Expectations(width=width, height=height))
    return MeasuredImage(link, image, to or url, outcome=outcome, subject=title)


STAND_INS = (
    *("no-image.png", "noimage.gif", "No_Image_Available.jpg", "NoImageAvailable.png", "image-not-found.png", "noimg.png"),
    *("no_photo.png", "nophoto.jpg", "no-pic.gif", "no-thumbnail-large.png", "no-preview-en.jpg", "photo_unavailable.png"),
    *("placeholder_1200x630.png", "placeholder.jpg", "news-placeholder.png", "gazette-no-image.png", "missing-image.png"),
    *("image-coming-soon.jpg", "photo-coming-soon.png", "hotlinking-denied.jpg", "no-hotlink.gif", "no-image.3f9a8c1b.png"),
    *("placeholders/16x9.png", "fallback-image.jpg", "image_is_not_available.png", "image-removed.png"),
    *("kein-bild.jpg", "kein_bild_vorhanden.png", "keinbild.gif", "bild-folgt.jpg", "Bild-nicht-verf%C3%BCgbar.png"),
    *(
        "platzhalter.png",
        "platzhalterbild.jpg",
        "ohne-foto.png",
        "sin-imagen.jpg",
        "sin_foto.png",
        "imagen-no-disponible.png",
    ),
    *("imagenotfound.png", "bild-nicht-verfuegbar.jpg", "resimyok.jpg", "khong-co-anh.jpg", "noimage_jp.png"),
    *(
        "%EC%9D%B4%EB%AF%B8%EC%A7%80%EC%97%86%EC%9D%8C.png",
        "pas-d-image.png",
        "pas_de_photo.jpg",
        "sans-image.png",
        "aucune-image.gif",
        "image-non-disponible.jpg",
    ),
    *("image-indisponible.png", "senza-immagine.png", "nessuna-immagine.jpg", "immagine-non-disponibile.png"),
    *("geen-afbeelding.png", "geen-foto.jpg", "afbeelding-niet-beschikbaar.png", "sem-imagem.png", "sem_foto.jpg"),
    *("imagem-indisponivel.png", "brak-zdjecia.png", "brak_zdj%C4%99cia.jpg", "net-foto.png", "ingen-bild.png"),
    *("%D0%BD%D0%B5%D1%82-%D1%84%D0%BE%D1%82%D0%BE.jpg", "%E6%9A%82%E6%97%A0%E5%9B%BE%E7%89%87.png", "bez-foto.jpg"),
)
VAGUE = (
    "missing.png",
    "blank.gif",
    "spacer.gif",
    "removed.png",
    "404.png",
    "1x1.png",
    "not-found.png",
    "dummy.png",
    "403.gif",
    "coming-soon.jpg",
    "no-disponible.jpg",
    "expired.jpg",
)
DEFAULTS = (
    "default.jpg",
    "images/social-default-image.png",
    "images/default.png",
    "default-og-image.png",
    "default300x300.png",
    "assets/img/default-social.jpg",
)

NEAR_MISSES = (
    *("harbour.jpg", "harbour-1200x630.jpg", "image.jpg", "8c1f9a.jpg", "picture-of-the-day.jpg", "default-logo.png"),
    *("default-avatar.png", "placeholder-effect-study.jpg", "placeholder-names-in-law.jpg", "the-placeholder.jpg"),
    *("no-image-of-god.jpg", "no-photos-please.jpg", "no-deal-in-sight.jpg", "no-picture-no-sound.jpg", "no-logo.jpg"),
    *("default-swap.png", "argentina-default.jpg", "default-judgment-in-court.jpg", "sovereign-default-2001.jpg"),
    *("blank-canvas.jpg", "blank-space-concert.jpg", "point-blank.jpg", "blank-cheque.jpg", "drawing-a-blank.jpg"),
    *("missing-children-memorial.jpg", "missing-girl-found.jpg", "missing-poster.jpg", "mh370-missing.jpg"),
    *("missing-persons-unit.jpg", "missing-you.jpg", "dummy-corp-ceo.jpg", "crash-test-dummy.jpg", "dummy-run.jpg"),
    *(
        "spacer-suit.jpg",
        "the-spacer.jpg",
        "pixel-6-review.jpg",
        "google-pixel.jpg",
        "error-in-court.jpg",
        "human-error.jpg",
    ),
    *("404-days-at-sea.jpg", "peugeot-404.jpg", "route-403.jpg", "forbidden-city.jpg", "forbidden-planet.jpg"),
    *("empty-chairs.jpg", "empty-quarter.jpg", "empty-shelves-in-leeds.jpg", "removed-statue.jpg", "statue-removed.jpg"),
    *("deleted-scenes.jpg", "deleted-tweets.png", "transparent-bridge.jpg", "transparent-government.png"),
    *("coming-soon-to-cinemas.jpg", "generic-drugs.jpg", "media-blocked-in-iran.jpg", "photo-no-comment.jpg"),
    *("summer-is-coming-soon.jpg", "hotlink-coffee-roasters.jpg", "fallback-plan.jpg"),
    *("unavailable-flat.jpg", "not-found-in-translation.jpg", "image-of-the-missing.jpg", "photo-finish.jpg"),
    *("kein-bild-von-gott.jpg", "keine-bilder-aus-gaza.jpg", "bild-zeitung.jpg", "sans-souci.jpg", "sin-city.jpg"),
    *(
        "sem-terra.jpg",
        "net-zero.jpg",
        "brak-wody.jpg",
        "geen-stijl.jpg",
        "senza-filtro.jpg",
        "bez-slov.jpg",
        "ingen-tid.jpg",
    ),
    *("default/harbour.jpg", "placeholder/harbour.jpg", "2021/4711/default.jpg", "media/harbour-bridge/default.jpg"),
    *("iiif/4711/full/max/0/default.jpg", "iiif/4711/full/600,/0/default.jpg", "iiif/4711/square/300,300/!90.5/gray.png"),
    *("iiif/3/4711/pct:0,0,50,50/pct:50/0/default.jpg", "vi/dQw4w9WgXcQ/default.jpg", "p/4711/image-default.jpg"),
)


@pytest.mark.parametrize("name", [*STAND_INS, *VAGUE, *DEFAULTS])
def test_a_redirect_to_a_name_that_says_so_leads_to_a_stand_in(name: str) -> None:
    assert placeholder(picture((600, 400), (1200, 630), to=f"https://gazette.example/{name}")) is not None


@pytest.mark.parametrize("name", STAND_INS)
def test_a_name_that_can_mean_nothing_else_says_so_even_of_the_declared_size(name: str) -> None:
    assert placeholder(picture((1200, 630), (1200, 630), to=f"https://gazette.example/{name}")) is not None


@pytest.mark.parametrize("name", [*VAGUE, *DEFAULTS])
def test_a_name_that_can_mean_a_picture_says_nothing_of_one_of_the_declared_shape(name: str) -> None:
    assert placeholder(picture((1200, 630), (1200, 630), to=f"https://gazette.example/{name}")) is None
    assert placeholder(picture((2400, 1260), (1200, 630), to=f"https://gazette.example/{name}")) is None


@pytest.mark.parametrize("name", [*VAGUE, *DEFAULTS])
def test_a_name_that_can_mean_a_picture_says_nothing_of_its_thumbnail(name: str) -> None:
    assert placeholder(picture((120, 63), (1200, 630), url=f"https://gazette.example/{name}")) is None


@pytest.mark.parametrize("name", NEAR_MISSES)
def test_a_name_that_only_begins_like_a_stand_ins_is_a_pictures(name: str) -> None:
    url = f"https://gazette.example/{name}"
    assert placeholder(picture((600, 400), (1200, 630), to=url)) is None, "led to by a redirect"
    assert placeholder(picture((120, 63), (1200, 630), url=url)) is None, "a thumbnail of itself"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("placeholder.jpg", "The politics of the placeholder"),
        ("missing.jpg", "Missing: a film about a child"),
        ("blank.jpg", "Arthur Blank buys the team"),
        ("default.jpg", "What a default would cost"),
        ("404.jpg", "The Peugeot 404 turns sixty: a 404 error was its joke"),
    ],
)
def test_a_name_that_says_what_the_article_is_about_says_nothing(name: str, title: str) -> None:
    shown = picture((120, 63), (1200, 630), url=f"https://gazette.example/{name}", title=title)
    assert placeholder(shown) is None


@pytest.mark.parametrize(
    "shown",
    [
        pytest.param(picture((1, 1), (1200, 630)), id="a pixel, declared as a picture"),
        pytest.param(picture((2, 2), (640, 480)), id="a few pixels, declared as a picture"),
        pytest.param(picture((1, 1), is_format="gif"), id="a pixel in another format than its name says"),
        pytest.param(picture((1, 1)), id="a pixel by the name of a photograph"),
        pytest.param(
            picture((300, 100), (1200, 630), to="https://cdn.example/a.jpg"), id="another name, small, another shape"
        ),
        pytest.param(picture((100, 100), (1200, 630)), id="small, and of another shape"),
        pytest.param(picture((50, 50), (600, 400), url="https://a.example/placeholder.png"), id="its name, and small"),
        pytest.param(picture((60, 40), (600, 400), url="https://a.example/no-image.png"), id="its name, and a thumbnail"),
        pytest.param(
            picture((120, 90), (1280, 720), url="https://i.ytimg.com/vi/dQw4w9WgXcQ/maxresdefault.jpg"), id="a video's"
        ),
        pytest.param(
            picture((120, 90), (1280, 720), url="https://i.ytimg.com/vi/dQw4w9WgXcQ/default.jpg"), id="a video's smallest"
        ),
        pytest.param(
            picture((120, 90), url="https://img.youtube.com/vi_webp/dQw4w9WgXcQ/0.webp"), id="a video's, undeclared"
        ),
    ],
)
def test_two_signs_make_a_stand_in(shown: MeasuredImage) -> None:
    assert placeholder(shown) is not None


@pytest.mark.parametrize(
    "shown",
    [
        pytest.param(picture((1, 1), (1, 1), is_format="gif"), id="a pixel that is declared"),
        pytest.param(picture((1, 1), url="https://a.example/na/4711", is_format="gif"), id="a pixel without a name"),
        pytest.param(picture((1, 1), url="https://a.example/track/open.png"), id="a pixel that counts readers"),
        pytest.param(picture((1, 1), url="https://a.example/line.gif", is_format="gif"), id="a pixel by its name"),
        pytest.param(picture((1, 1), url="https://a.example/line.GIF"), id="a pixel by its name in capitals"),
        pytest.param(picture((300, 157), (1200, 630), to="https://cdn.example/a.jpg"), id="a thumbnail"),
        pytest.param(picture((120, 63), (1200, 630)), id="a thumbnail at its own URL"),
        pytest.param(
            picture((150, 150), (1200, 630), url="https://a.example/harbour-150x150.jpg"),
            id="a square that the name asks for",
        ),
        pytest.param(
            picture((75, 75), (1024, 683), url="https://photos.example/65535/51_abc_s.jpg"),
            id="a thumbnail that a letter asks for",
        ),
        pytest.param(
            picture((160, 160), (1200, 630), url="https://a.example/harbour_compact.jpg"),
            id="a thumbnail that a word asks for",
        ),
        pytest.param(
            picture((60, 60), (1200, 630), url="https://a.example/max/60/harbour.jpg"),
            id="a thumbnail that a folder asks for",
        ),
        pytest.param(
            picture((100, 100), (1200, 630), url="https://a.example/harbour.jpg?resize=100%2C100"),
            id="a thumbnail that an encoded size asks for",
        ),
        pytest.param(
            picture((800, 700), (4000, 3000), url="https://a.example/iiif/abc/full/full/0/native.jpg"),
            id="an image of the IIIF Image API",
        ),
        pytest.param(
            picture((150, 150), (1200, 630), url="https://a.example/harbour.jpg?w=150&fit=crop"),
            id="a width that is asked for",
        ),
        pytest.param(picture((64, 64), (400, 300), url="https://a.example/logo.png"), id="a logo"),
        pytest.param(picture((600, 400), (600, 400), url="https://a.example/placeholder.png"), id="its name alone"),
        pytest.param(
            picture((16, 16), (600, 100), to="https://cdn.example/a.svg", is_format="svg"), id="an SVG of any size"
        ),
        pytest.param(
            picture((600, 400), (900, 400), url="https://a.example/default.png", to="https://b.example/default.png"),
            id="a name that was meant",
        ),
        pytest.param(
            picture((600, 400), (900, 400), url="https://a.example/no-image.png", to="https://b.example/noimage.png"),
            id="a stand-in that was meant",
        ),
        pytest.param(picture((120, 90), url="https://i.ytimg.com/vi/dQw4w9WgXcQ/default.jpg"), id="a video's smallest one"),
        pytest.param(
            picture((120, 90), (120, 90), url="https://i.ytimg.com/vi/dQw4w9WgXcQ/hqdefault.jpg"),
            id="a video's, as declared",
        ),
        pytest.param(
            picture((120, 90), (480, 360), url="https://i.ytimg.com/vi/dQw4w9WgXcQ/default.jpg"), id="a video's, scaled"
        ),
        pytest.param(picture((120, 90), url="https://a.example/vi/dQw4w9WgXcQ/hqdefault.jpg"), id="of that size elsewhere"),
    ],
)
def test_one_sign_makes_none(shown: MeasuredImage) -> None:
    assert placeholder(shown) is None
