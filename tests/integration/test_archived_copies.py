"""Dead pages and their copies in a web archive, with real requests: each page has a known best copy, or none."""

import json
import signal
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

import msgspec
import pytest
from command import PATIENCE, SEEDS, Done, linkcheck, start, surroundings
from memento_web import ARCHIVE, TIMEGATE, TITLE, Capture, Holding, MementoWeb, captures, memento

DATE = "2021-06-03T10:57:00Z"
BEST, NEAR, FAR, OLD = "20210604101112", "20210610000000", "20240101000000", "20180101000000"
CONFIGURATION = f"""
ignore = ["insecure-url", "soft-404"]
interval = 0
retries = 1
[archives]
timegates = ["{TIMEGATE}"]
interval = 0
"""


def page(number: int, url: str = "") -> str:
    return url or f"http://gazette{number}.example/2021/06/03/harbour-bridge"


def same(stamp: str, url: str, to: str) -> Capture:
    """A capture of a redirect to another capture."""
    return Capture(stamp, 301, redirect=f"{TIMEGATE}{to}/{url}")


Case = tuple[Holding | None, str | None]
URL = "{url}"

CASES: dict[str, Case] = {
    # What the TimeGate leads to
    "one copy": (Holding([*captures(BEST)]), BEST),
    "no copy at all": (None, None),
    "a TimeGate that does not know the page": (Holding([*captures(BEST)], gate="gone"), None),
    "the nearest of many, before or after": (Holding([*captures(OLD, "20210601000000", NEAR, FAR)]), "20210601000000"),
    "a TimeGate that responds without a redirect": (Holding([*captures(BEST, FAR)], gate="200"), BEST),
    "a TimeGate that always leads to the newest copy": (Holding([*captures(OLD, BEST, FAR)], gate="newest"), BEST),
    "a copy years later is better than none": (Holding([*captures(FAR)]), FAR),
    "a copy years before is better than none": (Holding([*captures(OLD)]), OLD),
    "a TimeGate that responds with a page of the archive": (Holding([*captures(BEST)], gate="home"), None),
    # Captures that are not the page
    "an archived 404 and a good copy": (Holding([Capture(BEST, 404), *captures(NEAR)]), NEAR),
    "an archived 503 and a good copy": (Holding([Capture(BEST, 503), *captures(NEAR)]), NEAR),
    "only archived errors": (Holding([Capture(BEST, 404), Capture(NEAR, 500), Capture(FAR, 410)]), None),
    "an archived soft 404": (Holding([Capture(BEST, title="Page not found"), *captures(NEAR)]), NEAR),
    "only archived soft 404s": (Holding([Capture(BEST, title="404 - Page not found", body="<h1>Not found</h1>")]), None),
    "an archived page with another title": (
        Holding([Capture(BEST, title="Best online casino bonus offers", body="<p>win</p>"), *captures(NEAR)]),
        NEAR,
    ),
    "only pages with another title": (Holding([Capture(BEST, title="Best online casino bonus offers", body="win")]), None),
    "a title that the site's name follows": (Holding([Capture(BEST, title=f"{TITLE} - The Gazette")]), BEST),
    "a headline that was edited": (Holding([Capture(BEST, title="New harbour bridge opens four years late")]), BEST),
    "a page without a title": (Holding([Capture(BEST, title="", body="<p>words</p>")]), BEST),
    "a page that is for sale": (
        Holding(
            [Capture(BEST, title="gazette.example is for sale", body="<p>This domain is for sale</p>"), *captures(NEAR)]
        ),
        NEAR,
    ),
    "a redirect to another capture of the page": (Holding([same(BEST, URL, NEAR), *captures(NEAR)]), NEAR),
    "a redirect to the capture of another page": (
        Holding([Capture(BEST, 302, redirect=f"{TIMEGATE}{BEST}/http://other.example/"), *captures(FAR)]),
        FAR,
    ),
    "only redirects to the capture of another page": (
        Holding([Capture(BEST, 302, redirect=f"{TIMEGATE}{BEST}/http://other.example/")]),
        None,
    ),
    "a redirect that was not captured": (
        Holding([Capture(BEST, 302, redirect=f"{TIMEGATE}{BEST}/http://unknown.example/"), *captures(OLD)]),
        OLD,
    ),
    # Lists of copies
    "a TimeMap on one line": (Holding([Capture(BEST, 404), *captures(NEAR)], timemap="one-line"), NEAR),
    "a TimeMap on several pages": (Holding([Capture(BEST, 404), *captures(OLD, NEAR)], timemap="paged"), NEAR),
    "an empty TimeMap": (Holding([Capture(BEST, 404), *captures(NEAR)], timemap="empty"), None),
    "an empty TimeMap and a far copy": (Holding([*captures(FAR)], timemap="empty"), FAR),
    "a TimeMap that does not exist": (Holding([Capture(BEST, 404), *captures(NEAR)], timemap="404"), None),
    "no reference to a TimeMap": (Holding([*captures(BEST)], timemap="unnamed"), BEST),
    "a TimeMap that is a page": (Holding([*captures(FAR)], timemap="html"), FAR),
    "a TimeMap of thousands of copies": (Holding([Capture(BEST, 404), *captures(NEAR)], timemap="huge"), NEAR),
    "more bad copies than are tried": (
        Holding([*(Capture(f"202106{day:02}000000", 404) for day in range(4, 14)), *captures(FAR)]),
        None,
    ),
    # Faults of the archive
    "429 at first": (Holding([*captures(BEST)], faults=[429]), BEST),
    "500 at first": (Holding([*captures(BEST)], faults=[500]), BEST),
    "a copy that fails at first": (Holding([*captures(BEST)], copy_faults=[500]), BEST),
    # Clocks
    "a copy from the future": (Holding([*captures("20990101000000", OLD)], gate="newest"), OLD),
    "only a copy from the future": (Holding([*captures("20990101000000")]), None),
    "a copy from before the web": (Holding([*captures("19700101000000", OLD)]), OLD),
    "an unreadable date": (Holding([*captures(BEST, "18990101000000")]), BEST),
}


def run(folder: Path, web: MementoWeb, *options: str) -> Done:
    return linkcheck("check", "--archive", "--proxy", web.proxy, "--fail-on", "never", *options, ".", cwd=folder)


def copies(report: str) -> dict[str, Any]:
    """The copies in a JSON report, by the URLs of the dead pages."""
    return {row["url"]: row["archive"] for row in json.loads(report)["findings"] if row["severity"] != "info"}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("archive")
    (folder / "linkcheck.toml").write_text(CONFIGURATION, encoding="utf-8")
    with MementoWeb() as web:
        web.holdings["http://other.example/"] = Holding([*captures(BEST)])
        for number, (holding, _) in enumerate(CASES.values()):
            text = f"---\ntitle: {TITLE}\npublishedDateTime: {DATE}\nwebUrl: {page(number)}\n---\n"
            (folder / f"{number:02}.md").write_text(text, encoding="utf-8")
            if holding is not None:
                for capture in holding.captures:
                    capture.redirect = capture.redirect and capture.redirect.replace(URL, page(number))
                web.holdings[page(number)] = holding
        done = run(folder, web, "--report", "json")
    assert done.code == 0, done
    report = copies(done.out)
    assert set(report) == {page(number) for number in range(len(CASES))}
    return report


@pytest.mark.parametrize("name", CASES)
def test_the_copy_is_the_best_one_or_honestly_none(name: str, found: dict[str, Any]) -> None:
    number, (_, stamp) = [*CASES].index(name), CASES[name]
    copy = found[page(number)]
    assert (copy and copy["url"]) == (stamp and memento(Capture(stamp), page(number)))
    assert copy is None or copy["verified"] is True


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "linkcheck.toml").write_text(CONFIGURATION, encoding="utf-8")
    return tmp_path


def write(site: Path, front_matter: str, name: str = "a.md") -> None:
    (site / name).write_text(f"---\n{front_matter.strip()}\n---\n", encoding="utf-8")


def article(url: str = page(0)) -> str:
    return f"title: {TITLE}\npublishedDateTime: {DATE}\nwebUrl: {url}"


def archive_requests(web: MementoWeb) -> list[str]:
    return [url for url, _ in web.requests if url.startswith(ARCHIVE)]


def test_a_copy_is_looked_up_once_and_remembered(site: Path) -> None:
    write(site, article())
    with MementoWeb() as web:
        web.holdings[page(0)] = Holding([*captures(BEST)])
        first = run(site, web, "--history", "h.sqlite3", "--report", "json")
        before = len(archive_requests(web))
        second = run(site, web, "--history", "h.sqlite3", "--report", "json")
        assert (before, len(archive_requests(web))) == (2, 2)
    assert copies(first.out) == copies(second.out)
    assert copies(second.out)[page(0)]["url"] == memento(Capture(BEST), page(0))
    assert "looking up" not in second.err


def test_that_there_is_no_copy_is_remembered(site: Path) -> None:
    write(site, article())
    with MementoWeb() as web:
        for _ in range(2):
            done = run(site, web, "--history", "h.sqlite3", "--report", "json")
            assert copies(done.out) == {page(0): None}
        assert len(archive_requests(web)) == 1


def test_a_failure_of_the_archive_is_a_notice_and_the_next_night_tries_again(site: Path) -> None:
    write(site, article())
    with MementoWeb() as web:
        web.holdings[page(0)] = Holding([*captures(BEST)], faults=[500] * 2)
        first = run(site, web, "--history", "h.sqlite3", "--report", "json")
        second = run(site, web, "--history", "h.sqlite3", "--report", "json")
    assert copies(first.out) == {page(0): None}
    assert [each for each in json.loads(first.out)["summary"]["notices"] if "archive" in each] == [
        "no archived copy could be looked up for one page: archive.example returned 500; the next run tries again"
    ]
    assert copies(second.out)[page(0)] is not None
    assert first.code == second.code == 0


def test_an_archive_that_wants_no_more_requests_gets_none(site: Path) -> None:
    with MementoWeb() as web:
        for number in range(6):
            write(site, article(page(number)), f"{number}.md")
            web.holdings[page(number)] = Holding([*captures(BEST)], faults=[429], retry_after="3600")
        done = run(site, web, "--report", "json")
        assert len(archive_requests(web)) <= 2  # as many as are under way at once
    assert set(copies(done.out).values()) == {None}
    (notice,) = [each for each in json.loads(done.out)["summary"]["notices"] if "archive" in each]
    assert "6 pages" in notice
    assert "requires a wait of 1 hour" in notice


def test_an_archive_that_fails_for_several_pages_is_left_alone(site: Path) -> None:
    with MementoWeb() as web:
        for number in range(12):
            write(site, article(page(number)), f"{number:02}.md")
            web.holdings[page(number)] = Holding(gate="home")
        done = run(site, web, "--report", "json")
        assert len(archive_requests(web)) <= 6
    assert "12 pages: archive.example does not respond like a web archive" in done.out


def test_the_next_archive_is_searched_where_the_first_has_no_copy(site: Path) -> None:
    (site / "linkcheck.toml").write_text(
        CONFIGURATION.replace(f'["{TIMEGATE}"]', f'["http://other-archive.example/", "{TIMEGATE}"]'), encoding="utf-8"
    )
    write(site, article())
    with MementoWeb() as web:
        web.holdings[page(0)] = Holding([*captures(BEST)])
        done = run(site, web, "--report", "json")
        assert (f"http://other-archive.example/{page(0)}", "Thu, 03 Jun 2021 10:57:00 GMT") in web.requests
    assert copies(done.out)[page(0)]["url"] == memento(Capture(BEST), page(0))


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (f"publishedDateTime: {DATE}", "Thu, 03 Jun 2021 10:57:00 GMT"),
        ('publishedDateTime: "2021-06-03T23:57:00-05:00"', "Fri, 04 Jun 2021 04:57:00 GMT"),
        ('date: "2021-06-03"', "Thu, 03 Jun 2021 12:00:00 GMT"),
        ("date: 3 June 2021", "Thu, 03 Jun 2021 12:00:00 GMT"),
        ('date: "03.06.2021"', "Sat, 06 Mar 2021 12:00:00 GMT"),
        ('date: "23.06.2021"', "Wed, 23 Jun 2021 12:00:00 GMT"),
        ("date: sometime in June", None),
        ('date: "2021-06-31"', None),
        ("author: Jo", None),
    ],
)
def test_the_copy_is_from_the_date_of_the_article(site: Path, line: str, wanted: str | None) -> None:
    write(site, f"title: {TITLE}\n{line}\nwebUrl: {page(0)}")
    with MementoWeb() as web:
        web.holdings[page(0)] = Holding([*captures(OLD, BEST, FAR)])
        done = run(site, web, "--report", "json")
        assert (f"{TIMEGATE}{page(0)}", wanted) in web.requests
    assert copies(done.out)[page(0)]["url"] == memento(Capture(BEST if wanted else FAR), page(0))


def test_an_entry_with_a_date_and_title_of_its_own_is_looked_up_by_these(site: Path) -> None:
    resigned = "Mayor resigns over bridge affair"
    entry = f"related:\n  - title: {resigned}\n    publishedDateTime: 2018-01-02T00:00:00Z\n    webUrl: {page(1)}"
    write(site, f"{article()}\n{entry}")
    with MementoWeb() as web:
        web.holdings[page(0)] = Holding([*captures(OLD, BEST)])
        web.holdings[page(1)] = Holding([Capture(OLD, title=resigned), *captures(BEST)])
        done = run(site, web, "--report", "json")
    assert {url: copy["url"] for url, copy in copies(done.out).items()} == {
        page(0): memento(Capture(BEST), page(0)),
        page(1): memento(Capture(OLD), page(1)),
    }


@pytest.mark.parametrize(
    "url",
    [
        "http://gazette.example/a?access_token=0123456789abcdef0123456789abcdef",
        "http://wiki/a",
        "http://wiki.corp/a",
        "http://10.1.2.3/a",
    ],
)
def test_a_private_page_is_not_revealed_to_an_archive(site: Path, url: str) -> None:
    write(site, article(url))
    with MementoWeb() as web:
        run(site, web, "--allow-address", "10.0.0.0/8", "--report", "json")
        assert archive_requests(web) == []


@pytest.mark.parametrize("status", [200, 403, 503])
def test_a_page_that_is_not_lost_is_not_looked_up(site: Path, status: int) -> None:
    write(site, article())
    with MementoWeb() as web:
        web.pages[page(0)] = status
        run(site, web)
        assert archive_requests(web) == []


def test_a_page_that_has_been_unreachable_for_long_is_looked_up(site: Path) -> None:
    write(site, article())
    with MementoWeb() as web:
        web.pages[page(0)] = 500
        web.holdings[page(0)] = Holding([*captures(BEST)])
        options = ("--history", "h.sqlite3", "--strikes", "1", "--report", "json")
        first = run(site, web, *options, "--strike-days", "1")
        assert archive_requests(web) == []
        second = run(site, web, *options, "--strike-days", "0")
    assert set(copies(first.out).values()) == {None}
    assert copies(second.out)[page(0)]["url"] == memento(Capture(BEST), page(0))


def test_an_image_is_not_looked_up(site: Path) -> None:
    write(
        site, f"title: {TITLE}\npublishedDateTime: {DATE}\nimages: [{{url: 'http://a.example/a.jpg', width: 1, height: 1}}]"
    )
    with MementoWeb() as web:
        run(site, web)
        assert archive_requests(web) == []


def test_the_seed_has_nothing_to_look_up(tmp_path: Path) -> None:
    replay = ("--replay", SEEDS / "web.toml", SEEDS)
    done = linkcheck("check", "--archive", "--report", "json", *replay, cwd=tmp_path)
    report = json.loads(done.out)
    # A dead image, and a page that was unreachable once.
    assert {each["verdict"] for each in report["targets"]} >= {"dead", "unreachable"}
    assert {each["archive"] for each in report["findings"]} == {None}
    assert "looking up" not in done.err


def test_without_the_option_nothing_is_looked_up(site: Path) -> None:
    write(site, article())
    with MementoWeb() as web:
        linkcheck("check", "--proxy", web.proxy, ".", cwd=site)
        assert archive_requests(web) == []


def test_a_hook_looks_nothing_up_unless_its_command_line_has_the_option(site: Path) -> None:
    (site / "linkcheck.toml").write_text(f"archive = true\n{CONFIGURATION}", encoding="utf-8")
    write(site, article())
    with MementoWeb() as web:
        web.holdings[page(0)] = Holding([*captures(BEST)])
        linkcheck("check", "--only-articles", "--proxy", web.proxy, "a.md", cwd=site)
        assert archive_requests(web) == []
        linkcheck("check", "--proxy", web.proxy, "a.md", cwd=site)
        assert len(archive_requests(web)) == 2
        linkcheck("check", "--archive", "--only-articles", "--proxy", web.proxy, "a.md", cwd=site)
        assert len(archive_requests(web)) == 4


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["Ctrl-C", "SIGTERM"])
def test_a_signal_ends_the_look_up_and_the_report_is_complete(site: Path, number: signal.Signals, code: int) -> None:
    for each in range(2):
        write(site, article(page(each)), f"{each}.md")
    with MementoWeb() as web:
        web.holdings[page(0)] = Holding([*captures(BEST)])
        web.holdings[page(1)] = Holding(gate="silent")
        words = ("check", "--archive", "--proxy", web.proxy, "--history", "h.sqlite3", "--report", "json", ".")
        process = subprocess.Popen(
            [*start(), *words], cwd=site, env=surroundings(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        try:
            assert web.silent.wait(PATIENCE)
            while len(archive_requests(web)) < 3:  # the copy of the other page, which takes no longer
                assert process.poll() is None
                web.arrived.wait(1)
            process.send_signal(number)
            out, err = process.communicate(timeout=PATIENCE)
        finally:
            process.kill()
            web.released.set()
    assert process.returncode == code, err
    assert set(copies(out)) == {page(0), page(1)}
    assert copies(out)[page(1)] is None


def test_the_time_limit_ends_the_look_up_and_the_next_run_continues(site: Path) -> None:
    (site / "linkcheck.toml").write_text(CONFIGURATION.replace("interval = 0\n", "interval = 30\n"), encoding="utf-8")
    with MementoWeb() as web:
        for number in range(3):
            write(site, article(page(number)), f"{number}.md")
            web.holdings[page(number)] = Holding([*captures(BEST)], gate="200")
        done = run(site, web, "--interval", "0", "--max-time", "5", "--history", "h.sqlite3", "--report", "json")
        known = {url for url, copy in copies(done.out).items() if copy is not None}
        assert len(known) == 1
    (notice,) = [each for each in json.loads(done.out)["summary"]["notices"] if "archive" in each]
    assert notice == "archived copies of 2 pages were not looked up yet; the next run continues"
    assert json.loads(done.out)["summary"]["complete"] is True


def test_a_recorded_run_is_rendered_with_its_copies(site: Path) -> None:
    write(site, article())
    with MementoWeb() as web:
        web.holdings[page(0)] = Holding([*captures(BEST)])
        done = run(site, web, "--history", "h.sqlite3", "--report", "json")
    rendered = linkcheck("report", "--history", "h.sqlite3", "--report", "json", cwd=site)
    assert copies(rendered.out) == copies(done.out) != {page(0): None}
    text = linkcheck("report", "--history", "h.sqlite3", cwd=site)
    assert f"Archived copy of 2021-06-04: {memento(Capture(BEST), page(0))}\n" in text.out


def test_a_run_recorded_before_findings_had_copies_is_still_rendered(site: Path) -> None:
    write(site, article())
    with MementoWeb() as web:
        web.holdings[page(0)] = Holding([*captures(BEST)])
        done = run(site, web, "--history", "h.sqlite3", "--report", "json")
    assert copies(done.out) != {page(0): None}
    database = sqlite3.connect(site / "h.sqlite3", isolation_level=None)
    rows = database.execute("SELECT id, record FROM shared_finding").fetchall()
    assert len(rows) == 1
    for row, record in rows:
        fields = msgspec.msgpack.decode(record)
        assert fields.pop("archive")["url"] == memento(Capture(BEST), page(0))
        database.execute("UPDATE shared_finding SET record = ? WHERE id = ?", (msgspec.msgpack.encode(fields), row))
    database.close()
    rendered = linkcheck("report", "--history", "h.sqlite3", "--report", "json", cwd=site)
    assert rendered.code == 0, rendered
    assert copies(rendered.out) == {page(0): None}
