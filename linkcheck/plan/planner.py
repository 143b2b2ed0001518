"""The target of each link, or the reason why it is not requested."""

import re
from datetime import date
from functools import lru_cache

from msgspec import Struct

from linkcheck.errors import UsageError
from linkcheck.model import Link, Probe, Role, Skip, Target
from linkcheck.plan.excludes import Compiled, Exclude
from linkcheck.plan.local_candidates import candidates
from linkcheck.urls import InvalidUrl, Url, mask, parse_url, scheme_of

PROBES = {
    Role.CANONICAL: Probe.PAGE,
    Role.ORIGINAL: Probe.PAGE,
    Role.AMP: Probe.PAGE,
    Role.AMP_CACHE: Probe.PAGE,
    Role.IMAGE: Probe.IMAGE,
    Role.LINK: Probe.PAGE,
}

_REMEMBERED = 16_384
_TEMPLATE = re.compile(r"\{\{|\{%|<%|\$\{")


class PlanOptions(Struct, frozen=True):
    """`base_url` is the address of the site, `site_roots` the folders of its files, relative to the working directory.

    `today` determines which excludes still apply.
    """

    base_url: str | None = None
    site_roots: tuple[str, ...] = ()
    excludes: tuple[Exclude, ...] = ()
    offline: bool = False
    today: date = date.min


class Planned(Struct, frozen=True):
    """The target of a link.

    `local` are files to look up first; if one exists, nothing is requested. `skip` is the reason why nothing is requested;
    of kind `local`, it means that only the files count. Without `skip`, `target` is requested.
    """

    link: Link
    target: Target
    skip: Skip | None = None
    local: tuple[str, ...] = ()


class _ReadUrl(Struct, frozen=True):
    """The facts about a URL that do not depend on the link: resolved URL and host, skip reason, matching excludes."""

    url: str
    host: str
    skip: Skip | None
    relative: bool
    excludes: tuple[Compiled, ...]


class Planner:
    """Plans one link after another; caches the facts about URLs and counts the use of excludes."""

    def __init__(self, options: PlanOptions) -> None:
        """Raises UsageError for an invalid exclude or base URL."""
        self._options = options
        self._base = _base(options.base_url)
        self._excludes = tuple(Compiled(each, options.today) for each in options.excludes)
        # Bounded, so that memory does not grow with the archive; links to the same URL tend to be close together.
        self._read = lru_cache(maxsize=_REMEMBERED)(self._read_afresh)

    def plan(self, link: Link) -> Planned:
        read = self._read(link.url)
        target = Target(read.url, PROBES[link.role], read.host)
        for exclude in read.excludes:
            if exclude.takes(link):
                return Planned(link, target, Skip("excluded", exclude.reason, read.url))
        if read.relative:
            return self._relative(link, target, read.skip)
        return Planned(link, target, read.skip)

    def unused(self) -> tuple[str, ...]:
        """Notices on excludes that matched no link or have expired."""
        return tuple(notice for exclude in self._excludes if (notice := exclude.notice()))

    def unfinished(self) -> tuple[str, ...]:
        """Notices on excludes whose patterns reached the time limit."""
        return tuple(notice for exclude in self._excludes if (notice := exclude.unfinished()))

    def _relative(self, link: Link, target: Target, skip: Skip | None) -> Planned:
        """Plan a link without a host: look up files if the site's root is known, then request it if its address is."""
        if not self._options.site_roots:
            return Planned(link, target, skip)
        files = candidates(
            link.url.strip(),
            article=link.location.path,
            site_roots=self._options.site_roots,
            base_path=self._base.path if self._base else "/",
            image=link.role is Role.IMAGE,
        )
        if files and skip is not None:
            skip = Skip("local", "local file", target.url)
        return Planned(link, target, skip, files)

    def _read_afresh(self, text: str) -> _ReadUrl:
        url, host, skip, relative = self._resolve(text)
        if skip is None and self._options.offline:
            skip = Skip("offline", "offline", url)
        fitting = tuple(exclude for exclude in self._excludes if exclude.matches_url(text, url))
        return _ReadUrl(url, host, skip, relative, fitting)

    def _resolve(self, text: str) -> tuple[str, str, Skip | None, bool]:
        if _TEMPLATE.search(text):
            return text, "", Skip("template", "it contains a placeholder for the site generator", text), False
        relative = False
        try:
            if scheme_of(text) is not None:
                url = parse_url(text)
            else:
                relative = not text.strip().startswith("//")
                url = self._resolve_relative(text.strip())
        except InvalidUrl as wrong:
            return text, "", _why_not(text, wrong), relative and wrong.detail == "relative"
        return url.href, url.host, None, relative

    def _resolve_relative(self, text: str) -> Url:
        if text.startswith("//"):
            return parse_url(text, self._base.href if self._base else "https://unused.example/")
        if not text or text.startswith("#"):
            raise InvalidUrl("it has no path" if text else "it is empty", detail="syntax")
        if text.lower().startswith("www."):
            raise InvalidUrl("it has no scheme; add https:// in front", detail="syntax")
        if not text.startswith(("/", "\\")):
            raise InvalidUrl("it is relative to the article, whose own address is unknown", detail="relative")
        if self._base is None:
            raise InvalidUrl("it is relative to the site, and no base-url is configured", detail="relative")
        path = self._base.path
        if path != "/" and not text.startswith((path, "/\\")) and text != path.rstrip("/"):
            # Generators add the path of the site to such links (Jekyll's `relative_url`, Hugo's `relURL`).
            text = path + text.lstrip("/")
        return parse_url(text, self._base.href)


def _why_not(text: str, wrong: InvalidUrl) -> Skip:
    match wrong.detail:
        case "scheme":
            return Skip("scheme", f"not checked: {wrong}", text)
        case "relative":
            return Skip("no-base-url", str(wrong), text)
        case _:
            return Skip("invalid-url", str(wrong), text)


def _base(text: str | None) -> Url | None:
    if text is None:
        return None
    try:
        base = parse_url(text)
    except InvalidUrl as wrong:
        raise UsageError(f"base-url {mask(text)[:200]!r} is not the address of a site: {wrong}") from None
    # The folder of the site: users expect `https://x.example/blog` and `https://x.example/blog/` to be the same.
    return base if base.path.endswith("/") or base.query else parse_url(base.href + "/")
