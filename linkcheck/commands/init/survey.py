"""Surveys a repository: its articles, its site generator, and the address of its site."""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from msgspec import Struct, json

from linkcheck import discover, infer, validate
from linkcheck.errors import UsageError
from linkcheck.files import read_file
from linkcheck.infer import Generator, Inferred, InferredCollection, SiteInfo
from linkcheck.model import Article, Json, Link, Role, Source
from linkcheck.parse import parse
from linkcheck.urls import parse_url, scheme_of

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


def survey(root: str) -> RepositorySurvey:
    """Survey the repository at `root`. Raises UsageError if it contains no article."""
    files = {source.path: source.file for source in discover.discover(discover.DiscoverOptions(paths=(".",), root=root))}
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
    for each in infer.collect(readable, roots=generator.content):
        articles = _Articles({path: files[path] for path in each.paths})
        inferred = infer.infer((article.data for article in articles), name=each.name)
        on_site += _verified(inferred, articles)
        surveyed.append(Surveyed(each, _globs(each, root), inferred))
    return RepositorySurvey(
        generator=generator,
        site=site,
        collections=tuple(surveyed),
        site_root=_site_root(generator, site, on_site[:_SAMPLE], root),
        on_site=len(on_site),
        unread=unread,
    )


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


def _globs(collection: InferredCollection, root: str) -> tuple[str, ...]:
    """The paths of a collection in the configuration: globs, which require front matter, if every matching file has it."""
    if not collection.folder:
        return collection.paths
    extensions = sorted({os.path.splitext(path)[1] for path in collection.paths})
    globs = tuple(f"{collection.folder}/**/*{extension}" for extension in extensions)
    named = discover.discover(discover.DiscoverOptions(paths=globs, root=root))
    return globs if all(discover.is_led(source.head) for source in named) else (collection.folder,)


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
    base = parse_url(site.base_url).path.rstrip("/") if site.base_url else ""
    images = [link for link in links if link.role is Role.IMAGE]
    for folder in generator.static:
        for link in images:
            path = link.url.strip().partition("?")[0].partition("#")[0]
            beside = "" if path.startswith("/") else os.path.dirname(link.location.path)
            places = [os.path.join(beside or folder, path.lstrip("/"))]
            if base and path.startswith(f"{base}/"):
                places.append(os.path.join(folder, path[len(base) + 1 :]))
            if any("\0" not in place and Path(root, place).is_file() for place in places):
                return folder or "."
    return None
