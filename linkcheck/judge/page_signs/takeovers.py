"""Signs that a page was taken over by someone else: the advertising for which lapsed domains are bought.

Gambling, pornography and pirated streams are news as well. So neither a word nor many words are a sign: it takes a title
that says nothing but phrases of advertising and perhaps a name, under a URL that does not speak of the subject. A page with
a date of publication is never one, nor is one that describes itself as an article, unless the URL now leads elsewhere.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from linkcheck.judge.titles.compare_titles import letters
from linkcheck.judge.url_traits.page_kind import is_home
from linkcheck.model import Answer, Outcome, PageFacts
from linkcheck.pages import is_notice
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
        r"(?:watch|full)\s+(?:movies?|episodes?)\s+online\s+free|free\s+(?:football|soccer|sports?)\s+streams?|123movies",
    ),
    (
        STREAMS,
        r"ดูหนังออนไลน์(?:ฟรี)?|nonton\s+(?:film|movie)\s+(?:gratis|online)|смотреть\s+онлайн\s+бесплатно|xem\s+phim\s+online",
    ),
)
_WEAK: tuple[tuple[str, str], ...] = (
    # What is advertised, in the words of its advertising; headlines have them too.
    (GAMBLING, r"(?:online|live|crypto|bitcoin)[\s-]?casinos?|casinos?\s+(?:bonus|online|en\s+ligne)|casin[òo]\s+online"),
    (
        GAMBLING,
        r"kasyn[oay]\s+(?:online|internetowe)|онлайн[\s-]казино|казино\s+вулкан|игровые\s+автоматы|オンラインカジノ",
    ),
    (
        GAMBLING,
        r"no\s+deposit\s+(?:bonus|casinos?)|free\s+spins|freispiele|tours\s+gratuits|giros\s+gr[aá]tis|betting\s+sites",
    ),
    (
        GAMBLING,
        r"(?:online|video)[\s-]?(?:slots?|poker|roulette)|sportsbook|sportwetten|paris\s+sportifs|apuestas\s+deportivas",
    ),
    (GAMBLING, r"ставки\s+на\s+спорт|apostas\s+esportivas|spielautomaten|cassinos?\s+online"),
    (ADULT, r"sex\s+videos?|xxx\s+porn|porn\s+videos?"),
    (STREAMS, r"(?:football|soccer)[\s-]streams?|watch\s+(?:live|online)"),
)
_FILLERS = re.compile(
    # Words that advertising of the kind has as well, and that on their own say nothing.
    r"\b(?:a|an|and|the|of|in|for|with|on|und|in|de|en|el|la|le|les|los|dan|di|yang|ve|i|e|y|et|и|на|в"
    r"|online|онлайн|site|sites|situs|siteler\w*|links?|alternatif|agen|bandar|game|games|play|играть|деньги"
    r"|slots?|judi|togel|toto|poker|casinos?|cassinos?|kasyn\w*|казино|bahis|bets?|betting|roulette|bola|cá\s+cược|bóng\s+đá"
    r"|porn\w*|порно\w*|xxx|sex|tube|hd|cams?|videos?|видео|hentai|bokep"
    r"|movies?|films?|фильмы|сериалы|episodes?|watch|смотреть|live|streams?|streaming|football|soccer|sports?"
    r"|veren|hari\s+ini|today|indonesia|sub|indo|viral)\b|สมัคร|ฟรี|ランキング|ออนไลน์|เว็บ|แตกง่าย"
)
_PROMISES = re.compile(
    r"\b(?:best|top|trusted|real\s+money|play\s+now|sign\s?up|join\s+now|win\s+big|bonus(?:es|u)?|free|hd|jackpot|login|daftar"
    r"|terpercaya|terbaik|resmi|gr[aá]tis|gampang\s+(?:menang|cuan)|uy\s+tín|güvenilir|güncel|giriş|beste[rn]?|mejor(?:es)?"
    r"|meilleurs?|migliori|melhores|najlepsze|лучш\w+|бесплатно)\b|อันดับ\s?1|เว็บตรง|推荐|官网|추천|おすすめ"
)
_TIMES = re.compile(r"\b(?:20[2-4]\d|terbaru)\b")
_SUBJECTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    # What an article or a URL about the subject has in it. Words begin where these do: "alphabet" is not about bets.
    (
        GAMBLING,
        re.compile(
            r"\b(?:[ck]asin[oò]|cassino|slots?\b|poker|togel\b|judi\b|gambl|lotter|lotto\b|jackpot|bingo\b|roulett|sportwett"
            r"|wetten?\b|wettb[uü]|glücks?spiel|gluecksspiel|spielbank|spielhall|spielsucht|spielautomat|jeux? d"
            r"|paris? sport|apuest|scommess|azzardo|apostas?\b|ludopat|kansspel|gokken|gokk|kumar|bahis|igaming"
            r"|bets?\b|betting|bet\d|wager|bookm|kasyn|zakład|казин|ставк|азарт|букмек|игровы|taruhan|toto\b|togel)"
            r"|лотере|博彩|赌|カジノ|賭|ギャンブル|도박|카지노|การพนัน|พนัน|สล็อต|คาสิโน|cá\s?cược|cờ\s?bạc|قمار|مراهن"
        ),
    ),
    (
        ADULT,
        re.compile(
            r"\b(?:porn|sex\b|sexual|sexo\b|sexe\b|sex work|xxx\b|nudi|erotic|érot|escorts?\b|adult\b|adults\b|onlyfans"
            r"|prostitu|bordell|hentai|bokep|порн|секс|pornogr)|色情|成人|アダルト|포르노"
        ),
    ),
    (STREAMS, re.compile(r"\b(?:streams?\b|streaming|pira[ct]|123movies|nonton|стрим|трансляц|пират)|ดูหนัง")),
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
    *("poker", "roulette", "казино"),
)
"""One of these is in whatever the patterns find."""
_IN_HOST = re.compile(r"(?:football|soccer|sports?|free)-?streams?\d*|gacor|togel|judi|slot\d+|xxx|1xbet")
"""Parts of names of hosts that no machine moves an article to."""
_AVOIDED = re.compile(
    r"viagra|cialis|xanax|tramadol|canadian pharmacy|essay writ|my essay|payday loan|replica (?:rolex|watch)|スーパーコピー"
    r"|1xbet|1хбет|bet365|betway|体育官|体育app|体育平台|娱乐城|官方网站|登录入口|рабочее зеркало|казино|escort serv"
    r"|call girls|this domain|domain name|for sale\b|zu verkaufen|zum verkauf|à vendre|en venta|продаётся|продается|出售"
)
"""What no machine writes the URL of, and what is not a sign on its own: pages of shops, of news, of dictionaries have it
too.
"""
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
_LONGEST = 300


class Spam(Struct, frozen=True):
    """What a title advertises: how many phrases of spam (`strong`) and of advertising (`weak`) it has, and what else.

    `promises` says that it promises something. `others` are the words that belong to none of it.
    """

    subject: str
    strong: int
    weak: int
    promises: bool
    others: tuple[str, ...]

    @property
    def is_bare(self) -> bool:
        """Whether the title is nothing but advertising."""
        return not self.others and (self.strong > 0 or (self.weak > 0 and self.promises))

    @property
    def is_unmistakable(self) -> bool:
        """Whether the title is nothing but advertising, and more of it than any article has for its title."""
        least = 3 if self.subject == STREAMS else 2
        return self.is_bare and self.strong > 0 and self.strong + self.weak + self.promises >= least

    @property
    def fills_a_title(self) -> bool:
        """Whether the title is nothing but advertising, and so no title of a certain article."""
        if self.subject == STREAMS:
            return self.is_unmistakable
        return self.is_bare and (self.strong > 0 or self.weak > 1)

    def advertises(self, host: str) -> bool:
        """Whether the title is advertising, and the name of the host at most: "Danger of online gambling" is not a name."""
        if self.subject == STREAMS:
            return self.is_unmistakable
        return self.is_bare or (self.strong > 0 and len(self.others) == 1 and (self.promises or self.others[0] in host))


@lru_cache(maxsize=4096)
def spam_of(text: str) -> Spam | None:
    """What a text advertises; None if it has no phrase of these kinds."""
    plain = _plain(text)
    if not any(map(plain.__contains__, _STEMS)):
        return None
    seen = [_seen(subject, plain) for subject in (GAMBLING, ADULT, STREAMS)]
    loudest = max(seen, key=lambda spam: (spam.strong, spam.weak))
    return loudest if loudest.strong or loudest.weak else None


def _seen(subject: str, plain: str) -> Spam:
    """The matches of a subject. No word counts twice."""
    rest, strong = _strong_of(subject).subn(" \u0000 ", plain)
    rest, weak = _weak_of(subject).subn(" \u0000 ", rest)
    rest, promises = _PROMISES.subn(" \u0000 ", rest)
    rest = _FILLERS.sub(" ", _TIMES.sub(" ", rest))
    others = tuple(word for word in re.findall(r"[^\W_]+", rest) if not any(map(str.isdigit, word)))
    return Spam(subject, strong, weak, promises > 0, others)


@lru_cache(maxsize=3)
def _strong_of(subject: str) -> re.Pattern[str]:
    return re.compile("|".join(pattern for name, pattern in _STRONG if name == subject))


@lru_cache(maxsize=3)
def _weak_of(subject: str) -> re.Pattern[str]:
    return re.compile("|".join(pattern for name, pattern in _WEAK if name == subject))


def speaks_of(text: str, subject: str) -> bool:
    """Whether a text, or the words of a URL, are about a subject at all."""
    words = re.sub(r"[\W_]+", " ", _plain(text))
    return any(name == subject and pattern.search(words) for name, pattern in _SUBJECTS)


def taken_over(outcome: Outcome, answer: Answer) -> str | None:
    """What shows that a link leads to someone else's advertising, in one clause; None if nothing does.

    By the outcome alone: the article is heard afterwards, and may vouch for the page.
    """
    page = answer.page
    if page is None or answer.vouched or page.published is not None:
        return None
    title = page.title or page.og_title or ""
    spam = spam_of(title)
    requested, got = _read(outcome.url), _read(answer.url)
    if spam is None or requested is None or got is None or speaks_of(_words(requested), spam.subject):
        return None
    changed = bool(outcome.hops) and leads_elsewhere(requested, got)
    if changed and (spam.is_unmistakable if is_article(page, answer.url) else spam.advertises(got.host)):
        return f"redirected to another site, {got.host}, with {spam.subject} in its title {title[:200]!r}"
    if (
        spam.is_unmistakable
        and not is_article(page, answer.url)
        and not is_home(got)
        and not speaks_of(got.host, spam.subject)
    ):
        return f"its title {title[:200]!r} advertises {spam.subject}"
    return None


def is_article(page: PageFacts, href: str) -> bool:
    """Whether a page describes itself as an article: by its date, or by a preview next to a canonical URL of its own."""
    if page.published is not None:
        return True
    url = _read(href)
    if url is None or (page.og_title is None and page.og_image is None):
        return False
    owns = (_read(each) for each in page.canonicals)
    return any(own is not None and own.host == url.host and not is_home(own) for own in owns)


def is_promoted(old: str, url: str, page: PageFacts | None) -> bool:
    """Whether a page or its URL looks so much like advertising or a notice that no machine may write it for `old`.

    It takes far less than to call a page taken over, because nothing is lost where a person writes the URL.
    """
    requested, got = _read(old), _read(url)
    if requested is None or got is None or any(map(_IN_HOST.fullmatch, _parts(got.host))):
        return True
    if (registrable_domain(requested.host) or requested.host) in got.path + got.query and not only_leads_on(url):
        return True  # a marketplace, where domains are sold
    texts = (page.title, page.og_title, page.heading) if page is not None else ()
    return any(text and _promotes(text) for text in texts)


def _parts(host: str) -> Iterator[str]:
    for label in host.split("."):
        yield label
        yield from label.split("-")


def _promotes(text: str) -> bool:
    spam = spam_of(text)
    if spam is not None and (spam.strong or (spam.weak and spam.promises and len(spam.others) <= 1)):
        return True
    return _AVOIDED.search(_plain(text)) is not None or is_notice(text)


def leads_elsewhere(requested: Url, got: Url) -> bool:
    """Whether redirects led to another owner's site and another page there, as far as URLs tell.

    Not where the first site only leads to pages of others, where the domain has the same name under another top-level
    domain, and where the last segment of the path is kept: that is a site that moved.
    """
    old, new = registrable_domain(requested.host), registrable_domain(got.host)
    if old is None or new is None or old == new or only_leads_on(requested.href):
        return False
    label, other = old.partition(".")[0], new.partition(".")[0]
    if label in other or other in label:
        return False
    tail = requested.path.rstrip("/").rpartition("/")[2]
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
