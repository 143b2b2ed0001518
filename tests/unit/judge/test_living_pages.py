"""Pages that live, and whose titles, headings, languages and redirects look like those of pages that do not.

A wrong alarm costs more than one that is missed, so none of these may be called suspect by what they say.
"""

from typing import Any

import pytest

from linkcheck.judge import JudgeOptions, judge, verdict
from linkcheck.judge.suspicion import SuspicionKind, suspicion
from linkcheck.model import (
    Answer,
    Article,
    Evidence,
    Hop,
    Json,
    Link,
    LinkResult,
    Location,
    Outcome,
    PageFacts,
    Probe,
    Role,
    Span,
    Target,
    VerdictKind,
)

LIVING = (VerdictKind.OK, VerdictKind.MOVED)
ALARMS = {"LC208", "LC226", "LC227", "LC228"}

TITLES = """
# On casinos and gambling
Macau casino revenue falls for the third month | The Gazette
New casino planned on the waterfront divides town council
Casino workers vote to strike over pay
Online casino operators face tougher rules from January
Government to tax online gambling at 21 per cent
Betting firms fined over free spins offers
Minister calls for ban on gambling advertising in football
How a slot machine works, and why the house always wins
Slots at the airport: why airlines fight for landing rights
Problem gambling clinic opens in Leeds
Lottery jackpot winner keeps job at bakery
Poker champion gives half of winnings to charity
Study: one in ten teenagers has bet online
Sports betting legal in 38 states, court says
The rise and fall of Atlantic City's casinos
Bookmakers cut odds on early election
Review: Casino, thirty years on
James Bond's Casino Royale returns to the big screen
Bingo hall to become flats
Crypto casino founder arrested in Lisbon
Spielautomaten sollen aus Gaststätten verschwinden
Online-Casino muss Spieler 120.000 Euro zurückzahlen
Glücksspielstaatsvertrag: Länder einigen sich auf neue Regeln
BGH urteilt über Sportwetten ohne Lizenz
Spielbank Wiesbaden meldet Rekordjahr
Casino de Deauville : cent ans d'histoire
Les paris sportifs explosent chez les jeunes
Jeux d'argent : le casino en ligne bientôt légal ?
El casino de Torrelodones cambia de dueño
La ludopatía crece con las apuestas deportivas en línea
Prohíben la publicidad de apuestas en el fútbol
Casinò di Campione, si riapre dopo tre anni
Gioco d'azzardo, la Regione stringe sulle slot
Cassinos podem voltar ao Brasil após 78 anos
Governo regula apostas esportivas online
Kansspelautoriteit beboet online casino zonder vergunning
Holland Casino schrapt banen
Kasyno w Sopocie do zamknięcia
Hazard online: rząd zapowiada nowe przepisy
В Сочи закрыли последнее подпольное казино
Госдума ужесточит правила для букмекеров
Türkiye'de yasa dışı bahis operasyonu: 40 gözaltı
Casino baskınında 12 kişi yakalandı
Polisi bongkar situs judi di Bandung
Kominfo blokir 5.000 situs judi online
Polda Metro tangkap bandar togel di Bekasi
Judi online marak, pemerintah bentuk satgas
Cảnh sát triệt phá đường dây cá cược bóng đá
Bộ Công an khởi tố nhà cái trực tuyến
ตำรวจจับเว็บพนันออนไลน์ เงินหมุนเวียนพันล้าน
澳门博彩业收入下降
警方捣毁网络赌博团伙
オンラインカジノ利用で書類送検
カジノ法案、参院で審議入り
강원랜드 카지노 매출 감소
온라인 도박 청소년 급증
Kasinobolaget bötfälls för bonusreklam
Spilleautomater forsvinder fra grillbaren
Casino Helsinki sulkee ovensa
Kaszinó épülhet a Balaton partján
Kasino v Praze čeká přísnější dohled
Cazinoul din Constanța, redeschis după restaurare
Το καζίνο στο Ελληνικό ανοίγει το 2027
הקזינו ביריחו: סיפור של עלייה ונפילה
افتتاح أكبر كازينو في الشرق الأوسط يثير الجدل
Situs kuno ditemukan di bawah stadion bola
Bandar udara baru dibuka hari ini
Kumpulan slot parkir gratis di pusat kota
Agen perjalanan terbaik tahun ini
Uy tín của nhà trường bị tổn hại
Bahis reklamlarına yasak geliyor
토토 사태, 구단들 긴장
百家乐风波：赌场经理被捕
Slot online booking for the palace reopens
Best online poker players of 2026 interviewed
Bonus veren şirketler listesi
Nhà cái bị bắt ở Hà Nội
บาคาร่าออนไลน์ ตำรวจจับ 20 คน
百家乐平台被查
# On domains and sales
Domain suspended after court order
Domain has expired: what next
Domain kaufen: so geht es
This website is for sale, and so is its archive
Buy gazette.example shares? Analysts say no
Registered at birth: the lost children
Our house is for sale | Notes from the valley
The house next door is for sale
Domain names for sale: a market report
Voice.com sold for 30 million dollars
This newspaper is for sale
Is your domain about to expire?
What happens when a domain expires
Village for sale: one careful owner
Newspaper group is for sale after 120 years
Historic pub is for sale for one pound
Football club is for sale, owner confirms
The domain name business, explained
How to buy a domain name
Buy now, regret later: the psychology of sales
Why parked domains are a security problem
The parking wars: how cities price the kerb
Parked cars block fire engine
Island for sale in the Hebrides
Registrar Sedo sells 12 million euros of domains
GoDaddy buys Uniregistry
Dan.com joins GoDaddy
Haus zu verkaufen: was Makler verschweigen
Diese Burg steht zum Verkauf
Domain verkauft: 1,2 Millionen für eine Adresse
Der Verkauf der Domain sex.com und seine Folgen
Château à vendre, fantôme compris
Le journal est à vendre
Noms de domaine : un marché de plusieurs milliards
Se vende pueblo abandonado en Soria
El castillo está en venta
In vendita l'isola di Budelli
Casa à venda em Lisboa: preços sobem 12%
Vuurtoren te koop op Terschelling
Dom na sprzedaż: na co uważać
Продаётся остров в Финском заливе
Satılık ada: Ege'de 20 milyon euro
Eladó kastély a Balaton-felvidéken
Hrad na prodej
Slott till salu i Skåne
Fyrtårn til salg
Saari myytävänä Turun saaristossa
豪宅出售：价格创新高
城を売ります
섬을 판매합니다
Rumah tua dijual murah
Expired: the short life of a start-up
Website for sale? What to ask before you buy
The site is for sale: what next for the old brewery
Parked: the art of the car park
Domain of the kings: excavation begins
Sedo Group reports loss
Above the clouds: a pilot remembers
Resources and information for new parents
# On what is missing
How we designed our 404 page
404 pages that make you smile
The art of the 404 page
Page not found: a history
Man not found in river, police say
Missing hiker not found after ten days
Wreck of the Norge not found: search ends
The 404 | Music
The 404: a podcast ends
Area code 404 runs out of numbers
Room 404
Error 404: democracy not found
Peugeot 404: the family car of the sixties
410 Gone: what it means for search engines
Why your page is not found by search engines
Lost and not found: my year without a phone
The page that cannot be found in any library
Article 50 does not exist, says professor
A city that does not exist
Removed statue returns to the square
Gone: the last cinema of the district
Content moderators removed: union protests
Nothing found in raid on editor's office
Not found wanting: a memoir
Hiker still missing: page one of a mystery
Vermisster Bergsteiger nicht gefunden
Schwarze Box nicht gefunden: Suche geht weiter
Eine Seite der Geschichte, die nicht verfügbar war
Le trésor reste introuvable
Introuvable : l'homme qui voulait disparaître
Avión desaparecido no encontrado tras un mes
Il testamento non trovato
O avião que nunca foi encontrado
Schat niet gevonden
Nie znaleziono sprawcy pożaru
Пропавший самолёт не найден
Kayıp gemi bulunamadı
Ztracený obraz nebyl nalezen
Nyckeln hittades inte
Skatten ble ikke funnet
Avain ei löytynyt
失踪飞机未找到
消えた船は見つかりません
실종자 찾을 수 없다
החולצה שלא נמצאה
الطائرة المفقودة لم يعثر عليها
Kapal hilang tidak ditemukan
Không tìm thấy tàu mất tích
Unavailable: the drug nobody can buy
Available now: the new timetable
Page removed from school book after protest
Document not found in archive, minister says
Article 13 deleted from treaty
# On pornography and its laws
UK porn law: age checks start in July
Court strikes down age verification for adult sites
Porn sites to ask for passports in France
How pornography changed the internet
MPs debate sex education
Revenge porn victims win case
Escort agency owner jailed
Nude painting returns to the museum
Sex and the City returns
Adult education college saved
Parents demand porn filter in schools
Pornografie im Netz: was Jugendliche sehen
Sexarbeit: Gesetz wird überprüft
Porno : la Cour valide le blocage des sites
Pornografía y menores: el debate
Porno, l'età minima e la privacy
Порнография и закон: что изменится
Pornografi online: hukum baru berlaku
成人影片业的法律困境
アダルトサイトの年齢確認
# On streams and pirates
Where to watch the cup final
Football streams: why fans turn to pirates
Police shut down illegal streaming ring
How to watch the eclipse live online
Live: election results as they come in
Watch: dolphins follow ferry into harbour
Champions League on TV: all fixtures
Free concert in the park on Saturday
Best free museums in the capital
Streaming gratuit : ce que dit la loi
Partidos de hoy: dónde ver el fútbol en vivo
Fußball live: So sehen Sie das Spiel
Calcio pirata, maxi operazione della Finanza
Прямая трансляция парада отменена
Nonton bareng final Piala Dunia di alun-alun
ถ่ายทอดสดฟุตบอลโลก คืนนี้
Bóng đá nữ Việt Nam thắng đậm
サッカー日本代表、今夜中継
The best films of 2026
Free live streams of the festival
Free football streams shut down by police
Nonton film gratis di taman kota
Top ten free things to do in Lisbon
# Plain news in many languages
City council opens new harbour bridge after four years
Login problems delay exam results
Bonus for nurses agreed
Best wines of the year 2026
Deposit scheme for bottles starts
Stadtrat eröffnet neue Hafenbrücke
Le conseil municipal inaugure le pont
El ayuntamiento inaugura el puente
Il comune inaugura il ponte
A câmara inaugura a ponte
Gemeenteraad opent brug
Rada miasta otwiera most
Городской совет открыл мост
Міська рада відкрила міст
Belediye yeni köprüyü açtı
市议会开放新大桥
市議会が新しい橋を開通
시의회 새 다리 개통
Dewan kota membuka jembatan baru
Hội đồng thành phố khánh thành cầu mới
สภาเมืองเปิดสะพานใหม่
المجلس البلدي يفتتح الجسر الجديد
מועצת העיר פתחה גשר חדש
नगर परिषद ने नया पुल खोला
Το δημοτικό συμβούλιο εγκαινίασε τη γέφυρα
Stadsfullmäktige inviger bron
Byrådet åbner broen
Kaupunginvaltuusto avasi sillan
A városi tanács megnyitotta a hidat
Městská rada otevřela most
"""

NAMED = [
    # host, title, and what else the page says
    ("gazette.example", "gazette.example", {}),
    ("gazette.example", "Gazette.example - News, sport and weather", {}),
    ("gazette.example", "Houses for sale | gazette.example", {}),
    ("gazette.example", "gazette.example: Houses for sale in the valley", {}),
    ("gazette.example", "Gazette.example is available on iOS and Android", {}),
    ("gazette.example", "Buy tickets at gazette.example", {}),
    ("gazette.example", "Gazette.example is for sale, says owner", {"published": "2024-05-12"}),
    ("gazette.example", "This domain is for sale", {"published": "2024-05-12"}),
    (
        "gazette.example",
        "This domain is for sale",
        {"canonicals": ("https://gazette.example/2024/05/12/48213",), "og_title": "This domain is for sale"},
    ),
    ("sedo.com", "Domain for sale | Sedo", {}),
    ("www.hugedomains.com", "story.example is for sale | HugeDomains", {}),
    ("domain.example", "Homes for sale and to rent | Domain", {}),
    ("gazette.example", "Council opens bridge | Gazette", {"heading": "Gazette"}),
    ("gazette.example", "How we designed our 404 page | Gazette", {"heading": "404"}),
    ("gazette.example", "Town news, sport and weather every day - The Gazette", {"heading": "Not found"}),
    ("gazette.example", "Gazette", {"heading": "Man not found in river, police say"}),
    ("gazette.example", "Our house is for sale", {"heading": "This house is for sale"}),
    ("gazette.example", "Why parked domains matter", {"parking": "Sedo"}),
    ("gazette.example", "Home", {"refresh": "https://gazette.example/404-reasons-to-stay"}),
    ("www.youtube.com", "Harbour bridge opens - YouTube", {"og_title": "Harbour bridge opens"}),
    ("www.youtube.com", "Casino heist explained - YouTube", {}),
    ("www.youtube.com", "404 - YouTube", {"og_title": "404", "og_image": "https://i.ytimg.example/a.jpg"}),
    (
        "www.youtube.com",
        "Video unavailable - YouTube",
        {"og_title": "Video unavailable", "og_image": "https://i.example/a.jpg"},
    ),
    ("vimeo.com", "Harbour on Vimeo", {}),
    ("vimeo.com", "The private video collection on Vimeo", {}),
    ("www.flickr.com", "Page not found in the old book | Flickr", {"og_title": "Page not found in the old book"}),
    ("x.com", None, {}),
    ("www.instagram.com", "Instagram", {}),
    ("www.facebook.com", "Facebook", {}),
    ("www.tiktok.com", "TikTok - Make Your Day", {}),
    ("www.twitch.tv", "Twitch", {}),
    ("archive.org", "Harbour plans, 1921 : Free Download, Borrow, and Streaming : Internet Archive", {}),
    ("open.spotify.com", "Harbour - song by The Bridges | Spotify", {}),
    ("medium.com", "Why I deleted my account | by A. Writer | Medium", {}),
    ("www.reddit.com", "Deleted scenes : r/movies", {}),
    ("docs.google.com", "Harbour budget - Google Sheets", {}),
    ("soundcloud.com", "Stream Harbour by The Bridges | Listen online for free on SoundCloud", {}),
    ("www.dailymotion.com", "Harbour bridge opens - Vidéo Dailymotion", {}),
    # shops, property and subjects, whose names say what they sell or tell
    ("www.yachtworld.com", "YachtWorld.com: for sale - 40 ft sloops", {}),
    ("www.autotrader.com", "Autotrader.com for sale by owner guide", {}),
    ("www.loopnet.com", "LoopNet.com | For sale: offices in Dallas", {}),
    ("www.rightmove.co.uk", "rightmove.co.uk is now for sale listings only", {}),
    ("www.emlakjet.com", "emlakjet.com satılık arsa", {}),
    ("www.hepsiemlak.com", "Hepsiemlak.com: satılık villa ilanları", {}),
    ("www.jofogas.hu", "Jofogás.hu eladó kerékpár", {}),
    ("www.hasznaltauto.hu", "Hasznaltauto.hu - eladó Opel", {}),
    ("www.idealista.pt", "Idealista.pt à venda apartamento Porto", {}),
    ("www.leboncoin.fr", "Leboncoin.fr à vendre : maison de ville", {}),
    ("www.subito.it", "Subito.it in vendita bici usate", {}),
    ("www.milanuncios.com", "Milanuncios.com en venta coche de segunda mano", {}),
    ("www.marktplaats.nl", "Marktplaats.nl te koop gevraagd", {}),
    ("www.blocket.se", "Blocket.se till salu båtar", {}),
    ("www.dba.dk", "DBA.dk til salg cykler", {}),
    ("www.tori.fi", "Tori.fi myytävänä polkupyörä", {}),
    ("www.bazos.cz", "Bazos.cz na prodej kola", {}),
    ("www.olx.pl", "OLX.pl na sprzedaż rower", {}),
    ("www.youla.ru", "Youla.ru продаётся дача", {}),
    ("www.anjuke.com", "anjuke.com出售新房", {}),
    ("www.olx.co.id", "OLX.co.id dijual motor bekas", {}),
    ("www.chotot.com", "Chotot.com đang bán xe cũ", {}),
    ("www.moebel.de", "Tische und Stühle bei moebel.de kaufen", {}),
    ("www.moebel.de", "moebel.de kaufen", {}),
    ("www.fnac.com", "Acheter fnac.com", {}),
    ("www.etsy.com", "Buy Etsy.com gift cards", {}),
    ("www.ebay.com", "Buy eBay.com", {}),
    ("www.ebay.com", "eBay.com - Make an offer", {}),
    ("www.bild.de", "bild.de zu verkaufen? Das sagt der Verlag", {}),
    ("www.herz.de", "herz.de - Informationen zum Thema Bluthochdruck", {}),
    ("www.herz.de", "herz.de - Informationen zum Thema Herz", {}),
    ("www.autism.org", "autism.org - Autism resources and information", {}),
    ("www.diabetes.org", "Diabetes.org resources and information in Spanish", {}),
    ("www.petition.example", "Petition.example has expired links, sorry", {}),
    ("www.salon.com", "Salon.com is for sale - again", {}),
    ("www.slate.com", "Slate.com may be for sale: what we know", {}),
    ("www.parked.example", "Parked.example is parked outside city hall", {}),
    ("kb.host.example", "Parked domain", {}),
    ("kb.host.example", "Domain parking | Help", {}),
    ("kb.host.example", "Expired domain", {"heading": "Expired domain"}),
    ("kb.host.example", "Domain suspended", {"heading": "Domain suspended"}),
    ("kb.host.example", "Domain expired - Knowledge Base", {}),
    ("gazette.example", "This website is for sale", {}),
    ("gazette.example", "Domain zu verkaufen", {}),
    ("gazette.example", "Dominio en venta", {}),
    ("gazette.example", "Finding parked domains - gazette.example", {"parking": "Sedo"}),
    ("gazette.example", "Gazette", {"refresh": "https://www.hugedomains.com/domain_profile.cfm?d=other.example"}),
    ("gazette.example", "Gazette", {"refresh": "https://www.godaddy.com/blog/gazette.example"}),
    # what is called 404, or is about it
    ("gazette.example", "404 - 一座消失的核工业城市和它的孩子们", {}),
    ("gazette.example", "404｜戈壁深处的城", {}),
    ("gazette.example", "找不到 - 青年导演的第一部长片", {}),
    ("gazette.example", "页面不存在 - 网站管理员必读的设置指南", {}),
    ("gazette.example", "ページが見つかりません - よくある質問と回答", {}),
    ("gazette.example", "404 - 幻の特急列車を追いかけて", {}),
    ("gazette.example", "404 오류 - 해결하는 방법 정리", {}),
    ("gazette.example", "페이지를 찾을 수 없습니다 - 오류의 원인과 해결책", {}),
    ("gazette.example", "404 - วิธีแก้ปัญหาหน้าเว็บหายสำหรับมือใหม่", {}),
    ("gazette.example", "ไม่พบหน้า - คู่มือแก้ไขปัญหาเว็บไซต์ฉบับสมบูรณ์", {}),
    ("gazette.example", "404 | MusicBrainz", {}),
    ("gazette.example", "410 | Tram timetable", {}),
    ("gazette.example", "Error 404 - Album reviews", {}),
    ("gazette.example", "404 - Nashville", {"heading": "404"}),
    ("gazette.example", "Not Found | IMDb", {"heading": "Not Found"}),
    ("gazette.example", "410 Gone | HTTP Guide", {}),
    ("gazette.example", "410 | Remington", {"heading": "410"}),
    ("gazette.example", "Introuvable - AlloCiné", {}),
    ("gazette.example", "404", {"published": "2024-05-12"}),
    ("gazette.example", "Page not found", {"published": "2024-05-12", "heading": "Page not found"}),
    (
        "gazette.example",
        "Page not found | Forum",
        {"canonicals": ("https://gazette.example/topic/48213",), "og_title": "Page not found"},
    ),
    (
        "gazette.example",
        "404",
        {"canonicals": ("https://www.gazette.example/song/404-x",), "og_image": "https://gazette.example/a.jpg"},
    ),
    ("gazette.example", "Team", {"heading": "Page not found"}),
    ("gazette.example", "Our events", {"heading": "Nothing found"}),
    ("gazette.example", "MH370", {"heading": "Not found"}),
    ("gazette.example", "深圳新桥今天正式通车", {"heading": "页面不存在"}),
]

CALLED_SO = [
    # a page's path says that it is about such a thing
    ("https://httpstatus.example/410", "410 Gone"),
    ("https://httpstatus.example/codes/404-not-found", "404 Not Found"),
    ("https://forum.example/t/page-not-found/812", "Page not found"),
    ("https://forum.example/topic/page-not-found-12/", "Page not found | Forum"),
    ("https://bus.example/lines/404/timetable", "404"),
    ("https://bus.example/plan?line=410", "410"),
    ("https://law.example/section-404", "404"),
    ("https://films.example/title/not_found_2018", "Not Found"),
    ("https://lexikon.example/de/nicht-gefunden", "Nicht gefunden"),
    ("https://dictionnaire.example/introuvable", "Introuvable"),
    ("https://diccionario.example/no-encontrado/", "No encontrado"),
]

MOVED = [
    # asked, where it leads, the status of the redirect, the title there, and what else the page says
    ("http://gazette.example/a-long-story", "https://gazette.example/a-long-story", 301, "A long story", {}),
    ("https://gazette.example/a", "https://www.gazette.example/a", 301, "A long story", {}),
    ("https://gazette.de/2019/lange-geschichte", "https://gazette.com/en/long-story", 301, "A long story", {"lang": "en"}),
    (
        "https://gazette.co.uk/casino-vote-council",
        "https://gazette.com/town/vote",
        301,
        "Online casino bonus ban | Gazette",
        {},
    ),
    (
        "https://oldname.example/2016/05/a-long-story",
        "https://newname.example/2016/05/a-long-story",
        301,
        "A long story",
        {},
    ),
    ("https://oldname.example/2016/12345", "https://newname.example/news/12345", 301, "Best online casino ban yet", {}),
    ("https://t.co/AbCdEf", "https://igaming.example/law", 301, "Online casino bonus law passes", {}),
    (
        "https://bit.ly/3xYz",
        "https://www.hugedomains.com/domain_profile.cfm?d=other&e=com",
        301,
        "other.com is for sale",
        {},
    ),
    ("https://tinyurl.com/abcdef", "https://football-streams.example/live", 301, "Football streams", {}),
    ("https://news.google.com/rss/articles/CBMi", "https://casino-news.example/a", 302, "Online casino bonus tax", {}),
    ("https://www.broker.example/our-sale-at-dan", "https://dan.com/blog/how-to-sell", 301, "How to sell a domain", {}),
    (
        "https://undeveloped.com/buy-domain/harbour.example",
        "https://dan.com/buy-domain/harbour.example",
        301,
        "harbour.example",
        {},
    ),
    ("https://www.harbour.example/maps/plan", "https://ww2.harbour.example/maps/plan", 301, "Harbour plan", {}),
    ("https://www.chips.example/data/a", "https://ww1.chips.example/data/a", 302, "Data sheet", {"og_title": "Data sheet"}),
    ("https://gazette.example/a-long-story/amp", "https://gazette.example/a-long-story", 301, "A long story", {}),
    ("https://www.casino-law.example/slots-act", "https://gaming.example/act", 301, "Online slots betting sites act", {}),
    ("https://betting.example/a-b-c", "https://casino.example/x-y-z", 301, "Best online casino bonus", {}),
    ("https://gazette.example/2016/town-news-today", "https://townpress.example/2026/redesign", 301, "Town Press", {}),
    ("https://gazette.example/poker-night-at-club", "https://cardroom.example/online", 301, "Online poker best players", {}),
    ("https://youtu.be/aaaaaaaaaaa", "https://www.youtube.com/watch?v=aaaaaaaaaaa", 303, "Bridge - YouTube", {}),
    ("https://vimeo.com/12345", "https://vimeo.com/channels/staffpicks/12345", 302, "Bridge on Vimeo", {}),
    # sites with many servers
    ("https://www.court.example/forms/a", "https://ww2.court.example/forms/a", 301, "Forms | COURT.EXAMPLE", {}),
    ("https://www.radio.example/show/a", "https://ww2.radio.example/show/a", 302, "Morning show - Radio.example", {}),
    ("https://www.radio.example/show/b", "https://ww3.radio.example/show/b", 301, None, {}),
    ("https://www.air.example/data/a", "https://ww3.air.example/data/a", 301, None, {"heading": "Air quality in 2012"}),
    ("https://www.state.example/land", "https://ww1.state.example/land", 301, "Land for sale by the state", {}),
    ("https://www.state.example/rail", "https://ww4.state.example/rail", 302, "state.example: Old rails for sale", {}),
    # sites that a registrar or marketplace bought, or that moved to one
    ("https://hostsite.net/blog/a", "https://www.godaddy.com/resources/hostsite/a", 301, "Great design | GoDaddy", {}),
    ("https://www.shopkit.com/a", "https://www.godaddy.com/websites/shopkit", 301, "ShopKit | GoDaddy", {}),
    ("https://terminal.com/press/a", "https://www.godaddy.com/payments/terminal?from=terminal.com", 301, "Pay", {}),
    ("https://quickwp.com/a", "https://www.namecheap.com/wordpress/quickwp/", 301, "QuickWP by Namecheap", {}),
    ("https://hosting.com/articles/dns", "https://www.reg.ru/hosting/", 301, "Хостинг", {}),
    ("https://seo.com/guide", "https://flippa.com/blog/seo/guide", 301, "SEO guide - Flippa", {}),
    ("https://names.example/a", "https://www.atom.com/blog/names", 301, "Names | Atom", {}),
    ("https://shop.com/a", "https://www.dynadot.com/shop/?utm_source=shop.com", 301, "Shop", {}),
    ("https://till.com/a", "https://www.godaddy.com/marketplace/till", 301, "Till for GoDaddy", {}),
    ("https://domains.com/a", "https://www.godaddy.com/?q=domains", 301, "GoDaddy", {}),
    ("https://club.com/a", "https://porkbun.com/tld/club", 301, ".club domains", {}),
    (
        "https://old-names.com/guide/a",
        "https://sedo.com/us/about-us/old-names.com/",
        301,
        "Old Names joins Sedo",
        {"published": "2024-05-12"},
    ),
    ("https://bit.ly/4aBc", "https://www.godaddy.com/help/parked-domain-1", 301, "Parked domain | GoDaddy", {}),
    ("https://offers.example/spring-sale-list", "https://offers.example/lander", 302, "Spring offers | Offers", {}),
    # things called 404
    ("https://phone.example/code/atlanta", "https://phone.example/area-codes/404", 301, "404 Area Code", {}),
    ("https://cars.example/p/sixties-sedan", "https://cars.example/models/404/", 301, "Peugeot 404 | Cars", {}),
    ("https://http.example/codes/gone", "https://http.example/status/404-error", 301, "404 error explained", {}),
    (
        "https://tv.example/shows/lost",
        "https://tv.example/episodes/404",
        301,
        "The Constant",
        {"published": "2024-05-12"},
    ),
]

BESIDE_OTHERS = """
# No title of the article: what it links to, or its own page under a new headline
Bandar Slot Online Ditangkap di Surabaya
Lima Situs Judi Bola Ditutup Polisi
Apa arti slot gacor? Penjelasan ahli bahasa
Slot gacor dan bahayanya bagi remaja
Promosi situs judi, dua selebgram diperiksa
Bandar Judi Slot Terbesar di Jawa Disidang
Situs judi online resmi? Ini jawaban menteri
Nonton film gratis di situs ilegal, apa risikonya
Situs bokep diblokir, ini alasannya
Judi bola marak jelang Piala Eropa
Deneme bonusu nedir, neden tehlikeli
Casino siteleri operasyonu: 12 tutuklama
Bahis siteleri ve bonus veren siteler nasıl kandırıyor
สาวติดสล็อตออนไลน์ หมดตัวล้านกว่า
บุกทลายเว็บบาคาร่า เงินหมุนเวียน 500 ล้าน
Triệt phá nhà cái trên mạng tại Đà Nẵng
Tài xỉu online: bẫy của tín dụng đen
토토사이트 운영 일당 검거
카지노사이트 총책 필리핀서 송환
公安部严打博彩网站
查处色情网站一批
娱乐城老板落网
オンラインカジノ規制強化へ
Jogo do Tigrinho: o que é e como funciona
Cassinos online terão de pagar imposto
Casinos en ligne, paris sportifs : les alliés du fisc
Sportwetten, Online-Casinos, Spielautomaten: Das ändert sich
Online-Slots und Online-Poker: neue Limits
Casinò online e video poker: boom di ludopatia
Casinos online y apuestas deportivas: así engañan
Kasyna online: fala reklam
Ставки на спорт и онлайн-казино хотят запретить
Порно онлайн: как защитить детей
Пиратские сайты: смотреть онлайн бесплатно станет сложнее
The Children of Pornhub
Pornhub, the inside story
The Free-Porn Problem
Free Porn Sites Are Dying
Free porn and what it does to teenagers
Sex Cams, Nude Cams and the Gig Economy
Escorts for tall ships: the pilot boats
Destroyer escorts of the Atlantic convoys
123Movies, the world's biggest pirate site, is gone
Free sports streams: who pays for them
Reddit bans free soccer streams
Watch full episodes online free with a library card
Where to watch movies online free, legally
Free live streams of the harbour festival
Live stream: watch live the council meeting
Free slots for vaccination: book now
Best no deposit mortgages 2026
Slots at Heathrow: best times to fly
Free spins banned in gambling overhaul
Online poker bill passes Senate
Best sports betting documentaries
Online casino tycoon jailed
Top slot machine designer retires
Casino bonus scandal rocks union
No deposit, no flat: renters in limbo
Jackpot: best lottery stories of 2026
Video poker champion at 91
Live casinos of Macau in pictures
Judi Dench at ninety
Bahaya Judi Online
Darurat Judi Online
Fenomena Slot Gacor
Korban Togel Online
Slot racing is back
Sign up to play: best board game clubs
"""
OTHERS = [line for line in BESIDE_OTHERS.splitlines() if line and not line.startswith("#")]
HOSTS = [
    "judiciary.house.example",
    "judithwright.example",
    "slotervaart.example",
    "oslotourist.example",
    "timeslot.example",
    "casino-group.example",
    "montecasino.example",
    "bet365careers.example",
    "betterhomes.example",
    "livestream.example",
    "football-streams.example",
    "pornic.example",
    "pornichet.example",
    "xxxlutz.example",
    "sussex.example",
]
PLAYERS = [
    # title, the player's status, and what else the page says
    (" - YouTube", "LOGIN_REQUIRED", {}),
    (" - YouTube", "OK", {}),
    (" - YouTube", "UNPLAYABLE", {}),
    (" - YouTube", "AGE_CHECK_REQUIRED", {}),
    (" - YouTube", "LIVE_STREAM_OFFLINE", {}),
    ("YouTube", "OK", {}),
    ("YouTube", "unread", {}),
    (None, None, {}),
    ("Harbour bridge - YouTube", "unread", {}),
    ("Video unavailable - YouTube", None, {"og_title": "Video unavailable", "og_image": "https://i.ytimg.example/a.jpg"}),
]
WALLS = [
    ("https://www.instagram.com/p/abc/", "Login \u2022 Instagram"),
    ("https://www.instagram.com/reel/abc/", "Instagram"),
    ("https://www.facebook.com/a/posts/1", "Log into Facebook"),
    ("https://www.facebook.com/a/posts/1", "Facebook \u2013 log in or sign up"),
    ("https://x.com/a/status/1", None),
    ("https://x.com/a/status/1", "X"),
    ("https://x.com/a/status/1", "Something went wrong"),
    ("https://www.tiktok.com/@a/video/1", "TikTok - Make Your Day"),
    ("https://www.reddit.com/r/a/comments/1", "Reddit - The heart of the internet"),
    ("https://www.reddit.com/r/a/comments/1", "Reddit - Please wait for verification"),
    ("https://www.youtube.com/playlist?list=PLx", "YouTube"),
    ("https://m.youtube.com/watch?v=aaaaaaaaaaa", "YouTube"),
    ("https://open.spotify.com/album/4", "404 - Album by Barns Courtney | Spotify"),
]

HEADLINES = [line for line in TITLES.splitlines() if line and not line.startswith("#")]
URL = "https://gazette.example/2024/05/12/48213"


def page_of(url: str, title: str | None, facts: dict[str, Any], *, via: tuple[tuple[str, int], ...] = ()) -> Outcome:
    """What a page says; `via` are the redirects that led there."""
    asked = via[0][0] if via else url
    hops = tuple(Hop(each, status, url) for each, status in via)
    return Outcome(asked, Probe.PAGE, Answer(200, url, "text/html", page=PageFacts(title=title, **facts)), hops=hops)


def alarms(outcome: Outcome, role: Role, title: str, **keys: Json) -> set[str]:
    """The codes of this kind that are found where an article of a title links to the page."""
    data: dict[str, Json] = {"title": title, "url": outcome.url, **keys}
    article = Article(path="a.md", data=data, lines=("---", "title: x", "url: x", "---"))
    link = Link(Location("a.md", Span(3, 6, 3, 20), "/url"), role, outcome.url)
    result = LinkResult(link, Target(outcome.url, Probe.PAGE, "gazette.example"), verdict(outcome), outcome=outcome)
    return ALARMS & {finding.code for finding in judge(Evidence(article, results=(result,)), JudgeOptions())}


@pytest.mark.parametrize("title", HEADLINES)
def test_a_headline_is_no_alarm_whatever_it_is_about(title: str) -> None:
    for facts in ({}, {"heading": title}, {"og_title": title}):
        for shown in (title, f"{title} | The Gazette", f"The Gazette: {title}"):
            outcome = page_of(URL, shown, facts)
            assert verdict(outcome).kind is VerdictKind.OK, verdict(outcome)
            for role in (Role.CANONICAL, Role.ORIGINAL, Role.LINK):
                assert not alarms(outcome, role, title)
    assert not alarms(page_of(URL, title, {}), Role.LINK, "Something else altogether")


@pytest.mark.parametrize(("host", "title", "facts"), NAMED)
def test_a_page_of_a_site_with_such_a_name_is_no_alarm(host: str, title: str | None, facts: dict[str, Any]) -> None:
    paths = {"www.youtube.com": "/watch?v=aaaaaaaaaaa", "www.flickr.com": "/photos/a/1", "vimeo.com": "/12345"}
    outcome = page_of(f"https://{host}{paths.get(host, '/2024/05/12/48213')}", title, facts)
    assert verdict(outcome).kind is VerdictKind.OK, verdict(outcome)
    for role in (Role.CANONICAL, Role.ORIGINAL, Role.LINK):
        assert not alarms(outcome, role, title or "A title")


@pytest.mark.parametrize(("asked", "leads_to", "status", "title", "facts"), MOVED)
def test_a_site_that_moved_is_no_alarm(
    asked: str, leads_to: str, status: int, title: str | None, facts: dict[str, Any]
) -> None:
    outcome = page_of(leads_to, title, facts, via=((asked, status),))
    assert verdict(outcome).kind in LIVING, verdict(outcome)
    for role in (Role.ORIGINAL, Role.LINK):
        assert not alarms(outcome, role, title or "A title")


@pytest.mark.parametrize(("url", "title"), CALLED_SO)
def test_a_page_whose_url_speaks_of_404_is_no_alarm(url: str, title: str) -> None:
    outcome = page_of(url, title, {"heading": title})
    assert verdict(outcome).kind is VerdictKind.OK, verdict(outcome)
    for role in (Role.CANONICAL, Role.ORIGINAL, Role.LINK):
        assert not alarms(outcome, role, "Notes of the week")


@pytest.mark.parametrize("title", OTHERS)
def test_a_headline_beside_an_article_of_another_title_is_no_alarm(title: str) -> None:
    own = {"og_title": title, "og_image": "https://gazette.example/a.jpg", "canonicals": (URL,)}
    elsewhere = (("https://herald.example/2014/05/a-long-story", 301),)
    for role in (Role.CANONICAL, Role.ORIGINAL, Role.LINK):
        for shown in (title, f"{title} | The Gazette"):
            for facts in ({}, own, {"published": "2024-05-12"}):
                outcome = page_of(URL, shown, facts)
                assert verdict(outcome).kind is VerdictKind.OK, verdict(outcome)
                assert not alarms(outcome, role, "Notes of the week")
            outcome = page_of(URL, shown, own, via=elsewhere)
            assert verdict(outcome).kind is VerdictKind.MOVED, verdict(outcome)
            assert not alarms(outcome, role, "Notes of the week")
            assert verdict(page_of(URL, shown, {}, via=elsewhere)).kind is VerdictKind.MOVED, shown


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("title", [None, "Welcome", "Actueel"])
def test_the_name_of_a_host_alone_is_no_alarm(host: str, title: str | None) -> None:
    outcome = page_of(f"https://{host}/a/77", title, {}, via=(("https://gazette.example/2014/05/a-long-story", 301),))
    assert verdict(outcome).kind is VerdictKind.MOVED, verdict(outcome)
    for role in (Role.CANONICAL, Role.ORIGINAL, Role.LINK):
        assert not alarms(outcome, role, "A long story")


@pytest.mark.parametrize(("title", "player", "facts"), PLAYERS)
def test_a_video_is_not_called_removed_unless_its_page_says_so(
    title: str | None, player: str | None, facts: dict[str, Any]
) -> None:
    outcome = page_of("https://www.youtube.com/watch?v=aaaaaaaaaaa", title, {"player": player, **facts})
    assert verdict(outcome).kind is VerdictKind.OK, verdict(outcome)


@pytest.mark.parametrize(("url", "title"), WALLS)
def test_a_platform_that_wants_visitors_to_sign_in_has_removed_nothing(url: str, title: str | None) -> None:
    outcome = page_of(url, title, {})
    seen = suspicion(outcome, answer) if (answer := outcome.answer) is not None else None
    assert seen is None or seen.kind is SuspicionKind.GATE, seen
    assert not alarms(outcome, Role.ORIGINAL, "Harbour bridge opens")


LANGUAGES = [
    # the article's language and title, the page's
    ("en", "New bridge opens in Osaka", "ja", "\u65b0\u3057\u3044\u6a4b\u304c\u958b\u901a"),
    ("fr", "Un nouveau pont \u00e0 Gen\u00e8ve", "de", "Neue Br\u00fccke er\u00f6ffnet"),
    ("no", "Byr\u00e5det \u00e5bner ny bro", "nb", "Havnekrydsning indviet"),
    ("tr", "Yeni k\u00f6pr\u00fc a\u00e7\u0131ld\u0131", "en-US", "Belediyeden a\u00e7\u0131klama"),
    ("zh", "\u5e02\u8b70\u6703", "cmn-Hant", "\u6a4b\u6a11\u958b\u901a"),
    ("ja", "\u5927\u962a\u306b\u65b0\u3057\u3044\u6a4b", "en", "Bridge opens"),
]


@pytest.mark.parametrize(("ours", "title", "theirs", "shown"), LANGUAGES)
def test_another_language_alone_is_no_alarm(ours: str, title: str, theirs: str, shown: str) -> None:
    outcome = page_of(
        "https://newpaper.example/story/44", shown, {"lang": theirs}, via=(("https://oldpress.example/2016/bridge", 301),)
    )
    assert not alarms(outcome, Role.ORIGINAL, title, lang=ours)
    same_script = ours not in ("en", "ja")
    assert not alarms(outcome, Role.CANONICAL, title, lang=ours) or not same_script


def test_there_are_enough_of_them() -> None:
    more = len(CALLED_SO) + len(OTHERS) + len(HOSTS) + len(WALLS)
    assert len(set(HEADLINES)) + len(NAMED) + len(MOVED) + more >= 500
