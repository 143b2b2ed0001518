"""The URL that the generator of a site gives to the page of an article, by its rules and the settings of the site."""

import re
from posixpath import basename, dirname

from linkcheck.article_urls.generator_rules import GeneratorRules
from linkcheck.article_urls.options import PublishedSite
from linkcheck.article_urls.places import Place
from linkcheck.article_urls.segments import UrlEnding, ending_of, segment, segments, without_number
from linkcheck.article_urls.url_pattern import fill, values_of_date

PageUrl = tuple[tuple[str, ...], UrlEnding]
"""The segments of a URL, and how it ends."""
_LONG_NUMBER = re.compile(r"\d{4,}\s*[-_.](?!\d)")
"""A year or a long number at the start of a name, which may be removed."""
_PLAIN = re.compile(r"_?[a-z0-9 -]*", re.IGNORECASE)
_WHOLE_PATH = re.compile(r":path(?![a-z_])")


class PageUrls:
    """The URLs of a site. Paths are relative to the repository."""

    def __init__(self, site: PublishedSite, rules: GeneratorRules) -> None:
        self._site = site
        self._rules = rules
        folders = {*site.content, *site.language_folders}
        self._content = sorted(
            ((segments_of(each), site.language_folders.get(each)) for each in folders), key=lambda each: -len(each[0])
        )
        patterns = ((segments_of(folder), pattern) for folder, pattern in site.patterns.items())
        self._patterns = sorted(patterns, key=lambda each: -len(each[0]))

    def of(self, place: Place) -> PageUrl | None:
        """None if the URL of an article is not certain."""
        above = segments_of(dirname(place.path))
        content, language = self._content_of(above)
        prefix = self._prefix(place, language)
        is_list = basename(place.path).startswith("_index.")  # the page of a section
        start, pattern = (above, self._post_pattern(place)) if place.is_post else self._pattern(above, is_list=is_list)
        is_hidden = any(each.startswith("_") for each in dirname(place.path).split("/")[len(start) :])
        if prefix is None or not pattern or self._is_unclear(place) or (is_hidden and self._rules.hides_underscores):
            return None
        below = above[len(start) :]
        if _WHOLE_PATH.search(pattern) and self._is_page_of_folder(place, below):
            return self._of_folder(pattern, prefix, below, slug="" if is_list else place.stated)
        if place.is_home and not place.is_post:
            if not below or not (self._rules.has_bundles or ":dated_path" in pattern):
                return None
            below = below[:-1]
        inside = (place.folder if place.is_post else above)[len(content) :]
        url = fill(pattern, self._values(place, inside, below))
        return None if url is None else ((*prefix, *segments(url)), ending_of(url))

    def _content_of(self, above: tuple[str, ...]) -> tuple[tuple[str, ...], str | None]:
        """The folder of the content that contains a folder, and its language; the root of the repository if none does."""
        return next(((folder, code) for folder, code in self._content if above[: len(folder)] == folder), ((), None))

    def _is_unclear(self, place: Place) -> bool:
        """Whether an article may have another URL than its name and the pattern say."""
        if "[" in place.path or (place.language and self._rules.has_translations):
            return True  # `[name].md` is a template for several pages
        parts = place.path.split("/")
        if self._rules.strips_numbers:
            return any(map(_LONG_NUMBER.match, parts))
        return self._rules.has_plain_names and not all(map(_PLAIN.fullmatch, (*parts[1:-1], place.stem)))

    def _post_pattern(self, place: Place) -> str:
        """The pattern of a post; empty if it lacks the date in its name, or if its folder may be a part of the URL."""
        if self._rules.has_dated_names:
            return self._site.posts if place.is_dated else ""
        return self._site.posts if basename(dirname(place.path)) == "_posts" else ""

    def _pattern(self, above: tuple[str, ...], *, is_list: bool = False) -> tuple[tuple[str, ...], str]:
        """The folder with a pattern that an article is in, and the pattern; empty if there is none."""
        around = ((each, text) for each, text in self._patterns if above[: len(each)] == each)
        return next((found for found in around if not is_list or _WHOLE_PATH.search(found[1])), ((), ""))

    def _is_page_of_folder(self, place: Place, below: tuple[str, ...]) -> bool:
        return place.is_home or (self._rules.has_folder_pages and below[-1:] == (place.stem,))

    def _of_folder(self, pattern: str, prefix: tuple[str, ...], below: tuple[str, ...], *, slug: str) -> PageUrl | None:
        """The URL of an article with the name `index`. In Hugo and Zola, its slug replaces the name of the folder."""
        if slug and self._rules.has_slugs:
            if not self._rules.has_languages or not below:
                return None
            below = (*below[:-1], slug)
        start = _WHOLE_PATH.split(pattern)[0]
        return (*prefix, *segments(start + "/".join(below))), UrlEnding.FOLDER

    def filled(self, pattern: str, place: Place, below: tuple[str, ...]) -> str | None:
        """A pattern of the configuration with the values of an article; None if a value is not certain."""
        above = segments_of(dirname(place.path))
        content, _ = self._content_of(above)
        return fill(pattern, self._values(place, above[len(content) :], below))

    def slug_url(self, place: Place, slug: str) -> str | None:
        """The URL path that an article states with a slug of several segments; None if it is not certain."""
        above = segments_of(dirname(place.path))
        start = self._pattern(above)[1].partition(":")[0]
        is_route = self._rules.has_slugs and not self._rules.has_languages and not place.suffix
        return f"{start}{slug.strip('/')}/" if start and is_route else None

    def _prefix(self, place: Place, language: str | None) -> tuple[str, ...] | None:
        """The first segment of the URLs in a language, None for the default one; None if the language is not published."""
        if not self._rules.has_languages:
            return None if place.suffix else ()
        code, languages = place.suffix or language, self._site.languages
        if languages is None:
            return (code,) if code else ()
        codes = {segment(code): prefix for code, prefix in languages.items()}
        prefix = codes.get(segment(code)) if code else codes.get(segment(self._site.default_language), "")
        return None if prefix is None else segments_of(prefix)

    def _values(self, place: Place, inside: tuple[str, ...], below: tuple[str, ...]) -> dict[str, str]:
        """The values of the names of patterns. `inside` are the folders of the content, `below` those of the pattern."""
        rules = self._rules
        undated = place.slugs[1] if place.is_dated and len(place.slugs) > 1 else place.stem
        stated = place.stated if rules.has_slugs else ""
        sources = {"slug": place.stated, "title": place.title, "stem": place.stem, "undated": undated}
        values = {
            "path": "/".join((*below, stated or (undated if rules.strips_dates else place.stem))),
            "section": inside[0] if inside else "",
            "sections": "/".join(inside),
            "output_ext": ".html",
        }
        for name, wanted in rules.names.items():
            found = next(filter(None, (sources[each] for each in wanted)), None)
            if found is not None:
                values[name] = found
        if not any("-" in each for each in place.categories):
            # A category of several words is written differently by each generator.
            values["categories"] = "/".join((*(inside if place.is_post else ()), *place.categories))
        if rules.prefers_own_dates and place.own_date is not None:
            values |= values_of_date(place.own_date)
        elif len(place.dates) == 1 and (rules.has_dated_names or not place.is_dated):
            values |= values_of_date(place.dates[0])
        if not any(map(_is_numbered, place.names)):
            values["exact_path"] = "/".join((*below, stated or place.stem))
        if not below:
            values["entry"] = stated or place.stem
        if {"exact_path", "entry"} <= values.keys():
            dated = "/".join((*(f"{part:02}" for part in place.dates[0]), undated)) if place.is_dated else place.stem
            values["dated_path"] = stated or dated
        return values


def _is_numbered(part: str) -> bool:
    return without_number(part.lstrip("_")) != part.lstrip("_").strip("-")


def segments_of(folder: str) -> tuple[str, ...]:
    return tuple(map(segment, filter(None, folder.split("/"))))
