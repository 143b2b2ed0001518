"""The server refused the request.

What it means: the response concerns the client and not the page: 401, 403, 429, 451, 999 and the like, or a bot wall
with any status, including 200 and 404: a page or a redirect that requires a captcha. Whether the page exists is not
known.

Why it matters: on its own it does not. It is counted, so that a site that refuses all requests does not appear to be
checked.

How to fix it: open it in a browser. linkcheck never impersonates a browser to get past a refusal.

When to ignore it: nearly always. Exclude hosts that always refuse requests, with that as the reason. The rule stays
quiet for a status that `accept` allows for the host, and for a page with a captcha only in its comment form.

Source: RFC 9110, sections 15.5.2 (401) and 15.5.4 (403); RFC 6585, section 4 (429); RFC 7725 (451).

Topics: availability

Example:
    originalUrl: https://www.linkedin.com/company/a   # 999
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.model import Evidence, Fact, RuleMetadata, Severity, VerdictKind

META = RuleMetadata("LC212", "blocked", Severity.INFO, transient=True)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for result in evidence.results:
        if result.verdict.kind is VerdictKind.BLOCKED and result.outcome is not None:
            answer = result.outcome.answer
            facts: dict[str, Fact] = {}
            if answer is not None:
                facts = {"status": answer.status, "challenge": answer.challenge, "vendor": answer.vendor}
            message = f"the server refused the request: {result.verdict.reason}"
            yield Issue(result.link.location, message, result.link.url, "Open it in a browser.", facts)
