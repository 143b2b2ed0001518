"""Hexo: `_config.yml`, as in Jekyll, but with the folders `source/` and `scaffolds/`."""

from collections.abc import Mapping

from linkcheck.infer.generators.site import SettingsFiles, SiteInfo, address, existing, find, find_text, first_data

SETTINGS = ("_config.yml", "_config.yaml", "_config.json")
_OWN_SETTINGS = ("source_dir", "public_dir", "new_post_name", "skip_render", "post_asset_folder", "filename_case")


def read(files: SettingsFiles) -> SiteInfo | None:
    settings = first_data(files, SETTINGS)
    if not settings or not _is_hexo(files, settings):
        return None
    source = (find_text(settings, "source_dir") or "source").strip("/")
    theme = find_text(settings, "theme")
    pattern = find_text(settings, "permalink") or ":year/:month/:day/:title/"
    return SiteInfo(
        address(settings.get("url"), settings.get("root")),
        content=(source,),
        static=(source, *existing(files, [f"themes/{theme}/source"] if theme else [])),
        permalinks={"": pattern},
        page_urls={source: "/:path.html"},
        # With other names of files, the title is only a part of the name.
        post_url=pattern if settings.get("new_post_name") in (None, ":title.md") else "",
    )


def _is_hexo(files: SettingsFiles, settings: Mapping[str, object]) -> bool:
    if files.is_folder("scaffolds") or files.is_folder("source/_posts"):
        return True
    package = files.data("package.json")
    in_package = any(find(package, key, "hexo") is not None for key in ("dependencies", "devDependencies"))
    return in_package or find(package, "hexo") is not None or sum(key in settings for key in _OWN_SETTINGS) > 1
