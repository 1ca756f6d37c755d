"""What asyncio promises holds on every database that has a driver for it."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest

from tests.containers.backend import Backend
from tests.core.aio.tools import Books, async_url, asynchronous, opened
from toolkit import (
    Column,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    event,
    func,
    insert,
    inspect,
    make_url,
    select,
    text,
    update,
)
from toolkit.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    IntegrityError,
    InvalidRequestError,
    OperationalError,
    QueryCancelled,
    QueryTimeout,
)
from toolkit.ext.asyncio import AsyncEngine, create_async_engine, create_async_pool_from_url
from toolkit.pool import NullPool, Pool

pytestmark = pytest.mark.backend("sqlite", "postgresql-18-psycopg", "postgresql-18-psycopg2")

item = Table(
    "aio_item", MetaData(), Column("id", Integer, primary_key=True), Column("name", String(20))
)
# Of each dialect, a statement that takes its time.
LONG = {
    "sqlite": "with recursive n(i) as (select 1 union all select i + 1 from n where i < 9000000) "
    "select max(i) from n",
    "postgresql": "select pg_sleep(5)",
}


@asynccontextmanager
async def serving(backend: Backend, **options: Any) -> AsyncIterator[AsyncEngine]:
    """An engine for the backend, with an empty table."""
    async with opened(async_url(backend), **options) as engine:
        async with engine.begin() as connection:
            await connection.run_sync(item.metadata.drop_all)
            await connection.run_sync(item.metadata.create_all)
        try:
            yield engine
        finally:
            async with engine.begin() as connection:
                await connection.run_sync(item.metadata.drop_all)


async def names(engine: AsyncEngine) -> list[Any]:
    async with engine.connect() as connection:
        return list((await connection.scalars(select(item.c.name).order_by(item.c.id))).all())


@asynchronous
async def test_rows_are_written_and_read(backend: Backend) -> None:
    async with serving(backend) as engine:
        async with engine.begin() as connection:
            added = await connection.execute(insert(item).values(name="a"))
            assert added.inserted_primary_key == (1,)
            many = await connection.execute(insert(item), [{"name": "b"}, {"name": "c"}])
            assert many.rowcount in (2, -1)
            returned = await connection.execute(
                insert(item).returning(item.c.id), [{"name": "d"}, {"name": "e"}]
            )
            assert sorted(returned.scalars()) == [4, 5]
            changed = await connection.execute(
                update(item).where(item.c.id > 3).values(name=func.upper(item.c.name))
            )
            assert changed.rowcount == 2
        assert await names(engine) == ["a", "b", "c", "D", "E"]


@asynchronous
async def test_rows_are_streamed(backend: Backend) -> None:
    async with serving(backend) as engine, engine.connect() as connection:
        await connection.execute(insert(item), [{"name": str(n)} for n in range(3000)])
        async with connection.stream(select(item.c.id).order_by(item.c.id)) as result:
            assert [row.id async for row in result] == list(range(1, 3001))
        options = {"yield_per": 100}
        result = await connection.stream(
            select(item).order_by(item.c.id), execution_options=options
        )
        sizes = [len(part) async for part in result.partitions()]
        assert sizes == [100] * 30
        result = await connection.stream(select(item.c.id).order_by(item.c.id))
        assert await result.fetchmany(2) == [(1,), (2,)]
        await result.close()
        assert await connection.scalar(select(func.count()).select_from(item)) == 3000


@asynchronous
async def test_streams_may_be_read_in_autocommit(backend: Backend) -> None:
    async with serving(backend) as engine:
        async with engine.begin() as connection:
            await connection.execute(insert(item), [{"name": str(n)} for n in range(100)])
        auto = engine.execution_options(isolation_level="AUTOCOMMIT")
        async with auto.connect() as connection, connection.stream(select(item.c.id)) as result:
            assert len(await result.all()) == 100


@asynchronous
async def test_a_stream_that_is_forgotten_harms_nobody(backend: Backend) -> None:
    async with serving(backend) as engine, engine.connect() as connection:
        await connection.execute(insert(item), [{"name": str(n)} for n in range(100)])
        result = await connection.stream(select(item.c.id))
        await result.fetchone()
        del result
        assert await connection.scalar(text("select 1")) == 1
        await connection.rollback()
        assert await connection.scalar(text("select 1")) == 1


@asynchronous
async def test_transactions_and_savepoints_end_as_asked_for(backend: Backend) -> None:
    async with serving(backend) as engine:
        async with engine.connect() as connection, connection.begin():
            await connection.execute(insert(item).values(name="kept"))
            with suppress(IntegrityError):
                async with connection.begin_nested():
                    await connection.execute(insert(item).values(name="undone"))
                    await connection.execute(insert(item).values(id=1, name="twice"))
            async with connection.begin_nested():
                await connection.execute(insert(item).values(name="nested"))
        with suppress(LookupError):
            async with engine.begin() as connection:
                await connection.execute(insert(item).values(name="lost"))
                raise LookupError
        assert await names(engine) == ["kept", "nested"]


@asynchronous
async def test_isolation_levels_are_set_and_taken_back(backend: Backend) -> None:
    async with serving(backend) as engine:
        async with engine.connect() as connection:
            default = await connection.get_isolation_level()
            await connection.rollback()
            _ = await connection.execution_options(isolation_level="SERIALIZABLE")
            assert await connection.get_isolation_level() == "SERIALIZABLE"
            await connection.rollback()
            _ = await connection.execution_options(isolation_level="AUTOCOMMIT")
            # PostgreSQL tells the level of each statement's own transaction.
            told = {"sqlite": "AUTOCOMMIT", "postgresql": default}[backend.dialect]
            assert await connection.get_isolation_level() == told
            await connection.execute(insert(item).values(name="at once"))
            await connection.rollback()
        async with engine.connect() as connection:
            assert await connection.get_isolation_level() == default
        assert await names(engine) == ["at once"]


@asynchronous
async def test_what_is_in_the_database_is_inspected(backend: Backend) -> None:
    async with serving(backend) as engine, engine.connect() as connection:
        found = await connection.run_sync(lambda sync: inspect(sync).get_columns("aio_item"))
        assert [column["name"] for column in found] == ["id", "name"]


@asynchronous
async def test_bulk_load_loads_by_the_fastest_way(backend: Backend) -> None:
    async with serving(backend) as engine:
        async with engine.begin() as connection:
            rows = ({"id": n, "name": str(n)} for n in range(1, 501))
            assert await connection.bulk_load(item, rows) == 500

        def fails() -> Any:
            yield {"id": 1001, "name": "x"}
            raise LookupError("rows")

        with pytest.raises(LookupError, match="rows"):
            await load(engine, fails())
        assert len(await names(engine)) == 500


async def load(engine: AsyncEngine, rows: Any) -> None:
    async with engine.begin() as connection:
        await connection.bulk_load(item, rows)


@asynchronous
async def test_an_error_is_wrapped_and_told_as_it_is_without_asyncio(backend: Backend) -> None:
    async with serving(backend) as engine, engine.connect() as connection:
        await connection.execute(insert(item).values(id=1))
        with pytest.raises(IntegrityError) as caught:
            await connection.execute(insert(item).values(id=1))
        assert caught.value.kind == "primary key"
        assert caught.value.table == "aio_item"
        await connection.rollback()
        with pytest.raises(DBAPIError):
            await connection.execute(text("select * from nowhere"))


@asynchronous
async def test_a_statement_has_a_time_limit_and_may_be_cancelled(backend: Backend) -> None:
    long = text(LONG[backend.dialect])
    async with serving(backend) as engine, engine.connect() as connection:
        with pytest.raises(QueryTimeout):
            await connection.execute(long, execution_options={"timeout": 0.1})
        await connection.rollback()
        assert await connection.scalar(text("select 1")) == 1
        task = asyncio.create_task(connection.execute(long))
        await asyncio.sleep(0.1)
        await connection.cancel()
        with pytest.raises(QueryCancelled):
            await task
        await connection.rollback()
        assert await connection.scalar(text("select 1")) == 1


@asynchronous
async def test_listeners_use_a_connection_at_once(backend: Backend) -> None:
    seen: list[Any] = []
    async with serving(backend) as engine:
        await engine.dispose()

        @event.listens_for(engine.sync_engine, "connect")
        def connected(dbapi_connection: Any, record: Any) -> None:
            cursor = dbapi_connection.cursor()
            cursor.execute("select 7")
            seen.append(cursor.fetchall())
            cursor.close()
            dbapi_connection.rollback()

        async with engine.connect():
            assert seen == [[(7,)]]


@asynchronous
async def test_a_dead_connection_is_replaced_by_a_ping(backend: Backend) -> None:
    async with serving(backend, pool_pre_ping=True, pool_size=1) as engine:
        engine.pool.ping_idle = 0
        async with engine.connect() as connection:
            raw = (await connection.get_raw_connection()).driver_connection
        await raw.close()
        async with engine.connect() as connection:
            assert await connection.scalar(text("select 1")) == 1


@asynchronous
async def test_a_lost_connection_is_a_disconnect(backend: Backend) -> None:
    async with serving(backend) as engine, engine.connect() as connection:
        raw = (await connection.get_raw_connection()).driver_connection
        await raw.close()
        with pytest.raises(DBAPIError) as caught:
            await connection.execute(text("select 1"))
        assert caught.value.connection_invalidated
        await connection.rollback()
        assert await connection.scalar(text("select 1")) == 1


@asynchronous
async def test_another_task_is_refused_while_one_uses_the_connection(backend: Backend) -> None:
    async with serving(backend) as engine, engine.connect() as connection:
        task = asyncio.create_task(connection.execute(text(LONG[backend.dialect])))
        await asyncio.sleep(0.05)
        with pytest.raises(InvalidRequestError, match="in use by task"):
            await connection.execute(text("select 1"))
        await connection.cancel()
        with suppress(OperationalError):
            await task


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("poolclass", [None, NullPool])
@asynchronous
async def test_whatever_is_cancelled_wherever_the_books_are_right(
    backend: Backend, poolclass: type[Pool] | None, seed: int
) -> None:
    chance = random.Random(seed)
    options: dict[str, Any] = {"pool_size": 3, "max_overflow": 2, "pool_timeout": 60}
    if poolclass is not None:
        options = {"poolclass": poolclass}
    if backend.dialect == "sqlite":
        options |= {"connect_args": {"timeout": 10}, "sqlite_begin": "IMMEDIATE"}
    async with serving(backend, **options) as engine:
        books = Books(engine)
        books.opened = books.idle

        async def work() -> None:
            async with engine.begin() as connection:
                await connection.execute(insert(item).values(name="x"))
                async with connection.begin_nested(), connection.stream(select(item)) as result:
                    async for _ in result:
                        pass
                await asyncio.sleep(chance.random() * 0.002)

        async def cut_short() -> None:
            task = asyncio.create_task(work())
            await asyncio.sleep(chance.random() * 0.03)
            task.cancel()
            if chance.random() < 0.3:
                await asyncio.sleep(chance.random() * 0.001)
                task.cancel()
            with suppress(asyncio.CancelledError):
                await task

        for _ in range(5):
            await asyncio.gather(*(cut_short() for _ in range(8)))
        await books.settled()
        assert books.opened - books.closed == books.idle
        await asyncio.gather(*(work() for _ in range(6)))


@pytest.mark.backend("postgresql-18-psycopg")
@asynchronous
async def test_two_phases_are_prepared_and_committed(backend: Backend) -> None:
    async with serving(backend) as engine:
        async with engine.connect() as connection:
            async with connection.begin_twophase() as transaction:
                await connection.execute(insert(item).values(name="two"))
                await transaction.prepare()
            later = await connection.begin_twophase("aio-later")
            await connection.execute(insert(item).values(name="later"))
            await later.prepare()
            await connection.invalidate()
            await connection.rollback()
        async with engine.connect() as connection:
            assert "aio-later" in await connection.recover_twophase()
            await connection.commit_prepared("aio-later")
        assert await names(engine) == ["two", "later"]


@pytest.mark.backend("postgresql-18-psycopg")
def test_the_url_of_psycopg_means_its_asynchronous_half(backend: Backend) -> None:
    engine = create_async_engine(backend.url)
    assert (engine.driver, engine.url.drivername) == ("psycopg_async", "postgresql+psycopg")
    explicit = make_url(backend.url).set(drivername="postgresql+psycopg_async")
    assert create_async_engine(explicit).driver == "psycopg_async"
    assert create_engine(backend.url).driver == "psycopg"
    assert create_async_pool_from_url(backend.url).driver.is_async


@pytest.mark.backend("postgresql-18-psycopg")
def test_connections_of_a_loop_that_has_ended_are_replaced(backend: Backend) -> None:
    engine = create_async_engine(backend.url, pool_size=1)

    async def one() -> Any:
        async with engine.connect() as connection:
            return await connection.scalar(text("select 1"))

    assert [asyncio.run(one()) for _ in range(3)] == [1, 1, 1]
    asyncio.run(engine.dispose())


@pytest.mark.backend("postgresql-18-psycopg2")
@asynchronous
async def test_statements_that_asyncpg_keeps_are_prepared_anew_when_the_schema_changes(
    backend: Backend,
) -> None:
    everything = text("select * from aio_item")
    async with serving(backend) as engine:
        async with engine.connect() as connection, engine.connect() as other:
            assert len((await connection.execute(everything)).keys()) == 2
            await connection.commit()
            await other.execute(text("alter table aio_item add column more integer"))
            await other.commit()
            assert len((await connection.execute(everything)).keys()) == 3
            await connection.commit()
        # Somebody changes it whom the engine knows nothing of.
        async with opened(engine.url) as stranger, stranger.begin() as foreign:
            await foreign.execute(text("alter table aio_item add column even_more integer"))
        async with engine.connect() as connection:
            with suppress(DBAPIError):
                await connection.execute(everything)
            await connection.rollback()
            assert len((await connection.execute(everything)).keys()) == 4


@pytest.mark.backend("postgresql-18-psycopg2")
@asynchronous
async def test_numbers_in_the_url_are_read_and_others_refused(backend: Backend) -> None:
    url = make_url(backend.url).set(drivername="postgresql+asyncpg")
    few = url.update_query_dict({"prepared_statement_cache_size": "1", "timeout": "5.5"})
    async with opened(few) as engine, engine.connect() as connection:
        for number in range(3):
            assert await connection.scalar(text(f"select {number}")) == number
        raw = await connection.get_raw_connection()
        assert raw.dbapi_connection.most_prepared == 1
    with pytest.raises(ArgumentError, match="'timeout' in the PostgreSQL URL must be a number"):
        create_async_engine(url.update_query_dict({"timeout": "long"}))


@pytest.mark.backend("postgresql-18-psycopg2")
@asynchronous
async def test_a_value_that_asyncpg_cannot_send_is_an_error_of_data(backend: Backend) -> None:
    async with serving(backend) as engine, engine.connect() as connection:
        with pytest.raises(DataError, match="expected str, got int"):
            await connection.execute(insert(item).values(name=5))
        await connection.rollback()
        assert await connection.scalar(text("select 1")) == 1


@pytest.mark.backend("postgresql-18-psycopg2")
@asynchronous
async def test_two_phases_are_refused_with_asyncpg(backend: Backend) -> None:
    async with serving(backend) as engine, engine.connect() as connection:
        with pytest.raises(InvalidRequestError, match="two-phase"):
            _ = await connection.begin_twophase()
