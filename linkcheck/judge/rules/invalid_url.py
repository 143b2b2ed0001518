"""A value that should be a URL is not one.

What it means: no browser could request it: the host is missing or malformed, the port is not a number, or parsers
disagree about the host. A text without a scheme that leads to no file is one too, where nearly all other articles have
a URL.

Why it matters: readers cannot follow it, and a URL that parsers read differently can bypass security checks.

How to fix it: use the full URL in quotes, with scheme and host; encode spaces as `%20`.

When to ignore it: never; a value that is not a URL should not be a link in the schema. The rule stays quiet for
everything that browsers accept: non-ASCII letters, an underscore in the host, a dot after it, a default port.

Source: WHATWG URL Standard; RFC 3986, section 3.2.

Topics: urls

Example:
    webUrl: "https:///2021/06/18/missing-host"
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import misshapen_pointers, skipped, unschemed
from linkcheck.model import Basis, Evidence, RuleMetadata, Severity

META = RuleMetadata("LC114", "invalid-url", Severity.ERROR, basis=Basis.TEXT)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    hint = "Use the full URL, with scheme and host, as shown in the browser's address bar."
    for link, skip in skipped(evidence, "invalid-url"):
        yield issue_of(link, f"invalid URL: {skip.reason}", hint)
    # Where the schema requires a URL, a violation of it is reported.
    wrong = unschemed(evidence, options) - misshapen_pointers(evidence)
    for result in evidence.results if wrong else ():
        if result.link.location.pointer in wrong:
            yield issue_of(result.link, "invalid URL: it has no scheme, and there is no such file", hint)
