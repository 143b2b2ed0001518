"""What the articles of an archive state of each other: values that only one may have, and names of entries."""

from msgspec import Struct

from linkcheck.model.span import Location


class UniqueValue(Struct, frozen=True):
    """A value that occurs only once among the values of its `group` (`x-unique`).

    `key` is the same for values that are equal. `language` is that of the article, as it states it; empty if it does not.
    """

    location: Location
    value: str
    group: str
    key: str
    language: str = ""

    @property
    def identity(self) -> str:
        """The same for all places of a shared value."""
        return f"{self.group}: {self.key}"


class SharedValue(Struct, frozen=True):
    """A unique value that occurs at other `places` too, sorted by path. `number` counts them: only the first are listed."""

    unique: UniqueValue
    places: tuple[UniqueValue, ...]
    number: int


class Reference(Struct, frozen=True):
    """The name of an entry (`x-ref`) of a `collection`, or of any if that is empty.

    `by` is the property that it is compared with, or `path`; if it is empty, the path, the slug or the ID.
    """

    location: Location
    value: str
    collection: str = ""
    by: str = ""


class UnknownReference(Struct, frozen=True):
    """A reference to no entry; `near` is the name that was probably meant."""

    reference: Reference
    near: str | None = None
