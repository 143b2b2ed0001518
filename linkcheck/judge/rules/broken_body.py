"""The response is successful, but its body cannot be read.

What it means: the body is incomplete or malformed (two lengths that differ, for example), cannot be decompressed, or is
compressed in a way that the request did not offer; or the server returned 202 Accepted without content.

Why it matters: readers may see half a page or half an image. Not all clients decompress formats that they did not
offer.

How to fix it: check again tomorrow. On your own host, check the server and the cache in front of it: they must compress
only as `Accept-Encoding` allows.

When to ignore it: if a browser shows the page in full. The rule stays quiet for a connection that stays open after a
complete response, and for a page that is empty (not-a-page).

Source: RFC 9112, section 8 (incomplete messages); RFC 9110, sections 8.4 and 12.5.3 (encodings) and 15.3.3 (202).

Topics: availability

Example:
    webUrl: https://example.com/a                # 200 OK, 3,000 of 10,000 bytes
"""

from collections.abc import Iterator

from linkcheck.judge.answers import suspected
from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.suspicion import SuspicionKind
from linkcheck.model import Evidence, RuleMetadata, Severity

META = RuleMetadata("LC222", "broken-body", Severity.WARNING, transient=True)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for link, answer, seen in suspected(evidence, SuspicionKind.BODY):
        yield issue_of(link, f"returns {answer.status}, but {seen.clause}", "Open it in a browser.", status=answer.status)
