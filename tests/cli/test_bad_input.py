"""What people feed it by mistake: one clear message each, the right exit code, never a traceback."""

import json
import os
from pathlib import Path

import msgspec
import pytest
from command import Done, article, linkcheck


def findings(done: Done) -> list[dict[str, str]]:
    found: list[dict[str, str]] = msgspec.json.decode(done.out)["findings"]
    return found


def validate(folder: Path, *arguments: str) -> Done:
    return linkcheck("validate", *arguments, "--report", "json", cwd=folder)


def test_a_binary_file_that_is_named_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "photo.md").write_bytes(bytes(range(256)) * 64)
    (tmp_path / "led.md").write_bytes(b"---\n" + bytes(range(128, 256)) + b"\n---\n")
    done = validate(tmp_path, "photo.md", "led.md")
    assert done.code == 1
    assert {finding["path"] for finding in findings(done)} == {"photo.md", "led.md"}
    assert "utf-8" in done.out.lower()


def test_a_binary_file_that_is_met_is_passed_over_and_counted(tmp_path: Path) -> None:
    (tmp_path / "photo.md").write_bytes(bytes(range(256)) * 64)
    (tmp_path / "a.md").write_text(article())
    done = validate(tmp_path)
    assert (done.code, findings(done)) == (0, [])


def test_an_unreadable_file_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(article())
    (tmp_path / "b.md").write_text(article())
    # Not by its mode: root reads everything.
    refused = "import os\ndef refuse(path, *a, _open=os.open, **k):\n    if str(path).endswith('b.md'):\n"
    refused += "        raise PermissionError(13, 'Permission denied')\n    return _open(path, *a, **k)\nos.open = refuse"
    done = linkcheck("validate", "--report", "json", cwd=tmp_path, before=refused)
    assert done.code == 1
    assert [(finding["path"], finding["name"]) for finding in findings(done)] == [("b.md", "file-unreadable")]


def test_a_named_pipe_is_a_finding_and_no_wait(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "b.md")
    done = validate(tmp_path, "b.md")
    assert done.code == 1
    assert "file-unreadable" in [finding["name"] for finding in findings(done)]


def test_ten_megabytes_of_front_matter_are_one_finding(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"---\ntitle: {'x' * 10_000_000}\n---\n")
    (tmp_path / "b.md").write_text(article())
    done = validate(tmp_path)
    assert done.code == 1
    assert [(finding["path"], finding["name"]) for finding in findings(done)] == [("a.md", "front-matter-too-large")]
    assert len(done.out) < 10_000


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ("{", "not JSON"),
        ("[]", "schema"),
        ('{"type": "strnig"}', "strnig"),
        ('{"properties": {"url": {"x-link": {"rolle": "link"}}}}', "rolle"),
        ('{"$ref": "https://example.com/schema.json"}', "https://example.com/schema.json"),
        ('{"properties": {"title": {"pattern": "("}}}', "/properties/title/pattern"),
    ],
    ids=["not JSON", "a list", "an unknown type", "a typo in x-link", "a schema on the web", "a broken pattern"],
)
def test_a_broken_schema_is_2_with_its_place(tmp_path: Path, schema: str, said: str) -> None:
    (tmp_path / "a.md").write_text(article())
    (tmp_path / "s.json").write_text(schema)
    done = linkcheck("validate", "--schema", "s.json", cwd=tmp_path)
    assert (done.code, done.out) == (2, ""), done
    assert done.err.startswith("linkcheck: s.json")
    assert said in done.err


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("per-hots = 3", "per-host"),
        ("per-host = 'many'", "linkcheck.toml:1:12: error: `per-host`"),
        ("per-host = ", "invalid TOML"),
        ("timeout = -1", "linkcheck.toml:1:11: error: `timeout`"),
        ("[[exclude]]\npattern = 'x'", "reason"),
        ("[[exclude]]\nreason = 'broken'\npattern = '('", "pattern"),
        ("[hosts.'https://a.example/']\ninterval = 1", "a.example"),
        ("[severity]\nLC201 = 'fatal'", "fatal"),
        ("[[collections]]\npaths = ['*.md']\nschema = 'missing.json'", "missing.json"),
        ("base-url = 'example.com'", "linkcheck.toml:1:12: error: `base-url`"),
        ("report = ['jsn']", "json"),
        ("\x00", "invalid TOML"),
        ("a = " + "[" * 10_000, "invalid TOML"),
    ],
    ids=lambda value: value[:40] if value.isprintable() else "NUL",
)
def test_a_broken_configuration_is_2_with_its_place(tmp_path: Path, config: str, said: str) -> None:
    (tmp_path / "a.md").write_text(article())
    (tmp_path / "linkcheck.toml").write_text(config)
    done = linkcheck("validate", cwd=tmp_path)
    assert (done.code, done.out) == (2, ""), done
    assert said in done.err
    assert len(done.err.splitlines()) <= 8


def test_what_an_article_says_cannot_reach_the_terminal(tmp_path: Path) -> None:
    evil = "https://a.example/\x1b]0;owned\x07\u202e"
    (tmp_path / "a.md").write_text(f"---\nwebUrl: {json.dumps(evil)}\nbad: [\n---\n")
    (tmp_path / "b.md").write_text(article(webUrl=evil))
    for command in ("validate", "links"):
        done = linkcheck(command, cwd=tmp_path)
        assert "\x1b" not in done.out + done.err
        assert "\u202e" not in done.out + done.err
