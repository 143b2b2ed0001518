"""An AMP page and its copies: one finding of what is wrong with them, and hosts that have abandoned AMP."""

from typing import Any

import pytest

from linkcheck.judge import RULES, JudgeOptions, ReportedFinding
from linkcheck.judge.dropped_amp import AmpSurvey, DroppedTally, issues_of, removals
from linkcheck.judge.merge_amp import one_of_each_pair
from linkcheck.judge.options import AmpCount
from linkcheck.judge.run_facts import MOST_PLACES
from linkcheck.model import Evidence, Finding, FixKind, LinkResult, PageFacts, Role, Severity, Span, ValuePlace

SITE = "https://a.example"
PAGE, AMP = f"{SITE}/bridge", f"{SITE}/bridge/amp"
CACHE = "https://a-example.cdn.ampproject.org/c/s/a.example/bridge/amp"
NAMES = {rule.name: code for code, rule in RULES.items()}
WARNING, ERROR, INFO = Severity.WARNING, Severity.ERROR, Severity.INFO
IS_AMP = PageFacts(is_amp=True)


def amp(build: Any, status: int = 200, **more: Any) -> LinkResult:
    more.setdefault("page", IS_AMP)
    found: LinkResult = build.answer(Role.AMP, more.pop("url", AMP), status, wants={"of": PAGE}, **more)
    return found


def copy(build: Any, status: int = 200, **more: Any) -> LinkResult:
    more.setdefault("page", IS_AMP)
    wants = {"of": more.pop("of", AMP)}
    found: LinkResult = build.answer(Role.AMP_CACHE, more.pop("url", CACHE), status, wants=wants, **more)
    return found


def regular(build: Any, status: int = 200, **more: Any) -> LinkResult:
    more.setdefault("page", PageFacts(canonicals=(PAGE,)))
    found: LinkResult = build.answer(url=PAGE, status=status, **more)
    return found


def finding(name: str, result: LinkResult, severity: Severity = WARNING) -> Finding:
    return Finding(NAMES[name], name, severity, result.link.location, "is wrong")


def kept(evidence: Evidence, *findings: Finding, options: JudgeOptions | None = None, off: str = "") -> list[str]:
    """The names of the findings that stay, each with the key it is at."""
    reported = one_of_each_pair(
        ReportedFinding(findings),
        evidence,
        options or JudgeOptions(),
        lambda each: None if each.name == off else each.severity,
    )
    assert len(reported.findings) + len(reported.redundant) == len(findings)
    return [f"{each.name} {each.location.pointer[1:]}" for each in reported.findings]


def test_of_a_pair_the_most_severe_finding_stays_and_of_equal_ones_the_first_in_order(build: Any) -> None:
    page, cache = amp(build), copy(build)
    evidence = build.evidence(page, cache)
    both = finding("blocked", page), finding("soft-404", cache)
    assert kept(evidence, *both) == ["soft-404 cdnAmpWebUrl"]
    assert kept(evidence, finding("blocked", page, ERROR), both[1]) == ["blocked ampWebUrl"]
    same = finding("soft-404", cache), finding("soft-404", page)
    assert kept(evidence, *same) == ["soft-404 ampWebUrl"]
    assert kept(evidence, *both, off="soft-404") == ["blocked ampWebUrl", "soft-404 cdnAmpWebUrl"]


def test_other_findings_and_those_of_other_pairs_stay(build: Any) -> None:
    page, cache = amp(build), copy(build)
    other = amp(build, pointer="/related/0/ampWebUrl")
    alone = copy(build, of=f"{SITE}/x", pointer="/related/1/cdnAmpWebUrl")
    evidence = build.evidence(page, cache, other, alone, regular(build))
    findings = [finding("soft-404", each) for each in (page, cache, other, alone)]
    findings += [finding("blocked", each) for each in (other, alone)]
    findings += [finding("title-mismatch", page), finding("soft-404", regular(build)), finding("blocked", regular(build))]
    assert kept(evidence, *findings) == [
        "soft-404 ampWebUrl",
        "soft-404 related/0/ampWebUrl",
        "soft-404 related/1/cdnAmpWebUrl",
        "title-mismatch ampWebUrl",
        "soft-404 webUrl",
        "blocked webUrl",
    ]


def test_a_page_in_trouble_explains_its_copies_and_the_regular_page_both(build: Any) -> None:
    page, cache = amp(build, 404), copy(build, 404)
    findings = finding("dead", page), finding("amp-cache-dead", cache, ERROR)
    assert kept(build.evidence(page, cache), *findings) == ["dead ampWebUrl"]
    assert kept(build.evidence(regular(build, 404), page, cache), *findings) == []
    changed = frozenset(("/cdnAmpWebUrl",))
    assert kept(build.evidence(page, cache, changed=changed), *findings) == ["amp-cache-dead cdnAmpWebUrl"]
    for changed in (frozenset(("/cdnAmpWebUrl", "/ampWebUrl")), frozenset[str](), frozenset(("/ampWebUrl",))):
        assert kept(build.evidence(page, cache, changed=changed), *findings) == ["dead ampWebUrl"]
    changed = frozenset(("/cdnAmpWebUrl", "/ampWebUrl"))
    assert kept(build.evidence(page, cache, changed=changed), *findings) == ["dead ampWebUrl"]
    assert kept(build.evidence(regular(build, 404), page, changed=frozenset(("/ampWebUrl",))), findings[0]) == [
        "dead ampWebUrl"
    ]


@pytest.mark.parametrize("status", [200, 404])
def test_a_page_that_is_lost_hides_the_address_of_its_copy(build: Any, status: int) -> None:
    page, cache = amp(build, status), copy(build)
    address = finding("amp-cache-address", cache, ERROR)
    lost = ["dead ampWebUrl"] if status == 404 else ["dead ampWebUrl", "amp-cache-address cdnAmpWebUrl"]
    assert kept(build.evidence(page, cache), finding("dead", page), address) == lost
    assert kept(build.evidence(page, cache), address) == ["amp-cache-address cdnAmpWebUrl"]
    changed = build.evidence(page, cache, changed=frozenset(("/cdnAmpWebUrl",)))
    assert kept(changed, finding("dead", page), address) == ["dead ampWebUrl", "amp-cache-address cdnAmpWebUrl"]


def test_the_finding_about_a_host_without_amp_replaces_those_of_its_pages(build: Any) -> None:
    page, cache = amp(build, 404), copy(build, 404)
    elsewhere = amp(build, 404, url="https://b.example/amp", pointer="/related/0/ampWebUrl")
    evidence = build.evidence(page, cache, elsewhere)
    options = JudgeOptions(dropped_amp={"a.example": AmpCount(3, 3)})
    findings = (
        finding("dead", page),
        finding("amp-cache-address", cache, ERROR),
        finding("title-mismatch", page),
        finding("dead", elsewhere),
    )
    assert kept(evidence, *findings, options=options) == ["title-mismatch ampWebUrl", "dead related/0/ampWebUrl"]
    severe = finding("dead", page, ERROR)
    assert kept(evidence, severe, options=options) == ["dead ampWebUrl"]
    assert kept(evidence, finding("dead", page), options=options, off="amp-dropped") == ["dead ampWebUrl"]
    works = amp(build)
    assert kept(build.evidence(works), finding("soft-404", works), options=options) == ["soft-404 ampWebUrl"]


# Hosts that have abandoned AMP


def surveyed(*evidence: Evidence) -> dict[str, AmpCount]:
    survey = AmpSurvey()
    for each in evidence:
        survey.add(each, JudgeOptions(now="2026-11-22T12:00:00Z"))
    return survey.hosts()


@pytest.mark.parametrize(
    ("page", "beside", "state"),
    [
        pytest.param(lambda b: amp(b, 404), regular, "gone", id="not found"),
        pytest.param(lambda b: amp(b, 410), regular, "gone", id="gone"),
        pytest.param(amp, regular, "lives", id="AMP"),
        pytest.param(lambda b: amp(b, 403), regular, "unknown", id="refused"),
        pytest.param(lambda b: amp(b, 500), regular, "unknown", id="out of order"),
        pytest.param(lambda b: amp(b, 404), lambda b: regular(b, 404), "unknown", id="the article is gone"),
        pytest.param(
            lambda b: amp(b, 404), lambda b: regular(b, page=PageFacts(amphtml=(f"{SITE}/x",))), "lives", id="elsewhere"
        ),
        pytest.param(lambda b: amp(b, 404), lambda b: regular(b, page=IS_AMP), "lives", id="the page is AMP"),
        pytest.param(
            lambda b: amp(b, 404), lambda b: regular(b, page=PageFacts(amphtml=(AMP,))), "unsure", id="declared still"
        ),
        pytest.param(lambda b: amp(b, 404), lambda b: regular(b, page=PageFacts()), "unsure", id="perhaps a wall"),
        pytest.param(
            lambda b: amp(b, 404),
            lambda b: regular(b, page=PageFacts(canonicals=(PAGE,), truncated=True)),
            "unsure",
            id="not read to its end",
        ),
        pytest.param(
            lambda b: amp(b, via=(301,), to=(PAGE,), page=PageFacts(canonicals=(PAGE,))), regular, "gone", id="moved"
        ),
        pytest.param(
            lambda b: amp(b, via=(302,), to=(PAGE,), page=PageFacts(canonicals=(PAGE,))), regular, "gone", id="for now"
        ),
        pytest.param(
            lambda b: amp(b, via=(302,), to=(PAGE,), page=PageFacts()), regular, "unknown", id="perhaps a wall too"
        ),
        pytest.param(lambda b: amp(b, page=PageFacts(canonicals=(PAGE,))), regular, "gone", id="a regular page"),
        pytest.param(lambda b: amp(b, page=PageFacts()), regular, "unknown", id="some page"),
        pytest.param(
            lambda b: amp(b, page=PageFacts(canonicals=(PAGE,), has_amp_runtime=True)), regular, "unknown", id="invalid AMP"
        ),
        pytest.param(lambda b: amp(b, page=None), regular, "unknown", id="no page"),
        pytest.param(lambda b: amp(b, 404, url=f"{PAGE}/"), regular, "unknown", id="the page's own URL"),
        pytest.param(
            lambda b: amp(b, via=(302,), to=(f"{SITE}/",), page=PageFacts()), regular, "gone", id="to the home page"
        ),
        pytest.param(
            lambda b: amp(b, via=(302,), to=(f"{SITE}/",), page=PageFacts()),
            lambda b: regular(b, page=PageFacts()),
            "unknown",
            id="to the home page, perhaps a wall",
        ),
        pytest.param(
            lambda b: amp(b, via=(302,), to=(f"{SITE}/",), page=PageFacts()),
            lambda b: regular(b, page=PageFacts(amphtml=(AMP,))),
            "lives",
            id="to the home page, for now",
        ),
    ],
)
def test_what_an_amp_page_says_of_its_host(build: Any, page: Any, beside: Any, state: str) -> None:
    one = build.evidence(beside(build), page(build))
    assert surveyed(one) == ({"a.example": AmpCount(1, 1)} if state == "gone" else {})
    others = [build.evidence(amp(build, 404, url=f"{SITE}/{number}/amp"), regular(build)) for number in range(3)]
    known = {"gone": (4, 4), "unsure": (4, 4), "unknown": (3, 4)}.get(state)
    assert surveyed(one, *others) == ({} if known is None else {"a.example": AmpCount(*known)})


def test_three_pages_are_enough_without_a_regular_one(build: Any) -> None:
    gone = [build.evidence(amp(build, 404, url=f"{SITE}/{number}/amp")) for number in range(3)]
    assert surveyed(*gone[:2]) == {}
    assert surveyed(*gone) == {"a.example": AmpCount(3, 3)}
    assert surveyed(*gone[:2], gone[0]) == {}, "one page is counted once"


def options(gone: int = 3) -> JudgeOptions:
    return JudgeOptions(now="2026-11-22T12:00:00Z", dropped_amp={"a.example": AmpCount(gone, gone)})


@pytest.mark.parametrize(
    ("results", "gone", "kind", "reason"),
    [
        pytest.param(
            (lambda b: amp(b, 404), regular),
            3,
            FixKind.SAFE,
            "3 AMP pages of the host are gone, and the canonical page has no rel=amphtml",
            id="so",
        ),
        pytest.param(
            (lambda b: amp(b, 404, via=(301,), to=("https://b.example/",)), regular),
            3,
            FixKind.UNSAFE,
            "the AMP page redirects to another domain, b.example",
            id="another domain",
        ),
        pytest.param(
            (lambda b: amp(b, 404), lambda b: regular(b, 404)),
            3,
            FixKind.UNSAFE,
            "the article's page is gone as well",
            id="the article is gone",
        ),
        pytest.param(
            (lambda b: amp(b, page=PageFacts()), regular),
            3,
            FixKind.UNSAFE,
            "the AMP URL leads to a page that may be a different one",
            id="some page",
        ),
        pytest.param(
            (lambda b: amp(b, 404), regular),
            1,
            FixKind.UNSAFE,
            "only one AMP page of the host is known to be gone",
            id="one",
        ),
        pytest.param(
            (lambda b: amp(b, 404), regular),
            2,
            FixKind.UNSAFE,
            "only 2 AMP pages of the host are known to be gone",
            id="two",
        ),
        pytest.param(
            (lambda b: amp(b, 404), lambda b: regular(b, page=PageFacts())),
            3,
            FixKind.UNSAFE,
            "it is not known whether the canonical page still has rel=amphtml",
            id="perhaps a wall",
        ),
        pytest.param(
            (lambda b: amp(b, 404), regular, copy), 3, FixKind.UNSAFE, "an AMP cache still has a copy", id="a copy"
        ),
        pytest.param(
            (lambda b: amp(b, via=(302,), to=(PAGE,), page=PageFacts(canonicals=(PAGE,))), regular),
            3,
            FixKind.UNSAFE,
            "the AMP page redirects only temporarily, and may do so for some devices only",
            id="for now",
        ),
    ],
)
def test_the_keys_are_removed_or_not_for_one_reason(
    build: Any, results: tuple[Any, ...], gone: int, kind: FixKind, reason: str
) -> None:
    (removal,) = removals(build.evidence(*(make(build) for make in results)), options(gone))
    assert (removal.fix.kind, removal.fix.reason, removal.host) == (kind, reason, "a.example")


def test_a_copy_without_its_page_is_a_key_of_its_own(build: Any) -> None:
    cache = copy(build, 404, of=None)
    (removal,) = removals(build.evidence(cache), options())
    assert removal.links == (cache.link,)
    assert removal.fix.reason == "the article does not contain the AMP URL of this copy"
    assert list(removals(build.evidence(copy(build, 404, of=f"{SITE}/x")), options())) == []
    assert list(removals(build.evidence(amp(build)), options())) == []
    assert list(removals(build.evidence(cache), JudgeOptions())) == []


def places(*pointers: str, key: bool = True) -> dict[str, ValuePlace]:
    span = Span(6, 10, 6, 40)
    return {pointer: ValuePlace(span, span if key else None) for pointer in pointers}


def test_what_is_told_of_an_article(build: Any) -> None:
    results = amp(build, 404), regular(build), copy(build, 404)
    both = ("/ampWebUrl", "/cdnAmpWebUrl")
    (issue,) = issues_of(build.evidence(*results, places=places(*both)), options())
    assert (issue.message, issue.hint) == (
        "a.example no longer serves AMP pages",
        "Remove `ampWebUrl` and `cdnAmpWebUrl`.",
    )
    assert issue.facts == {"host": "a.example", "remove": both}
    assert issue.fix is not None
    (issue,) = issues_of(build.evidence(*results, places=places("/ampWebUrl")), options())
    assert issue.facts["not_fixed"] == "it is an item of a list, not a key"
    assert issue.fix is None
    (issue,) = issues_of(build.evidence(*results, places=places(*both, key=False)), options())
    assert issue.fix is None


def tally(*evidence: Evidence, is_kept: bool = False, is_required: bool = False) -> Any:
    found = DroppedTally(options(), is_kept=lambda *_: is_kept, is_required=lambda *_: is_required)
    for each in evidence:
        found.add(each)
    return found.dropped()


def test_the_keys_of_all_articles_are_one_finding(build: Any) -> None:
    both = ("/ampWebUrl", "/cdnAmpWebUrl")
    one = build.evidence(amp(build, 404), regular(build), copy(build, 404), places=places(*both))
    entry = amp(build, 404, pointer="/related/0/amp")
    other = build.evidence(
        amp(build, 404), regular(build), entry, places=places("/ampWebUrl", "/related/0/amp"), changed=frozenset()
    )
    (found,) = tally(one, other)
    assert (found.host, found.articles, found.keys) == ("a.example", 2, ("ampWebUrl", "cdnAmpWebUrl", "amp"))
    assert [place.pointer for place in found.places] == ["/ampWebUrl", "/ampWebUrl", "/related/0/amp"]
    assert found.fix is not None
    assert found.fix.kind is FixKind.UNSAFE
    assert found.fix.reason.startswith("for some of them, it is not known")
    assert (found.required, found.untouched) == (False, False)
    (alone,) = tally(other)
    assert alone.untouched
    (brought,) = tally(other, one)
    assert brought.places[0].pointer == "/ampWebUrl"
    assert not brought.untouched
    assert tally(one, is_kept=True) == ()
    (required,) = tally(one, is_required=True)
    assert (required.required, required.fix) == (True, None)
    (many,) = tally(*[one] * (MOST_PLACES + 1))
    assert (many.articles, len(many.places)) == (MOST_PLACES + 1, MOST_PLACES)
    assert many.fix is not None
    assert many.fix.kind is FixKind.SAFE
