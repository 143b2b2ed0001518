"""Host names that are private by their form, whatever DNS returns for them."""

_LOCAL_SUFFIXES = (
    ".localhost",  # RFC 6761
    ".local",  # RFC 6762
    ".internal",  # reserved by ICANN in 2024; metadata.google.internal
    ".home.arpa",  # RFC 8375
    ".localdomain",
    ".lan",
    ".home",
    ".corp",
    ".intranet",
    ".private",
    ".svc",  # Kubernetes
)
_NEVER_SUFFIXES = (
    ".onion",  # RFC 7686: a DNS query would leak the name
    ".i2p",
    ".arpa",
)
_METADATA = frozenset({"metadata.tencentyun.com", "metadata.tencentyun.com.cn"})


def name_refusal(host: str, *, addresses_decide: bool = False) -> str | None:
    """Why the host name must not be looked up; None if it can be, and for an address instead of a name.

    `host` is `Url.host`. With `addresses_decide` (the user allows a private network), local names are allowed, and only
    their addresses are checked.
    """
    if host.startswith("["):
        return None
    name = host.removesuffix(".")
    last = name.rpartition(".")[2]
    if last.isdigit():
        return None
    if name.endswith(_NEVER_SUFFIXES) and not name.endswith(".home.arpa"):
        return f"host names in .{last} are not on the public web"
    if name in _METADATA:
        return "it is a cloud's metadata service"
    if addresses_decide:
        return None
    if "." not in name:
        return "a host name without a dot belongs to the local network"
    if name.endswith(_LOCAL_SUFFIXES):
        return f"host names in .{last} belong to a local network"
    return None
