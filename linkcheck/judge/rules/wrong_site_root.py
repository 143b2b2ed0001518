"""Many links lead to files in a folder that is missing in `site-root`.

What it means: these links lead to no file below `site-root`, but the files exist in the repository, with the same paths
below another folder. This one finding replaces a missing-file for each of them, because their likely cause is the
configuration. Files that exist nowhere in the repository have other findings.

Why it matters: these links were not checked. If the site does not serve the folder at its root, all of them are broken.

How to fix it: if the site serves the folder at its root, as it does the static files of a theme, add it to `site-root`.
Otherwise correct the paths; if the template adds the folder, state it as the `prefix` of the property's `x-link`.

When to ignore it: never; to see each link, turn the rule off. The rule stays quiet until 20 different files are in such a
folder, or five if most links to files fail in the run.

Source: linkcheck's own judgment.

Topics: run, availability, images

Example:
    site-root = "static"                         # but the images are in themes/plain/static
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.run_facts import RunFacts
from linkcheck.model import RuleMetadata, Severity

META = RuleMetadata("LC231", "wrong-site-root", Severity.ERROR, transient=True, acceptable=False)


def check_run(run: RunFacts, options: JudgeOptions) -> Iterator[Issue]:
    if not run.misplaced:
        return
    links = sum(each.links for each in run.misplaced)
    folders = ", ".join(f"{each.folder} ({each.links:,})" for each in run.misplaced)
    where = "below site-root" if run.site_roots else "in the folder of the article"
    roots = ", ".join(f'"{folder}"' for folder in (*run.site_roots, *(each.folder for each in run.misplaced)))
    first = next((each for each in run.misplaced if not each.untouched), run.misplaced[0])
    yield Issue(
        first.places[0],
        f"{links:,} of {run.files:,} links to files lead to no file {where}, but the files are in {folders}",
        hint=f"If the site serves these files at its root, set site-root = [{roots}]. If a template adds the folder, set "
        "`prefix` in x-link. Otherwise correct the paths.",
        facts={
            "links": links,
            "untouched": first.untouched,
            "folders": tuple(each.folder for each in run.misplaced),
            "places": tuple(f"{each.places[0].path}:{each.places[0].span.line}" for each in run.misplaced),
        },
        subject="site-root",
    )
