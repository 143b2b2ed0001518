import inspect
import re
import subprocess
import sys
import typing
from pathlib import Path

import pytest

from linkcheck.errors import UsageError
from linkcheck.report import FORMATS, Reporter, reporter


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_a_reporter_with_the_name_of_its_module(name: str) -> None:
    module = reporter(name)
    assert name == module.NAME
    assert typing.get_type_hints(module.write) == typing.get_type_hints(Reporter.write)
    assert list(inspect.signature(module.write).parameters) == ["run", "stream", "options"]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_says_what_it_is_for_in_one_line(name: str) -> None:
    module = reporter(name)
    assert module.SUFFIX.startswith(".")
    assert 10 < len(module.DESCRIPTION) < 100
    assert "\n" not in module.DESCRIPTION


def test_an_unknown_format_is_a_clear_error_with_the_likely_name() -> None:
    with pytest.raises(
        UsageError, match=r"Unknown report format 'jsn'. Did you mean json\? The formats are text, concise, html, "
    ):
        reporter("jsn")
    with pytest.raises(UsageError, match="Unknown report format 'files'"):
        reporter("files")


def test_text_loads_no_other_format_and_no_template_engine() -> None:
    code = (
        "import sys; from linkcheck import report; report.reporter('text');"
        "heavy = {'jinja2', 'csv', 'urllib.request', 'linkcheck.report.html'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_every_format_has_its_row_and_its_chapter_in_the_documentation() -> None:
    page = (Path(__file__).parents[3] / "docs" / "reference" / "reports.md").read_text(encoding="utf-8")
    overview, _, chapters = page.partition("\n## All formats\n")
    assert re.findall(r"\[`(\w+)`\]\(#(\w+)\)", overview) == [(name, name) for name in FORMATS]
    assert tuple(re.findall(r"^## (\w+)$", chapters, re.MULTILINE)) == FORMATS
