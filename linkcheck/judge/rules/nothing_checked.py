"""Nothing was checked.

What it means: no article was found in the paths given.

Why it matters: a check without articles always passes, so a renamed folder or a wrong pattern goes unnoticed.

How to fix it: specify the folder or files that contain the articles, or check the extensions, collections and excludes
in the configuration. `linkcheck links` lists what would be requested.

When to ignore it: never. The rule stays quiet when articles were found but contain no links (no-links), and for a pull
request that changes no article.

Source: linkcheck's own judgment: a check that read no file must not pass.

Topics: run

Example:
    $ linkcheck check posts/
    posts/: LC001 error: no article was found
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.run_facts import RunFacts
from linkcheck.model import FILE_START, Location, RuleMetadata, Severity

META = RuleMetadata("LC001", "nothing-checked", Severity.ERROR, deselectable=False, acceptable=False)


def check_run(run: RunFacts, options: JudgeOptions) -> Iterator[Issue]:
    if run.nothing_to_do or run.articles:
        return
    left = run.left_out
    reasons = (
        (left.without_front_matter, "without front matter"),
        (left.empty, "with empty front matter"),
        (left.excluded, "excluded by exclude-files"),
    )
    parts = [f"{number} {'files' if number > 1 else 'file'} {words}" for number, words in reasons if number]
    others = f" ({', '.join(parts)})" if parts else ""
    hint = "Specify the folder or the files that contain the articles."
    if run.extensions:
        hint += (
            f" In folders, only files that end in {', '.join(run.extensions)} are read (--extensions). Data files are read "
            "if the paths of a collection match them."
        )
    yield Issue(Location(run.paths[0] if run.paths else ".", FILE_START), f"no article was found{others}", hint=hint)
