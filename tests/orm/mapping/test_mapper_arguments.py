"""``__mapper_args__``: each argument does what it says, or is refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from toolkit import (
    Column,
    Integer,
    String,
    Table,
    create_engine,
    event,
    func,
    inspect,
    select,
    text,
)
from toolkit.exc import ArgumentError, InvalidRequestError, SADeprecationWarning
from toolkit.orm import (
    Mapped,
    Session,
    column_property,
    configure_mappers,
    mapped_column,
    registry,
)


@pytest.fixture
def session(base: Any) -> Iterator[Session]:
    """A session on SQLite; the tables are made when the classes are there."""
    engine = create_engine("sqlite://")
    with Session(engine) as session:
        yield session
    engine.dispose()


def made(session: Session, base: Any, *objects: Any) -> None:
    base.metadata.create_all(session.connection())
    session.add_all(objects)
    session.commit()
    session.expunge_all()


def test_always_refresh_loads_what_is_there_anew(base: Any, session: Session) -> None:
    class Person(base):
        __tablename__ = "person"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]
        __mapper_args__ = {"always_refresh": True}

    made(session, base, Person(id=1, name="ann"))
    person = session.get_one(Person, 1)
    session.execute(text("UPDATE person SET name = 'bob'"))
    session.scalars(select(Person)).all()
    assert person.name == "bob"


@pytest.mark.parametrize(("allowed", "found"), [(True, 2), (False, 1)])
def test_rows_with_half_a_key_are_objects_if_allowed(
    base: Any, session: Session, allowed: bool, found: int
) -> None:
    class Seat(base):
        __tablename__ = "seat"
        row: Mapped[int] = mapped_column(primary_key=True)
        place: Mapped[int | None] = mapped_column(primary_key=True)
        __mapper_args__ = {"allow_partial_pks": allowed}

    session.execute(text("CREATE TABLE seat (row INTEGER, place INTEGER)"))
    session.execute(text("INSERT INTO seat VALUES (1, 1), (1, NULL)"))
    seats: list[Any] = list(session.scalars(select(Seat)))
    assert sum(one is not None for one in seats) == found


def test_a_primary_key_may_be_named_by_attributes(base: Any) -> None:
    class Seat(base):
        __tablename__ = "seat"
        row: Mapped[int] = mapped_column("row_number")
        place: Mapped[int]
        __mapper_args__ = {"primary_key": ["row", "place"]}

    table = Seat.__table__
    assert inspect(Seat).primary_key == (table.c.row_number, table.c.place)


def test_a_misspelt_key_names_the_nearest(base: Any) -> None:
    with pytest.raises(ArgumentError, match=r"(?s)primary_key column 'rwo'.*row"):

        class Seat(base):
            __tablename__ = "seat"
            row: Mapped[int]
            __mapper_args__ = {"primary_key": ["rwo"]}


def test_no_object_is_made_of_an_abstract_class(base: Any, session: Session) -> None:
    class Animal(base):
        __tablename__ = "animal"
        id: Mapped[int] = mapped_column(primary_key=True)
        kind: Mapped[str]
        __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_abstract": True}

    class Dog(Animal):
        __mapper_args__ = {"polymorphic_identity": "dog"}

    with pytest.raises(InvalidRequestError, match=r"Can't instantiate class for .*Animal"):
        Animal(id=1)
    made(session, base, Dog(id=1))
    assert [type(one) for one in session.scalars(select(Animal))] == [Dog]


def test_an_abstract_class_must_be_of_a_hierarchy_that_is_told_apart(base: Any) -> None:
    with pytest.raises(InvalidRequestError, match="polymorphic_abstract parameter may only"):

        class Animal(base):
            __tablename__ = "animal"
            id: Mapped[int] = mapped_column(primary_key=True)
            __mapper_args__ = {"polymorphic_abstract": True}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"polymorphic_on": 5}, "expected for argument 'polymorphic_on'; got 5"),
        ({"with_polymorphic": 5}, "Invalid setting for with_polymorphic: 5"),
        ({"polymorphic_load": "soon"}, "unknown argument for polymorphic_load: 'soon'"),
        ({"inherits": int}, "inherits argument given for non-inheriting class"),
    ],
)
def test_arguments_of_the_wrong_kind_are_refused(
    base: Any, arguments: dict[str, Any], message: str
) -> None:
    with pytest.raises((ArgumentError, InvalidRequestError), match=message):

        class Person(base):
            __tablename__ = "person"
            id: Mapped[int] = mapped_column(primary_key=True)
            __mapper_args__ = arguments


def test_a_prefix_is_put_before_the_names_of_columns(base: Any) -> None:
    class Person(base):
        __table__ = Table(
            "person", base.metadata, Column("id", Integer, primary_key=True), Column("name", String)
        )
        __mapper_args__ = {"column_prefix": "_"}

    assert sorted(inspect(Person).attrs.keys()) == ["_id", "_name"]


def test_annotations_beside_a_given_table_are_for_checkers(base: Any) -> None:
    class Person(base):
        __table__ = Table(
            "person", base.metadata, Column("id", Integer, primary_key=True), Column("name", String)
        )
        id: Mapped[int]
        name: Mapped[str]
        shouted: Mapped[str] = column_property(func.upper(__table__.c.name))

    assert sorted(inspect(Person).attrs.keys()) == ["id", "name", "shouted"]


def test_excluding_what_the_class_declares_is_warned_of(base: Any) -> None:
    with pytest.warns(SADeprecationWarning, match="'name' declared on .*Person.* is excluded"):

        class Person(base):
            __tablename__ = "person"
            id: Mapped[int] = mapped_column(primary_key=True)
            name: Mapped[str]
            __mapper_args__ = {"exclude_properties": ["name"]}

    assert inspect(Person).attrs.keys() == ["id"]


def test_batch_false_sends_rows_one_by_one(base: Any, session: Session) -> None:
    class Person(base):
        __tablename__ = "person"
        id: Mapped[int] = mapped_column(primary_key=True)
        __mapper_args__ = {"batch": False}

    base.metadata.create_all(session.connection())
    sent: list[str] = []
    event.listen(
        session.get_bind(), "before_cursor_execute", lambda c, cursor, sql, *rest: sent.append(sql)
    )
    session.add_all([Person(id=1), Person(id=2)])
    session.flush()
    assert len(sent) == 2


def test_instrumentation_of_ones_own_is_refused_by_name(base: Any) -> None:
    with pytest.raises(ArgumentError, match=r"Person asks for an instrumentation of its own"):

        class Person(base):
            __tablename__ = "person"
            __sa_instrumentation_manager__ = object
            id: Mapped[int] = mapped_column(primary_key=True)


def test_imperative_mappings_name_what_is_wrong() -> None:
    mappings = registry()
    table = Table("person", mappings.metadata, Column("id", Integer, primary_key=True))
    other = Table("other", mappings.metadata, Column("id", Integer, primary_key=True))

    class Person:
        pass

    with pytest.raises(ArgumentError, match="has None for a primary table argument"):
        mappings.map_imperatively(Person)
    with pytest.raises(ArgumentError, match="object expected for argument 'local_table'; got 5"):
        mappings.map_imperatively(Person, 5)
    with pytest.raises(ArgumentError, match=r"'far'.*is not represented in the mapper's table"):
        mappings.map_imperatively(Person, table, properties={"far": other.c.id})
    configure_mappers()
