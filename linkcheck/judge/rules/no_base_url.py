"""A relative URL has no base URL to resolve it.

What it means: the link is relative to the site, such as `/assets/a.png`, and neither `base-url` nor `site-root` is
configured. One finding at the first such link represents all of them, because the configuration is incomplete and not
the articles.

Why it matters: these links were not checked.

How to fix it: set `base-url` to the address of the site, or `site-root` to the folder that is published, in the
configuration; or use the full URL. `linkcheck init` finds both in the settings of the site generator. If a run checks all
articles, the finding lists the folders that contain the files.

When to ignore it: if the address of the site is not known yet, exclude such links, with the reason. The rule stays
quiet when a base URL is configured, for the URLs of articles of the repository, for other pages in an offline run, and
for placeholders (unfilled-placeholder).

Source: RFC 3986, section 5.1: a relative reference needs a base URI.

Topics: run, urls

Example:
    images:
      - url: /assets/lead.png
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.run_facts import RunFacts
from linkcheck.judge.site_roots import FoundFolder
from linkcheck.model import Basis, Fact, RuleMetadata, Severity

_MOST_SHOWN = 3
META = RuleMetadata("LC113", "no-base-url", Severity.WARNING, basis=Basis.TEXT)


def check_run(run: RunFacts, options: JudgeOptions) -> Iterator[Issue]:
    for each in run.unresolved:
        link, others = each.first, each.links - 1
        key = "base-url" if link.url.lstrip().startswith(("/", "\\")) else "site-root"
        message = f"the URL {each.reason.removeprefix('it ')}"
        if others:
            message += f"; {others:,} more like it {'is' if others == 1 else 'are'} not checked either"
        hint = f"Set {key} in the configuration, or use the full URL."
        is_wrong = each.reason.endswith("out of the repository")
        if is_wrong:
            hint = "Correct the path, or use the full URL. If the path starts at a folder of the site, set site-root."
        facts: dict[str, Fact] = {"links": each.links, "untouched": each.untouched}
        if run.likely_roots:
            hint = f"Set site-root in the configuration: {_counted(run.likely_roots)}."
            facts["folders"] = tuple(root.folder for root in run.likely_roots)
        if run.config is None and not is_wrong:
            hint += " `linkcheck init` writes a configuration with the settings of the site."
        yield Issue(link.location, message, link.url, hint, facts, subject=each.reason)


def _counted(roots: tuple[FoundFolder, ...]) -> str:
    """Where the files of the links are: `"static" has the files of 140 links`."""
    return ", ".join(f'"{each.folder}" contains the files of {each.links:,} of the links' for each in roots[:_MOST_SHOWN])
