"""Properties that a schema forbids: unknown ones, and those that it describes in one part and forbids in another."""

from collections.abc import Iterator, Mapping

from linkcheck.did_you_mean import closest
from linkcheck.model import Json
from linkcheck.validate import value_text
from linkcheck.validate.jsonschema_adapter import SchemaError
from linkcheck.validate.problems import ExplainedData, ProblemPlace, SchemaProblem, quoted, schema_pointer

TORN = (
    "Correct the schema: additionalProperties knows only the properties next to it. List all properties in each part, or "
    "use unevaluatedProperties (2019-09 and later) around the parts."
)
"""What to do about a schema that contradicts itself, which is one problem for an object."""


def unknown_properties(error: SchemaError, value: Mapping[str, Json], about: ExplainedData) -> Iterator[SchemaProblem]:
    """The properties that `additionalProperties` or `unevaluatedProperties` forbids."""
    schema = error.schema if isinstance(error.schema, dict) else {}
    own, patterns = schema.get("properties"), schema.get("patternProperties")
    listed = dict(own) if isinstance(own, dict) else {}
    free = list(patterns) if isinstance(patterns, dict) else []
    site = about.site_at(error.path)
    around = dict.fromkeys(() if site is None else site.known)
    elsewhere = about.described if len(error.path) == about.depth else frozenset[str]()
    owner = f" in {value_text.subject(error.path, about.root)}" if error.path else ""

    def problem(name: str, message: str, hint: str | None, likely: str | None = None) -> SchemaProblem:
        path, pointer = (*error.path, name), schema_pointer(error)
        return SchemaProblem(error.keyword, path, ProblemPlace.KEY, f"{message}{owner}", hint, likely, pointer)

    if error.keyword == "additionalProperties":
        strange = [name for name in value if name not in listed]
        strange = [name for name in strange if all(about.budget.matches(each, name) is False for each in free)]
        torn = [name for name in strange if name in around or name in elsewhere]
        if torn:
            it = "it" if len(torn) == 1 else "them"
            yield problem(torn[0], f"the schema describes {quoted(torn)} in one part and forbids {it} in another", TORN)
    else:
        listed = around
        names = list(value)
        strange = [names[index] for index in error.found]
        torn = [name for name in strange if name in around]
        for name in torn:
            yield problem(name, f"{quoted([name])} is not allowed here", "The schema allows it only with other values.")
    for name in strange:
        if name not in torn:
            likely = closest(name, [other for other in listed if other not in value], sure=True)
            known = f"Known properties: {value_text.choices([*listed])}." if listed else None
            hint = f"Did you mean {likely}?" if likely else known
            yield problem(name, f"unknown property {quoted([name])}", hint, likely)
