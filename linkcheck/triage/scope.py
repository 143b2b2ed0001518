"""What of an article a run could find anything out about, and which link a value belongs to."""

from linkcheck.model import Evidence, Finding, Link, Sighting, VerdictKind

_SETTLED = (VerdictKind.OK, VerdictKind.MOVED, VerdictKind.DEAD, VerdictKind.SUSPECT)


class Scope:
    """The links of an article by every pointer and line that is about them: their URLs and the claims made of them."""

    def __init__(self, evidence: Evidence) -> None:
        self._by_pointer: dict[str, Sighting] = {}
        self._by_line: dict[int, list[Sighting]] = {}
        for sighting in evidence.sightings:
            wants = sighting.link.wants
            locations = [sighting.link.location]
            locations += [claim.location for claim in (wants.width, wants.height, wants.domain) if claim is not None]
            for location in locations:
                self._by_pointer.setdefault(location.pointer, sighting)
                self._by_line.setdefault(location.span.line, []).append(sighting)
        self._changed = evidence.changed

    def sighting(self, pointer: str) -> Sighting | None:
        return self._by_pointer.get(pointer)

    def is_settled(self, code: str, pointer: str) -> bool:
        """Whether a rule would have found its fault at a pointer if it were there: the web was asked, and it answered."""
        if code.startswith(("LC1", "LC5")):
            return True
        sighting = self._by_pointer.get(pointer)
        return sighting is None or _is_settled(sighting)

    def links_on(self, line: int) -> bool:
        return line in self._by_line

    def is_settled_on(self, line: int) -> bool:
        return all(map(_is_settled, self._by_line.get(line, ())))

    def is_untouched(self, finding: Finding) -> bool:
        """Whether a finding is about no link that the change brought, and about no title, date or domain that it changed."""
        if self._changed is None:
            return False
        pointer = finding.location.pointer
        if pointer in self._changed or finding.facts.get("compared_with") in self._changed:
            return False
        sighting = self._by_pointer.get(pointer)
        if sighting is None:
            return True
        return not any(pointer in self._changed for pointer in self._concerned(sighting.link))

    def _concerned(self, link: Link) -> list[str]:
        """The pointers of a link, and of the partner that decides whether it is right."""
        partners = [
            other.link.location.pointer
            for other in self._by_pointer.values()
            if link.wants.of is not None and other.link.url == link.wants.of
        ]
        return [link.location.pointer, *partners]


def _is_settled(sighting: Sighting) -> bool:
    if sighting.skip is not None:
        return sighting.skip.kind in ("invalid-url", "no-base-url", "scheme", "template")
    return sighting.verdict.kind in _SETTLED
