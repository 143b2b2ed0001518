"""Articles -> the JSON Schema they have in common, and what made the site they are for (pure)."""

from linkcheck.infer.collections import PAGES, InferredCollection, collect
from linkcheck.infer.generators import GENERATORS, Generator, SiteInfo, detect, site_of
from linkcheck.infer.loosen import loosen
from linkcheck.infer.schema import Inferred, Linked, infer

__all__ = [
    "GENERATORS",
    "PAGES",
    "Generator",
    "Inferred",
    "InferredCollection",
    "Linked",
    "SiteInfo",
    "collect",
    "detect",
    "infer",
    "loosen",
    "site_of",
]
