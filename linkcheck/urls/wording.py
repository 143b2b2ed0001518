"""Host names for people: the Unicode behind Punycode, and the domain a host belongs to."""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList


def unicode_host(host: str) -> str | None:
    """The host in Unicode; None where it is the same. Show it beside the Punycode, never instead: letters look alike."""
    if "xn--" not in host:
        return None
    from ada_url import idna_to_unicode

    unicode = idna_to_unicode(host)
    return unicode if unicode and unicode != host else None


@lru_cache(maxsize=4096)
def registrable_domain(host: str) -> str | None:
    """The domain someone registered, by the Public Suffix List: `itpro.co.uk` for `media.itpro.co.uk`.

    Names below a suffix that is handed out privately count as registered (`someone.github.io`). None for an address, a
    suffix itself, and a name without a dot.
    """
    name = host.removesuffix(".").lower()
    if name.startswith("[") or "." not in name or name.rpartition(".")[2].isdigit():
        return None
    return _suffixes().privatesuffix(name)


@lru_cache(maxsize=1)
def _suffixes() -> "PublicSuffixList":
    # 60 ms to read: only runs that compare domains pay.
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()
