"""Markers of domain-parking services: addresses of theirs that a page loads or redirects to."""

import re

from linkcheck.pages.bounding import without
from linkcheck.pages.extent import COMMENT, SCRIPT, STYLE
from linkcheck.pages.page_text import words_of
from linkcheck.urls import InvalidUrl, parse_url, registrable_domain

_BY_MARK = (
    # From the services' own pages; the first is an attribute that only pages of parked domains carry.
    (b"data-adblockkey=", "a key of parked domains"),
    (b"sedoparking.com", "Sedo"),
    (b"parkingcrew.net", "ParkingCrew"),
    (b"bodis.com", "Bodis"),
    (b"parklogic.com", "ParkLogic"),
    (b"above.com/marketplace", "Above.com"),
    (b"wsimg.com/parking-lander", "GoDaddy"),
    (b"hugedomains.com/domain_profile", "HugeDomains"),
    (b"afternic.com/forsale", "Afternic"),
    (b"godaddy.com/forsale", "GoDaddy"),
    (b"dan.com/buy-domain", "Dan.com"),
    (b"parkingpage.namecheap.com", "Namecheap"),
    (b"parking.reg.ru", "Reg.ru"),
)
_LOADED = re.compile(rb"(?:src|action|url)\s*[=:(]\s*[\"']?(?:https?:)?//[^\"'<>\s]{0,200}$", re.IGNORECASE)
_LED = re.compile(
    rb"location(?:\.href)?\s?(?:=|\.(?:replace|assign)\()\s?[\"'](?:https?:)?//[^\"'<>\s]{0,200}$", re.IGNORECASE
)
_LANDER = re.compile(rb"location(?:\.href)?\s*=\s*[\"'](?:https?://[^/\"']{1,253})?/lander(?:[?#/][^\"']{0,200})?[\"']")
_NEAR = 220
_LONGEST_LANDER = 8 * 1024
_LONGEST = 48 * 1024
"""Maximum length in bytes: the page of a parked domain is short and consists mostly of scripts."""


def parking_marker(data: bytes, url: str) -> str | None:
    """The service whose marker the page at `url` contains; None if there is none.

    Only an address that the page loads is a marker, not the name of a service in a text or script. A script that redirects
    to `/lander` (GoDaddy), or to the domain's page on a marketplace, is a marker if the page has no text.
    """
    if len(data) > _LONGEST:
        return None
    if len(data) <= _LONGEST_LANDER and (found := _led_by_script(data, url)) is not None:
        return found
    named = [(mark, name) for mark, name in _BY_MARK if mark in data]
    if not named:
        return None
    shown = without(data, (COMMENT, SCRIPT, STYLE), keep=(), hollow=SCRIPT)
    return next((name for mark, name in named if _is_loaded(shown, mark)), None)


def _is_loaded(shown: bytes, mark: bytes) -> bool:
    """Whether a marker is in a tag and part of an address to load, or a key in the root tag."""
    at = shown.find(mark)
    opened = shown.rfind(b"<", 0, at)
    if at < 0 or opened <= shown.rfind(b">", 0, at):
        return False
    if mark.endswith(b"="):
        return shown[opened : opened + 5].lower() == b"<html"
    return _LOADED.search(shown, max(0, at - _NEAR), at) is not None


def _led_by_script(data: bytes, url: str) -> str | None:
    if b"location" not in data or words_of(data):
        return None
    if b"/lander" in data and _LANDER.search(data):
        return "GoDaddy"
    try:
        host = parse_url(url).host
    except InvalidUrl:
        return None
    label = (registrable_domain(host) or host).partition(".")[0].encode()
    for mark, name in _BY_MARK:
        at = data.find(mark)
        if at >= 0 and label in data[at : at + _NEAR].lower() and _LED.search(data, max(0, at - _NEAR), at):
            return name
    return None
