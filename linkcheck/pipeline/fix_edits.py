"""The edits of safe fixes, which reports offer, from the recorded article; no file is read again.

They are the first corrections that `linkcheck fix` makes. A URL that it would have to request first has no edits.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from math import inf
from typing import TYPE_CHECKING

from msgspec import msgpack
from msgspec.structs import replace

from linkcheck.model import (
    Article,
    Edit,
    Evidence,
    Finding,
    FixKind,
    LinkResult,
    Location,
    RuleMetadata,
    Severity,
    Source,
    Status,
    VerdictKind,
)

if TYPE_CHECKING:
    from linkcheck.fix import Correction

_MOST_WORK = 4_000_000
"""Characters to parse per article, because each correction is verified by parsing the article again."""


def with_edits(
    evidence: Evidence, findings: Iterable[Finding], rules: Mapping[str, RuleMetadata], *, redundant: Iterable[Finding] = ()
) -> Iterator[Finding]:
    """The findings of an article, with the edits of those that are fixed by default.

    `redundant` are findings that one of these makes redundant until it is fixed. If they are for the same URL with the same
    correction, their edits are made together.
    """
    found = tuple(findings)
    safe = tuple(each for each in found if _is_fixed(each))
    if not safe:
        yield from found
        return
    alike = _alike(safe, tuple(filter(_is_fixed, redundant)))
    made = _edits(evidence, (*safe, *(each for group in alike.values() for each in group)), rules)
    edited = [each for each in safe if id(each) in made]
    edits = {
        id(each): tuple(edit for one in (each, *alike.get(id(each), ())) for edit in made.get(id(one), ()))
        for each in edited
    }
    suggestions = _suggestions(evidence, edited, made, edits)
    for finding in found:
        own = edits.get(id(finding))
        if own and finding.fix is not None:
            yield replace(finding, fix=replace(finding.fix, edits=own, suggestion=suggestions.get(id(finding), ())))
        else:
            yield finding


def _alike(findings: tuple[Finding, ...], redundant: tuple[Finding, ...]) -> dict[int, list[Finding]]:
    """The redundant findings that have the URL and the correction of another one, by the identity of that one."""
    others = {each.location.pointer for each in findings}
    firsts: dict[tuple[object, object], int] = {}
    for each in findings:
        firsts.setdefault((each.url, each.facts.get("expected")), id(each))
    alike: dict[int, list[Finding]] = {}
    for each in redundant:
        url, expected = each.url, each.facts.get("expected")
        first = None if url is None or expected is None else firsts.get((url, expected))
        if first is not None and each.location.pointer not in others:
            alike.setdefault(first, []).append(each)
    return alike


def _is_fixed(finding: Finding) -> bool:
    return finding.status is Status.OPEN and finding.fix is not None and finding.fix.kind is FixKind.SAFE


def _edits(
    evidence: Evidence, findings: tuple[Finding, ...], rules: Mapping[str, RuleMetadata]
) -> dict[int, tuple[Edit, ...]]:
    """The edits of findings, by identity."""
    from linkcheck.fix import corrections_of, edits_of, texts_of

    article, results = evidence.article, {result.link.location.pointer: result for result in evidence.results}
    raw = "\n".join(article.lines).encode("utf-8", "surrogatepass")
    wanted = [
        each
        for each in corrections_of(article, findings, rules)
        if not each.kind.is_requested or _has_answered(results.get(each.pointer), str(each.new), evidence)
    ]
    wanted = wanted[: _MOST_WORK // max(len(raw), 1)]
    if not wanted:
        return {}
    # An article that is not the same without the rest of its file, or with other line ends, has no edits.
    source = Source(
        article.path,
        article.path,
        blank_lines_first=True,
        other_fences=True,
        multimarkdown=article.format == "multimarkdown",
    )

    @lru_cache(maxsize=1)
    def read(text: bytes) -> Article:
        from linkcheck.parse import parse

        return parse(replace(source, head=text, size=len(text)))

    if not _is_same(read(raw), article):
        return {}
    made = {_place(each): (each, text) for each, text in texts_of(raw, wanted, read)}
    edits: dict[int, tuple[Edit, ...]] = {}
    for finding in findings:
        whole: list[Edit] = []
        for each in corrections_of(article, [finding], rules):
            correction, text = made.get(_place(each), (None, ""))
            part = edits_of(article.lines, each.span, text) if correction == each else None
            if part is None:
                break
            whole += part
        else:
            if whole:
                edits[id(finding)] = tuple(whole)
    return edits


def _suggestions(
    evidence: Evidence,
    findings: list[Finding],
    made: Mapping[int, tuple[Edit, ...]],
    edits: Mapping[int, tuple[Edit, ...]],
) -> dict[int, tuple[str, ...]]:
    """What blocks of lines become, by the identity of the finding with which reports show them.

    Each block has all edits of its lines, and is shown once: with the first of its findings that is not only info. `made`
    are the edits of each finding alone, `edits` those with what is corrected together with it. Only lines that the change
    wrote are in blocks.
    """
    lines = {id(each): _lines_of(made[id(each)], edits[id(each)]) for each in findings}
    blocks: list[tuple[int, int]] = []
    for start, end in sorted(lines.values()):
        if blocks and start <= blocks[-1][1]:
            blocks[-1] = (blocks[-1][0], max(blocks[-1][1], end))
        else:
            blocks.append((start, end))
    every = sorted({edit for each in edits.values() for edit in each}, key=_order)
    found: dict[int, tuple[str, ...]] = {}
    shown: set[int] = set()
    for finding in sorted(findings, key=lambda each: (each.severity is Severity.INFO, *_order(each.location))):
        first, last = blocks[bisect_right(blocks, (lines[id(finding)][0], inf)) - 1]
        if first not in shown and any(start <= first and last <= end for start, end in evidence.written_lines):
            inside = every[bisect_left(every, first, key=_line) : bisect_right(every, last, key=_line)]
            found[id(finding)] = _edited(evidence.article.lines, inside, first, last)
        shown.add(first)
    return found


def _lines_of(made: tuple[Edit, ...], edits: tuple[Edit, ...]) -> tuple[int, int]:
    """The lines from the first to the last edit of a finding, and those directly below with others."""
    first, last = min(each.span.line for each in made), max(each.span.end_line for each in made)
    for edit in sorted(edits, key=_order):
        if first <= edit.span.line <= last + 1:
            last = max(last, edit.span.end_line)
    return first, last


def _edited(lines: Sequence[str], edits: Iterable[Edit], first: int, last: int) -> tuple[str, ...]:
    edited = list(lines[first - 1 : last])
    for edit in sorted(edits, key=_order, reverse=True):
        start, end = edit.span.line - first, edit.span.end_line - first
        edited[start : end + 1] = [
            edited[start][: edit.span.column - 1] + edit.text + edited[end][edit.span.end_column - 1 :]
        ]
    return tuple(edited)


def _order(place: Edit | Location) -> tuple[int, int]:
    return place.span.line, place.span.column


def _line(edit: Edit) -> int:
    return edit.span.line


def _place(correction: "Correction") -> tuple[str, bool]:
    return correction.pointer, correction.is_key


def _has_answered(result: LinkResult | None, new: str, evidence: Evidence) -> bool:
    """Whether this run requested a URL that is to be written, and it works."""
    if result is None or result.outcome is None or result.outcome.answer is None:
        return False
    url = f"{result.link.prefix}{new}"
    declared = evidence.declared_canonicals.get(url)
    if declared is not None and declared.verdict is not None and declared.verdict.kind is VerdictKind.OK:
        return True
    works = result.verdict.kind in (VerdictKind.OK, VerdictKind.MOVED)
    return works and url.partition("#")[0] == result.outcome.answer.url.partition("#")[0]


def _is_same(read: Article, recorded: Article) -> bool:
    """Whether an article that was read from its recorded lines has the same values in the same places."""
    return (
        msgpack.encode(read.data) == msgpack.encode(recorded.data)
        and read.format == recorded.format
        and dict(read.places) == dict(recorded.places)
    )
