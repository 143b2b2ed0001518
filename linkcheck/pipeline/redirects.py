"""The paths that a site redirects elsewhere, by the files in which hosts of static sites read that."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from linkcheck.model import Json
from linkcheck.pipeline.sites import RepositoryFolder

_TEXT, _NETLIFY, _VERCEL = "_redirects", "netlify.toml", "vercel.json"
_PLACEHOLDER = re.compile(r"[*:({]")
_MOST = 10_000
"""Maximum number of redirects that are kept."""


class Redirects:
    """Redirects of all these folders of a repository."""

    def __init__(self, top: str, folders: Iterable[str]) -> None:
        self._paths: set[str] = set()
        self._starts: set[str] = set()
        for folder in dict.fromkeys(folders):
            for path in _sources(RepositoryFolder(top, folder)):
                self._add(path)

    def contain(self, path: str) -> bool:
        """Whether a path, with a slash in front, is redirected, as far as the redirects can be compared with it."""
        return path.rstrip("/") in self._paths or path.startswith(tuple(self._starts))

    def _add(self, path: str) -> None:
        path = unquote(path)
        if not path.startswith("/") or len(self._paths) + len(self._starts) >= _MOST:
            return  # that of another host
        placeholder = _PLACEHOLDER.search(path)
        if placeholder is None:
            self._paths.add(path.rstrip("/"))
        elif placeholder.start() > 1:  # `/*` is the page for all that is missing
            self._starts.add(path[: placeholder.start()])


def _sources(folder: RepositoryFolder) -> Iterator[str]:
    """The paths that are redirected, as written."""
    for line in folder.text(_TEXT).splitlines():
        source, *rest = line.partition("#")[0].split() or [""]
        if rest and _is_redirect(rest[-1].rstrip("!")):
            yield source
    for rule in (*_rules(folder.data(_NETLIFY)), *_rules(folder.data(_VERCEL))):
        found = rule.get("from", rule.get("source"))
        if isinstance(found, str) and _is_redirect(str(rule.get("status"))):
            yield found


def _rules(data: dict[str, Json]) -> Iterator[dict[str, Json]]:
    rules = data.get("redirects")
    return (each for each in (rules if isinstance(rules, list) else []) if isinstance(each, dict))


def _is_redirect(status: str) -> bool:
    """Whether what has this status, if a rule states one, may be anything but an error page."""
    return status not in ("404", "410")
