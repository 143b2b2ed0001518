"""What makes two runs comparable: what they cover, and how they obtain responses."""

import json
from collections.abc import Callable, Sequence
from functools import lru_cache

from linkcheck import judge
from linkcheck.config import Settings
from linkcheck.urls import remap_of


def scope_of(settings: Settings, accept: Sequence[judge.Accept]) -> str:
    """The identity of what a run covers. Only runs of the same scope are compared with each other and resumed."""
    accepted = sorted((entry.pattern, entry.statuses) for entry in accept)
    parts = (
        settings.paths,
        settings.files_from,
        settings.since,
        settings.offline,
        settings.schema,
        *((settings.replay is not None, settings.resolve, settings.nameserver, accepted) if not settings.offline else ()),
        *((settings.remap,) if settings.remap and not settings.offline else ()),
    )
    # A path that is not UTF-8 contains surrogates.
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace").decode()


def words_of(scope: str) -> str:
    """What runs of a scope covered, if not the whole archive on the web: `posts, since origin/main`."""
    try:
        paths, files_from, since, offline, schema, *network = json.loads(scope)
        is_replayed, resolve, nameserver, _, *remap = network or (False, (), None, ())
        words = [
            *paths,
            *([f"files from {files_from}"] if files_from else []),
            *([f"since {since}"] if since else []),
            *(["offline"] if offline else []),
            *([f"schema {schema}"] if schema else []),
            *(["replayed"] if is_replayed else []),
            *(["other addresses"] if resolve or nameserver else []),
            *(["preview"] if remap else []),
        ]
        return ", ".join(map(str, words))
    except (ValueError, TypeError):  # of another version, or damaged
        return ""


def means_of(settings: Settings, judging: judge.JudgeOptions) -> Callable[[str], str]:
    """How the responses of a host are obtained: '' for ordinary requests.

    Responses that are obtained differently (from a file, from other addresses, DNS servers or URLs, or with accepted
    statuses) say nothing about the host as everyone sees it.
    """
    words = (
        *(("replay",) if settings.replay is not None else ()),
        *(f"resolve={text}" for text in sorted(settings.resolve)),
        *((f"nameserver={settings.nameserver}",) if settings.nameserver is not None else ()),
    )
    remap = remap_of(settings.remap)

    @lru_cache(maxsize=1024)
    def means(host: str) -> str:
        accepted = ",".join(map(str, sorted(judge.accepted(host, judging))))
        remapped = (f"remap={text}" for text in sorted(settings.remap) if remap is not None and host in remap.hosts)
        return " ".join((*words, *remapped, *((f"accept={accepted}",) if accepted else ())))

    return means
