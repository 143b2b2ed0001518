"""The glossary has each term once, terms are used, and the places that it names exist."""

import inspect
import re
from itertools import islice
from pathlib import Path

import pytest

from linkcheck import model

ROOT = Path(__file__).resolve().parents[1]
GLOSSARY = (ROOT / "docs" / "explanation" / "glossary.md").read_text("utf-8")
ROWS = re.findall(r"^\| ([a-z][^|]*) \| ([^|]+) \| ([^|]+) \|$", GLOSSARY, re.MULTILINE)
TERMS = [term for term, _, _ in ROWS if term != "term"]
PLACES = [place for term, _, place in ROWS if term != "term"]
DOCUMENTS = [ROOT / "README.md", *(page for page in ROOT.glob("docs/**/*.md") if page.name != "glossary.md")]
TEXTS = [path.read_text("utf-8") for path in (*DOCUMENTS, *ROOT.glob("linkcheck/**/*.py"))]


def test_every_class_that_the_glossary_names_exists() -> None:
    classes = {name for name in model.__all__ if _is_class(getattr(model, name))}
    named = {name for place in PLACES for name in re.findall(r"`([A-Z]\w+)`", place)}
    assert named
    assert sorted(named - classes) == []


@pytest.mark.parametrize("term", TERMS)
def test_a_term_is_used_outside_the_glossary(term: str) -> None:
    pattern = re.compile(rf"\b{re.escape(term)}(?:s|es)?\b".replace(r"\ ", r"[\s-]+"), re.IGNORECASE)
    used = (text for text in TEXTS if pattern.search(text))
    assert len(list(islice(used, 2))) == 2


def test_every_term_is_in_the_glossary_once() -> None:
    assert sorted({term for term in TERMS if TERMS.count(term) > 1}) == []
    assert len(TERMS) > 45


def test_every_meaning_is_a_sentence_or_two() -> None:
    assert [meaning for _, meaning, _ in ROWS if meaning != "meaning" and not 1 <= meaning.count(".") <= 4] == []


def test_every_place_in_the_glossary_exists_and_defines_its_classes() -> None:
    for place in PLACES:
        names = re.findall(r"`([A-Z]\w+)`", place)
        (path,) = re.findall(r"`([a-z][\w/]*(?:\.py|/))`", place)
        file = ROOT / "linkcheck" / path
        assert file.exists(), place
        for name in names:
            assert re.search(rf"^class {name}\b", file.read_text("utf-8"), re.MULTILINE), f"{name} is not in {path}"


def _is_class(value: object) -> bool:
    return inspect.isclass(value) and value.__module__.startswith(model.__name__)
