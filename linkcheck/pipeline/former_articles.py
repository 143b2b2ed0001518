"""The articles as they were before the change under check (`--since`), to see what the change brought."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from itertools import islice
from posixpath import basename, splitext
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from linkcheck import changes, discover, judge, plan, triage, validate
from linkcheck.config import FILE_NAMES
from linkcheck.errors import UsageError
from linkcheck.files import read_file
from linkcheck.model import (
    Article,
    Claim,
    Evidence,
    FormerFinding,
    Link,
    Reference,
    RemovalKind,
    Removed,
    Role,
    SharedValue,
    Source,
    Span,
    UnknownReference,
)
from linkcheck.parse import parse
from linkcheck.pipeline.context import RunContext
from linkcheck.pipeline.guessed_links import guessed_links
from linkcheck.pipeline.paths import relative
from linkcheck.pipeline.replaced_pictures import ReplacedPictures
from linkcheck.pipeline.written_lines import written_lines
from linkcheck.pointers import escape, field_of, value_at

if TYPE_CHECKING:
    from linkcheck.pipeline.entries import Entries, LostEntries

_MOST_HEADS = 2_000
"""Maximum number of former articles whose URLs are compared."""

_WANTED = ("of", "width", "height", "min_width", "min_height", "media", "preset")
"""The fields of `Expectations` that are compared with those before. Domains are compared as values of the article."""


class ArticleChange(Struct, frozen=True):
    """What the change did to an article.

    `added` are the pointers of the links it added, and of the domains, titles and dates that are compared with them.
    `former` is what was wrong with the text before. `required` and `written_lines` are those of `Evidence`.
    """

    added: tuple[str, ...]
    former: tuple[FormerFinding, ...]
    required: tuple[tuple[str, str], ...] = ()
    written_lines: tuple[tuple[int, int], ...] = ()


class FormerArticles:
    """The changed articles before the change; if the change touches the configuration or a schema, all articles."""

    def __init__(self, change: changes.Changes, context: RunContext, schemas: validate.Schemas, *, is_wide: bool) -> None:
        """`schemas` and the options in `context` are those of the run, which applied before as well unless `is_wide`."""
        self._change = change
        self._is_wide = is_wide
        self._before = {each.path: each.before for each in change.changes}
        self._gone = frozenset(change.gone)
        self._gone_names = frozenset(map(basename, self._gone))
        self._planner = plan.Planner(context.former_plan)
        self._resolver = plan.Planner(context.plan)
        self._keys = context.article_urls.keys
        self._extensions = frozenset(context.discover.extensions)
        self._judging = context.judge
        self.pictures = ReplacedPictures(change, context.judge)
        self._other_settings = ""
        self._schemas = self._present_schemas = schemas
        self._was_selected: Callable[[str], bool] = lambda _: True
        self._is_selected = discover.selected(context.discover)
        self._former_judging = context.judge
        self.triage = context.triage
        """The options before the change."""
        self.excludes = context.plan.excludes
        """Those before the change."""
        self._lost: LostEntries | None = None
        if is_wide:
            try:
                former = context.before(change.base, _former_configuration(change, context.config_file))
                self._schemas = validate.Schemas(former.validate)
                if former.discover != context.discover:
                    self._was_selected = discover.selected(_but_for_paths(former.discover, context.discover))
                self._former_judging, self.triage = former.judge, former.triage
                self._planner = plan.Planner(former.former_plan)
                self._other_settings = _differing(former.former_plan, context.former_plan)
                self._resolver = plan.Planner(former.plan)
                self.excludes = former.plan.excludes
            except UsageError:
                pass  # A run would have ended with this error, so there is nothing to compare with.

    def read_entries(self, entries: "Entries", names: Iterable[str], root: str) -> None:
        """Find the entries that the change removed or renamed, among those of the collections with these names."""
        root = root or os.getcwd()

        def from_root(path: str) -> str:
            return os.path.relpath(path, root).replace(os.sep, "/")

        before = dict.fromkeys(self._gone) | {old: path for path, old in self._before.items() if old is not None}
        present = {from_root(old): None if path is None else from_root(path) for old, path in before.items()}
        globs = entries.matchers(names)
        wanted = (old for old in before if any(glob.fullmatch(from_root(old)) for glob in globs))
        texts = changes.former_texts(self._change, islice(wanted, _MOST_HEADS))
        former = ((from_root(path), text) for path, text in texts if path is not None)
        self._lost = entries.removed = entries.lost(names, former, present)

    def was_known(self, reference: Reference) -> bool:
        """Whether a name may be that of an entry that the change removed or renamed."""
        return self._lost is not None and self._lost.had(reference)

    def is_read(self, file: str) -> bool:
        """Whether the run reads a file, relative to the working directory, if it is an article."""
        return self._is_wide or file in self._before

    def pairs(self, sources: Iterable[Source]) -> Iterator[tuple[Source, Source | None]]:
        """The articles to read, each as it was before the change; None for a new one.

        They are all articles if the change may have broken links of others.
        """
        pending: list[Source] = []

        def paths() -> Iterator[str]:
            for source in sources:
                path = relative(source.file)
                if self.may_break_links or self.is_read(path):
                    pending.append(source)
                    yield path

        for path, before in changes.former_sources(self._change, paths()):
            source = pending.pop()
            yield source, before if path in self._before else source

    def is_unchanged(self, source: Source) -> bool:
        """Whether an article is read only because the change may have broken its links."""
        return not self.is_read(relative(source.file))

    def path_before(self, path: str) -> str:
        """The former path of an article."""
        path = relative(path)
        return self._before.get(path) or path

    def was_resolved(self, link: Link) -> bool:
        """Whether a link that has no base URL had one by the settings before the change."""
        skip = self._resolver.plan(link).skip
        return skip is None or skip.kind != "no-base-url"

    def file_of(self, link: Link) -> str | None:
        """The file that a link without one led to before the change; None if it led to none."""
        path = relative(link.location.path)
        former = self.path_before(path)
        files = self._planner.plan(replace(link, location=replace(link.location, path=former))).local
        gone = next(filter(self._is_gone, files), None)
        if gone is not None or (former == path and not self._is_wide):
            return gone
        # The link may be relative to an article that was moved, or to a root of the site that was configured before.
        return next((each for each in files if self._before.get(each, each) is not None and os.path.isfile(each)), None)

    def is_kept(self, file: str) -> bool:
        """Whether a file is where it was before the change."""
        return os.path.isfile(file) and self._before.get(file, file) == file

    def removal_of(self, file: str, link: Link) -> Removed:
        """What the change did to a file that a link led to."""
        if (gone := self.gone(file)) is not None:
            return gone
        if not os.path.isfile(file):
            return Removed(file, RemovalKind.DELETED)  # A symbolic link on its path leads elsewhere.
        if self.path_before(link.location.path) != relative(link.location.path):
            return Removed(file, RemovalKind.ARTICLE_MOVED)
        return Removed(file, RemovalKind.SETTINGS, self._other_settings or "the configuration")

    def gone(self, file: str) -> Removed | None:
        """What the change did to a file that is gone; None for another one."""
        if file not in self._gone:
            return None
        path = next((path for path, before in self._before.items() if before == file), None)
        return Removed(file, RemovalKind.DELETED) if path is None else Removed(file, RemovalKind.RENAMED, path)

    def _is_gone(self, file: str) -> bool:
        """Whether the change removed a file, or changed a symbolic link on its path."""
        if file in self._gone or relative(os.path.realpath(file)) in self._gone:
            return True
        parts = file.split("/")
        paths = {"/".join(parts[:number]) for number in range(1, len(parts) + 1)}
        if self._gone.isdisjoint(paths) and self._before.keys().isdisjoint(paths):
            return False
        with suppress(UsageError):  # The link led nowhere.
            return self._change.base.read(file) is not None
        return False

    def gone_of(self, path: str, files: Callable[[], Iterable[str]]) -> str | None:
        """The first of these files that is gone. They are only listed if a file with the name in `path` is."""
        return next(filter(self._gone.__contains__, files()), None) if basename(path) in self._gone_names else None

    @cached_property
    def may_break_links(self) -> bool:
        """Whether articles that did not change may have links to something that the change moved, removed or replaced."""
        if self._is_wide:
            return False
        return bool(self._gone or self.pictures or self._lost) or any(map(self._has_other_urls, self._before.items()))

    def _has_other_urls(self, change: tuple[str, str | None]) -> bool:
        """Whether a changed article may have had another URL before, or a page. That of its title is not considered."""
        path, before = change
        if before is None or before not in self.heads:
            return False
        from linkcheck.article_urls.own_keys import HEAD_BYTES, read_own_values

        try:
            present = read_file(path, most=HEAD_BYTES)[:HEAD_BYTES]
        except OSError:
            return True
        one, other = (replace(read_own_values(text, self._keys), titles=()) for text in (self.heads[before], present))
        return one != other

    @cached_property
    def heads(self) -> dict[str, bytes]:
        """The former articles of the change, each with the start of its text, by its former path."""
        from linkcheck.article_urls.own_keys import HEAD_BYTES

        paths = dict.fromkeys((*self._gone, *filter(None, self._before.values())))
        articles = (path for path in paths if splitext(path)[1].lower() in self._extensions)
        texts = changes.former_texts(self._change, islice(articles, _MOST_HEADS))
        return {path: text[:HEAD_BYTES] for path, text in texts if path is not None and text is not None}

    def compare(
        self,
        article: Article,
        links: tuple[Link, ...],
        before: Source,
        *,
        unknown: Callable[[tuple[Reference, ...]], tuple[UnknownReference, ...]] = lambda _: (),
    ) -> ArticleChange:
        """What the change did to an article with these links, which was `before`.

        `unknown` returns the references to entries that do not exist now.
        """
        former = parse(replace(before, path=before.file))  # Its collection may have had another schema.
        validation = self._schemas.validate(former)
        former = replace(former, fields=validation.fields)
        findings: tuple[FormerFinding, ...] = ()
        was_read = self._was_read(article, before)
        if was_read:
            evidence = Evidence(
                former,
                validation.violations,
                # Whether they were shared does not matter: the change did not bring them.
                shared_values=tuple(SharedValue(each, (each,), 1) for each in validation.identities.unique),
                unknown_references=tuple(
                    each for each in unknown(validation.identities.references) if not self.was_known(each.reference)
                ),
            )
            judged = judge.judge_article(evidence, self._former_judging)
            findings = triage.former_findings(former, (*judged.findings, *judged.redundant), self.triage)
        if not was_read or validation.schema == validate.DEFAULT:
            # The site had no schema that marks its links, but they were there.
            validation = self._present_schemas.validate(replace(former, path=article.path))
            former = replace(former, fields=validation.fields)
        former_links = (*validation.links, *guessed_links(former, validation))
        if article.data and former.parse_errors and not former.data:
            return self._compare_lines(article, links, former)

        def read_again() -> tuple[Link, ...]:
            other = replace(former, path=article.path)
            validation = self._present_schemas.validate(other)
            return (*validation.links, *guessed_links(other, validation))

        added, required = _compare_links(links, former_links, read_again)
        added = (*self._compared_otherwise(article, links, former, former_links), *added)
        return ArticleChange(tuple(dict.fromkeys(added)), findings, required, written_lines(former.lines, article.lines))

    def _compare_lines(self, article: Article, links: tuple[Link, ...], former: Article) -> ArticleChange:
        """The same if the former text could not be read: what the change did not bring is on lines that were there."""
        lines = set(map(str.strip, former.lines))

        def was_there(span: Span) -> bool:
            return any(line.strip() in lines for line in article.lines[span.line - 1 : span.line])

        judged = judge.judge_article(Evidence(article, self._schemas.validate(article).violations), self._former_judging)
        findings = (each for each in (*judged.findings, *judged.redundant) if was_there(each.location.span))
        known = replace(
            article,
            places={pointer: place for pointer, place in article.places.items() if was_there(place.value)},
            ignores=tuple(each for each in article.ignores if was_there(each.span)),
            misspelled_ignores=tuple(filter(was_there, article.misspelled_ignores)),
            cut_values=tuple(each for each in article.cut_values if was_there(each.span)),
        )
        return ArticleChange(
            tuple(each.location.pointer for each in links if not was_there(each.location.span)),
            triage.former_findings(known, findings, self.triage),
            written_lines=written_lines(former.lines, article.lines),
        )

    def _was_read(self, article: Article, before: Source) -> bool:
        """Whether a run with the options before the change would have read an article that was `before`."""
        return self._was_selected(relative(before.file)) or not self._is_selected(article.path)

    def _compared_otherwise(
        self, article: Article, links: tuple[Link, ...], former: Article, former_links: tuple[Link, ...]
    ) -> tuple[str, ...]:
        """The pointers of values that the pages of links were not compared with before."""
        compared = {each[1:] for each in self._compared(former, former_links)}
        return tuple(pointer for pointer, *rest in self._compared(article, links) if tuple(rest) not in compared)

    def _compared(self, article: Article, links: tuple[Link, ...]) -> Iterator[tuple[str, str, str, str]]:
        """The values that the pages of links are compared with: each pointer, with its field, the URL and the value."""
        judging = judge.options_for(article, self._judging)
        keys = (*judging.title_keys, *judging.date_keys)
        for link in links:
            if link.wants.domain is not None:
                pointer = link.wants.domain.location.pointer
                yield pointer, field_of(pointer), link.url, repr(link.wants.domain.value)
            if link.role in (Role.CANONICAL, Role.ORIGINAL):
                for pointer in (f"{link.owner}/{escape(key)}" for key in keys):
                    yield pointer, field_of(pointer), link.url, repr(value_at(article.data, pointer))


def _but_for_paths(former: discover.DiscoverOptions, present: discover.DiscoverOptions) -> discover.DiscoverOptions:
    """The former options, without their paths if those are the same: an article that was outside of them has been moved."""
    return replace(former, paths=(".",)) if former.paths == present.paths else former


def _differing(former: plan.PlanOptions, present: plan.PlanOptions) -> str:
    """The names of the settings for links to files that the change edited."""
    settings = ((former.site_roots, present.site_roots, "site-root"), (former.aliases, present.aliases, "aliases"))
    others = (former.base_url, present.base_url, "base-url")
    return " and ".join(name for before, after, name in (*settings, others) if before != after)


def _former_configuration(change: changes.Changes, path: str | None) -> str | None:
    """The path of the configuration before the change; None if it is the same, or if there was none."""
    renamed = next((each.before for each in change.changes if each.path == path), path)
    removed = (each for each in sorted(change.gone) if basename(each) in FILE_NAMES and change.base.read(each) is not None)
    return next(removed, None) if renamed is None or renamed == path else renamed


def _compare_links(
    links: tuple[Link, ...], former_links: tuple[Link, ...], read_again: Callable[[], tuple[Link, ...]]
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The pointers of the links that a change added, and what a changed schema requires of the others (see `Evidence`).

    A link is added if its field did not contain the URL, or not as often, or if its declared size or partner changed.
    `read_again` returns the links of the former text by the present schema.
    """
    known: dict[tuple[str, str], Counter[tuple[str, ...]]] = {}
    for link in former_links:
        known.setdefault(_place(link), Counter())[_wanted(link)] += 1
    others: list[Link] = []
    same: Counter[tuple[tuple[str, str], tuple[str, ...]]] = Counter()
    for link in links:
        place, wanted = _place(link), _wanted(link)
        if place in known and wanted in known[place]:
            _take(known[place], wanted)
            same[place, wanted] += 1
        else:
            others.append(link)
    # The same text is the same link, whatever was required of it.
    were_there = Counter((_place(link), _wanted(link)) for link in (read_again() if others and known else ()))
    were_there.subtract(same)
    added: list[str] = []
    required: list[tuple[str, str]] = []
    for link in others:
        place, wanted = _place(link), _wanted(link)
        before = next(iter(known.get(place, ())), None)
        if before is None or were_there[place, wanted] <= 0:
            added.append(link.location.pointer)
            continue
        were_there[place, wanted] -= 1
        _take(known[place], before)
        differing = (name for name, one, other in zip(_WANTED, before, wanted, strict=True) if one != other)
        required += ((link.location.pointer, name) for name in differing)
    return tuple(added), tuple(required)


def _take(known: Counter[tuple[str, ...]], wanted: tuple[str, ...]) -> None:
    """Remove one of what is known."""
    known[wanted] -= 1
    if not known[wanted]:
        del known[wanted]


def _place(link: Link) -> tuple[str, str]:
    return field_of(link.location.pointer), link.url


def _wanted(link: Link) -> tuple[str, ...]:
    """What the article and its schema require of a link (`_WANTED`)."""
    values = (getattr(link.wants, name) for name in _WANTED)
    return tuple(repr((each.value,) if isinstance(each, Claim) else each) for each in values)
