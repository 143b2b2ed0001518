"""MkDocs: `mkdocs.yml`. All files in the folder of the pages are published. `.authors.yml` is about authors of the blog."""

from posixpath import normpath

from linkcheck.infer.data_entries import DataEntries
from linkcheck.infer.generators.site import SettingsFiles, SiteInfo, address, find_text, first_data

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
        entries=(DataEntries("authors", authors, map_in="authors"),) if authors else (),
    )
