"""Articles -> the JSON Schema they have in common, and what made the site they are for (pure)."""

from linkcheck.infer.collections import PAGES, InferredCollection, collect
from linkcheck.infer.declared import DeclaredSchema, declared_for, media_roots, read_declared, take_over
from linkcheck.infer.deviations import find_deviations, notes_on
from linkcheck.infer.generators import GENERATORS, PLAIN, FrontMatterDefault, Generator, SiteInfo, cascade_of, detect, marks
from linkcheck.infer.guesses import guess_links
from linkcheck.infer.loosen import loosen
from linkcheck.infer.schema import Deviation, Inferred, Linked, infer
from linkcheck.infer.site_roots import LocalReference, find_site_roots

__all__ = [
    "GENERATORS",
    "PAGES",
    "PLAIN",
    "DeclaredSchema",
    "Deviation",
    "FrontMatterDefault",
    "Generator",
    "Inferred",
    "InferredCollection",
    "Linked",
    "LocalReference",
    "SiteInfo",
    "cascade_of",
    "collect",
    "declared_for",
    "detect",
    "find_deviations",
    "find_site_roots",
    "guess_links",
    "infer",
    "loosen",
    "marks",
    "media_roots",
    "notes_on",
    "read_declared",
    "take_over",
]
