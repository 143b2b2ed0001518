"""The AMP-cache address is not on an AMP cache.

What it means: its host is not one of the registered caches (Google's `cdn.ampproject.org`, Bing's `www.bing-amp.com`),
or it is one that was shut down (Cloudflare's).

Why it matters: the property promises a copy on a cache. Programs that rely on it get a different page or none.

How to fix it: check whether a cache has the page at the address in the message. If it does, use that address;
`linkcheck fix --unsafe` can do this. Otherwise remove the AMP-cache address.

When to ignore it: never. The rule stays quiet when the AMP page itself is gone or is no longer AMP; that is reported
instead. A wrong address on a registered cache is amp-cache-address.

Source: amphtml, `caches.json`, the registry of AMP caches.

Topics: amp, urls

Example:
    cdnAmpWebUrl: https://example.com/a?amp
"""

from collections.abc import Iterator

from linkcheck.amp import cache_of
from linkcheck.judge.issue import Issue, issue_of, unsafe
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.url_traits.cache_urls import NO_CACHE, diagnosis_of
from linkcheck.model import CorrectionKind, Evidence, Fact, Link, Role, RuleMetadata, Severity
from linkcheck.urls import InvalidUrl, parse_url

META = RuleMetadata(
    "LC312", "not-on-amp-cache", Severity.ERROR, about=("of",), correction=CorrectionKind.ADDRESS, unsafe_only=True
)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for result in evidence.results:
        if result.link.role is Role.AMP_CACHE:
            yield from _issues(result.link)


def _issues(link: Link) -> Iterator[Issue]:
    if link.wants.of is None:
        try:
            host = parse_url(link.url).host
        except InvalidUrl:
            return
        if cache_of(host) is None:
            yield issue_of(link, f"{host} is not an AMP cache", "Add the AMP URL, so that the address can be computed.")
        return
    diagnosis = diagnosis_of(link.url, link.wants.of)
    if diagnosis is not None and not NO_CACHE.isdisjoint(diagnosis.kinds):
        facts: dict[str, Fact] = {"kinds": diagnosis.kinds}
        message, hint, fix = f"not on an AMP cache: {diagnosis.message}", "Remove the AMP-cache address.", None
        if diagnosis.expected is not None:
            facts["expected"] = diagnosis.expected
            hint, fix = f"Use {diagnosis.expected}", unsafe("nothing shows that an AMP cache has the page")
        yield Issue(link.location, message, link.url, hint, facts, fix)
