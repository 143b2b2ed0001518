"""The sample runs, and a way to render them."""

import io
from collections.abc import Callable

import msgspec
import pytest
from sample_runs import HOSTILE, RULES, RUNS, ListedRun, LongRun, example_run, hostile_run

from linkcheck import report
from linkcheck.model import Run
from linkcheck.report import ReportOptions

Render = Callable[..., str]


@pytest.fixture
def run() -> ListedRun:
    return example_run()


@pytest.fixture(params=RUNS)
def any_run(request: pytest.FixtureRequest) -> Run:
    return RUNS[request.param]


@pytest.fixture
def hostile() -> ListedRun:
    return hostile_run()


@pytest.fixture
def hostile_strings() -> tuple[str, ...]:
    return tuple(HOSTILE.values())


@pytest.fixture
def long_run() -> type[LongRun]:
    return LongRun


@pytest.fixture
def render(options: ReportOptions) -> Render:
    """`render(run, "sarif", base="docs")`: what a file would hold, which has to have a UTF-8 form."""

    def rendered(run: Run, name: str, **looks: object) -> str:
        stream = io.StringIO(newline="")
        report.write(run, name, stream, msgspec.structs.replace(options, **looks))
        return stream.getvalue().encode("utf-8").decode("utf-8")

    return rendered


@pytest.fixture
def options() -> ReportOptions:
    return ReportOptions(
        version="1.2.3", rules=RULES, repository_url="https://github.com/example/news/blob/main", base="content"
    )
