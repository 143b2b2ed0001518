"""Checks for the `format` keyword: jsonschema does not check `uri`, `date-time` and `hostname`.

`uri` and `uri-reference` are what browsers accept, not exactly RFC 3986: non-ASCII characters are allowed, spaces and
control characters are not. The plan decides whether a URL can be requested. Every pattern here runs in linear time.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from msgspec import Struct

from linkcheck.lookalikes import INVISIBLE, QUOTES, described
from linkcheck.patterns import LONGEST, compiles_quickly
from linkcheck.urls import intrasite_path, is_made_by_pelican, is_words, scheme_defect, wiki_target, written_defect

__all__ = ["FORMATS", "LONGEST", "FormatError"]


class FormatError(Struct, frozen=True):
    """Why text does not match a format: the end of a sentence that starts with the property, and what to do."""

    message: str
    hint: str | None = None
    suggestion: str | None = None


_REFERENCE = r"[^\s\x00-\x20\x7f<>\"{}\\`]*"
_URI = re.compile(
    rf"(?:https?://[^\s\x00-\x20\x7f<>\"{{}}\\`/?#]++{_REFERENCE}|(?!https?:)[a-z][a-z0-9+.-]*:(?=.){_REFERENCE})",
    re.IGNORECASE,
)
_URI_REFERENCE = re.compile(_REFERENCE)
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_TIME = re.compile(r"(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:[Zz]|[+-](\d\d):(\d\d))", re.ASCII)
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)", re.ASCII | re.IGNORECASE)
# The rest is compiled on first use: each takes most of a millisecond, and most runs need none.
_SCHEME = r"(?i:[a-z][a-z0-9+.-]*:)"
_LOOSE_DATE_TIME = r"(?a:(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d)(:\d\d)?(\.\d{1,20})? ?([Zz]|[+-]\d\d:?\d\d)?)"
_DURATION = r"(?a:P(?=.)(?:\d+W|(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?))"
_IDN_LABEL = r"(?!-)[\w-]{1,63}(?<!-)"
_LOCAL_PART = r"[^\s\x00-\x20\x7f@<>()\[\],;:\\\"]{1,64}"
_UUID = r"(?i:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
_JSON_POINTER = r"(?s:(?:/(?:[^~]|~[01])*)?)"


def uri(text: str) -> FormatError | None:
    """An absolute URL."""
    if _URI.fullmatch(text):
        return None
    if error := _not_in_any_url(text):
        return error
    if text.lower().startswith("www."):
        return FormatError("is not an absolute URL", f"Use https://{text[:200]}", f"https://{text}")
    if not re.match(_SCHEME, text):
        defect = scheme_defect(text)
        hint = "Start it with https:// and the host." if defect is None else defect.hint
        return FormatError("is not an absolute URL", hint)
    return FormatError("is a URL without a host", "Use https://, the host, and the path.")


def uri_reference(text: str) -> FormatError | None:
    """A URL, absolute or relative to the site, or a link of Pelican to its content."""
    if _URI_REFERENCE.fullmatch(text) and not (re.match(_SCHEME, text) and uri(text)):
        return None if text.isascii() else _around(text)
    if intrasite_path(text) is not None or is_made_by_pelican(text):
        return None
    return _not_in_any_url(text) or uri(text)


def _not_in_any_url(text: str) -> FormatError | None:
    if wiki_target(text) is not None:
        return FormatError("is a wiki link", "If wiki links are meant, remove `format` from the property in the schema.")
    defect = written_defect(text)
    if defect is not None and (not defect.works or is_words(text)):
        return FormatError(defect.message.removeprefix("it "), defect.hint)
    if error := _around(text):
        return error
    if text != text.strip():
        return FormatError("has whitespace around the URL", "Remove the whitespace.", text.strip())
    if "{" in text or "}" in text:
        return FormatError("contains a template, not a URL", "Use the URL that the template produces.")
    for character in text:
        if character.isspace() or character < " " or character == "\x7f":
            return FormatError(f"has {_name_of(character)} in the URL", "Replace spaces with %20; remove line breaks.")
        if character in '<>"\\`':
            return FormatError(f"has the character {character} in the URL", f"Replace it with %{ord(character):02X}.")
    return None


def _around(text: str) -> FormatError | None:
    """Typographic quotes, or invisible characters, around a URL."""
    quoted = re.fullmatch(rf"\s*[{QUOTES}]+(.*?)[{QUOTES}]+\s*", text)
    if quoted is not None:
        message = f"is in typographic quotes (U+{ord(text.strip()[0]):04X}), which are part of the URL"
        return FormatError(message, "Remove the quotes, or use straight ones.", quoted[1].strip())
    bare = text.strip().strip(INVISIBLE)
    if bare == text.strip():
        return None
    where, character = ("starts", text.strip()[0]) if text.strip()[0] in INVISIBLE else ("ends", text.strip()[-1])
    return FormatError(f"{where} with {described(character)}, which is part of the URL", "Remove it.", bare)


def _name_of(character: str) -> str:
    return {" ": "a space", "\t": "a tab", "\n": "a line break", "\r": "a line break"}.get(
        character, f"the character U+{ord(character):04X}"
    )


def date(text: str) -> FormatError | None:
    """A full-date of RFC 3339."""
    match = _DATE.fullmatch(text)
    if match is None:
        return FormatError("is not a date", "Use year, month and day, for example 2021-06-18.")
    return _no_such_day(*map(int, match.groups()))


def _no_such_day(year: int, month: int, day: int) -> FormatError | None:
    if 1 <= month <= 12 and 1 <= day <= 28:
        return None
    from linkcheck.calendar_dates import day_error

    error = day_error(year, month, day)
    return None if error is None else FormatError(*error)


def time(text: str) -> FormatError | None:
    """A full-time of RFC 3339, its offset included; a leap second may be 60."""
    match = _TIME.fullmatch(text)
    if match is None:
        return FormatError("is not a time", "Use hours, minutes, seconds and time zone, for example 10:57:00Z.")
    hour, minute, second, offset_hour, offset_minute = (int(part or 0) for part in match.groups())
    if hour > 23 or minute > 59 or second > 60 or offset_hour > 23 or offset_minute > 59:
        return FormatError("is not a valid time", "Correct the time: hours go to 23, minutes and seconds to 59.")
    return None


def date_time(text: str) -> FormatError | None:
    """A date-time of RFC 3339."""
    if len(text) > 10 and text[10] in "Tt" and _DATE.fullmatch(text, 0, 10) and _TIME.fullmatch(text, 11):
        return date(text[:10]) or time(text[11:])
    # Also for dates in another notation: a nonexistent day matters more.
    loose = re.fullmatch(_LOOSE_DATE_TIME, text)
    if loose is None:
        if _DATE.fullmatch(text):
            return date(text) or FormatError(
                "is a date without a time", f"Add the time and its time zone, for example {text}T10:57:00Z."
            )
        return FormatError("is not a date and time", "Use date, time and time zone, for example 2021-06-18T10:57:00Z.")
    if error := date(loose[1]):
        return error
    moment = f"{loose[1]}T{loose[2]}{loose[3] or ':00'}{loose[4] or ''}"
    zone = loose[5]
    if zone is None:
        return time(f"{moment[11:]}Z") or FormatError("has no time zone", f"Add an offset, or Z where it is UTC: {moment}Z.")
    better = moment + ("Z" if zone in "Zz" else f"{zone[:3]}:{zone[-2:]}")
    return date_time(better) or FormatError("is not in the form of RFC 3339", f"Use {better}", better)


def date_or_date_time(text: str) -> FormatError | None:
    """Either of the two. What lacks only its zone, or is written in another way, is closer to the second."""
    if _DATE.fullmatch(text) or re.fullmatch(_LOOSE_DATE_TIME, text):
        return date(text) and date_time(text)
    return date(text) and FormatError(
        "is not a date", "Use a day such as 2021-06-18, or with its time 2021-06-18T10:57:00Z."
    )


def duration(text: str) -> FormatError | None:
    """An ISO 8601 duration as in RFC 3339 (appendix A), with fractions of seconds."""
    return None if re.fullmatch(_DURATION, text) else FormatError("is not a duration", "Use the ISO 8601 form: PT37M16S.")


def hostname(text: str) -> FormatError | None:
    """A host name (RFC 1123), international ones in Punycode."""
    return _host(text, ascii_only=True)


def idn_hostname(text: str) -> FormatError | None:
    """A host name, possibly internationalized."""
    return _host(text, ascii_only=False)


def _host(text: str, *, ascii_only: bool) -> FormatError | None:
    label = _LABEL if ascii_only else re.compile(_IDN_LABEL)
    if len(text) <= 253 and all(map(label.fullmatch, text.split("."))):
        return None
    if "/" in text or ":" in text:
        return FormatError("is not a host name", "Use the host alone, without scheme, port or path: example.com.")
    return FormatError("is not a host name", "Use letters, digits and hyphens, separated by dots: example.com.")


def email(text: str) -> FormatError | None:
    """A common e-mail address: no quotes, no comments."""
    return _address(text, ascii_only=True)


def idn_email(text: str) -> FormatError | None:
    return _address(text, ascii_only=False)


def _address(text: str, *, ascii_only: bool) -> FormatError | None:
    local, _, host = text.rpartition("@")
    named = re.fullmatch(_LOCAL_PART, local) and (local.isascii() or not ascii_only)
    fits = named and _host(host, ascii_only=ascii_only) is None
    return None if fits else FormatError("is not an e-mail address", "Use the form name@example.com.")


def ipv4(text: str) -> FormatError | None:
    return _ip(text, 4)


def ipv6(text: str) -> FormatError | None:
    return _ip(text, 6)


def _ip(text: str, version: int) -> FormatError | None:
    from ipaddress import ip_address

    try:
        address = ip_address(text)
    except ValueError:
        address = None
    fits = address is not None and address.version == version and "%" not in text
    return None if fits else FormatError(f"is not an IPv{version} address")


def uuid(text: str) -> FormatError | None:
    return None if re.fullmatch(_UUID, text) else FormatError("is not a UUID")


def json_pointer(text: str) -> FormatError | None:
    return None if re.fullmatch(_JSON_POINTER, text) else FormatError("is not a JSON Pointer", "Use the form /images/0/url.")


def regex(text: str) -> FormatError | None:
    """A regular expression, as `pattern` has them; one that takes long to compile is not checked."""
    # Imported here: this format is rare.
    from linkcheck.validate.ecma_patterns import refuse_invalid

    if not compiles_quickly(text):
        return None
    try:
        refuse_invalid(text)
    except re.error as error:
        return FormatError(f"is not a regular expression: {error}")
    return None


def _bounded(check: Callable[[str], FormatError | None]) -> Callable[[str], FormatError | None]:
    # Compiling a pattern takes a thousand times as long as searching for it.
    longest = 1_000 if check is regex else LONGEST

    def bounded(text: str) -> FormatError | None:
        if not text or text.isspace():
            # Editors with forms write an empty text for a field that was left out. `empty_texts` reports required ones.
            return None
        if len(text) > longest:
            return FormatError(f"is {len(text):,} characters long", f"No more than {longest:,} are checked.")
        return check(text)

    return bounded


FORMATS: Mapping[str, Callable[[str], FormatError | None]] = MappingProxyType(
    {
        name: _bounded(check)
        for name, check in {
            "uri": uri,
            "iri": uri,
            "uri-reference": uri_reference,
            "iri-reference": uri_reference,
            "date-time": date_time,
            "date": date,
            "time": time,
            "duration": duration,
            "hostname": hostname,
            "idn-hostname": idn_hostname,
            "email": email,
            "idn-email": idn_email,
            "ipv4": ipv4,
            "ipv6": ipv6,
            "uuid": uuid,
            "json-pointer": json_pointer,
            "regex": regex,
        }.items()
    }
)
"""The formats that are checked; any other is only an annotation, as in JSON Schema."""
