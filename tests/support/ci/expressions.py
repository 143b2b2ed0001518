"""GitHub's expressions, as far as our action uses them: contexts, comparison, `!`, `&&`, `||` and a few functions.

Source: GitHub docs, "Evaluate expressions in workflows and actions". Strings are compared without regard to case, and values
of different types as numbers.
"""

import math
import re
from collections.abc import Callable, Mapping

Value = str | float | bool | Mapping[str, object] | None
Contexts = Mapping[str, object]

_TOKEN = re.compile(r"\s*(?:('(?:[^']|'')*')|(-?\d+(?:\.\d+)?)|([A-Za-z_][\w.\-]*)|(&&|\|\||==|!=|[!(),]))")


def interpolate(text: str, contexts: Contexts) -> str:
    """A text with each `${{ }}` in it replaced by what it comes to."""
    return re.sub(r"\$\{\{(.*?)\}\}", lambda match: shown(evaluate(match[1], contexts)), text, flags=re.DOTALL)


def holds(condition: str, contexts: Contexts) -> bool:
    """An `if:`; without a status function in it, it asks for success as well."""
    inner = re.sub(r"^\s*\$\{\{(.*)\}\}\s*$", r"\1", condition)
    if not re.search(r"\b(always|success|failure|cancelled)\(\)", inner):
        inner = f"success() && ({inner})"
    return truth(evaluate(inner, contexts))


def shown(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            return f"{value:g}"
        case str():
            return value
        case _:
            return "Object"


def truth(value: Value) -> bool:
    return bool(value) and not (isinstance(value, float) and math.isnan(value))


def evaluate(text: str, contexts: Contexts) -> Value:
    tokens, position = [], 0
    text = text.strip()
    while position < len(text):
        found = _TOKEN.match(text, position)
        if found is None:
            raise ValueError(f"no expression: {text!r} at {position}")
        tokens.append(found[0].strip())
        position = found.end()
    parser = _Parser(tokens, contexts)
    value = parser.either()
    if parser.tokens:
        raise ValueError(f"no expression: {text!r}")
    return value


class _Parser:
    def __init__(self, tokens: list[str], contexts: Contexts) -> None:
        self.tokens = tokens
        self.contexts = contexts

    def either(self) -> Value:
        value = self.both()
        while self._take("||"):
            other = self.both()
            value = value if truth(value) else other
        return value

    def both(self) -> Value:
        value = self.equal()
        while self._take("&&"):
            other = self.equal()
            value = other if truth(value) else value
        return value

    def equal(self) -> Value:
        value = self.single()
        while True:
            if self._take("=="):
                value = _same(value, self.single())
            elif self._take("!="):
                value = not _same(value, self.single())
            else:
                return value

    def single(self) -> Value:
        if self._take("!"):
            return not truth(self.single())
        if self._take("("):
            value = self.either()
            self._expect(")")
            return value
        token = self.tokens.pop(0)
        if token.startswith("'"):
            return token[1:-1].replace("''", "'")
        if token[0].isdigit() or token[0] == "-":
            return float(token)
        if token in ("true", "false", "null"):
            return {"true": True, "false": False}.get(token)
        if self._take("("):
            return self._call(token)
        return _looked_up(self.contexts, token.split("."))

    def _call(self, name: str) -> Value:
        arguments = []
        while not self._take(")"):
            arguments.append(self.either())
            self._take(",")
        functions: dict[str, Callable[..., Value]] = {
            "always": lambda: True,
            "success": lambda: _looked_up(self.contexts, ["job", "status"]) == "success",
            "failure": lambda: _looked_up(self.contexts, ["job", "status"]) == "failure",
            "startsWith": lambda whole, start: shown(whole).lower().startswith(shown(start).lower()),
            "format": lambda pattern, *values: re.sub(r"\{(\d)\}", lambda m: shown(values[int(m[1])]), shown(pattern)),
        }
        return functions[name](*arguments)

    def _take(self, token: str) -> bool:
        if self.tokens and self.tokens[0] == token:
            self.tokens.pop(0)
            return True
        return False

    def _expect(self, token: str) -> None:
        if not self._take(token):
            raise ValueError(f"{token} is missing before {self.tokens}")


def _looked_up(contexts: Contexts, names: list[str]) -> Value:
    value: object = contexts
    for name in names:
        # A context that is not there is a mistake in the action; a property that is not there is null.
        value = contexts[name] if value is contexts else value.get(name) if isinstance(value, Mapping) else None
    assert value is None or isinstance(value, str | bool | int | float | Mapping)
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _same(one: Value, other: Value) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one.lower() == other.lower()
    if type(one) is type(other):
        return one is other if isinstance(one, Mapping) else one == other
    return _number(one) == _number(other)


def _number(value: Value) -> float:
    match value:
        case None:
            return 0.0
        case bool() | float():
            return float(value)
        case str():
            try:
                return float(value) if value.strip() else 0.0
            except ValueError:
                return math.nan
        case _:
            return math.nan
