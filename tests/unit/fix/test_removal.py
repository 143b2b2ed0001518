"""Keys are removed with what is theirs alone, all of them or none."""

from collections.abc import Callable

import pytest

from linkcheck.fix import Corrected, Correction, correct
from linkcheck.model import Article, CorrectionKind, Fix, FixKind

Read = Callable[[bytes], Article]
SAFE = Fix(FixKind.SAFE, "a reason")


def removal(*pointers: str) -> Correction:
    return Correction("LC321", CorrectionKind.REMOVAL, pointers[0], "", SAFE, removes=pointers)


BOTH = removal("/amp", "/cdn")
ONE = removal("/amp")


@pytest.mark.parametrize(
    ("before", "correction", "after"),
    [
        pytest.param("---\na: 1\namp: x\ncdn: y\nb: 2\n---\n", BOTH, "---\na: 1\nb: 2\n---\n", id="lines of YAML"),
        pytest.param("---\namp: x\nb: 2\ncdn: y\n---\nbody", BOTH, "---\nb: 2\n---\nbody", id="first and last"),
        pytest.param("---\r\na: 1\r\namp: x\r\n---\r\n", ONE, "---\r\na: 1\r\n---\r\n", id="crlf"),
        pytest.param("---\ra: 1\ramp: x\r---\r", ONE, "---\ra: 1\r---\r", id="cr"),
        pytest.param("\ufeff---\namp: x\nb: 'é 🎈'\n---\n", ONE, "\ufeff---\nb: 'é 🎈'\n---\n", id="byte order mark"),
        pytest.param(
            "---\n# above\na: 1 # a\n# of amp\namp: x # its own\n\n# below\nb: 2\n---\n",
            ONE,
            "---\n# above\na: 1 # a\n# of amp\n\n# below\nb: 2\n---\n",
            id="comments on lines of their own stay",
        ),
        pytest.param("Title: A\n  AMP: x \nCDN: y\n    z\n\nb\n", BOTH, "Title: A\n\nb\n", id="lines without fences"),
        pytest.param("---\na: 1\n'amp' :  'x'\nb: 2\n---\n", ONE, "---\na: 1\nb: 2\n---\n", id="quotes"),
        pytest.param("---\na: 1\namp:\n  x\nb: 2\n---\n", ONE, "---\na: 1\nb: 2\n---\n", id="a value on the next line"),
        pytest.param("---\na: 1\namp: >-\n  x\n  y\nb: 2\n---\n", ONE, "---\na: 1\nb: 2\n---\n", id="a folded value"),
        pytest.param("---\na: 1\namp: |\n  x\n\nb: 2\n---\n", ONE, "---\na: 1\n\nb: 2\n---\n", id="a literal value"),
        pytest.param("---\nb: &b z\namp: *b\nc: *b\n---\n", ONE, "---\nb: &b z\nc: *b\n---\n", id="an alias"),
        pytest.param("---\nt: a,\namp: x\n---\n", ONE, "---\nt: a,\n---\n", id="after a text that ends with a comma"),
        pytest.param(
            "---\nr:\n  - amp: x\n    cdn: y\n    u: z # z\n  - u: w\n---\n",
            removal("/r/0/amp", "/r/0/cdn"),
            "---\nr:\n  - u: z # z\n  - u: w\n---\n",
            id="the first keys of an item",
        ),
        pytest.param(
            "---\nr:\n- u: z\n  amp: x\n- u: w\n---\n",
            removal("/r/0/amp"),
            "---\nr:\n- u: z\n- u: w\n---\n",
            id="the last key of an item",
        ),
        pytest.param(
            "---\nx: {amp: a, cdn: b, c: d}\n---\n", removal("/x/amp", "/x/cdn"), "---\nx: {c: d}\n---\n", id="flow"
        ),
        pytest.param("---\nx: {c: d, amp: a}  # e\n---\n", removal("/x/amp"), "---\nx: {c: d}  # e\n---\n", id="flow, last"),
        pytest.param("---\nx: {amp: a}\n---\n", removal("/x/amp"), "---\nx: {}\n---\n", id="flow, alone"),
        pytest.param(
            "---\nx: {\n  c: d, # e\n  amp: a, # f\n  g: h\n}\n---\n",
            removal("/x/amp"),
            "---\nx: {\n  c: d, # e\n  g: h\n}\n---\n",
            id="flow on several lines",
        ),
        pytest.param("+++\na = 1\namp = 'x' # c\ncdn='y'\n[t]\n+++\n", BOTH, "+++\na = 1\n[t]\n+++\n", id="lines of TOML"),
        pytest.param(
            "+++\n[[r]]\nu = 'z'\namp = 'x'\n\n[[r]]\nu = 'w'\n+++\n",
            removal("/r/0/amp"),
            "+++\n[[r]]\nu = 'z'\n\n[[r]]\nu = 'w'\n+++\n",
            id="a table of an array in TOML",
        ),
        pytest.param("+++\nx = {c = 1, amp = 'a'}\n+++\n", removal("/x/amp"), "+++\nx = {c = 1}\n+++\n", id="inline, last"),
        pytest.param("+++\nx = { amp = 'a', c = 1 }\n+++\n", removal("/x/amp"), "+++\nx = { c = 1 }\n+++\n", id="inline"),
        pytest.param(
            "+++\nl.amp = 'x'\nl.u = 'y'\n+++\n", removal("/l/amp"), "+++\nl.u = 'y'\n+++\n", id="a dotted key in TOML"
        ),
        pytest.param('{\n  "a": 1,\n  "amp": "x",\n  "b": 2\n}\n', ONE, '{\n  "a": 1,\n  "b": 2\n}\n', id="JSON"),
        pytest.param('{\n  "a": 1,\n  "amp": "x",\n  "cdn": "y"\n}\n', BOTH, '{\n  "a": 1\n}\n', id="JSON, last"),
        pytest.param('{"amp": "x", "cdn": "y", "b": 2}\n', BOTH, '{"b": 2}\n', id="JSON on one line"),
        pytest.param('{"b": 2, "amp":"x","cdn":"y"}\nbody', BOTH, '{"b": 2}\nbody', id="JSON on one line, last"),
    ],
)
def test_keys_are_removed_and_nothing_else(before: str, correction: Correction, after: str, read: Read) -> None:
    assert correct(before.encode(), [correction], read) == Corrected(after.encode(), (correction,))


@pytest.mark.parametrize(
    ("text", "correction", "reason"),
    [
        pytest.param(
            "---\namp: &x OLD\ncdn: y\nb: *x\n---\n", BOTH, "without changing others", id="what an alias stands for"
        ),
        pytest.param("---\na: 1\namp: x\n---\n", BOTH, "position in the text", id="one of the keys is gone"),
        pytest.param("---\nb: 1\nl: [x, y]\n---\n", removal("/l/0"), "position in the text", id="an item of a list"),
        pytest.param(
            "---\nx:\n  amp: a\n---\n", removal("/x/amp"), "without changing others", id="what would leave nothing"
        ),
        pytest.param(
            "---\na: 1\namp: !t x\nb: 2\n---\n", ONE, "without changing others", id="what is reported and would be gone"
        ),
        pytest.param(
            "---\namp: x # linkcheck: ignore[LC309] in print\nb: 1\n---\n", ONE, "a linkcheck comment", id="a comment"
        ),
        pytest.param(
            "---\nb: 1\n# linkcheck: ignore[LC309] in print\namp: x\nc: 1\n---\n",
            ONE,
            "a linkcheck comment",
            id="a comment above, which would be about the next key",
        ),
        pytest.param(
            "---\na: 1\ncdn: y\namp: &x z\nb: *x\n---\n",
            removal("/cdn", "/amp"),
            "without changing others",
            id="the second of the keys cannot go",
        ),
    ],
)
def test_of_keys_that_cannot_all_be_removed_none_is(text: str, correction: Correction, reason: str, read: Read) -> None:
    raw = text.encode()
    corrected = correct(raw, [correction], read)
    assert (corrected.raw, corrected.done) == (raw, ())
    assert reason in corrected.refused[0].reason
