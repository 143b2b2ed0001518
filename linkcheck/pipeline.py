"""The steps in order, and what passes between them through the ledger."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

import msgspec
from msgspec import Struct

from linkcheck import discover, judge, plan, triage, validate
from linkcheck.config import Config
from linkcheck.errors import Exit, UsageError
from linkcheck.ledger import Ledger, Notes, PlannedLink, RecordedRun, Settled, Strikes, open_ledger
from linkcheck.ledger.recorded import compare, count, count_findings, count_not_checked, count_verdicts
from linkcheck.local import Lookup
from linkcheck.model import (
    SEVERITIES,
    Article,
    Finding,
    Link,
    Outcome,
    Probe,
    Role,
    Severity,
    Skip,
    Summary,
    Target,
    VerdictKind,
    Violation,
)
from linkcheck.parse import parse
from linkcheck.urls import parse_url

if TYPE_CHECKING:
    from linkcheck import fetch

GOOD = (VerdictKind.OK, VerdictKind.MOVED)
"""Verdicts that a later run may take for granted; everything else is asked again."""


class Progress(Protocol):
    """Told how far the asking is."""

    def update(self, done: int, verdicts: dict[VerdictKind, int], waiting: Sequence[str]) -> None: ...

    def close(self) -> None: ...


class Watch(Protocol):
    """How a run tells what it is doing: in sentences, and while it asks."""

    def notice(self, sentence: str) -> None: ...

    def asking(self, targets: int) -> Progress: ...


class Finished:
    """A run that is over, open for reading until closed."""

    def __init__(self, ledger: Ledger, summary: Summary, exit_code: int) -> None:
        self.summary = summary
        self.exit_code = exit_code
        self.run = RecordedRun(ledger.database, ledger.run, summary)
        self._ledger = ledger

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._ledger.close()


class Asked(Struct, frozen=True):
    """How asking the web ended. `because` is None where every target was settled."""

    because: str | None = None
    interrupted: int | None = None
    network_down: bool = False
    requests: int = 0
    reused: int = 0
    notices: tuple[str, ...] = ()


def check(config: Config, watch: Watch, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Finished:
    """Validate the articles, ask the web about their links, judge, and hand the run over to be reported.

    Raises UsageError for what is wrong with the call, before anything is asked. The web being bad is never an exception.
    """
    began, started = time.monotonic(), now()
    history = config.settings.history
    ledger = open_ledger(None if history is None else Path(history), stamp=lambda: stamp(now()))
    try:
        ledger.begin(scope=scope_of(config))
        planner = plan.Planner(plan_options(config, today=started))
        tally = discover.Tally()
        ledger.add_all(read(config, planner, tally, now=started))
        asked = Asked() if config.settings.offline else ask(config, ledger, watch, now=now)
        if not asked.network_down:
            ledger.remember(good=lambda outcome, verdict: outcome.failure is None and verdict in GOOD)
        judge_all(config, ledger, planner, tally, now=started)
        summary = sum_up(config, ledger, asked, tally, started=started, seconds=time.monotonic() - began)
        ledger.finish(summary)
    except BaseException:
        ledger.close()
        raise
    return Finished(ledger, summary, exit_code(config, summary, asked))


def exit_code(config: Config, summary: Summary, asked: Asked) -> int:
    """How the process ends (DESIGN 6.1): interrupted goes before incomplete, incomplete before findings."""
    settings = config.settings
    if asked.interrupted is not None:
        return 128 + asked.interrupted
    if not summary.complete:
        return Exit.INCOMPLETE
    if settings.exit_zero or settings.fail_on == "never":
        return Exit.OK
    failing = SEVERITIES[: SEVERITIES.index(Severity(settings.fail_on)) + 1]
    return Exit.FINDINGS if any(summary.findings[severity] for severity in failing) else Exit.OK


def scope_of(config: Config) -> str:
    """What a run looks at: runs of one scope are compared with each other, and resumed."""
    settings = config.settings
    parts = (settings.paths, settings.files_from, settings.since, settings.offline, settings.schema)
    return msgspec.json.encode(parts).decode()


def stamp(moment: datetime) -> str:
    """RFC 3339, UTC, whole seconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


# Reading


def read(
    config: Config, planner: plan.Planner, tally: discover.Tally, *, now: datetime
) -> Iterator[tuple[Article, tuple[Violation, ...], list[PlannedLink], Notes]]:
    """Every article, held against its schema, with what each of its links leads to."""
    schemas = validate.Schemas(validate_options(config))
    lookup = Lookup(root=str(Path.cwd()))
    judging = judge_options(config, now=now)
    for source in discover.discover(discover_options(config), tally):
        article = parse(source)
        validation = schemas.validate(article)
        links = [_looked_up(planner.plan(link), lookup) for link in validation.links]
        yield article, validation.violations, links, Notes(unpublished=judge.unpublished(article, judging))


def _looked_up(planned: plan.Planned, lookup: Lookup) -> PlannedLink:
    link, target, skip = planned.link, planned.target, planned.skip
    if planned.local:
        image = target.probe is Probe.IMAGE
        file = lookup.look(planned.local, image=image)
        if file.file is not None or skip is not None:
            return PlannedLink(link, target, local=file, verdict=judge.local_verdict(file, image=image))
    return PlannedLink(link, target, skip=skip, verdict=None if skip is None else judge.skip_verdict(skip))


def list_links(
    config: Config, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Iterator[tuple[Link, Target, Skip | None]]:
    """What would be asked, in article order, and why not where not."""
    planner = plan.Planner(plan_options(config, today=now()))
    for _, _, links, _ in read(config, planner, discover.Tally(), now=now()):
        for planned in links:
            skip = planned.skip
            if planned.local is not None:
                skip = Skip(
                    "local", f"looked up in the repository: {planned.local.file or 'no such file'}", planned.target.url
                )
            yield planned.link, planned.target, skip


# Asking


def ask(config: Config, ledger: Ledger, watch: Watch, *, now: Callable[[], datetime]) -> Asked:
    """Bring every target to an outcome: from the history where it is fresh enough, else from the web."""
    settings = config.settings
    if settings.resume:
        taken = ledger.adopt_unfinished(scope=scope_of(config))
        watch.notice(f"resumed: {taken} outcomes of the unfinished run taken over" if taken else "nothing to resume")
    reused = ledger.recall(fresh=freshness(settings.max_age, now())) if settings.max_age > 0 else 0
    supply = ledger.unsettled()
    if not len(supply):
        return Asked(reused=reused)
    from linkcheck import fetch

    options = fetch_options(config)
    judging = judge_options(config, now=now())
    progress = watch.asking(len(supply))
    counts = dict.fromkeys(VerdictKind, 0)

    def record(outcomes: Sequence[Outcome]) -> None:
        settled = [_settled(outcome, ledger, judging) for outcome in outcomes]
        for item in settled:
            counts[item.verdict.kind] += 1
        ledger.settle(settled)

    def tick(tick: fetch.Tick) -> None:
        progress.update(tick.done, counts, tick.resting)

    try:
        crawl = fetch.crawl(supply, record, options, tick=tick)
    finally:
        progress.close()
    return Asked(
        because=crawl.because,
        interrupted=crawl.interrupted,
        network_down=crawl.network_down,
        requests=crawl.requests,
        reused=reused,
        notices=crawl.notices,
    )


def _settled(outcome: Outcome, ledger: Ledger, judging: judge.Options) -> Settled:
    if outcome.answer is not None and outcome.answer.status == 304:
        outcome = _unchanged(outcome, ledger)
    return Settled(outcome, judge.verdict(outcome, accept=judge.accepted(_host(outcome.url), judging)))


def _unchanged(outcome: Outcome, ledger: Ledger) -> Outcome:
    """What was known of a target that says it has not changed (RFC 9110, 15.4.5), checked now."""
    known = ledger.remembered(outcome.url)
    if known is None:
        return outcome
    return msgspec.structs.replace(
        known,
        attempts=outcome.attempts,
        requests=outcome.requests,
        seconds=outcome.seconds,
        checked_at=outcome.checked_at,
        address=outcome.address,
        certificate=outcome.certificate or known.certificate,
        reused=False,
    )


def freshness(days: float, now: datetime) -> Callable[[Outcome, str], bool]:
    """Whether a remembered outcome still holds: younger than `days`, give or take a quarter.

    The give and take goes by URL, so that an archive checked at once does not come due at once.
    """
    from zlib import crc32

    def fresh(outcome: Outcome, verdict: str) -> bool:
        del verdict
        checked = datetime.fromisoformat(outcome.checked_at)
        age = (now - checked).total_seconds() / 86_400
        spread = 0.75 + 0.5 * (crc32(outcome.url.encode("utf-8", "surrogatepass")) % 1_000) / 1_000
        return 0 <= age < days * spread

    return fresh


# Judging


def judge_all(
    config: Config, ledger: Ledger, planner: plan.Planner, tally: discover.Tally, *, now: datetime
) -> triage.Triage:
    """Every finding, sorted out and written down: article by article, then those of the run as a whole."""
    options = judge_options(config, now=now, down_hosts=ledger.silent_hosts())
    sorter = triage.Triage(
        triage_options(config, now=now),
        baseline=_baseline(config),
        strikes=lambda url: _strike(ledger.strikes(url)),
        host_strikes=lambda host: _strike(ledger.host_strikes(host)),
    )
    facts = judge.Tally(options.down_hosts)

    def of_articles() -> Iterator[Finding]:
        for evidence in ledger.evidence():
            facts.add(evidence)
            yield from sorter.article(evidence, judge.judge(evidence, options))

    ledger.add_findings(of_articles())
    whole = is_whole(config)
    run = facts.facts(
        paths=config.settings.paths or (".",),
        skipped_files=tally.skipped_files,
        unused_excludes=planner.unused() if whole else (),
        config=config.file,
    )
    ledger.add_findings(sorter.run(judge.judge_run(run, options)))
    ledger.add_findings(sorter.finish(whole=whole))
    if config.settings.update_baseline:
        triage.write_baseline(sorter.updated(whole=whole))
    return sorter


def is_whole(config: Config) -> bool:
    """Whether a run looks at everything there is, so that what it does not meet is not there."""
    settings = config.settings
    return settings.since is None and settings.files_from is None and settings.paths in ((), (".",), _collected(config))


def sum_up(
    config: Config, ledger: Ledger, asked: Asked, tally: discover.Tally, *, started: datetime, seconds: float
) -> Summary:
    """The counts of the run, and whether it looked at all it should have."""
    database, run = ledger.database, ledger.run
    counts = count(database, run)
    because = asked.because or ledger.gave_out
    return Summary(
        started=stamp(started),
        seconds=round(seconds, 3),
        complete=because is None,
        incomplete_because=because,
        articles=counts["articles"],
        links=counts["links"],
        targets=counts["targets"],
        requests=max(asked.requests, counts["requests"]),
        verdicts=count_verdicts(database, run),
        findings=count_findings(database, run),
        known=counts["known"],
        ignored=counts["ignored"],
        reused=asked.reused,
        skipped_files=tally.skipped_files,
        not_checked=count_not_checked(database, run),
        notices=(*ledger.notices, *(f"nothing matched {path}" for path in tally.unmatched), *asked.notices),
        comparison=compare(database, run, scope_of(config)),
    )


def _baseline(config: Config) -> triage.Baseline | None:
    settings = config.settings
    if settings.baseline is None:
        if settings.update_baseline:
            raise UsageError("--update-baseline: which file? Name it with --baseline FILE")
        return None
    return triage.read_baseline(settings.baseline, missing_is_empty=settings.update_baseline)


def _strike(strikes: Strikes | None) -> triage.Strike | None:
    return None if strikes is None else triage.Strike(strikes.strikes, strikes.first_at)


# The options of each step


def discover_options(config: Config) -> discover.Options:
    settings = config.settings
    collected = _collected(config)
    return discover.Options(
        paths=settings.paths or collected or (".",),
        root=str(Path.cwd()),
        extensions=settings.extensions,
        named_globs=collected,
        gitignore=settings.gitignore,
    )


def validate_options(config: Config) -> validate.Options:
    return validate.Options(
        schema=config.settings.schema,
        collections=tuple(
            validate.Collection(
                table.name,
                table.paths,
                table.schema if table.schema == validate.DEFAULT else str(Path(config.root, table.schema)),
            )
            for table in config.collections
        ),
        root=config.root,
        article_schemas=not config.settings.untrusted,
    )


def plan_options(config: Config, *, today: datetime) -> plan.Options:
    settings = config.settings
    return plan.Options(
        base_url=settings.base_url,
        site_root=None if settings.site_root is None else relative(settings.site_root),
        excludes=tuple(
            plan.Exclude(
                reason=table.reason,
                pattern=table.pattern,
                roles=tuple(Role(role) for role in table.roles),
                paths=tuple(relative(str(Path(config.root, path))) for path in table.paths),
                until=table.until,
            )
            for table in config.excludes
        ),
        offline=settings.offline,
        today=today.date(),
    )


def fetch_options(config: Config) -> "fetch.Options":
    from linkcheck import fetch

    settings = config.settings
    return fetch.Options(
        concurrency=settings.concurrency,
        per_host=settings.per_host,
        interval=settings.interval,
        connect_timeout=settings.connect_timeout,
        timeout=settings.timeout,
        retries=settings.retries,
        max_redirects=settings.max_redirects,
        max_time=settings.max_time,
        user_agent=settings.user_agent,
        ca_bundle=settings.ca_bundle,
        allow_addresses=settings.allow_address,
        allow_ports=settings.allow_port,
        proxy=settings.proxy,
        nameserver=settings.nameserver,
        resolve=tuple(_resolved(text) for text in settings.resolve),
        jobs=settings.jobs,
        executor=settings.executor,
        replay=settings.replay,
        record=settings.record,
        hosts=tuple(
            fetch.HostOptions(
                pattern=pattern,
                interval=table.interval,
                concurrency=table.concurrency,
                timeout=table.timeout,
                headers=tuple((name, _secret(config, pattern, name, value.env)) for name, value in table.headers.items()),
                accept=table.accept,
            )
            for pattern, table in config.hosts.items()
        ),
    )


def judge_options(config: Config, *, now: datetime, down_hosts: frozenset[str] = frozenset()) -> judge.Options:
    return judge.Options(
        now=stamp(now),
        accept=tuple(judge.Accept(pattern, table.accept) for pattern, table in config.hosts.items() if table.accept),
        down_hosts=down_hosts,
        grace_days=config.settings.grace_days,
    )


def triage_options(config: Config, *, now: datetime) -> triage.Options:
    settings = config.settings
    return triage.Options(
        today=stamp(now)[:10],
        select=settings.select,
        ignore=settings.ignore,
        severities=tuple(
            (selector, None if severity == "off" else Severity(severity)) for selector, severity in config.severity.items()
        ),
        known=_names_of_rules,
        strikes=settings.strikes,
        strike_days=settings.strike_days,
    )


def relative(path: str) -> str:
    """A path as the working directory sees it, `/` between parts: the way articles are named everywhere."""
    return os.path.relpath(path).replace(os.sep, "/")


def _collected(config: Config) -> tuple[str, ...]:
    return tuple(relative(str(Path(config.root, path))) for table in config.collections for path in table.paths)


def _names_of_rules() -> dict[str, str]:
    return {rule.CODE: rule.NAME for rule in judge.all_rules()}


def _resolved(text: str) -> tuple[str, str]:
    host, sign, address = text.partition("=")
    if not sign or not host or not address:
        raise UsageError(
            f"--resolve {text}: write it as HOST=ADDRESS or HOST=ADDRESS:PORT, for example *.example=127.0.0.1:8080"
        )
    return host, address


def _secret(config: Config, pattern: str, header: str, variable: str) -> str:
    value = config.environment.get(variable)
    if value is None:
        raise UsageError(
            f'{config.file}: [hosts."{pattern}"] takes the header {header} from the environment variable {variable}, '
            "which is not set; set it, or remove the header"
        )
    if any(character < " " or character == "\x7f" for character in value):
        raise UsageError(f"the environment variable {variable} has a line break or control character: no header can hold it")
    return value


def _host(url: str) -> str:
    return parse_url(url).host
