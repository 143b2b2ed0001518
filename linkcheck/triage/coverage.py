"""Which parts of an article a run could check, and which link a value belongs to."""

from linkcheck.model import Basis, Evidence, Finding, Link, LinkResult, VerdictKind
from linkcheck.pointers import field_of

_SETTLED = (VerdictKind.OK, VerdictKind.MOVED, VerdictKind.DEAD, VerdictKind.SUSPECT)


class Coverage:
    """The links of an article by pointer and line: of their URLs, and of properties that describe them."""

    def __init__(self, evidence: Evidence) -> None:
        self._by_pointer: dict[str, LinkResult] = {}
        self._by_line: dict[int, list[LinkResult]] = {}
        for result in evidence.results:
            wants = result.link.wants
            locations = [result.link.location]
            locations += [claim.location for claim in (wants.width, wants.height, wants.domain) if claim is not None]
            for location in locations:
                self._by_pointer.setdefault(location.pointer, result)
                self._by_line.setdefault(location.span.line, []).append(result)
        self._by_field: dict[tuple[str, str], list[LinkResult]] | None = None
        self._changed = evidence.changed
        self._required = evidence.required

    def result(self, pointer: str) -> LinkResult | None:
        return self._by_pointer.get(pointer)

    def is_settled(self, basis: Basis, pointer: str, *, url: str | None = None) -> bool:
        """Whether a rule could find its problem at a pointer: the link was requested, and a response was received.

        With `url`, also at the links to this URL elsewhere in the list that the pointer is in.
        """
        if basis is not Basis.RESPONSE:
            return True
        result = self._by_pointer.get(pointer)
        if "*" not in (field := field_of(pointer)) or url is None:
            return result is None or _is_settled(result)
        if self._by_field is None:
            self._by_field = {}
            for place, each in self._by_pointer.items():
                self._by_field.setdefault((field_of(place), each.link.url), []).append(each)
        return (result is None or _is_settled(result)) and all(map(_is_settled, self._by_field.get((field, url), ())))

    def links_on(self, line: int) -> bool:
        return line in self._by_line

    def is_settled_on(self, line: int) -> bool:
        return all(map(_is_settled, self._by_line.get(line, ())))

    def is_untouched(self, finding: Finding, about: tuple[str, ...] = ()) -> bool:
        """Whether a finding is unrelated to the links that the change added, to the titles, dates and domains that it
        changed, and to what its schemas require otherwise. `about` is what its rule depends on.
        """
        if self._changed is None:
            return False
        pointer = finding.location.pointer
        if pointer in self._changed or finding.facts.get("compared_with") in self._changed:
            return False
        result = self._by_pointer.get(pointer)
        if result is None:
            return True
        if any((result.link.location.pointer, name) in self._required for name in about or ("",)):
            return False
        return not any(pointer in self._changed for pointer in self._concerned(result.link))

    def _concerned(self, link: Link) -> list[str]:
        """The pointers of a link and of the property that it is compared with."""
        partners = [other.link.location.pointer for other in self._by_pointer.values() if other.link.url == link.wants.of]
        return [link.location.pointer, *partners]


def _is_settled(result: LinkResult) -> bool:
    if result.skip is not None:
        return result.skip.kind in ("invalid-url", "no-base-url", "scheme", "template")
    return result.verdict.kind in _SETTLED
