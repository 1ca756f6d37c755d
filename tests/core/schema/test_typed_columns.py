"""Columns declared in a class: names, types and nullability follow from the annotations."""

from __future__ import annotations

import pytest

from toolkit_core.errors import ArgumentError, InvalidRequestError
from toolkit_core.schema import Column, MetaData, Named, Table, TypedColumns
from toolkit_core.types import Integer, String


class WithId(TypedColumns):
    id = Column(Integer, primary_key=True)


class PeopleColumns(WithId):
    name: Named[str]
    age: Named[int | None] = Column("user_age")
    code: Named[str] = Column(String(42), nullable=True)
    plain: Column[int]


def test_columns_are_made_from_a_class() -> None:
    table = Table("people", MetaData(), PeopleColumns, Column("more", Integer))
    assert table.c.keys() == ["id", "name", "age", "code", "plain", "more"]
    assert table.c.age.name == "user_age"
    assert [column.nullable for column in table.c] == [False, False, True, True, False, True]
    assert isinstance(table.c.name.type, String)
    assert isinstance(table.c.plain.type, Integer)
    assert repr(table.c.code.type) == "String(length=42)"


def test_each_table_has_columns_of_its_own() -> None:
    one = Table("one", MetaData(), WithId)
    two = Table("two", MetaData(), WithId)
    assert one.c.id is not two.c.id
    assert WithId.id.table is None


def test_the_nearest_class_says_all_of_a_name() -> None:
    class Other(WithId):
        id: Named[str]  # type: ignore[assignment]

    assert isinstance(Table("t", MetaData(), Other).c.id.type, String)


class Odd(TypedColumns):
    thing: Named[object]


class Wrong(TypedColumns):
    thing = 5


def test_what_has_no_type_is_named() -> None:
    with pytest.raises(ArgumentError, match=r"SQL type for type <class 'object'>.*'Odd.thing'"):
        Table("t", MetaData(), Odd)


def test_what_is_no_column_is_named() -> None:
    with pytest.raises(
        ArgumentError, match=r"'Wrong.thing'. Expected a Column, not: <class 'int'>"
    ):
        Table("t", MetaData(), Wrong)


def test_the_class_is_never_instantiated() -> None:
    with pytest.raises(InvalidRequestError, match="Cannot instantiate"):
        WithId()


@pytest.mark.parametrize("future", ["", "from __future__ import annotations"])
def test_columns_are_the_same_with_and_without_the_future_import(future: str) -> None:
    scope = dict(globals())
    text = f"""{future}
class Columns(TypedColumns):
    id = Column(primary_key=True)
    name: Named[str | None]
    rank: Named[int]
"""
    exec(compile(text, "<columns>", "exec", dont_inherit=True), scope)
    table = Table("t", MetaData(), scope["Columns"])
    assert [(one.name, one.nullable) for one in table.c][1:] == [("name", True), ("rank", False)]


def test_an_annotation_that_nobody_understands_is_refused() -> None:
    class Unknown(TypedColumns):
        name: "Named[Nowhere]"  # type: ignore[name-defined] # noqa: F821, UP037 # it is nowhere

    with pytest.raises(ArgumentError, match=r"annotations of Unknown: .*'Nowhere'"):
        Table("t", MetaData(), Unknown)
