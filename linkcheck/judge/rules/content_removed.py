"""The platform answers, but the video, post or file is not there any more.

What it means: YouTube and other platforms answer 200 for what was deleted or made private, with a page that has no name of
an object in its title, or says that there is none. On YouTube the status of the player decides where there is one: a page
that asks to sign in, as YouTube shows it to programs in data centers, is blocked and not reported here.

Why it matters: readers find nothing to watch or read. The server answers 200, so other checkers report nothing.

How to fix it: replace the URL with another copy or an archived one, or remove the link.

When to leave it: where the content is there for readers in some countries or with an account only: ignore it with the
reason.

For example:

    originalUrl: https://www.youtube.com/watch?v=aaaaaaaaaaa   # 200 OK, titled " - YouTube"
"""

from collections.abc import Iterator

from linkcheck.judge.answers import doubted
from linkcheck.judge.doubts import DoubtKind
from linkcheck.judge.fault import Fault, fault_of
from linkcheck.judge.options import Options
from linkcheck.model import Evidence, Severity

CODE = "LC228"
NAME = "content-removed"
SEVERITY = Severity.WARNING


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:
    for link, answer, seen in doubted(evidence, DoubtKind.REMOVED):
        yield fault_of(
            link,
            f"the content was removed or is private: {seen.clause}",
            "Open it; if the content is gone, replace the URL with another or an archived copy, or remove the link.",
            status=answer.status,
            final_url=answer.url,
        )
