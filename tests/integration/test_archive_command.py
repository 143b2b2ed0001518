"""`linkcheck archive` with a real archive: what it lists, what it saves, and that it never saves without being told."""

import json
from pathlib import Path

import pytest
from command import Done, linkcheck
from memento_web import ARCHIVE, SAVED, TIMEGATE, TITLE, Capture, Holding, MementoWeb, captures, memento

CONFIGURATION = f"""
ignore = ["insecure-url"]
interval = 0
retries = 0
[archives]
timegates = ["{TIMEGATE}"]
interval = 0
save = "{ARCHIVE}/save/"
save-interval = 0
"""
OLD, NEW, UNDATED, HELD, DEAD = (f"http://gazette.example/{name}" for name in ("old", "new", "undated", "held", "dead"))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "linkcheck.toml").write_text(CONFIGURATION, encoding="utf-8")
    for name, date, url in (
        ("a", "date: 2022-05-06", NEW),
        ("b", "date: 2018-01-02", OLD),
        ("c", "author: Jo", UNDATED),
        ("d", "date: 2021-06-03", HELD),
        ("e", "date: 2016-06-03", DEAD),
    ):
        (tmp_path / f"{name}.md").write_text(f"---\ntitle: {TITLE}\n{date}\nwebUrl: {url}\n---\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def web() -> MementoWeb:
    web = MementoWeb()
    web.pages = dict.fromkeys((OLD, NEW, UNDATED, HELD), 200)
    web.holdings[HELD] = Holding([*captures("20210604000000")])
    return web


def run(site: Path, web: MementoWeb, *options: str) -> Done:
    return linkcheck("archive", "--proxy", web.proxy, *options, ".", cwd=site)


def test_living_pages_without_a_copy_are_listed_the_oldest_first(site: Path, web: MementoWeb) -> None:
    with web:
        done = run(site, web)
    assert done.code == 0, done
    assert done.out.splitlines() == [
        f"2018-01-02  {OLD}  b.md:4",
        f"2022-05-06  {NEW}  a.md:4",
        f"no date     {UNDATED}  c.md:4",
    ]
    assert "linkcheck: 3 of 4 pages without a copy in a web archive; use --save to request copies" in done.err
    assert web.saved == []


def test_programs_get_an_object_for_each_page(site: Path, web: MementoWeb) -> None:
    with web:
        done = run(site, web, "--json", "--quiet")
    assert json.loads(done.out.splitlines()[0]) == {
        "url": OLD,
        "date": "2018-01-02T12:00:00Z",
        "path": "b.md",
        "line": 4,
        "column": 9,
        "pointer": "/webUrl",
        "role": "canonical",
        "saved": False,
        "failure": None,
    }
    assert done.err == ""


def test_a_copy_of_an_error_page_is_not_a_copy(site: Path, web: MementoWeb) -> None:
    web.holdings[HELD] = Holding([Capture("20210604000000", 404)])
    with web:
        assert HELD in run(site, web).out


def test_pages_are_saved_once_and_a_further_run_continues(site: Path, web: MementoWeb) -> None:
    web.save_faults = [429]
    with web:
        first = run(site, web, "--save", "--history", "h.sqlite3")
        assert first.code == 4, first
        assert first.out.splitlines() == [
            f"2018-01-02  {OLD}  b.md:4  not saved: archive.example returned 429",
            f"2022-05-06  {NEW}  a.md:4  saved",
            f"no date     {UNDATED}  c.md:4  saved",
        ]
        assert web.saved == [NEW, UNDATED]
        second = run(site, web, "--save", "--history", "h.sqlite3")
        assert second.out.splitlines() == [f"2018-01-02  {OLD}  b.md:4  saved"]
        third = run(site, web, "--save", "--history", "h.sqlite3")
    assert web.saved == [NEW, UNDATED, OLD]
    assert (second.code, third.code, third.out) == (0, 0, "")
    assert "0 of 4 pages without a copy" in third.err or "0 of 4 pages had no copy" in third.err


def test_a_service_that_wants_no_more_requests_gets_none(site: Path, web: MementoWeb) -> None:
    web.save_faults, web.save_retry_after = [429], "3600"
    with web:
        done = run(site, web, "--save", "--history", "h.sqlite3")
        assert len([url for url, _ in web.requests if url.startswith(f"{ARCHIVE}/save/")]) == 1
    assert done.code == 4
    assert "3 of 3 pages were not saved" in done.err
    assert web.saved == []


def test_a_saved_page_has_its_copy_when_it_is_gone_later(site: Path, web: MementoWeb) -> None:
    with web:
        run(site, web, "--save", "--history", "h.sqlite3")
        del web.pages[OLD]
        done = linkcheck(
            *("check", "--archive", "--proxy", web.proxy, "--report", "json", "--max-age", "0", "b.md"), cwd=site
        )
    (finding,) = [each for each in json.loads(done.out)["findings"] if each["severity"] == "error"]
    assert finding["archive"]["url"] == memento(Capture(SAVED), OLD)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--save",), "--save requires a history, so that no page is saved twice: use --history FILE"),
        (
            ("--save", "--untrusted", "--history", "h"),
            "--save cannot be combined with --untrusted; save the pages from a checkout that you trust",
        ),
        (("--offline",), "archive makes requests, so it cannot run offline; use --no-offline"),
    ],
)
def test_what_cannot_be_done_is_refused_before_any_request(
    site: Path, web: MementoWeb, options: tuple[str, ...], message: str
) -> None:
    with web:
        done = run(site, web, *options)
    assert (done.code, done.err) == (2, f"linkcheck: {message}\n")
    assert web.requests == []


def test_an_archive_that_fails_makes_the_list_incomplete_but_reports_why(site: Path, web: MementoWeb) -> None:
    web.holdings[OLD] = Holding(gate="home")
    with web:
        done = run(site, web)
    assert OLD not in done.out
    assert (
        "no archived copy could be looked up for one page: archive.example does not respond like a web archive" in done.err
    )


def test_a_page_that_is_saved_later_is_requested_and_not_saved(site: Path, web: MementoWeb) -> None:
    web.is_saving_later = True
    with web:
        first = run(site, web, "--save", "--history", "h.sqlite3")
        second = run(site, web, "--save", "--history", "h.sqlite3")
        del web.pages[OLD]
        later = linkcheck(
            *(
                "check",
                "--archive",
                "--proxy",
                web.proxy,
                "--history",
                "h.sqlite3",
                "--report",
                "json",
                "--max-age",
                "0",
                ".",
            ),
            cwd=site,
        )
    assert [line.rpartition("  ")[2] for line in first.out.splitlines()] == ["requested"] * 3
    assert "3 of 4 pages had no copy; 0 saved, 3 requested (looked up again after a week)" in first.err
    assert (first.code, second.code, second.out) == (0, 0, "")
    assert {each["archive"] for each in json.loads(later.out)["findings"]} == {None}


def test_the_oldest_article_with_a_link_counts(site: Path, web: MementoWeb) -> None:
    for name, date in (("x", "2009-01-02"), ("f", "2012-01-02")):
        (site / f"{name}.md").write_text(f"---\ntitle: Bridge\ndate: {date}\nwebUrl: {NEW}\n---\n", encoding="utf-8")
    with web:
        done = run(site, web)
    assert done.out.splitlines() == [
        f"2009-01-02  {NEW}  x.md:4",
        f"2018-01-02  {OLD}  b.md:4",
        f"no date     {UNDATED}  c.md:4",
    ]


def test_what_could_not_be_looked_up_is_counted(site: Path, web: MementoWeb) -> None:
    web.holdings = {url: Holding(gate="home") for url in (OLD, NEW)}
    with web:
        assert "2 of 4 pages without a copy in a web archive; 2 not looked up" in run(site, web).err
