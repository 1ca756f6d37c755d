# begins with: awaited
"""asyncio: what sessions execute, load and stream, and their listeners, over aiosqlite."""

import asyncio
import tempfile
import warnings

from sqlalchemy import ForeignKey, delete, event, func, insert, literal, select, text, update
from sqlalchemy.ext.asyncio import AsyncAttrs, AsyncSession, create_async_engine
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    aliased,
    contains_eager,
    defer,
    joinedload,
    mapped_column,
    raiseload,
    relationship,
    selectin_polymorphic,
    selectinload,
    subqueryload,
    undefer,
    with_polymorphic,
)

warnings.simplefilter("ignore")
differs("in parts: subquery", why="toolkit loads what subqueryload() is for at the first part")
home = tempfile.TemporaryDirectory()
url = f"sqlite+aiosqlite:///{home.name}/results.db"


class Base(AsyncAttrs, DeclarativeBase):
    pass


class Person(Base):
    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(default="person")
    name: Mapped[str]
    born: Mapped[str] = mapped_column(server_default="then")
    note: Mapped[str | None] = mapped_column(deferred=True)
    pets: Mapped[list["Pet"]] = relationship(
        back_populates="owner", order_by="Pet.id", cascade="all, delete-orphan"
    )
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "person"}


class Engineer(Person):
    __tablename__ = "engineer"
    id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    tool: Mapped[str]
    __mapper_args__ = {"polymorphic_identity": "engineer"}


class Pet(Base):
    __tablename__ = "pet"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    owner: Mapped[Person | None] = relationship(back_populates="pets")


async def filled():
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    async with AsyncSession(engine) as session, session.begin():
        session.add(Person(id=1, name="ada", pets=[Pet(id=1, name="x"), Pet(id=2, name="y")]))
        session.add(Engineer(id=2, name="bob", tool="saw", note="n", pets=[Pet(id=3, name="z")]))
        session.add(Person(id=3, name="eve"))
    return engine


PEOPLE = select(Person).order_by(Person.id)
WAYS = {
    "selectin": PEOPLE.options(selectinload(Person.pets).joinedload(Pet.owner)),
    "joined": PEOPLE.options(joinedload(Person.pets)),
    "subquery": PEOPLE.options(subqueryload(Person.pets)),
    "contains": select(Person)
    .outerjoin(Person.pets)
    .options(contains_eager(Person.pets))
    .order_by(Person.id, Pet.id),
    "polymorphic": PEOPLE.options(selectin_polymorphic(Person, [Engineer])),
    "undeferred": PEOPLE.options(undefer(Person.note)),
}


def shown_person(one):
    return {
        key: [pet.name for pet in value] if key == "pets" else value
        for key, value in sorted(one.__dict__.items())
        if not key.startswith("_")
    }


async def loading(engine):
    for name, statement in WAYS.items():
        async with AsyncSession(engine) as session:
            found = (await session.scalars(statement)).unique().all()
            report(f"executed: {name}", [shown_person(one) for one in found])
        async with AsyncSession(engine) as session:
            result = await session.stream(statement)
            found = [row[0] async for row in result.unique()]
            report(f"streamed: {name}", [shown_person(one) for one in found])
        async with AsyncSession(engine) as session:
            await tried(f"in parts: {name}", parts_of, session, statement)
    async with AsyncSession(engine) as session:
        found = (await session.scalars(PEOPLE.options(raiseload(Person.pets)))).all()
        await tried("raiseload", lambda: found[0].awaitable_attrs.pets)
        found = (await session.scalars(PEOPLE.options(defer(Person.name)))).all()
        report("deferred", [await one.awaitable_attrs.name for one in found])
        bob = await session.get(Person, 2)
        report("of a subclass", [type(bob).__name__, await bob.awaitable_attrs.tool])
        every = with_polymorphic(Person, "*")
        tools = [getattr(one, "tool", None) for one in await session.scalars(select(every))]
        report("with_polymorphic", tools)


async def parts_of(session, statement):
    result = await session.stream_scalars(statement, execution_options={"yield_per": 2})
    return [[shown_person(one) for one in part] async for part in result.partitions()]


async def rows(engine):
    other = aliased(Pet, name="other")
    pairs = (
        select(Person, other, Person.name.label("called"))
        .outerjoin(other, Person.pets.of_type(other))
        .order_by(Person.id, other.id)
    )

    def told(row):
        return [row[0].name, row[1] and row[1].name, row.called]

    async with AsyncSession(engine) as session:
        report("rows: all", [told(row) for row in (await session.execute(pairs)).all()])
        report("rows: first", told((await session.execute(pairs)).first()))
        report("rows: parts", [len(p) for p in (await session.execute(pairs)).partitions(2)])
        report("rows: keys", list((await session.execute(pairs)).keys()))
        report("rows: mappings", [sorted(m) for m in (await session.execute(pairs)).mappings()][:1])
        frozen = (await session.execute(pairs)).freeze()
        report("rows: frozen", [told(row) for row in frozen()])
        result = await session.execute(pairs)
        report(
            "rows: fetched", [told(result.fetchone()), len(result.fetchmany(2)), len(result.all())]
        )
        report("rows: ended", [result.fetchone(), result.closed])
        await tried("rows: one of many", one_of, session, pairs)
        await tried("rows: one of none", one_of, session, pairs.where(Person.id > 9))
        report("stream: all", [told(row) for row in await (await session.stream(pairs)).all()])
        report("stream: first", told(await (await session.stream(pairs)).first()))
        result = await session.stream(pairs)
        report("stream: columns", [tuple(row) async for row in result.columns("called")])
        result = await session.stream(pairs)
        report("stream: scalars", [name async for name in result.scalars("called").unique()])
        result = await session.stream(pairs)
        report("stream: mappings", [m["called"] async for m in result.mappings()])
        result = await session.stream(pairs)
        report("stream: fetched", [told(await result.fetchone())])
        await result.close()
        await tried("stream: closed", result.fetchone)
        for method in ("one", "one_or_none", "scalar_one", "scalar_one_or_none"):
            result = await session.stream(PEOPLE)
            await tried(f"stream: {method} of many", getattr(result, method))
            result = await session.stream(PEOPLE.where(Person.id > 9))
            await tried(f"stream: {method} of none", getattr(result, method))
        report("stream: scalar", (await (await session.stream(PEOPLE)).scalar()).name)


async def one_of(session, statement):
    return len((await session.execute(statement)).one())


async def writing(engine):
    async with AsyncSession(engine) as session:
        ada = await session.get(Person, 1)
        made = await session.scalars(
            insert(Pet).returning(Pet), [{"name": "p", "owner_id": 1}, {"name": "q"}]
        )
        report("inserted", [[one.name, one.owner_id] for one in made])
        made = await session.stream_scalars(insert(Pet).values(name="r").returning(Pet))
        report("inserted, streamed", [one.name async for one in made])
        result = await session.execute(
            update(Person).where(Person.id < 3).values(name=func.upper(Person.name))
        )
        report("updated", [result.rowcount, await ada.awaitable_attrs.name])
        changed = await session.scalars(
            update(Person).where(Person.id == 3).values(name="EVE").returning(Person)
        )
        report("updated and returned", [one.name for one in changed])
        result = await session.execute(
            delete(Pet).where(Pet.name == "q").execution_options(synchronize_session="fetch")
        )
        report("deleted", result.rowcount)
        await session.execute(
            update(Person), [{"id": 1, "name": "one"}, {"id": 3, "name": "three"}]
        )
        report("by key", (await session.scalars(select(Person.name).order_by(Person.id))).all())
        added = Person(name="new")
        session.add(added)
        await session.flush()
        report("server default", [added.id, await added.awaitable_attrs.born])
        merged = await session.merge(
            Person(id=1, name="m", kind="person", pets=[Pet(id=1, name="kept")])
        )
        await session.flush()
        report("merged", [[pet.id, pet.name] for pet in merged.pets])
        await session.delete(merged)
        await session.flush()
        report("cascaded", (await session.scalars(select(Pet.id).order_by(Pet.id))).all())
        await session.rollback()
        report("as before", (await session.scalars(select(Pet.name).order_by(Pet.id))).all())
        session.add(Pet(name="pending"))
        report("autoflush", len((await session.scalars(select(Pet))).all()))
        session.add(Pet(name="another"))
        with session.no_autoflush:
            report("no autoflush", len((await session.scalars(select(Pet))).all()))
        await session.rollback()
        await session.run_sync(
            lambda plain: plain.bulk_insert_mappings(Pet, [{"name": "b"}, {"name": "c"}])
        )
        report("in bulk", await session.scalar(select(func.count()).select_from(Pet)))
        await session.rollback()


async def listening(engine):
    heard = []
    async with AsyncSession(engine) as session:
        plain = session.sync_session

        @event.listens_for(plain, "do_orm_execute")
        def executing(state):
            heard.append(["execute", state.is_select, state.is_relationship_load])
            if state.execution_options.get("other"):
                return state.invoke_statement(PEOPLE.where(Person.id == 2))
            return None

        @event.listens_for(plain, "before_flush")
        def flushing(session, context, instances):
            heard.append(["flush", session is plain, session.scalar(select(literal(5)))])

        @event.listens_for(Person, "load")
        def loaded(target, context):
            heard.append(["load", target.id])

        for name in ("after_begin", "after_commit", "after_rollback", "after_transaction_end"):
            event.listen(plain, name, lambda *about, name=name: heard.append(name))
        found = (await session.scalars(PEOPLE, execution_options={"other": True})).all()
        report("another statement", [one.id for one in found])
        report("lazily", len(await found[0].awaitable_attrs.pets))
        found[0].name = "heard"
        await session.commit()
        await session.rollback()
        await session.scalar(text("select 1"))
        await session.rollback()
        event.remove(Person, "load", loaded)
        report("heard", heard)


class Routing(Session):
    def get_bind(self, mapper=None, **kw):
        asked.append(mapper and mapper.class_.__name__)
        return routed[0].sync_engine


asked = []
routed = []


async def routing(engine):
    routed.append(engine)
    async with AsyncSession(sync_session_class=Routing) as session:
        found = (await session.scalars(PEOPLE)).all()
        report("routed", [one.id for one in found])
        await session.execute(text("select 1"))
        session.add(Pet(name="p"))
        await session.flush()
        report("asked", asked[:1] + asked[-1:])
        report("its connection", (await session.connection()).sync_engine is engine.sync_engine)
        report("bound to nothing", session.bind)
        attempt("a bind that nobody knows", session.get_async_bind)
    async with AsyncSession(engine) as session:
        result = await session.execute(
            text("select 5"), bind_arguments={"bind": engine.sync_engine}
        )
        report("bind given", result.scalar())


async def main():
    engine = await filled()
    for part in (loading, rows, writing, listening, routing):
        await part(engine)
    report("nothing is left", engine.pool.checkedout())
    await engine.dispose()


asyncio.run(main())
home.cleanup()
