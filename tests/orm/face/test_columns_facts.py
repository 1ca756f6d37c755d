"""What a column knows, its attribute tells."""

from __future__ import annotations

from toolkit import String
from toolkit.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Person(Base):
    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(
        String(20), default="a", unique=True, server_default="b", comment="its name"
    )


def test_an_attribute_tells_what_its_column_knows() -> None:
    column = Person.__table__.c.name
    attribute = Person.name
    assert attribute.default is column.default is not None
    assert attribute.server_default is column.server_default is not None
    assert (attribute.unique, attribute.comment, attribute.index) == (True, "its name", None)
    assert Person.id.autoincrement == column.autoincrement


def test_what_a_column_does_not_know_is_no_attribute() -> None:
    assert not hasattr(Person.name, "colour")
