"""JSON Pointers (RFC 6901): the names of places in front matter, in schemas and in the configuration."""

from functools import lru_cache

from linkcheck.model import Json


def escape(key: str) -> str:
    """A key as a part of a pointer (section 3)."""
    return key.replace("~", "~0").replace("/", "~1") if "~" in key or "/" in key else key


def unescape(part: str) -> str:
    """A part of a pointer as a key (section 4)."""
    return part.replace("~1", "/").replace("~0", "~")


def value_at(data: Json, pointer: str) -> Json:
    """What a pointer leads to; None where it leads nowhere."""
    for part in pointer.split("/")[1:]:
        if isinstance(data, dict):
            data = data.get(unescape(part))
        elif isinstance(data, list) and part.isdecimal() and int(part) < len(data):
            data = data[int(part)]
        else:
            return None
    return data


@lru_cache(maxsize=4096)  # the same few pointers come up in every article
def field_of(pointer: str) -> str:
    """A pointer with `*` for every index, so that all items of a list have the same one."""
    return "/".join("*" if part.isdigit() else part for part in pointer.split("/"))


def without(data: dict[str, Json], pointer: str) -> dict[str, Json]:
    """A copy of an object without the key that a pointer leads to; everything else is shared."""
    first, _, rest = pointer[1:].partition("/")
    name = unescape(first)
    if not rest:
        return {key: value for key, value in data.items() if key != name}
    return {key: _below(value, f"/{rest}") if key == name else value for key, value in data.items()}


def _below(value: Json, pointer: str) -> Json:
    if isinstance(value, dict):
        return without(value, pointer)
    first, _, rest = pointer[1:].partition("/")
    if not isinstance(value, list) or not first.isdecimal() or not rest:
        return value
    return [_below(item, f"/{rest}") if index == int(first) else item for index, item in enumerate(value)]
