"""The articles contain no links.

What it means: articles were found and conform to their schema, but the schema does not mark any of their values as a
link. Their front matter was checked; no request was made.

Why it matters: with a schema that marks no property with `x-link`, every run passes.

How to fix it: mark the properties that contain URLs with `x-link` in the schema; `linkcheck init` writes such a schema.

When to ignore it: if the articles intentionally have no links. The rule stays quiet when one of the articles has a
link, when their only link is excluded, and when an article breaks its schema.

Source: linkcheck's own judgment: a schema without links makes every run pass.

Topics: run

Example:
    $ linkcheck check --schema plain.schema.json posts/
    posts/: LC009 warning: the 12 articles contain no links
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.run_facts import RunFacts
from linkcheck.model import FILE_START, Location, RuleMetadata, Severity

META = RuleMetadata("LC009", "no-links", Severity.WARNING, acceptable=False)


def check_run(run: RunFacts, options: JudgeOptions) -> Iterator[Issue]:
    # An article that breaks its schema has its own finding, which may well be the reason.
    if run.links or not run.articles or run.valid_articles < run.articles:
        return
    message = f"the {run.articles:,} articles contain no links" if run.articles > 1 else "the article contains no links"
    hint = "Check that the schema marks the properties that contain URLs with x-link."
    yield Issue(Location(run.paths[0] if run.paths else ".", FILE_START), message, hint=hint)
