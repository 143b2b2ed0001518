"""The files of the repository that a link without a host can refer to."""

import re
from posixpath import dirname, join, normpath, splitext

_ESCAPES = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_PAGE_FILES = (".md", ".html", "/index.html", "/index.md")


def candidates(reference: str, *, article: str, site_roots: tuple[str, ...], base_path: str, image: bool) -> tuple[str, ...]:
    """Paths relative to the working directory, the likeliest first; `..` never leads outside of it.

    `reference` is site-relative (`/assets/a.png`) or relative to the article (`../a.png`; second, relative to a root of
    the site, as in some generators). `base_path` is the path of the site's URL, with which a site-relative link may start.
    For pages, the candidates include the source files that generators make them from.
    """
    path = _plain(reference)
    if path is None:
        return ()
    if path.startswith("/"):
        within_base = (path[len(base_path) - 1 :],) if base_path != "/" and path.startswith(base_path) else ()
        found: list[str | None] = [_inside(root, each) for root in site_roots for each in (*within_base, path)]
    else:
        found = [_beside(article, path), *(_inside(root, path) for root in site_roots)]
    known = [each for each in found if each is not None]
    if not image:
        known = [file for each in known for file in _page_files(each, folder=path.endswith("/"))]
    return tuple(dict.fromkeys(known))


def _plain(reference: str) -> str | None:
    """The path without query, fragment and percent-encoding; None if no file can have such a name."""
    path = _ESCAPES.sub(_bytes, reference.partition("#")[0].partition("?")[0])
    return None if "\0" in path or "\\" in path else path


def _bytes(escapes: re.Match[str]) -> str:
    return bytes.fromhex(escapes[0].replace("%", "")).decode("utf-8", "replace")


def _inside(root: str, path: str) -> str:
    return normpath(join(root, normpath("/" + path).lstrip("/")))


def _beside(article: str, path: str) -> str | None:
    found = normpath(join(dirname(article), path))
    climbs = found.startswith("../") or found == ".."
    return None if climbs and not article.startswith("../") else found


def _page_files(path: str, *, folder: bool) -> list[str]:
    if folder:
        return [path + ending for ending in _PAGE_FILES[2:]]
    return [path] if splitext(path)[1] else [path, *(path + ending for ending in _PAGE_FILES)]
