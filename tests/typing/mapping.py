"""What type checkers see of mapped classes; read by mypy and pyright, never run."""

from typing_extensions import assert_type

from toolkit import ForeignKey, func
from toolkit.orm import (
    DeclarativeBase,
    InstrumentedAttribute,
    Mapped,
    MappedAsDataclass,
    Mapper,
    column_property,
    declared_attr,
    mapped_column,
    registry,
    relationship,
    synonym,
)
from toolkit.sql import ColumnElement


class Base(DeclarativeBase):
    pass


class HasKey:
    id: Mapped[int] = mapped_column(primary_key=True)

    @declared_attr
    def owner_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("person.id"))

    @declared_attr.directive
    def __tablename__(cls) -> str:
        return "thing"


class Person(Base):
    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    nick: Mapped[str | None]
    loud: Mapped[str] = column_property(func.upper("name"))
    alias: Mapped[str] = synonym("name")
    addresses: Mapped[list["Address"]] = relationship(back_populates="person")


class Address(Base):
    __tablename__ = "address"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    person: Mapped[Person] = relationship(back_populates="addresses")


class Thing(HasKey, Base):
    weight: Mapped[float]


def attributes_are_values_on_objects(person: Person, address: Address, thing: Thing) -> None:
    assert_type(person.id, int)
    assert_type(person.name, str)
    assert_type(person.nick, str | None)
    assert_type(person.loud, str)
    assert_type(person.alias, str)
    assert_type(person.addresses, list[Address])
    assert_type(address.person, Person)
    assert_type(thing.owner_id, int)
    person.name = "a"
    person.nick = None
    address.person = person


def attributes_are_expressions_on_classes() -> None:
    assert_type(Person.name, InstrumentedAttribute[str])
    assert_type(Person.nick, InstrumentedAttribute[str | None])
    assert_type(Thing.owner_id, InstrumentedAttribute[int])
    assert_type(Person.name == "a", ColumnElement[bool])
    assert_type(Person.id + 1, ColumnElement[int])


def declarative_classes_know_their_mapping() -> None:
    assert_type(Person.__mapper__, Mapper)
    assert_type(Person.registry, registry)
    assert_type(Person(name="a"), Person)


class DataBase(MappedAsDataclass, DeclarativeBase):
    pass


class Pet(DataBase):
    __tablename__ = "pet"
    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    name: Mapped[str]
    age: Mapped[int] = mapped_column(default=0)


def dataclasses_have_their_constructor() -> None:
    assert_type(Pet("a", 5), Pet)
    assert_type(Pet(name="a").age, int)


mappings = registry()


@mappings.mapped_as_dataclass
class Plain:
    __tablename__ = "plain"
    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    name: Mapped[str]


def decorated_classes_are_what_they_were(plain: Plain) -> None:
    assert_type(plain.name, str)
