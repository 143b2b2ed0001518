"""An image's size is not declared.

What it means: the schema has properties for an image's width and height, and one of them, or both, are missing.

Why it matters: the page cannot keep room for the image, and the text jumps when it comes.

How to fix it: write the measured size; where it was measured, the message has it.

When to leave it: where the template does not use the size.

For example:

    images:
      - url: https://example.com/lead.jpg        # 1200x630
"""

from collections.abc import Iterator

from linkcheck.judge.fault import Fault
from linkcheck.judge.look import pictures
from linkcheck.judge.options import Options
from linkcheck.judge.sizes import size_facts
from linkcheck.model import Evidence, Fact, Link, Severity

CODE = "LC406"
NAME = "size-missing"
SEVERITY = Severity.INFO


def check(evidence: Evidence, options: Options) -> Iterator[Fault]:  # noqa: ARG001 - every rule is called alike
    lacking = [sighting.link for sighting in evidence.sightings if _missing(sighting.link)]
    if not lacking:
        return
    measured = {picture.link: picture for picture in pictures(evidence)}
    for link in lacking:
        picture = measured.get(link)
        facts: dict[str, Fact] = {} if picture is None else size_facts(picture)
        size = f"; it is {picture.image.width}x{picture.image.height}" if picture and picture.image.width else ""
        message = f"no {_missing(link)} is declared for the image{size}"
        yield Fault(link.location, message, link.url, "Declare its size in pixels.", facts)


def _missing(link: Link) -> str:
    wants = link.wants
    names = []
    if wants.width is not None and wants.width.value is None:
        names.append("width")
    if wants.height is not None and wants.height.value is None:
        names.append("height")
    return " and ".join(names)
