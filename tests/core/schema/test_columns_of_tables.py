"""The collection of columns: like a mapping, like a sequence, and read only."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from toolkit_core.errors import ArgumentError
from toolkit_core.expression.column_collection import ColumnCollection
from toolkit_core.schema import Column, MetaData, Table
from toolkit_core.types import Integer


def table() -> Table:
    return Table(
        "t",
        MetaData(),
        *[Column(name, Integer) for name in ("id", "name", "values", "_pairs", "a b")],
    )


def test_columns_are_had_by_attribute_key_and_position() -> None:
    c = table().c
    assert c.id is c["id"] is c[0]
    assert c["a b"] is c[-1]
    assert c.get("missing") is None
    assert c["id", "name"].keys() == ["id", "name"]
    assert c[1:3].keys() == ["name", "values"]


def test_columns_named_like_methods_are_had_by_key() -> None:
    c = table().c
    assert callable(c.values)
    assert c["values"].name == "values"
    assert c["_pairs"].name == "_pairs"
    assert len(c.values()) == 5


def test_order_length_and_containment() -> None:
    c = table().c
    assert c.keys() == [column.key for column in c] == ["id", "name", "values", "_pairs", "a b"]
    assert c.items()[0] == ("id", c.id)
    assert len(c) == 5
    assert "id" in c
    assert "x" not in c
    assert c.contains_column(c.id)
    assert not c.contains_column(Column("id", Integer))
    assert c.corresponding_column(c.id) is c.id
    assert c.corresponding_column(Column("id", Integer)) is None
    assert c.as_readonly() is c
    assert bool(ColumnCollection()) is True


def test_wrong_keys_name_the_nearest() -> None:
    c = table().c
    with pytest.raises(AttributeError, match="no column 'nam'; did you mean 'name'"):
        c.nam  # noqa: B018 - reading it is what fails
    with pytest.raises(KeyError, match="'nam'; did you mean 'name'") as caught:
        c["nam"]
    assert caught.value.args == ("nam",)
    with pytest.raises(IndexError, match="7; there are 5 columns"):
        c[7]


def test_what_is_no_name_is_refused_where_a_name_belongs() -> None:
    c = table().c
    with pytest.raises(ArgumentError, match="requires a string"):
        c.id in c  # noqa: B015 - asking is what fails
    with pytest.raises(ArgumentError, match="cannot be used with string arguments"):
        c.contains_column("id")


@pytest.mark.parametrize(
    "change",
    [
        lambda c: setattr(c, "x", 1),
        lambda c: delattr(c, "id"),
        lambda c: c.__setitem__("x", 1),
        lambda c: c.__delitem__("id"),
    ],
)
def test_only_the_table_changes_it(change: Any) -> None:
    with pytest.raises(TypeError, match="immutable and/or readonly"):
        change(table().c)


def test_a_key_that_is_there_twice_gives_the_first() -> None:
    one, two = Column("x", Integer), Column("x", Integer)
    collection = ColumnCollection([("x", one), ("x", two)])
    assert collection.x is collection["x"] is one
    assert collection.values()[1] is two


def test_collections_are_compared_by_what_is_in_them() -> None:
    c = table().c
    assert c == ColumnCollection(c.items())
    assert c != ColumnCollection(c.items()[:-1])
    assert c.compare(c)


def test_a_collection_is_pickled_with_its_columns() -> None:
    c = pickle.loads(pickle.dumps(table())).c
    assert c.keys() == ["id", "name", "values", "_pairs", "a b"]
    assert c.id is c["id"]
