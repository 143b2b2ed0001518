"""Proves a plan: runs `linkcheck validate` with files that are not written yet, and leaves out what it refuses."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct
from msgspec.structs import replace

from linkcheck import pipeline, signals
from linkcheck.commands.init.plan import InitPlan, config_text, schemas, with_baseline, without, without_urls
from linkcheck.config import load
from linkcheck.errors import UsageError
from linkcheck.ledger import PlannedLink
from linkcheck.model import Finding, Run, Severity, Status
from linkcheck.pipeline import FinishedRun, NullObserver, RunContext
from linkcheck.pipeline.read_step import ArticleReader
from linkcheck.triage import read_baseline

PLACES = 3
"""Maximum number of places that are kept of each rule."""


class FindingsOfRule(Struct, frozen=True):
    """The findings of a rule that remain: their number, and the first ones."""

    code: str
    name: str
    severity: Severity
    count: int
    first: tuple[Finding, ...]


class Proof(Struct, frozen=True):
    """What `linkcheck validate` reports with the files of `plan`.

    `left_out` are the parts that were removed because the configuration was refused with them, each with the reason.
    `remaining` are the new findings by rule, the most severe first; `baseline` is the text of a baseline that accepts
    `acceptable` of them, and `accepted` whether it belongs to the plan.
    """

    plan: InitPlan
    left_out: tuple[tuple[str, str], ...]
    articles: int
    links: int
    not_checked: dict[str, int]
    notices: tuple[str, ...]
    remaining: tuple[FindingsOfRule, ...]
    baseline: str | None = None
    acceptable: int = 0
    accepted: bool = False


def prove(plan: InitPlan, root: str) -> Proof:
    """Validate all articles with the files of the plan, without the parts with which the configuration is refused.

    Writes nothing. Raises UsageError if the configuration is refused without any of its parts, too.
    """
    plan, left_out = accepted_plan(plan, root)
    plan = with_true_urls(plan, root)
    with TemporaryDirectory(prefix="linkcheck-") as folder:
        baseline = Path(folder, "baseline.json")
        context = _context(plan, root)
        if context.run.baseline is None:
            context = context.but(baseline=str(baseline), update_baseline=True)
        with pipeline.check(context, NullObserver()) as finished:
            if signals.arrived() is not None:
                raise signals.Interrupted
            accepted = _accepted(finished, baseline)
            return Proof(
                plan=plan,
                left_out=left_out,
                articles=finished.summary.articles,
                links=finished.summary.links,
                not_checked={reason: links for reason, links in finished.summary.not_checked.items() if reason != "offline"},
                notices=finished.summary.notices,
                remaining=_by_rule(finished.run),
                baseline=accepted[0],
                acceptable=accepted[1],
            )


def accept(proof: Proof) -> Proof:
    """The proof with a plan that accepts the findings in a baseline."""
    assert proof.baseline is not None
    return replace(proof, plan=with_baseline(proof.plan, proof.baseline), accepted=True)


def accepted_plan(plan: InitPlan, root: str) -> tuple[InitPlan, tuple[tuple[str, str], ...]]:
    """The plan with as many of its parts as a run accepts, and the parts that were left out, each with the reason."""
    left_out: list[tuple[str, str]] = []
    while (refusal := _refusal(plan, root)) is not None:
        names = [part.name for part in plan.parts if part.name]
        # The part without which the configuration is accepted; or else the first one, and the search goes on.
        culprit = next((name for name in names if _refusal(without(plan, (name,)), root) is None), next(iter(names), None))
        if culprit is None:
            raise refusal
        left_out.append((culprit, str(refusal)))
        plan = without(plan, (culprit,))
    return plan, tuple(left_out)


def with_true_urls(plan: InitPlan, root: str) -> InitPlan:
    """The plan without the URLs of collections with which a link that leads to an article would no longer do so."""
    with_url = {
        part.name: part.surveyed for part in plan.parts if part.surveyed is not None and part.surveyed.url is not None
    }
    if not with_url:
        return plan
    bare = without_urls(plan, with_url)
    homes = {path: name for name, each in with_url.items() for path in each.collection.paths}
    wrong: set[str] = set()
    for before, after in _local_files(bare, plan, root):
        if after is None:
            # A file that is in none of them was found next to the URL of an article in one of them.
            wrong |= {homes[before]} if before in homes else with_url.keys()
    return without_urls(plan, wrong)


def _local_files(plan: InitPlan, other: InitPlan, root: str) -> Iterator[tuple[str, str | None]]:
    """The file that each link leads to, also as the URL of an article, with both plans; None if the other knows none.

    The plans differ only in the URLs of articles.
    """
    reader, other_reader = (ArticleReader(_context(each, root)) for each in (plan, other))
    for _, _, links, _ in reader.rows():
        files = [_file_of(each) for each in links]
        if any(files):
            planned = [other_reader.planner.plan(each.link) for each in links]
            others = other_reader.links.look_up(planned, declared=len(planned))
            yield from ((before, _file_of(after)) for before, after in zip(files, others, strict=True) if before is not None)


def _file_of(planned: PlannedLink) -> str | None:
    return None if planned.local is None else planned.local.file


def _refusal(plan: InitPlan, root: str) -> UsageError | None:
    """Why a run with the files of the plan would not start; None if it would."""
    try:
        pipeline.refuse_invalid(_context(plan, root))
    except UsageError as error:
        return error
    return None


def _context(plan: InitPlan, root: str) -> RunContext:
    config = load(
        flags={"offline": True},
        environment={},
        directory=root,
        file=plan.config,
        text=config_text(plan).encode("utf-8", "surrogateescape"),
    )
    # What a run writes or covers is not for the proof: it validates all articles, and leaves no trace.
    return RunContext(config, read_schema=_reader(schemas(plan), root)).but(
        history=None, resume=False, since=None, files_from=None, record=None, replay=None, report=(), update_baseline=False,
        max_time=None,
    )  # fmt: skip


def _reader(texts: dict[str, str], root: str) -> Callable[[Path], bytes | None]:
    by_path = {Path(root, path): text.encode("utf-8", "surrogateescape") for path, text in texts.items()}
    return by_path.get


def _accepted(finished: FinishedRun, baseline: Path) -> tuple[str | None, int]:
    """The text of the baseline that accepts the findings of the run, and their number."""
    if finished.update_baseline() is None:
        return None, 0
    return baseline.read_text("utf-8"), len(read_baseline(str(baseline)).entries)


def _by_rule(run: Run) -> tuple[FindingsOfRule, ...]:
    found: dict[tuple[Severity, str], list[Finding]] = {}
    counts: dict[tuple[Severity, str], int] = {}
    for finding in _new(run):
        key = (finding.severity, finding.code)
        counts[key] = counts.get(key, 0) + 1
        first = found.setdefault(key, [])
        if len(first) < PLACES:
            first.append(finding)
    order: Sequence[Severity] = tuple(Severity)
    keys = sorted(found, key=lambda key: (order.index(key[0]), -counts[key], key[1]))
    return tuple(FindingsOfRule(code, found[severity, code][0].name, severity, counts[severity, code],
                                tuple(found[severity, code])) for severity, code in keys)  # fmt: skip


def _new(run: Run) -> Iterator[Finding]:
    return (finding for finding in run.findings() if finding.status is Status.OPEN)
