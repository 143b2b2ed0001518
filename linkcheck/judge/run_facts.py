"""Facts about a run as a whole, for the rules that do not check single articles."""

from msgspec import Struct
from msgspec.structs import replace

from linkcheck.judge.options import AmpCount, JudgeOptions
from linkcheck.judge.select import misshapen_pointers, skipped, unschemed
from linkcheck.judge.site_roots import FoundFolder, missing_folder_of, missing_root_of
from linkcheck.model import (
    NOT_IN_REPLAY,
    Evidence,
    FailureKind,
    Fix,
    Link,
    LocalFile,
    Location,
    Role,
    VerdictKind,
    is_our_limit,
)
from linkcheck.urls import last_host, scheme_defect

LEAST_SHARED = 5
"""Minimum number of articles with the same image."""
MOST_PLACES = 20
"""Places kept of the links of a host or a folder; the rest are counted."""


class DownHost(Struct, frozen=True):
    """A host that failed as a whole: why, the number of links to it, and the locations of the first ones.

    `answers` means that it responded, if only with errors, `limit_of_run` that every reason is a limit of this run,
    `amp_only` that all links lead to AMP pages or their copies, `untouched` that the change under check (`--since`) added
    none of them; what it added comes first.
    """

    host: str
    reason: str
    links: int
    places: tuple[Location, ...]
    limit_of_run: bool = False
    answers: bool = False
    amp_only: bool = False
    untouched: bool = False


class DroppedAmp(Struct, frozen=True):
    """A host that has abandoned AMP: how many of its AMP pages show it, and where articles contain them.

    `articles` counts those that contain one; `keys` are the keys to remove from them. `fix` is None if `linkcheck fix`
    removes none, `required` means that the schema of some requires the keys, `untouched` that the change under check
    (`--since`) added none of them.
    """

    host: str
    count: AmpCount
    articles: int
    keys: tuple[str, ...]
    places: tuple[Location, ...]
    fix: Fix | None = None
    required: bool = False
    untouched: bool = False


class EndingCertificate(Struct, frozen=True):
    """A host's certificate, how many days it has left and was issued for, and the location of the first link to the host.

    If the change under check (`--since`) added links to the host, it is that of the first of these; otherwise the
    certificate is `untouched`.
    """

    host: str
    not_after: str
    days_left: int
    place: Location
    lifetime_days: int | None = None
    untouched: bool = False


class UnresolvedLinks(Struct, frozen=True):
    """Links that cannot be resolved for the same reason: the first of them, and how many there are.

    If the change under check (`--since`) added some, `first` is the first of these; otherwise they are `untouched`.
    """

    first: Link
    reason: str
    links: int
    untouched: bool = False


class FolderLinks(Struct, frozen=True):
    """A folder that explains why links lead to no file: the number of these links, and the locations of the first ones.

    `untouched` means that the change under check (`--since`) added none of them; what it added comes first.
    """

    folder: str
    links: int
    places: tuple[Location, ...]
    untouched: bool


class SharedImage(Struct, frozen=True):
    """An image that several articles have at one place: its URL, the number of articles, and the location in the first
    one.

    `first_day` and `last_day` are those of the articles, as written; None if no day is known.
    """

    url: str
    articles: int
    place: Location
    first_day: str | None = None
    last_day: str | None = None


class LeftOut(Struct, frozen=True):
    """The number of files that were found and are not articles, by reason."""

    without_front_matter: int = 0
    empty: int = 0
    excluded: int = 0


class RunFacts(Struct, frozen=True):
    """A run as a whole.

    `paths` are what the user asked to check. `nothing_to_do` means that an empty run is fine: a change that touches no
    article. `unchecked` counts the links that were to be requested and were not, by reason. `unused_excludes` describe
    the configured excludes that matched no link of the whole archive; `config` is the file they are in. `extensions`
    are those of the files read in folders. `valid_articles` are the articles that could be read and keep to their
    schema, `read_articles` those from which anything could be read. `has_link_fields` says whether the schema of one of
    them marks links; `links_elsewhere` means that they are a part of the archive, whose links can be in other articles.
    `is_configured` is false if all values that look like links were taken for links.
    """

    articles: int
    links: int
    valid_articles: int = 0
    read_articles: int = 0
    has_link_fields: bool = True
    links_elsewhere: bool = False
    is_configured: bool = True
    paths: tuple[str, ...] = (".",)
    left_out: LeftOut = LeftOut()
    nothing_to_do: bool = False
    unchecked: tuple[tuple[str, int], ...] = ()
    unused_excludes: tuple[str, ...] = ()
    config: str | None = None
    extensions: tuple[str, ...] = ()
    down_hosts: tuple[DownHost, ...] = ()
    dropped_amp: tuple[DroppedAmp, ...] = ()
    certificates: tuple[EndingCertificate, ...] = ()
    unresolved: tuple[UnresolvedLinks, ...] = ()
    files: int = 0
    """Links that were looked up in the repository and nowhere else."""
    misplaced: tuple[FolderLinks, ...] = ()
    """The folders that contain the files of links, and are not roots of the site."""
    missing_folders: tuple[FolderLinks, ...] = ()
    site_roots: tuple[str, ...] = ()
    likely_roots: tuple[FoundFolder, ...] = ()
    """The folders with the files of links that cannot be resolved."""
    not_in_replay: int = 0
    """Links without a response in the replay file."""
    shared_images: tuple[SharedImage, ...] = ()
    internal_errors: int = 0
    """Links at which linkcheck itself failed."""


class RunFactsPart(Struct):
    """What some articles of a run contribute to its facts, in order. Its size grows with hosts and not with links."""

    articles: int = 0
    links: int = 0
    valid_articles: int = 0
    read_articles: int = 0
    files: int = 0
    not_in_replay: int = 0
    internal_errors: int = 0
    unchecked: dict[str, int] = {}
    misplaced: dict[str, FolderLinks] = {}
    missing_folders: dict[str, FolderLinks] = {}
    down_hosts: dict[str, DownHost] = {}
    certificates: dict[str, EndingCertificate] = {}
    unresolved: dict[str, UnresolvedLinks] = {}


class RunFactsBuilder:
    """Collects, article by article, what the rules about a run need."""

    def __init__(self, options: JudgeOptions = JudgeOptions()) -> None:  # noqa: B008 - frozen
        self.part = RunFactsPart()
        self._options = options

    def merge(self, part: RunFactsPart) -> None:
        """Add what was collected elsewhere of the next articles. None of them is `untouched`."""
        for name in ("articles", "links", "valid_articles", "read_articles", "files", "not_in_replay", "internal_errors"):
            setattr(self.part, name, getattr(self.part, name) + getattr(part, name))
        for reason, number in part.unchecked.items():
            self._count(reason, number)
        for found in part.misplaced.values():
            _add_links(self.part.misplaced, found)
        for found in part.missing_folders.values():
            _add_links(self.part.missing_folders, found)
        for down in part.down_hosts.values():
            self._add_down(down)
        for certificate in part.certificates.values():
            self._add_certificate(certificate)
        for unresolved in part.unresolved.values():
            self._add_unresolved(unresolved)

    def add(self, evidence: Evidence) -> None:
        part = self.part
        part.articles += 1
        part.links += len(evidence.results)
        part.valid_articles += not evidence.article.parse_errors and not evidence.violations
        part.read_articles += bool(evidence.article.data)
        self._find_unresolved(evidence)
        for result in evidence.results:
            outcome, place = result.outcome, result.link.location
            host = last_host(result.target.host, outcome)
            untouched = evidence.changed is not None and place.pointer not in evidence.changed
            if result.local is not None:
                self._add_file(result.local, place, untouched=untouched)
                continue
            if outcome is None:
                if result.skip is None:
                    self._count("not requested before the run ended")
                continue
            failure = outcome.failure
            if failure is not None and failure.kind in (FailureKind.OUT_OF_TIME, FailureKind.NETWORK_DOWN):
                self._count("time limit reached" if failure.kind is FailureKind.OUT_OF_TIME else "the network was down")
            if failure is not None and failure.kind is FailureKind.INTERNAL:
                part.not_in_replay += failure.detail == NOT_IN_REPLAY
                part.internal_errors += failure.detail != NOT_IN_REPLAY
            is_down = host in self._options.down_hosts and result.verdict.kind is VerdictKind.UNREACHABLE
            if is_down and failure is not None and failure.kind is FailureKind.TLS:
                from linkcheck.judge.comparison.tls_issues import (
                    has_own_rule,  # imported here: it loads the modules about answers
                )

                is_down = not has_own_rule(failure)  # else it was reached, and each link has a finding
            if is_down:
                errors = outcome.answer is not None or (failure is not None and failure.detail == "server-errors")
                limit = is_our_limit(failure)
                amp = result.link.role in (Role.AMP, Role.AMP_CACHE)
                self._add_down(DownHost(host, result.verdict.reason, 1, (place,), limit, errors, amp, untouched))
            if outcome.certificate is not None and outcome.answer is not None:
                certificate = outcome.certificate
                self._add_certificate(
                    EndingCertificate(
                        host, certificate.not_after, certificate.days_left, place, certificate.lifetime_days, untouched
                    )
                )

    def facts(
        self,
        *,
        paths: tuple[str, ...] = (".",),
        has_link_fields: bool = True,
        links_elsewhere: bool = False,
        is_configured: bool = True,
        left_out: LeftOut = LeftOut(),  # noqa: B008 - frozen
        nothing_to_do: bool = False,
        unused_excludes: tuple[str, ...] = (),
        config: str | None = None,
        extensions: tuple[str, ...] = (),
        shared_images: tuple[SharedImage, ...] = (),
        dropped_amp: tuple[DroppedAmp, ...] = (),
        site_roots: tuple[str, ...] = (),
        likely_roots: tuple[FoundFolder, ...] = (),
    ) -> RunFacts:
        """All that was added, with what only the caller knows."""
        part = self.part
        return RunFacts(
            articles=part.articles,
            links=part.links,
            valid_articles=part.valid_articles,
            read_articles=part.read_articles,
            has_link_fields=has_link_fields,
            links_elsewhere=links_elsewhere,
            is_configured=is_configured,
            paths=paths,
            left_out=left_out,
            nothing_to_do=nothing_to_do,
            unchecked=tuple(sorted(part.unchecked.items())),
            unused_excludes=unused_excludes,
            config=config,
            extensions=extensions,
            shared_images=shared_images,
            down_hosts=tuple(down for _, down in sorted(part.down_hosts.items())),
            dropped_amp=dropped_amp,
            certificates=tuple(certificate for _, certificate in sorted(part.certificates.items())),
            unresolved=tuple(part.unresolved.values()),
            files=part.files,
            misplaced=_most_first(part.misplaced),
            missing_folders=_most_first(part.missing_folders),
            site_roots=site_roots,
            likely_roots=likely_roots,
            not_in_replay=part.not_in_replay,
            internal_errors=part.internal_errors,
        )

    def _count(self, reason: str, number: int = 1) -> None:
        self.part.unchecked[reason] = self.part.unchecked.get(reason, 0) + number

    def _add_file(self, file: LocalFile, place: Location, *, untouched: bool) -> None:
        self.part.files += 1
        if file.file is not None:
            return
        if (folder := missing_root_of(file, self._options.missing_roots)) is not None:
            _add_links(self.part.misplaced, FolderLinks(folder, 1, (place,), untouched))
        elif (folder := missing_folder_of(file, self._options.missing_folders)) is not None:
            _add_links(self.part.missing_folders, FolderLinks(folder, 1, (place,), untouched))

    def _find_unresolved(self, evidence: Evidence) -> None:
        wrong: frozenset[str] | None = None
        for link, skip in skipped(evidence, "no-base-url"):
            wrong = misshapen_pointers(evidence) | unschemed(evidence, self._options) if wrong is None else wrong
            if link.location.pointer not in wrong and scheme_defect(link.url) is None:
                untouched = evidence.changed is not None and link.location.pointer not in evidence.changed
                self._add_unresolved(UnresolvedLinks(link, skip.reason, 1, untouched))

    def _add_unresolved(self, found: UnresolvedLinks) -> None:
        if (known := self.part.unresolved.get(found.reason)) is not None:
            first = found.first if known.untouched and not found.untouched else known.first
            untouched = known.untouched and found.untouched
            found = UnresolvedLinks(first, found.reason, known.links + found.links, untouched)
        self.part.unresolved[found.reason] = found

    def _add_down(self, found: DownHost) -> None:
        known = self.part.down_hosts.get(found.host)
        if known is not None:
            found = DownHost(
                host=known.host,
                reason=known.reason,
                links=known.links + found.links,
                places=_joined(known, found),
                limit_of_run=known.limit_of_run and found.limit_of_run,
                answers=known.answers or found.answers,
                amp_only=known.amp_only and found.amp_only,
                untouched=known.untouched and found.untouched,
            )
        self.part.down_hosts[found.host] = found

    def _add_certificate(self, found: EndingCertificate) -> None:
        known = self.part.certificates.get(found.host)
        if known is not None:
            first, other = (known, found) if known.days_left <= found.days_left else (found, known)
            place = other.place if first.untouched and not other.untouched else first.place
            found = replace(first, place=place, untouched=known.untouched and found.untouched)
        self.part.certificates[found.host] = found


def _add_links(folders: dict[str, FolderLinks], found: FolderLinks) -> None:
    if (known := folders.get(found.folder)) is not None:
        untouched = known.untouched and found.untouched
        found = FolderLinks(found.folder, known.links + found.links, _joined(known, found), untouched)
    folders[found.folder] = found


def _joined(known: DownHost | FolderLinks, more: DownHost | FolderLinks) -> tuple[Location, ...]:
    """The first places of both, those of links that a change added first."""
    places = (*more.places, *known.places) if known.untouched and not more.untouched else (*known.places, *more.places)
    return places[:MOST_PLACES]


def _most_first(found: dict[str, FolderLinks]) -> tuple[FolderLinks, ...]:
    return tuple(sorted(found.values(), key=lambda each: (-each.links, each.folder)))
