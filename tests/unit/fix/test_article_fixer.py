"""An article is settled with what is known of the web; what is about to be written is asked for first."""

from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from string import ascii_lowercase

import pytest
from msgspec.structs import replace

from linkcheck import judge
from linkcheck.commands.fix.article_fixer import ArticleFixer, Known, is_never_written
from linkcheck.config import load
from linkcheck.model import (
    FILE_START,
    Answer,
    Fact,
    Finding,
    Fix,
    FixKind,
    Hop,
    ImageFacts,
    Location,
    Outcome,
    PageFacts,
    Probe,
    Severity,
    Source,
    VerdictKind,
)
from linkcheck.pipeline import RunContext

OLD, NEW, LAST = (f"https://a.example/{folder}/the-old-bridge" for folder in ("old", "new", "last"))
TEXT = f'---\ntitle: How the old harbour bridge was built\ndate: 2021-06-18\nwebUrl: "{OLD}" # c\n---\n'.encode()
PAGE = PageFacts(title="How the old harbour bridge was built", published="2021-06-18")
NOW = datetime(2026, 11, 22, tzinfo=UTC)
SOURCE = Source("a.md", "a.md", TEXT, len(TEXT), named=True)


@pytest.fixture
def fixer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ArticleFixer:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return ArticleFixer(context(tmp_path))


def context(folder: Path) -> RunContext:
    return RunContext(load(flags={}, environment={}, directory=str(folder)), now=lambda: NOW)


def known(*rows: tuple[str, int, str]) -> Known:
    """URLs with the status of their answer, and where they lead for good (to themselves where they do not)."""
    outcomes = (
        Outcome(url, Probe.PAGE, Answer(status, to, page=PAGE), hops=() if url == to else (Hop(url, 301, to),))
        for url, status, to in rows
    )
    return {outcome.url: (outcome, judge.verdict(outcome)) for outcome in outcomes}


def test_a_new_url_is_to_be_asked_for(fixer: ArticleFixer) -> None:
    settled = fixer.settle(SOURCE, known((OLD, 200, NEW)))
    assert [target.url for target in settled.unchecked] == [NEW]
    assert settled.held == ()


def test_a_url_that_answers_is_written(fixer: ArticleFixer) -> None:
    settled = fixer.settle(SOURCE, known((OLD, 200, NEW), (NEW, 200, NEW)))
    assert settled.source.head == TEXT.replace(OLD.encode(), NEW.encode())
    assert settled.source.size == len(settled.source.head)
    assert [(done.old, done.new, done.span.line) for done in settled.done] == [(OLD, NEW, 4)]
    assert settled.unchecked == ()


def test_a_move_that_is_reported_once_is_listed_and_written_at_the_original_url_too(fixer: ArticleFixer) -> None:
    text = TEXT.replace(b"webUrl", f'originalUrl: "{OLD}"\nwebUrl'.encode())
    source = replace(SOURCE, head=text, size=len(text))
    written = fixer.settle(source, known((OLD, 200, NEW), (NEW, 200, NEW)))
    assert written.source.head == text.replace(OLD.encode(), NEW.encode())
    held = fixer.settle(source, known((OLD, 200, FOREIGN), (FOREIGN, 200, FOREIGN))).held
    assert [correction.pointer for correction in held] == ["/originalUrl", "/webUrl"]


def test_a_url_that_has_moved_again_is_followed(fixer: ArticleFixer) -> None:
    settled = fixer.settle(SOURCE, known((OLD, 200, NEW), (NEW, 200, LAST), (LAST, 200, LAST)))
    assert settled.source.head == TEXT.replace(OLD.encode(), LAST.encode())


@pytest.mark.parametrize("status", [403, 404, 503])
def test_a_url_that_does_not_answer_who_comes_directly_is_not_written(status: int, fixer: ArticleFixer) -> None:
    settled = fixer.settle(SOURCE, known((OLD, 200, NEW), (NEW, status, NEW)))
    assert settled.source == SOURCE
    assert str(status) in settled.refused[0].reason
    assert settled.held == ()


def test_urls_that_lead_to_each_other_are_left_alone(fixer: ArticleFixer) -> None:
    settled = fixer.settle(SOURCE, known((OLD, 200, NEW), (NEW, 200, OLD)))
    assert settled.source == SOURCE
    assert "earlier value" in settled.refused[0].reason


FOREIGN = "https://casino.example/new/the-story"


def test_a_url_on_another_domain_is_held_back(fixer: ArticleFixer) -> None:
    settled = fixer.settle(SOURCE, known((OLD, 200, FOREIGN), (FOREIGN, 200, FOREIGN)))
    assert settled.source == SOURCE
    assert [(held.old, held.new, held.fix.reason) for held in settled.held] == [
        (OLD, FOREIGN, "the new URL is on another domain, casino.example")
    ]
    assert settled.refused == ()


def test_a_url_that_leads_to_another_domain_when_requested_itself_is_not_written(fixer: ArticleFixer) -> None:
    settled = fixer.settle(SOURCE, known((OLD, 200, NEW), (NEW, 200, FOREIGN)))
    assert settled.source == SOURCE
    assert [refused.reason for refused in settled.refused] == ["the new URL leads to another domain, casino.example"]


def test_what_is_not_safe_is_written_on_request(tmp_path: Path, fixer: ArticleFixer) -> None:
    bold = ArticleFixer(context(tmp_path), unsafe=True)
    settled = bold.settle(SOURCE, known((OLD, 200, FOREIGN), (FOREIGN, 200, FOREIGN)))
    assert settled.source.head == TEXT.replace(OLD.encode(), FOREIGN.encode())
    assert settled.held == ()
    assert fixer.settle(SOURCE, known((OLD, 200, FOREIGN), (FOREIGN, 200, FOREIGN))).source == SOURCE


def test_a_url_that_leads_to_a_domain_for_sale_is_not_written_even_on_request(tmp_path: Path, fixer: ArticleFixer) -> None:
    del fixer
    page = replace(PAGE, title="casino.example is for sale")
    sold = Outcome(FOREIGN, Probe.PAGE, Answer(200, FOREIGN, page=page, vouched=True))
    bold = ArticleFixer(context(tmp_path), unsafe=True)
    settled = bold.settle(SOURCE, {**known((OLD, 200, FOREIGN)), FOREIGN: (sold, judge.verdict(sold))})
    assert settled.source == SOURCE
    assert [refused.reason for refused in settled.refused] == [
        "the new URL leads to another site that looks like advertising or a domain for sale"
    ]


def test_a_link_that_is_excluded_is_not_corrected(tmp_path: Path, fixer: ArticleFixer) -> None:
    del fixer
    (tmp_path / "linkcheck.toml").write_text('[[exclude]]\nreason = "r"\npattern = "/old/"\n')
    settled = ArticleFixer(context(tmp_path)).settle(SOURCE, known((OLD, 200, NEW), (NEW, 200, NEW)))
    assert (settled.source, settled.done, settled.held, settled.refused) == (SOURCE, (), (), ())


KEYS = '{"properties": {"title": {}, "authors": {"type": "object"}}}'
TWO_TABLES = b"+++\ntitle = 'Fish &amp; chips'\n[auhtors]\na = 1\n[auhtors.b]\nc = 1\n+++\n"


def test_what_cannot_be_corrected_is_refused_for_its_own_reason(tmp_path: Path, fixer: ArticleFixer) -> None:
    del fixer
    (tmp_path / "s.json").write_text(KEYS)
    run = RunContext(load(flags={"schema": "s.json"}, environment={}, directory=str(tmp_path)), now=lambda: NOW)
    settled = ArticleFixer(run).settle(replace(SOURCE, head=TWO_TABLES, size=len(TWO_TABLES)), {})
    assert settled.source.head == TWO_TABLES.replace(b"&amp;", b"&")
    assert [done.pointer for done in settled.done] == ["/title"]
    assert [(refused.correction.pointer, refused.reason) for refused in settled.refused] == [
        ("/auhtors", "the value cannot be changed there without changing others")
    ]


def test_a_new_url_that_is_a_file_of_the_repository_is_not_asked_for(tmp_path: Path, fixer: ArticleFixer) -> None:
    del fixer
    old, new = "https://a.example/old.svg", "https://me.example/img/new.svg"
    (tmp_path / "img").mkdir()
    (tmp_path / "img/new.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>\n')
    config = load(flags={"base-url": "https://me.example/", "site-root": ["."]}, environment={}, directory=str(tmp_path))
    text = f"---\ntitle: A title\nimage: {old}\n---\n".encode()
    leads = Outcome(old, Probe.PAGE, Answer(200, new), hops=(Hop(old, 301, new),))
    bold = ArticleFixer(RunContext(config, now=lambda: NOW), unsafe=True)
    settled = bold.settle(replace(SOURCE, head=text, size=len(text)), {old: (leads, judge.verdict(leads))})
    assert settled.source.head == text.replace(old.encode(), new.encode())
    assert (settled.unchecked, settled.refused) == ((), ())


def test_a_page_that_an_image_has_as_its_url_too_is_judged_as_a_page(fixer: ArticleFixer) -> None:
    no_image = Answer(200, NEW, page=PAGE, image=ImageFacts(format=None, not_image="html"))
    outcome = Outcome(OLD, Probe.IMAGE, no_image, hops=(Hop(OLD, 301, NEW),))
    verdict = judge.verdict(outcome)
    assert verdict.kind is VerdictKind.SUSPECT
    settled = fixer.settle(SOURCE, {OLD: (outcome, verdict)})
    assert [(done.code, done.new) for done in settled.done] == [("LC301", NEW)]
    assert [target.url for target in settled.unchecked] == [NEW]


def moved(to: str, *, status: int = 301, **facts: object) -> Known:
    """The old URL redirects to a page."""
    outcome = Outcome(OLD, Probe.PAGE, Answer(200, to, page=replace(PAGE, **facts)), hops=(Hop(OLD, status, to),))
    return {OLD: (outcome, judge.verdict(outcome))}


LOGIN = "https://a.example/login?next=the-old-bridge"


@pytest.mark.parametrize(("status", "listed"), [(301, [(OLD, LOGIN)]), (302, [])], ids=["permanent", "temporary"])
def test_only_a_permanent_redirect_to_a_login_page_is_listed(
    status: int, listed: list[tuple[str, str]], fixer: ArticleFixer
) -> None:
    settled = fixer.settle(SOURCE, moved(LOGIN, status=status, has_password_field=True, title="Log in"))
    assert settled.source == SOURCE
    assert [(refused.correction.old, refused.correction.new) for refused in settled.refused] == listed


def test_a_value_that_several_places_share_is_listed_once_for_each(fixer: ArticleFixer) -> None:
    text = TEXT.replace(f'webUrl: "{OLD}"'.encode(), f'webUrl: &own "{OLD}"\noriginalUrl: *own'.encode())
    settled = fixer.settle(replace(SOURCE, head=text, size=len(text)), known((OLD, 200, NEW)))
    assert settled.source.head == text
    assert sorted((refused.correction.pointer, refused.reason) for refused in settled.refused) == [
        ("/originalUrl", "several places share the value through a YAML anchor"),
        ("/webUrl", "several places share the value through a YAML anchor"),
    ]


def test_a_new_url_whose_own_redirect_is_contradicted_is_not_written(fixer: ArticleFixer) -> None:
    page = replace(PAGE, canonicals=(NEW,))
    back = Outcome(NEW, Probe.PAGE, Answer(200, LAST, page=page), hops=(Hop(NEW, 301, LAST),))
    settled = fixer.settle(SOURCE, {**known((OLD, 200, NEW)), NEW: (back, judge.verdict(back))})
    assert settled.source == SOURCE
    assert [refused.reason for refused in settled.refused] == [
        f"the new URL redirects to {LAST}, whose canonical URL is the new URL"
    ]


@pytest.mark.parametrize(("times", "is_written"), [(1, True), (7, True), (8, False), (20, False)])
def test_an_article_is_corrected_again_a_limited_number_of_times(
    times: int,
    is_written: bool,  # noqa: FBT001 - a table's column
    fixer: ArticleFixer,
) -> None:
    urls = [OLD, *(f"https://a.example/folder{letter}/the-old-bridge" for letter in ascii_lowercase[:times])]
    settled = fixer.settle(SOURCE, known(*((url, 200, to) for url, to in zip(urls, [*urls[1:], urls[-1]], strict=True))))
    if is_written:
        assert settled.source.head == TEXT.replace(OLD.encode(), urls[-1].encode())
        assert [(done.old, done.new) for done in settled.done] == [*pairwise(urls)]
        assert settled.refused == ()
    else:
        assert (settled.source, settled.done) == (SOURCE, ())
        assert [(refused.correction.new, refused.reason) for refused in settled.refused] == [
            (urls[8], "the corrections would never end")
        ]


AMP = "https://a.example/amp/the-old-bridge"
WITH_AMP = f'---\ntitle: The bridge\nwebUrl: "{LAST}"\nampWebUrl: "{AMP}"\n---\n'.encode()
WITHOUT_AMP = WITH_AMP.replace(f'ampWebUrl: "{AMP}"\n'.encode(), b"")
SCHEMA = (
    '{"properties": {"webUrl": {"x-link": {"role": "canonical"}}, "ampWebUrl": {"x-link": {"role": "amp"}}}, '
    '"required": ["ampWebUrl"]}'
)


def test_the_amp_url_of_a_host_that_has_dropped_amp_is_removed_on_request(tmp_path: Path, fixer: ArticleFixer) -> None:
    source = replace(SOURCE, head=WITH_AMP, size=len(WITH_AMP))
    gone, dropped = known((LAST, 200, LAST), (AMP, 404, AMP)), {"a.example": judge.AmpCount(3, 3)}
    assert (fixer.settle(source, gone).source, fixer.settle(source, gone).held) == (source, ())
    careful = ArticleFixer(context(tmp_path), dropped_amp=dropped).settle(source, gone)
    assert (careful.source, [each.old for each in careful.held]) == (source, ["ampWebUrl"])
    bold = ArticleFixer(context(tmp_path), unsafe=True, dropped_amp=dropped).settle(source, gone)
    assert (bold.source.head, [each.old for each in bold.done], bold.held) == (WITHOUT_AMP, ["ampWebUrl"], ())


def test_keys_that_the_schema_requires_are_not_removed(tmp_path: Path, fixer: ArticleFixer) -> None:
    del fixer
    (tmp_path / "s.json").write_text(SCHEMA)
    strict = ArticleFixer(
        RunContext(load(flags={"schema": "s.json"}, environment={}, directory=str(tmp_path)), now=lambda: NOW),
        dropped_amp={"a.example": judge.AmpCount(3, 3)},
    )
    source = replace(SOURCE, head=WITH_AMP, size=len(WITH_AMP))
    settled = strict.settle(source, known((LAST, 200, LAST), (AMP, 404, AMP)))
    assert settled.source == source
    assert [each.reason for each in settled.refused] == ["the schema requires ampWebUrl"]


@pytest.mark.parametrize(
    ("code", "facts", "is_fixed", "is_listed"),
    [
        ("LC208", {"final_url": NEW}, False, True),
        ("LC208", {"final_url": NEW}, True, False),
        ("LC208", {}, False, False),
        ("LC201", {"final_url": NEW}, False, False),
        ("LC201", {"not_fixed": "it is shared"}, False, True),
        ("LC201", {"not_fixed": "it is shared"}, True, False),
    ],
)
def test_which_findings_are_listed_and_never_fixed(
    code: str, facts: dict[str, Fact], *, is_fixed: bool, is_listed: bool
) -> None:
    fix = Fix(FixKind.SAFE, "why") if is_fixed else None
    found = Finding(code, "a name", Severity.ERROR, Location("a.md", FILE_START, "/a"), "it is gone", facts=facts, fix=fix)
    assert is_never_written(found) is is_listed
