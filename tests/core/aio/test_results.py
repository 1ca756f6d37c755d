"""A stream's rows are fetched while they are read."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import pytest

from tests.core.aio.tools import asynchronous, opened
from toolkit import event, text
from toolkit.exc import (
    MultipleResultsFound,
    NoResultFound,
    OperationalError,
    ResourceClosedError,
    SADeprecationWarning,
)
from toolkit.ext.asyncio import (
    AsyncConnection,
    AsyncMappingResult,
    AsyncResult,
    AsyncScalarResult,
)

PAIRS = text("select 1 as a, 'x' as b union all select 2, 'y' union all select 3, 'y'")
NUMBERS = text(
    "with recursive n(i) as (select 1 union all select i + 1 from n where i < :count) "
    "select i from n"
)


@asynchronous
async def test_rows_are_iterated_as_they_come(url: str) -> None:
    async with opened(url) as engine, engine.connect() as connection:
        async with connection.stream(NUMBERS, {"count": 5000}) as result:
            assert isinstance(result, AsyncResult)
            seen = [row.i async for row in result]
        assert seen == list(range(1, 5001))
        with pytest.raises(ResourceClosedError):
            await result.fetchone()


@asynchronous
async def test_a_stream_does_not_compute_what_is_not_read(url: str) -> None:
    async with opened(url) as engine, engine.connect() as connection:
        endless = text(
            "with recursive n(i) as (select 1 union all select i + 1 from n) select i from n"
        )
        async with connection.stream(endless) as result:
            assert await result.fetchmany(3) == [(1,), (2,), (3,)]
            assert await anext(result) == (4,)
        assert await connection.scalar(text("select 1")) == 1


@asynchronous
async def test_a_stream_may_be_awaited_and_closed_by_hand(url: str) -> None:
    async with opened(url) as engine, engine.connect() as connection:
        result = await connection.stream(PAIRS)
        assert list(result.keys()) == ["a", "b"]
        assert await result.fetchone() == (1, "x")
        assert not result.closed
        await result.close()
        assert result.closed


@asynchronous
async def test_a_result_closes_itself_as_a_block(url: str) -> None:
    async with opened(url) as engine, engine.connect() as connection:
        async with await connection.stream(PAIRS) as result:
            assert await result.first() == (1, "x")
        assert result.closed


@asynchronous
async def test_all_ways_of_fetching_are_awaited(url: str) -> None:
    async with opened(url) as engine, engine.connect() as connection:

        async def stream(sql: Any = PAIRS) -> AsyncResult:
            return await connection.stream(sql)

        assert await (await stream()).all() == [(1, "x"), (2, "y"), (3, "y")]
        assert await (await stream()).fetchall() == [(1, "x"), (2, "y"), (3, "y")]
        assert await (await stream()).first() == (1, "x")
        assert await (await stream()).scalar() == 1
        assert await (await stream(text("select 5"))).scalar_one() == 5
        assert await (await stream(text("select 5"))).scalar_one_or_none() == 5
        assert await (await stream(text("select 5"))).one() == (5,)
        assert await (await stream(text("select 5 where 1 = 0"))).one_or_none() is None
        with pytest.raises(MultipleResultsFound):
            await (await stream()).one()
        with pytest.raises(NoResultFound):
            await (await stream(text("select 5 where 1 = 0"))).one()
        assert [p async for p in (await stream()).partitions(2)] == [
            [(1, "x"), (2, "y")],
            [(3, "y")],
        ]
        assert [p async for p in (await stream()).yield_per(2).partitions()] == [
            [(1, "x"), (2, "y")],
            [(3, "y")],
        ]
        frozen = await (await stream()).freeze()
        assert frozen().all() == frozen().all() == [(1, "x"), (2, "y"), (3, "y")]


@asynchronous
async def test_views_show_rows_in_another_form(url: str) -> None:
    @dataclass
    class Pair:
        a: int
        b: str

    async with opened(url) as engine, engine.connect() as connection:
        scalars = (await connection.stream(PAIRS)).scalars("b")
        assert isinstance(scalars, AsyncScalarResult)
        assert await scalars.unique().all() == ["x", "y"]
        mappings = (await connection.stream(PAIRS)).mappings()
        assert isinstance(mappings, AsyncMappingResult)
        assert list(mappings.keys()) == ["a", "b"]
        assert dict(await mappings.fetchone() or {}) == {"a": 1, "b": "x"}
        assert [dict(m) async for m in mappings.columns("b")] == [{"b": "y"}, {"b": "y"}]
        assert await (await connection.stream(PAIRS)).columns("b", "a").first() == ("x", 1)
        unique = (await connection.stream(PAIRS)).columns("b").unique()
        assert [row async for row in unique] == [("x",), ("y",)]
        assert await (await connection.stream(PAIRS)).into(Pair).first() == Pair(1, "x")
        with pytest.warns(SADeprecationWarning, match="tuples"):
            assert await (await connection.stream(PAIRS)).tuples().first() == (1, "x")


@asynchronous
async def test_stream_scalars_gives_the_first_column(url: str) -> None:
    async with opened(url) as engine, engine.connect() as connection:
        async with connection.stream_scalars(PAIRS) as scalars:
            assert [value async for value in scalars] == [1, 2, 3]
        assert await (await connection.stream_scalars(PAIRS)).first() == 1


@asynchronous
async def test_an_error_while_rows_are_read_is_wrapped(url: str) -> None:
    # Only the 2,000th row overflows.
    fails = text(
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000) "
        "select abs(case when i = 2000 then -9223372036854775808 else i end) from n"
    )
    async with opened(url) as engine, engine.connect() as connection:
        read = 0
        result = await connection.stream(fails)
        with pytest.raises(OperationalError, match="integer overflow"):
            async for read in result.scalars():  # noqa: B007 - how far it comes
                pass
        assert read < 2000
        assert await connection.scalar(text("select 1")) == 1


@asynchronous
async def test_a_statement_that_cannot_be_streamed_is_executed_nonetheless(url: str) -> None:
    async with opened(url) as engine, engine.begin() as connection:
        async with connection.stream(text("create table t (a)")) as result:
            assert not result.closed
        async with connection.stream(text("insert into t values (1), (2) returning a")) as result:
            assert await result.scalars().all() == [1, 2]


@asynchronous
async def test_other_tasks_work_while_rows_are_read(url: str) -> None:
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            ticks += 1
            await asyncio.sleep(0)

    async with opened(url) as engine, engine.connect() as connection:
        ticking = asyncio.create_task(tick())
        async with connection.stream(NUMBERS, {"count": 20_000}) as result:
            assert len(await result.all()) == 20_000
        ticking.cancel()
    assert ticks > 10


async def fetches(connection: AsyncConnection, count: int) -> int:
    result = await connection.stream(NUMBERS, {"count": count})
    return sum([row.i async for row in result])


@asynchronous
async def test_rows_that_are_here_already_are_read_without_the_bridge(url: str) -> None:
    asked = 0
    async with opened(url) as engine, engine.connect() as connection:
        result = await connection.stream(NUMBERS, {"count": 1000})
        cursor: Any = result._sync._feed._raw  # type: ignore[attr-defined]
        fetchmany = cursor.fetchmany

        def counted(size: int) -> Any:
            nonlocal asked
            asked += 1
            return fetchmany(size)

        cursor.fetchmany = counted
        assert [row.i async for row in result] == list(range(1, 1001))
    assert asked <= 6


@asynchronous
async def test_listeners_hear_of_streams(url: str) -> None:
    heard: list[bool] = []
    async with opened(url) as engine, engine.connect() as connection:

        @event.listens_for(engine.sync_engine, "before_cursor_execute")
        def sent(conn: Any, cursor: Any, *rest: Any) -> None:
            heard.append(cursor.is_streamed)

        assert await fetches(connection, 10) == 55
        await connection.execute(text("select 1"))
    assert heard == [True, False]
