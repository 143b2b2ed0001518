"""An ignore comment silences nothing.

What it means: no finding stands on its line, or none with its codes; or the comment is misspelt (`# linkcheck ignore[LC202]`
lacks its colon) and is read like any other comment. Comments for rules that come and go with the day (unreachable,
blocked, TLS) are not reported, nor those whose links were not asked in this run.

Why it matters: ignores that are forgotten hide tomorrow's faults.

How to fix it: remove the comment, or put it on the line, or directly above the line, of the value it is for, written as
below.

When to leave it: never.

Source: linkcheck's own judgement, as in Ruff's `unused-noqa` (RUF100).

Topics: run

For example:

    webUrl: https://example.com/a  # linkcheck: ignore[LC202] moved, we keep the old one
"""

from linkcheck.model import Severity

CODE = "LC005"
NAME = "unused-ignore"
SEVERITY = Severity.WARNING
