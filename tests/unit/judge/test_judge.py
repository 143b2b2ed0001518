"""What judge does around the rules: order, masking, what is not published yet, corrections, runs, documentation."""

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from linkcheck.judge import (
    Accept,
    DownHost,
    EndingCertificate,
    JudgeOptions,
    RunFacts,
    RunFactsBuilder,
    accepted,
    all_rules,
    documentation,
    judge_run,
    unpublished,
)
from linkcheck.judge.rule_documentation import documented
from linkcheck.judge.run_facts import FolderLinks, UnresolvedLinks
from linkcheck.judge.topics import DESCRIPTIONS, Topic
from linkcheck.model import (
    Article,
    Certificate,
    FailureKind,
    Finding,
    Link,
    LocalFile,
    Location,
    NearbyFiles,
    PageFacts,
    Role,
    Severity,
    Span,
)

URL = "https://example.com/2021/06/a-long-story"
NEW = "https://example.com/2022/the-new-place"
NOW = "2026-11-22T12:00:00Z"

Found = Callable[..., list[Finding]]


def test_findings_come_in_the_order_of_the_lines(build: Any, found: Found) -> None:
    evidence = build.evidence(
        build.answer(url=NEW, status=404, pointer="/related/5/webUrl"),
        build.answer(url=NEW + "?p=2", status=404, pointer="/related/1/webUrl"),
        build.answer(status=404),
    )
    assert [finding.location.pointer for finding in found(evidence)] == ["/webUrl", "/related/1/webUrl", "/related/5/webUrl"]


def test_secrets_are_masked_in_message_url_hint_and_quote(build: Any, found: Found) -> None:
    secret = "https://me:hunter2@example.com/a?token=abcdefghijkl"
    evidence = build.evidence(build.offline(url=secret))
    (finding,) = found(evidence)
    text = f"{finding.message} {finding.url} {finding.hint} {finding.quote} {finding.facts}"
    assert "hunter2" not in text
    assert "abcdefghijkl" not in text


def test_the_quote_of_a_line_with_a_secret_is_masked(found: Found, build: Any) -> None:
    result = build.offline(url="https://me:hunter2@example.com/a")
    evidence = build.evidence(result)
    article = Article("a.md", lines=("---", "", "", 'webUrl: "https://me:hunter2@example.com/a"'))
    (finding,) = found(type(evidence)(article, results=(result,)))
    assert finding.quote == 'webUrl: "https://***@example.com/a"'


@pytest.mark.parametrize("role", [Role.CANONICAL, Role.AMP])
def test_the_page_of_an_unpublished_article_need_not_answer(role: Role, build: Any, found: Found) -> None:
    (finding,) = found(build.evidence(build.answer(role, status=404), unpublished="it is dated in the future"))
    assert finding.severity is Severity.INFO
    assert finding.hint == "Nothing to do yet: it is dated in the future."
    assert finding.facts["unpublished"] == "it is dated in the future"


def test_other_links_of_an_unpublished_article_must_answer(build: Any, found: Found) -> None:
    results = (build.answer(url=NEW, status=404, pointer="/related/0/webUrl"), build.answer(Role.ORIGINAL, status=404))
    findings = found(build.evidence(*results, unpublished="it is dated in the future"))
    assert [finding.severity for finding in findings] == [Severity.ERROR] * 2


def test_a_rule_that_does_not_await_publication_is_as_grave_before_it(build: Any, found: Found) -> None:
    (finding,) = found(build.evidence(build.offline(url="https://me:hunter2@example.com/a"), unpublished="it is a draft"))
    assert (finding.code, finding.severity) == ("LC115", Severity.ERROR)
    assert "unpublished" not in finding.facts


def test_where_the_site_is_known_only_its_own_pages_are_waited_for(build: Any, found: Found) -> None:
    amp, cache = "https://amp.example.com/a", "https://amp-example-com.cdn.ampproject.org/c/s/amp.example.com/a"
    pages = (
        build.answer(url=URL, status=404),
        build.answer(Role.AMP, url=amp, status=404, wants={"of": URL}),
        build.answer(Role.AMP_CACHE, url=cache, status=404, wants={"of": amp}),
    )

    def severities(site: str) -> set[Severity]:
        evidence = build.evidence(*reversed(pages), unpublished="it is new in this change")
        findings = [finding for finding in found(evidence, base_url=site) if finding.facts.get("status") == 404]
        assert len(findings) == 1  # where a page is gone, its AMP page and the copy of that are no news
        return {finding.severity for finding in findings if finding.code == "LC201"}

    assert severities("https://www.example.com/2021") == {Severity.INFO}
    assert severities("https://example.com/2022/") == {Severity.ERROR}
    assert severities("https://example.org/") == {Severity.ERROR}


@pytest.mark.parametrize(
    ("data", "is_new", "reason"),
    [
        pytest.param({"published": False}, False, "it is marked `published: false`", id="not to be shown"),
        pytest.param({"draft": True}, False, "it is marked `draft: true`", id="a draft"),
        pytest.param({}, True, "it is new in this change", id="new"),
        pytest.param({"date": "2021-06-18"}, True, None, id="new, and dated long ago"),
        pytest.param({"date": "2026-12-20"}, True, "it is dated in the future (2026-12-20)", id="new, and of the future"),
        pytest.param({"date": "soon"}, True, "it is new in this change", id="new, without a date that can be read"),
        pytest.param({"date": "2026-12-20"}, False, "it is dated in the future (2026-12-20)", id="the future"),
        pytest.param({"date": "2026-12-24"}, True, None, id="more than a month ahead"),
        pytest.param({"date": "2031-11-20"}, False, None, id="years ahead"),
        pytest.param({"date": "1970-01-01"}, True, None, id="a zero value"),
        pytest.param(
            {"date": "2026-11-22T09:00:00Z"}, False, "it is dated 2026-11-22T09:00:00Z, less than 1 days ago", id="today"
        ),
        pytest.param({"date": "2026-11-20T09:00:00Z"}, False, None, id="past its grace"),
        pytest.param({"date": "soon"}, False, None, id="no date"),
        pytest.param({"date": "2026-12-24T00:00:00+99:99"}, False, None, id="a date that cannot be"),
        pytest.param({"published": "2026-12-24"}, False, None, id="a key that is no date's"),
        pytest.param({}, False, None, id="nothing said"),
    ],
)
def test_an_article_is_unpublished(data: Any, is_new: bool, reason: str | None) -> None:  # noqa: FBT001 - a table's column
    assert unpublished(Article("a.md", data=data), JudgeOptions(now=NOW), is_new=is_new) == reason


def test_without_a_clock_no_date_is_in_the_future() -> None:
    assert unpublished(Article("a.md", data={"date": "2999-01-01"}), JudgeOptions()) is None


def test_a_correction_stops_before_the_first_temporary_redirect(build: Any, found: Found) -> None:
    chain = build.answer(Role.ORIGINAL, via=(301, 302), to=(NEW, NEW + "/session"))
    (finding,) = found(build.evidence(chain))
    assert finding.code == "LC202"
    assert finding.facts["expected"] == NEW


def test_a_correction_keeps_the_fragment(build: Any, found: Found) -> None:
    (finding,) = found(build.evidence(build.answer(Role.ORIGINAL, URL + "#part", via=(301,), to=(NEW,))))
    assert finding.facts["expected"] == NEW + "#part"


@pytest.mark.parametrize("to", ["https://example.com/", "https://example.com/login", "https://example.com/404"])
def test_a_suspect_page_is_never_offered_as_a_correction(to: str, build: Any, found: Found) -> None:
    (finding,) = found(build.evidence(build.answer(Role.ORIGINAL, via=(301,), to=(to,))))
    assert "expected" not in finding.facts


def test_a_wrong_amp_cache_address_offers_the_right_one(build: Any, found: Found) -> None:
    wrong = "https://example-com.cdn.ampproject.org/c/example.com/a?amp"
    (finding,) = found(build.evidence(build.offline(Role.AMP_CACHE, wrong, of="https://example.com/a?amp")))
    assert finding.facts["expected"] == "https://example-com.cdn.ampproject.org/c/s/example.com/a?amp"
    assert str(finding.facts["expected"]) in str(finding.hint)


def test_a_wrong_size_offers_both_values_and_where_they_go(build: Any, found: Found) -> None:
    (finding,) = found(build.evidence(build.picture(1200, 630, declared=(1200, 710))))
    assert finding.location.pointer == "/images/0/height"
    assert (finding.facts["width"], finding.facts["height"]) == (1200, 630)
    assert (finding.facts["width_pointer"], finding.facts["height_pointer"]) == ("/images/0/width", "/images/0/height")


def test_links_of_a_host_that_is_down_are_left_to_the_run(build: Any, found: Found) -> None:
    evidence = build.evidence(build.answer(status=503))
    assert [finding.code for finding in found(evidence)] == ["LC213"]
    assert found(evidence, down_hosts=frozenset({"example.com"})) == []


@pytest.mark.parametrize(("length", "codes"), [(1_048_576, []), (1_048_577, ["LC413"])])
def test_an_image_is_heavy_above_a_mebibyte(build: Any, found: Found, length: int, codes: list[str]) -> None:
    evidence = build.evidence(build.picture(1200, 630, length=length))
    assert [finding.code for finding in found(evidence)] == codes


@pytest.mark.parametrize(
    ("host", "statuses"),
    [
        ("www.example.com", (403,)),
        ("example.com", (405,)),
        ("a.www.example.com", (403,)),
        ("exact.example.com", (999,)),
        ("other.org", ()),
    ],
)
def test_accepted_statuses_go_by_the_narrowest_pattern(host: str, statuses: tuple[int, ...]) -> None:
    options = JudgeOptions(
        accept=(Accept("*.example.com", (403,)), Accept("exact.example.com", (999,)), Accept("example.com", (405,)))
    )
    assert accepted(host, options) == statuses


# Runs


def facts(**more: Any) -> RunFacts:
    return RunFacts(**{"articles": 1, "links": 1, **more})


PLACE = Location("a.md", Span(4, 10, 4, 20), "/webUrl")


@pytest.mark.parametrize(
    ("run", "codes"),
    [
        pytest.param(facts(), [], id="all is well"),
        pytest.param(facts(articles=0, links=0), ["LC001"], id="no article"),
        pytest.param(facts(links=0, valid_articles=1, read_articles=1), ["LC009"], id="no link"),
        pytest.param(facts(links=0, valid_articles=0, read_articles=1), [], id="no link, for a reason that is told"),
        pytest.param(facts(links=0, read_articles=1, has_link_fields=False), ["LC009"], id="no field that is known"),
        pytest.param(
            facts(links=0, read_articles=1, has_link_fields=False, links_elsewhere=True), [], id="no field in a part of them"
        ),
        pytest.param(
            facts(links=0, valid_articles=1, read_articles=1, links_elsewhere=True), [], id="no link in a part of them"
        ),
        pytest.param(facts(links=0, has_link_fields=False), [], id="no article that can be read"),
        pytest.param(
            facts(unresolved=(UnresolvedLinks(Link(PLACE, Role.IMAGE, "/a"), "it is relative", 3),)), ["LC113"], id="no base"
        ),
        pytest.param(facts(articles=0, links=0, nothing_to_do=True), [], id="a change without articles"),
        pytest.param(facts(unchecked=(("time limit reached", 1204),)), ["LC003"], id="time limit reached"),
        pytest.param(facts(unused_excludes=('the exclude "x" matches no link',)), ["LC006"], id="an exclude without use"),
        pytest.param(facts(down_hosts=(DownHost("a.example", "timeout", 3, (PLACE,)),)), ["LC214"], id="a host down"),
        pytest.param(
            facts(certificates=(EndingCertificate("a.example", "2026-11-25", 3, PLACE),)), ["LC221"], id="ends soon"
        ),
        pytest.param(facts(certificates=(EndingCertificate("a.example", "2027-11-25", 14, PLACE),)), [], id="ends later"),
        pytest.param(
            facts(certificates=(EndingCertificate("a.example", "2026-11-25", 2, PLACE, 6),)), [], id="short-lived, not late"
        ),
        pytest.param(
            facts(certificates=(EndingCertificate("a.example", "2026-11-23", 1, PLACE, 6),)),
            ["LC221"],
            id="short-lived and late",
        ),
        pytest.param(
            facts(certificates=(EndingCertificate("other.test", "2026-11-25", 3, PLACE),)), [], id="of another site"
        ),
    ],
)
def test_a_run_is_judged(run: RunFacts, codes: list[str]) -> None:
    findings = list(judge_run(run, JudgeOptions(now=NOW, own_hosts=("*.example",))))
    assert [finding.code for finding in findings] == codes
    assert all(finding.hint and not finding.message.endswith(".") for finding in findings)


def test_a_finding_of_the_run_quotes_the_line_it_stands_on() -> None:
    down = facts(down_hosts=(DownHost("a.example", "timeout", 3, (PLACE,)),))
    told = judge_run(down, JudgeOptions(now=NOW), line=lambda path, number: f"{path}:{number} https://user:pw@a.example/")
    assert [finding.quote for finding in told] == ["a.md:4 https://***@a.example/"]


def test_a_host_that_is_down_is_one_finding_that_lists_its_links(build: Any) -> None:
    tally = RunFactsBuilder(JudgeOptions(down_hosts=frozenset(("example.com",))))
    tally.add(
        build.evidence(build.failure(FailureKind.TIMEOUT, "connect"), build.failure(FailureKind.HOST_DOWN, "", Role.AMP))
    )
    (finding,) = judge_run(tally.facts(), JudgeOptions(now=NOW))
    assert finding.code == "LC214"
    assert finding.facts["links"] == 2
    assert finding.facts["places"] == ("a.md:4", "a.md:6")


def test_files_below_a_missing_root_are_counted_and_whether_the_change_added_one(build: Any) -> None:
    near = NearbyFiles("lead.png", elsewhere=("theme/lead.png",))
    missing = replace(build.file(None), local=LocalFile(None, ("site/lead.png",), nearby=near))
    found = build.file("site/lead.png")
    for changed, untouched in ((None, False), (frozenset[str](), True), (frozenset(("/images/0/url",)), False)):
        tally = RunFactsBuilder(JudgeOptions(missing_roots=("theme",)))
        tally.add(replace(build.evidence(missing, found), changed=changed))
        facts = tally.facts()
        assert facts.files == 2
        assert facts.misplaced == (FolderLinks("theme", 1, (missing.link.location,), untouched),)
        (finding,) = (each for each in judge_run(facts, JudgeOptions()) if each.code == "LC231")
        assert finding.facts["untouched"] is untouched


def test_links_below_several_roots_are_placed_at_one_that_the_change_added() -> None:
    folders = (FolderLinks("skin", 3, (PLACE,), True), FolderLinks("theme", 2, (replace(PLACE, path="new.md"),), False))
    (finding,) = judge_run(facts(misplaced=folders), JudgeOptions())
    assert (finding.location.path, finding.facts["untouched"]) == ("new.md", False)


@pytest.mark.parametrize(
    ("is_configured", "message"),
    [(False, "no links were found in the front matter"), (True, "no link fields known for these articles")],
)
def test_init_is_recommended_only_where_a_schema_hides_links(is_configured: bool, message: str) -> None:  # noqa: FBT001
    run = facts(links=0, read_articles=1, has_link_fields=False, is_configured=is_configured)
    (finding,) = judge_run(run, JudgeOptions())
    assert finding.message == message
    assert ("init" in (finding.hint or "")) is is_configured


def test_a_host_with_one_slow_page_is_not_down(build: Any) -> None:
    tally = RunFactsBuilder()
    tally.add(build.evidence(build.failure(FailureKind.TIMEOUT, "connect")))
    assert list(judge_run(tally.facts(), JudgeOptions(now=NOW))) == []


def test_the_tally_counts_what_was_not_asked_and_why(build: Any) -> None:
    tally = RunFactsBuilder()
    unasked = build.answer()
    unasked = type(unasked)(unasked.link, unasked.target, unasked.verdict)
    tally.add(build.evidence(build.failure(FailureKind.OUT_OF_TIME, ""), unasked, build.offline()))
    assert tally.facts().unchecked == (("not requested before the run ended", 1), ("time limit reached", 1))
    assert (tally.facts().articles, tally.facts().links) == (1, 3)


def test_each_certificate_is_told_once_with_its_own_host(build: Any) -> None:
    ends = Certificate("An authority", "2026-11-25T00:00:00Z", 3)
    tally = RunFactsBuilder()
    for _ in range(3):
        tally.add(build.evidence(build.answer(via=(302,), to=("https://www.example.org/a",), certificate=ends)))
    (finding,) = judge_run(tally.facts(), JudgeOptions(now=NOW, own_hosts=("example.org",)))
    assert finding.message == "the certificate of www.example.org expires in 3 days (2026-11-25)"


# Documentation


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.META.name) for rule in all_rules()])
def test_every_rule_explains_itself_names_its_source_and_topics_and_has_an_example(rule: Any) -> None:
    text = documented(rule)
    assert text.summary.endswith(".")
    for part in (text.meaning, text.importance, text.how_to_fix, text.exemption, text.source):
        assert part.endswith((".", ")"))
    assert set(text.topics) - {Topic.OWN_PAGES}
    assert text.example


def test_every_topic_has_rules_and_a_description() -> None:
    assert set(DESCRIPTIONS) == set(Topic) == {topic for rule in all_rules() for topic in documented(rule).topics}


def test_codes_and_names_are_unique_and_in_order() -> None:
    codes = [rule.META.code for rule in all_rules()]
    assert codes == sorted(set(codes))
    assert len({rule.META.name for rule in all_rules()}) == len(codes)


@pytest.mark.parametrize("asked", ["LC202", "lc202", "permanent-redirect", " Permanent-Redirect "])
def test_documentation_is_found_by_code_and_by_name(asked: str) -> None:
    text = documentation(asked)
    assert text is not None
    assert (text.code, text.name, text.severity) == ("LC202", "permanent-redirect", Severity.WARNING)


def test_there_is_no_documentation_for_what_is_no_rule() -> None:
    assert documentation("LC999") is None


def test_a_page_that_is_fine_has_no_finding(build: Any, found: Found) -> None:
    page = PageFacts(title="A long story", canonicals=(URL,), raw_canonicals=(URL,))
    assert found(build.evidence(build.answer(page=page), data={"title": "A long story"})) == []
