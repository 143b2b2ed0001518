from linkcheck.fetch.options import FetchOptions, HostOptions
from linkcheck.fetch.politeness.host_limits import HostStates, RateLimit, rate_limit_of


def test_the_first_rule_that_says_a_figure_wins() -> None:
    rules = (HostOptions("a.example", interval=2.0), HostOptions("*", interval=9.0, concurrency=5))
    assert rate_limit_of("a.example", rules, RateLimit(2, 0.25)) == RateLimit(5, 2.0)
    both = (HostOptions("a.example", interval=0.0, concurrency=1), HostOptions("a.example", interval=9.0, concurrency=5))
    assert rate_limit_of("a.example", both, RateLimit(2, 0.25)) == RateLimit(1, 0.0)
    assert rate_limit_of("b.example", both, RateLimit(2, 0.25)) == RateLimit(2, 0.25)


def test_gates_nothing_depends_on_are_forgotten() -> None:
    states = HostStates(FetchOptions(interval=0.25))
    for number in range(1000):
        state = states[f"h{number}.example"]
        state.take()
        state.start(0.0)
        if number:
            state.leave()
    states.sweep(1.0)
    assert len(states) == 1, "the one with a request under way"
