"""Articles -> the JSON Schema they have in common, and what made the site they are for (pure)."""

from linkcheck.infer.collections import Collection, collect
from linkcheck.infer.generators import GENERATORS, Generator, Site, detect, site_of
from linkcheck.infer.loosen import loosen
from linkcheck.infer.schema import Inferred, Linked, infer

__all__ = [
    "GENERATORS",
    "Collection",
    "Generator",
    "Inferred",
    "Linked",
    "Site",
    "collect",
    "detect",
    "infer",
    "loosen",
    "site_of",
]
