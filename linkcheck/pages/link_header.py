"""The `Link` header (RFC 8288, section 3 and appendix B)."""

import re

from msgspec import Struct

_LONGEST = 16_384
_MOST = 50
_TARGET = re.compile(r"[\s,]*<([^>]*)>")
_PARAMETER = re.compile(r"\s*;\s*(?:([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*(?:=\s*(?:\"((?:[^\"\\]|\\.)*)\"|([^\s;,\"]*)))?)?")
_QUOTED_PAIR = re.compile(r"\\(.)")


class HeaderLink(Struct, frozen=True):
    """A link as written: its target, its relation types in lower case, and the page it is about if that differs.

    `moment` is the value of `datetime`, which tells when a copy in a web archive was captured (RFC 7089, section 2.2.1.1).
    """

    target: str
    rel: tuple[str, ...]
    anchor: str | None = None
    moment: str | None = None


def parse_link_header(value: str, *, longest: int = _LONGEST, most: int = _MOST) -> tuple[HeaderLink, ...]:
    """The links of one `Link` value, up to the first syntax error: of `longest` characters at most `most` links."""
    value = value[:longest]
    links: list[HeaderLink] = []
    position = 0
    while len(links) < most:
        target = _TARGET.match(value, position)
        if not target:
            break
        position = target.end()
        parameters: dict[str, str] = {}
        while parameter := _PARAMETER.match(value, position):
            position = parameter.end()
            name, quoted, token = parameter.groups()
            if name:  # the first parameter of a name counts (RFC 8288, 3.3)
                text = token or "" if quoted is None else _QUOTED_PAIR.sub(r"\1", quoted)
                parameters.setdefault(name.lower(), text)
        rel = tuple(parameters.get("rel", "").lower().split())
        links.append(HeaderLink(target[1].strip(), rel, parameters.get("anchor"), parameters.get("datetime")))
    return tuple(links)
