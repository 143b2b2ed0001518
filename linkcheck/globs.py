"""Globs over paths, as people write them: `**`, `*`, `?`, `[...]`, `{a,b}`, always with `/` between parts."""

import re

from linkcheck.errors import UsageError

_MAGIC = re.compile(r"[*?\[{]")
_ESCAPED = re.compile(r"\[([*?\[{])\]")
_EXTENSION = re.compile(r"\.(?:\w+|\{[\w,]+\})$")
_LONGEST = 500
_MOST_OF_A_KIND = 2
"""Maximum number of `*` in a part of a quick glob, of `**` but at its end, and of `{a,b}`. Each multiplies the time."""
_MOST_COMMAS = 12
_TOKEN = re.compile(r"/\*\*(?=/|\Z)|\*\*/|\*\*|\*|\?|\[!?\]?[^\]/]{0,256}+\]|\{[^{}/]*\}|.", re.DOTALL)


def matcher(glob: str, *, below: bool = False, anywhere: bool = False) -> re.Pattern[str]:
    """What fully matches the paths a glob means. Raises `UsageError` for one that means nothing.

    With `below`, what matches a folder matches all in it, and `.` is the folder of everything. With `anywhere`, that, and a
    glob without `/` fits at any depth.
    """
    if (glob == "." and (below or anywhere)) or (glob == "./" and below):
        return re.compile(".*", re.DOTALL)
    plain = glob.removeprefix("./")
    if not plain:
        raise UsageError(f"the glob `{glob}` is empty; use files or folders, for example `posts/**/*.md`")
    if below or anywhere:
        plain = plain.rstrip("/")
    if anywhere:
        plain = plain.removeprefix("/") if "/" in plain else f"**/{plain}"
    try:
        return re.compile(_parts(plain) + ("(?:/.*)?" if below or anywhere else ""), re.DOTALL)
    except re.error as error:
        raise UsageError(f"invalid glob `{glob}`: {error}") from None


def fits(patterns: tuple[re.Pattern[str], ...], path: str) -> bool:
    return any(pattern.fullmatch(path) for pattern in patterns)


def has_magic(text: str) -> bool:
    return _MAGIC.search(text) is not None


def escaped(path: str) -> str:
    """The glob that matches only this path, whatever characters it contains."""
    return _MAGIC.sub(lambda match: f"[{match[0]}]", path)


def unescaped(glob: str) -> str:
    """The path that an `escaped` glob matches."""
    return _ESCAPED.sub(r"\1", glob)


def names_extension(glob: str) -> bool:
    """Whether the glob ends in an extension, or several, without a wildcard."""
    return _EXTENSION.search(glob) is not None


def is_quick(glob: str) -> bool:
    """Whether a glob takes little time to match, whatever the path is. A glob that does not can come from an attacker."""
    *folders, name = glob.split("/")
    deep = sum("**" in part for part in (*folders, "" if name == "**" else name))
    stars = max(part.count("*") for part in (*folders, name))
    return len(glob) <= _LONGEST and max(deep, stars, glob.count("{")) <= _MOST_OF_A_KIND and glob.count(",") <= _MOST_COMMAS


def static_folder(glob: str) -> str:
    """The folder before the first part that has a wildcard in it; empty where that is the first."""
    parts = glob.split("/")
    first = next(index for index, part in enumerate(parts) if has_magic(part))
    return "/".join(parts[:first]) or ("/" if glob.startswith("/") else "")


def _parts(glob: str) -> str:
    return "".join(_part(token) for token in _TOKEN.findall(glob))


def _part(token: str) -> str:
    match token:
        case "/**":
            return "(?:/.*)?"
        case "**/":
            return "(?:[^/]+/)*"
        case "**":
            return ".*"
        case "*":
            return "[^/]*"
        case "?":
            return "[^/]"
    if len(token) > 1 and token[0] == "[":
        negated = token[1] == "!"
        # What means something in a class of `re`, or may one day, and nothing in a glob.
        letters = re.sub(r"([\\^[\]&~|])", r"\\\1", token[2 if negated else 1 : -1]).replace("--", r"-\-")
        return f"(?!/)[{'^' if negated else ''}{letters}]"
    if len(token) > 1 and token[0] == "{":
        return "(?:" + "|".join(_parts(choice) for choice in token[1:-1].split(",")) + ")"
    return re.escape(token)
