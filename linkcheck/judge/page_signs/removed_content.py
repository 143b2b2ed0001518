"""Pages of big platforms that answer 200 for a video, post or file that is not there any more.

What they say then is theirs alone: a title without the object's name, or a sentence. A page whose `og:title` names an object
has one, whatever that is called.
"""

import re

from msgspec import Struct

from linkcheck.judge.titles.compare_titles import letters
from linkcheck.model import Answer, PageFacts
from linkcheck.pages import is_notice
from linkcheck.urls import InvalidUrl, parse_url, registrable_domain


class _Platform(Struct, frozen=True):
    """`objects` are the paths of what users put there. `bare` are titles that every page with an object goes beyond."""

    name: str
    domains: tuple[str, ...]
    objects: re.Pattern[str]
    bare: frozenset[str] = frozenset()


_ANY = re.compile(r"/[^/]+.*")
_PLATFORMS = (
    _Platform(
        "YouTube",
        ("youtube.com", "youtube-nocookie.com"),
        re.compile(r"/(?:watch|playlist|shorts/[^/]+|embed/[^/]+|live/[^/]+|v/[^/]+)/?"),
        frozenset(("youtube",)),
    ),
    _Platform("Vimeo", ("vimeo.com",), re.compile(r"/(?:video/)?\d+.*|/(?:channels|groups)/.+"), frozenset(("vimeo",))),
    _Platform(
        "Dailymotion",
        ("dailymotion.com",),
        re.compile(r"/(?:embed/)?video/.+"),
        frozenset(("dailymotion", "videodailymotion", "dailymotionvideo")),
    ),
    _Platform("X", ("x.com", "twitter.com"), re.compile(r"/[^/]+/status(?:es)?/\d+.*")),
    _Platform("Instagram", ("instagram.com",), re.compile(r"/(?:[^/]+/)?(?:p|reel|tv)/.+")),
    _Platform("Facebook", ("facebook.com",), _ANY),
    _Platform("TikTok", ("tiktok.com",), re.compile(r"/@[^/]+.*|/embed/.+")),
    _Platform("SoundCloud", ("soundcloud.com",), re.compile(r"/[^/]+/.+"), frozenset(("somethingwentwrongonsoundcloud",))),
    _Platform("Flickr", ("flickr.com",), re.compile(r"/photos/.+")),
    _Platform("Medium", ("medium.com",), _ANY),
    _Platform("Reddit", ("reddit.com",), re.compile(r"/(?:r|u|user)/.+")),
    _Platform(
        "Google Drive", ("google.com",), re.compile(r"/(?:document|spreadsheets|presentation|forms|file|drive|open|uc)\b.*")
    ),
    _Platform("Internet Archive", ("archive.org",), re.compile(r"/(?:details|embed|download|stream)/.+")),
    _Platform(
        "Spotify", ("spotify.com",), re.compile(r"/(?:[a-z-]+/)?(?:track|album|playlist|episode|show|artist|embed)/?.*")
    ),
    _Platform("Twitch", ("twitch.tv",), _ANY),
    _Platform("Tumblr", ("tumblr.com",), _ANY),
    _Platform("Imgur", ("imgur.com",), _ANY, frozenset(("imgurthesimple404page",))),
    _Platform("Scribd", ("scribd.com",), re.compile(r"/(?:document|doc|presentation|book)/.+")),
    _Platform("SlideShare", ("slideshare.net",), re.compile(r"/[^/]+/.+")),
)
_THING = (
    r"(?:video|clip|movie|film|page|post|tweet|story|photo|image|picture|album|track"
    r"|song|sound|podcast|playlist|episode|item|file|document"
    r"|content|link|media|presentation|account|profile|broadcast|channel)"
)
_GONE = re.compile(
    rf"(?:(?:sorry|oops|uh-oh|hmm)[,.!]*\s?)?(?:the |this |that |the requested )?(?:private |deleted "
    rf"|removed )?{_THING}(?: you(?:'re| are)? (?:looking for|requested"
    rf"|have requested))? ?(?:(?:is |was |has been )?(?:currently )?"
    rf"(?:not available|unavailable|no longer available"
    r"|deleted|removed(?: by .*)?|not found|private|suspended|terminated|blocked)"
    r"|isn't available(?: right now| at the moment| anymore)?"
    r"|does not exist|doesn't exist|no longer exists|cannot be found"
    r"|could not be found|couldn't be found|can't be found"
    r"|(?:is )?not available|is unavailable)(?: right now| at the moment| anymore)?"
    rf"|(?:sorry[,.!]? )?(?:we )?(?:couldn't|could not|can't|cannot) find (?:this|that|the|your) {_THING}.*"
    r"|private video|deleted video|video removed|vimeuhoh|item (?:not available"
    r"|cannot be found)|\[(?:deleted|removed)\]"
    r"|user deleted their medium story|account suspended|\[deleted by user\](?: : r/\w+)?"
    r"|this (?:post|tweet) is from (?:an account that no longer exists|a suspended account)"
    r"|(?:此|该|這部|此部)(?:视频|影片)(?:不可用|无法观看|無法播放)|動画を再生できません"
    r"|(?:dieses |das )?video (?:ist )?nicht verfügbar|vidéo (?:non disponible|indisponible|privée|supprimée)"
    r"|vídeo (?:no disponible|não disponível|indisponível|privado)|video non disponibile|видео (?:недоступно|удалено)"
    r"|content is unavailable|sorry\. unless you've got a time machine.*"
)
_EDGES = " \t.,;:!?\u2026\"'-\u2013\u2014|\u2022/"
_LONGEST = 300
_NOTHING = "ERROR"
"""The status of YouTube's player for a video that was deleted or never was."""


def removed_content(answer: Answer) -> str | None:
    """What shows that a platform's page is without what was linked, in one clause; None if nothing does.

    What YouTube's player says takes precedence over the title, which is bare as well where it wants visitors to sign in.
    """
    page = answer.page
    platform = None if page is None else _platform(answer.url)
    if page is None or platform is None or _names_an_object(page, platform):
        return None
    if page.player is not None:
        return f"{platform.name}'s player has nothing to play ({page.player})" if page.player == _NOTHING else None
    for what, text in (("title", page.title), ("main heading", page.heading)):
        if text is None:
            continue
        bare = what == "title" and letters(text) in platform.bare and not _is_shell(answer.url, page)
        if bare or (_is_gone(text, platform) and not answer.vouched):
            return f"{platform.name} shows a page without it, with the {what} {text[:200]!r}"
    return None


def _is_shell(href: str, page: PageFacts) -> bool:
    """Whether a page has a bare title because scripts fill it in: lists, pages for phones, players to embed."""
    url = parse_url(href)
    return url.host.startswith("m.") or url.path.startswith("/playlist") or ("/embed/" in url.path and bool(page.canonicals))


def shows_object(answer: Answer) -> bool:
    """Whether a page is a platform's with an object, so that its title is what a user gave that."""
    platform = _platform(answer.url)
    return answer.page is not None and platform is not None and _names_an_object(answer.page, platform)


def is_on_platform(answer: Answer) -> bool:
    """Whether a page is that of a platform's object, whose scripts answer programs with errors of every kind."""
    return _platform(answer.url) is not None


def _platform(href: str) -> _Platform | None:
    try:
        url = parse_url(href)
    except InvalidUrl:
        return None
    domain = registrable_domain(url.host)
    for platform in _PLATFORMS:
        if domain in platform.domains and platform.objects.fullmatch(url.path):
            if domain == "google.com" and not url.host.startswith(("docs.", "drive.", "sites.")):
                return None
            return platform
    return None


def _names_an_object(page: PageFacts, platform: _Platform) -> bool:
    """Whether the page has a preview of an object, whatever that is called; the platform's own name is not one."""
    named = page.og_title
    if named is None or letters(named) in (letters(platform.name), *platform.bare):
        return False
    return page.og_image is not None or not _is_gone(named, platform)


def _is_gone(text: str, platform: _Platform) -> bool:
    """Whether a text is one of the sentences, the platform's name aside."""
    plain = " ".join(text[:_LONGEST].replace("\u2019", "'").casefold().split()).strip(_EDGES)
    names = (platform.name.casefold(), *(domain.partition(".")[0] for domain in platform.domains))
    name = f"(?:{'|'.join(map(re.escape, names))})"
    plain = re.sub(
        rf"^{name}\s*[-\u2013|:/\u2022]\s*|\s*[-\u2013|\u2022/]\s*{name}$| (?:on|\u2014) {name}$", "", plain
    ).strip(_EDGES)
    return _GONE.fullmatch(plain) is not None or _GONE.fullmatch(plain.partition(". ")[0]) is not None or is_notice(plain)
