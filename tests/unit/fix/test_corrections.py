"""Which findings become corrections."""

from collections.abc import Callable

import pytest

from linkcheck.fix import CORRECTABLE, corrections_of
from linkcheck.judge.documentation import documented
from linkcheck.judge.groups import all_rules
from linkcheck.model import FILE_START, Article, Fact, Finding, Fix, FixKind, Location, Severity

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
    made = corrections_of(read(ARTICLE), [found])
    assert [(each.pointer, each.new, each.is_key) for each in made] == wanted


def test_what_is_not_safe_is_written_on_request(read: Read) -> None:
    findings = [finding("LC202", "/webUrl", UNSAFE, expected="led"), finding("LC303", "/webUrl", expected="said")]
    assert [each.new for each in corrections_of(read(ARTICLE), findings)] == ["said"]
    assert [each.new for each in corrections_of(read(ARTICLE), findings, unsafe=True)] == ["led"]


def test_a_correction_knows_what_stands_where(read: Read) -> None:
    article = read(ARTICLE)
    findings = [finding("LC202", "/webUrl", expected="x"), finding("LC111", "/imgs", expected="images")]
    value, key = corrections_of(article, findings)
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
    corrections = corrections_of(read(ARTICLE), [sizes(12, 24, declared=(10, 20))])
    assert [(each.pointer, each.new) for each in corrections] == [("/images/0/width", 12), ("/images/0/height", "24")]


def test_a_side_that_is_right_or_not_declared_or_not_measured_is_left_alone(read: Read) -> None:
    article = read(ARTICLE)
    assert [each.pointer for each in corrections_of(article, [sizes(10, 24, declared=(10, 20))])] == ["/images/0/height"]
    assert corrections_of(article, [sizes(10, 24, declared=(10, None))]) == ()
    assert corrections_of(article, [sizes(None, None, declared=(10, 20))]) == ()


def test_where_a_server_leads_goes_before_what_a_page_says(read: Read) -> None:
    findings = [finding("LC303", "/webUrl", expected="said"), finding("LC203", "/webUrl", expected="led")]
    assert [each.new for each in corrections_of(read(ARTICLE), findings)] == ["led"]


def test_the_rules_that_promise_to_be_fixed_are_those_that_are() -> None:
    promises = ("`linkcheck fix` does it", "`linkcheck fix --unsafe` does it")
    promised = {rule.CODE for rule in all_rules() if any(promise in documented(rule).cure for promise in promises)}
    assert promised == CORRECTABLE
