"""Quarto: `_quarto.yml`, and `_metadata.yml` with properties for the articles of a folder."""

from collections.abc import Iterator

from linkcheck.infer.generators.site import FrontMatterDefault, SettingsFiles, SiteInfo, address, find, first_data

MARKS = ("_quarto.yml", "_quarto.yaml")
_OF_THE_PROJECT = frozenset(("project", "website", "book", "manuscript", "format", "execute", "profile", "filters"))
_MOST_FOLDERS = 200


def read(files: SettingsFiles) -> SiteInfo | None:
    if not any(files.is_file(name) for name in MARKS):
        return None
    settings = first_data(files, MARKS)
    kind = next((kind for kind in ("website", "book") if kind in settings), "website")
    values = {name: value for name, value in settings.items() if name not in _OF_THE_PROJECT}
    return SiteInfo(
        address(find(settings, kind, "site-url"), find(settings, kind, "site-path")),
        content=("",),
        static=("",),
        page_urls={} if find(settings, "project", "render") else {"": "/:path.html"},
        hidden=("**/README.*",),
        defaults=(*((FrontMatterDefault(("**",), values),) if values else ()), *_directory_metadata(files)),
    )


def _directory_metadata(files: SettingsFiles) -> Iterator[FrontMatterDefault]:
    folders = [""]
    for folder in folders:
        if len(folders) > _MOST_FOLDERS:
            break
        for name in files.names(folder):
            path = f"{folder}/{name}".lstrip("/")
            if name in ("_metadata.yml", "_metadata.yaml"):
                values = files.data(path)
                if values:
                    yield FrontMatterDefault((f"{folder}/**".lstrip("/"),), values)
            elif name[:1] not in "._" and files.is_folder(path):
                folders.append(path)
