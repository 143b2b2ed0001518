"""Which findings become corrections."""

from collections.abc import Callable

import pytest

from linkcheck.fix import CORRECTABLE, Correction, corrections_of
from linkcheck.judge.docstrings import documented
from linkcheck.judge.groups import all_rules
from linkcheck.model import FILE_START, Article, Fact, Finding, Location, Severity

Read = Callable[[bytes], Article]
ARTICLE = b"---\nwebUrl: https://a.example/\nimages:\n- url: /a.png\n  width: 10\n  height: '20'\nimgs: []\n---\n"


def finding(code: str, pointer: str, **facts: Fact) -> Finding:
    return Finding(code, "name", Severity.WARNING, Location("a.md", FILE_START, pointer), "message", facts=facts)


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        pytest.param(finding("LC202", "/webUrl", expected="x"), [Correction("LC202", "/webUrl", "x")], id="a redirect"),
        pytest.param(finding("LC202", "/webUrl"), [], id="a redirect that names nothing"),
        pytest.param(finding("LC209", "/webUrl", expected="x"), [], id="a rule that is for people"),
        pytest.param(finding("LC302", "/webUrl", canonical="x"), [], id="another canonical"),
        pytest.param(finding("LC202", "/gone", expected="x"), [], id="a place that is not there"),
        pytest.param(
            finding("LC111", "/imgs", expected="images"), [Correction("LC111", "/imgs", "images", is_key=True)], id="key"
        ),
    ],
)
def test_only_what_a_rule_expects_is_written(found: Finding, wanted: list[Correction], read: Read) -> None:
    assert list(corrections_of(read(ARTICLE), [found])) == wanted


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
    assert corrections == (Correction("LC403", "/images/0/width", 12), Correction("LC403", "/images/0/height", "24"))


def test_a_side_that_is_right_or_not_declared_or_not_measured_is_left_alone(read: Read) -> None:
    article = read(ARTICLE)
    assert [each.pointer for each in corrections_of(article, [sizes(10, 24, declared=(10, 20))])] == ["/images/0/height"]
    assert corrections_of(article, [sizes(10, 24, declared=(10, None))]) == ()
    assert corrections_of(article, [sizes(None, None, declared=(10, 20))]) == ()


def test_where_a_server_leads_goes_before_what_a_page_says(read: Read) -> None:
    findings = [finding("LC303", "/webUrl", expected="said"), finding("LC203", "/webUrl", expected="led")]
    assert [each.new for each in corrections_of(read(ARTICLE), findings)] == ["led"]


def test_the_rules_that_promise_to_be_fixed_are_those_that_are() -> None:
    promised = {rule.CODE for rule in all_rules() if "`linkcheck fix` does it" in documented(rule).cure}
    assert promised == CORRECTABLE
