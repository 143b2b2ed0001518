"""A property is written next to another one in its style, and everything else stays as it is, to the byte."""

from collections.abc import Callable

import pytest

from linkcheck.fix import Corrected, Correction, correct
from linkcheck.model import Article, CorrectionKind, Fix, FixKind

Read = Callable[[bytes], Article]
SAFE = Fix(FixKind.SAFE, "a reason")
URL = "https://web.archive.org/web/20210604101112/https://a.example/?b=1&c=2"


def made(before: str, partner: str, read: Read, *, new: str = URL, name: str = "copy") -> Corrected:
    pointer = f"{partner.rpartition('/')[0]}/{name}"
    correction = Correction("LC201", CorrectionKind.ARCHIVED, pointer, new, SAFE, partner=partner)
    return correct(before.encode(), [correction], read)


CREATED = {
    # YAML, block
    "plain": ("---\nu: x\nb: 1\n---\nu: x\n", "---\nu: x\ncopy: URL\nb: 1\n---\nu: x\n"),
    "single quotes": ("---\nu: 'x'\n---\n", "---\nu: 'x'\ncopy: 'URL'\n---\n"),
    "double quotes": ('---\nu: "x"\n---\n', '---\nu: "x"\ncopy: "URL"\n---\n'),
    "a comment behind it": ("---\nu: x   # of u: y\nb: 1\n---\n", "---\nu: x   # of u: y\ncopy: URL\nb: 1\n---\n"),
    "comments around it": (
        "---\n# above\nu: x\n# below\nb: 1\n---\n",
        "---\n# above\nu: x\ncopy: URL\n# below\nb: 1\n---\n",
    ),
    "CRLF": ("---\r\nu: 'x' # c\r\nb: 1\r\n---\r\nx\n", "---\r\nu: 'x' # c\r\ncopy: 'URL'\r\nb: 1\r\n---\r\nx\n"),
    "CR": ("---\ru: x\rb: 1\r---\r", "---\ru: x\rcopy: URL\rb: 1\r---\r"),
    "byte order mark": ("\ufeff---\nu: x\n---\n", "\ufeff---\nu: x\ncopy: URL\n---\n"),
    "characters of several bytes": ("---\né: 🎈\nu: x # é\n---\n", "---\né: 🎈\nu: x # é\ncopy: URL\n---\n"),
    "a folded value": ("---\nu: >-\n  x\n\nb: 2\n---\n", "---\nu: >-\n  x\ncopy: URL\n\nb: 2\n---\n"),
    "a literal value": ("---\nu: |-\n    x\nb: 2\n---\n", "---\nu: |-\n    x\ncopy: URL\nb: 2\n---\n"),
    "a value on the next line": ("---\nu:\n  'x'\nb: 2\n---\n", "---\nu:\n  'x'\ncopy: 'URL'\nb: 2\n---\n"),
    "a value on the next line, with a comment": ("---\nu: # c\n  x\n---\n", "---\nu: # c\n  x\ncopy: URL\n---\n"),
    "a value on two lines": ("---\nu: x\n  y\nb: 2\n---\n", "---\nu: x\n  y\ncopy: URL\nb: 2\n---\n"),
    "quoted keys": ('---\n"u" : x\n---\n', '---\n"u" : x\n"copy" : URL\n---\n'),
    "aligned values": ("---\nu:        x\ntitle:    y\n---\n", "---\nu:        x\ncopy:     URL\ntitle:    y\n---\n"),
    "an ignore comment": (
        "---\nu: x # linkcheck: ignore[LC116]\n# linkcheck: ignore[LC112]\ndate: 1\n---\n",
        "---\nu: x # linkcheck: ignore[LC116]\ncopy: URL\n# linkcheck: ignore[LC112]\ndate: 1\n---\n",
    ),
    # YAML, flow
    "flow": ("---\n{u: x, b: 1}\n---\n", "---\n{u: x, copy: URL, b: 1}\n---\n"),
    "flow, last": ("---\n{b: 1, u: 'x'} # c\n---\n", "---\n{b: 1, u: 'x', copy: 'URL'} # c\n---\n"),
    "flow on lines": (
        "---\n{\n  u: x,   # c\n  b: 1\n}\n---\n",
        "---\n{\n  u: x,   # c\n  copy: URL,\n  b: 1\n}\n---\n",
    ),
    "flow on lines, last": (
        "---\n{\n  b: 1,\n  u: x   # c\n}\n---\n",
        "---\n{\n  b: 1,\n  u: x,   # c\n  copy: URL\n}\n---\n",
    ),
    "flow on lines, last, with a comma": (
        "---\n{\n  b: 1,\n  u: x,\n}\n---\n",
        "---\n{\n  b: 1,\n  u: x,\n  copy: URL,\n}\n---\n",
    ),
    "JSON in YAML": ('---\n{"u":"x","b":1}\n---\n', '---\n{"u":"x","copy":"URL","b":1}\n---\n'),
    # TOML
    "TOML": ("+++\nu = 'x'\nb = 1\n+++\n", "+++\nu = 'x'\ncopy = 'URL'\nb = 1\n+++\n"),
    "TOML, double quotes and a comment": (
        '+++\nu="x" # c\n[t]\nb = 1\n+++\n',
        '+++\nu="x" # c\ncopy="URL"\n[t]\nb = 1\n+++\n',
    ),
    "TOML, three quotes": ('+++\nu = """x"""\n+++\n', '+++\nu = """x"""\ncopy = """URL"""\n+++\n'),
    "TOML, quoted keys": ("+++\n'u' = 'x'\n+++\n", "+++\n'u' = 'x'\n'copy' = 'URL'\n+++\n"),
    "TOML, CRLF": ("+++\r\nu = 'x'\r\n+++\r\n", "+++\r\nu = 'x'\r\ncopy = 'URL'\r\n+++\r\n"),
    "TOML, aligned": ("+++\nu     = 'x'\ntitle = 'y'\n+++\n", "+++\nu     = 'x'\ncopy  = 'URL'\ntitle = 'y'\n+++\n"),
    # JSON
    "JSON": ('{\n  "u": "x",\n  "b": 1\n}\n', '{\n  "u": "x",\n  "copy": "URL",\n  "b": 1\n}\n'),
    "JSON, last, without a line end": ('{\n\t"b": 1,\n\t"u": "x"\n}', '{\n\t"b": 1,\n\t"u": "x",\n\t"copy": "URL"\n}'),
    "JSON, CRLF": ('{\r\n  "u": "x"\r\n}\r\n', '{\r\n  "u": "x",\r\n  "copy": "URL"\r\n}\r\n'),
    "JSON on one line": ('{"u": "x", "b": 1}', '{"u": "x", "copy": "URL", "b": 1}'),
    "JSON without spaces": ('{"u":"x","b":1}', '{"u":"x","copy":"URL","b":1}'),
    "JSON between fences": (
        '---json\n{\n  "u": "x",\n  "b": 1\n}\n---\n',
        '---json\n{\n  "u": "x",\n  "copy": "URL",\n  "b": 1\n}\n---\n',
    ),
    # MultiMarkdown
    "MultiMarkdown": ("title: A\nu: x\nb: c\n\nu: x\n", "title: A\nu: x\ncopy: URL\nb: c\n\nu: x\n"),
    "MultiMarkdown, capitals": ("Title: A\nU:   x\n\nB\n", "Title: A\nU:   x\nCopy: URL\n\nB\n"),
    "MultiMarkdown, on the next line": ("Title: A\nU:\n    x\n\nB\n", "Title: A\nU:\n    x\nCopy: URL\n\nB\n"),
    "MultiMarkdown, CRLF": ("Title: A\r\nU: x\r\n\r\nB", "Title: A\r\nU: x\r\nCopy: URL\r\n\r\nB"),
    "MultiMarkdown, a last line without a line end": ("Title: A\nU: x", "Title: A\nU: x\nCopy: URL"),
    "MultiMarkdown, CRLF, a last line without a line end": ("Title: A\r\nU: x", "Title: A\r\nU: x\r\nCopy: URL"),
}
FILLED = {
    "nothing": ("---\nu: x\ncopy:\n---\n", "---\nu: x\ncopy: URL\n---\n"),
    "nothing, and a space": ("---\nu: 'x'\ncopy: \n---\n", "---\nu: 'x'\ncopy: 'URL' \n---\n"),
    "nothing, and a comment": ("---\nu: 'x'\ncopy:   # c\n---\n", "---\nu: 'x'\ncopy: 'URL'   # c\n---\n"),
    "before its partner": ("---\ncopy: ''\nb: 1\nu: x\n---\n", "---\ncopy: 'URL'\nb: 1\nu: x\n---\n"),
    "double quotes": ('---\nu: x\ncopy: "" # c\n---\n', '---\nu: x\ncopy: "URL" # c\n---\n'),
    "blanks": ("---\nu: x\ncopy: '  '\n---\n", "---\nu: x\ncopy: 'URL'\n---\n"),
    "null": ('---\nu: "x"\ncopy: null\n---\n', '---\nu: "x"\ncopy: "URL"\n---\n'),
    "a tilde": ("---\nu: x\ncopy: ~ # c\n---\n", "---\nu: x\ncopy: URL # c\n---\n"),
    "flow": ("---\n{u: x, copy: , b: 1}\n---\n", "---\n{u: x, copy: URL, b: 1}\n---\n"),
    "TOML": ("+++\nu = 'x'\ncopy = \"\"\n+++\n", '+++\nu = \'x\'\ncopy = "URL"\n+++\n'),
    "JSON": ('{"u": "x", "copy": ""}', '{"u": "x", "copy": "URL"}'),
    "JSON, null": ('{"u": "x", "copy": null}', '{"u": "x", "copy": "URL"}'),
    "MultiMarkdown": ("Title: A\nU: x\nCopy:\n\nb", "Title: A\nU: x\nCopy: URL\n\nb"),
    "MultiMarkdown, and a space": ("Title: A\nU: x\nCopy: \n\nb", "Title: A\nU: x\nCopy: URL\n\nb"),
}  # fmt: skip
DEEPER = {
    "the first key of an item": (
        "---\nr:\n  - u: x\n    t: 1\n  - t: 2\n---\n",
        "/r/0/u",
        "---\nr:\n  - u: x\n    copy: URL\n    t: 1\n  - t: 2\n---\n",
    ),
    "the last key of an item": (
        "---\nr:\n- t: 1\n- t: 2\n  u: y # c\n---\n",
        "/r/1/u",
        "---\nr:\n- t: 1\n- t: 2\n  u: y # c\n  copy: URL\n---\n",
    ),
    "an item in an item": ("---\nr:\n- - u: x\n---\n", "/r/0/0/u", "---\nr:\n- - u: x\n    copy: URL\n---\n"),
    "flow in a list": ("---\nr:\n- {t: 1, u: x}\n---\n", "/r/0/u", "---\nr:\n- {t: 1, u: x, copy: URL}\n---\n"),
    "flow in flow": ("---\nr: [{u: x}, {u: y}]\n---\n", "/r/1/u", "---\nr: [{u: x}, {u: y, copy: URL}]\n---\n"),
    "a table of an array": (
        "+++\n[[r]]\n  u = 'x'\n[[r]]\n  u = 'y'\n+++\n",
        "/r/0/u",
        "+++\n[[r]]\n  u = 'x'\n  copy = 'URL'\n[[r]]\n  u = 'y'\n+++\n",
    ),
    "a dotted key": ("+++\na.u = 'x'\nb = 1\n+++\n", "/a/u", "+++\na.u = 'x'\na.copy = 'URL'\nb = 1\n+++\n"),
    "an inline table": (
        "+++\nr = [ { u = 'x', t = 1 } ]\n+++\n",
        "/r/0/u",
        "+++\nr = [ { u = 'x', copy = 'URL', t = 1 } ]\n+++\n",
    ),
    "JSON": (
        '{"r": [\n  {\n    "u": "x"\n  }\n]}\n',
        "/r/0/u",
        '{"r": [\n  {\n    "u": "x",\n    "copy": "URL"\n  }\n]}\n',
    ),
}
CASES = [
    *(pytest.param(before, "/u", after, id=f"created: {name}") for name, (before, after) in CREATED.items()),
    *(pytest.param(before, "/u", after, id=f"filled: {name}") for name, (before, after) in FILLED.items()),
    *(pytest.param(*row, id=f"deeper: {name}") for name, row in DEEPER.items()),
]


@pytest.mark.parametrize(("before", "partner", "after"), CASES)
def test_the_property_is_written_next_to_its_partner(before: str, partner: str, after: str, read: Read) -> None:
    corrected = made(before, partner, read)
    assert corrected.raw.decode() == after.replace("URL", URL)
    assert len(corrected.done) == 1
    assert made(after.replace("URL", URL), partner, read).raw.decode() == after.replace("URL", URL)


@pytest.mark.parametrize(
    ("before", "partner"),
    [
        pytest.param("---\nu: x\ncopy: y\n---\n", "/u", id="another value"),
        pytest.param("---\nu: x\ncopy: [y]\n---\n", "/u", id="a list"),
        pytest.param("---\nu: x\ncopy: 0\n---\n", "/u", id="a number"),
        pytest.param("---\nu: &k x\nb: *k\n---\n", "/u", id="an anchor"),
        pytest.param("---\nb: &k x\nu: *k\n---\n", "/u", id="an alias"),
        pytest.param("---\nu: !!str x\n---\n", "/u", id="a tag"),
        pytest.param("---\nm: &m\n  u: x\nn: *m\n---\n", "/m/u", id="an object with an alias"),
        pytest.param("---\nm: &m\n  u: x\nn: *m\n---\n", "/n/u", id="the alias of an object"),
        pytest.param("---\nm: &m {u: x}\nn:\n  <<: *m\n---\n", "/m/u", id="an object that is merged"),
        pytest.param("---\nm: &m {u: x}\nn:\n  <<: *m\n---\n", "/n/u", id="a merged value"),
        pytest.param("---\nu: x\nb: &k\ncopy: *k\n---\n", "/u", id="an alias of nothing"),
        pytest.param("---\n? u\n: x\n---\n", "/u", id="a key with a question mark"),
        pytest.param("---\nu: >+\n  x\n\nb: 1\n---\n", "/u", id="line breaks that belong to the value"),
        pytest.param("---\nb: 1\n---\n", "/u", id="no partner"),
        pytest.param("---\nr: [x]\n---\n", "/r/0", id="an item of a list"),
        pytest.param("---\nu: x\n", "/u", id="front matter without an end"),
    ],
)
def test_what_would_change_others_is_refused(before: str, partner: str, read: Read) -> None:
    corrected = made(before, partner, read)
    assert corrected.raw.decode() == before
    assert [bool(each.reason) for each in corrected.refused] == [True]


@pytest.mark.parametrize(
    "before",
    [
        "---\nu: x\nb: 1\n---\n",
        "---\nu: 'x'\nb: 1\n---\n",
        '---\nu: "x"\nb: 1\n---\n',
        "---\n{u: x, b: 1}\n---\n",
        "---\nu: x\ncopy: ''\nb: 1\n---\n",
        "---\nu: x\ncopy:\nb: 1\n---\n",
        "+++\nu = 'x'\nb = 1\n+++\n",
        "+++\nu = '''x'''\nb = 1\n+++\n",
        '+++\nu = """x"""\nb = 1\n+++\n',
        '{"u": "x", "b": 1}',
    ],
)
@pytest.mark.parametrize(
    "new",
    [
        "https://a.example/'''\"\"\"",
        "a: b # c",
        "a\nb: c",
        "a\r\n---\r\nb",
        "\\u0022, b: 2",
        "a', b: 2, c: '",
        'a", "b": 2, "c": "',
        "a}, b]",
        "*b",
        "&b !c",
        "%a",
        "- a",
        "null",
        "2021-06-04",
        "\u2028\u202e\x00\x1b",
        "# linkcheck: ignore[LC201]",
        "é 🎈",
    ],
)
def test_any_text_becomes_this_value_and_nothing_else(before: str, new: str, read: Read) -> None:
    corrected = made(before, "/u", read, new=new)
    data = read(corrected.raw).data
    assert list(data.items()) == [("u", "x"), ("copy", new), ("b", 1)]


@pytest.mark.parametrize("new", ["a\nB: c", "a\r\n\r\nb", "a\x00", " a "])
def test_a_text_that_metadata_cannot_hold_is_refused(new: str, read: Read) -> None:
    corrected = made("Title: A\nU: x\n", "/u", read, new=new)
    assert (corrected.raw, len(corrected.refused)) == (b"Title: A\nU: x\n", 1)


@pytest.mark.parametrize("name", ["a b", "a: b", "é", "a.b", "'", '"', "#a"])
def test_a_name_is_quoted_where_it_has_to_be(name: str, read: Read) -> None:
    for before in ("---\nu: x\n---\n", "+++\nu = 'x'\n+++\n", '{"u": "x"}'):
        corrected = made(before, "/u", read, name=name)
        assert read(corrected.raw).data == {"u": "x", name: URL}
