"""What a change brought, and nothing else: a repository made by a script, and the real command in it."""

import os
import subprocess
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from command import Done, article, linkcheck, surroundings
from image_samples import encoded, picture

from linkcheck.model import Json

WEB = """
["https://a.example/ok"]
page.title = "A title"
page.canonical = "https://a.example/ok"

["https://a.example/ok/*"]
page.title = "A title"

["https://a.example/gone*"]
status = 404

["https://a.example/2024/moved-story"]
status = 301
location = "https://a.example/2024/story"

["https://a.example/2024/story"]
page.title = "A title"

["https://a.example/pair"]
page.title = "A title"
page.amphtml = "https://a.example/gone"

["https://a.example/2024/ministers-agree-on-border"]
page.title = "Ten recipes for summer salads"
page.canonical = "https://a.example/food/salads"
page.published = "2026-02-01"

["https://a.example/photo.png"]
image = { format = "png", width = 640, height = 480 }
"""
NEXT_WEEK = (datetime.now(UTC) + timedelta(days=7)).isoformat(timespec="seconds")
OK, GONE = "https://a.example/ok", "https://a.example/gone"


def undated(**keys: object) -> str:
    """An article without a date."""
    return "".join(line for line in article(**keys).splitlines(keepends=True) if not line.startswith("publishedDateTime"))


class Repository:
    """A repository with a branch `main` and a branch `feature`, which is checked out once something is on `main`."""

    def __init__(self, folder: Path, web: Path) -> None:
        self.folder = folder
        self.web = web
        folder.mkdir()
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str | Path) -> str:
        done = subprocess.run(
            ["git", *map(str, arguments)],
            cwd=self.folder,
            env=surroundings(
                GIT_CONFIG_GLOBAL=os.devnull,
                GIT_CONFIG_SYSTEM=os.devnull,
                **{
                    f"GIT_{who}_{what}": "nobody@example.com"
                    for who in ("AUTHOR", "COMMITTER")
                    for what in ("NAME", "EMAIL")
                },
            ),
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def write(self, name: str, text: str) -> None:
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def commit(self) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "A step")

    def branch(self) -> None:
        """What is there now is on `main`; what follows is the change."""
        self.commit()
        self.git("checkout", "-q", "-b", "feature")

    def branch_with(self, name: str, text: str) -> None:
        """Only this article is on `main`."""
        self.write(name, text)
        self.branch()

    def check(self, *options: str | Path, since: str | None = "main", **more: str | bytes) -> "Checked":
        command = ["check", "--replay", self.web, "--report", "json", *options]
        if since is not None:
            command += [f"--since={since}"]
        stdin = more.get("stdin", b"")
        before = more.get("before", "")
        assert isinstance(stdin, bytes)
        assert isinstance(before, str)
        return Checked(linkcheck(*command, cwd=self.folder, stdin=stdin, before=before))


class Checked:
    """A run and its report."""

    def __init__(self, done: Done) -> None:
        self.done = done
        self.code = done.code
        assert done.code != 3, done.err
        report = msgspec.json.decode(done.out) if done.out else {"findings": [], "summary": {}, "targets": []}
        self.summary: dict[str, Json] = report["summary"]
        self.findings: list[dict[str, Json]] = report["findings"]
        self.asked = {target["url"] for target in report["targets"] if not target["reused"]}

    @property
    def notices(self) -> list[str]:
        notices = self.summary["notices"]
        assert isinstance(notices, list)
        return [str(notice) for notice in notices]

    def dead(self, status: str) -> list[tuple[Json, Json]]:
        return [(path, pointer) for path, code, pointer in self.places(status) if code == "LC201"]

    def places(self, status: str) -> list[tuple[Json, Json, Json]]:
        return [(each["path"], each["code"], each["pointer"]) for each in self.findings if each["status"] == status]

    @property
    def open(self) -> list[tuple[Json, Json, Json]]:
        return self.places("open")

    @property
    def unchanged(self) -> list[tuple[Json, Json, Json]]:
        return self.places("unchanged")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    web = tmp_path / "web.toml"
    web.write_text(WEB)
    return Repository(tmp_path / "repository", web)


def related(*urls: str) -> list[dict[str, str]]:
    return [{"title": "A title", "webUrl": url} for url in urls]


# What the change brought


def test_a_url_the_change_brought_fails_and_an_untouched_broken_one_is_listed(repository: Repository) -> None:
    repository.write("a.md", article(related=related(GONE + "/old")))
    repository.write("b.md", article(webUrl=GONE + "/b"))
    repository.branch()
    # The old one moves to another place of the same list: it is still no doing of this change.
    repository.write("a.md", article(related=related(GONE + "/new", GONE + "/old")))
    found = repository.check()
    assert found.code == 1
    assert found.open == [("a.md", "LC201", "/related/0/webUrl")]
    assert found.unchanged == [("a.md", "LC201", "/related/1/webUrl")]
    assert found.summary["articles"] == 1


def test_an_untouched_broken_url_does_not_fail_who_mends_words(repository: Repository) -> None:
    repository.write("a.md", article(related=related(GONE)))
    repository.branch()
    repository.write("a.md", article(excerpt="Better words", related=related(GONE)))
    repository.commit()
    found = repository.check()
    assert found.code == 0
    assert (found.open, found.unchanged) == ([], [("a.md", "LC201", "/related/0/webUrl")])


def test_a_host_that_dropped_amp_before_the_change_fails_only_who_adds_its_pages(repository: Repository) -> None:
    amp = {"webUrl": OK, "ampWebUrl": GONE}
    repository.write("a.md", article(**amp))
    repository.write("b.md", article(webUrl=OK + "/b"))
    repository.branch()
    repository.write("a.md", article(excerpt="Better words", **amp))
    repository.commit()
    found = repository.check()
    assert (found.open, found.unchanged) == ([], [("a.md", "LC321", "/ampWebUrl")])
    repository.write("b.md", article(webUrl=OK + "/b", ampWebUrl=GONE + "/b"))
    repository.commit()
    assert repository.check().open == [("b.md", "LC321", "/ampWebUrl")]


def test_what_the_change_made_of_an_untouched_link_fails_and_the_link_itself_does_not(repository: Repository) -> None:
    moved = {"webUrl": "https://a.example/2024/moved-story"}
    repository.write("a.md", article(provider={"name": "A", "domain": "a.example"}, **moved))
    repository.branch()
    repository.write("a.md", article(provider={"name": "A", "domain": "b.example"}, **moved))
    found = repository.check()
    assert found.open == [("a.md", "LC316", "/provider/domain")]
    assert found.unchanged == [("a.md", "LC301", "/webUrl")]


def test_a_title_that_the_change_made_unlike_the_page_fails(repository: Repository) -> None:
    recipe = {"webUrl": "https://a.example/2024/ministers-agree-on-border"}
    repository.write("a.md", article(title="Ten recipes for summer salads", **recipe))
    repository.branch()
    repository.write("a.md", article(title="Ministers agree on the border", **recipe))
    assert repository.check().open == [("a.md", "LC317", "/webUrl")]


def test_a_second_entry_for_a_url_that_was_listed_is_brought(repository: Repository) -> None:
    repository.write("a.md", article(related=related(OK + "/1")))
    repository.branch()
    repository.write("a.md", article(related=related(OK + "/1", OK + "/1")))
    assert repository.check().open == [("a.md", "LC506", "/related/1/webUrl")]


def test_a_wrong_cache_address_is_not_hidden_by_an_amp_page_that_was_gone_before(repository: Repository) -> None:
    pair = "https://a.example/pair"
    repository.write("a.md", article(webUrl=pair, ampWebUrl=GONE))
    repository.branch()
    repository.write("a.md", article(webUrl=pair, ampWebUrl=GONE, cdnAmpWebUrl="https://a.example.cdn.ampproject.org/c/x"))
    found = repository.check()
    assert ("a.md", "LC311", "/cdnAmpWebUrl") in found.open


def test_a_url_that_moves_to_another_field_is_brought(repository: Repository) -> None:
    repository.write("a.md", article(originalUrl=GONE))
    repository.branch()
    repository.write("a.md", article(originalUrl=OK, related=related(GONE)))
    assert repository.check().open == [("a.md", "LC201", "/related/0/webUrl")]


def test_a_renamed_article_is_the_same_article(repository: Repository) -> None:
    text = article(related=related(GONE + "/old"), body="x" * 500)
    repository.write("a.md", text)
    repository.branch()
    repository.git("mv", "a.md", "b.md")
    repository.commit()
    assert (repository.check().code, repository.check().unchanged) == (0, [("b.md", "LC201", "/related/0/webUrl")])
    repository.write("b.md", text.replace("/old", "/new"))
    found = repository.check()
    assert (found.code, found.open) == (1, [("b.md", "LC201", "/related/0/webUrl")])


def test_commits_staged_unstaged_and_new_files_all_count_and_deleted_ones_do_not(repository: Repository) -> None:
    for name in ("committed", "staged", "unstaged", "deleted", "untouched"):
        repository.write(f"{name}.md", article())
    repository.write(".gitignore", "ignored.md\n")
    repository.branch()
    for name in ("committed", "staged", "unstaged", "untracked", "ignored"):
        repository.write(f"{name}.md", article(related=related(GONE)))
        if name == "committed":
            repository.commit()
        if name == "staged":
            repository.git("add", "staged.md")
    (repository.folder / "deleted.md").unlink()
    found = repository.check()
    names = ("committed", "staged", "unstaged", "untracked")
    assert [path for path, _ in found.dead("open")] == [f"{name}.md" for name in names]


ODD = (
    "-o.md",
    "--help.md",
    "new\nline.md",
    'quo"te.md',
    "tab\t.md",
    "st*r.md",
    "[a].md",
    "sp ace.md",
    "é.md",
    ":(top)x.md",
    "b\udcff.md",
)


def test_a_file_may_be_called_anything(repository: Repository) -> None:
    for name in ODD:
        repository.write(f"posts/{name}", article(related=related(GONE + "/old")))
    repository.branch()
    for name in ODD:
        repository.write(f"posts/{name}", article(related=related(GONE + "/old", GONE + "/new")))
    found = repository.check()
    assert found.code == 1
    assert [pointer for _, pointer in found.dead("open")] == ["/related/1/webUrl"] * len(ODD)
    assert [pointer for _, pointer in found.dead("unchanged")] == ["/related/0/webUrl"] * len(ODD)
    assert {"posts/-o.md", "posts/new\\nline.md", "posts/b\\xff.md"} <= {path for path, _ in found.dead("open")}


def test_what_lies_beside_the_working_directory_counts_where_it_is_named(repository: Repository) -> None:
    repository.write("posts/a.md", article(related=related(GONE + "/old")))
    repository.write("site/keep", "")
    repository.branch()
    repository.write("posts/a.md", article(related=related(GONE + "/old", GONE + "/new")))
    done = linkcheck(
        *("check", "--replay", repository.web, "--report", "json", "--since", "main", "../posts"),
        cwd=repository.folder / "site",
    )
    found = Checked(done)
    assert (len(found.open), len(found.unchanged)) == (1, 1)


def test_a_change_without_articles_is_0_with_counts(repository: Repository) -> None:
    repository.write("a.md", article(webUrl=GONE))
    repository.write("README.txt", "Words.")
    repository.branch()
    repository.write("README.txt", "Better words.")
    found = repository.check()
    assert (found.code, found.findings) == (0, [])
    assert (found.summary["articles"], found.summary["links"]) == (0, 0)
    assert "0 articles" in linkcheck("check", "--since", "main", cwd=repository.folder).out


# What cannot be compared


@pytest.mark.parametrize(
    ("ref", "said"),
    [
        ("nowhere", "there is no such commit here"),
        ("--output=stolen", "not the name of a commit"),
        ("", "`since` is empty"),
        ("main:a.md", "there is no such commit here"),
    ],
)
def test_an_unknown_base_is_2_and_says_what_to_do(repository: Repository, ref: str, said: str) -> None:
    repository.write("a.md", article())
    repository.branch()
    found = repository.check(since=ref)
    assert (found.code, found.done.out) == (2, "")
    assert said in found.done.err
    assert not (repository.folder / "stolen").exists()


def test_branches_without_a_common_commit_are_2(repository: Repository) -> None:
    repository.write("a.md", article())
    repository.commit()
    repository.git("checkout", "-q", "--orphan", "feature")
    repository.write("b.md", article())
    repository.commit()
    found = repository.check()
    assert found.code == 2
    assert "no commit in common" in found.done.err


def test_a_shallow_clone_says_so(repository: Repository, tmp_path: Path) -> None:
    repository.write("a.md", article())
    repository.branch()
    for step in range(2):
        repository.write("a.md", article(title=f"Step {step}"))
        repository.commit()
    repository.git("clone", "-q", "--depth", "1", "-b", "feature", f"file://{repository.folder}", tmp_path / "shallow")
    shallow = Repository.__new__(Repository)
    shallow.folder, shallow.web = tmp_path / "shallow", repository.web
    unknown = shallow.check(since="origin/main")
    assert unknown.code == 2
    assert "The clone is shallow" in unknown.done.err
    assert "git fetch --unshallow origin main:refs/remotes/origin/main" in " ".join(unknown.done.err.split())
    shallow.git("fetch", "-q", "--depth", "1", "origin", "main:refs/remotes/origin/main")
    apart = shallow.check(since="origin/main")
    assert apart.code == 2
    assert "The clone is shallow" in apart.done.err
    assert "fetch-depth: 0" in apart.done.err
    shallow.git("fetch", "-q", "--unshallow", "origin")
    assert shallow.check(since="origin/main").code == 0


def test_outside_of_a_repository_it_is_2(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(article())
    done = linkcheck("check", "--since", "main", cwd=tmp_path)
    assert done.code == 2
    assert "is not in a git repository" in done.err
    without = linkcheck("check", "--since", "main", cwd=tmp_path, environment=surroundings(PATH=str(tmp_path)))
    assert without.code == 2
    assert "git is not installed" in without.err


# What widens it

SCHEMA = '{"properties": {"webUrl": {"type": "string", "x-link": {"role": "canonical"}}}}'
COLLECTION = '[[collections]]\npaths = ["*.md"]\nschema = "schemas/post.json"\n'


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("schemas/post.json", SCHEMA.replace("properties", "required", 0) + "\n"),
        ("schemas/part.json", "{}"),
        ("linkcheck.toml", "retries = 1\n" + COLLECTION),
        ("linkcheck.toml", None),
        ("other/x.schema.json", "{}"),
    ],
    ids=[
        "a schema",
        "what lies beside a schema",
        "the configuration",
        "the configuration goes away",
        "a file named as a schema",
    ],
)
def test_a_changed_schema_or_configuration_widens_and_says_so(repository: Repository, name: str, text: str | None) -> None:
    repository.write("a.md", article(webUrl=GONE))
    repository.write("schemas/post.json", SCHEMA)
    repository.write("linkcheck.toml", COLLECTION)
    repository.branch()
    if text is None:
        (repository.folder / name).unlink()
    else:
        repository.write(name, text)
    repository.write("new.md", undated(webUrl=GONE + "/new"))
    found = repository.check()
    assert found.summary["articles"] == 2
    assert "a.md" not in {path for path, _, _ in found.open}
    assert ("a.md", "LC201", "/webUrl") in found.unchanged
    said = linkcheck("check", "--offline", "--since", "main", cwd=repository.folder)
    assert f"{name} changed since main, so all articles are checked" in said.out + said.err
    # That an article is new is still known.
    assert [each["severity"] for each in found.findings if (each["path"], each["code"]) == ("new.md", "LC201")] == ["info"]


def test_only_our_part_of_pyproject_widens(repository: Repository) -> None:
    repository.write("a.md", article(webUrl=GONE))
    repository.write("pyproject.toml", "[project]\nname = 'a'\n[tool.linkcheck]\nretries = 1\n")
    repository.branch()
    repository.write("pyproject.toml", "[project]\nname = 'b'\n[tool.linkcheck]\nretries = 1\n")
    assert repository.check().summary["articles"] == 0
    repository.write("pyproject.toml", "[project]\nname = 'b'\n[tool.linkcheck]\nretries = 0\n")
    assert repository.check().summary["articles"] == 1


# Files by list


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\0"], ids=["lines", "CRLF", "NUL"])
def test_the_files_may_come_by_a_list(repository: Repository, end: bytes) -> None:
    names = ["a.md", "-o.md", "sp ace.md", *(["new\nline.md"] if end == b"\0" else [])]
    for name in (*names, "other.md"):
        repository.write(name, article(webUrl=GONE))
    found = repository.check("--files-from", "-", since=None, stdin=end.join(os.fsencode(name) for name in names) + end)
    assert found.summary["articles"] == len(names)
    assert "other.md" not in {path for path, _, _ in found.open}


def test_an_empty_list_is_nothing_to_do_and_a_missing_file_is_skipped(repository: Repository) -> None:
    repository.write("a.md", article(webUrl=GONE))
    empty = repository.check("--files-from", "-", since=None)
    assert (empty.code, empty.summary["articles"]) == (0, 0)
    missing = repository.check("--files-from", "-", since=None, stdin=b"a.md\nb.md\n")
    assert (missing.code, missing.summary["articles"]) == (1, 1)
    assert "one file does not exist and was skipped: b.md" in missing.notices
    gone = repository.check("--files-from", "-", since=None, stdin=b"b.md\n")
    assert (gone.code, gone.summary["articles"]) == (0, 0)
    assert repository.check("--files-from", "nowhere.txt", since=None).code == 2


def test_a_change_without_articles_passes_in_every_report(repository: Repository) -> None:
    repository.write("a.md", article(webUrl=GONE))
    repository.write("notes.txt", "Old.\n")
    repository.branch()
    repository.write("notes.txt", "New.\n")
    for options, stdin, told in (
        (("--since", "main"), b"", "o articles changed"),
        (("--files-from", "-"), b"", "o articles to check"),
        (("--files-from", "-"), b"gone.md\n", "o articles to check"),
        (("--only-articles", "notes.txt"), b"", "o articles to check"),
    ):
        for report in ("text", "markdown", "comment", "html", "junit"):
            done = linkcheck("validate", *options, "--report", report, cwd=repository.folder, stdin=stdin)
            assert (done.code, told in done.out) == (0, True), (options, report, done.out)
            assert "<error" not in done.out


def test_the_list_of_git_may_contain_deleted_and_quoted_names(repository: Repository) -> None:
    for name in ("gone.md", "posts/é.md", "posts/[a] b.md"):
        repository.write(name, article())
    repository.branch()
    for name in ("posts/é.md", "posts/[a] b.md"):
        repository.write(name, article(webUrl=GONE))
    (repository.folder / "gone.md").unlink()
    for options in ((), ("-z",), ("-z", "--diff-filter=d")):
        listed = repository.git("diff", "--name-only", *options).encode()
        found = repository.check("--files-from", "-", since=None, stdin=listed)
        assert (found.code, found.summary["articles"]) == (1, 2)
        assert any("gone.md" in notice for notice in found.notices) is ("--diff-filter=d" not in options)


MISSPELLED = article().replace("webUrl", "weburl")
SIZED = article().replace(
    "---\nWords", "images:\n- url: https://a.example/photo.png\n  width: 1200\n  height: 800\n---\nWords"
)


@pytest.mark.parametrize(
    ("before", "after", "suggested"),
    [
        (None, MISSPELLED, ['webUrl: "https://a.example/ok"']),
        (article(), MISSPELLED, ['webUrl: "https://a.example/ok"']),
        (article(), SIZED, ["  width: 640", "  height: 480"]),
    ],
    ids=["a new article", "a line", "several lines"],
)
def test_the_comment_suggests_what_fix_writes(
    before: str | None, after: str, suggested: list[str], repository: Repository
) -> None:
    repository.write("z.md", article())
    if before is not None:
        repository.write("a.md", before)
    repository.branch()
    repository.write("a.md", after)
    comment = linkcheck(
        *("check", "--since", "main", "--replay", repository.web, "--fail-on", "never", "--report", "comment"),
        cwd=repository.folder,
    ).out
    block = "".join(f"  {line}\n" for line in ("```suggestion", *suggested, "```"))
    assert block in comment
    linkcheck("fix", "--write", "--replay", repository.web, "a.md", cwd=repository.folder)
    assert "\n".join(suggested) in (repository.folder / "a.md").read_text()


def test_no_line_that_the_change_did_not_write_is_suggested(repository: Repository) -> None:
    repository.write("a.md", MISSPELLED)
    repository.branch()
    repository.write("a.md", MISSPELLED.replace("---\nWords", f"also: {GONE}\n---\nWords"))
    for options in (("--since", "main"), ()):
        done = linkcheck("check", *options, "--replay", repository.web, "--report", "comment", cwd=repository.folder)
        assert "suggestion" not in done.out


# Not yet published


@pytest.mark.parametrize(
    "keys",
    [{"publishedDateTime": NEXT_WEEK}, {"published": False}, {"draft": True}],
    ids=["dated in the future", "published: false", "draft: true"],
)
def test_an_article_that_is_not_published_yet_need_not_answer(repository: Repository, keys: dict[str, Json]) -> None:
    repository.write("a.md", article())
    repository.branch()
    image = [{"url": GONE + ".png", "width": 640, "height": 480}]
    repository.write("new.md", article(webUrl=GONE, **keys))
    found = repository.check(since=None)
    assert found.code == 0
    assert [(each["pointer"], each["severity"]) for each in found.findings] == [("/webUrl", "info")]
    # What it shows must be there all the same.
    repository.write("new.md", article(webUrl=GONE, images=image, **keys))
    assert repository.check(since=None).code == 1


def test_a_new_article_is_waited_for_where_its_date_does_not_say_that_it_is_out(repository: Repository) -> None:
    repository.write("a.md", article())
    repository.branch()
    repository.write("new.md", undated(webUrl=GONE))
    assert ("new.md", "/webUrl") not in failing(repository.check())
    # Another site's page is not about to be published here.
    assert ("new.md", "/webUrl") in failing(repository.check("--base-url", "https://b.example/"))
    assert ("new.md", "/webUrl") not in failing(repository.check("--base-url", "https://a.example/"))
    repository.write("new.md", article(webUrl=GONE, publishedDateTime="2021-06-18T10:57:00Z"))
    assert ("new.md", "/webUrl") in failing(repository.check())


def failing(found: Checked) -> list[tuple[Json, Json]]:
    return [(each["path"], each["pointer"]) for each in found.findings if each["severity"] == "error"]


@pytest.mark.parametrize("base", [(), ("--base-url", "https://a.example/")], ids=["no base-url", "base-url"])
@pytest.mark.parametrize(
    ("keys", "why"),
    [
        ({}, "is new in this change"),
        ({"draft": True}, "is marked `draft: true`"),
        ({"publishedDateTime": NEXT_WEEK}, f"is dated in the future ({NEXT_WEEK})"),
    ],
    ids=["no date", "a draft", "next week"],
)
def test_links_to_a_new_article_wait_for_it_as_its_own_page_does(
    repository: Repository, base: tuple[str, ...], keys: dict[str, Json], why: str
) -> None:
    repository.branch_with("old.md", article(webUrl=OK))
    repository.write("new.md", (article if "publishedDateTime" in keys else undated)(webUrl=GONE + "/new", **keys))
    repository.write("b.md", article(webUrl=OK + "/b", related=related(GONE + "/new", GONE + "/other")))
    found = repository.check(*base)
    dead = [each for each in found.findings if each["code"] == "LC201"]
    assert [(each["path"], each["pointer"], each["severity"]) for each in dead] == [
        ("b.md", "/related/0/webUrl", "info"),
        ("b.md", "/related/1/webUrl", "error"),
        ("new.md", "/webUrl", "info"),
    ]
    assert dead[0]["hint"] == f"Nothing to do yet: it is the page of new.md, which {why}."


def test_links_do_not_wait_for_the_page_of_another_publisher(repository: Repository) -> None:
    repository.branch_with("old.md", article(webUrl=OK))
    repository.write("new.md", undated(webUrl=GONE + "/new", originalUrl=GONE + "/new", published=False))
    repository.write("b.md", article(webUrl=OK + "/b", related=related(GONE + "/new")))
    found = repository.check()
    assert {(path, pointer) for path, code, pointer in found.open if code == "LC201"} == {
        ("b.md", "/related/0/webUrl"),
        ("new.md", "/webUrl"),
    }
    assert {each["severity"] for each in found.findings if each["code"] == "LC201"} == {"error"}


def test_after_the_grace_period_it_must_answer(repository: Repository) -> None:
    repository.write("a.md", article(webUrl=GONE, publishedDateTime="2999-01-01T00:00:00Z"))

    def on(day: str) -> str:
        return (
            "import linkcheck.pipeline as p, functools\nfrom datetime import datetime\n"
            f"p.RunContext = functools.partial(p.RunContext, now=lambda: datetime.fromisoformat('{day}T12:00:00+00:00'))"
        )

    assert repository.check(since=None, before=on("2999-01-01")).code == 0
    assert repository.check(since=None, before=on("2999-01-05")).code == 1
    assert repository.check("--grace-days", "9", since=None, before=on("2999-01-05")).code == 0


# Baseline


def entries(repository: Repository) -> list[dict[str, str]]:
    accepted: list[dict[str, str]] = msgspec.json.decode((repository.folder / "b.json").read_bytes())["accepted"]
    return accepted


def test_a_baseline_accepts_what_is_there_keeps_reasons_and_lets_go_of_what_is_fixed(repository: Repository) -> None:
    check: Callable[..., Checked] = lambda *options: repository.check("--baseline", "b.json", *options, since=None)  # noqa: E731
    repository.write("a.md", article(related=related(GONE + "/1", GONE + "/2")))
    assert check("--update-baseline").code in (0, 1)
    assert [entry["url"] for entry in entries(repository)] == [GONE + "/1", GONE + "/2"]
    quiet = check()
    assert (quiet.code, len(quiet.places("accepted"))) == (0, 2)

    edited = msgspec.json.decode((repository.folder / "b.json").read_bytes())
    edited["accepted"][0]["reason"] = "the publisher closed"
    edited["accepted"][1]["until"] = "2020-01-01"
    (repository.folder / "b.json").write_bytes(msgspec.json.encode(edited))
    expired = check()
    assert expired.code == 1
    assert ("a.md", "LC201", "/related/1/webUrl") in expired.open
    assert "LC007" in {code for _, code, _ in expired.open}

    repository.write("a.md", article(related=related(GONE + "/1", OK + "/2")))
    fixed = check()
    assert fixed.code == 0
    assert "LC008" in {code for _, code, _ in fixed.open}
    check("--update-baseline")
    assert [(entry["url"], entry["reason"]) for entry in entries(repository)] == [(GONE + "/1", "the publisher closed")]
    repository.write("a.md", article(related=related(GONE + "/1", GONE + "/3")))
    assert check().open == [("a.md", "LC201", "/related/1/webUrl")]


# Ignore comments


def test_a_comment_ignores_and_an_unused_one_is_told(repository: Repository) -> None:
    text = article(webUrl=GONE)
    repository.write("a.md", text.replace(f'"{GONE}"', f'"{GONE}" # linkcheck: ignore[LC201] it comes back in May'))
    found = repository.check(since=None)
    assert found.code == 0
    assert found.places("ignored") == [("a.md", "LC201", "/webUrl")]
    repository.write("a.md", article().replace(f'"{OK}"', f'"{OK}" # linkcheck: ignore[LC201] it comes back in May'))
    unused = repository.check(since=None)
    assert [code for _, code, _ in unused.open] == ["LC005"]
    repository.write("a.md", text.replace(f'"{GONE}"', f'"{GONE}" # linkcheck: ignore[LC404] not this one'))
    assert repository.check(since=None).code == 1


# History


def days_later(days: float) -> str:
    return (
        "import linkcheck.pipeline as p, functools\nfrom datetime import UTC, datetime, timedelta\n"
        f"p.RunContext = functools.partial(p.RunContext, now=lambda: datetime.now(UTC) + timedelta(days={days}))"
    )


def test_only_good_outcomes_are_reused_and_it_says_how_many(repository: Repository) -> None:
    repository.write("a.md", article(related=related(OK + "/2", GONE)))
    history: Sequence[str] = ("--history", "../h.sqlite3")
    first = repository.check(*history, since=None)
    assert (first.code, first.summary["reused"]) == (1, 0)
    # The web turns over: what was good is taken for granted, what was bad is asked again.
    repository.web.write_text(
        '["https://a.example/gone*"]\npage.title = "A title"\n["https://a.example/ok*"]\nstatus = 404\n'
    )
    second = repository.check(*history, since=None)
    assert (second.code, second.summary["reused"]) == (0, 2)
    assert second.asked == {GONE}
    told = linkcheck("check", "--replay", repository.web, *history, cwd=repository.folder)
    assert "3 from earlier runs" in told.out + told.err
    assert repository.check(*history, "--max-age", "0", since=None).code == 1


def test_what_is_old_is_asked_again_and_not_all_on_one_day(repository: Repository) -> None:
    urls = [f"{OK}/{number}" for number in range(60)]
    repository.write("a.md", article(related=related(*urls)))
    history = ("--history", "../h.sqlite3")
    repository.check(*history, since=None)
    assert repository.check(*history, since=None, before=days_later(5)).asked == set()
    in_between = repository.check("--history", "../h.sqlite3", since=None, before=days_later(7)).asked
    assert 10 < len(in_between) < 50
    assert len(repository.check(*history, "--max-age", "2", since=None, before=days_later(9)).asked) >= 60 - len(in_between)


# What was wrong with the text before


POST_SCHEMA = """{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "required": ["author"],
  "properties": {
    "title": {"type": "string"},
    "weight": {"type": "integer"},
    "publishedDateTime": {"type": "string", "format": "date"},
    "tags": {"items": {"type": "string"}},
    "webUrl": {"type": "string", "x-link": {"role": "canonical"}}
  }
}
"""
FAULTY = """---
title: A title
weight: heavy
publishedDateTime: "2021-06-31"
Weight: 1
tags: [one, 2]
webUrl: https://a.example/ok
title: A title
# linkcheck: ignore[LC201] it was gone
tags2: x
---
"""
FOUND = {"LC005", "LC107", "LC110", "LC111", "LC112"}


@pytest.fixture
def faulty(repository: Repository) -> Repository:
    """A repository with an article whose text is wrong in many ways, and one that cannot be read."""
    repository.write("linkcheck.toml", '[[collections]]\nname = "posts"\npaths = ["posts/**/*.md"]\nschema = "s.json"\n')
    repository.write("s.json", POST_SCHEMA)
    repository.write("posts/a.md", FAULTY)
    repository.write("posts/broken.md", "---\ntitle: A title\nother: [1\n---\n")
    repository.branch()
    whole = repository.check(since=None)
    assert {code for path, code, _ in whole.open if path == "posts/a.md"} == FOUND
    assert ("posts/broken.md", "LC106", "") in whole.open
    return repository


def longer_body(repository: Repository) -> None:
    for name in ("a.md", "broken.md"):
        with (repository.folder / "posts" / name).open("a", encoding="utf-8") as file:
            file.write("A longer body.\n")


def other_name(repository: Repository) -> None:
    repository.git("mv", "posts/a.md", "posts/b.md")
    repository.git("mv", "posts/broken.md", "posts/2021.md")


def other_folder(repository: Repository) -> None:
    repository.git("mv", "posts", "moved")
    repository.git("mv", "moved", "posts2")
    (repository.folder / "posts").mkdir()
    repository.git("mv", "posts2", "posts/2021")


def other_line_ends(repository: Repository) -> None:
    for name in ("a.md", "broken.md"):
        file = repository.folder / "posts" / name
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))


def more_lines_and_items(repository: Repository) -> None:
    repository.write(
        "posts/a.md", FAULTY.replace("title: A", "# A comment\nnumber: 1\ntitle: A", 1).replace("[one", "[zero, one")
    )
    repository.write("posts/broken.md", "---\n# A comment\ntitle: Another title\nother: [1\n---\n")


@pytest.mark.parametrize("change", [longer_body, other_name, other_folder, other_line_ends, more_lines_and_items])
def test_what_was_wrong_with_the_text_before_is_unchanged(faulty: Repository, change: Callable[[Repository], None]) -> None:
    change(faulty)
    found = faulty.check()
    assert (found.code, found.open) == (0, [])
    assert {code for _, code, _ in found.unchanged} == {*FOUND, "LC106"}


@pytest.mark.parametrize(
    ("old", "new", "brought"),
    [
        ("heavy", "heavier", {("LC110", "/weight")}),
        ("[one, 2]", "[one, 2, 2]", {("LC110", "/tags/2")}),
        ("06-31", "02-30", {("LC112", "/publishedDateTime")}),
        ("Weight", "WEIGHT", {("LC111", "/WEIGHT")}),
        ("tags2: x", "tags2: y", {("LC005", "/tags2")}),
        ("webUrl: ", "webUrl: 1\nwebUrl: ", {("LC107", "/webUrl")}),
        ("---\ntitle", "---\ntags: [one, 2]\ntitle", {("LC107", "/tags")}),
    ],
)
def test_what_a_change_makes_of_the_text_is_open(
    faulty: Repository, old: str, new: str, brought: set[tuple[str, str]]
) -> None:
    faulty.write("posts/a.md", FAULTY.replace(old, new, 1))
    found = faulty.check()
    assert {(code, pointer) for _, code, pointer in found.open} == brought
    assert found.code == int(bool({code for code, _ in brought} - {"LC005", "LC111"}))


def test_an_article_that_moves_to_a_collection_must_follow_its_schema(faulty: Repository) -> None:
    faulty.write("drafts/new.md", "---\ntitle: A title\n---\n")
    faulty.git("add", "-A")
    faulty.git("commit", "-q", "-m", "A draft")
    faulty.git("branch", "-f", "main")
    faulty.git("mv", "drafts/new.md", "posts/new.md")
    assert faulty.check().open == [("posts/new.md", "LC110", "/author")]


UNREADABLE = """---
title: "A title
weight: heavy
tags: [one, 2]
webUrl: https://a.example/gone
---
"""


def test_what_an_error_of_syntax_hid_is_unchanged_where_its_line_is(faulty: Repository) -> None:
    faulty.write("posts/c.md", UNREADABLE)
    faulty.commit()
    faulty.git("branch", "-f", "main")
    assert {code for path, code, _ in faulty.check(since=None).open if path == "posts/c.md"} == {"LC106"}
    corrected = UNREADABLE.replace('"A', "A")
    faulty.write("posts/c.md", corrected)
    found = faulty.check()
    hidden = {("LC110", "/author"), ("LC110", "/weight"), ("LC110", "/tags/1"), ("LC201", "/webUrl")}
    assert (found.open, {(code, pointer) for _, code, pointer in found.unchanged}) == ([], hidden)
    faulty.write("posts/c.md", corrected.replace("heavy", "heavier").replace("/gone", "/gone/2"))
    found = faulty.check()
    assert {(code, pointer) for _, code, pointer in found.open} == {("LC110", "/weight"), ("LC201", "/webUrl")}


# Changes of the configuration and of schemas


CONFIG = '[[collections]]\nname = "posts"\npaths = ["posts/**/*.md"]\nschema = "s.json"\n'
OLD = "---\ntitle: A title\nweight: heavy\nwebUrl: https://a.example/gone\nauthor: x\nother: https://a.example/gone/2\n---\n"


@pytest.fixture
def configured(repository: Repository) -> Repository:
    """A repository whose only article has a wrong weight and a dead link."""
    repository.write("linkcheck.toml", CONFIG)
    repository.write("s.json", POST_SCHEMA)
    repository.write("posts/a.md", OLD)
    repository.branch()
    assert {code for _, code, _ in repository.check(since=None).open} == {"LC110", "LC201"}
    return repository


DEAD, HEAVY = ("posts/a.md", "LC201", "/webUrl"), ("posts/a.md", "LC110", "/weight")


@pytest.mark.parametrize(
    "text",
    [
        f"retries = 0\n{CONFIG}",
        f'{CONFIG}[severity]\nLC201 = "warning"\n',
        CONFIG.replace("posts/**/*.md", "posts/*.md"),
    ],
    ids=["a setting", "a lower severity", "another glob"],
)
def test_other_settings_do_not_bring_what_was_there(configured: Repository, text: str) -> None:
    configured.write("linkcheck.toml", text)
    found = configured.check()
    assert (found.code, found.open, set(found.unchanged)) == (0, [], {DEAD, HEAVY})


def test_one_more_exclude_is_reported_if_it_matches_no_link_and_brings_nothing_else(configured: Repository) -> None:
    configured.write("linkcheck.toml", f'{CONFIG}[[exclude]]\npattern = "https://b.example/*"\nreason = "Gone"\n')
    found = configured.check()
    assert (found.code, found.open, set(found.unchanged)) == (0, [("linkcheck.toml", "LC006", "")], {DEAD, HEAVY})


GLOBS = CONFIG.replace("posts/**/*.md", "new/*.md")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f'exclude-files = ["posts"]\n{CONFIG}', CONFIG),
        (f'exclude-files = ["a.md"]\n{CONFIG}', CONFIG),
        (GLOBS, CONFIG),
        (f'paths = ["new"]\n{CONFIG}', CONFIG),
        (f'paths = ["."]\n{GLOBS}', f'paths = ["."]\n{CONFIG.replace("posts/**", "**")}'),
        (f'extensions = ["qmd"]\n{CONFIG.replace("*.md", "*")}', CONFIG.replace("*.md", "*")),
    ],
    ids=["an excluded folder", "an excluded file", "another glob", "other paths", "in no collection", "another extension"],
)
def test_an_article_that_was_not_checked_before_brings_what_its_schema_finds(
    configured: Repository, before: str, after: str
) -> None:
    configured.write("new/a.md", "---\nauthor: x\n---\n")
    configured.write("linkcheck.toml", before)
    configured.commit()
    configured.git("branch", "-f", "main")
    configured.write("linkcheck.toml", after)
    found = configured.check()
    assert (found.code, found.open, found.unchanged) == (1, [HEAVY], [DEAD])


def without_covers(repository: Repository, text: str) -> list[str]:
    """A repository whose articles have covers that lead nowhere, with these settings; returns the articles."""
    repository.write("linkcheck.toml", f"{text}{CONFIG}")
    repository.write("static/x.png", "")
    repository.write("s.json", POST_SCHEMA.replace('"weight"', '"cover": {"x-link": {"role": "image"}}, "weight"'))
    names = [f"posts/{number}.md" for number in range(6)]
    for number, name in enumerate(names):
        repository.write(name, f"---\nauthor: x\ncover: /img/{number}.png\n---\nWords.\n")
    repository.branch()
    return names


@pytest.mark.parametrize(
    ("text", "code"), [("", "LC113"), ('site-root = "static"\n', "LC232")], ids=["no base URL", "no such folder"]
)
def test_one_finding_for_many_links_is_at_one_that_the_change_added(repository: Repository, text: str, code: str) -> None:
    names = without_covers(repository, text)
    for name in names:
        repository.write(name, (repository.folder / name).read_text() + "More.\n")
    found = repository.check("--offline", "--fail-on", "warning")
    assert (found.code, found.open, found.unchanged) == (0, [], [(names[0], code, "/cover")])
    repository.write("posts/new.md", "---\nauthor: x\ncover: /img/new.png\n---\n")
    found = repository.check("--offline", "--fail-on", "warning")
    assert (found.code, found.open) == (1, [("posts/new.md", code, "/cover")])


def test_links_without_the_base_url_that_the_change_removed_are_open(repository: Repository) -> None:
    names = without_covers(repository, 'base-url = "https://a.example/"\n')
    repository.write("linkcheck.toml", CONFIG)
    assert repository.check("--offline").open == [(names[0], "LC113", "/cover")]


@pytest.mark.parametrize("text", [CONFIG, f'exclude-files = ["x.md"]\n{CONFIG}'], ids=["alone", "with the configuration"])
def test_an_article_that_moves_to_the_given_folder_was_checked_before(configured: Repository, text: str) -> None:
    (configured.folder / "posts/2021").mkdir()
    configured.git("mv", "posts/a.md", "posts/2021/a.md")
    configured.write("linkcheck.toml", text)
    found = configured.check("posts/2021")
    assert (found.open, {code for _, code, _ in found.unchanged}) == ([], {"LC110", "LC201"})


def test_a_link_in_an_article_that_moves_to_a_collection_was_there(configured: Repository) -> None:
    configured.git("mv", "posts/a.md", "a.md")
    configured.commit()
    configured.git("branch", "-f", "main")
    configured.git("mv", "a.md", "posts/a.md")
    found = configured.check()
    assert (found.open, found.unchanged) == ([HEAVY], [DEAD])


def test_a_renamed_configuration_and_schema_bring_nothing(configured: Repository) -> None:
    configured.git("mv", "linkcheck.toml", ".linkcheck.toml")
    configured.git("mv", "s.json", "t.json")
    configured.write(".linkcheck.toml", CONFIG.replace("s.json", "t.json"))
    found = configured.check()
    assert (found.code, found.open, set(found.unchanged)) == (0, [], {DEAD, HEAVY})


@pytest.mark.parametrize(
    ("before", "after", "brought"),
    [
        ('[severity]\nLC201 = "info"\n', "", [DEAD]),
        ('[severity]\nLC201 = "off"\n', '[severity]\nLC201 = "warning"\n', [DEAD]),
        ('[severity]\nLC110 = "warning"\n', "", [HEAVY]),
        ('[severity]\nLC1 = "off"\nLC2 = "error"\n', "", [HEAVY]),
        ('[severity]\nLC201 = "warning"\n', '[severity]\nLC201 = "warning"\nLC110 = "warning"\n', []),
    ],
)
def test_a_severity_that_rises_brings_its_findings(
    configured: Repository, before: str, after: str, brought: list[tuple[str, str, str]]
) -> None:
    configured.write("linkcheck.toml", CONFIG + before)
    configured.commit()
    configured.git("branch", "-f", "main")
    configured.write("linkcheck.toml", CONFIG + after)
    assert configured.check().open == brought


@pytest.mark.parametrize(
    "accepts",
    [
        '[hosts."a.example"]\naccept = [404]\n',
        f'[[exclude]]\npattern = "{GONE}"\nreason = "Gone"\n',
    ],
    ids=["accept", "an exclude"],
)
def test_a_link_that_was_accepted_before_was_broken_before(configured: Repository, accepts: str) -> None:
    configured.write("linkcheck.toml", CONFIG + accepts)
    configured.commit()
    configured.git("branch", "-f", "main")
    assert DEAD not in configured.check(since=None).open
    configured.write("linkcheck.toml", CONFIG)
    found = configured.check()
    assert (found.code, found.open, set(found.unchanged)) == (0, [], {DEAD, HEAVY})


@pytest.mark.parametrize("text", [OLD, OLD + "A body.\n"], ids=["alone", "with the body of the article"])
def test_what_was_in_the_baseline_before_was_wrong_before(configured: Repository, text: str) -> None:
    configured.check("--baseline", "b.json", "--update-baseline", since=None)
    configured.commit()
    configured.git("branch", "-f", "main")
    assert configured.check("--baseline", "b.json", since=None).open == []
    configured.write("b.json", '{"version": 1, "accepted": []}')
    configured.write("posts/a.md", text)
    found = configured.check("--baseline", "b.json")
    assert (found.code, found.open) == (0, [])


def test_what_a_comment_ignored_before_was_wrong_before(configured: Repository) -> None:
    configured.write("posts/a.md", OLD.replace("weight:", "# linkcheck: ignore[LC110, LC201]\nweight:"))
    configured.commit()
    configured.git("branch", "-f", "main")
    configured.write("posts/a.md", OLD)
    found = configured.check()
    assert (found.code, found.open, set(found.unchanged)) == (0, [], {DEAD, HEAVY})


def test_a_selection_that_grows_brings_its_findings(configured: Repository) -> None:
    configured.write("linkcheck.toml", f'ignore = ["LC201"]\n{CONFIG}')
    configured.commit()
    configured.git("branch", "-f", "main")
    configured.write("linkcheck.toml", CONFIG)
    assert configured.check().open == [DEAD]


def test_a_stricter_schema_brings_what_it_finds(configured: Repository) -> None:
    configured.write("s.json", POST_SCHEMA.replace('"author"', '"author", "date"').replace('"integer"', '"number"'))
    found = configured.check()
    assert found.open == [("posts/a.md", "LC110", "/date")]
    assert DEAD in found.unchanged


def test_a_link_that_the_schema_did_not_mark_is_brought(configured: Repository) -> None:
    marked = '"other": {"type": "string", "x-link": {"role": "link"}},\n    "webUrl"'
    configured.write("s.json", POST_SCHEMA.replace('"webUrl"', marked))
    found = configured.check()
    assert found.open == [("posts/a.md", "LC201", "/other")]
    assert (found.code, set(found.unchanged)) == (1, {DEAD, HEAVY})


def test_a_new_article_is_new_under_new_settings_too(configured: Repository) -> None:
    configured.write("linkcheck.toml", f"retries = 0\n{CONFIG}")
    configured.write("posts/b.md", OLD)
    found = configured.check()
    assert {(path, code) for path, code, _ in found.open} >= {("posts/b.md", "LC110"), ("posts/b.md", "LC201")}
    assert {path for path, _, _ in found.unchanged} == {"posts/a.md"}


@pytest.mark.parametrize("name", ["linkcheck.toml", "s.json"])
def test_a_configuration_that_was_invalid_brings_nothing(configured: Repository, name: str) -> None:
    text = (configured.folder / name).read_text("utf-8")
    configured.write(name, "{[")
    configured.commit()
    configured.git("branch", "-f", "main")
    configured.write(name, text)
    found = configured.check()
    assert (found.code, found.open) == (0, [])


@pytest.mark.parametrize("options", [("--config", "web/linkcheck.toml"), ()], ids=["named", "found"])
def test_a_configuration_that_moves_with_its_articles_brings_nothing(
    repository: Repository, options: tuple[str, ...]
) -> None:
    for name, text in (("linkcheck.toml", CONFIG), ("s.json", POST_SCHEMA), ("posts/a.md", OLD)):
        repository.write(f"site/{name}", text)
    repository.branch()
    repository.git("mv", "site", "web")
    repository.folder /= "" if options else "web"
    found = repository.check(*options)
    assert (found.code, found.open, {code for _, code, _ in found.unchanged}) == (0, [], {"LC110", "LC201"})


def test_a_configuration_that_moves_up_brings_nothing(configured: Repository) -> None:
    configured.write("site/linkcheck.toml", CONFIG)
    configured.write("site/s.json", POST_SCHEMA)
    configured.write("site/posts/a.md", OLD)
    for name in ("linkcheck.toml", "s.json", "posts/a.md"):
        (configured.folder / name).unlink()
    configured.commit()
    configured.git("branch", "-f", "main")
    configured.git("rm", "-q", "site/linkcheck.toml")
    configured.write("linkcheck.toml", CONFIG.replace("posts/**", "site/posts/**").replace("s.json", "site/s.json"))
    found = configured.check()
    assert (found.code, found.open, {code for _, code, _ in found.unchanged}) == (0, [], {"LC110", "LC201"})


def test_a_schema_that_requires_more_of_a_link_brings_what_it_finds(configured: Repository) -> None:
    photo = '"other": {"type": "string", "x-link": {"role": "image"%s}},\n    "webUrl"'
    configured.write("posts/a.md", OLD.replace("other: https://a.example/gone/2", "other: https://a.example/photo.png"))
    configured.write("s.json", POST_SCHEMA.replace('"webUrl"', photo % ""))
    configured.commit()
    configured.git("branch", "-f", "main")
    configured.write("s.json", POST_SCHEMA.replace('"webUrl"', photo % ', "min-width": 1000'))
    found = configured.check()
    assert found.open == [("posts/a.md", "LC410", "/other")]


def test_a_second_violation_of_a_value_is_brought(configured: Repository) -> None:
    configured.write("s.json", POST_SCHEMA.replace('"type": "integer"', '"type": "integer", "enum": [1, 2]'))
    found = [each for each in configured.check().findings if each["code"] == "LC110"]
    assert [(each["status"], "one of" in str(each["message"])) for each in found] == [("unchanged", False), ("open", True)]


def test_the_same_broken_url_twice_is_brought_twice(configured: Repository) -> None:
    configured.write("posts/b.md", "---\nauthor: x\n---\n")
    configured.write(
        "s.json",
        POST_SCHEMA.replace('"webUrl"', '"see": {"items": {"type": "string", "x-link": {"role": "link"}}},\n"webUrl"'),
    )
    configured.commit()
    configured.git("branch", "-f", "main")
    configured.write("posts/b.md", f"---\nauthor: x\nsee: [{GONE}, {GONE}, {GONE}]\n---\n")
    assert len(configured.check().dead("open")) == 3


def test_the_text_on_standard_input_is_the_changed_one(configured: Repository) -> None:
    text = OLD.replace("weight: heavy", "weight: 1\nWeight: 2")
    found = configured.check("-", "--stdin-filename", "posts/a.md", stdin=text.encode())
    assert (found.open, found.unchanged) == ([("posts/a.md", "LC111", "/Weight")], [DEAD])


def test_the_first_configuration_brings_what_it_finds_in_the_text(repository: Repository) -> None:
    repository.write("posts/a.md", OLD)
    repository.branch()
    repository.write("linkcheck.toml", CONFIG)
    repository.write("s.json", POST_SCHEMA)
    found = repository.check()
    assert (found.open, DEAD in found.unchanged) == ([HEAVY], True)


# Files and articles that others refer to


SITE = """base-url = "https://a.example/"
site-root = ["static"]
[[collections]]
name = "posts"
paths = ["content/**/*.md"]
schema = "s.json"
"""
SITE_SCHEMA = """{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "properties": {
    "cover": {"type": "string", "x-link": {"role": "image"}},
    "see": {"items": {"type": "string", "x-link": {"role": "link"}}}
  }
}
"""


@pytest.fixture
def site(repository: Repository) -> Repository:
    """A site of Hugo. Two articles refer to the others, and to pictures."""
    repository.write("hugo.toml", 'baseURL = "https://a.example/"\n')
    repository.write("linkcheck.toml", SITE)
    repository.write("s.json", SITE_SCHEMA)
    for name in ("static/lead.png", "content/posts/own.png"):
        repository.write(name, "")
        (repository.folder / name).write_bytes(encoded("PNG"))
    repository.write("content/posts/one.md", "---\ntitle: One\nslug: first\n---\n")
    repository.write("content/posts/two.md", "---\ntitle: Two\ncover: /lead.png\nsee: [/posts/first/, /posts/three/]\n---\n")
    repository.write(
        "content/posts/three.md", "---\ntitle: Three\ncover: own.png\nsee: [https://a.example/posts/first/]\n---\n"
    )
    repository.write("content/posts/four.md", "---\ntitle: Four\n---\n")
    repository.branch()
    assert repository.check("--offline", since=None).open == []
    return repository


TWO, THREE = "content/posts/two.md", "content/posts/three.md"


def broken(repository: Repository) -> list[tuple[Json, Json]]:
    """What the change broke; offline and online, all of it is an error."""
    offline, online = repository.check("--offline"), repository.check()
    assert offline.open == [each for each in online.open if each[1] == "LC211"]
    assert offline.code == int(bool(offline.open))
    return [(path, pointer) for path, code, pointer in offline.open if code == "LC211"]


def test_a_picture_that_others_show_cannot_be_removed(site: Repository) -> None:
    site.git("rm", "-q", "static/lead.png")
    assert broken(site) == [(TWO, "/cover")]
    site.git("rm", "-q", "content/posts/own.png")
    assert broken(site) == [(THREE, "/cover"), (TWO, "/cover")]


def test_a_picture_that_moves_takes_its_links_along(site: Repository) -> None:
    site.git("mv", "static/lead.png", "static/main.png")
    assert broken(site) == [(TWO, "/cover")]
    text = (site.folder / TWO).read_text("utf-8")
    site.write(TWO, text.replace("/lead.png", "/main.png"))
    assert broken(site) == []


def test_an_article_that_others_refer_to_cannot_be_removed(site: Repository) -> None:
    site.git("rm", "-q", "content/posts/one.md")
    assert broken(site) == [(THREE, "/see/0"), (TWO, "/see/0")]
    found = site.check("--offline")
    gone = "the link led to the page of content/posts/one.md, but this change removes it"
    assert {each["message"] for each in found.findings} == {gone}


@pytest.mark.parametrize(
    ("old", "new"),
    [("slug: first", "slug: other"), ("slug: first", "slug: first\ndraft: true"), ("slug: first", "url: /elsewhere/")],
)
def test_an_article_that_others_refer_to_keeps_its_url(site: Repository, old: str, new: str) -> None:
    one = "content/posts/one.md"
    site.write(one, (site.folder / one).read_text("utf-8").replace(old, new))
    assert broken(site) == [(THREE, "/see/0"), (TWO, "/see/0")]


def test_an_alias_or_a_redirect_keeps_the_old_url(site: Repository) -> None:
    site.write("content/posts/one.md", "---\ntitle: One\nslug: other\naliases: [/posts/first/]\n---\n")
    assert broken(site) == []
    site.git("rm", "-q", "-f", "content/posts/one.md")
    assert broken(site)
    site.write("static/_redirects", "/posts/first/ /posts/\n")
    assert broken(site) == []


def test_an_article_that_moves_needs_its_pictures(site: Repository) -> None:
    site.git("mv", THREE, "content/three.md")
    assert broken(site) == [(TWO, "/see/1"), ("content/three.md", "/cover")]
    site.git("mv", "content/posts/own.png", "content/own.png")
    assert broken(site) == [(TWO, "/see/1")]


@pytest.mark.parametrize("title", ["A week at the sea", "Trip"])
def test_a_folder_that_moves_needs_its_pictures_where_others_show_them_by_their_urls(site: Repository, title: str) -> None:
    site.write("content/posts/trip/index.md", f"---\ntitle: {title}\n---\n" + "A long text.\n" * 20)
    (site.folder / "content/posts/trip/sea.png").write_bytes(encoded("PNG", picture(size=(90, 60))))
    site.write(TWO, "---\ntitle: Two\ncover: /posts/trip/sea.png\n---\n")
    site.commit()
    site.git("branch", "-f", "main")
    assert site.check("--offline", since=None).open == []
    site.git("mv", "content/posts/trip", "content/posts/journey")
    assert broken(site) == [(TWO, "/cover")]
    site.write(TWO, "---\ntitle: Two\ncover: /posts/journey/sea.png\n---\n")
    assert broken(site) == []
    site.git("reset", "-q", "--hard", "main")
    site.git("rm", "-q", "content/posts/trip/sea.png")
    assert broken(site) == [(TWO, "/cover")]


def test_other_articles_are_not_read_if_nothing_they_may_refer_to_goes_away(site: Repository) -> None:
    site.write("content/posts/four.md", "---\ntitle: Another title\n---\nA longer text.\n")
    site.write("static/more.png", "x")
    assert site.check("--offline").summary["articles"] == 1
    site.git("rm", "-q", "-f", "content/posts/four.md")
    found = site.check("--offline")
    assert (found.code, found.summary["articles"]) == (0, 0)


@pytest.mark.parametrize("name", ["content/posts/four.md", "content/posts/new.md"])
def test_a_new_link_to_what_the_change_removes_is_not_one_that_it_breaks(site: Repository, name: str) -> None:
    site.git("rm", "-q", "content/posts/one.md", "static/lead.png")
    site.write(name, "---\ntitle: New\ncover: /lead.png\nsee: [/posts/first/]\n---\n")
    assert set(broken(site)) == {(TWO, "/cover"), (TWO, "/see/0"), (THREE, "/see/0"), (name, "/cover"), (name, "/see/0")}
    messages = {(each["path"], each["pointer"]): each["message"] for each in site.check("--offline").findings}
    assert messages[TWO, "/cover"] == "the link led to static/lead.png, but this change removes it"
    assert messages[name, "/cover"] == "no such file: static/lead.png"
    assert messages[name, "/see/0"] == messages[TWO, "/see/0"]


@pytest.mark.parametrize("form", ["a list", "arguments"])
def test_given_files_limit_what_is_checked(site: Repository, form: str) -> None:
    site.git("rm", "-q", "static/lead.png")
    four = "content/posts/four.md"
    site.write(four, "---\ntitle: Another title\n---\n")
    for names, broken_links in (([four], []), ([four, TWO], [(TWO, "LC211", "/cover")])):
        options = names if form == "arguments" else ["--files-from", "-"]
        assert site.check("--offline", *options, stdin="\n".join(names).encode()).open == broken_links


def test_a_root_of_the_site_that_goes_away_breaks_its_links(site: Repository) -> None:
    site.write("other/x.txt", "x")
    site.write("linkcheck.toml", SITE.replace('"static"', '"other"'))
    found = site.check("--offline")
    assert (found.code, found.open) == (1, [(TWO, "LC211", "/cover")])
    assert [each["hint"] for each in found.findings] == ["Keep site-root, or correct the link."]


SIZED_SCHEMA = """{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "properties": {
    "url": {"type": "string", "x-link": {"role": "image", "width": "width", "height": "height"}}
  }
}
"""


@pytest.fixture
def shown(site: Repository) -> Repository:
    """A site with a picture that one article describes correctly and another one does not."""
    site.write("s.json", SIZED_SCHEMA)
    site.write(TWO, "---\ntitle: Two\nurl: /lead.png\nwidth: 96\nheight: 64\n---\n")
    site.write(THREE, "---\ntitle: Three\nurl: /lead.png\nwidth: 20\nheight: 10\n---\n")
    site.commit()
    site.git("branch", "-f", "main")
    assert {path for path, _, _ in site.check("--offline", since=None).open} == {THREE}
    return site


def test_a_picture_that_is_replaced_by_a_larger_one_fails_where_its_size_was_right(shown: Repository) -> None:
    lead = shown.folder / "static/lead.png"
    lead.write_bytes(encoded("PNG", picture(size=(300, 400))))
    found = shown.check("--offline")
    assert {(path, code) for path, code, _ in found.open} == {(TWO, "LC403")}
    shown.write(TWO, "---\ntitle: Two\nurl: /lead.png\nwidth: 300\nheight: 400\n---\n")
    assert shown.check("--offline").open == []


def test_a_picture_that_the_change_cut_short_fails_wherever_it_is_shown(shown: Repository) -> None:
    lead = shown.folder / "static/lead.png"
    lead.write_bytes(lead.read_bytes()[:20])
    found = shown.check("--offline")
    assert {(path, code) for path, code, _ in found.open} == {(TWO, "LC402"), (THREE, "LC402")}


def test_a_picture_that_only_becomes_smaller_as_a_file_brings_nothing(shown: Repository) -> None:
    (shown.folder / "static/lead.png").write_bytes(encoded("PNG", picture(shade=9)))
    found = shown.check("--offline")
    assert (found.code, found.findings, found.summary["articles"]) == (0, [], 0)


def retargeted(site: Repository) -> None:
    (site.folder / "static/link.png").unlink()
    (site.folder / "static/link.png").symlink_to("nowhere.png")


@pytest.mark.parametrize(
    ("change", "cover"),
    [
        (lambda site: site.git("rm", "-q", "shared/sea.png"), "/link.png"),
        (lambda site: site.git("rm", "-q", "shared/sea.png"), "/folder/sea.png"),
        (lambda site: site.git("rm", "-q", "static/link.png"), "/link.png"),
        (lambda site: site.git("rm", "-q", "static/folder"), "/folder/sea.png"),
        (retargeted, "/link.png"),
    ],
    ids=["a target", "a target below a link", "a link", "a link to a folder", "the target of a link"],
)
def test_a_picture_behind_a_symbolic_link_cannot_be_removed(
    site: Repository, change: Callable[[Repository], None], cover: str
) -> None:
    site.write("shared/sea.png", "")
    (site.folder / "shared/sea.png").write_bytes(encoded("PNG", picture(size=(90, 60))))
    (site.folder / "static/link.png").symlink_to("../shared/sea.png")
    (site.folder / "static/folder").symlink_to("../shared")
    (site.folder / "static/broken").symlink_to("../nowhere")
    site.write(TWO, f"---\ntitle: Two\ncover: {cover}\n---\n")
    site.write(THREE, "---\ntitle: Three\ncover: /broken/sea.png\n---\n")
    site.commit()
    site.git("branch", "-f", "main")
    change(site)
    site.git("rm", "-q", "static/broken")
    assert site.check("--offline").open == [(TWO, "LC211", "/cover")]


def test_a_picture_behind_a_symbolic_link_is_compared(shown: Repository) -> None:
    shown.git("mv", "static/lead.png", "lead.png")
    (shown.folder / "static/lead.png").symlink_to("../lead.png")
    shown.commit()
    shown.git("branch", "-f", "main")
    (shown.folder / "lead.png").write_bytes(encoded("PNG", picture(size=(300, 400))))
    assert {(path, code) for path, code, _ in shown.check("--offline").open} == {(TWO, "LC403")}


def test_what_was_missing_before_is_not_the_fault_of_who_removes_something_else(site: Repository) -> None:
    site.write("content/posts/five.md", "---\ntitle: Five\ncover: /nowhere.png\n---\n")
    site.commit()
    site.git("branch", "-f", "main")
    site.git("rm", "-q", "static/lead.png")
    found = site.check("--offline")
    assert found.open == [(TWO, "LC211", "/cover")]
    assert "content/posts/five.md" not in {path for path, _, _ in found.unchanged}


# Values that concern other articles


NAMES = """{"type": "object", "properties": {
    "slug": {"type": "string", "x-unique": true},
    "link": {"type": "string", "x-link": {"role": "link"}},
    "author": {"type": "string", "x-ref": {"collection": "authors"}}
}}"""
NAMED_COLLECTION = '[[collections]]\nname = "{0}"\npaths = ["{0}/*.md"]\nschema = "schemas/{0}.json"\n'


def named(**keys: str) -> str:
    return "".join(("---\n", *(f"{key}: {value}\n" for key, value in keys.items()), "---\n"))


@pytest.fixture
def named_repository(repository: Repository) -> Repository:
    repository.write("linkcheck.toml", NAMED_COLLECTION.format("posts") + NAMED_COLLECTION.format("authors"))
    repository.write("schemas/posts.json", NAMES)
    repository.write("schemas/authors.json", '{"type": "object", "properties": {"slug": {"type": "string"}}}')
    repository.write("authors/jane.md", named(slug="jane-doe"))
    repository.write("authors/max.md", named(slug="max"))
    repository.write("posts/a.md", named(slug="one", author="jane", link=OK))
    repository.write("posts/b.md", named(slug="two", author="jane-doe"))
    repository.write("posts/old1.md", named(slug="same", author="nobody"))
    repository.write("posts/old2.md", named(slug="same", author="max"))
    repository.branch()
    return repository


def test_a_value_is_compared_with_articles_that_did_not_change(named_repository: Repository) -> None:
    named_repository.write("posts/new.md", named(slug="one", author="maks"))
    named_repository.write("posts/old1.md", named(slug="same", author="nobody", link=OK))
    found = named_repository.check()
    assert found.open == [("posts/new.md", "LC507", "/slug"), ("posts/new.md", "LC508", "/author")]
    assert found.unchanged == [("posts/old1.md", "LC507", "/slug"), ("posts/old1.md", "LC508", "/author")]
    places = [each["facts"]["places"] for each in found.findings if each["code"] == "LC507"]  # type: ignore[index, call-overload]
    assert places == [["posts/a.md:2"], ["posts/old2.md:2"]]


def test_an_entry_that_the_change_removes_is_missed_by_articles_that_did_not_change(named_repository: Repository) -> None:
    named_repository.git("rm", "-q", "authors/jane.md")
    found = named_repository.check()
    assert found.open == [("posts/a.md", "LC508", "/author"), ("posts/b.md", "LC508", "/author")]
    assert found.summary["articles"] == 2


def test_an_entry_that_the_change_renames_keeps_its_slug(named_repository: Repository) -> None:
    named_repository.git("mv", "authors/jane.md", "authors/jane-d.md")
    assert named_repository.check().open == [("posts/a.md", "LC508", "/author")]


def test_an_entry_that_gets_another_slug_keeps_its_name(named_repository: Repository) -> None:
    named_repository.write("authors/jane.md", named(slug="jd"))
    assert named_repository.check().open == [("posts/b.md", "LC508", "/author")]


def test_all_entries_can_be_removed(named_repository: Repository) -> None:
    named_repository.git("rm", "-q", "authors/jane.md", "authors/max.md")
    assert {path for path, *_ in named_repository.check().open} == {"posts/a.md", "posts/b.md", "posts/old2.md"}


def test_a_mark_that_the_change_adds_brings_what_it_finds(named_repository: Repository) -> None:
    named_repository.write("schemas/posts.json", NAMES.replace('{"type": "string", "x-unique": true}', '{"type": "string"}'))
    named_repository.commit()
    named_repository.git("checkout", "-q", "-b", "next")
    named_repository.write("schemas/posts.json", NAMES)
    found = named_repository.check(since="feature")
    assert found.open == [("posts/old1.md", "LC507", "/slug"), ("posts/old2.md", "LC507", "/slug")]
    assert found.unchanged == [("posts/old1.md", "LC508", "/author")]
