"""Which findings become corrections."""

from collections.abc import Callable

import pytest

from linkcheck.fix import corrections_of
from linkcheck.judge import RULES
from linkcheck.judge.registry import all_rules
from linkcheck.judge.rule_documentation import documented
from linkcheck.model import (
    FILE_START,
    Article,
    CorrectionKind,
    Fact,
    Finding,
    Fix,
    FixKind,
    Location,
    RuleMetadata,
    Severity,
)

Read = Callable[[bytes], Article]
ARTICLE = b"---\nwebUrl: https://a.example/\nimages:\n- url: /a.png\n  width: 10\n  height: '20'\nimgs: []\n---\n"


SAFE, UNSAFE = Fix(FixKind.SAFE, "a reason"), Fix(FixKind.UNSAFE, "a reason")


def finding(code: str, pointer: str, fix: Fix | None = SAFE, **facts: Fact) -> Finding:
    location = Location("a.md", FILE_START, pointer)
    return Finding(code, "name", Severity.WARNING, location, "message", facts=facts, fix=fix)


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        pytest.param(finding("LC202", "/webUrl", expected="x"), [("/webUrl", "x", False)], id="a redirect"),
        pytest.param(finding("LC202", "/webUrl", None, expected="x"), [], id="a redirect that nothing is done about"),
        pytest.param(finding("LC202", "/webUrl", UNSAFE, expected="x"), [], id="a redirect that is not safe"),
        pytest.param(finding("LC202", "/webUrl"), [], id="a redirect that names nothing"),
        pytest.param(finding("LC210", "/webUrl", expected="x"), [], id="a rule that is for people"),
        pytest.param(finding("LC302", "/webUrl", canonical="x"), [], id="another canonical"),
        pytest.param(finding("LC202", "/gone", expected="x"), [], id="a place that is not there"),
        pytest.param(finding("LC111", "/imgs", expected="images"), [("/imgs", "images", True)], id="key"),
    ],
)
def test_only_what_a_rule_expects_is_written(found: Finding, wanted: list[tuple[str, str, bool]], read: Read) -> None:
    made = corrections_of(read(ARTICLE), [found], RULES)
    assert [(each.pointer, each.new, each.is_key) for each in made] == wanted


REMOVAL = next(code for code, rule in RULES.items() if rule.correction is CorrectionKind.REMOVAL)


@pytest.mark.parametrize(
    ("remove", "removed"),
    [
        (("/webUrl",), [("/webUrl", "webUrl", 2, ("/webUrl",))]),
        (("/imgs", "/images/0/width"), [("/imgs", "imgs and width", 7, ("/imgs", "/images/0/width"))]),
        (("/images/0",), [("/images/0", "0", 4, ("/images/0",))]),
        (("/webUrl", "/gone"), []),
        ((), []),
        ("/webUrl", []),
        (None, []),
    ],
)
def test_keys_are_removed_together_if_all_are_there(remove: Fact, removed: list[tuple[object, ...]], read: Read) -> None:
    made = corrections_of(read(ARTICLE), [finding(REMOVAL, "/webUrl", remove=remove)], RULES)
    assert [(each.pointer, each.old, each.span.line, each.removes) for each in made] == removed
    assert all(
        (each.code, each.kind, each.new, each.is_key) == (REMOVAL, CorrectionKind.REMOVAL, "", False) for each in made
    )


def test_what_is_not_safe_is_written_on_request(read: Read) -> None:
    findings = [finding("LC202", "/webUrl", UNSAFE, expected="led"), finding("LC303", "/webUrl", expected="said")]
    assert [each.new for each in corrections_of(read(ARTICLE), findings, RULES)] == ["said"]
    assert [each.new for each in corrections_of(read(ARTICLE), findings, RULES, unsafe=True)] == ["led"]


def test_a_correction_knows_what_stands_where(read: Read) -> None:
    article = read(ARTICLE)
    findings = [finding("LC202", "/webUrl", expected="x"), finding("LC111", "/imgs", expected="images")]
    value, key = corrections_of(article, findings, RULES)
    assert (value.old, value.span.line, value.span.column) == ("https://a.example/", 2, 9)
    assert (key.old, key.span.line, key.span.column) == ("imgs", 7, 1)


def sizes(width: int | None, height: int | None, *, declared: tuple[int | None, int | None]) -> Finding:
    return finding(
        "LC403",
        "/images/0/width",
        width=width,
        height=height,
        width_pointer="/images/0/width",
        height_pointer="/images/0/height",
        declared_width=declared[0],
        declared_height=declared[1],
    )


def test_a_size_is_written_in_the_type_it_has(read: Read) -> None:
    corrections = corrections_of(read(ARTICLE), [sizes(12, 24, declared=(10, 20))], RULES)
    assert [(each.pointer, each.new) for each in corrections] == [("/images/0/width", 12), ("/images/0/height", "24")]


def test_a_side_that_is_right_or_not_declared_or_not_measured_is_left_alone(read: Read) -> None:
    article = read(ARTICLE)
    assert [each.pointer for each in corrections_of(article, [sizes(10, 24, declared=(10, 20))], RULES)] == [
        "/images/0/height"
    ]
    assert corrections_of(article, [sizes(10, 24, declared=(10, None))], RULES) == ()
    assert corrections_of(article, [sizes(None, None, declared=(10, 20))], RULES) == ()


def test_where_a_server_leads_goes_before_what_a_page_says(read: Read) -> None:
    findings = [finding("LC303", "/webUrl", expected="said"), finding("LC203", "/webUrl", expected="led")]
    assert [each.new for each in corrections_of(read(ARTICLE), findings, RULES)] == ["led"]


def test_the_rules_that_promise_to_be_fixed_are_those_that_are() -> None:
    promises = ("`linkcheck fix` can do this", "`linkcheck fix --unsafe` can do this")
    promised = {
        rule.META.code for rule in all_rules() if any(promise in documented(rule).how_to_fix for promise in promises)
    }
    assert promised == {rule.code for rule in RULES.values() if rule.correction is not None}


def ruled(**kinds: CorrectionKind | None) -> dict[str, RuleMetadata]:
    return {code: RuleMetadata(code, "made-up", Severity.WARNING, correction=kind) for code, kind in kinds.items()}


SIZED: dict[str, Fact] = {"width": 12, "declared_width": 10, "width_pointer": "/images/0/width"}


@pytest.mark.parametrize(
    ("kind", "found", "written"),
    [
        pytest.param(None, finding("LC900", "/webUrl", expected="x"), None, id="nothing"),
        *(
            pytest.param(
                kind, finding("LC900", "/webUrl", expected="x", final_url="y"), ("/webUrl", "x"), id=kind.name.lower()
            )
            for kind in (CorrectionKind.REDIRECT, CorrectionKind.DECLARED, CorrectionKind.ADDRESS, CorrectionKind.TEXT)
        ),
        pytest.param(
            CorrectionKind.HOME, finding("LC900", "/webUrl", expected="x", final_url="y"), ("/webUrl", "y"), id="home page"
        ),
        pytest.param(
            CorrectionKind.SIZE, finding("LC900", "/images/0/url", SAFE, **SIZED), ("/images/0/width", 12), id="size"
        ),
        pytest.param(CorrectionKind.KEY, finding("LC900", "/imgs", expected="images"), ("/imgs", "images"), id="key"),
        pytest.param(CorrectionKind.REMOVAL, finding("LC900", "", remove=("/imgs",)), ("/imgs", ""), id="removal"),
    ],
)
def test_what_is_written_follows_from_the_kind_of_the_rule(
    kind: CorrectionKind | None, found: Finding, written: tuple[str, str | int] | None, read: Read
) -> None:
    made = corrections_of(read(ARTICLE), [found], ruled(LC900=kind))
    assert [(each.pointer, each.new) for each in made] == ([written] if written else [])
    assert all(each.kind is kind and each.is_key is (kind is CorrectionKind.KEY) for each in made)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(
            CorrectionKind.REDIRECT, CorrectionKind.DECLARED, id="where a server leads before what a page declares"
        ),
        pytest.param(CorrectionKind.DECLARED, CorrectionKind.HOME, id="what a page declares before a home page"),
        pytest.param(CorrectionKind.HOME, CorrectionKind.ADDRESS, id="a home page before a computed address"),
        pytest.param(CorrectionKind.ADDRESS, CorrectionKind.TEXT, id="a computed address before a text"),
    ],
)
def test_of_two_corrections_at_a_place_the_one_whose_kind_comes_first_is_made(
    first: CorrectionKind, second: CorrectionKind, read: Read
) -> None:
    findings = [finding(code, "/webUrl", expected=code, final_url=code) for code in ("LC900", "LC901")]
    for rules, made in ((ruled(LC900=first, LC901=second), "LC900"), (ruled(LC900=second, LC901=first), "LC901")):
        assert [each.code for each in corrections_of(read(ARTICLE), findings, rules)] == [made]


def test_what_a_server_named_is_requested_before_it_is_written() -> None:
    requested = (CorrectionKind.REDIRECT, CorrectionKind.DECLARED, CorrectionKind.HOME)
    assert [kind for kind in CorrectionKind if kind.is_requested] == list(requested)


def test_keys_are_renamed_from_the_innermost_out(read: Read) -> None:
    article = read(b"---\nimgs:\n- {wdth: 1}\nmore: {deep: {hight: 1}}\n---\n")
    places = ("/imgs", "/imgs/0/wdth", "/more/deep/hight", "/more")
    findings = [finding("LC111", place, expected="right") for place in places]
    made = [each.pointer for each in corrections_of(article, findings, RULES)]
    assert sorted(made) == sorted(places)
    assert sorted(made, key=lambda pointer: -pointer.count("/")) == made
