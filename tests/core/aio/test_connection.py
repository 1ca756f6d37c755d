"""What a connection does, an asynchronous one does, for one task at a time."""

from __future__ import annotations

import asyncio
from contextlib import aclosing, suppress
from typing import Any

import pytest

from tests.core.aio.tools import LONG, asynchronous, opened
from toolkit import Column, Integer, MetaData, String, Table, event, insert, select, text
from toolkit.engine import Connection
from toolkit.exc import (
    DBAPIError,
    InvalidRequestError,
    MissingGreenlet,
    OperationalError,
    PendingRollbackError,
    QueryCancelled,
    QueryTimeout,
    ResourceClosedError,
    SAWarning,
)
from toolkit.ext.asyncio import AsyncTransaction
from toolkit.ext.asyncio.exc import (
    AsyncContextAlreadyStarted,
    AsyncContextNotStarted,
    AsyncMethodRequired,
)

item = Table(
    "item", MetaData(), Column("id", Integer, primary_key=True), Column("name", String(20))
)


# -- starting and ending ------------------------------------------------------------------


@asynchronous
async def test_a_connection_that_was_not_started_says_so(url: str) -> None:
    async with opened(url) as engine:
        connection = engine.connect()
        with pytest.raises(AsyncContextNotStarted, match="AsyncConnection context has not been"):
            await connection.execute(text("select 1"))
        with pytest.raises(AsyncContextNotStarted):
            connection.in_transaction()
        with pytest.raises(AsyncContextNotStarted):
            await connection.close()
        assert connection.sync_connection is None


@asynchronous
async def test_a_connection_is_started_once(url: str) -> None:
    async with opened(url) as engine, engine.connect() as connection:
        with pytest.raises(AsyncContextAlreadyStarted, match="already started"):
            _ = await connection.start()
        with pytest.raises(InvalidRequestError, match="already started"):
            _ = await connection


@asynchronous
async def test_a_connection_may_be_awaited_and_closed_by_hand(url: str) -> None:
    async with opened(url) as engine:
        connection = await engine.connect()
        assert connection.closed is False
        await connection.close()
        await connection.close()
        with pytest.raises(ResourceClosedError, match="closed"):
            await connection.execute(text("select 1"))


@asynchronous
async def test_aclosing_closes(url: str) -> None:
    async with opened(url) as engine:
        async with aclosing(await engine.connect()) as connection:
            pass
        assert connection.closed


@asynchronous
async def test_two_faces_of_one_connection_are_equal(url: str) -> None:
    async with opened(url) as engine, engine.connect() as connection:
        from toolkit.ext.asyncio import AsyncConnection

        assert connection == AsyncConnection(engine, connection.sync_connection)
        assert connection != engine.connect()
        assert (connection.engine, connection.sync_engine) == (engine, engine.sync_engine)


# -- executing ----------------------------------------------------------------------------


@asynchronous
async def test_statements_are_executed_and_their_rows_are_there(url: str) -> None:
    async with opened(url) as engine, engine.begin() as connection:
        await connection.run_sync(item.metadata.create_all)
        rows = [{"name": "ada"}, {"name": "bob"}]
        assert (await connection.execute(insert(item), rows)).rowcount == 2
        single = await connection.execute(insert(item).values(name="eve"))
        assert single.inserted_primary_key == (3,)
        result = await connection.execute(select(item.c.name).order_by(item.c.id))
        assert [row.name for row in result] == ["ada", "bob", "eve"]
        assert (await connection.scalars(select(item.c.id))).all() == [1, 2, 3]
        assert await connection.scalar(select(item.c.name).where(item.c.id == 2)) == "bob"
        raw = await connection.exec_driver_sql("select name from item where id = ?", (3,))
        assert raw.one() == ("eve",)
        returned = await connection.execute(
            insert(item).returning(item.c.id), [{"name": "x"}, {"name": "y"}]
        )
        assert returned.scalars().all() == [4, 5]


@asynchronous
async def test_an_error_of_the_database_is_wrapped_and_leaves_the_connection_usable(
    url: str,
) -> None:
    async with opened(url) as engine, engine.connect() as connection:
        with pytest.raises(OperationalError, match="no such table"):
            await connection.execute(text("select * from nowhere"))
        assert await connection.scalar(text("select 1")) == 1


@pytest.mark.parametrize("option", [{"stream_results": True}, {"yield_per": 5}])
@asynchronous
async def test_rows_that_stay_on_the_server_must_be_streamed(
    url: str, option: dict[str, Any]
) -> None:
    async with opened(url) as engine, engine.connect() as connection:
        for method in (connection.execute, connection.scalars, connection.scalar):
            with pytest.raises(AsyncMethodRequired, match="stream"):
                await method(text("select 1"), execution_options=option)
        assert await connection.scalar(text("select 1")) == 1


@asynchronous
async def test_run_sync_calls_a_function_with_the_connection_behind(url: str) -> None:
    async with opened(url) as engine, engine.connect() as connection:

        def work(sync: Connection, a: int, *, b: int) -> Any:
            assert sync is connection.sync_connection
            return sync.execute(text("select :a + :b"), {"a": a, "b": b}).scalar()

        assert await connection.run_sync(work, 1, b=2) == 3
        with pytest.raises(ZeroDivisionError):
            await connection.run_sync(lambda sync: 1 / 0)


@asynchronous
async def test_the_connection_behind_sends_nothing_without_the_bridge(url: str) -> None:
    async with opened(url) as engine, engine.connect() as connection:
        await connection.execute(text("create table t (a)"))
        sync = connection.sync_connection
        assert sync is not None
        with pytest.raises(MissingGreenlet, match="wanted for: insert into t values"):
            sync.execute(text("insert into t values (1)"))
        assert await connection.scalar(text("select count(*) from t")) == 0


@asynchronous
async def test_bulk_load_loads(url: str) -> None:
    async with opened(url) as engine, engine.begin() as connection:
        await connection.run_sync(item.metadata.create_all)
        assert await connection.bulk_load(item, [{"name": "a"}, {"name": "b"}]) == 2


# -- transactions -------------------------------------------------------------------------


@asynchronous
async def test_a_transaction_is_committed_as_one_goes_or_rolled_back(url: str) -> None:
    async with opened(url) as engine, engine.connect() as connection:
        await connection.execute(text("create table t (a)"))
        await connection.commit()
        await connection.execute(text("insert into t values (1)"))
        assert connection.in_transaction()
        await connection.rollback()
        assert not connection.in_transaction()
        assert await connection.scalar(text("select count(*) from t")) == 0


@asynchronous
async def test_a_block_commits_its_transaction_and_a_nested_one_its_savepoint(url: str) -> None:
    async with opened(url) as engine, engine.connect() as connection:
        async with connection.begin() as outer:
            await connection.execute(text("create table t (a)"))
            assert connection.get_transaction() == outer
            async with connection.begin_nested() as inner:
                assert (inner.nested, outer.nested) == (True, False)
                assert connection.in_nested_transaction()
                assert connection.get_nested_transaction() == inner
                await connection.execute(text("insert into t values (1)"))
            with suppress(LookupError):
                async with connection.begin_nested():
                    await connection.execute(text("insert into t values (2)"))
                    raise LookupError
        assert not connection.in_transaction()
        assert connection.get_transaction() is None
        assert connection.get_nested_transaction() is None
        assert (await connection.scalars(text("select a from t"))).all() == [1]


@asynchronous
async def test_a_transaction_may_be_awaited_and_ended_by_hand(url: str) -> None:
    async with opened(url) as engine, engine.connect() as connection:
        transaction = connection.begin()
        with pytest.raises(AsyncContextNotStarted, match="AsyncTransaction context"):
            await transaction.commit()
        with pytest.raises(AsyncContextNotStarted):
            _ = transaction.is_active
        assert await transaction is transaction
        assert (transaction.is_active, transaction.is_valid) == (True, True)
        assert transaction.connection is connection
        assert transaction.sync_transaction is connection.sync_connection.get_transaction()  # type: ignore[union-attr]
        with pytest.raises(AsyncContextAlreadyStarted):
            _ = await transaction.start()
        await transaction.commit()
        assert (transaction.is_active, transaction.is_valid) == (False, False)
        with pytest.raises(InvalidRequestError, match="inactive"):
            await transaction.commit()
        with pytest.warns(SAWarning, match="already deassociated"):
            await transaction.rollback()
        await transaction.close()
        savepoint = await connection.begin_nested()
        assert isinstance(savepoint, AsyncTransaction)
        await savepoint.rollback()


@asynchronous
async def test_a_second_transaction_is_refused(url: str) -> None:
    async with opened(url) as engine, engine.begin() as connection:
        with pytest.raises(InvalidRequestError, match="already initialized"):
            _ = await connection.begin()


@asynchronous
async def test_nothing_is_executed_in_the_block_of_a_transaction_that_has_ended(url: str) -> None:
    async with (
        opened(url) as engine,
        engine.connect() as connection,
        connection.begin() as transaction,
    ):
        await transaction.commit()
        with pytest.raises(InvalidRequestError, match="inside context manager"):
            await connection.execute(text("select 1"))


@asynchronous
async def test_on_commit_calls_functions_of_both_kinds(url: str) -> None:
    called: list[str] = []

    async def tell() -> None:
        await asyncio.sleep(0)
        called.append("asynchronous")

    async with opened(url) as engine:
        async with engine.begin() as connection:
            await connection.on_commit(lambda: called.append("plain"))
            await connection.on_commit(tell)
            assert called == []
        assert called == ["plain", "asynchronous"]
        async with engine.connect() as connection:
            await connection.on_commit(tell)
            await connection.rollback()
    assert called == ["plain", "asynchronous"]


@asynchronous
async def test_isolation_is_an_option_of_the_connection(url: str) -> None:
    async with opened(url) as engine:
        async with engine.connect() as connection:
            assert connection.default_isolation_level == "SERIALIZABLE"
            same = await connection.execution_options(isolation_level="AUTOCOMMIT")
            assert same is connection
            assert await connection.get_isolation_level() == "AUTOCOMMIT"
            assert connection.get_execution_options()["isolation_level"] == "AUTOCOMMIT"
            await connection.execute(text("create table t (a)"))
            await connection.execute(text("insert into t values (1)"))
            await connection.rollback()
            assert await connection.scalar(text("select count(*) from t")) == 1
        async with engine.connect() as connection:
            assert await connection.get_isolation_level() == "SERIALIZABLE"


@asynchronous
async def test_two_phases_are_refused_where_the_database_has_none(url: str) -> None:
    async with opened(url) as engine, engine.connect() as connection:
        with pytest.raises(InvalidRequestError, match="two-phase"):
            _ = await connection.begin_twophase()


# -- the connection itself ----------------------------------------------------------------


@asynchronous
async def test_info_stays_with_the_driver_s_connection(url: str) -> None:
    async with opened(url, pool_size=1) as engine:
        async with engine.connect() as connection:
            connection.info["seen"] = 1
        async with engine.connect() as connection:
            assert connection.info == {"seen": 1}


@asynchronous
async def test_an_invalidated_connection_connects_anew(url: str) -> None:
    async with opened(url) as engine, engine.connect() as connection:
        first = (await connection.get_raw_connection()).driver_connection
        await connection.invalidate()
        assert connection.invalidated
        assert await connection.scalar(text("select 1")) == 1
        assert (await connection.get_raw_connection()).driver_connection is not first
        await connection.invalidate()
        with pytest.raises(PendingRollbackError):
            await connection.execute(text("select 1"))


@asynchronous
async def test_the_pooled_connection_is_not_had_at_once(url: str) -> None:
    async with opened(url) as engine, engine.connect() as connection:
        with pytest.raises(InvalidRequestError, match="get_raw_connection"):
            _ = connection.connection


@asynchronous
async def test_listeners_are_for_the_connection_behind(url: str) -> None:
    heard: list[Any] = []
    async with opened(url) as engine, engine.connect() as connection:
        event.listen(connection.sync_connection, "commit", heard.append)
        await connection.execute(text("create table t (a)"))
        await connection.commit()
        assert heard == [connection.sync_connection]


@asynchronous
async def test_another_task_is_refused_while_one_uses_the_connection(url: str) -> None:
    async with opened(url) as engine, engine.connect() as connection:
        first = asyncio.create_task(connection.scalar(text(LONG)), name="first")
        await asyncio.sleep(0)
        with pytest.raises(InvalidRequestError, match="in use by task 'first'; task 'Task-"):
            await connection.execute(text("select 1"))
        assert await first == 3_000_000
        assert await connection.scalar(text("select 1")) == 1


@asynchronous
async def test_a_task_may_await_its_connection_within_run_sync(url: str) -> None:
    from toolkit.util import await_only

    async with opened(url) as engine, engine.connect() as connection:
        found = await connection.run_sync(
            lambda sync: await_only(connection.scalar(text("select 5")))
        )
        assert found == 5


@asynchronous
async def test_closing_while_another_task_uses_it_throws_the_connection_away(url: str) -> None:
    async with opened(url) as engine:
        async with engine.connect() as connection:
            task = asyncio.create_task(connection.execute(text(LONG)))
            await asyncio.sleep(0.01)
        with pytest.raises(DBAPIError):
            await task
        assert engine.pool.checkedout() == 0


@asynchronous
async def test_another_task_may_cancel_the_statement(url: str) -> None:
    async with opened(url) as engine, engine.connect() as connection:
        task = asyncio.create_task(connection.execute(text(LONG)))
        await asyncio.sleep(0.05)
        await connection.cancel()
        with pytest.raises(QueryCancelled, match="interrupted"):
            await task
        assert await connection.scalar(text("select 1")) == 1


@asynchronous
async def test_a_statement_has_a_time_limit(url: str) -> None:
    async with opened(url) as engine, engine.connect() as connection:
        with pytest.raises(QueryTimeout):
            await connection.execute(text(LONG), execution_options={"timeout": 0.05})
        assert await connection.scalar(text("select 1")) == 1
