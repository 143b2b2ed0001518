"""MkDocs: `mkdocs.yml`. All files in the folder of the pages are published. `.authors.yml` is about authors of the blog."""

from collections.abc import Iterator
from posixpath import normpath

from linkcheck.infer.data_entries import DataEntries
from linkcheck.infer.generators.site import SettingsFiles, SiteInfo, address, find_text, first_data, ignored_globs, mapping
from linkcheck.model import Json

_AUTHORS = ".authors.yml"
MARKS = ("mkdocs.yml", "mkdocs.yaml")


def read(files: SettingsFiles) -> SiteInfo | None:
    if not any(files.is_file(name) for name in MARKS):
        return None
    settings = first_data(files, MARKS)
    docs = normpath(find_text(settings, "docs_dir") or "docs")
    authors = tuple(path for path in (f"{docs}/blog/{_AUTHORS}", f"{docs}/{_AUTHORS}") if files.is_file(path))
    return SiteInfo(
        address(settings.get("site_url")),
        content=(docs,),
        static=(docs,),
        page_urls={docs: "/:path.html" if settings.get("use_directory_urls") is False else "/:path/"},
        hidden=tuple(_hidden(settings, docs)),
        entries=(DataEntries("authors", authors, map_in="authors"),) if authors else (),
    )


def _hidden(settings: dict[str, Json], docs: str) -> Iterator[str]:
    """What has no page, and the posts of a blog, whose URLs the plugin makes."""
    yield from (f"{docs}/{glob}" for glob in ignored_globs(find_text(settings, "exclude_docs") or ""))
    plugins = settings.get("plugins")
    listed = plugins if isinstance(plugins, list) else [{name: options} for name, options in mapping(plugins).items()]
    for plugin in listed:
        name, options = (plugin, None) if isinstance(plugin, str) else next(iter(mapping(plugin).items()), ("", None))
        if name.rpartition("/")[2] == "blog":
            folder = find_text(options, "blog_dir") or "blog"
            yield f"{docs}/{folder.strip('/')}/**"
