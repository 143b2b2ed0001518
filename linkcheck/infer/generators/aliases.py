"""Path prefixes that the build replaces with a folder, from `tsconfig.json`."""

from posixpath import join

from linkcheck.infer.generators.site import SettingsFiles, find, find_text, mapping, texts
from linkcheck.infer.literals import read_json_with_comments

_FILES = ("tsconfig.json", "jsconfig.json")


def compiler_paths(files: SettingsFiles) -> dict[str, str]:
    """The aliases of folders in `compilerOptions.paths`: `"@/*": ["./src/*"]` is `@/`: `src/`."""
    found: dict[str, str] = {}
    for name in _FILES:
        if not files.is_file(name):
            continue
        options = find(read_json_with_comments(files.text(name)), "compilerOptions")
        base = find_text(options, "baseUrl") or "."
        for prefix, targets in mapping(find(options, "paths")).items():
            target = next(iter(texts(targets)), "")
            # An alias for all paths (`*`) does not identify a folder, and an alias without `*` is a module.
            if prefix.endswith("/*") and target.endswith("/*") and not prefix.startswith((".", "/")):
                found.setdefault(prefix[:-1], join(base, target[:-1]))
        break
    return found
