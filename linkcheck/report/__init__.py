"""Reports: a run in, text out. One module a format."""

from typing import TextIO

from linkcheck.errors import UsageError
from linkcheck.model import Run
from linkcheck.report import codequality, comment, csv, github, json, junit, markdown, ndjson, rdjsonl, sarif, text
from linkcheck.report.base import Detail, Options, Reporter, RuleHelp

FORMATS: tuple[Reporter, ...] = (
    text,
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

__all__ = ["FORMATS", "Detail", "Options", "Reporter", "RuleHelp", "reporter", "write"]


def reporter(format: str) -> Reporter:  # noqa: A002 - the word users know
    """The reporter of that name. Raises `UsageError` with the names there are."""
    for module in FORMATS:
        if format == module.NAME:
            return module
    names = ", ".join(module.NAME for module in FORMATS)
    raise UsageError(f"there is no report format {format!r}; the formats are {names}")


def write(run: Run, format: str, stream: TextIO, options: Options) -> None:  # noqa: A002
    """Render a run. The stream must leave line ends as they are (`newline=""`)."""
    reporter(format).write(run, stream, options)
