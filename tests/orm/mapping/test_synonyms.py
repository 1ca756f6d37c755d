"""Other names for attributes, and operators of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from toolkit import Column, Integer, String, Table, create_engine, func, insert, select, update
from toolkit.exc import ArgumentError
from toolkit.orm import (
    ColumnProperty,
    Mapped,
    Session,
    aliased,
    column_property,
    load_only,
    mapped_column,
    registry,
    synonym,
    synonym_for,
)


@pytest.fixture
def person(base: Any) -> Any:
    class Person(base):
        __tablename__ = "person"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str] = mapped_column("full_name")
        nick = synonym("name")

        @synonym_for("name")  # type: ignore[prop-decorator] # as documented
        @property
        def shouted(self) -> str:
            return self.name.upper()

    return Person


@pytest.fixture
def session(base: Any, person: Any) -> Iterator[Session]:
    engine = create_engine("sqlite://")
    base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(person(id=1, nick="ann"))
        session.commit()
        yield session
    engine.dispose()


def test_a_synonym_is_selected_under_its_own_name(person: Any, session: Session) -> None:
    for entity in (person, aliased(person)):
        row = session.execute(select(entity.id, entity.nick)).one()
        assert row._fields == ("id", "nick")
        assert row.nick == "ann"


def test_conditions_on_a_synonym_are_conditions_on_the_column(
    person: Any, session: Session
) -> None:
    for condition in (person.nick == "ann", person.shouted == "ann", person.nick.in_(["ann"])):
        assert session.scalars(select(person.id).where(condition)).all() == [1]
    assert session.scalars(select(person.id).filter_by(nick="ann")).all() == [1]
    assert session.scalars(select(func.max(person.nick))).one() == "ann"


def test_a_descriptor_is_the_value_on_objects(person: Any, session: Session) -> None:
    assert session.get_one(person, 1).shouted == "ANN"


def test_options_and_writing_know_synonyms(person: Any, session: Session) -> None:
    session.execute(insert(person).values(id=2, nick="bob"))
    session.execute(update(person).where(person.id == 1).values(nick="eve"))
    session.expire_all()
    found = session.scalars(select(person).options(load_only(person.nick)).order_by(person.id))
    assert [one.name for one in found] == ["eve", "bob"]


def test_map_column_maps_the_column_of_the_synonyms_name() -> None:
    mappings = registry()
    table = Table(
        "job", mappings.metadata, Column("id", Integer, primary_key=True), Column("status", String)
    )

    class Job:
        pass

    mapper = mappings.map_imperatively(
        Job, table, properties={"status": synonym("_status", map_column=True)}
    )
    assert sorted(mapper.attrs.keys()) == ["_status", "id", "status"]
    assert mapper.get_property_by_column(table.c.status).key == "_status"


def test_map_column_needs_the_column(base: Any) -> None:
    with pytest.raises(ArgumentError, match="Can't compile synonym 'status': no column on table"):

        class Job(base):
            __tablename__ = "job"
            id: Mapped[int] = mapped_column(primary_key=True)
            status = synonym("id", map_column=True)


class IgnoringCase(ColumnProperty.Comparator):
    """Compares without regard to upper and lower case."""

    def __eq__(self, other: object) -> Any:
        return func.lower(self.__clause_element__()) == func.lower(other)

    def shouted(self) -> Any:
        return func.upper(self.__clause_element__())

    __hash__ = None  # type: ignore[assignment] # nobody asks for it


def test_a_comparator_defines_the_operators_of_an_attribute(base: Any) -> None:
    class Person(base):
        __tablename__ = "person"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str] = column_property(
            mapped_column("name", String), comparator_factory=IgnoringCase
        )
        plain: Mapped[str]
        nick = synonym("plain", comparator_factory=IgnoringCase)

    assert str(Person.name == "A") == "lower(person.name) = lower(:lower_1)"
    assert str(Person.name.shouted()) == "upper(person.name)"
    assert str(Person.nick == "A") == "lower(person.plain) = lower(:lower_1)"
    assert str(Person.plain == "A") == "person.plain = :plain_1"
    assert str(Person.name.desc()) == "person.name DESC"
    other = aliased(Person, name="other")
    assert str(other.name == "A") == "lower(other.name) = lower(:lower_1)"
    assert "lower(person.name)" in str(select(Person.id).filter_by(name="A"))
    shown = str(select(other.name, other.nick).order_by(other.name.desc()))
    assert " ".join(shown.split()) == (
        "SELECT other.name, other.plain FROM person AS other ORDER BY other.name DESC"
    )
    assert select(other.name).structure() is select(other.name).structure()
