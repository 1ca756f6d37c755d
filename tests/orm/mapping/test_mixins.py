"""Mixins, and attributes that are worked out per class."""

from typing import Any

import pytest

from toolkit.exc import InvalidRequestError
from toolkit.orm import (
    Mapped,
    declarative_mixin,
    declared_attr,
    has_inherited_table,
    mapped_column,
    relationship,
)
from toolkit.schema import Column, ForeignKey
from toolkit.types import Integer, String


def test_columns_of_mixins_are_copied(base: Any) -> None:
    @declarative_mixin
    class Stamped:
        id: Mapped[int] = mapped_column(primary_key=True)
        created = Column(String(9))

    class One(Stamped, base):
        __tablename__ = "one"

    class Two(Stamped, base):
        __tablename__ = "two"

    assert One.__table__.c.keys() == Two.__table__.c.keys() == ["id", "created"]
    assert One.created.expression is not Two.created.expression


def test_declared_attributes_are_made_for_each_class(base: Any) -> None:
    class Owned:
        @declared_attr.directive
        def __tablename__(cls: Any) -> str:
            return str(cls.__name__).lower()  # type: ignore[attr-defined] # it gets the class

        @declared_attr
        def owner_id(cls: Any) -> Mapped[int]:
            return mapped_column(ForeignKey("owner.id"))

        @declared_attr
        def owner(cls: Any) -> Mapped["Owner"]:
            return relationship(foreign_keys=lambda: [cls.owner_id])

    class Owner(base):
        __tablename__ = "owner"
        id: Mapped[int] = mapped_column(primary_key=True)

    class Car(Owned, base):
        id: Mapped[int] = mapped_column(primary_key=True)

    class Boat(Owned, base):
        id: Mapped[int] = mapped_column(primary_key=True)

    for cls in (Car, Boat):
        assert cls.__table__.name == cls.__name__.lower()
        assert cls.__mapper__.relationships.owner.mapper.class_ is Owner
        assert cls.__table__.c.owner_id.foreign_keys


def test_mapper_arguments_of_a_mixin_see_the_columns_of_the_class(base: Any) -> None:
    class Versioned:
        @declared_attr
        def version(cls: Any) -> Mapped[int]:
            return mapped_column()

        @declared_attr.directive
        def __mapper_args__(cls: Any) -> dict[str, Any]:
            return {"version_id_col": cls.version}

    class Person(Versioned, base):
        __tablename__ = "person"
        id: Mapped[int] = mapped_column(primary_key=True)

    assert Person.__mapper__.version_id_col is Person.__table__.c.version


def test_a_table_name_from_a_mixin_may_leave_subclasses_without_table(base: Any) -> None:
    class Named:
        @declared_attr.directive
        def __tablename__(cls: Any) -> str | None:
            return None if has_inherited_table(cls) else cls.__name__.lower()

    class Person(Named, base):
        id: Mapped[int] = mapped_column(primary_key=True)
        kind: Mapped[str]
        __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "p"}

    class Boss(Person):
        __mapper_args__ = {"polymorphic_identity": "b"}

    assert Boss.__table__ is Person.__table__
    assert Boss.__mapper__.single


def test_cascading_attributes_are_made_for_subclasses_too(base: Any) -> None:
    class HasKey:
        @declared_attr.cascading
        def id(cls: Any) -> Mapped[int]:
            if has_inherited_table(cls):
                return mapped_column(ForeignKey("person.id"), primary_key=True)
            return mapped_column(Integer, primary_key=True)

    class Person(HasKey, base):
        __tablename__ = "person"

    class Boss(Person):
        __tablename__ = "boss"

    assert Boss.__table__.c.id.references(Person.__table__.c.id)
    assert Boss.__mapper__.column_attrs.id.columns == [Boss.__table__.c.id, Person.__table__.c.id]


def test_what_the_class_says_itself_wins_over_its_mixin(base: Any) -> None:
    class Named:
        name: Mapped[str] = mapped_column(String(5))

    class Person(Named, base):
        __tablename__ = "person"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str] = mapped_column(String(50))

    assert Person.__table__.c.name.type.length == 50


def test_a_class_may_annotate_what_its_mixin_declares(base: Any) -> None:
    class Named:
        name = mapped_column(String(4))

    class Person(Named, base):
        __tablename__ = "person"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]

    column = Person.__table__.c.name
    assert (column.type.length, column.nullable) == (4, False)


def test_relationships_on_mixins_must_be_declared_attributes(base: Any) -> None:
    class Owned:
        owner: Mapped["Person"] = relationship()

    with pytest.raises(InvalidRequestError, match="must be declared as @declared_attr") as caught:

        class Person(Owned, base):
            __tablename__ = "person"
            id: Mapped[int] = mapped_column(primary_key=True)

    assert "def owner(cls), in Owned" in str(caught.value.hint)


def test_a_declared_attribute_read_off_a_mixin_is_warned_of() -> None:
    class Owned:
        @declared_attr
        def owner_id(cls: Any) -> Mapped[int]:
            return mapped_column(Integer)

    with pytest.warns(match="Unmanaged access of declarative attribute owner_id"):
        assert Owned.owner_id is not None
