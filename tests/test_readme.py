"""The README says what is so: its example is run, its links lead somewhere, its table of exit codes is the code's."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from golden import Golden

from linkcheck.errors import Exit

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *(ROOT / "docs").rglob("*.md")])
SECONDS = re.compile(r"in [\d.]+ s")


def test_the_example_article_is_the_one_in_docs() -> None:
    (article,) = re.findall(r"```yaml\n(---\n.*?---\n)```", README, re.DOTALL)
    assert article == (ROOT / "docs/example/facial-recognition.md").read_text(encoding="utf-8")


def test_the_example_output_and_the_number_of_rules_are_those_of_linkcheck(golden: Golden) -> None:
    (shown,) = re.findall(r"```console\n\$ linkcheck (validate docs/example.*?)\n```", README, re.DOTALL)
    command, _, output = shown.partition("\n")
    done = subprocess.run(
        [sys.executable, "-m", "linkcheck", *command.split()], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == Exit.FINDINGS
    right = README.replace(output, SECONDS.sub("in 0.1 s", done.stdout.strip("\n")))
    assert right == golden(ROOT / "README.md", right)


def test_every_exit_code_is_in_the_readme() -> None:
    rows = re.findall(r"^\| ([\d, ]+) \|", README, re.MULTILINE)
    assert {int(code) for row in rows for code in row.split(",")} == set(Exit)


@pytest.mark.parametrize("page", [pytest.param(page, id=str(page.relative_to(ROOT))) for page in PAGES])
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?://|#)([^)#\s]+)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", [pytest.param(page, id=str(page.relative_to(ROOT))) for page in PAGES])
def test_links_to_a_heading_lead_to_one(page: Path) -> None:
    links = re.findall(r"\]\((?!https?://)([^)#\s]*)#([^)\s]+)", page.read_text(encoding="utf-8"))
    broken = [f"{path}#{anchor}" for path, anchor in links if anchor not in _anchors(page.parent / path if path else page)]
    assert broken == []


def _anchors(page: Path) -> set[str]:
    """The headings of a page, as GitHub makes anchors of them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}
