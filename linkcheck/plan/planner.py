"""The target of each link, or the reason why it is not requested."""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from msgspec import Struct

from linkcheck.errors import UsageError
from linkcheck.model import Link, Probe, Role, Skip, Target
from linkcheck.plan.aliases import Alias, longest_first, unknown_alias
from linkcheck.plan.excludes import Compiled, Exclude, ExcludeTally
from linkcheck.plan.local_candidates import (
    Surroundings,
    candidates,
    candidates_below,
    has_extension,
    is_page,
    plain_path,
    within_base,
)
from linkcheck.urls import (
    InvalidUrl,
    Url,
    intrasite_path,
    is_made_by_pelican,
    mask,
    misspelled_scheme,
    parse_url,
    scheme_of,
    wiki_target,
    written_defect,
)

PROBES = {
    Role.CANONICAL: Probe.PAGE,
    Role.ORIGINAL: Probe.PAGE,
    Role.AMP: Probe.PAGE,
    Role.AMP_CACHE: Probe.PAGE,
    Role.IMAGE: Probe.IMAGE,
    Role.LINK: Probe.PAGE,
    Role.ARCHIVE: Probe.PAGE,
}

_REMEMBERED = 16_384
_TEMPLATE = re.compile(r"\{\{|\{%|<%|\$\{")
_PATTERN = re.compile(r"[^*{]*+(?:\*|\{[^{},]*+,)")
"""`**.png`, `images/{a,b}.png`: with characters that names of files on the web do not have."""
_RESOURCE = re.compile(r"/resources/[0-9]+/src")
"""Where Hugo reads the value as a pattern, in which `?` and `[` are placeholders as well."""


class PlanOptions(Struct, frozen=True):
    """`base_url` is the address of the site, `site_roots` the folders of its files, relative to the working directory.

    `missing_aliases` are those whose folders do not exist.
    `levels` is how many folders the working directory is below the top of the repository. `today` determines which excludes
    still apply.
    """

    base_url: str | None = None
    site_roots: tuple[str, ...] = ()
    aliases: tuple[Alias, ...] = ()
    missing_aliases: tuple[Alias, ...] = ()
    levels: int = 0
    excludes: tuple[Exclude, ...] = ()
    offline: bool = False
    today: date = date.min


class Planned(Struct, frozen=True, array_like=True):
    """The target of a link.

    `local` are files to look up first; if one exists, nothing is requested. `skip` is the reason why nothing is requested if
    there is no such file; of kind `local`, it means that only the files count. Without `skip`, `target` is requested.
    `path` is the path that the link states, from the root of the site (with a slash in front) or from the folder of the
    article; empty if it states none or the link leads to another site. `is_url` is set if the link has a host, `has_alias`
    if it starts with an alias: then it leads to a file that the build reads, and not to one that the site serves.
    """

    link: Link
    target: Target
    skip: Skip | None = None
    local: tuple[str, ...] = ()
    path: str = ""
    is_url: bool = False
    has_alias: bool = False

    @property
    def is_image(self) -> bool:
        return self.target.probe is Probe.IMAGE


class _ReadUrl(Struct, frozen=True):
    """The facts about a URL that do not depend on the link: resolved URL and host, skip reason, matching excludes.

    `below_base` is what follows the address of the site in a URL that starts with it.
    """

    url: str
    host: str
    skip: Skip | None
    relative: bool
    excludes: tuple[Compiled, ...]
    below_base: str | None


class Planner:
    """Plans one link after another; caches the facts about URLs and counts the use of excludes."""

    def __init__(self, options: PlanOptions) -> None:
        """Raises UsageError for an invalid exclude or base URL."""
        self._options = options
        self._base = _base(options.base_url)
        self._site = Surroundings(options.site_roots, self._base.path if self._base else "/", options.levels)
        self._aliases = longest_first(options.aliases)
        self._missing_aliases = longest_first(options.missing_aliases)
        self._excludes = tuple(Compiled(each, options.today) for each in options.excludes)
        # Bounded, so that memory does not grow with the archive; links to the same URL tend to be close together.
        self._read = lru_cache(maxsize=_REMEMBERED)(self._read_uncached)

    def plan(self, link: Link) -> Planned:
        read = self._read(link.url)
        target = Target(read.url, PROBES[link.role], read.host)
        for exclude in read.excludes:
            if exclude.matches(link):
                return Planned(link, target, Skip("excluded", exclude.reason, read.url))
        if read.relative and _is_pattern(link):
            return Planned(link, target, Skip("pattern", "it is a pattern for the names of files, not a link", read.url))
        if read.relative:
            return self._relative(link, target, read.skip)
        if read.below_base is not None and may_be_article(link):
            return self._own(link, target, read.skip, f"/{read.below_base}")
        return Planned(link, target, read.skip, is_url=bool(read.host))

    def unused(self, *, but: tuple[Exclude, ...] = ()) -> tuple[str, ...]:
        """Notices on excludes that matched no link or have expired, without those in `but`."""
        pairs = zip(self._options.excludes, self._excludes, strict=True)
        return tuple(notice for exclude, compiled in pairs if exclude not in but and (notice := compiled.notice()))

    def tally(self) -> tuple[ExcludeTally, ...]:
        """What was counted so far, for each exclude."""
        return tuple(exclude.tally() for exclude in self._excludes)

    def count(self, used: Iterable[int]) -> None:
        """Count links that another planner with the same options excluded, for each exclude."""
        for exclude, number in zip(self._excludes, used, strict=True):
            exclude.count(number)

    def unfinished(self) -> tuple[str, ...]:
        """Notices on excludes whose patterns reached the time limit."""
        return tuple(notice for exclude in self._excludes if (notice := exclude.unfinished()))

    def _relative(self, link: Link, target: Target, skip: Skip | None) -> Planned:
        """Plan a link without a host: look up files, then request it if the address of the site is known."""
        text, image = link.url.strip(), link.role is Role.IMAGE
        alias = self._alias(text)
        if alias is not None:
            path = text.removeprefix(alias.prefix)
            files = candidates_below(alias.folder, path, image=image)
        else:
            path = intrasite_path(text) or text
            files = candidates(path, article=link.location.path, site=self._site, image=image)
        path = within_base(plain_path(path) or "", self._site.base_path)
        if alias and not files:
            skip = Skip("invalid-url", f"it is not the path of a file below the alias `{alias.prefix}`", text)
        # Without a root, only an image relative to the article is certainly a file.
        is_file = bool(self._site.roots or (image and has_extension(path)))
        if path and not image and is_page(path):
            skip = self._unknown_page(skip, path, target)
        elif path.startswith("../") and not files and skip is not None and skip.kind == "no-base-url":
            skip = Skip(skip.kind, "it leads out of the repository", target.url)
        elif files and is_file and skip is not None and skip.kind != "alias":
            skip = Skip("local", "local file", target.url)
        return Planned(link, target, skip, files, path, has_alias=alias is not None)

    def _unknown_page(self, skip: Skip | None, path: str, target: Target) -> Skip | None:
        """The reason why a page is not requested. A page without a file may exist, because generators create pages."""
        if skip is None or skip.kind not in ("offline", "no-base-url"):
            return skip
        if not path.startswith("/"):
            why = "it is relative to the article, whose own address is unknown"
        elif self._base is None:
            why = "it is relative to the site, and no base-url is configured"
        else:
            why = "the run is offline"
        # Online and without a root, the configuration is incomplete.
        if self._options.offline or self._site.roots:
            return Skip(
                "page", f"no file or article has this URL, but the site generator may make the page; {why}", target.url
            )
        return skip

    def _own(self, link: Link, target: Target, skip: Skip | None, reference: str) -> Planned:
        """Plan a link to the site itself. The repository contains what a change adds before it is published."""
        files = candidates(reference, article=link.location.path, site=self._site, image=link.role is Role.IMAGE)
        return Planned(link, target, skip, files, plain_path(reference) or "", is_url=True)

    def _alias(self, text: str) -> Alias | None:
        for each in self._aliases:
            if text.startswith(each.prefix):
                return each
        return None

    def _read_uncached(self, text: str) -> _ReadUrl:
        url, host, skip, relative = self._resolve(text)
        if skip is None and self._options.offline:
            skip = Skip("offline", "offline", url)
        fitting = tuple(exclude for exclude in self._excludes if exclude.matches_url(text, url))
        base = None if self._base is None or self._base.query else self._base.href
        below = url[len(base) :] if base is not None and not relative and host and url.startswith(base) else None
        return _ReadUrl(url, host, skip, relative, fitting, below)

    def _resolve(self, text: str) -> tuple[str, str, Skip | None, bool]:
        is_absolute = text.startswith(("https://", "http://"))  # nearly all are, and the special forms are not
        if not is_absolute and is_made_by_pelican(text):
            return text, "", Skip("page", "it leads to a page that Pelican makes from no file of its own", text), False
        if _TEMPLATE.search(text):
            return text, "", Skip("template", "it contains a placeholder for the site generator", text), False
        if not is_absolute and wiki_target(text) is not None:
            return text, "", Skip("wiki", "it is a wiki link, and no file of the repository has this name", text), False
        if not is_absolute and intrasite_path(text) is not None:
            return (
                text,
                "",
                Skip("no-base-url", "it leads to a file of the site, and no site-root is configured", text),
                True,
            )
        if self._alias(text.strip()) is not None:
            return text, "", Skip("local", "local file", text), True
        defect = written_defect(text)
        if defect is not None and not defect.works:
            return text, "", Skip("invalid-url", defect.message, text), False
        relative = False
        try:
            if is_absolute or scheme_of(text) is not None:
                url = parse_url(text)
            else:
                relative = not text.strip().startswith("//")
                url = self._resolve_relative(text.strip())
        except InvalidUrl as wrong:
            return text, "", _why_not(text, wrong), wrong.detail in ("relative", "alias")
        return url.href, url.host, None, relative

    def _resolve_relative(self, text: str) -> Url:
        if text.startswith("//"):
            return parse_url(text, self._base.href if self._base else "https://unused.example/")
        if not text or text.startswith("#"):
            raise InvalidUrl("it has no path" if text else "it is empty", detail="syntax")
        if (scheme := misspelled_scheme(text)) is not None:
            raise InvalidUrl(f"it has no scheme; replace `{scheme}` with https://", detail="syntax")
        if text.lower().startswith("www."):
            raise InvalidUrl("it has no scheme; add https:// in front", detail="syntax")
        if (alias := unknown_alias(text)) is not None:
            missing = next((each for each in self._missing_aliases if text.startswith(each.prefix)), None)
            why = f"it starts with `{alias}`, which is not in the aliases of the configuration"
            if missing is not None:
                why = f"it starts with `{missing.prefix}`, and the folder of this alias does not exist: {missing.folder}"
            raise InvalidUrl(why, detail="alias")
        if not text.startswith(("/", "\\")):
            raise InvalidUrl("it is relative to the article, whose own address is unknown", detail="relative")
        if self._base is None:
            raise InvalidUrl("it is relative to the site, and no base-url is configured", detail="relative")
        path = self._base.path
        if path != "/" and not text.startswith((path, "/\\")) and text != path.rstrip("/"):
            # Generators add the path of the site to such links (Jekyll's `relative_url`, Hugo's `relURL`).
            text = path + text.lstrip("/")
        return parse_url(text, self._base.href)


def _is_pattern(link: Link) -> bool:
    text = link.url.strip()
    if any(map(str.isspace, text)):
        return False
    if names_resource(link) and ("?" in text or "[" in text):
        return True
    return _PATTERN.match(text.partition("?")[0].partition("#")[0]) is not None


def names_resource(link: Link) -> bool:
    """Whether Hugo looks for the file of a link among the page resources of its article."""
    return _RESOURCE.fullmatch(link.location.pointer) is not None


def may_be_article(link: Link) -> bool:
    """Whether a link may lead to an article of the repository or a file next to it. Links to the article itself do not."""
    is_own = not any(part.isdecimal() for part in link.location.pointer.split("/"))
    return link.role in (Role.LINK, Role.IMAGE) or (link.role is Role.CANONICAL and not is_own)


def _why_not(text: str, wrong: InvalidUrl) -> Skip:
    match wrong.detail:
        case "scheme":
            return Skip("scheme", f"not checked: {wrong}", text)
        case "relative":
            return Skip("no-base-url", str(wrong), text)
        case "alias":
            return Skip("alias", str(wrong), text)
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
