"""A value that should be a URL is not one, or has characters that no URL has.

What it means: no browser could request it: the host is missing or malformed, the port is not a number, or parsers
disagree about the host. Or the value is something else: a Markdown link, an HTML element, several URLs in one text, an
e-mail address, a URL without `https://` for which there is no file, or another text without a scheme and a file, where
nearly all other articles have a URL. It is a warning if browsers repair the value: whitespace around or in a URL, a
backslash, quotation marks, angle brackets.

Why it matters: readers cannot follow it, and templates insert it into the page as it is, where a space or a quotation
mark can end the URL too early. A URL that parsers read differently can bypass security checks.

How to fix it: use one full URL in quotes, with scheme and host; encode spaces as `%20`.

When to ignore it: if the value is not meant to be a URL, remove `x-link` from its property in the schema. The rule stays
quiet for what is common in URLs: non-ASCII letters, an underscore in the host, a dot after it, a default port, brackets, a
URL within another one; for spaces in the path of a file that is in the repository or that the site serves; and for an
empty or blank text, which is treated as a missing value.

Source: WHATWG URL Standard; RFC 3986, sections 2 and 3.2.

Topics: urls

Example:
    webUrl: "https:///2021/06/18/missing-host"
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue, issue_of, milder
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import LIVING, misshapen_pointers, unschemed
from linkcheck.model import Basis, Evidence, LinkResult, RuleMetadata, Severity
from linkcheck.urls import scheme_defect, written_defect

META = RuleMetadata("LC114", "invalid-url", Severity.ERROR, basis=Basis.TEXT)

_FULL = "Use the full URL, with scheme and host, as shown in the browser's address bar."
_INTENDED = ("template", "excluded", "scheme", "wiki", "pattern")
"""Reasons for which a link is skipped, and what is wrong with it is reported elsewhere or accepted."""


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    # Where the schema requires a URL, a violation of it is reported.
    wrong = unschemed(evidence, options) - misshapen_pointers(evidence)
    for result in evidence.results:
        if result.skip is None or result.skip.kind not in _INTENDED:
            defect = _defect(result)
            if defect is None and result.link.location.pointer in wrong:
                defect = issue_of(result.link, "invalid URL: it has no scheme, and there is no such file", _FULL)
            if defect is not None:
                yield defect


def _defect(result: LinkResult) -> Issue | None:
    link, skip = result.link, result.skip
    written = written_defect(link.url)
    if skip is not None and skip.kind == "invalid-url":
        defect = written if written is not None and not written.works else scheme_defect(link.url)
        return issue_of(link, f"invalid URL: {skip.reason}", _FULL if defect is None else defect.hint)
    if not _is_served(result) and (defect := scheme_defect(link.url)) is not None:
        return issue_of(link, f"invalid URL: {defect.message}", defect.hint)
    if written is not None and not (written.path and _is_served(result)):
        return milder(issue_of(link, f"invalid URL: {written.message}", written.hint), Severity.WARNING)
    return None


def _is_served(result: LinkResult) -> bool:
    """Whether the site has what a path leads to."""
    return (result.local is not None and result.local.file is not None) or (
        result.outcome is not None and result.verdict.kind in LIVING
    )
