"""Names that sites give to the images that they show if there is none: `no-image.png`, `kein-bild.jpg`, `default.jpg`.

A name counts only as a whole: `no-image-of-god.jpg` begins like one, and is the picture of an article.
"""

import re
from enum import IntEnum
from functools import lru_cache
from unicodedata import category, normalize
from urllib.parse import unquote


class Name(IntEnum):
    """What the name of an image shows."""

    NOTHING = 0
    SERVED = 1
    """`default`: also how image servers call every file, in a folder for each image."""
    VAGUE = 2
    """`missing`, `blank`: may be what a picture shows."""
    PLAIN = 3
    """`no-image`, `placeholder`."""


_PICTURE = (
    r"(?:image|images|img|pic|picture|photo|photos|photograph|thumb|thumbnail|cover|preview|artwork|video|media"
    r"|bild|bilder|foto|fotos|abbildung|imagem|imagen|imagenes|fotografia|immagine|afbeelding|beeld|plaatje|imatge"
    r"|zdjecia|zdjecie|obrazka|obrazek|obrazku|obrazu|grafiki|fotky|bilde|billede|kuvaa|kep|imagine|poza|slike|slika"
    r"|hinh|anh|hinh anh|izobrazheniya|izobrazheniye|kartinki|resim|gorsel|gambar"
    r"|фото|изображения|изображение|картинки|фотографии|зображення|画像|写真|图片|이미지)"
)
_NO = (
    r"(?:no|without|kein|keine|keinen|ohne|pas|pas de|pas d|sans|aucun|aucune|sin|ningun|ninguna|senza|nessun|nessuna"
    r"|geen|zonder|sem|nenhuma|brak|bez|zadny|zadne|net|нет|без|немае|нема|nema|ingen|inget|intet|utan|uden|uten|ei|nincs"
    r"|fara|sense|tidak ada|khong co|chua co|暂无|无|沒有|没有)"
)
_ABSENT = (
    r"(?:(?:not|non|no|nao|nicht|niet|ne|не)(?: ?(?:yet|available|found|loaded|disponible|disponibile|disponivel|vorhanden"
    r"|verfue?gbar|gefunden|geladen|beschikbaar|gevonden|encontrada|encontrado|trouvee|trovata|доступно|найдено))+"
    r"|missing|unavailable|removed|deleted|blocked|expired|(?:coming|available) soon|indisponible|indisponivel|manquante"
    r"|absente|mancante|fehlt|folgt|saknas|mangler|volgt|ontbreekt|a venir|proximamente|em breve|in arrivo"
    r"|отсутствует|yok|なし|없음|準備中)"
)
_MORE = (
    r"(?: (?:available|availible|found|yet|set|selected|uploaded|provided|vorhanden|verfue?gbar|disponible|disponibile"
    r"|disponivel|beschikbaar|icon|big|large|small|medium|tiny|square|sq|wide|landscape|portrait|light|dark|og|social|share"
    r"|sharing|featured|facebook|twitter|card|article|news|post|story|hero|lead|header|teaser|mobile|desktop|retina|px"
    r"|en|de|fr|es|it|nl|pt|jp|ja|kr|ko|cn|zh|tw|tr|ru|uk|pl|se|sv|da|no|fi|v|placeholder|default|"
    rf"{_PICTURE}|\d+|x))*"
)
_USE = rf"(?:{_PICTURE}|news|article|post|story|card|default|generic|og|social|share|hero|lead|teaser)"
_CORE = r"(?:image|img|photo|pic|picture|thumb|thumbnail)"

# These take long to compile, and most runs need none: `re` compiles them when they are first used.
_HOTLINK = (
    r"(?:no |anti |stop )?hot ?link(?:s|ed|ing)?"
    r"(?: (?:denied|blocked|forbidden|disabled|protection|protected|warning))?"
)
_PLAIN = (
    rf"(?:{_NO} ?{_PICTURE}|{_PICTURE} ?(?:(?:is|was|currently|temporarily) )*{_ABSENT}|{_PICTURE}なし|{_HOTLINK}"
    rf"|(?:coming soon|missing|removed|deleted|unavailable|broken|fallback|dummy) {_CORE}"
    rf"|(?:{_USE} )*(?:place ?holder|platzhalter(?: ?bild)?)){_MORE}"
)
_VAGUE = (
    r"(?:fallback|dummy|blank|spacer|transparent|empty|missing|removed|deleted|unavailable|(?:not|page) ?found"
    r"|not available|no disponible|non disponib(?:le|ile)|coming soon|blocked|expired|broken"
    rf"|error|access denied|forbidden|404|403|1 x 1|pixel)(?: (?:{_CORE}|gif|og|social|share|featured|not found|error))*"
    r"(?: \d+ x \d+)?"
)
_SERVED = (
    rf"(?:{_USE} |site |facebook |twitter )*default(?: (?:{_CORE}|og|social|share|sharing|featured|card))*(?: \d+ x \d+)?"
)
_IIIF = re.compile(
    r"/(?:full|square|(?:pct:)?[\d.]+(?:,[\d.]+){3})/\^?(?:full|max|pct:[\d.]+|!?\d*,\d*)/!?[\d.]+"
    r"/(?:default|color|gray|bitonal|native)\.\w{2,5}"
)
"""The end of a path by the IIIF Image API (2.1 and 3.0, section 2.1): every image is called `default.jpg` or so."""

_FOLDERS = frozenset(
    (
        *("asset", "assets", "static", "public", "dist", "build", "common", "shared", "theme", "themes", "site", "sites"),
        *(
            "img",
            "imgs",
            "image",
            "images",
            "pics",
            "media",
            "graphics",
            "icons",
            "files",
            "resources",
            "content",
            "uploads",
        ),
        *("default", "defaults", "placeholder", "placeholders", "fallback", "error", "errors", "og", "social", "share"),
        *("wp-content", "wp-includes", "_next", "cdn", "frontend", "web", "dummy", "stock", "noimage", "no-image"),
    )
)
"""Folders of what a site shares among its pages; what is below others may be called anything."""
_STAND_IN_FOLDERS = frozenset(("placeholder", "placeholders", "no-image", "noimage"))

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HASH = re.compile(r"(?:(?<=[._-])|^)(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)[0-9a-f]{6,64}(?=[._-]|$)")
_WORD = re.compile(r"[^\W\d_]+|\d+")
_SIZES_ONLY = re.compile(r"(?:\d|x|default|large|medium|small|wide|square| )+")
_LONGEST = 200


@lru_cache(maxsize=4096)
def name_of(url: str, subject: str = "") -> Name:
    """What the name of an image shows; nothing if all its words are in `subject`, the title of the article."""
    path = unquote(url.partition("#")[0].partition("?")[0]).removesuffix("/")
    if is_iiif(path):
        return Name.NOTHING
    host, folders = _folders(path)
    words = _words(stem(path)[:_LONGEST])
    telling = {word for word in words if word != "x"}
    if telling and subject and telling.issubset(_words(subject)):
        return Name.NOTHING
    of_site = [word for word in words if word not in host]  # `gazette-no-image.png`
    return max(_kind_of(" ".join(words), folders), _kind_of(" ".join(of_site), folders))


def is_iiif(url: str) -> bool:
    """Whether a URL is one of the IIIF Image API, which serves an image in many sizes and shapes under one name."""
    return _IIIF.search(url) is not None


def _kind_of(words: str, folders: list[str]) -> Name:
    in_stand_ins = bool(folders) and folders[-1] in _STAND_IN_FOLDERS and _SIZES_ONLY.fullmatch(words) is not None
    if in_stand_ins or re.fullmatch(_PLAIN, words) is not None:
        return Name.PLAIN
    if re.fullmatch(_VAGUE, words) is not None:
        return Name.VAGUE
    is_shared = all(folder in _FOLDERS for folder in folders)
    return Name.SERVED if is_shared and re.fullmatch(_SERVED, words) is not None else Name.NOTHING


def stem(url: str) -> str:
    """The last part of a path without its extension."""
    last = url.partition("#")[0].partition("?")[0].removesuffix("/").rpartition("/")[2]
    return last.rpartition(".")[0] or last


def _folders(path: str) -> tuple[tuple[str, ...], list[str]]:
    """The words of a URL's host, and the folders of its path."""
    scheme, separator, rest = path.partition("://")
    host, *folders = (rest if separator else f"/{scheme}").lower().split("/")[:-1] or [""]
    return tuple(_WORD.findall(host)), [folder for folder in folders if folder]


def _words(text: str) -> list[str]:
    """The words of a name or title: in lower case, without accents, and without the hash of a build."""
    plain = _HASH.sub("", text)
    plain = normalize("NFKD", _CAMEL.sub(" ", plain)).lower()
    return _WORD.findall(normalize("NFC", "".join(each for each in plain if not category(each).startswith("M"))))
