"""Every format, whatever was found, is valid by somebody else's definition."""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import cycle
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from jsonschema import Draft7Validator, Draft202012Validator
from lxml import etree
from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec.structs import replace
from prometheus_client.openmetrics.parser import text_string_to_metric_families
from sample_runs import RUNS, ListedRun, hostile_run

from linkcheck.model import Article, Run, Severity, Status, VerdictKind
from linkcheck.report.summary_text import problems

HERE = Path(__file__).parent
SCHEMAS = HERE / "schemas"
DIGEST = HERE.parents[1] / "schemas" / "digest.schema.json"
OURS = HERE.parents[1] / "schemas" / "report.schema.json"
REPOSITORY = "https://github.com/example/news/blob/main/"

Render = Callable[..., str]


def strict(text: str) -> object:
    """JSON as the RFC has it: no NaN, no duplicate keys."""

    def refuse(constant: str) -> object:
        raise AssertionError(f"{constant} is no JSON")

    def distinct(pairs: list[tuple[str, object]]) -> dict[str, object]:
        assert len({key for key, _ in pairs}) == len(pairs), "duplicate keys"
        return dict(pairs)

    return json.loads(text, parse_constant=refuse, object_pairs_hook=distinct)


def errors(instance: object, schema: Path, validator: type[Draft202012Validator] | type[Draft7Validator]) -> list[str]:
    checker = validator(strict_schema(schema), format_checker=validator.FORMAT_CHECKER)
    return [f"{error.json_path}: {error.message[:200]}" for error in checker.iter_errors(instance)]


def inert(text: str) -> bool:
    """Whether a text has nothing in it that a terminal or a reader's eye obeys: controls, bidi overrides, invisibles."""
    return not any(unicodedata.category(each) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for each in text if each != "\u200d")


def strict_schema(path: Path) -> dict[str, object]:
    schema = json.loads(path.read_text(encoding="utf-8"))
    assert isinstance(schema, dict)
    return schema


def test_json_is_valid_by_the_published_schema(any_run: Run, render: Render) -> None:
    assert errors(strict(render(any_run, "json")), OURS, Draft7Validator) == []


def test_ndjson_is_valid_line_by_line(any_run: Run, render: Render) -> None:
    schema = strict_schema(OURS)
    record = Draft7Validator({"$ref": "#/definitions/record", "definitions": schema["definitions"]})
    lines = render(any_run, "ndjson").split("\n")
    assert lines.pop() == ""
    kinds = [entry["type"] for line in lines if isinstance(entry := strict(line), dict)]
    assert kinds[0] == "run"
    assert kinds[-1] == "summary"
    assert [error.message[:200] for line in lines for error in record.iter_errors(strict(line))] == []


def test_json_and_ndjson_say_the_same(any_run: Run, render: Render) -> None:
    whole = strict(render(any_run, "json"))
    assert isinstance(whole, dict)
    lines = [json.loads(line) for line in render(any_run, "ndjson").split("\n")[:-1]]
    for key, kind in (("targets", "target"), ("links", "link"), ("findings", "finding")):
        assert [{"type": kind, **record} for record in whole[key]] == [line for line in lines if line["type"] == kind]
    assert lines[-1] == {"type": "summary", **whole["summary"]}


def test_json_keeps_every_string_it_can(hostile: Run, hostile_strings: tuple[str, ...], render: Render) -> None:
    whole = strict(render(hostile, "json"))
    assert isinstance(whole, dict)
    kept = [text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for text in hostile_strings]
    for record, text in zip(whole["links"], kept, strict=True):
        assert record["url"] == text or "\ufffd" in text


def test_sarif_is_valid_by_the_oasis_schema(any_run: Run, render: Render) -> None:
    assert errors(strict(render(any_run, "sarif")), SCHEMAS / "sarif-schema-2.1.0.json", Draft7Validator) == []


def test_sarif_keeps_to_what_github_accepts(any_run: Run, render: Render) -> None:
    document = strict(render(any_run, "sarif"))
    assert isinstance(document, dict)
    (run,) = document["runs"]
    described = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    levels = [result["level"] for result in run["results"]]
    assert levels == sorted(levels, key=["error", "warning", "note"].index)
    assert len(run["results"]) <= 25_000
    assert run["automationDetails"]["id"] == "linkcheck/"
    for rule in run["tool"]["driver"]["rules"]:
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"]
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]
        address = urlsplit(place["artifactLocation"]["uri"])
        assert (address.scheme, address.netloc, address.query, address.fragment) == ("", "", "", "")
        assert not address.path.startswith("/")
        assert result["message"]["text"].strip()
        assert result["ruleId"] in described
        assert result["partialFingerprints"]["primaryLocationLineHash"]


def test_sarif_stops_at_githubs_limit_and_says_so(long_run: type, render: Render, monkeypatch: pytest.MonkeyPatch) -> None:
    from linkcheck.report import sarif

    monkeypatch.setattr(sarif, "MOST_RESULTS", 50)
    document = strict(render(long_run(40), "sarif"))
    assert isinstance(document, dict)
    (run,) = document["runs"]
    assert len(run["results"]) == 50
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"].startswith("100 findings omitted")


def test_junit_is_valid_by_jenkins_definition(any_run: Run, render: Render) -> None:
    schema = etree.XMLSchema(etree.parse(str(SCHEMAS / "junit-10.xsd")))
    document = etree.fromstring(render(any_run, "junit").encode(), etree.XMLParser(huge_tree=False, resolve_entities=False))
    schema.assertValid(document)


def test_junit_counts_what_it_holds_and_names_each_case_once(any_run: Run, render: Render) -> None:
    document = etree.fromstring(render(any_run, "junit").encode())
    names: list[tuple[str | None, str | None]] = []
    for suite in document.iter("testsuite"):
        assert int(suite.get("tests") or -1) == len(suite.findall("testcase")) > 0
        for kind, attribute in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
            assert suite.get(attribute) == str(len(suite.findall(f"testcase/{kind}")))
        names += [(case.get("classname"), case.get("name")) for case in suite.iter("testcase")]
    assert len(set(names)) == len(names) > 0


def test_codequality_has_the_fields_gitlab_reads(any_run: Run, render: Render) -> None:
    rendered = render(any_run, "codequality")
    entries = strict(rendered)
    assert errors(entries, SCHEMAS / "codequality.schema.json", Draft202012Validator) == []
    assert isinstance(entries, list)
    assert not rendered.startswith("\ufeff")
    fingerprints = [entry["fingerprint"] for entry in entries]
    assert len(set(fingerprints)) == len(fingerprints)
    assert len(entries) == sum(finding.status is Status.OPEN for finding in any_run.findings())


def test_rdjsonl_has_the_fields_reviewdog_reads(any_run: Run, render: Render) -> None:
    for line in render(any_run, "rdjsonl").split("\n")[:-1]:
        assert errors(strict(line), SCHEMAS / "rdjsonl.schema.json", Draft202012Validator) == []


def test_csv_is_a_table_that_computes_nothing(any_run: Run, render: Render) -> None:
    rendered = render(any_run, "csv")
    assert rendered.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(rendered.removeprefix("\ufeff"), newline=""), strict=True))
    assert {len(row) for row in rows} == {19}
    cells = [cell for row in rows for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\uff1d", "\t", "|", "%"))] == []
    assert [cell for cell in cells if not inert(cell)] == []
    assert max(map(len, cells)) < 32_767
    # Every link once or more, every finding once.
    urls = sum(1 for row in rows[1:] if row[4])
    assert urls >= sum(1 for _ in any_run.links())
    assert sum(1 for row in rows[1:] if row[11]) == sum(1 for _ in any_run.findings())


def test_openmetrics_is_what_prometheus_own_parser_reads(any_run: Run, render: Render) -> None:
    rendered = render(any_run, "openmetrics")
    summary = any_run.summary()
    read = {
        (sample.name, *sorted(sample.labels.values())): sample
        for family in text_string_to_metric_families(rendered)  # type: ignore[no-untyped-call]
        for sample in family.samples
    }
    assert read["linkcheck_problems", "error"].value == problems(summary)[Severity.ERROR]
    assert read["linkcheck_targets", "dead"].value == summary.verdicts[VerdictKind.DEAD]
    assert read["linkcheck_articles",].value == summary.articles
    assert read["linkcheck_run_complete",].value == summary.complete
    assert read["linkcheck_run_start_timestamp_seconds",].value == 1795320000
    assert read["linkcheck_run_end_timestamp_seconds",].value == pytest.approx(1795320000 + summary.seconds)
    assert ("linkcheck_problem_changes", "error", "new") in read or summary.comparison is None
    # The collector of node_exporter refuses samples with a timestamp, and knows no type that is only in OpenMetrics.
    assert [sample for sample in read.values() if sample.timestamp is not None] == []
    assert set(re.findall(r"^# TYPE \w+ (\w+)$", rendered, re.MULTILINE)) == {"gauge"}
    assert rendered == "".join(f"{line}\n" for line in rendered.splitlines() if line.isascii())


def test_openmetrics_has_as_many_lines_for_hostile_texts_as_for_none(hostile: Run, render: Render) -> None:
    assert len(render(hostile, "openmetrics").splitlines()) == len(render(RUNS["empty"], "openmetrics").splitlines())


def texts_of(body: object) -> list[str]:
    """The texts of a message for Slack, after its outline was compared with what Slack accepts."""
    assert isinstance(body, dict)
    assert sorted(body) == ["blocks", "text"]
    assert len(body["blocks"]) <= 50
    objects = [each["text"] if each["type"] == "section" else each["elements"][0] for each in body["blocks"]]
    assert {(each["type"], each["verbatim"]) for each in objects} == {("mrkdwn", True)}
    texts = [each["text"] for each in objects]
    assert all(0 < len(text) <= 3_000 for text in texts)
    assert sum(map(len, texts)) < 13_000
    return [body["text"], *texts]


def test_slack_lets_nothing_work_that_others_wrote(any_run: Run, render: Render) -> None:
    for text in texts_of(strict(render(any_run, "slack", run_url="https://ci.example/1"))):
        assert inert(text.replace("\n", ""))
        prose = re.sub(
            r"<https://(?:github\.com/example/news/blob/main/|ci\.example/1)[!-;=?-~]*\|(?:open|CI job)>", "", text
        )
        assert re.search("[<>]|&(?!amp;|lt;|gt;)", prose) is None
        assert re.search(r"@|#|://|\bwww\.|:\w+:|`", re.sub("`[^`\n]+`", "", prose)) is None


def test_slack_names_the_first_problems_and_counts_the_others(long_run: type, render: Render) -> None:
    texts = texts_of(strict(render(long_run(300), "slack")))
    (start,) = (number for number, text in enumerate(texts) if text.startswith("*Problems"))
    listed = "\n".join(texts[start:-1])  # a long list takes several sections
    assert 5 <= listed.count("\n\u2022 error") <= 10
    assert re.search(r"\n[\d,]+ more\Z", listed)


def test_slack_stays_within_the_limits_if_every_text_is_escaped(render: Render) -> None:
    for text in ("&" * 9_000, "\U000e0001" * 9_000, "`" * 9_000):
        texts_of(strict(render(hostile_run([f"{index}{text}" for index in range(30)]), "slack")))


def test_the_digest_is_valid_by_the_published_schema(any_run: Run, render: Render) -> None:
    assert errors(strict(render(any_run, "webhook", run_url="https://ci.example/1")), DIGEST, Draft7Validator) == []


def test_the_digest_is_short_whatever_was_found(long_run: type, render: Render) -> None:
    body = render(long_run(2_000), "webhook")
    digest = strict(body)
    assert isinstance(digest, dict)
    assert len(digest["problems"]) == 25
    assert digest["more"] > 1_000
    assert len(body) < 100_000


# actions/runner, ActionCommand.TryParseV2: what a line that starts with "::" means.
COMMAND = re.compile(r"::(?P<command>error|warning|notice) (?P<properties>[^:]*)::(?P<data>.*)")


def test_github_annotations_are_what_the_runner_reads(any_run: Run, render: Render) -> None:
    lines = render(any_run, "github").split("\n")
    assert lines.pop() == ""
    commands = [COMMAND.fullmatch(line) for line in lines]
    levels = [match["command"] for match in commands if match]
    assert len(levels) == len(lines), "a line that is no annotation"
    assert max((levels.count(level) for level in levels), default=0) <= 10
    assert [line for line in lines if "##[" in line or "\r" in line] == []
    # Errors first: the service drops what comes late.
    assert levels == sorted(levels, key=["error", "warning", "notice"].index)


def test_github_annotations_carry_what_was_found(run: Run, render: Render) -> None:
    match = COMMAND.fullmatch(render(run, "github").split("\n")[0])
    assert match is not None
    properties = dict(pair.split("=", 1) for pair in match["properties"].split(","))
    assert properties == {
        "file": "content/drafts/broken-front-matter.md",
        "line": "5",
        "endLine": "5",
        "col": "18",
        "endColumn": "27",
        "title": "LC112 impossible-date",
    }
    message = unquote(match["data"]).split("\n")[0]
    assert message == '`publishDateTime` is not a valid date: there is no month 13: "2023-13-09"'


@pytest.mark.parametrize("name", ["markdown", "comment"])
def test_markdown_lets_nothing_work_that_others_wrote(name: str, any_run: Run, render: Render) -> None:
    check_markdown(render(any_run, name))


@pytest.mark.parametrize("name", ["markdown", "text", "csv"])
def test_the_value_of_a_group_does_nothing(
    name: str, hostile: ListedRun, hostile_strings: tuple[str, ...], render: Render
) -> None:
    paths = sorted({finding.location.path for finding in hostile.findings()})
    articles = tuple(Article(path, data={"by": text}) for path, text in zip(paths, cycle(hostile_strings), strict=False))
    rendered = render(replace(hostile, all_articles=articles), name, group_by="by")
    assert "by: " in rendered or name == "csv"
    if name == "markdown":
        check_markdown(rendered)
    elif name == "text":
        assert [line for line in rendered.split("\n") if not inert(line)] == []
    else:
        rows = list(csv.reader(io.StringIO(rendered.removeprefix("\ufeff"), newline=""), strict=True))
        assert {len(row) for row in rows} == {20}
        groups = {row[19] for row in rows}
        assert len(groups) > 5
        assert [each for each in groups if each.startswith(("=", "+", "-", "@", "\t", "|", "%")) or not inert(each)] == []


def check_markdown(rendered: str) -> None:
    tokens = [leaf for token in MarkdownIt("gfm-like", {"linkify": False}).parse(rendered) for leaf in flat(token)]
    allowed = {"<br>", "<!-- linkcheck report -->\n", "<details><summary>Fixed (1)</summary>\n", "</details>\n"}
    assert {token.content for token in tokens if token.type in {"html_inline", "html_block"}} <= allowed
    assert [token for token in tokens if token.type in {"image", "fence", "code_block", "s_open", "em_open"}] == []
    addresses = [token.attrs["href"] for token in tokens if token.type == "link_open"]
    assert [address for address in addresses if not str(address).startswith(REPOSITORY)] == []
    prose = [token.content for token in tokens if token.type == "text"]
    assert [text for text in prose if re.search(r"@|#\d|\bGH-\d|://|\bwww\.|[0-9a-f]{7,}|:\w+:", text)] == []


def flat(token: Token) -> list[Token]:
    return [token, *(leaf for child in token.children or [] for leaf in flat(child))]


@pytest.mark.parametrize(("name", "most"), [("markdown", 1024 * 1024), ("comment", 60_000)])
def test_markdown_stays_under_the_limits_of_its_place(name: str, most: int, long_run: type, render: Render) -> None:
    rendered = render(long_run(4000 if name == "markdown" else 1000), name)
    assert most * 0.8 < len(rendered.encode()) < most
    assert re.search(r"\n[\d,]+ more problems; see the other reports\.\n\n#### Summary\n", rendered)


def test_a_comment_starts_with_the_marker_that_finds_it_again(any_run: Run, render: Render) -> None:
    assert render(any_run, "comment").startswith("<!-- linkcheck report -->\n")


class Page(HTMLParser):
    """The elements of a page, and what could make it ask something of a server."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[str] = []
        self.outside: list[str] = []
        self.active: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        for name, value in attrs:
            if name in {"src", "srcset", "action", "formaction", "background", "poster", "data", "ping"}:
                self.outside.append(f"{tag} {name}={value}")
            if name.startswith("on") or name == "style":
                self.active.append(f"{tag} {name}={value}")
            if name == "href":
                self.addresses.append(value or "")


def test_html_is_one_page_that_asks_for_nothing(any_run: Run, render: Render) -> None:
    rendered = render(any_run, "html")
    page = Page()
    page.feed(rendered)
    page.close()
    assert page.elements.count("script") == 2
    assert page.elements.count("style") == 1
    assert {"iframe", "object", "embed", "img", "base"} & set(page.elements) == set()
    assert page.outside == []
    assert page.active == []
    assert [each for each in page.addresses if not each.startswith((REPOSITORY, "#", "data:,"))] == []


def test_html_holds_the_run_as_json(any_run: Run, render: Render) -> None:
    island = render(any_run, "html").split('<script type="application/json" id="run">')[1].split("</script>")[0]
    assert not re.search("[<>&\u2028\u2029]", island)
    run = strict(island)
    assert isinstance(run, dict)
    assert len(run["problems"]) == sum(1 for _ in any_run.problems())
    assert sum(row[12] for row in run["problems"]) == sum(each.places for each in any_run.problems())


@pytest.mark.parametrize("detail", [0, 1, 2], ids=["quiet", "normal", "verbose"])
def test_text_drives_neither_a_terminal_nor_a_ci_log(detail: int, any_run: Run, render: Render) -> None:
    from linkcheck.report import Detail

    rendered = render(any_run, "text", detail=Detail(detail))
    assert [line for line in rendered.split("\n") if not inert(line)] == []
    assert [line for line in rendered.split("\n") if line.lstrip().startswith("::") or re.search(r"##\w*\[", line)] == []


def test_colored_text_has_no_escape_but_its_own(any_run: Run, render: Render) -> None:
    rendered = render(any_run, "text", color=True, hyperlinks=True, root="/work")
    left = re.sub("\x1b\\[[0-9;]*m|\x1b\\]8;;[!-~]*\x1b\\\\", "", rendered)
    assert "\x1b" not in left
    assert [line.rstrip() for line in left.split("\n")] == render(any_run, "text", root="/work").split("\n")
