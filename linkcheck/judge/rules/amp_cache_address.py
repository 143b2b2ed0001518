"""The AMP-cache address is not that of the article's AMP page.

What it means: the URL of a page determines its address on an AMP cache. The address in the article is a different one;
the message says what differs, and which one is correct. No network request is needed.

Why it matters: the address leads to a missing page or to a different one.

How to fix it: use the address from the message; `linkcheck fix` can do this.

When to ignore it: never. The rule stays quiet for addresses that older versions of the AMP specification allow, and
when the AMP page itself is gone or is no longer AMP; that is reported instead, because the copy is useless.

Source: amp.dev, "AMP Cache URL format and request handling".

Topics: amp, urls

Example:
    ampWebUrl:    https://example.com/a?amp
    cdnAmpWebUrl: https://example-com.cdn.ampproject.org/c/example.com/a?amp   # /c/s/ is missing its s
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue, safe
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.url_traits.cache_urls import NO_CACHE, diagnosis_of
from linkcheck.model import CorrectionKind, Evidence, Fact, Role, RuleMetadata, Severity

META = RuleMetadata("LC311", "amp-cache-address", Severity.ERROR, about=("of",), correction=CorrectionKind.ADDRESS)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for result in evidence.results:
        link = result.link
        if link.role is not Role.AMP_CACHE or link.wants.of is None:
            continue
        diagnosis = diagnosis_of(link.url, link.wants.of)
        if diagnosis is None or not NO_CACHE.isdisjoint(diagnosis.kinds):
            continue
        facts: dict[str, Fact] = {"kinds": diagnosis.kinds}
        message, hint, fix = diagnosis.message, "Remove the AMP-cache address.", None
        if diagnosis.expected is not None:
            facts["expected"] = diagnosis.expected
            message, hint = f"not the AMP-cache address of {link.wants.of}: {message}", f"Use {diagnosis.expected}"
            fix = safe("it follows from the AMP page's URL")
        yield Issue(link.location, message, link.url, hint, facts, fix)
