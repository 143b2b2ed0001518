"""A report's memory does not grow with the run."""

import io
import tracemalloc

import pytest
from msgspec.structs import replace

from linkcheck import report
from linkcheck.model import Run
from linkcheck.report import FORMATS, ReportOptions, grouping


class Nowhere(io.StringIO):
    def write(self, text: str) -> int:
        return len(text)


def peak(run: Run, name: str, options: ReportOptions) -> int:
    tracemalloc.start()
    try:
        report.write(run, name, Nowhere(), options)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", FORMATS)
def test_ten_times_the_run_takes_no_more_memory(name: str, long_run: type, options: ReportOptions) -> None:
    peak(long_run(2), name, options)  # modules, templates and caches
    small = peak(long_run(60), name, options)
    # Other threads of the tests may use memory at the same time.
    assert any(peak(long_run(600), name, options) < small + 150_000 for _ in range(3))


@pytest.mark.parametrize("name", ["text", "markdown", "csv"])
def test_groups_take_no_more_than_the_values_and_some_problems(
    name: str, long_run: type, options: ReportOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grouping, "MOST_KEPT", 20)
    grouped = replace(options, group_by="author")
    peak(long_run(2), name, grouped)
    small = peak(long_run(30), name, grouped)
    assert any(peak(long_run(300), name, grouped) < small + 300_000 for _ in range(3))
