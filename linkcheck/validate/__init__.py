"""Article -> Violations and Links: what its schema says of an article. No rule, no network."""

from linkcheck.validate.configuration import ConfigFault, check_config
from linkcheck.validate.schemas import DEFAULT, Collection, Options, Schemas, Validation

__all__ = ["DEFAULT", "Collection", "ConfigFault", "Options", "Schemas", "Validation", "check_config"]
