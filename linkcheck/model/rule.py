"""The attributes of a rule that other steps use: stated once, in the rule's module."""

from enum import Enum, auto

from msgspec import Struct

from linkcheck.model.finding import Severity


class Basis(Enum):
    """What must be known to see that a rule no longer finds anything at a value."""

    TEXT = "text"
    """The article alone."""
    ARTICLES = "articles"
    """The texts of several articles."""
    RESPONSE = "response"
    """What the link of the value returned."""


class Escalation(Enum):
    """What becomes of a finding that recurs in several runs in a row."""

    UNREACHABLE = "unreachable"
    """No response: the warning becomes an error."""
    MISSING_COPY = "missing-copy"
    """A copy that an AMP cache does not have: the info becomes a warning."""


class CorrectionKind(Enum):
    """What `linkcheck fix` writes for a rule. Of several corrections at one place, the kind listed first is made."""

    REMOVAL = auto()
    """Nothing: several keys are removed together."""
    REDIRECT = auto()
    """The URL that the server redirects to, which takes precedence over what a page declares."""
    DECLARED = auto()
    """The spelling of the URL that its page or site uses."""
    HOME = auto()
    """The home page that a redirect ends at, which is in the fact `final_url`."""
    ADDRESS = auto()
    """An address that is computed, so no request shows it."""
    FILE = auto()
    """The path of a file as it is written in the repository."""
    SIZE = auto()
    """The measured width and height, which are written together."""
    KEY = auto()
    """The name of the key instead of its value."""
    TEXT = auto()
    """A text."""
    ARCHIVED = auto()
    """The URL of a copy in a web archive, which no rule writes, but `linkcheck fix --archive`."""

    @property
    def is_requested(self) -> bool:
        """Whether the value comes from a server, so that it must be requested before it is written."""
        return self in (CorrectionKind.REDIRECT, CorrectionKind.DECLARED, CorrectionKind.HOME)


class RefusalReason(Enum):
    """How `linkcheck fix` explains a permanent redirect (with the fact `final_url`) that it does not write."""

    VERDICT = "verdict"
    """With the reason of the link's verdict."""
    MESSAGE = "message"
    """With the finding's message."""


class OwnerOnly(Struct, frozen=True):
    """A rule whose findings only the owner of the page can fix.

    `severity` applies to pages of other sites; None reports nothing there. With `any_redirect` the owner of any host on the
    way can fix them, otherwise only the owner of the last one.
    """

    severity: Severity | None
    any_redirect: bool = False


class RuleMetadata(Struct, frozen=True):
    """What a rule is. A rule that is like most others states its code, name and severity only.

    `severity` is what its findings have by default, unless they bring a milder one of their own. Codes are never used again
    for another rule.
    """

    code: str
    name: str
    severity: Severity

    basis: Basis = Basis.RESPONSE
    transient: bool = False
    """Its findings change from day to day, or with the other articles of a run: an ignore comment for it is not unused
    because this run found nothing."""
    per_host: bool = False
    """What it finds is wrong with the host, so that all its URLs have it: they are one problem."""
    deselectable: bool = True
    """Whether selectors and severities can turn it off. Not what reports that nothing was checked."""
    about: tuple[str, ...] = ()
    """The fields of `Expectations` that its findings depend on, so that an edited schema can bring them."""
    acceptable: bool = True
    """Whether a baseline can accept its findings. Not what linkcheck reports about itself: a run that checked nothing would
    pass forever."""
    awaits_publication: bool = False
    """An article's own pages may break it until the article is published."""
    escalation: Escalation | None = None
    """Set if the runs in a row that find it are counted."""
    owner_only: OwnerOnly | None = None
    """Set if only the owner of a page can fix its findings."""

    correction: CorrectionKind | None = None
    """What `linkcheck fix` writes, None if it never writes anything."""
    unsafe_only: bool = False
    """Corrections need `--unsafe` in every case."""
    safe_as_info: bool = False
    """A safe correction stays safe if the severity is info: it writes the same page."""
    refusal: RefusalReason | None = None
    """Set if `linkcheck fix` shows permanent redirects that it does not write."""
