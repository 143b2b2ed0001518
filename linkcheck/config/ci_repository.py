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
_BRANCH = re.compile(r"[\w./#@+-]{1,200}")


class _Service(Struct, frozen=True):
    """The variables with the project's address (joined by a slash), the commit, the folder, the run and the branch."""

    project: tuple[tuple[str, re.Pattern[str]], ...]
    commit: str
    folder: str
    run: str
    files: str
    """What follows the project's address: a pattern with `{commit}`, `{path}` and `{line}`."""
    runs: str
    """The same for a run: a pattern with `{run}`."""
    branches: tuple[str, ...]
    """The first that is set counts: the branch of a pull request, or else the branch or tag."""


_SERVICES = (
    _Service(
        (("GITHUB_SERVER_URL", _SITE), ("GITHUB_REPOSITORY", _REPOSITORY)),
        "GITHUB_SHA",
        "GITHUB_WORKSPACE",
        "GITHUB_RUN_ID",
        "/blob/{commit}/{path}#L{line}",
        "/actions/runs/{run}",
        ("GITHUB_HEAD_REF", "GITHUB_REF_NAME"),
    ),
    _Service(
        (("CI_PROJECT_URL", _PROJECT),),
        "CI_COMMIT_SHA",
        "CI_PROJECT_DIR",
        "CI_JOB_ID",
        "/-/blob/{commit}/{path}#L{line}",
        "/-/jobs/{run}",
        ("CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "CI_COMMIT_REF_NAME"),
    ),
    _Service(
        (("BITBUCKET_GIT_HTTP_ORIGIN", _PROJECT),),
        "BITBUCKET_COMMIT",
        "BITBUCKET_CLONE_DIR",
        "BITBUCKET_BUILD_NUMBER",
        "/src/{commit}/{path}#lines-{line}",
        "/pipelines/results/{run}",
        ("BITBUCKET_BRANCH",),
    ),
)


class CiJob(Struct, frozen=True):
    """What a job checks, the `repository-url` of its commit, and the address of the job's run, if they are known."""

    repository_url: str | None = None
    run_url: str | None = None
    commit: str | None = None
    branch: str | None = None


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
                commit,
                _branch(service, environment),
            )
    return None


def _branch(service: _Service, environment: Mapping[str, str]) -> str | None:
    """The branch, or the tag where there is none."""
    names = (environment.get(name, "") for name in service.branches)
    return next((name for name in names if _BRANCH.fullmatch(name)), None)


def _secure(address: str) -> str:
    """With the scheme that Bitbucket's server has. Its variable says http."""
    return re.sub(r"\Ahttp(?=://bitbucket\.org/)", "https", address)


def _is_same(folder: str, top: Path | None) -> bool:
    return bool(folder) and top is not None and os.path.realpath(folder) == os.path.realpath(top)
