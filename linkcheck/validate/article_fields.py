"""The names of the properties with which an article describes itself: those that its schema marks with `x-article`."""

from linkcheck.model import ArticleFields
from linkcheck.validate.schema_tree import SchemaSite

_USUAL = ArticleFields()


def article_fields(site: SchemaSite) -> ArticleFields | None:
    """The names of each kind; None if the schema marks none, so that the usual ones apply.

    Next to marked names, a usual one counts only if the schema does not define it: entries such as related articles may
    have it.
    """
    marked: dict[str, tuple[str, ...]] = {}
    for name in site.known:
        below = site.property(name)
        if below is not None and below.field is not None:
            marked[below.field] = (*marked.get(below.field, ()), name)
    if not marked:
        return None
    usual = {kind: (each for each in getattr(_USUAL, kind) if each not in site.known) for kind in marked}
    return ArticleFields(**{kind: (*names, *usual[kind]) for kind, names in marked.items()})
