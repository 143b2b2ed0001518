"""The canonical page asks search engines to leave it out.

What it means: it says `noindex`, in a robots meta tag or the `X-Robots-Tag` header.

Why it matters: a page cannot both stand for the article and be left out: search engines show neither it nor its
copies.

How to fix it: on your own site remove one of the two; it is often left over from a test server.

When to leave it: where the article is not meant to be found.

For example:

    webUrl: https://example.com/a                # <meta name="robots" content="noindex">
"""

from collections.abc import Iterator

from linkcheck.judge.answers import pages
from linkcheck.judge.fault import Fault, fault_of
from linkcheck.judge.options import Options
from linkcheck.model import Answer, Evidence, Role, Severity

CODE = "LC315"
NAME = "noindex-canonical"
SEVERITY = Severity.WARNING

_HINT = "On your own site remove the noindex; else name a page that may be found."
_WITH_VALUES = ("unavailable_after", "max-snippet", "max-image-preview", "max-video-preview")
"""Directives that have a colon of their own; before any other colon stands the robot that is meant."""


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    for link, answer, page in pages(evidence, Role.CANONICAL):
        if page.noindex or _noindex_header(answer):
            yield fault_of(link, "the canonical page asks search engines to leave it out (noindex)", _HINT)


def _noindex_header(answer: Answer) -> bool:
    """Whether the header says so to every robot: `otherbot: noindex` is for that one alone."""
    for name, value in answer.headers:
        if name == "x-robots-tag":
            robot, colon, _ = value.partition(":")
            for_one = colon and "," not in robot and robot.strip().lower() not in _WITH_VALUES
            if "noindex" in value.lower() and not for_one:
                return True
    return False
