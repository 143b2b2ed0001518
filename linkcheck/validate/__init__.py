"""Article -> Violations and Links, by the article's schema. No rules, no network."""

from linkcheck.validate.configuration import ConfigProblem, check_config
from linkcheck.validate.messages import ProblemPlace
from linkcheck.validate.schemas import DEFAULT, SchemaCollection, Schemas, ValidateOptions, Validation

__all__ = [
    "DEFAULT",
    "ConfigProblem",
    "ProblemPlace",
    "SchemaCollection",
    "Schemas",
    "ValidateOptions",
    "Validation",
    "check_config",
]
