"""The links of an article: every value its schema marks with `x-link`."""

import re

from linkcheck.model import FILE_START, Article, Claim, Expectations, Json, Link, Location, Role
from linkcheck.pointers import escape, unescape, value_at
from linkcheck.validate.schema_tree import LinkAnnotation, SchemaSite

_MISSING = object()
_NOTHING_DECLARED = Expectations()
_COMPLETE = re.compile(
    r"""
    \s*+ (?:
        \Z | [/\\#?]                               # nothing, a path from the root of the site, a part of a page
        | [A-Za-z][A-Za-z0-9+.-]{0,63}+:            # a scheme
        | [~@$][A-Za-z0-9_-]{0,63}+/                # an alias of a build tool
        | \{\{ | \{% | <% | \$\{                    # a placeholder
        | !?+\[\[                                  # a wiki link
        | [{|][a-z]++[|}]                          # a link of Pelican to its content
    )
    """,
    re.VERBOSE,
)
"""The beginning of a value that gets no prefix."""


def find_links(article: Article, site: SchemaSite) -> tuple[Link, ...]:
    """The links in the order of the article. A marked list of strings is one link per item; other values are not links."""
    links: list[Link] = []
    if site.bearing:
        _visit(article.data, site, "", _Owner(article, {}, ""), links)
    return tuple(links)


def archive_property(data: Json, site: SchemaSite, pointer: str) -> str | None:
    """The name of the property for the archived copy of the page that the value at a pointer leads to.

    It is in the same object; None if the schema marks none.
    """
    *parts, name = (unescape(part) for part in pointer.split("/"))
    for part in parts[1:]:
        below = site.property(part) if isinstance(data, dict) else site.item(int(part)) if part.isdecimal() else None
        if below is None:
            return None
        site, data = below, value_at(data, f"/{escape(part)}")
    if not isinstance(data, dict):
        return None
    marked = ((each, below.marks) for each in site.known if (below := site.property(each)) is not None)
    return next(
        (each for each, marks in marked if marks is not None and (marks.role, marks.of) == (Role.ARCHIVE, name)), None
    )


class _Owner:
    """The closest object around a link, in which related properties are looked up."""

    __slots__ = ("article", "pointer", "values")

    def __init__(self, article: Article, values: dict[str, Json], pointer: str) -> None:
        self.article = article
        self.values = values
        self.pointer = pointer

    def link(self, marks: LinkAnnotation, url: str, pointer: str) -> Link:
        location = self._location(pointer)
        if not marks.wanting:
            return Link(location, marks.role, url, _NOTHING_DECLARED)
        prefix = "" if marks.prefix is None or _COMPLETE.match(url) else _joint(marks.prefix)
        of = None if marks.of is None else self._partner(marks.of)[0]
        return Link(
            location,
            marks.role,
            prefix + url,
            Expectations(
                of if isinstance(of, str) else None,
                self._claim(marks.width, location),
                self._claim(marks.height, location),
                marks.min_width,
                marks.min_height,
                marks.media,
                self._claim(marks.domain, location),
                marks.preset,
            ),
            prefix,
        )

    def _claim(self, name: str | None, link: Location) -> Claim | None:
        if name is None:
            return None
        value, pointer = self._partner(name)
        if value is _MISSING:
            # A missing property is reported at the link.
            return Claim(None, Location(link.path, link.span, pointer))
        return Claim(value if isinstance(value, (int, float, str)) else None, self._location(pointer))

    def _partner(self, name: str) -> tuple[object, str]:
        """The value of a property next to the link, or of one inside an object next to it (`provider.domain`)."""
        if name in self.values or "." not in name:
            return self.values.get(name, _MISSING), f"{self.pointer}/{escape(name)}"
        value: object = self.values
        pointer = self.pointer
        for part in name.split("."):
            value = value.get(part, _MISSING) if isinstance(value, dict) else _MISSING
            pointer += "/" + escape(part)
        return value, pointer

    def _location(self, pointer: str) -> Location:
        place = self.article.places.get(pointer)
        return Location(self.article.path, FILE_START if place is None else place.value, pointer)


def _joint(prefix: str) -> str:
    """The prefix as it is put in front of a value: a slash is added to the name of a folder or host."""
    return f"{prefix}/" if prefix[-1:].isalnum() else prefix


def _visit(value: Json, site: SchemaSite, pointer: str, owner: _Owner, links: list[Link]) -> None:
    if isinstance(value, dict):
        here = _Owner(owner.article, value, pointer)
        for name, child in value.items():
            below = site.property(name)
            if below is not None and below.bearing:
                _visit(child, below, f"{pointer}/{escape(name)}", here, links)
    elif isinstance(value, list):
        marks = site.marks
        for index, item in enumerate(value):
            if marks is not None and isinstance(item, str):
                if marks.takes(item):
                    links.append(owner.link(marks, item, f"{pointer}/{index}"))
            else:
                below = site.item(index)
                if below is not None and below.bearing:
                    _visit(item, below, f"{pointer}/{index}", owner, links)
    elif site.marks is not None and isinstance(value, str) and site.marks.takes(value):
        links.append(owner.link(site.marks, value, pointer))
