import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
from command import SEEDS
from corpus import ARTICLES

from linkcheck.config import SETTINGS
from linkcheck.model import Article, Role, Source
from linkcheck.parse import parse
from linkcheck.validate import Schemas
from linkcheck.validate.documents import shipped

NAMES = ["article", "x-link", "config", "report"]
PROJECT = Path(__file__).parents[3]


def read(name: str) -> dict[str, object]:
    document = json.loads(shipped(f"{name}.schema.json").read_text(encoding="utf-8"))
    assert isinstance(document, dict)
    return document


def schemas_in(value: object, *, names: bool = False) -> Iterator[tuple[str, dict[str, object]]]:
    if isinstance(value, list):
        for item in value:
            yield from schemas_in(item)
    if isinstance(value, dict):
        for key, child in value.items():
            if names and isinstance(child, dict) and "enum" not in child:
                yield key, child
            yield from schemas_in(child, names=key == "properties" and not names)


@pytest.mark.parametrize("name", NAMES)
def test_our_schemas_declare_draft_07_and_use_what_2020_12_has_too(name: str) -> None:
    assert read(name)["$schema"] == "http://json-schema.org/draft-07/schema#"
    jsonschema.Draft202012Validator.check_schema(read(name))
    jsonschema.Draft7Validator.check_schema(read(name))


@pytest.mark.parametrize("name", ["article", "x-link", "config"])
def test_every_property_is_described(name: str) -> None:
    document = read(name)
    definitions = document.get("definitions", {})
    assert isinstance(definitions, dict)
    for key, schema in schemas_in(document):
        ref = str(schema.get("$ref", "")).removeprefix("#/definitions/")
        assert (
            "description" in schema or "description" in definitions.get(ref, {}) or "const" in schema or "required" in schema
        ), key


def test_every_setting_is_a_key_of_the_configuration() -> None:
    properties = read("config")["properties"]
    assert isinstance(properties, dict)
    assert set(SETTINGS) | {"aliases", "archives", "collections", "exclude", "hosts", "severity"} == set(properties)


def test_every_role_is_in_the_vocabulary() -> None:
    properties = read("x-link")["properties"]
    assert isinstance(properties, dict)
    assert properties["role"]["enum"] == [role.value for role in Role]


def article_of(path: Path) -> Article:
    head = path.read_bytes()
    article = parse(Source(path.name, str(path), head, len(head)))
    assert article.parse_errors == ()
    return article


def test_nothing_is_wrong_with_the_corpus() -> None:
    schemas = Schemas()
    assert [schemas.validate(article_of(path)).violations for path in ARTICLES] == [()] * 23


def test_every_url_of_the_corpus_is_a_link() -> None:
    schemas = Schemas()
    count = 0
    for path in ARTICLES:
        article = article_of(path)
        found = {link.location.pointer for link in schemas.validate(article).links}
        assert found == {pointer for pointer in article.places if pointer.endswith(("Url", "/url", "/website"))}
        count += len(found)
    assert count == 75


def test_the_seed_has_31_links() -> None:
    (seed,) = SEEDS.glob("*.md")
    validation = Schemas().validate(article_of(seed))
    assert validation.violations == ()
    roles = [link.role.value for link in validation.links if not link.location.pointer.startswith("/related")]
    assert roles == ["original", "canonical", "amp", "amp-cache", "image", "image"]
    assert len(validation.links) == 31


def test_a_valid_article_needs_no_jsonschema() -> None:
    code = (
        "import sys\n"
        "from linkcheck.model import Article\n"
        "from linkcheck.validate import Schemas, check_config\n"
        "article = Article(path='a.md', data={'title': 'x', 'webUrl': 'https://a.example/'})\n"
        "assert Schemas().validate(article).violations == ()\n"
        "assert check_config({'concurrency': 3}) == ()\n"
        "heavy = {'jsonschema', 'referencing', 'attr', 'dataclasses', 'asyncio', 'urllib.request', 'importlib.metadata'}\n"
        "assert not heavy & sys.modules.keys(), heavy & sys.modules.keys()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


SPAN = {"path": "a.md", "line": 1, "column": 1, "pointer": "/webUrl"}
FINDING = {
    **SPAN,
    "code": "LC201",
    "name": "dead-link",
    "severity": "error",
    "status": "open",
    "url": None,
    "message": "gone",
    "facts": {"status": 404, "hops": ["a"]},
    "fingerprint": "0" * 32,
}
LINK = {**SPAN, "role": "canonical", "url": "u", "target": "u"}
PROBLEM: dict[str, object] = {
    "id": "0" * 32,
    "code": "LC202",
    "name": "permanent-redirect",
    "severity": "warning",
    "status": "open",
    "change": "new",
    "first_seen": "2026-11-22T04:00:00Z",
    "last_ok": None,
    "runs": 1,
    "cause": {"kind": "target", "value": "https://a.example/"},
    "message": "moved",
    "hint": None,
    "places": 1,
    "articles": 1,
    "findings": ["0" * 32],
    "fix": "safe",
}
REPORT = {
    "version": 1,
    "tool": {"name": "linkcheck", "version": "1.0"},
    "started": "2026-01-01T00:00:00Z",
    "seconds": 1.2,
    "summary": {
        "complete": True,
        "articles": 1,
        "links": 1,
        "targets": 0,
        "requests": 0,
        "verdicts": dict.fromkeys(["ok", "moved", "dead", "suspect", "blocked", "unreachable", "skipped"], 0),
        "findings": {"error": 1, "warning": 0, "info": 0},
    },
    "targets": [],
    "links": [LINK],
    "problems": [PROBLEM],
    "findings": [FINDING],
}


def faults_of_report(report: object) -> list[str]:
    validator = jsonschema.Draft7Validator(read("report"), format_checker=jsonschema.FormatChecker())
    return [error.message for error in validator.iter_errors(report)]


def faults_of_record(record: object) -> list[str]:
    document = {"$ref": "#/definitions/record", "definitions": read("report")["definitions"]}
    return [error.message for error in jsonschema.Draft7Validator(document).iter_errors(record)]


def test_the_report_of_the_design_is_accepted() -> None:
    assert faults_of_report(REPORT) == []


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"version": 2}, id="another version"),
        pytest.param({"extra": 1}, id="an unknown member"),
        pytest.param({"findings": [{**FINDING, "severity": "fatal"}]}, id="an unknown severity"),
        pytest.param({"findings": [{**FINDING, "line": 0}]}, id="line 0"),
        pytest.param({"findings": [{**FINDING, "code": "202"}]}, id="a code without letters"),
        pytest.param({"findings": [{**FINDING, "facts": {"a": {"b": 1}}}]}, id="nested facts"),
        pytest.param({"findings": [{key: value for key, value in FINDING.items() if key != "url"}]}, id="a left-out url"),
        pytest.param({"links": [{**LINK, "role": "picture"}]}, id="an unknown role"),
        pytest.param({"problems": [{**PROBLEM, "change": "gone"}]}, id="an unknown change"),
        pytest.param({"problems": [{**PROBLEM, "cause": {"kind": "moon", "value": ""}}]}, id="an unknown cause"),
        pytest.param({"links": {}}, id="links that are no list"),
        pytest.param({"summary": {"complete": True}}, id="a summary without counts"),
    ],
)
def test_a_wrong_report_fails(change: dict[str, object]) -> None:
    assert faults_of_report({**REPORT, **change})


def test_a_line_of_ndjson_is_a_record_with_its_type() -> None:
    assert faults_of_record({"type": "finding", **FINDING}) == []
    assert faults_of_record({"type": "link", **LINK}) == []
    assert faults_of_record({"type": "problem", **PROBLEM}) == []
    assert faults_of_record(FINDING)
    assert faults_of_record({"type": "link", **FINDING})


def test_the_json_reporters_golden_files_fit_the_schema() -> None:
    golden = PROJECT / "tests" / "reports" / "golden"
    assert faults_of_report(json.loads((golden / "json.json").read_text(encoding="utf-8"))) == []
    for line in (golden / "ndjson.ndjson").read_text(encoding="utf-8").splitlines():
        assert faults_of_record(json.loads(line)) == []
