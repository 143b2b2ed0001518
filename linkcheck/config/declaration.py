"""How a key of the configuration is declared: with its type and default, at the field that it sets.

    per_host: Annotated[int, Key("Maximum concurrent requests per host", Trust.LOWER, Group.CRAWL, "N")] = 2

The option of the command line, its help, the schema of the file and the page of the reference are made from it.
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


class Group(Enum):
    """Options that go together: a command takes all of a group."""

    INPUT = "what a run reads"
    REQUEST = "what applies to every request"
    CRAWL = "what applies to a run with many requests"
    HISTORY = "what a run takes from earlier ones"
    BASELINE = "what was accepted"
    REPORT = "how a run is reported"
    COUNT = "what counts"
    SCHEDULE = "what applies only to a run with requests that takes its time"


class Key(Struct, frozen=True):
    """What a key means. Its type and its default are those of the field.

    `help` is for the command line and the reference, and without a full stop; `more` are further sentences of the reference.
    `default` says in words what holds without the key, where the default of the field does not say it. A key without a
    `group` has no option. `placeholder` stands for the value in help; FILE and DIR make it a path, which in a file is
    relative to that file. `short` is a second name of the option.

    For the schema of the file, `choices` are the values there are, `each` is what a value must be beyond its type, or
    each of them where it is a list, and `whole` is what the list must be.
    """

    help: str
    trust: Trust = Trust.NEVER
    group: Group | None = None
    placeholder: str | None = None
    more: str = ""
    default: str | None = None
    short: str | None = None
    choices: tuple[str, ...] = ()
    each: Mapping[str, object] = {}
    whole: Mapping[str, object] = {}

    @property
    def is_path(self) -> bool:
        return self.placeholder in ("FILE", "DIR")


class DeclaredKey(Struct, frozen=True):
    """A key with what its field says. `kind` is the type of a value; of each of them where it is a list or table."""

    name: str
    key: Key
    kind: Any
    is_list: bool
    value: object
    is_required: bool

    @property
    def default(self) -> str | None:
        """What holds without the key, in words; None where there is nothing to say."""
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
    """The keys that a table declares, in order."""
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
