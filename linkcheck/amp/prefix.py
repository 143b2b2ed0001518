"""The subdomain of an AMP cache for a publisher's host.

Source: amp.dev, "AMP Cache URL format and request handling". `www.example.com` becomes `www-example-com`; what does not fit
into one DNS label becomes a hash. Where the specification and the publishers' toolbox (`@ampproject/toolbox-cache-url`)
differ, both are returned, the specification's first.
"""

from base64 import b32encode
from hashlib import sha256

_LONGEST_LABEL = 63
_HASH_LENGTH = 52


def prefixes(host: str) -> tuple[str, ...]:
    """Every label that a cache may use for `host` (canonical, Punycode): the specification's first.

    After it, if they differ: the toolbox's, which hashes hosts without a dot, of more than 63 characters or of mixed
    writing directions; and the one used before 2020 for hosts with a hyphen in third place (amphtml#26205).
    """
    plain, wrapped = _readable(host)
    found = [wrapped if len(wrapped) <= _LONGEST_LABEL else _hashed(host)]
    if "." not in host or len(host) > _LONGEST_LABEL or plain != wrapped or _mixes_directions(_unicode(host)):
        found.append(_hashed(host))
    return tuple(dict.fromkeys(found))


def host_behind(prefix: str) -> str | None:
    """The host of a label; None if the label is a hash, which cannot be reversed."""
    if "-" not in prefix and len(prefix) == _HASH_LENGTH:
        return None
    readable = _decoded(prefix)
    if readable.startswith("0-") and readable.endswith("-0") and len(readable) > 4:
        readable = readable[2:-2]
    host = readable.replace("--", "\0").replace("-", ".").replace("\0", "-")
    return ".".join(_encoded(label) for label in host.split("."))


def _readable(host: str) -> tuple[str, str]:
    """The label before and after the step that keeps `--` out of the third place (RFC 5891, 4.2.3.1)."""
    label = _unicode(host).replace("-", "--").replace(".", "-")
    wrapped = f"0-{label}-0" if label[2:4] == "--" else label
    return _encoded(label), _encoded(wrapped)


def _hashed(host: str) -> str:
    return b32encode(sha256(host.encode()).digest()).decode().lower().rstrip("=")


def _unicode(host: str) -> str:
    return ".".join(_decoded(label) for label in host.split("."))


def _decoded(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode().decode("punycode")
    except UnicodeError:
        return label


def _encoded(label: str) -> str:
    return label if label.isascii() else "xn--" + label.encode("punycode").decode()


def _mixes_directions(text: str) -> bool:
    """Whether right-to-left and left-to-right letters are mixed."""
    if text.isascii():
        return False
    from unicodedata import bidirectional

    directions = {bidirectional(character) for character in text}
    return "L" in directions and bool(directions & {"R", "AL"})
