"""What makes two runs comparable: what they cover, and how they obtain responses."""

from collections.abc import Callable, Sequence
from functools import lru_cache

import msgspec

from linkcheck import judge
from linkcheck.config import Settings


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
    )
    return msgspec.json.encode(parts).decode()


def means_of(settings: Settings, judging: judge.JudgeOptions) -> Callable[[str], str]:
    """How the responses of a host are obtained: '' for ordinary requests.

    Responses that are obtained differently (from a file, from other addresses or DNS servers, or with accepted statuses)
    say nothing about the host as everyone sees it.
    """
    words = (
        *(("replay",) if settings.replay is not None else ()),
        *(f"resolve={text}" for text in sorted(settings.resolve)),
        *((f"nameserver={settings.nameserver}",) if settings.nameserver is not None else ()),
    )

    @lru_cache(maxsize=1024)
    def means(host: str) -> str:
        accepted = ",".join(map(str, sorted(judge.accepted(host, judging))))
        return " ".join((*words, f"accept={accepted}") if accepted else words)

    return means
