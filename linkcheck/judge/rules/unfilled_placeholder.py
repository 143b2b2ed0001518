"""A URL contains a placeholder of the site's generator.

What it means: it contains `{{ ... }}`, `{% ... %}` or similar, which the generator replaces when it builds the site.

Why it matters: the link was not checked: its target is not known before the site is built. Many generators do not
replace placeholders in front matter at all (Jekyll's Liquid does not). It is an error when the schema requires a URL
(`"format": "uri"`), which a placeholder is not; it is not reported again as a schema-violation.

How to fix it: use the full URL. Check links that exist only in the built site with an HTML checker.

When to ignore it: if the placeholder is needed, exclude such links, with the reason. The rule stays quiet for single
braces, which can be part of an address.

Source: linkcheck's own judgment. RFC 3986, section 2, allows no braces in a URL, so `"format": "uri"` (JSON Schema
Validation 2020-12, section 7.3.5) refuses them.

Topics: urls

Example:
    images:
      - url: "{{ site.cdn }}/lead.jpg"
"""

from collections.abc import Iterator

from msgspec.structs import replace

from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import skipped
from linkcheck.model import Basis, Evidence, RuleMetadata, Severity

META = RuleMetadata("LC118", "unfilled-placeholder", Severity.INFO, basis=Basis.TEXT)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    wrong = {violation.location.pointer for violation in evidence.violations}
    for link, skip in skipped(evidence, "template"):
        message = f"the URL {skip.reason.removeprefix('it ')}"
        issue = issue_of(link, message, "Use the full URL, or exclude it with that reason.")
        yield replace(issue, severity=Severity.ERROR) if link.location.pointer in wrong else issue
