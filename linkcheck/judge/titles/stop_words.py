"""Stop words by language, and the languages that a title may be in."""

_LINES = {
    "en": (
        "about after all also an and are as at be been but by can could did do does for from had has have he her his "
        "how if in into is it its just may more most new no not of on or our out over says she should so than that "
        "the their them they this to up us was we were what when where which who why will with would you your"
    ),
    "de": (
        "aber als am auch auf aus bei bis das dass dem den der des die durch ein eine einem einen einer eines er es "
        "fur hat ihr im in ist kann mehr mit nach nicht noch nur oder sich sie sind uber um und uns vom von vor war "
        "wegen was wenn werden wie wir wird zu zum zur"
    ),
    "fr": (
        "a au aux avec ce ces comment dans de des du elle en est et il la le les leur lui mais ne nous ont on ou par "
        "pas plus pour pourquoi qu que qui sa sans se ses son sont sous sur un une vous"
    ),
    "es": (
        "a al como con cual de del desde donde el ella en entre era es esta este fue ha hay la las lo los mas muy no "
        "para pero por porque que quien se sin sobre son su sus tras un una y ya"
    ),
    "it": (
        "a agli ai al alla alle anche che chi come con cosa da dal dalla dei del della delle di e gli il in la le lo "
        "ma nei nel nella non per perche piu quando si sono sul sulla tra un una uno"
    ),
    "pt": (
        "a ao aos as com como da das de do dos e em entre foi mais na nas no nos o os ou para pela pelo por que sao "
        "se sem ser seu sua um uma"
    ),
    "nl": (
        "aan als bij dan dat de deze die dit door een en er hebben heeft het hij hoe ik in is kan maar meer met naar "
        "niet nog of om onder ook op over te tot uit van voor waar waarom was wat we worden wordt ze zich zijn zo"
    ),
    "sv": (
        "att av de den det efter en ett for fran har hur i inte jag med men nar och om pa sa sig ska som till tva ut "
        "var vid vi"
    ),
    "da": (
        "af at de den der det efter en er et for fra har hvad hvor hvordan i ikke jeg med men mot nar og om pa seg "
        "sig skal som til ut var ved vi"
    ),
    "pl": "a ale co czy dla do i jak jest na nie o od po przez sa sie w z za ze",
    "id": "akan apa dan dari di dengan ini itu karena ke oleh pada tidak untuk yang",
    "tr": "bir bu da daha de gibi icin ile mi ne nasil neden ve",
    "ru": "а без бы в во вы для до его ее же за и из к как ко мы на не но о об он она они от по при с со то что это",
}
BY_LANGUAGE = {language: frozenset(line.split()) for language, line in _LINES.items()}
"""In small letters and without their accents."""

STOP_WORDS = frozenset[str]().union(*BY_LANGUAGE.values())


def languages_of(words: tuple[str, ...]) -> frozenset[str]:
    """The languages that the words of a title may be in: those with the most stop words; none if it has no stop word."""
    counts = {language: sum(word in known for word in words) for language, known in BY_LANGUAGE.items()}
    most = max(counts.values())
    return frozenset(language for language, count in counts.items() if count == most) if most else frozenset()
