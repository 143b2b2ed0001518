"""VuePress: settings in a hidden folder of the articles. Its address is an option of plugins and themes."""

from collections.abc import Iterator

from linkcheck.infer.generators.site import (
    SettingsFiles,
    SiteInfo,
    address,
    existing,
    find,
    find_text,
    first_program,
    settings_names,
)
from linkcheck.infer.literals import Program
from linkcheck.model import Json

MARKS = settings_names(".vuepress/config", ".vuepress/config/index")
_FUNCTIONS = ("sitemapPlugin", "feedPlugin", "seoPlugin", "hopeTheme")
"""Functions of plugins and themes with the option `hostname`."""


def read(files: SettingsFiles) -> SiteInfo | None:
    program = first_program(files, MARKS)
    if program is None:
        return None
    settings = program.exported
    addresses = (address(hostname, settings.get("base")) for hostname in _hostnames(program))
    return SiteInfo(
        next((found for found in addresses if found is not None), None),
        content=("",),
        page_urls={} if any(map(program.mentions, ("permalink", "permalinkPattern"))) else {"": "/:path"},
        static=existing(files, (".vuepress/public",)),
    )


def _hostnames(program: Program) -> Iterator[Json]:
    for function in _FUNCTIONS:
        for arguments in program.calls(function):
            yield find_text(arguments[0], "hostname") if arguments else None
    plugins = program.exported.get("plugins")
    if isinstance(plugins, dict):
        yield from (find(options, "hostname") for options in plugins.values())
    elif isinstance(plugins, list):  # `["sitemap", {hostname: ...}]`
        yield from (find(plugin[1], "hostname") for plugin in plugins if isinstance(plugin, list) and len(plugin) == 2)
