"""Folders whose files are not articles: templates, vendored packages and output.

The name of a folder is rarely enough, because a site about a generator may have a section `templates` or `themes`. So most
names count only next to a file that shows which program the folder belongs to.
"""

import os
import re

from linkcheck.globs import has_magic, matcher

HUGO = (
    *(f"{stem}.{end}" for stem in ("hugo", "config") for end in ("toml", "yaml", "yml", "json")),
    "config/_default",
    "theme.toml",
    "theme.yaml",
)
ELEVENTY = (
    *(f"eleventy.config.{end}" for end in ("js", "mjs", "cjs", "ts")),
    ".eleventy.js",
    "_includes",
    "_layouts",
)
JEKYLL = ("_config.yml", "_config.yaml", "_config.toml")
_IN_JEKYLL = (*JEKYLL, *(f"../{name}" for name in JEKYLL))
"""The settings are next to the folder, or above a folder with all of the source."""
_PACKAGE = ("package.json", "composer.json", "Gemfile", "Rakefile", "go.mod", "Cargo.toml", "pyproject.toml", "setup.py")
_ALWAYS = ("",)

TEMPLATE_FOLDERS: dict[str, tuple[str, ...]] = {
    # Templates of articles, from which generators and editors make new ones.
    "archetypes": (*HUGO, "content", "archetypes/default.md"),
    "scaffolds": (*JEKYLL, "source", "scaffolds/post.md"),
    "_templates": _ALWAYS,
    "templates": ("config.toml", ".obsidian", "pelicanconf.py", "quartz.config.ts", *ELEVENTY, *_PACKAGE),
    "template": _PACKAGE,
    # Templates of pages.
    "_layouts": _ALWAYS,
    "_includes": _ALWAYS,
    # In sites of other programs, such as Bridgetown, they may be collections.
    "_sass": _IN_JEKYLL,
    "_plugins": _IN_JEKYLL,
    "_extensions": _ALWAYS,
    "layouts": (*HUGO, *ELEVENTY),
    "includes": (*JEKYLL, *ELEVENTY),
    "partials": (*HUGO, *ELEVENTY),
    "overrides": ("mkdocs.yml", "mkdocs.yaml"),
    "themes": (*HUGO, "scaffolds", "pelicanconf.py"),
    # Third-party packages.
    "node_modules": _ALWAYS,
    "bower_components": _ALWAYS,
    "jspm_packages": _ALWAYS,
    "site-packages": _ALWAYS,
    "third_party": _ALWAYS,
    "_vendor": _ALWAYS,
    # A section of a site may be about vendors, so without a package the folder must contain what package managers write.
    "vendor": (
        *_PACKAGE,
        *(f"vendor/{name}" for name in ("autoload.php", "modules.txt", "bundle", "cache", "gems", "ruby")),
    ),
    "venv": ("venv/pyvenv.cfg",),
    "env": ("env/pyvenv.cfg",),
    # Test data of programs.
    "test": _PACKAGE,
    "tests": _PACKAGE,
    "fixtures": (*_PACKAGE, *(f"../{name}" for name in _PACKAGE)),
    "testdata": _ALWAYS,
    "__tests__": _ALWAYS,
    "__fixtures__": _ALWAYS,
    # Output of generators.
    "_site": _ALWAYS,
    "_book": _ALWAYS,
    "public": (*HUGO, "scaffolds", "gatsby-config.js", "gatsby-config.ts"),
    "dist": ("package.json",),
    "site": ("mkdocs.yml", "mkdocs.yaml"),
}
"""Names of folders, in lower case, with paths of which at least one must exist next to it (`""` always exists)."""


def is_template_folder(folder: str) -> bool:
    """Whether the files of the folder at this path are not articles."""
    parent, name = os.path.split(folder)
    beside = TEMPLATE_FOLDERS.get(name.lower())
    return beside is not None and (not beside[0] or any(os.path.lexists(os.path.join(parent, each)) for each in beside))


def folders_named(globs: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Patterns of the template folders that globs name explicitly, such as `_includes` in `**/_includes/*.md`."""
    found: list[re.Pattern[str]] = []
    for glob in globs:
        parts = glob.removeprefix("./").split("/")
        for index, part in enumerate(parts):
            names = re.split(r"[{},]", part) if part.startswith("{") else [part]
            if any(name.lower() in TEMPLATE_FOLDERS and not has_magic(name) for name in names):
                found.append(matcher("/".join(parts[: index + 1])))
    return tuple(found)
