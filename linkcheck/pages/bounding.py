"""Markup cut down to what an HTML parser may be fed.

A parser that follows the HTML standard is quadratic in nested blocks that stand where no block may be, and in the
attributes of a tag; and it takes `<noscript>` for markup, as a browser without scripts would, so that an image in one
would end the head. Hence it gets the head alone, without `<noscript>`, and with so much markup and so many tags at most
that the worst page costs some milliseconds.
"""

from linkcheck.pages.extent import COMMENT, NOSCRIPT, SCRIPT, STYLE, Block, spans

_MOST_TAGS = 3000
_MOST_MARKUP = 128 * 1024


def bounded(head: bytes) -> bytes:
    """The head as the parser may have it."""
    if b"<noscript" in head:
        head = without(head, (COMMENT, SCRIPT, NOSCRIPT), keep=(COMMENT, SCRIPT))
    if len(head) > _MOST_MARKUP or head.count(b"<") > _MOST_TAGS:
        head = without(head, (COMMENT, SCRIPT, STYLE), keep=(), hollow=SCRIPT)[:_MOST_MARKUP]
        tags = head.split(b"<", _MOST_TAGS + 1)
        head = b"<".join(tags[: _MOST_TAGS + 1])
    return head


def without(data: bytes, blocks: tuple[Block, ...], *, keep: tuple[Block, ...], hollow: Block | None = None) -> bytes:
    """`data` without the blocks.

    Those to `keep` are recognized, so that nothing is taken for a block inside them; of a `hollow` one the tags stay.
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
