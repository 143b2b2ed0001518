"""Which connections are kept, and for how long."""

import asyncio

import pytest
from virtual_web import run_virtually
from wires import Line, connect

from linkcheck.fetch.http import pool as pools
from linkcheck.fetch.http.pool import KEPT_SECONDS, Pool
from linkcheck.fetch.http.request_trace import RequestTrace

ORIGIN, OTHER = "http://a.example", "http://b.example"
REPLY = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


def used(pool: Pool, origin: str = ORIGIN) -> Line:
    """A connection after its first answer."""
    connection = pool.make(origin)
    line = connect(connection)
    connection.send(b"GET", RequestTrace("a.example", 0.0))
    connection.data_received(REPLY)
    return line


def test_the_connection_used_last_is_used_again_and_only_for_its_origin() -> None:
    async def main() -> tuple[bytes, bytes]:
        pool = Pool(asyncio.get_running_loop(), most=9)
        first, last = used(pool), used(pool)
        assert pool.take(OTHER) is None
        taken = pool.take(ORIGIN)
        assert taken is not None
        taken.send(b"AGAIN", RequestTrace("a.example", 0.0))
        assert pool.take(ORIGIN) is not None
        assert pool.take(ORIGIN) is None
        return first.written, last.written

    assert asyncio.run(main()) == (b"GET", b"GETAGAIN")


def test_one_that_was_closed_meanwhile_is_passed_over() -> None:
    async def main() -> bool:
        pool = Pool(asyncio.get_running_loop(), most=9)
        used(pool).closed = True
        return pool.take(ORIGIN) is None

    assert asyncio.run(main())


def test_what_is_idle_for_too_long_is_closed() -> None:
    closed: list[bool] = []

    async def main() -> None:
        line = used(Pool(asyncio.get_running_loop(), most=9))
        await asyncio.sleep(KEPT_SECONDS - 1)
        closed.append(line.closed)
        await asyncio.sleep(3)
        closed.append(line.closed)

    run_virtually(main)
    assert closed == [False, True]


def test_the_oldest_makes_room_for_the_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, "MOST_KEPT", 2)

    async def main() -> list[bool]:
        pool = Pool(asyncio.get_running_loop(), most=9)
        return [line.closed for line in [used(pool, f"http://h{n}.example") for n in range(4)]]

    assert asyncio.run(main()) == [True, True, False, False]


def test_no_more_are_kept_than_descriptors_allow() -> None:
    async def main() -> list[bool]:
        pool = Pool(asyncio.get_running_loop(), most=1)
        return [line.closed for line in [used(pool, f"http://h{n}.example") for n in range(3)]]

    assert asyncio.run(main()) == [True, True, False]


def test_idle_connections_give_way_where_descriptors_run_out() -> None:
    async def main() -> tuple[bool, bool, bool]:
        pool = Pool(asyncio.get_running_loop(), most=9)
        line = used(pool)
        return pool.make_room(), line.closed, pool.make_room()

    assert asyncio.run(main()) == (True, True, False)


def test_a_pool_that_is_closed_closes_every_connection_and_looks_no_more() -> None:
    async def main() -> tuple[bool, bool, bool]:
        pool = Pool(asyncio.get_running_loop(), most=9)
        idle = used(pool)
        open_, given_up = pool.make(ORIGIN), pool.make(ORIGIN)
        busy, discarded = connect(open_), connect(given_up)
        pool.discard(given_up)
        pool.close()
        return idle.closed, busy.closed, discarded.closed

    assert run_virtually(main) < KEPT_SECONDS
    assert asyncio.run(main()) == (True, True, False)


def test_a_connection_is_idle_since_its_last_response() -> None:
    async def main() -> None:
        pool = Pool(asyncio.get_running_loop(), most=9)
        line = used(pool)
        for _ in range(3):
            await asyncio.sleep(KEPT_SECONDS - 1)
            assert not line.closed
            connection = pool.take(ORIGIN)
            assert connection is not None
            connection.send(b"AGAIN", RequestTrace("a.example", 0.0))
            connection.data_received(REPLY)

    run_virtually(main)
