"""What is counted of a run, article by article."""

from collections.abc import Sequence
from typing import Any

import pytest
from msgspec import msgpack
from msgspec.structs import replace

from linkcheck.judge import JudgeOptions, RunFactsBuilder, RunFactsPart
from linkcheck.judge.options import AmpCount
from linkcheck.judge.run_facts import (
    MOST_PLACES,
    DroppedAmp,
    EndingCertificate,
    FolderLinks,
    LeftOut,
    RunFacts,
    SharedImage,
    UnresolvedLinks,
)
from linkcheck.judge.site_roots import FoundFolder
from linkcheck.model import (
    NOT_IN_REPLAY,
    Certificate,
    FailureKind,
    LocalFile,
    NearbyFiles,
    ParseError,
    ParseErrorKind,
    Role,
)

HOST = "example.com"


def counted(*evidence: Any, **options: Any) -> RunFacts:
    """The facts, which are the same if another process counts the last articles, unless a change is checked."""
    facts = tallied(evidence, **options).facts()
    if all(each.changed is None for each in evidence):
        for at in range(len(evidence) + 1):
            first, others = tallied(evidence[:at], **options), tallied(evidence[at:], **options).part
            first.merge(msgpack.decode(msgpack.encode(others), type=RunFactsPart))
            assert first.facts() == facts, at
    return facts


def tallied(evidence: Sequence[Any], **options: Any) -> RunFactsBuilder:
    tally = RunFactsBuilder(JudgeOptions(**options))
    for each in evidence:
        tally.add(each)
    return tally


def test_an_article_is_valid_without_errors_and_was_read_if_it_has_values(build: Any) -> None:
    error = ParseError(ParseErrorKind.EMPTY, build.claim(1, "").location, "empty")
    found = counted(
        build.evidence(data={"title": "a"}),
        build.evidence(),
        build.evidence(data={"title": "a"}, violations=(build.violation("type", "/title"),)),
        build.evidence(parse_errors=(error,)),
    )
    assert (found.articles, found.valid_articles, found.read_articles) == (4, 2, 2)


def test_what_only_the_caller_knows_is_passed_on(build: Any) -> None:
    place = build.claim(1, "/webUrl").location
    given: dict[str, Any] = {
        "paths": ("content",),
        "has_link_fields": False,
        "links_elsewhere": True,
        "is_configured": False,
        "left_out": LeftOut(1, 2, 3),
        "nothing_to_do": True,
        "unused_excludes": ("a",),
        "config": "linkcheck.toml",
        "extensions": ("md",),
        "shared_images": (SharedImage("https://a.example/b.png", 5, place),),
        "dropped_amp": (DroppedAmp("a.example", AmpCount(3, 3), 1, ("ampWebUrl",), (place,)),),
        "site_roots": ("static",),
        "likely_roots": (FoundFolder("theme", 5),),
    }
    found = RunFactsBuilder().facts(**given)
    assert {name: getattr(found, name) for name in given} == given
    assert RunFactsBuilder().facts() == RunFacts(0, 0)


@pytest.mark.parametrize(
    ("kind", "detail", "unchecked", "counts"),
    [
        (FailureKind.OUT_OF_TIME, "run", (("time limit reached", 1),), (0, 0)),
        (FailureKind.NETWORK_DOWN, "", (("the network was down", 1),), (0, 0)),
        (FailureKind.INTERNAL, NOT_IN_REPLAY, (), (0, 1)),
        (FailureKind.INTERNAL, "ValueError", (), (1, 0)),
        (FailureKind.TIMEOUT, "connect", (), (0, 0)),
    ],
)
def test_links_that_were_not_checked_are_counted_by_their_reason(
    build: Any, kind: FailureKind, detail: str, unchecked: tuple[tuple[str, int], ...], counts: tuple[int, int]
) -> None:
    found = counted(build.evidence(build.failure(kind, detail)))
    assert (found.unchecked, (found.internal_errors, found.not_in_replay)) == (unchecked, counts)


def test_the_reasons_are_sorted_and_added_up(build: Any) -> None:
    results = [build.failure(kind, "") for kind in (FailureKind.OUT_OF_TIME, FailureKind.NETWORK_DOWN)]
    found = counted(build.evidence(*results), build.evidence(results[0]))
    assert found.unchecked == (("the network was down", 1), ("time limit reached", 2))


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        pytest.param(lambda b: b.failure(FailureKind.TIMEOUT, "connect"), (False, False, False), id="silent"),
        pytest.param(lambda b: b.failure(FailureKind.HOST_DOWN, "server-errors"), (True, False, False), id="errors before"),
        pytest.param(lambda b: b.answer(status=500), (True, False, False), id="an error"),
        pytest.param(lambda b: b.failure(FailureKind.TIMEOUT, "connect", Role.AMP), (False, False, True), id="AMP"),
        pytest.param(lambda b: b.failure(FailureKind.TIMEOUT, "connect", Role.AMP_CACHE), (False, False, True), id="a copy"),
        pytest.param(lambda b: b.failure(FailureKind.CONNECT, "proxy"), (False, True, False), id="a limit of the run"),
        pytest.param(lambda b: b.failure(FailureKind.TLS, "protocol"), (False, False, False), id="TLS"),
    ],
)
def test_a_host_that_is_down_is_told_by_how_it_failed(build: Any, make: Any, expected: tuple[bool, bool, bool]) -> None:
    result = make(build)
    (down,) = counted(build.evidence(result), down_hosts=frozenset((HOST,))).down_hosts
    assert (down.host, down.reason, down.links) == (HOST, result.verdict.reason, 1)
    assert (down.answers, down.limit_of_run, down.amp_only) == expected


def test_of_several_links_all_or_one_decide(build: Any) -> None:
    silent = build.failure(FailureKind.TIMEOUT, "connect")
    proxy = build.failure(FailureKind.CONNECT, "proxy", Role.AMP)
    error = build.answer(Role.AMP, status=500)
    (down,) = counted(build.evidence(proxy, silent, error), down_hosts=frozenset((HOST,))).down_hosts
    assert (down.answers, down.limit_of_run, down.amp_only, down.links) == (True, False, False, 3)
    assert down.reason == proxy.verdict.reason
    for results in ((proxy, silent), (silent, proxy)):
        (down,) = counted(build.evidence(*results), down_hosts=frozenset((HOST,))).down_hosts
        assert not down.limit_of_run
    (down,) = counted(build.evidence(proxy, proxy), down_hosts=frozenset((HOST,))).down_hosts
    assert (down.answers, down.limit_of_run, down.amp_only) == (False, True, True)


def test_the_hosts_that_are_down_are_sorted(build: Any) -> None:
    silent = [build.failure(FailureKind.TIMEOUT, "connect", url=f"https://{host}.example/") for host in "cab"]
    hosts = frozenset(f"{host}.example" for host in "abc")
    found = counted(build.evidence(*silent), down_hosts=hosts).down_hosts
    assert [each.host for each in found] == ["a.example", "b.example", "c.example"]


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda b: b.answer(), id="it works"),
        pytest.param(lambda b: b.answer(status=404), id="it is gone"),
        pytest.param(lambda b: b.failure(FailureKind.TLS, "expired"), id="a rule of its own"),
        pytest.param(lambda b: b.failure(FailureKind.TIMEOUT, "connect", url="https://other.example/"), id="another host"),
        pytest.param(lambda b: b.offline(), id="not requested"),
    ],
)
def test_what_is_not_said_of_a_host_that_is_down(build: Any, make: Any) -> None:
    assert counted(build.evidence(make(build)), down_hosts=frozenset((HOST,))).down_hosts == ()


def test_the_first_places_are_kept_and_the_rest_counted(build: Any) -> None:
    silent = build.failure(FailureKind.TIMEOUT, "connect")
    (down,) = counted(build.evidence(*[silent] * (MOST_PLACES + 1)), down_hosts=frozenset((HOST,))).down_hosts
    assert (len(down.places), down.links) == (MOST_PLACES, MOST_PLACES + 1)


def test_the_certificate_that_ends_first_is_kept(build: Any) -> None:
    def ends(days: int, **more: Any) -> Any:
        return build.evidence(build.answer(certificate=Certificate("A", f"2026-12-{days:02}", days, 90), **more))

    found = counted(ends(9), ends(3), ends(5), ends(3, pointer="/other"), ends(4, url="https://a.example/"))
    place = build.answer().link.location
    assert found.certificates == (
        EndingCertificate("a.example", "2026-12-04", 4, place, 90),
        EndingCertificate(HOST, "2026-12-03", 3, place, 90),
    )
    failed = build.failure(FailureKind.TLS, "expired")
    certificate = Certificate("A", "2026-12-01", 1)
    failed = replace(failed, outcome=replace(failed.outcome, certificate=certificate))
    assert counted(build.evidence(failed)).certificates == ()


def test_links_that_cannot_be_resolved_are_told_once_for_each_reason(build: Any) -> None:
    first, second = (build.skip("no-base-url", url="/a", pointer=f"/related/{number}/webUrl") for number in range(2))
    other = build.skip("no-base-url", url="/b")
    other = replace(other, skip=replace(other.skip, reason="another reason"))
    mistyped = build.skip("no-base-url", Role.LINK, "www.a.example", pointer="/x")
    violated = build.skip("no-base-url", Role.LINK, "b", pointer="/y")
    evidence = build.evidence(first, second, other, mistyped, violated, violations=(build.violation("format", "/y"),))
    assert counted(evidence, build.evidence(second)).unresolved == (
        UnresolvedLinks(first.link, "because no-base-url", 3),
        UnresolvedLinks(other.link, "another reason", 1),
    )


def test_a_missing_file_is_counted_for_the_folder_that_explains_it(build: Any) -> None:
    def missing(name: str, *elsewhere: str, folder: str | None = None) -> Any:
        nearby = NearbyFiles(name, elsewhere=elsewhere, missing_folder=folder)
        return replace(build.file(None), local=LocalFile(None, (f"site/{name}",), nearby=nearby))

    results = [
        missing("a.png", "theme/a.png"),
        missing("b.png", "theme/b.png", folder="img"),
        missing("c.png", folder="img"),
        missing("d.png", "skin/d.png"),
        missing("e.png", "skin/e.png"),
        missing("f.png", "skin/f.png"),
        missing("g.png", "old/g.png", folder="elsewhere"),
        build.file("site/h.png"),
    ]
    found = counted(build.evidence(*results), missing_roots=("theme", "skin"), missing_folders=("img",))
    place = results[0].link.location
    assert found.files == 8
    assert found.misplaced == (
        FolderLinks("skin", 3, (place,) * 3, untouched=False),
        FolderLinks("theme", 2, (place,) * 2, untouched=False),
    )
    assert found.missing_folders == (FolderLinks("img", 1, (place,), untouched=False),)
    equal = counted(build.evidence(results[3], results[0]), missing_roots=("theme", "skin")).misplaced
    assert [each.folder for each in equal] == ["skin", "theme"]
    many = counted(build.evidence(*results[:1] * (MOST_PLACES + 1)), missing_roots=("theme",)).misplaced[0]
    assert (many.links, len(many.places)) == (MOST_PLACES + 1, MOST_PLACES)


def test_links_that_a_change_added_come_before_those_it_did_not_touch(build: Any) -> None:
    def found(*changed: frozenset[str] | None) -> RunFacts:
        articles = []
        for each, line in zip(changed, (2, 5, 8), strict=True):
            near = NearbyFiles("a.png", elsewhere=("theme/a.png",))
            other = replace(near, elsewhere=(), missing_folder="img")
            certificate = Certificate("A", f"2026-12-0{line}", line)
            results = (
                build.failure(FailureKind.TIMEOUT, "connect", pointer="/down"),
                replace(build.file(None), local=LocalFile(None, ("a.png",), nearby=near)),
                replace(build.file(None), local=LocalFile(None, ("a.png",), nearby=other)),
                build.skip("no-base-url", url="/a", pointer="/unresolved"),
                build.answer(certificate=certificate, pointer="/ends", url="https://a.example/"),
            )
            placed = (
                replace(one, link=replace(one.link, location=replace(one.link.location, path=f"{line}.md")))
                for one in results
            )
            articles.append(replace(build.evidence(*placed), changed=each))
        options = {"down_hosts": frozenset((HOST,)), "missing_roots": ("theme",), "missing_folders": ("img",)}
        return counted(*articles, **options)

    def first(facts: RunFacts) -> set[tuple[str, bool]]:
        (down,), (ends,), (unresolved,) = facts.down_hosts, facts.certificates, facts.unresolved
        (root,), (folder,) = facts.misplaced, facts.missing_folders
        assert (down.links, root.links, folder.links, unresolved.links, ends.days_left) == (3, 3, 3, 3, 2)
        places = [(each.places[0].path, each.untouched) for each in (down, root, folder)]
        return {*places, (unresolved.first.location.path, unresolved.untouched), (ends.place.path, ends.untouched)}

    none, all_ = frozenset[str](), frozenset(("/down", "/images/0/url", "/unresolved", "/ends"))
    assert first(found(none, none, none)) == {("2.md", True)}
    assert first(found(none, all_, all_)) == first(found(none, None, none)) == {("5.md", False)}
    assert first(found(None, none, all_)) == first(found(None, None, None)) == {("2.md", False)}
