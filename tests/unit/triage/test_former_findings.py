"""What was wrong with a text before a change, whatever else the change does to the article."""

import pytest
from msgspec.structs import replace

from linkcheck.judge import RULES, judge
from linkcheck.judge.options import JudgeOptions
from linkcheck.model import FILE_START, Article, Evidence, Finding, Location, Severity, Source, Span, Status, Violation
from linkcheck.parse import parse
from linkcheck.triage import Triage, TriageOptions, former_findings

PLACE = Location("a.md", Span(2, 8, 2, 15), "/title")
TWICE = "a: 1\na: 2\nb: 1\nb: 2"


def article_of(text: str) -> Article:
    return read(f"---\n{text}\n---\n".encode())


def read(head: bytes) -> Article:
    return parse(Source(path="a.md", file="a.md", head=head, size=len(head)))


def statuses(before: str, now: str, *, former: TriageOptions | None = None) -> list[tuple[str, Status]]:
    return compared(Evidence(article_of(before)), Evidence(article_of(now)), former=former)


def compared(before: Evidence, now: Evidence, *, former: TriageOptions | None = None) -> list[tuple[str, Status]]:
    options = TriageOptions(rules=RULES)
    found = former_findings(before.article, judge(before, JudgeOptions()), former or options)
    evidence = replace(now, changed=frozenset(), former=found)
    triaged = Triage(options).article(evidence, judge(evidence, JudgeOptions()))
    return [(each.location.pointer, each.status) for each in triaged]


def test_each_former_finding_explains_one_finding() -> None:
    assert statuses("a: 1\na: 2", TWICE) == [("/a", Status.UNCHANGED), ("/b", Status.OPEN)]
    assert statuses(TWICE, TWICE) == [("/a", Status.UNCHANGED), ("/b", Status.UNCHANGED)]
    assert statuses("a: 1", "a: 1\na: 1\na: 1") == [("/a", Status.OPEN)] * 2
    assert statuses("a: 1\na: 1", "a: 1\na: 1\na: 1") == [("/a", Status.UNCHANGED), ("/a", Status.OPEN)]


@pytest.mark.parametrize(
    "former",
    [TriageOptions(rules=RULES, severities=(("LC107", severity),)) for severity in (Severity.WARNING, None)]
    + [TriageOptions(rules=RULES, ignore=("LC107",))],
    ids=["milder", "off", "ignored"],
)
def test_a_finding_that_counted_less_before_is_open(former: TriageOptions) -> None:
    assert statuses("a: 1\na: 2", "a: 1\na: 2", former=former) == [("/a", Status.OPEN)]


def test_a_text_that_cannot_be_read_is_compared_by_its_line() -> None:
    assert statuses("a: [1", "b: 1\na: [1") == [("", Status.UNCHANGED)]
    assert statuses("a: {1: ]", "a: {2: ]") == [("", Status.OPEN)]


@pytest.mark.parametrize(
    ("before", "now", "status"),
    [
        (b"Words.\n", b"Other words.\n", Status.UNCHANGED),
        (b"", b"Words.\n", Status.OPEN),
        (b"Words.\n", b"----\ntitle: A title\n---\n", Status.OPEN),
        (b"---\n- a\n---\n", b"---\n- b\n---\n", Status.UNCHANGED),
        (b"---\na\n", b"---\nb\n", Status.UNCHANGED),
        (b"---\na: \xff\n---\n", b"---\nb: 1\na: \xff\n---\n", Status.UNCHANGED),
    ],
    ids=["no front matter", "empty before", "a damaged fence", "a list", "never closed", "same byte"],
)
def test_what_is_wrong_with_a_whole_file_is_compared_by_its_kind(before: bytes, now: bytes, status: Status) -> None:
    assert [found for _, found in compared(Evidence(read(before)), Evidence(read(now)))] == [status]


def test_the_size_of_a_file_that_is_too_large_does_not_matter() -> None:
    def evidence(size: int) -> Evidence:
        return Evidence(parse(Source(path="a.json", file="a.json", head=b"{", size=size)))

    assert compared(evidence(9_000_000), evidence(10_000_000)) == [("", Status.UNCHANGED)]


@pytest.mark.parametrize("keyword", ["additionalProperties", "near-miss", "required"])
def test_a_key_is_compared_without_its_value(keyword: str) -> None:
    def evidence(text: str, *keys: str) -> Evidence:
        article = article_of(text)
        places = [Location("a.md", article.places[f"/{key}"].key or FILE_START, f"/{key}") for key in keys]
        return Evidence(article, tuple(Violation(keyword, each, f"unknown {each.pointer}") for each in places))

    before = evidence("titel: A title\nb: 1", "titel")
    assert compared(before, evidence("b: 1\ntitel: Another", "titel")) == [("/titel", Status.UNCHANGED)]
    assert compared(before, evidence("titel: A title\nb: 1", "b")) == [("/b", Status.OPEN)]


def test_a_duplicate_key_is_compared_without_its_value() -> None:
    assert statuses("a: 1\na: 2", "a: 1\na: 3") == [("/a", Status.UNCHANGED)]


@pytest.mark.parametrize(
    ("before", "now", "status"),
    [
        ("# linkcheck: ignore[LC110]\na: 1", "b: 1\na: 1 # linkcheck: ignore[LC110]", Status.UNCHANGED),
        ("# linkcheck: ignore[LC110]\na: 1", "# linkcheck: ignore[LC112]\na: 1", Status.OPEN),
        ("# linkcheck: ignore[LC110]\na: 1", "# linkcheck: ignore[LC110]\na: 2", Status.OPEN),
        ("# linkcheck: ignore[LC110\na: 1", "b: 1\n# linkcheck: ignore[LC110\na: 1", Status.UNCHANGED),
        ("# linkcheck: ignore[LC110\na: 1", "# linkcheck: ignore[LC111\na: 1", Status.OPEN),
        ("# linkcheck: ignore[LC110\na: 1", "b: 1\nc: 1 # linkcheck: ignore[LC110\na: 1", Status.OPEN),
    ],
)
def test_comments_without_effect_are_compared_by_codes_and_value(before: str, now: str, status: Status) -> None:
    assert [found for _, found in statuses(before, now)] == [status]


def test_an_article_that_is_new_has_no_former_findings() -> None:
    evidence = Evidence(article_of("a: 1\na: 2"))
    options = TriageOptions(rules=RULES)
    assert [each.status for each in Triage(options).article(evidence, judge(evidence, JudgeOptions()))] == [Status.OPEN]


def test_what_depends_on_other_articles_is_unchanged_if_the_title_is() -> None:
    def status(title: str) -> Status:
        old, new = article_of("title: A title"), article_of(f"title: {title}")
        rule = RULES["LC504"]
        found = Finding(rule.code, rule.name, rule.severity, PLACE, "!")
        evidence = Evidence(new, changed=frozenset(), former=former_findings(old, (), TriageOptions(rules=RULES)))
        (triaged,) = Triage(TriageOptions(rules=RULES)).article(evidence, [found])
        return triaged.status

    assert (status("A title"), status("Another")) == (Status.UNCHANGED, Status.OPEN)


def test_each_comment_is_compared_with_its_own_codes() -> None:
    text = "a: 1 # linkcheck: ignore[LC110]\nb: 1 # linkcheck: ignore[LC112]"
    assert statuses(text, text) == [("/a", Status.UNCHANGED), ("/b", Status.UNCHANGED)]


@pytest.mark.parametrize(
    ("before", "now", "messages", "status"),
    [
        pytest.param("1", "1", ("it is", "it was"), Status.UNCHANGED, id="the same value"),
        pytest.param("1", "2", ("it is", "it is"), Status.OPEN, id="another value"),
        pytest.param("[1]", "[1, 2]", ("it is", "it is"), Status.UNCHANGED, id="a list"),
        pytest.param("{b: 1}", "{b: 2}", ("it is", "it is"), Status.UNCHANGED, id="an object"),
        pytest.param("{b: 1}", "{b: 1}", ("it is", "it was"), Status.OPEN, id="an object, for another reason"),
        pytest.param("[1]", "[1]", ("see line 9", "see line 12"), Status.UNCHANGED, id="another line"),
        pytest.param("[1]", "[1]", ("as item 1", "as item 2"), Status.UNCHANGED, id="another item"),
        pytest.param("[1]", "[1]", ("see line 1", "see item 1"), Status.OPEN, id="an item, not a line"),
        pytest.param("[1]", "[1]", ("has 1 of 2", "has 1 of 3"), Status.OPEN, id="another number"),
        pytest.param("", "", ("it is", "it is"), Status.UNCHANGED, id="no value"),
    ],
)
def test_a_finding_is_compared_by_its_value_or_else_by_its_message(
    before: str, now: str, messages: tuple[str, str], status: Status
) -> None:
    old, new = (article_of(f"a: {text}") for text in (before, now))
    rule = RULES["LC111"]
    place = Location("a.md", Span(2, 4, 2, 5), "/a")
    was, is_ = (Finding(rule.code, rule.name, rule.severity, place, message) for message in messages)
    found = former_findings(old, [was], TriageOptions(rules=RULES))
    evidence = Evidence(new, changed=frozenset(), former=found)
    assert [each.status for each in Triage(TriageOptions(rules=RULES)).article(evidence, [is_])] == [status]


def test_findings_about_urls_are_not_kept() -> None:
    rule, options = RULES["LC201"], TriageOptions(rules=RULES)
    about_url = Finding(rule.code, rule.name, rule.severity, PLACE, "!", url="https://a.example/")
    article = article_of("title: 3\nmore: [a]\nseo: {title: b}")
    assert former_findings(article, [about_url], options) == ()


def test_texts_at_the_top_are_kept_for_the_comparison_with_other_articles() -> None:
    assert len(former_findings(article_of("a: b\nc: d\ne: 3\nf: {g: h}"), (), TriageOptions(rules=RULES))) == 2


@pytest.mark.parametrize(
    ("message", "quote", "status"),
    [
        ("a is missing", "", Status.UNCHANGED),
        ("a is missing", "a: 1", Status.UNCHANGED),
        ("b is missing", "", Status.OPEN),
        ("line 7 of 1,200 bytes", "", Status.OPEN),
    ],
)
def test_a_finding_without_a_value_is_compared_by_its_message(message: str, quote: str, status: Status) -> None:
    article, options = article_of("title: A title"), TriageOptions(rules=RULES)
    before = Finding("LC110", "schema-violation", Severity.ERROR, replace(PLACE, pointer="/a"), "a is missing")
    found = former_findings(article, [before], options)
    evidence = Evidence(article, changed=frozenset(), former=found)
    (now,) = Triage(options).article(evidence, [replace(before, message=message, quote=quote)])
    assert now.status is status


@pytest.mark.parametrize(
    ("before", "now", "status"),
    [
        ("see line 3", "see line 12", Status.UNCHANGED),
        ("see item 3", "see item 12", Status.UNCHANGED),
        ("has 1,200 bytes", "has 9 bytes", Status.UNCHANGED),
        ("see page 3", "see page 12", Status.OPEN),
        ("has 3 words", "has 4 words", Status.OPEN),
    ],
)
def test_the_numbers_of_lines_items_and_bytes_do_not_matter(before: str, now: str, status: Status) -> None:
    article, options = article_of("title: A title"), TriageOptions(rules=RULES)
    first = Finding("LC110", "schema-violation", Severity.ERROR, replace(PLACE, pointer="/a"), before)
    evidence = Evidence(article, changed=frozenset(), former=former_findings(article, [first], options))
    (found,) = Triage(options).article(evidence, [replace(first, message=now)])
    assert found.status is status
