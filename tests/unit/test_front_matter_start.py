import pytest

from linkcheck.front_matter_start import damage, data_format, is_blank, is_thematic_break, starts_with_front_matter
from linkcheck.model import ParseErrorKind, Source
from linkcheck.parse import parse

ORDINARY = {
    "a heading": "# Title\n\nText.\n",
    "a setext heading": "Title\n---\n\nText.\n",
    "a setext heading with a colon": "Usage: on the command line\n---\n\nText.\n",
    "a setext heading of two lines": "Author: Ann\nLicense: MIT\n---\n",
    "a table": "a | b\n---|---\n1 | 2\n",
    "a table with outer bars": "| a | b |\n| --- | --- |\n| 1 | 2 |\n",
    "a rule after a blank line": "\n---\n\nText.\n\n---\n",
    "a note between two rules": "\n---\nNote: this project has moved.\n---\n",
    "a long rule": "-----\n\n# Title\n\n-----\n",
    "a heading between long rules": "----\n# Title: more\n----\n",
    "a list after a blank line": "\n- one\n- two\n---\n",
    "a comment above a heading": "<!-- licensed -->\n\n# Title\n---\ntext\n",
    "a comment that is never closed": "<!-- licensed\n---\ntitle: A\n---\n",
    "front matter as an example": "# Title\n\n```yaml\n---\ntitle: A\n---\n```\n",
    "front matter as the first example": "```\n---\ntitle: A\n---\n```\n",
    "slides with front matter of their own": "# One\n\n---\nlayout: image\n---\n\n# Two\n",
    "metadata as Pelican writes it": "Title: A\nDate: 2026-01-01\n\nText.\n\n---\n",
    "metadata in lower case and a rule": "title: A\ndate: 2026-01-01\n\nText.\n\n---\n",
    "metadata and at once a rule": "title: A\ndate: 2026-01-01\n\n---\n",
    "a conversation": "ann: hello\nbob: hello\n---\n",
    "a page": "<!doctype html>\n<html>\n<!--\n---\ntitle: A\n---\n-->\n",
    "a Liquid tag": "{% raw %}\n---\ntitle: A\n---\n",
    "nothing": "",
    "blank lines": "\n\n\n",
    "text that never closes": "\n---\ntitle: A\nand so on\n",
    "a sum": "+++\n",
    "an object in the text": "See\n{\n  'a': 1\n}\n",
}
DAMAGED = {
    "a blank line": ("\n---\ntitle: A\n---\n", "remove what is before its `---`"),
    "blank lines with Windows line ends": ("\r\n\r\n---\r\ntitle: A\r\n---\r\n", "remove what is before its `---`"),
    "a space": (" ---\ntitle: A\n---\n", "remove what is before its `---`"),
    "a space that does not break": ("\u00a0---\ntitle: A\n---\n", "remove what is before its `---`"),
    "a comment": ("<!-- c -->\n---\ntitle: A\n---\n", "remove what is before its `---`"),
    "a comment of several lines": ("<!--\nlicensed\n-->\n\n---\ntitle: A\n---\n", "remove what is before its `---`"),
    "a comment of MDX": ("{/* c */}\n---\ntitle: A\n---\n", "remove what is before its `---`"),
    "a second byte order mark": ("\ufeff\ufeff---\ntitle: A\n---\n", "remove what is before its `---`"),
    "a mangled byte order mark": ("\u00ef\u00bb\u00bf---\ntitle: A\n---\n", "remove what is before its `---`"),
    "an invisible character": ("\u200b---\ntitle: A\n---\n", "remove what is before its `---`"),
    "a merge conflict": (
        "<<<<<<< HEAD\n---\ntitle: A\n=======\n---\ntitle: B\n>>>>>>> b\n---\n",
        "remove what is before its `---`",
    ),
    "a blank line before TOML": ("\n+++\ntitle = 'A'\n[seo]\nx = 1\n+++\n", "remove what is before its `+++`"),
    "a blank line before JSON": ('\n{\n  "title": "A"\n}\n', "remove what is before its `{`"),
    "four hyphens": ("----\ntitle: A\n----\n", "`----` has 4 characters"),
    "four hyphens and three": ("----\ntitle: A\n---\n", "`----` has 4 characters"),
    "two hyphens": ("--\ntitle: A\n---\n", "`--` has 2 characters"),
    "four pluses": ("++++\ntitle = 'A'\n++++\n", "`++++` has 4 characters"),
    "a dash of a word processor": ("—\ntitle: A\n---\n", "must be three hyphens"),
    "dashes of a word processor": ("\u2013\u2013\u2013\ntitle: A\n\u2013\u2013\u2013\n", "must be three hyphens"),
    "a comment on the fence": ("--- # c\ntitle: A\n---\n", "nothing can follow `---`"),
    "a value on the fence": ("--- title: A\nurl: b\n---\n", "nothing can follow `---`"),
    "no opening fence and one key": (
        "title: A\n---\n",
        "the line `---` that opens the front matter is missing above `title`",
    ),
    "no opening fence": ("layout: post\ntitle: A\ntags:\n- a\nseo:\n  x: y\n---\nText.\n", "missing above `layout`"),
    "no opening fence of TOML": ("title = 'A'\ndraft = true\n+++\n", "the line `+++` that opens"),
    "another fault further down": ("\n---\ntitle: A\nurl: b\ndate: c\ntags\n---\n", "remove what is before its `---`"),
    "keys of another language": ("\n---\ntítulo: A\nfecha: b\n---\n", "remove what is before its `---`"),
}


@pytest.mark.parametrize("text", ORDINARY.values(), ids=ORDINARY)
def test_ordinary_text_is_no_damaged_article(text: str) -> None:
    assert damage(text.encode()) is None


@pytest.mark.parametrize(("text", "words"), DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_first_line_is_recognized_and_parse_names_the_same_cause(text: str, words: str) -> None:
    head = text.encode()
    message = damage(head)
    assert message is not None
    assert words in message
    (problem,) = parse(Source("a.md", "a.md", head, len(head))).parse_errors
    assert problem.kind is ParseErrorKind.MISSING
    assert words in problem.message


@pytest.mark.parametrize(
    "text", ["---\ntitle: A\n---\n", "\ufeff---\na: 1\n---\n", '{"a": 1}', "+++\na = 1\n+++\n", "---js\n"]
)
def test_an_article_whose_first_line_is_sound_is_not_damaged(text: str) -> None:
    assert starts_with_front_matter(text.encode())
    assert damage(text.encode()) is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("---\n---\n", id="nothing"),
        pytest.param("---\n# do not remove\n\n---\n", id="a comment"),
        pytest.param("---\r\n# c\r\n---\r\n", id="Windows line ends"),
        pytest.param("---\r# c\r---\r", id="old line ends of the Mac"),
        pytest.param("---yaml\n---\n", id="a named format"),
        pytest.param("---\n...\n", id="closed with dots"),
        pytest.param("+++\n# c\n+++\n", id="TOML"),
        pytest.param("\ufeff---\n---", id="a byte order mark"),
    ],
)
def test_a_block_of_nothing_or_comments_is_blank(text: str) -> None:
    assert is_blank(text.encode())
    head = text.encode()
    assert [each.kind for each in parse(Source("a.md", "a.md", head, len(head))).parse_errors] == [ParseErrorKind.EMPTY]


@pytest.mark.parametrize("text", ["---\na: 1\n---\n", "---\n", "+++\n---\n", "---\n# c\n+++\n", "---\n# c\na: 1\n---\n"])
def test_a_block_with_a_key_or_without_an_end_is_not_blank(text: str) -> None:
    assert not is_blank(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("---\n\n# Project\n\nText.\n", id="a heading and text"),
        pytest.param("---\n# Project\n", id="a heading"),
        pytest.param("---\n\nText.\n\n---\n\nMore.\n", id="text between two rules"),
        pytest.param("---\nThis project is old.\nUse: another one.\nOr none.\n---\n", id="text with one colon"),
        pytest.param("---\nNote: this project is old.\n\nText.\n", id="a note and no second rule"),
        pytest.param("---\n\n- one\n- two\n\n---\n", id="a list"),
        pytest.param("---\n- one\n- two\n", id="a list without an end"),
        pytest.param("---\n![logo](logo.png)\n", id="an image"),
        pytest.param('---\n<p align="center">\n---\n', id="HTML"),
        pytest.param("---\n| a | b |\n|---|---|\n", id="a table"),
        pytest.param("---\n> quoted: text\n---\n", id="a quotation"),
        pytest.param("---\n[link](x)\n---\n", id="a link"),
        pytest.param("---\n**Note**: text\n---\n", id="bold text"),
        pytest.param("---\n<a>: text\n---\n", id="a tag and a colon"),
        pytest.param("---\na = b\n---\n", id="a formula"),
        pytest.param('---\ntitle = "A"\nThis is text.\n---\n', id="a setting and text"),
    ],
)
def test_a_rule_at_the_top_of_markdown_is_no_front_matter(text: str) -> None:
    assert starts_with_front_matter(text.encode())
    assert is_thematic_break(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("---\ntitle: A\n---\n", id="a key"),
        pytest.param("---\ntitle: A\nText without an end.\n", id="no end"),
        pytest.param("---\ntitle:A\n---\n", id="a key without a space"),
        pytest.param("---\ntitle:\xa0A\n---\n", id="a key with a no-break space"),
        pytest.param("---\ntitle\uff1aA\n---\n", id="a key with a full-width colon"),
        pytest.param("---\ntitle A\nurl: b\n---\n", id="a key without a colon"),
        pytest.param("---\nTitle: A\n---\n", id="a key in upper case"),
        pytest.param("---\nlast modified: A\n---\n", id="a key of two words"),
        pytest.param("---\na very long name of a key: A\nand another one of them: B\n---\n", id="keys of many words"),
        pytest.param('---\n"title": A\n---\n', id="a key in quotes"),
        pytest.param("---\n{title: A}\n---\n", id="a mapping in braces"),
        pytest.param("---\n? title\n: A\n---\n", id="a complex key"),
        pytest.param("---\n&a title: A\n---\n", id="an anchor"),
        pytest.param("---\n# comment\n\n  title: A\n---\n", id="a comment and an indented key"),
        pytest.param("---\nlong text of a key: 'A\nB\nC'\n---\n", id="a value in quotes over several lines"),
        pytest.param("---\n- one\n- two\n---\n", id="a list at once"),
        pytest.param("---\n<<: *none\n---\n", id="a merge key"),
        pytest.param("---\n<< : {a: b}\ntitle: A\n", id="a merge key that is not closed"),
        pytest.param('---\ntitle = "A"\n---\n', id="a usual key of TOML"),
        pytest.param('---\n# x\na = "A"\n[params]\nb = 2\n---\n', id="TOML"),
        pytest.param("---", id="only a fence"),
        pytest.param("---\n---\n", id="nothing"),
        pytest.param("+++\n# Project\n", id="TOML"),
    ],
)
def test_a_block_that_yaml_might_read_or_that_was_meant_so_is_no_rule(text: str) -> None:
    assert not is_thematic_break(text.encode())


@pytest.mark.parametrize(
    ("path", "format_"),
    [
        ("a.yml", "yaml"),
        ("n/a.YAML", "yaml"),
        ("a.json", "json"),
        ("a.toml", "toml"),
        ("a.md", None),
        ("a.yml.md", None),
        ("yml", None),
        ("a.xyml", None),
        ("", None),
    ],
)
def test_a_data_file_is_told_by_its_extension(path: str, format_: str | None) -> None:
    assert data_format(path) == format_
