"""Where a page's head ends: found in the bytes, chunk by chunk, without parsing."""

from collections.abc import Iterator

HEAD_LIMIT = 1 << 20
"""Maximum length of a head, in bytes; the rest of a longer one is not read."""

_ENDS = ((b"</head", b"<body"), (b"</HEAD", b"<BODY"))
_LONGEST_END = 6
_MOST_BLOCKS = 2000
"""Maximum number of comments and scripts that are skipped before a tag counts; no real page has as many in its head."""

Block = tuple[bytes, bytes]
COMMENT = (b"<!--", b"-->")
SCRIPT = (b"<script", b"</script")
STYLE = (b"<style", b"</style")
NOSCRIPT = (b"<noscript", b"</noscript")


def head_end(buffer: bytes | bytearray, start: int = 0) -> int | None:
    """The offset at which the head ends (`</head>` or `<body>`); None if more must be read.

    `start` is the length of the buffer in the previous call, so that each byte is searched once. Called for every chunk, so
    it does no more than search until it finds something. Tags are recognized in lower or upper case; a page with mixed case
    is read up to the limit, which is slower but correct.
    """
    end = _first_end(buffer, max(start - _LONGEST_END, 0))
    if end is None:
        return HEAD_LIMIT if len(buffer) >= HEAD_LIMIT else None
    return min(end, HEAD_LIMIT)


def spans(data: bytes | bytearray, blocks: tuple[Block, ...], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Start and end of each block that opens from `start` to `end`, in order. A block that is not closed ends with the data.

    Takes linear time: each opener is searched for once from the end of the previous block.
    """
    openings = [data.find(opener, start, end) for opener, _ in blocks]
    while True:
        found = [(at, which) for which, at in enumerate(openings) if at >= 0]
        if not found:
            return
        at, which = min(found)
        closer = blocks[which][1]
        stop = data.find(closer, at + 2)  # `<!-->` is a whole comment
        if stop >= 0:
            stop = data.find(b">", stop) + 1
        if stop <= 0:
            yield at, len(data)
            return
        yield at, stop
        openings = [
            seen if seen < 0 or seen >= stop else data.find(opener, stop, end)
            for seen, (opener, _) in zip(openings, blocks, strict=True)
        ]


def _first_end(buffer: bytes | bytearray, start: int) -> int | None:
    end = _candidate(buffer, start)
    looked = blocks = 0
    # Only now does it matter whether the tag is in a comment or script and so not a tag.
    while end >= 0:
        if _is_surely_outside(buffer, end):
            return end
        for _, closed in spans(buffer, (COMMENT, SCRIPT), looked, end):
            blocks += 1
            looked = closed
            if closed > end or blocks > _MOST_BLOCKS:
                break
        if looked <= end or blocks > _MOST_BLOCKS:
            return end
        end = _candidate(buffer, looked)
    return None


def _is_surely_outside(buffer: bytes | bytearray, end: int) -> bool:
    """Whether the last comment and the last script before `end` end before it, and so does any other that `spans` finds."""
    for opener, closer in (COMMENT, SCRIPT):
        at = buffer.rfind(opener, 0, end)
        if at >= 0:
            closed = buffer.find(closer, at + 2, end)
            if closed < 0 or buffer.find(b">", closed, end) < 0:
                return False
    return True


def _candidate(buffer: bytes | bytearray, start: int) -> int:
    for head, body in _ENDS:
        first = buffer.find(head, start)
        second = buffer.find(body, start, first) if first >= 0 else buffer.find(body, start)
        found = second if second >= 0 else first
        if found >= 0:
            return found
    return -1
