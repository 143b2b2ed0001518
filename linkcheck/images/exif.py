"""The orientation in an Exif block (Exif 2.32, 4.6.2; the block is a small TIFF)."""

from typing import Literal

ORIENTATION = 0x0112
SHORT = 3
ENTRIES = 512
"""More entries than any camera writes; the search ends there."""


def orientation(block: bytes) -> int:
    """Find the orientation, 1 to 8, in a TIFF block that begins with `II` or `MM`; 1 if there is no valid one.

    As in Chromium: only a SHORT in the first directory counts, and invalid values such as 0 and 9 are ignored.
    """
    order: Literal["little", "big"]
    match block[:4]:
        case b"II*\0":
            order = "little"
        case b"MM\0*":
            order = "big"
        case _:
            return 1
    start = int.from_bytes(block[4:8], order)
    count = int.from_bytes(block[start : start + 2], order)
    for at in range(start + 2, start + 2 + 12 * min(count, ENTRIES), 12):
        entry = block[at : at + 12]
        if len(entry) < 12:
            break
        if int.from_bytes(entry[:2], order) == ORIENTATION:
            value = int.from_bytes(entry[8:10], order)
            return value if int.from_bytes(entry[2:4], order) == SHORT and 1 <= value <= 8 else 1
    return 1
