"""The files of the repository that a link without a host can refer to."""

import re
from posixpath import basename, dirname, join, normpath, splitext

from msgspec import Struct

from linkcheck.post_folders import post_folder

_ESCAPES = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_PAGE_FILES = (".md", ".html", "/index.html", "/index.md")
_BUNDLE = re.compile(r"_?index\.")
_WORD = re.compile(r"[^\W_]+")
_FILE = re.compile(
    r"\.(?:avif|bmp|gif|heic|ico|jpe?g|jxl|png|svgz?|tiff?|webp|aac|avi|flac|m4[av]|mkv|mov|mp[34]|mpe?g|og[agv]|opus|wav|webm"
    r"|7z|bz2|dmg|exe|gz|jar|msi|rar|tar|tgz|xz|zip|csv|docx?|epub|key|od[pst]|pdf|pptx?|ps|rtf|tsv|txt|xlsx?"
    r"|bib|css|ipynb|md|mdx|markdown|qmd|rmd|rmarkdown|rst|adoc|eot|otf|ttf|woff2?)\Z",
    re.IGNORECASE,
)
"""The extensions of files that are published unchanged, and of source files. A generator may create everything else: pages
can have any name, such as `/about.html`, `/v1.2` or `/next.js`, and feeds and search indexes are generated too."""
_CLIMB = re.compile(r"(?:\.\./|\.\.\Z)*+")


class Surroundings(Struct, frozen=True):
    """Where links of a site are looked up.

    `roots` are the folders of the files that the site serves at its root, relative to the working directory. `base_path` is
    the path of the site's URL, with which a site-relative link may start. `levels` is how many folders the working directory
    is below the top of the repository.
    """

    roots: tuple[str, ...] = ()
    base_path: str = "/"
    levels: int = 0


def candidates(reference: str, *, article: str, site: Surroundings, image: bool) -> tuple[str, ...]:
    """The candidates, relative to the working directory, the likeliest first. None is outside the repository.

    `reference` is site-relative (`/assets/a.png`) or relative to the article (`../a.png`; second, relative to a root of
    the site, as in some generators). For pages, the candidates include the source files that generators make them from; for
    an image, a file next to the article if the reference is below the article's own URL, and for that of a post, files in
    the folder named like the post.
    """
    path = plain_path(reference)
    if not path:
        return ()
    if path.startswith("/"):
        paths = dict.fromkeys((within_base(path, site.base_path), path))
        found = [_inside(root, each) for root in site.roots for each in paths]
    else:
        relative = _next_to_article(article, path, site.levels)
        found = [*(() if relative is None else (relative,)), *(_inside(root, path) for root in site.roots)]
        if image and not path.startswith("..") and (own := post_folder(article)) is not None:
            found.insert(0, _inside(own, path))
    if image and (own := _own_image(article, path)) is not None:
        found.append(own)
    return _files(found, path, image=image)


def candidates_below(folder: str, reference: str, *, image: bool) -> tuple[str, ...]:
    """The same for a link to something in a folder, such as one that starts with an alias."""
    path = plain_path(reference)
    return _files([_inside(folder, path)], path, image=image) if path else ()


def plain_path(reference: str) -> str | None:
    """The path without query, fragment and percent-encoding; None if no file can have such a name."""
    path = _ESCAPES.sub(_bytes, reference.partition("#")[0].partition("?")[0])
    return None if "\0" in path or "\\" in path else path


def within_base(path: str, base_path: str) -> str:
    """A site-relative path without the path of the site's URL, if it starts with that."""
    return path[len(base_path) - 1 :] if path.startswith(base_path) else path


def has_extension(path: str) -> bool:
    return splitext(path)[1] not in ("", ".")


def is_page(path: str) -> bool:
    """Whether the site generator may create the target of a path, so that there need not be a file."""
    return path.endswith("/") or _FILE.search(path) is None


def _files(found: list[str], path: str, *, image: bool) -> tuple[str, ...]:
    if not image:
        found = [file for each in found for file in _page_files(each, folder=path.endswith("/"))]
    return tuple(dict.fromkeys(found))


def _bytes(escapes: re.Match[str]) -> str:
    return bytes.fromhex(escapes[0].replace("%", "")).decode("utf-8", "replace")


def _inside(root: str, path: str) -> str:
    return normpath(join(root, normpath("/" + path).lstrip("/")))


def _next_to_article(article: str, path: str, levels: int) -> str | None:
    """The path resolved from the folder of the article; None if it is outside the repository."""
    found = normpath(join(dirname(article), path))
    climb = _CLIMB.match(found)
    return found if climb is None or climb.end() <= 3 * levels else None


def _own_image(article: str, path: str) -> str | None:
    """A file in the article's own folder, which generators publish below the article's URL.

    The URL is unknown, but consists of words of the folder: `posts/2021-02-03-bridge/index.md` is published at
    `/posts/2021/02/03/bridge/`, or at a URL with fewer of these words that ends with the last one.
    """
    folder, name = dirname(path), basename(path)
    words = _WORD.findall(folder)
    own_words = _WORD.findall(dirname(article))
    if not words or not _BUNDLE.match(basename(article)) or words[-1:] != own_words[-1:] or words == own_words[-1:]:
        return None
    left = iter(own_words)
    return join(dirname(article), name) if all(word in left for word in words) else None


def _page_files(path: str, *, folder: bool) -> list[str]:
    if folder:
        return [path + ending for ending in _PAGE_FILES[2:]]
    return [path] if splitext(path)[1] else [path, *(path + ending for ending in _PAGE_FILES)]
