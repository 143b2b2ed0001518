"""`linkcheck init` as it is called: what it writes, what it leaves alone, and that the articles then pass."""

import json
import os
import pty
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from command import article, linkcheck, surroundings
from corpus import CORPUS, YAML_ARTICLES
from write_files import write_files

WRITTEN = [
    ".github/workflows/linkcheck.yml",
    ".linkcheck/pages.schema.json",
    ".linkcheck/posts.schema.json",
    ".pre-commit-config.yaml",
    "linkcheck.toml",
]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "posts").mkdir()
    for number in range(3):
        (tmp_path / "posts" / f"{number}.md").write_text(
            article(webUrl=f"https://a.example/{number}", image="/assets/a.svg")
        )
    return tmp_path


def files(folder: Path) -> list[str]:
    """What lies beside the articles."""
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.parent.name not in ("posts", "news")
    )


def configuration(folder: Path) -> dict[str, object]:
    return tomllib.loads((folder / "linkcheck.toml").read_text())


def test_a_dry_run_shows_every_file_and_writes_none(archive: Path) -> None:
    done = linkcheck("init", "--dry-run", cwd=archive)
    assert (done.code, files(archive)) == (0, [])
    assert sorted(line[6:] for line in done.out.splitlines() if line.startswith("+++ b/")) == WRITTEN
    subprocess.run(["git", "init", "-q"], cwd=archive, check=True)
    subprocess.run(["git", "apply", "-"], cwd=archive, input=done.out.encode(), check=True)
    assert [path for path in files(archive) if not path.startswith(".git/")] == WRITTEN


def test_without_a_terminal_nothing_is_written_unless_told(archive: Path) -> None:
    done = linkcheck("init", cwd=archive)
    assert (done.code, files(archive)) == (2, [])
    assert "--yes" in done.err
    assert linkcheck("init", "--yes", cwd=archive).code == 0
    assert files(archive) == WRITTEN


@pytest.mark.parametrize(
    ("answer", "written"),
    [
        pytest.param(b"y\ny\n", [*WRITTEN[:1], ".linkcheck/baseline.json", *WRITTEN[1:]], id="yes, and accept"),
        pytest.param(b"y\nn\n", WRITTEN, id="yes, and accept nothing"),
        pytest.param(b"n\n", [], id="no"),
    ],
)
def test_on_a_terminal_it_asks(answer: bytes, written: list[str], archive: Path) -> None:
    ours, theirs = pty.openpty()
    os.write(ours, answer)
    done = subprocess.run(
        [sys.executable, "-m", "linkcheck", "init"],
        cwd=archive, env=surroundings(), stdin=theirs, stderr=theirs, stdout=subprocess.PIPE, timeout=60, check=False,
    )  # fmt: skip
    os.close(theirs)
    os.close(ours)
    assert (done.returncode, files(archive)) == (0, written)


def test_a_second_run_finds_everything_there(archive: Path) -> None:
    assert linkcheck("init", "--yes", cwd=archive).code == 0
    before = {path: (archive / path).read_bytes() for path in WRITTEN}
    done = linkcheck("init", "--yes", cwd=archive)
    assert (done.code, done.out) == (0, "")
    assert {path: (archive / path).read_bytes() for path in WRITTEN} == before


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("linkcheck.toml", "offline = true\n", id="a configuration"),
        pytest.param("pyproject.toml", "[tool.linkcheck]\noffline = true\n", id="a configuration in pyproject.toml"),
        pytest.param(".github/workflows/linkcheck.yml", "on: push\n", id="a workflow"),
    ],
)
def test_what_is_there_is_written_over_only_by_force(name: str, text: str, archive: Path) -> None:
    (archive / name).parent.mkdir(parents=True, exist_ok=True)
    (archive / name).write_text(text)
    done = linkcheck("init", "--yes", cwd=archive)
    assert (done.code, name in done.err, files(archive)) == (2, True, [name])
    assert linkcheck("init", "--yes", "--force", cwd=archive).code == 0
    assert set(files(archive)) == {*WRITTEN, name}
    assert ((archive / name).read_text() == text) == (name == "pyproject.toml")


def test_a_pyproject_of_other_tools_is_not_in_the_way(archive: Path) -> None:
    (archive / "pyproject.toml").write_text("[tool.ruff]\nline-length = 100\n")
    assert linkcheck("init", "--yes", cwd=archive).code == 0


@pytest.mark.parametrize(
    "before",
    [
        pytest.param("repos:\n- repo: local\n  hooks: []\n", id="not indented"),
        pytest.param("# ours\nrepos:\n  # first\n  - repo: local\n    hooks: []\n", id="indented, with comments"),
        pytest.param("---\nrepos:\n  - repo: local\n    hooks: []\n\n\n", id="blank lines at the end"),
        pytest.param("repos:\n  - repo: local\n    hooks: []\nfail_fast: true\n", id="keys after it"),
    ],
)
def test_a_hooks_file_is_added_to(before: str, archive: Path) -> None:
    file = archive / ".pre-commit-config.yaml"
    file.write_text(before)
    assert linkcheck("init", "--yes", cwd=archive).code == 0
    old, new = (yaml.safe_load(text) for text in (before, file.read_text()))
    assert [each["id"] for each in new["repos"].pop()["hooks"]] == ["linkcheck", "linkcheck-urls"]
    assert new == old
    assert [line for line in file.read_text().splitlines() if line in before.splitlines()] == before.rstrip().splitlines()
    assert linkcheck("init", "--yes", cwd=archive).out == ""


def test_a_hooks_file_that_cannot_be_added_to_is_left_alone(archive: Path) -> None:
    (archive / ".pre-commit-config.yaml").write_text("repos: []\n")
    done = linkcheck("init", "--yes", cwd=archive)
    assert (done.code, "cannot be extended" in done.err) == (0, True)
    assert (archive / ".pre-commit-config.yaml").read_text() == "repos: []\n"


def test_the_site_is_found_in_the_generators_settings(archive: Path) -> None:
    (archive / "_config.yml").write_text("title: Mine\nurl: https://me.example\nbaseurl: /blog # here\n")
    (archive / "posts").rename(archive / "_posts")
    (archive / "assets").mkdir()
    (archive / "assets" / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>')
    done = linkcheck("init", "--yes", cwd=archive)
    assert (done.code, "generator: Jekyll" in done.err) == (0, True)
    found = configuration(archive)
    assert (found["base-url"], found["site-root"], "exclude" in found) == ("https://me.example/blog/", ".", False)
    assert linkcheck("validate", "--fail-on", "info", cwd=archive).code == 0


def test_links_without_a_host_are_counted_where_the_site_is_not_known(archive: Path) -> None:
    done = linkcheck("init", "--yes", cwd=archive)
    assert (done.code, "3 links not checked: relative to the site, and no base-url is configured" in done.err) == (
        0,
        True,
    )
    validated = linkcheck("validate", "-q", cwd=archive)
    assert (validated.code, [line.split()[-1] for line in validated.out.splitlines()]) == (0, ["[LC113]"])
    assert '# base-url = "https://example.com/"' in (archive / "linkcheck.toml").read_text()


def test_an_address_that_is_none_is_not_written(archive: Path) -> None:
    (archive / "_config.yml").write_text("url: https://me.example:port\n")
    write_files(archive, {"assets/a.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'})
    assert linkcheck("init", "--yes", cwd=archive).code == 0
    assert "base-url" not in configuration(archive)
    assert linkcheck("validate", cwd=archive).code == 0


def test_images_beside_articles_need_no_folder_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "hugo.toml").write_text('baseURL = "https://me.example/"\n')
    for name in "abc":
        folder = tmp_path / "content" / "posts" / name
        folder.mkdir(parents=True)
        (folder / "index.md").write_text(article(cover={"image": "cover.svg"}))
        (folder / "cover.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>')
    assert linkcheck("init", "--yes", cwd=tmp_path).code == 0
    assert linkcheck("validate", cwd=tmp_path).code == 0
    assert not (tmp_path / "static").exists()


@pytest.fixture
def faulty(archive: Path) -> Path:
    """An archive in which an article names a file that does not exist."""
    (archive / "_config.yml").write_text("url: https://me.example\n")
    (archive / "assets").mkdir()
    (archive / "assets" / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>')
    (archive / "posts" / "1.md").write_text(article(webUrl="https://a.example/1", image="/assets/b.svg"))
    return archive


def test_what_remains_is_shown_with_its_places_and_can_be_accepted(faulty: Path) -> None:
    done = linkcheck("init", "--yes", cwd=faulty)
    assert (done.code, done.out) == (0, "")
    assert re.search(r"error +LC211 missing-file +1\n +posts/1\.md:5\n", done.err)
    assert linkcheck("validate", cwd=faulty).code == 1
    (command,) = re.findall(r"^  linkcheck (validate --baseline .*)$", done.err, re.MULTILINE)
    assert "accept 1 finding" in done.err
    assert linkcheck(*command.split(), cwd=faulty).code == 1
    assert linkcheck(*command.split()[:-1], cwd=faulty).code == 0


def test_what_remains_is_accepted_if_that_is_said(faulty: Path) -> None:
    done = linkcheck("init", "--yes", "--accept", cwd=faulty)
    assert (done.code, "1 finding accepted in .linkcheck/baseline.json" in done.err) == (0, True)
    assert configuration(faulty)["baseline"] == ".linkcheck/baseline.json"
    (entry,) = json.loads((faulty / ".linkcheck" / "baseline.json").read_text())["accepted"]
    assert (entry["rule"], entry["path"], entry["pointer"]) == ("LC211", "posts/1.md", "/image")
    validated = linkcheck("validate", cwd=faulty)
    assert (validated.code, "1 accepted" in validated.out) == (0, True)


def test_a_baseline_that_is_there_is_replaced_only_by_force(faulty: Path) -> None:
    baseline = faulty / ".linkcheck" / "baseline.json"
    baseline.parent.mkdir()
    baseline.write_text("{}")
    done = linkcheck("init", "--yes", "--accept", cwd=faulty)
    assert (done.code, str(baseline.relative_to(faulty)) in done.err, baseline.read_text()) == (2, True, "{}")


def test_nothing_is_written_through_a_link_that_leads_outside(
    archive: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (archive / ".linkcheck").symlink_to(outside)
    done = linkcheck("init", "--yes", cwd=archive)
    assert (done.code, "outside the repository" in done.err, list(outside.iterdir())) == (2, True, [])
    assert files(archive) == []


@pytest.mark.parametrize(
    "obstacle",
    [
        pytest.param(lambda folder: (folder / ".github").write_text(""), id="a file in place of a folder"),
        pytest.param(lambda folder: (folder / "linkcheck.toml").symlink_to("gone/x"), id="a configuration that is a link"),
    ],
)
def test_nothing_is_left_if_a_file_cannot_be_written(obstacle: Callable[[Path], object], archive: Path) -> None:
    obstacle(archive)
    before = files(archive)
    done = linkcheck("init", "--yes", cwd=archive)
    assert (done.code, files(archive)) == (2, before), done.err
    (archive / "linkcheck.toml").unlink(missing_ok=True)
    assert linkcheck("validate", cwd=archive).code < 2
    assert linkcheck("init", "--dry-run", cwd=archive).out.rstrip().count("\n+++ b/") == len(WRITTEN)


def test_the_configuration_is_written_last(archive: Path) -> None:
    shown = linkcheck("init", "--dry-run", "--accept", cwd=archive).out
    assert re.findall(r"^\+\+\+ b/(.+)$", shown, re.MULTILINE)[-1] == "linkcheck.toml"


def test_nothing_to_accept_needs_no_baseline(archive: Path) -> None:
    (archive / "_config.yml").write_text("url: https://me.example\n")
    (archive / "assets").mkdir()
    (archive / "assets" / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>')
    done = linkcheck("init", "--yes", "--accept", cwd=archive)
    assert (done.code, "no errors or warnings" in done.err, ".linkcheck/baseline.json" in files(archive)) == (0, True, False)


def test_front_matter_without_urls_needs_no_files_unless_they_are_asked_for(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "posts").mkdir()
    for number in range(3):
        (tmp_path / "posts" / f"{number}.md").write_text("---\ntitle: A title\n---\nhttps://a.example/\n")
    done = linkcheck("init", "--yes", cwd=tmp_path)
    assert (done.code, done.out, files(tmp_path)) == (0, "", [])
    assert "no link fields were found in the front matter of these 3 articles" in done.err
    assert linkcheck("init", "--dry-run", cwd=tmp_path).out == ""
    assert linkcheck("init", "--yes", "--without-links", cwd=tmp_path).code == 0
    assert files(tmp_path) == WRITTEN
    assert linkcheck("validate", cwd=tmp_path).code == 0


def test_a_table_shows_the_collections_and_the_diff_is_shown_if_asked_for(archive: Path) -> None:
    done = linkcheck("init", "--yes", "--diff", cwd=archive)
    assert re.search(r"^  posts +3  posts/\*\* +3 canonical \(webUrl\), 3 image \(image\)$", done.err, re.MULTILINE)
    written = {path: (archive / path).read_bytes() for path in WRITTEN}
    for path in WRITTEN:
        (archive / path).unlink()
    subprocess.run(["git", "init", "-q"], cwd=archive, check=True)
    subprocess.run(["git", "apply", "-"], cwd=archive, input=done.out.encode(), check=True)
    assert {path: (archive / path).read_bytes() for path in WRITTEN} == written


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("news/a.md", id="a new folder"),
        pytest.param("about.md", id="a new page"),
        pytest.param("posts/a.mdx", id="a new extension"),
    ],
)
def test_what_is_added_later_is_checked(path: str, archive: Path) -> None:
    assert linkcheck("init", "--yes", cwd=archive).code == 0
    (archive / path).parent.mkdir(exist_ok=True)
    (archive / path).write_text(article(webUrl=5, image="/assets/a.svg"))
    for named in ([], [path]):
        done = linkcheck("validate", "-q", *named, cwd=archive)
        assert (done.code, f"{path}:4:9: error: " in done.out) == (1, True), done.out


def test_what_is_removed_later_breaks_nothing(archive: Path) -> None:
    (archive / "about.md").write_text(article())
    assert linkcheck("init", "--yes", cwd=archive).code == 0
    (archive / "about.md").unlink()
    assert linkcheck("validate", cwd=archive).code == 0


def test_files_that_are_no_articles_do_not_become_findings(archive: Path) -> None:
    assert linkcheck("init", "--yes", cwd=archive).code == 0
    for path in ("README.md", "posts/a.png", "news.md"):
        (archive / path).write_text("# No front matter\n")
    done = linkcheck("validate", "-q", cwd=archive)
    assert [line.split()[-1] for line in done.out.splitlines()] == ["[LC113]"]


def test_what_is_new_is_added_to_a_configuration(archive: Path) -> None:
    assert linkcheck("init", "--yes", cwd=archive).code == 0
    before = {path: (archive / path).read_bytes() for path in WRITTEN}
    assert "nothing to add" in linkcheck("init", "--add", "--yes", cwd=archive).err
    assert {path: (archive / path).read_bytes() for path in WRITTEN} == before
    (archive / "news").mkdir()
    for number in range(3):
        (archive / "news" / f"{number}.md").write_text(article(source=f"https://a.example/{number}"))
    done = linkcheck("init", "--add", "--yes", cwd=archive)
    assert (done.code, files(archive)) == (0, sorted([*WRITTEN, ".linkcheck/news.schema.json"]))
    after = (archive / "linkcheck.toml").read_text()
    added = re.sub(r"\[\[collections\]\]  # 3 articles\nname = \"news\"\n.*\n.*\n\n", "", after)
    assert added.encode() == before.pop("linkcheck.toml")
    assert {path: (archive / path).read_bytes() for path in before} == before
    assert linkcheck("validate", cwd=archive).code == 0
    shown = [json.loads(line) for line in linkcheck("links", "--json", "news", cwd=archive).out.splitlines()]
    assert {"original", "canonical"} == {link["role"] for link in shown}


def test_without_a_configuration_everything_is_new(archive: Path) -> None:
    (archive / ".github" / "workflows").mkdir(parents=True)
    (archive / ".github" / "workflows" / "linkcheck.yml").write_text("on: push\n")
    assert linkcheck("init", "--add", "--yes", cwd=archive).code == 0
    assert files(archive) == WRITTEN
    assert (archive / ".github" / "workflows" / "linkcheck.yml").read_text() == "on: push\n"


@pytest.mark.parametrize("option", ["--force", "--accept"])
def test_what_is_only_added_to_is_neither_replaced_nor_accepted(option: str, archive: Path) -> None:
    done = linkcheck("init", "--add", option, cwd=archive)
    assert (done.code, option in done.err, files(archive)) == (2, True, [])


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        pytest.param({}, ["no Markdown or HTML files", "reads no other formats"], id="nothing"),
        pytest.param(
            {"content/a.md": "Title: A\nDate: 2026-01-02\n\nText.\n", "content/b.md": "title: B\n", "R.md": "# Site\n"},
            ["2 Markdown files with metadata but without front matter", "and 1 Markdown file without", "only ---"],
            id="metadata without fences",
        ),
        pytest.param(
            {"a.md": "# A\n", "docs/b.mdx": "# B\n", "c.html": "<p>C</p>\n", "d.txt": "", "node_modules/e.md": "# E\n"},
            ["found 2 Markdown files without front matter and 1 HTML file without front matter", "lychee"],
            id="Markdown and HTML",
        ),
        pytest.param(
            {"a.md": "---\na: [\n---\n", "b.md": "---\n---\n", "c.md": "# C\n"},
            [
                "1 file whose front matter is invalid (a.md:2), 1 file with empty front matter and 1 Markdown",
                "linkcheck validate",
            ],
            id="invalid and empty front matter",
        ),
    ],
)
def test_a_repository_without_articles_is_described(texts: dict[str, str], said: list[str], tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    write_files(tmp_path, texts)
    done = linkcheck("init", "--yes", cwd=tmp_path)
    assert (done.code, (tmp_path / "linkcheck.toml").exists()) == (1, False)
    assert [text for text in ["no article", *said] if text not in " ".join(done.err.split())] == []
    assert len(done.err.splitlines()) == 1


def test_an_article_that_cannot_be_read_is_named(archive: Path) -> None:
    (archive / "posts" / "bad.md").write_text("---\na: [\n---\n")
    done = linkcheck("init", "--yes", cwd=archive)
    assert (done.code, "posts/bad.md:2" in done.err) == (0, True)


def test_the_workflow_may_read_and_nothing_else(archive: Path) -> None:
    assert linkcheck("init", "--yes", cwd=archive).code == 0
    workflow = yaml.safe_load((archive / ".github/workflows/linkcheck.yml").read_text())
    assert workflow["permissions"] == {"contents": "read"}
    assert sorted(workflow["jobs"]) == ["nightly", "pull-request"]


ROLES = {
    "webUrl": "canonical",
    "originalUrl": "original",
    "ampWebUrl": "amp",
    "cdnAmpWebUrl": "amp-cache",
    "images/*/url": "image",
    "provider/images/*/url": "image",
    "affiliation/images/*/url": "image",
    "related/*/webUrl": "canonical",
    "related/*/ampWebUrl": "amp",
    "related/*/cdnAmpWebUrl": "amp-cache",
    "related/*/images/*/url": "image",
    "actions/*/url": "link",
    "website": "link",
    "twitter/url": "link",
    "linkedin/url": "link",
}
"""Every field of the corpus that holds URLs."""


def test_the_corpus_passes_by_its_own_schemas_and_every_url_has_its_role(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    shutil.copytree(CORPUS, tmp_path / "corpus")
    folder = tmp_path / "corpus"
    (folder / ".git").mkdir()
    assert linkcheck("init", "--yes", cwd=folder).code == 0
    done = linkcheck("validate", "--fail-on", "info", "--select", "schema-violation", cwd=folder)
    assert (done.code, "No problems found" in done.out) == (0, True), done.out
    marked: dict[str, set[str]] = {}
    for line in linkcheck("links", "--json", cwd=folder).out.splitlines():
        link = json.loads(line)
        field = "/".join("*" if part.isdigit() else part for part in link["pointer"][1:].split("/"))
        marked.setdefault(field, set()).add(link["role"])
    assert marked == {field: {role} for field, role in ROLES.items()}
    # And none is left out: by another way of looking, every text that is a URL is marked.
    seen = set()
    for path in YAML_ARTICLES:
        data = next(yaml.safe_load_all(path.read_text("utf-8-sig")))
        seen |= {field for field, text in texts(data) if re.fullmatch(r"https?://\S+", text)}
    assert seen == marked.keys()


def texts(value: object, field: str = "") -> list[tuple[str, str]]:
    if isinstance(value, dict):
        return [pair for name, below in value.items() for pair in texts(below, f"{field}/{name}".lstrip("/"))]
    if isinstance(value, list):
        return [pair for below in value for pair in texts(below, f"{field}/*")]
    return [(field, value)] if isinstance(value, str) else []
