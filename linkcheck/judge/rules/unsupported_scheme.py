"""A link is neither http nor https.

What it means: linkcheck asks the web, and nothing else: `ftp:`, `file:`, `javascript:`, `data:` and the like are not
checked.

Why it matters: as a page's or an image's URL they do not work for readers; `javascript:` in an article is an attack.

How to fix it: name a page on the web.

When to leave it: where the scheme is meant, in a property that is a plain link; `mailto:` and `tel:` there are not
reported.

For example:

    webUrl: ftp://example.com/article
"""

from collections.abc import Iterator

from linkcheck.judge.fault import Fault, fault_of
from linkcheck.judge.look import skipped
from linkcheck.judge.options import Options
from linkcheck.model import Evidence, Role, Severity

CODE = "LC117"
NAME = "unsupported-scheme"
SEVERITY = Severity.WARNING

_PERSONAL = ("mailto:", "tel:", "sms:")


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    for link, skip in skipped(evidence, "scheme"):
        if link.role is not Role.LINK or not link.url.strip().lower().startswith(_PERSONAL):
            yield fault_of(link, skip.reason, "Name a page on the web: http or https.")
