"""A site of Pelican is set up like all others, although most of its articles have no fences."""

import subprocess
from pathlib import Path

import pytest
from write_files import write_files

from linkcheck.commands.init import plan_all, prove, survey, surveyed
from linkcheck.commands.init.plan import config_text
from linkcheck.errors import NothingFoundError

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>\n'


def article(number: int, day: str, picture: str) -> str:
    return (
        f"Title: Title {number}\nDate: {day} 10:20\nImage: {picture}\nSummary: A text: one\n    and two.\n"
        f"More: https://a.example/{number}\n\nText.\n"
    )


def test_what_is_written_finds_the_missing_picture_and_the_impossible_day_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    subprocess.run(["git", "init", "-q"], check=True)
    write_files(tmp_path, {f"content/img/{number}.svg": PICTURE for number in range(1, 13) if number != 5})
    write_files(
        tmp_path,
        {
            "pelicanconf.py": "PATH = 'content'\n",
            "README.md": "Note: a readme.\n",
            "content/note.md": "TODO: more\nFIXME: less\n",
            "content/fenced.md": "---\ntitle: T\ndate: 2026-03-20\nimage: /img/1.svg\nmore: https://a.example/\n---\n",
            **{f"content/{n}.md": article(n, f"2026-03-{n:02}", f"{{static}}/img/{n}.svg") for n in range(1, 12)},
            "content/12.md": article(12, "2026-02-30", "|static|/img/12.svg"),
        },
    )
    proof = prove(plan_all(survey(str(tmp_path)), str(tmp_path)), str(tmp_path))
    assert 'site-root = "content"\n' in config_text(proof.plan)
    (collection,) = surveyed(proof.plan)
    assert collection.inferred.schema["required"] == ["title", "date", "image", "more"]
    found = [(each.code, finding.location) for each in proof.remaining for finding in each.first]
    places = [(code, place.path, place.span.line, place.span.column) for code, place in found]
    assert sorted(places) == [("LC112", "content/12.md", 2, 7), ("LC211", "content/5.md", 3, 8)]


def test_metadata_that_cannot_be_read_is_told_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_files(tmp_path, {"pelicanconf.py": "", "content/a.md": ""})
    (tmp_path / "content" / "a.md").write_bytes(b"Title: A\nDate: \xff\n")
    with pytest.raises(NothingFoundError, match=r"found 1 file whose front matter is invalid \(content/a.md:2\)"):
        survey(str(tmp_path))
