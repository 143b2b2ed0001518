"""What to do about common mistakes: a number in quotes, a single item instead of a list, blanks around a date."""

import re
from collections.abc import Iterable

from linkcheck.lookalikes import BULLETS, DASHES, SPACES
from linkcheck.model import Json
from linkcheck.validate import value_text
from linkcheck.validate.problems import strings

_A_DATE = "Use a date such as 2024-03-01."


def date_hint(text: str, about: str | None) -> str:
    return "Remove the whitespace around the date." if text != text.strip() else about or _A_DATE


def are_dates(forms: Iterable[Json]) -> bool:
    """Whether each form is a pattern for dates, as `init` writes them, or for an empty text."""
    # Imported here: most runs have no such problem.
    from linkcheck.calendar_dates import Notation, patterns_of

    known = ("^$", *patterns_of(frozenset(Notation)))
    patterns = [form.get("pattern") if isinstance(form, dict) else None for form in forms]
    return all(each in known for each in patterns) and any(each != "^$" for each in patterns)


def type_hint(allowed: Json, value: Json) -> str | None:
    """What to do about common mistakes: a number in quotes, a single item instead of a list."""
    names = {allowed} if isinstance(allowed, str) else set(strings(allowed))
    match value:
        case str() if names & {"integer", "number"} and value.strip().isdecimal() and len(value) < 20:
            return f"Remove the quotes: {value.strip()}."
        case float() if names == {"integer"} and value.is_integer():
            return f"Write it without a decimal point: {int(value)}."
        case int() | float() | bool() if "string" in names:
            return f'Put it in quotes: "{value_text.show(value)}".'
        case str() if "boolean" in names and value.lower() in {"yes", "no", "on", "off", "true", "false"}:
            return f"Use {'true' if value.lower() in {'yes', 'on', 'true'} else 'false'}, without quotes."
        case [[str(text)]] if "string" in names:  # a wiki link
            return f'Put it in quotes: "[[{value_text.cut(text)}]]".'
        case str() if "array" in names and re.match(rf"[-+{DASHES}{BULLETS}][\s{SPACES}]*\w", value):
            return "Start each item of the list with a hyphen and a space."
        case str() | dict() | int() if "array" in names:
            return "Use a list, even for a single item."
        case _:
            return None


def kind_hint(allowed: Iterable[Json], value: Json) -> str | None:
    """What to do about a text in place of an allowed number, true or false, or these in place of a text."""
    for each in allowed:
        if isinstance(value, str) and isinstance(each, (bool, int, float)) and value == value_text.show(each):
            return f"Remove the quotes: {value}."
        if isinstance(each, str) and isinstance(value, (bool, int, float)) and each == value_text.show(value):
            return f'Put it in quotes: "{each}".'
    return None
