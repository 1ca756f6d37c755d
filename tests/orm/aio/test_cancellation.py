"""A cancelled task frees its session's connections; the session is usable after a rollback."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio
import pytest

from tests.containers.backend import Backend
from tests.core.aio.test_cancellation import cut_short
from tests.core.aio.tools import LONG, Books, async_url, asynchronous
from tests.orm.aio.people import Person, Pet, filled
from toolkit import event, func, select, text
from toolkit.exc import PendingRollbackError
from toolkit.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker
from toolkit.orm import selectinload
from toolkit.pool import AsyncAdaptedQueuePool, NullPool, Pool


@asynccontextmanager
async def watched(url: Any, **options: Any) -> AsyncIterator[tuple[AsyncEngine, Books]]:
    async with filled(url, **options) as engine:
        await engine.dispose()
        books = Books(engine)
        yield engine, books
        await books.settled()
        assert books.opened - books.closed == books.idle


async def cancelled(task: asyncio.Task[Any]) -> None:
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def count(session: AsyncSession) -> int:
    return await session.scalar(select(func.count()).select_from(Person)) or 0


@asynchronous
async def test_a_statement_is_stopped_and_the_session_goes_on_after_a_rollback(url: str) -> None:
    async with watched(url, pool_size=1, max_overflow=0) as (engine, books):
        async with AsyncSession(engine) as session:
            task = asyncio.create_task(session.execute(text(LONG)))
            await asyncio.sleep(0.05)
            await cancelled(task)
            with pytest.raises(PendingRollbackError):
                await count(session)
            await session.rollback()
            assert await count(session) == 3
        assert (books.opened, books.closed) == (2, 1)


async def cancelled_at(what: str, engine: AsyncEngine, session: AsyncSession) -> None:
    """Commit a new person, in a task that is cancelled as soon as the engine does something."""

    async def work() -> None:
        session.add(Person(name="maybe"))
        await session.commit()

    @event.listens_for(engine.sync_engine, what, once=True)
    def cancel(*about: Any) -> None:
        task.cancel()

    task = asyncio.create_task(work())
    with pytest.raises(asyncio.CancelledError):
        await task


@asynchronous
async def test_a_flush_that_is_cancelled_has_written_nothing(url: str) -> None:
    async with watched(url) as (engine, _), AsyncSession(engine) as session:
        await cancelled_at("before_cursor_execute", engine, session)
        await session.rollback()
        assert list(session.new) == []
        assert await count(session) == 3
        session.add(Person(name="kept"))
        await session.commit()
        assert await count(session) == 4


@asynchronous
async def test_a_commit_that_is_cancelled_costs_the_connection_not_the_session(url: str) -> None:
    async with watched(url) as (engine, books), AsyncSession(engine) as session:
        await cancelled_at("commit", engine, session)
        assert books.closed == 1
        await session.rollback()
        before = await count(session)
        assert before in (3, 4), "who knows whether it was committed"
        session.add(Person(name="kept"))
        await session.commit()
        assert await count(session) == before + 1


@asynchronous
async def test_a_block_that_is_cancelled_rolls_back_and_returns_its_connection(url: str) -> None:
    async with watched(url) as (engine, books):

        async def work() -> None:
            async with AsyncSession(engine) as session, session.begin():
                session.add(Person(name="lost"))
                await session.flush()
                await asyncio.sleep(60)

        task = asyncio.create_task(work())
        await asyncio.sleep(0.05)
        await cancelled(task)
        assert (engine.pool.checkedout(), books.idle, books.closed) == (0, 1, 0)
        async with AsyncSession(engine) as session:
            assert await count(session) == 3


@asynchronous
async def test_a_timeout_around_a_lazy_load_leaves_the_object_as_it_was(url: str) -> None:
    async with watched(url) as (engine, _), AsyncSession(engine) as session:
        ada = await session.get_one(Person, 1)

        @event.listens_for(engine.sync_engine, "before_cursor_execute", once=True)
        def cancel(*about: Any) -> None:
            task.cancel()

        task = asyncio.ensure_future(ada.awaitable_attrs.pets)
        with pytest.raises(asyncio.CancelledError):
            await task
        assert "pets" not in ada.__dict__
        await session.rollback()
        assert len(await ada.awaitable_attrs.pets) == 2


@asynchronous
async def test_closing_goes_on_though_its_task_is_cancelled(url: str) -> None:
    async with watched(url, pool_size=1, max_overflow=0) as (engine, books):
        session = AsyncSession(engine)
        session.add(Person(name="lost"))
        await session.flush()
        task = asyncio.create_task(session.close())
        await asyncio.sleep(0)
        await cancelled(task)
        await books.settled()
        assert (books.idle, books.closed) == (1, 0), "it was rolled back and returned, not closed"
        assert await count(session) == 3
        await session.close()


def test_a_cancelled_scope_of_anyio_frees_the_connection(url: str) -> None:
    """Its cancellation comes again at every await, also within the cleaning up."""

    async def main() -> None:
        async with watched(url, pool_size=2, max_overflow=0) as (engine, _):

            async def sleeps() -> None:
                async with AsyncSession(engine) as session, session.begin():
                    session.add(Person(name="lost"))
                    await session.flush()
                    await anyio.sleep(60)

            async def works() -> None:
                async with AsyncSession(engine) as session:
                    await session.execute(text(LONG))

            for work in (sleeps, works):
                with anyio.move_on_after(0.05):
                    await work()
            async with anyio.create_task_group() as group:
                group.start_soon(sleeps)
                group.start_soon(works)
                await anyio.sleep(0.05)
                group.cancel_scope.cancel()
            async with AsyncSession(engine) as session:
                assert await count(session) == 3

    anyio.run(main)


# -- many, at random -----------------------------------------------------------------------


async def reads(session: AsyncSession, chance: random.Random) -> None:
    people = await session.scalars(select(Person).options(selectinload(Person.pets)))
    assert [pet for one in people for pet in one.pets]


async def writes(session: AsyncSession, chance: random.Random) -> None:
    async with session.begin():
        session.add(Person(name="w", pets=[Pet(name="of w")]))
        ada = await session.get_one(Person, 1)
        ada.name = f"ada {chance.random()}"


async def nests(session: AsyncSession, chance: random.Random) -> None:
    session.add(Person(name="outer"))
    async with session.begin_nested():
        session.add(Person(name="inner", pets=[Pet(name="of inner")]))
    await asyncio.sleep(chance.random() * 0.002)
    await session.commit()


async def streams(session: AsyncSession, chance: random.Random) -> None:
    result = await session.stream_scalars(select(Person).execution_options(yield_per=2))
    async for one in result:
        await one.awaitable_attrs.pets


async def lazily(session: AsyncSession, chance: random.Random) -> None:
    await session.run_sync(lambda plain: [one.pets for one in plain.query(Person)])
    await session.rollback()


WORK = (reads, writes, nests, streams, lazily)


async def in_a_session(
    maker: async_sessionmaker[AsyncSession], work: Any, chance: random.Random
) -> None:
    """Do some work; where it is cancelled, roll back, and the session must be good again."""
    async with maker() as session:
        try:
            await work(session, chance)
        except asyncio.CancelledError:
            await session.rollback()
            assert await session.scalar(text("select 1")) == 1
            raise


async def at_random(engine: AsyncEngine, books: Books, seed: int, rounds: int) -> None:
    chance = random.Random(seed)
    maker = async_sessionmaker(engine)
    for _ in range(rounds):
        works = [in_a_session(maker, chance.choice(WORK), chance) for _ in range(10)]
        await asyncio.gather(*(cut_short(work, chance) for work in works))
    await books.settled()
    # Each inner one came with its pet, and each outer one with its inner one: no half is kept.
    async with maker() as session:
        people = (await session.scalars(select(Person).options(selectinload(Person.pets)))).all()
        by_name = [one.name for one in people]
        assert by_name.count("outer") == by_name.count("inner")
        assert all(len(one.pets) == 1 for one in people if one.name in ("w", "inner"))
    # Nothing is locked, and every place of the pool can be had.
    await asyncio.gather(*(in_a_session(maker, nests, chance) for _ in range(10)))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("poolclass", [AsyncAdaptedQueuePool, NullPool])
@asynchronous
async def test_whatever_is_cancelled_wherever_the_books_are_right(
    url: str, poolclass: type[Pool], seed: int
) -> None:
    options: dict[str, Any] = {"connect_args": {"timeout": 20}, "poolclass": poolclass}
    # So that a lock which outlives its connection would be noticed, and no task is refused it.
    options["sqlite_begin"] = "IMMEDIATE"
    if poolclass is AsyncAdaptedQueuePool:
        options |= {"pool_size": 3, "max_overflow": 2}
    async with watched(url, **options) as (engine, books):
        await at_random(engine, books, seed, rounds=8)


@pytest.mark.backend("postgresql-18-psycopg", "postgresql-18-psycopg2")
@asynchronous
async def test_whatever_is_cancelled_on_a_server_the_books_are_right(backend: Backend) -> None:
    async with watched(async_url(backend), pool_size=4, max_overflow=2) as (engine, books):
        await at_random(engine, books, 5, rounds=6)
