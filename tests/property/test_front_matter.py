import json

import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from linkcheck.model import Article, Json, Source
from linkcheck.parse import parse
from linkcheck.parse.read_yaml import read_yaml
from linkcheck.parse.reader_result import pointers_of
from linkcheck.pointers import value_at

# Whatever front matter can hold: no lone surrogates, no control characters (which YAML writes as escapes anyhow).
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)
SCALARS = (
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats(allow_nan=False, allow_infinity=False) | TEXT
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4), max_leaves=20
)
MAPPINGS = st.dictionaries(TEXT, VALUES, min_size=1, max_size=5)
FENCES = ["---", "...", "+++", "<<", "<<: ", '"""', "'''", "[[", "]]"]
WORDS = ["a", "1", "null", "1e999", "0x", "&a", "*a", "!!str", "\\ud800", "é", "😀", "# linkcheck: ignore[LC1]"]
BREAKS = ["\n", "\n  ", "- ", ": ", "\r", "\x85", "\u2028", "\ufeff", "\x00", "\t"]
PIECES = st.sampled_from([*"[]{}:,-?&*!|>'\"%@`#\\=.~ ", *FENCES, *WORDS, *BREAKS])


def read(head: bytes) -> Article:
    return parse(Source("a.md", "/a.md", head, len(head)))


def is_sound(article: Article) -> None:
    """What every article must hold, whatever it was made of."""
    if article.data:
        assert set(article.places) == pointers_of(article.data)
    for place in article.places.values():
        for span in (place.value, place.key):
            if span is not None:
                assert (1, 1) <= (span.line, span.column) <= (span.end_line, span.end_column)
                assert span.end_line <= len(article.lines)
                assert span.end_column <= len(article.lines[span.end_line - 1]) + 1
    for problem in article.parse_errors:
        assert problem.location.span.line >= 1
        assert problem.message
    json.dumps(article.data, allow_nan=False, ensure_ascii=False).encode()


@given(MAPPINGS)
def test_what_pyyaml_writes_is_read_as_it_was(data: dict[str, Json]) -> None:
    # Written with every text in quotes, so that YAML 1.1 and 1.2 mean the same.
    text = yaml.safe_dump(data, allow_unicode=True, default_style='"', width=40)
    article = read(f"---\n{text}---\n".encode())
    assert article.parse_errors == ()
    assert article.data == data
    is_sound(article)


@given(MAPPINGS)
def test_json_is_read_as_it_was(data: dict[str, Json]) -> None:
    article = read(b"---json\n" + json.dumps(data, indent=1).encode() + b"\n---\n")
    assert article.parse_errors == ()
    assert article.data == data
    is_sound(article)


@given(st.sampled_from(["---\n", "+++\n", "{", "---json\n", "---toml\n", ""]), st.lists(PIECES, max_size=40))
def test_no_text_makes_it_raise(fence: str, pieces: list[str]) -> None:
    head = f"{fence}{''.join(pieces)}\n{fence}body".encode()
    is_sound(read(head))
    is_sound(parse(Source("a.md", "/a.md", head, len(head), multimarkdown_fences=True)))


@given(st.binary(max_size=200))
def test_no_bytes_make_it_raise(data: bytes) -> None:
    is_sound(read(data))
    is_sound(read(b"---\n" + data + b"\n---\n"))


LINES = st.sampled_from(
    ["Title", "a", "\n", "\r\n", ": ", ":", "    ", "\t", " ", "/b.png", "é 😀", "---", "//", "\x85", "\u2028", "#"]
)


@given(st.sampled_from(["Title: x\n", "\ufeffa:\r\n\ttitle\rTITLE:", "a: b\n"]), st.lists(LINES, max_size=30))
def test_metadata_without_fences_is_read_in_its_place(start: str, pieces: list[str]) -> None:
    head = (start + "".join(pieces)).encode()
    article = parse(Source("a.md", "/a.md", head, len(head), multimarkdown=True))
    is_sound(article)
    assert start != "Title: x\n" or article.parse_errors == ()
    for pointer, place in article.places.items():
        value = value_at(article.data, pointer)
        span = place.value
        if isinstance(value, str) and span.line == span.end_line:
            assert article.lines[span.line - 1][span.column - 1 : span.end_column - 1] == value


@given(st.lists(PIECES, max_size=25))
def test_the_parser_in_python_agrees_with_libyaml_on_what_both_can_read(pieces: list[str]) -> None:
    text = "a: " + "".join(pieces) + "\n"
    fast = read_yaml(text, path="a.md", line=2)
    slow = read_yaml(text, path="a.md", line=2, pure=True)
    # Most texts that are put together so are YAML; what one of them finds a problem in is compared in the tests of each.
    assume(not fast.parse_errors and not slow.parse_errors)
    assert fast.data == slow.data
    assert fast.places.keys() == slow.places.keys()


NAMES = st.sampled_from(["a", "b", "c"])
MERGED = st.lists(
    st.tuples(st.dictionaries(NAMES, st.integers(0, 9)), st.lists(st.integers(0, 9), max_size=3), st.booleans()), max_size=8
)


@given(MERGED)
def test_merge_keys_add_the_first_of_what_a_mapping_lacks(mappings: list[tuple[dict[str, int], list[int], bool]]) -> None:
    lines: list[str] = []
    expected: dict[str, dict[str, int]] = {}
    for index, (own, numbers, merge_first) in enumerate(mappings):
        sources = [f"m{each % index}" for each in numbers] if index else []
        merge = f"<<: [{', '.join(f'*{each}' for each in sources)}]"
        pairs = [f"{key}: {value}" for key, value in own.items()]
        lines.append(f"m{index}: &m{index} {{{', '.join([merge, *pairs] if merge_first else [*pairs, merge])}}}\n")
        whole = expected[f"m{index}"] = dict(own)
        for source in sources:
            whole.update({key: value for key, value in expected[source].items() if key not in whole})
    article = read(f"---\n{''.join(lines) or '{}'}\n---\n".encode())
    assert (article.data, article.parse_errors) == (expected, ())
    is_sound(article)
