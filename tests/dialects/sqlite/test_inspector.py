"""What only SQLite's catalogue has: attached files, odd types, implied targets."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from toolkit_core.engine import Connection, create_engine
from toolkit_core.errors import SAWarning
from toolkit_core.inspectable import inspect
from toolkit_sqlite.inspector.types import type_named


@pytest.fixture
def connection() -> Iterator[Connection]:
    with create_engine("sqlite://").connect() as connection:
        yield connection


@pytest.mark.parametrize(
    ("declared", "shown"),
    [
        ("BIGINT", "BIGINT()"),
        ("bool", "BOOLEAN()"),
        ("CHARACTER(20)", "TEXT(length=20)"),
        ("DATETIME_CHAR", "DATETIME()"),
        ("DECIMAL(3, 4)", "DECIMAL(precision=3, scale=4)"),
        ("DOUBLE PRECISION", "REAL()"),
        ("UNSIGNED BIG INT", "INTEGER()"),
        ("FLOATING POINT", "INTEGER()"),
        ("NVARCHAR(3)", "NVARCHAR(length=3)"),
        ("BIG BLOB", "NullType()"),
        ("", "NullType()"),
        ("odd type", "NUMERIC()"),
    ],
)
def test_a_declared_type_is_read_by_its_name_or_its_affinity(declared: str, shown: str) -> None:
    assert repr(type_named(declared)) == shown


def test_numbers_that_a_type_does_not_take_are_left_out_with_a_warning() -> None:
    with pytest.warns(SAWarning, match="Could not instantiate type INTEGER"):
        assert repr(type_named("INTEGER(11)")) == "INTEGER()"


def test_computed_columns_have_their_expressions(connection: Connection) -> None:
    connection.exec_driver_sql(
        "CREATE TABLE t (a INT, b INT AS (a + 1) STORED, c INT AS (a * ')'))"
    )
    a, b, c = inspect(connection).get_columns("t")
    assert "computed" not in a
    assert b["computed"] == {"sqltext": "a + 1", "persisted": True}
    assert c["computed"] == {"sqltext": "a * ')'", "persisted": False}


def test_a_foreign_key_that_names_no_column_points_to_the_primary_key(
    connection: Connection,
) -> None:
    connection.exec_driver_sql("CREATE TABLE Pair (a INT, b INT, PRIMARY KEY (b, a))")
    connection.exec_driver_sql("CREATE TABLE t (x INT, y INT, FOREIGN KEY (x, y) REFERENCES pair)")
    (key,) = inspect(connection).get_foreign_keys("t")
    assert key["referred_columns"] == ["b", "a"]


def test_many_foreign_keys_keep_their_own_names(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE p (id INTEGER PRIMARY KEY)")
    connection.exec_driver_sql(
        "CREATE TABLE t (a INT CONSTRAINT one REFERENCES p ON DELETE CASCADE, b INT REFERENCES p, "
        "c INT, CONSTRAINT three FOREIGN KEY (c) REFERENCES p (id) ON UPDATE SET NULL)"
    )
    keys = inspect(connection).get_foreign_keys("t")
    said = {one["constrained_columns"][0]: (one["name"], one["options"]) for one in keys}
    assert said == {
        "a": ("one", {"ondelete": "CASCADE"}),
        "b": (None, {}),
        "c": ("three", {"onupdate": "SET NULL"}),
    }


def test_indexes_of_constraints_are_shown_if_asked_for(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE t (a INT UNIQUE)")
    inspector = inspect(connection)
    assert inspector.get_indexes("t") == []
    (index,) = inspector.get_indexes("t", include_auto_indexes=True)
    assert (index["name"], index["unique"]) == ("sqlite_autoindex_t_1", True)


def test_own_tables_of_sqlite_are_shown_if_asked_for(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT)")
    inspector = inspect(connection)
    assert inspector.get_table_names() == ["t"]
    assert inspector.get_table_names(sqlite_include_internal=True) == ["sqlite_sequence", "t"]


def test_attached_databases_are_schemas(connection: Connection) -> None:
    connection.exec_driver_sql('ATTACH DATABASE \':memory:\' AS "o\'dd ""one"')
    connection.exec_driver_sql("CREATE TEMP TABLE passing (a INT)")
    schema = "o'dd \"one"
    connection.exec_driver_sql('CREATE TABLE "o\'dd ""one".t (a INT UNIQUE REFERENCES t)')
    inspector = inspect(connection)
    assert inspector.get_schema_names() == ["main", schema]
    assert inspector.get_table_names(schema) == ["t"]
    assert inspector.has_schema(schema)
    (key,) = inspector.get_foreign_keys("t", schema)
    assert key["referred_schema"] == schema
    assert inspector.get_unique_constraints("t", schema) == [{"name": None, "column_names": ["a"]}]


def test_hidden_columns_of_virtual_tables_stay_hidden(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE VIRTUAL TABLE words USING fts4(body)")
    assert [one["name"] for one in inspect(connection).get_columns("words")] == ["body"]
