"""A declared width or height is not a size.

What it means: it is zero, negative, a fraction, or not a number.

Why it matters: browsers ignore it, and templates that divide by it fail.

How to fix it: declare the image's width and height in whole pixels.

When to ignore it: never. The rule stays quiet for numbers in quotes, and when the schema forbids the value, which is a
schema-violation.

Source: HTML Living Standard, dimension attributes (valid non-negative integers).

Topics: images

Example:
    images:
      - url: https://example.com/lead.jpg
        width: 0
"""

from collections.abc import Iterator

from linkcheck.judge.image_traits.declared_size import length
from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.model import Evidence, RuleMetadata, Severity

META = RuleMetadata("LC407", "size-not-positive", Severity.ERROR, about=("width", "height"))


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for result in evidence.results:
        wants = result.link.wants
        for name, claim in (("width", wants.width), ("height", wants.height)):
            if claim is None or claim.value is None or length(claim) is not None:
                continue
            message = f"the {name} {_shown(claim.value)} is not a whole number of pixels above zero"
            yield issue_of(result.link, message, f"Declare the image's {name} in pixels.", at=claim.location)


def _shown(value: float | str) -> str:
    # Python refuses to write out an int of thousands of digits.
    return "that is endless" if isinstance(value, int) and abs(value) > 10**18 else repr(str(value)[:50])
