# begins with: awaited
"""asyncio: engines, connections, transactions, results and events, over aiosqlite."""

import asyncio
import gc
import tempfile
import warnings

from sqlalchemy import (
    Column,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    event,
    exc,
    insert,
    inspect,
    pool,
    select,
    text,
    update,
)
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    async_engine_from_config,
    create_async_engine,
    create_async_pool_from_url,
)
from sqlalchemy.util import await_only, greenlet_spawn

warnings.simplefilter("ignore")
differs("get_isolation_level in autocommit", why="toolkit tells AUTOCOMMIT where it is on")
differs("a stream as a block of its own", why="in toolkit every result is a context manager")
differs("two statements at once", why="toolkit refuses a second task on one connection")
differs("without the bridge: execute", why="toolkit does not wrap MissingGreenlet")

item = Table(
    "item", MetaData(), Column("id", Integer, primary_key=True), Column("name", String(20))
)
home = tempfile.TemporaryDirectory()
url = f"sqlite+aiosqlite:///{home.name}/differential.db"
PAIRS = text("select 1 as a, 'x' as b union all select 2, 'y' union all select 3, 'y'")


# -- making engines


for name in (
    "QueuePool",
    "NullPool",
    "StaticPool",
    "SingletonThreadPool",
    "AssertionPool",
    "AsyncAdaptedQueuePool",
):
    chosen = getattr(pool, name)
    attempt(
        f"asynchronous {name}",
        lambda: type(create_async_engine(url, poolclass=chosen).pool).__name__,
    )
    attempt(
        f"synchronous {name}",
        lambda: type(create_engine("sqlite:///x.db", poolclass=chosen).pool).__name__,
    )
attempt("a driver that blocks", create_async_engine, "sqlite://")
attempt("a face of an engine that blocks", lambda: AsyncEngine(create_engine("sqlite://")))
attempt("server_side_cursors", create_async_engine, url, server_side_cursors=True)
attempt("two creators", create_async_engine, url, creator=lambda: 1, async_creator=lambda: 1)
memory = create_async_engine("sqlite+aiosqlite://")
report("pool of memory", type(memory.pool).__name__)
report("pool of a file", type(create_async_engine(url).pool).__name__)
report("its pool alone", type(create_async_pool_from_url(url)).__name__)
configured = async_engine_from_config({"sqlalchemy.url": url, "sqlalchemy.pool_size": "3"})
report("configured", [configured.pool.size(), configured.pool.status()])
report(
    "what it is",
    [
        memory.name,
        memory.driver,
        str(memory.url),
        memory.dialect.is_async,
        memory.engine is memory.sync_engine,
        memory == AsyncEngine(memory.sync_engine),
        type(memory.connect()).__name__,
        dict(memory.execution_options(foo=1).get_execution_options()),
    ],
)
attempt("inspect an engine", inspect, memory)
attempt("inspect a connection", inspect, memory.connect())
attempt("listen to an engine", event.listen, memory, "connect", print)
attempt("without the bridge: connect", memory.sync_engine.connect)
attempt("without the bridge: pool", memory.pool.connect)
attempt("not started: closed", lambda: memory.connect().closed)
attempt("the connection at once", lambda: memory.connect().connection)


# -- connections


async def connections(engine):
    unstarted = engine.connect()
    await tried("not started: execute", unstarted.execute, text("select 1"))
    await tried("not started: close", unstarted.close)
    report("not started: sync_connection", unstarted.sync_connection)
    async with engine.connect() as connection:
        await tried("started twice", connection.start)
        attempt("listen to a connection", event.listen, connection, "commit", print)
        report("is a connection", [connection.closed, connection.invalidated, connection.info])
        await connection.run_sync(item.metadata.create_all)
        result = await connection.execute(
            insert(item), [{"name": "ada"}, {"name": "bob"}, {"name": "eve"}]
        )
        report("rows inserted", result.rowcount)
        result = await connection.execute(insert(item).values(name="zoe"))
        report("key", tuple(result.inserted_primary_key))
        report("in a transaction", connection.in_transaction())
        report("same transaction", connection.get_transaction() == connection.get_transaction())
        await tried("begin within", lambda: connection.begin().start())
        await connection.commit()
        report("after commit", [connection.in_transaction(), connection.get_transaction()])
        result = await connection.execute(select(item).order_by(item.c.id))
        report("rows", [tuple(row) for row in result.all()])
        report("scalars", (await connection.scalars(select(item.c.name))).all())
        report("scalar", await connection.scalar(select(item.c.name).where(item.c.id == 2)))
        driver = await connection.exec_driver_sql("select id from item where id > ?", (2,))
        report("driver's SQL", [tuple(row) for row in driver])
        report("names", await connection.run_sync(lambda sync: inspect(sync).get_table_names()))
        await tried("an error of the function", connection.run_sync, lambda sync: 1 / 0)
        await tried("an error of the database", connection.execute, text("select nope"))
        await tried("a parameter that is missing", connection.execute, text("select :x"))
        await connection.rollback()
        same = await connection.execution_options(isolation_level="AUTOCOMMIT")
        report("options return the connection", same is connection)
        report("get_isolation_level in autocommit", await connection.get_isolation_level())
        report("default isolation", connection.default_isolation_level)
        raw = await connection.get_raw_connection()
        report(
            "raw",
            [
                type(raw.driver_connection).__name__,
                [tuple(r) for r in await raw.driver_connection.execute_fetchall("select 6")],
            ],
        )
        attempt(
            "without the bridge: execute",
            lambda: connection.sync_connection.execute(text("select 1")),
        )
        await connection.rollback()
        found = await asyncio.gather(
            connection.execute(text("select 1")),
            connection.execute(text("select 2")),
            return_exceptions=True,
        )
        report("two statements at once", [type(one).__name__ for one in found])
    report("closed", connection.closed)
    await tried("closed: execute", connection.execute, text("select 1"))
    await tried("closed twice", connection.close)
    async with engine.connect() as connection:
        await connection.invalidate()
        report("invalidated", connection.invalidated)
        report("anew", await connection.scalar(text("select 1")))


# -- transactions


async def fails():
    raise LookupError("out")


async def transactions(engine):
    async with engine.begin() as connection:
        report("begin gives", [type(connection).__name__, connection.in_transaction()])
        await connection.execute(update(item).where(item.c.id == 1).values(name="one"))
        await connection.commit()
        await tried("after commit within begin", connection.execute, text("select 1"))
    async with engine.connect() as connection:
        unstarted = connection.begin()
        attempt("unstarted transaction", lambda: unstarted.is_active)
        await tried("unstarted commit", unstarted.commit)
        transaction = await connection.begin()
        report(
            "transaction",
            [
                type(transaction).__name__,
                transaction.is_active,
                transaction.is_valid,
                transaction.nested,
                transaction.connection is connection,
                type(transaction.sync_transaction).__name__,
            ],
        )
        await connection.execute(update(item).where(item.c.id == 2).values(name="two"))
        async with connection.begin_nested() as savepoint:
            report(
                "savepoint",
                [
                    savepoint.nested,
                    connection.in_nested_transaction(),
                    connection.get_nested_transaction() == savepoint,
                ],
            )
            await connection.execute(update(item).where(item.c.id == 3).values(name="three"))
            await savepoint.rollback()
            await tried("after the savepoint's end", connection.execute, text("select 1"))
        await transaction.commit()
        report("ended", [transaction.is_active, transaction.is_valid])
        await tried("committed twice", transaction.commit)
        await tried("rolled back after commit", transaction.rollback)
        await tried("closed after commit", transaction.close)
        report("names after all", (await connection.scalars(select(item.c.name))).all())
    try:
        async with engine.begin() as connection:
            await connection.execute(update(item).values(name="lost"))
            await fails()
    except LookupError as error:
        report("an error goes through", str(error))
    async with engine.connect() as connection:
        report("and undoes", (await connection.scalars(select(item.c.name))).all())


# -- results


async def results(engine):
    async with engine.connect() as connection:
        for option in ({"stream_results": True}, {"yield_per": 2}):
            await tried(
                f"executed with {option}", connection.execute, PAIRS, execution_options=option
            )
            await tried(
                f"scalars with {option}", connection.scalars, PAIRS, execution_options=option
            )
        async with connection.stream(PAIRS) as result:
            report("streamed: stream", [type(result).__name__, list(result.keys())])
            report("streamed: fetchone", tuple(await result.fetchone()))
            report("streamed: the rest", [tuple(row) async for row in result])
            report(
                "streamed: at the end", [await result.fetchone(), await result.all(), result.closed]
            )
        report("streamed: after the block", result.closed)
        await tried("fetch after the block", result.fetchone)
        attempt("plain iteration", lambda: list(result))

        async def fresh():
            return await connection.stream(PAIRS)

        report("streamed: all", [tuple(row) for row in await (await fresh()).all()])
        report("streamed: first", tuple(await (await fresh()).first()))
        report("streamed: scalar", await (await fresh()).scalar())
        report("streamed: fetchmany", [tuple(row) for row in await (await fresh()).fetchmany(2)])
        parts = (await fresh()).partitions(2)
        report("streamed: partitions", [[tuple(row) for row in part] async for part in parts])
        report("streamed: mappings", [dict(row) async for row in (await fresh()).mappings()])
        report("streamed: columns", [tuple(row) async for row in (await fresh()).columns("b")])
        report("streamed: scalars of b", await (await fresh()).scalars("b").all())
        report("streamed: unique", await (await fresh()).scalars("b").unique().all())
        report("streamed: yield_per", [tuple(row) async for row in (await fresh()).yield_per(1)])
        frozen = await (await fresh()).freeze()
        report("streamed: frozen", [tuple(row) for row in frozen().all()])
        for method in ("one", "one_or_none", "scalar_one", "scalar_one_or_none"):
            await tried(f"{method} of three", getattr(await fresh(), method))
            one = await connection.stream(text("select 5"))
            value = await getattr(one, method)()
            report(f"{method} of one", value if isinstance(value, int) else tuple(value))
            none = await connection.stream(text("select 5 where 1 = 0"))
            await tried(f"{method} of none", getattr(none, method))
        scalars = await connection.stream_scalars(PAIRS)
        report(
            "streamed: stream_scalars", [type(scalars).__name__, [value async for value in scalars]]
        )
        async with connection.stream_scalars(PAIRS) as scalars:
            report("streamed: first scalar", [await scalars.first(), scalars.closed])

        async def block():
            async with await fresh() as result:
                return type(result).__name__

        await tried("a stream as a block of its own", block)
        await connection.rollback()


# -- events


async def events(engine):
    seen = []

    @event.listens_for(engine.sync_engine, "connect")
    def connected(dbapi_connection, record):
        cursor = dbapi_connection.cursor()
        cursor.execute("select 7")
        seen.append(cursor.fetchone())
        cursor.close()
        rows = dbapi_connection.run_async(lambda raw: raw.execute_fetchall("select 8"))
        seen.append([tuple(row) for row in rows])
        seen.append(type(record.driver_connection).__name__)

    @event.listens_for(engine.sync_engine, "before_cursor_execute")
    def sends(conn, cursor, statement, parameters, context, executemany):
        seen.append([type(conn).__name__, statement, executemany])

    for name in ("begin", "commit", "rollback"):
        event.listen(engine.sync_engine, name, lambda conn, name=name: seen.append(name))
    await engine.dispose()
    async with engine.begin() as connection:
        await connection.execute(text("select 9"))
    async with engine.connect() as connection:
        await connection.execute(text("select 10"))
    report("heard", seen)


# -- the pool


async def pools():
    small = create_async_engine(url, pool_size=1, max_overflow=0, pool_timeout=0.05)
    connection = await small.connect()
    report("checked out", [small.pool.checkedout(), small.pool.checkedin(), small.pool.status()])
    try:
        await small.connect()
    except exc.TimeoutError as error:
        report("none is left", [error.code, str(error)[:72]])
    await connection.close()
    report("checked in", [small.pool.checkedout(), small.pool.checkedin()])
    order = []

    async def use(number):
        async with small.connect():
            order.append(number)
            await asyncio.sleep(0)

    await asyncio.gather(*(use(number) for number in range(8)))
    report("served in order", order)
    forgotten = await small.connect()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        del forgotten
        gc.collect()
    report("forgotten", any("will be terminated" in str(one.message) for one in caught))
    report("and its place is free", small.pool.checkedout())
    await small.dispose()
    raw = await small.raw_connection()
    report(
        "raw connection",
        [tuple(r) for r in await raw.driver_connection.execute_fetchall("select 1")],
    )
    raw.close()
    await small.dispose()

    async def fails():
        raise LookupError("creator")

    failing = create_async_engine(url, async_creator=fails)
    await tried("a creator that fails", failing.connect().start)
    await tried(
        "a file that cannot be opened",
        create_async_engine("sqlite+aiosqlite:////no/such/folder/x.db").connect().start,
    )


# -- the bridge


async def bridge():
    async def five():
        return 5

    report("spawn", await greenlet_spawn(lambda: 1))
    report("spawn and await", await greenlet_spawn(lambda: await_only(five())))
    await tried("await required", greenlet_spawn, lambda: 1, _require_await=True)
    attempt("no bridge", await_only, five())

    async def fails():
        raise LookupError("awaited")

    await tried("an error of the awaited", greenlet_spawn, lambda: await_only(fails()))


async def main():
    engine = create_async_engine(url)
    await connections(engine)
    await transactions(engine)
    await results(engine)
    await events(engine)
    await pools()
    await bridge()
    await engine.dispose()


asyncio.run(main())
home.cleanup()
