"""Astro, with Starlight: `astro.config.mjs`. The folders of its collections are in `content.config.ts`."""

from collections.abc import Iterator
from posixpath import dirname, normpath

from linkcheck.infer.generators.aliases import compiler_paths
from linkcheck.infer.generators.site import (
    SettingsFiles,
    SiteInfo,
    address,
    find_text,
    first_program,
    settings_names,
)

MARKS = settings_names("astro.config")
_COLLECTIONS = settings_names("content.config", "content/config")


def read(files: SettingsFiles) -> SiteInfo | None:
    program = first_program(files, MARKS)
    if program is None:
        return None
    settings = program.exported
    source = normpath(find_text(settings, "srcDir") or "src")
    return SiteInfo(
        address(settings.get("site"), settings.get("base")),
        content=(f"{source}/content", f"{source}/pages", *_loaded(files, source)),
        static=(normpath(find_text(settings, "publicDir") or "public"),),
        aliases=compiler_paths(files),
    )


def collection_programs(source: str = "src") -> tuple[str, ...]:
    return tuple(f"{source}/{name}" for name in _COLLECTIONS)


def _loaded(files: SettingsFiles, source: str) -> Iterator[str]:
    """The parent folders of those that `glob({base: "./articles/blog"})` loads."""
    program = first_program(files, collection_programs(source))
    for arguments in program.calls("glob") if program is not None else ():
        base = find_text(arguments[0], "base") if arguments else None
        if base is not None:
            folder = normpath(base)
            yield dirname(folder) or folder
