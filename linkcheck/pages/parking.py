"""Marks that domain-parking services leave in their pages: addresses of theirs that a page loads or leads to."""

import re

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
_LOADED = re.compile(
    rb"(?:src|action|location(?:\.href)?|url)\s*[=:(]\s*[\"'](?:https?:)?//[^\"'<>\s]{0,200}$", re.IGNORECASE
)
_LANDER = re.compile(rb"location(?:\.href)?\s*=\s*[\"'](?:https?://[^/\"']{1,253})?/lander(?:[?#/][^\"']{0,200})?[\"']")
_NEAR = 220
_LONGEST_LANDER = 8 * 1024
_LONGEST = 48 * 1024
"""Bytes. What services show for a parked domain is a short page, and mostly scripts."""


def parking_marker(data: bytes) -> str | None:
    """The service whose mark a page carries; None where it carries none.

    The name of a service in the text is no mark, only an address that the page uses. The page that leads to `/lander` by a
    script (GoDaddy) is nothing but that script.
    """
    if len(data) > _LONGEST:
        return None
    if len(data) <= _LONGEST_LANDER and b"/lander" in data and _LANDER.search(data):
        return "GoDaddy"
    for mark, name in _BY_MARK:
        at = data.find(mark)
        if at >= 0 and (mark.endswith(b"=") or _LOADED.search(data, max(0, at - _NEAR), at)):
            return name
    return None
