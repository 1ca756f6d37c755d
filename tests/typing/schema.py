"""What the type checkers know of columns and tables."""

from __future__ import annotations

from typing import Any

from typing_extensions import assert_type

from toolkit_core.schema import Column, ForeignKey, Identity, MetaData, Named, Table, TypedColumns
from toolkit_core.types import Boolean, Integer, String

assert_type(Column("id", Integer, primary_key=True), Column[int])
assert_type(Column("name", String(50)), Column[str])
assert_type(Column("done", Boolean()), Column[bool])
assert_type(Column(Integer, Identity()), Column[int])
assert_type(Column(name="x", type_=String), Column[str])

anything: Column[Any] = Column("x", ForeignKey("a.b"))


class PersonColumns(TypedColumns):
    id = Column(Integer, primary_key=True)
    name: Named[str]
    age: Named[int | None] = Column("user_age")
    code: Named[str] = Column(String(42))


assert_type(PersonColumns.id, Column[int])
assert_type(PersonColumns.name, Column[str])

person = Table("person", MetaData(), PersonColumns, Column("more", Integer), schema="shop")
assert_type(person, Table)
