"""Articles as evidence about the pages that they link to: an article can confirm a page that looks suspect on its own.

The verdict of a target depends on its outcome alone, and a title such as "404" or one full of gambling terms makes it
suspect. An article with that title, or about that subject, confirms the page.
"""

from collections.abc import Iterator
from operator import is_
from unicodedata import name

from msgspec.structs import replace

from linkcheck import pointers
from linkcheck.judge.classify import verdict
from linkcheck.judge.options import JudgeOptions
from linkcheck.judge.page_signs.server_errors import speaks_of_error
from linkcheck.judge.page_signs.takeovers import is_article, leads_elsewhere, only_leads_on, shares_words, spam_of, speaks_of
from linkcheck.judge.select import LIVING
from linkcheck.judge.suspicion import SuspicionKind, suspicion
from linkcheck.judge.titles.compare_titles import SEPARATOR, letters, may_be_alike
from linkcheck.judge.url_traits.page_kind import is_home
from linkcheck.judge.url_traits.redirect_chain import move_of
from linkcheck.model import Answer, Article, Evidence, Link, LinkResult, Outcome, Role, Verdict, VerdictKind
from linkcheck.urls import InvalidUrl, parse_url

_OWN_PAGES = (Role.CANONICAL, Role.ORIGINAL, Role.AMP, Role.AMP_CACHE)
_TITLED = (*_OWN_PAGES, Role.ARCHIVE)
"""Pages that have the title of the article. A copy in an archive stays what it was when it was captured."""
_LANGUAGE_KEYS = ("lang", "language", "locale", "inLanguage")
_SHORTEST = 8
_MOST_LETTERS = 300
_EAST_ASIAN = frozenset(("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "HALFWIDTH", "KATAKANA-HIRAGANA"))


def may_be_vouched_for(outcome: Outcome) -> bool:
    """Whether an article could confirm a suspect outcome."""
    answer = outcome.answer
    if answer is None or answer.page is None or answer.vouched or not 200 <= answer.status < 300:
        return False
    return suspicion(outcome, answer) is not None and _kind(outcome, replace(answer, vouched=True)) != _kind(outcome, answer)


def vouches(article: Article, link: Link, outcome: Outcome, options: JudgeOptions) -> bool:
    """Whether an article shows that the linked page is the intended one."""
    answer = outcome.answer
    if answer is None or answer.page is None:
        return False
    theirs = [title for title in (answer.page.title, answer.page.og_title) if title]
    ours = list(_titles(article, link, options))
    if any(_is_of(title, their) for title in ours for their in theirs):
        return True
    about = [*ours, *_titles_of(article.data, options)]
    if _kind(outcome, answer) is SuspicionKind.ERROR:
        declared = [*theirs, *([answer.page.heading] if answer.page.heading else [])]
        texts = list(_texts(article, link))
        return any(
            any(speaks_of_error(title, their) for title in about)
            or any(speaks_of_error(text, their, fewest=2) for text in texts)
            for their in declared
        )
    spam = next((spam for their in theirs if (spam := spam_of(their))), None)
    return spam is not None and any(speaks_of(title, spam.subject) for title in about)


def reassess(evidence: Evidence, options: JudgeOptions) -> Evidence:
    """The evidence on an article, with its own pages that now belong to someone else marked as suspect.

    A page that another article confirms is checked again for this one.
    """
    results = tuple(_reassessed(each, evidence.article, options) for each in evidence.results)
    return evidence if all(map(is_, results, evidence.results)) else replace(evidence, results=results)


def _reassessed(result: LinkResult, article: Article, options: JudgeOptions) -> LinkResult:
    outcome, link = result.outcome, result.link
    if outcome is None or outcome.answer is None or result.verdict.kind not in LIVING:
        return result
    if outcome.answer.vouched:
        answer = replace(outcome.answer, vouched=False)
        outcome = replace(outcome, answer=answer)
        if _kind(outcome, answer) is SuspicionKind.TAKEN_OVER and not vouches(article, link, outcome, options):
            return replace(result, outcome=outcome, verdict=verdict(outcome))
        return result
    clause = why_taken_over(article, link, outcome, options) if link.role in _OWN_PAGES else None
    return result if clause is None else replace(result, verdict=Verdict(VerdictKind.SUSPECT, clause))


def why_taken_over(article: Article, link: Link, outcome: Outcome, options: JudgeOptions) -> str | None:
    """Why an article's own page, which answers, is now someone else's, in one clause; None if nothing shows it.

    Never by a title or a language alone: the title is nothing but advertising that the article does not mention, or
    `leads_to_other_language` for the canonical URL, on a page that does not describe itself as an article.
    """
    answer = outcome.answer
    page = None if answer is None else answer.page
    if answer is None or page is None or answer.vouched or not (title := page.title or page.og_title):
        return None
    spam = spam_of(title)
    if (spam is None and not outcome.hops) or is_article(page, answer.url):
        return None
    ours = next(_titles(article, link, options), "")
    if only_leads_on(outcome.url) or any(_may_be_of(ours, each) for each in (title, page.og_title) if each):
        return None
    is_all = spam is not None and (spam.fills_a_title if letters(ours) else spam.is_unmistakable)
    if spam is not None and is_all and not speaks_of(f"{ours} {outcome.url}", spam.subject):
        return f"its title {title[:200]!r} advertises {spam.subject}"
    if link.role is not Role.CANONICAL or _scripts(ours) & _scripts(title):
        return None
    return leads_to_other_language(article, link, outcome, options)


def leads_to_other_language(article: Article, link: Link, outcome: Outcome, options: JudgeOptions) -> str | None:
    """A permanent redirect to another site in another language, with nothing of the article's title; in one clause.

    None where the languages of the article and of the page are not known.
    """
    answer = outcome.answer
    page = None if answer is None else answer.page
    if answer is None or page is None or link.role not in _OWN_PAGES or not outcome.hops:
        return None
    title, ours = page.title or page.og_title or "", next(_titles(article, link, options), "")
    if not letters(ours) or any(_may_be_of(ours, each) for each in (page.title, page.og_title) if each):
        return None
    return _moved_away(outcome, answer, title, (_language(article), page.lang or ""))


def _may_be_of(ours: str, theirs: str) -> bool:
    """Whether a page's title may be the article's, which may be empty."""
    return bool(letters(ours)) and (may_be_alike(ours, theirs) or shares_words(ours, theirs))


def _moved_away(outcome: Outcome, answer: Answer, title: str, languages: tuple[str, str]) -> str | None:
    move = move_of(outcome)
    try:
        requested, got = parse_url(outcome.url), parse_url(answer.url)
    except InvalidUrl:
        return None
    if move is None or move.url != answer.url or is_home(got) or not leads_elsewhere(requested, got):
        return None
    ours, theirs = map(_primary, languages)
    if not ours or not theirs or ours == theirs:
        return None
    return f"moved permanently to another site, {got.host}, in another language ({theirs}), with the title {title[:200]!r}"


def _scripts(text: str) -> frozenset[str]:
    """The scripts of a text's letters, by the first word of their names (`LATIN`); those of East Asia are one."""
    names = {name(letter, "").partition(" ")[0].partition("-")[0] for letter in text[:_MOST_LETTERS] if letter.isalpha()}
    return frozenset("CJK" if each in _EAST_ASIAN else each for each in names)


def _kind(outcome: Outcome, answer: Answer) -> SuspicionKind | None:
    seen = suspicion(outcome, answer)
    return None if seen is None else seen.kind


def _is_of(ours: str, theirs: str) -> bool:
    """Whether a page's title is the article's or contains it; a short one must be a part of its own."""
    wanted = letters(ours)
    if not wanted:
        return False
    if wanted == letters(theirs) or (len(wanted) >= _SHORTEST and wanted in letters(theirs)):
        return True
    return any(letters(part) == wanted for part in SEPARATOR.split(" ".join(theirs.split())))


def _titles(article: Article, link: Link, options: JudgeOptions) -> Iterator[str]:
    """The title of the object that contains the link, unless that is an article that links elsewhere."""
    owner = pointers.value_at(article.data, link.owner)
    if isinstance(owner, dict) and (link.owner or link.role in _TITLED):
        yield from _titles_of(owner, options)


def _titles_of(data: object, options: JudgeOptions) -> Iterator[str]:
    if isinstance(data, dict):
        for key in options.title_keys:
            if isinstance(title := data.get(key), str):
                yield title


def _texts(article: Article, link: Link) -> Iterator[str]:
    """Other texts of an article, or of the entry that contains a link: its excerpt, its subtitle."""
    owner = pointers.value_at(article.data, link.owner)
    if isinstance(owner, dict) and (link.owner or link.role in _TITLED):
        yield from (value for value in owner.values() if isinstance(value, str) and "://" not in value)


def _language(article: Article) -> str:
    for key in _LANGUAGE_KEYS:
        value = article.data.get(key)
        if isinstance(value, str):
            return value
    return ""


def _primary(tag: str) -> str:
    """The language of a tag such as `en-GB` or `en_US` (RFC 5646, 2.2.1)."""
    return tag.lower().replace("_", "-").partition("-")[0]
