"""What mypy and pyright see of asyncio's engines; read by `make check`, never run."""

from collections.abc import Sequence
from typing import Any

from typing_extensions import Unpack, assert_type

from toolkit import (
    Column,
    Connection,
    CursorResult,
    Engine,
    Integer,
    ScalarResult,
    String,
    select,
    text,
)
from toolkit.ext.asyncio import (
    AsyncConnection,
    AsyncEngine,
    AsyncMappingResult,
    AsyncResult,
    AsyncScalarResult,
    AsyncTransaction,
    AsyncTwoPhaseTransaction,
    create_async_engine,
)
from toolkit.util import await_only, greenlet_spawn

engine = create_async_engine("sqlite+aiosqlite://")
assert_type(engine, AsyncEngine)
assert_type(engine.sync_engine, Engine)

pairs = select(Column("id", Integer), Column("name", String))


async def connections() -> None:
    async with engine.connect() as connection:
        _ = assert_type(connection, AsyncConnection)
    async with engine.begin() as connection:
        _ = assert_type(connection, AsyncConnection)
    connection = await engine.connect()
    _ = assert_type(connection, AsyncConnection)
    _ = assert_type(await connection.execution_options(yield_per=5), AsyncConnection)
    async with connection.begin() as transaction:
        _ = assert_type(transaction, AsyncTransaction)
    _ = assert_type(await connection.begin_nested(), AsyncTransaction)
    _ = assert_type(await connection.begin_twophase("x"), AsyncTwoPhaseTransaction)
    async with connection.begin_twophase() as two_phase:
        _ = assert_type(two_phase, AsyncTwoPhaseTransaction)


async def executing(connection: AsyncConnection) -> None:
    plain = await connection.execute(text("select 1"), {"x": 1})
    assert_type(plain, CursorResult[Unpack[tuple[Any, ...]]])
    typed = await connection.execute(pairs)
    assert_type(typed, CursorResult[int, str])
    assert_type(await connection.scalar(pairs), int | None)
    assert_type(await connection.scalars(pairs), ScalarResult[int])
    assert_type(await connection.scalar(text("select 1")), Any)


async def streaming(connection: AsyncConnection) -> None:
    async with connection.stream(pairs) as result:
        assert_type(result, AsyncResult[int, str])
        async for row in result:
            assert_type(row[0], int)
            assert_type(row[1], str)
        assert_type(await result.scalar(), int | None)
        assert_type(result.scalars(), AsyncScalarResult[int])
        assert_type(result.mappings(), AsyncMappingResult)
    assert_type(await connection.stream(pairs), AsyncResult[int, str])
    async with connection.stream_scalars(pairs) as scalars:
        assert_type(scalars, AsyncScalarResult[int])
        assert_type(await scalars.all(), Sequence[int])
        async for value in scalars:
            assert_type(value, int)


def work(connection: Connection, number: int, *, name: str) -> list[str]:
    return [name] * number


async def five() -> int:
    return 5


async def bridge(connection: AsyncConnection) -> None:
    assert_type(await connection.run_sync(work, 5, name="x"), list[str])
    assert_type(await greenlet_spawn(lambda: 5), int)
    assert_type(await_only(five()), int)
