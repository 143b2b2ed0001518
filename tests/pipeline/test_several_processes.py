"""Articles that several processes read and judge give the reports that one process gives."""

import json
import re
from pathlib import Path

import pytest
from command import linkcheck
from systems import linux_only

SITE = "https://www.example-news.com"
NUMBER = 200
"""Articles: enough for several processes to read and judge most of them, more than once each."""

TIMES = re.compile(
    r"\b[0-9-]{10} [0-9:]{5}\b|\bin [0-9.]+ s\b|\b[0-9-]{10}T[0-9:]{8}(?:\.[0-9]+)?Z|(?<=\"seconds\": )[0-9.e-]+"
)

SCHEMA = {
    "type": "object",
    "required": ["title", "webUrl"],
    "properties": {
        "title": {"type": "string", "minLength": 5},
        "slug": {"type": "string", "x-unique": True},
        "author": {"type": "string", "x-ref": {"collection": "authors"}},
        "webUrl": {"type": "string", "x-link": {"role": "canonical"}},
        "cover": {"type": "string", "x-link": {"role": "image"}},
        "see": {"type": "array", "items": {"type": "string", "x-link": {"role": "link"}}},
        "sku": {"type": "string", "pattern": "^[A-Z]{2}[0-9]+$"},
    },
}
CONFIGURATION = """\
base-url = "https://www.example-news.com"
site-root = "static"

[[collections]]
name = "posts"
paths = ["posts/**"]
schema = "post.json"

[[collections]]
name = "authors"
paths = ["authors/**"]

[[exclude]]
pattern = "last-article"
reason = "only the last article has it"

[[exclude]]
pattern = "never"
reason = "nothing has it"

[severity]
LC506 = "error"
"""


WEB = f"""\
["{SITE}/a/{{}}*"]
status = 404

["{SITE}/a/*"]
status = 200
headers = {{{{ content-type = "text/html" }}}}
body = "<title>Another title</title><link rel=canonical href={SITE}/another>"

["https://*"]
status = 503

["http://*"]
status = 301
location = "https://moved.example/"
"""


def post(number: int) -> str:
    lines = [f"title: Article number {number % 150}", f"slug: slug-{number % 200}", f"author: a{number % 5}"]
    lines.append(f"webUrl: {SITE}/a/{number // 2 if number % 40 == 0 else number}")
    lines.append(f"cover: /images/{number % 7}.png" if number % 3 else f"cover: ../../static/images/{number}.png")
    lines.append(f"see: [{SITE}/a/{number + 1}, http://h.internal/{number % 11}, ../b/{number}.md, 'htps://x.example/']")
    match number % 13:
        case 0:
            lines += ["date: 2031-01-01", "draft: true"]
        case 1:
            lines += [f"other{number % 4}: {SITE}/undeclared/{number}"]
        case 2:
            lines += ["title: twice"]
        case 3:
            lines += ['text: "not closed']
        case 4:
            lines[1] = "# linkcheck: ignore[LC101] known"
        case 5:
            lines += ["sku: wrong", f"big: {10**30 + number}"]
        case 6:
            lines += ["webURL: misspelled", "# linkcheck: ignore nothing"]
        case 7:
            lines += ["$schema: ../own.json" if number > 150 else "$schema: ../missing.json"]
        case _:
            pass
    if number == NUMBER - 1:
        lines += [f"cover: {SITE}/last-article.png"]
    return "\n".join(("---", *lines, "---", "Text", ""))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    for name in ("posts", "authors", "static/images"):
        (folder / name).mkdir(parents=True)
    for number in range(NUMBER):
        (folder / "posts" / f"{number:04}.md").write_text(post(number), encoding="utf-8")
    for number in range(4):
        (folder / "authors" / f"a{number}.md").write_text(f"---\ntitle: Author {number}\n---\n", encoding="utf-8")
    (folder / "static" / "images" / "1.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x02\0\0\0")
    (folder / "post.json").write_text(json.dumps(SCHEMA), encoding="utf-8")
    own = {"properties": {"webUrl": {"x-link": {"role": "canonical"}}, "title": {"maxLength": 3}}, "unknown": 1}
    (folder / "own.json").write_text(json.dumps(own), encoding="utf-8")
    (folder / "linkcheck.toml").write_text(CONFIGURATION, encoding="utf-8")
    return folder


def reports(archive: Path, jobs: int, *words: str, command: str = "validate") -> dict[str, str]:
    """The reports of a run, without its times."""
    written = [word for name in ("json", "markdown", "sarif") for word in ("--report", f"{name}:{name}.out")]
    done = linkcheck(command, "--jobs", str(jobs), *written, "--report", "text", *words, cwd=archive)
    found = {name: (archive / f"{name}.out").read_text("utf-8") for name in ("json", "markdown", "sarif")}
    told = json.loads(found.pop("json"))
    started, seconds = told.pop("started"), told.pop("seconds")
    assert seconds > 0
    assert told["summary"]["articles"] >= NUMBER
    found |= {"code": str(done.code), "text": done.out, "notices": done.err, "json": json.dumps(told)}
    return {name: TIMES.sub("0", text.replace(started, "0")) for name, text in found.items()}


@linux_only
@pytest.mark.parametrize(
    "words",
    [
        pytest.param((), id="a plain run"),
        pytest.param(("--select", "LC1", "--ignore", "LC103"), id="some rules"),
        pytest.param(("--baseline", "baseline.json"), id="with a baseline"),
        pytest.param(("--schema", "own.json"), id="one schema for all"),
        pytest.param(("--config", "empty.toml"), id="nothing configured"),
    ],
)
def test_reports_are_those_of_one_process(archive: Path, words: tuple[str, ...]) -> None:
    (archive / "empty.toml").write_text("", encoding="utf-8")
    if "--baseline" in words:
        linkcheck("validate", "--jobs", "1", *words, "--update-baseline", "posts/00*.md", cwd=archive)
    alone = reports(archive, 1, *words)
    assert len(json.loads(alone["json"])["problems"]) > 2
    assert reports(archive, 3, *words) == alone


@linux_only
def test_two_nights_are_those_of_one_process(archive: Path) -> None:
    web = archive / "web.toml"
    nights: dict[int, list[dict[str, str]]] = {}
    for jobs in (1, 3):
        (archive / f"{jobs}.sqlite3").unlink(missing_ok=True)
        nights[jobs] = []
        for dead in ("1", "2"):
            web.write_text(WEB.format(dead), encoding="utf-8")
            words = ("--replay", "web.toml", "--history", f"{jobs}.sqlite3", "--max-age", "0")
            nights[jobs].append(reports(archive, jobs, *words, command="check"))
    assert nights[3] == nights[1]
    assert json.loads(nights[1][1]["json"])["summary"]["comparison"]["new"] > 2
