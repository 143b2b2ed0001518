"""Which findings another one makes redundant: one cause, one finding.

Rules find issues independently of each other. This module decides what is reported: a finding is left out if a more
severe one at the same location has the same cause or the same fix. This means:

- Comments, baselines and the change under check come later, so an accepted finding does not restore the weaker ones.
- A rule that the user has turned off makes nothing redundant.
- A finding never replaces a more severe one, by the severities that the user configured.
- A finding about a canonical URL is not repeated for the original URL if that is a variant for the same page.
- A finding that existed before the change under check does not replace one that the change added.

Of an AMP page and its copies, the states of which explain each other, `amp_findings` then keeps one finding.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum, auto
from importlib import import_module

from msgspec import Struct
from msgspec.structs import replace

from linkcheck.judge.registry import RULES
from linkcheck.model import SEVERITIES, Basis, Evidence, Finding, Link, Role, RuleMetadata, Severity
from linkcheck.urls import mask, page_key


class At(Enum):
    """How close two findings must be."""

    VALUE = auto()
    """At the same value of the front matter."""
    LINK = auto()
    """About the same link: its URL, or a property that makes a claim of it, such as the width of an image."""
    PARTNER = auto()
    """The weaker one about a copy (an AMP page, or one on an AMP cache), the stronger one about the page that was
    copied.
    """
    OWNER = auto()
    """In the same object: the article, or the same entry of a list, such as a related article."""
    ARTICLE = auto()
    """In the same file."""


class Redundant(Struct, frozen=True):
    """A finding with a `stronger` code replaces those with a `weaker` code at the same location.

    `when` is a fact that the stronger finding must have, `given` one that the weaker one must have. `adds` is a clause
    that is added to the stronger one's message, with facts of the weaker one in braces. `fixes` means that the weaker
    one's fix corrects both and is moved to the stronger one.
    """

    stronger: tuple[str, ...]
    weaker: tuple[str, ...]
    at: At = At.LINK
    when: str | None = None
    given: str | None = None
    adds: str | None = None
    fixes: bool = False


_GONE = ("LC201", "LC204", "LC205", "LC208", "LC209", "LC211", "LC216", "LC226", "LC227", "LC228", "LC229", "LC230")
"""The page or image does not exist: the URL must be replaced, whatever else is wrong with it."""
_NO_ANSWER = (
    *("LC204", "LC205", "LC208", "LC209", "LC210", "LC212", "LC213", "LC216", "LC217", "LC218", "LC219", "LC220"),
    *("LC223", "LC226", "LC227", "LC228", "LC230"),
)
"""Consequences of a wrong AMP-cache address."""
_NO_IMAGE = (*_GONE, "LC401", "LC402", "LC415")
_MOVED = ("LC301", "LC202")
_OF_ENTRY = (*_MOVED, "LC203", "LC207", "LC302", "LC303", "LC305", "LC306", "LC317", "LC318", "LC320", "LC322", "LC116")

TABLE = (
    # Front matter that cannot be read correctly.
    Redundant(("LC102", "LC104", "LC105", "LC106", "LC109"), ("LC110", "LC111", "LC112"), At.ARTICLE),
    # A value that violates the schema: its meaning is a guess.
    Redundant(("LC108", "LC114", "LC118"), ("LC110",), At.VALUE),
    Redundant(("LC110",), ("LC114",), At.VALUE),  # browsers accept it, and the schema does not
    Redundant(("LC110", "LC112", "LC114"), ("LC116", "LC120", "LC211", "LC316", "LC407"), At.VALUE),
    Redundant(_GONE, ("LC114",)),
    Redundant(("LC114",), ("LC122",), given="stray"),
    Redundant(("LC110", "LC112", "LC507"), ("LC504",), At.VALUE),
    Redundant(("LC110",), ("LC508",), At.VALUE),
    Redundant(("LC120",), ("LC318",), At.OWNER, when="date", adds="the page was published on {published:.10}"),
    Redundant(("LC120",), ("LC315",), At.OWNER, when="mark"),  # hidden on purpose, like the article
    # A URL that is to be replaced as a whole: its parts need no correction.
    Redundant(_GONE, ("LC122",), given="stray", adds="the URL ends with `{stray}`, which is probably not part of it"),
    Redundant(_GONE, ("LC122",), given="host", adds="{host} is a staging or preview host"),
    Redundant((*_GONE, "LC213"), ("LC121",), given="expired", adds="the signed URL expired on {expired}"),
    Redundant((*_MOVED, "LC302"), ("LC122",), given="host", adds="{host} is a staging or preview host"),
    Redundant(_GONE, ("LC116", "LC121", "LC206", "LC207", "LC224", "LC225", "LC316", "LC320")),
    Redundant(("LC121", "LC122", "LC320"), ("LC116",)),
    Redundant(("LC121",), ("LC212", "LC223", "LC401", "LC402"), when="expired"),
    Redundant(("LC115",), ("LC121",), given="expired", adds="the signed URL expired on {expired}"),
    Redundant(("LC115",), ("LC122",), given="parameter", adds="its parameter `{parameter}` is a secret, too"),
    Redundant(("LC115",), ("LC121", "LC122")),
    Redundant(("LC121",), ("LC122",)),
    Redundant(
        ("LC122",), ("LC203", "LC303"), when="parameter", given="expected", adds="it redirects to {expected}", fixes=True
    ),
    # The page of an article, most severe first: it has moved, it declares another one, it looks like another one.
    Redundant(_MOVED, ("LC302", "LC303", "LC206", "LC207", "LC224", "LC225", "LC322", "LC320", "LC316")),
    Redundant(_MOVED, ("LC501",), given="by_redirect", adds="so has the one of {places[0]}"),
    Redundant(("LC301",), ("LC317",)),  # its message contains the title
    Redundant(("LC202", "LC302"), ("LC317",), adds="the page's title is {title!r}, unlike the article's"),
    Redundant(_MOVED, ("LC318",), adds="the page was published on {published:.10}"),
    Redundant(("LC320",), ("LC302", "LC305", "LC206", "LC207", "LC317", "LC318", "LC322"), when="copy"),
    Redundant(("LC303",), ("LC203",), when="expected"),
    Redundant(("LC203",), ("LC225",)),
    Redundant(("LC302", "LC303"), ("LC116",)),
    Redundant(("LC302",), ("LC306", "LC315", "LC316", "LC318", "LC322")),
    Redundant(("LC302", "LC304"), ("LC310",), At.PARTNER),
    Redundant(("LC304",), ("LC306", "LC322")),
    Redundant(("LC317",), ("LC207",), adds="it is redirected to {final_url}"),
    Redundant(("LC317",), ("LC302", "LC303", "LC305", "LC306", "LC318", "LC322")),
    Redundant(("LC302",), ("LC207",), adds="the URL is redirected to {final_url}"),
    Redundant(("LC206",), ("LC207",)),
    Redundant(("LC206", "LC207"), ("LC303", "LC305", "LC306", "LC318", "LC322")),
    # A copy in an archive that is another page's: its URL is to be replaced.
    Redundant(_GONE, ("LC323",)),
    Redundant(("LC323",), ("LC202", "LC203", "LC206", "LC207", "LC224", "LC225", "LC116")),
    # Duplicate articles.
    Redundant(("LC507",), ("LC501",), At.VALUE),
    Redundant(("LC501",), ("LC504",), At.OWNER),
    Redundant(_GONE, ("LC503",), adds="the related article is this article itself"),
    Redundant(_GONE, ("LC506",), adds="it is listed twice"),
    Redundant(("LC503",), ("LC506",), At.OWNER),
    Redundant(("LC503", "LC506"), _OF_ENTRY, At.OWNER),
    # AMP pages and their copies.
    Redundant(("LC307",), ("LC309", "LC310")),
    Redundant(("LC309",), ("LC206", "LC207", "LC224")),
    Redundant(("LC311", "LC312"), (*_NO_ANSWER, "LC206", "LC313", "LC314")),
    Redundant(("LC313", "LC314"), ("LC319",)),
    # An image that is not one, or not the intended one: its size and type are another's.
    Redundant(_NO_IMAGE, ("LC406", "LC414", "LC502")),
    Redundant(("LC415",), ("LC403", "LC404", "LC405", "LC408", "LC409", "LC410", "LC411", "LC413", "LC206", "LC207")),
    Redundant(("LC410",), ("LC414",)),
    Redundant(("LC411",), ("LC408", "LC409")),
    Redundant(("LC408",), ("LC409",)),
    Redundant(("LC412",), ("LC405", "LC413")),
)
"""The first row that fits decides where the addition of a redundant finding is reported, and which stays of findings that
replace each other."""


_OF_RUN = {"down_host": "host_down", "missing_root": "wrong_site_root", "missing_folder": "missing_folder"}
"""Facts of findings that a rule about the whole run reports once, and its module."""
_AT_ORIGINAL = {"LC202": "LC301"}
"""Rules that have another name at a canonical URL."""


def hidden_by(code: str) -> str:
    """Which rules replace a rule's findings, in one sentence; empty if none does."""
    stronger_ones = sorted({stronger for row in TABLE if code in row.weaker for stronger in row.stronger})
    return f"Not reported when another rule reports the same cause: {', '.join(stronger_ones)}." if stronger_ones else ""


class ReportedFinding(Struct, frozen=True):
    """The findings of an article that are reported, and those that these make redundant.

    `repeated` are the redundant ones that report the same about the same page at another key, so that their fixes are
    needed, too.
    """

    findings: tuple[Finding, ...]
    redundant: tuple[Finding, ...] = ()
    repeated: tuple[Finding, ...] = ()


Weigh = Callable[[Finding], Severity | None]
"""The severity of a finding for the user; None if it is not reported."""


def without_redundant(findings: tuple[Finding, ...], evidence: Evidence, weigh: Weigh) -> ReportedFinding:
    """The findings of an article, each cause once."""
    if len(findings) < 2:
        return ReportedFinding(findings)
    codes = {finding.code for finding in findings}
    rows = [row for row in TABLE if not codes.isdisjoint(row.stronger) and not codes.isdisjoint(row.weaker)]
    found = _FindingPlace(findings, evidence, weigh)
    repeated = dict(found.repeated())
    causes: dict[int, list[tuple[Redundant, int]]] = {}
    for row in rows:
        for index, stronger in found.pairs(row):
            if not _replaces(index, stronger, causes):  # of findings that replace each other, the first row applies
                causes.setdefault(index, []).append((row, stronger))
    clauses: dict[int, list[str]] = {}
    fixes: dict[int, Finding] = {}
    for index, stronger in repeated.items():
        if index not in causes and stronger not in causes:
            clauses.setdefault(stronger, []).append(found.clause_about(index, stronger))
    for index, pairs in causes.items():
        extended = next(((row.adds, stronger) for row, stronger in pairs if row.adds and stronger not in causes), None)
        if extended is not None:
            clauses.setdefault(extended[1], []).append(mask(extended[0].format(**findings[index].facts)))
        for row, stronger in pairs:
            if row.fixes:
                fixes.setdefault(stronger, findings[index])
    hidden = causes.keys() | repeated.keys()
    return ReportedFinding(
        tuple(
            _joined(each, clauses.get(index, []), fixes.get(index))
            for index, each in enumerate(findings)
            if index not in hidden
        ),
        tuple(each for index, each in enumerate(findings) if index in hidden),
        tuple(each for index, each in enumerate(findings) if index in repeated and index not in causes),
    )


def _replaces(index: int, other: int, causes: Mapping[int, Iterable[tuple[Redundant, int]]]) -> bool:
    """Whether a finding replaces another one, directly or because it replaces one that does."""
    replacing, waiting = {other}, [other]
    while waiting:
        found = {stronger for _, stronger in causes.get(waiting.pop(), ())} - replacing
        replacing |= found
        waiting += found
    return index in replacing


def _subject(link: Link, code: str) -> str:
    """What a finding about a link is about: the page, or the text of its URL if no response was needed to see the issue."""
    return link.url if RULES[code].basis is Basis.TEXT else page_key(link.url) or link.url


def run_findings(findings: Iterable[Finding], weigh: Weigh) -> tuple[Finding, ...]:
    """The findings that one finding of the run replaces: about a host that failed as a whole, or files in one folder."""
    theirs = [(each, rule) for each in findings for fact, rule in _OF_RUN.items() if _has(each, fact)]
    return tuple(each for each, rule in theirs if _is_replaced(each, rule, weigh))


def _is_replaced(finding: Finding, rule: str, weigh: Weigh) -> bool:
    # Looked up by its code, it would load every rule.
    meta: RuleMetadata = import_module(f"linkcheck.judge.rules.{rule}").META
    whole = weigh(Finding(meta.code, meta.name, meta.severity, finding.location, ""))
    return whole is not None and not is_more_severe(weigh(finding), whole)


def without(findings: Iterable[Finding], others: Iterable[Finding]) -> tuple[Finding, ...]:
    hidden = set(map(id, others))
    return tuple(each for each in findings if id(each) not in hidden)


def is_more_severe(severity: Severity | None, other: Severity) -> bool:
    return severity is not None and SEVERITIES.index(severity) < SEVERITIES.index(other)


def _has(finding: Finding, fact: str | None) -> bool:
    return fact is None or finding.facts.get(fact) is not None


def _joined(finding: Finding, clauses: list[str], fixed_by: Finding | None) -> Finding:
    if fixed_by is not None:
        facts = {**finding.facts, "expected": fixed_by.facts["expected"]}
        finding = replace(finding, fix=fixed_by.fix, facts=facts)
    return replace(finding, message="; ".join((finding.message, *clauses))) if clauses else finding


class _FindingPlace:
    """The findings of an article by their places. An article may have a hundred thousand, so none is compared with all."""

    def __init__(self, findings: tuple[Finding, ...], evidence: Evidence, weigh: Weigh) -> None:
        self._findings = findings
        self._changed = evidence.changed
        self._links: dict[str, Link] = {}
        for link in (result.link for result in evidence.results):
            wants = link.wants
            claims = [claim.location for claim in (wants.width, wants.height, wants.domain) if claim is not None]
            for location in (link.location, *claims):
                self._links.setdefault(location.pointer, link)
        severities = map(weigh, findings)
        self._weights = [None if severity is None else SEVERITIES.index(severity) for severity in severities]

    def pairs(self, row: Redundant) -> Iterator[tuple[int, int]]:
        """Findings that a row makes redundant, each with the stronger one, both by index."""
        stronger_ones: dict[tuple[str, str], list[int]] = {}
        for index, finding in enumerate(self._findings):
            if finding.code in row.stronger and _has(finding, row.when):
                stronger_ones.setdefault(self._place(row.at, finding), []).append(index)
        for index, finding in enumerate(self._findings):
            if finding.code in row.weaker and _has(finding, row.given):
                place = self._place(row.at, finding, of_copy=True)
                stronger = next((each for each in stronger_ones.get(place, ()) if self._outweighs(each, index)), None)
                if stronger is not None:
                    yield index, stronger

    def repeated(self) -> Iterator[tuple[int, int]]:
        """Findings about an original URL of the canonical one's page, with the same finding there, both by index."""
        canonical: dict[tuple[str, str, str], int] = {}
        for index, finding in enumerate(self._findings):
            link = self._links.get(finding.location.pointer)
            if link is not None and link.role is Role.CANONICAL:
                canonical.setdefault((link.owner, _subject(link, finding.code), finding.code), index)
        for index, finding in enumerate(self._findings):
            link = self._links.get(finding.location.pointer)
            if link is not None and link.role is Role.ORIGINAL:
                code = _AT_ORIGINAL.get(finding.code, finding.code)
                same = canonical.get((link.owner, _subject(link, code), code))
                if same is not None and self._outweighs(same, index):
                    yield index, same

    def clause_about(self, repeated: int, stronger: int) -> str:
        """The clause about the original URL in the message about the canonical one."""
        ours, theirs = (self._links[self._findings[index].location.pointer] for index in (stronger, repeated))
        how = "is the same URL" if ours.url == theirs.url else f"is the same page, {theirs.url}"
        return mask(f"`{theirs.location.pointer.rpartition('/')[2]}` {how}")

    def _outweighs(self, stronger: int, weaker: int) -> bool:
        strong, weak = self._weights[stronger], self._weights[weaker]
        if strong is None or weak is None or strong > weak:
            return False
        return self._is_brought(stronger) or not self._is_brought(weaker)

    def _is_brought(self, index: int) -> bool:
        """Whether the change under check brought what a finding is about; all of it where there is no change."""
        finding = self._findings[index]
        link = self._links.get(finding.location.pointer)
        if self._changed is None or link is None:
            return True
        about = (link.location.pointer, finding.location.pointer, finding.facts.get("compared_with"))
        return any(each in self._changed for each in about)

    def _place(self, at: At, finding: Finding, *, of_copy: bool = False) -> tuple[str, str]:
        """Where a finding is, as far as it matters; of a copy, where the page is."""
        pointer = finding.location.pointer
        link = self._links.get(pointer)
        match at:
            case At.VALUE:
                return pointer, ""
            case At.LINK:
                return pointer if link is None else link.location.pointer, ""
            case At.OWNER:
                return pointer.rpartition("/")[0] if link is None else link.owner, ""
            case At.ARTICLE:
                return "", ""
            case At.PARTNER if link is None:
                return pointer, ""
            case At.PARTNER:
                return link.owner, (link.wants.of or "") if of_copy else link.url
