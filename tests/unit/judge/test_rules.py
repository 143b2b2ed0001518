"""Each rule speaks where it should, keeps quiet where it should, and leaves what another rule says to that one.

A row is what the rule is shown and the codes of everything that is found in it: a fault has one finding and no second.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
from msgspec.structs import replace

from linkcheck.judge import JudgeOptions, judge
from linkcheck.model import (
    NOT_IN_REPLAY,
    Article,
    DuplicateLink,
    Evidence,
    FailureKind,
    ImageFacts,
    Json,
    Location,
    Namesake,
    PageFacts,
    ParseError,
    ParseErrorKind,
    Role,
    Span,
    ValuePlace,
)

URL = "https://example.com/2021/06/a-long-story"
NEW = "https://example.com/2022/the-new-place"
AMP = URL + "?amp"
CACHED = "https://example-com.cdn.ampproject.org/c/s/example.com/2021/06/a-long-story?amp"
IMAGE = "https://example.com/lead.jpg"
HARBOUR = "https://example.com/2021/06/harbour-plan"
KITCHENS = "https://example.com/kitchens"
PLAIN = PageFacts(canonicals=(URL,), raw_canonicals=(URL,), title="A long story")
AMP_PAGE = PageFacts(canonicals=(URL,), raw_canonicals=(URL,), is_amp=True)

# The builder is a fixture's class, which importlib mode hides from imports: rows take whatever the fixture hands them.
Show: TypeAlias = Callable[[Any], Evidence]


def at(line: int, pointer: str = "", path: str = "a.md") -> Location:
    return Location(path, Span(line, 1, line, 2), pointer)


def problem(kind: ParseErrorKind) -> Show:
    return lambda b: b.evidence(parse_errors=(ParseError(kind, at(3), "says what is wrong"),))


def page(facts: PageFacts, **answer: Any) -> Show:
    return lambda b: b.evidence(b.answer(page=facts, **answer))


def pair(canonical: PageFacts, amp: PageFacts | None = AMP_PAGE, **amp_answer: Any) -> Show:
    return lambda b: b.evidence(b.answer(page=canonical), b.answer(Role.AMP, AMP, page=amp, wants={"of": URL}, **amp_answer))


def named(**more: Any) -> PageFacts:
    return PageFacts(**{"canonicals": (URL,), "raw_canonicals": (URL,), **more})


def cached(url: str, of: str | None = AMP) -> Show:
    return lambda b: b.evidence(b.offline(Role.AMP_CACHE, url, of=of))


def picture(*args: Any, **more: Any) -> Show:
    return lambda b: b.evidence(b.picture(*args, **more))


def failure(kind: FailureKind, detail: str, role: Role = Role.CANONICAL) -> Show:
    return lambda b: b.evidence(b.failure(kind, detail, role))


def duplicate(path: str, pointer: str, role: Role, size: tuple[int, int] | None = None) -> DuplicateLink:
    return DuplicateLink(at(5, pointer, path), role, *(size or (None, None)))


def values(*results: Callable[[Any], Any], **data: Json) -> Show:
    """Properties of the front matter, all of them on lines of their own."""
    places = {f"/{name}": ValuePlace(Span(line, 10, line, 40)) for line, name in enumerate(data, 2)}
    return lambda b: b.evidence(*(show(b) for show in results), data=data, places=places)


FRONT_MATTER: list[tuple[str, Show, list[str]]] = [
    *(
        (f"a problem: {kind}", problem(kind), [code])
        for kind, code in zip(
            ParseErrorKind,
            ("LC002", "LC101", "LC102", "LC103", "LC104", "LC105", "LC106", "LC107", "LC108", "LC109", "LC108"),
            strict=True,
        )
    ),
    ("nothing wrong", lambda b: b.evidence(), []),
    ("a violation", lambda b: b.evidence(violations=(b.violation("type", "/title"),)), ["LC110"]),
    ("a near miss", lambda b: b.evidence(violations=(b.violation("near-miss", "/webURL", suggestion="webUrl"),)), ["LC111"]),
    (
        "a date that cannot be",
        lambda b: b.evidence(violations=(b.violation("format", "/published"),), data={"published": "2021-02-30"}),
        ["LC112"],
    ),
    (
        "a format that is no date",
        lambda b: b.evidence(violations=(b.violation("format", "/published"),), data={"published": "soon"}),
        ["LC110"],
    ),
    ("a reference in a title", values(title="Fish &amp; chips"), ["LC119"]),
    ("a reference in another property", values(html="Fish &amp; chips"), []),
    ("a date years ahead", values(date="2031-06-18"), ["LC120"]),
    ("a date years ahead, of a draft", values(date="2031-06-18", draft=True), []),
    ("a date a week ahead", values(date="2026-11-29"), []),
    ("a date a week ahead, and online", values(lambda b: b.answer(), date="2026-11-29"), ["LC120"]),
    ("a date a week ahead, and gone", values(lambda b: b.answer(status=404), date="2026-11-29"), ["LC201"]),
    ("a zero date", values(date="0001-01-01T00:00:00Z"), ["LC120"]),
    ("a date before the web", values(lambda b: b.offline(), date="1969-07-20"), []),
    ("the first day of Unix", values(lambda b: b.offline(), date="1970-01-01"), ["LC120"]),
    ("the first day of Unix, east of Greenwich", values(lambda b: b.offline(), date="1970-01-01T01:00:00+01:00"), ["LC120"]),
    ("the first day of Unix, at work", values(lambda b: b.offline(), date="1970-01-01T10:57:00Z"), []),
    ("the first day of Unix, in the excerpt", values(date="1970-01-01", excerpt="How 1970 began"), []),
    ("the first day of Unix, of an archive", values(date="1970-01-01", category="From the archive"), []),
    ("the end of the calendar", values(date="9999-12-31T23:59:59-05:00"), ["LC120"]),
    ("tomorrow night", values(lambda b: b.answer(), date="2026-11-23T23:00:00Z"), []),
    ("the day after tomorrow, and online", values(lambda b: b.answer(), date="2026-11-24T00:00:00Z"), ["LC120"]),
    ("the day after tomorrow, under an embargo", values(lambda b: b.answer(), date="2026-11-24", embargo=True), []),
    ("next year, scheduled", values(date="2027-11-24", status="scheduled"), []),
    ("the next issue", values(lambda b: b.answer(page=named(published="2027-01-15")), date="2027-01-15"), []),
    ("a zero date of SQL", values(date="0000-00-00 00:00:00"), ["LC120"]),
    ("a zero date of PHP", values(date="-0001-11-30T00:00:00+00:00"), ["LC120"]),
    ("a year of two digits", values(date="0021-06-18"), ["LC120"]),
    ("the first day of 1980", values(lambda b: b.offline(url="https://a.example/a"), date="1980-01-01"), []),
    ("the first day of 1980, and another year in the URL", values(lambda b: b.offline(), date="1980-01-01"), ["LC120"]),
    (
        "the first day of 1980, and another one on the page",
        values(lambda b: b.answer(page=named(published="2019-03-05")), date="1980-01-01"),
        ["LC120"],
    ),
    (
        "the first day of 1980, on the page too",
        values(lambda b: b.answer(page=named(published="1980-01-01")), date="1980-01-01"),
        [],
    ),
    ("a date before the web, without a page", values(date="1969-07-20"), []),
    (
        "a date before the web, in its URL too",
        values(lambda b: b.offline(url="https://a.example/1969/a"), date="1969-07-20"),
        [],
    ),
    (
        "an image whose signature is over",
        lambda b: b.evidence(b.offline(Role.IMAGE, IMAGE + "?Expires=1700000000&Signature=abc")),
        ["LC121"],
    ),
    (
        "an image whose signature is over, and that is excluded",
        lambda b: b.evidence(b.skip("excluded", role=Role.IMAGE, url=IMAGE + "?Expires=1700000000&Signature=abc")),
        [],
    ),
    (
        "a document that is signed",
        lambda b: b.evidence(b.offline(Role.LINK, URL + "?Expires=1700000000&Signature=abc")),
        ["LC122"],
    ),
    ("a token in the query", lambda b: b.evidence(b.offline(Role.ORIGINAL, URL + "?access_token=abc123")), ["LC122"]),
    ("a token in a URL that is excluded", lambda b: b.evidence(b.skip("excluded", url=URL + "?access_token=abc123")), []),
    ("relative, no base: a matter of the run", lambda b: b.evidence(b.skip("no-base-url", url="/a")), []),
    (
        "no URL, said once",
        lambda b: b.evidence(
            b.skip("invalid-url", url="https://"),
            violations=(b.violation("format", "/webUrl"),),
            data={"webUrl": "https://"},
        ),
        ["LC114"],
    ),
    ("a placeholder", lambda b: b.evidence(b.skip("template", url="{{ site.url }}/a")), ["LC118"]),
    ("another scheme", lambda b: b.evidence(b.skip("scheme", url="ftp://example.com/a")), ["LC117"]),
    ("a mail address as a link", lambda b: b.evidence(b.skip("scheme", Role.LINK, "mailto:a@example.com")), []),
    ("a mail address as a canonical URL", lambda b: b.evidence(b.skip("scheme", url="mailto:a@example.com")), ["LC117"]),
    ("credentials", lambda b: b.evidence(b.offline(url="https://me:secret@example.com/a")), ["LC115"]),
    ("an @ in the path", lambda b: b.evidence(b.offline(url="https://example.com/@me")), []),
    ("http", lambda b: b.evidence(b.offline(url="http://example.com/a")), ["LC116"]),
    ("http, and dead", lambda b: b.evidence(b.answer(Role.ORIGINAL, "http://example.com/a", 404)), ["LC201"]),
    (
        "http, and moved to https",
        lambda b: b.evidence(b.answer(Role.ORIGINAL, "http://example.com/a", via=(301,), to=("https://example.com/a",))),
        ["LC203"],
    ),
    ("offline", lambda b: b.evidence(b.offline()), []),
    ("excluded", lambda b: b.evidence(b.skip("excluded")), []),
]

ANSWERS: list[tuple[str, Show, list[str]]] = [
    ("alive", lambda b: b.evidence(b.answer(page=PLAIN)), []),
    ("gone", lambda b: b.evidence(b.answer(status=404)), ["LC201"]),
    (
        "gone, as an image",
        lambda b: b.evidence(b.answer(Role.IMAGE, IMAGE, 410, image=ImageFacts(None, not_image="html"))),
        ["LC201"],
    ),
    ("accepted", lambda b: b.evidence(b.answer(Role.ORIGINAL, status=404, accept=(404,))), []),
    ("moved", lambda b: b.evidence(b.answer(Role.ORIGINAL, via=(301,), to=(NEW,))), ["LC202"]),
    ("moved, a canonical", lambda b: b.evidence(b.answer(page=named(canonicals=(NEW,)), via=(301,), to=(NEW,))), ["LC301"]),
    (
        "moved trivially",
        lambda b: b.evidence(b.answer(page=named(canonicals=(URL + "/",)), via=(301,), to=(URL + "/",))),
        ["LC203"],
    ),
    ("moved to a page that is gone", lambda b: b.evidence(b.answer(status=404, via=(301,), to=(NEW,))), ["LC201"]),
    ("no such name", failure(FailureKind.DNS, "nxdomain"), ["LC204"]),
    ("name servers fail", failure(FailureKind.DNS, "servfail"), ["LC213"]),
    ("a loop", failure(FailureKind.TOO_MANY_HOPS, "loop"), ["LC205"]),
    ("a loop that may depend on the browser", failure(FailureKind.TOO_MANY_HOPS, "loop-varies"), ["LC205"]),
    ("more redirects than we follow", failure(FailureKind.TOO_MANY_HOPS, "long"), ["LC206"]),
    (
        "four redirects",
        lambda b: b.evidence(b.answer(Role.LINK, via=(302,) * 4, to=(URL + "/1", URL + "/2", URL + "/3", URL + "/4"))),
        ["LC206"],
    ),
    (
        "three redirects",
        lambda b: b.evidence(b.answer(Role.LINK, via=(302,) * 3, to=(URL + "/1", URL + "/2", URL + "/3"))),
        [],
    ),
    (
        "for the time being elsewhere",
        lambda b: b.evidence(b.answer(Role.ORIGINAL, via=(302,), to=("https://news.example.net/a",))),
        ["LC207"],
    ),
    (
        "for the time being on the same domain",
        lambda b: b.evidence(b.answer(Role.ORIGINAL, via=(302,), to=("https://www2.example.com/a",))),
        [],
    ),
    ("a domain for sale", lambda b: b.evidence(b.answer(page=PageFacts(title="example.com is for sale"))), ["LC226"]),
    ("a casino", lambda b: b.evidence(b.answer(page=PageFacts(title="Slot Gacor 88 Situs Judi Terpercaya"))), ["LC227"]),
    (
        "a video that was removed",
        lambda b: b.evidence(b.answer(url="https://www.youtube.com/watch?v=a", page=PageFacts(title="- YouTube"))),
        ["LC228"],
    ),
    ("a title of nothing but 404", lambda b: b.evidence(b.answer(page=PageFacts(title="404"))), ["LC208"]),
    (
        "a canonical, for the time being",
        lambda b: b.evidence(b.answer(page=named(canonicals=(NEW,)), via=(302,), to=(NEW,))),
        ["LC207"],
    ),
    ("a variant that names the canonical", lambda b: b.evidence(b.answer(page=named(), via=(302,), to=(NEW,))), []),
    ("JSON in place of a page", lambda b: b.evidence(b.answer(media_type="application/json")), ["LC229"]),
    ("error page", lambda b: b.evidence(b.answer(page=PageFacts(title="Account Suspended"))), ["LC230"]),
    ("soft 404", lambda b: b.evidence(b.answer(page=PageFacts(), soft_404="titled 'Not found'")), ["LC208"]),
    (
        "to the home page",
        lambda b: b.evidence(b.answer(page=PageFacts(), via=(301,), to=("https://example.com/",))),
        ["LC209"],
    ),
    (
        "to a login page",
        lambda b: b.evidence(b.answer(page=PageFacts(), via=(302,), to=("https://example.com/login",))),
        ["LC210"],
    ),
    (
        "an image's redirect to a login page",
        lambda b: b.evidence(
            b.answer(
                Role.IMAGE, IMAGE, via=(302,), to=("https://example.com/login",), image=ImageFacts(None, not_image="html")
            )
        ),
        ["LC210"],
    ),
    ("no file", lambda b: b.evidence(b.file(None)), ["LC211"]),
    ("a file", lambda b: b.evidence(b.file("lead.png", ImageFacts("png", 10, 10))), []),
    ("refused", lambda b: b.evidence(b.answer(status=403)), ["LC212"]),
    ("a bot wall", lambda b: b.evidence(b.answer(status=503, challenge="cf-mitigated: challenge")), ["LC212"]),
    ("out of order", lambda b: b.evidence(b.answer(status=503)), ["LC213"]),
    ("no answer in time", failure(FailureKind.TIMEOUT, "total"), ["LC213"]),
    ("TLS fails without saying why", failure(FailureKind.TLS, "handshake"), ["LC213"]),
    ("not requested, and the host is not down as a whole", failure(FailureKind.HOST_DOWN, ""), ["LC213"]),
    ("a host that keeps saying 429", failure(FailureKind.HOST_DOWN, "rate-limited"), ["LC212"]),
    ("a private address", failure(FailureKind.REFUSED_BY_GUARD, "address"), ["LC215"]),
    ("a redirect to no URL", failure(FailureKind.INVALID_URL, "location"), ["LC216"]),
    ("a redirect into an app", failure(FailureKind.INVALID_URL, "scheme"), ["LC216"]),
    ("expired", failure(FailureKind.TLS, "expired"), ["LC217"]),
    ("not yet valid", failure(FailureKind.TLS, "not-yet-valid"), ["LC217"]),
    ("for another host", failure(FailureKind.TLS, "wrong-host"), ["LC218"]),
    ("self-signed", failure(FailureKind.TLS, "self-signed"), ["LC219"]),
    ("a chain with a gap", failure(FailureKind.TLS, "incomplete-chain"), ["LC220"]),
    ("a body cut short", lambda b: b.evidence(b.answer(Role.LINK, body="incomplete")), ["LC222"]),
    ("a redirect to nowhere", lambda b: b.evidence(b.answer(status=302)), ["LC223"]),
    ("a refresh", lambda b: b.evidence(b.answer(Role.LINK, page=PageFacts(refresh=NEW))), ["LC224"]),
    ("a refresh of itself", lambda b: b.evidence(b.answer(Role.LINK, page=PageFacts(refresh=URL))), []),
    (
        "a sloppy Location",
        lambda b: b.evidence(b.answer(Role.ORIGINAL, via=(302,), to=(URL + "/b%20c",), locations=("/b c",))),
        ["LC225"],
    ),
    (
        "a relative Location",
        lambda b: b.evidence(b.answer(Role.ORIGINAL, via=(302,), to=(URL + "/b",), locations=("b",))),
        [],
    ),
    ("a fault of ours", failure(FailureKind.INTERNAL, ""), ["LC004"]),
    ("a URL that the replay lacks", failure(FailureKind.INTERNAL, NOT_IN_REPLAY), ["LC010"]),
    ("time limit reached", failure(FailureKind.OUT_OF_TIME, ""), []),
]

CANONICAL_AND_AMP: list[tuple[str, Show, list[str]]] = [
    ("a short link as canonical", lambda b: b.evidence(b.offline(url="https://bit.ly/a")), ["LC320"]),
    ("a short link as original", lambda b: b.evidence(b.offline(Role.ORIGINAL, "https://bit.ly/a")), []),
    (
        "a copy whose page names the original",
        lambda b: b.evidence(b.answer(url="https://web.archive.org/web/2021/" + URL, page=PLAIN)),
        ["LC320"],
    ),
    ("a canonical with a fragment", lambda b: b.evidence(b.offline(url=URL + "#top")), ["LC320"]),
    ("a canonical with a tracker and a reader's number", lambda b: b.evidence(b.offline(url=URL + "?mc_eid=0f")), ["LC122"]),
    ("another canonical", page(named(canonicals=(NEW,))), ["LC302"]),
    ("the canonical with a slash", page(named(canonicals=(URL + "/",))), ["LC303"]),
    ("two canonicals", page(named(canonicals=(URL, NEW))), ["LC304"]),
    ("the same canonical twice", page(named(canonicals=(URL, URL))), []),
    ("no canonical", page(PageFacts()), ["LC305"]),
    ("no canonical in a head cut off", page(PageFacts(truncated=True)), []),
    ("a canonical in the body", page(PageFacts(canonical_in_body=URL)), ["LC305"]),
    ("a relative canonical", page(named(raw_canonicals=("/2021/06/a-long-story",))), ["LC306"]),
    ("no page looked at", lambda b: b.evidence(b.answer()), []),
    (
        "a related article's canonical",
        lambda b: b.evidence(b.answer(page=named(canonicals=(NEW,)), pointer="/related/0/webUrl")),
        ["LC302"],
    ),
    ("a pair", pair(named(amphtml=(AMP,))), []),
    ("another AMP page", pair(named(amphtml=(URL + "/amp/",))), ["LC307"]),
    ("an AMP page not named", pair(named()), ["LC308"]),
    ("a page that is AMP itself", pair(named(is_amp=True)), []),
    ("no AMP page", pair(named(amphtml=(AMP,)), PLAIN), ["LC309"]),
    ("AMP given up", pair(named(), PLAIN, via=(301,), to=(URL,)), ["LC309"]),
    ("an AMP page that leads elsewhere", pair(named(amphtml=(AMP,)), named(is_amp=True, canonicals=(NEW,))), ["LC310"]),
    ("an AMP page that leads nowhere", pair(named(amphtml=(AMP,)), PageFacts(is_amp=True)), ["LC310"]),
    (
        "both lead to a third page",
        pair(named(canonicals=(NEW,), amphtml=(AMP,)), named(is_amp=True, canonicals=(NEW,))),
        ["LC302"],
    ),
    ("the right address", cached(CACHED), []),
    ("the scheme's segment missing", cached(CACHED.replace("/c/s/", "/c/")), ["LC311"]),
    ("an AMP page with a port", cached(CACHED, "https://example.com:8080/a"), ["LC311"]),
    ("no cache", cached(AMP), ["LC312"]),
    ("no cache, and no AMP page", cached("https://example.org/a", None), ["LC312"]),
    (
        "a cache that is no more",
        cached("https://example-com.amp.cloudflare.com/c/s/example.com/a", "https://example.com/a"),
        ["LC312"],
    ),
    ("a copy without its page", cached(CACHED, None), ["LC319"]),
    (
        "the cache sends on",
        lambda b: b.evidence(b.answer(Role.AMP_CACHE, CACHED, via=(302,), to=(AMP,), wants={"of": AMP})),
        ["LC313"],
    ),
    (
        "the cache sends on for good",
        lambda b: b.evidence(b.answer(Role.AMP_CACHE, CACHED, via=(301,), to=(URL,), wants={"of": AMP})),
        ["LC313"],
    ),
    (
        "the cache sends to the home page",
        lambda b: b.evidence(b.answer(Role.AMP_CACHE, CACHED, via=(301,), to=("https://example.com/",), wants={"of": AMP})),
        ["LC313"],
    ),
    ("the cache has it", lambda b: b.evidence(b.answer(Role.AMP_CACHE, CACHED, wants={"of": AMP})), []),
    ("the cache has it not", lambda b: b.evidence(b.answer(Role.AMP_CACHE, CACHED, 404, wants={"of": AMP})), ["LC314"]),
    (
        "the cache's name is gone",
        lambda b: b.evidence(b.failure(FailureKind.DNS, "nxdomain", Role.AMP_CACHE, CACHED)),
        ["LC314"],
    ),
    ("noindex", page(named(noindex=True)), ["LC315"]),
    ("noindex in a header", page(named(), headers=(("x-robots-tag", "noindex, nofollow"),)), ["LC315"]),
    ("the provider's domain", lambda b: b.evidence(b.offline(domain=b.claim("example.com", "/provider/domain"))), []),
    ("another's domain", lambda b: b.evidence(b.offline(domain=b.claim("example.org", "/provider/domain"))), ["LC316"]),
    (
        "a host for a domain",
        lambda b: b.evidence(
            b.offline(url="https://www.itpro.co.uk/a", domain=b.claim("www.itpro.co.uk", "/provider/domain"))
        ),
        ["LC316"],
    ),
    (
        "a suffix for a domain",
        lambda b: b.evidence(b.offline(url="https://www.itpro.co.uk/a", domain=b.claim("co.uk", "/provider/domain"))),
        ["LC316"],
    ),
    ("another og:url, on another's site", page(named(og_url=NEW)), ["LC322"]),
    ("the same og:url", page(named(og_url=URL + "/?utm_source=x")), []),
    ("a redirect to a page that names the old URL", page(named(), via=(301,), to=(NEW,)), ["LC322"]),
    (
        "the same at an original URL",
        lambda b: b.evidence(b.answer(Role.ORIGINAL, page=named(), via=(301,), to=(NEW,))),
        ["LC322"],
    ),
    (
        "another og:url, in a head cut off",
        page(PageFacts(og_url=NEW, truncated=True)),
        [],
    ),
    ("another title alone", lambda b: b.evidence(b.answer(page=PLAIN), data={"title": "Something else entirely"}), []),
    (
        "another title, and another canonical URL",
        lambda b: b.evidence(
            b.answer(url=HARBOUR, page=named(title="Kitchens made to measure", canonicals=(KITCHENS,))),
            data={"title": "Council rejects harbour plan"},
        ),
        ["LC302"],
    ),
    (
        "another title, and no canonical URL",
        lambda b: b.evidence(b.answer(page=PageFacts(title="A long story")), data={"title": "Something else entirely"}),
        ["LC305"],
    ),
    (
        "another title, in a head cut off",
        lambda b: b.evidence(
            b.answer(page=PageFacts(title="A long story", truncated=True)), data={"title": "Something else entirely"}
        ),
        [],
    ),
    (
        "another title and another date, said once",
        lambda b: b.evidence(
            b.answer(
                url=HARBOUR,
                page=named(title="Kitchens | Cookhouse", canonicals=(HARBOUR,), published="2024-01-09"),
            ),
            data={"title": "Council rejects harbour plan", "date": "2021-06-18"},
        ),
        ["LC317"],
    ),
    (
        "another title at the original URL, beside a canonical one",
        lambda b: b.evidence(
            b.answer(page=PLAIN),
            b.answer(Role.ORIGINAL, NEW, page=PageFacts(title="Moved house")),
            data={"title": "A long story"},
        ),
        [],
    ),
    (
        "the title with the site's name",
        lambda b: b.evidence(b.answer(page=named(title="A Long Story - The Example")), data={"title": "A long story"}),
        [],
    ),
    (
        "a related article's title",
        lambda b: b.evidence(
            b.answer(page=PLAIN, pointer="/related/0/webUrl"),
            data={"title": "Other", "related": [{"title": "A long story"}]},
        ),
        [],
    ),
    (
        "another date",
        lambda b: b.evidence(
            b.answer(page=named(published="2024-01-09")), data={"publishedDateTime": "2021-06-18T10:57:00Z"}
        ),
        ["LC318"],
    ),
    (
        "the next day, elsewhere",
        lambda b: b.evidence(b.answer(page=named(published="2021-06-19T08:00:00+10:00")), data={"date": "2021-06-18"}),
        [],
    ),
    ("a date that is none", lambda b: b.evidence(b.answer(page=named(published="soon")), data={"date": "2021-06-18"}), []),
]

IMAGES: list[tuple[str, Show, list[str]]] = [
    ("too narrow for Discover", picture(1199, 675, declared=(1199, 675), wants={"preset": "discover"}), ["LC414"]),
    ("wide enough for Discover", picture(1200, 675, declared=(1200, 675), wants={"preset": "discover"}), []),
    ("too flat for Discover", picture(1200, 249, declared=(1200, 249), wants={"preset": "discover"}), ["LC414"]),
    ("too narrow for the schema", picture(640, 480, wants={"preset": "discover", "min_width": 800}), ["LC410"]),
    (
        "declared too narrow for Discover",
        lambda b: b.evidence(b.offline(Role.IMAGE, IMAGE, width=640, height=480, preset="discover")),
        ["LC414"],
    ),
    (
        "a second image",
        lambda b: b.evidence(
            b.offline(Role.IMAGE, IMAGE, pointer="/images/1/url", width=640, height=480, preset="discover")
        ),
        [],
    ),
    ("as declared", picture(1200, 630, declared=(1200, 630)), []),
    ("nothing claimed", picture(1200, 630), []),
    (
        "a page in its place",
        lambda b: b.evidence(b.answer(Role.IMAGE, IMAGE, image=ImageFacts(None, not_image="html"))),
        ["LC401"],
    ),
    ("a file that is a page", lambda b: b.evidence(b.file("lead.png", ImageFacts(None, not_image="html"))), ["LC401"]),
    (
        "cut short",
        lambda b: b.evidence(b.answer(Role.IMAGE, IMAGE, image=ImageFacts(None, not_image="truncated"))),
        ["LC402"],
    ),
    ("a file that is broken", lambda b: b.evidence(b.file("lead.png", ImageFacts(None, not_image="broken"))), ["LC402"]),
    ("another size", picture(1200, 630, declared=(1260, 710)), ["LC403"]),
    ("another width, no height", picture(1200, 630, declared=(1260, None)), ["LC403", "LC406"]),
    (
        "another size, of a file",
        lambda b: b.evidence(b.file("lead.png", ImageFacts("png", 10, 10), width=10, height=11)),
        ["LC403"],
    ),
    ("a size in text", picture(1200, 630, declared=("1200", "630")), []),
    ("swapped", picture(3024, 4032, declared=(4032, 3024), stored=(4032, 3024), orientation=6), ["LC404"]),
    ("a square is never swapped", picture(50, 50, declared=(50, 50)), []),
    ("scaled", picture(2400, 1260, declared=(1200, 630)), ["LC405"]),
    ("scaled, with rounding", picture(1024, 533, declared=(640, 333)), ["LC405"]),
    (
        "an SVG of any size, in shape",
        picture(
            None,
            None,
            is_format="svg",
            media_type="image/svg+xml",
            ratio=2.0,
            declared=(200, 100),
            url="https://example.com/a.svg",
        ),
        [],
    ),
    (
        "an SVG of any size, out of shape",
        picture(
            None,
            None,
            is_format="svg",
            media_type="image/svg+xml",
            ratio=2.0,
            declared=(200, 150),
            url="https://example.com/a.svg",
        ),
        ["LC403"],
    ),
    (
        "an SVG rounded up",
        picture(
            744, 1052, is_format="svg", media_type="image/svg+xml", declared=(745, 1053), url="https://example.com/a.svg"
        ),
        [],
    ),
    ("no size declared", picture(1200, 630, declared=(None, None)), ["LC406"]),
    ("no size declared, offline", lambda b: b.evidence(b.offline(Role.IMAGE, IMAGE, width=None, height=10)), ["LC406"]),
    ("a size of nothing", lambda b: b.evidence(b.offline(Role.IMAGE, IMAGE, width=0, height=10)), ["LC407"]),
    ("a true size", lambda b: b.evidence(b.offline(Role.IMAGE, IMAGE, width=True, height=10)), ["LC407"]),
    (
        "a size the schema refused",
        lambda b: b.evidence(
            b.offline(Role.IMAGE, IMAGE, width=0, height=10), violations=(b.violation("minimum", "/images/0/width"),)
        ),
        ["LC110"],
    ),
    (
        "served as another type",
        picture(10, 10, is_format="webp", media_type="image/png", url="https://example.com/lead"),
        ["LC408"],
    ),
    ("served as nothing in particular", picture(10, 10, media_type="binary/octet-stream"), []),
    ("named as another type", picture(10, 10, is_format="webp", media_type=None), ["LC409"]),
    ("named otherwise by a server that chooses", picture(10, 10, is_format="webp", media_type="image/webp"), []),
    ("too small", picture(640, 336, wants={"min_width": 1200}), ["LC410"]),
    ("a pixel in place of a picture", picture(1, 1, declared=(1200, 630)), ["LC415"]),
    ("a pixel that is declared as one", picture(1, 1, declared=(1, 1)), []),
    ("large enough", picture(1200, 630, wants={"min_width": 1200, "min_height": 600}), []),
    ("unwanted", picture(10, 10, wants={"media": ("image/png", "image/webp")}), ["LC411"]),
    ("wanted", picture(10, 10, wants={"media": ("image/*",)}), []),
    ("absurd", picture(30_000, 20_000), ["LC412"]),
    ("heavy", picture(1200, 630, length=5_000_000), ["LC413"]),
    ("light", picture(1200, 630, length=50_000), []),
]


def shared(pointer: str, other: str, role: Role = Role.CANONICAL) -> Show:
    return lambda b: b.evidence(b.offline(pointer=pointer), duplicates={URL: (duplicate("b.md", other, role),)})


def sized(size: tuple[int, int], other: tuple[int, int]) -> Show:
    return lambda b: b.evidence(
        b.offline(Role.IMAGE, IMAGE, width=size[0], height=size[1]),
        duplicates={IMAGE: (duplicate("b.md", "/images/0/url", Role.IMAGE, other),)},
    )


def namesake(url: str, **data: Json) -> Show:
    """An article with a title, and another one before it of the same title and day."""
    title: dict[str, Json] = {"title": "Night trains return to the coast line"}
    other = Article("A.md", data={**title, **data})
    return lambda b: b.evidence(b.offline(), data=title, namesakes=(Namesake(other, (url,)),))


ACROSS: list[tuple[str, Show, list[str]]] = [
    ("a title and day of two articles", namesake(NEW), ["LC504"]),
    ("a title and day of two articles with one page", namesake(URL + "/"), []),
    ("a title and day of an article and a video", namesake(NEW, type="video"), []),
    ("a canonical of two articles", shared("/webUrl", "/webUrl"), ["LC501"]),
    ("a related article elsewhere", shared("/webUrl", "/related/3/webUrl"), []),
    ("related articles of two", shared("/related/0/webUrl", "/webUrl"), []),
    ("an image of two sizes", sized((50, 50), (100, 100)), ["LC502"]),
    ("an image of one size", sized((50, 50), (50, 50)), []),
    (
        "an image of two sizes in one article",
        lambda b: b.evidence(
            b.offline(Role.IMAGE, IMAGE, width=5, height=5),
            b.offline(Role.IMAGE, IMAGE, pointer="/images/1/url", width=6, height=6),
        ),
        ["LC502"],
    ),
    (
        "an image of two sizes, measured",
        lambda b: b.evidence(
            b.picture(50, 50, declared=(50, 50)),
            duplicates={IMAGE: (duplicate("b.md", "/images/0/url", Role.IMAGE, (60, 60)),)},
        ),
        [],
    ),
    (
        "related to itself",
        lambda b: b.evidence(
            b.offline(), b.offline(url=URL.replace("https://", "http://www.") + "/", pointer="/related/0/webUrl")
        ),
        ["LC503"],
    ),
    (
        "a related article twice",
        lambda b: b.evidence(
            b.offline(),
            b.offline(url=NEW, pointer="/related/0/webUrl"),
            b.offline(url=NEW + "/", pointer="/related/1/webUrl"),
        ),
        ["LC506"],
    ),
    (
        "an article twice in two lists",
        lambda b: b.evidence(b.offline(url=NEW, pointer="/related/0/webUrl"), b.offline(url=NEW, pointer="/more/0/webUrl")),
        [],
    ),
    ("related to another", lambda b: b.evidence(b.offline(), b.offline(url=NEW, pointer="/related/0/webUrl")), []),
]

TABLES = {
    "front matter": FRONT_MATTER,
    "answers": ANSWERS,
    "canonical and AMP": CANONICAL_AND_AMP,
    "images": IMAGES,
    "across": ACROSS,
}
OPTIONS = JudgeOptions(now="2026-11-22T12:00:00Z", own_hosts=("*",))


ROWS = [pytest.param(show, codes, id=f"{table}: {name}") for table, cases in TABLES.items() for name, show, codes in cases]


@pytest.mark.parametrize(("show", "codes"), ROWS)
def test_what_is_shown_is_found_once_and_nothing_else(show: Show, codes: list[str], build: Any) -> None:
    findings = list(judge(show(build), OPTIONS))
    assert sorted(finding.code for finding in findings) == codes, findings


@pytest.mark.parametrize(("show", "codes"), [pytest.param(*row.values, id=str(row.id)) for row in ROWS if row.values[1]])
def test_links_that_say_nothing_change_nothing_wherever_they_are(show: Show, codes: list[str], build: Any) -> None:
    shown = show(build)
    others = [
        build.answer(Role.LINK, f"https://other.example/{number}", pointer=f"/others/{number}/url") for number in range(2)
    ]
    skipped = build.skip("excluded", Role.CANONICAL, "https://other.example/x", pointer="/others/2/webUrl")
    found = list(judge(replace(shown, results=(others[0], skipped, *shown.results, others[1])), OPTIONS))
    assert sorted(finding.code for finding in found) == codes


@pytest.mark.parametrize("show", [pytest.param(row.values[0], id=str(row.id)) for row in ROWS if row.values[1]])
def test_findings_have_a_place_and_words(show: Show, build: Any) -> None:
    findings = list(judge(show(build), OPTIONS))
    assert findings
    for finding in findings:
        assert finding.location.path == "a.md"
        assert finding.quote == f"line {finding.location.span.line}"
        assert finding.message == finding.message.strip()
        assert not finding.message.endswith(".")
        assert finding.hint


@pytest.mark.parametrize(
    ("kind", "detail", "severity"),
    [
        (FailureKind.INVALID_URL, "location", "error"),
        (FailureKind.INVALID_URL, "scheme", "warning"),
        (FailureKind.INVALID_URL, "disagreement", "warning"),
        (FailureKind.INVALID_URL, "too-long", "warning"),
        (FailureKind.REFUSED_BY_GUARD, "address", "error"),
        (FailureKind.REFUSED_BY_GUARD, "name", "error"),
        (FailureKind.REFUSED_BY_GUARD, "port", "info"),
        (FailureKind.REFUSED_BY_GUARD, "preview-port", "error"),
    ],
)
def test_what_may_work_for_readers_is_no_error(kind: FailureKind, detail: str, severity: str, build: Any) -> None:
    (finding,) = judge(failure(kind, detail)(build), OPTIONS)
    assert finding.severity == severity
