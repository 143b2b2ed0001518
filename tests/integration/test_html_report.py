"""The HTML report in a real browser: it says what changed, filters, copies and exports, requests nothing on its own."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from headless import Browser, browser
from sample_runs import ICO, RUNS, ListedRun, LongRun, empty_run, example_run
from tools import missing, program

from linkcheck import report
from linkcheck.model import ArchivedCopy, Cause, CauseKind, Finding, Run, Severity
from linkcheck.report import ReportOptions

HERE = Path(__file__).parent
AXE = HERE / "axe" / "node_modules" / "axe-core" / "axe.min.js"
DOWN, RIGHT, ENTER, TAB = "\ue015", "\ue014", "\ue007", "\ue004"
WIDE, PHONE = (1280, 900), (375, 800)
SHARED = "https://a.example/shared"


def first_night() -> ListedRun:
    run = example_run()
    facts = msgspec.structs.replace(run.facts, comparison=None)
    return msgspec.structs.replace(run, facts=facts, changes={}, fixed=(), earlier=())


def calm_run() -> Run:
    """Nothing was found in eight articles."""
    run = example_run()
    none = dict.fromkeys(Severity, 0)
    facts = msgspec.structs.replace(empty_run().facts, articles=8, links=14, targets=13, findings=none, problems=none)
    return msgspec.structs.replace(empty_run(), facts=facts, host_records=run.host_records)


def shared_run() -> Run:
    """One URL is wrong in 40 places of 20 articles; one in another article is worse."""
    (found, *_) = (each for each in example_run().all_findings if each.code == "LC201")

    def at(path: str, line: int, url: str, severity: Severity) -> Finding:
        span = msgspec.structs.replace(found.location.span, line=line)
        location = msgspec.structs.replace(found.location, path=path, span=span)
        return msgspec.structs.replace(
            found, location=location, url=url, severity=severity, cause=Cause(CauseKind.TARGET, url)
        )

    many = [at(f"posts/{n:02}.md", line, SHARED, Severity.WARNING) for n in range(20) for line in (3, 9)]
    findings = (at("about.md", 1, "https://a.example/other", Severity.ERROR), *many)
    return msgspec.structs.replace(first_night(), all_findings=findings, link_records=())


@pytest.fixture(scope="module")
def session(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    chromedriver = program("chromedriver", package="chromium-driver")
    with browser(chromium, chromedriver, tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    runs: dict[str, Run] = {
        **RUNS,
        "first night": first_night(),
        "calm": calm_run(),
        "shared": shared_run(),
        "thousands": LongRun(articles_in_it=2000),
    }
    folder = tmp_path_factory.mktemp("pages")
    options = ReportOptions(
        version="1.2.3",
        repository_url="https://github.com/example/news/blob/main",
        base="content",
        rules_url="https://docs.example/{code}#{anchor}",
        run_url="https://github.com/example/news/actions/runs/12",
        commit="0123456789abcdef0123456789abcdef01234567",
        branch="main",
        config_file="linkcheck.toml",
    )
    paths: dict[str, Path] = {}
    for name, run in runs.items():
        paths[name] = folder / f"{name.replace(' ', '-')}.html"
        with paths[name].open("w", encoding="utf-8", newline="") as stream:
            report.write(run, "html", stream, options)
    paths["grouped"] = folder / "grouped.html"
    with paths["grouped"].open("w", encoding="utf-8", newline="") as stream:
        grouped = msgspec.structs.replace(options, group_by="author.name")
        report.write(runs["example"], "html", stream, grouped)
    return paths


@pytest.fixture
def page(session: Browser, pages: dict[str, Path]) -> Iterator[Browser]:
    """The example's report on a wide, light screen; at the end nothing may have been asked for or complained of."""
    open_at(session, pages["example"])
    yield session
    assert session.complaints() == []
    assert session.requests() == []


def open_at(session: Browser, path: Path, state: str = "") -> None:
    """Open a page anew: a URL that differs only in its fragment would not load it again."""
    session.screen(*WIDE)
    session.open("about:blank")
    session.open(path.as_uri() + state)
    session.complaints()


def fragment(page: Browser) -> str:
    return str(page.run("return location.hash"))


def problems(page: Browser) -> list[str]:
    """The codes of the problems that are shown, in order."""
    return page.texts("#body .rule .code")


# ---- the top: what changed -------------------------------------------------------------------------------------------


def test_the_page_begins_with_why_the_night_is_red_and_what_changed(page: Browser) -> None:
    assert (
        page.text("h1")
        == "Failed: 1 new error, 1 new warning, 1 warning became an error, 1 fixed; 1 error and 3 warnings remain"
    )
    assert page.texts(".changes button") == ["2\nnew", "1\nworse", "1\nfixed", "4\nstill there"]
    assert page.texts("#body .group") == ["New (2)", "Worse (1)", "Still there (4)"]
    assert problems(page)[:3] == ["LC201", "LC111", "LC401"]
    assert page.text("#count") == "7 of 13 problems"


def test_the_numbers_filter_the_problems(page: Browser) -> None:
    page.click('[data-change="new"]')
    assert problems(page) == ["LC201", "LC111"]
    assert page.run("return document.querySelector('[data-change=new]').getAttribute('aria-pressed')") == "true"
    page.click('[data-change="fixed"]')
    assert problems(page) == ["LC204"]
    page.click('[data-change="fixed"]')
    assert page.text("#count") == "7 of 13 problems"


def test_what_was_fixed_is_a_collapsed_list(page: Browser) -> None:
    assert page.text("details.fixed") == "Fixed since the last run (1)"
    page.click("details.fixed summary")
    assert "the name old.example does not exist" in page.text("details.fixed")


def test_the_trend_is_drawn_and_told(page: Browser) -> None:
    label = page.run("return document.querySelector('.trend svg').getAttribute('aria-label')")
    assert label == ("The last 5 runs: from 5 errors, 9 warnings on 2026-11-18 to 3 errors, 4 warnings on 2026-11-22")
    assert page.run("return document.querySelectorAll('.trend g').length") == 5
    page.click(".trend summary")
    assert page.texts(".trend tbody tr")[0] == "2026-11-22 04:00 UTC\t3\t4"
    assert page.texts(".trend tbody tr")[3] == "2026-11-19 04:00 UTC (incomplete)\t4\t6"


def test_the_page_says_what_was_checked(page: Browser) -> None:
    assert page.texts(".about div") == [
        "commit\n0123456789ab",
        "branch\nmain",
        "configuration\nlinkcheck.toml",
        "run\nCI job",
    ]


def test_the_first_night_has_nothing_to_compare(session: Browser, pages: dict[str, Path]) -> None:
    open_at(session, pages["first night"])
    assert session.text("h1") == "Failed: 3 errors, 4 warnings, 3 info"
    assert session.texts(".changes, .trend, .group, details.fixed, [name=change]") == []
    assert session.texts("#head th") == ["Severity", "Problem", "Location", "Rule", "Places"]
    words = session.texts("#body .tag")
    assert words == sorted(words, key=["error", "warning", "info"].index)


def test_nothing_to_do_looks_well(session: Browser, pages: dict[str, Path]) -> None:
    open_at(session, pages["calm"])
    assert session.text("h1") == "No findings"
    assert session.run("return document.querySelectorAll('h1 .tick').length") == 1
    assert session.text("#body") == "No problems."
    open_at(session, pages["empty"])
    assert session.text("h1") == "No articles were checked"
    assert session.run("return document.querySelectorAll('h1 .tick').length") == 0


# ---- filters, and their state in the address -------------------------------------------------------------------------


def test_search_and_filters_combine_and_clear(page: Browser) -> None:
    page.type("#search", "LC213 slow")
    assert problems(page) == ["LC213"]
    page.click("#reset")
    assert page.text("#count") == "7 of 13 problems"
    page.type('select[name="severity"]', "info")
    assert page.text("#count") == "3 of 13 problems"
    page.click("#reset")
    page.type('select[name="severity"]', "all")
    page.type('select[name="status"]', "all")
    assert page.text("#count") == "12 of 13 problems"
    page.type('select[name="host"]', "slow.example.net")
    assert problems(page) == ["LC213"]
    page.type("#search", "no such thing")
    assert page.text("#body") == "Nothing matches. Clear the filters to see everything."


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("severity", "error", ["LC201", "LC401", "LC112"]),
        ("change", "worse", ["LC401"]),
        ("rule", "LC403 size-differs", ["LC403"]),
        ("host", "www.itpro.co.uk", ["LC201"]),
        ("folder", "drafts", ["LC111", "LC112"]),
        ("status", "ignored", ["LC204"]),
    ],
)
def test_a_filtered_view_has_an_address(
    name: str, value: str, found: list[str], page: Browser, pages: dict[str, Path]
) -> None:
    page.type(f'select[name="{name}"]', value)
    assert problems(page) == found
    state = fragment(page)
    assert state == f"#{name}={value.replace(' ', '+')}"
    page.open("about:blank")
    page.open(pages["example"].as_uri() + state)
    assert problems(page) == found
    assert page.run("return document.querySelector(arguments[0]).value", f'select[name="{name}"]') == value


def test_problems_are_filtered_by_the_property_that_groups_them(session: Browser, pages: dict[str, Path]) -> None:
    session.screen(*WIDE)
    session.open(pages["grouped"])
    session.type('select[name="group"]', "@kim <kim@a.example>")
    assert problems(session) == ["LC401", "LC202"]
    session.open(pages["example"])
    assert session.run("return document.querySelectorAll(arguments[0]).length", 'select[name="group"]') == 0


def test_search_order_and_table_are_in_the_address_too(page: Browser, pages: dict[str, Path]) -> None:
    page.type("#search", "news")
    page.click("#head th:nth-child(4) button")
    assert fragment(page) == "#q=news&sort=rule"
    found = problems(page)
    assert found == sorted(found)
    open_at(page, pages["example"], "#q=news&sort=rule")
    assert problems(page) == found
    page.click("#tab-hosts")
    assert fragment(page) == "#view=hosts"
    open_at(page, pages["example"], "#view=hosts&blame=dead")
    assert page.text("#count") == "2 of 9 hosts"


def test_a_problem_has_an_address_whatever_is_filtered(page: Browser, pages: dict[str, Path]) -> None:
    page.type('select[name="severity"]', "info")
    page.click(".open")
    copy(page, "Copy link to this problem")
    copied = str(page.run("return window.copied"))
    assert copied.startswith(pages["example"].as_uri() + "#problem=")
    open_at(page, pages["example"], copied[copied.index("#") :])
    assert page.text("#count") == "1 of 13 problems"
    assert page.texts(".detail .facts") != []
    page.click("#reset")
    assert page.text("#count") == "7 of 13 problems"
    open_at(page, pages["example"], "#problem=0000")
    assert page.text("#body").startswith("This report does not list this problem.")


def test_a_column_sorts_both_ways_and_says_so(page: Browser) -> None:
    page.click("#tab-hosts")
    page.click("#head th:nth-child(9) button")
    assert page.texts("#body td:first-child")[0] == "slow.example.net"
    assert page.run("return document.querySelector('#head th:nth-child(9)').getAttribute('aria-sort')") == "descending"
    page.click("#head th:nth-child(9) button")
    assert page.texts("#body td:first-child")[-1] == "slow.example.net"
    assert page.run("return document.querySelector('#head th:nth-child(9)').getAttribute('aria-sort')") == "ascending"


def test_hosts_are_listed_by_what_is_wrong_the_worst_first(page: Browser) -> None:
    assert [each.split("\n")[0] for each in page.texts(".blame dt")] == ["Gone", "Down", "Refused"]
    page.click("#tab-hosts")
    assert page.texts("#head th")[1:6] == ["Gone", "Down", "Suspect", "Moved", "Refused"]
    found = [each.split("\t")[1:6] for each in page.texts("#body tr")]
    assert [row.index("1") for row in found] == sorted(row.index("1") for row in found)
    assert len(found) == 9
    page.click("#body tr:first-child a")
    assert fragment(page) == "#host=no-such-host.example&severity=all"


def test_the_keyboard_does_it_all(page: Browser) -> None:
    page.press("/")
    assert page.run("return document.activeElement.id") == "search"
    page.run("document.getElementById('tab-problems').focus()")
    page.press(RIGHT)
    assert page.run("return document.activeElement.id") == "tab-hosts"
    assert page.text("#count") == "9 hosts"
    page.run("document.querySelector('#head button').focus()")
    page.press(ENTER)
    assert page.run("return document.activeElement.closest('th').getAttribute('aria-sort')") == "ascending"
    page.run("document.getElementById('tab-problems').click(); document.querySelector('.open').focus()")
    page.press(ENTER)
    keep_copies(page)
    page.press(TAB)
    assert str(page.run("return document.activeElement.href")).startswith("https://web.archive.org/")
    page.press(TAB)
    page.press(ENTER)
    page.run_until_called("setTimeout(arguments[0], 50)")
    assert str(page.run("return window.copied")).startswith("https://www.itpro.co.uk/")


# ---- a problem -------------------------------------------------------------------------------------------------------


def keep_copies(page: Browser) -> None:
    """What is copied becomes `window.copied`: other programs share the clipboard."""
    page.run(
        "Object.defineProperty(navigator, 'clipboard', {value: {writeText: async (text) => { window.copied = text; }}})"
    )


def copy(page: Browser, label: str) -> None:
    keep_copies(page)
    page.run(
        "[...document.querySelectorAll('.copiers button')].find((each) => each.textContent === arguments[0]).click()", label
    )
    page.run_until_called("setTimeout(arguments[0], 50)")


@pytest.mark.parametrize(
    ("code", "label", "copied"),
    [
        ("LC213", "Copy URL", "https://slow.example.net/story"),
        ("LC213", "Copy ignore comment", "# linkcheck: ignore[LC213] reason"),
        (
            "LC202",
            "Copy fix command",
            "linkcheck fix --select LC202 'news/2022-03-02-\u00fcberwachung-im-\u00f6ffentlichen-raum.md'",
        ),
    ],
)
def test_what_is_needed_next_can_be_copied(code: str, label: str, copied: str, page: Browser) -> None:
    page.type("#search", code)
    page.click(".open")
    copy(page, label)
    assert page.run("return window.copied") == copied
    assert page.text("#said") == f"Copied: {copied}"
    assert "Copied" in page.texts(".copiers button")


def test_copying_works_without_the_clipboard_of_secure_pages(page: Browser) -> None:
    page.run("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.click(".open")
    page.run("addEventListener('copy', () => { window.copied = document.activeElement.value; })")
    page.click(".copiers button")
    page.run_until_called("setTimeout(arguments[0], 50)")
    assert str(page.run("return window.copied")).startswith("https://www.itpro.co.uk/")
    assert page.run("return document.activeElement.className") == "copy"


def test_only_what_can_be_fixed_offers_the_command(page: Browser) -> None:
    page.type("#search", "LC213")
    page.click(".open")
    assert page.texts(".copiers button") == ["Copy URL", "Copy ignore comment", "Copy link to this problem"]


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


def test_details_are_in_words_and_told_once(page: Browser) -> None:
    page.type("#search", "LC403")
    page.click(".open")
    assert page.texts(".facts h2") == ["What to do", "In the article", "History", "Image size", "Image", "Details"]
    assert page.texts(".facts dt") == ["declared", "measured", "role"]
    assert "_" not in page.text(".facts")


def test_the_copy_of_a_lost_page_can_be_opened(page: Browser) -> None:
    page.type("#search", "LC201")
    page.click(".open")
    assert page.texts(".facts h2")[:2] == ["What to do", "Archived copy of 2021-06-18"]
    links = page.run("return [...document.querySelectorAll('.facts a.url')].map((each) => each.href)")
    assert links == [f"https://web.archive.org/web/20210618141516/{ICO}"]


def test_a_copy_that_was_not_verified_is_named_so(page: Browser) -> None:
    page.type("#search", "LC213")
    page.click(".open")
    assert page.texts(".facts h2")[:2] == ["What to do", "Archived copy of 2023-01-11 (not verified)"]


def test_only_a_copy_on_the_web_is_a_link(session: Browser, tmp_path: Path) -> None:
    (found, *_) = (each for each in example_run().all_findings if each.code == "LC201")
    hostile = ArchivedCopy("javascript:alert(1)", "<img src=x onerror=alert(1)>", "<b>")
    run = msgspec.structs.replace(first_night(), all_findings=(msgspec.structs.replace(found, archive=hostile),))
    path = tmp_path / "hostile.html"
    with path.open("w", encoding="utf-8", newline="") as stream:
        report.write(run, "html", stream, ReportOptions(version="1.2.3"))
    open_at(session, path)
    session.click(".open")
    assert "Archived copy (not verified)" in session.texts(".facts h2")
    assert "javascript:alert(1)" in session.text(".facts")
    assert session.run("return document.querySelectorAll('a[href^=\"javascript\"], .facts img, .facts b').length") == 0
    assert session.complaints() == []


def test_an_image_is_loaded_only_when_it_is_asked_for(session: Browser, pages: dict[str, Path]) -> None:
    open_at(session, pages["example"], "#rule=LC403")
    session.click(".open")
    assert session.run("return document.querySelectorAll('img').length") == 0
    assert "It is loaded from media.itpro.co.uk." in session.text(".facts")
    assert session.requests() == []
    source = session.run(
        "[...document.querySelectorAll('.facts button')].find((each) => each.textContent === 'Load image').click();"
        "const image = document.querySelector('.thumbnail'); return [image.src, image.referrerPolicy]"
    )
    assert source == ["https://media.itpro.co.uk/image/upload/facialrecshutterstock.jpg", "no-referrer"]
    assert [each for each in session.complaints() if "Content Security Policy" in each] == []


def test_a_problem_leads_to_all_its_places(session: Browser, pages: dict[str, Path]) -> None:
    open_at(session, pages["shared"])
    assert session.texts("#body .place") == ["about.md:1", "posts/00.md:3\nin 40 places in 20 articles"]
    session.click("#body tr:nth-child(2) .open")
    assert session.text(".facts .places").count("posts/") == 10
    session.click(".facts .copy")
    assert session.run("return document.querySelectorAll('.places a').length") == 40
    assert session.run("return document.activeElement.textContent") == "posts/05.md:3"
    last = session.run("return [...document.querySelectorAll('.places a')].at(-1).href")
    assert last == "https://github.com/example/news/blob/main/content/posts/19.md#L9"


def test_each_problem_leads_to_its_line_and_its_rule(page: Browser) -> None:
    found = page.run("return [...document.querySelectorAll('#body .place a')].map((each) => each.href)")
    assert isinstance(found, list)
    assert "https://github.com/example/news/blob/main/content/drafts/broken-front-matter.md#L5" in found
    assert len(found) == 7
    rules = page.run("return [...document.querySelectorAll('#body .rule a')].map((each) => each.href)")
    assert isinstance(rules, list)
    assert rules[0] == "https://docs.example/LC201#lc201-dead"
    assert len(rules) == 7


# ---- export ----------------------------------------------------------------------------------------------------------


def exported(page: Browser) -> str:
    page.run("const make = URL.createObjectURL; URL.createObjectURL = (blob) => { window.file = blob; return make(blob); }")
    page.click("#export")
    return str(
        page.run_until_called(
            "const done = arguments[0]; const decoder = new TextDecoder('utf-8', {ignoreBOM: true});"
            "window.file.arrayBuffer().then((bytes) => done(decoder.decode(bytes)))"
        )
    )


def test_the_filtered_rows_are_exported(page: Browser) -> None:
    page.click('[data-change="new"]')
    first, *rows = exported(page).removesuffix("\r\n").split("\r\n")
    assert first.startswith('\ufeff"severity","change","status","code","rule","message","url"')
    assert [row.split(",")[:4] for row in rows] == [
        ['"error"', '"new"', '"open"', '"LC201"'],
        ['"warning"', '"new"', '"open"', '"LC111"'],
    ]
    page.click("#tab-hosts")
    assert exported(page).count("\r\n") == 10


def test_an_export_computes_nothing(session: Browser, pages: dict[str, Path]) -> None:
    open_at(session, pages["hostile"], "#severity=all&status=all")
    table = exported(session)
    assert "\"'=HYPERLINK(" in table
    assert "\"'\uff1d1+1" in table
    assert [start for start in ('"=', '"@', '"-', '"+', '"|', '"%', '"\uff1d') if start in table] == []
    assert table.count("\r\n") == 127


# ---- sizes, media, safety ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("run", ["example", "first night", "calm", "shared", "hostile"])
def test_a_phone_shows_all_of_it_without_scrolling_sideways(run: str, session: Browser, pages: dict[str, Path]) -> None:
    session.screen(*PHONE, phone=True)
    session.open(pages[run])
    assert session.run("return document.getElementById('more-filters').open") is False
    for tab in ("hosts", "problems"):
        session.click(f"#tab-{tab}")
        assert session.run("return document.documentElement.scrollWidth <= innerWidth"), tab
    session.run("for (const each of [...document.querySelectorAll('.open')].slice(0, 20)) each.click()")
    assert session.run("return document.documentElement.scrollWidth <= innerWidth")


def test_thousands_of_problems_stay_usable(session: Browser, pages: dict[str, Path]) -> None:
    open_at(session, pages["thousands"])
    assert "The table has the 5,000 most important of 6,430 problems." in session.text(".notes")
    session.type('select[name="severity"]', "all")
    session.type('select[name="status"]', "all")
    assert session.text("#count") == "5,000 problems"
    # Only a window of the rows is in the document, however many there are.
    assert session.run("return document.querySelectorAll('#body tr').length") == 100
    session.click("#more")
    assert session.run("return document.querySelectorAll('#body tr').length") == 300
    assert session.run("return document.activeElement.closest('tr').rowIndex") == 101
    session.run("const s = document.getElementById('search'); s.value = 'n=7-0'; s.dispatchEvent(new Event('input'))")
    session.run_until_called(
        "const done = arguments[0]; const count = document.getElementById('count');"
        "const look = () => count.textContent === '1 of 5,000 problems' ? done(true) : requestAnimationFrame(look); look()"
    )
    assert session.complaints() == []


@pytest.mark.parametrize("tab", ["problems", "hosts"])
def test_hostile_strings_stay_text(tab: str, session: Browser, pages: dict[str, Path]) -> None:
    open_at(session, pages["hostile"])
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


@pytest.mark.parametrize(
    "state", ["#view=__proto__", "#severity=<b>&rule=%00", "#sort=-&q=%", "#problem=constructor", "#a&=b"]
)
def test_an_address_that_someone_made_up_does_no_harm(state: str, session: Browser, pages: dict[str, Path]) -> None:
    open_at(session, pages["example"], state)
    assert session.text("#count").endswith("problems")
    assert session.run("return document.querySelectorAll('b:not(main *, header *)').length") == 0
    assert session.complaints() == []


def test_the_policy_refuses_a_script_that_got_in(session: Browser, pages: dict[str, Path]) -> None:
    page = session
    page.open(pages["example"])
    page.complaints()
    page.run("const s = document.createElement('script'); s.textContent = 'window.owned = 1'; document.body.append(s)")
    page.run("const f = document.createElement('iframe'); f.src = 'https://evil.example/'; document.body.append(f)")
    assert page.run("return window.owned === undefined")
    assert len([each for each in page.complaints() if "Content Security Policy" in each]) == 2


def test_without_scripts_the_problems_are_still_there(session: Browser, pages: dict[str, Path]) -> None:
    text = session.text_without_scripts(pages["example"], "main")
    assert "the page is gone: 404 Not Found" in text
    assert text.index("New and worse") < text.index("LC201") < text.index("Errors and warnings") < text.index("LC112")
    assert "Search" not in text
    text = session.text_without_scripts(pages["shared"], "main")
    assert "in 40 places in 20 articles: posts/00.md:3, posts/00.md:9," in text
    assert "and 30 more" in text


def test_paper_gets_every_row_and_no_controls(session: Browser, pages: dict[str, Path]) -> None:
    open_at(session, pages["long"], "#severity=all&status=all")
    session.screen(*WIDE, paper=True)
    session.run("dispatchEvent(new Event('beforeprint'))")
    assert session.run("return document.querySelectorAll('#body tr').length") == 963
    assert session.run("return document.querySelector('#filters').checkVisibility()") is False
    session.screen(*WIDE)


@pytest.mark.parametrize("run", ["example", "first night", "calm", "shared", "hostile", "empty"])
@pytest.mark.parametrize("look", ["light", "dark", "phone"])
def test_axe_finds_nothing_wrong_for_those_who_cannot_see(
    look: str, run: str, session: Browser, pages: dict[str, Path]
) -> None:
    if not AXE.exists():
        missing("axe-core", "run `npm ci --prefix tests/integration/axe`")
    session.screen(*(PHONE if look == "phone" else WIDE), dark=look == "dark", phone=look == "phone")
    session.open("about:blank")
    session.open(pages[run])
    session.run(AXE.read_text(encoding="utf-8"))
    session.run("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    found: list[object] = []
    for tab in ("problems", "hosts"):
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
