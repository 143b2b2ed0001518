"""The front matter is not valid YAML, TOML or JSON.

What it means: the front matter cannot be read because of the character or line shown. It is also reported for keys
that are valid YAML but cannot be meant: with a no-break or invisible space at the start or end, or in typographic quotes.

Why it matters: the generator fails too, or omits the page silently.

How to fix it: follow the hint at the line shown. The most common causes in YAML are a colon and a space within a value; a
quote that is never closed, or that the text also contains; text after a closing quote or bracket; no space after a colon or
hyphen; a value that starts with `@`, `%`, `*`, `&`, `!`, `>`, a backtick or a template (`{{ page.title }}`); a `#` in a
list in brackets, which starts a comment; tabs, no-break spaces and typographic quotes from a word processor; an indented
`---`; and the markers of a merge conflict. Quotes around the value correct most of them. In TOML, all text must be in
quotes. JSON has no comments, and no comma before a closing bracket.

When to ignore it: never. The rule stays quiet for colons and hashes that YAML allows in plain text (`at 10:45`,
`issue#7`), and for lines of keys and texts in sites of Pelican, which does not read them as YAML.

Source: YAML 1.2.2, TOML 1.0.0, or RFC 8259 (JSON).

Topics: front-matter

Example:
    title: Breaking: what we know
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import parse_errors
from linkcheck.model import Basis, Evidence, ParseErrorKind, RuleMetadata, Severity

META = RuleMetadata("LC106", "front-matter-syntax", Severity.ERROR, basis=Basis.TEXT)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    return parse_errors(
        evidence, ParseErrorKind.SYNTAX, hint="Fix the syntax error; the rest of the article was not checked."
    )
