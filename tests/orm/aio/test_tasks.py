"""A session serves one task at a time; a second one is refused, and harms nothing."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.core.aio.tools import LONG, asynchronous
from tests.orm.aio.people import Person, filled
from toolkit import select, text
from toolkit.exc import InvalidRequestError, OperationalError, ResourceClosedError
from toolkit.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker
from toolkit.util import await_only

ENDED = (OperationalError, InvalidRequestError, ResourceClosedError)


async def freed(engine: AsyncEngine, session: AsyncSession) -> None:
    """Wait until every connection was given back, and the session has ended."""
    deadline = asyncio.get_running_loop().time() + 10
    while engine.pool.checkedout() or session.in_transaction():
        assert asyncio.get_running_loop().time() < deadline, engine.pool.holders()
        await asyncio.sleep(0.001)


@asynchronous
async def test_a_second_task_is_refused_by_name_and_the_first_goes_on(url: str) -> None:
    async with filled(url) as engine, AsyncSession(engine) as session:
        first = asyncio.create_task(session.scalar(text("select 5")), name="first")
        await asyncio.sleep(0)
        with pytest.raises(InvalidRequestError) as caught:
            await asyncio.create_task(session.get(Person, 1), name="second")
        assert "AsyncSession is in use by task 'first'; task 'second' can't" in str(caught.value)
        assert "async_sessionmaker()" in str(caught.value)
        assert await first == 5
        assert await session.scalar(text("select 6")) == 6


@asynchronous
async def test_gathering_on_one_session_is_refused(url: str) -> None:
    async with filled(url) as engine, AsyncSession(engine) as session:
        found = await asyncio.gather(
            *[session.get(Person, n) for n in (1, 2, 3)], return_exceptions=True
        )
        assert isinstance(found[0], Person)
        assert [type(one) for one in found[1:]] == [InvalidRequestError] * 2
        assert await session.get(Person, 2) is not None


@asynchronous
async def test_gathering_attributes_to_be_loaded_is_refused_and_loaded_ones_are_given(
    url: str,
) -> None:
    async with filled(url) as engine, AsyncSession(engine) as session:
        people = (await session.scalars(select(Person))).all()
        found = await asyncio.gather(
            *[one.awaitable_attrs.pets for one in people], return_exceptions=True
        )
        assert [type(one) for one in found[1:]] == [InvalidRequestError] * 2
        assert len(await asyncio.gather(*[one.awaitable_attrs.name for one in people])) == 3


@asynchronous
async def test_each_task_with_a_session_of_its_own_is_served(url: str) -> None:
    async with filled(url) as engine:
        maker = async_sessionmaker(engine)

        async def one(number: int) -> str:
            async with maker() as session:
                return (await session.get_one(Person, number)).name

        assert await asyncio.gather(*map(one, (1, 2, 3))) == ["ada", "bob", "eve"]


@asynchronous
async def test_two_sessions_on_one_connection_serve_one_task_at_a_time(url: str) -> None:
    async with filled(url) as engine, engine.connect() as connection:
        one, two = AsyncSession(connection), AsyncSession(connection)
        found = await asyncio.gather(one.get(Person, 1), two.get(Person, 1), return_exceptions=True)
        assert isinstance(found[1], InvalidRequestError)
        assert "AsyncConnection is in use" in str(found[1])
        await two.close()
        await one.close()


async def gathers(session: AsyncSession) -> None:
    async with session, session.begin():
        session.add(Person(name="lost"))
        await session.flush()
        await asyncio.gather(session.execute(text(LONG)), session.flush())


@asynchronous
async def test_an_error_among_gathered_tasks_arrives_and_frees_the_connection(url: str) -> None:
    async with filled(url, pool_size=1, max_overflow=0) as engine:
        for _ in range(3):
            session = AsyncSession(engine)
            with pytest.raises(InvalidRequestError, match="is in use by task 'Task-"):
                await gathers(session)
            await freed(engine, session)
        async with AsyncSession(engine) as session:
            assert len((await session.scalars(select(Person))).all()) == 3


@asynchronous
async def test_closing_while_another_task_is_at_work_cuts_it_off(url: str) -> None:
    async with filled(url, pool_size=1, max_overflow=0) as engine:
        session = AsyncSession(engine)
        _ = await session.connection()
        task = asyncio.create_task(session.execute(text(LONG)))
        await asyncio.sleep(0.05)
        began = asyncio.get_running_loop().time()
        await session.close()
        with pytest.raises(ENDED):
            await task
        assert asyncio.get_running_loop().time() - began < 0.3
        await freed(engine, session)
        assert await session.scalar(text("select 1")) == 1, "it may be used again"
        await session.close()


@asynchronous
async def test_closing_while_another_task_commits_leaves_nothing_behind(url: str) -> None:
    async with filled(url, pool_size=1, max_overflow=0) as engine:
        for pause in range(6):
            session = AsyncSession(engine)
            session.add(Person(name="maybe"))
            task = asyncio.create_task(session.commit())
            for _ in range(pause):
                await asyncio.sleep(0)
            await session.close()
            await asyncio.gather(task, return_exceptions=True)
            await freed(engine, session)
            assert await session.scalar(text("select 1")) == 1
            await session.close()


@asynchronous
async def test_plain_functions_may_use_the_face_in_the_same_task(url: str) -> None:
    async with filled(url) as engine, AsyncSession(engine) as session:

        def both(plain: Any) -> list[Any]:
            return [await_only(session.scalar(text("select 1"))), plain.scalar(text("select 2"))]

        assert await session.run_sync(both) == [1, 2]
