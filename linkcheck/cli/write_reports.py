"""A run from the command line: check, then write the requested reports."""

import os
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TextIO

from msgspec.structs import replace

from linkcheck import __version__, pipeline, report
from linkcheck.cli.console import ConsoleObserver, has_color, has_hyperlinks, report_incomplete, say, width_of
from linkcheck.cli.webhooks import Webhooks, named
from linkcheck.config import CiJob, Config, Settings, find_ci_job
from linkcheck.errors import Exit, LinkcheckError, UsageError
from linkcheck.model import Run
from linkcheck.report import Detail, files
from linkcheck.report.posted import POSTED, is_posted, is_url
from linkcheck.repository import find_top

RULES_URL = "https://github.com/everyday-cc/linkcheck/blob/main/docs/reference/rules.md#{anchor}"
NOT_FOR_TERMINALS = ("html",)
"""Formats that only other programs can show."""
Wanted = tuple[tuple[str, str | None], ...]
"""Formats and the files or webhooks they go to; None is stdout."""


def check(config: Config, *, never_requests: bool = False) -> int:
    """Run the pipeline and write its reports; returns the exit code. Links that the command `never_requests` are not listed
    as skipped.
    """
    settings = config.settings
    wanted = wanted_reports(settings)
    context = pipeline.RunContext(config)
    webhooks = Webhooks(wanted, config, lambda: context.fetch)
    job = find_ci_job(config.environment, find_top(Path.cwd()))
    observer = ConsoleObserver(settings)
    with pipeline.check(context, observer) as finished:
        unwritten = write_reports(
            finished.run,
            wanted,
            settings,
            job,
            never_requests=never_requests,
            config_file=_shown_path(config),
            webhooks=webhooks,
        )
        unwritten = _update_baseline(finished, observer) or unwritten
        return max(finished.exit_code, Exit.INCOMPLETE) if unwritten else finished.exit_code


def wanted_reports(settings: Settings) -> Wanted:
    """The parts of each `FORMAT[:FILE]`, validated before any work is done. Raises UsageError."""
    wanted: list[tuple[str, str | None]] = []
    places: dict[str | None, str] = {}
    for text in settings.report or ("text",):
        name, _, path = text.partition(":")
        report.reporter(name)
        posted = is_posted(name, path)
        if is_url(path) and not posted:
            raise UsageError(f"--report: {name} cannot be sent to {named(path)}; only {' and '.join(POSTED)} can")
        if path and not posted:
            files.check(path)
        elif not path and name in NOT_FOR_TERMINALS and sys.stdout.isatty():
            raise UsageError(f"--report {name} is not written to a terminal; write it to a file: --report {name}:FILE")
        place = path if posted else os.path.abspath(path) if path else None
        if place in places:
            instead = f"to standard output; write all others to files, as in --report {name}:FILE"
            where = f"to {named(path)}" if path else instead
            raise UsageError(f"--report: {places[place]} and {name} would both be written {where}")
        places[place] = name
        wanted.append((name, path or None))
    return tuple(wanted)


def write_reports(
    run: Run,
    wanted: Wanted,
    settings: Settings,
    job: CiJob | None = None,
    *,
    never_requests: bool = False,
    config_file: str | None = None,
    webhooks: Webhooks | None = None,
) -> bool:
    """Write each report to its place; one that cannot be written does not keep the others back. True where one was not.

    `job` is the CI job of the run; its addresses are used if none are configured. `config_file` is the configuration of the
    run.
    That the run is incomplete is said on stderr where the report on stdout does not end with it.
    """
    failed = False
    for name, path in wanted:
        options = report_options(settings, name, job, terminal=path is None)
        try:
            options = replace(options, is_offline=options.is_offline or never_requests, config_file=config_file)
            with _stream(name, path, webhooks) as stream:
                report.write(run, name, stream, options)
        except LinkcheckError as error:
            say(*error.args)
            failed = True
    summary = run.summary()
    if not summary.complete and (settings.quiet or ("text", None) not in wanted):
        report_incomplete(summary.incomplete_because)
    return failed


def _stream(name: str, path: str | None, webhooks: Webhooks | None) -> AbstractContextManager[TextIO]:
    if webhooks is not None and webhooks.has(name, path):
        return webhooks.posted(name, path)
    return files.standard_output() if path is None else files.atomic(path)


def _update_baseline(finished: pipeline.FinishedRun, observer: ConsoleObserver) -> bool:
    """Write the baseline if requested. True if it could not be written."""
    try:
        changed = finished.update_baseline()
    except LinkcheckError as error:
        say(*error.args)
        return True
    if changed is not None:
        observer.notice(changed)
    return False


def report_options(settings: Settings, name: str, job: CiJob | None = None, *, terminal: bool) -> report.ReportOptions:
    """How a report looks. `terminal` says whether it goes to the standard output."""
    here = Path.cwd()
    job = job or CiJob()
    detail = Detail.QUIET if settings.quiet else Detail.VERBOSE if settings.verbose else Detail.NORMAL
    return report.ReportOptions(
        color=terminal and has_color(sys.stdout),
        hyperlinks=terminal and has_hyperlinks(sys.stdout),
        width=width_of(sys.stdout),
        encoding=sys.stdout.encoding if terminal else None,
        detail=detail,
        is_offline=settings.only_articles and settings.offline,
        repository_url=settings.repository_url or job.repository_url,
        run_url=job.run_url,
        commit=job.commit,
        branch=job.branch,
        failing=pipeline.failing(settings.fail_on, exit_zero=settings.exit_zero),
        most_problems=settings.max_problems,
        statistics=settings.statistics,
        group_by=settings.group_by,
        base=_below_repository(here),
        root=str(here),
        rules=_rules() if name == "sarif" else (),
        rules_url=RULES_URL,
        version=__version__,
    )


def _shown_path(config: Config) -> str | None:
    """The configuration file, relative to the working directory if it is below it, else its name."""
    if config.file is None:
        return None
    path, here = Path(os.path.abspath(config.file)), Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.name


def _below_repository(here: Path) -> str:
    top = find_top(here)
    relative = "." if top is None else here.relative_to(top).as_posix()
    return "" if relative == "." else relative


def _rules() -> tuple[report.RuleHelp, ...]:
    from linkcheck.judge.registry import all_rules
    from linkcheck.judge.rule_documentation import documented

    return tuple(
        report.RuleHelp(
            code=rule.code,
            name=rule.name,
            summary=rule.summary,
            text=f"{_sentence(rule.meaning)}\n\n{_sentence(rule.importance)}\n\n"
            f"**How to fix it.** {_sentence(rule.how_to_fix)}\n\n**When to ignore it.** {_sentence(rule.exemption)}"
            f"\n\n**Source.** {_sentence(rule.source)}",
            topics=rule.topics,
        )
        for rule in map(documented, all_rules())
    )


def _sentence(text: str) -> str:
    """A part of a rule's documentation, which goes on after its heading there, on its own."""
    return text[:1].upper() + text[1:]
