"""Which collection's globs an article's path matches."""

import re


def compile_glob(glob: str) -> re.Pattern[str]:
    """A pattern for whole paths with `/` between parts.

    `*` and `?` stay within a part, `**` spans any number of parts, `[abc]` is one of them. A glob that names a folder
    (`content/news`) means all below it.
    """
    parts = [part for part in glob.removesuffix("/").split("/") if part not in {"", "."}]
    pattern = ""
    for part in parts:
        pattern += "(?:[^/]+/)*" if part == "**" else _part(part) + "/"
    if parts and parts[-1] == "**":
        return re.compile(pattern + "[^/]+", re.DOTALL)
    return re.compile(pattern.removesuffix("/") + "(?:/.+)?", re.DOTALL)


def _part(part: str) -> str:
    pattern = ""
    for sign in re.findall(r"\[!?\]?[^\]]*\]|\*+|.", part, re.DOTALL):
        if sign[0] == "*":
            pattern += "[^/]*"
        elif sign == "?":
            pattern += "[^/]"
        elif sign[0] == "[" and len(sign) > 2:
            letters = re.sub(r"([\\^[\]&~|])", r"\\\1", sign[1:-1].removeprefix("!"))
            pattern += f"(?!/)[{'^' if sign[1] == '!' else ''}{letters}]"
        else:
            pattern += re.escape(sign)
    return pattern
