"""The same image is declared with different sizes.

What it means: two places, in this article or another, give the same image URL a different width or height.

Why it matters: at most one of them is right.

How to fix it: declare the image's actual size in both.

When to ignore it: if the template uses it as the display size. The rule stays quiet when the image was measured: then
size-differs reports the wrong one.

Source: linkcheck's own judgment: one image has one size.

Topics: images, archive

Example:
    posts/a.md: {url: https://example.com/logo.png, width: 50, height: 50}
    posts/b.md: {url: https://example.com/logo.png, width: 100, height: 100}
"""

from collections.abc import Iterator

from linkcheck.judge.image_traits.declared_size import length
from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import measured_images
from linkcheck.model import Basis, Evidence, Link, Location, Role, RuleMetadata, Severity

META = RuleMetadata("LC502", "image-sizes-disagree", Severity.WARNING, about=("width", "height"), basis=Basis.ARTICLES)


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    found = list(_disagreements(evidence))
    if not found:
        return
    measured = {picture.link for picture in measured_images(evidence) if picture.image.width is not None}
    for link, size, other, place in found:
        if link not in measured:
            where = (
                f"on line {place.span.line}" if place.path == link.location.path else f"in {place.path}:{place.span.line}"
            )
            yield issue_of(
                link,
                f"declared {size[0]}x{size[1]} here, and {other[0]}x{other[1]} {where}",
                "Declare the image's actual size in both.",
                place=f"{place.path}:{place.span.line}",
            )


def _disagreements(evidence: Evidence) -> Iterator[tuple[Link, tuple[int, int], tuple[int, int], Location]]:
    """Images with the first other place that declares another size: of this article those above, of others any."""
    above: dict[str, tuple[tuple[int, int], Location]] = {}
    for result in evidence.results:
        link = result.link
        if link.role is not Role.IMAGE or link.wants.width is None or link.wants.height is None:
            continue
        width, height = length(link.wants.width), length(link.wants.height)
        if width is None or height is None:
            continue
        size, url = (width, height), result.target.url
        other, place = above.setdefault(url, (size, link.location))
        if other != size:
            yield link, size, other, place
            continue
        for duplicate in evidence.duplicates.get(url, ()):
            if (
                duplicate.role is Role.IMAGE
                and duplicate.width
                and duplicate.height
                and (duplicate.width, duplicate.height) != size
            ):
                yield link, size, (duplicate.width, duplicate.height), duplicate.location
                break
