"""The addresses of copies in web archives, as far as they contain the URL of the page that was copied.

| archive | address of a copy |
|---|---|
| the Wayback Machine | `https://web.archive.org/web/20210604101112/https://example.com/a`, also with less of the time |
| others that use its software | 14 digits before the URL: `/web/`, `/wayback/`, `/all/`, or another path in front |
| archive.today | `https://archive.ph/2021.06.04-101112/https://example.com/a`, or 14 digits |

A letter or two and `_` after the digits (`id_`, `if_`) choose how a copy is shown. Short addresses, such as
`https://archive.ph/AbC12`, do not show what they are copies of.
"""

import re

from linkcheck.urls.comparing import page_key
from linkcheck.urls.parsing import InvalidUrl, parse_url

ARCHIVE_TODAY = ("archive.today", "archive.ph", "archive.is", "archive.li", "archive.md", "archive.vn", "archive.fo")
"""The hosts of archive.today, each of which has all copies."""
_WAYBACK_MACHINE = ("web.archive.org", "wayback.archive.org")
_FOLDERS = ("web", "wayback", "all")
"""Before the time, in addresses whose URLs may have no scheme."""
_ORIGINAL = re.compile(r"https?:/{1,2}(?=[^/])", re.IGNORECASE)
_ENCODED = re.compile(r"https?%3A%2F", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z0-9_-]{1,63}\.){1,10}[a-z][a-z0-9-]{1,62}(?::[0-9]{1,5})?(?=[/?#]|\Z)", re.IGNORECASE)
_TIME = re.compile(r"(?:[0-9]{14}|[0-9]{4}\.[0-9]{2}\.[0-9]{2}-[0-9]{6})(?:[a-z]{1,2}_)?")
_SHORT_TIME = re.compile(r"[0-9]{4,13}(?:[a-z]{1,2}_)?")
_MOST_FOLDERS = 4
"""Before the time."""
_MOST_COPIES = 3
"""Copies of copies."""


def original_in(url: str) -> str | None:
    """The URL that an address contains, as at most archives: `/web/20210603101112/https://...`. None if there is none."""
    found = _ORIGINAL.search(url, len("https://"))
    return None if found is None else f"{found[0].rstrip('/')}//{url[found.end() :]}"


def copied_page(url: str) -> str | None:
    """The URL of the page that a URL is the address of a copy of; None if it is no such address, or does not show it."""
    page: str | None = None
    for _ in range(_MOST_COPIES):
        copied = _copied(url if page is None else page)
        if copied is None:
            break
        page = copied
    return page


def are_same_copy(one: str, other: str) -> bool:
    """Whether two URLs are addresses of copies of one page, whenever they were captured.

    At archive.today, the host makes no difference. A long address there leads to a short one, which may be of any page.
    """
    first, second = copied_page(one), copied_page(other)
    if first is not None and second is not None:
        return is_one_key(first, second)
    if not (_is_at_archive_today(one) and _is_at_archive_today(other)):
        return False
    return first is not None or second is not None or parse_url(one).path == parse_url(other).path


def is_one_key(one: str, other: str) -> bool:
    """Whether two URLs are those of one page, without their fragments: archives get no fragment."""
    key = page_key(one.partition("#")[0])
    return key is not None and key == page_key(other.partition("#")[0])


def _copied(url: str) -> str | None:
    try:
        host = parse_url(url).host
    except InvalidUrl:
        return None
    text = url.strip()
    folders: list[str] = []
    start = text.find("/", text.find("//") + 2) + 1
    while start and len(folders) <= _MOST_FOLDERS:
        end = text.find("/", start)
        if end < 0:
            return None
        folder = text[start:end]
        if _TIME.fullmatch(folder) or (host in _WAYBACK_MACHINE and folders == ["web"] and _SHORT_TIME.fullmatch(folder)):
            is_usual = host in ARCHIVE_TODAY or (bool(folders) and folders[-1] in _FOLDERS)
            return _original(text[end + 1 :], any_scheme=is_usual)
        folders.append(folder)
        start = end + 1
    return None


def _original(rest: str, *, any_scheme: bool) -> str | None:
    """The URL at the end of an address, without a scheme only with `any_scheme`."""
    if _ENCODED.match(rest):
        from urllib.parse import unquote  # imported here: few addresses need it

        rest = unquote(rest)
    if (found := _ORIGINAL.match(rest)) is not None:
        return f"{found[0].rstrip('/')}//{rest[found.end() :]}"
    return f"http://{rest}" if any_scheme and _HOST.match(rest) else None


def _is_at_archive_today(url: str) -> bool:
    """Whether a URL is that of a copy there, in any form, and not of the front page."""
    try:
        read = parse_url(url)
    except InvalidUrl:
        return False
    return read.host.removeprefix("www.") in ARCHIVE_TODAY and read.path != "/"
