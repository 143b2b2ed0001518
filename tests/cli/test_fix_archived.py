"""`linkcheck fix --archive` writes the URLs of archived copies where the schema has a property for them."""

import json
from pathlib import Path

import pytest
from command import linkcheck

TIMEGATE = "https://web.archive.org/web/"
COPY = f"{TIMEGATE}20210604101112/"
A, B, C, D = (f"https://gazette.example/harbor-bridge-{name}" for name in "abcd")
TITLE = "Harbor bridge opens after ten years"
SCHEMA = {
    "type": "object",
    "properties": {
        "webUrl": {"type": "string", "x-link": {"role": "canonical"}},
        "archivedUrl": {"type": "string", "x-link": {"role": "archive", "of": "webUrl"}},
        "source": {"type": "string", "x-link": {"role": "link"}},
        "related": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "url": {"type": "string", "x-link": {"role": "link"}},
                    "copy": {"type": "string", "pattern": "^https://web[.]", "x-link": {"role": "archive", "of": "url"}},
                },
            },
        },
    },
}
ARTICLE = f"""---
title: {TITLE}
publishedDateTime: "2021-06-03T10:57:00Z"
webUrl: '{A}'  # gone
related:
  - url: {B}
    copy: ""
  - {{url: {C}, title: T}}
source: {D}
---
{A}
"""
WRITTEN = (
    ARTICLE.replace(f"'{A}'  # gone\n", f"'{A}'  # gone\narchivedUrl: '{COPY}{A}'\n")
    .replace('copy: ""', f'copy: "{COPY}{B}"')
    .replace(f"{{url: {C}, ", f"{{url: {C}, copy: {COPY}{C}, ")
)
GONE = '["https://gazette.example/*"]\nstatus = 404\n["https://web.archive.org/*"]\nstatus = 404\n'


def held(url: str) -> str:
    """An archive that has a copy of a page."""
    return (
        f'["{TIMEGATE}{url}"]\nstatus = 302\nlocation = "{COPY}{url}"\n'
        f'["{COPY}{url}"]\nheaders = {{"Memento-Datetime" = "Fri, 04 Jun 2021 10:11:12 GMT"}}\npage.title = "{TITLE}"\n'
    )


ALL = GONE + "".join(map(held, (A, B, C, D)))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "schema.json").write_text(json.dumps(SCHEMA))
    (tmp_path / "linkcheck.toml").write_text('schema = "schema.json"\n')
    (tmp_path / "web.toml").write_text(ALL)
    (tmp_path / "a.md").write_text(ARTICLE)
    return tmp_path


def fix(site: Path, *options: str) -> tuple[int, str, str]:
    done = linkcheck("fix", "--replay", "web.toml", *options, ".", cwd=site)
    return done.code, done.out, done.err


def text(site: Path) -> str:
    return (site / "a.md").read_bytes().decode()


def test_copies_are_shown_then_written_then_done(site: Path) -> None:
    code, out, err = fix(site, "--archive")
    assert (code, text(site)) == (1, ARTICLE)
    assert f"+archivedUrl: '{COPY}{A}'\n" in out
    assert f"a.md:4:9: LC201 to fix, safe: add archivedUrl: {COPY}{A} (the copy from 2021-06-04 was verified)\n" in err
    assert "3 corrections in 1 file; use --write to apply\n" in err
    code, _, err = fix(site, "--archive", "--write")
    assert (code, text(site)) == (0, WRITTEN)
    assert "3 corrections in 1 file written\n" in err
    code, out, err = fix(site, "--archive", "--write")
    assert (code, out, text(site)) == (0, "", WRITTEN)


def test_what_was_written_has_no_finding(site: Path) -> None:
    (site / "a.md").write_text(WRITTEN)
    done = linkcheck("check", "--replay", "web.toml", "--report", "json", ".", cwd=site)
    assert [(row["code"], row["url"]) for row in json.loads(done.out)["findings"]] == [
        ("LC201", url) for url in (A, B, C, D)
    ]


def test_crlf_is_kept(site: Path) -> None:
    (site / "a.md").write_bytes(ARTICLE.replace("\n", "\r\n").encode())
    assert fix(site, "--archive", "--write")[0] == 0
    assert text(site) == WRITTEN.replace("\n", "\r\n")


def test_a_copy_without_a_property_is_counted(site: Path) -> None:
    _, _, err = fix(site, "--archive")
    assert "the schema has no property for one archived copy; mark one with" in err


@pytest.mark.parametrize("configuration", ["", "archive = true\n"])
def test_without_the_option_no_archive_is_requested_or_mentioned(site: Path, configuration: str) -> None:
    (site / "linkcheck.toml").write_text(f'schema = "schema.json"\n{configuration}')
    code, out, err = fix(site)
    assert (code, out, err) == (0, "", "linkcheck: no corrections\n")


def test_the_reports_count_nothing_as_fixable(site: Path) -> None:
    done = linkcheck("check", "--archive", "--replay", "web.toml", "--report", "json", ".", cwd=site)
    report = json.loads(done.out)
    gone = [row for name in ("findings", "problems") for row in report[name] if row["code"] == "LC201"]
    assert [row["archive"]["verified"] for row in gone[:4]] == [True] * 4
    assert [row["fix"] for row in gone] == [None] * 8


def test_a_replacement_is_held_back(site: Path) -> None:
    code, out, err = fix(site, "--archive-replace", "--write")
    assert (code, out, text(site)) == (0, "", ARTICLE)
    assert (
        f"a.md:4:9: LC201 held back, unsafe: {A} -> {COPY}{A} "
        "(the copy from 2021-06-04 replaces the URL of the page itself; use --unsafe to fix it)\n"
    ) in err
    assert "4 unsafe corrections held back" in err


def test_a_replacement_is_written_after_a_review(site: Path) -> None:
    fix(site, "--archive-replace", "--unsafe", "--write")
    front, _, body = ARTICLE.rpartition("---\n")
    for url in (A, B, C, D):
        front = front.replace(url, f"{COPY}{url}")
    assert text(site) == f"{front}---\n{body}"


def test_with_both_a_url_is_replaced_only_where_there_is_no_property(site: Path) -> None:
    fix(site, "--archive", "--archive-replace", "--unsafe", "--write")
    assert text(site) == WRITTEN.replace(f"source: {D}", f"source: {COPY}{D}")


def test_another_value_is_kept(site: Path) -> None:
    other = ARTICLE.replace("related:", "archivedUrl: https://archive.ph/AbC12\nrelated:")
    (site / "a.md").write_text(other)
    (site / "web.toml").write_text(GONE + held(A) + '["https://archive.ph/AbC12"]\n')
    assert fix(site, "--archive", "--write")[0] == 0
    assert text(site) == other


def test_an_alias_is_refused(site: Path) -> None:
    shared = f"---\ntitle: {TITLE}\nid: &a {A}\nwebUrl: *a\n---\n"
    (site / "a.md").write_text(shared)
    code, _, err = fix(site, "--archive", "--write")
    assert (code, text(site)) == (0, shared)
    assert "LC201 not fixed: add archivedUrl:" in err
    assert "(several places share the value through a YAML anchor)" in err


def test_a_copy_that_the_schema_does_not_allow_is_refused(site: Path) -> None:
    (site / "schema.json").write_text(json.dumps(SCHEMA).replace("^https://web[.]", "^https://archive[.]"))
    code, _, err = fix(site, "--archive", "--write")
    assert (code, "(the schema does not allow it: " in err) == (0, True)
    assert text(site) == ARTICLE.replace("# gone\n", f"# gone\narchivedUrl: '{COPY}{A}'\n")


def test_a_copy_that_could_not_be_verified_is_not_written(site: Path) -> None:
    (site / "web.toml").write_text(
        f'{GONE}["{TIMEGATE}{A}"]\nstatus = 302\nlocation = "{COPY}{A}"\n'
        f'headers = {{Link = \'<{COPY}{A}>; rel="memento"; datetime="Fri, 04 Jun 2021 10:11:12 GMT"\'}}\n'
        f'["{COPY}{A}"]\nfailure = "reset"\n'
    )
    code, _, err = fix(site, "--archive", "--write")
    assert (code, text(site)) == (0, ARTICLE)
    assert f"LC201 not fixed: add archivedUrl: {COPY}{A} (an archive lists the copy, but did not return it;" in err


def test_an_ignored_page_gets_no_copy(site: Path) -> None:
    ignored = ARTICLE.replace("# gone", "# linkcheck: ignore[LC201] known")
    (site / "a.md").write_text(ignored)
    fix(site, "--archive", "--write")
    assert text(site) == WRITTEN.replace("# gone", "# linkcheck: ignore[LC201] known").replace(
        f"archivedUrl: '{COPY}{A}'\n", ""
    )


def test_only_the_selected_rules(site: Path) -> None:
    assert fix(site, "--archive", "--select", "LC208")[:2] == (0, "")


def test_a_misspelled_key_is_renamed_first(site: Path) -> None:
    (site / "a.md").write_text(ARTICLE.replace("webUrl", "weburl"))
    assert fix(site, "--archive", "--write")[0] == 0
    assert text(site) == WRITTEN


def test_a_page_that_has_moved_gets_its_new_url_and_no_copy(site: Path) -> None:
    moved = f'["{A}"]\nstatus = 301\nlocation = "{A}/"\n["{A}/"]\npage.title = "{TITLE}"\n'
    (site / "web.toml").write_text(ALL + moved)
    assert fix(site, "--archive", "--write")[0] == 0
    assert text(site) == WRITTEN.replace(f"'{A}'", f"'{A}/'").replace(f"archivedUrl: '{COPY}{A}'\n", "")


def test_offline_no_copy_is_looked_up(site: Path) -> None:
    code, out, err = fix(site, "--archive", "--offline")
    assert (code, out) == (0, "")
    assert "archived copies are not looked up offline" in err


def test_a_failure_of_the_archive_is_a_notice(site: Path) -> None:
    (site / "web.toml").write_text(f'{GONE}["{TIMEGATE}*"]\nstatus = 200\n')
    code, _, err = fix(site, "--archive", "--write", "--retries", "0")
    assert (code, text(site)) == (0, ARTICLE)
    assert "no archived copy could be looked up for" in err


def test_an_untrusted_checkout_is_not_written(site: Path) -> None:
    code, _, err = fix(site, "--archive", "--untrusted", "--write")
    assert (code, text(site)) == (2, ARTICLE)
    assert "--write cannot be combined with --untrusted" in err


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("+++\nwebUrl = 'A'\n+++\n", "+++\nwebUrl = 'A'\narchivedUrl = 'C'\n+++\n"),
        ('{"webUrl": "A"}\n', '{"webUrl": "A", "archivedUrl": "C"}\n'),
        ("---\nwebUrl: >-\n  A\n---\n", "---\nwebUrl: >-\n  A\narchivedUrl: C\n---\n"),
    ],
    ids=["TOML", "JSON", "folded"],
)
def test_other_formats(site: Path, before: str, after: str) -> None:
    (site / "a.md").write_text(before.replace("A", A))
    fix(site, "--archive", "--write")
    assert text(site) == after.replace("C", f"{COPY}{A}").replace("'A'", f"'{A}'").replace('"A"', f'"{A}"').replace(
        "  A\n", f"  {A}\n"
    )


@pytest.mark.parametrize(
    "more",
    [
        {"maxProperties": 4},
        {"dependencies": {"archivedUrl": ["archivedAt"]}},
        {"not": {"required": ["archivedUrl"]}},
        {"if": {"required": ["archivedUrl"]}, "then": {"required": ["archivedAt"]}},
    ],
    ids=["the number of properties", "a dependency", "a property that must not be there", "a condition"],
)
def test_a_copy_that_the_rest_of_the_schema_does_not_allow_is_not_written(tmp_path: Path, more: dict[str, object]) -> None:
    (tmp_path / "schema.json").write_text(json.dumps({**SCHEMA, **more}), encoding="utf-8")
    (tmp_path / "web.toml").write_text(ALL, encoding="utf-8")
    text = f"---\ntitle: {TITLE}\npublishedDateTime: '2021-06-03T10:57:00Z'\nwebUrl: {A}\nkeywords: x\n---\n"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    done = linkcheck("fix", "--archive", "--write", "--replay", "web.toml", "--schema", "schema.json", "a.md", cwd=tmp_path)
    assert (tmp_path / "a.md").read_text("utf-8") == text
    assert "not fixed: add archivedUrl: " in done.err
    assert "(the schema does not allow it: " in done.err


def test_every_property_with_the_url_gets_the_copy(tmp_path: Path) -> None:
    schema = {
        "properties": {
            "webUrl": {"type": "string", "x-link": {"role": "canonical"}},
            "originalUrl": {"type": "string", "x-link": {"role": "original"}},
            "copy": {"type": "string", "x-link": {"role": "archive", "of": "originalUrl"}},
        }
    }
    (tmp_path / "schema.json").write_text(json.dumps(schema), encoding="utf-8")
    (tmp_path / "web.toml").write_text(ALL, encoding="utf-8")
    (tmp_path / "a.md").write_text(f"---\nwebUrl: {A}\noriginalUrl: {A}\n---\n", encoding="utf-8")
    words = ("--replay", "web.toml", "--schema", "schema.json", "a.md")
    linkcheck("fix", "--archive", "--write", *words, cwd=tmp_path)
    assert f"originalUrl: {A}\ncopy: {COPY}{A}\n" in (tmp_path / "a.md").read_text("utf-8")
    (tmp_path / "a.md").write_text(f"---\nwebUrl: {A}\noriginalUrl: {A}\n---\n", encoding="utf-8")
    linkcheck("fix", "--archive-replace", "--unsafe", "--write", *words, cwd=tmp_path)
    assert (tmp_path / "a.md").read_text("utf-8") == f"---\nwebUrl: {COPY}{A}\noriginalUrl: {COPY}{A}\n---\n"


def test_a_fragment_stays_when_the_url_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "web.toml").write_text(ALL, encoding="utf-8")
    (tmp_path / "schema.json").write_text(json.dumps(SCHEMA), encoding="utf-8")
    (tmp_path / "a.md").write_text(f"---\nsource: {D}#part-2\n---\n", encoding="utf-8")
    words = ("--replay", "web.toml", "--schema", "schema.json", "a.md")
    linkcheck("fix", "--archive-replace", "--unsafe", "--write", *words, cwd=tmp_path)
    assert (tmp_path / "a.md").read_text("utf-8") == f"---\nsource: {COPY}{D}#part-2\n---\n"
