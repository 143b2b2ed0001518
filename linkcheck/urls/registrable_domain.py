"""Host names for people: the Unicode form of Punycode, and the registrable domain of a host."""

from functools import lru_cache


def unicode_host(host: str) -> str | None:
    """The host in Unicode; None if it is the same. Show it with the Punycode, never instead: some letters look alike."""
    if "xn--" not in host:
        return None
    from ada_url import idna_to_unicode

    unicode = idna_to_unicode(host)
    return unicode if unicode and unicode != host else None


@lru_cache(maxsize=4096)
def registrable_domain(host: str) -> str | None:
    """The registrable domain by the Public Suffix List: `itpro.co.uk` for `media.itpro.co.uk`.

    Names below a private suffix count as registrable (`someone.github.io`). None for an address, a suffix itself, and a name
    without a dot. Source: publicsuffix.org/list, "Algorithm".
    """
    name = host.removesuffix(".").lower()
    labels = name.split(".")
    if name.startswith("[") or labels[-1].isdigit() or not all(labels):
        return None
    own = len(labels) - _labels_of_suffix((unicode_host(name) or name).split("."), _rules())
    return ".".join(labels[own - 1 :]) if own > 0 else None


def is_registry(name: str) -> bool:
    """Whether a registry registers names below a name for anyone (`com`, `co.uk`), or the name is an unknown top level.

    Suffixes that their owners submitted (`github.io`) are not registries: those names have one owner.
    """
    labels = (unicode_host(name) or name).split(".")
    return _labels_of_suffix(labels, _rules_of_registries()) == len(labels)


def top_level_domain(host: str) -> str | None:
    """The top-level domain of a host, as spelled in the host, if the Public Suffix List has it: `de` for `www.heise.de`.

    None for an address, and for an invented or misspelled one (`example.invalid`, `example.con`).
    """
    last = host.removesuffix(".").lower().rpartition(".")[2]
    name = (unicode_host(last) or last).encode("utf-8", "replace")
    return last if name in _rules() or b"*." + name in _rules() else None


def _labels_of_suffix(labels: list[str], rules: frozenset[bytes]) -> int:
    """The number of labels at the end that are a public suffix, by the longest matching rule; exceptions take precedence."""
    for start in range(len(labels)):
        name = ".".join(labels[start:]).encode("utf-8", "replace")
        if b"!" + name in rules:
            return len(labels) - start - 1
        if name in rules or b"*." + name.partition(b".")[2] in rules:
            return len(labels) - start
    return 1


@lru_cache(maxsize=1)
def _rules() -> frozenset[bytes]:
    """The lines of the list. The package's own parser builds more than is needed here, and takes ten times as long."""
    return frozenset(_list().splitlines())


@lru_cache(maxsize=1)
def _rules_of_registries() -> frozenset[bytes]:
    return frozenset(_list().partition(b"// ===END ICANN DOMAINS===")[0].splitlines())


def _list() -> bytes:
    from pathlib import Path

    from publicsuffixlist import PSLFILE

    return Path(PSLFILE).read_bytes()
