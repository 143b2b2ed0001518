"""Every format renders the example run to the bytes kept in `golden/`.

After an intended change, `pytest tests/reports --accept` rewrites them; read the difference before you commit it.
"""

import io
from pathlib import Path

import msgspec
import pytest
from golden import Golden

from linkcheck import report
from linkcheck.model import Run
from linkcheck.report import Detail, ReportOptions

GOLDEN = Path(__file__).parent / "golden"
VARIANTS: dict[str, tuple[str, str, dict[str, bool | int | str]]] = {
    **{name: (name, report.reporter(name).SUFFIX, {}) for name in report.FORMATS},
    **{
        f"{name}-grouped": (name, report.reporter(name).SUFFIX, {"group_by": "author.name"})
        for name in ("text", "csv", "markdown")
    },
    "text-quiet": ("text", ".txt", {"detail": Detail.QUIET}),
    "text-verbose": ("text", ".txt", {"detail": Detail.VERBOSE}),
    "text-narrow": ("text", ".txt", {"width": 60}),
    "text-color": ("text", ".txt", {"color": True, "hyperlinks": True}),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_the_example_run_renders_to_the_golden_file(name: str, run: Run, options: ReportOptions, golden: Golden) -> None:
    kind, suffix, looks = VARIANTS[name]
    stream = io.StringIO(newline="")
    report.write(run, kind, stream, msgspec.structs.replace(options, **looks))
    rendered = stream.getvalue()
    assert rendered == golden(GOLDEN / f"{name}{suffix}", rendered)


def test_no_golden_file_is_left_over() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {f"{name}{suffix}" for name, (_, suffix, _) in VARIANTS.items()}
