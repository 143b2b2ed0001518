"""VitePress: settings in a hidden folder of the articles."""

from linkcheck.infer.generators.site import (
    SettingsFiles,
    SiteInfo,
    address,
    existing,
    find_text,
    first_program,
    folder_named,
    settings_names,
    texts,
)

MARKS = settings_names(".vitepress/config", ".vitepress/config/index")


def read(files: SettingsFiles) -> SiteInfo | None:
    program = first_program(files, MARKS)
    if program is None:
        return None
    settings = program.exported
    source = folder_named(find_text(settings, "srcDir") or ".")
    return SiteInfo(
        address(find_text(settings, "sitemap", "hostname"), settings.get("base")),
        content=(source,),
        page_urls={} if program.mentions("rewrites") else {source: "/:path"},
        hidden=tuple(f"{source}/{glob}".lstrip("/") for glob in texts(settings.get("srcExclude"))),
        static=existing(files, (f"{source}/public".lstrip("/"),)),
    )
