"""`linkcheck explain URL`: the requests for one URL, sent as in a crawl and shown one by one."""

from collections.abc import Iterator, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING

from linkcheck import judge
from linkcheck.errors import Exit, UsageError
from linkcheck.model import (
    FILE_START,
    NOT_IN_REPLAY,
    Answer,
    Article,
    Evidence,
    FailureKind,
    Finding,
    JsonLd,
    Link,
    LinkResult,
    Location,
    Probe,
    Role,
    Severity,
    Target,
    Verdict,
)
from linkcheck.pipeline import RunContext
from linkcheck.report import files
from linkcheck.report.escape import log_line, shown
from linkcheck.urls import InvalidUrl, mask, parse_url

if TYPE_CHECKING:
    from linkcheck.fetch import Step, Trace


def trace_url(url: str, context: RunContext) -> int:
    """Send the requests and write the trace to stdout. Returns 1 if the URL would be an error in an article, else 0.

    Raises UsageError for an invalid URL.
    """
    from linkcheck import fetch
    from linkcheck.images import IMAGE_EXTENSIONS

    if context.run.offline:
        raise UsageError("a URL cannot be traced offline; unset `offline` in the configuration or the environment")
    try:
        parsed = parse_url(url)
        probe = Probe.IMAGE if parsed.path.lower().rpartition(".")[2] in IMAGE_EXTENSIONS else Probe.PAGE
        trace = fetch.trace_url(url, context.fetch, probe=probe)
    except InvalidUrl as wrong:
        raise UsageError(f"{shown(mask(url))}: {wrong}") from None
    options = context.judge
    verdict = judge.verdict(trace.outcome, accept=judge.accepted(parsed.host, options))
    findings = tuple(judge.judge(_evidence(trace, verdict, Target(parsed.href, probe, parsed.host)), options))
    with files.standard_output() as stream:
        stream.writelines(f"{log_line(line)}\n" for line in trace_lines(trace, verdict, findings))
    failure = trace.outcome.failure
    if failure is not None and failure.kind is FailureKind.INTERNAL:
        return Exit.INCOMPLETE if failure.detail == NOT_IN_REPLAY else Exit.INTERNAL
    return Exit.FINDINGS if any(each.severity is Severity.ERROR for each in findings) else Exit.OK


def _evidence(trace: "Trace", verdict: Verdict, target: Target) -> Evidence:
    """What rules look at: as if the URL were the only link of an article."""
    role = Role.IMAGE if target.probe is Probe.IMAGE else Role.LINK
    link = Link(Location("", FILE_START, "/url"), role, target.url)
    return Evidence(Article(""), results=(LinkResult(link, target, verdict, outcome=trace.outcome),))


def trace_lines(trace: "Trace", verdict: Verdict, findings: Sequence[Finding] = ()) -> Iterator[str]:
    """The lines: each request with what it was answered, then what that makes of the URL."""
    for number, step in enumerate(trace.steps, 1):
        yield f"{number}  {shown(step.url, 2_000)}"
        yield from (f"   {line}" for line in _of_step(step))
        yield ""
    answer = trace.outcome.answer
    if answer is not None:
        yield from _of_answer(answer)
    yield f"{verdict.kind.value}: {shown(mask(verdict.reason))}"
    for finding in findings:
        hint = f": {shown(finding.hint)}" if finding.hint else ""
        yield f"   {finding.severity.value} {finding.code} {finding.name}{hint}"
    if trace.would_retry:
        yield "A check would retry before it reports this."
    yield f"To send the same request: {shown(trace.curl, 4_000)}"


def _of_step(step: "Step") -> Iterator[str]:
    if step.address is not None:
        others = len(step.addresses) - 1
        yield f"address  {step.address}" + (f" and {others} more" if others > 0 else "")
    times = (("DNS lookup", step.looking_up), ("connect", step.connecting), ("wait", step.waiting))
    known = [f"{name} {seconds * 1000:.0f} ms" for name, seconds in times if seconds is not None]
    if known:
        yield f"times    {', '.join(known)}" + (" (reused connection)" if step.reused else "")
    if step.certificate is not None:
        until = f"valid until {step.certificate.not_after[:10]} ({step.certificate.days_left} days)"
        yield f"TLS      certificate issued by {shown(step.certificate.issuer)}, {until}"
    if step.failure is not None:
        yield f"failure  {step.failure.kind.value} ({step.failure.detail}): {shown(step.failure.message)}"
    elif step.status is not None:
        yield f"status   {step.status} {_phrase(step.status)}".rstrip()
    for name, value in step.headers:
        yield f"         {shown(name)}: {shown(value)}"


def _of_answer(answer: Answer) -> Iterator[str]:
    page, image = answer.page, answer.image
    if page is not None:
        json_ld = page.json_ld or JsonLd()
        facts = (
            ("title", page.title),
            ("heading", page.heading),
            *(("canonical", url) for url in page.canonicals),
            *(("amphtml", url) for url in page.amphtml),
            ("is AMP", "yes" if page.is_amp else None),
            ("noindex", "yes" if page.noindex else None),
            ("refresh", page.refresh),
            ("og:url", page.og_url),
            ("og:image", page.og_image),
            ("twitter:image", page.twitter_image),
            ("published", page.published),
            *((f"JSON-LD {name}", getattr(json_ld, name)) for name in json_ld.__struct_fields__),
        )
        yield from (f"page     {name}: {shown(mask(value))}" for name, value in facts if value is not None)
    if image is not None:
        if image.format is None:
            yield f"image    not an image; it looks like {image.not_image}"
        else:
            size = f"{image.width}x{image.height}" if image.width is not None else "without a size"
            yield f"image    {image.format} {size}, {image.bytes_read:,} bytes read"
    for name, evidence in (("bot wall", answer.challenge), ("soft 404", answer.soft_404)):
        if evidence is not None:
            yield f"suspect  {name}: {shown(mask(evidence))}"


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
