import pytest

from linkcheck.report.markdown_escape import code_span, prose


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("plain", "`plain`"),
        ("a`b", "``a`b``"),
        ("``", "``` `` ```"),
        ("`x", "`` `x ``"),
        ("a|b", "`a|b`"),
        ("", "`   `"),
        ("a\nb", "`a\\nb`"),
    ],
)
def test_a_code_span_ends_where_it_should(text: str, span: str) -> None:
    assert code_span(text) == span


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("404 Not Found after 4 attempts", "404 Not Found after 4 attempts"),
        ("moved permanently to https://a.example/, a slash away", "moved permanently to `https://a.example/`, a slash away"),
        (
            "declared 1260 \u00d7 710, but the image is 1200 \u00d7 675",
            "declared 1260 \u00d7 710, but the image is 1200 \u00d7 675",
        ),
        ("run `linkcheck fix` for it", "run `linkcheck fix` for it"),
        ("update it (`linkcheck fix` can do this)", "update it (`linkcheck fix` can do this)"),
        ("[x] (`https://a.example` y)", "`[x]` (`https://a.example` y)"),
        ("thanks @team fixes #1", "thanks `@team` fixes `#1`"),
        ("see GH-1 and deadbeefcafe", "see `GH-1` and `deadbeefcafe`"),
        ("<b> **x** _y_", "`<b> **x** _y_`"),
        ("one ` tick", "one `` ` `` tick"),
        (":tada: www.example.com", "`:tada: www.example.com`"),
        ("`b`y``@octocat w```", "`b` ```` y``@octocat w``` ````"),
        ("a `b`` ` c", "a ``` `b`` ` ``` c"),
        ("`a`@team", "`a` `@team`"),
        ("  1. item", "`1`. item"),
        ("=", "`=`"),
        ("a = b", "a = b"),
        ("its title 'It's not found | News' says so", "its title `'It's not found | News'` says so"),
        ('(not "no page"), see it', '(not `"no page"`), see it'),
        ("the readers' page", "the `readers'` page"),
    ],
)
def test_plain_words_stay_prose_and_the_rest_is_inert(text: str, markdown: str) -> None:
    assert prose(text) == markdown
