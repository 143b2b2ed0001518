"""Pelican: `pelicanconf.py`, and `publishconf.py` with the address of the published site."""

from posixpath import normpath

from linkcheck.infer.generators.site import (
    FrontMatterDefault,
    SettingsFiles,
    SiteInfo,
    address,
    find_text,
    first_program,
    mapping,
)
from linkcheck.model import Json

MARKS = ("pelicanconf.py",)


def read(files: SettingsFiles) -> SiteInfo | None:
    program = first_program(files, MARKS)
    if program is None:
        return None
    published = first_program(files, ("publishconf.py",))
    settings: dict[str, Json] = {**program.names, **(published.names if published is not None else {})}
    content = normpath(find_text(settings, "PATH") or "content").removeprefix(".")
    pattern = find_text(settings, "ARTICLE_URL")
    values = mapping(settings.get("DEFAULT_METADATA"))
    return SiteInfo(
        address(settings.get("SITEURL")),
        content=(content,),
        # STATIC_PATHS are folders in the folder of the articles, and are published under the same names.
        static=(content,),
        permalinks={"": pattern} if pattern is not None else {},
        defaults=(FrontMatterDefault((f"{content}/**".lstrip("/"),), values),) if values else (),
    )
