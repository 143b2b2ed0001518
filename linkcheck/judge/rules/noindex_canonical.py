"""The canonical page tells search engines not to index it.

What it means: it contains `noindex` or `none`, or `unavailable_after` with a date that has passed, in a robots meta tag
or the `X-Robots-Tag` header, for all robots or for Google.

Why it matters: a page cannot both represent the article and be excluded: search engines show neither it nor its copies.

How to fix it: on your own site, remove one of the two; it is often left over from a test server. On another site, use
the URL of the page that was published first, if this one is a copy.

When to ignore it: if the article should not be found; and on a partner's copy of an article, where it is correct: since
2023 Google recommends that partners block indexing of articles that they republish. The rule stays quiet for rules that
are for other robots, for original URLs, for related articles of other sites, and when date-implausible reports that a
page is online although its article is not published.

Source: Google Search Central, "Robots meta tag" and "Fix canonicalization issues".

Topics: canonical

Example:
    webUrl: https://example.com/a                # <meta name="robots" content="noindex">
"""

from collections.abc import Iterator

from linkcheck.judge.answers import pages
from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.model import Answer, Evidence, OwnerOnly, Role, RuleMetadata, Severity

META = RuleMetadata("LC315", "noindex-canonical", Severity.WARNING, owner_only=OwnerOnly(Severity.INFO))

_HINT = "On your own site, remove it. On another site, use the URL of the page that was published first if this is a copy."
_WITH_VALUES = ("unavailable_after", "max-snippet", "max-image-preview", "max-video-preview")
"""Directives that contain a colon; any other colon follows the name of a robot."""


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for link, answer, page in pages(evidence, Role.CANONICAL):
        if page.noindex or _noindex_header(answer):
            yield issue_of(link, "the canonical page tells search engines not to index it (noindex)", _HINT)
        elif (day := _passed(page.unavailable_after, options.now)) is not None:
            message = f"the canonical page tells search engines not to index it since {day} (unavailable_after)"
            yield issue_of(link, message, _HINT, unavailable_after=page.unavailable_after)


def _passed(after: str | None, now: str) -> str | None:
    """The day of a date that has passed, None for any other."""
    if after is None:
        return None
    from linkcheck.timestamps import moment_of, moment_of_header

    end, moment = moment_of_header(after), moment_of(now)
    return f"{end:%Y-%m-%d}" if end is not None and moment is not None and end < moment else None


def _noindex_header(answer: Answer) -> bool:
    """Whether the header applies to every robot: `otherbot: noindex` applies only to that one."""
    for name, value in answer.headers:
        if name == "x-robots-tag":
            robot, colon, _ = value.partition(":")
            for_one = colon and "," not in robot and robot.strip().lower() not in _WITH_VALUES
            if "noindex" in value.lower() and not for_one:
                return True
    return False
