"""Reports: a run in, text out. One module per format."""

from typing import TextIO, TypeGuard

from linkcheck.errors import UsageError
from linkcheck.model import Run
from linkcheck.report.base import Detail, Reporter, ReportOptions, RuleHelp

FORMATS = (
    "text",
    "concise",
    "html",
    "json",
    "ndjson",
    "csv",
    "markdown",
    "comment",
    "github",
    "sarif",
    "junit",
    "codequality",
    "rdjsonl",
    "openmetrics",
    "slack",
    "webhook",
)
"""Names of the modules, which are loaded on demand: most runs need one."""

__all__ = ["FORMATS", "Detail", "ReportOptions", "Reporter", "RuleHelp", "reporter", "write"]


def reporter(name: str) -> Reporter:
    """The reporter of that name. Raises `UsageError` with the existing names."""
    from importlib import import_module

    if name not in FORMATS:
        from linkcheck.did_you_mean import closest

        close = closest(name, FORMATS, sure=True)
        likely = f" Did you mean {close}?" if close else ""
        raise UsageError(f"Unknown report format {name!r}.{likely} The formats are {', '.join(FORMATS)}.")
    module: object = import_module(f"{__name__}.{name}")
    assert _is_reporter(module)
    return module


def _is_reporter(module: object) -> TypeGuard[Reporter]:
    # `isinstance` on a Protocol would load `inspect`; the tests check every module against the protocol.
    return hasattr(module, "write")


def write(run: Run, format: str, stream: TextIO, options: ReportOptions) -> None:  # noqa: A002 - the word that users know
    """Render a run, the secrets in its URLs hidden. The stream must leave line ends as they are (`newline=""`)."""
    from linkcheck.report.masked import MaskedRun

    reporter(format).write(MaskedRun(run), stream, options)
