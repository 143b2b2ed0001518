"""An image's extension does not match its format.

What it means: the extension in the URL or file name belongs to one image format, but the bytes to another.

Why it matters: people, and programs that rely on the name, mistake it for a different format.

How to fix it: rename the file, or convert it.

When to ignore it: whenever you like. The rule stays quiet for images on hosts that are not yours (`own-hosts`), because
only their owner can rename them; when the server sends the right media type, because then the server chose the format;
and when it sends the wrong one (media-type-differs).

Source: linkcheck's own judgment: browsers rely on the bytes (WHATWG MIME Sniffing Standard), people on the name.

Topics: images, urls

Example:
    images:
      - url: /assets/lead.png                    # a JPEG
"""

from collections.abc import Iterator

from linkcheck.judge.issue import Issue, issue_of
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.select import measured_images
from linkcheck.model import Evidence, OwnerOnly, RuleMetadata, Severity

META = RuleMetadata("LC409", "extension-differs", Severity.INFO, owner_only=OwnerOnly(None))


def check(evidence: Evidence, options: JudgeOptions) -> Iterator[Issue]:
    for picture in measured_images(evidence):
        from linkcheck.images import EXTENSIONS, MEDIA_TYPES  # imported here: it loads the readers of all formats

        is_format = picture.image.format or ""
        last = picture.name.partition("#")[0].partition("?")[0].rpartition("/")[2]
        extension = last.rpartition(".")[2].lower() if "." in last else ""
        named = next((name for name, extensions in EXTENSIONS.items() if extension in extensions), None)
        if (
            named is None
            or extension in EXTENSIONS.get(is_format, ())
            or picture.media_type in MEDIA_TYPES.get(is_format, ())
        ):
            continue
        message = f"the name ends in .{extension}, but the image is {is_format.upper()}"
        yield issue_of(picture.link, message, "Rename it, or convert it.", extension=extension, format=is_format)
