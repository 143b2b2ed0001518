"""Problems: the ways in which data violates its schema, in plain English and with their places."""

from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from linkcheck.model import Json
from linkcheck.pointers import escape
from linkcheck.validate import value_text
from linkcheck.validate.budget import Budget
from linkcheck.validate.jsonschema_adapter import Path, SchemaError
from linkcheck.validate.schema_tree import SchemaSite, SchemaTree


class ProblemPlace(Enum):
    """The part of a path at which a problem is reported."""

    VALUE = "value"
    KEY = "key"
    OWNER = "owner"
    """The object that lacks the property."""


class SchemaProblem(Struct, frozen=True):
    """One way in which data violates its schema; see `model.Violation`."""

    keyword: str
    path: Path
    where: ProblemPlace
    message: str
    hint: str | None = None
    suggestion: str | None = None
    schema_pointer: str = ""
    is_custom: bool = False
    """Whether the message is the text of the schema (`errorMessage`)."""
    is_of_kind: bool = False
    """Whether it is an error of the one alternative that the value is meant for."""

    @property
    def pointer(self) -> str:
        return "".join(f"/{escape(str(part))}" for part in self.path)


class ExplainedData(Struct, frozen=True):
    """The data whose errors are explained: its name as a whole in messages, and what is known of its schema.

    `site` are the schemas that apply at the path of length `depth` and below; None if they are not known.
    """

    root: str
    budget: Budget
    data: Json = None
    tree: SchemaTree | None = None
    site: SchemaSite | None = None
    depth: int = 0
    described: frozenset[str] = frozenset()
    """Properties that the schema describes at that path, but not in the alternative that is explained."""

    def name(self, error: SchemaError) -> str:
        """The value, or the name of a property, that an error is about."""
        if error.is_name:
            return f"the name `{value_text.cut(str(error.path[-1]), 80)}`"
        return value_text.subject(error.path, self.root)

    def site_at(self, path: Path) -> SchemaSite | None:
        """The schemas that apply at a path."""
        site = self.site
        for part in path[self.depth :]:
            if site is not None:
                site = site.property(part) if isinstance(part, str) else site.item(part)
        return site

    def within(self, form: Json, path: Path, described: frozenset[str]) -> "ExplainedData":
        """The same for one alternative of a schema, at the path of its value."""
        outside = described | self.described if len(path) == self.depth else described
        site = None if self.tree is None else self.tree.site(form)
        return replace(self, site=site, depth=len(path), described=outside)

    def resolved(self, schema: Json) -> Json:
        """The schema, or the one that it refers to if it is nothing but a reference."""
        return schema if self.tree is None else self.tree.resolved(schema)


def schema_pointer(error: SchemaError) -> str:
    """The pointer of the keyword that failed."""
    return "".join(f"/{escape(str(part))}" for part in error.schema_path)


def description(schema: object, action: str = "Correct the value") -> str | None:
    """What to do about a value, then how its schema describes it; None if it has no description."""
    about = schema.get("description") if isinstance(schema, dict) else None
    return f"{action}. {value_text.cut(about)}" if isinstance(about, str) else None


def strings(values: Json) -> list[str]:
    """The strings among the values; a string alone is one of them."""
    if isinstance(values, str):
        return [values]
    return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []


def quoted(names: list[str], conjunction: str = "and") -> str:
    """``  `a`, `b` and `c`  ``."""
    return value_text.join([f"`{value_text.cut(name, 80)}`" for name in names], conjunction)
