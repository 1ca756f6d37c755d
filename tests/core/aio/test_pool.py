"""The pool for tasks: fair, patient, and able to tell who has what."""

from __future__ import annotations

import asyncio
import re
import threading
import time
from typing import Any

import pytest

from tests.core.aio.tools import asynchronous, opened
from toolkit import event, text
from toolkit.exc import TimeoutError as PoolTimeoutError
from toolkit.ext.asyncio import AsyncEngine
from toolkit.pool import NullPool, StaticPool


@asynchronous
async def test_tasks_are_served_in_the_order_they_came(url: str) -> None:
    order: list[int] = []

    async def use(engine: AsyncEngine, number: int) -> None:
        async with engine.connect() as connection:
            order.append(number)
            await connection.scalar(text("select 1"))

    async with opened(url, pool_size=1, max_overflow=0) as engine:
        await asyncio.gather(*(use(engine, number) for number in range(20)))
    assert order == list(range(20))


@asynchronous
async def test_no_more_connections_are_out_than_the_limit(url: str) -> None:
    out = most = 0
    full = asyncio.Event()

    async def use(engine: AsyncEngine) -> None:
        nonlocal out, most
        async with engine.connect() as connection:
            out += 1
            most = max(most, out)
            if out == 3:
                full.set()
            await asyncio.wait_for(full.wait(), 10)
            await connection.scalar(text("select 1"))
            out -= 1

    async with opened(url, pool_size=2, max_overflow=1) as engine:
        await asyncio.gather(*(use(engine) for _ in range(30)))
        assert engine.pool.checkedin() == 2  # type: ignore[attr-defined]
    assert most == 3


@asynchronous
async def test_waiting_does_not_block_the_event_loop(url: str) -> None:
    async with opened(url, pool_size=1, max_overflow=0) as engine, engine.connect():
        waiting = asyncio.create_task(engine.connect().start())
        for _ in range(10):
            await asyncio.sleep(0)
        assert not waiting.done()
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            _ = await waiting


@asynchronous
async def test_who_waits_too_long_is_told_which_tasks_hold_the_connections(url: str) -> None:
    async with opened(url, pool_size=1, max_overflow=1, pool_timeout=0.05) as engine:
        held, release = asyncio.Event(), asyncio.Event()

        async def holds() -> None:
            async with engine.connect() as connection:
                await connection.execute(text("select 'held'"))
                held.set()
                await release.wait()

        holder = asyncio.create_task(holds(), name="the holder")
        async with engine.connect():
            await held.wait()
            began = time.monotonic()
            with pytest.raises(PoolTimeoutError, match="size 1 overflow 1") as caught:
                _ = await engine.connect()
            assert time.monotonic() - began < 5
            message = str(caught.value)
            assert re.search(
                r"task the holder, checked out at \S+test_pool\.py:\d+ in holds\(\): select 'held'",
                message,
            )
            assert "do not hold 1 connection(s) in this very task" in message
            assert caught.value.code == "3o7r"
        release.set()
        await holder


@asynchronous
async def test_a_holder_in_a_function_of_run_sync_is_found_there(url: str) -> None:
    async with opened(url, pool_size=2) as engine, engine.connect() as connection:

        def nested_checkout(sync: Any) -> list[str]:
            with sync.engine.connect():
                return [holder.function for holder in engine.pool.holders()]

        assert "nested_checkout" in await connection.run_sync(nested_checkout)


@asynchronous
async def test_a_waiting_task_is_served_by_one_in_another_event_loop_s_thread(url: str) -> None:
    async with opened(url, pool_size=1, max_overflow=0) as engine:
        connection = await engine.connect()
        waiting = asyncio.create_task(engine.connect().start())
        await asyncio.sleep(0.01)
        thread = threading.Thread(target=lambda: asyncio.run(connection.close()))
        thread.start()
        served = await asyncio.wait_for(waiting, 5)
        assert await served.scalar(text("select 1")) == 1
        await served.close()
        thread.join()


def test_a_task_whose_event_loop_has_ended_keeps_no_connection_from_others(url: str) -> None:
    async def main() -> None:
        async with opened(url, pool_size=1, max_overflow=0) as engine:
            connection = await engine.connect()

            def waits_and_is_gone() -> None:
                loop = asyncio.new_event_loop()
                task = loop.create_task(engine.connect().start())
                loop.run_until_complete(asyncio.sleep(0.01))
                task._log_destroy_pending = False  # type: ignore[attr-defined]
                kept.append(task)
                loop.close()

            kept: list[Any] = []
            await asyncio.to_thread(waits_and_is_gone)
            mine = asyncio.create_task(engine.connect().start())
            await asyncio.sleep(0)
            await connection.close()
            served = await asyncio.wait_for(mine, 5)
            await served.close()
            kept.clear()

    asyncio.run(main())


@asynchronous
async def test_one_task_connects_the_static_pool_and_the_others_wait(url: str) -> None:
    connects = 0
    async with opened(url, poolclass=StaticPool) as engine:

        @event.listens_for(engine.sync_engine, "connect")
        def connected(dbapi_connection: Any, record: Any) -> None:
            nonlocal connects
            connects += 1

        async def use() -> Any:
            async with engine.connect() as connection:
                return await connection.scalar(text("select 1"))

        assert await asyncio.gather(*(use() for _ in range(10))) == [1] * 10
    assert connects == 1


@asynchronous
async def test_first_connect_is_over_before_other_tasks_get_a_connection(url: str) -> None:
    seen: list[str] = []
    async with opened(url, poolclass=NullPool) as engine:

        @event.listens_for(engine.sync_engine, "first_connect")
        def first(dbapi_connection: Any, record: Any) -> None:
            for _ in range(5):
                dbapi_connection.cursor().execute("select 1")
            seen.append("introduced")

        async def use() -> None:
            async with engine.connect():
                seen.append("used")

        await asyncio.gather(*(use() for _ in range(5)))
    assert seen == ["introduced"] + ["used"] * 5


@asynchronous
async def test_a_memory_database_is_shared_by_all_tasks() -> None:
    async with opened("sqlite+aiosqlite://") as engine:
        async with engine.begin() as connection:
            await connection.execute(text("create table t (a)"))
        async with engine.connect() as one, engine.connect() as two:
            assert await one.scalar(text("select count(*) from t")) == 0
            assert await two.scalar(text("select count(*) from t")) == 0


@asynchronous
async def test_a_dead_connection_is_replaced_by_a_ping(url: str) -> None:
    async with opened(url, pool_pre_ping=True) as engine:
        engine.pool.ping_idle = 0
        async with engine.connect() as connection:
            raw = (await connection.get_raw_connection()).driver_connection
        await raw.close()
        async with engine.connect() as connection:
            assert await connection.scalar(text("select 1")) == 1
            assert (await connection.get_raw_connection()).driver_connection is not raw


@asynchronous
async def test_a_connection_that_was_closed_behind_our_back_is_a_disconnect(url: str) -> None:
    from toolkit.exc import DBAPIError

    async with opened(url) as engine, engine.connect() as connection:
        raw = (await connection.get_raw_connection()).driver_connection
        await raw.close()
        with pytest.raises(DBAPIError) as caught:
            await connection.execute(text("select 1"))
        assert caught.value.connection_invalidated
        await connection.rollback()
        assert await connection.scalar(text("select 1")) == 1
