"""URLs that are signed for a time: by which parameters, and when they expire (no network needed)."""

import re
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from linkcheck.urls.parsing import InvalidUrl, parse_url

_HINT = re.compile(r"[?&](?:x-[a-z]{2,6}-(?:signature|expires)|expires|oe|se|ex|policy|hd(?:nea|nts|ntl))=", re.IGNORECASE)
_VENDOR = re.compile(r"x-([a-z]{2,6})-signature")
_BASIC_TIME = re.compile(r"\d{8}T\d{6}Z")
_SECONDS = re.compile(r"[1-9]\d{8,10}")
_HEXADECIMAL = re.compile(r"[0-9a-f]{8}", re.IGNORECASE)
_AKAMAI = re.compile(r"(?:^|~)exp=([1-9]\d{8,10})~")
_BESIDE_EXPIRES = ("signature", "sig", "key-pair-id", "hmac", "md5", "hash", "token")
_META = (".fbcdn.net", ".cdninstagram.com")
_DISCORD = ("cdn.discordapp.com", "media.discordapp.net")


class Signed(Struct, frozen=True):
    """A URL that is signed for a time. `expires` is None where that cannot be read off the URL."""

    expires: datetime | None


def signed(url: str) -> Signed | None:
    """What is known of a signed URL; None for all others.

    Read are the parameters of AWS Signature Version 4 and its likes (Google, Alibaba), of version 2 and CloudFront, of
    Azure's shared access signatures, of Akamai's tokens, and of the image hosts of Meta and Discord.
    """
    if _HINT.search(url) is None:
        return None
    try:
        parsed = parse_url(url)
    except InvalidUrl:
        return None
    from urllib.parse import parse_qsl  # few URLs get here

    query = {name.lower(): value for name, value in parse_qsl(parsed.query)}
    for vendor in (match[1] for name in query if (match := _VENDOR.fullmatch(name))):
        return Signed(_since(query.get(f"x-{vendor}-date", ""), query.get(f"x-{vendor}-expires", "")))
    if "policy" in query and "signature" in query:
        return Signed(None)
    if "expires" in query and any(name in query for name in _BESIDE_EXPIRES):
        return _known(_of_seconds(query["expires"]))
    if "se" in query and "sig" in query:
        return _known(_of_text(query["se"]))
    if parsed.host.endswith(_META) and "oe" in query:
        return _known(_of_hexadecimal(query["oe"]))
    if parsed.host in _DISCORD and "ex" in query and "hm" in query:
        return _known(_of_hexadecimal(query["ex"]))
    akamai = (_AKAMAI.search(query[name]) for name in ("hdnea", "hdnts", "hdntl") if name in query)
    return next((_known(_of_seconds(match[1])) for match in akamai if match), None)


def _known(moment: datetime | None) -> Signed | None:
    return None if moment is None else Signed(moment)


def _since(start: str, seconds: str) -> datetime | None:
    """So many seconds after a time of ISO 8601's basic format; a vendor that writes the moment itself is read as well."""
    if _BASIC_TIME.fullmatch(start) is None or not seconds.isascii() or not seconds.isdigit() or len(seconds) > 9:
        return _of_seconds(seconds)
    try:
        return datetime.strptime(start, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) + timedelta(seconds=int(seconds))
    except (ValueError, OverflowError):
        return None


def _of_seconds(text: str) -> datetime | None:
    return datetime.fromtimestamp(int(text), UTC) if _SECONDS.fullmatch(text) else None


def _of_hexadecimal(text: str) -> datetime | None:
    return datetime.fromtimestamp(int(text, 16), UTC) if _HEXADECIMAL.fullmatch(text) else None


def _of_text(text: str) -> datetime | None:
    try:
        read = datetime.fromisoformat(text[:40])
        return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
