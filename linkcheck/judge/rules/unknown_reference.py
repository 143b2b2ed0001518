"""A value names an entry that does not exist.

What it means: the schema marks the value with `x-ref`, so it must name an entry, such as an author in the collection of
authors, by its path, slug, ID or URL, or by the property that the mark specifies. No entry has this name, neither among the
articles of the run nor among the other files of the repository.

Why it matters: the site generator stops, or publishes the article without its author, series or related articles.

How to fix it: correct the name, or add the entry.

When to ignore it: if the generator finds the entry elsewhere, such as in a database, and then remove the mark from the
schema. The rule stays quiet for names that differ in upper and lower case, in spaces instead of hyphens, or in quotes and
brackets; for URLs of other sites, and those of the site if the URLs of the entries are not certain; for placeholders of
templates; and for a collection whose entries could not all be read, which a notice reports. Drafts and excluded files are
entries.

Source: linkcheck's keyword `x-ref` (docs/reference/identity.md).

Topics: front-matter, related, archive

Example:
    posts/a.md: author: jnae
    authors/jane.md exists
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.model import Basis, Evidence, Fact, Reference, RuleMetadata, Severity
from linkcheck.urls import mask

META = RuleMetadata("LC508", "unknown-reference", Severity.ERROR, basis=Basis.ARTICLES)

_LONGEST = 80


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for unknown in evidence.unknown_references:
        reference, near = unknown.reference, unknown.near
        value = mask(reference.value)
        by = f"#{reference.by}" if reference.by else ""
        facts: dict[str, Fact] = {"value": value, "identity": f"{reference.collection or 'articles'}{by}: {value}"}
        facts |= {"collection": reference.collection} if reference.collection else {}
        facts |= {"suggestion": near} if near else {}
        hint = f'Did you mean "{near}"?' if near else "Correct the name, or add the entry."
        yield Issue(reference.location, _message(reference, value), None, hint, facts)


def _message(reference: Reference, value: str) -> str:
    what = f"no entry of `{reference.collection[:_LONGEST]}`" if reference.collection else "no article"
    shown = f'"{value if len(value) <= _LONGEST else f"{value[:_LONGEST]}..."}"'
    match reference.by:
        case "" if reference.value.startswith("/") or "://" in reference.value:
            return f"{what} has the path or URL {shown}"
        case "":
            return f"{what} has the name, slug or ID {shown}"
        case "path":
            return f"{what} has the path {shown}"
        case name:
            return f"{what} has the {name[:_LONGEST]} {shown}"
