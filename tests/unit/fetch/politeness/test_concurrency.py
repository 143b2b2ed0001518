"""The slots of a run: who gets one that is free, and what becomes of the slot of one that is cancelled."""

import asyncio

from virtual_web import run_virtually

from linkcheck.fetch.politeness.concurrency import ConcurrencyLimiter


def test_workers_that_return_come_before_new_targets() -> None:
    async def use() -> None:
        limiter = ConcurrencyLimiter(2)
        free: list[bool] = []
        for _ in range(2):
            limiter.take()
            free.append(limiter.free)
        assert free == [True, False]
        back: list[int] = []

        async def reacquire(number: int) -> None:
            await limiter.reacquire()
            back.append(number)

        tasks = [asyncio.create_task(reacquire(number)) for number in range(2)]
        await asyncio.sleep(1.0)
        assert back == []
        limiter.give()
        assert not limiter.free
        await asyncio.sleep(1.0)
        assert (back, limiter.taken) == ([0], 2)
        limiter.give()
        await asyncio.gather(*tasks)
        assert (back, limiter.taken, limiter.free) == ([0, 1], 2, False)
        limiter.give()
        assert (limiter.taken, limiter.free) == (1, True)
        await limiter.reacquire()
        assert limiter.taken == 2

    run_virtually(use)


def test_a_slot_passes_by_who_was_cancelled() -> None:
    async def use() -> None:
        limiter = ConcurrencyLimiter(1)
        limiter.take()
        before, after = (asyncio.create_task(limiter.reacquire()) for _ in range(2))
        await asyncio.sleep(1.0)
        before.cancel()
        await asyncio.sleep(1.0)
        limiter.give()
        await after
        assert limiter.taken == 1

    run_virtually(use)


def test_who_is_cancelled_with_a_slot_gives_it_back() -> None:
    async def use() -> None:
        limiter = ConcurrencyLimiter(1)
        limiter.take()
        first, second = (asyncio.create_task(limiter.reacquire()) for _ in range(2))
        await asyncio.sleep(1.0)
        limiter.give()
        first.cancel()
        await asyncio.wait([first])
        await second
        assert first.cancelled()
        limiter.give()
        assert limiter.taken == 0

    run_virtually(use)


def test_a_lower_limit_takes_back_slots_before_anybody_gets_one() -> None:
    async def use() -> None:
        limiter = ConcurrencyLimiter(3)
        for _ in range(3):
            limiter.take()
        waits = asyncio.create_task(limiter.reacquire())
        await asyncio.sleep(1.0)
        limiter.limit = 1
        for left in (2, 1):
            limiter.give()
            await asyncio.sleep(1.0)
            assert (limiter.taken, waits.done()) == (left, False)
        limiter.give()
        await waits
        assert limiter.taken == 1

    run_virtually(use)
