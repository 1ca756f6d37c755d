"""One of each documented kind of object, by the name of its class: the start of other programs."""

import sqlalchemy
from sqlalchemy import ForeignKey, Integer, String, create_engine, event, orm, select
from sqlalchemy.ext import asyncio
from sqlalchemy.orm import Session, mapped_column, relationship

SAMPLES = {}


class Base(orm.DeclarativeBase):
    pass


class Mixin:
    @orm.declared_attr
    def told(cls):
        return mapped_column(String(20))


class Person(Mixin, Base):
    __tablename__ = "person"
    id: orm.Mapped[int] = mapped_column(Integer, primary_key=True)
    name: orm.Mapped[str] = mapped_column(String(20))
    called: orm.Mapped[str] = orm.synonym("name")
    pets: orm.Mapped[list["Pet"]] = relationship(back_populates="owner")


class Pet(Base):
    __tablename__ = "pet"
    id: orm.Mapped[int] = mapped_column(Integer, primary_key=True)
    owner_id: orm.Mapped[int] = mapped_column(ForeignKey("person.id"))
    owner: orm.Mapped[Person] = relationship(back_populates="pets")


engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
session = Session(engine)
person = Person(id=1, name="a", told="b")
session.add(person)
session.commit()
mapper = sqlalchemy.inspect(Person)
state = sqlalchemy.inspect(person)
scoped = orm.scoped_session(orm.sessionmaker(engine))


@event.listens_for(session, "do_orm_execute")
def note(execute_state):
    SAMPLES["ORMExecuteState"] = execute_state


session.execute(select(Person)).all()
session.begin_nested()
awaited = asyncio.async_sessionmaker(asyncio.create_async_engine("sqlite+aiosqlite://"))
SAMPLES |= {
    "AsyncSession": awaited(),
    "AsyncSessionTransaction": awaited().begin(),
    "async_scoped_session": asyncio.async_scoped_session(awaited, lambda: 1),
    "async_sessionmaker": awaited,
    "AliasedClass": orm.aliased(Person),
    "AliasedInsp": sqlalchemy.inspect(orm.aliased(Person)),
    "AttributeState": state.attrs.name,
    "Bundle": orm.Bundle("b", Person.name),
    "CascadeOptions": mapper.relationships.pets.cascade,
    "ColumnProperty": mapper.attrs.name,
    "History": state.attrs.name.history,
    "IdentityMap": session.identity_map,
    "InstanceState": state,
    "InstrumentedAttribute": Person.name,
    "InstrumentedList": person.pets,
    "Load": orm.joinedload(Person.pets),
    "MappedColumn": mapped_column(Integer),
    "Mapper": mapper,
    "Query": session.query(Person),
    "RelationshipAttribute": Person.pets,
    "RelationshipProperty": mapper.relationships.pets,
    "Session": session,
    "SessionTransaction": session.get_transaction(),
    "SynonymAttribute": Person.called,
    "SynonymProperty": mapper.synonyms.called,
    "registry": Base.registry,
    "scoped_session": scoped,
    "sessionmaker": orm.sessionmaker(engine),
}
