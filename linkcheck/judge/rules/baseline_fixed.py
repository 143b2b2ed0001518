"""A finding in the baseline is fixed.

What it means: the baseline lists a finding that this run checked for and did not find.

Why it matters: an entry that remains in the baseline hides the problem if it returns.

How to fix it: run once with `--update-baseline`, which removes it.

When to ignore it: never. The rule stays quiet when the run could not check: offline, for links that were not requested,
and when the server refuses the request. A finding that moved to another line is not fixed.

Source: linkcheck's own judgment: a baseline lists only what still exists.

Topics: run

Example:
    baseline.json: LC008 info: LC201 at posts/a.md /webUrl is fixed
"""

from linkcheck.model import RuleMetadata, Severity

META = RuleMetadata("LC008", "baseline-fixed", Severity.INFO, acceptable=False)
