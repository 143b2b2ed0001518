"""A finding is still in the baseline after its expiry date.

What it means: the baseline accepted it `until` a day that has passed, and it is still there; it counts as new again.

Why it matters: the project meant to fix it by that day.

How to fix it: fix the article, or give the entry a later `until` and the reason.

When to ignore it: never. The rule stays quiet on the last day itself.

Source: linkcheck's own judgment: `until` is a date that the project set itself.

Topics: run

Example:
    baseline.json: LC007 warning: LC201 at posts/a.md /webUrl was accepted until 2026-10-01
"""

from linkcheck.model import RuleMetadata, Severity

META = RuleMetadata("LC007", "baseline-expired", Severity.WARNING, acceptable=False)
