"""Declarative classes that are dataclasses as well."""

import dataclasses
from typing import Any

import pytest

from toolkit.exc import ArgumentError, InvalidRequestError
from toolkit.orm import (
    DeclarativeBase,
    Mapped,
    MappedAsDataclass,
    mapped_column,
    registry,
    relationship,
)
from toolkit.schema import ForeignKey


@pytest.fixture
def base() -> Any:
    class Base(MappedAsDataclass, DeclarativeBase):
        pass

    return Base


def test_fields_are_arguments_in_their_order(base: Any) -> None:
    class Person(base):
        __tablename__ = "person"
        id: Mapped[int] = mapped_column(init=False, primary_key=True)
        name: Mapped[str]
        rank: Mapped[int] = mapped_column(default=5)
        nick: Mapped[str | None] = mapped_column(default=None, kw_only=True)
        plain: int = 3

    one = Person("a", 7, plain=4)
    assert repr(one).endswith("Person(id=None, name='a', rank=7, nick=None, plain=4)")
    assert one == Person("a", 7, plain=4)
    assert Person.__match_args__ == ("name", "rank", "plain")
    assert [field.name for field in dataclasses.fields(Person)][:2] == ["id", "name"]


def test_defaults_are_read_and_not_stored(base: Any) -> None:
    class Person(base):
        __tablename__ = "person"
        id: Mapped[int] = mapped_column(init=False, primary_key=True)
        rank: Mapped[int] = mapped_column(default=5)

    one = Person()
    assert one.rank == 5
    assert "rank" not in vars(one)
    assert Person.__table__.c.rank.default.arg == 5


def test_a_relationship_that_nobody_set_is_not_set_to_none(base: Any) -> None:
    class Person(base):
        __tablename__ = "person"
        id: Mapped[int] = mapped_column(init=False, primary_key=True)

    class Address(base):
        __tablename__ = "address"
        id: Mapped[int] = mapped_column(init=False, primary_key=True)
        person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
        person: Mapped[Person | None] = relationship(default=None)

    one = Address(person_id=3)
    assert "person" not in vars(one)
    assert one.person is None


def test_options_of_the_class_are_those_of_dataclass(base: Any) -> None:
    class Person(base, kw_only=True, repr=False):  # type: ignore[call-arg] # the base takes them
        __tablename__ = "person"
        id: Mapped[int] = mapped_column(primary_key=True)

    with pytest.raises(TypeError):
        Person(5)
    assert Person(id=5).id == 5
    assert "id=5" not in repr(Person(id=5))


def test_mixins_that_are_dataclasses_hand_their_fields_on(base: Any) -> None:
    class Named(MappedAsDataclass):
        name: Mapped[str] = mapped_column()

    class Person(Named, base):
        __tablename__ = "person"
        id: Mapped[int] = mapped_column(init=False, primary_key=True)

    assert Person("a").name == "a"
    assert set(Person.__table__.c.keys()) == {"id", "name"}


def test_a_mixin_that_is_none_is_named(base: Any) -> None:
    class Named:
        name: Mapped[str] = mapped_column()

    with pytest.raises(InvalidRequestError, match=r"'name' originates from superclass.*Named"):

        class Person(Named, base):
            __tablename__ = "person"
            id: Mapped[int] = mapped_column(init=False, primary_key=True)


def test_an_order_that_python_refuses_names_the_class(base: Any) -> None:
    with pytest.raises(InvalidRequestError, match=r"creating dataclass for 'Person'.*'name'"):

        class Person(base):
            __tablename__ = "person"
            id: Mapped[int] = mapped_column(primary_key=True, default=1)
            name: Mapped[str]


def test_fields_that_are_not_mapped_are_fields_all_the_same() -> None:
    @registry().mapped_as_dataclass
    class Person:
        __tablename__ = "person"
        id: Mapped[int] = mapped_column(init=False, primary_key=True)
        password: dataclasses.InitVar[str]
        hashed: Mapped[str] = mapped_column(init=False)
        note: str
        seen: int = 0

        def __post_init__(self, password: str) -> None:
            self.hashed = password[::-1]

    made: Any = Person
    person = made("abc", "n")
    assert (person.hashed, person.note, person.seen) == ("cba", "n", 0)
    assert made.__table__.c.keys() == ["id", "hashed"]


def test_the_decorator_makes_a_dataclass_without_a_base() -> None:
    mappings = registry()

    @mappings.mapped_as_dataclass(order=True)
    class Person:
        __tablename__ = "person"
        id: Mapped[int] = mapped_column(primary_key=True)

    made: Any = Person
    assert made(1) < made(2)


def test_options_for_dataclasses_elsewhere_are_refused() -> None:
    class Base(DeclarativeBase):
        pass

    with pytest.raises(ArgumentError, match=r"includes dataclasses argument\(s\): 'init'"):

        class Person(Base):
            __tablename__ = "person"
            id: Mapped[int] = mapped_column(primary_key=True, init=False)
