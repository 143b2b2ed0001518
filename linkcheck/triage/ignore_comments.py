"""Comments in the article that silence findings, and those that silence none."""

from collections.abc import Iterator, Mapping

from linkcheck.model import Evidence, Fact, Finding, IgnoreComment, Location, Severity
from linkcheck.triage.coverage import Coverage
from linkcheck.triage.selection import fits

UNUSED_IGNORE = ("LC005", "unused-ignore", Severity.WARNING)

PASSING = (
    *("LC003", "LC004", "LC010", "LC212", "LC213", "LC214", "LC217", "LC218", "LC219", "LC220", "LC221", "LC222"),
    *("LC223", "LC313", "LC314", "LC321"),
)
"""Rules whose findings come and go with the day, or with the other articles of a run: a comment for one is not unused
because today was a good day."""


def is_silenced(comments: tuple[IgnoreComment, ...], line: int, code: str, name: str) -> bool:
    """Whether a comment silences a rule for what starts on a line."""
    return any(
        comment.line == line and any(fits(each, code, name) for each in comment.codes or ("",)) for comment in comments
    )


class Ignores:
    """The comments of an article, and which of their codes have silenced something."""

    def __init__(self, comments: tuple[IgnoreComment, ...]) -> None:
        self._comments = comments
        self._by_line: dict[int, list[int]] = {}
        for index, comment in enumerate(comments):
            self._by_line.setdefault(comment.line, []).append(index)
        self._used: set[tuple[int, str]] = set()

    def silencing(self, finding: Finding) -> IgnoreComment | None:
        """The comment that silences a finding; every code that fits it is in use."""
        found = None
        for index in self._by_line.get(finding.location.span.line, ()):
            comment = self._comments[index]
            for code in comment.codes or ("",):
                if fits(code, finding.code, finding.name):
                    self._used.add((index, code))
                    found = found or comment
        return found

    def unused(self, evidence: Evidence, scope: Coverage, known: Mapping[str, str]) -> Iterator[Finding]:
        pointers = _pointers_by_line(evidence)
        for index, comment in enumerate(self._comments):
            idle = [code for code in comment.codes or ("",) if self._is_unused(index, code, scope)]
            if idle:
                yield _finding(comment, tuple(filter(None, idle)), evidence, known, pointers)

    def _is_unused(self, index: int, code: str, scope: Coverage) -> bool:
        if (index, code) in self._used:
            return False
        line = self._comments[index].line
        if not scope.links_on(line) or code.upper().startswith("LC1"):
            return True
        passing = any(rule.startswith(code.upper()) for rule in PASSING)
        return not passing and scope.is_settled_on(line)


def misspelt(evidence: Evidence) -> Iterator[Finding]:
    """Comments that were meant to silence something, and are not understood."""
    hint = "Write it as # linkcheck: ignore[LC202], with a code in the brackets and the reason behind them."
    pointers = _pointers_by_line(evidence) if evidence.article.misspelt_ignores else {}
    for span in evidence.article.misspelt_ignores:
        place = Location(evidence.article.path, span, pointers.get(span.line, ""))
        yield _as_finding(place, "the comment is not understood, so it silences nothing", hint, {}, evidence)


def _finding(
    comment: IgnoreComment,
    idle: tuple[str, ...],
    evidence: Evidence,
    known: Mapping[str, str],
    pointers: Mapping[int, str],
) -> Finding:
    strange = [each for each in idle if known and not any(fits(each, *rule) for rule in known.items())]
    what = f"{', '.join(idle)} in the ignore comment" if idle and len(idle) < len(comment.codes) else "the ignore comment"
    message = f"{what} silences nothing" + (f": there is no rule {', '.join(strange)}" if strange else "")
    hint = "Remove it, or put it on the line of the value it is for, or directly above."
    place = Location(evidence.article.path, comment.span, pointers.get(comment.line, ""))
    return _as_finding(place, message, hint, {"codes": idle, "line": comment.line}, evidence)


def _pointers_by_line(evidence: Evidence) -> dict[int, str]:
    """The first value that starts on each line. A hundred thousand comments do not look through it one by one."""
    found: dict[int, str] = {}
    for at, place in evidence.article.places.items():
        if at:
            found.setdefault(place.value.line, at)
    return found


def _as_finding(place: Location, message: str, hint: str, facts: dict[str, Fact], evidence: Evidence) -> Finding:
    code, name, severity = UNUSED_IGNORE
    quoted = place.span.line - 1
    lines = evidence.article.lines
    quote = lines[quoted][:400] if quoted < len(lines) else None
    return Finding(code, name, severity, place, message, hint=hint, facts=facts, quote=quote)
