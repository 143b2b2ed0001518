"""The links of articles and the request for each: for people by article, for programs one object per line."""

from collections import Counter
from collections.abc import Iterable
from typing import TextIO

from linkcheck.model import Link, Skip, Target
from linkcheck.report.encode import encode
from linkcheck.report.escape import log_line, shown
from linkcheck.report.summary_text import count
from linkcheck.urls import mask

KINDS = {
    "excluded": "excluded",
    "offline": "offline",
    "scheme": "not http or https",
    "invalid-url": "invalid URL",
    "no-base-url": "relative, and no base-url is configured",
    "template": "contains a placeholder",
    "alias": "starts with an unknown alias",
    "wiki": "wiki link",
    "pattern": "pattern for names of files",
    "local": "local file",
    "page": "made by the site generator",
}
"""The words in the last line for links that are not checked, by kind; there may be as many reasons as links."""

Row = tuple[Link, Target, Skip | None]


def write_objects(rows: Iterable[Row], stream: TextIO) -> None:
    """One object per line. `target` is the URL to request; `skip` is the reason why it is not requested, or null."""
    for link, target, skip in rows:
        span = link.location.span
        record = {
            "path": link.location.path,
            "line": span.line,
            "column": span.column,
            "pointer": link.location.pointer,
            "role": link.role.value,
            "url": mask(link.url),
            "target": mask(target.url),
            "probe": target.probe.value,
            "skip": None if skip is None else skip.reason,
        }
        stream.write(encode(record) + "\n")


def write_table(rows: Iterable[Row], stream: TextIO) -> None:
    """Article by article, in the order of the lines; the last line counts."""
    path = None
    links = articles = 0
    targets: set[str] = set()
    skipped: Counter[str] = Counter()
    for link, target, skip in rows:
        if link.location.path != path:
            path = link.location.path
            articles += 1
            stream.write(f"{'' if articles == 1 else chr(10)}{log_line(shown(path))}\n")
        links += 1
        span = link.location.span
        place = f"{span.line}:{span.column}"
        how = target.probe.value if skip is None else "-"
        stream.write(log_line(f"  {place:>8}  {link.role.value:<9}  {how:<6}  {shown(mask(link.url), 2_000)}") + "\n")
        if skip is None:
            targets.add(target.url)
        else:
            skipped[skip.kind] += 1
            reason = skip.reason.removeprefix("not checked: ")
            stream.write(f"{'':30}not checked: {shown(reason)}\n")
    stream.write(f"\n{count(links, 'link')} in {count(articles, 'article')}, {count(len(targets), 'URL')} to check")
    stream.write(
        "".join(f"; {skipped[kind]:,} not checked ({words})" for kind, words in KINDS.items() if skipped[kind]) + "\n"
    )
