# begins with: awaited
"""asyncio: sessions, their makers, transactions and streams, over aiosqlite."""

import asyncio
import tempfile
import warnings

from sqlalchemy import ForeignKey, create_engine, delete, event, exc, inspect, select, text, update
from sqlalchemy.ext.asyncio import (
    AsyncAttrs,
    AsyncSession,
    AsyncSessionTransaction,
    async_object_session,
    async_scoped_session,
    async_session,
    async_sessionmaker,
    close_all_sessions,
    create_async_engine,
)
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    joinedload,
    mapped_column,
    relationship,
    scoped_session,
    selectinload,
    sessionmaker,
)

warnings.simplefilter("ignore")
for unawaited in ("lazy collection", "lazy deferred", "after commit", "sync execute"):
    differs(unawaited, why="toolkit does not wrap MissingGreenlet")
differs("a savepoint undone", why="toolkit begins a transaction before a savepoint on SQLite")
home = tempfile.TemporaryDirectory()
url = f"sqlite+aiosqlite:///{home.name}/sessions.db"


class Base(AsyncAttrs, DeclarativeBase):
    pass


class Person(Base):
    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    note: Mapped[str | None] = mapped_column(deferred=True)
    pets: Mapped[list["Pet"]] = relationship(back_populates="owner", order_by="Pet.id")


class Pet(Base):
    __tablename__ = "pet"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    owner: Mapped[Person | None] = relationship(back_populates="pets")


async def filled():
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.drop_all)
        await connection.run_sync(Base.metadata.create_all)
    async with AsyncSession(engine) as session:
        session.add_all(
            [
                Person(id=1, name="ada", note="n", pets=[Pet(id=1, name="x"), Pet(id=2, name="y")]),
                Person(id=2, name="bob"),
                Person(id=3, name="eve", pets=[Pet(id=3, name="z")]),
            ]
        )
        await session.commit()
    return engine


# -- what it is


async def making(engine):
    blocking = create_engine("sqlite://")
    session = AsyncSession(engine)
    report("parts", [type(session.sync_session).__name__, session.bind is engine, session.binds])
    report("class", AsyncSession.sync_session_class is Session)
    report("reverse", async_session(session.sync_session) is session)
    report("reverse of another", async_session(Session(blocking)))
    report("bind of the session", session.sync_session.bind is engine.sync_engine)
    report("get_bind", session.get_bind() is engine.sync_engine)
    report("get_bind of a class", session.get_bind(Person) is engine.sync_engine)
    attempt("get_async_bind", lambda: session.get_async_bind() is engine)
    attempt("get_async_bind of a class", lambda: session.get_async_bind(Person) is engine)
    attempt("unbound", lambda: AsyncSession().get_bind())
    attempt("unbound async", lambda: AsyncSession().get_async_bind())
    attempt("unbound, told", lambda: AsyncSession().get_async_bind(bind=engine) is engine)
    report("several", AsyncSession(binds={Person: engine}).get_bind(Person) is engine.sync_engine)
    several = AsyncSession(binds={Person: engine})
    report("several async", several.get_async_bind(Person) is engine)
    report("its own bind", several.bind)
    several.bind_mapper(Pet, engine)
    several.bind_table(Pet.__table__, engine)
    report("bound", several.get_async_bind(Pet) is engine)

    class Mine(Session):
        pass

    report("own class", type(AsyncSession(engine, sync_session_class=Mine).sync_session).__name__)

    class MineToo(AsyncSession):
        sync_session_class = Mine

    report("own class of a class", type(MineToo(engine).sync_session).__name__)
    maker = sessionmaker(autoflush=False)
    report("a maker", AsyncSession(engine, sync_session_class=maker).sync_session.autoflush)
    attempt("an option that is none", lambda: AsyncSession(engine, nonsense=1))
    await session.close()


async def asking(engine):
    session = AsyncSession(engine)
    attempt("listen to one", event.listen, session, "before_flush", print)
    attempt("listen to the class", event.listen, AsyncSession, "before_flush", print)
    attempt("listen to a maker", event.listen, async_sessionmaker(engine), "before_flush", print)
    session.autoflush = False
    report("autoflush", [session.autoflush, session.sync_session.autoflush])
    report("info", [session.info, AsyncSession(engine, info={"a": 1}).info])
    report("active", [session.is_active, session.in_transaction(), session.in_nested_transaction()])
    report("transactions", [session.get_transaction(), session.get_nested_transaction()])
    report("options", dict(AsyncSession(engine, execution_options={"a": 1}).execution_options))
    person = Person(name="new")
    session.add(person)
    report(
        "contains", [person in session, list(session) == [person], list(session.new) == [person]]
    )
    report("sessions of", [async_object_session(person) is session])
    report("sync session of", AsyncSession.object_session(person) is session.sync_session)
    report("state's", inspect(person).async_session is session)
    report("of nobody", [async_object_session(Person()), inspect(Person()).async_session])
    report("identity key", AsyncSession.identity_key(Person, 1)[1])
    report("modified", session.is_modified(person))
    report("dirty", [list(session.dirty), list(session.deleted), len(session.identity_map)])
    with session.no_autoflush as inner:
        report("no_autoflush", type(inner).__name__)
    session.expunge(person)
    report("expunged", [person in session, list(session)])
    session.add(person)
    session.expunge_all()
    report("expunged all", list(session))
    await session.close()


# -- objects


async def objects(engine):
    async with AsyncSession(engine) as session:
        report("get", (await session.get(Person, 1)).name)
        report("get none", await session.get(Person, 9))
        report(
            "get with options",
            len(
                (
                    await session.get(
                        Person, 1, options=[selectinload(Person.pets)], populate_existing=True
                    )
                ).pets
            ),
        )
        await tried("get_one of none", session.get_one, Person, 9)
        report("get_one", (await session.get_one(Person, 2)).name)
        found = (await session.scalars(select(Person).order_by(Person.id))).all()
        report("scalars", [one.name for one in found])
        rows = (await session.execute(select(Person.id, Person.name).order_by(Person.id))).all()
        report("rows", [tuple(row) for row in rows])
        report("scalar", (await session.scalar(select(Person).where(Person.id == 2))).name)
        report("scalar none", await session.scalar(select(Person).where(Person.id == 20)))
        report("with parameters", await session.scalar(text("select :a"), {"a": 5}))
        eager = select(Person).options(selectinload(Person.pets)).order_by(Person.id)
        many = (await session.scalars(eager, execution_options={"populate_existing": True})).all()
        report("eager", [[pet.name for pet in one.pets] for one in many])
        session.expunge_all()
        joined = select(Person).options(joinedload(Person.pets)).order_by(Person.id)
        result = await session.scalars(joined)
        report("joined", [[pet.name for pet in one.pets] for one in result.unique()])
        await tried("not unique", async_all, session, joined)
        session.expunge_all()
        added = Person(name="zoe", pets=[Pet(name="q")])
        session.add(added)
        await session.flush()
        report("flushed", [added.id, added.pets[0].owner_id, list(session.new)])
        await session.refresh(added)
        report("refreshed", added.name)
        await session.refresh(added, ["pets"])
        report("refreshed pets", [pet.name for pet in added.pets])
        await session.delete(added.pets[0])
        report("deleted", len(session.deleted))
        await session.flush()
        await session.rollback()


async def changes(engine):
    async with AsyncSession(engine) as session:
        merged = await session.merge(Person(id=1, name="ADA"))
        report("merged", [merged.name, merged in session.dirty])
        more = await session.merge_all([Person(id=2, name="BOB"), Person(id=8, name="new")])
        report("merged all", [one.name for one in more])
        await session.delete_all(more[:1])
        report("deleted all", len(session.deleted))
        await session.rollback()
        report("rolled back", [(await session.get(Person, 1)).name, await session.get(Person, 8)])
        loaded = await session.get(Person, 1)
        session.expire(loaded, ["name"])
        report("expired", "name" in inspect(loaded).unloaded)
        await session.refresh(loaded, attribute_names=["name"])
        report("again", loaded.name)
        session.expire_all()
        await tried("merged from elsewhere", session.merge, object())
        await tried("refresh of another's", session.refresh, Person())
        await tried("delete of a new one", session.delete, Person())
        result = await session.execute(update(Person).where(Person.id == 2).values(name="Bob"))
        report("updated", result.rowcount)
        await session.commit()
        report("committed", [session.in_transaction(), (await session.get(Person, 2)).name])
        await tried("an error", session.execute, text("select nope"))
        await session.rollback()
        await tried("add of no object", async_call, session.add, 5)


async def failures(engine):
    session = AsyncSession(engine)
    session.add(Person(id=1, name="twice"))
    await tried("a failing flush", session.flush)
    await session.rollback()
    session.add(Person(id=4))
    await tried("a failing commit", session.commit)
    report("then", [session.is_active, session.in_transaction()])
    await tried("used before rollback", session.scalar, text("select 1"))
    await session.rollback()
    report("used after rollback", await session.scalar(text("select 1")))
    await session.close()


async def async_call(function, *arguments):
    return function(*arguments)


async def async_all(session, statement):
    return [one.name for one in (await session.scalars(statement)).all()]


# -- what is not loaded


def kind(function):
    try:
        function()
    except Exception as error:  # noqa: BLE001 - it is reported, whatever it is
        return [type(error).__name__, getattr(error, "code", None)]
    return "nothing"


async def lazy(engine):
    async with AsyncSession(engine) as session:
        ada = await session.get(Person, 1)
        report("lazy collection", kind(lambda: ada.pets))
        report("lazy deferred", kind(lambda: ada.note))
        report("usable", await session.scalar(text("select 1")))
        report("awaited", [pet.name for pet in await ada.awaitable_attrs.pets])
        report("awaited note", await ada.awaitable_attrs.note)
        report("awaited loaded", await ada.awaitable_attrs.name)
        await tried("awaited, no such", lambda: ada.awaitable_attrs.nothing)
        report("now there", [len(ada.pets), ada.note])
        await session.commit()
        report("after commit", kind(lambda: ada.name))
        report("awaited after commit", await ada.awaitable_attrs.name)
        session.expire(ada)
        await session.refresh(ada)
        report("refreshed after expire", ada.name)
        names = await session.run_sync(lambda sync: [pet.name for pet in sync.get(Person, 3).pets])
        report("run_sync", names)

        def query(sync, number, *, name):
            found = sync.query(Person).filter(Person.id >= number, Person.name != name)
            return [type(sync).__name__, [one.name for one in found.order_by(Person.id)]]

        report("run_sync with arguments", await session.run_sync(query, 2, name="eve"))
        await tried("run_sync that fails", session.run_sync, lambda sync: 1 / 0)
        report("an object of nobody", await Person(name="x").awaitable_attrs.name)
    detached = kind(lambda: ada.pets)
    report("detached", detached if "pets" not in ada.__dict__ else "loaded")
    bob = Person(id=2, name="bob")
    report("transient", [bob.pets, await bob.awaitable_attrs.pets])
    async with AsyncSession(engine, expire_on_commit=False) as session:
        ada = await session.get(Person, 1)
        await session.commit()
        report("not expired", ada.name)
        report("sync execute", kind(lambda: session.sync_session.execute(text("select 1"))))
        session.add(Person(name="pending"))
        report("sync flush", kind(session.sync_session.flush))


# -- transactions


async def transactions(engine):
    async with AsyncSession(engine) as session:
        unstarted = session.begin()
        report("unstarted", [type(unstarted).__name__, session.in_transaction()])
        attempt("unstarted is_active", lambda: unstarted.is_active)
        await tried("unstarted commit", unstarted.commit)
        await tried("unstarted rollback", unstarted.rollback)
        begun = await unstarted
        report(
            "begun", [begun is unstarted, begun.is_active, begun.nested, session.in_transaction()]
        )
        report("its parts", [begun.session is session, type(begun.sync_transaction).__name__])
        await tried("started again", unstarted.start)
        await tried("begun again", session.begin().start)
        report("got", [session.get_transaction() is begun, session.get_nested_transaction()])
        nested = await session.begin_nested()
        report("nested", [nested.nested, session.in_nested_transaction()])
        report("got nested", session.get_nested_transaction() is nested)
        report("got outer", session.get_transaction() is begun)
        session.add(Person(id=20, name="nested"))
        await nested.rollback()
        report(
            "transaction: rolled back",
            [nested.is_active, begun.is_active, await session.get(Person, 20)],
        )
        session.add(Person(id=21, name="kept"))
        await begun.commit()
        report("transaction: committed", [begun.is_active, (await session.get(Person, 21)).name])
        await session.rollback()
        attempt("ended", lambda: session.get_transaction())


async def blocks(engine):
    async with AsyncSession(engine) as session:
        async with session.begin() as block:
            report("transaction: block", [type(block).__name__, block.is_active])
            session.add(Person(id=22, name="in block"))
            async with session.begin_nested() as inner:
                session.add(Person(id=23, name="in inner"))
                await session.flush()
                await inner.rollback()
        report("after block", [await session.get(Person, 23), (await session.get(Person, 22)).name])
        await session.rollback()
        try:
            async with session.begin():
                session.add(Person(id=24, name="lost"))
                await session.flush()
                raised(LookupError("out"))
        except LookupError as error:
            report("transaction: error", str(error))
        report("transaction: after error", [await session.get(Person, 24), session.is_active])
        await session.rollback()
        async with session.begin():
            await session.commit()
            await tried("after commit in block", session.execute, text("select 1"))
        await session.rollback()
        try:
            async with session.begin():
                session.add(Person(id=1, name="twice"))
        except exc.IntegrityError:
            report("failing block", session.in_transaction())


async def connections(engine):
    async with AsyncSession(engine) as session:
        connection = await session.connection()
        report("transaction: connection", [type(connection).__name__, connection.in_transaction()])
        report("transaction: same", (await session.connection()) is connection)
        report("its engine", connection.engine is engine)
        report(
            "transaction: sync",
            await session.run_sync(lambda sync: sync.connection() is connection.sync_connection),
        )
        await session.rollback()
        report(
            "isolated",
            await (
                await session.connection(execution_options={"isolation_level": "SERIALIZABLE"})
            ).get_isolation_level(),
        )
        await session.invalidate()
        report("transaction: invalidated", [connection.closed, session.in_transaction()])
        await session.reset()
        await session.aclose()
        report("transaction: closed", [session.in_transaction(), len(session.identity_map)])


async def ends(engine):
    once = AsyncSession(engine, close_resets_only=False)
    await once.close()
    await tried("closed for good", once.scalar, text("select 1"))
    asked = AsyncSession(engine, autobegin=False)
    await tried("not begun", asked.scalar, text("select 1"))
    async with asked.begin():
        report("asked", await asked.scalar(text("select 1")))
    one, two = AsyncSession(engine), AsyncSession(engine)
    await one.connection()
    await two.connection()
    await AsyncSession.close_all()
    report("all closed", [one.in_transaction(), two.in_transaction(), engine.pool.checkedout()])
    report("close_all_sessions", asyncio.iscoroutinefunction(close_all_sessions))
    await close_all_sessions()


# -- bound to a connection


async def joined(engine):
    async with engine.connect() as connection:
        outer = await connection.begin()
        session = AsyncSession(bind=connection, join_transaction_mode="create_savepoint")
        report("bound to", [session.bind is connection, session.get_async_bind() is connection])
        session.add(Person(id=30, name="inner"))
        await session.commit()
        report("joined to", [outer.is_active, (await session.connection()) is connection])
        await session.close()
        await outer.rollback()
    async with AsyncSession(engine) as session:
        report("a savepoint undone", await session.get(Person, 30))
        await session.execute(delete(Person).where(Person.id == 30))
        await session.commit()


# -- streams


async def streams(engine):
    async with AsyncSession(engine) as session:
        people = select(Person).order_by(Person.id)
        result = await session.stream(people)
        report("stream", type(result).__name__)
        report("streamed: first", (await result.fetchone())[0].name)
        report("rest", [row[0].name async for row in result])
        result = await session.stream_scalars(people)
        report("stream_scalars", [type(result).__name__, [one.name async for one in result]])
        result = await session.stream(people)
        report("streamed: all", [one.name for one in await result.scalars().all()])
        result = await session.stream_scalars(people, execution_options={"yield_per": 2})
        report(
            "streamed: parts", [[one.name for one in part] async for part in result.partitions()]
        )
        eager = people.options(selectinload(Person.pets))
        session.expunge_all()
        result = await session.stream_scalars(eager, execution_options={"yield_per": 2})
        report("with pets", [[pet.name for pet in one.pets] async for one in result])
        result = await session.stream(people.options(joinedload(Person.pets)))
        report("unique", [one.name for one in await result.unique().scalars().all()])
        await tried("executed, streamed", session.execute, people.execution_options(yield_per=1))
        await tried(
            "scalars, streamed",
            session.scalars,
            people,
            execution_options={"stream_results": True},
        )
        await tried(
            "scalar, streamed", session.scalar, select(Person.id).execution_options(yield_per=1)
        )
        report("usable after streams", await session.scalar(text("select 1")))


# -- makers and scopes


async def makers(engine):
    maker = async_sessionmaker(engine, expire_on_commit=False, info={"a": 1})
    session = maker(info={"b": 2})
    report("made", [type(session).__name__, session.info, session.bind is engine])
    report("of the class", isinstance(session, AsyncSession))
    report("not expiring", session.sync_session.expire_on_commit)
    maker.configure(autoflush=False)
    report("configured", [maker().autoflush, maker(autoflush=True).autoflush])
    async with maker.begin() as session:
        report("in transaction", session.in_transaction())
        session.add(Person(id=40, name="made"))
    async with maker() as session:
        report("was committed", (await session.get(Person, 40)).name)

    class Own(AsyncSession):
        pass

    report("maker: own", isinstance(async_sessionmaker(engine, class_=Own)(), Own))
    old = sessionmaker(engine, class_=AsyncSession, expire_on_commit=False)
    async with old() as session:
        report("by the former maker", (await session.get(Person, 40)).name)
    heard = []
    sync = sessionmaker()
    event.listen(sync, "after_commit", lambda s: heard.append(type(s).__name__))
    own = async_sessionmaker(engine, sync_session_class=sync)
    async with own.begin() as session:
        await session.scalar(text("select 1"))
    report("heard of the maker", len(heard))
    event.listen(session.sync_session, "after_begin", lambda s, t, c: heard.append("begin"))
    await session.scalar(text("select 1"))
    report("heard of the session", heard[-1])
    await session.close()


async def scopes(engine):
    maker = async_sessionmaker(engine, expire_on_commit=False, info={"a": 1})
    old = sessionmaker(engine, class_=AsyncSession, expire_on_commit=False)
    scoped = async_scoped_session(maker, scopefunc=asyncio.current_task)
    report("scoped", [scoped() is scoped(), scoped.registry.has()])
    attempt("scoped with options", lambda: scoped(autoflush=False))
    scoped.add(Person(id=41, name="scoped"))
    await scoped.commit()
    report("maker: found", (await scoped.get(Person, 41)).name)
    report("maker: one", (await scoped.get_one(Person, 41)).name)
    report(
        "maker: scalars", (await scoped.scalars(select(Person.name).where(Person.id > 39))).all()
    )
    async with scoped.begin_nested():
        await scoped.scalar(text("select 1"))
    report(
        "proxied", [scoped.is_active, scoped.info, scoped.bind is engine, len(scoped.identity_map)]
    )
    report("in it", [(await scoped.get(Person, 41)) in scoped, len(list(scoped))])

    async def other():
        return scoped()

    report("another task's", (await asyncio.create_task(other())) is scoped())
    before = scoped()
    await scoped.remove()
    report("removed", [scoped.registry.has(), scoped() is before])
    await scoped.remove()
    former = scoped_session(old, scopefunc=asyncio.current_task)
    report("former", (await former.scalars(select(Person.name).where(Person.id == 41))).all())
    await former.close()


async def main():
    engine = await filled()
    for part in (making, asking, objects, changes, failures, lazy, transactions, blocks):
        await part(engine)
    for part in (connections, ends, joined, streams, makers, scopes):
        await part(engine)
    report("nothing is left", engine.pool.checkedout())
    report("kind", issubclass(AsyncSessionTransaction, object))
    await engine.dispose()


asyncio.run(main())
home.cleanup()
