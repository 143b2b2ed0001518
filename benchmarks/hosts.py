"""The hosts of the loopback web: each has an address of 127.0.0.0/8 and a name that the web's own name server knows."""

import random
from collections.abc import Sequence

ZONE = "internal"
"""Reserved for private use. lychee leaves out names in `.example` and `.test`, which are reserved for such as this."""
NEWS_ZONE = "newsstand"
"""Not delegated. A name in `.internal` would be a finding in an article (LC122)."""
ZONES = (ZONE, NEWS_ZONE)
PORT = 8917


def address_of(host: int) -> str:
    return f"127.{1 + host // 62_500}.{host // 250 % 250 + 1}.{host % 250 + 1}"


def name_of(host: int, zone: str = ZONE) -> str:
    """A domain of its own, as most hosts of an archive have."""
    return f"h{host}.{zone}"


def number_of(name: str) -> int | None:
    """Which host has the name; None if none has."""
    first, _, zone = name.lower().partition(".")
    number = first[1:]
    return int(number) if first[:1] == "h" and number.isdecimal() and len(number) < 7 and zone in ZONES else None


def places(sizes: Sequence[int], *, named: bool) -> dict[str, int]:
    """How many targets are at each `h17.internal`, or at each `127.1.1.18:8917`."""
    return {name_of(host) if named else f"{address_of(host)}:{PORT}": size for host, size in enumerate(sizes)}


def url_of(place: str, page: int) -> str:
    return f"http://{place}/articles/{page}.html"


def alike(targets: int, hosts: int) -> list[int]:
    """As many targets for each host."""
    return [targets // hosts + (number < targets % hosts) for number in range(hosts)]


def skewed(targets: int, hosts: int) -> list[int]:
    """A few large hosts and many small ones, as in an archive (Zipf)."""
    weights = [1 / (rank + 5) for rank in range(hosts)]
    sizes = [max(1, round(targets * weight / sum(weights))) for weight in weights]
    random.Random(7).shuffle(sizes)
    return sizes
