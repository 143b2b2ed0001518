"""Zola: `config.toml` or `zola.toml` with `base_url`."""

from collections.abc import Iterator

from linkcheck.infer.generators.site import (
    ENGLISH,
    SettingsFiles,
    SiteInfo,
    address,
    existing,
    find_text,
    first_data,
    mapping,
    texts,
)
from linkcheck.model import Json

MARKS = ("zola.toml", "config.toml")
_NEIGHBORS = ("content", "templates", "sass")


def read(files: SettingsFiles) -> SiteInfo | None:
    settings = first_data(files, MARKS)
    if find_text(settings, "base_url") is None or not any(files.is_folder(folder) for folder in _NEIGHBORS):
        return None
    theme = find_text(settings, "theme")
    default = find_text(settings, "default_language") or ENGLISH
    languages = mapping(settings.get("languages"))
    return SiteInfo(
        address(settings["base_url"]),
        content=("content",),
        page_urls={"content": "/:path/"},
        hidden=tuple(_ignored(settings)),
        static=existing(files, ("static", *((f"themes/{theme}/static",) if theme else ()))),
        # A link to a page of the content, in Zola's own notation.
        aliases={"@/": "content"},
        default_language=default,
        language_prefixes={default: "", **{code: code for code in languages if code != default}} if languages else None,
    )


def _ignored(settings: dict[str, Json]) -> Iterator[str]:
    for glob in texts(settings.get("ignored_content")):
        yield f"content/{glob}"
        yield f"content/**/{glob}"
