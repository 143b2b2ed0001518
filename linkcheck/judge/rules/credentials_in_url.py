"""A URL contains a user name or password.

What it means: there is text before an `@` in front of the host, as in `https://user:password@example.com/`.

Why it matters: anyone who reads the source of the article, or the page, can use them; and
`https://example.com@evil.example/` leads to evil.example.

How to fix it: remove them from the URL, and change the password: it is in the repository's history.

When to ignore it: never. The rule stays quiet for an `@` in the path or the query.

Source: RFC 9110, section 4.2.4, and RFC 3986, sections 3.2.1 and 7.6.

Topics: urls, security

Example:
    originalUrl: https://editor:secret@example.com/draft
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.model import Basis, Evidence, RuleMetadata, Severity
from linkcheck.urls import InvalidUrl, parse_url

META = RuleMetadata("LC115", "credentials-in-url", Severity.ERROR, basis=Basis.TEXT)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for result in evidence.results:
        host = _host_behind_credentials(result.link.url) if "@" in result.link.url else None
        if host is not None:
            yield issue_of(
                result.link,
                f"the URL contains a user name or password, and leads to {host}",
                "Remove them, and change the password: it is in the repository's history.",
            )


def _host_behind_credentials(url: str) -> str | None:
    try:
        parsed = parse_url(url)
    except InvalidUrl:
        return None
    return parsed.host if parsed.credentials else None
