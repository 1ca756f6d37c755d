"""Making sessions: by class, by maker, for a scope; and what they refuse."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Callable
from typing import Any

import pytest

from tests.core.aio.test_without_greenlet import run
from tests.core.aio.tools import asynchronous, opened
from tests.orm.aio.people import Person, filled
from toolkit import create_engine, event, inspect, select, text
from toolkit.exc import ArgumentError, InvalidRequestError, SAWarning
from toolkit.ext.asyncio import (
    AsyncAttrs,
    AsyncSession,
    async_object_session,
    async_scoped_session,
    async_session,
    async_sessionmaker,
    close_all_sessions,
    create_async_engine,
)
from toolkit.ext.asyncio.exc import AsyncBindNotFound, AsyncMethodRequired
from toolkit.orm import (
    DeclarativeBase,
    Mapped,
    MappedAsDataclass,
    Session,
    mapped_column,
    object_session,
    scoped_session,
    selectinload,
    sessionmaker,
)
from toolkit.util import greenlet_spawn


@asynchronous
async def test_a_session_and_its_face_know_each_other(url: str) -> None:
    async with filled(url) as engine, AsyncSession(engine) as session:
        ada = await session.get_one(Person, 1)
        assert object_session(ada) is session.sync_session
        assert AsyncSession.object_session(ada) is session.sync_session
        assert async_session(session.sync_session) is session
        assert async_object_session(ada) is session
        assert inspect(ada).async_session is session
        assert ada in session
        assert list(session) == [ada]
        assert AsyncSession.identity_key(Person, 1) in session.identity_map
    assert async_object_session(ada) is None
    assert inspect(ada).async_session is None
    assert async_session(Session()) is None


@asynchronous
async def test_a_face_does_not_outlive_who_uses_it(url: str) -> None:
    async with filled(url) as engine:
        session = AsyncSession(engine)
        plain = session.sync_session
        del session
        assert async_session(plain) is None


@asynchronous
async def test_arguments_are_those_of_a_session(url: str) -> None:
    async with filled(url) as engine:
        session = AsyncSession(
            engine, autoflush=False, expire_on_commit=False, info={"a": 1}, autobegin=False
        )
        assert (session.autoflush, session.info, session.bind) == (False, {"a": 1}, engine)
        assert session.sync_session.expire_on_commit is False
        with pytest.raises(InvalidRequestError, match="Autobegin is disabled"):
            await session.scalar(text("select 1"))
        with pytest.raises(TypeError, match="nonsense"):
            AsyncSession(engine, nonsense=1)
        asked = AsyncSession(engine, execution_options={"isolation_level": "SERIALIZABLE"})
        connection = await asked.connection()
        assert await connection.get_isolation_level() == "SERIALIZABLE"
        await asked.close()


@asynchronous
async def test_the_session_behind_may_be_of_a_class_of_ones_own(url: str) -> None:
    class Routing(Session):
        def get_bind(self, mapper: Any = None, **kw: Any) -> Any:
            asked.append(mapper)
            return engine.sync_engine

    class Own(AsyncSession):
        sync_session_class = Routing

    asked: list[Any] = []
    async with filled(url) as engine:
        for session in (Own(), AsyncSession(sync_session_class=Routing)):
            async with session:
                assert isinstance(session.sync_session, Routing)
                assert (await session.get_one(Person, 1)).name == "ada"
                assert (await session.connection()).engine == engine
                with pytest.raises(AsyncBindNotFound, match="AsyncEngine"):
                    session.get_async_bind(Person)
        assert asked


@asynchronous
async def test_it_may_be_made_by_a_maker_that_has_the_bind(url: str) -> None:
    async with filled(url) as engine:
        plain = sessionmaker(engine.sync_engine, expire_on_commit=False)
        async with AsyncSession(sync_session_class=plain) as session:
            assert (await session.get_one(Person, 1)).name == "ada"


# -- makers --------------------------------------------------------------------------------


@asynchronous
async def test_a_maker_makes_sessions_of_the_same_options(url: str) -> None:
    class Own(AsyncSession):
        pass

    async with filled(url) as engine:
        maker = async_sessionmaker(engine, class_=Own, expire_on_commit=False, info={"a": 1})
        assert type(maker(info={"b": 2})) is Own
        assert maker(info={"b": 2}).info == {"a": 1, "b": 2}
        maker.configure(autoflush=False)
        assert maker().autoflush is False
        assert maker(autoflush=True).autoflush is True
        async with maker.begin() as session:
            session.add(Person(name="made"))
        async with maker() as session:
            assert len((await session.scalars(select(Person))).all()) == 4


@asynchronous
async def test_the_former_maker_makes_them_too(url: str) -> None:
    async with filled(url) as engine:
        maker: Any = sessionmaker(bind=engine, class_=AsyncSession, expire_on_commit=False)
        async with maker() as session, session.begin():
            assert isinstance(session, AsyncSession)
            assert (await session.get_one(Person, 1)).name == "ada"
        with pytest.raises(NotImplementedError, match="sync_session"):
            event.listen(maker, "before_flush", print)


@asynchronous
async def test_listeners_of_a_plain_maker_hear_its_sessions(url: str) -> None:
    async with filled(url) as engine:
        plain = sessionmaker()
        heard: list[Any] = []
        event.listen(plain, "after_commit", heard.append)
        async with async_sessionmaker(engine, sync_session_class=plain).begin() as session:
            await session.scalar(text("select 1"))
        assert heard == [session.sync_session]


# -- scopes --------------------------------------------------------------------------------


@asynchronous
async def test_each_task_has_the_session_of_its_scope(url: str) -> None:
    async with filled(url) as engine:
        scoped = async_scoped_session(async_sessionmaker(engine), asyncio.current_task)

        async def work(number: int) -> AsyncSession:
            person = await scoped.get_one(Person, number)
            person.name = person.name.upper()
            assert person in scoped.dirty
            session = scoped()
            await scoped.commit()
            await scoped.remove()
            assert not scoped.registry.has()
            return session

        found = await asyncio.gather(*[asyncio.create_task(work(n)) for n in (1, 2, 3)])
        assert len(set(found)) == 3
        names = (await scoped.scalars(select(Person.name).order_by(Person.id))).all()
        assert names == ["ADA", "BOB", "EVE"]
        assert await scoped.run_sync(lambda plain: plain.query(Person).count()) == 3
        assert scoped.in_transaction()
        with pytest.raises(InvalidRequestError, match="already present"):
            scoped(autoflush=False)
        with pytest.warns(SAWarning, match="already present"):
            scoped.configure(autoflush=False)
        await scoped.remove()
        assert scoped(info={"a": 1}).info == {"a": 1}
        assert scoped.autoflush is False
        scoped.autoflush = True
        assert scoped().autoflush is True
        await scoped.remove()


@asynchronous
async def test_the_former_scope_serves_asynchronous_sessions(url: str) -> None:
    async with filled(url) as engine:
        maker: Any = sessionmaker(engine, class_=AsyncSession)
        scoped: Any = scoped_session(maker, scopefunc=asyncio.current_task)
        found = await scoped.scalars(select(Person.name).where(Person.id == 1))
        assert found.all() == ["ada"]
        await scoped.close()


# -- refusals ------------------------------------------------------------------------------


def test_what_blocks_is_refused_and_told_what_to_use() -> None:
    blocking = create_engine("sqlite://")
    given: Any
    for given in (blocking, "sqlite+aiosqlite://", object()):
        with pytest.raises(ArgumentError, match=r"AsyncEngine expected.*\n.*create_async_engine"):
            AsyncSession(given)
        with pytest.raises(ArgumentError, match="AsyncEngine expected"):
            AsyncSession(binds={Person: given})
    with pytest.raises(ArgumentError, match="sync_session_class="):
        async_sessionmaker(class_=Session)
    blocking.dispose()


def test_a_plain_session_on_an_asynchronous_engine_is_refused_and_told_what_to_use() -> None:
    engine = create_async_engine("sqlite+aiosqlite://")
    maker: Any = sessionmaker(engine)
    for make in (maker, lambda: Session(engine)):
        with pytest.raises(ArgumentError, match="AsyncSession is for engines"):
            make()


def test_a_plain_block_is_refused_and_told_what_to_use() -> None:
    session: Any = AsyncSession()
    with pytest.raises(TypeError, match="'async with', not 'with'"):
        session.__enter__()


def test_a_connection_that_was_not_started_is_refused() -> None:
    engine = create_async_engine("sqlite+aiosqlite://")
    with pytest.raises(InvalidRequestError, match="has not been started"):
        AsyncSession(engine.connect())


def test_listeners_are_sent_to_the_session_behind() -> None:
    with pytest.raises(NotImplementedError, match=r"AsyncSession\.sync_session"):
        event.listen(AsyncSession(), "before_flush", print)
    targets: list[Callable[..., Any]] = [AsyncSession, async_sessionmaker()]
    for target in targets:
        with pytest.raises((InvalidRequestError, NotImplementedError)):
            event.listen(target, "before_flush", print)


@asynchronous
async def test_all_sessions_are_closed_by_one_call(url: str) -> None:
    async with filled(url) as engine:
        sessions = [AsyncSession(engine) for _ in range(3)]
        for session in sessions:
            _ = await session.connection()
        await close_all_sessions()
        assert engine.pool.checkedout() == 0
        assert [one.in_transaction() for one in sessions] == [False] * 3


@asynchronous
async def test_a_session_closed_for_good_is_not_used_again(url: str) -> None:
    async with filled(url) as engine:
        session = AsyncSession(engine, close_resets_only=False)
        await session.reset()
        assert await session.scalar(text("select 1")) == 1
        await session.close()
        with pytest.raises(InvalidRequestError, match="permanently closed"):
            await session.scalar(text("select 1"))


def test_what_only_the_session_behind_has_is_said_to_be_there() -> None:
    session: Any = AsyncSession()
    with pytest.raises(AttributeError, match=r"run_sync\(lambda plain: plain\.query\(...\)\)"):
        session.query(Person)
    with pytest.raises(AttributeError, match=r"object has no attribute 'exec'$"):
        session.exec(select(Person))
    assert not hasattr(session, "_no_such_thing")


@asynchronous
async def test_libraries_that_execute_by_the_session_behind_get_objects(url: str) -> None:
    """As SQLModel does, by names that are not documented."""
    names: Any = importlib.import_module("toolkit.ext.asyncio.session")
    results: Any = importlib.import_module("toolkit.ext.asyncio.result")

    class Own(AsyncSession):
        async def exec(self, statement: Any) -> Any:
            options = {**names._EXECUTE_OPTIONS}
            result = await greenlet_spawn(
                self.sync_session.execute, statement, execution_options=options
            )
            return await results._ensure_sync_result(result, self.exec)

    eager = select(Person).options(selectinload(Person.pets)).order_by(Person.id)
    async with filled(url) as engine, Own(engine) as session:
        found = (await session.exec(eager)).scalars().all()
        assert [len(one.pets) for one in found] == [2, 0, 1]
        with pytest.raises(AsyncMethodRequired, match=r"AsyncSession\.exec\(\)"):
            await session.exec(eager.execution_options(yield_per=1))


@asynchronous
async def test_objects_that_are_dataclasses_have_attributes_to_be_awaited(url: str) -> None:
    class Data(AsyncAttrs, MappedAsDataclass, DeclarativeBase):
        pass

    class Note(Data):
        __tablename__ = "aio_note"
        id: Mapped[int] = mapped_column(init=False, primary_key=True)
        text: Mapped[str] = mapped_column(deferred=True)

    async with opened(url) as engine:
        async with engine.begin() as connection:
            await connection.run_sync(Data.metadata.create_all)
        async with AsyncSession(engine) as session, session.begin():
            session.add(Note(text="x"))
        async with AsyncSession(engine) as session:
            note = await session.get_one(Note, 1)
            assert await note.awaitable_attrs.text == "x"
            assert "awaitable_attrs" not in repr(note)


# -- what is imported ------------------------------------------------------------------------


def test_sessions_that_block_need_neither_asyncio_nor_greenlet() -> None:
    found = run(
        "import sys; sys.modules['greenlet'] = None\n"
        "from toolkit import create_engine, text\n"
        "from toolkit.orm import Session, scoped_session, sessionmaker\n"
        "with Session(create_engine('sqlite://')) as session:\n"
        "    session.scalar(text('select 1'))\n"
        "print([n for n in sys.modules if n == 'asyncio' or '.aio' in n])"
    )
    assert found == "[]"


def test_engines_for_asyncio_do_not_bring_the_orm() -> None:
    found = run(
        "import sys\nfrom toolkit.ext.asyncio import create_async_engine\n"
        "create_async_engine('sqlite+aiosqlite://')\n"
        "print([n for n in sys.modules if n.startswith('toolkit_orm')])"
    )
    assert found == "[]"
