import asyncio

import pytest
from virtual_web import run_virtually

from linkcheck.fetch.http.deadline import Deadline


def test_waiting_for_ones_turn_is_no_part_of_the_attempt() -> None:
    ended: list[Deadline] = []

    async def main() -> None:
        async with Deadline(5) as deadline:
            with deadline.paused():
                await asyncio.sleep(60)
        ended.append(deadline)

    run_virtually(main)
    assert [(deadline.expired, round(deadline.waited)) for deadline in ended] == [(False, 60)]


def test_a_deadline_that_is_not_paused_strikes() -> None:
    async def main() -> None:
        async with Deadline(5):
            await asyncio.sleep(60)

    with pytest.raises(TimeoutError):
        run_virtually(main)
