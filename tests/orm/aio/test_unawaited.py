"""What would have to be awaited, and cannot be, is refused by name; nothing is sent or lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.core.aio.tools import asynchronous
from tests.orm.aio.people import Person, Pet, filled
from toolkit import event, select, text
from toolkit.exc import MissingGreenlet
from toolkit.ext.asyncio import AsyncEngine, AsyncSession
from toolkit.orm import Session, joinedload, selectinload
from toolkit.orm.exc import DetachedInstanceError


@contextmanager
def nothing_is_sent(engine: AsyncEngine) -> Iterator[None]:
    """Fail if the engine sends anything, or opens a connection, within the block."""
    sent: list[Any] = []

    def note(conn: Any, cursor: Any, statement: str, *more: Any) -> None:
        sent.append(statement)

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    lent = engine.pool.checkedout()
    yield
    event.remove(engine.sync_engine, "before_cursor_execute", note)
    assert sent == []
    assert engine.pool.checkedout() == lent


def refused(engine: AsyncEngine, read: Callable[[], Any]) -> str:
    """The error of reading something; nothing was sent for it."""
    with nothing_is_sent(engine), pytest.raises(MissingGreenlet) as caught:
        read()
    assert caught.value.code == "xd2s"
    return str(caught.value)


@asynchronous
async def test_a_relationship_that_is_not_loaded_names_itself_and_the_cures(url: str) -> None:
    async with filled(url) as engine, AsyncSession(engine) as session:
        ada = await session.get_one(Person, 1)
        said = refused(engine, lambda: ada.pets)
        for word in (
            "Person.pets, a relationship",
            "selectinload(Person.pets)",
            "await session.refresh(person, ['pets'])",
            "await person.awaitable_attrs.pets",
            "session.run_sync()",
        ):
            assert word in said
        # The session goes on as if nothing had been asked for, and each cure cures.
        assert len(await ada.awaitable_attrs.pets) == 2
        session.expire(ada)
        await session.refresh(ada, ["pets"])
        assert len(ada.pets) == 2
        session.expire(ada)
        assert await session.run_sync(lambda plain: len(ada.pets)) == 2
        await session.commit()
        eager = select(Person).where(Person.id == 1).options(selectinload(Person.pets))
        assert len((await session.scalars(eager)).one().pets) == 2


@asynchronous
async def test_the_other_side_is_named_though_its_key_has_expired_too(url: str) -> None:
    async with filled(url) as engine, AsyncSession(engine) as session:
        pet = await session.get_one(Pet, 1)
        await session.commit()
        assert "Pet.owner, a relationship" in refused(engine, lambda: pet.owner)


@asynchronous
async def test_what_is_there_already_is_not_asked_for(url: str) -> None:
    async with filled(url) as engine, AsyncSession(engine) as session:
        ada, pet = await session.get_one(Person, 1), await session.get_one(Pet, 1)
        with nothing_is_sent(engine):
            assert pet.owner is ada


@asynchronous
async def test_a_column_that_expired_names_itself_and_expire_on_commit(url: str) -> None:
    async with filled(url) as engine, AsyncSession(engine) as session:
        ada = await session.get_one(Person, 1)
        await session.commit()
        said = refused(engine, lambda: ada.name)
        assert "Person.name, a column that has expired" in said
        assert "expire_on_commit=False" in said
        assert await ada.awaitable_attrs.name == "ada"
    async with filled(url) as engine, AsyncSession(engine, expire_on_commit=False) as session:
        ada = await session.get_one(Person, 1)
        await session.commit()
        assert ada.name == "ada"


@asynchronous
async def test_a_deferred_column_names_itself_and_undefer(url: str) -> None:
    async with filled(url) as engine, AsyncSession(engine) as session:
        ada = await session.get_one(Person, 1)
        said = refused(engine, lambda: ada.note)
        assert "Person.note, a column that is deferred" in said
        assert "undefer(Person.note)" in said
        assert await ada.awaitable_attrs.note == "first"


@asynchronous
async def test_what_the_database_computes_names_itself_after_a_flush(url: str) -> None:
    async with filled(url) as engine, AsyncSession(engine, expire_on_commit=False) as session:
        ada = await session.get_one(Person, 1)
        ada.name = "changed"
        await session.flush()
        if "shout" not in ada.__dict__:
            assert "Person.shout" in refused(engine, lambda: ada.shout)
        assert await ada.awaitable_attrs.shout == "CHANGED"


@asynchronous
async def test_what_was_to_be_written_is_not_lost(url: str) -> None:
    """A lazy load would write it before: it is refused before that."""
    async with filled(url) as engine, AsyncSession(engine) as session:
        ada = await session.get_one(Person, 1)
        session.add(Person(name="zoe"))
        refused(engine, lambda: ada.pets)
        assert session.is_active
        await session.commit()
        assert len((await session.scalars(select(Person))).all()) == 4


@pytest.mark.parametrize("method", ["flush", "commit", "rollback", "close"])
@asynchronous
async def test_the_plain_session_refuses_and_is_as_it_was(url: str, method: str) -> None:
    async with filled(url) as engine, AsyncSession(engine) as session:
        await session.scalar(text("select 1"))
        session.add(Person(name="zoe"))
        plain: Session = session.sync_session
        said = refused(engine, getattr(plain, method))
        assert f"Session.{method}() of an AsyncSession" in said
        assert f"await session.{method}()" in said
        assert session.is_active
        await session.commit()
        assert len((await session.scalars(select(Person))).all()) == 4


@pytest.mark.parametrize("is_begun", [False, True])
@asynchronous
async def test_a_statement_of_the_plain_session_is_refused(url: str, is_begun: bool) -> None:
    async with filled(url) as engine, AsyncSession(engine) as session:
        if is_begun:
            await session.scalar(text("select 1"))
        with pytest.raises(MissingGreenlet, match="select 5"):
            session.sync_session.execute(text("select 5"))
        assert await session.scalar(text("select 1")) == 1


@asynchronous
async def test_an_object_of_no_session_says_so_as_ever(url: str) -> None:
    async with filled(url) as engine:
        async with AsyncSession(engine) as session:
            ada = await session.get_one(Person, 1)
        with pytest.raises(DetachedInstanceError, match="pets"):
            _ = ada.pets
        with pytest.raises(DetachedInstanceError, match="pets"):
            await ada.awaitable_attrs.pets


@asynchronous
async def test_what_comes_with_the_rows_is_there_when_they_are_read(url: str) -> None:
    """Further queries are made before the result is given, not while it is read."""
    async with filled(url) as engine, AsyncSession(engine) as session:
        both = select(Person).options(
            selectinload(Person.pets).options(joinedload(Pet.owner)),
        )
        result = await session.execute(both.order_by(Person.id))
        with nothing_is_sent(engine):
            first = next(result)
            assert [pet.owner.name for pet in first.Person.pets] == ["ada", "ada"]
            assert [len(row.Person.pets) for row in result] == [0, 1]


@asynchronous
async def test_a_row_without_its_object_is_read_as_none(url: str) -> None:
    async with filled(url) as engine, AsyncSession(engine) as session:
        outer = select(Pet).select_from(Person).outerjoin(Person.pets).order_by(Person.id, Pet.id)
        found = [getattr(one, "name", None) for one in await session.scalars(outer)]
        assert found == ["rex", "tom", None, "kit"]
        assert (await session.scalars(outer.limit(1).offset(2))).one() is None
