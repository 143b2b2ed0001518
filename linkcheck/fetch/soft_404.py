"""Does a host answer 200 for what does not exist? Asked with a path that cannot exist, only where a page looks like it."""

import random
import re
from collections import OrderedDict

from msgspec import Struct
from msgspec.structs import replace

from linkcheck.model import Outcome, Probe, Target

_LOOKS_MISSING = re.compile(
    r"\b(?:404|410)\b|\bnot\s+found\b|\b(?:page|article|content|site)\b.{0,20}\b(?:missing|gone|removed|unavailable"
    r"|no longer)\b|\b(?:does|do)(?:\s+not|n['\u2019]t)\s+exist\b|\bcan(?:no|['\u2019])t\s+(?:be\s+found|find)\b"
    r"|nicht\s+gefunden|introuvable|no\s+encontrad[ao]|non\s+trovat[ao]|não\s+encontrad[ao]|niet\s+gevonden"
    r"|nie\s+znaleziono|\u043d\u0435\s+\u043d\u0430\u0439\u0434\u0435\u043d[\u0430\u043e]?|見つかりません|未找到|不存在",
    re.IGNORECASE,
)
_LONGEST_TITLE = 300
_REMEMBERED_HOSTS = 4096
_FOUND = range(200, 300)
_RANDOM_PATH = re.compile(r"https?://[^/?#]*/(linkcheck-[0-9a-f]{16})")
ALWAYS_THE_SAME = f"linkcheck-{'0' * 16}"
"""What a recording has in the place of a random name, so that it holds for every other."""


class Manners(Struct, frozen=True):
    """How a host answers for what does not exist: its status, where it ended, its title; status None where it gave none."""

    status: int | None
    url: str | None = None
    title: str | None = None


def looks_missing(outcome: Outcome) -> bool:
    """Whether a page answers 2xx and looks like a page for what is missing, so that asking its host is worth a request."""
    answer = outcome.answer
    if answer is None or outcome.probe is not Probe.PAGE or answer.status not in _FOUND or answer.page is None:
        return False
    if answer.challenge is not None:
        return False
    title = (answer.page.title or answer.page.og_title or "")[:_LONGEST_TITLE]
    return _LOOKS_MISSING.search(title) is not None or (bool(outcome.hops) and _depth(answer.url) < _depth(outcome.url) == 2)


def _depth(url: str) -> int:
    """0 for a host's home page, 1 for one level below, 2 for anything deeper."""
    path = url.partition("://")[2].partition("/")[2].partition("?")[0].strip("/")
    return 0 if not path else min(2, path.count("/") + 1)


def impossible(target: Target, rng: random.Random | None = None) -> Target:
    """A page of the same host that cannot exist; without `rng` as it is named in a recording."""
    origin = "/".join(target.url.split("/", 3)[:3])
    name = ALWAYS_THE_SAME if rng is None else f"linkcheck-{rng.getrandbits(64):016x}"
    return Target(url=f"{origin}/{name}", probe=Probe.PAGE, host=target.host)


def random_name(url: str) -> str | None:
    """The random name in a URL that `impossible` made, None in any other."""
    made = _RANDOM_PATH.fullmatch(url)
    return made[1] if made else None


def manners(outcome: Outcome) -> Manners:
    """What the outcome of an impossible page says of its host."""
    answer = outcome.answer
    if answer is None or answer.challenge is not None:  # a wall stands before pages that exist, too
        return Manners(None)
    return Manners(answer.status, answer.url, answer.page.title if answer.page is not None else None)


def evidence(outcome: Outcome, host: Manners) -> str | None:
    """Why the page is its host's page for what does not exist; None where it is not."""
    answer = outcome.answer
    if answer is None or answer.page is None:
        return None
    title = (answer.page.title or "")[:_LONGEST_TITLE]
    if host.status is None:
        return f"title {title!r}" if _LOOKS_MISSING.search(title) else None
    if host.status not in _FOUND:
        return None
    if host.title and host.title == answer.page.title:
        return f"the same title {title!r} as a page that cannot exist"
    if outcome.hops and host.url == answer.url:
        return f"redirected to {answer.url}, like a page that cannot exist"
    return None


def with_evidence(outcome: Outcome, host: Manners) -> Outcome:
    """The outcome, with the evidence where there is some."""
    found = evidence(outcome, host)
    if found is None or outcome.answer is None:
        return outcome
    return replace(outcome, answer=replace(outcome.answer, soft_404=found))


class HostManners:
    """What is known of the last hosts asked."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Manners] = OrderedDict()

    def get(self, host: str) -> Manners | None:
        return self._known.get(host)

    def remember(self, host: str, known: Manners) -> None:
        self._known[host] = known
        if len(self._known) > _REMEMBERED_HOSTS:
            self._known.popitem(last=False)
