"""Parses a URL as browsers do, or returns the reason why it is invalid.

A single parser, WHATWG's, determines what is requested, and all other code uses its canonical form. If another common
parser (RFC 3986, curl, `urllib`) would find a different host in the same text, the URL is refused: a guard that checks one
host while the client connects to another can be bypassed.
"""

import re

from msgspec import Struct

DEFAULT_PORTS = {"http": 80, "https": 443}

LONGEST_URL = 8192
"""Maximum number of characters. Servers refuse longer ones with 414 (RFC 9110, 4.1 recommends at least 8000 octets)."""

_C0_AND_SPACE = "".join(map(chr, range(0x21)))
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_CLEAR = re.compile(r"https?://[A-Za-z0-9._-]+(?::[0-9]+)?(?:[/?#][\x21-\x7e]*)?", re.IGNORECASE)
_CANONICAL = re.compile(
    r"""
    (https?)://
    ((?:[a-z0-9_][a-z0-9_-]{0,62}\.){1,8} [a-z]{2,63})           # a last part of letters: no address
    (/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*)
    (?:\?([A-Za-z0-9._~!$&()*+,;=:@%/?-]+))?
    """,
    re.VERBOSE,
)
_REMOVED = re.compile(r"[\t\n\r]")
_SLASHES = re.compile(r"[/\\]*")
_AUTHORITY = re.compile(r"[^/?#]*")
_LABEL = re.compile(r"[a-z0-9_-]{1,63}")
_NOT_IN_AUTHORITY = re.compile(r'[\x00-\x20\x7f\\<>"^`{|}]')


class InvalidUrl(ValueError):  # noqa: N818 - it describes the text; nothing went wrong in the program
    """Why a text is not a URL that can be requested: one clause, without the URL, which may contain a secret.

    `detail` is `syntax`, `scheme` (well-formed, but neither http nor https), `relative` (needs a base) or
    `disagreement` (two parsers would see different hosts), `too-long`.
    """

    def __init__(self, message: str, *, detail: str) -> None:
        super().__init__(message)
        self.detail = detail


class Url(Struct, frozen=True):
    """An http or https URL in WHATWG's canonical form, without fragment and without credentials.

    `href` is what is requested: query order, case of the path and percent-encoding are as written. `host` is lower case,
    Punycode, without a final dot; IPv4 in dotted decimal, IPv6 compressed in brackets. `port` is None for the default port.
    `path` starts with `/`; `query` is without `?`. `credentials` is true if the text contained a user name or password; they
    are not kept, so nothing can send or show them.
    """

    href: str
    scheme: str
    host: str
    port: int | None
    path: str
    query: str
    credentials: bool = False

    @property
    def origin(self) -> str:
        """Scheme, host and explicit port: a secret is sent only to its own origin (RFC 6454)."""
        return f"{self.scheme}://{self.host}" if self.port is None else f"{self.scheme}://{self.host}:{self.port}"

    @property
    def dialled_port(self) -> int:
        return DEFAULT_PORTS[self.scheme] if self.port is None else self.port


def parse_url(text: str, base: str | None = None) -> Url:
    """Parse `text` as a browser does, relative to `base` if given.

    Raises InvalidUrl.
    """
    if len(text) > LONGEST_URL:
        raise InvalidUrl(f"it is longer than {LONGEST_URL} characters", detail="too-long")
    plain = _CANONICAL.fullmatch(text)
    # Most URLs are canonical as written and do not need the parser, which takes time to load. It gets every URL that it may
    # rewrite or refuse: with dot segments in any encoding, or Punycode.
    if plain and "/." not in text and "%2e" not in text.lower() and "xn--" not in text:
        scheme, host, path, query = plain.groups("")
        if len(host) <= 253:
            return Url(text, scheme, host, None, path, query)
    if base is not None or not _CLEAR.fullmatch(text):
        text = text.strip(_C0_AND_SPACE)
        _refuse_ambiguity(text, has_base=base is not None)
    return _split(_canonical(text, base))


def scheme_of(text: str) -> str | None:
    """The scheme in lower case; None for a relative reference. Tabs and line breaks within do not hide one from browsers."""
    match = _SCHEME.match(_REMOVED.sub("", text).lstrip(_C0_AND_SPACE))
    return match[1].lower() if match else None


def is_relative(text: str) -> bool:
    """Whether `text` needs a base: it has no scheme (`//host/path` included)."""
    return scheme_of(text) is None


def _canonical(text: str, base: str | None) -> str:
    # Loading the shared library takes 16 ms, so it is loaded only for a URL that needs it.
    from ada_url import URL

    try:
        return URL(text, base).href
    except UnicodeEncodeError:
        raise InvalidUrl("it contains a lone surrogate, which cannot be encoded", detail="syntax") from None
    except ValueError:
        raise InvalidUrl(_why_refused(text), detail="syntax") from None


def _split(href: str) -> Url:
    """Split a canonical href: the output of WHATWG's serializer is unambiguous."""
    href = href.partition("#")[0]
    scheme, _, rest = href.partition("://")
    if scheme not in DEFAULT_PORTS:
        raise InvalidUrl(f"scheme {scheme.partition(':')[0]!r} is neither http nor https", detail="scheme")
    before_query, _, query = rest.partition("?")
    authority, slash, path = before_query.partition("/")
    userinfo, at, hostport = authority.rpartition("@")
    if at:
        href = f"{scheme}://{hostport}{rest[len(authority) :]}"
    host, port = hostport, None
    if not hostport.endswith("]"):
        name, colon, digits = hostport.rpartition(":")
        if colon:
            host, port = name, int(digits)
    if not host.startswith("["):
        host = _checked_name(host)
    return Url(href, scheme, host, port, slash + path, query, credentials=bool(userinfo))


def _checked_name(host: str) -> str:
    """The host without its final dot, if it is within the limits of DNS (RFC 1035, 2.3.4)."""
    name = host.removesuffix(".")
    if len(name) > 253:
        raise InvalidUrl("its host name is longer than 253 characters", detail="syntax")
    for label in name.split("."):
        if not _LABEL.fullmatch(label):
            raise InvalidUrl(_why_label_is_wrong(label), detail="syntax")
    return name


def _why_label_is_wrong(label: str) -> str:
    if not label:
        return "its host name has an empty part (two dots in a row)"
    if len(label) > 63:
        return "a part of its host name is longer than 63 characters"
    return f"its host name contains invalid characters ({label[:40]!r})"


def _refuse_ambiguity(text: str, *, has_base: bool) -> None:
    """Raise if the text has no scheme or an unsupported one, or a host that other parsers read differently."""
    if not text:
        raise InvalidUrl("it is empty", detail="syntax")
    read = _REMOVED.sub("", text)
    scheme = _SCHEME.match(read)
    if scheme and scheme[1].lower() not in DEFAULT_PORTS:
        raise _wrong_scheme(scheme[1], read)
    if not scheme and not has_base:
        raise InvalidUrl("it has no scheme; it must start with https:// or http://", detail="relative")
    start = scheme.end() if scheme else 0
    slashes = _SLASHES.match(read, start)
    marks = slashes[0] if slashes else ""
    if not scheme and len(marks) < 2:
        if "\\" in marks:
            raise InvalidUrl("it starts with a backslash", detail="disagreement")
        return
    if marks != "//":
        found = repr(marks) if marks else "none"
        raise InvalidUrl(f"its host must follow two slashes, not {found}", detail="disagreement")
    start += len(marks)
    authority = _AUTHORITY.match(read, start)
    between = authority[0] if authority else ""
    if not between:
        raise InvalidUrl("it has no host", detail="syntax")
    if read[: start + len(between)] != text[: start + len(between)]:
        raise InvalidUrl("there is a tab or line break before or in its host", detail="disagreement")
    wrong = _NOT_IN_AUTHORITY.search(between)
    if wrong:
        shown = "'\\'" if wrong[0] == "\\" else repr(wrong[0])
        raise InvalidUrl(f"unexpected {shown} in or before the host", detail="disagreement")
    if between.count("@") > 1:
        raise InvalidUrl("there is more than one '@' before its host", detail="disagreement")


def _wrong_scheme(scheme: str, text: str) -> InvalidUrl:
    if "." in scheme or text[len(scheme) + 1 : len(scheme) + 2].isdigit():
        return InvalidUrl(f"it has no scheme: {scheme[:80]!r} looks like a host; add https:// in front", detail="syntax")
    return InvalidUrl(f"scheme {scheme[:80].lower()!r} is neither http nor https", detail="scheme")


def _why_refused(text: str) -> str:
    """The part that the parser probably refused, because it does not return a reason."""
    authority = _AUTHORITY.match(_SLASHES.sub("", text.partition(":")[2], count=1))
    host = (authority[0] if authority else "").rpartition("@")[2]
    if host.startswith("["):
        return "its host is not a valid IPv6 address"
    name, colon, port = host.rpartition(":")
    if colon and not (port.isascii() and port.isdigit() and int(port[:6]) <= 65535):
        return f"its port {port[:20]!r} is not a number up to 65535"
    name = (name if colon else host).rstrip(".")
    if name.rpartition(".")[2][:1].isdigit():
        return "its host is not a valid IPv4 address"
    return "its host is not a valid name"
