"""Which ports may be asked: those of the web, and those the user names."""

from collections.abc import Collection

ALLOWED_PORTS = frozenset({80, 443})


def port_refusal(port: int, *, allow: Collection[int] = ()) -> str | None:
    """Why `port` must not be dialled; None if it may be."""
    if port in ALLOWED_PORTS or port in allow:
        return None
    return f"port {port} is not a port of the web (80, 443) and is not among the allowed ports"
