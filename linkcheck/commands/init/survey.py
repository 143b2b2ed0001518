"""Surveys a repository: its articles, its site generator, and the address of its site."""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from msgspec import Struct, json

from linkcheck import discover, infer, validate
from linkcheck.commands.init.catch_all import divide, free_name, globs_of, infer_for_all, places_to_add
from linkcheck.errors import UsageError
from linkcheck.files import read_file
from linkcheck.infer import Generator, Inferred, InferredCollection, SiteInfo
from linkcheck.model import Article, Json, Link, Role, Source
from linkcheck.parse import parse
from linkcheck.urls import InvalidUrl, parse_url, scheme_of

_LARGEST = 1 << 18
"""Maximum number of bytes of a settings file that are read."""
_TURNS = 5
_SAMPLE = 1_000
"""Maximum number of links without a host that are looked up."""


class Surveyed(Struct, frozen=True):
    """A collection with the schema of its articles. `globs` are the paths that the configuration gives it."""

    collection: InferredCollection
    globs: tuple[str, ...]
    inferred: Inferred


class RepositorySurvey(Struct, frozen=True):
    """The result of a survey. Paths are relative to the root, which is the working directory.

    `site_root` is the folder in which links without a host were found, `on_site` the number of these links. `unread` are
    files whose front matter cannot be read; they do not count for the schemas.
    """

    generator: Generator
    site: SiteInfo
    collections: tuple[Surveyed, ...]
    site_root: str | None = None
    on_site: int = 0
    unread: tuple[str, ...] = ()


def survey(
    root: str, *, options: discover.DiscoverOptions | None = None, claimed: Callable[[str], bool] = lambda _: False
) -> RepositorySurvey:
    """Survey the repository at `root`. Raises UsageError if it contains no article.

    `options` determine which files are articles. Articles that are `claimed` belong to other collections already.
    """
    options = discover.DiscoverOptions(paths=(".",), root=root) if options is None else options
    files = {source.path: source.file for source in discover.discover(options)}
    unread = tuple(path for path, file in files.items() if not _read(path, file).data)
    readable = [path for path in files if path not in set(unread)]
    if not readable:
        raise UsageError(
            f"no article in {discover.shown(root)}: no .md, .markdown, .mdx or .html file starts with valid front matter. "
            "Run linkcheck init at the root of the repository."
        )
    generator = _generator(root)
    site = _site(generator, root)
    surveyed: list[Surveyed] = []
    on_site: list[Link] = []
    folders, loose = divide(infer.collect(readable, roots=generator.content), claimed)
    for each in folders:
        articles = _Articles({path: files[path] for path in each.paths})
        inferred = infer.infer((article.data for article in articles), name=each.name)
        on_site += _verified(inferred, articles)
        surveyed.append(Surveyed(each, globs_of(each, options, files), inferred))
    places = places_to_add(readable, generator.content, covered={each.folder for each in folders})
    if places:
        rest = InferredCollection(free_name(each.name for each in folders), "", loose)
        articles = _Articles({path: files[path] for path in loose})
        inferred = infer_for_all(articles, _Articles({path: files[path] for path in readable}), name=rest.name)
        on_site += _verified(inferred, articles)
        surveyed.append(Surveyed(rest, places, inferred))
    return RepositorySurvey(
        generator=generator,
        site=site,
        collections=tuple(surveyed),
        site_root=_site_root(generator, site, on_site[:_SAMPLE], root),
        on_site=len(on_site),
        unread=unread,
    )


def counts_links(survey: RepositorySurvey) -> int:
    """The number of values that were taken for links."""
    return sum(link.texts for each in survey.collections for link in each.inferred.links)


class _Articles:
    """Articles that are read again for each iteration, so that memory does not grow with the archive."""

    def __init__(self, files: dict[str, str]) -> None:
        self._files = files

    def __iter__(self) -> Iterator[Article]:
        return (_read(path, file) for path, file in self._files.items())


def _read(path: str, file: str) -> Article:
    return parse(discover.read_source(file, path=path))


def _verified(inferred: Inferred, articles: Iterable[Article]) -> list[Link]:
    """Validate the articles against their schema, and remove the violated keywords. Returns the links without a host."""
    for turn in range(_TURNS):
        schemas = validate.Schemas(
            validate.ValidateOptions(schema="inferred.schema.json", read=_always(json.encode(inferred.schema)))
        )
        broken: set[str] = set()
        on_site: list[Link] = []
        for article in articles:
            validation = schemas.validate(article)
            broken |= {each.schema_pointer for each in validation.violations if each.schema_pointer}
            on_site += [link for link in validation.links if _is_on_site(link.url)]
        if not broken or turn == _TURNS - 1 or not infer.loosen(inferred.schema, broken):
            break
    return on_site


def _always(text: bytes) -> Callable[[Path], bytes]:
    return lambda _path: text


def _is_on_site(url: str) -> bool:
    text = url.strip()
    return bool(text) and scheme_of(text) is None and not text.startswith(("//", "#"))


def _generator(root: str) -> Generator:
    candidates = {path for generator in infer.GENERATORS for path in (*generator.marks, *generator.settings)}
    files = {path for path in candidates if Path(root, path).is_file()}
    folders = {entry.name for entry in os.scandir(root) if entry.is_dir(follow_symlinks=False)}
    return infer.detect(files, folders)


def _site(generator: Generator, root: str) -> SiteInfo:
    for path in generator.settings:
        settings = _settings(Path(root, path))
        if settings is not None:
            site = infer.site_of(generator, settings)
            if site.base_url is not None:
                return site
    return SiteInfo()


def _settings(path: Path) -> dict[str, Json] | str | None:
    """The data of a settings file, parsed like front matter; the text if the file is a program."""
    try:
        text = read_file(path, most=_LARGEST)[:_LARGEST]
    except OSError:
        return None
    match path.suffix:
        case ".yml" | ".yaml":
            return read_yaml(text)
        case ".toml":
            return _front_matter(b"+++\n" + text + b"\n+++\n")
        case ".json":
            return _front_matter(b"---json\n" + text + b"\n---\n")
        case _:
            return text.decode("utf-8", "replace")


def read_yaml(text: bytes) -> dict[str, Json]:
    """The data of a YAML file; empty if it cannot be read."""
    return _front_matter(b"---\n" + text.removeprefix(b"\xef\xbb\xbf").removeprefix(b"---\n") + b"\n---\n")


def _front_matter(raw: bytes) -> dict[str, Json]:
    return parse(Source("settings", "settings", raw, len(raw), named=True)).data


def _site_root(generator: Generator, site: SiteInfo, links: list[Link], root: str) -> str | None:
    """The first folder that the generator serves in which a link without a host leads to a file."""
    base = _base_path(site).rstrip("/")
    images = [link for link in links if link.role is Role.IMAGE]
    for folder in (folder for folder in generator.static if Path(root, folder).is_dir()):
        for link in images:
            path = link.url.strip().partition("?")[0].partition("#")[0]
            beside = "" if path.startswith("/") else os.path.dirname(link.location.path)
            places = [os.path.join(beside or folder, path.lstrip("/"))]
            if base and path.startswith(f"{base}/"):
                places.append(os.path.join(folder, path[len(base) + 1 :]))
            if any("\0" not in place and Path(root, place).is_file() for place in places):
                return folder or "."
    return None


def _base_path(site: SiteInfo) -> str:
    """The path of the site's address; `/` if it is not known, or not a URL."""
    try:
        return parse_url(site.base_url).path if site.base_url else "/"
    except InvalidUrl:
        return "/"
