import asyncio
import errno
from itertools import pairwise

import pytest
from virtual_web import (
    EXPIRED,
    NO_DESCRIPTORS,
    NO_ROUTE,
    NXDOMAIN,
    REFUSED,
    RESET,
    SERVFAIL,
    SILENT,
    Crawls,
    FakeWeb,
    Reply,
    many,
    response,
    targets_of,
)

from linkcheck.fetch.http.failures import FetchError
from linkcheck.fetch.http.messages import OutgoingRequest, RawResponse
from linkcheck.fetch.options import FetchOptions, HostOptions
from linkcheck.fetch.politeness.host_limits import HostStates
from linkcheck.fetch.scheduling.crawler import BEAT
from linkcheck.model import Failure, FailureKind, Outcome, Probe

URL = "https://a.example/1"


def shown(outcome: Outcome) -> object:
    return outcome.failure.kind.value if outcome.failure else outcome.answer and outcome.answer.status


@pytest.mark.parametrize(
    ("replies", "requests", "verdict"),
    [
        pytest.param([200], 1, 200, id="an answer is believed at once"),
        pytest.param([404], 1, 404, id="so is one that says no"),
        pytest.param([EXPIRED], 1, "tls", id="and a certificate that expired"),
        pytest.param([503, 200], 2, 200, id="503 once is not held against a page"),
        pytest.param([RESET, SILENT, SERVFAIL, 200], 4, 200, id="nor are three kinds of passing failure in a row"),
        pytest.param([SILENT, SILENT, SILENT, SILENT, 200], 5, 200, id="a second look at the end finds it alive"),
        pytest.param([502], 5, 502, id="what fails every time is asked five times: four tries and a second look"),
        pytest.param([NXDOMAIN], 2, "dns", id="a name that does not exist gets one second look"),
        pytest.param([NXDOMAIN, 200], 2, 200, id="which may find it"),
        pytest.param([REFUSED], 5, "connect", id="a refused connection is tried again"),
        pytest.param([501], 1, 501, id="not implemented says something lasting"),
    ],
)
def test_each_target_is_asked_until_the_answer_can_be_believed(
    crawls: Crawls, replies: list[object], requests: int, verdict: object
) -> None:
    others = many(4, 1)
    ran = crawls([*targets_of(URL), *others], FakeWeb({URL: list(replies)}))  # type: ignore[arg-type]
    outcome = ran.outcome(URL)
    assert (len(ran.web.of(URL)), shown(outcome)) == (requests, verdict)
    assert outcome.attempts == outcome.requests == requests
    assert len(outcome.tried_statuses) == requests - 1
    assert len(ran.outcomes) == 5
    assert ran.crawl.complete


def test_the_second_look_comes_after_the_other_hosts(crawls: Crawls) -> None:
    ran = crawls([*targets_of(URL), *many(2, 100)], FakeWeb({URL: [NXDOMAIN]}))
    assert ran.web.asked[-1].url == URL


def test_without_retries_nothing_is_asked_twice(crawls: Crawls) -> None:
    ran = crawls(targets_of(URL), FakeWeb({URL: [503]}), FetchOptions(retries=0))
    assert (len(ran.web.asked), shown(ran.outcome(URL))) == (1, 503)


def test_a_retry_waits_longer_each_time(crawls: Crawls) -> None:
    ran = crawls([*targets_of(URL), *many(2, 1)], FakeWeb({URL: [502]}, seconds=0.0), FetchOptions(final_retry=False))
    times = [asked.begin for asked in ran.web.asked if asked.url == URL]
    waits = [after - before for before, after in pairwise(times)]
    assert all(low <= wait <= high for wait, low, high in zip(waits, (0.5, 1, 2), (1, 2, 4), strict=True))


def test_retry_after_leaves_the_host_alone_and_no_other(crawls: Crawls) -> None:
    web = FakeWeb({"https://h0.example/0": [(429, {"retry-after": "40"}), 200]})
    ran = crawls(many(2, 20), web)
    first, *rest = [asked.begin for asked in web.asked if asked.host == "h0.example"][1:]
    assert min(first, *rest) >= 40
    assert max(asked.begin for asked in web.asked if asked.host == "h1.example") < 6
    assert {shown(outcome) for outcome in ran.outcomes} == {200}


def test_a_plea_longer_than_the_cap_is_heeded_for_the_whole_run(crawls: Crawls) -> None:
    ran = crawls(targets_of(URL), FakeWeb({URL: [(503, {"retry-after": "86400"}), 200]}), FetchOptions(max_retry_after=60))
    assert ran.seconds < 1
    assert (len(ran.web.asked), shown(ran.outcome(URL))) == (1, "host-down")


def test_a_plea_as_long_as_the_cap_is_waited_for(crawls: Crawls) -> None:
    ran = crawls(targets_of(URL), FakeWeb({URL: [(503, {"retry-after": "60"}), 200]}), FetchOptions(max_retry_after=60))
    assert 60 <= ran.seconds < 61
    assert shown(ran.outcome(URL)) == 200


def test_a_host_that_keeps_saying_429_is_finished_last(crawls: Crawls) -> None:
    web = FakeWeb({"h0.example": [*[(429, {"retry-after": "1"})] * 3, 200]})
    ran = crawls(many(3, 40), web)
    others = max(asked.end for asked in web.asked if asked.host != "h0.example")
    begins = sorted(asked.begin for asked in web.asked if asked.host == "h0.example")
    assert len(begins) == 43
    assert begins[3] >= others
    assert {shown(outcome) for outcome in ran.outcomes} == {200}


def test_a_host_that_only_says_429_is_asked_no_more_and_says_why(crawls: Crawls) -> None:
    ran = crawls(many(3, 40), FakeWeb({"h0.example": [(429, {"retry-after": "1"})]}))
    at_host = [outcome for outcome in ran.outcomes if "h0." in outcome.url]
    assert sum(asked.host == "h0.example" for asked in ran.web.asked) <= 8
    assert len(at_host) == 40
    unasked = [outcome.failure for outcome in at_host if outcome.failure]
    assert {(failure.kind, failure.detail) for failure in unasked} == {(FailureKind.HOST_DOWN, "rate-limited")}


def test_ten_thousand_links_of_a_dead_host_cost_seconds(crawls: Crawls) -> None:
    web = FakeWeb({"h0.example": [SILENT]}, seconds_of={"h0.example": 10.0})
    ran = crawls(many(1, 10_000), web)
    assert ran.seconds < 60
    assert len(ran.web.asked) < 10
    assert len({outcome.url for outcome in ran.outcomes}) == len(ran.outcomes) == 10_000
    assert {shown(outcome) for outcome in ran.outcomes} == {"timeout", "host-down"}
    assert not ran.crawl.network_down


def test_a_host_that_comes_back_is_asked_everything(crawls: Crawls) -> None:
    web = FakeWeb({"h0.example": [*[SILENT] * 3, 200]})
    ran = crawls(many(4, 300), web)
    assert {shown(outcome) for outcome in ran.outcomes} == {200}
    assert len(ran.outcomes) == 1200


def test_hosts_met_by_redirect_keep_their_pace_too(crawls: Crawls) -> None:
    targets = many(20, 3)
    web = FakeWeb({target.host: ["https://door.example/"] for target in targets})
    ran = crawls(targets, web, FetchOptions(interval=0.25))
    begins = sorted(asked.begin for asked in web.asked if asked.host == "door.example")
    assert len(begins) == 60
    assert all(after - before >= 0.25 - 1e-9 for before, after in pairwise(begins))
    assert len(ran.outcomes) == 60


def test_a_shard_takes_its_part_of_the_pace_of_hosts_that_others_ask_too(crawls: Crawls) -> None:
    web = FakeWeb({"h0.example": ["https://door.example/"], "door.example": [200]})
    options = FetchOptions(interval=0.1)
    states = HostStates(options, own=frozenset({"h0.example"}), shares=2)
    ran = crawls(many(1, 10), web, options, states=states)
    begins = [asked.begin for asked in ran.web.asked if asked.host == "door.example"]
    assert len(begins) == 10
    assert all(after - before >= 0.2 - 1e-6 for before, after in pairwise(begins))


def test_workers_waiting_at_a_busy_door_do_not_hold_up_the_others(crawls: Crawls) -> None:
    held_up = many(8, 5)
    free = targets_of(*(f"https://free{host}.example/{page}" for host in range(4) for page in range(10)))
    web = FakeWeb({target.host: ["https://door.example/"] for target in held_up})
    crawls([*held_up, *free], web, FetchOptions(concurrency=4, hosts=(HostOptions("door.example", interval=10.0),)))
    assert max(asked.end for asked in web.asked if "free" in asked.host) < 60


def test_a_pattern_gives_hosts_a_pace_of_their_own(crawls: Crawls) -> None:
    slow = targets_of(*(f"https://www.slow.example/{page}" for page in range(5)))
    web = FakeWeb()
    crawls([*slow, *many(1, 5)], web, FetchOptions(hosts=(HostOptions("*.slow.example", interval=3.0, concurrency=1),)))
    begins = [asked.begin for asked in web.asked if asked.host == "www.slow.example"]
    assert [round(after - before, 6) for before, after in pairwise(begins)] == [3.0] * 4


def test_one_bug_is_one_outcome_of_ours(crawls: Crawls) -> None:
    ran = crawls(many(3, 5), FakeWeb({"https://h1.example/2": [ZeroDivisionError("oh")]}))
    outcome = ran.outcome("https://h1.example/2")
    assert outcome.failure is not None
    assert (outcome.failure.kind, outcome.failure.detail) == (FailureKind.INTERNAL, "ZeroDivisionError")
    assert len(ran.outcomes) == 15
    assert any("ZeroDivisionError" in notice for notice in ran.crawl.notices)


def test_running_out_of_descriptors_is_nobodys_dead_link(crawls: Crawls) -> None:
    web = FakeWeb({f"h{host}.example": [NO_DESCRIPTORS, NO_DESCRIPTORS, 200] for host in range(8)})
    ran = crawls(many(8, 4), web, FetchOptions(interval=0.0))
    assert {shown(outcome) for outcome in ran.outcomes} == {200}
    assert len(ran.outcomes) == 32
    assert [notice for notice in ran.crawl.notices if "file descriptors ran out" in notice]


def test_fewer_requests_are_made_at_once_where_descriptors_run_out(crawls: Crawls) -> None:
    ran = crawls(many(1, 1), FakeWeb({"h0.example": [NO_DESCRIPTORS, NO_DESCRIPTORS, 200]}), FetchOptions(concurrency=8))
    assert ran.crawl.notices == ("file descriptors ran out: at most 2 requests at once from here on (raise `ulimit -n`)",)
    (outcome,) = ran.outcomes
    assert (shown(outcome), outcome.attempts) == (200, 1)


def test_a_target_without_a_descriptor_is_given_up_after_twenty_more_requests(crawls: Crawls) -> None:
    options = FetchOptions(concurrency=1, retries=0, final_retry=False)
    ran = crawls(many(1, 1), FakeWeb({"h0.example": [NO_DESCRIPTORS]}), options)
    assert len(ran.web.asked) == 21
    assert [outcome.failure for outcome in ran.outcomes] == [NO_DESCRIPTORS]
    assert ran.crawl.notices == (), "it was one at a time before"


def test_outcomes_arrive_within_a_second_of_being_known(crawls: Crawls) -> None:
    arrived: list[float] = []
    ran = crawls(many(2, 20), record=lambda batch: arrived.extend([asyncio.get_running_loop().time()] * len(batch)))
    ends = sorted(asked.end for asked in ran.web.asked)
    assert all(at - end <= 1.0 for at, end in zip(sorted(arrived), ends, strict=True))


def test_outcomes_of_a_moment_are_recorded_together(crawls: Crawls) -> None:
    ran = crawls(many(40, 1), FakeWeb())
    assert (sum(ran.batches), max(ran.batches)) == (40, 40)


def test_a_full_disk_stops_the_crawl_and_is_told(crawls: Crawls) -> None:
    def full(batch: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        crawls(many(3, 100), record=full)


def test_a_run_out_of_time_names_every_target_it_did_not_reach(crawls: Crawls) -> None:
    ran = crawls(many(3, 100), options=FetchOptions(max_time=5.0))
    assert 5 <= ran.seconds < 11
    assert len(ran.outcomes) == len({outcome.url for outcome in ran.outcomes}) == 300
    assert {shown(outcome) for outcome in ran.outcomes} == {200, "out-of-time"}
    assert not ran.crawl.complete
    assert "--max-time 5" in (ran.crawl.because or "")


def test_a_run_that_is_done_when_its_time_is_over_is_complete(crawls: Crawls) -> None:
    ran = crawls(many(2, 1), FakeWeb(seconds=0.0), FetchOptions(max_time=0.0))
    assert (len(ran.outcomes), ran.crawl.complete) == (2, True)


def test_a_signal_lets_what_is_under_way_finish_and_asks_nothing_more(crawls: Crawls) -> None:
    web = FakeWeb(seconds=2.0)
    ran = crawls(many(3, 100), web, signals=[(4.0, 2)])
    assert ran.crawl.interrupted == 2
    assert max(asked.begin for asked in web.asked) <= 4.0
    assert ran.seconds <= 9.0
    assert len(ran.outcomes) == len(web.asked)


def test_a_hanging_request_holds_an_interrupted_run_for_five_seconds_at_most(crawls: Crawls) -> None:
    ran = crawls(many(3, 10), FakeWeb(seconds=1000.0), signals=[(1.0, 15)])
    assert ran.seconds <= 6.1
    assert ran.outcomes == []
    assert ran.crawl.interrupted == 15


def test_a_second_signal_ends_it_at_once(crawls: Crawls) -> None:
    ran = crawls(many(3, 10), FakeWeb(seconds=1000.0), signals=[(1.0, 2), (1.5, 2)])
    assert ran.seconds <= 1.6


def test_a_run_that_is_asked_to_stop_stops(crawls: Crawls) -> None:
    answers = iter([False] * 4)
    ran = crawls(many(3, 100), stop=lambda: next(answers, True))
    assert 0 < len(ran.outcomes) < 300
    assert not ran.crawl.complete


def test_a_network_down_from_the_start_is_one_message_and_no_outcome(crawls: Crawls) -> None:
    web = FakeWeb({f"h{host}.example": [NO_ROUTE] for host in range(50)})
    ran = crawls(many(50, 20), web)
    assert ran.outcomes == []
    assert ran.crawl.network_down
    assert not ran.crawl.complete
    assert "no network connection: no host responds" in (ran.crawl.because or "")
    assert len(web.asked) <= 50 * 3 + 10


@pytest.mark.parametrize(
    ("hosts", "failure"),
    [
        pytest.param(1, NO_ROUTE, id="one host without a route"),
        pytest.param(2, Failure(FailureKind.DNS, "timeout", "no name server"), id="two names nobody can look up"),
        pytest.param(5, SILENT, id="five hosts that take no connection"),
        pytest.param(1, Failure(FailureKind.CONNECT, "proxy-silent", "no proxy"), id="a proxy that is down"),
        pytest.param(1, Failure(FailureKind.DNS, "no-names", "no names"), id="a name server that knows no names"),
    ],
)
def test_a_small_run_notices_a_dead_network_at_its_end(crawls: Crawls, hosts: int, failure: Failure) -> None:
    ran = crawls(many(hosts, 1), FakeWeb({f"h{host}.example": [failure] for host in range(hosts)}))
    assert (ran.outcomes, ran.crawl.network_down) == ([], True)


def test_names_that_can_be_looked_up_do_not_hide_a_dead_network(crawls: Crawls) -> None:
    replies: dict[str, list[Reply]] = {f"h{host}.example": [NO_ROUTE if host % 2 else NXDOMAIN] for host in range(10)}
    ran = crawls(many(10, 1), FakeWeb(replies))
    assert ran.crawl.network_down
    assert ran.outcomes == []


@pytest.mark.parametrize("failure", [REFUSED, NXDOMAIN, EXPIRED, SERVFAIL], ids=lambda failure: failure.detail)
def test_one_host_in_trouble_says_nothing_about_the_network(crawls: Crawls, failure: Failure) -> None:
    ran = crawls(many(1, 2), FakeWeb({"h0.example": [failure]}))
    assert not ran.crawl.network_down
    assert len(ran.outcomes) == 2


def test_a_network_that_fails_in_the_middle_and_comes_back_leaves_no_trace(crawls: Crawls) -> None:
    class Outage(FakeWeb):
        async def send(self, request: OutgoingRequest) -> RawResponse:

            response = await super().send(request)
            if 5.0 < asyncio.get_running_loop().time() < 60.0:
                raise FetchError(NO_ROUTE)
            return response

    ran = crawls(many(30, 60), Outage())
    assert {shown(outcome) for outcome in ran.outcomes} == {200}
    assert len(ran.outcomes) == len({outcome.url for outcome in ran.outcomes}) == 1800
    assert ran.crawl.complete
    assert any(tick.message for tick in ran.ticks)


def test_the_time_left_is_never_less_than_told(crawls: Crawls) -> None:
    ran = crawls([*many(1, 40), *many(3, 10)[10:]], options=FetchOptions(interval=1.0))
    told = [tick.least_seconds for tick in ran.ticks[:-1]]  # the last one comes early, when all is done
    spent = [BEAT * number for number in range(1, len(told) + 1)]
    assert told[0] > 30
    assert all(now + left <= ran.seconds for now, left in zip(spent, told, strict=True))
    assert told[-1] == 0.0


def test_the_time_left_is_never_more_than_the_time_limit(crawls: Crawls) -> None:
    ran = crawls(many(1, 40), options=FetchOptions(interval=1.0, max_time=8.0))
    assert max(tick.least_seconds for tick in ran.ticks) < 8.0
    assert ran.ticks[-1].least_seconds == 0.0


def test_a_captive_portal_is_no_verdict_on_anybody(crawls: Crawls) -> None:
    targets = targets_of(*(f"http://site{host}.example/{page}" for host in range(6) for page in range(3)))
    web = FakeWeb({target.host: ["http://login.hotel.test/start"] for target in targets})
    ran = crawls(targets, web)
    assert ran.crawl.network_down
    assert "captive portal" in (ran.crawl.because or "")


def test_what_a_captive_portal_answers_while_the_crawl_waits_for_its_end_is_asked_again(crawls: Crawls) -> None:
    class Portal(FakeWeb):
        async def send(self, request: OutgoingRequest) -> RawResponse:
            real = await super().send(request)
            is_closed = 5.0 < asyncio.get_running_loop().time() < 60.0 and request.url.host != "login.hotel.test"
            return response(302, {"location": "http://login.hotel.test/start"}) if is_closed else real

    targets = targets_of(*(f"http://site{host}.example/{page}" for host in range(12) for page in range(6)))
    ran = crawls(targets, Portal(seconds=2.0), options=FetchOptions(interval=0.1))
    assert ran.crawl.complete
    assert len(ran.outcomes) == 72
    assert sum(bool(outcome.hops) for outcome in ran.outcomes) == 4, "those before it was recognized"


def test_a_page_that_answers_like_one_that_cannot_exist_is_marked(crawls: Crawls) -> None:
    class Liar(FakeWeb):
        async def send(self, request: OutgoingRequest) -> RawResponse:
            self.titles[request.url.href] = "Page not found"
            return await super().send(request)

    pages = targets_of("https://liar.example/a", "https://liar.example/b", probe=Probe.PAGE)
    ran = crawls(pages, Liar())
    assert len(ran.outcomes) == 2
    for outcome in ran.outcomes:
        assert outcome.answer is not None
        assert outcome.answer.soft_404 == "the same title 'Page not found' as for a URL that does not exist"
    assert len(ran.web.asked) == 3, "one more request, since the host is asked once"


def test_an_article_about_missing_pages_on_an_honest_host_is_believed(crawls: Crawls) -> None:
    class Honest(FakeWeb):
        async def send(self, request: OutgoingRequest) -> RawResponse:
            if "linkcheck-" in request.url.href:
                self.replies[request.url.href] = [404]
            return await super().send(request)

    (page,) = targets_of("https://honest.example/a", probe=Probe.PAGE)
    ran = crawls([page], Honest(titles={page.url: "404 Not Found: a history"}))
    assert ran.outcomes[0].answer is not None
    assert ran.outcomes[0].answer.soft_404 is None


class OneFolder(FakeWeb):
    """Answers 404 for what it does not have, but for a folder that has a page for everything."""

    async def send(self, request: OutgoingRequest) -> RawResponse:
        url = request.url.href
        if "/news/" in url:
            self.titles[url] = "This article was not found"
        elif "linkcheck-" in url:
            self.replies[url] = [404]
        return await super().send(request)


def test_a_folder_that_answers_for_everything_is_asked_once_beside_its_host(crawls: Crawls) -> None:
    pages = targets_of(*(f"https://paper.example/news/{number}" for number in range(6)), probe=Probe.PAGE)
    ran = crawls(pages, OneFolder())
    assert len(ran.outcomes) == 6
    for outcome in ran.outcomes:
        assert outcome.answer is not None
        assert outcome.answer.soft_404 == "the same title 'This article was not found' as for a URL that does not exist"
    made_up = [asked.url for asked in ran.web.asked if "linkcheck-" in asked.url]
    assert [url.rpartition("/")[0] for url in made_up] == ["https://paper.example", "https://paper.example/news"]


def test_an_article_beside_such_a_folder_is_believed(crawls: Crawls) -> None:
    (page,) = targets_of("https://paper.example/old/wreck", probe=Probe.PAGE)
    ran = crawls([page], OneFolder(titles={page.url: "Wreck not found: search ends"}))
    assert ran.outcomes[0].answer is not None
    assert ran.outcomes[0].answer.soft_404 is None
    assert len([asked for asked in ran.web.asked if "linkcheck-" in asked.url]) == 2


def test_a_host_with_many_folders_gets_few_further_requests(crawls: Crawls) -> None:
    pages = targets_of(*(f"https://paper.example/{number}/a" for number in range(40)), probe=Probe.PAGE)
    ran = crawls(pages, OneFolder(titles={page.url: "Wreck not found: search ends" for page in pages}))
    assert len([asked for asked in ran.web.asked if "linkcheck-" in asked.url]) == 1 + 8


def test_a_page_that_looks_fine_costs_no_further_request(crawls: Crawls) -> None:
    (page,) = targets_of("https://fine.example/a", probe=Probe.PAGE)
    assert len(crawls([page], FakeWeb(titles={page.url: "Good news"})).web.asked) == 1


@pytest.mark.parametrize("hosts", [2, 3, 5, 12])
def test_many_that_lead_to_one_home_page_wait_for_one_look_and_not_for_each_other(crawls: Crawls, hosts: int) -> None:
    urls = [f"https://old{number}.example/blog/2019/post" for number in range(hosts)]
    ran = crawls(targets_of(*urls, probe=Probe.PAGE), FakeWeb({url: ["https://new.example/"] for url in urls}, seconds=0.3))
    assert {outcome.url for outcome in ran.outcomes} == set(urls)
    impossible = [asked for asked in ran.web.asked if asked.host == "new.example" and asked.url != "https://new.example/"]
    assert len(impossible) == 1
