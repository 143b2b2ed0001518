"""Literals are read from programs, and nothing that a program would compute."""

import pytest

from linkcheck.infer.literals import MOST_CHARACTERS, Program, read_json_with_comments, read_program
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
        pytest.param("[1; 2) 3}; 4]", [1, 2, 3, 4], id="signs that end nothing"),
        pytest.param('["(", ";", "]", 1]', ["(", ";", "]", 1], id="texts that are like signs"),
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


@pytest.mark.parametrize(
    ("written", "value"),
    [
        *((word, value) for value in (True, False) for word in (str(value), str(value).lower())),
        ("null", None),
        ("None", None),
        (r"'\n\t\r\b\f\v\0'", "\n\t\r\b\f\v\0"),
        (r"'\q\\\''", "q\\'"),
        ("'a\\\nb'", "ab"),
        ("`a\\\r\nb`", "ab"),
        (r"'\ud7ff\ue000\udfff\u{10ffff}\u{110000}'", "\ud7ff\ue000\ufffd\U0010ffff\ufffd"),
        ("`a`", "a"),
        ("`${process.cwd()}/a`", "a"),
        ("`${import.meta.dirname}/a`", "a"),
        ("`a${__dirname}`", None),
        ("`${__dirname}/${b}`", None),
        ("'${b}'", "${b}"),
        ("12", 12),
        ("1.5", 1.5),
        ("-1.5", -1.5),
        ("-12n", None),
        ("0x1f", None),
        ("1e3", None),
        ("1234567890123456", None),
        ("123456789012345", 123456789012345),
        ("-a", None),
        ("[[1], [2, [3]]]", [[1], [2, [3]]]),
        ("[,1,,2,]", [1, 2]),
        ("(1)", 1),
        ("(1, 2)", [1, 2]),
        ("(1,)", [1]),
        ("()", None),
        ("{a: 1, a: f()}", {}),
        ("{a: 1, a: 2}", {"a": 2}),
        ("{1: 2, 'b': 3}", {"1": 2, "b": 3}),
        ("{a: {b: {}}}", {"a": {"b": {}}}),
        ("{...{a: 1}, b: 2}", {"a": 1, "b": 2}),
        ("{a, b: 2}", {"b": 2}),
        ("{'a', b: 2}", {"b": 2}),
        ("a.b || 'c'", "c"),
        ("a?.[0]?.(1) || 'c'", "c"),
        ("a[0](1, 2).b || 'c'", "c"),
        ("0 || 1", 1),
        ("1 || 2", 1),
        ("f() or 'g'", "g"),
        ("'a' as const", "a"),
        ("'a' satisfies b", "a"),
        ("'a' + 'b'", None),
    ],
)
def test_a_literal_has_its_value(written: str, value: Json) -> None:
    program = read_program(f"f({written})")
    assert program.literal(2) == value
    is_literal = value is not None or written in ("null", "None")
    assert read_program(f"export default {{ a: {written}, b: 1 }}").exported == {
        **({"a": value} if is_literal else {}),
        "b": 1,
    }


@pytest.mark.parametrize("written", ["'a", "'", "`a", '"'])
def test_a_text_without_an_end_is_no_literal(written: str) -> None:
    assert read_program(f"f({written}").literal(2) is None


@pytest.mark.parametrize("binding", ["const", "let", "var"])
def test_a_name_is_bound_at_the_top(binding: str) -> None:
    text = f"{binding} a = 1;\n{binding} b: T<x, y> = [2]; {{ {binding} c = 3 }}\n{binding} d;\n{binding} e = f();\n"
    text += f"{binding} g = h({{ i: 1 }})"
    assert read_program(text).names == {"a": 1, "b": [2]}
    assert read_program(f"{binding} a = 1\n{binding} a = f()").names == {}
    assert read_program(f"{binding} a = defineConfig({{ b: 1 }})").names == {"a": {"b": 1}}


def test_a_long_type_is_not_read() -> None:
    for length, names in ((23, {"a": 1}), (25, {})):
        assert read_program(f"const a: {'b.' * length}c = 1").names == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("import a from './m'", {"a": {"x": 1}}),
        ("import { b } from './m'", {"b": 2}),
        ("import { b as c } from './m'", {"c": 2}),
        ("import a, { b, d as c, d } from './m'", {"a": {"x": 1}, "b": 2}),
        ("import { b } from './other'", {}),
        ("import './m'", {}),
        ("import { b } from `${x}`", {}),
        ("const b = 1; import { d as b } from './m'", {}),
        ("{ import a from './m' }", {}),
    ],
)
def test_names_are_imported(text: str, names: dict[str, Json]) -> None:
    modules: dict[str, Program] = {"./m": read_program("export const b = 2\nconst b = 2;\nexport default { x: 1 }")}
    assert read_program(text, load=modules.get).names == names
    assert "a" not in read_program(text).names


def test_a_long_import_is_not_read() -> None:
    module = read_program("const b = 2")
    for length, names in ((97, {"b": 2}), (98, {})):
        assert read_program(f"import {{ {'c, ' * length} b }} from './m'", load=lambda _: module).names == names


def test_a_program_is_read_up_to_a_limit() -> None:
    text = "const a = 1;".ljust(MOST_CHARACTERS)
    assert MOST_CHARACTERS == 256 * 1024
    assert read_program(text[:-12] + "const b = 2;").names == {"a": 1, "b": 2}
    assert read_program(text + "const b = 2;").names == {"a": 1}
    assert read_json_with_comments(" " * (MOST_CHARACTERS - 1) + "12") == 1


@pytest.mark.parametrize(("depth", "is_read"), [(50, True), (51, False)])
def test_a_literal_is_read_to_a_limited_depth(depth: int, *, is_read: bool) -> None:
    value = read_json_with_comments("[" * depth + "]" * depth)
    found = 0
    while isinstance(value, list):
        found, value = found + 1, value[0] if value else None
    assert (found == depth) is is_read


@pytest.mark.parametrize(("count", "exported"), [(4, {"a": 1}), (5, {})])
def test_a_limited_number_of_wrappers_is_unwrapped(count: int, exported: dict[str, Json]) -> None:
    assert read_program(f"export default {'f(' * count}{{ a: 1 }}{')' * count}").exported == exported


def test_names_are_mentioned_and_counted() -> None:
    program = read_program("a(b, 'c', \"b\", `d`); b.e = 'b f'")
    assert [name for name in "abcdef" if program.mentions(name)] == ["a", "b", "c", "d", "e"]
    assert [program.count(name) for name in "abcf"] == [1, 2, 0, 0]


def test_places_in_a_program() -> None:
    program = read_program("a({ b: [1, 2] }, 3); c")
    assert [program.is_sign(at, "(") for at in (0, 1, 2, 99, -1)] == [False, True, False, False, False]
    assert program.tokens[program.skip(2)].text == ","
    assert (program.literal(2), program.literal(0), program.literal(99)) == ({"b": [1, 2]}, None, None)


def test_tokens_know_the_start_of_their_line() -> None:
    tokens = read_program("a b\n c /* \n */ d // e\n/f'/g").tokens
    assert [(each.text, each.first, each.margin) for each in tokens] == [
        ("a", True, True),
        ("b", False, False),
        ("c", True, False),
        ("d", True, False),
        ("/", True, True),
        ("f", False, False),
        ("'/g", False, False),
    ]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("/a'/", ["expression"]),
        ("return /a'/", ["name", "expression"]),
        ("(/a'/g)", ["sign", "expression", "sign"]),
        ("= /[/']/ + 1", ["sign", "expression", "sign", "number"]),
        ("a / b / c", ["name", "sign", "name", "sign", "name"]),
        (") / b / c", ["sign", "sign", "name", "sign", "name"]),
        ("] / b / c", ["sign", "sign", "name", "sign", "name"]),
        ("} / b / c", ["sign", "sign", "name", "sign", "name"]),
        ("1 / b", ["number", "sign", "name"]),
    ],
)
def test_a_slash_divides_or_starts_a_regular_expression(text: str, kinds: list[str]) -> None:
    assert [each.kind for each in read_program(text).tokens] == kinds


def test_python_has_no_regular_expressions() -> None:
    assert [each.text for each in read_program("f(a, /, b='c/d')", python=True).tokens] == [*"f(a,/,b=", "'c/d'", ")"]


@pytest.mark.parametrize(
    "text", ["exports = { a: 1 }", "exports.b = { a: 1 }", "export { a: 1 }", "export", "f(export default { a: 1 })"]
)
def test_what_a_module_exports_otherwise(text: str) -> None:
    assert read_program(text).exported == ({"a": 1} if text.startswith("exports =") else {})
    assert read_program(text, python=True).exported == {}


def test_the_last_export_counts() -> None:
    assert read_program("module.exports = { a: 1 };\nmodule.exports = { b: 1 };").exported == {"b": 1}
    assert read_program("module.exports = { a: 1 };\nexport default").exported == {}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a = 1\n b = 2\nc == 3\nd: str = 4\n'e' = 5", {"a": 1}),
        ("A = \"\"\"x\"\"\"\nB = '''y''z'''\nC = ''", {"A": "x", "B": "y''z", "C": ""}),
        ("A = B = 1", {}),
        ("A = 1; B = 2", {"A": 1}),
        ("const = 1", {"const": 1}),
    ],
)
def test_python_assigns_at_the_margin(text: str, names: dict[str, Json]) -> None:
    assert read_program(text, python=True).names == names


@pytest.mark.parametrize(
    ("text", "exported"),
    [
        ("export default a + f({ b: 1 })", {"b": 1}),
        ("export default a +\nf({ b: 1 })", {}),
        ("export default a; f({ b: 1 })", {}),
        ("export default class A { b() { f({ c: 1 }) } }", {}),
        ("export default x => { return { a: 1 } }", {"a": 1}),
        ("export default { a", {}),
        ("export default a", {}),
        ("export default a({ b: 1 })({ c: 1 })", {"c": 1}),
        ("export default a({ b: 1 }) ({ c: 1 })({ d: 1 }", {"d": 1}),
    ],
)
def test_an_export_ends_with_its_statement(text: str, exported: dict[str, Json]) -> None:
    assert read_program(text).exported == exported


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("let a, b = 1", {}),
        ("const a = process.env.A\n  || 'b'", {"a": "b"}),
        ("const a = 'b'\nor = 'c'", {"a": "b"}),
    ],
)
def test_a_statement_binds_its_own_name(text: str, names: dict[str, Json]) -> None:
    assert read_program(text).names == names


def test_each_import_binds_its_own_names() -> None:
    loaded: list[str] = []

    def load(source: str) -> Program:
        loaded.append(source)
        return read_program(f"export default {{ x: '{source}' }}")

    text = "import './s'\nimport f from `${x}`\nimport a from './m'\nimport b from './n'\nconst c = 'd'"
    assert read_program(text, load=load).names == {"a": {"x": "./m"}, "b": {"x": "./n"}, "c": "d"}
    assert loaded == ["./m", "./n"]


def test_what_follows_a_literal_that_is_too_deep_is_read() -> None:
    value = read_json_with_comments("[" * 50 + "[1], 2" + "]" * 50)
    while isinstance(value, list) and value:
        value = value[0]
    assert value == 2
