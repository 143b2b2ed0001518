"""A URL holds a placeholder of the site's generator.

What it means: it contains `{{ ... }}`, `{% ... %}` or the like, which the generator fills in when it builds the site.

Why it matters: the link was not checked; what it leads to is not known before the site is built.

How to fix it: write the URL out. Links that only exist in the built site are for a checker of HTML.

When to leave it: where the placeholder is needed; exclude such links with that reason.

For example:

    images:
      - url: "{{ site.cdn }}/lead.jpg"
"""

from collections.abc import Iterator

from linkcheck.judge.fault import Fault, fault_of
from linkcheck.judge.look import misshapen_pointers, skipped
from linkcheck.judge.options import Options
from linkcheck.model import Evidence, Severity

CODE = "LC118"
NAME = "unfilled-placeholder"
SEVERITY = Severity.INFO


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    wrong = misshapen_pointers(evidence)
    for link, skip in skipped(evidence, "template"):
        if link.location.pointer not in wrong:
            message = f"the URL {skip.reason.removeprefix('it ')}"
            yield fault_of(link, message, "Write the URL out, or exclude it with that reason.")
