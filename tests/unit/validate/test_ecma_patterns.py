r"""Patterns of schemas are those of JavaScript; what is expected here is what `new RegExp(pattern, "u")` finds."""

import re
from contextlib import suppress
from time import process_time
from warnings import catch_warnings

import pytest

from linkcheck.patterns import Allowance, Pattern, Unfinished
from linkcheck.validate.ecma_patterns import UnsupportedPattern, ecma_pattern, refuse_invalid

MATCHES = [
    # Properties of Unicode
    (r"^\p{Lu}", ["Äpfel", "A", "Ж"], ["apfel", "1", ""]),
    (r"^[\p{L}\d-]+$", ["größe-2", "日本", "a"], ["a b", "a٣", "", "a\n"]),
    (r"^\P{Lu}+$", ["abc", "123"], ["aBc"]),
    (r"^\p{Letter}cole$", ["école"], ["1cole"]),
    (r"^\p{digit}+$", ["42", "৪২"], ["a", ""]),
    (r"^\p{punct}+$", ["-_!"], ["+"]),
    (r"^\p{General_Category=Uppercase_Letter}\p{gc=Ll}$", ["Äb"], ["äb"]),
    (r"^\p{Script=Greek}+$", ["λόγος"], ["logos", "λ1"]),
    (r"^[\p{sc=Cyrl}\p{scx=Hira}]+$", ["жあ"], ["a"]),
    (r"^\p{ASCII}+$", ["abc 1"], ["é"]),
    (r"^\p{Emoji}$", ["😀", "1"], ["a"]),
    (r"^\p{Emoji_Presentation}$", ["😀"], ["1"]),
    (r"^\p{White_Space}+$", ["\u00a0 \u0085"], ["\ufeff"]),
    (r"^\p{Any}$", ["\n", "😀"], [""]),
    (r"^[^\p{L}]$", ["1"], ["é"]),
    # Groups
    (r"^(?<y>\d+)-(?<m>\d\d)$", ["2024-03"], ["2024-3"]),
    (r"^(?<q>['\"]).*\k<q>$", ["'a'", '"a"'], ["'a\""]),
    (r"^(?:(?<y>a)|(?<y>b))\k<y>$", ["aa", "bb"], ["ab", "a"]),
    (r"^(a)?b\1$", ["b", "aba"], ["ba"]),
    (r"^\1(a)$", ["a"], ["aa"]),
    (r"^(a\1)$", ["a"], ["aa"]),
    (r"^(?:(['\"])x\1,?)+$", ["'x',\"x\""], ["'x\""]),
    (r"^(?!(a)b)\1c$", ["c"], ["abc"]),
    (r"^(?i:ab)c$", ["ABc", "abc"], ["abC"]),
    (r"(?<=a+)b", ["aab"], ["b"]),
    (r"(?<!\w\s?)b$", ["-b"], ["ab", "a b"]),
    # Characters
    (r"^[\u{1F300}-\u{1F5FF}]$", ["🌀"], ["a", "😀"]),
    (r"^\uD83D\uDE00$", ["😀"], ["😁"]),
    (r"^[\uD83D\uDE00-\uD83D\uDE4F]+$", ["😀😁"], ["🚀"]),
    (r"^\u{0000041}\u0042\x43$", ["ABC"], ["abc"]),
    (r"^\cC\cj[\cI]$", ["\x03\n\t"], ["cjI"]),
    (r"^\/\.\-\0$", ["/.-\0"], ["/a-\0"]),
    (r"^😀{2}$", ["😀😀"], ["😀"]),
    (r"^\d+$", ["12"], ["1٣", "1\n", "٣"]),
    (r"^\D$", ["a", "٣"], ["1"]),
    (r"^\w+$", ["a_1"], ["é", "a b", "٣"]),
    (r"^\W$", ["é", " "], ["a"]),
    (r"^\wcole$", ["ecole"], ["école"]),
    (r"é\b", ["éa"], ["é", "é!"]),
    (r"\bcole", ["école", " cole"], ["ecole"]),
    (r"^\B$", [""], ["a"]),
    (r"^\s$", ["\ufeff", "\u00a0", "\u2028", "\v", "\u3000"], ["\x85", "\x1c", "a", "\u200b"]),
    (r"^\S$", ["\x85", "\x1c", "a"], ["\ufeff", " "]),
    (r"^[^\s]$", ["\x1f"], ["\ufeff"]),
    (r"^[\s\S]$", ["\ufeff", "\n", "a"], [""]),
    (r"^.$", ["a", "\x85", "😀"], ["\n", "\r", "\u2028", "\u2029"]),
    (r"^abc$", ["abc"], ["abc\n", "abc\r"]),
    (r"^$", [""], ["\n"]),
    # Sets
    ("^[^]$", ["\n", "a"], [""]),
    ("[]", [], ["", "a", "]"]),
    ("^(?:[]|a)$", ["a"], ["]"]),
    ("^[[]$", ["["], ["a"]),
    ("^[[a&&b]+$", ["[&"], ["c"]),
    (r"^[\]\-^]+$", ["]-^"], ["a"]),
    (r"^[\b]$", ["\b"], ["b"]),
    (r"^[\W_]$", ["é", "_"], ["a"]),
    (r"^[^\W_]$", ["a", "1"], ["_", "é"]),
    (r"^[^\D5]$", ["1"], ["5", "a", "٣"]),
    (r"^[\w\W]$", ["é", "\n"], [""]),
    (r"[^\d\D]", [], ["", "a", "1"]),
    # Without the flag `u`
    (r"^[\w-.]+$", ["a-.b"], ["a b"]),
    (r"^\_\"\@\:$", ['_"@:'], ["a"]),
    ("^a{$", ["a{"], ["a"]),
    ("^{{.*}}$", ["{{ a }}"], ["{ a }"]),
    ("^a]}$", ["a]}"], ["a"]),
    (r"^\07$", ["\x07"], ["7"]),
    # Python's own
    (r"^(?P<n>\d)(?P=n)$", ["11"], ["12"]),
    (r"(?i)^abc$", ["ABC"], ["abcd", "ABC\n"]),
    (r"(?im)^a\b.c$", ["b\nA-c\nd"], ["bac"]),
    (r"(?s)^a.b$", ["a\nb"], ["ab"]),
    (r"\Aabc\Z", ["abc"], ["abc\n", " abc"]),
    (r"abc\z", ["abc"], ["abc\n"]),
    (r"^(?:a++|b)b$", ["aab"], ["a"]),
    (r"^(?>a+)b$", ["aab"], ["aa"]),
    (r"^a(?#comment)+$", ["aa"], ["b"]),
    (r"^a{,2}$", ["", "aa"], ["aaa"]),
    (r"^[]a]+$", ["]a"], ["b"]),
    (r"^[^]a]+$", ["b"], ["]"]),
    (r"(?x) ^ a $ # comment", ["a"], ["b"]),
    (r"^(a)?(?(1)b|c)$", ["ab", "c"], ["b"]),
    (r"^\U0001F600\N{EM DASH}$", ["😀—"], ["😀-"]),
    (r"^[[:alpha:]]$", ["a]"], ["a"]),
]


@pytest.mark.filterwarnings("ignore:Possible nested set")
@pytest.mark.parametrize(("source", "matching", "others"), MATCHES, ids=[source for source, _, _ in MATCHES])
def test_a_pattern_matches_what_javascript_says(source: str, matching: list[str], others: list[str]) -> None:
    refuse_invalid(source)
    pattern = ecma_pattern(source)
    found = {text: pattern.search(text, Allowance(10.0)) for text in [*matching, *others]}
    assert found == dict.fromkeys(matching, True) | dict.fromkeys(others, False)
    assert pattern.source == source
    if pattern._translation is not None:
        assert {text: pattern._timed(text, 10.0) for text in found} == found


INVALID = [
    ("(", "missing ), unterminated group at position 0"),
    ("a(?<n>b", "missing ), unterminated group at position 1"),
    (")", "unbalanced parenthesis at position 0"),
    ("[a", "unterminated character set at position 0"),
    (r"[a\]", "unterminated character set at position 0"),
    ("[z-a]", "bad character range z-a at position 3"),
    ("*a", "nothing to repeat at position 0"),
    ("a**", "multiple repeat at position 2"),
    ("^*", "nothing to repeat at position 1"),
    ("a{2,1}", "min repeat greater than max repeat at position 1"),
    ("\\", "bad escape (end of pattern)"),
    (r"\y", r"bad escape \y at position 0"),
    (r"[\q]", r"bad escape \q at position 1"),
    (r"\u{110000}", "no such character"),
    (r"\u12", r"bad escape \u"),
    (r"\c", r"bad escape \c"),
    (r"\1", "invalid group reference 1 at position 0"),
    (r"\k<a>", "unknown group name 'a' at position 0"),
    ("(?<1>a)", "bad character in group name '1'"),
    ("(?<a>b)(?<a>c)", "two groups have the name 'a'"),
    ("(?y:a)", "unknown flags"),
    ("a(?i)", "global flags not at the start"),
    ("(?%a)", "unknown extension ?%a"),
    (r"\pL", r"\p requires the name of a property of Unicode in braces: write \p{L}"),
    (r"\PN", r"\p requires the name of a property of Unicode in braces: write \P{N}"),
    (r"\p{Greek}", r"unknown property Greek (write \p{Script=Greek})"),
    (r"\P{IsGreek}", r"unknown property IsGreek (write \P{Script=Greek})"),
    (r"\p{}", r"\p requires the name"),
    (r"\p{lu}", "unknown property lu (did you mean Lu?) at position 0"),
    (r"[\p{Gc=L}]", "unknown property Gc"),
    (r"\p{gc=Emoji}", "unknown property Emoji"),
    (r"\N{NO SUCH NAME}", "undefined character name 'NO SUCH NAME'"),
    ("a{" + "9" * 5_000 + "}", "too large"),
    ("(?:" * 5_000 + ")" * 5_000, "too large"),
    (r"(a)" + r"\1" * 5_000 + "(", "too large"),
    ("(?<a>b)|" * 5_000 + "(", "too large"),
]


@pytest.mark.parametrize(("source", "reason"), INVALID, ids=[source[:30] for source, _ in INVALID])
def test_what_is_no_pattern_is_refused_with_its_place(source: str, reason: str) -> None:
    with pytest.raises(re.error) as caught:
        ecma_pattern(source)
    assert reason in str(caught.value)
    with pytest.raises(re.error):
        refuse_invalid(source)


UNSUPPORTED = [
    (r"^\p{RGI_Emoji}$", r"\p{RGI_Emoji} requires the flag v"),
    (r"[\p{L}--[a-z]]", "sets in sets"),
    ("[[a-z]&&[aeiou]]", "sets in sets"),
    (r"\p{Script=Klingon}", "unknown to the installed version of regex"),
    (r"(?:(a)|b)*\1", "not every repetition"),
    (r"(?:(a)?b\1)+", "not every repetition"),
    (r"(?<=\1(a))", "back reference in a look-behind"),
]


@pytest.mark.parametrize(("source", "reason"), UNSUPPORTED, ids=[source for source, _ in UNSUPPORTED])
def test_what_cannot_be_searched_for_is_not_refused(source: str, reason: str) -> None:
    with pytest.raises(UnsupportedPattern) as caught:
        ecma_pattern(source)
    assert reason in str(caught.value)
    refuse_invalid(source)


HOSTILE = [
    (r"^(\p{L}+)+$", "a" * 5_000 + "!"),
    (r"^(?:\p{L}|\p{L}\p{L})+$", "é" * 80 + "!"),
    (r"(?<=(a+)+)b", "a" * 5_000),
    (r"^(.+)+$", "\u2028" * 50 + "a" * 5_000 + "\u2028"),
    (r"^(?<n>a+)+\k<n>!$", "a" * 5_000),
    (r"^(\s+)+$", "\ufeff" * 80 + "!"),
    (r"(?i)^(a+)+$", "a" * 5_000 + "!"),
]


@pytest.mark.parametrize(("source", "text"), HOSTILE, ids=[source for source, _ in HOSTILE])
def test_every_search_ends(source: str, text: str) -> None:
    began = process_time()
    try:
        found = ecma_pattern(source).search(text, Allowance(0.2))
    except Unfinished:
        found = False
    assert not found
    assert process_time() - began < 3


LARGE = [
    "[" + r"\u{0}-\u{10ffff}" * 2_000 + "]",
    "(?i)" + r"[\D\W]" * 5_000,
    r"\p{L}" * 20_000,
    "(?:(?:(?:\\p{L}){1000}){1000}){1000}",
    "(?<=a+)" + "(?:" * 500,
    "(" * 100_000 + r"\1" * 100_000,
    "(?<a>" * 50_000,
    "[]" * 20_000 + "]",
    r"(?<=a*)" + "[!-\uffff]" * 20_000,
    "\\p{" + "a" * 100_000 + "}",
]


@pytest.mark.parametrize("source", LARGE, ids=[source[:20] for source in LARGE])
def test_no_pattern_takes_long_to_compile(source: str) -> None:
    began = process_time()
    with suppress(re.error, UnsupportedPattern):
        ecma_pattern(source)
    assert process_time() - began < 5


@pytest.mark.parametrize("source", ["[a--b]", r"[\w--x]", "[[a]", "[a&&b]", "[a||b]", r"(?<=a+)[[a]"])
def test_no_warning_of_python_is_shown(source: str) -> None:
    with catch_warnings(action="error"):
        for compiled in (ecma_pattern, Pattern):
            with suppress(re.error, UnsupportedPattern):
                compiled(source).search("a" * 30, Allowance(1))
