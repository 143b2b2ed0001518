"""Checkers of linkcheck's own schemas."""

from concurrent.futures import ThreadPoolExecutor

from linkcheck.validate.schema_checker import our_checker


def test_a_checker_of_ours_is_built_once_in_each_thread() -> None:
    own = our_checker("config.schema.json")
    assert our_checker("config.schema.json") is own
    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(our_checker, "config.schema.json").result() is not own
