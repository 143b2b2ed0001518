"""Reduces markup to what an HTML parser can process in bounded time.

A parser that follows the HTML standard takes quadratic time for nested misplaced blocks and for the attributes of a tag. It
also parses `<noscript>` as a browser without scripts does, so that an image in one would end the head. Therefore, the
parser gets only the head, without `<noscript>`, and with limits on markup and tags, so that the worst page takes a few
milliseconds.
"""

from linkcheck.pages.extent import COMMENT, NOSCRIPT, SCRIPT, STYLE, Block, spans

_MOST_TAGS = 3000
_MOST_MARKUP = 128 * 1024


def bounded(head: bytes) -> bytes:
    """The head, reduced for the parser."""
    if b"<noscript" in head:
        head = without(head, (COMMENT, SCRIPT, NOSCRIPT), keep=(COMMENT, SCRIPT))
    if len(head) > _MOST_MARKUP or head.count(b"<") > _MOST_TAGS:
        head = without(head, (COMMENT, SCRIPT, STYLE), keep=(), hollow=SCRIPT)[:_MOST_MARKUP]
        tags = head.split(b"<", _MOST_TAGS + 1)
        head = b"<".join(tags[: _MOST_TAGS + 1])
    return head


def without(data: bytes, blocks: tuple[Block, ...], *, keep: tuple[Block, ...], hollow: Block | None = None) -> bytes:
    """`data` without the blocks.

    Blocks in `keep` are recognized, so that nothing inside them counts as a block. Of blocks in `hollow`, the tags are kept.
    """
    kept = []
    position = 0
    for start, stop in spans(data, blocks, 0, len(data)):
        if any(data.startswith(opener, start) for opener, _ in keep):
            continue
        kept.append(data[position:start])
        position = stop
        if hollow and data.startswith(hollow[0], start):
            kept += (data[start : data.find(b">", start) + 1], hollow[1], b">")
    kept.append(data[position:])
    return b"".join(kept)
