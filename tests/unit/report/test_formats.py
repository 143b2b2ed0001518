import re
import subprocess
import sys
from pathlib import Path

import pytest

from linkcheck.errors import UsageError
from linkcheck.report import (
    FORMATS,
    Reporter,
    codequality,
    comment,
    csv,
    github,
    html,
    json,
    junit,
    markdown,
    ndjson,
    rdjsonl,
    reporter,
    sarif,
    text,
)

# The type checker holds every module against the interface here.
MODULES: tuple[Reporter, ...] = (
    text,
    html,
    json,
    ndjson,
    csv,
    markdown,
    comment,
    github,
    sarif,
    junit,
    codequality,
    rdjsonl,
)


def test_every_format_is_a_module_of_its_name() -> None:
    assert tuple(module.NAME for module in MODULES) == FORMATS
    assert [reporter(name) for name in FORMATS] == list(MODULES)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_says_what_it_is_for_in_one_line(name: str) -> None:
    module = reporter(name)
    assert module.SUFFIX.startswith(".")
    assert 10 < len(module.DESCRIPTION) < 100
    assert "\n" not in module.DESCRIPTION


def test_an_unknown_format_is_a_clear_error_with_the_likely_name() -> None:
    with pytest.raises(UsageError, match=r"no report format 'jsn'. Did you mean json\? The formats are text, html, json, "):
        reporter("jsn")
    with pytest.raises(UsageError, match="no report format 'files'"):
        reporter("files")


def test_text_loads_no_other_format_and_no_template_engine() -> None:
    code = (
        "import sys; from linkcheck import report; report.reporter('text');"
        "heavy = {'jinja2', 'csv', 'urllib.request', 'linkcheck.report.html'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_every_format_has_its_chapter_in_the_documentation() -> None:
    reports = Path(__file__).parents[3] / "docs" / "reference" / "reports.md"
    chapters = re.findall(r"^## (\w+)$", reports.read_text(encoding="utf-8"), re.MULTILINE)
    assert tuple(chapters) == FORMATS
