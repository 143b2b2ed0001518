import pytest

from linkcheck.report.explain import render

DOCUMENT = """
A link leads nowhere.

## What it means

The server says so with *certainty*: `404 Not Found` or **another** `4xx`.
See [RFC 9110](https://www.rfc-editor.org/rfc/rfc9110).

## How to fix it

- Link to a copy that still exists, for example in an archive, when there is one.
- Remove the property.

## Example

    webUrl: "https://a.example/"

    width: 1
"""

PLAIN = """\
A link leads nowhere.

What it means

The server says so with certainty:
`404 Not Found` or another `4xx`.
See RFC 9110
(https://www.rfc-editor.org/rfc/rfc9110).

How to fix it

- Link to a copy that still exists, for
  example in an archive, when there is
  one.
- Remove the property.

Example

    webUrl: "https://a.example/"

    width: 1
"""


def test_a_rules_documentation_is_set_for_a_terminal() -> None:
    assert render(DOCUMENT, width=40) == PLAIN


def test_a_sentence_with_a_colon_keeps_it() -> None:
    assert render("## Why\n\nNo browser could request it: the host is missing.") == (
        "Why\n\nNo browser could request it: the host is missing.\n"
    )


def test_color_marks_headings_and_code_and_drops_the_signs() -> None:
    rendered = render(DOCUMENT, color=True, width=80)
    assert "\x1b[1mWhat it means\x1b[0m\n" in rendered
    assert "\x1b[36m404 Not Found\x1b[0m or \x1b[1manother\x1b[0m" in rendered
    assert "\x1b[4mcertainty\x1b[0m" in rendered
    assert "`" not in rendered


def test_fenced_code_keeps_its_lines() -> None:
    assert render("Text.\n\n```yaml\na: 1\n\n# b\n```\nMore.") == "Text.\n\n    a: 1\n\n    # b\n\nMore.\n"


@pytest.mark.parametrize(
    ("text", "shows"),
    [
        ("x\n\n  ```\n  a\n  ```\n\nb", "x\n\n      a\n\nb\n"),
        ("x\n  ```\n  a\n  ```\ny", "x\n\n      a\n\ny\n"),
        ("a\n    b", "a b\n"),
        ("x\n\n    a\n\n\n    b", "x\n\n    a\n\n    b\n"),
        ("a\n\n    b\n      c", "a\n\n    b\n      c\n"),
        ("- a\n\n    b", "- a\n\n    b\n"),
        ("- a\nb\n- c", "- a b\n- c\n"),
        ("a\n- b", "a\n\n- b\n"),
        ("\n\na\n\n", "a\n"),
    ],
)
def test_blocks_end_where_another_begins(text: str, shows: str) -> None:
    assert render(text) == shows


@pytest.mark.parametrize(("width", "widest"), [(10, 20), (88, 88), (200, 88), (None, 80)])
def test_lines_are_at_most_as_wide_as_is_easily_read(width: int | None, widest: int) -> None:
    for more, lines in ((0, 1), (1, 2)):
        text = f"{'x' * 9} {'y' * (widest - 10 + more)}"
        rendered = render(text) if width is None else render(text, width=width)
        assert rendered.count("\n") == lines


def test_headings_of_markdown_are_headings() -> None:
    assert (
        render("## Why\n\ntext\n\n**How**\n\ntext", color=True) == "\x1b[1mWhy\x1b[0m\n\ntext\n\n\x1b[1mHow\x1b[0m\n\ntext\n"
    )


def test_nothing_in_it_drives_a_terminal() -> None:
    assert "\x1b" not in render("a \x1b]0;x\x07 b\n\n    \x9b31m")


def test_a_heading_may_be_indented() -> None:
    assert render("  ## One\n\ntext\n\n **Two**: \n\ntext") == "One\n\ntext\n\nTwo\n\ntext\n"
