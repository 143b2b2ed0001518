"""How many errors of an article are kept, and which the last one replaces."""

import pytest

from linkcheck.model import ParseErrorKind, Span
from linkcheck.parse.limits import MAX_PROBLEMS
from linkcheck.parse.reader_result import ParseErrors, UnreadableError

KEY, WRONG = ParseErrorKind.DUPLICATE_KEY, ParseErrorKind.SYNTAX


def at(line: int) -> Span:
    return Span(line, 1, line, 2)


def collected(*errors: tuple[ParseErrorKind, int]) -> ParseErrors:
    found = ParseErrors("a.md")
    for kind, line in errors:
        found.add(kind, f"line {line}", at(line), "/a")
    return found


def listed(errors: ParseErrors) -> list[tuple[ParseErrorKind, int, str]]:
    return [(each.kind, each.location.span.line, each.message) for each in errors.found]


@pytest.mark.parametrize("count", [MAX_PROBLEMS - 1, MAX_PROBLEMS, MAX_PROBLEMS + 1])
def test_a_limited_number_of_errors_is_kept_the_last_one_among_them(count: int) -> None:
    errors = collected(*((KEY, line) for line in range(count)))
    assert listed(errors) == [(KEY, line, f"line {line}") for line in range(min(count, MAX_PROBLEMS))]
    errors.stop(UnreadableError(WRONG, "the end", at(99)))
    kept = min(count, MAX_PROBLEMS - 1)
    assert listed(errors) == [*((KEY, line, f"line {line}") for line in range(kept)), (WRONG, 99, "the end")]


@pytest.mark.parametrize(
    ("errors", "kept"),
    [
        pytest.param([(WRONG, 3)], 0, id="of its kind on its line"),
        pytest.param([(WRONG, 3), (WRONG, 3)], 0, id="two of them"),
        pytest.param([(KEY, 3)], 1, id="of another kind"),
        pytest.param([(WRONG, 2)], 1, id="on another line"),
        pytest.param([(WRONG, 3), (KEY, 3)], 2, id="before one of another kind"),
        pytest.param([(KEY, 1), (WRONG, 3)], 1, id="after another one"),
    ],
)
def test_errors_with_the_cause_of_the_last_one_are_dropped(errors: list[tuple[ParseErrorKind, int]], kept: int) -> None:
    found = collected(*errors)
    found.stop(UnreadableError(WRONG, "the end", at(3), "/b"))
    assert [each[:2] for each in listed(found)] == [*errors[:kept], (WRONG, 3)]
    assert found.found[-1].location.pointer == "/b"
