"""What is wrong with a text that should be a URL, as it is written, and what its author meant.

The parser tells what a browser would request. Browsers repair much: they remove line breaks and encode spaces. This module
finds what should not be in an article nevertheless.
"""

import re

from msgspec import Struct

from linkcheck.urls.parsing import scheme_of


class UrlDefect(Struct, frozen=True):
    """`message` is one clause about the text, as of `InvalidUrl`. `hint` is an action.

    With `works`, browsers make a URL of it all the same. With `path`, the text may be a path to a file of the site: if
    there is such a file, nothing is wrong.
    """

    message: str
    hint: str
    works: bool = False
    path: bool = False


MARKDOWN_LINK = "it is a Markdown link"
IN_BRACKETS = "it is in angle brackets"
SEVERAL_URLS = "it contains several URLs"

_MARKS = re.compile(r"[\s\x00-\x20\x7f<>\"\\`]|\]\(|\[\[|[,;|](?:https?:)?//")
"""Signs that a text needs a closer look: few do."""
_MARKDOWN = re.compile(r"(?<![^\s(])!?\[[^\[\]]{0,300}\]\(\s{0,9}<?([^\s()<>]{1,2000})")
_WIKI = re.compile(r"!?\[\[([^\[\]|#]{0,300})(?:#[^\[\]|]{0,300})?(?:\|[^\[\]]{0,300})?\]\]")
_INTRASITE = re.compile(r"[{|](?:static|attach|filename)[|}]([^{}|]+)")
_MADE_BY_PELICAN = re.compile(r"[{|](?:(?:author|category|tag)[|}][^{}|]+|index[|}][^{}|]*)")
_PUNCTUATION = re.compile(r"[/.\\:#?%<>\"`]")
_AUTOLINK = re.compile(r"<([a-z][a-z0-9+.-]{1,20}:[^\s<>]{1,2000})>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]{0,500}>", re.IGNORECASE)
_ONE_OF_SEVERAL = re.compile(r"(?:(?<![^\s<>\"'(\[,;|])https?://|(?<![^\s<>\"'(\[])www\.)[^\s/<>\"'(\[,;|]", re.IGNORECASE)
_ABSOLUTE = re.compile(r"\s*(?:https?:)?//", re.IGNORECASE)
_NAMES = {" ": "a space", "\t": "a tab", "\n": "a line break", "\r": "a line break"}

_MISSPELLED = re.compile(r"(?:h?t{1,3}ps?[;.,]?|:)//+", re.IGNORECASE)
"""`https//a.example`, `https;//a.example`, `://a.example`: without the colon, the text is relative."""
_HOST = re.compile(
    r"(?P<host>(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,6}[^\W\d_]{2,24})(?::[0-9]{1,5})?(?P<rest>[/?#]\S{0,4096})?"
)
_FILE_ENDS = frozenset(
    (
        *("ai", "app", "as", "bz", "cc", "cd", "dev", "fm", "foo", "id", "la", "map", "md", "me", "mm", "mov", "mp", "pa"),
        *("pl", "pn", "prof", "ps", "py", "qa", "rs", "sc", "sh", "so", "st", "tf", "vi"),
        "zip",
    )
)
"""Top-level domains that are also usual ends of file names, or of names of software."""
_EMAIL = re.compile(r"[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,6}[a-z]{2,24}", re.IGNORECASE)
_IDENTIFIERS = (
    (
        re.compile(r"(?:orcid:)?([0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9Xx])", re.IGNORECASE),
        "an ORCID iD",
        "https://orcid.org/",
    ),
    (re.compile(r"(?:doi: ?)?(10\.[0-9]{4,9}/\S{1,200})", re.IGNORECASE), "a DOI", "https://doi.org/"),
)
"""Identifiers that have a page, and the site where it is."""
_IMAGE_END = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif|ico|bmp|tiff?)(?:[?#]|\Z)", re.IGNORECASE)


def written_defect(text: str) -> UrlDefect | None:
    """What is wrong with the characters of a text that should be a URL or a path; None for nearly all, and other schemes."""
    return None if _MARKS.search(text) is None else _defect(text)


def _defect(text: str) -> UrlDefect | None:
    stripped = text.strip()
    if scheme_of(stripped) not in {None, "http", "https"}:
        return None
    if found := _MARKDOWN.search(text):
        return UrlDefect(MARKDOWN_LINK, f"Use the URL alone: {found[1]}")
    if wiki_target(stripped) is not None:
        return None
    if len(_ONE_OF_SEVERAL.findall(text)) > 1 and not _has_urls_in_query(text):
        return UrlDefect(SEVERAL_URLS, "Use one URL. For several, use a list if the template supports it.")
    if found := _AUTOLINK.fullmatch(stripped):
        return UrlDefect(IN_BRACKETS, f"Remove the brackets: {found[1]}")
    if _TAG.search(text):
        return UrlDefect("it contains HTML", "Use the URL alone.")
    path = _ABSOLUTE.match(text) is None
    if stripped and stripped != text:
        return UrlDefect("there is whitespace around it", "Remove the whitespace.", works=True)
    if is_words(stripped):
        return UrlDefect("it is text, not a URL", "Use a full URL, or the path of a file.", works=True, path=True)
    for character in stripped:
        if character.isspace() or character < " " or character == "\x7f":
            name = _NAMES.get(character, f"the character U+{ord(character):04X}")
            return UrlDefect(f"it contains {name}", "Replace spaces with %20; remove line breaks.", works=True, path=path)
        if character == "\\":
            return UrlDefect("it contains a backslash", "Use / instead.", works=True, path=path)
        if character in '<>"`':
            hint = f"Replace it with %{ord(character):02X}, or remove it."
            return UrlDefect(f"it contains the character {character}", hint, works=True, path=path)
    return None


def is_words(text: str) -> bool:
    """Whether a text has several words, and nothing that makes a path or a URL of it."""
    return len(text.split()) > 1 and _PUNCTUATION.search(text) is None


def wiki_target(text: str) -> str | None:
    """The file or note that a wiki link names: `a.png` of `![[a.png|100]]`; None for any other text."""
    found = _WIKI.fullmatch(text.strip())
    return None if found is None else found[1].strip()


def intrasite_path(text: str) -> str | None:
    """The path in a link of Pelican to its content: `/images/a.png` of `{static}/images/a.png`; None for any other text.

    It is relative to the folder of the content if it starts with a slash, else to the article.
    """
    found = _INTRASITE.fullmatch(text.strip())
    return None if found is None else found[1]


def is_made_by_pelican(text: str) -> bool:
    """Whether a text is a link of Pelican to a page that is made from no file: `{category}news`, `{index}`."""
    return _MADE_BY_PELICAN.fullmatch(text.strip()) is not None


def scheme_defect(text: str) -> UrlDefect | None:
    """What a relative text probably is, if no file of the site has its name: a URL that lacks its scheme."""
    stripped = text.strip()
    if stripped.startswith(("https://", "http://", "/", ".", "#", "?")) or scheme_of(stripped) in {"http", "https"}:
        return None
    if intrasite_path(stripped) is not None:
        return None
    if (scheme := misspelled_scheme(stripped)) is not None:
        rest = stripped.removeprefix(scheme)
        return UrlDefect("its scheme is misspelled", f"Start it with https://: https://{rest[:200]}")
    if _EMAIL.fullmatch(stripped):
        return UrlDefect("it is an e-mail address without mailto:", f"Use mailto:{stripped}, or the URL of a page.")
    for pattern, kind, site in _IDENTIFIERS:
        if found := pattern.fullmatch(stripped):
            return UrlDefect(f"it is {kind}, not its URL", f"Use {site}{found[1]}")
    if _is_host(stripped):
        return UrlDefect("it has no scheme", f"Start it with https://: https://{stripped[:200]}")
    return None


def misspelled_scheme(text: str) -> str | None:
    """What a relative text starts with in place of `https://`: `https//`; None for other texts."""
    found = _MISSPELLED.match(text)
    return None if found is None else found[0]


def _is_host(text: str) -> bool:
    """Whether a text starts with the name of a host, and not with that of a folder or file."""
    found = _HOST.fullmatch(text)
    if found is None:
        return False
    host, rest = found["host"].lower(), found["rest"] or ""
    if host.startswith("www."):
        return True
    from linkcheck.urls.registrable_domain import top_level_domain

    last = host.rpartition(".")[2]
    if top_level_domain(host) is None or (last in _FILE_ENDS and host.count(".") == 1):
        return False
    # A folder may be called like a host: `socket.io/logo.png`.
    return host.count(".") > 1 or _IMAGE_END.search(rest) is None


def _has_urls_in_query(text: str) -> bool:
    """Whether all URLs but the first are a part of its query, in one word: those of a proxy for images."""
    return "?" in text and len(text.split()) == 1 and text.lower().find("http", 1) > text.find("?")
