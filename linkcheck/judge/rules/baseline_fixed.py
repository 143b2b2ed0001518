"""An accepted finding is gone.

What it means: the baseline lists a finding that this run looked for and did not meet.

Why it matters: left in the baseline, the entry would hide the fault if it came back.

How to fix it: run once with `--update-baseline`, which removes it.

When to leave it: never.

Source: linkcheck's own judgement: a baseline lists only what is still there.

Topics: run

For example:

    baseline.json: LC008 info: LC201 at posts/a.md /webUrl is fixed
"""

from linkcheck.model import Severity

CODE = "LC008"
NAME = "baseline-fixed"
SEVERITY = Severity.INFO
