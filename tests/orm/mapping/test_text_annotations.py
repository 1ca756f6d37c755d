"""Annotations that Python leaves as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.orm import Mapped, mapped_column, relationship
from toolkit.schema import ForeignKey

if TYPE_CHECKING:
    from elsewhere import Address  # type: ignore[import-not-found] # nobody imports it


def test_text_annotations_resolve(base: Any) -> None:
    class Person(base):
        __tablename__ = "person"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str | None]
        nick: Mapped[str | None]
        bare: Mapped[int]

    shown = [(column.name, column.nullable) for column in Person.__table__.c]
    assert shown == [("id", False), ("name", True), ("nick", True), ("bare", False)]


def test_targets_known_to_type_checkers_only_are_found_by_name(base: Any) -> None:
    class Person(base):
        __tablename__ = "person"
        id: Mapped[int] = mapped_column(primary_key=True)
        addresses: Mapped[list[Address]] = relationship(back_populates="person")
        best: Mapped[Address | None] = relationship(viewonly=True)

    class Address(base):
        __tablename__ = "address"
        id: Mapped[int] = mapped_column(primary_key=True)
        person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
        person: Mapped[Person] = relationship(back_populates="addresses")

    relationships = Person.__mapper__.relationships
    assert relationships.addresses.mapper.class_ is Address
    assert relationships.addresses.uselist
    assert relationships.best.uselist is False
    assert Address.__mapper__.relationships.person.mapper.class_ is Person


def test_names_of_the_function_around_are_known(base: Any) -> None:
    Number = int  # noqa: N806 - a type

    class Person(base):
        __tablename__ = "person"
        id: Mapped[Number] = mapped_column(primary_key=True)  # type: ignore[valid-type] # of here

    assert repr(Person.__table__.c.id.type) == "Integer()"
