"""What attributes of mapped classes are, to programs that ask."""

from __future__ import annotations

from typing import Any

import pytest

from tests.orm.shop import Person
from toolkit.orm import (
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


def test_a_synonym_is_an_attribute_that_can_be_queried(base: Any) -> None:
    class Named(base):
        __tablename__ = "named"
        id: Mapped[int] = mapped_column(primary_key=True)
        number = synonym("id")

    assert isinstance(Named.number, QueryableAttribute)


def test_an_annotation_may_say_of_what() -> None:
    assert InstrumentedAttribute[int].__args__ == (int,)
