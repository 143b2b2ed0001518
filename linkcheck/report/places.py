"""The addresses of a finding: its path in the repository, its line, and the page of its rule."""

from urllib.parse import quote

from linkcheck.report.base import ReportOptions
from linkcheck.report.escape import ascii_url, is_web, without_surrogates


def repository_path(path: str, options: ReportOptions) -> str:
    """A path as seen from the repository's root, which CI services expect."""
    parts: list[str] = []
    for part in f"{options.base}/{path}".split("/"):
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part not in {"", "."}:
            parts.append(part)
    return "/".join(parts)


def path_url(path: str) -> str:
    """A relative URL reference for a path: no scheme can be read into it (RFC 3986, 4.2)."""
    return quote(without_surrogates(path), safe="/~-._")


def line_url(path: str, line: int, options: ReportOptions) -> str | None:
    """The web address of a line, None if no repository address is configured."""
    pattern = line_pattern(path, options)
    return pattern.replace("{line}", str(line)) if pattern else None


def line_pattern(path: str, options: ReportOptions) -> str | None:
    """The web address of a file's lines, with `{line}` where the number goes."""
    base = options.repository_url
    if base is None or not is_web(base) or not path:
        return None
    quoted = path_url(repository_path(path, options))
    if "{path}" in base:
        before, _, after = base.partition("{path}")
        return f"{ascii_url(before)}{quoted}{'{line}'.join(map(ascii_url, after.split('{line}')))}"
    return f"{ascii_url(base.rstrip('/'))}/{quoted}#L{{line}}"


def rule_url(code: str, name: str, options: ReportOptions) -> str | None:
    """The web address of a rule's page, None if none is configured."""
    if not options.rules_url:
        return None
    return options.rules_url.replace("{code}", path_url(code)).replace("{anchor}", path_url(f"{code.lower()}-{name}"))


def file_url(path: str, options: ReportOptions) -> str | None:
    """The `file:` address of a path on this machine, None where the working directory is unknown."""
    if not options.root or not path:
        return None
    return "file://" + path_url(f"{options.root.rstrip('/')}/{path}" if not path.startswith("/") else path)
