"""Which findings are open, accepted, unchanged or ignored, and how severe each is."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain

from msgspec.structs import replace

from linkcheck.model import FILE_START, SEVERITIES, Article, Basis, Evidence, Finding, Location, Severity, Status
from linkcheck.triage.baseline import Baseline, BaselineEntry, Update, by_fingerprint, entry_of
from linkcheck.triage.causes import Targets, with_cause, with_cause_in_run
from linkcheck.triage.coverage import Coverage
from linkcheck.triage.former_findings import FormerFindings
from linkcheck.triage.ignore_comments import UNUSED_IGNORE, Ignores, is_silenced, misspelled
from linkcheck.triage.moved_entries import MovedEntries, value_of
from linkcheck.triage.options import FailureStreak, TriageOptions
from linkcheck.triage.selection import fits, is_selected, refuse_unknown, severity_of
from linkcheck.triage.settle_fix import settled_fix
from linkcheck.triage.strikes import escalate

BASELINE_EXPIRED = "LC007"
BASELINE_FIXED = "LC008"

_ACCEPTABLE = (Severity.ERROR, Severity.WARNING)
_UNTOUCHED = "not touched by this change"


class Triage:
    """Assigns severity and status to the findings of a run, article by article. Tracks which baseline entries were seen."""

    def __init__(
        self,
        options: TriageOptions,
        *,
        baseline: Baseline | None = None,
        strikes: Callable[[str], FailureStreak | None] | None = None,
        host_strikes: Callable[[str], FailureStreak | None] | None = None,
        former: TriageOptions | None = None,
        exists: Callable[[str], bool] = lambda _: True,
    ) -> None:
        """`strikes` maps the URL of a target to its failed runs, `host_strikes` a host. `former` are the options before the
        change under check, if there is one. `exists` says whether there is a file with a path of the baseline.

        Raises UsageError for a selector that matches no rule.
        """
        self._options = options
        self._baseline = baseline
        self._strikes = strikes
        self._host_strikes = host_strikes
        self._former = former
        self._entries = by_fingerprint(baseline.entries if baseline is not None else ())
        self._by_path: dict[str, list[BaselineEntry]] = {}
        for entry in self._entries.values():
            self._by_path.setdefault(entry.path, []).append(entry)
        self._moved = MovedEntries(self._entries.values(), exists)
        self._present: frozenset[str] = frozenset()
        """The fingerprints of all findings of the article."""
        self._met: set[str] = set()
        self._seen: set[str] = set()
        self._unsettled: set[str] = set()
        self._accepted: dict[str, BaselineEntry] = {}
        selectors = (*options.select, *options.ignore, *(selector for selector, _ in options.severities))
        if selectors and options.rules:
            refuse_unknown(selectors, options.rules)

    def concerns(self, article: Article) -> bool:
        """Whether an article is triaged even if nothing is found in it: for its comments, or the entries of a baseline."""
        return self._baseline is not None or bool(article.ignores or article.misspelled_ignores)

    def article(
        self, evidence: Evidence, findings: Iterable[Finding], *, redundant: Iterable[Finding] = ()
    ) -> Iterator[Finding]:
        """The selected findings of an article, with severity and status, and findings for its unused ignore comments.

        `redundant` are findings that others make redundant: not reported, but not fixed either, so comments and
        baseline entries for them count as used.
        """
        ignores, former, scope = Ignores(evidence.article.ignores), FormerFindings(evidence), None
        targets = Targets(evidence)
        if self._baseline is not None:
            findings, redundant = tuple(findings), tuple(redundant)
            self._present = frozenset(each.fingerprint for each in (*findings, *redundant))
        for finding in redundant:
            ignores.silencing(finding, is_redundant=True)
            self._keep(finding, evidence.article)
        for finding in findings:
            rule, scope = self._options.rule(finding.code), scope or Coverage(evidence)
            streak = None
            if self._strikes is not None and rule.escalation is not None:
                result = scope.result(finding.location.pointer)
                streak = self._strikes(result.target.url) if result is not None else None
            sorted_out = self._weighed(finding, streak)
            if sorted_out is not None:
                if finding.url is None:
                    is_untouched = former.take(sorted_out, rule.basis)
                else:
                    is_untouched = scope.is_untouched(finding, rule.about) and self._was_as_severe(finding)
                placed = self._placed(sorted_out, ignores, evidence.article, is_untouched=is_untouched)
                yield with_cause(settled_fix(placed, rule), rule, targets)
        path = evidence.article.path
        if path in self._by_path:
            self._note_unsettled(path, scope or Coverage(evidence))
        rules = self._options.rules
        idle: Iterator[Finding] = iter(())
        if evidence.article.misspelled_ignores:
            idle = misspelled(evidence, rules[UNUSED_IGNORE])
        if evidence.article.ignores and not self._is_narrowed():
            idle = chain(ignores.unused(evidence, scope or Coverage(evidence), rules), idle)
        for finding in idle:
            weighed = self._weighed(finding, None)
            if weighed is not None:
                is_unchanged = former.take(weighed, self.basis(weighed.code))
                unchanged = self._unchanged(weighed, evidence.article) if is_unchanged else None
                placed = unchanged or self._apply_baseline(weighed, evidence.article)
                yield with_cause(placed, rules[weighed.code], targets)

    def open_alone(self, evidence: Evidence, redundant: Iterable[Finding]) -> Iterator[Finding]:
        """The redundant findings of an article that would be open without those that make them redundant."""
        scope = None
        for finding in redundant:
            rule, weighed = self._options.rule(finding.code), self._weighed(finding, None)
            is_kept = is_silenced(evidence.article.ignores, finding.location.span.line, rule.code, rule.name)
            if weighed is None or is_kept or finding.fingerprint in self._met:
                continue
            scope = scope or Coverage(evidence)
            if not scope.is_untouched(finding, rule.about):
                yield settled_fix(weighed, rule)

    def run(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The selected findings about the run as a whole, with severity and status. Comments do not ignore them."""
        for finding in findings:
            rule, host, streak = self._options.rule(finding.code), finding.facts.get("host"), None
            if self._host_strikes is not None and rule.escalation is not None and isinstance(host, str):
                streak = self._host_strikes(host)
            weighed = self._weighed(finding, streak)
            if weighed is None:
                continue
            weighed = with_cause_in_run(weighed)
            if weighed.facts.get("untouched") and self._was_as_severe(finding):
                yield self._unchanged(weighed)
            else:
                yield settled_fix(self._apply_baseline(weighed), rule)

    def finish(self, *, whole: bool) -> Iterator[Finding]:
        """The findings about the baseline, after all others. `whole` means that the run checked the whole archive."""
        if self._baseline is None:
            return
        for entry in self._entries.values():
            if entry.fingerprint in self._met:
                if self._is_expired(entry):
                    message = f"{_what(entry)} was accepted until {entry.until}{_because(entry)}"
                    yield from self._of_baseline(BASELINE_EXPIRED, entry, message, "Fix it, or give the entry a later date.")
            elif self._is_fixed(entry, whole=whole):
                hint = "Run once with --update-baseline, which removes the entry."
                yield from self._of_baseline(BASELINE_FIXED, entry, f"{_what(entry)} is fixed", hint)

    def updated(self, *, whole: bool) -> Update:
        """The baseline that accepts this run's findings, and keeps entries that the run could not check."""
        kept = {
            fingerprint: entry
            for fingerprint, entry in self._entries.items()
            if fingerprint not in self._met and not self._is_fixed(entry, whole=whole)
        }
        path = self._baseline.path if self._baseline is not None else ""
        now = kept | self._accepted
        return Update(
            Baseline(path, tuple(now.values())),
            accepted=len(now.keys() - self._entries.keys()),
            removed=len(self._entries.keys() - now.keys()),
        )

    def severity(self, finding: Finding) -> Severity | None:
        """The severity of a finding for the user; None if it is not reported. Failed runs are not counted."""
        weighed = self._weighed(finding, None)
        return None if weighed is None else weighed.severity

    def is_wanted(self, code: str) -> bool:
        """Whether the findings of a rule are reported at all."""
        if not self._is_narrowed():
            return True
        name = self._options.rule(code).name
        off = any(severity is None and fits(selector, code, name) for selector, severity in self._options.severities)
        return not off and is_selected(self._options, code, name)

    def basis(self, code: str) -> Basis:
        """What must be checked to conclude that a rule no longer finds anything."""
        return self._options.rule(code).basis

    def _weighed(self, finding: Finding, streak: FailureStreak | None) -> Finding | None:
        if not is_selected(self._options, finding.code, finding.name):
            return None
        finding = escalate(finding, streak, self._options)
        severity = severity_of(self._options, finding)
        if severity is None:
            return None
        return finding if severity is finding.severity else replace(finding, severity=severity)

    def _was_as_severe(self, finding: Finding) -> bool:
        """Whether the settings before the change under check gave a finding at least its present severity."""
        if self._former is None or self._former == self._options:
            return True
        severity, before = severity_of(self._options, finding), severity_of(self._former, finding)
        if before is None or not is_selected(self._former, finding.code, finding.name):
            return False
        return severity is None or SEVERITIES.index(before) <= SEVERITIES.index(severity)

    def _placed(self, finding: Finding, ignores: Ignores, article: Article, *, is_untouched: bool) -> Finding:
        comment = ignores.silencing(finding)
        if comment is not None:
            self._entry(finding, article)
            return replace(finding, status=Status.IGNORED, reason=comment.reason or "ignored in the article")
        return self._unchanged(finding, article) if is_untouched else self._apply_baseline(finding, article)

    def _unchanged(self, finding: Finding, article: Article | None = None) -> Finding:
        self._keep(finding, article)
        return replace(finding, status=Status.UNCHANGED, reason=_UNTOUCHED)

    def _apply_baseline(self, finding: Finding, article: Article | None = None) -> Finding:
        if self._baseline is None:
            return finding
        entry, value = self._entry(finding, article)
        if finding.severity in _ACCEPTABLE and self._options.rule(finding.code).acceptable:
            expired = entry is not None and self._is_expired(entry)
            new = entry_of(finding, added=self._options.today[:10], value=value, before=entry, expired=expired)
            self._accepted[new.fingerprint] = new
        if entry is None or self._is_expired(entry):
            return finding
        return replace(finding, status=Status.ACCEPTED, reason=entry.reason or f"in the baseline since {entry.added}")

    def _entry(self, finding: Finding, article: Article | None) -> tuple[BaselineEntry | None, str | None]:
        """The entry for a finding, also that of another place, which is then met; and its value."""
        value = None if article is None else value_of(finding, article)
        entry = self._entries.get(finding.fingerprint) or self._moved.take(finding, value, self._present)
        if entry is not None:
            self._met.add(entry.fingerprint)
        return entry, value

    def _keep(self, finding: Finding, article: Article | None) -> None:
        """Keep the entry for a finding that is not open for another reason."""
        if self._baseline is None:
            return
        entry, value = self._entry(finding, article)
        if entry is not None:
            new = entry_of(finding, added=entry.added, value=value, before=entry)
            self._accepted.setdefault(new.fingerprint, new)

    def _note_unsettled(self, path: str, scope: Coverage) -> None:
        self._seen.add(path)
        for entry in self._by_path[path]:
            if not scope.is_settled(self.basis(entry.rule), entry.pointer, url=entry.url):
                self._unsettled.add(entry.fingerprint)

    def _is_fixed(self, entry: BaselineEntry, *, whole: bool) -> bool:
        """Whether this run would have found an accepted finding if it still existed."""
        if entry.fingerprint in self._unsettled or not self.is_wanted(entry.rule):
            return False
        return whole or (entry.subject is None and entry.path in self._seen)

    def _is_narrowed(self) -> bool:
        """Whether some rules are not selected, so that a comment may be for one of those."""
        options = self._options
        return bool(options.select or options.ignore or any(severity is None for _, severity in options.severities))

    def _is_expired(self, entry: BaselineEntry) -> bool:
        return entry.until is not None and bool(self._options.today) and self._options.today[:10] > entry.until

    def _of_baseline(self, code: str, entry: BaselineEntry, message: str, hint: str) -> Iterator[Finding]:
        rule = self._options.rules[code]
        place = Location(self._baseline.path if self._baseline is not None else "", FILE_START, f"/{entry.fingerprint}")
        facts: Mapping[str, str] = {"rule": entry.rule, "path": entry.path, "pointer": entry.pointer}
        finding = Finding(rule.code, rule.name, rule.severity, place, message, url=entry.url, hint=hint, facts={**facts})
        weighed = self._weighed(finding, None)
        if weighed is not None:
            yield with_cause_in_run(weighed)


def _what(entry: BaselineEntry) -> str:
    return f"{entry.rule} at {entry.path} {entry.pointer}".rstrip()


def _because(entry: BaselineEntry) -> str:
    return f": {entry.reason}" if entry.reason else ""
