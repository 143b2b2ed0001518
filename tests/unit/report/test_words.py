import pytest

from linkcheck.model import HostRecord, VerdictKind
from linkcheck.report.summary_text import count, duration, moment, plain_reason, rank


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0.0 s"), (0.44, "0.4 s"), (59.94, "59.9 s"), (59.96, "1 min 00 s"), (200, "3 min 20 s"), (7500, "2 h 05 min")],
)
def test_durations_read_well(seconds: float, words: str) -> None:
    assert duration(seconds) == words


@pytest.mark.parametrize(("number", "words"), [(0, "0 links"), (1, "1 link"), (12345, "12,345 links")])
def test_counts_agree_with_their_noun(number: int, words: str) -> None:
    assert count(number, "link") == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-11-21T04:00:59Z", "2026-11-21 04:00 UTC"),
        ("2026-11-21T04:00Z", "2026-11-21 04:00 UTC"),
        *((text, text) for text in ("2026-11-21T04:00:59+02:00", "2026-11-21T0400Z", "26-11-21T04:00:59Z", "", "T")),
    ],
)
def test_moments_are_short_where_they_are_utc(text: str, words: str) -> None:
    assert moment(text) == words


def host(name: str, blocked: int, seconds: float) -> HostRecord:
    verdicts = {VerdictKind.BLOCKED: blocked} if blocked else {VerdictKind.OK: 1}
    return HostRecord(host=name, verdicts=verdicts, requests=1, mean_seconds=seconds, slowest_seconds=seconds)


def test_the_hosts_named_are_those_with_most_and_the_slowest() -> None:
    hosts = [
        host("a", 1, 0.1),
        host("b", 5, 2.0),
        host("c", 0, 9.0),
        host("d", 3, 0.2),
        host("e", 1, 1.5),
        host("f", 1, 0.3),
    ]
    ranked = rank(iter(hosts), (VerdictKind.BLOCKED,))
    assert ranked.named == {VerdictKind.BLOCKED: (("b", 5), ("d", 3), ("a", 1))}
    assert ranked.more == {VerdictKind.BLOCKED: 2}
    assert [each.host for each in ranked.slowest] == ["c", "b", "e"]


def test_quick_hosts_are_not_called_slow() -> None:
    assert rank([host("a", 0, 0.9)], ()).slowest == ()


@pytest.mark.parametrize(
    ("reason", "plain"),
    [
        pytest.param(
            "not checked: scheme 'x' is neither http nor https", "scheme 'x' is neither http nor https", id="a link"
        ),
        pytest.param("it is relative to the article", "relative to the article", id="what it is"),
        pytest.param("offline", "offline", id="a word"),
    ],
)
def test_the_reason_for_several_links_does_not_speak_of_one(reason: str, plain: str) -> None:
    assert plain_reason(reason) == plain
