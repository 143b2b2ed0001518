"""Many links lead to files in a folder that is missing or empty.

What it means: the folder is neither below a `site-root` nor, for relative links, in the folders of the articles, and no file
of the repository has the path of one of these links. This one finding replaces a missing-file for each of them, because they
have one cause: the folder was moved or removed, is stored elsewhere, is a submodule of git that was not checked out, or is
below a folder that is not in `site-root`.

Why it matters: these images and files will be missing in the published site, unless they come from elsewhere.

How to fix it: restore the folder, or correct the paths. For a submodule, run `git submodule update --init`, or set
`submodules: true` for actions/checkout. If the site serves the folder from another one of the repository
under this name, state that one as an alias or as the `prefix` of the property's `x-link`. If the files are stored elsewhere,
such as on a CDN, exclude the links, with the reason.

When to ignore it: if the build creates the folder, exclude it, with the reason. The finding has the places of the first
links; to see each link, turn the rule off. The rule stays quiet until 20 different files are missing in such a folder, or
five if most links to files fail in the run: fewer are reported one by one. A folder next to the articles counts only in the
latter case.

Source: linkcheck's own judgment.

Topics: run, availability, images

Example:
    cover: /uploads/2019/06/harbor.png           # no static/uploads; 48 other articles have such a path
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.run_facts import RunFacts
from linkcheck.model import RuleMetadata, Severity

META = RuleMetadata("LC232", "missing-folder", Severity.ERROR, transient=True)


def check_run(run: RunFacts, options: JudgeOptions) -> Iterator[Issue]:
    below = f" below site-root ({', '.join(run.site_roots)})" if run.site_roots else ""
    for each in run.missing_folders:
        where = below
        if each.folder.startswith("."):
            where = f" next to the articles{' or' if below else ''}{below}"
        links = f"{each.links:,} of {run.files:,} links to files"
        yield Issue(
            each.places[0],
            f"{links} lead to the folder {each.folder}, which is missing or empty{where}",
            hint="Add the folder to the repository, or its parent folder to site-root. If it is a submodule, run "
            "`git submodule update --init`. If the build creates the files, exclude the links, with the reason.",
            facts={
                "folder": each.folder,
                "links": each.links,
                "untouched": each.untouched,
                "places": tuple(f"{place.path}:{place.span.line}" for place in each.places),
            },
            subject=each.folder,
        )
