"""An accepted finding has passed its date.

What it means: the baseline accepted it `until` a day that is over, and it is still there; it counts as new again.

Why it matters: somebody meant to look at it by that day.

How to fix it: mend the article, or give the entry a later `until` and say why.

When to leave it: never.

Source: linkcheck's own judgement: `until` is a date that the project set itself.

Topics: run

For example:

    baseline.json: LC007 warning: LC201 at posts/a.md /webUrl was accepted until 2026-10-01
"""

from linkcheck.model import Severity

CODE = "LC007"
NAME = "baseline-expired"
SEVERITY = Severity.WARNING
