"""URLs and addresses: parsing, comparison, masking, and which of them are public (pure)."""

from linkcheck.urls.addresses import NO_NETWORKS, Network, address_of, networks, refusal
from linkcheck.urls.archived import ARCHIVE_TODAY, are_same_copy, copied_page, is_one_key, original_in
from linkcheck.urls.comparing import (
    TRIVIAL,
    Difference,
    adds_query,
    is_below,
    names_article,
    page_key,
    route_of,
    same_page,
)
from linkcheck.urls.hosts import host_matches
from linkcheck.urls.masking import MASK, mask, replace_secrets
from linkcheck.urls.parsing import DEFAULT_PORTS, LONGEST_URL, InvalidUrl, Url, is_relative, parse_url, scheme_of
from linkcheck.urls.ports import ALLOWED_PORTS, BLOCKED_PORTS, port_refusal
from linkcheck.urls.private_names import name_refusal
from linkcheck.urls.redirect_chain import chain_of, host_of, last_host
from linkcheck.urls.registrable_domain import is_registry, registrable_domain, top_level_domain, unicode_host
from linkcheck.urls.remapping import InvalidRemap, Remap, Remapping, remap_of
from linkcheck.urls.signing import Signed, signed
from linkcheck.urls.written import (
    IN_BRACKETS,
    MARKDOWN_LINK,
    SEVERAL_URLS,
    UrlDefect,
    intrasite_path,
    is_made_by_pelican,
    is_words,
    misspelled_scheme,
    scheme_defect,
    wiki_target,
    written_defect,
)

__all__ = [
    "ALLOWED_PORTS",
    "ARCHIVE_TODAY",
    "BLOCKED_PORTS",
    "DEFAULT_PORTS",
    "IN_BRACKETS",
    "LONGEST_URL",
    "MARKDOWN_LINK",
    "MASK",
    "NO_NETWORKS",
    "SEVERAL_URLS",
    "TRIVIAL",
    "Difference",
    "InvalidRemap",
    "InvalidUrl",
    "Network",
    "Remap",
    "Remapping",
    "Signed",
    "Url",
    "UrlDefect",
    "address_of",
    "adds_query",
    "are_same_copy",
    "chain_of",
    "copied_page",
    "host_matches",
    "host_of",
    "intrasite_path",
    "is_below",
    "is_made_by_pelican",
    "is_one_key",
    "is_registry",
    "is_relative",
    "is_words",
    "last_host",
    "mask",
    "misspelled_scheme",
    "name_refusal",
    "names_article",
    "networks",
    "original_in",
    "page_key",
    "parse_url",
    "port_refusal",
    "refusal",
    "registrable_domain",
    "remap_of",
    "replace_secrets",
    "route_of",
    "same_page",
    "scheme_defect",
    "scheme_of",
    "signed",
    "top_level_domain",
    "unicode_host",
    "wiki_target",
    "written_defect",
]
