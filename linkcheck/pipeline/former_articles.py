"""The articles as they were before the change under check (`--since`), to see what the change brought."""

from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from linkcheck import changes, judge, triage, validate
from linkcheck.errors import UsageError
from linkcheck.model import Article, Evidence, FormerFinding, Link, Role, Source
from linkcheck.parse import parse
from linkcheck.pipeline.context import RunContext
from linkcheck.pipeline.guessed_links import guessed_links
from linkcheck.pipeline.paths import relative
from linkcheck.pointers import escape, field_of, value_at


class ArticleChange(Struct, frozen=True):
    """What the change did to an article.

    `added` are the pointers of the links it added, and of the domains, titles and dates that are compared with them.
    `former` is what was wrong with the text before.
    """

    added: tuple[str, ...]
    former: tuple[FormerFinding, ...]


class FormerArticles:
    """The changed articles before the change; if the change touches the configuration or a schema, all articles."""

    def __init__(self, change: changes.Changes, context: RunContext, schemas: validate.Schemas, *, is_wide: bool) -> None:
        """`schemas` and the options in `context` are those of the run, which applied before as well unless `is_wide`."""
        self._change = change
        self._is_wide = is_wide
        self._changed = frozenset(each.path for each in change.changes)
        self._judging = context.judge
        self._schemas = schemas
        self._former_judging = context.judge
        self._triage = context.triage
        if is_wide:
            try:
                former = context.before(change.base)
                self._schemas = validate.Schemas(former.validate)
                self._former_judging, self._triage = former.judge, former.triage
            except UsageError:
                pass  # A run would have ended with this error, so there is nothing to compare with.

    @property
    def triage(self) -> triage.TriageOptions:
        """The options before the change."""
        return self._triage

    def is_read(self, file: str) -> bool:
        """Whether the run reads a file, relative to the working directory, if it is an article."""
        return self._is_wide or file in self._changed

    def pairs(self, sources: Iterable[Source]) -> Iterator[tuple[Source, Source | None]]:
        """The articles to read, each as it was before the change; None for a new one."""
        pending: list[Source] = []

        def paths() -> Iterator[str]:
            for source in sources:
                path = relative(source.file)
                if self.is_read(path):
                    pending.append(source)
                    yield path

        for path, before in changes.former_sources(self._change, paths()):
            source = pending.pop()
            yield source, source if path not in self._changed else before

    def compare(self, article: Article, links: tuple[Link, ...], before: Source) -> ArticleChange:
        """What the change did to an article with these links, which was `before`."""
        former = parse(replace(before, path=before.file))  # Its collection may have had another schema.
        validation = self._schemas.validate(former)
        former = replace(former, fields=validation.fields)
        judged = judge.judge_article(Evidence(former, validation.violations), self._former_judging)
        findings = triage.former_findings(former, (*judged.findings, *judged.redundant), self._triage)
        return ArticleChange(
            self._added(article, links, former, (*validation.links, *guessed_links(former, validation))), findings
        )

    def _added(
        self, article: Article, links: tuple[Link, ...], former: Article, former_links: tuple[Link, ...]
    ) -> tuple[str, ...]:
        """A link is added if its field did not contain the URL, or not as often, or if its declared size changed."""
        known = Counter(map(_identity, former_links))
        compared = {each[1:] for each in self._compared(former, former_links)}
        added = [pointer for pointer, *rest in self._compared(article, links) if tuple(rest) not in compared]
        for link in links:
            identity = _identity(link)
            if not known[identity]:
                added.append(link.location.pointer)
            known[identity] -= 1
        return tuple(dict.fromkeys(added))

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


def _identity(link: Link) -> tuple[str, str, str | None, str]:
    """The identity of a link across a change: its field, its URL, its partner, and its declared size."""
    wants = link.wants
    claims = [None if claim is None else claim.value for claim in (wants.width, wants.height)]
    return field_of(link.location.pointer), link.url, wants.of, repr(claims)
