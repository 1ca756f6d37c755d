"""Classes mapped to joins and subqueries, and several classes of one table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.containers.backend import Backend
from toolkit import (
    Column,
    ForeignKey,
    Integer,
    String,
    Table,
    create_engine,
    func,
    inspect,
    join,
    select,
)
from toolkit.orm import Session, column_property, foreign, relationship


@pytest.fixture
def tables(base: Any) -> Any:
    person = Table(
        "joined_person",
        base.metadata,
        Column("id", Integer, primary_key=True),
        Column("name", String(20)),
    )
    address = Table(
        "joined_address",
        base.metadata,
        Column("id", Integer, primary_key=True),
        Column("person_id", ForeignKey(person.c.id)),
        Column("email", String(20)),
    )
    return person, address


@pytest.fixture
def session(base: Any, tables: Any, backend: Backend) -> Iterator[Session]:
    engine = create_engine(backend.url)
    base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    base.metadata.drop_all(engine)
    engine.dispose()


def test_an_object_of_a_join_is_written_to_both_tables(
    base: Any, tables: Any, session: Session
) -> None:
    person, address = tables

    class Customer(base):
        __table__ = join(person, address)
        id = column_property(person.c.id, address.c.person_id)
        address_id = address.c.id

    customer = Customer(name="ann", email="a@b")
    session.add(customer)
    session.commit()
    assert inspect(customer).identity == (customer.id, customer.address_id)
    customer.name, customer.email = "bea", "b@b"
    session.commit()
    rows = select(person.c.name, address.c.email).join_from(person, address)
    assert session.execute(rows).all() == [("bea", "b@b")]
    session.delete(customer)
    session.commit()
    assert session.scalar(select(func.count()).select_from(address)) == 0


def test_rows_of_a_subquery_are_objects(base: Any, tables: Any, session: Session) -> None:
    person, address = tables
    counted = (
        select(person.c.id, func.count(address.c.id).label("addresses"))
        .join_from(person, address)
        .group_by(person.c.id)
        .subquery()
    )

    class Count(base):
        __table__ = counted

    class Person(base):
        __table__ = person
        count = relationship(
            Count,
            primaryjoin=lambda: foreign(Count.id) == Person.id,
            viewonly=True,
            uselist=False,
        )

    session.execute(person.insert(), {"id": 1, "name": "ann"})
    session.execute(address.insert(), [{"id": 1, "person_id": 1}, {"id": 2, "person_id": 1}])
    assert [one.addresses for one in session.scalars(select(Count))] == [2]
    assert session.get_one(Person, 1).count.addresses == 2


def test_a_table_may_have_several_classes(base: Any, tables: Any, session: Session) -> None:
    person, _ = tables

    class Person(base):
        __table__ = person

    class Called(base):
        __table__ = person
        called = person.c.name

    session.add(Person(id=1, name="ann"))
    session.commit()
    assert session.get_one(Called, 1).called == "ann"
