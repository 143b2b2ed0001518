"""An innocent pattern and a hostile text: what would run for years is a finding, and the run ends."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from command import Done, article, linkcheck, surroundings

SLUG = "^([a-z0-9]+-?)+$"
ENDLESS = "^(a|aa)+$"
HOSTILE = "a" * 80 + "!"
GIT = surroundings(
    GIT_CONFIG_GLOBAL=os.devnull,
    GIT_CONFIG_SYSTEM=os.devnull,
    **{f"GIT_{who}_{what}": "nobody@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "-q", "-b", "main"], cwd=tmp_path, env=GIT, check=True)
    return tmp_path


def found(done: Done) -> list[tuple[str, int, str]]:
    """Pointer, line and message of every finding of a schema."""
    findings = json.loads(done.out)["findings"]
    return [(each["pointer"], each["line"], each["message"]) for each in findings if each["code"] == "LC110"]


def commit(archive: Path) -> None:
    subprocess.run(["git", "add", "-A"], cwd=archive, env=GIT, check=True)
    subprocess.run(["git", "commit", "-qm", "x"], cwd=archive, env=GIT, check=True)


@pytest.mark.parametrize("pattern", [SLUG, ENDLESS])
def test_an_article_of_a_stranger_does_not_hold_the_check_up(pattern: str, archive: Path) -> None:
    (archive / "s.json").write_text(json.dumps({"properties": {"slug": {"pattern": pattern}}}))
    (archive / "linkcheck.toml").write_text('schema = "s.json"\n')
    commit(archive)
    (archive / "a.md").write_text(article(slug=HOSTILE))
    done = linkcheck("check", "--untrusted", "--since", "main", "--offline", "--report", "json", cwd=archive)
    (pointer, line, message) = found(done)[0]
    assert (done.code, pointer, line, pattern in message) == (1, "/slug", 5, True)


def test_what_took_too_long_says_what_where_and_what_to_do(archive: Path) -> None:
    (archive / "s.json").write_text(json.dumps({"properties": {"slug": {"pattern": ENDLESS}, "title": {"type": "integer"}}}))
    (archive / "a.md").write_text(article(slug=HOSTILE, other="aaa"))
    done = linkcheck("validate", "--schema", "s.json", cwd=archive)
    assert done.code == 1
    assert "`slug` with the pattern ^(a|aa)+$ takes too long" in " ".join(done.out.split())
    assert "rewrite the pattern" in done.out
    assert "`title` must be a whole number" in done.out  # all else is checked as ever


SCHEMAS = {
    "a pattern": {"properties": {"slug": {"pattern": ENDLESS}}},
    "a pattern that must not fit": {"properties": {"slug": {"not": {"pattern": ENDLESS}}}},
    "one of several": {"properties": {"slug": {"anyOf": [{"pattern": ENDLESS}, {"type": "integer"}]}}},
    "a condition": {"if": {"properties": {"slug": {"pattern": ENDLESS}}}, "then": {"required": ["title"]}},
    "names": {"propertyNames": {"pattern": ENDLESS}},
    "a pattern of names": {"patternProperties": {ENDLESS: {"type": "integer"}}},
    "no other names": {"patternProperties": {ENDLESS: True}, "additionalProperties": False},
    "what is left over": {"patternProperties": {ENDLESS: True}, "unevaluatedProperties": False},
    "what is left over, in a reference": {
        "$ref": "#/$defs/x",
        "unevaluatedProperties": False,
        "$defs": {"x": {"patternProperties": {ENDLESS: True}}},
    },
    "links": {"patternProperties": {ENDLESS: {"x-link": {"role": "link"}}}},
    "an old dialect": {"$schema": "http://json-schema.org/draft-04/schema#", "patternProperties": {ENDLESS: {}}},
    "a dialect in between": {
        "$schema": "https://json-schema.org/draft/2019-09/schema",
        "patternProperties": {ENDLESS: {}},
        "unevaluatedProperties": False,
    },
}


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)
def test_no_keyword_that_takes_a_pattern_runs_for_ever(schema: dict[str, object], archive: Path) -> None:
    (archive / "s.json").write_text(json.dumps(schema))
    (archive / "a.md").write_text(f"---\n$schema: s.json\nslug: {HOSTILE}\n{HOSTILE}: 1\n---\n")
    done = linkcheck("validate", "--report", "json", cwd=archive)
    assert done.code == 1
    assert any("takes too long" in message for _, _, message in found(done))


def test_harmless_articles_are_held_against_the_same_pattern(archive: Path) -> None:
    (archive / "s.json").write_text(json.dumps({"properties": {"slug": {"pattern": ENDLESS}}}))
    (archive / "a.md").write_text(article(slug=HOSTILE))
    (archive / "b.md").write_text(article(slug="aaaa"))
    (archive / "c.md").write_text(article(slug="aaab"))
    done = linkcheck("validate", "--schema", "s.json", "-q", cwd=archive)
    assert [line.split(":")[0] for line in done.out.splitlines() if "LC110" in line] == ["a.md", "c.md"]
    assert "does not match the pattern" in done.out


def test_an_exclude_that_takes_too_long_excludes_nothing_and_says_so(archive: Path) -> None:
    exclude = "[[exclude]]\nreason = 'x'\npattern = '/(a|aa)+$'\n"
    (archive / "linkcheck.toml").write_text(exclude)
    (archive / "a.md").write_text(article(webUrl=f"https://a.example/{HOSTILE}"))
    (archive / "b.md").write_text(article(webUrl="https://a.example/aaaa"))
    done = linkcheck("links", "--json", cwd=archive)
    skips = {json.loads(line)["path"]: json.loads(line)["skip"] for line in done.out.splitlines()}
    assert (skips["a.md"], "excluded" in skips["b.md"]) == (None, True)
    done = linkcheck("validate", "--report", "json", cwd=archive)
    assert any("takes too long for one URL" in notice for notice in json.loads(done.out)["summary"]["notices"])


def test_the_time_given_ends_reading_too(archive: Path) -> None:
    (archive / "s.json").write_text(json.dumps({"properties": {"slug": {"pattern": ENDLESS}}}))
    for number in range(200):
        (archive / f"{number}.md").write_text(article(slug=f"{'a' * 80}{number}!"))
    done = linkcheck("validate", "--schema", "s.json", "--max-time", "1", "--report", "json", cwd=archive)
    summary = json.loads(done.out)["summary"]
    assert (done.code, summary["complete"]) == (4, False)
    assert "--max-time 1" in summary["incomplete_because"]
    assert 0 < summary["articles"] < 200
