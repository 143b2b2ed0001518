"""Determines format, size (stored and displayed), orientation and animation of an image from its bytes.

No I/O. The caller keeps a buffer of the file's first bytes:

    facts = measure(buffer, complete=at_the_end)
    while isinstance(facts, More):
        ...                         # fetch the bytes facts.at or 0 .. facts.upto (exclusive), then call again

`More(upto)` requests the file's first `upto` bytes: the buffer grows. `More(upto, at)` requests the bytes from `at` on
instead: pass them as `tail=Segment(at, data)` with the same buffer. There is at most one such segment per file, which can
grow like the buffer. A caller that cannot seek (a server without Range) passes `seekable=False` and only gets requests to
grow. Fewer bytes than requested mean the end of the file (`complete`). Buffer and segment together never exceed `CAP`.
`measure_by` is that loop for callers that can read at any offset.

The result is always an `ImageFacts`, never an exception, for any bytes:

- an image: `format`, sizes, `orientation`, `animated`; for SVG sizes can be missing and `ratio` is the aspect ratio;
- an image whose size is beyond `CAP` or another limit: `format`, without size and ratio;
- not an image: `format` is None and `not_image` describes the bytes.
"""

from collections.abc import Callable, Mapping
from typing import Protocol

from msgspec import Struct, structs

from linkcheck.images import bmp, dds, exr, gif, heif, ico, jp2, jpeg, jxl, png, pnm, psd, qoi, svg, tga, tiff, webp
from linkcheck.images.other import LOOK, looks_like
from linkcheck.images.view import CAP, BrokenError, LimitError, NeedError, Segment, View
from linkcheck.model import ImageFacts

__all__ = [
    "CAP",
    "EXTENSIONS",
    "FIRST_READ",
    "FORMATS",
    "IMAGE_EXTENSIONS",
    "MEDIA_TYPES",
    "Format",
    "More",
    "Segment",
    "measure",
    "measure_by",
]

FIRST_READ = 16 * 1024
"""Bytes to read first: enough for nine out of ten images."""
GROWTH = 4
FAR = 64 * 1024
"""Skipping less than this is not worth another request."""
HIGHEST = 1 << 40
"""No image is a terabyte long: a larger offset is invalid."""


class Format(Protocol):
    """A module that reads one family of formats. Both mappings are keyed by format name, the usual value first."""

    @property
    def MEDIA_TYPES(self) -> Mapping[str, tuple[str, ...]]: ...  # noqa: N802 - a constant of the module

    @property
    def EXTENSIONS(self) -> Mapping[str, tuple[str, ...]]: ...  # noqa: N802 - a constant of the module

    def recognize(self, view: View) -> str | None:
        """The format name if the bytes begin like it; NeedError while there are too few."""

    def read(self, view: View, name: str) -> ImageFacts:
        """Measure an image that `recognize` called `name`.

        NeedError for more bytes, BrokenError if it is invalid, LimitError if its size is beyond what the reader searches.
        """


FORMATS: tuple[Format, ...] = (
    jpeg,
    png,
    gif,
    webp,
    heif,
    svg,
    ico,
    bmp,
    tiff,
    jxl,
    jp2,
    psd,
    qoi,
    dds,
    exr,
    pnm,
    tga,
)

MEDIA_TYPES: Mapping[str, tuple[str, ...]] = {name: types for form in FORMATS for name, types in form.MEDIA_TYPES.items()}
"""Format name to the media types it is served as, the registered one first."""
EXTENSIONS: Mapping[str, tuple[str, ...]] = {name: ends for form in FORMATS for name, ends in form.EXTENSIONS.items()}
"""Format name to the file name extensions it goes by (lower case, no dot), the usual one first."""
IMAGE_EXTENSIONS = frozenset(extension for extensions in EXTENSIONS.values() for extension in extensions)
"""The extensions of all formats."""


class More(Struct, frozen=True):
    """More bytes are needed: up to `upto` (exclusive), from `at`, or from the start of the file if that is None."""

    upto: int
    at: int | None = None


def measure(data: bytes, *, complete: bool, tail: Segment | None = None, seekable: bool = True) -> ImageFacts | More:
    """Measure the image whose first bytes are `data`, or return which bytes are needed.

    `complete` means that `data` is the whole file. Bytes of `data` beyond `CAP` are ignored: pass the first ones even if
    more are available.
    """
    read = len(data) + (len(tail.data) if tail else 0)
    if len(data) > CAP:
        data, complete = data[:CAP], False
    view = View(data, tail, complete=complete, seekable=seekable)
    if view.size == 0:
        return ImageFacts(format=None, not_image="empty", bytes_read=read)
    form, name, need = _recognize(view)
    if form is None or name is None:
        facts = _no_image(data, need, complete=complete)
    else:
        try:
            facts = form.read(view, name)
        except BrokenError:
            facts = ImageFacts(format=None, not_image="broken")
        except LimitError:
            facts = ImageFacts(format=name)
        except NeedError as request:
            facts = _request(view, request, name)
    return structs.replace(facts, bytes_read=read) if isinstance(facts, ImageFacts) else facts


def measure_by(read: Callable[[int, int], bytes], *, seekable: bool = True) -> ImageFacts:
    """Measure an image with `read(start, stop)`, which returns fewer bytes only at the end of the file."""
    head, tail, more = read(0, FIRST_READ), None, FIRST_READ
    while True:
        facts = measure(head, complete=len(head) < more, tail=tail, seekable=seekable)
        if isinstance(facts, ImageFacts):
            return facts
        if facts.at is None:
            more = facts.upto
            head += read(len(head), more)
        else:
            data = read(facts.at, facts.upto)
            tail = Segment(facts.at, data, complete=len(data) < facts.upto - facts.at)


def _recognize(view: View) -> tuple[Format | None, str | None, NeedError | None]:
    """Find the format; if there is none, the last request of a reader that could not decide yet."""
    need = None
    for form in FORMATS:
        try:
            name = form.recognize(view)
        except NeedError as request:
            need = request
            continue
        except BrokenError:
            continue
        if name is not None:
            return form, name, None
    return None, None, need


def _no_image(data: bytes, need: NeedError | None, *, complete: bool) -> ImageFacts | More:
    """Describe bytes that no reader recognized, once there are enough."""
    if not complete and need is not None:
        return _grow(len(data), need.upto) or ImageFacts(format=None, not_image=looks_like(data) or "unknown")
    if not complete and len(data) < LOOK:
        return More(FIRST_READ)
    looks = looks_like(data)
    if need is not None and looks in (None, "xml", "text"):
        looks = "truncated"
    return ImageFacts(format=None, not_image=looks or "unknown")


def _request(view: View, need: NeedError, name: str) -> ImageFacts | More:
    """Convert a reader's request to one for the caller."""
    if view.ends_before(need.upto):
        return ImageFacts(format=None, not_image="truncated")
    if need.upto > HIGHEST:
        return ImageFacts(format=None, not_image="broken")
    head, tail = len(view.head), view.tail
    if tail is not None and need.at >= tail.offset:
        grown = _grow(len(tail.data), need.upto - tail.offset, room=CAP - head)
        more = More(tail.offset + grown.upto, tail.offset) if grown else None
    elif need.skip and view.seekable and tail is None and need.at >= head + FAR:
        more = More(need.at + max(FIRST_READ, need.upto - need.at), need.at) if need.upto - need.at <= CAP - head else None
    else:
        more = _grow(head, need.upto, room=CAP - (len(tail.data) if tail else 0))
    return more or ImageFacts(format=name)


def _grow(there: int, upto: int, *, room: int = CAP) -> More | None:
    """Extend the buffer to 16 KiB, 64 KiB, 256 KiB, 1 MiB, or as far as needed if that is further."""
    step = FIRST_READ
    while step <= there:
        step *= GROWTH
    needed = -(-upto // FIRST_READ) * FIRST_READ
    return More(min(max(step, needed), room)) if upto <= room else None
