"""What a session says of lazy loading for many holds under asyncio, with the task's own lines."""

from __future__ import annotations

import pytest

from tests.core.aio.tools import asynchronous
from tests.orm.aio.people import Person, Pet, filled
from toolkit import event, select
from toolkit.exc import InvalidRequestError
from toolkit.ext.asyncio import AsyncSession
from toolkit.orm import LazyLoadWarning


@asynchronous
async def test_loading_one_by_one_is_warned_of_with_the_lines_of_the_task(url: str) -> None:
    async with filled(url) as engine, AsyncSession(engine, lazy_policy="warn") as session:
        people = (await session.scalars(select(Person))).all()
        await people[0].awaitable_attrs.pets
        with pytest.warns(LazyLoadWarning, match=r"Person\.pets") as warned:
            await people[1].awaitable_attrs.pets
        assert str(warned[0].message).count("test_lazy_policy.py:") == 2
        assert warned[0].filename == __file__


@asynchronous
async def test_a_batch_is_loaded_by_one_query(url: str) -> None:
    async with filled(url) as engine, AsyncSession(engine, lazy_policy="batch") as session:
        people = (await session.scalars(select(Person).order_by(Person.id))).all()
        sent: list[str] = []
        event.listen(
            engine.sync_engine,
            "before_cursor_execute",
            lambda conn, cursor, statement, *more: sent.append(statement),
        )
        assert len(await people[0].awaitable_attrs.pets) == 2
        assert [len(one.pets) for one in people] == [2, 0, 1], "all of them are there"
        assert len(sent) == 1


@asynchronous
async def test_what_is_refused_is_refused_by_its_own_words(url: str) -> None:
    async with filled(url) as engine, AsyncSession(engine, lazy_policy="raise") as session:
        pets = (await session.scalars(select(Pet))).all()
        with pytest.raises(InvalidRequestError, match=r"(?s)Pet\.owner.*selectinload"):
            await pets[0].awaitable_attrs.owner
