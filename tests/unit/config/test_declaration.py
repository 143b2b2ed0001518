"""What a table of the configuration declares of its keys."""

from typing import Annotated

import pytest
from msgspec import Struct

from linkcheck.config.declaration import DeclaredKey, Key, declared


class Table(Struct, frozen=True, rename="kebab"):
    """A table with a key of every shape."""

    needed: Annotated[str, Key("a text that must be given")]
    one_text: Annotated[str, Key("a text", placeholder="FILE")] = ""
    no_text: Annotated[str | None, Key("a text or nothing", placeholder="DIR")] = None
    many: Annotated[tuple[str, ...], Key("texts", placeholder="TEXT")] = ("a", "b")
    none_of_many: Annotated[tuple[int, ...], Key("numbers")] = ()
    number: Annotated[float, Key("a number")] = 30.0
    fraction: Annotated[float | None, Key("a number or nothing")] = 0.25
    count: Annotated[int, Key("a whole number")] = 3
    flag: Annotated[bool, Key("a flag")] = True
    told: Annotated[int, Key("what words describe", default="as many as there are")] = 5


KEYS = {key.name: key for key in declared(Table)}


@pytest.mark.parametrize(
    ("name", "kind", "is_list", "default"),
    [
        ("needed", str, False, None),
        ("one-text", str, False, None),
        ("no-text", str, False, None),
        ("many", str, True, "a b"),
        ("none-of-many", int, True, None),
        ("number", float, False, "30"),
        ("fraction", float, False, "0.25"),
        ("count", int, False, "3"),
        ("flag", bool, False, None),
        ("told", int, False, "as many as there are"),
    ],
)
def test_a_key_has_the_type_and_the_default_of_its_field(
    name: str,
    kind: type,
    is_list: bool,  # noqa: FBT001 - a table's column
    default: str | None,
) -> None:
    key: DeclaredKey = KEYS[name]
    assert (key.kind, key.is_list) == (kind, is_list)
    assert key.default == default
    assert key.is_required is (name == "needed")
    assert key.key.is_path is (name in ("one-text", "no-text"))


def test_the_keys_are_in_the_order_of_the_fields() -> None:
    assert [*KEYS] == [name.replace("_", "-") for name in Table.__struct_fields__]
