"""A short hash, which identifies values and findings without containing them."""

import hashlib


def digest(*parts: str) -> str:
    """16 hex digits."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
