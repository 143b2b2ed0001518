"""The HTML report in a real browser: it filters, sorts, opens and prints, asks for nothing, and hostile titles stay text."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from headless import Browser, browser
from sample_runs import RUNS, LongRun
from tools import missing, program

from linkcheck import report
from linkcheck.model import Run
from linkcheck.report import ReportOptions

HERE = Path(__file__).parent
AXE = HERE / "axe" / "node_modules" / "axe-core" / "axe.min.js"
DOWN, RIGHT, ENTER, TAB = "\ue015", "\ue014", "\ue007", "\ue004"
WIDE, PHONE = (1280, 900), (390, 844)


@pytest.fixture(scope="module")
def session(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    chromedriver = program("chromedriver", package="chromium-driver")
    with browser(chromium, chromedriver, tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    runs: dict[str, Run] = {**RUNS, "ten thousand links": LongRun(articles_in_it=2000)}
    folder = tmp_path_factory.mktemp("pages")
    options = ReportOptions(
        version="1.2.3",
        repository_url="https://github.com/example/news/blob/main",
        base="content",
        rules_url="https://docs.example/{code}#{anchor}",
    )
    paths: dict[str, Path] = {}
    for name, run in runs.items():
        paths[name] = folder / f"{name.replace(' ', '-')}.html"
        with paths[name].open("w", encoding="utf-8", newline="") as stream:
            report.write(run, "html", stream, options)
    return paths


@pytest.fixture
def page(session: Browser, pages: dict[str, Path]) -> Iterator[Browser]:
    """The example's report on a wide, light screen; at the end nothing may have been asked for or complained of."""
    session.screen(*WIDE)
    session.open(pages["example"])
    session.complaints()
    yield session
    assert session.complaints() == []
    assert session.requests() == []


def test_the_page_opens_with_every_finding(page: Browser) -> None:
    assert page.text("h1").replace("\u00a0", " ") == "3 errors, 4 warnings, 3 info"
    assert page.text("#count") == "12 findings"
    assert page.texts(".trend dd") == ["3", "2", "3"]
    assert page.texts('[role="tab"]') == ["Findings 12", "Articles 8", "Hosts 14", "Links 14"]


def test_search_filters_combine_and_clear(page: Browser) -> None:
    page.type("#search", "LC213 slow")
    assert page.text("#count") == "1 of 12 findings"
    page.click("#reset")
    assert page.text("#count") == "12 findings"
    page.type('select[name="severity"]', "error")
    assert page.text("#count") == "4 of 12 findings"
    page.type('select[name="status"]', "open")
    assert page.text("#count") == "3 of 12 findings"
    page.type("#search", "no such thing")
    assert page.text("#count") == "0 of 12 findings"
    assert page.texts("#body tr") == ["Nothing matches. Clear the filters to see everything."]


def test_a_verdict_in_the_legend_shows_its_links(page: Browser) -> None:
    page.click('[data-verdict="blocked"]')
    assert page.text("#count") == "2 of 14 links"
    assert page.run("return document.querySelector('[data-verdict=blocked]').getAttribute('aria-pressed')") == "true"
    page.click('[data-verdict="blocked"]')
    assert page.text("#count") == "14 links"


def test_a_column_sorts_both_ways_and_says_so(page: Browser) -> None:
    page.click("#tab-hosts")
    page.click("#head th:nth-child(5) button")
    assert page.texts("#body td:first-child")[0] == "slow.example.net"
    assert page.run("return document.querySelector('#head th:nth-child(5)').getAttribute('aria-sort')") == "descending"
    page.click("#head th:nth-child(5) button")
    assert page.texts("#body td:first-child")[-1] == "slow.example.net"
    assert page.run("return document.querySelector('#head th:nth-child(5)').getAttribute('aria-sort')") == "ascending"


def test_the_gravest_findings_come_first(page: Browser) -> None:
    words = page.texts("#body .tag")
    assert words == sorted(words, key=["error", "warning", "info"].index)


def test_the_keyboard_does_it_all(page: Browser) -> None:
    page.press("/")
    assert page.run("return document.activeElement.id") == "search"
    page.run("document.getElementById('tab-findings').focus()")
    page.press(RIGHT)
    assert page.run("return document.activeElement.id") == "tab-articles"
    assert page.text("#count") == "8 articles"
    page.run("document.querySelector('#head button').focus()")
    page.press(ENTER)
    assert page.run("return document.activeElement.closest('th').getAttribute('aria-sort')") == "descending"
    page.run("document.querySelector('.as-link').focus()")
    page.press(ENTER)
    assert page.text("#count").endswith("links")


def test_details_draw_the_redirects_and_the_sizes(page: Browser) -> None:
    page.type("#search", "LC202")
    page.click(".open")
    assert page.texts(".chain .code") == ["301", "308", "200"]
    assert page.texts(".chain .url")[-1] == "https://blog.example.de/neu/\u00fcbersicht"
    page.click(".open")
    assert page.texts(".detail") == []
    page.click("#reset")
    page.type("#search", "LC403")
    page.click(".open")
    assert page.run("return document.querySelectorAll('.sizes rect').length") == 2
    assert "1260\u00a0\u00d7\u00a0710" in page.text(".sizes")
    assert "1200\u00a0\u00d7\u00a0675" in page.text(".sizes")


def test_each_finding_leads_to_its_line(page: Browser) -> None:
    found = page.run("return [...document.querySelectorAll('#body .place a')].map((each) => each.href)")
    assert isinstance(found, list)
    assert found[0] == "https://github.com/example/news/blob/main/content/drafts/broken-front-matter.md#L5"
    assert len(found) == 12


def test_each_rule_leads_to_its_page(page: Browser) -> None:
    found = page.run("return [...document.querySelectorAll('#body .rule a')].map((each) => each.href)")
    assert isinstance(found, list)
    assert "https://docs.example/LC201#lc201-dead" in found
    assert len(found) == 12


def test_a_phone_shows_all_of_it_without_scrolling_sideways(page: Browser) -> None:
    page.screen(*PHONE, phone=True)
    for tab in ("findings", "articles", "hosts", "links"):
        page.click(f"#tab-{tab}")
        assert page.run("return document.documentElement.scrollWidth <= innerWidth"), tab
    page.click(".open")
    assert page.run("return document.documentElement.scrollWidth <= innerWidth")


def test_ten_thousand_links_stay_usable(session: Browser, pages: dict[str, Path]) -> None:
    session.screen(*WIDE)
    session.open(pages["ten thousand links"])
    session.complaints()
    session.click("#tab-links")
    assert session.text("#count") == "10,000 links"
    # Only a window of the rows is in the document, however many there are.
    assert session.run("return document.querySelectorAll('#body tr').length") == 100
    session.click("#more")
    assert session.run("return document.querySelectorAll('#body tr').length") == 300
    assert session.run("return document.activeElement.closest('tr').rowIndex") == 101
    session.run("const s = document.getElementById('search'); s.value = 'n=1999-4'; s.dispatchEvent(new Event('input'))")
    session.run_until_called(
        "const done = arguments[0]; const count = document.getElementById('count');"
        "const look = () => count.textContent === '1 of 10,000 links' ? done(true) : requestAnimationFrame(look); look()"
    )
    assert session.complaints() == []


@pytest.mark.parametrize("tab", ["findings", "articles", "hosts", "links"])
def test_hostile_strings_stay_text(tab: str, session: Browser, pages: dict[str, Path]) -> None:
    session.screen(*WIDE)
    session.open(pages["hostile"])
    session.complaints()
    elements = "return [...document.querySelectorAll('script, style, img, iframe, object, embed, base, link, meta')].length"
    before = session.run(elements)
    session.click(f"#tab-{tab}")
    session.run("while (!document.getElementById('more').hidden) document.getElementById('more').click()")
    session.run("document.querySelectorAll('.open').forEach((each) => each.click())")
    assert session.run(elements) == before
    assert session.run("return [...document.querySelectorAll('*')].flatMap((e) => e.getAttributeNames())"
                       ".filter((name) => name.startsWith('on') || name === 'style')") == []  # fmt: skip
    addresses = session.run("return [...document.links].map((each) => each.href)")
    assert isinstance(addresses, list)
    assert [each for each in addresses if not each.startswith(("https://", "file://"))] == []
    assert session.complaints() == []
    assert session.requests() == []
    assert str(session.run("return document.title")).endswith("info; incomplete")


def test_the_policy_refuses_a_script_that_got_in(session: Browser, pages: dict[str, Path]) -> None:
    page = session
    page.open(pages["example"])
    page.complaints()
    page.run("const s = document.createElement('script'); s.textContent = 'window.owned = 1'; document.body.append(s)")
    page.run("const i = document.createElement('img'); i.src = 'https://evil.example/t.png'; document.body.append(i)")
    assert page.run("return window.owned === undefined")
    assert len([each for each in page.complaints() if "Content Security Policy" in each]) == 2


def test_without_scripts_the_findings_are_still_there(session: Browser, pages: dict[str, Path]) -> None:
    text = session.text_without_scripts(pages["example"], "main")
    assert "the page is gone: 404 Not Found" in text
    assert "Search" not in text


def test_paper_gets_every_row_and_no_controls(session: Browser, pages: dict[str, Path]) -> None:
    session.open(pages["long"])
    session.click("#tab-links")
    session.screen(*WIDE, paper=True)
    session.run("dispatchEvent(new Event('beforeprint'))")
    assert session.run("return document.querySelectorAll('#body tr').length") == 1500
    assert session.run("return document.querySelector('#filters').checkVisibility()") is False
    session.screen(*WIDE)


@pytest.mark.parametrize("run", ["example", "hostile", "empty"])
@pytest.mark.parametrize("look", ["light", "dark", "phone"])
def test_axe_finds_nothing_wrong_for_those_who_cannot_see(
    look: str, run: str, session: Browser, pages: dict[str, Path]
) -> None:
    if not AXE.exists():
        missing("axe-core", "run `npm ci --prefix tests/integration/axe`")
    session.screen(*(PHONE if look == "phone" else WIDE), dark=look == "dark", phone=look == "phone")
    session.open(pages[run])
    session.run(AXE.read_text(encoding="utf-8"))
    found: list[object] = []
    for tab in ("findings", "articles", "hosts", "links"):
        session.run("document.getElementById(arguments[0]).click()", f"tab-{tab}")
        session.run("[...document.querySelectorAll('.open')].slice(0, 3).forEach((each) => each.click())")
        faults = session.run_until_called(
            "const done = arguments[0];"
            "axe.run(document, {resultTypes: ['violations']}).then((result) => done(result.violations.flatMap((rule) =>"
            " rule.nodes.slice(0, 3).map((node) => `${rule.impact} ${rule.id}: ${node.html.slice(0, 200)}`))))"
        )
        assert isinstance(faults, list)
        found += [f"{tab}: {fault}" for fault in faults]
    assert found == []
