"""A run with the secrets in its URLs hidden: the run that reporters receive."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from linkcheck.model import (
    Answer,
    ArchivedCopy,
    Article,
    CauseKind,
    Fact,
    Finding,
    Fix,
    Hop,
    HostRecord,
    LinkRecord,
    Outcome,
    PageFacts,
    Problem,
    Run,
    RunRecord,
    Summary,
    TargetRecord,
    Verdict,
)
from linkcheck.urls import mask


class MaskedRun(Struct, frozen=True):
    """User names, passwords and credentials in parameters as `***`, wherever a run quotes a URL.

    Masking is the same everywhere, so a link still names its target; a text without secrets stays as it is.
    """

    run: Run

    def summary(self) -> Summary:
        summary = self.run.summary()
        because = summary.incomplete_because
        return replace(
            summary,
            incomplete_because=None if because is None else mask(because),
            notices=tuple(map(mask, summary.notices)),
            not_checked={mask(reason): number for reason, number in summary.not_checked.items()},
        )

    def targets(self) -> Iterator[TargetRecord]:
        for record in self.run.targets():
            target = replace(record.target, url=mask(record.target.url))
            outcome = _outcome(record.outcome) if record.outcome else None
            yield TargetRecord(target=target, verdict=_verdict(record.verdict), outcome=outcome)

    def links(self) -> Iterator[LinkRecord]:
        for record in self.run.links():
            skip = record.skip
            yield LinkRecord(
                link=replace(record.link, url=mask(record.link.url)),
                target=replace(record.target, url=mask(record.target.url)),
                verdict=_verdict(record.verdict),
                skip=skip and replace(skip, reason=mask(skip.reason), url=mask(skip.url)),
                chain=tuple(map(_hop, record.chain)),
            )

    def findings(self) -> Iterator[Finding]:
        return map(_finding, self.run.findings())

    def problems(self) -> Iterator[Problem]:
        for problem in self.run.problems():
            first = _finding(problem.first)
            if problem.cause.kind is CauseKind.HOST and problem.places > 1:
                first = replace(first, archive=None)  # the copy of one page would seem to be that of all pages of the host
            yield replace(problem, first=first)

    def places(self, problem: Problem) -> Iterator[Finding]:
        return map(_finding, self.run.places(problem))

    def runs(self) -> Iterator[RunRecord]:
        return self.run.runs()

    def hosts(self) -> Iterator[HostRecord]:
        return self.run.hosts()

    def articles(self) -> Iterator[Article]:
        return self.run.articles()


def _finding(finding: Finding) -> Finding:
    return replace(
        finding,
        url=_maybe(finding.url),
        message=mask(finding.message),
        hint=_maybe(finding.hint),
        quote=_maybe(finding.quote),
        reason=_maybe(finding.reason),
        facts={key: _fact(value) for key, value in finding.facts.items()},
        fix=finding.fix and _fix(finding.fix),
        archive=finding.archive and _copy(finding.archive),
    )


def _copy(copy: ArchivedCopy) -> ArchivedCopy:
    return replace(copy, url=mask(copy.url), title=_maybe(copy.title))


def _outcome(outcome: Outcome) -> Outcome:
    failure = outcome.failure
    return replace(
        outcome,
        url=mask(outcome.url),
        answer=_answer(outcome.answer) if outcome.answer else None,
        failure=failure and replace(failure, message=mask(failure.message)),
        hops=tuple(map(_hop, outcome.hops)),
    )


def _hop(hop: Hop) -> Hop:
    return replace(hop, url=mask(hop.url), location=_maybe(hop.location))


def _answer(answer: Answer) -> Answer:
    return replace(answer, url=mask(answer.url), page=_page(answer.page) if answer.page else None)


def _page(page: PageFacts) -> PageFacts:
    return replace(
        page, title=_maybe(page.title), canonicals=tuple(map(mask, page.canonicals)), amphtml=tuple(map(mask, page.amphtml))
    )


def _verdict(verdict: Verdict) -> Verdict:
    return Verdict(kind=verdict.kind, reason=mask(verdict.reason))


def _fix(fix: Fix) -> Fix:
    """The fix; without its edits and suggestion if these contain a secret, which `***` must not replace."""
    if any(mask(text) != text for text in (*(edit.text for edit in fix.edits), *fix.suggestion)):
        return Fix(fix.kind, mask(fix.reason))
    return replace(fix, reason=mask(fix.reason))


def _maybe(text: str | None) -> str | None:
    return None if text is None else mask(text)


def _fact(value: Fact) -> Fact:
    match value:
        case str():
            return mask(value)
        case tuple():
            return tuple(map(mask, value))
        case _:
            return value
