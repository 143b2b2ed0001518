"""Whatever fails, waits or is cut short: no host is overrun and no target lost."""

from collections import Counter
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from virtual_web import EXPIRED, NXDOMAIN, REFUSED, RESET, SERVFAIL, SILENT, FakeWeb, crawl_virtually, targets_of

from linkcheck.fetch.options import FetchOptions, HostOptions

_HOSTS = [f"h{number}.example" for number in range(6)]
_reply = st.one_of(
    st.sampled_from([200, 200, 200, 404, 500, 503, EXPIRED, NXDOMAIN, REFUSED, RESET, SERVFAIL, SILENT]),
    st.sampled_from([(429, {}), (429, {"retry-after": "3"}), (503, {"retry-after": "1m"})]),
    st.sampled_from([f"https://{host}/door" for host in _HOSTS]),
    st.just(RuntimeError("a bug")),
)
_webs = st.fixed_dictionaries(
    {
        "sizes": st.lists(st.integers(0, 25), min_size=1, max_size=6),
        "replies": st.dictionaries(st.sampled_from(_HOSTS), st.lists(_reply, min_size=1, max_size=6)),
        "seconds": st.sampled_from([0.0, 0.05, 0.4, 2.0]),
    }
)
_options = st.builds(
    FetchOptions,
    concurrency=st.integers(1, 12),
    per_host=st.integers(1, 3),
    interval=st.sampled_from([0.0, 0.1, 0.25]),
    retries=st.integers(0, 3),
    final_retry=st.booleans(),
    max_time=st.sampled_from([None, None, 3.0]),
    hosts=st.sampled_from([(), (HostOptions("h0.example", interval=1.0, concurrency=1),)]),
)


def _most_at_once(spans: list[tuple[float, float]]) -> int:
    events = sorted([(begin, 1) for begin, _ in spans] + [(end, -1) for _, end in spans], key=lambda e: (e[0], e[1]))
    most = now = 0
    for _, change in events:
        now += change
        most = max(most, now)
    return most


@settings(max_examples=150, deadline=None)
@given(web=_webs, options=_options)
def test_every_target_has_one_outcome_and_every_host_its_pace(web: dict[str, Any], options: FetchOptions) -> None:
    targets = targets_of(*(f"https://{_HOSTS[host]}/{n}" for host, size in enumerate(web["sizes"]) for n in range(size)))
    fake = FakeWeb({host: list(replies) for host, replies in web["replies"].items()}, seconds=web["seconds"])
    # A redirect answered by a redirect for ever is the business of `hops`.
    fake.replies |= {f"https://{host}/door": [200] for host in _HOSTS}
    ran = crawl_virtually(targets, fake, options)

    counts = Counter(outcome.url for outcome in ran.outcomes)
    if ran.crawl.network_down:
        assert set(counts.values()) <= {1}
    else:
        assert counts == Counter(target.url for target in targets)
    for host in _HOSTS:
        spans = [(asked.begin, asked.end) for asked in fake.asked if asked.host == host]
        own = next((rule for rule in options.hosts if rule.pattern == host), None)
        interval = options.interval if own is None or own.interval is None else own.interval
        limit = options.per_host if own is None or own.concurrency is None else own.concurrency
        begins = sorted(begin for begin, _ in spans)
        assert all(after - before >= interval - 1e-6 for before, after in pairwise(begins))
        assert _most_at_once(spans) <= limit
    assert _most_at_once([(asked.begin, asked.end) for asked in fake.asked]) <= options.concurrency


@settings(max_examples=60, deadline=None)
@given(
    sizes=st.lists(st.integers(1, 40), min_size=1, max_size=6),
    seconds=st.sampled_from([0.1, 1.0, 30.0]),
    at=st.floats(0.01, 12.0),
    again=st.one_of(st.none(), st.floats(0.0, 3.0)),
)
def test_a_run_cut_short_anywhere_ends_in_time_and_records_nothing_twice(
    sizes: list[int], seconds: float, at: float, again: float | None
) -> None:
    targets = targets_of(*(f"https://{_HOSTS[host]}/{n}" for host, size in enumerate(sizes) for n in range(size)))
    fake = FakeWeb(seconds=seconds)
    signals = [(at, 2)] if again is None else [(at, 2), (at + again, 2)]
    ran = crawl_virtually(targets, fake, signals=signals)
    assert max(Counter(outcome.url for outcome in ran.outcomes).values(), default=1) == 1
    if ran.crawl.interrupted is None:
        assert len(ran.outcomes) == len(targets)
    else:
        assert ran.seconds <= at + 5.3
        assert all(asked.begin <= at for asked in fake.asked)
        done = {asked.url for asked in fake.asked if asked.end <= at and asked.end - asked.begin >= seconds}
        assert {outcome.url for outcome in ran.outcomes} >= done


@settings(max_examples=40, deadline=None)
@given(sizes=st.lists(st.integers(1, 120), min_size=1, max_size=40))
def test_the_crawl_takes_as_long_as_its_slowest_host_and_no_longer(sizes: list[int]) -> None:
    targets = targets_of(*(f"https://g{host}.example/{n}" for host, size in enumerate(sizes) for n in range(size)))
    ran = crawl_virtually(targets, FakeWeb(seconds=0.1), FetchOptions(concurrency=24, interval=0.25))
    assert ran.seconds <= 1.03 * ((max(sizes) - 1) * 0.25 + 0.1) + 0.25
