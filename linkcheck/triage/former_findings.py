"""What was wrong with the text of an article before the change under check, which the change did not bring.

Findings about URLs are compared by their links (`coverage`). All others are compared by rule, place and value; those
about a key or a whole file by rule, place and message.
"""

import re
from collections.abc import Iterable, Iterator

from linkcheck.model import (
    SEVERITIES,
    Article,
    Basis,
    Evidence,
    Finding,
    FormerFinding,
    IgnoreComment,
    ParseErrorKind,
    Severity,
)
from linkcheck.pointers import field_of, value_at
from linkcheck.triage.digest import digest
from linkcheck.triage.ignore_comments import UNUSED_IGNORE, misspelled, pointers_by_line
from linkcheck.triage.options import TriageOptions
from linkcheck.triage.selection import is_selected, severity_of

_NUMBERED = re.compile(r"\b(line|item) \d+|(?<![\d,])[\d,]+(?= bytes)")
"""In a message: the number changes with the lines or the items before it, or with the size of the file."""
_OF_LINES = (ParseErrorKind.SYNTAX, ParseErrorKind.UNSAFE, ParseErrorKind.NOT_UTF8)
"""What is wrong with a line. Other errors are about a key or the whole file, whatever else the line contains."""
_MOST_SEVERE, *_ = SEVERITIES


def former_findings(article: Article, findings: Iterable[Finding], options: TriageOptions) -> tuple[FormerFinding, ...]:
    """Those of an article as it was. `findings` are those of its text alone, `options` are those before the change."""
    return tuple(_former_findings(article, findings, options))


def _former_findings(article: Article, findings: Iterable[Finding], options: TriageOptions) -> Iterator[FormerFinding]:
    for finding in findings:
        if finding.url is None and is_selected(options, finding.code, finding.name):
            severity = severity_of(options, finding)
            if severity is not None:
                yield FormerFinding(_identity(finding, article), severity)
    for malformed in misspelled(Evidence(article), options.rule(UNUSED_IGNORE)) if article.misspelled_ignores else ():
        yield FormerFinding(_identity(malformed, article), _MOST_SEVERE)
    # Whether a comment has no effect depends on responses, and whether an article has a copy on the other articles.
    pointers = pointers_by_line(article) if article.ignores else {}
    for comment in article.ignores:
        yield FormerFinding(_identity_of_comment(comment, pointers.get(comment.line, ""), article), _MOST_SEVERE)
    for pointer in article.places:
        if pointer.count("/") == 1 and isinstance(value_at(article.data, pointer), str):
            yield FormerFinding(_identity_across(pointer, article), _MOST_SEVERE)


class FormerFindings:
    """The former findings of an article that were not found again yet."""

    def __init__(self, evidence: Evidence) -> None:
        self._article = evidence.article
        self._left: dict[str, list[Severity]] = {}
        for each in evidence.former:
            self._left.setdefault(each.identity, []).append(each.severity)

    def take(self, finding: Finding, basis: Basis) -> bool:
        """Whether the article had a finding before, at least as severe. It explains only one finding."""
        if not self._left:
            return False
        if basis is Basis.ARTICLES and "identity" not in finding.facts:
            identity = _identity_across(finding.location.pointer, self._article)
        elif finding.code == UNUSED_IGNORE and (comment := self._comment(finding)) is not None:
            identity = _identity_of_comment(comment, finding.location.pointer, self._article)
        else:
            identity = _identity(finding, self._article)
        left = self._left.get(identity, [])
        severe = next((each for each in left if _rank(each) <= _rank(finding.severity)), None)
        if severe is not None:
            left.remove(severe)
        return severe is not None

    def _comment(self, finding: Finding) -> IgnoreComment | None:
        return next((each for each in self._article.ignores if each.span == finding.location.span), None)


def _rank(severity: Severity) -> int:
    return SEVERITIES.index(severity)


def _identity(finding: Finding, article: Article) -> str:
    pointer = finding.location.pointer
    value, place = value_at(article.data, pointer), article.places.get(pointer)
    parts = [finding.code, field_of(pointer)]
    kinds = [each.kind for each in article.parse_errors if each.location == finding.location]
    has_no_value = finding.code == UNUSED_IGNORE or bool(kinds)
    is_of_key = place is not None and finding.location.span == place.key
    if value is not None and not isinstance(value, dict | list) and not has_no_value and not is_of_key:
        return digest(*parts, repr(value), str(finding.facts.get("keyword", "")))
    # What else an object contains, or a list, does not matter. A malformed comment and a text that cannot be read are lines.
    message = _NUMBERED.sub(r"\1", finding.message)
    is_line = has_no_value and all(kind in _OF_LINES for kind in kinds)
    return digest(*parts, message, (finding.quote or "").strip() if is_line else "")


def _identity_of_comment(comment: IgnoreComment, pointer: str, article: Article) -> str:
    return digest(UNUSED_IGNORE, ",".join(comment.codes), field_of(pointer), repr(value_at(article.data, pointer)))


def _identity_across(pointer: str, article: Article) -> str:
    return digest("articles", pointer, repr(value_at(article.data, pointer)))
