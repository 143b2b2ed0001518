"""The hosts of the loopback web: distinct addresses of 127.0.0.0/8, so that no checker needs a name server."""

import random


def url_of(host: int, page: int, port: int) -> str:
    return f"http://127.{1 + host // 62_500}.{host // 250 % 250 + 1}.{host % 250 + 1}:{port}/articles/{page}.html"


def alike(targets: int, hosts: int) -> list[int]:
    """As many targets for each host."""
    return [targets // hosts + (number < targets % hosts) for number in range(hosts)]


def skewed(targets: int, hosts: int) -> list[int]:
    """A few large hosts and many small ones, as in an archive (Zipf)."""
    weights = [1 / (rank + 5) for rank in range(hosts)]
    sizes = [max(1, round(targets * weight / sum(weights))) for weight in weights]
    random.Random(7).shuffle(sizes)
    return sizes
