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
    assert "`" not in rendered


def test_fenced_code_keeps_its_lines() -> None:
    assert render("Text.\n\n```yaml\na: 1\n\n# b\n```\nMore.") == "Text.\n\n    a: 1\n\n    # b\n\nMore.\n"


def test_headings_of_markdown_are_headings() -> None:
    assert (
        render("## Why\n\ntext\n\n**How**\n\ntext", color=True) == "\x1b[1mWhy\x1b[0m\n\ntext\n\n\x1b[1mHow\x1b[0m\n\ntext\n"
    )


def test_nothing_in_it_drives_a_terminal() -> None:
    assert "\x1b" not in render("a \x1b]0;x\x07 b\n\n    \x9b31m")
