"""Reads the literals in a program (JavaScript, TypeScript, JSON with comments, Python) without running it.

Only literals become data: strings, numbers, lists, objects, and names to which the same file, or one that it imports,
assigns such a literal. The value of `process.env.URL || 'https://a.example'` is its literal, which is the default. Anything
else that is computed (a call, an operator, an environment variable) is left out, as are the property or list item that
contains it. The text may come from an attacker, so depth and length are limited.
"""

import re
from collections.abc import Callable, Iterator
from enum import Enum
from typing import Final, Literal, TypeAlias

from msgspec import Struct

from linkcheck.model import Json

MOST_CHARACTERS = 1 << 18
_DEEPEST = 50
_LONGEST_TYPE = 50
"""Maximum number of tokens of a type annotation."""
_LONGEST_IMPORT = 200
"""Maximum number of tokens of an import."""
_MOST_WRAPPERS = 5
"""Maximum number of nested calls around the exported object."""


class Missing(Enum):
    """The value of an expression that is not a literal."""

    COMPUTED = "computed"


COMPUTED: Final = Missing.COMPUTED
Value: TypeAlias = Json | Literal[Missing.COMPUTED]


class Token(Struct, frozen=True):
    """`kind` is name, text, number, expression or sign. `first` is true for the first of a line, `margin` at column one."""

    kind: str
    text: str
    first: bool = False
    margin: bool = False


_SPACE = r"(?P<space>[ \t\r\f\v\ufeff\u00a0]+)"
_REST = (
    r"|(?P<number>[0-9][0-9A-Za-z_.]*+)|(?P<name>(?:[^\W\d]|[$#@])[\w$]*+)"
    r"|(?P<sign>=>|\.\.\.|\?\.|===?|!==?|&&|\|\||\?\?|[^\s])"
)
_JAVASCRIPT = re.compile(
    _SPACE
    + r"|(?P<comment>//[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/)?)"
    + r"""|(?P<text>"(?:[^"\\\n]|\\[\s\S])*+"?|'(?:[^'\\\n]|\\[\s\S])*+'?|`(?:[^`\\]|\\[\s\S])*+`?)"""
    + _REST
)
_PYTHON = re.compile(
    _SPACE
    + r"|(?P<comment>\#[^\n]*+)"
    + r'|(?P<text>"""(?:[^"\\]|\\[\s\S]|"(?!""))*+(?:""")?'
    + r"|'''(?:[^'\\]|\\[\s\S]|'(?!''))*+(?:''')?"
    + r"""|"(?:[^"\\\n]|\\[\s\S])*+"?|'(?:[^'\\\n]|\\[\s\S])*+'?)"""
    + _REST
)
_EXPRESSION = re.compile(r"/(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*+\]?)++/?[a-z]*")
"""A regular expression in JavaScript, which may contain quotes."""
_ESCAPE = re.compile(r"\\(?:u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|(\r?\n)|([\s\S]))")
_CONTROLS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
_NUMBER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,15})?")
_CONSTANTS: dict[str, Json] = {
    "true": True,
    "false": False,
    "null": None,
    "True": True,
    "False": False,
    "None": None,
}
_ALTERNATIVES = ("||", "??", "or")
"""Operators before a value that is used if the one on their left is missing."""
_BINDINGS = ("const", "let", "var")
_OPENING = {"(": ")", "[": "]", "{": "}"}
_CLOSING = frozenset(_OPENING.values())
_HERE = re.compile(r"\$\{(?:__dirname|process\.cwd\(\)|import\.meta\.dirname)\}/?")
"""The folder of the settings file in a template string."""


def read_program(text: str, *, python: bool = False, load: "Load | None" = None) -> "Program":
    """The literals of a program. A text that is too long is read up to the limit. `load` reads the programs it imports."""
    return Program(tuple(_tokens(text[:MOST_CHARACTERS], python=python)), python=python, load=load)


def read_json_with_comments(text: str) -> Json:
    """The value of a JSON text that may have comments and trailing commas; None if it is not a literal."""
    value, _ = _LiteralReader(tuple(_tokens(text[:MOST_CHARACTERS], python=False)), {}).value(0)
    return None if value is COMPUTED else value


class Program:
    """`names` are the top-level names with a literal value; `exported` is the object that a JavaScript module exports."""

    def __init__(self, tokens: tuple[Token, ...], *, python: bool = False, load: "Load | None" = None) -> None:
        self.tokens = tokens
        self._load = load
        self.names: dict[str, Json] = {}
        self._reader = _LiteralReader(tokens, self.names)
        export = None if python else self._bind_javascript()
        if python:
            self._bind_python()
        found = COMPUTED if export is None else self._object_of(export)
        self.exported: dict[str, Json] = found if isinstance(found, dict) else {}

    def calls(self, name: str) -> Iterator[list[Json]]:
        """The literal arguments of each call of a function or method with this name, except for nested calls."""
        at = 0
        while at < len(self.tokens):
            if self.tokens[at].text == name and _is(self.tokens, at + 1, "("):
                arguments, at = self._reader.items(at + 2, ")")
                yield arguments
            else:
                at += 1

    def mentions(self, name: str) -> bool:
        """Whether a program contains a name, also where its value is computed."""
        return any(token.text.strip("\"'`") == name for token in self.tokens)

    def count(self, name: str) -> int:
        """How often a program contains a name."""
        return sum(token.text == name for token in self.tokens)

    def is_sign(self, at: int, text: str) -> bool:
        return _is(self.tokens, at, text)

    def skip(self, at: int) -> int:
        """The place of the comma, semicolon or closing bracket that ends what starts here."""
        return self._reader.skip(at)

    def literal(self, at: int) -> Json:
        """The literal that starts here within brackets; None if it is not a literal."""
        value, _ = self._reader.value(at)
        return None if value is COMPUTED else value

    def _bind_python(self) -> None:
        for at, token in enumerate(self.tokens):
            if token.kind == "name" and token.margin and _is(self.tokens, at + 1, "="):
                self._bind(token.text, self._reader.statement(at + 2)[0])

    def _bind_javascript(self) -> int | None:
        """Bind the names. Returns where the exported expression starts."""
        export = None
        at, depth = 0, 0
        while at < len(self.tokens):
            token = self.tokens[at]
            if token.kind == "sign":
                depth = max(0, depth + (token.text in _OPENING) - (token.text in _CLOSING))
            elif depth == 0 and token.text in _BINDINGS:
                start = self._after_type(at + 2)
                if start is not None:
                    value, after = self._reader.statement(start)
                    if value is COMPUTED and start < len(self.tokens) and self.tokens[start].text.startswith("define"):
                        value = self._object_of(start)  # `defineConfig({...})` returns its argument
                    self._bind(self.tokens[at + 1].text, value)
                    at = after
                    continue
            elif depth == 0 and token.text == "import" and self._load is not None:
                self._bind_import(at + 1, self._load)
            elif depth == 0 and _is_export(self.tokens, at):
                export = at + 2
            at += 1
        return export

    def _bind_import(self, at: int, load: "Load") -> None:
        """Bind the names of `import a, { b, c as d } from './e'`."""
        names: dict[str, str | None] = {}
        """The original name of each; None for what the program exports by default."""
        is_named, last, before = False, "", ""
        for token in self.tokens[at : at + _LONGEST_IMPORT]:
            if token.kind == "text":
                source = _text(token.text)
                program = load(source) if before == "from" and isinstance(source, str) else None
                if program is not None:
                    for name, original in names.items():
                        found = program.exported if original is None else program.names.get(original)
                        self._bind(name, COMPUTED if found is None else found)
                return
            if token.text == "{":
                is_named = True
            elif token.kind == "name" and token.text not in ("as", "from"):
                names[token.text] = names.pop(last, None) if before == "as" else token.text if is_named else None
                last = token.text
            before = token.text

    def _bind(self, name: str, value: Value) -> None:
        if value is COMPUTED:
            self.names.pop(name, None)
        else:
            self.names[name] = value

    def _after_type(self, at: int) -> int | None:
        """Where the value of a binding starts, past `=` and a type annotation; None if it has none."""
        for place in range(at, min(at + _LONGEST_TYPE, len(self.tokens))):
            if _is(self.tokens, place, "="):
                return place + 1
            if not _is(self.tokens, at, ":"):
                return None
        return None

    def _object_of(self, at: int) -> Value:
        """The object of an expression: itself, the argument of a call, or what a function returns."""
        for _ in range(_MOST_WRAPPERS):
            value, after = self._reader.statement(at)
            if isinstance(value, dict):
                return value
            if at >= len(self.tokens):
                break
            if self.tokens[at].text in ("async", "function") or self._is_arrow(at):
                return self._returned(at)
            while after < len(self.tokens) and not _is(self.tokens, after, "("):
                if self.tokens[after].first or self.tokens[after].text in (";", "{"):
                    return COMPUTED
                after += 1
            # A wrapper such as `defineConfig(...)` or `withTheme(options)(...)`: the last parentheses contain the settings.
            arguments = after
            while _is(self.tokens, end := self._reader.skip(arguments + 1) + 1, "("):
                arguments = end
            at = arguments + 1
        return COMPUTED

    def _is_arrow(self, at: int) -> bool:
        if _is(self.tokens, at, "("):
            return _is(self.tokens, self._reader.skip(at + 1) + 1, "=>")
        return _is(self.tokens, at + 1, "=>")

    def _returned(self, at: int) -> Value:
        """The object that a function returns, not an inner function."""
        depth, body = 0, False
        for place in range(at, len(self.tokens)):
            token = self.tokens[place]
            if token.kind == "sign":
                if token.text == "=>" and depth == 0 and _is(self.tokens, place + 1, "("):
                    return self._reader.value(place + 2)[0]
                body = body or (token.text == "{" and depth == 0)
                depth += (token.text in _OPENING) - (token.text in _CLOSING)
                if depth <= 0 and body and token.text == "}" and not _is(self.tokens, place + 1, "=>"):
                    break
            elif token.text == "return" and depth == 1:
                value, _ = self._reader.statement(place + 1)
                if isinstance(value, dict):
                    return value
        return COMPUTED


Load: TypeAlias = Callable[[str], Program | None]
"""Reads the program that an import names; None if it cannot or should not be read."""


class _LiteralReader:
    """Reads values from tokens. `names` are the values of the names assigned so far."""

    def __init__(self, tokens: tuple[Token, ...], names: dict[str, Json]) -> None:
        self._tokens = tokens
        self._names = names

    def statement(self, at: int) -> tuple[Value, int]:
        """The value of the expression at the end of a statement, and the place after it."""
        value, after = self._first_of(at, 0)
        token = self._tokens[after] if after < len(self._tokens) else None
        ends = token is None or token.text in (";", "as", "satisfies", *_CLOSING) or (token.first and token.kind == "name")
        return (value if ends else COMPUTED), max(after, at + 1)

    def value(self, at: int, depth: int = 0) -> tuple[Value, int]:
        """The value of an expression within brackets, and the place of the comma or bracket that ends it."""
        value, after = self._first_of(at, depth)
        if after < len(self._tokens) and self._tokens[after].text in ("as", "satisfies"):
            return value, self.skip(after)
        if after >= len(self._tokens) or self._ends(after):
            return value, after
        return COMPUTED, self.skip(after)

    def skip(self, at: int) -> int:
        """The place of the comma, semicolon or closing bracket that ends what starts here."""
        depth = 0
        while at < len(self._tokens):
            token = self._tokens[at]
            if depth == 0 and self._ends(at):
                return at
            depth += (token.text in _OPENING) - (token.text in _CLOSING)
            at += 1
        return at

    def items(self, at: int, closing: str, depth: int = 0) -> tuple[list[Json], int]:
        """The literals up to a closing bracket, and the place after it."""
        found: list[Json] = []
        while at < len(self._tokens) and not _is(self._tokens, at, closing):
            if _is(self._tokens, at, ","):
                at += 1
                continue
            value, after = self.value(at, depth + 1)
            if value is not COMPUTED:
                found.append(value)
            at = max(after, at + 1)
        return found, at + 1

    def _ends(self, at: int) -> bool:
        return self._tokens[at].text in (",", ";", *_CLOSING)

    def _first_of(self, at: int, depth: int) -> tuple[Value, int]:
        """The literal that starts here, or else the first of its alternatives, and the place after the last of them."""
        value, after = self._operand(at, depth)
        while True:
            next_ = self._after_access(after) if value is COMPUTED else after
            if not self._is_alternative(next_):
                return value, after
            other, after = self._operand(next_ + 1, depth)
            value = other if value is COMPUTED or not value else value

    def _after_access(self, at: int) -> int:
        """The place after the calls and members that follow a name."""
        while at < len(self._tokens) and self._tokens[at].text in (".", "?.", "[", "("):
            if self._tokens[at].text in _OPENING:
                at = self.skip(at + 1)
                while _is(self._tokens, at, ","):
                    at = self.skip(at + 1)
                at += 1
            else:  # `a?.[0]` has a bracket after the sign, `a.b` a name
                at += 1 if _is(self._tokens, at + 1, "[") or _is(self._tokens, at + 1, "(") else 2
        return at

    def _is_alternative(self, at: int) -> bool:
        token = self._tokens[at] if at < len(self._tokens) else None
        return token is not None and token.text in _ALTERNATIVES and not (token.kind == "name" and token.first)

    def _operand(self, at: int, depth: int) -> tuple[Value, int]:
        """The literal that starts here, and the place after it."""
        if at >= len(self._tokens):
            return COMPUTED, at
        token = self._tokens[at]
        if token.kind == "text":
            return _text(token.text), at + 1
        if token.kind == "number":
            return _number(token.text), at + 1
        if token.kind == "name":
            return self._named(at)
        if token.text == "-" and at + 1 < len(self._tokens) and self._tokens[at + 1].kind == "number":
            number = _number(self._tokens[at + 1].text)
            return (-number if isinstance(number, int | float) else COMPUTED), at + 2
        if token.text not in _OPENING or depth >= _DEEPEST:
            # Skip a bracket that cannot be read, with its content.
            return COMPUTED, (self.skip(at + 1) + 1 if token.text in _OPENING else at)
        if token.text == "{":
            return self._object(at + 1, depth)
        found, after = self.items(at + 1, _OPENING[token.text], depth)
        if token.text == "[":
            return [*found], after
        # Parentheses: one value is that value; several are a Python tuple.
        has_comma = _is(self._tokens, self.skip(at + 1), ",")
        return ([*found] if has_comma else found[0] if found else COMPUTED), after

    def _named(self, at: int) -> tuple[Value, int]:
        name = self._tokens[at].text
        if name in _CONSTANTS:
            return _CONSTANTS[name], at + 1
        value: Value = self._names.get(name, COMPUTED)
        at += 1
        while _is(self._tokens, at, ".") and at + 1 < len(self._tokens) and self._tokens[at + 1].kind == "name":
            value = value.get(self._tokens[at + 1].text, COMPUTED) if isinstance(value, dict) else COMPUTED
            at += 2
        return value, at

    def _object(self, at: int, depth: int) -> tuple[Value, int]:
        found: dict[str, Json] = {}
        while at < len(self._tokens) and not _is(self._tokens, at, "}"):
            token = self._tokens[at]
            after = at + 1
            if token.kind in ("name", "text", "number") and _is(self._tokens, at + 1, ":"):
                value, after = self.value(at + 2, depth + 1)
                name = _text(token.text) if token.kind == "text" else token.text
                if isinstance(name, str):
                    found.pop(name, None)
                    if value is not COMPUTED:
                        found[name] = value
            elif token.kind == "name" and after < len(self._tokens) and self._ends(after):
                if token.text in self._names:
                    found[token.text] = self._names[token.text]
            elif token.text == "...":
                value, after = self.value(at + 1, depth + 1)
                found |= value if isinstance(value, dict) else {}
            elif not self._ends(at):
                after = self.skip(at)
            at = after
        return found, at + 1


def _is(tokens: tuple[Token, ...], at: int, sign: str) -> bool:
    return 0 <= at < len(tokens) and tokens[at].kind == "sign" and tokens[at].text == sign


def _is_export(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether `export default` or `module.exports =` starts here."""
    if tokens[at].text == "export":
        return at + 1 < len(tokens) and tokens[at + 1].text == "default"
    return tokens[at].text == "exports" and _is(tokens, at + 1, "=")


def _tokens(text: str, *, python: bool) -> Iterator[Token]:
    pattern = _PYTHON if python else _JAVASCRIPT
    at, first = 0, True
    before: Token | None = None
    while at < len(text):
        found = pattern.match(text, at)
        if found is None:  # the end of a line
            at, first = at + 1, True
            continue
        kind = found.lastgroup or "sign"
        end = found.end()
        if kind == "comment":
            first = first or "\n" in found[0]
        elif kind != "space":
            if found[0] == "/" and not python and _starts_expression(before):
                expression = _EXPRESSION.match(text, at)
                end = expression.end() if expression else end
                kind = "expression"
            before = Token(kind, text[at:end], first, at == 0 or text[at - 1] == "\n")
            yield before
            first = False
        at = end


def _starts_expression(before: Token | None) -> bool:
    """Whether a slash after this token starts a regular expression rather than a division."""
    return before is None or (before.kind == "sign" and before.text not in (")", "]", "}")) or before.text == "return"


def _text(written: str) -> Value:
    quote = written[:3] if written[:3] in ('"""', "'''") and len(written) >= 6 else written[:1]
    if len(written) < 2 * len(quote) or not written.endswith(quote):
        return COMPUTED
    inner = written[len(quote) : -len(quote)]
    if quote == "`":
        inner = _HERE.sub("", inner, count=1) if _HERE.match(inner) else inner
        if "${" in inner:
            return COMPUTED
    return _ESCAPE.sub(_unescape, inner)


def _unescape(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2] or escape[3]
    if code is not None:
        number = int(code, 16)
        return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
    return "" if escape[4] is not None else _CONTROLS.get(escape[5], escape[5])


def _number(written: str) -> Value:
    if _NUMBER.fullmatch(written) is None:
        return COMPUTED
    return float(written) if "." in written else int(written)
