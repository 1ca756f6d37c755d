"""``Table(autoload_with=…)``: what is read, what is overridden, and who is told."""

from __future__ import annotations

from typing import Any

import pytest

from toolkit_core.engine import Connection
from toolkit_core.errors import ArgumentError, InvalidRequestError, NoInspectionAvailable
from toolkit_core.errors import NoSuchTableError as Missing
from toolkit_core.events import listen
from toolkit_core.inspectable import inspect
from toolkit_core.schema import CheckConstraint, Column, ForeignKey, MetaData, Table
from toolkit_core.types import Integer, String


def test_columns_constraints_and_indexes_are_read(connection: Connection) -> None:
    child = Table("child", MetaData(), autoload_with=connection)
    assert [(one.name, str(one.type)) for one in child.c] == [
        ("id", "INTEGER"),
        ("code", "TEXT"),
        ("parent_id", "INTEGER"),
    ]
    assert child.primary_key.columns.keys() == ["id"]
    (key,) = child.foreign_key_constraints
    assert (key.name, key.ondelete, key.column_keys) == ("fk_parent", "CASCADE", ["parent_id"])
    assert key.referred_table.name == "parent"
    (index,) = child.indexes
    assert [str(one) for one in index.expressions] == ["lower(code)", "child.id DESC"]
    assert str(index.dialect_options["sqlite"]["where"]) == "code <> ':x'"
    names: dict[Any, Any] = {one.name: one for one in child.constraints}
    assert str(names["ck_code"].sqltext) == "code <> 'a:b'"
    assert names["uq_code"].columns.keys() == ["code"]


def test_a_default_is_sql_whatever_is_in_it(connection: Connection) -> None:
    default = Table("parent", MetaData(), autoload_with=connection).c.name.server_default
    assert default.reflected
    assert str(default.arg) == "'a:b'"


def test_tables_that_are_pointed_to_come_along(connection: Connection) -> None:
    metadata, alone = MetaData(), MetaData()
    Table("child", metadata, autoload_with=connection)
    Table("child", alone, autoload_with=connection, resolve_fks=False)
    assert sorted(metadata.tables) == ["child", "parent"]
    assert sorted(alone.tables) == ["child"]


def test_a_column_that_is_given_replaces_the_one_that_is_read(connection: Connection) -> None:
    metadata = MetaData()
    child = Table(
        "child",
        metadata,
        Column("code", String(5), key="short"),
        Column("parent_id", Integer, ForeignKey("other.id")),
        Column("more", Integer),
        autoload_with=connection,
        resolve_fks=False,
    )
    assert child.c.keys() == ["id", "short", "parent_id", "more"]
    assert [one.target_fullname for one in child.foreign_keys] == ["other.id"]
    assert "more" in child.c


def test_a_column_of_the_key_may_be_given_another_key(connection: Connection) -> None:
    parent = Table(
        "parent",
        MetaData(),
        Column("id", Integer, primary_key=True, key="number"),
        autoload_with=connection,
    )
    assert parent.c.keys() == ["number", "name"]
    assert list(parent.primary_key.columns) == [parent.c.number]


def test_a_key_is_not_overridden_by_a_column_that_is_none(connection: Connection) -> None:
    with pytest.raises(ArgumentError, match="redefine primary-key column 'id'"):
        Table("parent", MetaData(), Column("id", String), autoload_with=connection)


def test_only_some_columns_are_read(connection: Connection) -> None:
    child = Table("child", MetaData(), autoload_with=connection, include_columns=["id", "nothing"])
    assert child.c.keys() == ["id"]
    assert not child.foreign_keys
    assert not child.indexes


@pytest.mark.parametrize(("replace", "kind"), [(True, "VARCHAR(30)"), (False, "INTEGER")])
def test_a_table_that_is_there_is_extended(
    connection: Connection, replace: bool, kind: str
) -> None:
    metadata = MetaData()
    there = Table("parent", metadata, Column("name", Integer), Column("own", Integer))
    again = Table(
        "parent",
        metadata,
        autoload_with=connection,
        extend_existing=True,
        autoload_replace=replace,
    )
    assert again is there
    assert sorted(there.c.keys()) == ["id", "name", "own"]
    assert str(there.c.name.type) == kind


def test_a_table_that_is_there_is_not_read_anew(connection: Connection) -> None:
    metadata = MetaData()
    there = Table("parent", metadata, Column("own", Integer))
    assert Table("parent", metadata, autoload_with=connection) is there
    assert Table("parent", metadata, autoload_with=connection, keep_existing=True) is there
    assert there.c.keys() == ["own"]


def test_a_table_that_is_not_there_is_not_made(connection: Connection) -> None:
    metadata = MetaData()
    with pytest.raises(Missing, match="chiild"):
        Table("chiild", metadata, autoload_with=connection)
    assert not metadata.tables


def test_what_cannot_be_read_from_is_refused() -> None:
    with pytest.raises(NoInspectionAvailable):
        Table("t", MetaData(), autoload_with=5)
    with pytest.raises(ArgumentError, match="takes an engine, a connection or an Inspector"):
        Table("t", MetaData(), autoload_with=MetaData())


def test_listeners_may_change_name_key_and_type(connection: Connection) -> None:
    heard: list[tuple[str, str]] = []

    def change(inspector: Any, table: Table, info: dict[str, Any]) -> None:
        heard.append((table.name, info["name"]))
        info["key"] = info["name"].upper()
        info["type"] = String()

    child = Table(
        "child",
        MetaData(),
        autoload_with=connection,
        resolve_fks=False,
        listeners=[("column_reflect", change)],
    )
    assert heard == [("child", "id"), ("child", "code"), ("child", "parent_id")]
    assert child.c.keys() == ["ID", "CODE", "PARENT_ID"]
    assert child.primary_key.columns.keys() == ["ID"]
    assert all(isinstance(one.type, String) for one in child.c)


def test_listeners_of_the_metadata_hear_of_all_tables(connection: Connection) -> None:
    metadata = MetaData()
    heard: list[str] = []
    listen(metadata, "column_reflect", lambda i, table, info: heard.append(table.name))
    inspector = inspect(connection)
    Table("child", metadata, autoload_with=inspector)
    assert heard == ["child"] * 3 + ["parent"] * 2
    # What a listener changes is not what the Inspector keeps.
    assert "key" not in inspector.get_columns("parent")[0]


def test_keys_that_differ_from_names_do_not_break_foreign_keys(connection: Connection) -> None:
    metadata = MetaData()

    def change(inspector: Any, table: Table, info: dict[str, Any]) -> None:
        info["key"] = f"key_of_{info['name']}"

    listen(metadata, "column_reflect", change)
    child = Table("child", metadata, autoload_with=connection)
    (key,) = child.foreign_keys
    assert key.column is metadata.tables["parent"].c.key_of_id


def test_reflect_table_fills_a_table_that_is_there(connection: Connection) -> None:
    table = Table("parent", MetaData())
    inspect(connection).reflect_table(table, None)
    assert table.c.keys() == ["id", "name"]


def test_a_reflected_table_can_be_created_elsewhere(connection: Connection) -> None:
    metadata = MetaData()
    child = Table("child", metadata, autoload_with=connection)
    connection.exec_driver_sql("ATTACH DATABASE ':memory:' AS elsewhere")
    copies = MetaData()
    for table in metadata.sorted_tables:
        table.to_metadata(copies, schema="elsewhere")
    copies.create_all(connection)
    again = Table("child", MetaData(), schema="elsewhere", autoload_with=connection)
    assert again.c.keys() == child.c.keys()
    assert {one.name for one in again.indexes} == {"ix_low"}
    checks = [one for one in again.constraints if isinstance(one, CheckConstraint)]
    assert [str(one.sqltext) for one in checks] == ["code <> 'a:b'"]


def test_a_reflected_table_can_be_used_at_once(connection: Connection) -> None:
    parent = Table("parent", MetaData(), autoload_with=connection)
    connection.execute(parent.insert(), {"id": 1})
    assert connection.execute(parent.select()).one() == (1, "a:b")


def test_must_exist_and_autoload_with_do_not_meet(connection: Connection) -> None:
    with pytest.raises(InvalidRequestError, match="not defined"):
        Table("parent", MetaData(), autoload_with=connection, must_exist=True)
