"""One way an article breaks its schema."""

from msgspec import Struct

from linkcheck.model.span import Location


class Violation(Struct, frozen=True):
    """A fact of validation.

    `keyword` is the JSON Schema keyword that failed (`required`, `format`, ...), or `near-miss` for an unknown property
    whose name is close to a known one. `schema_pointer` is where in the schema it stands. `message` is one sentence that
    says what is wrong, `hint` what to do about it. Values in messages are cut to 200 characters. `suggestion` is the likely
    name or value alone, for who corrects by machine.
    """

    keyword: str
    location: Location
    message: str
    hint: str | None = None
    schema: str = ""
    schema_pointer: str = ""
    suggestion: str | None = None
