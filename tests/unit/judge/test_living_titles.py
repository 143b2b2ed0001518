"""Pages whose title has nothing in common with the article's: those that are living are no alarm, those replaced are.

Each is a page as an archive of news meets it. A line says what the article is called, what the page is called, and what
else is known of both: `url`, `to` (where redirects lead), their `status`, the article's `date`, and facts of the page.
"""

from typing import Any

import pytest

from linkcheck.judge import JudgeOptions, verdict
from linkcheck.judge.rules import title_mismatch
from linkcheck.model import (
    Answer,
    Article,
    Evidence,
    Hop,
    Json,
    JsonLd,
    Link,
    LinkResult,
    Location,
    Outcome,
    PageFacts,
    Probe,
    Role,
    Span,
    Target,
)

URL = "https://gazette.example/2021/06/council-rejects-harbour-plan"
COUNCIL = "Council rejects plan for the old harbour"
DATE = "2021-06-18T10:57:00Z"
FAR = "2024-05-01T08:00:00Z"

REWRITTEN = """
Council rejects plan for the old harbour | Eleven to nine: no hotels at the pier
Council rejects plan for the old harbour | What happened on a long night in the town hall
Mayor bans cameras | Filming in meetings is over, says town chief
Angela Merkel | The chancellor steps down after sixteen years
The chancellor says goodbye | Angela Merkel
AI | The year of the machine
42 | Why the answer matters more than the question
1984 | Orwell's novel, read again
Obituary | A gardener who changed the way cities look
"We will not be moved" | Tenants stay put as bulldozers arrive
WE WILL NOT BE MOVED | Tenants stay put as bulldozers arrive
🚀🚀🚀 | Launch day at the cape
Launch day at the cape | 🚀
Night trains return to the coast line | From June you can sleep your way to the sea
Night trains return to the coast line | Zugfahren über Nacht: Was Reisende wissen müssen
Tesla recalls half a million cars | Elon Musk's worst week so far
Why bees die | The silent spring of the honey makers
Ukraine war: day 120 | Fighting goes on around Sievierodonetsk
Opinion: we need to talk about cars | The road less travelled
Letter from the editor | On hope, in dark times
Podcast episode 34 | Talking to farmers about the weather
Five questions for the minister | "Nobody will be left behind"
What we know so far | Blast in port kills four
Live: results as they come in | Incumbent keeps seat by a hair
Photo of the day | Fog over the estuary
Kurz notiert | Ampel vor der Schule kommt
Stadtrat lehnt Hafenplan ab | Elf zu neun: keine Hotels am Pier
Kommentar: Mut statt Angst | Warum wir neu anfangen müssen
Le conseil rejette le projet du port | Onze contre neuf : pas d'hôtels sur la jetée
El pleno rechaza el plan del puerto | Once contra nueve: sin hoteles en el muelle
Il consiglio boccia il piano del porto | Undici a nove: niente alberghi sul molo
A câmara rejeita o plano do porto | Onze contra nove: sem hotéis no cais
Raad wijst havenplan af | Elf tegen negen: geen hotels op de pier
Rada odrzuca plan portu | Jedenaście do dziewięciu: bez hoteli na molo
Городской совет отклонил план гавани | Одиннадцать против девяти: гостиниц не будет
Меклис ліман планын қабылдамады | Он бірге қарсы тоғыз: қонақүй болмайды
Belediye liman planını reddetti | On bire karşı dokuz: iskelede otel yok
市议会否决旧港计划 | 十一比九：码头不建酒店
市議会が旧港計画を否決 | １１対９：桟橋にホテルなし
시의회, 옛 항구 계획 부결 | 11대 9: 부두에 호텔은 없다
สภาเมืองไม่รับแผนท่าเรือเก่า | สิบเอ็ดต่อเก้า: ไม่มีโรงแรม
المجلس يرفض خطة الميناء القديم | أحد عشر مقابل تسعة: لا فنادق
המועצה דחתה את תוכנית הנמל | אחד עשר מול תשעה: בלי מלונות
परिषद ने बंदरगाह योजना ठुकराई | ग्यारह बनाम नौ: कोई होटल नहीं
Hội đồng bác kế hoạch cảng cũ | Mười một trên chín: không có khách sạn
Το συμβούλιο απορρίπτει το σχέδιο | Έντεκα προς εννέα: χωρίς ξενοδοχεία
"""
"""A new headline under the old URL, without any other sign."""

TRANSLATED = """
Council rejects plan for the old harbour | Stadtrat lehnt Pläne am Pier ab | de
Council rejects plan for the old harbour | Le conseil municipal dit non aux hôtels | fr
Council rejects plan for the old harbour | El ayuntamiento dice no a los hoteles | es
Council rejects plan for the old harbour | Il comune dice no agli alberghi | it
Council rejects plan for the old harbour | Город отказался от гостиниц | ru
Council rejects plan for the old harbour | 市议会否决旧港计划 | zh
Council rejects plan for the old harbour | 市議会が旧港計画を否決 | ja
Council rejects plan for the old harbour | 시의회, 옛 항구 계획 부결 | ko
Council rejects plan for the old harbour | المجلس يرفض خطة الميناء القديم | ar
Council rejects plan for the old harbour | สภาเมืองไม่รับแผนท่าเรือเก่า | th
Council rejects plan for the old harbour | Kaupunginvaltuusto hylkäsi satamasuunnitelman | fi
Council rejects plan for the old harbour | A városi tanács elutasította a kikötői tervet | hu
Stadtrat lehnt den Plan für den alten Hafen ab | Eleven to nine: no hotels at the pier | en
Le conseil rejette le projet du vieux port | Eleven to nine: no hotels at the pier | en
市議会が旧港計画を否決 | Eleven to nine: no hotels at the pier | en
Городской совет отклонил план гавани | Eleven to nine: no hotels at the pier | en
Влада усвојила нови закон | Vlada usvojila novi zakon o medijima | sr
Putin vystupil s rechyu pered parlamentom | Путин выступил с речью перед парламентом | ru
Volodymyr Zelenskyy visits the front | Зеленський відвідав передову | uk
フェイスブックが規約変更 | Facebook updates its terms of service | en
"""
"""The same article in another language or script, with a date as far off as a new translation has."""

ALIKE = """
中国发射新一代载人飞船 | 中國發射新一代載人飛船 | 聯合報
美国总统宣布对欧洲加征关税 | 美國總統宣佈向歐洲加徵關稅
国务院发布经济数据 | 國務院公布經濟數據
ﾌｪｲｽﾌﾞｯｸが規約変更 | フェイスブック、利用規約を変更へ
フェイスブックが新しい規約を公開 | Facebook、新規約を発表
ＡＩが変える働き方 | AIが変える私たちの働き方とは
日本の首相が辞任を表明 | 首相が辞任表明 | 日経
「首相辞任」号外 | 岸田首相、辞任へ
정부, 새 아파트 규제 발표 | 정부가 발표한 아파트 규제 총정리
ราคาน้ำมันขึ้นอีกครั้ง | ราคาน้ำมันขึ้น - ข่าว
MÜNCHEN BAUT NEUE U-BAHN | Muenchen: Neue U-Bahn kommt
ΟΙ ΑΓΡΟΤΕΣ ΚΛΕΙΝΟΥΝ ΤΟΥΣ ΔΡΟΜΟΥΣ | Οι αγρότες κλείνουν δρόμους
IŞIK HIZINDA SEYAHAT MÜMKÜN MÜ | Işık hızında seyahat mümkün mü?
İSTANBUL'DA YENİ METRO AÇILDI | istanbul: yeni metro hattı
ÉTÉ À LA MER: OÙ ALLER | Ou aller a la mer cet ete
SMØRREBRØD I KØBENHAVN | Smorrebrod: Koebenhavn spiser
الحكومة تعلن خطة جديدة للنقل | خطة نقل جديدة من حكومة البلاد
Kohleausstieg kostet Milliarden | Ausstieg aus der Kohle: teuer
Hallitus esitti budjettia eduskunnalle | Budjetti: eduskunta kuuli esityksen
Mayors ban cameras | Mayor bans camera
Facebook&amp;#8217;s new rules | FACEBOOKS NEW RULES
""".replace(" | 聯合報", " - 聯合報").replace(" | 日経", " - 日経")
"""One title in two spellings, or one that was edited: on another domain, in another year, and still the article's."""

SHELLS = """
Loading...
Loading…
Please wait
Just a moment...
One moment, please...
Home
Home | Welcome
Startseite
Accueil
Inicio
Главная страница
首页
ホーム
Загрузка…
読み込み中...
Redirecting
Untitled Document
React App
Vite + React + TS
Create Next App
Gazette
The Gazette
Gazette.example
Welcome to the Gazette
Gazette - News, sport and weather from the county
The Gazette | Latest news from the coast and the hills
Gazette: your town, your stories, every day
(3) Gazette
(99+) Gazette | Home
Video Player
Watch now
Watch Live TV
Watch | Gazette
Listen live
Embedded player
PDF.js viewer
PDF Viewer
View PDF
annual-report-2021_final.pdf
Microsoft Word - press release 12.doc
Layout 1
E-Paper
Flipbook
Print
You need to enable JavaScript to run this app.
Log in
Access Denied
Page not found
Under construction
Herald Publishing Group
"""
"""Titles of pages that scripts fill in, of viewers and of walls."""

Facts = dict[str, Any]
SITUATIONS: list[tuple[str, str, str, Facts]] = [
    ("a date of the same day", COUNCIL, "Kitchens made to measure", {"published": "2021-06-18T12:00:00+02:00"}),
    ("a date of the day before", COUNCIL, "Kitchens made to measure", {"published": "2021-06-17"}),
    (
        "a date of the same day, on another domain",
        COUNCIL,
        "Kitchens made to measure",
        {"to": "https://other-house.example/kitchens/list", "published": "2021-06-18"},
    ),
    (
        "a date of the same day in JSON-LD, and another canonical URL",
        COUNCIL,
        "Kitchens made to measure",
        {"canonicals": ("https://gazette.example/kitchens",), "json_ld": JsonLd(published="2021-06-19T00:00:00Z")},
    ),
    (
        "a short link",
        COUNCIL,
        "No hotels at the pier",
        {"url": "https://bit.ly/3xYz", "to": "https://tribune.example/pier-vote"},
    ),
    (
        "a short link of X",
        COUNCIL,
        "No hotels at the pier",
        {"url": "https://t.co/abcDEF", "to": "https://tribune.example/a"},
    ),
    (
        "a short link of a newspaper",
        COUNCIL,
        "No hotels here",
        {"url": "https://nyti.ms/3x", "to": "https://www.nytimes.com/a/b"},
    ),
    (
        "a short link of a domain nobody knows",
        COUNCIL,
        "No hotels at the pier tonight",
        {"url": "https://sho.rt-links.example/Ab3dE", "to": "https://tribune.example/pier-vote"},
    ),
    (
        "a link of a newsletter that counts clicks",
        COUNCIL,
        "No hotels at the pier tonight",
        {"url": "https://click.letters.example/?qs=8f3a9c", "to": "https://tribune.example/pier-vote", "status": 302},
    ),
    (
        "a newsletter of Mailchimp",
        COUNCIL,
        "Friday letter: pies, piers and pubs",
        {"url": "https://mailchi.mp/1a2b3c", "to": "https://us1.campaign-archive.com/?u=1&id=2"},
    ),
    (
        "the aggregator that leads to the source",
        COUNCIL,
        "No hotels at the pier tonight",
        {"url": "https://news.google.com/rss/articles/CBMiabc", "to": "https://tribune.example/pier-vote", "status": 302},
    ),
    (
        "a publisher's second domain",
        COUNCIL,
        "No hotels at the pier tonight",
        {"url": "https://www.bbc.co.uk/news/uk-1234-harbour", "to": "https://www.bbc.com/articles/c99x", "status": 302},
    ),
    (
        "a publisher's longer domain",
        COUNCIL,
        "No hotels at the pier tonight",
        {"url": "https://www.guardian.co.uk/uk/harbour-plan", "to": "https://www.theguardian.com/x/pier"},
    ),
    (
        "a publisher's domain with a hyphen",
        COUNCIL,
        "No hotels at the pier tonight",
        {"url": "https://www.thesun.co.uk/news/harbour-plan", "to": "https://www.the-sun.com/x/pier-vote"},
    ),
    (
        "another country's edition, for the moment",
        COUNCIL,
        "Keine Hotels am Pier in dieser Stadt",
        {"url": "https://www.gazette.com/a-harbour-plan", "to": "https://www.gazette.de/pier", "status": 302, "lang": "de"},
    ),
    (
        "a new domain with the same path",
        COUNCIL,
        "No hotels at the pier tonight",
        {"to": "https://townpress.example/2021/06/council-rejects-harbour-plan"},
    ),
    (
        "a new domain with the same words and another path",
        COUNCIL,
        "No hotels at the pier tonight",
        {"to": "https://townpress.example/news/harbour-plan-rejected.html"},
    ),
    (
        "a new domain with the same number",
        COUNCIL,
        "No hotels at the pier tonight",
        {"url": "https://gazette.example/2021/06/48213-x", "to": "https://townpress.example/?p=48213"},
    ),
    (
        "a new domain whose URL speaks of the article",
        COUNCIL,
        "No hotels at the pier tonight",
        {"url": "https://gazette.example/2021/06/a-b-c", "to": "https://townpress.example/old-harbour"},
    ),
    (
        "an unknown wall on another domain",
        COUNCIL,
        "Your choices about advertising partners matter",
        {"to": "https://myid.publisher-group.example/decide", "status": 302},
    ),
    (
        "the evergreen page of the URL, published again",
        "Ten laptops to buy this autumn",
        "Best notebook computers, tested",
        {"url": "https://gazette.example/best-notebook", "published": FAR},
    ),
    (
        "a page with a new date, and its publisher's name behind the title",
        COUNCIL,
        "Everything you need to know about the waterfront | The Gazette",
        {"published": FAR},
    ),
    (
        "a page with a new date, and its publisher's name beside the title",
        COUNCIL,
        "Everything you need to know about the waterfront",
        {"published": FAR, "site_name": "Herald Publishing Group"},
    ),
    *(
        (
            f"an evergreen page with a new date, {how}",
            COUNCIL,
            "Waterfront zoning: what every plan costs",
            facts,
        )
        for how, facts in (
            ("that names nobody", {"published": FAR}),
            ("that is its own canonical page", {"published": FAR, "canonicals": (URL,)}),
            ("by its publisher in JSON-LD", {"json_ld": JsonLd(published=FAR, publisher="Herald Publishing Group")}),
            ("by a brand of its publisher", {"published": FAR, "site_name": "Herald Money"}),
            ("by a brand of its host", {"published": FAR, "site_name": "Gazette+"}),
            ("by its name in another script", {"published": FAR, "site_name": "香港日報"}),
        )
    ),
    *(
        (
            f"an evergreen page {how}",
            COUNCIL,
            title,
            {"published": FAR, "url": "https://gazette.example/money/council-rejects-harbour-plan"},
        )
        for how, title in (
            ("of a section of its site", "Waterfront zoning: what every bit costs | Money"),
            ("with half a headline behind a dash", "Waterfront zoning this year \u2013 every bit it costs"),
        )
    ),
    (
        "a link of a newsletter with a name of its script",
        COUNCIL,
        "No hotels at the pier tonight",
        {
            "url": "https://r20.rs6.example/tn.jsp?f=001abc",
            "to": "https://tribune.example/pier",
            "canonicals": ("https://tribune.example/pier",),
            "status": 302,
        },
    ),
    (
        "a short link with hyphens",
        COUNCIL,
        "No hotels at the pier tonight",
        {"url": "https://lnk.news-house.example/x8K-Jq2m", "to": "https://tribune.example/pier"},
    ),
    (
        "a page with a new date, under a URL without words",
        COUNCIL,
        "No hotels at the pier tonight",
        {"url": "https://gazette.example/story/48213", "published": FAR},
    ),
    (
        "a page with a new date, under a URL of general words",
        COUNCIL,
        "No hotels at the pier tonight",
        {"url": "https://gazette.example/news/article.php?id=7", "published": FAR},
    ),
    (
        "a page older than the article",
        COUNCIL,
        "No hotels at the pier tonight",
        {"published": "2016-02-01"},
    ),
    ("an article without a date", COUNCIL, "No hotels at the pier tonight", {"date": None, "published": FAR}),
    ("a page whose date is a zero value", COUNCIL, "No hotels at the pier tonight", {"published": "1970-01-01"}),
    (
        "a video with the date of its upload",
        COUNCIL,
        "GOPR0012 pier pier pier",
        {
            "url": "https://www.youtube.com/watch?v=harbour-pla",
            "og_image": "https://i.example/a.jpg",
            "published": FAR,
            "og_title": "GOPR0012 pier pier pier",
        },
    ),
    (
        "another canonical URL with the article's words",
        COUNCIL,
        "No hotels at the pier tonight",
        {"canonicals": ("https://gazette.example/news/harbour-vote",)},
    ),
    (
        "another canonical URL with the article's number",
        COUNCIL,
        "No hotels at the pier tonight",
        {"url": "https://gazette.example/a-48213", "canonicals": ("https://gazette.example/no-hotels-48213",)},
    ),
    (
        "another canonical URL for a number",
        COUNCIL,
        "No hotels at the pier tonight",
        {"url": "https://gazette.example/?p=48213", "canonicals": ("https://gazette.example/no-hotels",)},
    ),
    (
        "the original at another publisher, by the canonical URL",
        COUNCIL,
        "No hotels at the pier tonight",
        {"url": "https://www.msn.com/en-us/news/other/harbour-plan/ar-1", "canonicals": ("https://tribune.example/pier",)},
    ),
    (
        "a home page as the canonical URL",
        COUNCIL,
        "No hotels at the pier tonight",
        {"canonicals": ("https://gazette.example/",)},
    ),
    (
        "a section as the canonical URL, as broken templates name it",
        COUNCIL,
        "No hotels at the pier tonight",
        {"canonicals": ("https://gazette.example/politics/",)},
    ),
    (
        "two canonical URLs",
        COUNCIL,
        "No hotels at the pier tonight",
        {"canonicals": ("https://gazette.example/a", "https://gazette.example/b")},
    ),
    (
        "the excerpt speaks of the page's title",
        "The end of an era",
        "Ferry to the islands stops after ninety years",
        {"url": "https://gazette.example/the-end-of-an-era", "published": FAR, "excerpt": "The ferry sails no more."},
    ),
    (
        "the site's preview has the title",
        COUNCIL,
        "Local news and weather for the county",
        {"og_title": "Council rejects plan for the old harbour", "published": FAR},
    ),
    ("the main heading has the title", COUNCIL, "Local news and weather", {"heading": COUNCIL, "published": FAR}),
    ("JSON-LD has the title", COUNCIL, "Local news and weather", {"json_ld": JsonLd(headline=COUNCIL), "published": FAR}),
    (
        "a very long title",
        COUNCIL,
        f"{'Word after word about everything that ever was ' * 8} and the old harbour plan that the council rejects",
        {"published": FAR},
    ),
    (
        "a social network's page behind a short link",
        COUNCIL,
        "(3) Facebook",
        {"url": "https://fb.me/1a2b", "to": "https://www.facebook.com/gazette/posts/1"},
    ),
]

FOUND: list[tuple[str, str, str, Facts]] = [
    *(
        (f"replaced under its URL by: {title}", COUNCIL, title, {"published": FAR, "site_name": "Nice Things"})
        for title in (
            "Kitchens made to measure for every budget",
            "Buy cheap running shoes online",
            "The best vape juices delivered to your door",
            "Payday loans with instant approval",
            "Top ten VPN services compared",
            "Your horoscope for the coming week",
            "Wedding photographers in Ohio",
            "How to lose weight in thirty days",
            "Cheap flights to Thailand and Bali",
            "Essay writing service for students",
            "Crypto trading signals for beginners",
            "Plumber near me, open all night",
            "Best mattresses reviewed and ranked",
            "Dentist in downtown Phoenix",
            "Free coupons and promo codes",
            "SEO agency with guaranteed results",
        )
    ),
    *(
        (f"led to another owner's: {title}", ours, title, {"url": url, "to": to, "status": status})
        for ours, title, url, to, status in (
            (COUNCIL, "Kitchens made to measure for all", URL, "https://kitchens.example/offers", 301),
            (COUNCIL, "Buy cheap running shoes online", URL, "https://shoe-shop.example/running", 301),
            (COUNCIL, "Cheap flights to Thailand and Bali", URL, "https://flights.example/asia/thailand", 308),
            (COUNCIL, "Insurance quotes in two minutes", URL, "https://quotes.example/car/compare", 301),
            (
                "Night trains return to the coast",
                "Summer offers for big families",
                "https://trains.example/2021/night",
                "https://travel.example/offers/summer",
                301,
            ),
            (
                "Stadtrat lehnt den Plan für den Hafen ab",
                "Küchen nach Maß für jedes Budget",
                "https://zeitung.example/2021/stadtrat-hafen",
                "https://moebel.example/angebote/neu",
                301,
            ),
            (
                "Le conseil rejette le projet du vieux port",
                "Cuisines sur mesure pour tous les budgets",
                "https://journal.example/2021/vieux-port-projet",
                "https://meubles.example/offres/neuf",
                301,
            ),
            (
                "El pleno rechaza el plan del puerto",
                "Zapatillas baratas para correr",
                "https://diario.example/2021/plan-del-puerto",
                "https://tienda.example/ofertas/correr",
                301,
            ),
            (
                "Городской совет отклонил план гавани",
                "Кухни на заказ недорого и быстро",
                "https://gazeta.example/2021/plan-gavani",
                "https://mebel.example/kuhni/nedorogo",
                301,
            ),
            (
                "市議会が旧港計画を否決",
                "格安航空券の比較サイト",
                "https://shimbun.example/2021/06/kyuko-keikaku",
                "https://travel.example/tickets/cheap",
                301,
            ),
            (
                "市议会否决旧港计划",
                "廉价跑步鞋网上购买",
                "https://ribao.example/2021/06/jiugang-jihua",
                "https://shop.example/shoes/cheap",
                301,
            ),
            (
                "สภาเมืองไม่รับแผนท่าเรือเก่า",
                "รองเท้าวิ่งลดราคาพิเศษ",
                "https://khao.example/2021/06/old-harbour-plan",
                "https://shop.example/shoes/sale",
                301,
            ),
            (
                "Belediye liman planını reddetti",
                "Ucuz koşu ayakkabıları burada",
                "https://haber.example/2021/06/liman-plani",
                "https://magaza.example/ayakkabi/ucuz",
                301,
            ),
            (
                "Rada odrzuca plan starego portu",
                "Tanie buty sportowe w promocji",
                "https://dziennik.example/2021/plan-portu",
                "https://sklep.example/buty/promocja",
                301,
            ),
        )
    ),
    *(
        (f"another page by its canonical URL: {canonical}", COUNCIL, title, {"canonicals": (canonical,)})
        for title, canonical in (
            ("Kitchens made to measure for all", "https://gazette.example/shop/kitchens-made-to-measure"),
            ("Everything about sports in the county", "https://gazette.example/sports/all-about-county-sports"),
            ("All jobs and careers near you", "https://gazette.example/jobs/all"),
            ("Puzzles, games and crosswords daily", "https://gazette.example/puzzles/daily-crossword-games"),
            ("Subscribe today for half price", "https://gazette.example/offers/half-price"),
            ("Weather forecast: seven days ahead", "https://gazette.example/weather/seven-days-ahead"),
        )
    ),
    (
        "for the moment to another owner's page that calls itself an address",
        COUNCIL,
        "Buy cheap running shoes online",
        {"to": "https://shoes.example/a", "status": 302, "canonicals": ("https://shoes.example/a",)},
    ),
    (
        "in another language, by two signs",
        COUNCIL,
        "Laufschuhe für die ganze Familie und den Hund",
        {"to": "https://schuhe.example/angebote/neu", "published": FAR, "lang": "de"},
    ),
    (
        "in another script, by two signs",
        COUNCIL,
        "廉价跑步鞋网上购买",
        {"to": "https://xie.example/angebote/neu", "published": FAR, "lang": "zh"},
    ),
    (
        "a page of two words, by two signs",
        COUNCIL,
        "Running Shoes",
        {"to": "https://shoes.example/offers/a", "published": FAR},
    ),
    (
        "a page of another year under another site's name",
        COUNCIL,
        "Instant payday loans with approval | Loans4You",
        {"published": FAR, "site_name": "Loans4You"},
    ),
    *(
        (f"a page of another year under another site's name, behind {what}", COUNCIL, title, {"published": FAR, **facts})
        for what, title, facts in (
            ("a bar", "Instant payday loans with approval | Loans4You", {}),
            ("its headline", "Instant payday loans \u2013 Loans4You", {"og_title": "Instant payday loans"}),
        )
    ),
    (
        "a page of another year of another publisher, by JSON-LD",
        COUNCIL,
        "Payday loans with instant approval",
        {"json_ld": JsonLd(published=FAR, headline="Instant approval for payday loans", publisher="Loans4You")},
    ),
    (
        "a page of another year and language under another site's name",
        COUNCIL,
        "Laufschuhe für die ganze Familie und den Hund",
        {"published": FAR, "site_name": "Schuhparadies", "lang": "de"},
    ),
]


def pairs(lines: str) -> list[list[str]]:
    return [[part.strip() for part in line.split(" | ")] for line in lines.splitlines() if line]


def signs_of(ours: str, title: str, facts: Facts) -> list[str]:
    """What says that the page of an article is another one, before graver findings make it redundant."""
    facts = dict(facts)
    url, to, status = facts.pop("url", URL), facts.pop("to", None), facts.pop("status", 301)
    data: dict[str, Json] = {"title": ours, "webUrl": url, "excerpt": facts.pop("excerpt", "")}
    date = facts.pop("date", DATE)
    if date is not None:
        data["publishedDateTime"] = date
    data["provider"] = {"name": "Herald Publishing Group"}
    page = PageFacts(title=title, **facts)
    hops = () if to is None else (Hop(url, status, to),)
    outcome = Outcome(url, Probe.PAGE, Answer(200, to or url, "text/html", page=page), hops=hops)
    link = Link(Location("a.md", Span(3, 6, 3, 20), "/webUrl"), Role.CANONICAL, url)
    result = LinkResult(link, Target(url, Probe.PAGE, url.split("/")[2]), verdict(outcome), outcome=outcome)
    article = Article("a.md", data=data, lines=("---", "title: x", "webUrl: x", "---"))
    evidence = Evidence(article, results=(result,))
    return [fault.message for fault in title_mismatch.check(evidence, JudgeOptions(now="2026-11-22T12:00:00Z"))]


@pytest.mark.parametrize(("ours", "theirs"), pairs(REWRITTEN))
def test_a_new_headline_alone_is_no_alarm(ours: str, theirs: str) -> None:
    assert not signs_of(ours, theirs, {})
    assert not signs_of(ours, f"{theirs} | The Gazette", {"published": "2021-06-20T23:00:00-05:00"})
    assert not signs_of(ours, theirs, {"url": "https://gazette.example/48213", "published": FAR})


@pytest.mark.parametrize(("ours", "theirs", "language"), pairs(TRANSLATED))
def test_a_translation_is_no_alarm(ours: str, theirs: str, language: str) -> None:
    for declared in (language, None):
        assert not signs_of(ours, theirs, {"published": FAR, "lang": declared})


@pytest.mark.parametrize(("ours", "theirs"), pairs(ALIKE))
def test_another_spelling_of_a_title_is_no_alarm(ours: str, theirs: str) -> None:
    moved = {"to": "https://townpress.example/x/y/z", "published": FAR}
    assert not signs_of(ours, theirs, moved)
    assert not signs_of(theirs, ours, moved)


@pytest.mark.parametrize("title", [line for line in SHELLS.splitlines() if line])
def test_a_title_that_says_nothing_is_no_alarm(title: str) -> None:
    assert not signs_of(COUNCIL, title, {"published": FAR})
    assert not signs_of(COUNCIL, title, {"to": "https://gazette.example/x", "published": FAR, "og_title": title})


@pytest.mark.parametrize(
    ("ours", "theirs", "facts"), [each[1:] for each in SITUATIONS], ids=[each[0] for each in SITUATIONS]
)
def test_a_living_page_is_no_alarm(ours: str, theirs: str, facts: Facts) -> None:
    assert not signs_of(ours, theirs, facts)


@pytest.mark.parametrize(("ours", "theirs", "facts"), [each[1:] for each in FOUND], ids=[each[0] for each in FOUND])
def test_a_page_that_was_replaced_is_found(ours: str, theirs: str, facts: Facts) -> None:
    assert len(signs_of(ours, theirs, facts)) == 1
