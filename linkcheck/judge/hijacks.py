"""Signs that a page was taken over by somebody else: the advertising for which lapsed domains are bought.

Gambling, pornography and pirated streams are news as well. So a word is no sign. It takes the phrases of advertising in the
title, and that neither the linked URL nor an article that links it speaks of the same subject; and unless the phrases are
those that only such pages use, also that the URL now leads to another site.
"""

import re
from functools import lru_cache

from msgspec import Struct

from linkcheck.judge.titles import letters
from linkcheck.model import Answer, Outcome
from linkcheck.urls import InvalidUrl, Url, parse_url, registrable_domain

GAMBLING, ADULT, STREAMS = "gambling", "pornography", "pirated streams"

_STRONG: tuple[tuple[str, str], ...] = (
    # Phrases of search-engine spam; a headline has one of them at most.
    (GAMBLING, r"slot[\s-]?(?:gacor|online|deposit|dana|pulsa|qris|thailand|maxwin|hoki|resmi|terpercaya|777|88|4d)|gacor"),
    (GAMBLING, r"situs\s+(?:judi|slot|togel|toto|poker|gacor|bola)|(?:judi|togel|toto)\s+(?:online|slot|bola|macau|sgp|4d)"),
    (
        GAMBLING,
        r"(?:agen|bandar)\s+(?:judi|slot|togel|bola|poker|sbobet)|bandarq|pkv\s?games|sbobet|joker123|anti\s?rungkad|maxwin",
    ),
    (
        GAMBLING,
        r"rtp\s+(?:live|slot)|link\s+alternatif\s+(?:slot|judi|togel)|(?:เว็บ)?สล็อต(?:เว็บตรง|ออนไลน์|แตกง่าย)?|บาคาร่า(?:ออนไลน์)?",
    ),
    (
        GAMBLING,
        r"แทงบอล(?:ออนไลน์)?|คาสิโนออนไลน์|nhà\s+cái|kèo\s+nhà\s+cái|tài\s+xỉu\s+online|nổ\s+hũ|xóc\s+đĩa",
    ),
    (
        GAMBLING,
        r"토토\s?사이트|먹튀\s?검증|카지노\s?사이트|바카라\s?사이트|슬롯\s?사이트|百家乐|真人娱乐|博彩(?:网|平台)|体育投注|娱乐城",
    ),
    (
        GAMBLING,
        r"deneme\s+bonusu|bonus\s+veren\s+(?:siteler\w*|bahis|casino)|(?:bahis|casino|slot)\s+siteleri|jogo\s+do\s+tigrinho",
    ),
    (
        ADULT,
        r"bokep|free\s+porn|porn\s?(?:tube|hub)|xxx\s+(?:videos?|movies?|tube)|порно\s+(?:видео|онлайн|бесплатно)|porno\s+izle",
    ),
    (ADULT, r"色情(?:网站|视频)|成人(?:视频|影片)|無修正動画|nude\s+cams?|sex\s+cams?|escort\s+bayan"),
    (
        STREAMS,
        r"(?:watch|full)\s+(?:movies?|episodes?)\s+online\s+free|free\s+(?:football|soccer|sports?|live)\s+streams?|123movies",
    ),
    (
        STREAMS,
        r"ดูหนังออนไลน์(?:ฟรี)?|nonton\s+(?:film|movie)\s+(?:gratis|online)|смотреть\s+онлайн\s+бесплатно|xem\s+phim\s+online",
    ),
)
_WEAK: tuple[tuple[str, str], ...] = (
    (GAMBLING, r"(?:online|live|crypto|bitcoin)[\s-]?casinos?|casinos?\s+(?:bonus|online|en\s+ligne)|casinò\s+online"),
    (
        GAMBLING,
        r"kasyn[oa]\s+(?:online|internetowe)|онлайн[\s-]казино|игровые\s+автоматы|オンラインカジノ|cassinos?\s+online",
    ),
    (
        GAMBLING,
        r"no\s+deposit|free\s+spins|freispiele|tours\s+gratuits|giros\s+gratis|(?:sports?\s+)?betting\s+(?:sites?|online)",
    ),
    (
        GAMBLING,
        r"(?:online|video)[\s-]?(?:slots?|poker|roulette)|sportsbook|sportwetten|paris\s+sportifs|apuestas\s+deportivas",
    ),
    (GAMBLING, r"ставки\s+на\s+спорт|apostas\s+esportivas|spielautomaten|\bslots?\b|\btogel\b|\bjudi\b"),
    (ADULT, r"\bporn\w*|\bxxx\b|sex\s+videos?|\bhentai\b|порно\w*|\bescorts?\b"),
    (STREAMS, r"(?:football|soccer|sports?|live)[\s-]streams?|live\s+streaming|streaming\s+(?:gratis|gratuit|vf)"),
    (STREAMS, r"watch\s+(?:live|online|free)|прямая\s+трансляция|ดูบอลสด|bóng\s+đá\s+trực\s+tiếp"),
)
_PROMOTES = re.compile(
    r"\b(?:best|top|trusted|real\s+money|play\s+now|sign\s?up|join\s+now|win\s+big|bonus(?:es)?|free|hd|jackpot|deposit|login|daftar"
    r"|terpercaya|terbaik|terbaru|resmi|gratis|gampang\s+(?:menang|cuan)|uy\s+tín|güvenilir|güncel|giriş|beste[rn]?|mejor(?:es)?"
    r"|meilleurs?|migliori|najlepsze|лучш\w+|бесплатно|20[2-4]\d)\b|อันดับ\s?1|เว็บตรง|推荐|官网|추천"
)
_SUBJECTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    # What an article or a URL about the subject has in it, in whatever form.
    (
        GAMBLING,
        re.compile(
            r"[ck]asin|slot|poker|togel|judi|gambl|lotter|lotto|jackpot|bingo|roulett|wett|glücks?spiel|gluecksspiel|spielbank"
            r"|spielhall|spielsucht|jeux?\W|paris?\W*sport|pari\W|apuest|scommess|azzard|apost|\bazar\b|ludopat|kansspel|gok|hazard|kumar|bahis"
            r"|igaming|\bbet|bets?\b|bet\d|wager|bookm|kasyn|zakład|казин|ставк|азарт|букмек|игров|лотере|博彩|赌|カジノ|賭|ギャンブル|도박"
            r"|카지노|การพนัน|พนัน|สล็อต|คาสิโน|cá\s?cược|cờ\s?bạc|toto|taruhan|bandar|قمار|مراهن"
        ),
    ),
    (
        ADULT,
        re.compile(
            r"porn|sex|xxx|nud[ei]|eroti|escort|adult|onlyfans|prostitu|bordell|hentai|bokep|порн|секс|色情|成人|アダルト|포르노|pornogr|dewasa"
        ),
    ),
    (
        STREAMS,
        re.compile(
            r"stream|pira[ct]|watch|movie|film|cinema|kino|football|soccer|fu[sß]+ball|futbol|fútbol|futebol|calcio|voetbal|bola|nonton"
            r"|serie|sport|match|live|\btv\b|стрим|трансляц|пират|футбол|фильм|кино|ดูหนัง|บอล|phim|bóng"
        ),
    ),
)
_STEMS = (
    *(
        "slot",
        "gacor",
        "situs",
        "judi",
        "togel",
        "toto",
        "bandar",
        "agen",
        "pkv",
        "sbobet",
        "joker123",
        "rungkad",
        "maxwin",
        "rtp",
    ),
    *(
        "สล็อต",
        "บาคาร่า",
        "แทงบอล",
        "คาสิโน",
        "nhà",
        "tài",
        "nổ",
        "xóc",
        "토토",
        "먹튀",
        "카지노",
        "바카라",
        "슬롯",
        "百家乐",
        "真人",
        "博彩",
        "投注",
    ),
    *(
        "娱乐城",
        "bonus",
        "siteleri",
        "tigrinho",
        "bokep",
        "porn",
        "xxx",
        "порно",
        "色情",
        "成人",
        "無修正",
        "cam",
        "escort",
        "online",
        "stream",
    ),
    *(
        "123movies",
        "ดูหนัง",
        "nonton",
        "онлайн",
        "casin",
        "kasyn",
        "автомат",
        "カジノ",
        "deposit",
        "spins",
        "freispiele",
        "gratuits",
        "giros",
    ),
    *(
        "betting",
        "sportsbook",
        "sportwetten",
        "sportifs",
        "deportivas",
        "ставки",
        "esportivas",
        "hentai",
        "sex ",
        "watch",
        "трансляция",
    ),
    *("ดูบอลสด", "trực tiếp", "poker", "roulette"),
)
"""One of these is in whatever the patterns find."""
_IN_HOST = re.compile(
    r"(?:football|soccer|sports?|live|free)-?streams?|slot(?!h)|gacor|togel|judi|(?:^|[.-])casino|casino\d{0,4}\.|porn|xxx|(?:^|[.-])bet\d|\d{1,4}bet\."
)
_SHORTENERS = frozenset(
    (
        *(
            "bit.ly",
            "buff.ly",
            "cutt.ly",
            "dlvr.it",
            "feedburner.com",
            "goo.gl",
            "hubs.ly",
            "is.gd",
            "lnkd.in",
            "ow.ly",
            "rebrand.ly",
        ),
        *(
            "shorturl.at",
            "t.co",
            "tinyurl.com",
            "trib.al",
            "facebook.com",
            "fb.me",
            "google.com",
            "doi.org",
            "handle.net",
            "href.li",
        ),
        *(
            "outlook.com",
            "archive.org",
            "yahoo.com",
            "flip.it",
            "nyti.ms",
            "wapo.st",
            "amzn.to",
            "apple.news",
            "bing.com",
            "msn.com",
        ),
    )
)
"""Domains that lead to pages of others."""
_SHORT_LABEL = 3
_ENOUGH, _PLENTY, _MUCH = 2, 3, 5
_STARTS = re.compile(r"(?:^|[|\u2013\u2014>#:-]\s*)[\W\d_]*$")
_LONGEST = 300


class Spam(Struct, frozen=True):
    """What a title advertises, and how loudly: two for a phrase of spam, one for one of advertising, and for promises.

    `opens` says that the title, or a part of it, begins with a phrase of spam, as no headline does.
    """

    subject: str
    score: int
    opens: bool


@lru_cache(maxsize=4096)
def spam_of(text: str) -> Spam | None:
    """What a text advertises; None where it is no advertisement of these kinds."""
    plain = _plain(text)
    if not any(stem in plain for stem in _STEMS):
        return None
    seen = [_seen(subject, plain) for subject in (GAMBLING, ADULT, STREAMS)]
    loudest = max(seen, key=lambda spam: spam.score)
    if not loudest.score:
        return None
    return loudest


def _seen(subject: str, plain: str) -> Spam:
    """What is seen of a subject. No word counts twice."""
    score, opens = 0, False
    for weight, pattern in ((2, _strong_of(subject)), (1, _weak_of(subject))):
        for match in pattern.finditer(plain):
            score += weight
            opens = opens or (weight > 1 and _STARTS.search(plain, 0, match.start()) is not None)
        plain = pattern.sub("\n", plain)
    return Spam(subject, score + bool(score and _PROMOTES.search(plain)), opens)


@lru_cache(maxsize=3)
def _strong_of(subject: str) -> re.Pattern[str]:
    return re.compile("|".join(pattern for name, pattern in _STRONG if name == subject))


@lru_cache(maxsize=3)
def _weak_of(subject: str) -> re.Pattern[str]:
    return re.compile("|".join(pattern for name, pattern in _WEAK if name == subject))


def speaks_of(text: str, subject: str) -> bool:
    """Whether a text, or the words of a URL, are about a subject at all."""
    return any(name == subject and pattern.search(_plain(text)) for name, pattern in _SUBJECTS)


def taken_over(outcome: Outcome, answer: Answer) -> str | None:
    """What shows that a link leads to somebody else's advertising, in one clause; None where nothing does.

    By the outcome alone: the article is heard afterwards, and may vouch for the page.
    """
    page = answer.page
    if page is None or answer.vouched:
        return None
    title = page.title or page.og_title or ""
    spam = spam_of(title)
    asked, got = _read(outcome.url), _read(answer.url)
    if asked is None or got is None:
        return None
    changed = bool(outcome.hops) and leads_elsewhere(asked, got)
    if spam is not None and not speaks_of(_words(asked), spam.subject):
        if changed and spam.score >= _ENOUGH:
            return f"redirected to another site, {got.host}, with {spam.subject} in its title {title[:200]!r}"
        if spam.score >= (_PLENTY if spam.opens else _MUCH) and page.published is None:
            return f"its title {title[:200]!r} advertises {spam.subject}"
    if changed and page.published is None and asked.path.count("-") > 1 and (named := _IN_HOST.search(f"{got.host}.")):
        subject = next((name for name, pattern in _SUBJECTS if pattern.search(named[0])), None)
        if subject is not None and not speaks_of(_words(asked), subject):
            return f"redirected to another site, {got.host}, named after {subject}"
    return None


def leads_elsewhere(asked: Url, got: Url) -> bool:
    """Whether redirects led to another owner's site and another page there, as far as URLs tell.

    Not where the first site only leads to pages of others, where the domain has the same name under another top-level
    domain, and where the last segment of the path is kept: that is a site that moved.
    """
    old, new = registrable_domain(asked.host), registrable_domain(got.host)
    if old is None or new is None or old == new or only_leads_on(asked.href):
        return False
    label, other = old.partition(".")[0], new.partition(".")[0]
    if label in other or other in label:
        return False
    tail = asked.path.rstrip("/").rpartition("/")[2]
    return not (tail and tail in got.path)


def only_leads_on(url: str) -> bool:
    """Whether a URL is of a site that leads to pages of others, such as a link shortener."""
    read = _read(url)
    domain = None if read is None else registrable_domain(read.host)
    return domain is None or domain in _SHORTENERS or len(domain.partition(".")[0]) < _SHORT_LABEL


def _words(url: Url) -> str:
    from urllib.parse import unquote

    return f"{url.host} {unquote(url.path)} {unquote(url.query)}"


def _plain(text: str) -> str:
    return " ".join(text[:_LONGEST].lower().split())


def _read(href: str) -> Url | None:
    try:
        return parse_url(href)
    except InvalidUrl:
        return None


def shares_words(one: str, other: str) -> bool:
    """Whether two titles have a word of some length in common."""
    return bool(_long_words(one) & _long_words(other))


def _long_words(text: str) -> frozenset[str]:
    return frozenset(word[:6] for word in re.findall(r"[^\W_]{4,}", _plain(text))) or frozenset((letters(text),))
