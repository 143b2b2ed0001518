"""JSON Pointers (RFC 6901): the names of places in front matter, in schemas and in the configuration."""

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
