"""The two tables between the exceptions of httpx and our failures are complete."""

import inspect

import httpx
import pytest

from linkcheck.fetch.http.failures import SENTENCES
from linkcheck.fetch.httpx_adapter import FAILURES, RAISED
from linkcheck.model import FailureKind

OF_A_WHOLE_RUN = {
    *(FailureKind.TOO_MANY_HOPS, FailureKind.INVALID_URL, FailureKind.OUT_OF_TIME),
    *(FailureKind.NETWORK_DOWN, FailureKind.INTERNAL),
}
"""Kinds that no single request meets."""


def test_every_exception_of_httpx_means_a_failure() -> None:
    known = tuple(row[0] for row in FAILURES)
    foreign = [value for _, value in inspect.getmembers(httpx, inspect.isclass) if issubclass(value, httpx.HTTPError)]
    assert len(foreign) > 15
    assert [cls.__name__ for cls in (*foreign, httpx.InvalidURL) if not issubclass(cls, known)] == []


def test_no_row_of_the_table_hides_behind_another() -> None:
    rows = [row[0] for row in FAILURES]
    assert [(a.__name__, b.__name__) for n, b in enumerate(rows) for a in rows[:n] if issubclass(b, a)] == []


@pytest.mark.parametrize(("kind", "detail"), [(kind, detail) for _, kind, detail in FAILURES])
def test_every_failure_of_the_table_has_a_sentence(kind: FailureKind, detail: str) -> None:
    assert (kind, detail) in SENTENCES


def test_every_failure_of_a_request_is_an_exception_of_httpx() -> None:
    kinds = {row if isinstance(row, FailureKind) else row[0] for row in RAISED}
    assert kinds == set(FailureKind) - OF_A_WHOLE_RUN
    assert {row for row in RAISED if isinstance(row, tuple)} <= set(SENTENCES)
