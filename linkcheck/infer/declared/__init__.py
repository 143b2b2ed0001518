"""Reads the schemas of front matter that Astro, Nuxt Content, Decap CMS and Front Matter CMS declare."""

from collections.abc import Iterator, Sequence
from posixpath import join

from msgspec.structs import replace

from linkcheck.infer.data_entries import DataEntries
from linkcheck.infer.declared import content_collections, decap, front_matter_cms
from linkcheck.infer.declared.schema import DeclaredSchema, with_links
from linkcheck.infer.declared.take_over import take_over
from linkcheck.infer.generators.site import SettingsFiles, place, placed_entries

__all__ = ["DeclaredSchema", "declared_for", "media_roots", "read_declared", "read_entries", "take_over"]

_READERS = (content_collections.read, decap.read, front_matter_cms.read)


def read_declared(files: SettingsFiles, folder: str = "") -> Iterator[DeclaredSchema]:
    """The schemas that the settings in a folder of the repository declare, for folders relative to its root.

    Folders in the settings of Decap are relative to the root of the repository; others are relative to the settings.
    """
    for reader in _READERS:
        for found in reader(files):
            below = place("" if reader is decap.read else folder, found.folder)
            if below is not None:
                yield DeclaredSchema(below, join(folder, found.source), with_links(found.schema))


def read_entries(files: SettingsFiles, folder: str = "") -> Iterator[DataEntries]:
    """The data files that the settings in a folder of the repository declare as entries, relative to its root."""
    for reader in (content_collections.read_entries, decap.read_entries, front_matter_cms.read_entries):
        for each in reader(files):
            placed = placed_entries(each, "" if reader is decap.read_entries else folder)
            yield replace(placed, source=join(folder, each.source), schema=with_links(each.schema))


def media_roots(files: SettingsFiles, folder: str = "") -> tuple[str, ...]:
    """The folders that the site serves at its root, from the settings of content management systems."""
    roots = (decap.media_root(files), front_matter_cms.media_root(files))
    placed = (None if root is None else place("" if at == 0 else folder, root) for at, root in enumerate(roots))
    return tuple(root for root in placed if root is not None)


def declared_for(paths: Sequence[str], declared: Sequence[DeclaredSchema]) -> DeclaredSchema | None:
    """The schema that is declared for all these articles; if there are several, the one of the deepest folder."""
    fitting = [each for each in declared if all(not each.folder or path.startswith(f"{each.folder}/") for path in paths)]
    return max(fitting, key=lambda each: len(each.folder), default=None)
