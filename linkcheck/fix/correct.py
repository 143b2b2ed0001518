"""Applies corrections to an article's bytes, one by one, and verifies each by parsing the article again.

A correction changes the bytes of one key or value, adds a key with its value, or removes keys with their values. It is
kept only if the parsed article is exactly as intended: the same data in the same order with the one difference, the same
problems, the same comments.
Therefore, a value with an alias, which would change the copies too, or a key that is in several TOML headers is refused and
never changed in part.
"""

from collections.abc import Callable, Iterable
from itertools import groupby

import msgspec
from msgspec import Struct

from linkcheck.fix.corrections import Correction
from linkcheck.fix.insertion import insertions
from linkcheck.fix.positions import Positions
from linkcheck.fix.removal import cuts
from linkcheck.fix.serialize import serializations
from linkcheck.leftovers import without_leftovers
from linkcheck.model import Article, CorrectionKind, Json
from linkcheck.pointers import unescape, value_at, without

Read = Callable[[bytes], Article]
"""A function that parses an article from the bytes of its file."""


class Refusal(Struct, frozen=True):
    """A correction that was not made, and why, in one clause."""

    correction: Correction
    reason: str


class Corrected(Struct, frozen=True):
    """The bytes with the corrections that were made, and those that were not."""

    raw: bytes
    done: tuple[Correction, ...] = ()
    refused: tuple[Refusal, ...] = ()


def correct(raw: bytes, corrections: Iterable[Correction], read: Read) -> Corrected:
    """Make the corrections that change nothing else; of an image size, both sides or none."""
    return _correct(raw, corrections, read)[0]


def texts_of(raw: bytes, corrections: Iterable[Correction], read: Read) -> tuple[tuple[Correction, str], ...]:
    """The corrections of values and keys that `correct` makes, each with the text that replaces its span."""
    corrected, texts = _correct(raw, corrections, read)
    return tuple((each, text) for each, text in zip(corrected.done, texts, strict=True) if text is not None)


def _correct(raw: bytes, corrections: Iterable[Correction], read: Read) -> tuple[Corrected, list[str | None]]:
    """The corrected bytes, and the new text of each correction that was made; None if it adds or removes keys."""
    article = read(raw)
    done: list[Correction] = []
    texts: list[str | None] = []
    refused: list[Refusal] = []
    for _, group in groupby(corrections, _belongs_to):
        together = tuple(group)
        before = raw, article
        new: list[str | None] = []
        for correction in together:
            outcome = _made(raw, article, correction, read)
            if isinstance(outcome, str):
                refused += (Refusal(each, outcome) for each in together)
                raw, article = before
                break
            raw, article, text = outcome
            new.append(text)
        else:
            done += together
            texts += new
    return Corrected(raw, tuple(done), tuple(refused)), texts


def _belongs_to(correction: Correction) -> tuple[str, str]:
    """The group that adjacent corrections are made with: the image for a size, the pointer for all others."""
    is_side = correction.kind is CorrectionKind.SIZE
    return correction.code, correction.pointer.rpartition("/")[0] if is_side else f"{correction.pointer} {correction.is_key}"


def _made(raw: bytes, article: Article, correction: Correction, read: Read) -> tuple[bytes, Article, str | None] | str:
    """The bytes with one correction, the parsed article and the new text, or why the correction cannot be made."""
    if correction.removes:
        removed = _removed(raw, article, correction, read)
        return removed if isinstance(removed, str) else (*removed, None)
    if correction.partner:
        inserted = _inserted(raw, article, correction, read)
        return inserted if isinstance(inserted, str) else (*inserted, None)
    place = article.places.get(correction.pointer)
    span = None if place is None else place.key if correction.is_key else place.value
    if span is None:
        return "its position in the text is unknown"
    intended = _intended(article.data, correction)
    if isinstance(intended, str):
        return intended
    start, end = Positions(raw).bounds(span)
    written = raw[start:end].decode("utf-8", "replace")
    if article.format == "yaml" and written.startswith("*"):
        return "it is an alias (`*`) for a value elsewhere"
    # A text keeps its line breaks if its characters can be replaced one by one.
    edited = (without_leftovers(written),) if correction.kind is CorrectionKind.TEXT else ()
    for text in (*edited, *serializations(written, correction.new, article.format, is_key=correction.is_key)):
        candidate = raw[:start] + text.encode("utf-8", "surrogatepass") + raw[end:]
        again = read(candidate)
        if _is_as_intended(again, article, intended):
            return candidate, again, text
    return "the value cannot be changed there without changing others"


def _removed(raw: bytes, article: Article, correction: Correction, read: Read) -> tuple[bytes, Article] | str:
    """The bytes without several keys and the parsed article, or why one key cannot be removed: all of them or none."""
    for pointer in correction.removes:
        place = article.places.get(pointer)
        if place is None or place.key is None:
            return "its position in the text is unknown"
        lines = range(place.key.line, place.value.end_line + 1)
        if any(comment.line in lines for comment in article.ignores):
            return "a linkcheck comment refers to it"
        intended = _bytes_of(without(article.data, pointer))
        for start, end in cuts(raw, article, pointer):
            candidate = raw[:start] + raw[end:]
            again = read(candidate)
            if _is_as_intended(again, article, intended):
                raw, article = candidate, again
                break
        else:
            return "the key cannot be removed there without changing others"
    return raw, article


def _inserted(raw: bytes, article: Article, correction: Correction, read: Read) -> tuple[bytes, Article] | str:
    """The bytes with a property next to its partner and the parsed article, or why it cannot be written."""
    intended = _with_property(article.data, correction)
    if isinstance(intended, str):
        return intended
    for each in insertions(raw, article, correction.pointer, correction.partner, str(correction.new)):
        candidate = raw[: each.start] + each.text + raw[each.end :]
        again = read(candidate)
        if _is_as_intended(again, article, intended, more_lines=1):
            return candidate, again
    return "the property cannot be written there without changing others"


def _is_as_intended(again: Article, before: Article, intended: bytes, *, more_lines: int = 0) -> bool:
    """Whether an article contains what was intended, and is otherwise unchanged."""
    return (
        _bytes_of(again.data) == intended
        and again.format == before.format
        and [problem.kind for problem in again.parse_errors] == [problem.kind for problem in before.parse_errors]
        and [comment.codes for comment in again.ignores] == [comment.codes for comment in before.ignores]
        and len(again.lines) <= len(before.lines) + more_lines
    )


def _intended(data: dict[str, Json], correction: Correction) -> bytes | str:
    """The data with a correction, in comparable form, or why the correction cannot be made."""
    owner_pointer, _, last = correction.pointer.rpartition("/")
    owner = value_at(data, owner_pointer)
    name = unescape(last)
    if isinstance(owner, list) and not correction.is_key and last.isdecimal() and int(last) < len(owner):
        items: list[Json] = [*owner]
        items[int(last)] = correction.new
        return _bytes_of(_with(data, owner_pointer, items))
    if not isinstance(owner, dict) or name not in owner or not correction.pointer:
        return "it no longer exists"
    if not correction.is_key:
        return _bytes_of(_with(data, owner_pointer, {**owner, name: correction.new}))
    if correction.new in owner:
        return f"the key `{correction.new}` already exists"
    renamed: dict[str, Json] = {str(correction.new) if key == name else key: value for key, value in owner.items()}
    return _bytes_of(_with(data, owner_pointer, renamed))


def _with_property(data: dict[str, Json], correction: Correction) -> bytes | str:
    """The data with a property directly after its partner, or with the value of an empty one, in comparable form.

    Or why it cannot be written.
    """
    owner_pointer, _, last = correction.pointer.rpartition("/")
    owner, name, partner = value_at(data, owner_pointer), unescape(last), unescape(correction.partner.rpartition("/")[2])
    if not isinstance(owner, dict) or partner not in owner or correction.partner.rpartition("/")[0] != owner_pointer:
        return "it no longer exists"
    if name in owner:
        if not is_empty(owner[name]):
            return f"`{name}` has a value already"
        return _bytes_of(_with(data, owner_pointer, {**owner, name: correction.new}))
    wanted: dict[str, Json] = {}
    for key, value in owner.items():
        wanted[key] = value
        if key == partner:
            wanted[name] = correction.new
    return _bytes_of(_with(data, owner_pointer, wanted))


def is_empty(value: Json) -> bool:
    """Whether a value is missing, as editors with forms write it."""
    return value is None or (isinstance(value, str) and not value.strip())


def _with(data: Json, pointer: str, value: Json) -> Json:
    """A copy of the data in which a pointer has another value; all data outside its path is shared."""
    parents: list[tuple[Json, str]] = []
    node = data
    for part in pointer.split("/")[1:]:
        parents.append((node, unescape(part)))
        node = value_at(node, f"/{part}")
    for parent, name in reversed(parents):
        if isinstance(parent, dict):
            value = {**parent, name: value}
        elif isinstance(parent, list):
            value = [*parent[: int(name)], value, *parent[int(name) + 1 :]]
    return value


def _bytes_of(data: Json) -> bytes:
    """The data as bytes, which are equal only if key order and value types are too: `1`, `1.0` and `true` differ."""
    return msgspec.json.encode(data)
