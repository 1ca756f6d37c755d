"""``MetaData.reflect()``: which tables are made."""

from __future__ import annotations

import pytest

from toolkit_core.engine import Connection
from toolkit_core.errors import InvalidRequestError, SAWarning
from toolkit_core.schema import Column, MetaData
from toolkit_core.schema import Table as SchemaTable
from toolkit_core.types import Integer


def test_all_tables_are_made_and_views_if_wanted(connection: Connection) -> None:
    tables, all_of_it = MetaData(), MetaData()
    tables.reflect(connection)
    all_of_it.reflect(connection, views=True)
    assert sorted(tables.tables) == ["child", "parent"]
    assert sorted(all_of_it.tables) == ["child", "parent", "seen"]


def test_some_are_chosen_by_name_or_by_a_function(connection: Connection) -> None:
    named, chosen = MetaData(), MetaData()
    named.reflect(connection, only=["parent"])
    chosen.reflect(connection, only=lambda name, metadata: metadata is chosen and name < "d")
    assert sorted(named.tables) == ["parent"]
    # It brings along what it points to.
    assert sorted(chosen.tables) == ["child", "parent"]


def test_names_that_are_not_there_are_told_with_what_is_near(connection: Connection) -> None:
    metadata = MetaData()
    with pytest.raises(InvalidRequestError, match=r"not available in Engine.*: \(chld, no\)") as e:
        metadata.reflect(connection, only=["parent", "chld", "no"])
    assert "did you mean 'child'?" in str(e.value)
    assert not metadata.tables


def test_a_schema_is_part_of_the_names(connection: Connection) -> None:
    connection.exec_driver_sql("ATTACH DATABASE ':memory:' AS other")
    connection.exec_driver_sql("CREATE TABLE other.far (id INTEGER PRIMARY KEY)")
    connection.exec_driver_sql("CREATE TABLE other.near (far_id INTEGER REFERENCES far (id))")
    metadata, by_default = MetaData(), MetaData(schema="other")
    metadata.reflect(connection, schema="other")
    by_default.reflect(connection)
    for one in (metadata, by_default):
        assert sorted(one.tables) == ["other.far", "other.near"]
        (key,) = one.tables["other.near"].foreign_keys
        assert key.column is one.tables["other.far"].c.id


def test_tables_that_are_there_stay_unless_they_are_to_be_extended(
    connection: Connection,
) -> None:
    metadata = MetaData()
    there = SchemaTable("parent", metadata, Column("own", Integer))
    metadata.reflect(connection)
    assert there.c.keys() == ["own"]
    metadata.reflect(connection, extend_existing=True)
    assert there.c.keys() == ["own", "id", "name"]


def test_a_view_that_cannot_be_read_is_skipped_with_a_warning(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE VIEW broken AS SELECT * FROM absent")
    metadata = MetaData()
    with pytest.warns(SAWarning, match="Skipping table broken: no such table: main.absent"):
        metadata.reflect(connection, views=True)
    assert sorted(metadata.tables) == ["child", "parent", "seen"]


def test_a_map_of_schemas_is_heeded(connection: Connection) -> None:
    connection.exec_driver_sql("ATTACH DATABASE ':memory:' AS other")
    connection.exec_driver_sql("CREATE TABLE other.far (id INTEGER PRIMARY KEY)")
    mapped = connection.execution_options(schema_translate_map={"plain": "other"})
    far = SchemaTable("far", MetaData(), schema="plain", autoload_with=mapped)
    assert far.c.keys() == ["id"]
    assert far.schema == "plain"
