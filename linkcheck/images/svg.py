"""SVG: the root element's start tag, found by a bounded scan, because untrusted XML must not be parsed.

No entity is expanded and nothing is fetched: an attribute with an entity counts as unknown. As in a browser, an `svg`
element outside the SVG namespace is not an image, and a picture with only a `viewBox` has an aspect ratio and no size. The
same applies to sizes relative to a font, such as `1em`, which the file does not determine. A browser converts absolute
units such as `2cm` to pixels.

A file compressed with gzip (`.svgz`) is read as well, as far as it can be decompressed. Editors write whole documents and
pictures into attributes of the start tag: past `ENOUGH` bytes it need not end, if width and height come first.
"""

import re
import zlib
from math import floor

from linkcheck.images.view import CAP, BrokenError, LimitError, NeedError, View
from linkcheck.model import ImageFacts

MEDIA_TYPES = {"svg": ("image/svg+xml",)}
EXTENSIONS = {"svg": ("svg", "svgz")}

ENOUGH = 16 * 1024
"""Bytes after which the size counts although the root's start tag goes on."""
STEPS = 16 * 1024
"""Maximum number of comments and instructions before the root, of parts of a DOCTYPE, and of attributes."""
NAMESPACE = "http://www.w3.org/2000/svg"
STARTS = (b"<", b" ", b"\t", b"\r", b"\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
"""Possible beginnings of XML text: a byte order mark, white space, or `<`."""
GZIP = b"\x1f\x8b\x08"
"""How a compressed file begins. Browsers decompress it only if the server declares it with Content-Encoding."""
GZIP_BITS = 16 + zlib.MAX_WBITS
MEMBERS = 100
"""Maximum number of parts of a compressed file, each with a header and a checksum (RFC 1952, 2.2)."""
SALVAGED = 64 * 1024
"""Bytes of an invalid part that are decompressed nonetheless: browsers do not verify its checksum."""

XML = re.compile(r"<\?xml\s")
SPACE = re.compile(r"[ \t\r\n]*")
NAME = re.compile(r"<([A-Za-z_][\w.-]*)(?::([A-Za-z_][\w.-]*))?(?=[\s/>])")
DOCTYPE_TOKEN = re.compile(r"""["'\[\]>]|<!--|<\?""")
CLOSING = {'"': '"', "'": "'", "<!--": "-->", "<?": "?>"}
ATTRIBUTE = re.compile(r"""\s+([^\s=/>"'<]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')""")
TAG_END = re.compile(r"\s*/?>")
UNFINISHED = re.compile(r"""\s*(?:[^\s=/>"'<]+\s*(?:=\s*(?:"[^"<]*|'[^'<]*)?)?|/)?\Z""")

DOCTYPE = re.compile(r"<!DOCTYPE\s+(?:[\w.-]+:)?([\w.-]+)")
UNFINISHED_START = re.compile(r"(?:<(?:!(?:-|D[A-Z]*)?|[A-Za-z_][\w.:-]*)?)?")
_NUMBER = r"[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?"
_THEN = r"(?:\s*,\s*|\s+|(?=[+-]))"
NUMBERS = re.compile(rf"\s*{_NUMBER}{_THEN}{_NUMBER}{_THEN}({_NUMBER}){_THEN}({_NUMBER})\s*")
LENGTH = re.compile(rf"\s*({_NUMBER})([A-Za-z]*)\s*")
RELATIVE = re.compile(r"r?(?:ex|ch|cap|ic|lh)|[sld]?v(?:w|h|i|b|min|max)", re.IGNORECASE)
"""Units that depend on a font or on the position in the page, which the file does not determine."""
PIXELS = {
    "": 1.0,
    "px": 1.0,
    "in": 96.0,
    "cm": 96 / 2.54,
    "mm": 96 / 25.4,
    "q": 96 / 101.6,
    "pt": 96 / 72,
    "pc": 16.0,
    "em": 16.0,
    "rem": 16.0,
}
"""CSS pixels per unit (CSS Values 4, 6); without a style sheet a font is 16 pixels high."""
LONGEST_VALUE = 128
LONGEST_SIDE = 33_554_428
"""The maximum in Chromium's layout."""
WIDEST_SHAPE = 1e6


class _UnknownError(Exception):
    """A value that only a browser can compute: an entity, a function, a relative unit."""


class _UnfinishedError(Exception):
    """The text ends before the root's start tag does."""


def recognize(view: View) -> str | None:
    text = _text(view)
    if text is None:
        return None
    try:
        found = _root(text)
    except _UnfinishedError:
        if not _is_all(view, text):
            raise _more(view) from None
        return _guess(text)
    except LimitError:
        return _guess(text)
    return "svg" if found and (found[2] or found[1]) == "svg" else None


def _guess(text: str) -> str | None:
    """The format of XML text whose root is beyond a limit, by its DOCTYPE; without one, a drawing is likelier than data."""
    doctype = DOCTYPE.search(text)
    is_other = text.isspace() if doctype is None else doctype[1] != "svg"
    return None if is_other else "svg"


def read(view: View, name: str) -> ImageFacts:
    text = _text(view) or ""
    try:
        root = _root(text)
    except _UnfinishedError:
        raise LimitError from None
    if root is None or "<!ATTLIST" in text[: root.start()]:
        raise LimitError  # a declaration of attributes can add any of them
    values, is_finished = _attributes(text, root.end())
    namespace = f"xmlns:{root[1]}" if root[2] else "xmlns"
    if not is_finished:
        is_all = _is_all(view, text)
        is_settled = {"width", "height", namespace} <= values.keys()
        if not is_all and (view.size is not None or len(text) < ENOUGH or not is_settled):
            raise _more(view)
        if not is_settled:
            raise LimitError
    # Old Illustrator files write the namespace as an entity.
    space = values.get(namespace, "")
    if space != NAMESPACE and "&" not in space:
        return ImageFacts(format=None, not_image="svg-without-namespace")
    return _measure(values, name)


def _measure(values: dict[str, str], name: str) -> ImageFacts:
    """Compute size and aspect ratio (SVG 2, 8.12; CSS Images 3, 4.1)."""
    try:
        width, height, ratio = _length(values.get("width", "")), _length(values.get("height", "")), _shape(values)
    except _UnknownError:
        return ImageFacts(format=name)
    if width is not None and height is not None:
        ratio = width / height if width and height else None
    elif ratio is not None:
        if width is not None:
            height = width / ratio
        elif height is not None:
            width = height * ratio
    if _is_of_a_font(values.get("width", "")) or _is_of_a_font(values.get("height", "")):
        return ImageFacts(format=name, ratio=ratio)
    across, down = _rounded(width), _rounded(height)
    return ImageFacts(format=name, width=across, height=down, stored_width=across, stored_height=down, ratio=ratio)


def _text(view: View) -> str | None:
    """Decode the available part of the first `CAP` bytes; None if they cannot be XML."""
    head = view.head
    if not head:
        view.take(0, 1)
    if view.starts(GZIP):
        head, is_valid = _decompressed(head)
        if not head:
            if is_valid:
                raise _more(view)
            return None
    if not head.startswith(STARTS):
        return None
    if head.startswith(b"\xff\xfe"):
        return head[: len(head) & ~1].decode("utf-16-le", "replace").removeprefix("\ufeff")
    if head.startswith(b"\xfe\xff"):
        return head[: len(head) & ~1].decode("utf-16-be", "replace").removeprefix("\ufeff")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")  # markup is ASCII, whatever the rest is


def _decompressed(data: bytes) -> tuple[bytes, bool]:
    """The text of all parts of a compressed file, up to `CAP` and to what is invalid; also whether all of it is valid."""
    text = b""
    for _ in range(MEMBERS):
        stream = zlib.decompressobj(GZIP_BITS)
        try:
            text += stream.decompress(data, CAP - len(text))
        except zlib.error:
            return text + _salvaged(data[:SALVAGED], CAP - len(text)), False
        data = stream.unused_data
        if not data.startswith(GZIP) or len(text) >= CAP:
            break
    return text, True


def _salvaged(data: bytes, room: int) -> bytes:
    """The text before the first invalid byte, or the beginning of it if it is longer than `room`."""
    stream, text = zlib.decompressobj(GZIP_BITS), bytearray()
    try:
        for at in range(len(data)):
            text += stream.decompress(data[at : at + 1])
            if len(text) >= room:
                break
    except zlib.error:
        pass
    return bytes(text)


def _is_all(view: View, text: str) -> bool:
    """Whether no more text will be available, although the file goes on."""
    return len(view.head) >= CAP or (len(text) >= CAP // 2 and view.head.startswith(GZIP))


def _more(view: View) -> NeedError:
    return NeedError(len(view.head), len(view.head) + 1, skip=False)


def _root(text: str) -> re.Match[str] | None:
    """Find the start tag of the root after declaration, comments and DOCTYPE; None if it is not XML.

    The groups are the name's parts: one, or prefix and local name.
    """
    at = 0
    for _ in range(STEPS):
        at = _space(text, at)
        if at and XML.match(text, at):
            return None  # a declaration is allowed only at the beginning
        if text.startswith("<?", at):
            at = _after(text, "?>", at + 2)
        elif text.startswith("<!--", at):
            at = _after(text, "-->", at + 4)
        elif text.startswith("<!DOCTYPE", at):
            at = _after_doctype(text, at + 9)
        elif found := NAME.match(text, at):
            return found
        elif UNFINISHED_START.fullmatch(text, at):
            raise _UnfinishedError
        else:
            return None
    raise LimitError


def _space(text: str, at: int) -> int:
    found = SPACE.match(text, at)
    return found.end() if found else at


def _after(text: str, mark: str, at: int) -> int:
    found = text.find(mark, at)
    if found < 0:
        raise _UnfinishedError
    return found + len(mark)


def _after_doctype(text: str, at: int) -> int:
    """Where a DOCTYPE ends; its declarations, quotes and comments are skipped."""
    inside = False
    for _ in range(STEPS):
        token = DOCTYPE_TOKEN.search(text, at)
        if token is None:
            raise _UnfinishedError
        at = token.end()
        match token[0]:
            case "[" | "]":
                inside = token[0] == "["
            case ">":
                if not inside:
                    return at
            case opening:
                at = _after(text, CLOSING[opening], at)
    raise LimitError


def _attributes(text: str, at: int) -> tuple[dict[str, str], bool]:
    """Parse the attributes; also whether the tag ends. BrokenError for a malformed tag."""
    values: dict[str, str] = {}
    for _ in range(STEPS):
        found = ATTRIBUTE.match(text, at)
        if found is None:
            break
        if found[1] in values:
            raise BrokenError
        values[found[1]] = found[2] if found[2] is not None else found[3]
        at = found.end()
    else:
        raise LimitError
    if TAG_END.match(text, at):
        return values, True
    if not UNFINISHED.match(text, at):
        raise BrokenError
    return values, False


def _length(value: str) -> float | None:
    """A length in CSS pixels; None for values that browsers treat as `auto` (a percentage, an invalid value, none)."""
    if "&" in value or "(" in value:
        raise _UnknownError
    found = LENGTH.fullmatch(value[:LONGEST_VALUE])
    if found is None:
        return None
    unit = found[2].lower()
    if RELATIVE.fullmatch(unit):
        raise _UnknownError
    return min(max(0.0, float(found[1]) * PIXELS[unit]), LONGEST_SIDE) if unit in PIXELS else None


def _is_of_a_font(value: str) -> bool:
    """Whether a length is relative to the height of a font."""
    found = LENGTH.fullmatch(value[:LONGEST_VALUE])
    return found is not None and found[2].lower() in ("em", "rem")


def _shape(values: dict[str, str]) -> float | None:
    """Aspect ratio (width / height) of the `viewBox`, unless the picture can be stretched."""
    box, fit = values.get("viewBox", ""), values.get("preserveAspectRatio", "")
    if "&" in box + fit:
        raise _UnknownError
    numbers = NUMBERS.fullmatch(box[:LONGEST_VALUE])
    if numbers is None or fit.split()[:1] == ["none"]:
        return None
    width, height = float(numbers[1]), float(numbers[2])
    ratio = width / height if height > 0 else 0.0
    return ratio if 1 / WIDEST_SHAPE < ratio < WIDEST_SHAPE else None


def _rounded(length: float | None) -> int | None:
    return None if length is None else floor(length + 0.5)
