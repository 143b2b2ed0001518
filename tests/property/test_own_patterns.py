"""Every regular expression of the package takes time in proportion to its text, on the worst texts that can be made of it.

Patterns and how they are used are read off the source; attacks are put together from what each pattern looks for. What is
asserted is growth: twice the text must not take much more than twice the work.
"""

import ast
import re
import re._constants as signs  # type: ignore[import-not-found]  # the only reader of what `re` reads
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from itertools import product
from pathlib import Path
from time import process_time
from typing import Any, NamedTuple

import pytest

PACKAGE = Path(__file__).parents[2] / "linkcheck"
METHODS = ("match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split")
LARGEST = 1 << 16
LEAST = 0.007
"""Seconds of the processor that are worth measuring."""
WORST = 80
"""Times the work of looking at each character once, for the longest text."""
FEW = 10
SHARES = 20
"""Of the patterns, so that several processes can try them."""
BOUNDED = {
    "linkcheck.report.explain:_HEADING": "documentation of rules, which is linkcheck's own",
    "linkcheck.report.explain:_LINK": "documentation of rules, which is linkcheck's own",
    "linkcheck.report.explain:_INLINE": "documentation of rules, which is linkcheck's own",
    "linkcheck.report.explain:_ITEM": "documentation of rules, which is linkcheck's own",
    "linkcheck.fetch.http.failures:_UNNAMED": "what OpenSSL calls its errors",
    "linkcheck.infer.shape:IMAGE_FILE": "`init` reads the archive of whoever runs it",
    "linkcheck.commands.init.templates:hooks": "`init` reads the archive of whoever runs it",
    "linkcheck.patterns:_TOKEN": "patterns that `re` has read, in which every set is closed",
}
"""Patterns that may take longer, and why no text of others makes them."""


class Use(NamedTuple):
    """A pattern, and the method that is called on it."""

    name: str
    pattern: re.Pattern[Any]
    method: str


def uses() -> Iterator[Use]:
    for path in sorted(PACKAGE.rglob("*.py")):
        module = ".".join(("linkcheck", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")
        if path.name != "__main__.py":
            yield from _uses_of(module, path.read_text(encoding="utf-8"))


def _uses_of(module: str, source: str) -> Iterator[Use]:
    names = vars(import_module(module))
    for name, known in names.items():
        if isinstance(known, tuple | dict) and name.isupper():
            for item in _flat(known):
                yield Use(f"{module}:{name}", item, "fullmatch" if module.startswith("linkcheck.infer") else "search")
    if not re.search(rf"\.\s*(?:{'|'.join(METHODS)})\b", source):
        return
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Attribute) and node.attr in METHODS and isinstance(node.value, ast.Name)):
            continue
        known = names.get(node.value.id)
        if isinstance(known, re.Pattern):
            yield Use(f"{module}:{node.value.id}", known, node.attr)
    for owner, node in _calls(tree):
        if not (isinstance(node.func, ast.Attribute) and node.args):
            continue
        if isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and node.func.attr in METHODS:
            first = node.args[0]
            text = first.value if isinstance(first, ast.Constant) else names.get(getattr(first, "id", ""))
            if isinstance(text, str | bytes):
                flags = {"sub": 4}.get(node.func.attr, 2)
                given = eval(ast.unparse(node.args[flags]), {"re": re}) if len(node.args) > flags else 0
                yield Use(f"{module}:{owner}", re.compile(text, given), node.func.attr)


def _flat(value: object) -> Iterator[re.Pattern[Any]]:
    match value:
        case re.Pattern():
            yield value
        case tuple():
            yield from (found for item in value for found in _flat(item))
        case dict():
            yield from (found for item in value.values() for found in _flat(item))


def _calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """Every call, and the function or class it stands in."""
    for owner in tree.body:
        name = getattr(owner, "name", "")
        yield from ((name, node) for node in ast.walk(owner) if isinstance(node, ast.Call))


# What a pattern looks for


def _pieces(items: Any, found: dict[str, None]) -> None:
    run = ""
    for sign, value in items:
        if sign is signs.LITERAL:
            run += chr(value)
            if not chr(value).isalnum():
                found[chr(value)] = None
            continue
        if run:
            found[run], run = None, ""
        match sign:
            case signs.IN:
                found[_one_of(value)] = None
            case signs.ANY | signs.NOT_LITERAL:
                found["x"] = None
            case signs.BRANCH:
                for branch in value[1]:
                    _pieces(branch, found)
            case signs.SUBPATTERN:
                _pieces(value[3], found)
            case signs.MAX_REPEAT | signs.MIN_REPEAT | signs.POSSESSIVE_REPEAT:
                _pieces(value[2], found)
            case signs.ATOMIC_GROUP:
                _pieces(value, found)
            case signs.ASSERT | signs.ASSERT_NOT:
                _pieces(value[1], found)
    if run:
        found[run] = None


def _one_of(members: Any) -> str:
    categories = {signs.CATEGORY_SPACE: " ", signs.CATEGORY_DIGIT: "0", signs.CATEGORY_WORD: "a"}
    if members[0][0] is signs.NEGATE:
        allowed = re.compile("[^" + "".join(re.escape(_one_of([each])) for each in members[1:]) + "]")
        return next(each for each in "x,y%0 \u00e9" if allowed.match(each))
    sign, value = members[0]
    match sign:
        case signs.LITERAL:
            return chr(value)
        case signs.RANGE:
            return chr(value[0])
        case _:
            return categories.get(value, "-")


def _example(items: Any, least: int) -> str:
    """A text that the pattern matches, or nearly: of everything as little as may be, but so many times in any case."""
    text = ""
    for sign, value in items:
        match sign:
            case signs.LITERAL:
                text += chr(value)
            case signs.IN:
                text += _one_of(value)
            case signs.ANY | signs.NOT_LITERAL:
                text += "x"
            case signs.BRANCH:
                text += _example(value[1][0], least)
            case signs.SUBPATTERN:
                text += _example(value[3], least)
            case signs.MAX_REPEAT | signs.MIN_REPEAT | signs.POSSESSIVE_REPEAT:
                text += _example(value[2], least) * max(min(value[0], 20), least)
            case signs.ATOMIC_GROUP:
                text += _example(value, least)
    return text


def attacks(pattern: re.Pattern[Any]) -> Iterator[tuple[str, str, str]]:
    """What leads, what is repeated, and what ends it."""
    source = pattern.pattern
    parsed = parser.parse(source, pattern.flags & ~re.DEBUG)
    found: dict[str, None] = {}
    _pieces(parsed, found)
    pieces = list(found)[:24]
    items = list(parsed)
    # Up to where something else than a letter follows.
    cuts = [index for index in range(1, len(items)) if items[index][0] is not signs.LITERAL]
    leads = dict.fromkeys(["", *(_example(items[:cut], least) for cut in [*cuts[:6], len(items)] for least in (1, 0))])
    pairs = [*product(pieces[:7], repeat=2), *product(leads, pieces[:12])]
    repeated = dict.fromkeys([*pieces, *map("".join, pairs), *leads])
    for lead, each in product(leads, repeated):
        if each:
            yield from ((lead, each, ending) for ending in ("\0!", "\n"))


def _runner(use: Use) -> Callable[[Any], object]:
    method = getattr(use.pattern, use.method)
    match use.method:
        case "sub" | "subn":
            return lambda text: method(b"" if isinstance(text, bytes) else "", text)
        case "finditer":
            return lambda text: sum(1 for _ in method(text))
        case _:
            found: Callable[[Any], object] = method
            return found


def _text(use: Use, attack: tuple[str, str, str], size: int) -> Any:
    lead, repeated, ending = attack
    text = lead + repeated * (size // len(repeated)) + ending
    return text.encode("latin-1", "replace") if isinstance(use.pattern.pattern, bytes) else text


ONCE = re.compile("[a-z][^a-z]?")


def work(run: Callable[[Any], object], text: Any, tries: int = 3) -> float:
    """Seconds of the processor, the least of some tries."""
    times = []
    for _ in range(tries):
        began = process_time()
        run(text)
        times.append(process_time() - began)
        if times[-1] > 1:
            break
    return min(times)


def grows_too_fast(use: Use) -> str | None:
    """The attack, and the size from which twice the text took three times the work whenever that was measured; or the attack
    that takes too much of it at any size.
    """
    run = _runner(use)
    worst = sorted(set(attacks(use.pattern)), key=lambda attack: work(run, _text(use, attack, 512), 1), reverse=True)
    for attack in worst[:2]:
        size, before = 1_024, LEAST
        while size < LARGEST:
            text, twice = _text(use, attack, size), _text(use, attack, size * 2)
            now = work(run, twice, 2)
            if now >= 3 * before and all(work(run, twice) >= 3 * max(work(run, text), LEAST) for _ in range(2)):
                return f"{attack} at {size:,} characters"
            size, before = size * 2, max(now, LEAST)
        if before > WORST * max(work(ONCE.findall, "a" * LARGEST), LEAST / 2):
            return f"{attack} looks at each character too often"
    return None


def repeats(items: Any) -> bool:
    """Whether something is repeated more than a few times: all else takes the same time at each place of a text."""
    for sign, value in items:
        match sign:
            case signs.MAX_REPEAT | signs.MIN_REPEAT | signs.POSSESSIVE_REPEAT:
                found = value[1] > FEW or repeats(value[2])
            case signs.SUBPATTERN:
                found = repeats(value[3])
            case signs.BRANCH:
                found = any(map(repeats, value[1]))
            case signs.ATOMIC_GROUP:
                found = repeats(value)
            case signs.ASSERT | signs.ASSERT_NOT:
                found = repeats(value[1])
            case _:
                found = False
        if found:
            return True
    return False


@cache
def all_uses() -> tuple[Use, ...]:
    return tuple(dict.fromkeys(uses()))


def tried() -> Iterator[Use]:
    """One use of each pattern that repeats anything, and one more where it is held against the whole of a text only."""
    seen = set()
    for use in all_uses():
        kind = (use.pattern, use.method if use.method in {"match", "fullmatch"} else "anywhere")
        if use.name not in BOUNDED and kind not in seen and repeats(parser.parse(use.pattern.pattern, use.pattern.flags)):
            seen.add(kind)
            yield use


def test_the_patterns_are_found() -> None:
    assert len(all_uses()) > 400
    assert len(tuple(tried())) > 200
    assert BOUNDED.keys() - {use.name for use in all_uses()} == set()


@pytest.mark.parametrize("source", [r"a+", r"x(?:b|c{20})", r"(?=a*)b", r"(?>a*)b", r"(?:a{2}){3,}"])
def test_a_pattern_that_repeats_is_tried(source: str) -> None:
    assert repeats(parser.parse(source))


@pytest.mark.parametrize("source", [r"abc", r"a?b{2}", r"x(?:b|c)(?!d)", r"[a-z]"])
def test_a_pattern_that_repeats_nothing_is_not_tried(source: str) -> None:
    assert not repeats(parser.parse(source))


@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (r"\s+$", "search"),
        (r"#ignore\[[^\]]*\]", "finditer"),
        (r"https?://[^\s/]+[^\s]*", "fullmatch"),
    ],
)
def test_a_pattern_that_takes_too_long_is_found(pattern: str | bytes, method: str) -> None:
    use = Use("x", re.compile(pattern), method)
    assert any(grows_too_fast(use) is not None for _ in range(5))  # on a busy machine, measuring may hide it


@pytest.mark.parametrize("share", range(SHARES))
def test_twice_the_text_takes_twice_the_work(share: int) -> None:
    found = {f"{use.name} {use.method} {use.pattern.pattern!r}": grows_too_fast(use) for use in [*tried()][share::SHARES]}
    assert {name: attack for name, attack in found.items() if attack is not None} == {}
