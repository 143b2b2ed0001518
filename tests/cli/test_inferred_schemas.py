"""What `linkcheck init` infers, as `linkcheck validate` then uses it: mistakes that are there already are reported."""

from pathlib import Path

from command import linkcheck

FAULTY = {
    3: "https://a.example/teams#Style team",
    7: "https://a.example/x> and the other team <https://a.example/y>",
    9: "'[the team](https://a.example/team)'",
    11: "0000-0001-7484-9267",
    13: "team.example.com/about",
    17: "'https://a.example/17 '",
}
DATES = {5: "2024-06-31 10:00:00 +0100", 8: "June 31, 2024"}


def write(folder: Path, *, faults: bool) -> None:
    (folder / ".git").mkdir()
    (folder / "_config.yml").write_text("url: https://site.example\n")
    (folder / "posts").mkdir()
    for number in range(80):
        url = FAULTY.get(number, "") if faults else ""
        date = DATES.get(number, "") if faults else ""
        lines = (
            f"title: Post {number}",
            f"date: {date or f'2024-03-{number % 28 + 1:02} 10:00:00 +0100'}",
            f"team_url: {url or f'https://a.example/{number}'}",
            "source_url: ''" if number % 2 else f"source_url: https://b.example/{number}",
            f"items: [owner/name, https://c.example/{number}]",
        )
        (folder / "posts" / f"{number:02}.md").write_text("\n".join(("---", *lines, "---", "Text.\n")))


def findings(folder: Path) -> list[tuple[str, str, str]]:
    """The place, the severity and the code of each."""
    done = linkcheck("validate", "--quiet", cwd=folder)
    words = [line.split() for line in done.out.splitlines() if line.startswith("posts/")]
    return [(place.rstrip(":"), severity.rstrip(":"), code.strip("[]")) for place, severity, *_, code in words]


def test_mistakes_that_are_there_at_init_are_listed_and_reported(tmp_path: Path) -> None:
    write(tmp_path, faults=True)
    done = linkcheck("init", "--yes", cwd=tmp_path)
    assert done.code in (0, 1)
    assert "`team_url` is not a URL: posts/03.md:4, posts/07.md:4 and others (5 of 80)" in done.err
    assert findings(tmp_path) == [
        ("posts/03.md:4:11", "error", "LC110"),
        ("posts/05.md:3:7", "error", "LC112"),
        ("posts/07.md:4:11", "error", "LC114"),
        ("posts/08.md:3:7", "error", "LC112"),
        ("posts/09.md:4:11", "error", "LC114"),
        ("posts/11.md:4:11", "error", "LC114"),
        ("posts/13.md:4:11", "error", "LC114"),
        ("posts/17.md:4:11", "error", "LC110"),
    ]


def test_without_mistakes_nothing_is_reported_empty_texts_and_names_included(tmp_path: Path) -> None:
    write(tmp_path, faults=False)
    linkcheck("init", "--yes", cwd=tmp_path)
    assert findings(tmp_path) == []


def test_the_same_mistakes_are_reported_if_they_come_later(tmp_path: Path) -> None:
    write(tmp_path, faults=False)
    linkcheck("init", "--yes", cwd=tmp_path)
    for number, url in FAULTY.items():
        path = tmp_path / "posts" / f"{number:02}.md"
        path.write_text(path.read_text().replace(f"https://a.example/{number}", url, 1))
    assert [place for place, _, _ in findings(tmp_path)] == [f"posts/{number:02}.md:4:11" for number in sorted(FAULTY)]


PIXEL = b"GIF89a\x90\x01\x2c\x01\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"


def test_wiki_links_are_looked_up_by_file_name_and_are_never_an_error(tmp_path: Path) -> None:
    for folder in (".git", ".obsidian", "notes", "pictures"):
        (tmp_path / folder).mkdir()
    (tmp_path / "pictures" / "Bridge.gif").write_bytes(PIXEL)
    covers = ["https://a.example/1.png"] * 9 + ["'[[Bridge.gif]]'", "'![[bridge.GIF|100]]'", "'[[Gone.gif]]'"]
    for number, cover in enumerate(covers):
        (tmp_path / "notes" / f"{number}.md").write_text(f"---\ntitle: Note {number}\ncover: {cover}\n---\n")
    assert linkcheck("init", "--yes", cwd=tmp_path).code == 0
    done = linkcheck("validate", cwd=tmp_path)
    assert done.code == 0, done.out
    assert "notes/" not in done.out
    listed = linkcheck("links", cwd=tmp_path).out
    assert listed.count("local file: pictures/Bridge.gif") == 2
    assert listed.count("it is a wiki link, and no file of the repository has this name") == 1
