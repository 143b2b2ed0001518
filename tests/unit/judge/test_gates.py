"""The walls of every kind: each title and each address that is known, in every language."""

import pytest
from judged_pages import outcome_of

from linkcheck.judge.page_signs.walls import gate_address, gate_page, is_gate_title
from linkcheck.model import Outcome

DEEP = "https://gazette.example/2016/05/01/council-opens-harbour-bridge"
LOGIN, CONSENT, OFFER = "a login page", "a consent page", "a subscription or registration page"
AGE, REGION, REPAIR = "an age check", "a page for readers of other regions", "a maintenance page"
BROWSER, ROBOT = "a page about the browser", "a page for robots"

TITLES = {
    LOGIN: """
        login|logon|log-in|sign in|sign-in|log in or sign up|login or sign-up|sign in or register|sign-in or join
        please log in to continue|sign in to view|log in to your account|log in to facebook|log in to x|log in to twitter
        log in to instagram|log in to linkedin|sign in to youtube|log into facebook|login required|user login|member log-in
        account sign-in|customer sign-in|authentication required|anmelden|einloggen|anmeldung|bitte anmelden|connexion
        se connecter|identification|iniciar sesión|iniciar sesion|acceder|entrar|iniciar sessão|fazer login|accedi|accesso
        inloggen|logga in|logg inn|log ind|kirjaudu|kirjaudu sisään|zaloguj się|logowanie|přihlášení|bejelentkezés
        autentificare|войти|вход|авторизация|giriş yap|ログイン|登录|登入|로그인
    """,
    CONSENT: """
        before you continue|before you continue to google|before you continue to google search
        before you continue to youtube|cookie consent|privacy consent|cookie-wall|cookiewall|consent|consent required
        privacy gate|your privacy wall|dpg media privacy gate|we value your privacy|we care about your privacy
        enable cookies|please accept cookies|allow your cookies to continue|cookies required|cookies are disabled
        wir benötigen ihre zustimmung|wir brauchen ihre einwilligung|bevor sie fortfahren
        bevor sie zu der seite weitergehen|zustimmung erforderlich|ihre einwilligung benötigt|avant de continuer
        antes de continuar|prima di continuare|voordat je verdergaat|cookie-instellingen|cookieinstellingen
    """,
    OFFER: """
        subscribe|please subscribe|subscribe now|subscribe today|subscribe here|subscribe to read
        subscribe to continue reading|subscribe to view this article
        subscribe to unlock the story|subscribe to access more|subscribe to read this page
        subscription required|subscribers only|subscriber only|for subscribers only|paywall|register|please register
        sign up now|sign up for free|register to read|register to continue this article|sign up to access
        register to unlock this story|register to view this page|registration|registration required|create an account
        create a free account to continue reading|create your account to read|become a member|become an member
        become a subscriber|members only|member only|abonnieren|jetzt abonnieren|abo abschließen|registrieren
        abonnement erforderlich|nur für abonnenten|registrierung|jetzt abonnieren und weiterlesen
        registrieren, um weiterzulesen|abonnez-vous|inscrivez-vous pour lire la suite
        connectez-vous pour continuer|abonnez-vous pour continuer à lire|abonnez-vous pour continuer votre lecture|s'abonner
        réservé aux abonnés|suscríbete|regístrate para seguir leyendo|suscríbete para continuar leyendo|solo suscriptores
        solo para suscriptores|abbonati|registrati per continuare a leggere|abbonati per leggere|abbonati per leggere tutto
        solo per abbonati|assine|assine para continuar lendo|exclusivo para assinantes|abonneren|prenumerera
    """,
    AGE: """
        age gate|age check required|age verification|age confirmation|age restricted|age restriction|verify your age
        confirm your age|please verify your age|please confirm your age|are you 18?|are you over 21?
        are you at least 18 years old?|are you 21 or older?|are you 18 or over?|altersverifikation|alterskontrolle
        altersabfrage|altersprüfung|vérification de l'âge|verificación de edad|verifica dell'età
    """,
    REGION: """
        not available in your region|unavailable from your country|blocked for this location|restricted to your area
        not accessible in this territory|sorry, this content is not available in your country
        the website is currently unavailable in your region|our video is blocked in your country
        article not available in your region|this page is restricted in your area|server not accessible from your location
        451|451 unavailable for legal reasons|451: unavailable due to legal reasons|unavailable for legal reasons
        unavailable due to legal reasons|our european visitors are important to us
        our european visitors are important to us.|geo blocked|geo-restricted|region restriction|regionblocked
        nicht verfügbar in ihrem land|inhalt ist nicht verfügbar in ihrem land|ist in ihrem land nicht verfügbar
        non disponible dans votre pays|contenu non disponible dans votre région|no disponible en su país
        contenido no disponible en tu región|non disponibile nel tuo paese|contenuto non disponibile nel suo paese
    """,
    REPAIR: """
        maintenance|under maintenance|down for maintenance|the site is undergoing maintenance
        our website is currently under maintenance|this server is temporarily down for scheduled maintenance
        in planned maintenance|scheduled maintenance|maintenance mode|maintenance page|maintenance break
        maintenance in progress|site maintenance|our service maintenance|be back soon|we'll be right back shortly
        we will be back soon!|be right back soon.|we'll be right back|we will be right back
        briefly unavailable for scheduled maintenance|briefly unavailable for scheduled maintenance.
        briefly unavailable for scheduled maintenance. check back in a minute.|site temporarily offline
        wartungsarbeiten|wartungsmodus|wartung|en maintenance|site en cours de maintenance|en mantenimiento
        sitio en mantenimiento|in manutenzione|sito in manutenzione|em manutenção|in onderhoud|site in onderhoud|underhåll
        przerwa techniczna|технические работы|サイトメンテナンス中|メンテナンス中|维护中|网站维护中|系统维护中
        الموقع تحت الصيانة|قيد الصيانة
    """,
    BROWSER: """
        browser not supported|your browser is unsupported|sorry, this web browser is out of date|browser outofdate
        browser outdated|browser is too old|your browser is no longer supported|browser incompatible|unsupported browser
        outdated web browser|incompatible browser|update your browser|please upgrade your web browser
        browser wird nicht unterstützt|ihr browser wird nicht mehr unterstützt|ihr browser ist veraltet|veralteter browser
        navigateur obsolète|navigateur non pris en charge|navigateur non supporté|navegador no compatible
        navegador no soportado|navegador não suportado|browser non supportato|enable javascript
        please enable javascript to continue|javascript required|javascript is disabled
    """,
    ROBOT: """
        just a moment...|just a moment…|attention required|attention required!|access to this page has been denied
        access to this page has been denied.|verify you are human|please verify that you are a human
        pardon our interruption...|pardon our interruption…|百度安全验证
    """,
}
WORDLESS = """
    just a moment|are you a robot?|are you human?|robot check|human verification|bot verification|security check
    one moment, please|one moment, please...|pardon our interruption|checking your browser
    checking your browser before accessing a.example|ddos protection|captcha|sind sie ein roboter?|êtes-vous un robot?
    êtes-vous un robot ?|¿eres un robot?|вы не робот?
"""
ADDRESSES = {
    LOGIN: """
        login log-in sign-in signin signon sso saml saml2 oauth oauth2 authorize authenticate wp-login.php authwall
        member-login memberslogin login-required authrequired anmelden anmeldung einloggen connexion se-connecter
        seconnecter iniciar-sesion iniciarsesión inloggen logga-in loggain logowanie zaloguj prihlaseni belepes belépés
        bejelentkezes bejelentkezés giris
    """,
    CONSENT: """
        consent collectconsent privacy-gate privacygate gdpr-consent cookie-consent cookieconsent zustimmung einwilligung
        datenschutz-abfrage datenschutzzustimmung cmp privacy-wall privacycenter-gate privacy-centergate privacy-prompt
        cookie-wall cookiegate cookies-required cookie-disabled cookies-needed cookies-missing cookie-check cookies-blocked
        no-cookie nocookies enable-cookies acceptcookie
    """,
    OFFER: """
        subscribe subscribe-now subscribetoday subscribe-to-read subscribe-to-continue subscription subscriptions
        subscribers-only subscriberonly paywall pay-wall abo abos abonnieren abonnement abonnements abonnez-vous abonnezvous
        s-abonner sabonner abonneren suscribete suscríbete suscripcion suscripciones suscripción suscribirse abbonati
        abbonate abbonamento abbonamenti assine assinar assinatura assinaturas prenumerera prenumeration
        prenumerata tilaa elofizetes
        előfizetés register register-now registration register-to-read registration-to-continue registrieren registrierung
        inscription regwall reg-wall registration-wall sign-up signup join-now create-account become-a-member
        become-an-subscriber becomeamember meter metered members-only memberonly
    """,
    AGE: """
        age-gate agecheck age-verification age-verify age-verifier age-restricted age-restriction age-confirm
        age-confirmation age-wall age-limit verify-age confirm-your-age over-18 under-21 are-you-18 adult-check adultgate
        adult-warning adult-verification alters-verifikation alterskontrolle altersabfrage alterspruefung altersprüfung
        alters-freigabe verification-age
    """,
    REGION: """
        geo-block geoblocked country-restricted location-restriction geo-unavailable geo-not-available
        geonotavailable geo-gate geo-lock geolocked country-denied region-error not-available-in-your-region
        content-unavailable-in-country blocked-in-area restricted-in-your-location not-available-in-territory
        unavailable-in-eu blockedineurope not-available-here gdpr gdpr-wall gdpr-block gdprblocked gdpr-notice
        gdpr-unavailable gdpr-error eu-visitor eea-visitors european-user eu-readers eu-block eu-blocked european-unavailable
        eu-notice eu-privacy 451 unavailable-legal blocked-for-legal-reasons unavailable-forlegalreasons
        nicht-verfuegbar-in-ihrem-land nichtverfügbarinihremland
    """,
    REPAIR: """
        maintenance site-maintenance sitemaintenance under-maintenance down-for-maintenance scheduled-maintenance
        maintenance-mode maintenancepage maintenance-break wartung wartungsarbeiten wartungs-modus wartungsseite
        en-maintenance mantenimiento manutenzione manutencao manutenção onderhoud be-right-back
    """,
    BROWSER: """
        unsupported-browser outdatedbrowsers old-browser upgrade-your-browser update-browser incompatible-browser
        browser-not-supported browsersunsupported browser-upgrade browser-update browser-outdated browser-check
        browser-error browser-too-old browser-support browser-warning browser-incompatible browsehappy no-script nojs
        enable-javascript
    """,
    ROBOT: """
        bot-paywall botpaywall robot-paywall robots-paywall ai-license ai-licensing bot-license show-captcha checkcaptcha
    """,
}
HOSTS = {
    LOGIN: ("login", "signin", "accounts", "account", "auth", "sso", "idp"),
    CONSENT: ("consent", "guce", "cookieconsent", "cookiewall", "privacy-gate", "privacygate", "zustimmung"),
    OFFER: (*("subscribe", "subscription", "subscriptions", "abo", "abonnement", "abonnements", "abonnieren", "register"),),
    AGE: ("agegate", "age-gate", "ageverification"),
    REPAIR: ("maintenance", "wartung"),
    ROBOT: ("tollbit",),
}


def listed(text: str) -> list[str]:
    return [each.strip() for line in text.strip().splitlines() for each in line.split("|")]


def titled(title: str, *, is_wordless: bool = False) -> str | None:
    outcome = outcome_of(DEEP, title, is_wordless=is_wordless)
    assert outcome.answer is not None
    return gate_page(outcome, outcome.answer)


def address(outcome: Outcome) -> str | None:
    assert outcome.answer is not None
    return gate_address(outcome, outcome.answer)


@pytest.mark.parametrize("what", TITLES)
def test_a_page_with_nothing_but_the_title_of_a_wall_is_one(what: str) -> None:
    titles = listed(TITLES[what])
    assert {title: titled(title) for title in titles} == {
        title: f"{what} is shown instead, with the title {title!r}" for title in titles
    }
    assert [title for title in titles if is_gate_title(f"{title} x") or is_gate_title(f"x y {title}")] == []


def test_a_title_that_a_product_may_have_is_that_of_a_wall_on_a_page_without_words() -> None:
    titles = listed(WORDLESS)
    assert [title for title in titles if titled(title) is not None] == []
    assert [title for title in titles if not (titled(title, is_wordless=True) or "").startswith(ROBOT)] == []


@pytest.mark.parametrize("what", ADDRESSES)
def test_a_redirect_to_the_address_of_a_wall_leads_to_one(what: str) -> None:
    for path in ADDRESSES[what].split():
        to = f"https://gazette.example/{path}"
        found = address(outcome_of(DEEP, "The Gazette", to, status=302))
        assert (found or "").startswith(f"redirected to {what}, https://gazette.example/"), path
        for other in (f"{to}x", f"https://gazette.example/x{path}"):
            assert address(outcome_of(DEEP, "The Gazette", other, status=302)) is None, other


@pytest.mark.parametrize("what", HOSTS)
def test_a_redirect_to_the_host_of_a_wall_leads_to_one(what: str) -> None:
    for host in HOSTS[what]:
        to = f"https://{host}.gazette.example/x"
        assert address(outcome_of(DEEP, "The Gazette", to, status=302)) == f"redirected to {what}, {to}"
