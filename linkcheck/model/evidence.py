"""All facts on one article, as rules see them."""

from enum import StrEnum

from msgspec import Struct

from linkcheck.model.article import Article
from linkcheck.model.finding import Severity
from linkcheck.model.identity import SharedValue, UnknownReference
from linkcheck.model.link import Link, Role
from linkcheck.model.outcome import ImageFacts, Outcome
from linkcheck.model.span import Location
from linkcheck.model.target import Skip, Target
from linkcheck.model.verdict import Verdict
from linkcheck.model.violation import Violation


class NearbyFiles(Struct, frozen=True):
    """Files that may be meant by a link to a file that does not exist, relative to the working directory.

    `path` is the path that the link states. `other_case` differ from a candidate only in upper and lower case. `elsewhere`
    are those with this path below another folder, `similar` those in the folder of a candidate with another extension of
    images or nearly the same name, `same_name` all others with this name. Only the first of these kinds is searched for that
    has a file, and the first few files of it. `missing_folder` is the first folder of the path that is missing or empty
    wherever the file was looked up, unless files of the first two kinds were found; it starts with a dot if the path is
    relative to the article. `are_shared` means that the path is a name, and that no articles are in the folders of
    `elsewhere`.
    """

    path: str
    other_case: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    similar: tuple[str, ...] = ()
    same_name: tuple[str, ...] = ()
    missing_folder: str | None = None
    are_shared: bool = False


class RemovalKind(StrEnum):
    """What the change under check did, so that a link leads nowhere."""

    DELETED = "deleted"
    RENAMED = "renamed"
    HIDDEN = "hidden"
    OTHER_URL = "other-url"
    ARTICLE_MOVED = "article-moved"
    """It moved the article with the link."""
    SETTINGS = "settings"


class Removed(Struct, frozen=True):
    """What a link led to before the change under check: a file, or the page of the article with this path.

    `detail` is the new path of what was renamed, or the names of the settings that are others now.
    """

    path: str
    kind: RemovalKind
    detail: str = ""
    is_page: bool = False


class LocalFile(Struct, frozen=True):
    """What a site-relative link is in the repository: the file (relative to the working directory), and its image.

    `file` is None if no candidate exists; `tried` are the candidates, in order, and `nearby` what may be meant.
    `is_pointer` means that it only states where its content is (Git LFS), so that it was not measured. `removed` is what
    the link led to before the change under check, which moved or removed it.
    """

    file: str | None
    tried: tuple[str, ...]
    image: ImageFacts | None = None
    size: int | None = None
    nearby: NearbyFiles | None = None
    is_pointer: bool = False
    removed: Removed | None = None


class LinkResult(Struct, frozen=True):
    """A link with its target, verdict and outcome.

    Exactly one of `skip`, `local`, `outcome` is set once a run is over; all three are None for a target not reached in
    an interrupted run.
    """

    link: Link
    target: Target
    verdict: Verdict
    skip: Skip | None = None
    local: LocalFile | None = None
    outcome: Outcome | None = None


class DuplicateLink(Struct, frozen=True):
    """A link elsewhere in the run to the same image or page: its location, role, declared size and URL."""

    location: Location
    role: Role
    width: int | None = None
    height: int | None = None
    url: str = ""


class Namesake(Struct, frozen=True):
    """An article of the run before this one, by path, with the same title and day, and the URLs of its own pages."""

    article: Article
    pages: tuple[str, ...] = ()


class DeclaredCanonical(Struct, frozen=True):
    """What the run knows about a URL that a page declares as its canonical URL.

    `verdict` is None if it was not requested, `pages` is the number of pages of the same host that declare it.
    """

    verdict: Verdict | None = None
    pages: int = 1


class FormerFinding(Struct, frozen=True):
    """Something that was wrong with the text of an article before the change under check, and how severe it was.

    `identity` stays the same when other parts of the article change (`triage.former_findings`).
    """

    identity: str
    severity: Severity


class Evidence(Struct, frozen=True):
    """One article, its schema violations and responses, and links in other articles to the same canonicals and images.

    `duplicates` maps a target's URL to the links of *other* articles, sorted by place: images of the same URL, canonicals of
    the same page (`urls.page_key`, or moved to the same page), and originals where that article has no canonical of its own.
    """

    article: Article
    violations: tuple[Violation, ...] = ()
    results: tuple[LinkResult, ...] = ()
    duplicates: dict[str, tuple[DuplicateLink, ...]] = {}
    namesakes: tuple[Namesake, ...] = ()
    """Other articles of the same title and day, sorted by path; the first few of many."""
    declared_canonicals: dict[str, DeclaredCanonical] = {}
    """The other canonical URLs that the article's pages declare, as written."""
    changed: frozenset[str] | None = None
    """Pointers of the links that a change brought (`--since`), and of the domains, titles and dates that it changed.

    None if the whole archive is checked.
    """
    required: frozenset[tuple[str, str]] = frozenset()
    """What an edited schema requires otherwise of the other links: pointers, each with a field of `Expectations`, which is
    empty for a link that is looked up elsewhere by edited settings.
    """
    former: tuple[FormerFinding, ...] = ()
    """What was wrong with the text before the change."""
    written_lines: tuple[tuple[int, int], ...] = ()
    """The lines of the article that the change wrote: the first and the last of each block, 1-based."""
    unpublished: str | None = None
    """Why the article is not published yet (`dated in the future`), None if it is."""
    shared_values: tuple[SharedValue, ...] = ()
    """The values that the schema marks as unique, and that occur elsewhere."""
    unknown_references: tuple[UnknownReference, ...] = ()
    """The values that the schema marks as names of entries, and that name none."""
