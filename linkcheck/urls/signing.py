"""Signed URLs that expire: their parameters and expiration time, without network requests."""

import re
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from linkcheck.urls.parsing import InvalidUrl, parse_url

_HINT = re.compile(
    r"[?&](?:x-(?:[a-z]{2,6}-)?(?:signature|expires)|expires|exp|e|oe|se|ex|policy|jwt|expirationtimestamp|hd(?:nea|nts|ntl))=",
    re.IGNORECASE,
)
_VENDOR = re.compile(r"x-([a-z]{2,6})-signature")
_BASIC_TIME = re.compile(r"\d{8}T\d{6}Z")
_SECONDS = re.compile(r"[1-9]\d{8,10}")
_MILLISECONDS = re.compile(r"[1-9]\d{12}")
_HEXADECIMAL = re.compile(r"[0-9a-f]{8}", re.IGNORECASE)
_AKAMAI = re.compile(r"(?:^|~)exp=([1-9]\d{8,10})~")
_BESIDE_EXPIRES = ("signature", "sig", "key-pair-id", "hmac", "md5", "hash", "token")
_IMGIX = re.compile(r"[0-9a-f]{32}", re.IGNORECASE)
_META = (".fbcdn.net", ".cdninstagram.com")
_DISCORD = ("cdn.discordapp.com", "media.discordapp.net", "images-ext-1.discordapp.net", "images-ext-2.discordapp.net")
_CLOUDFRONT = re.compile(r'"DateLessThan"\s*:\s*\{\s*"AWS:EpochTime"\s*:\s*([1-9]\d{8,10})\b')
_JWT = re.compile(r'"exp"\s*:\s*([1-9]\d{8,10})\b')
_OF_CLOUDFRONT = str.maketrans("-_~", "+=/")
"""CloudFront uses different base64 characters than RFC 4648 (Amazon CloudFront, "Create a signed URL using a custom
policy")."""
_LONGEST_TOKEN = 4000


class Signed(Struct, frozen=True):
    """A signed URL that expires. `expires` is None if the URL does not contain the time."""

    expires: datetime | None


def signed(url: str) -> Signed | None:
    """The facts about a signed URL; None for all other URLs.

    Supports the parameters of AWS Signature Version 4 and similar ones (Google, Alibaba), of version 2 and CloudFront, of
    Azure's shared access signatures, of Akamai's tokens, of imgix, and of the image hosts of Meta, Discord, LinkedIn,
    TikTok, Notion and GitHub. Signatures without a time (imgix `s`, Cloudinary `s--`) do not expire.
    """
    if _HINT.search(url) is None:
        return None
    try:
        parsed = parse_url(url)
    except InvalidUrl:
        return None
    from urllib.parse import parse_qsl  # few URLs get here

    query = {name.lower(): value for name, value in parse_qsl(parsed.query)}
    return _of_vendor(query) or _of_expires(query) or _of_host(parsed.host, query)


def _of_vendor(query: dict[str, str]) -> Signed | None:
    for vendor in (match[1] for name in query if (match := _VENDOR.fullmatch(name))):
        return Signed(_since(query.get(f"x-{vendor}-date", ""), query.get(f"x-{vendor}-expires", "")))
    if "x-expires" in query and "x-signature" in query:
        return _known(_of_seconds(query["x-expires"]))
    if "policy" in query and "signature" in query:
        return Signed(_of_token(query["policy"].translate(_OF_CLOUDFRONT), _CLOUDFRONT))
    return None


def _of_expires(query: dict[str, str]) -> Signed | None:
    if "expires" in query and any(name in query for name in _BESIDE_EXPIRES):
        return _known(_of_seconds(query["expires"]))
    if "expires" in query and _IMGIX.fullmatch(query.get("s", "")):
        return _known(_of_seconds(query["expires"]))
    if "expirationtimestamp" in query and "signature" in query:
        return _known(_of_seconds(query["expirationtimestamp"]))
    if "sig" in query and "exp" in query:
        return _known(_of_seconds(query["exp"]))
    if "sig" in query and "se" in query:
        return _known(_of_text(query["se"]))
    akamai = (_AKAMAI.search(query[name]) for name in ("hdnea", "hdnts", "hdntl") if name in query)
    return next((_known(_of_seconds(match[1])) for match in akamai if match), None)


def _of_host(host: str, query: dict[str, str]) -> Signed | None:
    if host.endswith(_META) and "oe" in query:
        return _known(_of_hexadecimal(query["oe"]))
    if host in _DISCORD and "ex" in query and "hm" in query:
        return _known(_of_hexadecimal(query["ex"]))
    if host.endswith(".licdn.com") and "e" in query and "t" in query:
        return _known(_of_seconds(query["e"]))
    if host.endswith(".githubusercontent.com") and "jwt" in query:
        return _known(_of_token(query["jwt"].rpartition(".")[0].rpartition(".")[2], _JWT))
    return None


def _known(moment: datetime | None) -> Signed | None:
    return None if moment is None else Signed(moment)


def _since(start: str, seconds: str) -> datetime | None:
    """A number of seconds after a time in ISO 8601 basic format; some vendors write the expiration time itself instead."""
    if _BASIC_TIME.fullmatch(start) is None or not seconds.isascii() or not seconds.isdigit() or len(seconds) > 9:
        return _of_seconds(seconds)
    try:
        return datetime.strptime(start, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) + timedelta(seconds=int(seconds))
    except (ValueError, OverflowError):
        return None


def _of_seconds(text: str) -> datetime | None:
    """The time of a Unix timestamp in seconds or milliseconds."""
    if _MILLISECONDS.fullmatch(text):
        text = text[:-3]
    return datetime.fromtimestamp(int(text), UTC) if _SECONDS.fullmatch(text) else None


def _of_token(text: str, pattern: re.Pattern[str]) -> datetime | None:
    """The time that a pattern finds in a base64 token; None if there is none."""
    from base64 import urlsafe_b64decode

    try:
        decoded = urlsafe_b64decode(f"{text[:_LONGEST_TOKEN]}===").decode("utf-8", "replace")
    except ValueError:
        return None
    found = pattern.search(decoded)
    return _of_seconds(found[1]) if found else None


def _of_hexadecimal(text: str) -> datetime | None:
    return datetime.fromtimestamp(int(text, 16), UTC) if _HEXADECIMAL.fullmatch(text) else None


def _of_text(text: str) -> datetime | None:
    try:
        read = datetime.fromisoformat(text[:40])
        return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
