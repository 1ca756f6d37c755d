"""A cancelled task gives its connection back, or throws it away, exactly once."""

from __future__ import annotations

import asyncio
import functools
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import anyio
import pytest

from tests.core.aio.tools import LONG, Books, asynchronous, opened
from toolkit import event, text
from toolkit.exc import ResourceClosedError
from toolkit.ext.asyncio import AsyncEngine
from toolkit.pool import AsyncAdaptedQueuePool, NullPool, Pool, StaticPool
from toolkit_sqlite.drivers.aiosqlite_thread import tell

COUNT = text(
    "with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000) select i from n"
)


@asynccontextmanager
async def watched(url: str, **options: Any) -> AsyncIterator[tuple[AsyncEngine, Books]]:
    async with opened(url, **options) as engine:
        books = Books(engine)
        yield engine, books
        await books.settled()
        assert books.opened - books.closed == books.idle


async def cancelled(task: asyncio.Task[Any]) -> None:
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


# -- one cancellation, at a certain point --------------------------------------------------


@asynchronous
async def test_a_statement_is_interrupted_and_its_connection_closed(url: str) -> None:
    async with watched(url, pool_size=1, max_overflow=0) as (engine, books):
        connected = asyncio.Event()

        async def work() -> None:
            async with engine.connect() as connection:
                connected.set()
                await connection.execute(text(LONG))

        task = asyncio.create_task(work())
        await connected.wait()
        await asyncio.sleep(0.05)
        began = asyncio.get_running_loop().time()
        await cancelled(task)
        assert asyncio.get_running_loop().time() - began < 0.2
        assert engine.pool.checkedout() == 0
        assert (books.opened, books.closed) == (1, 1)
        async with engine.connect() as connection:
            assert await connection.scalar(text("select 1")) == 1


@asynchronous
async def test_a_timeout_of_the_task_does_the_same(url: str) -> None:
    async with watched(url) as (engine, books):
        async with engine.connect() as connection:
            with pytest.raises(asyncio.TimeoutError):
                await asyncio.wait_for(connection.execute(text(LONG)), 0.05)
            assert connection.invalidated
        assert engine.pool.checkedout() == 0
        assert (books.opened, books.closed) == (1, 1)


@asynchronous
async def test_a_task_cancelled_between_statements_rolls_back_and_returns_its_connection(
    url: str,
) -> None:
    async with watched(url) as (engine, books):
        async with engine.begin() as connection:
            await connection.execute(text("create table t (a)"))

        inserted = asyncio.Event()

        async def work() -> None:
            async with engine.begin() as connection:
                await connection.execute(text("insert into t values (1)"))
                inserted.set()
                await asyncio.sleep(60)

        task = asyncio.create_task(work())
        await inserted.wait()
        await cancelled(task)
        assert (engine.pool.checkedout(), books.idle, books.closed) == (0, 1, 0)
        async with engine.connect() as connection:
            assert await connection.scalar(text("select count(*) from t")) == 0


@asynchronous
async def test_a_task_cancelled_again_while_it_closes_leaves_the_closing_behind(url: str) -> None:
    async with watched(url) as (engine, books):
        async with engine.begin() as connection:
            await connection.execute(text("create table t (a)"))
        connection = await engine.connect()
        await connection.execute(text("insert into t values (1)"))
        task = asyncio.create_task(connection.close())
        await asyncio.sleep(0)
        await cancelled(task)
        await books.settled()
        assert (books.idle, books.closed) == (1, 0), "it was rolled back and returned, not closed"
        async with engine.connect() as connection:
            assert await connection.scalar(text("select count(*) from t")) == 0


@asynchronous
async def test_a_connection_that_is_being_closed_is_neither_used_nor_closed_again(
    url: str,
) -> None:
    async with watched(url, pool_size=1, max_overflow=0) as (engine, books):
        async with engine.begin() as connection:
            await connection.execute(text("create table t (a)"))
        connection = await engine.connect()
        await connection.execute(text("insert into t values (1)"))
        # Its thread has something else to do before it can roll back.
        raw = (await connection.get_raw_connection()).driver_connection
        tell(raw, functools.partial(time.sleep, 0.3))
        task = asyncio.create_task(connection.close())
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        await connection.close()
        assert engine.pool.checkedout() == 1, "its transaction is still being rolled back"
        with pytest.raises(ResourceClosedError, match="being closed"):
            await connection.execute(text("select 1"))
        await books.settled()
        assert (books.idle, books.closed, connection.closed) == (1, 0, True)


@pytest.mark.parametrize("what", ["commit", "rollback"])
@asynchronous
async def test_a_connection_whose_transaction_ended_who_knows_how_is_closed(
    url: str, what: str
) -> None:
    async with watched(url) as (engine, books):
        async with engine.begin() as connection:
            await connection.execute(text("create table t (a)"))

        async def work() -> None:
            async with engine.connect() as connection:
                await connection.execute(text("insert into t values (1)"))
                await getattr(connection, what)()

        task = asyncio.create_task(work())

        @event.listens_for(engine.sync_engine, what)
        def cancel(conn: Any) -> None:
            task.cancel()

        with pytest.raises(asyncio.CancelledError):
            await task
        assert engine.pool.checkedout() == 0
        assert books.closed == 1


@asynchronous
async def test_a_task_cancelled_while_it_connects_leaves_no_connection(url: str) -> None:
    async with watched(url, pool_size=1, max_overflow=0) as (engine, _):
        task = asyncio.create_task(engine.connect().start())
        await asyncio.sleep(0)
        await cancelled(task)
        assert engine.pool.checkedout() == 0
        async with engine.connect() as connection:
            assert await connection.scalar(text("select 1")) == 1


@asynchronous
async def test_a_task_cancelled_while_it_waits_leaves_the_queue(url: str) -> None:
    async with watched(url, pool_size=1, max_overflow=0) as (engine, _):
        async with engine.connect():
            first = asyncio.create_task(engine.connect().start())
            second = asyncio.create_task(engine.connect().start())
            await asyncio.sleep(0)
            await cancelled(first)
        await (await second).close()


@asynchronous
async def test_a_task_cancelled_as_it_is_served_hands_the_connection_on(url: str) -> None:
    async with watched(url, pool_size=1, max_overflow=0) as (engine, _):
        connection = await engine.connect()
        first = asyncio.create_task(engine.connect().start())
        second = asyncio.create_task(engine.connect().start())
        await asyncio.sleep(0)
        await connection.close()  # the first is served now, but has not run yet
        await cancelled(first)
        await (await asyncio.wait_for(second, 5)).close()


@asynchronous
async def test_a_stream_that_is_cancelled_frees_its_connection(url: str) -> None:
    async with watched(url) as (engine, _):

        async def work() -> None:
            async with engine.connect() as connection, connection.stream(COUNT) as result:
                async for row in result:
                    await asyncio.sleep(60 * (row.i == 700))

        task = asyncio.create_task(work())
        await asyncio.sleep(0.1)
        await cancelled(task)
        assert engine.pool.checkedout() == 0


@asynchronous
async def test_a_stream_that_is_cancelled_leaves_no_lock_behind(url: str) -> None:
    """SQLite would put off closing a connection with a cursor that somebody still refers to."""
    kept: list[Any] = []
    options = {"connect_args": {"timeout": 0.5}, "sqlite_begin": "IMMEDIATE"}
    async with watched(url, **options) as (engine, _):
        fetched = asyncio.Event()

        async def work() -> None:
            async with engine.connect() as connection, connection.stream(COUNT) as result:
                kept.append(result._sync._feed._raw._cursor)  # type: ignore[attr-defined]
                await result.fetchone()
                fetched.set()
                await connection.scalar(text(LONG))

        task = asyncio.create_task(work())
        await fetched.wait()
        await asyncio.sleep(0.05)
        await cancelled(task)
        assert kept
        async with engine.begin() as connection:
            await connection.execute(text("create table t (a)"))


@asynchronous
async def test_a_task_cancelled_while_a_ping_is_out_closes_the_connection(url: str) -> None:
    async with watched(url, pool_pre_ping=True, pool_size=1, max_overflow=0) as (engine, books):
        engine.pool.ping_idle = 0
        async with engine.connect():
            pass
        task = asyncio.create_task(engine.connect().start())
        await asyncio.sleep(0)
        await cancelled(task)
        assert (engine.pool.checkedout(), books.closed) == (0, 1)


def test_tasks_that_are_cancelled_as_the_event_loop_ends_leave_no_thread(url: str) -> None:
    async def main() -> None:
        from toolkit.ext.asyncio import create_async_engine

        engine = create_async_engine(url)

        async def work() -> None:
            async with engine.connect() as connection:
                await connection.execute(text(LONG))

        kept.append(asyncio.create_task(work()))
        await asyncio.sleep(0.05)
        kept.append(engine)

    kept: list[Any] = []
    asyncio.run(main())
    assert kept[0].cancelled()
    assert kept[1].pool.checkedout() == 0


# -- anyio ---------------------------------------------------------------------------------


def test_a_cancelled_scope_of_anyio_returns_or_closes_exactly_once(url: str) -> None:
    """Its cancellation comes again at every await, also within the cleaning up."""

    async def main() -> None:
        async with watched(url, pool_size=2, max_overflow=0) as (engine, _):
            async with engine.begin() as connection:
                await connection.execute(text("create table t (a)"))

            async def sleeps() -> None:
                async with engine.begin() as connection:
                    await connection.execute(text("insert into t values (1)"))
                    await anyio.sleep(60)

            async def works() -> None:
                async with engine.connect() as connection:
                    await connection.execute(text(LONG))

            async def closes() -> None:
                connection = await engine.connect()
                try:
                    await anyio.sleep(60)
                finally:
                    await connection.close()

            works_of: tuple[Callable[[], Coroutine[Any, Any, None]], ...] = (sleeps, works, closes)
            for work in works_of:
                with anyio.move_on_after(0.05):
                    await work()
            async with anyio.create_task_group() as group:
                for work in works_of:
                    group.start_soon(work)
                await anyio.sleep(0.05)
                group.cancel_scope.cancel()
            async with engine.connect() as connection:
                assert await connection.scalar(text("select count(*) from t")) == 0

    anyio.run(main)


# -- many, at random -----------------------------------------------------------------------


async def selects(engine: AsyncEngine, chance: random.Random) -> None:
    async with engine.connect() as connection:
        assert (await connection.execute(text("select 1"))).all() == [(1,)]


async def writes(engine: AsyncEngine, chance: random.Random) -> None:
    async with engine.begin() as connection:
        await connection.execute(text("insert into t values (1)"))


async def streams(engine: AsyncEngine, chance: random.Random) -> None:
    async with engine.connect() as connection, connection.stream(COUNT) as result:
        async for _ in result:
            pass


async def nests(engine: AsyncEngine, chance: random.Random) -> None:
    async with engine.connect() as connection, connection.begin():
        async with connection.begin_nested():
            await connection.execute(text("insert into t values (1)"))
        await asyncio.sleep(chance.random() * 0.002)


async def computes(engine: AsyncEngine, chance: random.Random) -> None:
    async with engine.connect() as connection:
        await connection.run_sync(lambda sync: sync.execute(COUNT).all())


WORK = (selects, writes, streams, nests, computes)


async def cut_short(work: Awaitable[None], chance: random.Random) -> None:
    """Do some work, and cancel it somewhere, maybe twice, by one of the ways there are."""
    task = asyncio.ensure_future(work)
    way = chance.randrange(4)
    try:
        if way == 0:
            await asyncio.wait_for(task, chance.random() * 0.01)
        elif way < 3:
            await asyncio.sleep(chance.random() * 0.01)
            task.cancel()
            if way == 2:
                await asyncio.sleep(0)
                task.cancel()
        await task
    except (asyncio.CancelledError, asyncio.TimeoutError):
        pass


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("poolclass", [AsyncAdaptedQueuePool, NullPool])
@asynchronous
async def test_whatever_is_cancelled_wherever_the_books_are_right(
    url: str, poolclass: type[Pool], seed: int
) -> None:
    chance = random.Random(seed)
    options: dict[str, Any] = {"connect_args": {"timeout": 10}, "poolclass": poolclass}
    if seed < 2:
        # So that a lock which outlives its connection would be noticed.
        options["sqlite_begin"] = "IMMEDIATE"
    if poolclass is AsyncAdaptedQueuePool:
        options |= {"pool_size": 3, "max_overflow": 2, "pool_pre_ping": seed % 2 == 0}
    async with watched(url, **options) as (engine, books):
        engine.pool.ping_idle = 0
        async with engine.begin() as connection:
            await connection.execute(text("create table t (a integer)"))
        for _ in range(10):
            works = [chance.choice(WORK)(engine, chance) for _ in range(12)]
            await asyncio.gather(*(cut_short(work, chance) for work in works))
        await books.settled()
        # Nothing is locked, and every place of the pool can be had.
        await asyncio.gather(*(writes(engine, chance) for _ in range(10)))


@asynchronous
async def test_the_shared_connection_of_a_database_in_memory_outlives_its_users() -> None:
    async with watched("sqlite+aiosqlite://", poolclass=StaticPool) as (engine, _):

        async def work(selected: asyncio.Event) -> None:
            async with engine.connect() as connection:
                await connection.execute(text("select 1"))
                selected.set()
                await asyncio.sleep(60)

        async with engine.begin() as connection:
            await connection.execute(text("create table t (a)"))
        # Whoever is cancelled while a statement runs costs the connection.
        idle = [asyncio.Event() for _ in range(5)]
        tasks = [asyncio.create_task(work(one)) for one in idle]
        for one in idle:
            await one.wait()
        for task in tasks:
            await cancelled(task)
        async with engine.connect() as connection:
            assert await connection.scalar(text("select count(*) from t")) == 0
