"""An asynchronous engine is the face of an engine, made of the same URL and options."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import aiosqlite
import pytest

from tests.core.aio.tools import asynchronous, opened
from toolkit import create_engine, event, inspect, text
from toolkit.exc import ArgumentError, InvalidRequestError, MissingGreenlet, NoInspectionAvailable
from toolkit.ext.asyncio import (
    AsyncConnection,
    AsyncEngine,
    async_engine_from_config,
    create_async_engine,
    create_async_pool_from_url,
)
from toolkit.ext.asyncio.exc import AsyncMethodRequired
from toolkit.pool import (
    AssertionPool,
    AsyncAdaptedQueuePool,
    NullPool,
    Pool,
    QueuePool,
    SingletonThreadPool,
    StaticPool,
)


def test_a_driver_that_blocks_is_refused() -> None:
    with pytest.raises(InvalidRequestError, match=r"'pysqlite' is not async") as caught:
        create_async_engine("sqlite://")
    assert "sqlite+aiosqlite://" in str(caught.value)
    with pytest.raises(InvalidRequestError, match=r"'pysqlite' is not async"):
        AsyncEngine(create_engine("sqlite://"))
    with pytest.raises(InvalidRequestError, match=r"'pysqlite' is not async"):
        create_async_pool_from_url("sqlite://")


@pytest.mark.parametrize("blocking", [QueuePool, SingletonThreadPool])
def test_a_pool_for_threads_is_refused(url: str, blocking: type[Pool]) -> None:
    with pytest.raises(ArgumentError, match="cannot be used with asyncio engine") as caught:
        create_async_engine(url, poolclass=blocking)
    assert caught.value.code == "pcls"
    with pytest.raises(ArgumentError, match="cannot be used with asyncio engine"):
        create_async_engine(url, pool=QueuePool(lambda: None))


def test_a_pool_for_tasks_is_refused_by_an_engine_that_blocks() -> None:
    with pytest.raises(ArgumentError, match="cannot be used with non-asyncio engine"):
        create_engine("sqlite:///app.db", poolclass=AsyncAdaptedQueuePool)


def test_streaming_is_asked_for_by_statement_and_not_for_the_engine() -> None:
    with pytest.raises(AsyncMethodRequired, match="stream"):
        create_async_engine("sqlite+aiosqlite://", server_side_cursors=True)


def test_a_file_has_the_pool_for_tasks_and_memory_one_connection_for_all(url: str) -> None:
    assert type(create_async_engine(url).pool) is AsyncAdaptedQueuePool
    assert type(create_async_engine("sqlite+aiosqlite://").pool) is StaticPool


def test_a_configuration_makes_an_engine(url: str) -> None:
    settings = {"sqlalchemy.url": url, "sqlalchemy.pool_size": "3"}
    engine = async_engine_from_config(settings)
    assert isinstance(engine, AsyncEngine)
    assert engine.pool.size() == 3  # type: ignore[attr-defined]


def test_a_configuration_without_url_says_so() -> None:
    with pytest.raises(ArgumentError, match=r"no key 'sqlalchemy\.url'"):
        async_engine_from_config({})


def test_a_pool_is_made_alone(url: str) -> None:
    pool = create_async_pool_from_url(url, pool_size=2, timeout=3)
    assert isinstance(pool, AsyncAdaptedQueuePool)
    assert (pool.size(), pool.timeout()) == (2, 3)


def test_two_faces_of_one_engine_are_equal() -> None:
    engine = create_async_engine("sqlite+aiosqlite://")
    assert engine == AsyncEngine(engine.sync_engine)
    assert len({engine, AsyncEngine(engine.sync_engine)}) == 1
    assert engine != create_async_engine("sqlite+aiosqlite://")


def test_what_the_engine_knows_the_face_tells() -> None:
    engine = create_async_engine("sqlite+aiosqlite://", echo=False, hide_parameters=True)
    assert (engine.name, engine.driver, str(engine.url)) == (
        "sqlite",
        "aiosqlite",
        "sqlite+aiosqlite://",
    )
    assert engine.dialect.is_async
    assert engine.engine is engine.sync_engine
    assert engine.hide_parameters
    assert not engine.echo
    engine.echo = "debug"
    assert engine.sync_engine.echo == "debug"
    engine.echo = False
    assert repr(engine) == "AsyncEngine(sqlite+aiosqlite://)"


@asynchronous
async def test_siblings_share_the_pool_and_have_options_of_their_own(url: str) -> None:
    async with opened(url) as engine:
        sibling = engine.execution_options(isolation_level="AUTOCOMMIT")
        sibling.update_execution_options(logging_token="sibling")
        assert sibling.pool is engine.pool
        assert dict(sibling.get_execution_options()) == {
            "isolation_level": "AUTOCOMMIT",
            "logging_token": "sibling",
        }
        assert not engine.get_execution_options()
        async with sibling.connect() as connection:
            assert await connection.get_isolation_level() == "AUTOCOMMIT"
        async with engine.connect() as connection:
            assert await connection.get_isolation_level() == "SERIALIZABLE"


@asynchronous
async def test_begin_commits_at_the_end_of_its_block_and_rolls_back_by_an_error(url: str) -> None:
    async with opened(url) as engine:
        async with engine.begin() as connection:
            await connection.execute(text("create table t (a integer)"))
            await connection.execute(text("insert into t values (1)"))
        with suppress(LookupError):
            async with engine.begin() as connection:
                await connection.execute(text("insert into t values (2)"))
                raise LookupError
        async with engine.connect() as connection:
            assert (await connection.scalars(text("select a from t"))).all() == [1]


@asynchronous
async def test_dispose_closes_what_is_idle_and_makes_a_new_pool(url: str) -> None:
    async with opened(url) as engine:
        async with engine.connect():
            pass
        old = engine.pool
        assert old.checkedin() == 1  # type: ignore[attr-defined]
        await engine.dispose()
        assert old.checkedin() == 0  # type: ignore[attr-defined]
        assert engine.pool is not old
        async with engine.connect() as connection:
            assert await connection.scalar(text("select 1")) == 1


@asynchronous
async def test_disposing_of_the_engine_behind_closes_connections_without_the_bridge(
    url: str,
) -> None:
    async with opened(url) as engine:
        async with engine.connect():
            pass
        engine.sync_engine.dispose()


@asynchronous
async def test_a_raw_connection_is_the_pool_s(url: str) -> None:
    async with opened(url) as engine:
        proxied = await engine.raw_connection()
        assert isinstance(proxied.driver_connection, aiosqlite.Connection)
        assert list(await proxied.driver_connection.execute_fetchall("select 1")) == [(1,)]
        proxied.close()


@asynchronous
async def test_an_async_creator_opens_the_driver_s_connections(tmp_path: Path) -> None:
    opened_by_us: list[Any] = []

    async def creator() -> Any:
        connection = await aiosqlite.connect(tmp_path / "other.db")
        opened_by_us.append(connection)
        return connection

    async with (
        opened("sqlite+aiosqlite://", async_creator=creator) as engine,
        engine.connect() as connection,
    ):
        await connection.execute(text("create table t (a)"))
        raw = await connection.get_raw_connection()
        assert raw.driver_connection is opened_by_us[0]
    assert (tmp_path / "other.db").exists()


def test_two_creators_are_refused() -> None:
    with pytest.raises(ArgumentError, match="only specify one"):
        create_async_engine("sqlite+aiosqlite://", creator=object, async_creator=object)


@asynchronous
async def test_an_error_of_connecting_is_the_driver_s_and_leaks_nothing(tmp_path: Path) -> None:
    from toolkit.exc import OperationalError

    async with opened(f"sqlite+aiosqlite:///{tmp_path}/no/such/folder.db") as engine:
        with pytest.raises(OperationalError, match="unable to open"):
            _ = await engine.connect()


@asynchronous
async def test_listeners_are_for_the_engine_behind_and_may_use_connections_at_once(
    url: str,
) -> None:
    seen: list[Any] = []
    async with opened(url) as engine:

        @event.listens_for(engine.sync_engine, "connect")
        def connected(dbapi_connection: Any, record: Any) -> None:
            cursor = dbapi_connection.cursor()
            cursor.execute("pragma foreign_keys = on")
            cursor.execute("select 7")
            seen.append(cursor.fetchone())
            cursor.close()
            seen.append(dbapi_connection.run_async(lambda raw: raw.execute_fetchall("select 8")))

        @event.listens_for(engine.sync_engine, "before_cursor_execute")
        def sent(conn: Any, cursor: Any, statement: str, *rest: Any) -> None:
            seen.append(statement)

        async with engine.connect() as connection:
            assert await connection.scalar(text("pragma foreign_keys")) == 1
    assert seen == [(7,), [(8,)], "pragma foreign_keys"]


@asynchronous
async def test_do_connect_may_change_the_arguments_or_return_a_connection(
    url: str, tmp_path: Path
) -> None:
    async with opened(url) as engine:
        other = tmp_path / "token.db"

        @event.listens_for(engine.sync_engine, "do_connect")
        def connects(dialect: Any, record: Any, args: list[Any], kwargs: dict[str, Any]) -> Any:
            args[0] = str(other)
            return dialect.glue.connect(args, kwargs)

        async with engine.connect() as connection:
            await connection.execute(text("create table t (a)"))
    assert other.exists()


@asynchronous
async def test_listening_to_a_face_says_where_to_listen(url: str) -> None:
    async with opened(url) as engine:
        with pytest.raises(NotImplementedError, match="sync_engine"):
            event.listen(engine, "connect", print)
        async with engine.connect() as connection:
            with pytest.raises(NotImplementedError, match="sync_connection"):
                event.listen(connection, "commit", print)


@asynchronous
async def test_inspecting_a_face_says_how_to_inspect(url: str) -> None:
    async with opened(url) as engine:
        with pytest.raises(NoInspectionAvailable, match="run_sync") as caught:
            inspect(engine)
        assert caught.value.code == "xd3s"
        async with engine.connect() as connection:
            with pytest.raises(NoInspectionAvailable, match="run_sync"):
                inspect(connection)
            await connection.execute(text("create table t (a)"))
            names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
            assert names == ["t"]


def test_the_engine_behind_cannot_connect_without_the_bridge(url: str) -> None:
    engine = create_async_engine(url)
    for attempt in (engine.sync_engine.connect, engine.pool.connect):
        with pytest.raises(MissingGreenlet, match="connecting"):
            attempt()
    assert engine.pool.checkedout() == 0


@asynchronous
async def test_run_tries_again_what_the_database_calls_retryable(url: str) -> None:
    from toolkit.exc import OperationalError

    tries: list[str] = []

    async def work(connection: AsyncConnection) -> str:
        tries.append(str(await connection.scalar(text("select count(*) from t"))))
        await connection.execute(text("insert into t values (1)"))
        if len(tries) < 3:
            raise await busy(url)
        return "done"

    async def busy(url: str) -> Exception:
        """What SQLite says when another connection is writing."""
        async with opened(url, connect_args={"timeout": 0}) as other, other.connect() as second:
            try:
                await second.execute(text("insert into t values (2)"))
            except OperationalError as error:
                return error
        raise AssertionError

    async with opened(url) as engine:
        async with engine.begin() as connection:
            await connection.execute(text("create table t (a)"))
        assert await engine.run(work, longest_wait=0.01) == "done"
        async with engine.connect() as connection:
            assert await connection.scalar(text("select count(*) from t")) == 1
    assert tries == ["0", "0", "0"]


@pytest.mark.parametrize("poolclass", [NullPool, StaticPool, AssertionPool, AsyncAdaptedQueuePool])
@asynchronous
async def test_pools_that_serve_tasks_do(url: str, poolclass: type[Pool]) -> None:
    async with opened(url, poolclass=poolclass) as engine:
        for _ in range(2):
            async with engine.connect() as connection:
                assert await connection.scalar(text("select 1")) == 1
