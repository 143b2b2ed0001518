"""A file that should be an article has no front matter.

What it means: the file was specified on the command line or belongs to a collection, and does not start with a line of
`---` (YAML), `+++` (TOML) or `{` (JSON), or, in a site of Pelican or MkDocs, with metadata that has a `Title`. Or its first
line was damaged: there is a blank line, a comment or an invisible character before the fence, the fence has too many or too
few hyphens, or it is missing above the first key.

Why it matters: generators treat the whole file as text, so they publish the metadata or omit the page. Nothing in it can
be checked.

How to fix it: put the front matter at the very beginning of the file, below a line of exactly `---`.

When to ignore it: if the file is not an article, narrow the paths of the collection or list it in `exclude-files`. The
rule stays quiet for other files in a folder, even if they start with a rule or a heading, for a README unless it was
specified by name, and for blank lines before the fence in sites of Hugo, Zola, Astro and Quarto, which accept them.

Source: Jekyll, "Front Matter": it "must be the first thing in the file"; Hugo, "Front matter" (TOML and JSON);
Python-Markdown, "Meta-Data" (metadata without fences).

Topics: front-matter

Example:
    (blank line)
    ---
    title: A headline
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import parse_errors
from linkcheck.model import Basis, Evidence, ParseErrorKind, RuleMetadata, Severity

META = RuleMetadata("LC101", "front-matter-missing", Severity.ERROR, basis=Basis.TEXT)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    return parse_errors(
        evidence, ParseErrorKind.MISSING, hint="Begin the file with the line ---, the front matter, and another ---."
    )
