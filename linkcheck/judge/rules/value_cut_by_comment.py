"""A comment cuts a value.

What it means: in YAML, a `#` after a space starts a comment, so a value without quotes ends there: `title: Update #2` is
the title "Update".

Why it matters: the rest is lost without an error: half a title is published, a link loses its fragment, a tag is missing.

How to fix it: put the whole value in quotes: `title: "Update #2"`. If it is a comment, write a space after the `#`.

When to ignore it: if the comment is deliberate. The rule stays quiet for `# ` with a space and for what is usually a comment
without one: after values in quotes, numbers, dates and `true`; for several words that do not continue the value
(`layout: post #do not change`), single words such as `#todo` and `#required`, and commented-out keys. It reports
numbers (`#2`), a fragment after a URL, hashtags in properties with text for readers, colors (`color: #ff8800` is empty) and
several hashtags. What LC110 reports as empty is not reported again.

Source: YAML 1.2.2, section 6.6 (comments are separated from other tokens by white space) and section 7.3.3 (plain style).

Topics: front-matter, texts

Example:
    title: Update #2 (28 New)
"""

import re
from collections.abc import Iterator

from linkcheck.did_you_mean import fold
from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import value_at
from linkcheck.judge.text_fields import is_text_field
from linkcheck.model import Basis, Evidence, Location, RuleMetadata, Severity
from linkcheck.pointers import unescape

META = RuleMetadata("LC123", "value-cut-by-comment", Severity.INFO, basis=Basis.TEXT)

_TYPED = r"[\d\s:./,+TZ-]+|(?:yes|no|on|off)"
"""Values that are not text for readers: dates, times, and the truth values of YAML 1.1."""
_NUMBER = r"#\d+(?!\w)"
_COLOR = r"#(?:[\da-fA-F]{3,4}|[\da-fA-F]{6}|[\da-fA-F]{8})"
_TAG = r"#[A-Za-z\d_\u00c0-\u024f-]+"
_TAGS = rf"{_TAG}(?:[\s,]+{_TAG})*[.!?]?"
_SEVERAL = rf"{_TAG}(?:[\s,]+{_TAG})++"
_LATER_TAG = rf"{_TAG}\s.*\s#\w"
_OPEN_END = r".*(?:[,(\[&+/\u2013\u2014-]|\b(?:the|a|an|of|in|on|for|and|or|with|to|at|by|from|is|are|our|my|your))"
"""A text that goes on."""
_HABITS = frozenset(
    (
        *("todo", "fixme", "xxx", "hack", "note", "tbd", "wip", "noqa", "nosec", "nolint", "comment", "ok", "done"),
        *("required", "optional", "default", "draft", "enabled", "disabled", "deprecated", "unused", "unchanged"),
        *("old", "new", "test", "temp", "temporary", "placeholder", "example", "change", "changeme", "edit", "remove"),
    )
)
"""Single words that are comments."""
_LONGEST = 1_000
_MOST_SHOWN = 60


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    reported = {violation.location.pointer for violation in evidence.violations if violation.keyword == "type"}
    for cut in evidence.article.cut_values:
        value = value_at(evidence, cut.pointer)
        if value is None and cut.pointer in reported:
            continue
        text = value if isinstance(value, str) else ""
        name = next((unescape(part) for part in reversed(cut.pointer.split("/")) if not part.isdecimal()), "")
        if _is_cut(name, text, cut.lost[:_LONGEST]):
            now = f'the value is "{_short(text)}"' if text else "the value is empty"
            span = evidence.article.places[cut.pointer].value if text else cut.span
            yield Issue(
                Location(evidence.article.path, span, cut.pointer),
                f"{now}, because `{_short(cut.lost)}` after it is a comment",
                hint="Put the whole value in quotes or, if it is a comment, write a space after the `#`.",
                facts={"lost": _short(cut.lost)},
            )


def _is_cut(name: str, text: str, lost: str) -> bool:
    """Whether the comment is a part of the text that its author meant."""
    if not text and (re.fullmatch(_COLOR, lost) or re.fullmatch(_SEVERAL, lost)):
        return True
    if re.fullmatch(_TYPED, text, re.IGNORECASE):
        return False
    if re.match(_NUMBER, lost) and (text or is_text_field(name)):
        return True
    word = fold(lost[1:].rstrip(".!?"))
    if word in _HABITS or word in (fold(name), fold(text)):
        return False
    if "://" in text and " " not in text:
        return re.fullmatch(r"\S+", lost) is not None and not lost.endswith(":")
    if not is_text_field(name):
        return False
    return any(
        (
            re.fullmatch(_TAGS, lost) is not None,
            re.match(_LATER_TAG, lost) is not None,
            re.fullmatch(_OPEN_END, text[-40:], re.IGNORECASE | re.DOTALL) is not None and re.match(_TAG, lost) is not None,
        )
    )


def lost_value(evidence: Evidence, pointer: str) -> str:
    """The comment because of which a value is empty, shortened; empty if there is none."""
    lost = next((cut.lost for cut in evidence.article.cut_values if cut.pointer == pointer), "")
    return _short(lost) if lost and value_at(evidence, pointer) is None else ""


def _short(text: str) -> str:
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}..."
