"""The corrections of one article, based on the outcomes that are known so far."""

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from linkcheck import judge, triage
from linkcheck.commands.fix.archived_copies import ArchiveFixes, Copies, CopyCorrections, copy_corrections
from linkcheck.fix import Correction, Refusal, correct, correction, corrections_of, uncorrected
from linkcheck.judge.comparison.replacements import is_unwanted
from linkcheck.judge.issue import unsafe
from linkcheck.judge.url_traits.redirect_chain import is_contradicted, leaves_site, move_of
from linkcheck.model import (
    Article,
    CorrectionKind,
    Evidence,
    Finding,
    Link,
    LinkResult,
    Outcome,
    RefusalReason,
    Role,
    Source,
    Status,
    Target,
    Verdict,
    VerdictKind,
    Violation,
    as_page,
)
from linkcheck.parse import parse
from linkcheck.pipeline import RunContext
from linkcheck.pipeline.read_step import ArticleReader
from linkcheck.urls import parse_url

Known = Mapping[str, tuple[Outcome, Verdict]]
"""The outcomes and verdicts that are known, by URL."""
_MOST_ROUNDS = 8
"""How often an article is checked again after corrections: a new AMP URL requires a new address on the cache."""
_WORKING = (VerdictKind.OK, VerdictKind.MOVED)


class FixedArticle(Struct, frozen=True):
    """An article with nothing left to correct. `done` contains the corrections that were made, in order.

    `held` are the corrections that are held back because they are not safe. `unchecked` are the targets of corrected links
    that have not been requested yet. `without_property` as in `CopyCorrections`.
    """

    source: Source
    done: tuple[Correction, ...] = ()
    held: tuple[Correction, ...] = ()
    refused: tuple[Refusal, ...] = ()
    unchecked: tuple[Target, ...] = ()
    without_property: int = 0


class ArticleFixer:
    """Corrects articles. With `unsafe`, it also makes corrections that are not safe.

    Raises UsageError for an invalid option when it is created.
    """

    def __init__(
        self,
        context: RunContext,
        *,
        unsafe: bool = False,
        dropped_amp: Mapping[str, judge.AmpCount] | None = None,
        archives: ArchiveFixes = ArchiveFixes(),  # noqa: B008 - frozen
        copies: Copies | None = None,
    ) -> None:
        """`dropped_amp` as in `judge.JudgeOptions`. `archives` is what to do with the `copies` of lost pages."""
        self._unsafe = unsafe
        self._archives = archives
        self._copies = copies or {}
        self._reader = ArticleReader(context)
        self._judging = replace(context.judge, dropped_amp=dict(dropped_amp or {}))
        self._triage = triage.Triage(context.triage)
        self.sources = self._reader.sources
        self.refuse_nothing = self._reader.refuse_nothing
        self.notices = self._reader.notices

    def settle(self, source: Source, known: Known) -> FixedArticle:
        """Correct an article until there is nothing left to correct.

        A value is given up, and stays as it is, if corrections lead back to an earlier value (two pages that redirect to
        each other) or if the new URL does not work.
        """
        given_up: dict[str, Refusal] = {}
        while True:
            attempt = self._try_all(source, known, given_up)
            if isinstance(attempt, FixedArticle):
                return attempt
            given_up[attempt.correction.pointer] = attempt

    def _try_all(self, source: Source, known: Known, given_up: Mapping[str, Refusal]) -> FixedArticle | Refusal:
        done: list[Correction] = []
        refused = dict(given_up)
        seen: dict[str, list[str | int]] = {}
        last: Correction | None = None
        violations: tuple[Violation, ...] = ()
        for _ in range(_MOST_ROUNDS):
            evidence = self._evidence(source, known)
            findings = self._findings(evidence)
            wanted = [
                each
                for each in corrections_of(evidence.article, findings, judge.RULES, unsafe=self._unsafe)
                if each.pointer not in refused
            ]
            required = self._required(evidence.article, findings, refused)
            if required is not None:
                return required
            if not wanted:
                # Last, so that a link that another correction gives a new URL gets no copy of the old one.
                copies = self._copy_corrections(evidence)
                wanted = [each for each in copies.wanted if each.pointer not in refused]
                if not wanted:
                    return self._settled(source, evidence, findings, done, refused, copies=copies, violations=violations)
                violations = evidence.violations
            for each in wanted:
                if each.new in seen.setdefault(each.pointer, [each.old]):
                    return Refusal(each, "it would restore an earlier value")
            last = wanted[-1]
            corrected = correct(source.head, wanted, partial(_read, source))
            for each in corrected.done:
                done.append(each)
                seen[each.pointer].append(each.new)
            refused |= {refusal.correction.pointer: refusal for refusal in corrected.refused}
            source = _with_head(source, corrected.raw)
        assert last is not None
        return Refusal(last, "the corrections would never end")

    def _settled(
        self,
        source: Source,
        evidence: Evidence,
        findings: list[Finding],
        done: list[Correction],
        refused: Mapping[str, Refusal],
        *,
        copies: CopyCorrections,
        violations: tuple[Violation, ...],
    ) -> FixedArticle | Refusal:
        """The corrected article, or the refusal of a correction whose new URL does not work."""
        if (refusal := _refused_by_schema(evidence, done, violations)) is not None:
            return refusal
        moved = {each.pointer: each for each in done if each.kind.is_requested}
        unchecked: list[Target] = []
        for result in evidence.results:
            written = moved.get(result.link.location.pointer)
            if written is None or result.skip is not None or result.local is not None:
                continue
            if result.outcome is None:
                unchecked.append(result.target)
            elif result.verdict.kind not in _WORKING:
                return Refusal(written, f"the new URL is {result.verdict.kind}: {result.verdict.reason}")
            elif (move := move_of(result.outcome)) is not None and is_contradicted(result.outcome, move):
                return Refusal(written, f"the new URL redirects to {move.url}, whose canonical URL is the new URL")
            elif is_unwanted(replace(result.outcome, url=f"{result.link.prefix}{written.old}"), result.outcome.url):
                return Refusal(written, "the new URL leads to another site that looks like advertising or a domain for sale")
            elif written.is_safe and (other := leaves_site(result.outcome)) is not None:
                return Refusal(written, f"the new URL leads to another domain, {other}")
        # Nothing is wanted any more: what remains was refused or needs a review.
        held = (
            each
            for each in (*corrections_of(evidence.article, findings, judge.RULES, unsafe=True), *copies.held)
            if each.pointer not in refused
        )
        not_made = (*refused.values(), *_never_written(evidence, findings), *copies.refused)
        return FixedArticle(source, tuple(done), tuple(held), not_made, tuple(unchecked), copies.without_property)

    def _copy_corrections(self, evidence: Evidence) -> CopyCorrections:
        article = evidence.article
        return copy_corrections(
            article,
            (result.link for result in evidence.results),
            self._copies.get(article.path, ()),
            self._reader,
            self._archives,
            unsafe_too=self._unsafe,
        )

    def _required(self, article: Article, findings: list[Finding], refused: Mapping[str, Refusal]) -> Refusal | None:
        """The refusal of a removal of keys that the schema requires."""
        for each in corrections_of(article, findings, judge.RULES, unsafe=True):
            if each.removes and each.pointer not in refused and self._reader.is_required(article, each.removes):
                return Refusal(each, f"the schema requires {each.old}")
        return None

    def _findings(self, evidence: Evidence) -> list[Finding]:
        judged = judge.judge_article(evidence, self._judging, weigh=self._triage.severity)
        removals = judge.judge_removals(evidence, self._judging) if self._judging.dropped_amp else ()
        found = self._triage.article(evidence, chain(judged.findings, judged.repeated, removals), redundant=judged.redundant)
        return [finding for finding in found if finding.status is Status.OPEN]

    def _evidence(self, source: Source, known: Known) -> Evidence:
        article, violations, links, notes = self._reader.row(source)
        results: list[LinkResult] = []
        for planned in links:
            verdict, outcome = planned.verdict, None
            if verdict is None and planned.target.url in known:
                outcome, verdict = self._for_role(planned.link, *known[planned.target.url])
            results.append(
                LinkResult(planned.link, planned.target, verdict or judge.NOT_REACHED, planned.skip, planned.local, outcome)
            )
        return Evidence(article, violations, tuple(results), unpublished=notes.unpublished)

    def _for_role(self, link: Link, outcome: Outcome, verdict: Verdict) -> tuple[Outcome, Verdict]:
        """The outcome and verdict of a target for the role of a link, see `pipeline.crawl_step.judge_pages`."""
        page = outcome if link.role is Role.IMAGE else as_page(outcome)
        if page is outcome or verdict.kind is not VerdictKind.SUSPECT:
            return page, verdict
        return page, judge.verdict(page, accept=judge.accepted(parse_url(page.url).host, self._judging))


def _refused_by_schema(evidence: Evidence, done: list[Correction], before: tuple[Violation, ...]) -> Refusal | None:
    """The refusal of a copy whose URL the schema does not allow, where it is or because of the rest of the article.

    `before` are the violations that the article had without it.
    """
    written = [each for each in done if each.kind is CorrectionKind.ARCHIVED]
    known = {_identity(each) for each in before}
    for violation in evidence.violations if written else ():
        if _identity(violation) not in known:
            at_it = (each for each in written if each.pointer == violation.location.pointer)
            return Refusal(next(at_it, written[-1]), f"the schema does not allow it: {violation.message}")
    return None


def _identity(violation: Violation) -> tuple[str, str, str]:
    return violation.location.pointer, violation.keyword, violation.message


def is_never_written(finding: Finding) -> bool:
    """Whether a finding may be one that is listed but never fixed, such as a redirect that is not followed."""
    is_refused = "final_url" in finding.facts and judge.RULES[finding.code].refusal is not None
    return finding.fix is None and (is_refused or "not_fixed" in finding.facts)


def _never_written(evidence: Evidence, findings: list[Finding]) -> Iterator[Refusal]:
    """Corrections that are listed but never written: of a value that an alias shares, and some permanent redirects.

    These redirects lead to an unintended page, such as a login page or a placeholder image, or to a page that declares the
    old URL as canonical.
    """
    shared = {each.pointer: each for each in uncorrected(evidence.article, findings, judge.RULES)}
    yield from (Refusal(each, each.fix.reason) for each in shared.values())
    results = {result.link.location.pointer: result for result in evidence.results}
    for finding in findings:
        pointer = finding.location.pointer
        result = results.get(pointer)
        if pointer in shared or not is_never_written(finding) or result is None or result.outcome is None:
            continue
        move = move_of(result.outcome)
        if move is not None and pointer in evidence.article.places:
            by_verdict = judge.RULES[finding.code].refusal is RefusalReason.VERDICT
            fix = unsafe(result.verdict.reason if by_verdict else finding.message)
            refused = correction(evidence.article, finding.code, CorrectionKind.REDIRECT, pointer, move.url, fix=fix)
            yield Refusal(refused, fix.reason)


def _read(source: Source, raw: bytes) -> Article:
    return parse(_with_head(source, raw))


def _with_head(source: Source, head: bytes) -> Source:
    return replace(source, head=head, size=source.size + len(head) - len(source.head))
