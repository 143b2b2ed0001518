"""In CI, the address of the checkout comes from the service's variables, unless they say something odd."""

from pathlib import Path

import pytest

from linkcheck.config import find_ci_job

SHA = "0123456789abcdef0123456789abcdef01234567"
TOP = Path("/work/site")
GITHUB = {
    "GITHUB_SERVER_URL": "https://github.com",
    "GITHUB_REPOSITORY": "o/my.site",
    "GITHUB_SHA": SHA,
    "GITHUB_WORKSPACE": "/work/site",
}
GITLAB = {"CI_PROJECT_URL": "https://git.example:8443/group/sub/site", "CI_COMMIT_SHA": SHA, "CI_PROJECT_DIR": "/work/site/"}
BITBUCKET = {
    "BITBUCKET_GIT_HTTP_ORIGIN": "https://bitbucket.org/o/site",
    "BITBUCKET_COMMIT": SHA,
    "BITBUCKET_CLONE_DIR": "/work/site",
}


@pytest.mark.parametrize(
    ("environment", "address"),
    [
        pytest.param(GITHUB, f"https://github.com/o/my.site/blob/{SHA}/{{path}}#L{{line}}", id="GitHub"),
        pytest.param(
            GITLAB, f"https://git.example:8443/group/sub/site/-/blob/{SHA}/{{path}}#L{{line}}", id="GitLab in a subgroup"
        ),
        pytest.param(BITBUCKET, f"https://bitbucket.org/o/site/src/{SHA}/{{path}}#lines-{{line}}", id="Bitbucket"),
        pytest.param(
            BITBUCKET | {"BITBUCKET_GIT_HTTP_ORIGIN": "http://bitbucket.org/o/site"},
            f"https://bitbucket.org/o/site/src/{SHA}/{{path}}#lines-{{line}}",
            id="Bitbucket, as its variable is",
        ),
        pytest.param({}, None, id="nowhere"),
    ],
)
def test_the_service_states_where_the_files_are(environment: dict[str, str], address: str | None) -> None:
    job = find_ci_job(environment, TOP)
    assert (None if job is None else job.repository_url) == address


@pytest.mark.parametrize(
    ("environment", "address"),
    [
        (GITHUB | {"GITHUB_RUN_ID": "12"}, "https://github.com/o/my.site/actions/runs/12"),
        (GITLAB | {"CI_JOB_ID": "12"}, "https://git.example:8443/group/sub/site/-/jobs/12"),
        (BITBUCKET | {"BITBUCKET_BUILD_NUMBER": "12"}, "https://bitbucket.org/o/site/pipelines/results/12"),
        (GITHUB | {"GITHUB_RUN_ID": "12)<script>"}, None),
        (GITHUB, None),
    ],
)
def test_the_service_states_where_the_run_is(environment: dict[str, str], address: str | None) -> None:
    job = find_ci_job(environment, TOP)
    assert job is not None
    assert job.run_url == address


@pytest.mark.parametrize(
    ("environment", "branch"),
    [
        (GITHUB | {"GITHUB_REF_NAME": "main"}, "main"),
        (GITHUB | {"GITHUB_HEAD_REF": "fix/a-link", "GITHUB_REF_NAME": "12/merge"}, "fix/a-link"),
        (GITHUB | {"GITHUB_HEAD_REF": "", "GITHUB_REF_NAME": "main"}, "main"),
        (GITLAB | {"CI_COMMIT_REF_NAME": "main"}, "main"),
        (GITLAB | {"CI_MERGE_REQUEST_SOURCE_BRANCH_NAME": "topic", "CI_COMMIT_REF_NAME": "refs"}, "topic"),
        (BITBUCKET | {"BITBUCKET_BRANCH": "main"}, "main"),
        (GITHUB | {"GITHUB_REF_NAME": "a b"}, None),
        (GITHUB, None),
    ],
)
def test_the_service_states_the_commit_and_the_branch(environment: dict[str, str], branch: str | None) -> None:
    job = find_ci_job(environment, TOP)
    assert job is not None
    assert (job.commit, job.branch) == (SHA, branch)


@pytest.mark.parametrize(
    "odd",
    [
        *(GITHUB | {"GITHUB_SERVER_URL": value} for value in ("http://a.example", "https://u:p@a.example", "")),
        *(GITHUB | {"GITHUB_REPOSITORY": value} for value in ("o", "o/r/s", "o/{path}", "o/r?x", "o/r\n")),
        *(GITHUB | {"GITHUB_SHA": value} for value in ("", "main", SHA[1:], SHA.upper(), f"{SHA}\n")),
        GITHUB | {"GITHUB_WORKSPACE": "/work"},
        GITHUB | {"GITHUB_WORKSPACE": ""},
        GITLAB | {"CI_PROJECT_URL": "javascript:alert(1)//https://a.example/b"},
        GITLAB | {"CI_PROJECT_URL": "https://gitlab-ci-token:secret@git.example/o/r"},
        BITBUCKET | {"BITBUCKET_GIT_HTTP_ORIGIN": "http://bitbucket.org.example/o/site"},
    ],
)
def test_odd_variables_are_not_used(odd: dict[str, str]) -> None:
    assert find_ci_job(odd, TOP) is None


def test_a_folder_without_a_repository_has_no_address() -> None:
    assert find_ci_job(GITHUB, None) is None
