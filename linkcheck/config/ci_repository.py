"""The address of the checked commit's files, as the variables of a CI service state it."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

_SITE = re.compile(r"https://[A-Za-z0-9.-]+(?::\d+)?")
_PROJECT = re.compile(rf"{_SITE.pattern}(?:/[\w.~-]+)+/?", re.ASCII)
_REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


class _Service(Struct, frozen=True):
    """The variables with the project's address (joined by a slash), the commit, and the folder of the checkout."""

    project: tuple[tuple[str, re.Pattern[str]], ...]
    commit: str
    folder: str
    files: str
    """What follows the project's address: a pattern with `{commit}`, `{path}` and `{line}`."""


_SERVICES = (
    _Service(
        (("GITHUB_SERVER_URL", _SITE), ("GITHUB_REPOSITORY", _REPOSITORY)),
        "GITHUB_SHA",
        "GITHUB_WORKSPACE",
        "/blob/{commit}/{path}#L{line}",
    ),
    _Service((("CI_PROJECT_URL", _PROJECT),), "CI_COMMIT_SHA", "CI_PROJECT_DIR", "/-/blob/{commit}/{path}#L{line}"),
    _Service(
        (("BITBUCKET_GIT_HTTP_ORIGIN", _PROJECT),),
        "BITBUCKET_COMMIT",
        "BITBUCKET_CLONE_DIR",
        "/src/{commit}/{path}#lines-{line}",
    ),
)


def repository_in_ci(environment: Mapping[str, str], top: Path | None) -> str | None:
    """The `repository-url` for the checkout at `top`; None outside CI, and for a repository other than that of the job."""
    for service in _SERVICES:
        parts = [environment.get(name, "").rstrip("/") for name, _ in service.project]
        commit, folder = environment.get(service.commit, ""), environment.get(service.folder, "")
        if (
            all(pattern.fullmatch(part) for part, (_, pattern) in zip(parts, service.project, strict=True))
            and _COMMIT.fullmatch(commit)
            and _is_same(folder, top)
        ):
            return "/".join(parts) + service.files.replace("{commit}", commit)
    return None


def _is_same(folder: str, top: Path | None) -> bool:
    return bool(folder) and top is not None and os.path.realpath(folder) == os.path.realpath(top)
