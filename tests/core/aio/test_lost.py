"""What nobody closes is cut off when it is forgotten, with a warning."""

from __future__ import annotations

import asyncio
import gc
import threading

import pytest

from tests.core.aio.tools import LONG, asynchronous, opened, workers
from toolkit import text
from toolkit.exc import SAWarning
from toolkit.ext.asyncio import create_async_engine
from toolkit.pool import StaticPool


@asynchronous
async def test_a_forgotten_connection_is_terminated_with_a_warning(url: str) -> None:
    async with opened(url, pool_size=1, max_overflow=0) as engine:
        connection = await engine.connect()
        await connection.execute(text("create table t (a)"))
        await connection.execute(text("insert into t values (1)"))
        with pytest.warns(SAWarning, match=r"test_lost\.py.*will be terminated"):  # noqa: PT031 - both make it happen
            del connection
            gc.collect()
        assert engine.pool.checkedout() == 0
        async with engine.begin() as second:
            await second.execute(text("create table u (a)"))
            assert await second.scalar(text("select count(*) from t")) == 0


@asynchronous
async def test_a_connection_that_others_share_is_not_terminated_under_their_feet(url: str) -> None:
    async with opened(url, poolclass=StaticPool) as engine, engine.connect() as kept:
        await kept.execute(text("create table t (a)"))
        forgotten = await engine.connect()
        await forgotten.execute(text("select 1"))
        del forgotten
        gc.collect()
        assert await kept.scalar(text("select count(*) from t")) == 0
        assert engine.pool.checkedout() == 1


@asynchronous
async def test_a_stream_that_is_forgotten_does_not_hold_the_database(url: str) -> None:
    async with opened(url, connect_args={"timeout": 1}) as engine:
        async with engine.connect() as connection:
            await connection.execute(text("create table t (a)"))
            await connection.execute(text("insert into t values (1), (2), (3)"))
            await connection.commit()
            result = await connection.stream(text("select a from t"))
            await result.fetchone()
            del result
        async with engine.begin() as connection:
            await connection.execute(text("drop table t"))


def test_a_program_ends_though_its_connections_were_not_closed(url: str) -> None:
    """The thread of a connection must not keep the interpreter from ending."""

    async def main() -> None:
        engine = create_async_engine(url)
        kept.append(await engine.connect())

    kept: list[object] = []
    before = workers()
    asyncio.run(main())
    left = workers() - before
    assert left
    assert all(thread.daemon for thread in left)
    with pytest.warns(SAWarning, match="terminated"):  # noqa: PT031 - both make it happen
        kept.clear()
        gc.collect()
    for thread in left:
        thread.join(5)
        assert not thread.is_alive()


def test_an_event_loop_that_ends_during_a_statement_harms_no_thread(url: str) -> None:
    errors: list[object] = []
    before, hook = workers(), threading.excepthook
    threading.excepthook = errors.append

    async def main() -> None:
        engine = create_async_engine(url)
        connection = await engine.connect()
        kept.append((engine, connection))
        task = asyncio.ensure_future(connection.execute(text(LONG)))
        await asyncio.sleep(0.02)
        task.cancel()

    kept: list[object] = []
    try:
        asyncio.run(main())
        for thread in workers() - before:
            thread.join(5)
    finally:
        threading.excepthook = hook
    assert errors == []
    assert workers() <= before
