"""Pages whose title or main heading contains only a "not found" notice and the site's name."""

import re
from collections.abc import Callable

from linkcheck.judge.titles.compare_titles import SEPARATOR, letters
from linkcheck.model import PageFacts
from linkcheck.pages import is_bare, is_notice, mentions_missing
from linkcheck.urls import InvalidUrl, parse_url, registrable_domain

_MOST_WORDS = 4
"""Maximum number of words of a site's name that nothing else confirms."""
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)
_MOST_LETTERS = 6
"""Letters of a site's name in a script that puts no spaces between words, or few of them."""
_ARTICLES = frozenset(
    ("a", "an", "the", "how", "why", "what", "when", "who", "ein", "eine", "wie", "warum", "un", "une", "una")
)


def missing_notice(page: PageFacts, url: str) -> str | None:
    """The notice on the page, in one clause; None if its title or heading contains anything else."""
    title = page.title or page.og_title
    if title and is_site_name(title, page, url):  # a site called 404
        title = None
    if title and mentions_or_is(title) and _contains_only(title, page, url):
        return f"its title is {title[:200]!r}"
    heading = page.heading
    if heading and mentions_or_is(heading) and is_notice(heading) and _leaves_it_to_the_heading(title or "", page, url):
        return f"its main heading is {heading[:200]!r}"
    return None


def mentions_or_is(text: str) -> bool:
    """Whether a full check is worth its time."""
    return mentions_missing(text) or is_notice(text)


def contains_only(title: str, phrases: re.Pattern[str], page: PageFacts, url: str) -> bool:
    """Whether a title is one of the phrases and nothing else but the site's name."""
    return _contains_only(title, page, url, lambda text: phrases.fullmatch(_plain(text)) is not None)


def describes_itself(page: PageFacts, matches: Callable[[str], bool]) -> bool:
    """Whether a page that has the title of a wall or of an error may be an article of that title.

    It has a date, a preview of another title, or a canonical URL; if it has only the last, its main heading differs from
    the title.
    """
    if page.published is not None or (page.og_title and (page.canonicals or not matches(_plain(page.og_title)))):
        return True
    return bool(page.canonicals) and not (page.heading and matches(_plain(page.heading)))


def _plain(text: str) -> str:
    return " ".join(text.replace("\u2019", "'").split())


def _contains_only(title: str, page: PageFacts, url: str, matches: Callable[[str], bool] = is_notice) -> bool:
    if matches(title):
        return True
    parts = [part for part in SEPARATOR.split(" ".join(title.split())) if part.strip()]
    others = [part for part in parts if not matches(part)]
    if len(others) == len(parts) or len(others) > 1:
        return False
    if not others:
        return True
    (other,) = others
    if is_site_name(other, page, url):
        return True
    # A song, a bus or a paragraph may be called 404; and "Page not found: a history" is an article.
    if ": " in title or all(is_bare(part) for part in parts if part is not other) or not _may_be_a_site(other):
        return False
    return other == parts[0] or other.split()[0].casefold() not in _ARTICLES


def _leaves_it_to_the_heading(title: str, page: PageFacts, url: str) -> bool:
    """Whether a title contains only the site's name, so that a heading may contain the notice."""
    if not title or is_site_name(title, page, url):
        return True
    return not is_bare(page.heading or "") and _may_be_a_site(title) and len(title.split()) > 1


def _may_be_a_site(text: str) -> bool:
    """Whether a part of a title may be no more than the name of a site that neither the page nor the host gives."""
    return len(text.split()) <= _MOST_WORDS and len(_UNSPACED.findall(text)) <= _MOST_LETTERS


def is_site_name(text: str, page: PageFacts, url: str) -> bool:
    """Whether a part of a title is the site's name, by the page's declaration or the host."""
    name = re.sub(r"^the", "", letters(text))
    if not name:
        return True
    if page.site_name and name == re.sub(r"^the", "", letters(page.site_name)):
        return True
    try:
        host = parse_url(url).host
    except InvalidUrl:
        return False
    domain = registrable_domain(host) or host
    label = letters(domain.partition(".")[0])
    return (
        name in (letters(domain), letters(host))
        or (len(label) > 2 and (name == label or (len(name) > 3 and name in label)))
        or _is_short_for(label, [letters(word) for word in text.split()])
    )


def _is_short_for(label: str, words: list[str]) -> bool:
    """Whether a name in a host is made of the beginnings of all words: `nytimes` of "The New York Times"."""
    if words and words[0] == "the":
        words = words[1:]
    if not 1 < len(words) <= _MOST_WORDS or not all(words):
        return False
    rests = {label}
    for word in words:
        rests = {rest[size:] for rest in rests for size in range(1, len(word) + 1) if rest[:size] == word[:size]}
    return "" in rests
