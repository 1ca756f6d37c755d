"""What the type checkers know of columns and tables."""

from __future__ import annotations

from typing import Any

from typing_extensions import assert_type

from toolkit import (
    ColumnElement,
    Insert,
    NotNullable,
    Nullable,
    Select,
    Subquery,
    insert,
    select,
)
from toolkit.orm import DeclarativeBase, Mapped, as_typed_table, mapped_column
from toolkit.schema import Column, ForeignKey, Identity, MetaData, Named, Table, TypedColumns
from toolkit.types import Boolean, Integer, String

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
assert_type(person, Table[PersonColumns])
assert_type(person.c, PersonColumns)
assert_type(person.c.id, Column[int])
assert_type(person.c.age, Column[int | None])
assert_type(select(person.c.id, person.c.name), Select[int, str])
assert_type(person.alias("p").c.name, Column[str])
assert_type(insert(person).values(name="x"), Insert)

# A table whose columns nobody has declared takes any name.
loose = Table("loose", MetaData(), Column("id", Integer))
assert_type(loose, Table)
anything = loose.c.anything


class Found(TypedColumns):
    number: Named[int]


assert_type(loose.with_cols(Found).c.number, Column[int])
found = select(person.c.id.label("number")).subquery()
assert_type(found.with_cols(Found), Subquery[Found])
assert_type(select(person.c.id.label("number")).cte().with_cols(Found).c.number, Column[int])
assert_type(found.with_cols(Found).alias().c.number, Column[int])

assert_type(Nullable(person.c.id), ColumnElement[int | None])
assert_type(NotNullable(person.c.age), ColumnElement[int])
assert_type(select(Nullable(person.c.id)), Select[int | None])


class Base(DeclarativeBase):
    """Classes that are mapped here."""


class Person(Base):
    """A mapped class whose table is known by its columns."""

    __tablename__ = "mapped_person"
    __typed_cols__: PersonColumns

    id: Mapped[int] = mapped_column(primary_key=True)


assert_type(as_typed_table(Person, PersonColumns).c.name, Column[str])
assert_type(as_typed_table(Person).c.name, Column[str])
