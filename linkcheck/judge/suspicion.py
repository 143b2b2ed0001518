"""Why a success response is suspect: one reason, the most severe, for both the verdict and the rules."""

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from linkcheck.judge.page_signs.missing_page import home_page, not_found_address, not_found_page, search_page, unknown_wall
from linkcheck.model import UNOFFERED_ENCODING, Answer, Outcome


class SuspicionKind(StrEnum):
    PARKED = "parked"
    TAKEN_OVER = "taken-over"
    REMOVED = "removed"
    NOT_FOUND = "not-found"
    HOME = "home"
    GATE = "gate"
    ERROR = "error"
    NOT_IMAGE = "not-image"
    BODY = "body"


class Suspicion(Struct, frozen=True):
    """`clause` describes what was returned instead of what was requested."""

    kind: SuspicionKind
    clause: str


NOT_IMAGE = {
    "html": "an HTML page",
    "xml": "XML",
    "json": "JSON",
    "text": "plain text",
    "empty": "empty",
    "truncated": "cut short",
    "broken": "damaged: its bytes contradict themselves",
    "svgz": "an SVG compressed with gzip, which browsers show only with the header `Content-Encoding: gzip`",
    "svg-without-namespace": 'an SVG without `xmlns="http://www.w3.org/2000/svg"`, which browsers do not show as an image',
    "pdf": "a PDF document",
    "quicktime": "a QuickTime video",
    "mp4": "an MP4 video",
    "webm": "a WebM video",
    "matroska": "a Matroska video",
    "avi": "an AVI video",
    "flv": "a Flash video",
    "wmv": "a Windows Media file",
    "mpeg": "an MPEG video",
    "ogg": "an Ogg audio or video file",
    "m4a": "an MPEG-4 audio file",
    "mp3": "an MP3 audio file",
    "aac": "an AAC audio file",
    "wav": "a WAV audio file",
    "flac": "a FLAC audio file",
    "midi": "a MIDI file",
    "playlist": "a playlist of a video or audio stream",
    "office": "an Office document or an e-book",
    "ole": "a Microsoft Office document",
    "rtf": "an RTF document",
    "djvu": "a DjVu document",
    "zip": "a ZIP archive",
    "gzip": "a gzip archive",
    "rar": "a RAR archive",
    "7z": "a 7z archive",
    "bzip2": "a bzip2 archive",
    "xz": "an xz archive",
    "tar": "a tar archive",
    "font": "a font",
    "flash": "a Flash program",
    "postscript": "a PostScript (EPS) file, which browsers do not show",
    "sgi": "an SGI image, which browsers do not show",
    "pcx": "a PCX file, which browsers do not show",
    "pfm": "a PFM file, which browsers do not show",
    "jpeg-xr": "a JPEG XR file, which browsers do not show",
    "flif": "a FLIF file, which browsers do not show",
    "hdr": "a Radiance HDR file, which browsers do not show",
    "xcf": "a GIMP file, which browsers do not show",
    "icns": "an Apple icon file, which browsers do not show",
    "mng": "an MNG file, which browsers do not show",
    "metafile": "a Windows metafile, which browsers do not show",
}
"""What is returned instead of an image, by `ImageFacts.not_image`."""
DAMAGED = frozenset(("truncated", "broken"))
"""Those that began as an image."""
VIDEOS = frozenset(("quicktime", "mp4", "webm", "matroska", "avi", "flv", "wmv", "mpeg", "ogg", "playlist"))
DOCUMENTS = frozenset(("pdf", "office", "ole", "rtf", "djvu"))
ARCHIVES = frozenset(("zip", "gzip", "rar", "7z", "bzip2", "xz", "tar"))
OTHER_FORMATS = frozenset(("postscript", "sgi", "pcx", "pfm", "jpeg-xr", "flif", "hdr", "xcf", "icns", "mng", "metafile"))
"""Formats of images without a reader."""
UNSHOWN_FORMATS = {
    "dds": "a DDS texture",
    "exr": "an OpenEXR file",
    "pnm": "a Netpbm file (PBM, PGM, PPM or PAM)",
    "psd": "a Photoshop file",
    "qoi": "a QOI file",
    "tga": "a TGA file",
}
"""Formats of images with a reader that no browser shows, by `ImageFacts.format`."""

_BODY_DEFECTS = {
    "incomplete": "the body is incomplete or malformed",
    "bad-encoding": "the body cannot be decompressed",
    "empty": "the server accepted the request but returned no page",
}


def suspicion(outcome: Outcome, answer: Answer) -> Suspicion | None:
    """The suspicion about a response with a success status, or None."""
    # Imported here: long patterns in many languages, which an offline check does not need.
    from linkcheck.judge.page_signs.parking import parked_domain
    from linkcheck.judge.page_signs.removed_content import removed_content
    from linkcheck.judge.page_signs.server_errors import error_page
    from linkcheck.judge.page_signs.takeovers import taken_over
    from linkcheck.judge.page_signs.walls import gate_page

    if (parked := parked_domain(outcome, answer)) is not None:
        return Suspicion(SuspicionKind.PARKED, parked)
    if (taken := taken_over(outcome, answer)) is not None:
        return Suspicion(SuspicionKind.TAKEN_OVER, taken)
    if (removed := removed_content(answer)) is not None:
        return Suspicion(SuspicionKind.REMOVED, removed)
    # A wall is checked first: sites show it instead of any page, so it proves nothing about the page.
    if (gate := gate_page(outcome, answer)) is not None:
        return Suspicion(SuspicionKind.GATE, gate)
    if (address := not_found_address(outcome, answer)) is not None:
        return Suspicion(SuspicionKind.NOT_FOUND, address)
    if (home := home_page(outcome, answer)) is not None:
        return Suspicion(SuspicionKind.HOME, home)
    if (search := search_page(outcome, answer)) is not None:
        return Suspicion(SuspicionKind.NOT_FOUND, search)
    if answer.image is not None and answer.image.not_image == "html":
        answer = replace(answer, soft_404=None)  # a page is returned instead of the image: which one makes no difference
    if (wall := unknown_wall(outcome, answer)) is not None:
        return Suspicion(SuspicionKind.GATE, wall)
    if (not_found := not_found_page(outcome, answer)) is not None:
        return Suspicion(SuspicionKind.NOT_FOUND, not_found)
    if (error := error_page(outcome, answer)) is not None:
        return Suspicion(SuspicionKind.ERROR, error)
    if answer.image is not None and answer.image.not_image:
        return Suspicion(SuspicionKind.NOT_IMAGE, instead_of_image(answer.image.not_image))
    defect = _body_defect(answer.body)
    return Suspicion(SuspicionKind.BODY, defect) if defect else None


def _body_defect(body: str | None) -> str | None:
    if body is not None and body.startswith(UNOFFERED_ENCODING):
        return f"the body is compressed with {body.removeprefix(UNOFFERED_ENCODING)}, which the request did not offer"
    return _BODY_DEFECTS.get(body or "")


def instead_of_image(not_image: str) -> str:
    return NOT_IMAGE.get(not_image, "not in a known image format")
