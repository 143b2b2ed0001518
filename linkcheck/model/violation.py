"""One way an article breaks its schema."""

from msgspec import Struct

from linkcheck.model.span import Location


class Violation(Struct, frozen=True):
    """A fact of validation.

    `keyword` is the JSON Schema keyword that failed (`required`, `format`, ...), or `near-miss` for an unknown property
    whose name is close to a known one. `schema_pointer` is its location in the schema. `message` states what is wrong in one
    sentence, `hint` what to do about it. Values in messages are cut to 200 characters. `suggestion` is the likely
    name or value alone, for programs that correct values.
    """

    keyword: str
    location: Location
    message: str
    hint: str | None = None
    schema: str = ""
    schema_pointer: str = ""
    suggestion: str | None = None
    is_custom: bool = False
    """Whether the message is the text of the schema (`errorMessage`)."""
