"""A link leads to a file that is not in the repository.

What it means: the link is relative to the site, and none of the files that it could refer to exists. Names are compared
exactly, including upper and lower case.

Why it matters: the page or image will be missing in the published site.

How to fix it: add the file, or correct the path.

When to ignore it: if the build creates the file, exclude its folder, with the reason. The rule stays quiet when
`base-url` is configured: a file that is not in the repository is then requested from there.

Source: RFC 3986, sections 5.2 (relative references) and 6.2.2.1 (paths are case-sensitive).

Topics: availability, images

Example:
    images:
      - url: /assets/Lead.png                    # the file is assets/lead.png
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.model import Evidence, RuleMetadata, Severity

META = RuleMetadata("LC211", "missing-file", Severity.ERROR)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for result in evidence.results:
        if result.local is not None and result.local.file is None:
            yield issue_of(
                result.link,
                f"no such file: {', '.join(result.local.tried)}",
                "Add the file, or correct the path.",
                tried=result.local.tried,
            )
