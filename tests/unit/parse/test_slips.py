"""Common slips in front matter: each is one error, at the place to change, in words that an author understands.

The tables have a mark `▸` before this place. The golden files in `slips/` contain what is reported, to be read aloud.
"""

from collections.abc import Mapping
from pathlib import Path

import pytest
from golden import Golden

from linkcheck.model import Article, ParseError, Source
from linkcheck.parse import parse
from linkcheck.parse.read_yaml import read_yaml

MARK = "▸"
NBSP = "\xa0"

YAML = {
    "a colon and a space in a title": "title: Tokyo▸: a guide",
    "a colon before the title": "title: ▸: Tokyo",
    "a colon in the second line of a text": "description: Tokyo is a city\n  (see the map▸: it is large)",
    "a colon at the end of a title": "title: What we know▸:",
    "a second colon in a list entry": "links:\n  - name: Tokyo▸: a guide",
    "a colon after text in quotes": 'title: "Tokyo"▸: a guide',
    "no space after the colon": "title▸:Tokyo\nweight: 2",
    "no space after the colon, on the last line": "title: Tokyo\nurl▸:https://a.example/x",
    "no colon": 'title: Tokyo\nlinkTitle▸ "Functions"\nweight: 20',
    "a key alone": "title: Tokyo\n▸draft\nweight: 20",
    "an equals sign for the colon": "title ▸= Tokyo\nweight: 2",
    "an equals sign for one colon": "title: Tokyo\nweight▸=2\nurl: x",
    "a full-width colon": "title: Tokyo\nurl▸\uff1ax\nweight: 2",
    "a no-break space after the colon": f"title:▸{NBSP}Tokyo",
    "a no-break space after a later colon": f"title: Tokyo\nurl:▸{NBSP}x\nweight: 2",
    "an em space after the colon": "title: Tokyo\nurl:▸\u2003x\nweight: 2",
    "an ideographic space after the colon": "title: Tokyo\nurl:▸\u3000x\nweight: 2",
    "a zero-width space after the colon": "title: Tokyo\nurl:▸\u200b x\nweight: 2",
    "a no-break space before the colon": f"title: Tokyo\n▸url{NBSP}: x",
    "no-break spaces as indentation": f"title: Tokyo\nimage:\n  url: x\n▸{NBSP}{NBSP}width: 2",
    "no-break spaces before list entries": f"title: Tokyo\ntags:\n▸{NBSP}{NBSP}- a\n{NBSP}{NBSP}- b",
    "a zero-width space before a key": "title: Tokyo\n▸\u200burl: x",
    "a byte order mark before the first key": "▸\ufefftitle: Tokyo",
    "a byte order mark before a later key": "title: Tokyo\n▸\ufeffurl: x",
    "typographic quotes around a key": "title: Tokyo\n▸“url”: x",
    "typographic quotes around a colon": "title: ▸“Tokyo: a guide”",
    "an apostrophe in single quotes": "title: 'it▸'s fine'",
    "an escaped apostrophe in single quotes": "title: 'it▸\\'s fine'",
    "double quotes in double quotes": 'title: "He said ▸"hi" to me"',
    "double quotes at the end of double quotes": 'title: "He said ▸"hi""',
    "two double quotes on each side": 'title: "▸"Tokyo""',
    "a quote too many": 'title: "Tokyo"▸"',
    "text after the closing quote": 'title: "Tokyo" ▸and more',
    "a hyphen after the closing quote": 'title: "Tokyo" ▸- a guide',
    "a comma after the value": 'title: "Tokyo"▸,\nweight: 2',
    "a semicolon after the value": "title: 'Tokyo'▸;\nweight: 2",
    "a quote that is never closed": 'title: ▸"Tokyo\nweight: 2',
    "a quote that is closed by a later one": "title: ▸'Tokyo\nweight: 2\ntags: ['a']",
    "a quote that is closed by a later one, in double quotes": 'title: ▸"Tokyo\nweight: 2\nname: "B"\nurl: "C"',
    "a quote that is closed in the next entry": 'tags:\n  - ▸"a\n  - "b"',
    "an escaped quote at the end": 'path: "C:\\docs▸\\"\nweight: 2'.replace("C:\\docs", "C:"),
    "an escaped quote at the end, and a quote below": 'path: "a▸\\"\nname: "b"',
    "a doubled quote at the end": "title: 'Tokyo▸''\nweight: 2",
    "a Windows path in double quotes": 'path: "C:▸\\Users\\me"',
    "an unknown escape": 'path: "a▸\\d"',
    "an escaped apostrophe in double quotes": 'title: "it▸\\\'s fine"',
    "a template": "title: ▸{{ page.title }}",
    "a template and more text": "title: ▸{{ page.title }} - Tokyo",
    "a template tag": "title: ▸{% if page %}",
    "a shortcode": 'url: ▸{{< ref "x.md" >}}',
    "a shortcode with percent signs": "url: ▸{{% ref %}}",
    "a value that starts with @": "author: ▸@jane",
    "a value that starts with %": "title: ▸%20",
    "a value that starts with a backtick": "title: ▸`code` in a title",
    "bold text": "title: ▸**bold** text",
    "italic text": "title: ▸*italic* text",
    "one word in italics, and more text": "title: ▸*Tokyo and more",
    "one word in italics": "title: ▸*italic",
    "a value that starts with &": "title: ▸& more",
    "a value that starts with !": "title: ▸!<x",
    "a value that starts with a comma": "title: ▸, and more",
    "a value that starts with a question mark": "title: ▸? and more",
    "a quotation that starts with >": "title: ▸> To be or not to be",
    "text after |": "title: ▸| Tokyo\n  more",
    "a list entry on the line of its key": "tags: ▸- a",
    "a Markdown link": "title: [Tokyo]▸(https://a.example/)",
    "text after a bracket": "title: [Draft] ▸Tokyo",
    "a wiki link and more text": "title: [[Tokyo]] ▸and more",
    "a list that is never closed": "tags: ▸[a, b\nweight: 2",
    "a long list that is never closed": "title: Tokyo\ntags: ▸[\n  a,\n  b\nweight: 2",
    "a mapping that is never closed": "image: ▸{url: x\nweight: 2",
    "a bracket too many": "tags: [a, b]▸]",
    "the wrong bracket": "tags: [a, b▸}",
    "hash signs in a list": "tags: [▸#a, #b]\nweight: 2",
    "a hash sign later in a list": "tags: [a, ▸#b, c]\nweight: 2",
    "hash signs in a list on the last line": "tags: [▸#a]",
    "a list that is only opened": "title: Tokyo\ntags: ▸[",
    "a list that ends with a comma": "title: Tokyo\ntags: ▸[a,",
    "a mapping that is only opened": "title: Tokyo\nimage: ▸{",
    "a mapping that ends with a colon": "title: Tokyo\nimage: ▸{url:",
    "a template of Svelte": "title: ▸{#if x}",
    "a template of Svelte before another key": "title: ▸{#if x}\nweight: 2",
    "a template of Svelte with @": "title: ▸{@html x}",
    "two commas in a list": "tags: [a,▸, b]",
    "no comma in a list": "tags: ['a▸' 'b']",
    "no comma in a mapping": 'author: {name: "J▸" email: x}',
    "no comma in a list of several lines": "tags: [\n  'a▸'\n  'b'\n]",
    "hyphens in a list in brackets": "tags: [▸- a, - b]",
    "no comma in a mapping of several lines": "image: {\n  url: ▸x\n  width: 2\n}",
    "an apostrophe in a list": "tags: ['it▸'s', b]",
    "no space after a colon in a list": "tags: [a▸:[b]]",
    "two colons in an item": "tags: [a: b▸: c]",
    "no comma between two keys": "image: {src: a.png alt▸: b}",
    "a quote that is not closed in a list": 'tags: [▸"a, "b"]',
    "quotes of both kinds": "title: '\"A'▸\"",
    "no space after a hyphen": "tags:\n  - a\n  ▸-b\nweight: 2",
    "no space after the last hyphen": "tags:\n  - a\n  ▸-b",
    "no space after hyphens at the margin": "tags:\n▸-a\n-b\nweight: 2",
    "a no-break space after a hyphen": f"tags:\n  - a\n  -▸{NBSP}b\nweight: 2",
    "a no-break space after the hyphen of a key": f"images:\n  - url: x\n  -▸{NBSP}url: y",
    "a no-break space after the colon in a list entry": f"related:\n  - title:▸{NBSP}a\n    url: b",
    "a no-break space after the hyphen of the first entry": f"related:\n  -▸{NBSP}title: a\n    url: b",
    "a no-break space after the hyphen of a text": f"tags:\n  -▸{NBSP}a\n  - b",
    "a no-break space after the hyphen of the only entry": f"tags:\n  -▸{NBSP}a\nweight: 2",
    "a no-break space after the hyphen of the only key": f"images:\n  ▸-{NBSP}url: a\nweight: 2",
    "a no-break space after a colon in a mapping": f"image:\n  url:▸{NBSP}a\n  width: 2",
    "a full-width colon in a nested list": "a:\n  - b:\n      - c▸\uff1ax\n        d: e",
    "an en dash for a hyphen before a key": "images:\n  - url: a\n  ▸\u2013 url: b",
    "an en dash for a hyphen": "tags:\n  - a\n  ▸\u2013 b\nweight: 2",
    "an em dash for a hyphen": "tags:\n▸— a\n— b\nweight: 2",
    "bullets for hyphens": "tags:\n▸• a\n• b\nweight: 2",
    "asterisks for hyphens": "tags:\n  ▸* a\n  * b\nweight: 2",
    "an entry without a hyphen": "tags:\n  - a\n  ▸b\nweight: 2",
    "a key where a hyphen should be": "images:\n  - url: x\n  ▸width: 2",
    "a list below a value": "tags: a\n▸- b",
    "a list entry that is indented too little": "tags:\n  - a\n ▸- b",
    "a list entry at the margin": "tags:\n  - a\n▸- b",
    "a list entry that is indented too much": "images:\n  - url: x\n    alt: a\n   ▸- url: y",
    "a list entry that should not be indented": "images:\n- url: x\n  alt: a\n ▸- url: y",
    "a key that is indented too little": "image:\n  url: x\n ▸width: 2",
    "a key that is indented too much": "image:\n  url: x\n   ▸width: 2",
    "a key in an entry that is indented too little": "images:\n  - url: x\n   ▸width: 2",
    "a key below a value": "title: Tokyo\n  ▸subtitle: a guide",
    "a key below a value in quotes": "title: 'Tokyo'\n ▸subtitle: a guide",
    "a first line that is indented": "▸ title: Tokyo\nweight: 2",
    "a tab as indentation": "image:\n▸\turl: x",
    "a tab below a value": "title: Tokyo\n▸\tsubtitle: a guide",
    "a tab after spaces": "title: Tokyo\n  ▸\tsubtitle: a guide",
    "a comment within a text": "title: A\n  B ▸#5\n  C",
    "a comment within a text before another key": "title: A ▸#5\n  B\nweight: 2",
    "a comment within a list entry": "tags:\n  - a ▸# b\n    c\n  - d",
    "a key below a value with a comment": "title: Tokyo # a city\n  ▸subtitle: a guide",
    "a second line at the margin": "description: Tokyo is\n▸a city\nweight: 2",
    "block text at the margin": "description: |\n▸Tokyo\nweight: 2",
    "block text that is indented too little": "description: >\n  Tokyo is\n ▸a city\nweight: 2",
    "an indented closing fence": "title: Tokyo\n ▸---\n\nThe article starts here.\n",
    "an indented closing fence before text with a colon": "title: Tokyo\n ▸---\nNote: the article starts here.\n",
    "a closing fence of four hyphens": "title: Tokyo\n▸----\n\nThe article starts here.\n",
    "a closing fence of an em dash": "title: Tokyo\n▸—\n\nThe article starts here.\n",
    "a closing fence of asterisks": "title: Tokyo\n▸***\n\nThe article starts here.\n",
    "text after a blank line": "title: Tokyo\n\n▸The article starts here\n",
    "a merge conflict": "title: Tokyo\n▸<<<<<<< HEAD\nurl: x\n=======\nurl: y\n>>>>>>> main\nweight: 2",
    "a merge conflict in a list": "tags:\n  - a\n▸<<<<<<< HEAD\n  - b\n=======\n  - c\n>>>>>>> main\nweight: 2",
    "the end of a merge conflict": "title: Tokyo\n▸>>>>>>> main\nweight: 2",
    "a comment of another language": "title: Tokyo\n▸// a comment\nweight: 2",
    "an HTML comment": "title: Tokyo\n▸<!-- a comment -->\nweight: 2",
    "a control character": "title: To▸\x07kyo",
    "an emoji before the error": 'title: "🗼" ▸Tokyo',
    "TOML between hyphens": 'title ▸= "Tokyo"\n[params]\nx = 1',
    "no space after any colon": "title▸:Tokyo\nweight:2",
}

TOML = {
    "text without quotes": "title = ▸Tokyo",
    "a list of text without quotes": "tags = [▸a, b]",
    "a colon for the equals sign": 'title▸: "Tokyo"',
    "no equals sign": 'title ▸"Tokyo"',
    "a line of text": "title = 'Tokyo'\n▸The article starts here",
    "a line of text after a blank line": "title = 'Tokyo'\n\n▸The article starts here",
    "no value": "title =▸\nweight = 2",
    "a quote that is not closed": 'title = ▸"Tokyo\nweight = 2',
    "a single quote that is not closed": "title = ▸'Tokyo\nweight = 2",
    "an apostrophe in single quotes": "title = 'it▸'s fine'",
    "double quotes in double quotes": 'title = "He said ▸"hi""',
    "typographic quotes": "title = ▸“Tokyo”",
    "a Windows path in double quotes": 'path = "C:▸\\Users"',
    "an unknown escape": 'path = "a▸\\d"',
    "no comma in a list": 'tags = ["a▸" "b"]',
    "two commas in a list": 'tags = ["a",▸, "b"]',
    "a list that is never closed": 'tags = ▸["a", "b"\nweight = 2',
    "a table of several lines": "image = ▸{ width = 1,\nheight = 2 }",
    "a comma at the end of a table": "image = { width = 1▸, }",
    "the name of a table is not closed": "▸[params\nx = 1",
    "True": "draft = ▸True",
    "null": "draft = ▸null",
    "a date with slashes": "date = ▸2021/01/05",
    "a date without zeros": "date = ▸2021-1-5",
    "a day that does not exist": "date = ▸2021-02-30",
    "a date and time without seconds": "date = ▸2021-02-20 10:00",
    "a time without seconds": "at = ▸10:30",
    "a number that starts with 0": "weight = ▸01",
    "two keys on one line": "a = 1▸, b = 2",
    "a semicolon": "a = 1▸;",
    "an escape that is not a character": 'title = "\\ud80▸0"',
    "an escaped apostrophe": 'title = "it▸\\\'s fine"',
    "the wrong bracket": "tags = [[1], 2▸}",
    "a key below a value": "a = 1\n▸a.b = 2",
    "a key of a table in braces": "a = {b = 1}\n▸a.c = 2",
    "a control character": 'title = "To▸\x07kyo"',
    "a key with a space": 'my ▸title = "Tokyo"',
    "a key with an umlaut": "gr▸öße = 1",
    "a comment of another language": "▸// a comment",
    "an indented closing fence": "a = 1\n ▸+++\nThe article starts here.",
    "a template": "title = ▸{{ page.title }}",
    "a no-break space after the equals sign": f'title =▸{NBSP}"Tokyo"',
    "a merge conflict": "▸<<<<<<< HEAD\na = 1\n=======\na = 2\n>>>>>>> main",
}

JSON = {
    "a comma after the last value": '{\n  "title": "Tokyo"▸,\n}',
    "a comma after the last item": '{\n  "tags": ["a"▸,]\n}',
    "no comma between two lines": '{\n  "title": "Tokyo▸"\n  "weight": 2\n}',
    "no comma in a list": '{\n  "tags": ["a▸" "b"]\n}',
    "two commas": '{\n  "tags": ["a",▸, "b"]\n}',
    "a key without quotes": '{\n  ▸title: "Tokyo"\n}',
    "single quotes": "{\n  ▸'title': 'Tokyo'\n}",
    "typographic quotes": '{\n  "title": ▸“Tokyo”\n}',
    "text without quotes": '{\n  "title": ▸Tokyo\n}',
    "no colon": '{\n  "title▸" "Tokyo"\n}',
    "an equals sign for the colon": '{\n  "title" ▸= "Tokyo"\n}',
    "no value": '{\n  "title"▸:\n}',
    "no value between two lines": '{\n  "title"▸: ,\n  "weight": 2\n}',
    "a comment": '{\n  "title": "Tokyo" ▸// a comment\n}',
    "double quotes in double quotes": '{\n  "title": "He said ▸"hi" to me"\n}',
    "a quote that is not closed": '{\n  "title": ▸"Tokyo,\n  "weight": 2\n}',
    "a list that is never closed": '{\n  "tags": ▸["a", "b"\n}',
    "the wrong bracket": '{\n  "tags": ["a"▸}\n}',
    "a parenthesis for a bracket": '{\n  "tags": ["a", "b"▸),\n  "weight": 2\n}',
    "a key in a list": '{\n  "tags": ["a"▸: 1]\n}',
    "a key below a list that is not closed": '{\n  "tags": ▸["a", "b",\n  "title": "A"\n}',
    "an object that is never closed": '▸{\n  "image": {"width": 1\n}\n\nThe article starts here.',
    "a Windows path": '{\n  "path": "C:▸\\Users"\n}',
    "a tab in text": '{\n  "title": "To▸\tkyo"\n}',
    "True": '{\n  "draft": ▸True\n}',
    "NaN": '{\n  "weight": ▸NaN\n}',
    "a number that starts with 0": '{\n  "weight": ▸01\n}',
    "a date without quotes": '{\n  "date": ▸2021-01-05\n}',
    "a number with a unit": '{\n  "width": ▸10 px\n}',
    "a template": '{\n  "title": ▸{{ page.title }}\n}',
    "a no-break space": f'{{\n  "weight":▸{NBSP}1\n}}',
    "an object that is never closed between fences": '---json\n▸{"a": 1\n---\n',
    "a merge conflict": '{\n▸<<<<<<< HEAD\n  "a": 1\n}',
}

TABLES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "yaml": ("---\n{}\n---\n", YAML),
    "toml": ("+++\n{}\n+++\n", TOML),
    "json": ("{}\n", JSON),
}
ONLY_LIBYAML = {"a byte order mark before a later key", "no space after a colon in a list", "a tab below a value"}


ROWS = [(format_, name) for format_, (_, table) in TABLES.items() for name in table]


def text_of(format_: str, name: str) -> tuple[str, tuple[int, int]]:
    """The file, and the line and column of its error."""
    frame, table = TABLES[format_]
    marked = frame.format(table[name]) if format_ != "json" else table[name] + "\n"
    before = marked[: marked.index(MARK)].split("\n")
    return marked.replace(MARK, ""), (len(before), len(before[-1]) + 1)


def read(text: str) -> Article:
    head = text.encode()
    return parse(Source("a.md", "/a.md", head, len(head)))


def told(text: str, error: ParseError) -> str:
    """An error as a report shows it."""
    span = error.location.span
    line = text.split("\n")[span.line - 1]
    length = max(1, span.end_column - span.column) if span.line == span.end_line else 1
    under = "".join("\t" if each == "\t" else " " for each in line[: span.column - 1]) + "^" * length
    return f"    {line}\n    {under}\n    {error.message}\n    -> {error.hint}\n"


@pytest.mark.parametrize(("format_", "name"), ROWS)
def test_a_slip_is_one_error_at_the_place_to_change(format_: str, name: str) -> None:
    text, place = text_of(format_, name)
    article = read(text)
    (error,) = article.parse_errors
    span = error.location.span
    assert (span.line, span.column) == place, error.message
    assert span.line <= len(article.lines)
    assert article.lines[span.line - 1] == text.split("\n")[span.line - 1]
    assert error.hint.endswith((".", '"', "'", ": ---", "value"))
    assert len(error.message) < 140


@pytest.mark.parametrize("end", ["\r\n", "\r"], ids=["CRLF", "CR"])
@pytest.mark.parametrize("name", YAML)
def test_the_place_does_not_depend_on_line_ends_and_a_byte_order_mark(name: str, end: str) -> None:
    text, place = text_of("yaml", name)
    (error,) = read("\ufeff" + text.replace("\n", end)).parse_errors
    assert (error.location.span.line, error.location.span.column) == place
    assert (error.message, error.hint) == ((other := read(text).parse_errors[0]).message, other.hint)


@pytest.mark.parametrize("name", [name for name in YAML if name not in ONLY_LIBYAML])
def test_the_parser_in_pure_python_leads_to_the_same_error(name: str) -> None:
    text, _ = text_of("yaml", name)
    between = text.removeprefix("---\n").removesuffix("---\n")
    errors = [read_yaml(between, path="a.md", line=2, pure=pure).parse_errors for pure in (False, True)]
    assert errors[0] == errors[1]


@pytest.mark.parametrize("format_", TABLES)
def test_the_words_can_be_read_aloud(format_: str, golden: Golden) -> None:
    produced = ""
    for name in TABLES[format_][1]:
        text, _ = text_of(format_, name)
        produced += f"{name}\n" + "".join(told(text, error) for error in read(text).parse_errors) + "\n"
    assert produced == golden(Path(__file__).parent / "slips" / f"{format_}.txt", produced)
