"""What sessions of asyncio promise holds on every database that has a driver for it."""

from __future__ import annotations

import pytest

from tests.containers.backend import Backend
from tests.core.aio.tools import async_url, asynchronous
from tests.orm.aio.people import Person, Pet, filled
from toolkit import bindparam, delete, event, func, insert, select, update
from toolkit.exc import IntegrityError, InvalidRequestError, NoResultFound
from toolkit.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker
from toolkit.ext.asyncio.exc import AsyncMethodRequired
from toolkit.orm import joinedload, selectinload

pytestmark = pytest.mark.backend("sqlite", "postgresql-18-psycopg", "postgresql-18-psycopg2")

BY_ID = select(Person).order_by(Person.id)


async def names(engine: AsyncEngine) -> list[str]:
    async with AsyncSession(engine) as session:
        return list(await session.scalars(select(Person.name).order_by(Person.id)))


@asynchronous
async def test_objects_are_added_changed_and_deleted(backend: Backend) -> None:
    async with filled(async_url(backend)) as engine:
        async with AsyncSession(engine) as session:
            added = Person(name="zoe", pets=[Pet(name="jim")])
            session.add(added)
            await session.commit()
            await session.refresh(added, ["id", "pets"])
            assert (added.id, added.pets[0].owner_id) == (4, 4)
            ada = await session.get_one(Person, 1)
            ada.name = "ADA"
            await session.delete(await session.get_one(Person, 3))
            await session.commit()
        assert await names(engine) == ["ADA", "bob", "zoe"]
        async with AsyncSession(engine) as session:
            assert await session.scalar(select(func.count()).select_from(Pet)) == 3, "cascaded"
            assert await session.get(Person, 3) is None
            with pytest.raises(NoResultFound):
                await session.get_one(Person, 3)


@asynchronous
async def test_what_is_related_is_loaded_with_its_owners(backend: Backend) -> None:
    async with filled(async_url(backend)) as engine, AsyncSession(engine) as session:
        expected = [["rex", "tom"], [], ["kit"]]
        for option in (selectinload(Person.pets), joinedload(Person.pets)):
            result = await session.scalars(BY_ID.options(option))
            found = result.unique().all()
            assert [[pet.name for pet in one.pets] for one in found] == expected
            session.expunge_all()
        first = (await session.scalars(BY_ID.options(selectinload(Person.pets)))).first()
        assert first is not None
        assert len(first.pets) == 2


@asynchronous
async def test_rows_are_streamed_as_objects(backend: Backend) -> None:
    async with filled(async_url(backend)) as engine, AsyncSession(engine) as session:
        await session.execute(insert(Person), [{"name": f"n{n}"} for n in range(500)])
        result = await session.stream(BY_ID)
        assert len([row.Person.name async for row in result]) == 503
        eager = BY_ID.options(selectinload(Person.pets)).execution_options(yield_per=100)
        scalars = await session.stream_scalars(eager)
        sizes = [[len(one.pets) for one in part][:3] async for part in scalars.partitions()]
        assert [len(sizes), sizes[0]] == [6, [2, 0, 1]]
        async with await session.stream(select(Person.name)) as block:
            assert await block.fetchone() is not None
        assert await session.scalar(select(func.count()).select_from(Person)) == 503


@asynchronous
async def test_what_is_executed_at_once_is_not_streamed(backend: Backend) -> None:
    async with filled(async_url(backend)) as engine, AsyncSession(engine) as session:
        streamed = BY_ID.execution_options(yield_per=2)
        with pytest.raises(AsyncMethodRequired, match=r"AsyncSession\.stream\(\)"):
            await session.execute(streamed)
        with pytest.raises(AsyncMethodRequired, match=r"the AsyncSession\.scalars\(\) method"):
            await session.scalars(BY_ID, execution_options={"stream_results": True})
        assert len((await session.scalars(BY_ID)).all()) == 3


@asynchronous
async def test_transactions_and_savepoints_end_as_asked_for(backend: Backend) -> None:
    async with filled(async_url(backend)) as engine:
        async with AsyncSession(engine) as session, session.begin():
            session.add(Person(name="kept"))
            with pytest.raises(IntegrityError):
                async with session.begin_nested():
                    session.add(Person(id=1, name="twice"))
            async with session.begin_nested():
                session.add(Person(name="nested"))
        with pytest.raises(LookupError):
            await fails(async_sessionmaker(engine))
        assert (await names(engine))[3:] == ["kept", "nested"]


async def fails(maker: async_sessionmaker[AsyncSession]) -> None:
    async with maker.begin() as session:
        session.add(Person(name="lost"))
        await session.flush()
        raise LookupError


@asynchronous
async def test_many_rows_are_written_by_one_statement(backend: Backend) -> None:
    async with filled(async_url(backend)) as engine:
        async with AsyncSession(engine) as session:
            made = await session.scalars(
                insert(Person).returning(Person, sort_by_parameter_order=True),
                [{"name": "x"}, {"name": "y"}],
            )
            assert [one.name for one in made] == ["x", "y"]
            bob = await session.get_one(Person, 2)
            await session.execute(
                update(Person).where(Person.id == bindparam("one")).values(name="BOB"),
                {"one": 2},
                execution_options={"synchronize_session": "fetch"},
            )
            assert bob.name == "BOB"
            await session.execute(delete(Pet))
            await session.execute(delete(Person).where(Person.name == "eve"))
            await session.commit()
        assert await names(engine) == ["ada", "BOB", "x", "y"]


@asynchronous
async def test_merging_and_refreshing_wait_for_the_database(backend: Backend) -> None:
    async with filled(async_url(backend)) as engine, AsyncSession(engine) as session:
        merged = await session.merge(Person(id=1, name="merged"))
        assert merged in session.dirty
        more = await session.merge_all([Person(id=2, name="too"), Person(name="new")])
        await session.flush()
        assert [one.id for one in more] == [2, 4]
        async with engine.connect() as connection:
            assert await connection.scalar(select(Person.name).where(Person.id == 1)) == "ada"
        await session.rollback()
        await session.refresh(merged)
        assert merged.name == "ada"
        await session.refresh(merged, with_for_update=True)
        await session.delete_all([merged])
        assert merged in session.deleted


@asynchronous
async def test_plain_functions_have_the_plain_session(backend: Backend) -> None:
    async with filled(async_url(backend)) as engine, AsyncSession(engine) as session:
        found = await session.run_sync(
            lambda plain: [
                [pet.name for pet in one.pets]
                for one in plain.query(Person).filter(Person.id < 3).order_by(Person.id)
            ]
        )
        assert found == [["rex", "tom"], []]


@asynchronous
async def test_a_session_takes_part_in_the_transaction_of_a_connection(backend: Backend) -> None:
    async with filled(async_url(backend)) as engine:
        async with engine.connect() as connection:
            outer = await connection.begin()
            async with AsyncSession(
                connection, join_transaction_mode="create_savepoint"
            ) as session:
                session.add(Person(name="inner"))
                await session.commit()
                assert (await session.connection()) is connection
                session.add(Person(name="undone"))
                await session.flush()
                await session.rollback()
            assert await connection.scalar(select(func.count()).select_from(Person)) == 4
            await outer.rollback()
        assert await names(engine) == ["ada", "bob", "eve"]


@asynchronous
async def test_classes_may_be_in_different_databases(backend: Backend) -> None:
    async with filled(async_url(backend)) as engine:
        other = engine.execution_options(other=True)
        async with AsyncSession(binds={Person: engine, Pet: other}) as session:
            assert session.get_async_bind(Person) is engine
            assert session.get_async_bind(Pet) is other
            assert session.get_bind(Pet) is other.sync_engine
            assert len((await session.scalars(select(Pet))).all()) == 3
            assert len((await session.scalars(BY_ID)).all()) == 3
            transaction = session.get_transaction()
            assert transaction is not None
            assert len(transaction.connections) == 2
            assert transaction.bound_connection(Pet).engine is other
            with pytest.raises(InvalidRequestError, match="has not acquired a connection"):
                _ = transaction.bound_connection(bind=engine.execution_options(third=True))


@asynchronous
async def test_what_the_database_computes_after_an_update_is_awaited(backend: Backend) -> None:
    async with (
        filled(async_url(backend)) as engine,
        AsyncSession(engine, expire_on_commit=False) as session,
    ):
        ada = await session.get_one(Person, 1)
        ada.name = "changed"
        await session.commit()
        assert await ada.awaitable_attrs.shout == "CHANGED"


@asynchronous
async def test_listeners_of_the_plain_session_may_ask_the_database(backend: Backend) -> None:
    async with filled(async_url(backend)) as engine, AsyncSession(engine) as session:
        heard: list[object] = []

        @event.listens_for(session.sync_session, "before_flush")
        def count(plain: object, context: object, instances: object) -> None:
            with session.no_autoflush:
                counted = session.sync_session.scalar(select(func.count()).select_from(Person))
            heard.append(counted)

        session.add(Person(name="zoe"))
        await session.commit()
        assert heard == [3]
