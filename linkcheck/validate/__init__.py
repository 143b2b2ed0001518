"""Article -> Violations and Links, by the article's schema. No rules, no network."""

from linkcheck.validate.configuration import ConfigProblem, check_config
from linkcheck.validate.identities import Identities, text_of
from linkcheck.validate.problems import ProblemPlace
from linkcheck.validate.schema_tree import EntryAnnotation
from linkcheck.validate.schemas import DEFAULT, SchemaCollection, Schemas, ValidateOptions, Validation

__all__ = [
    "DEFAULT",
    "ConfigProblem",
    "EntryAnnotation",
    "Identities",
    "ProblemPlace",
    "SchemaCollection",
    "Schemas",
    "ValidateOptions",
    "Validation",
    "check_config",
    "text_of",
]
