"""The addresses of the checked commit's files and of the run, as the variables of a CI service state them."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

_SITE = re.compile(r"https://[A-Za-z0-9.-]+(?::\d+)?")
_PROJECT = re.compile(rf"{_SITE.pattern}(?:/[\w.~-]+)+/?", re.ASCII)
_REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_RUN = re.compile(r"[0-9]+")


class _Service(Struct, frozen=True):
    """The variables with the project's address (joined by a slash), the commit, the folder of the checkout, and the run."""

    project: tuple[tuple[str, re.Pattern[str]], ...]
    commit: str
    folder: str
    run: str
    files: str
    """What follows the project's address: a pattern with `{commit}`, `{path}` and `{line}`."""
    runs: str
    """The same for a run: a pattern with `{run}`."""


_SERVICES = (
    _Service(
        (("GITHUB_SERVER_URL", _SITE), ("GITHUB_REPOSITORY", _REPOSITORY)),
        "GITHUB_SHA",
        "GITHUB_WORKSPACE",
        "GITHUB_RUN_ID",
        "/blob/{commit}/{path}#L{line}",
        "/actions/runs/{run}",
    ),
    _Service(
        (("CI_PROJECT_URL", _PROJECT),),
        "CI_COMMIT_SHA",
        "CI_PROJECT_DIR",
        "CI_JOB_ID",
        "/-/blob/{commit}/{path}#L{line}",
        "/-/jobs/{run}",
    ),
    _Service(
        (("BITBUCKET_GIT_HTTP_ORIGIN", _PROJECT),),
        "BITBUCKET_COMMIT",
        "BITBUCKET_CLONE_DIR",
        "BITBUCKET_BUILD_NUMBER",
        "/src/{commit}/{path}#lines-{line}",
        "/pipelines/results/{run}",
    ),
)


class CiJob(Struct, frozen=True):
    """The `repository-url` of the commit that a job checks, and the address of the job's run, if they are known."""

    repository_url: str | None = None
    run_url: str | None = None


def find_ci_job(environment: Mapping[str, str], top: Path | None) -> CiJob | None:
    """The job that checks the checkout at `top`; None outside CI, and for a repository other than that of the job."""
    for service in _SERVICES:
        parts = [_secure(environment.get(name, "").rstrip("/")) for name, _ in service.project]
        commit, folder = environment.get(service.commit, ""), environment.get(service.folder, "")
        if (
            all(pattern.fullmatch(part) for part, (_, pattern) in zip(parts, service.project, strict=True))
            and _COMMIT.fullmatch(commit)
            and _is_same(folder, top)
        ):
            project, run = "/".join(parts), environment.get(service.run, "")
            return CiJob(
                project + service.files.replace("{commit}", commit),
                project + service.runs.replace("{run}", run) if _RUN.fullmatch(run) else None,
            )
    return None


def _secure(address: str) -> str:
    """With the scheme that Bitbucket's server has. Its variable says http."""
    return re.sub(r"\Ahttp(?=://bitbucket\.org/)", "https", address)


def _is_same(folder: str, top: Path | None) -> bool:
    return bool(folder) and top is not None and os.path.realpath(folder) == os.path.realpath(top)
