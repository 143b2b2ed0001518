"""Host names for people: the Unicode behind Punycode, and the domain a host belongs to."""

from functools import lru_cache


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
    suffix itself, and a name without a dot. Source: publicsuffix.org/list, "Algorithm".
    """
    name = host.removesuffix(".").lower()
    labels = name.split(".")
    if name.startswith("[") or labels[-1].isdigit() or not all(labels):
        return None
    own = len(labels) - _labels_of_suffix((unicode_host(name) or name).split("."))
    return ".".join(labels[own - 1 :]) if own > 0 else None


def top_level_domain(host: str) -> str | None:
    """The top-level domain of a host, as the host spells it, where the Public Suffix List has it: `de` for `www.heise.de`.

    None for an address, and for an invented or misspelled one (`example.invalid`, `example.con`).
    """
    last = host.removesuffix(".").lower().rpartition(".")[2]
    name = (unicode_host(last) or last).encode("utf-8", "replace")
    return last if name in _rules() or b"*." + name in _rules() else None


def _labels_of_suffix(labels: list[str]) -> int:
    """How many labels at the end are a public suffix: the longest rule that fits decides, an exception before all."""
    rules = _rules()
    for start in range(len(labels)):
        name = ".".join(labels[start:]).encode("utf-8", "replace")
        if b"!" + name in rules:
            return len(labels) - start - 1
        if name in rules or b"*." + name.partition(b".")[2] in rules:
            return len(labels) - start
    return 1


@lru_cache(maxsize=1)
def _rules() -> frozenset[bytes]:
    """The list's lines. The package's own reader builds more than is needed here, and takes ten times as long."""
    from pathlib import Path

    from publicsuffixlist import PSLFILE

    return frozenset(Path(PSLFILE).read_bytes().splitlines())
