"""Nothing was checked.

What it means: no article was found in the paths given.

Why it matters: a check of nothing is green for ever, and nobody notices that the folder was renamed or the pattern is
wrong.

How to fix it: name the folder or files that hold the articles, or look at the extensions, collections and excludes in
the configuration. `linkcheck links` lists what would be asked.

When to leave it: never; a pull request that touches no article does not raise it.

Source: linkcheck's own judgement: a check that read no file must not pass.

Topics: run

For example:

    $ linkcheck check posts/
    posts/: LC001 error: no article was found
"""

from collections.abc import Iterator

from linkcheck.judge.fault import Fault
from linkcheck.judge.options import Options
from linkcheck.judge.run_facts import RunFacts
from linkcheck.model import FILE_START, Location, Severity

CODE = "LC001"
NAME = "nothing-checked"
SEVERITY = Severity.ERROR


def check_run(run: RunFacts, options: Options) -> Iterator[Fault]:
    if run.nothing_to_do or run.articles:
        return
    files = f"{run.skipped_files} files are" if run.skipped_files > 1 else "one file is"
    others = f" ({files} not led by front matter)" if run.skipped_files else ""
    hint = "Name the folder or the files that hold the articles."
    if run.extensions:
        hint += f" In folders, files are looked into that end in {', '.join(run.extensions)} (--extensions)."
    yield Fault(Location(run.paths[0] if run.paths else ".", FILE_START), f"no article was found{others}", hint=hint)
