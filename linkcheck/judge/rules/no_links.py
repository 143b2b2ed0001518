"""The articles contain no links.

What it means: articles were found, but no link in them. Either no field is known to contain links: no schema marks one with
`x-link`, and without a configuration no value looks like a URL. Or the schema marks fields, and no article has a value
there. Front matter was checked; no request was made.

Why it matters: with a schema that marks no property with `x-link`, every run passes.

How to fix it: with a schema of your own, run `linkcheck init`, which finds the fields that contain URLs and writes a schema,
or mark them with `x-link`. Without a configuration, every value that looks like a URL is a link, and no value does.

When to ignore it: if the articles intentionally have no links. linkcheck does not check links in the text of articles. The
rule stays quiet when one of the articles has a link, when their only link is excluded, and when no article can be read. If
the schema marks links, it also stays quiet when an article breaks its schema. If only a part of the articles is checked,
as in a pre-commit hook, it stays quiet when one of the configured schemas marks links, even if it is the schema of other
articles. With `--since`, it stays quiet unless the change touches the configuration or a schema.

Source: linkcheck's own judgment: a schema without links makes every run pass.

Topics: run

Example:
    $ linkcheck check --schema plain.schema.json posts/
    posts/: LC009 warning: no link fields known for these articles
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.run_facts import RunFacts
from linkcheck.model import FILE_START, Location, RuleMetadata, Severity

META = RuleMetadata("LC009", "no-links", Severity.WARNING, acceptable=False)

_WITHOUT_CONFIG = "Run `linkcheck init`, or mark the properties that contain URLs with x-link in a schema."
_UNCONFIGURED = (
    "If properties contain links, mark them with x-link in a schema. Links in the text of articles are not checked."
)
_MARK = (
    "Mark the properties that contain URLs with x-link in the schemas; `linkcheck init --add` writes those of new folders."
)


def check_run(run: RunFacts, options: JudgeOptions) -> Iterator[Issue]:
    if run.links or run.links_elsewhere or not run.read_articles:
        return
    place = Location(run.paths[0] if run.paths else ".", FILE_START)
    if not run.has_link_fields and not run.is_configured:
        yield Issue(place, "no links were found in the front matter", hint=_UNCONFIGURED)
    elif not run.has_link_fields:
        yield Issue(place, "no link fields known for these articles", hint=_WITHOUT_CONFIG if run.config is None else _MARK)
    elif run.valid_articles == run.articles:
        # An article that breaks its schema has its own finding, which may well be the reason.
        message = f"the {run.articles:,} articles contain no links" if run.articles > 1 else "the article contains no links"
        hint = "Check that the schema marks the properties that contain URLs with x-link."
        yield Issue(place, message, hint=hint)
