"""The declaration of a configuration key, in the annotation of the field that it sets.

    per_host: Annotated[int, Key("Maximum concurrent requests per host", Trust.LOWER, OptionGroup.CRAWL, "N")] = 2

The command-line option, its help, the schema of the file and the reference page are generated from it.
"""

from collections.abc import Iterator, Mapping
from enum import Enum, StrEnum
from typing import Any, get_args

import msgspec
from msgspec import Struct


class Trust(StrEnum):
    """What an untrusted file can do with a key."""

    YES = "yes"
    LOWER = "only lower"
    HIGHER = "only higher"
    ON = "only true"
    OFF = "only false"
    STRICTER = "only stricter"
    ERRORS = "only error"
    BY_HOST = "depends on the key"
    NEVER = "ignored"


class OptionGroup(Enum):
    """Options that belong together: a command accepts all options of a group."""

    INPUT = "what a run reads"
    REQUEST = "every request"
    CRAWL = "runs with many requests"
    HISTORY = "results of earlier runs"
    BASELINE = "accepted findings"
    REPORT = "how a run is reported"
    COUNT = "which findings count"
    SCHEDULE = "long runs with requests"


class Key(Struct, frozen=True):
    """The meaning of a key. Its type and default are those of the field.

    `help` is for the command line and the reference, without a final period; `more` is further text of the reference.
    `default` describes the default if the default of the field is not informative. A key without a `group` has no option.
    `placeholder` is the metavariable in help; FILE and DIR make the value a path, which in a file is relative to that file.
    `short` is a second name of the option.

    For the schema of the file, `choices` are the allowed values, `each` contains schema keywords for a value (or for each
    item of a list), and `whole` contains schema keywords for the list. With `can_be_one`, a list of one item can be
    written as the item.
    """

    help: str
    trust: Trust = Trust.NEVER
    group: OptionGroup | None = None
    placeholder: str | None = None
    more: str = ""
    default: str | None = None
    short: str | None = None
    choices: tuple[str, ...] = ()
    each: Mapping[str, object] = {}
    whole: Mapping[str, object] = {}
    can_be_one: bool = False

    @property
    def is_path(self) -> bool:
        return self.placeholder in ("FILE", "DIR")


class DeclaredKey(Struct, frozen=True):
    """A key with the data of its field. `kind` is the type of a value, or of each item of a list or table."""

    name: str
    key: Key
    kind: Any
    is_list: bool
    value: object
    is_required: bool

    @property
    def default(self) -> str | None:
        """The default in words; None if there is nothing to describe."""
        match self.key.default, self.value:
            case str() as words, _:
                return words
            case None, bool() | None | () | "" | msgspec.NODEFAULT:
                return None
            case None, tuple() as values:
                return " ".join(map(str, values))
            case None, float() as number:
                return f"{number:g}"
            case _, value:
                return str(value)


def declared(table: type[Struct]) -> Iterator[DeclaredKey]:
    """The keys that a table declares, in the order of its fields."""
    for field in msgspec.structs.fields(table):
        annotated, *found = get_args(field.type)
        (key,) = (each for each in found if isinstance(each, Key))
        kinds = [kind for kind in get_args(annotated) if kind not in (None, type(None), ...)]
        is_list = annotated is not str and getattr(annotated, "__origin__", None) is tuple
        yield DeclaredKey(
            name=field.encode_name,
            key=key,
            kind=kinds[-1] if kinds else annotated,
            is_list=is_list,
            value=field.default,
            is_required=field.required,
        )
