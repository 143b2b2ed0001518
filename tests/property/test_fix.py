"""Corrections of random documents: read back, they say what was intended, and every other byte is as it was."""

import json

import yaml
from edited import with_edits
from hypothesis import assume, given
from hypothesis import strategies as st

from linkcheck.fix import Correction, correct, correction, edits_of, texts_of
from linkcheck.model import Article, CorrectionKind, Fix, FixKind, Source
from linkcheck.parse import parse
from linkcheck.pointers import value_at, without

FIX = Fix(FixKind.SAFE, "a reason")
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
urls = st.builds("https://{}.example/{}".format, st.sampled_from("ab"), st.text("abc?&=#:,[]{}%'\"\\ é🎈-", max_size=12))
names = st.text("abAB_-1 .é", min_size=1, max_size=6)
scalars = st.one_of(texts, urls, st.integers(-5, 10_000), st.booleans(), st.none())
documents = st.dictionaries(
    names,
    st.recursive(
        scalars, lambda below: st.lists(below, max_size=3) | st.dictionaries(names, below, max_size=3), max_leaves=8
    ),
    min_size=1,
    max_size=4,
)
bodies = st.binary(max_size=20)


def read(raw: bytes) -> Article:
    return parse(Source("a.md", "a.md", raw, len(raw), named=True, multimarkdown=True))


def strings_of(value: object, pointer: str = "") -> list[str]:
    """The pointers of all texts."""
    if isinstance(value, str):
        return [pointer]
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for name, child in below for found in strings_of(child, f"{pointer}/{name}")]


def replaced(value: object, pointer: str, new: str) -> object:
    if not pointer:
        return new
    part, _, rest = pointer[1:].partition("/")
    rest = f"/{rest}" if rest else ""
    if isinstance(value, dict):
        return {name: replaced(child, rest, new) if name == part else child for name, child in value.items()}
    assert isinstance(value, list)
    return [replaced(child, rest, new) if index == int(part) else child for index, child in enumerate(value)]


def holds(raw: bytes, corrected_raw: bytes, data: dict[str, object], pointer: str, new: str) -> None:
    article = read(raw)
    again = read(corrected_raw)
    assert json.dumps(again.data) == json.dumps(replaced(data, pointer, new))
    # All but the value's own bytes: what is before its first byte, and what is after its last.
    span = article.places[pointer].value
    lines = raw.split(b"\n")
    before = b"\n".join(lines[: span.line - 1])
    after = b"\n".join(lines[span.end_line :])
    assert corrected_raw.startswith(before)
    assert corrected_raw.endswith(after)
    last = lines[span.end_line - 1].decode("utf-8", "surrogateescape")[span.end_column - 1 :]
    assert corrected_raw.removesuffix(after).rstrip(b"\n").decode("utf-8", "surrogateescape").endswith(last)


def written(data: dict[str, object], body: bytes, draw: st.DataObject, line_end: str = "\n") -> bytes:
    """An article with this front matter as YAML, in a style that is drawn."""
    flow, style = draw.draw(st.booleans()), draw.draw(st.sampled_from(["'", '"', "|", None]))
    text = yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow, default_style=style, width=40)
    return f"---\n{text}---\n".replace("\n", line_end).encode() + body


@given(documents, bodies, st.data(), urls)
def test_yaml_is_corrected_to_the_byte(data: dict[str, object], body: bytes, draw: st.DataObject, new: str) -> None:
    raw = written(data, body, draw)
    article = read(raw)
    pointers = strings_of(article.data)
    assume(pointers and not article.parse_errors)
    pointer = draw.draw(st.sampled_from(pointers))
    corrected = correct(raw, [Correction("LC202", CorrectionKind.REDIRECT, pointer, new, FIX)], read)
    assert not corrected.refused
    holds(raw, corrected.raw, dict(article.data), pointer, new)


@given(documents, bodies, st.data(), st.sampled_from(["\n", "\r\n"]), urls)
def test_a_property_is_added_to_yaml_or_nothing_changes(
    data: dict[str, object], body: bytes, draw: st.DataObject, line_end: str, new: str
) -> None:
    raw = written(data, body, draw, line_end)
    article = read(raw)
    pointers = [each for each in strings_of(article.data) if not each.rpartition("/")[2].isdecimal()]
    assume(pointers and not article.parse_errors)
    pointer = draw.draw(st.sampled_from(pointers))
    added = f"{pointer.rpartition('/')[0]}/the copy"
    correction = Correction("LC201", CorrectionKind.ARCHIVED, added, new, FIX, partner=pointer)
    corrected = correct(raw, [correction], read)
    after = read(corrected.raw).data
    assert without(after, added) == article.data
    assert value_at(after, added) == (new if corrected.done else None)
    assert (corrected.raw == raw) == bool(corrected.refused)
    kept = iter(corrected.raw)
    assert all(byte in kept for byte in raw)


@given(documents, bodies, st.data(), st.sampled_from(["\n", "\r\n"]), urls)
def test_the_edits_of_corrections_give_the_same_bytes(
    data: dict[str, object], body: bytes, draw: st.DataObject, line_end: str, new: str
) -> None:
    raw = written(data, body, draw, line_end)
    article = read(raw)
    pointers = strings_of(article.data)
    assume(pointers and not article.parse_errors)
    chosen = draw.draw(st.lists(st.sampled_from(pointers), min_size=1, max_size=3, unique=True))
    corrections = [correction(article, "LC202", CorrectionKind.REDIRECT, each, new, fix=FIX) for each in chosen]
    texts = texts_of("\n".join(article.lines).encode(), corrections, read)
    edits = [edit for each, written in texts for edit in edits_of(article.lines, each.span, written) or ()]
    assert len(texts) == len(corrections)
    assert with_edits(raw, edits) == correct(raw, corrections, read).raw


@given(documents, bodies, st.data(), st.sampled_from([None, 2]), urls)
def test_json_is_corrected_to_the_byte(
    data: dict[str, object], body: bytes, draw: st.DataObject, indent: int | None, new: str
) -> None:
    raw = b"---json\n" + json.dumps(data, indent=indent, ensure_ascii=False).encode() + b"\n---\n" + body
    article = read(raw)
    pointers = strings_of(article.data)
    if not pointers or article.parse_errors:
        return
    pointer = draw.draw(st.sampled_from(pointers))
    corrected = correct(raw, [Correction("LC202", CorrectionKind.REDIRECT, pointer, new, FIX)], read)
    assert not corrected.refused
    holds(raw, corrected.raw, dict(article.data), pointer, new)


bare = st.dictionaries(st.text("abc-_", min_size=1, max_size=4), st.tuples(texts, st.sampled_from("'\"")), min_size=1)


@given(bare, st.data(), urls)
def test_toml_is_corrected_to_the_byte(data: dict[str, tuple[str, str]], draw: st.DataObject, new: str) -> None:
    def written(text: str, quote: str) -> str:
        if quote == "'" and "'" not in text and text.isprintable():
            return f"'{text}'"
        return json.dumps(text, ensure_ascii=True) if text.isascii() else f"'{''.join(c for c in text if c.isalnum())}'"

    lines = [f"{name} = {written(*pair)}  # {name}" for name, pair in data.items()]
    raw = ("+++\n" + "\n".join(lines) + "\n+++\n").encode()
    article = read(raw)
    if article.parse_errors:
        return
    pointer = draw.draw(st.sampled_from(strings_of(article.data)))
    corrected = correct(raw, [Correction("LC202", CorrectionKind.REDIRECT, pointer, new, FIX)], read)
    assert not corrected.refused
    holds(raw, corrected.raw, dict(article.data), pointer, new)


lines = st.tuples(
    st.sampled_from(["", "  "]),
    st.text("abAB-_", min_size=1, max_size=4),
    st.sampled_from([":", ": ", ":\t "]),
    st.text("ab/é🎈# :'", max_size=8),
    st.sampled_from(["\n", " \r\n", "\n    "]),
)


@given(st.lists(lines, min_size=1, max_size=5), st.data(), urls)
def test_metadata_without_fences_is_corrected_to_the_byte_or_not_at_all(
    parts: list[tuple[str, ...]], draw: st.DataObject, new: str
) -> None:
    raw = ("Title: é\n" + "".join("".join(each) for each in parts) + "\n\nbody").encode()
    article = read(raw)
    pointer = draw.draw(st.sampled_from(strings_of(article.data)))
    corrected = correct(raw, [Correction("LC202", CorrectionKind.REDIRECT, pointer, new, FIX)], read)
    if corrected.done:
        holds(raw, corrected.raw, dict(article.data), pointer, new)
    else:
        assert corrected.raw == raw


@given(documents, bodies, st.data(), st.sampled_from(["block", "flow", "json", "indented json"]))
def test_a_key_is_removed_alone_or_not_at_all(data: dict[str, object], body: bytes, draw: st.DataObject, style: str) -> None:
    if style.endswith("json"):
        text = json.dumps(data, indent=2 if style.startswith("indented") else None, ensure_ascii=False) + "\n"
    else:
        text = yaml.safe_dump(data, allow_unicode=True, default_flow_style=style == "flow", width=40)
    raw = (b"---json\n" if style.endswith("json") else b"---\n") + text.encode() + b"---\n" + body
    article = read(raw)
    pointers = [pointer for pointer, place in article.places.items() if place.key is not None]
    if not pointers or article.parse_errors:
        return
    pointer = draw.draw(st.sampled_from(pointers))
    corrected = correct(raw, [Correction("LC321", CorrectionKind.REMOVAL, pointer, "", FIX, removes=(pointer,))], read)
    if corrected.refused:
        # Only what would leave its mapping empty in block style.
        assert style == "block" or len(data) == 1
        assert corrected.raw == raw
        return
    assert json.dumps(read(corrected.raw).data) == json.dumps(without(article.data, pointer))
    cut = len(raw) - len(corrected.raw)
    assert any(raw[:start] + raw[start + cut :] == corrected.raw for start in range(len(corrected.raw) + 1))
    assert corrected.raw.endswith(body)


@given(documents, st.data(), names)
def test_a_renamed_key_keeps_its_place_and_its_value(data: dict[str, object], draw: st.DataObject, new: str) -> None:
    raw = b"---\n" + yaml.safe_dump(data, allow_unicode=True, sort_keys=False).encode() + b"---\n"
    article = read(raw)
    assume(not article.parse_errors)
    old = draw.draw(st.sampled_from(sorted(article.data)))
    corrected = correct(raw, [Correction("LC111", CorrectionKind.KEY, f"/{old}", new, FIX)], read)
    if new in article.data:
        assert corrected.raw == raw
        return
    renamed = {new if name == old else name: value for name, value in article.data.items()}
    assert json.dumps(read(corrected.raw).data) == json.dumps(renamed)
