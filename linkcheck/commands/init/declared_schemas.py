"""Takes over the schemas that settings declare for articles and entries, and says what of them is not required."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from linkcheck import infer
from linkcheck.infer import DataEntries, DeclaredSchema, Inferred, InferredCollection, Shape
from linkcheck.model import Json
from linkcheck.pipeline.sites import FoundSite, RepositoryFolder

_MOST = 3
"""Maximum number of properties and of articles that are named."""


def read_schemas(sites: Iterable[FoundSite], root: str) -> list[DeclaredSchema]:
    """The schemas that settings at the root and in the folders of sites declare."""
    folders = dict.fromkeys(("", *(site.info.folder for site in sites)))
    return [schema for folder in folders for schema in infer.read_declared(RepositoryFolder(root, folder), folder)]


def find_schema(collection: InferredCollection, declared: Sequence[DeclaredSchema]) -> DeclaredSchema | None:
    """The schema that is declared for a collection. If it has several folders, it is the same in all of them."""
    found = infer.declared_for(collection.paths, declared)
    if found is not None or len(collection.folders) < 2:
        return found
    each = [infer.declared_for([f"{folder}/"], declared) for folder in collection.folders]
    first = each[0]
    return first if first is not None and all(other and other.schema == first.schema for other in each) else None


def notes_on_unused(collection: InferredCollection, declared: Sequence[DeclaredSchema]) -> Iterator[str]:
    """What to tell about schemas that are declared for some of the folders of a collection only."""
    for folder in collection.folders:
        found = infer.declared_for([f"{folder}/"], declared)
        if found is not None:
            yield f"the schema of {found.source} for {folder} is not used: the collection has other folders"


def take_over(
    inferred: Inferred,
    schema: dict[str, Json],
    shape: Shape,
    declared: DeclaredSchema | DataEntries,
    articles: Iterable[tuple[str, Json]] = (),
) -> Inferred:
    """Change `schema`, which is inferred from values of this shape, to match a declared one, and note what was used.

    `articles` are those that may lack what is declared to be required; without them, they are not named.
    """
    optional = infer.take_over(schema, declared.schema, shape)
    note = f"required properties and choices are those of {declared.source}"
    if optional:
        names = _listed(["`{}`".format(".".join(path).replace(".[]", "[]")) for path in optional])
        lacking = [path for path, data in articles if any(_lacks(data, each) for each in optional)]
        verb, pronoun = ("is", "it") if len(optional) == 1 else ("are", "them")
        who = f"{_listed(lacking)} {'lacks' if len(lacking) == 1 else 'lack'}" if lacking else "some entries lack"
        note += f", except that {names} {verb} not required, because {who} {pronoun}"
    return replace(inferred, notes=(*inferred.notes, note))


def _lacks(value: Json, path: tuple[str, ...]) -> bool:
    """Whether an object at this place lacks the property."""
    name, *rest = path
    match value:
        case list() if name == "[]":
            return any(_lacks(item, tuple(rest)) for item in value)
        case dict():
            return name not in value if not rest else name in value and _lacks(value[name], tuple(rest))
    return False


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST:,} more" if len(names) > _MOST else ""
    return ", ".join(names[:_MOST]) + more
