"""What an HTML page declares about itself, in its head and its `Link` headers (pure)."""

from linkcheck.pages.content import readable_content
from linkcheck.pages.extent import HEAD_LIMIT, head_end
from linkcheck.pages.link_header import HeaderLink, parse_link_header
from linkcheck.pages.notices import is_bare, is_notice, is_notice_name, mentions_missing
from linkcheck.pages.reading import read_page, refresh_target

__all__ = [
    "HEAD_LIMIT",
    "HeaderLink",
    "head_end",
    "is_bare",
    "is_notice",
    "is_notice_name",
    "mentions_missing",
    "parse_link_header",
    "read_page",
    "readable_content",
    "refresh_target",
]
