"""VitePress: settings in a hidden folder of the articles."""

from posixpath import normpath

from linkcheck.infer.generators.site import (
    SettingsFiles,
    SiteInfo,
    address,
    existing,
    find_text,
    first_program,
    settings_names,
)

MARKS = settings_names(".vitepress/config", ".vitepress/config/index")


def read(files: SettingsFiles) -> SiteInfo | None:
    program = first_program(files, MARKS)
    if program is None:
        return None
    settings = program.exported
    source = normpath(find_text(settings, "srcDir") or ".").removeprefix(".")
    return SiteInfo(
        address(find_text(settings, "sitemap", "hostname"), settings.get("base")),
        content=(source,),
        static=existing(files, (f"{source}/public".lstrip("/"),)),
    )
