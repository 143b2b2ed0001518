"""Corrections are made to the byte, or not at all."""

from collections.abc import Callable

import pytest

from linkcheck.fix import Corrected, Correction, correct
from linkcheck.model import Article, CorrectionKind, Fix, FixKind

Read = Callable[[bytes], Article]
SAFE = Fix(FixKind.SAFE, "a reason")
OLD, NEW = "https://a.example/old", "https://a.example/new"


def value(pointer: str = "/webUrl", new: str | int = NEW) -> Correction:
    return Correction("LC202", CorrectionKind.REDIRECT, pointer, new, SAFE)


def key(pointer: str, new: str) -> Correction:
    return Correction("LC111", CorrectionKind.KEY, pointer, new, SAFE)


@pytest.mark.parametrize(
    ("before", "correction", "after"),
    [
        pytest.param("---\nwebUrl: OLD\n---\n", value(), "---\nwebUrl: NEW\n---\n", id="plain"),
        pytest.param('---\nwebUrl: "OLD" # why\n---\nOLD\n', value(), '---\nwebUrl: "NEW" # why\n---\nOLD\n', id="double"),
        pytest.param("---\nwebUrl:   'OLD'\n---\n", value(), "---\nwebUrl:   'NEW'\n---\n", id="single"),
        pytest.param("---\r\nwebUrl: OLD\r\nb: 1\r\n---\r\n", value(), "---\r\nwebUrl: NEW\r\nb: 1\r\n---\r\n", id="crlf"),
        pytest.param("---\rwebUrl: OLD\rb: 1\r---\r", value(), "---\rwebUrl: NEW\rb: 1\r---\r", id="cr"),
        pytest.param("\ufeff---\nwebUrl: OLD\n---\n", value(), "\ufeff---\nwebUrl: NEW\n---\n", id="byte order mark"),
        pytest.param(
            "---\nt: 'é 🎈'\nx: {é: 🎈, webUrl: OLD}\n...\n",
            value("/x/webUrl"),
            "---\nt: 'é 🎈'\nx: {é: 🎈, webUrl: NEW}\n...\n",
            id="characters of several bytes before it",
        ),
        pytest.param("---\nl:\n- a\n- OLD   # b\n---\n", value("/l/1"), "---\nl:\n- a\n- NEW   # b\n---\n", id="list item"),
        pytest.param("---\nl: [a, OLD]\n---\n", value("/l/1"), "---\nl: [a, NEW]\n---\n", id="flow list"),
        pytest.param("---\nw: 1260\n---\n", value("/w", 1200), "---\nw: 1200\n---\n", id="number"),
        pytest.param("---\nw: '1260'\n---\n", value("/w", "1200"), "---\nw: '1200'\n---\n", id="number in quotes"),
        pytest.param("---\nurl: 'a'\n---\n", value("/url", "it's"), "---\nurl: 'it''s'\n---\n", id="quote within quotes"),
        pytest.param('---\nurl: "a"\n---\n', value("/url", 'a"\\b'), '---\nurl: "a\\"\\\\b"\n---\n', id="escapes"),
        pytest.param(
            "---\nurl: a\n---\n", value("/url", "a #b: c"), '---\nurl: "a #b: c"\n---\n', id="plain cannot hold it"
        ),
        pytest.param(
            "---\nl: [a, b]\n---\n", value("/l/0", "x,y"), '---\nl: ["x,y", b]\n---\n', id="flow cannot hold it plain"
        ),
        pytest.param(
            "Title: é\nWebURL:  OLD \n\nOLD\n", value("/weburl"), "Title: é\nWebURL:  NEW \n\nOLD\n", id="without fences"
        ),
        pytest.param("Title: *a*\nB: x\n", value("/title", "b"), "Title: b\nB: x\n", id="an asterisk without fences"),
        pytest.param("Title: A\nB: x\n", value("/title", "b"), "Title: b\nB: x\n", id="small letters without fences"),
        pytest.param("Title: B\ntitel: A\n", key("/titel", "tags"), "Title: B\ntags: A\n", id="small key without fences"),
        pytest.param('---\na: {"0": OLD}\n---\n', value("/a/0"), '---\na: {"0": NEW}\n---\n', id="key of digits"),
        pytest.param("+++\na = '*x'\n+++\n", value("/a", "y"), "+++\na = 'y'\n+++\n", id="toml asterisk"),
        pytest.param('{"t": "a"}', value("/t", "\u00e9"), '{"t": "\u00e9"}', id="json with letters"),
        pytest.param('{"t": "\\u00e9\u00e9"}', value("/t", "\u00e9"), '{"t": "\u00e9"}', id="json with some escaped"),
        pytest.param(
            "Title: A\r\nL: a\r\n    OLD\r\n", value("/l/1"), "Title: A\r\nL: a\r\n    NEW\r\n", id="item without fences"
        ),
        pytest.param("\ufeffTitle: A\nW:1260", value("/w", "1200"), "\ufeffTitle: A\nW:1200", id="size without fences"),
        pytest.param("Titel: A\nTitle: B\n", key("/titel", "tags"), "Tags: A\nTitle: B\n", id="key without fences"),
        pytest.param("---\nt: a\n---\n", value("/t", "123"), '---\nt: "123"\n---\n', id="text that would be a number"),
        pytest.param("---\nwebURL: OLD # c\n---\n", key("/webURL", "webUrl"), "---\nwebUrl: OLD # c\n---\n", id="key"),
        pytest.param(
            "---\n'webURL'  : OLD\n---\n", key("/webURL", "webUrl"), "---\n'webUrl'  : OLD\n---\n", id="quoted key"
        ),
        pytest.param(
            "---\n? webURL\n: OLD\n---\n", key("/webURL", "webUrl"), "---\n? webUrl\n: OLD\n---\n", id="explicit key"
        ),
        pytest.param(
            "---\nimgs:\n  - url: OLD\n---\n", key("/imgs", "images"), "---\nimages:\n  - url: OLD\n---\n", id="block key"
        ),
        pytest.param('+++\nwebUrl = "OLD" # c\n+++\n', value(), '+++\nwebUrl = "NEW" # c\n+++\n', id="toml basic"),
        pytest.param("+++\nwebUrl = 'OLD'\n+++\n", value(), "+++\nwebUrl = 'NEW'\n+++\n", id="toml literal"),
        pytest.param("+++\nwebUrl = '''OLD'''\n+++\n", value(), "+++\nwebUrl = '''NEW'''\n+++\n", id="toml long literal"),
        pytest.param('+++\nwebUrl = """OLD"""\n+++\n', value(), '+++\nwebUrl = """NEW"""\n+++\n', id="toml long basic"),
        pytest.param(
            "+++\nwebUrl = 'OLD'\n+++\n", value(new="it's"), '+++\nwebUrl = "it\'s"\n+++\n', id="toml literal cannot"
        ),
        pytest.param(
            "---\na: &x {k: OLD}\nb: {<<: *x, k: z}\n---\n",
            value("/a/k"),
            "---\na: &x {k: NEW}\nb: {<<: *x, k: z}\n---\n",
            id="what no mapping takes over",
        ),
        pytest.param("---\nb: {<<: {k: OLD}}\n---\n", value("/b/k"), "---\nb: {<<: {k: NEW}}\n---\n", id="merged in place"),
        pytest.param("+++\n[[i]]\nw = 1_260\n+++\n", value("/i/0/w", 12), "+++\n[[i]]\nw = 12\n+++\n", id="toml number"),
        pytest.param("+++\nwebURL='OLD'\n+++\n", key("/webURL", "webUrl"), "+++\nwebUrl='OLD'\n+++\n", id="toml key"),
        pytest.param("+++\na.b-c=1\n+++\n", key("/a/b-c", "x y"), '+++\na."x y"=1\n+++\n', id="toml key that needs quotes"),
        pytest.param('{\n "webUrl" : "OLD"}\nbody', value(), '{\n "webUrl" : "NEW"}\nbody', id="json"),
        pytest.param(
            '{"u": "https:\\/\\/a.example\\/old"}',
            value("/u"),
            '{"u": "https:\\/\\/a.example\\/new"}',
            id="json with slashes escaped",
        ),
        pytest.param('{"t": "Caf\\u00e9"}', value("/t", "Th\u00e9"), '{"t": "Th\\u00e9"}', id="json with letters escaped"),
        pytest.param(
            '\ufeff{"a":1,"webURL":"OLD"}\n', key("/webURL", "webUrl"), '\ufeff{"a":1,"webUrl":"OLD"}\n', id="json key"
        ),
    ],
)
def test_a_correction_changes_its_own_bytes_and_no_others(
    before: str, correction: Correction, after: str, read: Read
) -> None:
    raw, wanted = (text.replace("OLD", OLD).replace("NEW", NEW).encode() for text in (before, after))
    assert correct(raw, [correction], read) == Corrected(wanted, (correction,))


@pytest.mark.parametrize(
    ("before", "new", "after"),
    [
        pytest.param(
            "---\nt: >\n  Fish &amp;\n  chips\n---\n", "Fish & chips\n", "---\nt: >\n  Fish &\n  chips\n---\n", id="folded"
        ),
        pytest.param(
            "---\nt: |\n  Fish &amp;\n  chips\n---\n",
            "Fish &\nchips\n",
            "---\nt: |\n  Fish &\n  chips\n---\n",
            id="literal",
        ),
        pytest.param(
            "---\nt: Fish &amp;\n  chips\n---\n", "Fish & chips", "---\nt: Fish &\n  chips\n---\n", id="plain on two lines"
        ),
        pytest.param("---\nt: 'it&#39;s'\n---\n", "it's", "---\nt: 'it''s'\n---\n", id="a quotation mark within its own"),
        pytest.param("---\nt: a&#58; b\n---\n", "a: b", '---\nt: "a: b"\n---\n', id="what plain cannot hold"),
    ],
)
def test_a_text_loses_its_references_and_keeps_its_lines(before: str, new: str, after: str, read: Read) -> None:
    correction = Correction("LC119", CorrectionKind.TEXT, "/t", new, SAFE)
    assert correct(before.encode(), [correction], read) == Corrected(after.encode(), (correction,))


@pytest.mark.parametrize(
    ("text", "correction", "reason"),
    [
        pytest.param("---\na: &x OLD\nb: *x\n---\n", value("/b"), "alias", id="an alias"),
        pytest.param("---\na: &x OLD\nb: *x\n---\n", value("/a"), "without changing others", id="what an alias stands for"),
        pytest.param(
            "---\na: &x {k: OLD}\nb: {<<: *x}\n---\n",
            value("/a/k"),
            "without changing others",
            id="what is merged elsewhere",
        ),
        pytest.param(
            "---\na: &x {k: OLD}\nb: {<<: *x}\n---\n", value("/b/k"), "without changing others", id="what is merged"
        ),
        pytest.param("---\na: &x {K: OLD}\nb: {<<: *x}\n---\n", key("/b/K", "k"), "without changing", id="a merged key"),
        pytest.param("---\na: 1\n---\n", value("/b"), "position in the text", id="a value that is gone"),
        pytest.param('---\n"": OLD\n---\n', value(""), "it no longer exists", id="all data"),
        pytest.param("Title: A\nB: x\n", value("/b", "x\ny"), "without changing", id="two lines without fences"),
        pytest.param("Title: A\nB: x\n", value("/b", " x"), "without changing", id="a space first without fences"),
        pytest.param("---\nwebURL: a\nwebUrl: b\n---\n", key("/webURL", "webUrl"), "already", id="a key that is there"),
        pytest.param(
            "+++\n[a]\nx=1\n[a.b]\ny=1\n+++\n", key("/a", "c"), "without changing others", id="a key in two TOML headers"
        ),
        pytest.param(
            "---\na: !t OLD\nb: [\n---\n",
            value("/a"),
            "position in the text",
            id="an article that cannot be read",
        ),
    ],
)
def test_what_cannot_be_done_alone_is_refused_and_nothing_changes(
    text: str, correction: Correction, reason: str, read: Read
) -> None:
    raw = text.encode()
    corrected = correct(raw, [correction], read)
    assert (corrected.raw, corrected.done) == (raw, ())
    assert reason in corrected.refused[0].reason


def test_several_corrections_are_made_although_the_first_moves_the_others(read: Read) -> None:
    raw = b"---\na: {u: x, w: 1}\nb: 'y' # c\n---\nbody \xff\n"
    wanted = b"---\na: {link: https://long.example/, w: 20}\nb: 'z' # c\n---\nbody \xff\n"
    corrections = [value("/a/u", "https://long.example/"), value("/a/w", 20), value("/b", "z"), key("/a/u", "link")]
    corrected = correct(raw, corrections, read)
    assert corrected.raw == wanted
    assert corrected.done == tuple(corrections)


@pytest.mark.parametrize(
    ("text", "done"),
    [
        pytest.param("---\na: {width: 1, height: 2}\nb: 1\n---\n", 3, id="both can be written"),
        pytest.param("---\na: {width: 1, height: &h 2}\nb: 1\nc: *h\n---\n", 1, id="the second side is shared"),
        pytest.param("---\na: {width: &w 1, height: 2}\nb: 1\nc: *w\n---\n", 1, id="the first side is shared"),
    ],
)
def test_both_sides_of_a_size_are_written_or_none(text: str, done: int, read: Read) -> None:
    sides = [Correction("LC403", CorrectionKind.SIZE, f"/a/{side}", 9, SAFE) for side in ("width", "height")]
    corrected = correct(text.encode(), [*sides, value("/b", 7)], read)
    assert (len(corrected.done), len(corrected.refused)) == (done, 3 - done)
    assert corrected.raw.count(b"9") == done - 1
    assert b"b: 7" in corrected.raw


def test_an_ignore_comment_stays_one(read: Read) -> None:
    raw = b"---\na: x # linkcheck: ignore[LC202] kept\n---\n"
    assert correct(raw, [value("/a", "y #z")], read).raw == b'---\na: "y #z" # linkcheck: ignore[LC202] kept\n---\n'
