"""One site is requested in place of another: which URLs, at which URLs, and back."""

import pytest

from linkcheck.fetch.remapping import RemappedSource, restored
from linkcheck.fetch.scheduling.target_source import ListSource
from linkcheck.model import Answer, Certificate, Failure, FailureKind, Hop, JsonLd, Outcome, PageFacts, Probe, Target
from linkcheck.urls import Remap, parse_url

SITE, PREVIEW = "https://site.example", "https://pr-1.preview.example"


def requested(url: str, *texts: str) -> str:
    return Remap(texts).requested(parse_url(url))


@pytest.mark.parametrize("slash", ["", "/"])
@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://site.example/", f"{PREVIEW}/"),
        ("https://site.example/a/b.html?c=1&d", f"{PREVIEW}/a/b.html?c=1&d"),
        ("https://site.example?a", f"{PREVIEW}/?a"),
        ("https://SITE.example:443/A", f"{PREVIEW}/A"),
        ("https://site.example/caf%c3%a9//x/", f"{PREVIEW}/caf%c3%a9//x/"),
        ("http://site.example/", "http://site.example/"),
        ("https://www.site.example/", "https://www.site.example/"),
        ("https://site.example.org/", "https://site.example.org/"),
        ("https://site.example:8443/a", "https://site.example:8443/a"),
    ],
)
def test_a_site_is_requested_at_its_preview(url: str, expected: str, slash: str) -> None:
    assert requested(url, f"{SITE}{slash} {PREVIEW}{slash}") == expected


@pytest.mark.parametrize("source", [f"{SITE}/blog", f"{SITE}/blog/", f"{SITE}/%62log"])
@pytest.mark.parametrize("goal", [f"{PREVIEW}:8443/p", f"{PREVIEW}:8443/p/"])
@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/blog", "/p"),
        ("/blog/", "/p/"),
        ("/blog?a", "/p?a"),
        ("/blog/x?a", "/p/x?a"),
        ("/b%6Cog/x", "/p/x"),
        ("/blogger/x", None),
        ("/Blog/x", None),
        ("/", None),
        ("/a/blog/x", None),
    ],
)
def test_a_folder_ends_at_a_slash(source: str, goal: str, path: str, expected: str | None) -> None:
    found = requested(f"{SITE}{path}", f"{source} {goal}")
    assert found == (f"{SITE}{path}" if expected is None else f"{PREVIEW}:8443{expected}")


def test_hosts_are_compared_in_punycode_and_percent_encoding_does_not_matter() -> None:
    remap = f"https://bücher.example/café {PREVIEW}"
    assert requested("https://xn--bcher-kva.example/caf%c3%a9/a", remap) == f"{PREVIEW}/a"


@pytest.mark.parametrize("order", [1, -1])
def test_the_longest_prefix_wins(order: int) -> None:
    texts = [f"{SITE} https://a.example", f"{SITE}/blog/en https://c.example", f"{SITE}/blog https://b.example"][::order]
    paths = ("/x", "/blog/x", "/blog/en/x", "/blog/english")
    assert [requested(f"{SITE}{path}", *texts) for path in paths] == [
        "https://a.example/x",
        "https://b.example/x",
        "https://c.example/x",
        "https://b.example/english",
    ]


def test_a_preview_below_the_site_is_not_looked_for_below_itself() -> None:
    remap = f"{SITE} {SITE}/previews/1"
    assert requested(f"{SITE}/a", remap) == f"{SITE}/previews/1/a"
    assert requested(f"{SITE}/previews/1/a", remap) == f"{SITE}/previews/1/a"


def outcome_of(*urls: str, page: PageFacts | None = None) -> Outcome:
    """An outcome with these redirects, each as written in its Location."""
    hops, here = [], urls[0]
    for location in urls[1:]:
        hops.append(Hop(here, 301, location))
        here = parse_url(location, here).href
    certificate = Certificate("CA", "2027-01-01T00:00:00Z", 30)
    return Outcome(urls[0], Probe.PAGE, Answer(200, here, page=page), hops=tuple(hops), certificate=certificate)


def chain(outcome: Outcome) -> list[tuple[str, str | None]]:
    answer = [] if outcome.answer is None else [(outcome.answer.url, None)]
    return [*((hop.url, hop.location) for hop in outcome.hops), *answer]


@pytest.mark.parametrize(
    ("location", "shown"),
    [
        ("/p/b", f"{SITE}/blog/b"),
        ("b#c", "b#c"),
        (f"{PREVIEW}/p/b?c", f"{SITE}/blog/b?c"),
        (f"{PREVIEW}/other", f"{PREVIEW}/other"),
        ("/other", f"{PREVIEW}/other"),
        ("https://else.example/", "https://else.example/"),
    ],
)
def test_redirects_of_the_preview_are_those_of_the_site(location: str, shown: str) -> None:
    remap = Remap((f"{SITE}/blog {PREVIEW}/p",))
    found = restored(outcome_of(f"{PREVIEW}/p/a", location), f"{SITE}/blog/a", remap)
    end = parse_url(shown, f"{SITE}/blog/a").href
    assert found.url == f"{SITE}/blog/a"
    assert chain(found) == [(f"{SITE}/blog/a", shown), (end, None)]


def test_a_redirect_to_the_site_is_followed_on_the_preview() -> None:
    remap = Remap((f"{SITE} {PREVIEW}",))
    asked = Outcome(
        "https://short.example/1",
        Probe.PAGE,
        Answer(200, f"{PREVIEW}/b"),
        hops=(Hop("https://short.example/1", 301, f"{SITE}/a"), Hop(f"{PREVIEW}/a", 301, "/b")),
    )
    assert chain(restored(asked, asked.url, remap)) == [
        ("https://short.example/1", f"{SITE}/a"),
        (f"{SITE}/a", "/b"),
        (f"{SITE}/b", None),
    ]


def test_the_facts_of_a_page_are_those_of_the_site() -> None:
    page = PageFacts(
        canonicals=(f"{PREVIEW}/a", f"{SITE}/a", "https://else.example/"),
        raw_canonicals=("/a", f"{PREVIEW}/a"),
        amphtml=(f"{PREVIEW}/amp#x",),
        og_url=f"{PREVIEW}/a",
        og_image="https://pr-1.preview.example.org/a.png",
        json_ld=JsonLd(url=f"{PREVIEW}/a", headline="A"),
    )
    found = restored(outcome_of(f"{PREVIEW}/a", page=page), f"{SITE}/a", Remap((f"{SITE} {PREVIEW}",)))
    assert found.answer is not None
    assert found.answer.url == f"{SITE}/a"
    assert found.answer.page == PageFacts(
        canonicals=(f"{SITE}/a", "https://else.example/"),
        raw_canonicals=("/a", f"{SITE}/a"),
        amphtml=(f"{SITE}/amp#x",),
        og_url=f"{SITE}/a",
        og_image="https://pr-1.preview.example.org/a.png",
        json_ld=JsonLd(url=f"{SITE}/a", headline="A"),
    )
    assert found.certificate is None, "the certificate of the preview expires without consequences"


@pytest.mark.parametrize(("url", "kept"), [(f"{PREVIEW}/a", False), ("https://else.example/", True)])
def test_a_preview_may_be_hidden_from_search_engines(url: str, *, kept: bool) -> None:
    headers = (("etag", "1"), ("x-robots-tag", "noindex"))
    answer = Answer(200, url, headers=headers, page=PageFacts(noindex=True))
    outcome = Outcome(f"{PREVIEW}/", Probe.PAGE, answer, hops=(Hop(f"{PREVIEW}/", 301, url),))
    found = restored(outcome, f"{SITE}/", Remap((f"{SITE} {PREVIEW}",))).answer
    assert found is not None
    assert found.headers == (headers if kept else headers[:1])
    assert found.page == PageFacts(noindex=kept)


def test_what_leads_elsewhere_keeps_its_certificate() -> None:
    found = restored(outcome_of(f"{PREVIEW}/a", "https://else.example/"), f"{SITE}/a", Remap((f"{SITE} {PREVIEW}",)))
    assert found.certificate is not None


def test_a_failure_is_that_of_the_url_of_the_site() -> None:
    lost = Failure(FailureKind.DNS, "nxdomain", "the host does not exist")
    found = restored(Outcome(f"{PREVIEW}/a", Probe.PAGE, failure=lost), f"{SITE}/a", Remap((f"{SITE} {PREVIEW}",)))
    assert (found.url, found.failure) == (f"{SITE}/a", lost)


@pytest.mark.parametrize(
    ("contacted", "original", "location", "detail"),
    [
        (f"{PREVIEW}:8443/a", f"{SITE}/a", None, "preview-port"),
        ("https://other.example/", "https://other.example/", f"{SITE}/a", "preview-port"),
        (f"{PREVIEW}:8443/a", f"{SITE}/a", "https://else.example:8080/", "port"),
        (f"{PREVIEW}:8443/a", f"{PREVIEW}:8443/a", None, "port"),
    ],
    ids=["of the site", "by a redirect", "another host", "a link to the preview"],
)
def test_the_port_of_a_preview_that_was_not_requested_is_named(
    contacted: str, original: str, location: str | None, detail: str
) -> None:
    lost = Failure(FailureKind.REFUSED_BY_GUARD, "port", "was not requested")
    hops = () if location is None else (Hop(contacted, 302, location),)
    remap = Remap((f"{SITE} {PREVIEW}:8443",))
    failure = restored(Outcome(contacted, Probe.PAGE, hops=hops, failure=lost), original, remap).failure
    assert failure is not None
    assert failure.detail == detail
    assert ("the preview pr-1.preview.example:8443 was not requested" in failure.message) is (detail == "preview-port")


def test_a_link_to_the_preview_itself_stays() -> None:
    outcome = outcome_of(f"{PREVIEW}/a", "/b")
    assert restored(outcome, outcome.url, Remap((f"{SITE} {PREVIEW}",))) is outcome


def test_of_two_sites_with_one_preview_each_has_its_own_urls() -> None:
    remap = Remap((f"http://site.example {PREVIEW}", f"{SITE} {PREVIEW}"))
    for site in ("http://site.example", SITE):
        assert chain(restored(outcome_of(f"{PREVIEW}/a", "/b"), f"{site}/a", remap))[-1] == (f"{site}/b", None)


def target(url: str) -> Target:
    return Target(url, Probe.PAGE, parse_url(url).host)


def test_targets_belong_to_the_host_that_is_contacted() -> None:
    targets = [f"{SITE}/1", f"{SITE}/blog/2", f"{SITE}/blog/3", f"{PREVIEW}/2", f"{PREVIEW}/4", "https://else.example/"]
    source = RemappedSource(ListSource(map(target, targets)), Remap((f"{SITE}/blog {PREVIEW}",)))
    sizes = list(source.hosts())
    assert sizes == [("pr-1.preview.example", 4), ("else.example", 1), ("site.example", 1)]
    taken = [each for host, size in sizes for each in (*source.take(host, 1), *source.take(host, size))]
    assert [each.url for each in taken[:4]] == [f"{PREVIEW}/{number}" for number in (2, 3, 2, 4)]
    assert [parse_url(each.url).host for each in taken] == [each.host for each in taken]
    found = source.restored([Outcome(each.url, each.probe, Answer(200, each.url)) for each in taken])
    assert sorted(each.url for each in found) == sorted(targets), "each target has one outcome"
    assert all(each.answer is not None and each.answer.url == each.url for each in found)
