"""The glossary has every noun of the model, each term once, and the places that it names exist."""

import inspect
import re
from pathlib import Path

from linkcheck import model

ROOT = Path(__file__).resolve().parents[1]
GLOSSARY = (ROOT / "docs" / "explanation" / "glossary.md").read_text("utf-8")
ROWS = re.findall(r"^\| ([a-z][^|]*) \| ([^|]+) \| ([^|]+) \|$", GLOSSARY, re.MULTILINE)
TERMS = [term for term, _, _ in ROWS if term != "term"]
PLACES = [place for term, _, place in ROWS if term != "term"]


def test_every_class_of_the_model_is_in_the_glossary() -> None:
    classes = {name for name in model.__all__ if _is_class(getattr(model, name))}
    named = [name for place in PLACES for name in re.findall(r"`([A-Z]\w+)`", place)]
    assert sorted(classes - set(named)) == []
    assert sorted(set(named) - classes) == []


def test_every_term_is_in_the_glossary_once() -> None:
    assert sorted({term for term in TERMS if TERMS.count(term) > 1}) == []
    assert len(TERMS) > 50


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
