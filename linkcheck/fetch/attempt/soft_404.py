"""Detects hosts that return 200 for pages that do not exist, by requesting paths that cannot exist.

Only for pages that look like it. A site may return 404 correctly and still have a folder, served by another program, that
does not. So if the host returns a proper error at its root, a made-up path in the page's folder is requested as well.
"""

import random
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from msgspec import Struct
from msgspec.structs import replace

from linkcheck.model import Answer, Outcome, PageFacts, Probe, Target
from linkcheck.pages import is_notice, mentions_missing
from linkcheck.urls import route_of

_LONGEST_TITLE = 300
_REMEMBERED = 4096
_MOST_FOLDERS = 8
"""Folders tested per host; a host with more has a suspicious page in each of them, and enough requests were made."""
_LONGEST_FOLDER = 300
_FOUND = range(200, 300)
_PERMANENT = frozenset({301, 308})
_RANDOM_PATH = re.compile(r"https?://[^/?#]*/(?:[^?#]*/)?(linkcheck-[0-9a-f]{16})")
ALWAYS_THE_SAME = f"linkcheck-{'0' * 16}"
"""Replaces the random name in a recording, so that the entry applies to every other name."""


class NotFoundBehavior(Struct, frozen=True):
    """How a host responds to a path that does not exist: status, final URL, title and main heading.

    `status` is None if there was no response. `led` means that redirects led there.
    """

    status: int | None
    url: str | None = None
    title: str | None = None
    heading: str | None = None
    led: bool = False


def looks_missing(outcome: Outcome) -> bool:
    """Whether a page answers 2xx and looks like a "not found" page, so that a request for a made-up path is justified."""
    answer = outcome.answer  # one with a page, for an image probe too: a link to the page may have the same URL
    if answer is None or answer.status not in _FOUND or answer.page is None:
        return False
    if answer.challenge is not None:
        return False
    page = answer.page
    return (
        _is_about_missing(page.title or page.og_title)
        or _is_about_missing(page.heading)
        or (
            bool(outcome.hops)
            and _path_depth(answer.url) < _path_depth(outcome.url) == 2
            and not route_of(outcome.hops[-1].location or "")
        )
    )


def _is_about_missing(text: str | None) -> bool:
    return text is not None and (mentions_missing(text) or is_notice(text))


def _path_depth(url: str) -> int:
    """0 for a host's home page, 1 for one level below, 2 for anything deeper."""
    path = url.partition("://")[2].partition("/")[2].partition("?")[0].strip("/")
    return 0 if not path else min(2, path.count("/") + 1)


def nonexistent_target(target: Target, rng: random.Random | None = None, *, folder: str = "/") -> Target:
    """A page of the same host that cannot exist; without `rng`, with the fixed name used in recordings."""
    origin = "/".join(target.url.split("/", 3)[:3])
    name = ALWAYS_THE_SAME if rng is None else f"linkcheck-{rng.getrandbits(64):016x}"
    return Target(url=f"{origin}{folder}{name}", probe=Probe.PAGE, host=target.host)


def folder_of(url: str) -> str:
    """The path of the page's folder, with both slashes; `/` for the root or a folder that cannot be tested."""
    path = f"/{url.partition('://')[2].partition('/')[2]}".partition("?")[0]
    folder = path.removesuffix("/").rpartition("/")[0] + "/"
    return folder if len(folder) <= _LONGEST_FOLDER and "/linkcheck-" not in folder else "/"


def random_name(url: str) -> str | None:
    """The random name in a URL from `nonexistent_target`, None for any other."""
    made = _RANDOM_PATH.fullmatch(url)
    return made[1] if made else None


def not_found_behavior(outcome: Outcome) -> NotFoundBehavior:
    """How the host behaves, from the outcome of a request for a path that does not exist."""
    answer = outcome.answer
    if answer is None or answer.challenge is not None:  # a wall is shown for existing pages, too
        return NotFoundBehavior(None)
    page = answer.page or PageFacts()
    return NotFoundBehavior(answer.status, answer.url, page.title, page.heading, bool(outcome.hops))


def is_worth_a_neighbor(outcome: Outcome, root: NotFoundBehavior) -> bool:
    """Whether a made-up path in the page's folder may give evidence that the one at the root did not."""
    answer = outcome.answer
    if answer is None or answer.page is None or root.status is None or folder_of(answer.url) == "/":
        return False
    page = answer.page
    return evidence(outcome, root) is None and (
        _is_about_missing(page.title or page.og_title) or _is_about_missing(page.heading)
    )


def evidence(outcome: Outcome, host: NotFoundBehavior) -> str | None:
    """A clause about what the page has in common with a path that does not exist; None if there is nothing.

    It begins with "redirected" if redirects are the common part. A login or subscription wall can apply to every URL, so
    temporary redirects do not prove that the page is missing; that is judged later.
    """
    answer = outcome.answer
    if answer is None or answer.page is None:
        return None
    if host.status not in _FOUND:
        return None
    shared = _shared(answer.page, host)
    speaks = _is_about_missing(answer.page.title) or _is_about_missing(answer.page.heading)
    if (shared is None or (_is_temporary(outcome) and not speaks)) and _share_landing(outcome, answer, host):
        return f"redirected to {answer.url}, like any URL of the host"
    return None if shared is None else f"the same {shared} as for a URL that does not exist"


def _is_temporary(outcome: Outcome) -> bool:
    return any(hop.status not in _PERMANENT for hop in outcome.hops)


def _shared(page: PageFacts, host: NotFoundBehavior) -> str | None:
    """The text that the page shares with one that cannot exist, preferably one about something missing."""
    texts = (("title", page.title, host.title), ("heading", page.heading, host.heading))
    speaking = [each for each in texts if _is_about_missing(each[1])]
    for name, ours, theirs in speaking or texts[:1]:
        if ours and ours == theirs:
            return f"{name} {ours[:_LONGEST_TITLE]!r}"
    return None


def _share_landing(outcome: Outcome, answer: Answer, host: NotFoundBehavior) -> bool:
    """Whether redirects led both to one page; its query can contain where the visitor came from if the title is the same."""
    if not outcome.hops or host.url is None:
        return False
    if host.url == answer.url:
        return True
    one_host = answer.url.split("/", 3)[2] == host.url.split("/", 3)[2]
    return host.led and one_host and answer.page is not None and bool(host.title) and answer.page.title == host.title


async def compared(outcome: Outcome, behavior_of: Callable[[str, str], Awaitable[NotFoundBehavior]]) -> Outcome:
    """The outcome, with evidence if its page is what the host returns for any path at its root or in the folder.

    `behavior_of` takes a URL of the host and a folder, and requests a page that cannot exist there.
    """
    if outcome.answer is None:
        return outcome
    url = outcome.answer.url
    host = await behavior_of(url, "/")
    if is_worth_a_neighbor(outcome, host):
        neighbor = await behavior_of(url, folder_of(url))
        host = host if neighbor.status is None else neighbor
    found = evidence(outcome, host)
    return outcome if found is None else replace(outcome, answer=replace(outcome.answer, soft_404=found))


class NotFoundCache:
    """The known behavior of the most recent hosts, by host and folder."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[str, str], NotFoundBehavior] = OrderedDict()
        self._folders: OrderedDict[str, int] = OrderedDict()

    def get(self, host: str, folder: str = "/") -> NotFoundBehavior | None:
        return self._known.get((host, folder))

    def can_test(self, host: str) -> bool:
        """Whether another folder of the host can be tested; counts it."""
        count = self._folders.pop(host, 0)
        self._folders[host] = count + 1
        if len(self._folders) > _REMEMBERED:
            self._folders.popitem(last=False)
        return count < _MOST_FOLDERS

    def remember(self, host: str, known: NotFoundBehavior, folder: str = "/") -> None:
        self._known[host, folder] = known
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
