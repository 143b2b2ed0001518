"""Infers a JSON Schema from articles, and detects the site generator and its settings (pure)."""

from typing import TYPE_CHECKING

from linkcheck.infer.loosen import loosen  # not below: the module has the name of the function

if TYPE_CHECKING:
    from linkcheck.infer.added_folder import find_added_folder
    from linkcheck.infer.collection_names import plain_name
    from linkcheck.infer.collections import PAGES, InferredCollection, collect, join_languages
    from linkcheck.infer.data_entries import DataEntries
    from linkcheck.infer.declared import (
        DeclaredSchema,
        declared_for,
        media_roots,
        read_declared,
        read_entries,
        take_over,
    )
    from linkcheck.infer.deviations import find_deviations, notes_on
    from linkcheck.infer.generators import (
        GENERATORS,
        PLAIN,
        FrontMatterDefault,
        Generator,
        SiteInfo,
        cascade_of,
        detect,
        marks,
    )
    from linkcheck.infer.guesses import guess_links
    from linkcheck.infer.roles import OWN_ADDRESS, Field, field_of, fold
    from linkcheck.infer.schema import Deviation, Inferred, Linked, infer, infer_from, outline_of, shape_of
    from linkcheck.infer.shape import Shape, text_features
    from linkcheck.infer.site_roots import LocalReference, find_site_roots

__all__ = [
    "GENERATORS",
    "OWN_ADDRESS",
    "PAGES",
    "PLAIN",
    "DataEntries",
    "DeclaredSchema",
    "Deviation",
    "Field",
    "FrontMatterDefault",
    "Generator",
    "Inferred",
    "InferredCollection",
    "Linked",
    "LocalReference",
    "Shape",
    "SiteInfo",
    "cascade_of",
    "collect",
    "declared_for",
    "detect",
    "field_of",
    "find_added_folder",
    "find_deviations",
    "find_site_roots",
    "fold",
    "guess_links",
    "infer",
    "infer_from",
    "join_languages",
    "loosen",
    "marks",
    "media_roots",
    "notes_on",
    "outline_of",
    "plain_name",
    "read_declared",
    "read_entries",
    "shape_of",
    "take_over",
    "text_features",
]

_HOMES = {
    "DataEntries": "data_entries",
    "DeclaredSchema": "declared",
    "Deviation": "schema",
    "Field": "roles",
    "FrontMatterDefault": "generators",
    "GENERATORS": "generators",
    "Generator": "generators",
    "Inferred": "schema",
    "InferredCollection": "collections",
    "Linked": "schema",
    "LocalReference": "site_roots",
    "OWN_ADDRESS": "roles",
    "PAGES": "collections",
    "PLAIN": "generators",
    "Shape": "shape",
    "SiteInfo": "generators",
    "cascade_of": "generators",
    "collect": "collections",
    "declared_for": "declared",
    "detect": "generators",
    "field_of": "roles",
    "find_added_folder": "added_folder",
    "find_deviations": "deviations",
    "find_site_roots": "site_roots",
    "fold": "roles",
    "guess_links": "guesses",
    "infer": "schema",
    "infer_from": "schema",
    "join_languages": "collections",
    "marks": "generators",
    "media_roots": "declared",
    "notes_on": "deviations",
    "outline_of": "schema",
    "plain_name": "collection_names",
    "read_declared": "declared",
    "read_entries": "declared",
    "shape_of": "schema",
    "take_over": "declared",
    "text_features": "shape",
}


def __getattr__(name: str) -> object:
    # A hook without a configuration needs a small part, and must not wait for the rest.
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f"linkcheck.infer.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
