"""What attributes of mapped classes are, to programs that ask."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from tests.orm.shop import Person
from toolkit import select
from toolkit.orm import (
    DeclarativeBase,
    InstrumentedAttribute,
    Mapped,
    QueryableAttribute,
    aliased,
    mapped_column,
    synonym,
)


@pytest.mark.parametrize("entity", [Person, aliased(Person)])
def test_columns_and_relationships_are_instrumented_attributes(entity: Any) -> None:
    for attribute in (entity.id, entity.name, entity.mails):
        assert isinstance(attribute, InstrumentedAttribute)
        assert isinstance(attribute, QueryableAttribute)
    assert not isinstance(Person.__table__.c.id, QueryableAttribute)


def test_a_synonym_is_an_attribute_that_can_be_queried() -> None:
    class Base(DeclarativeBase):
        pass

    class Named(Base):
        __tablename__ = "named"
        id: Mapped[int] = mapped_column(primary_key=True)
        number = synonym("id")

    assert isinstance(Named.number, QueryableAttribute)


def test_the_name_is_the_columns_and_the_key_the_attributes() -> None:
    class Base(DeclarativeBase):
        pass

    class Renamed(Base):
        __tablename__ = "renamed"
        id: Mapped[int] = mapped_column(primary_key=True)
        full: Mapped[str] = mapped_column("full_name")
        nick: Mapped[str] = synonym("full")

    other = aliased(Renamed)
    for attribute, key in ((Renamed.full, "full"), (Renamed.nick, "nick"), (other.full, "full")):
        assert (attribute.name, attribute.key) == ("full_name", key)
    assert (Renamed.id.name, Renamed.id.key) == ("id", "id")
    assert select(Renamed.full).subquery().c.keys() == ["full"]


def test_an_annotation_may_say_of_what() -> None:
    assert get_args(InstrumentedAttribute[int]) == (int,)
