"""Ignore comments in an article, and those that have no effect."""

from collections.abc import Iterator, Mapping

from linkcheck.model import Article, Basis, Evidence, Fact, Finding, IgnoreComment, Location, RuleMetadata
from linkcheck.triage.coverage import Coverage
from linkcheck.triage.selection import fits

UNUSED_IGNORE = "LC005"
_MOST_LISTED = 3


def is_silenced(comments: tuple[IgnoreComment, ...], line: int, code: str, name: str) -> bool:
    """Whether a comment ignores a rule for values that start on a line."""
    return any(
        comment.line == line and any(fits(each, code, name) for each in comment.codes or ("",)) for comment in comments
    )


class Ignores:
    """The ignore comments of an article, and which of their codes were used."""

    def __init__(self, comments: tuple[IgnoreComment, ...]) -> None:
        self._comments = comments
        self._by_line: dict[int, list[int]] = {}
        for index, comment in enumerate(comments):
            self._by_line.setdefault(comment.line, []).append(index)
        self._used: set[tuple[int, str]] = set()
        self._others: dict[int, dict[str, None]] = {}

    def silencing(self, finding: Finding, *, is_redundant: bool = False) -> IgnoreComment | None:
        """The comment that ignores a finding. Marks every matching code as used."""
        found = None
        for index in self._by_line.get(finding.location.span.line, ()):
            comment = self._comments[index]
            for code in comment.codes or ("",):
                if fits(code, finding.code, finding.name):
                    self._used.add((index, code))
                    found = found or comment
        if found is None and not is_redundant:
            self._others.setdefault(finding.location.span.line, {})[finding.code] = None
        return found

    def unused(self, evidence: Evidence, scope: Coverage, rules: Mapping[str, RuleMetadata]) -> Iterator[Finding]:
        pointers = pointers_by_line(evidence.article)
        codes = {code for comment in self._comments for code in comment.codes or ("",)}
        meant = {code: _meant(code, rules) for code in codes}
        for index, comment in enumerate(self._comments):
            idle = [code for code in comment.codes or ("",) if self._is_unused(index, code, scope, meant[code])]
            if idle:
                strange = [code for code in idle if code and rules and not meant[code]]
                shown, others = tuple(filter(None, idle)), tuple(self._others.get(comment.line, ()))
                rule = rules[UNUSED_IGNORE]
                yield _finding(comment, shown, evidence, pointers, strange=strange, others=others, rule=rule)

    def _is_unused(self, index: int, code: str, scope: Coverage, meant: list[RuleMetadata]) -> bool:
        if (index, code) in self._used:
            return False
        line = self._comments[index].line
        if not scope.links_on(line) or all(rule.basis is Basis.TEXT for rule in meant):
            return True
        # A rule with temporary findings may have one again in the next run.
        return not any(rule.transient for rule in meant) and scope.is_settled_on(line)


def misspelled(evidence: Evidence, rule: RuleMetadata) -> Iterator[Finding]:
    """Malformed ignore comments."""
    hint = "Use the form # linkcheck: ignore[LC202], with a code in the brackets and the reason after them."
    pointers = pointers_by_line(evidence.article)
    for span in evidence.article.misspelled_ignores:
        place = Location(evidence.article.path, span, pointers.get(span.line, ""))
        yield _as_finding(place, "the comment is malformed, so it has no effect", hint, {}, evidence, rule=rule)


def _finding(
    comment: IgnoreComment,
    idle: tuple[str, ...],
    evidence: Evidence,
    pointers: Mapping[int, str],
    *,
    strange: list[str],
    others: tuple[str, ...],
    rule: RuleMetadata,
) -> Finding:
    what = f"{', '.join(idle)} in the ignore comment" if len(idle) < len(comment.codes) else "the ignore comment"
    message = f"{what} has no effect" + (f": there is no rule {', '.join(strange)}" if strange else "")
    hint = "Remove it, or put it on the line of the value it is for, or directly above."
    if others:
        hint = f"Remove it, or use the code of what is found on its line: {', '.join(others[:_MOST_LISTED])}."
    place = Location(evidence.article.path, comment.span, pointers.get(comment.line, ""))
    return _as_finding(place, message, hint, {"codes": idle, "line": comment.line}, evidence, rule=rule)


def _meant(code: str, rules: Mapping[str, RuleMetadata]) -> list[RuleMetadata]:
    """The rules that a code in a comment is for; none if it is misspelled."""
    return [rule for rule in rules.values() if fits(code, rule.code, rule.name)]


def pointers_by_line(article: Article) -> dict[int, str]:
    """The first value that starts on each line, indexed so that many comments stay cheap."""
    found: dict[int, str] = {}
    for at, place in article.places.items():
        if at:
            found.setdefault(place.value.line, at)
    return found


def _as_finding(
    place: Location, message: str, hint: str, facts: dict[str, Fact], evidence: Evidence, *, rule: RuleMetadata
) -> Finding:
    quoted = place.span.line - 1
    lines = evidence.article.lines
    quote = lines[quoted][:400] if quoted < len(lines) else None
    return Finding(rule.code, rule.name, rule.severity, place, message, hint=hint, facts=facts, quote=quote)
