"""Literals are read from programs, and nothing that a program would compute."""

import pytest

from linkcheck.infer.literals import read_json_with_comments, read_program
from linkcheck.model import Json

EXPORTS: list[tuple[str, str, dict[str, Json]]] = [
    ("an object", "export default { a: 'b', 'c-d': 1.5, e: [true, null, -2], f: { g: `h` } };",
     {"a": "b", "c-d": 1.5, "e": [True, None, -2], "f": {"g": "h"}}),
    ("CommonJS", "module.exports = { a: 1 }", {"a": 1}),
    ("a helper around it", "export default defineConfig({ a: 1 })", {"a": 1}),
    ("helpers within helpers", "export default withA(defineConfig({ a: 1 }))", {"a": 1}),
    ("a helper with options of its own", "const c = { a: 1 };\nmodule.exports = withB({ b: 2 })(c);", {"a": 1}),
    ("a function", "module.exports = function (x) { x.on(() => { return { no: 1 } }); return { a: 1 } }", {"a": 1}),
    ("an async function", "export default async function f() {\n return { a: 1 };\n}", {"a": 1}),
    ("an arrow function", "export default defineConfig(({ mode }) => ({ a: 1 }))", {"a": 1}),
    ("an arrow function with a body", "export default () => { const b = 2; return { a: 1 } }", {"a": 1}),
    ("an arrow function that returns nothing", "export default () => { f({ b: 1 }) }\nfunction g() { return { a: 1 } }", {}),
    ("an arrow function with a type", "export default async (x): { b: c } => { return { a: 1 } }", {"a": 1}),
    ("an arrow function of one name", "export default x => ({ a: 1 })", {"a": 1}),
    ("TypeScript", "const c: Config<{ x: 1 }> = { a: 'b' as const, d: ['e'] satisfies F };\nexport default c;",
     {"a": "b", "d": ["e"]}),
    ("a name for a literal", "const s = { url: 'u' };\nconst t = 'v'\nexport default { a: s.url, t, ...s }",
     {"a": "u", "t": "v", "url": "u"}),
    ("what is computed", "export default { a: f('x'), b: 'x' + 'y', c: j && 'z', d: `${e}/f`, g: h, i: 1 }",
     {"i": 1}),
    ("a value that holds where nothing else is set",
     "export default { a: process.env.A || 'b', c: env['C'] ?? f('g', 1)?.[0].h ?? 'd', e: '' || 'f', g: 'h' || 'i' }",
     {"a": "b", "c": "d", "e": "f", "g": "h"}),
    ("a name with such a value", "const a = process.env?.A || 'b';\nconst c = d(e) ||\n  'f'\nexport default { a, c }",
     {"a": "b", "c": "f"}),
    ("what is computed of such a value",
     "export default { a: b || 'c' + d, e: f && 'g' || 'h', i: j || k ? 'l' : 'm', n: o === 'p' || 'q', r: !s || 't' }", {}),
    ("a computed item of a list", "export default { a: ['b', c(), 'd'] }", {"a": ["b", "d"]}),
    ("a computed key, a method and a getter", "export default { [a]: 1, b() { return 2 }, get c() { return 3 }, d: 4 }",
     {"d": 4}),
    ("names that are computed",
     "let a = 'x'\nconst b = f()\n  .g('y')\nconst c = 'z'\n  + 'w'\nexport default { a, b, c }", {"a": "x"}),
    ("comments", "// a: 1\nexport default { /* b: 2, */ c: 'http://d' // e: 3\n }", {"c": "http://d"}),
    ("quotes in a regular expression", "export default { a: /['\"`]/g, b: 'c', d: e / f, g: 'h' }", {"b": "c", "g": "h"}),
    ("escapes", r"export default { a: 'it\'s \u0041\x42\u{43}\n', b: '\ud800' }", {"a": "it's ABC\n", "b": "\ufffd"}),
    ("the folder of the file", "module.exports = { a: `${__dirname}/content` }", {"a": "content"}),
    ("an export of something else", "export const a = { b: 1 }", {}),
    ("an unterminated text", "export default { a: 'b, c: 1 }", {}),
    ("no program", "((((", {}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "data"), [pytest.param(text, data, id=name) for name, text, data in EXPORTS])
def test_the_exported_object_has_its_literals(text: str, data: dict[str, Json]) -> None:
    assert read_program(text).exported == data


def test_python_binds_names_at_the_margin() -> None:
    text = (
        "import os\n# A = 'no'\nA = 'x'  # y\nB = (\n    'a',\n    'b',\n)\nC = ('one')\nD = {'a': 1, 'b': [True, None]}\n"
        "E = '''two\nlines'''\nF = os.path.join('a')\nG = 'a' + 'b'\nif A:\n    A = 'other'\nH = 'a' if B else 'b'\n"
        "I = os.environ.get('I', 0) or 'i'\nJ = k\nor_ = 1\n"
    )
    assert read_program(text, python=True).names == {
        "A": "x", "B": ["a", "b"], "C": "one", "D": {"a": 1, "b": [True, None]}, "E": "two\nlines", "I": "i", "or_": 1,
    }  # fmt: skip


def test_calls_have_their_literal_arguments() -> None:
    program = read_program("e.copy('a'); e.copy({ 'b/c': '/', [d]: 'e' }, f()); copy(); other('g'); e.copy(copy('h'))")
    assert list(program.calls("copy")) == [["a"], [{"b/c": "/"}], [], []]


@pytest.mark.parametrize(
    ("text", "data"),
    [
        pytest.param('{ // c\n "a": ["b", /* d */ 1,], }', {"a": ["b", 1]}, id="comments and trailing commas"),
        pytest.param('["a"]', ["a"], id="a list"),
        pytest.param("", None, id="nothing"),
        pytest.param("f()", None, id="a program"),
    ],
)
def test_json_may_have_comments(text: str, data: Json) -> None:
    assert read_json_with_comments(text) == data


@pytest.mark.parametrize(
    "text", ["[" * 90_000, "{a:" * 50_000, "(" * 90_000, "export default " + "f(" * 60_000, "const a=[b " * 9_000]
)
def test_a_hostile_program_is_read_to_its_end(text: str) -> None:
    assert read_program(text).exported == {}
    assert read_program(text, python=True).exported == {}
