"""A link leads to a file that is not in the repository.

What it means: the link is relative to the site or to its article, and none of the files that it could refer to exists.
Names are compared exactly, including upper and lower case. The finding suggests other files: those whose name differs
only in case, in a letter or in the extension of an image, and those with the same path below another folder.

Why it matters: the page or image will be missing in the published site. Upper and lower case make no difference on many
computers of authors, but they do on nearly all servers.

How to fix it: add the file, or correct the path. If exactly one file differs from it in case only, `linkcheck fix` can do
this. If the site also serves another folder at its root, add that folder to `site-root`.

A name without a folder is info if all files with this name are below folders of `site-root`, or in folders without
articles if no `site-root` is configured: templates often add a folder. Set `prefix` in the x-link of the property, and
the files are looked up there. Without `site-root`, `./img/a.png` is info too if there is such a file in the working
directory: image plugins of Eleventy read the path from there.

Pages are not reported, because site generators make pages without files: a link to a page that is neither a file nor
the URL of an article is skipped, or requested if `base-url` is configured.

With `--since`, links to what the change removes are reported in all articles, also those that the change does not touch:
files that are deleted or renamed, and articles of a known site generator that are gone, hidden or have another URL. This
does not depend on `base-url`, because the published site still has them. An alias or a redirect of the old URL is enough.

When to ignore it: if the build creates the file, exclude its folder, with the reason. The rule stays quiet when
`base-url` is configured: a file that is not in the repository is then requested from there. If many files are in a
folder that is missing in `site-root`, or would be in a folder that does not exist, one finding reports them all
(wrong-site-root, missing-folder).

Source: RFC 3986, sections 5.2 (relative references) and 6.2.2.1 (paths are case-sensitive).

Topics: availability, images

Example:
    images:
      - url: /assets/Lead.png                    # the file is assets/lead.png
"""

import re
from collections.abc import Iterator
from posixpath import dirname, join

from msgspec.structs import replace

from linkcheck.judge.issue import Issue, issue_of, milder, safe
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import listed, unschemed
from linkcheck.judge.site_roots import missing_folder_of, missing_root_of
from linkcheck.model import (
    CorrectionKind,
    Evidence,
    Link,
    LocalFile,
    NearbyFiles,
    RemovalKind,
    Removed,
    RuleMetadata,
    Severity,
)

META = RuleMetadata("LC211", "missing-file", Severity.ERROR, correction=CorrectionKind.FILE)

_HINT = "Add the file, or correct the path."
_PATH = re.compile(r"[^?#]*+")


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    no_files = unschemed(evidence, options)
    for result in evidence.results:
        if result.local is None or result.local.file is not None:
            continue
        if (removed := result.local.removed) is not None:
            yield issue_of(result.link, *_removed(removed), removed=removed.path)
            continue
        issue = _issue(result.link, result.local)
        if result.link.location.pointer in no_files:
            yield replace(issue, facts={**issue.facts, "no_scheme": True})
        elif (root := missing_root_of(result.local, options.missing_roots)) is not None:
            yield replace(issue, facts={**issue.facts, "missing_root": root})
        elif (folder := missing_folder_of(result.local, options.missing_folders)) is not None:
            yield replace(issue, facts={**issue.facts, "missing_folder": folder})
        else:
            yield issue


def _removed(removed: Removed) -> tuple[str, str]:
    """The message and the hint for a link to what the change under check moved or removed."""
    keep = "Keep the article" if removed.is_page else "Keep the file"
    match removed.kind:
        case RemovalKind.DELETED:
            done, hint = "removes it", f"{keep}, redirect its URL, or correct the link."
        case RemovalKind.RENAMED:
            done, hint = f"moves it to {removed.detail}", f"{keep} at its path, redirect the old URL, or correct the link."
        case RemovalKind.HIDDEN:
            done, hint = "hides it", "Publish the article, redirect its URL, or correct the link."
        case RemovalKind.OTHER_URL:
            done, hint = "gives it another URL", f"{keep} at its URL, redirect the old one, or correct the link."
        case RemovalKind.ARTICLE_MOVED:
            done, hint = "moves the article with the link", "Move the file too, or correct the link."
        case RemovalKind.SETTINGS:
            done, hint = f"edits {removed.detail}", f"Keep {removed.detail}, or correct the link."
    what = f"the page of {removed.path}" if removed.is_page else removed.path
    return f"the link led to {what}, but this change {done}", hint


def _issue(link: Link, local: LocalFile) -> Issue:
    message, tried = f"no such file: {listed(local.tried)}", local.tried
    match local.nearby:
        case NearbyFiles(other_case=(only,)):
            respelled = _respelled(link.url, tried, only)
            message += f"; there is {only}, which differs only in {_difference(tried, only)}"
            if respelled is None:
                return issue_of(link, message, "Write the path as the file is named.", tried=tried, nearby=(only,))
            fix = safe("it is the only file that the link can mean, except for upper and lower case")
            hint = f"Write {respelled.removeprefix(link.prefix)}, as the file is named."
            return issue_of(link, message, hint, fix=fix, tried=tried, expected=respelled)
        case NearbyFiles(other_case=(_, *_) as found):
            message += f"; there are {listed(found)}, which differ only in {_difference(tried, found[0])}"
            hint = "Write the path as one of these files is named."
        case NearbyFiles(path=path, elsewhere=(_, *_) as found, are_shared=are_shared) if "/" not in path and (
            _are_below_root(found, link, tried) or (are_shared and _has_no_root(link, tried))
        ):
            message += f"; there is {listed(found)}"
            hint = "If the template adds the folder, set prefix in the x-link of the property. Otherwise, correct the path."
            return milder(issue_of(link, message, hint, tried=tried, nearby=found), Severity.INFO)
        case NearbyFiles(path=path, elsewhere=found) if "/" in path and path in found and _has_no_root(link, tried):
            message += f"; there is {path}"
            hint = 'If paths start from this folder, set site-root = ".". Otherwise, correct the path.'
            return milder(issue_of(link, message, hint, tried=tried, nearby=(path,)), Severity.INFO)
        case NearbyFiles(path=path, elsewhere=(_, *_) as found):
            message += f"; there is {listed(found)}"
            # Many articles can have an image with the same name, each in its own folder.
            hint = "Correct the path, or add the folder to site-root." if "/" in path else _HINT
        case NearbyFiles(similar=(_, *_) as found):
            hint = f"Did you mean {listed(found)}?"
        case NearbyFiles(same_name=(_, *_) as found):
            message += f"; there is {listed(found)}"
            hint = _HINT
        case _:
            return issue_of(link, message, _HINT, tried=tried)
    return issue_of(link, message, hint, tried=tried, nearby=found)


def _are_below_root(files: tuple[str, ...], link: Link, tried: tuple[str, ...]) -> bool:
    """Whether all files are in folders below those that are served as the root, and not next to articles."""
    beside = dirname(link.location.path)
    roots = tuple(f"{root}/" for root in map(dirname, tried) if root and root != beside)
    return all(file.startswith(roots) for file in files)


def _has_no_root(link: Link, tried: tuple[str, ...]) -> bool:
    """Whether a file was only looked up next to the article, or below its folder."""
    return all(f"{file}/".startswith(join(dirname(link.location.path), "")) for file in tried)


def _difference(tried: tuple[str, ...], file: str) -> str:
    in_case = any(each.casefold() == file.casefold() for each in tried)
    return "upper and lower case" if in_case else "Unicode normalization"


def _respelled(url: str, tried: tuple[str, ...], file: str) -> str | None:
    """The URL with the upper and lower case of a file; None if its other characters or its folder would change too."""
    from urllib.parse import quote, unquote

    candidate = next((each for each in tried if each.casefold() == file.casefold()), None)
    if candidate is None:
        return None
    path = _PATH.match(url)
    assert path is not None
    segments, left = path[0].split("/"), file.split("/")
    for place in range(len(segments) - 1, -1, -1):
        written = unquote(segments[place])
        if written in ("", "."):
            continue
        if not left or written.casefold() != left[-1].casefold():
            break
        name = left.pop()
        if name != written:
            segments[place] = quote(name) if "%" in segments[place] else name
    if candidate.split("/")[: len(left)] != left:
        return None
    respelled = "/".join(segments) + url[path.end() :]
    return None if respelled == url else respelled
