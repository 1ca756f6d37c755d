"""Classes whose tables are read from a database, before they are mapped or then."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.containers.backend import Backend
from toolkit import (
    Column,
    Engine,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    inspect,
    select,
    text,
)
from toolkit.ext.declarative import DeferredReflection
from toolkit.orm import Session, relationship
from toolkit.orm.exc import UnmappedClassError


@pytest.fixture
def engine(backend: Backend) -> Iterator[Engine]:
    metadata = MetaData()
    people = Table(
        "reflected_person",
        metadata,
        Column("id", Integer, primary_key=True, autoincrement=False),
        Column("name", String(20)),
        Column("age", Integer),
    )
    Table(
        "reflected_pet",
        metadata,
        Column("id", Integer, primary_key=True, autoincrement=False),
        Column("owner_id", ForeignKey(people.c.id)),
    )
    engine = create_engine(backend.url)
    metadata.create_all(engine)
    yield engine
    metadata.drop_all(engine)
    engine.dispose()


@pytest.fixture
def reflected(base: Any) -> Any:
    class Reflected(DeferredReflection, base):
        __abstract__ = True

    return Reflected


def test_classes_are_mapped_when_their_tables_are_read(reflected: Any, engine: Engine) -> None:
    class Pet(reflected):
        __tablename__ = "reflected_pet"
        owner = relationship("Person", back_populates="pets")

    class Person(reflected):
        __tablename__ = "reflected_person"
        pets = relationship("Pet", back_populates="owner")

    with pytest.raises(UnmappedClassError, match=r"Person .* until the .prepare\(\) method"):
        Session().get(Person, 1)
    reflected.prepare(engine)
    with Session(engine) as session:
        session.add(Person(id=1, name="ann", age=5, pets=[Pet(id=1)]))
        session.commit()
        assert session.get_one(Pet, 1).owner.name == "ann"


def test_what_a_class_declares_stands_before_what_was_read(reflected: Any, engine: Engine) -> None:
    class Person(reflected):
        __tablename__ = "reflected_person"
        age = Column("age", String(5))
        called = Column("name", String(20))

    reflected.prepare(engine)
    assert sorted(inspect(Person).attrs.keys()) == ["age", "called", "id"]
    assert isinstance(Person.__table__.c.age.type, String)


def test_tables_that_no_class_has_are_read_as_well(reflected: Any, engine: Engine) -> None:
    class Pet(reflected):
        __tablename__ = "reflected_pet"

    reflected.prepare(engine)
    assert Pet.__table__.c.owner_id.references(Pet.metadata.tables["reflected_person"].c.id)


def test_only_classes_below_are_prepared(base: Any, engine: Engine) -> None:
    class One(DeferredReflection, base):
        __abstract__ = True

    class Other(DeferredReflection, base):
        __abstract__ = True

    class Person(One):
        __tablename__ = "reflected_person"

    class Pet(Other):
        __tablename__ = "reflected_pet"

    One.prepare(engine)
    assert hasattr(Person, "__mapper__")
    assert not hasattr(Pet, "__mapper__")
    Other.prepare(engine)
    assert hasattr(Pet, "__mapper__")


def test_a_connection_will_do(reflected: Any, engine: Engine) -> None:
    class Person(reflected):
        __tablename__ = "reflected_person"

    with engine.connect() as connection:
        reflected.prepare(connection)
    assert "name" in inspect(Person).attrs


def test_a_table_may_be_read_when_the_class_is_made(base: Any, engine: Engine) -> None:
    class Person(base):
        __table__ = Table("reflected_person", base.metadata, autoload_with=engine)

    class Pet(base):
        __tablename__ = "reflected_pet"
        __table_args__ = {"autoload_with": engine}
        owner = relationship(Person)

    with Session(engine) as session:
        session.add(Pet(id=3, owner=Person(id=3, name="cyd")))
        session.commit()
        assert session.scalars(select(Pet)).one().owner.name == "cyd"


def test_a_view_is_mapped_by_what_tells_its_rows_apart(base: Any, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO reflected_person VALUES (1, 'ann', 5)"))
        connection.execute(
            text("CREATE VIEW reflected_view AS SELECT id, name FROM reflected_person")
        )
    try:

        class Shown(base):
            __table__ = Table(
                "reflected_view",
                base.metadata,
                Column("id", Integer, primary_key=True),
                autoload_with=engine,
            )

        with Session(engine) as session:
            assert [one.name for one in session.scalars(select(Shown))] == ["ann"]
    finally:
        with engine.begin() as connection:
            connection.execute(text("DROP VIEW reflected_view"))
