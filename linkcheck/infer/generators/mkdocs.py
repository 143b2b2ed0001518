"""MkDocs: `mkdocs.yml`. All files in the folder of the pages are published."""

from posixpath import normpath

from linkcheck.infer.generators.site import SettingsFiles, SiteInfo, address, find_text, first_data

MARKS = ("mkdocs.yml", "mkdocs.yaml")


def read(files: SettingsFiles) -> SiteInfo | None:
    if not any(files.is_file(name) for name in MARKS):
        return None
    settings = first_data(files, MARKS)
    docs = normpath(find_text(settings, "docs_dir") or "docs")
    return SiteInfo(address(settings.get("site_url")), content=(docs,), static=(docs,))
