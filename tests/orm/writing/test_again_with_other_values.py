"""A statement that is executed again, with other values, writes these, whatever is kept of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.orm.shop import counted
from toolkit import create_engine, delete, insert, select, update
from toolkit.orm import DeclarativeBase, Mapped, Session, mapped_column
from toolkit.schema import ForeignKey


class Base(DeclarativeBase):
    pass


class Pet(Base):
    """Two attributes have each other's column; one is of the subclass alone."""

    __tablename__ = "pet"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str] = mapped_column("owner")
    owner: Mapped[str] = mapped_column("name")
    age: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "pet"}


class Cat(Pet):
    __mapper_args__ = {"polymorphic_identity": "cat"}


class Dog(Pet):
    __tablename__ = "dog"
    id: Mapped[int] = mapped_column(ForeignKey("pet.id"), primary_key=True)
    tail: Mapped[int] = mapped_column("length")
    __mapper_args__ = {"polymorphic_identity": "dog"}


@pytest.fixture
def pets() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all([Pet(id=n, name=f"n{n}", owner=f"o{n}", age=n) for n in (1, 2)])
        session.add(Cat(id=3, name="n3", owner="o3", age=3))
        session.add(Dog(id=4, name="n4", owner="o4", age=4, tail=40))
        session.commit()
        yield session
    engine.dispose()


def test_attributes_that_have_each_others_columns(pets: Session) -> None:
    for number in (1, 2):
        pets.execute(
            update(Pet).where(Pet.id == number).values(name=f"name {number}", owner=f"own {number}")
        )
    for number in (5, 6):
        pets.execute(insert(Pet).values(id=number, kind="pet", name=f"a{number}", owner="b"))
    found = pets.execute(select(Pet.name, Pet.owner).where(Pet.id != 3).order_by(Pet.id)).all()
    assert [tuple(row) for row in found] == [
        ("name 1", "own 1"),
        ("name 2", "own 2"),
        ("n4", "o4"),
        ("a5", "b"),
        ("a6", "b"),
    ]


def test_plain_values_and_expressions_together(pets: Session) -> None:
    for number in (1, 2):
        pets.execute(
            update(Pet)
            .where(Pet.id == number, Pet.age.in_([number, 7]))
            .values(age=Pet.age + 10 * number, kind=f"k{number}")
            .execution_options(synchronize_session=False)
        )
    rows = pets.execute(select(Pet.age, Pet.kind).where(Pet.id < 3).order_by(Pet.id)).all()
    assert [tuple(row) for row in rows] == [(11, "k1"), (22, "k2")]


def test_a_subclass_in_the_same_table_leaves_others_alone(pets: Session) -> None:
    for age in (8, 9):
        assert pets.execute(update(Cat).where(Cat.id > 0).values(age=age)).rowcount == 1
    assert pets.scalars(select(Pet.age).order_by(Pet.id)).all() == [1, 2, 9, 4]
    for number in (1, 3):
        pets.execute(delete(Cat).where(Cat.id == number))
    assert pets.scalars(select(Pet.id).order_by(Pet.id)).all() == [1, 2, 4]


def test_the_table_of_a_subclass(pets: Session) -> None:
    for tail in (50, 60):
        pets.execute(update(Dog).where(Dog.id == 4).values(tail=tail))
    assert pets.scalars(select(Dog.tail)).all() == [60]


def test_what_is_returned(pets: Session) -> None:
    for number in (5, 6):
        statement = insert(Pet).values(id=number, kind="pet", name=f"n{number}", owner="o")
        made = pets.scalars(statement.returning(Pet)).one()
        assert (made.id, made.name, made.owner, made.age) == (number, f"n{number}", "o", 1)
    for number in (5, 6):
        changed = update(Pet).where(Pet.id == number).values(age=number)
        row = pets.execute(changed.returning(Pet.name, Pet.age, Pet.__table__)).one()
        assert row[:2] == (f"n{number}", number)
        assert (row.id, row.kind) == (number, "pet")


def test_a_parameter_that_stands_twice(pets: Session) -> None:
    one = Pet.age == 1
    for statement in (update(Pet).where(one | one), update(Pet).where(one | (Pet.age == 2))):
        for name in ("x", "y"):
            pets.execute(statement.values(kind=name))
    rows = pets.execute(select(Pet.age, Pet.kind).where(Pet.id < 3).order_by(Pet.id)).all()
    assert [tuple(row) for row in rows] == [(1, "y"), (2, "y")]


@pytest.mark.parametrize("way", ["auto", "evaluate", "fetch"])
def test_a_condition_on_the_key_is_about_that_object_alone(pets: Session, way: str) -> None:
    found = pets.scalars(select(Pet).order_by(Pet.id)).all()
    options = {"synchronize_session": way}
    pets.execute(update(Pet).where(Pet.id == 2).values(age=20), execution_options=options)
    pets.execute(update(Pet).where(Pet.id.in_([3, 9])).values(age=30), execution_options=options)
    pets.execute(
        update(Pet).where(Pet.id == 1, Pet.age == 77).values(age=10), execution_options=options
    )
    with counted(pets.get_bind()) as sent:
        assert [one.age for one in found] == [1, 20, 30, 4]
    assert not sent
    pets.execute(delete(Pet).where(Pet.id == 1), execution_options=options)
    assert [one in pets for one in found] == [False, True, True, True]


def test_nobody_asks_what_nobody_has(pets: Session) -> None:
    """With no object there, a condition that Python cannot tell costs no second statement."""
    pets.expunge_all()
    with counted(pets.get_bind()) as sent:
        pets.execute(update(Pet).where(Pet.name.regexp_match("^n")).values(age=9))
    assert len(sent) == 1
