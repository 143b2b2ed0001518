"""The edits of safe fixes, which reports offer, from the recorded article; no file is read again.

They are the first corrections that `linkcheck fix` makes. A URL that it would have to request first has no edits.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
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
    RuleMetadata,
    Source,
    Status,
    VerdictKind,
)

if TYPE_CHECKING:
    from linkcheck.fix import Correction

_MOST_WORK = 4_000_000
"""Characters to parse per article, because each correction is verified by parsing the article again."""


def with_edits(evidence: Evidence, findings: Iterable[Finding], rules: Mapping[str, RuleMetadata]) -> Iterator[Finding]:
    """The findings of an article, with the edits of those that are fixed by default."""
    found = tuple(findings)
    safe = tuple(each for each in found if _is_fixed(each))
    if not safe:
        yield from found
        return
    edits = _edits(evidence, safe, rules)
    for finding in found:
        own = edits.get(id(finding))
        if own and finding.fix is not None:
            fix = replace(finding.fix, edits=own, suggestion=_suggestion(evidence, own))
            yield replace(finding, fix=fix)
        else:
            yield finding


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


def _suggestion(evidence: Evidence, edits: tuple[Edit, ...]) -> tuple[str, ...]:
    """What the edited lines become, if the change wrote them and the lines between them."""
    first, last = min(each.span.line for each in edits), max(each.span.end_line for each in edits)
    if not any(start <= first and last <= end for start, end in evidence.written_lines):
        return ()
    lines = list(evidence.article.lines[first - 1 : last])
    for edit in sorted(edits, key=lambda each: (each.span.line, each.span.column), reverse=True):
        start, end = edit.span.line - first, edit.span.end_line - first
        lines[start : end + 1] = [lines[start][: edit.span.column - 1] + edit.text + lines[end][edit.span.end_column - 1 :]]
    return tuple(lines)


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
