"""A relative URL, and nothing to resolve it against.

What it means: the link is relative to the site, such as `/assets/a.png`, and neither `base-url` nor `site-root` is
configured.

Why it matters: the link was not checked.

How to fix it: set `base-url` to the site's address, or `site-root` to the folder that is published, in the
configuration; or write the URL in full.

When to leave it: where the site's address is not known yet; exclude such links with a reason.

For example:

    images:
      - url: /assets/lead.png
"""

from collections.abc import Iterator

from linkcheck.judge.fault import Fault, fault_of
from linkcheck.judge.look import misshapen_pointers, skipped
from linkcheck.judge.options import Options
from linkcheck.model import Evidence, Severity

CODE = "LC113"
NAME = "no-base-url"
SEVERITY = Severity.WARNING


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:  # noqa: ARG001 - every rule is called alike
    wrong = misshapen_pointers(evidence)
    for link, skip in skipped(evidence, "no-base-url"):
        if link.location.pointer not in wrong:
            key = "base-url" if link.url.lstrip().startswith(("/", "\\")) else "site-root"
            message = f"the URL {skip.reason.removeprefix('it ')}"
            yield fault_of(link, message, f"Set {key} in the configuration, or write the URL in full.")
