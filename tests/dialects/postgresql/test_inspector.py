"""What only PostgreSQL's catalogue has; the expectations are what SQLAlchemy says of the same."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from tests.containers.backend import Backend
from toolkit_core.engine import Connection, create_engine
from toolkit_core.errors import SAWarning
from toolkit_core.inspectable import inspect

pytestmark = pytest.mark.backend("postgresql")

STATEMENTS = """
CREATE SCHEMA "{far}";
CREATE TYPE mood AS ENUM ('sad', 'ok', 'it''s');
CREATE TYPE "{far}".other_mood AS ENUM ('a');
CREATE DOMAIN positive AS int CONSTRAINT pos CHECK (value > 0) NOT NULL DEFAULT 5;
CREATE TABLE parent (id serial PRIMARY KEY, name varchar(30) NOT NULL DEFAULT 'a:b',
    always int GENERATED ALWAYS AS IDENTITY (START 5 INCREMENT 3 MINVALUE 2 MAXVALUE 99 CYCLE),
    twice int GENERATED ALWAYS AS (length(name) * 2) STORED, feeling mood, p positive);
COMMENT ON TABLE parent IS 'the parent';
COMMENT ON COLUMN parent.name IS 'its name';
CREATE TABLE child (a int, b int, parent_id int,
    CONSTRAINT pk_child PRIMARY KEY (b, a) INCLUDE (parent_id),
    CONSTRAINT fk_parent FOREIGN KEY (parent_id) REFERENCES parent (id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_a CHECK (a > 0) NO INHERIT,
    CONSTRAINT uq_ab UNIQUE (a, b));
COMMENT ON CONSTRAINT ck_a ON child IS 'positive';
CREATE UNIQUE INDEX ux_some ON child (parent_id, a DESC NULLS LAST) INCLUDE (b) WHERE a > 3;
CREATE INDEX ix_low ON parent USING btree (lower(name), id NULLS FIRST) WITH (fillfactor = 50);
CREATE INDEX ix_ops ON parent (name varchar_pattern_ops);
CREATE TABLE "{far}".away (id int PRIMARY KEY, parent_id int REFERENCES parent (id));
CREATE TABLE points_away (id int REFERENCES "{far}".away (id));
CREATE MATERIALIZED VIEW kept AS SELECT id FROM parent;
CREATE VIEW seen AS SELECT id FROM parent;
CREATE TABLE without_columns ();
CREATE TEMP TABLE passing (id int)
"""


@pytest.fixture
def far() -> str:
    """The name of a second schema."""
    return f"Far away {os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"


@pytest.fixture
def connection(backend: Backend, far: str) -> Iterator[Connection]:
    """A connection to a database with all that, in a transaction that is rolled back."""
    engine = create_engine(backend.url)
    with engine.connect() as connection:
        for statement in STATEMENTS.format(far=far).split(";"):
            connection.exec_driver_sql(statement)
        yield connection
        connection.rollback()
    engine.dispose()


def test_lists_tell_kinds_and_scopes_apart(connection: Connection, far: str) -> None:
    inspector = inspect(connection)
    assert {"parent", "child", "without_columns"} <= set(inspector.get_table_names())
    assert "passing" not in inspector.get_table_names()
    assert inspector.get_temp_table_names() == ["passing"]
    assert inspector.get_view_names() == ["seen"]
    assert inspector.get_materialized_view_names() == ["kept"]
    assert inspector.get_table_names(far) == ["away"]
    assert far in inspector.get_schema_names()
    assert {"parent_id_seq", "parent_always_seq"} <= set(inspector.get_sequence_names())
    assert inspector.has_table("passing")
    assert inspector.has_table("kept")
    assert not inspector.has_table("pg_class")
    assert inspector.get_columns("without_columns") == []


def test_columns_have_comments_identities_and_expressions(connection: Connection) -> None:
    columns = {one["name"]: one for one in inspect(connection).get_columns("parent")}
    assert columns["id"]["autoincrement"] is True
    assert columns["id"]["default"] == "nextval('parent_id_seq'::regclass)"
    assert columns["name"]["comment"] == "its name"
    assert columns["name"]["default"] == "'a:b'::character varying"
    assert columns["always"]["identity"] == {
        "always": True,
        "start": 5,
        "increment": 3,
        "minvalue": 2,
        "maxvalue": 99,
        "cache": 1,
        "cycle": True,
    }
    assert columns["twice"]["computed"] == {
        "sqltext": "(length((name)::text) * 2)",
        "persisted": True,
    }
    assert (columns["p"]["default"], columns["p"]["nullable"]) == ("5", False)


def test_constraints_have_their_options_and_comments(connection: Connection) -> None:
    inspector = inspect(connection)
    assert inspector.get_pk_constraint("child") == {
        "name": "pk_child",
        "constrained_columns": ["b", "a"],
        "comment": None,
        "dialect_options": {"postgresql_include": ["parent_id"]},
    }
    assert inspector.get_check_constraints("child") == [
        {
            "name": "ck_a",
            "sqltext": "a > 0",
            "comment": "positive",
            "dialect_options": {"no_inherit": True},
        }
    ]
    (unique,) = inspector.get_unique_constraints("child")
    assert (unique["name"], unique["column_names"]) == ("uq_ab", ["a", "b"])
    (key,) = inspector.get_foreign_keys("child")
    assert key["options"] == {"ondelete": "CASCADE", "deferrable": True, "initially": "DEFERRED"}
    assert inspector.get_table_comment("parent") == {"text": "the parent"}


def test_indexes_have_expressions_sorting_and_options(connection: Connection) -> None:
    inspector = inspect(connection)
    child = {one["name"]: one for one in inspector.get_indexes("child")}
    assert child["uq_ab"]["duplicates_constraint"] == "uq_ab"
    some = child["ux_some"]
    assert some["column_sorting"] == {"a": ("desc", "nulls_last")}
    assert some["dialect_options"] == {
        "postgresql_include": ["b"],
        "postgresql_where": "(a > 3)",
    }
    parent = {one["name"]: one for one in inspector.get_indexes("parent")}
    low = parent["ix_low"]
    assert low["column_names"] == [None, "id"]
    assert low["expressions"] == ["lower(name::text)", "id"]
    assert low["dialect_options"]["postgresql_with"] == {"fillfactor": "50"}
    assert parent["ix_ops"]["dialect_options"]["postgresql_ops"] == {"name": "varchar_pattern_ops"}


def test_the_search_path_decides_which_schemas_are_named(connection: Connection, far: str) -> None:
    def schema_of(table: str, schema: str | None = None, **options: Any) -> str | None:
        (key,) = inspect(connection).get_foreign_keys(table, schema, **options)
        found: str | None = key["referred_schema"]
        return found

    assert schema_of("child") is None
    assert schema_of("points_away") == far
    assert schema_of("away", far) is None
    assert schema_of("child", "public") == "public"
    connection.exec_driver_sql(f'SET LOCAL search_path TO public, "{far}"')
    assert schema_of("points_away") is None
    assert schema_of("points_away", postgresql_ignore_search_path=True) == far


def test_enums_and_domains_are_told_with_their_schemas(connection: Connection, far: str) -> None:
    inspector: Any = inspect(connection)
    assert inspector.get_enums() == [
        {"name": "mood", "schema": "public", "visible": True, "labels": ["sad", "ok", "it's"]}
    ]
    assert [one["name"] for one in inspector.get_enums("*")] == ["other_mood", "mood"]
    (domain,) = inspector.get_domains()
    assert domain == {
        "name": "positive",
        "schema": "public",
        "visible": True,
        "type": "integer",
        "nullable": False,
        "default": "5",
        "constraints": [{"name": "pos", "check": "VALUE > 0"}],
        "collation": None,
        "collation_schema": None,
    }
    assert inspector.has_type("mood")
    assert not inspector.has_type("other_mood")
    assert inspector.has_type("other_mood", far)
    assert inspector.get_foreign_table_names() == []
    oid = connection.exec_driver_sql("SELECT 'child'::regclass::oid").scalar()
    assert inspector.get_table_oid("child") == oid


@pytest.mark.parametrize(
    ("declared", "shown"),
    [
        ("numeric(10, 2)", "NUMERIC(precision=10, scale=2)"),
        ("double precision", "DOUBLE_PRECISION(precision=53)"),
        ("char", "CHAR(length=1)"),
        ('text collate "C"', "TEXT(collation='C')"),
        ("timestamp", "TIMESTAMP()"),
        ("timestamptz(3)", "TIMESTAMP(timezone=True, precision=3)"),
        ("time(2) with time zone", "TIME(timezone=True, precision=2)"),
        ("interval day to second(3)", "INTERVAL(precision=3, fields='day to second')"),
        ("bit varying(7)", "BIT(length=7, varying=True)"),
        ("varchar(5)[][]", "ARRAY(VARCHAR(length=5))"),
        ("mood[]", "ARRAY(ENUM('sad', 'ok', \"it's\", name='mood'))"),
        ("positive", "DOMAIN('positive', INTEGER())"),
        ("jsonb", "JSONB()"),
        ("uuid", "UUID()"),
        ("int4range", "INT4RANGE()"),
        ("tsvector", "TSVECTOR()"),
        ("macaddr8", "MACADDR8()"),
    ],
)
def test_types_are_read_as_they_were_declared(
    connection: Connection, declared: str, shown: str
) -> None:
    connection.exec_driver_sql(f"CREATE TABLE one_type (x {declared})")
    (column,) = inspect(connection).get_columns("one_type")
    assert repr(column["type"]) == shown


def test_a_type_that_nobody_knows_is_none_with_a_warning(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE one_type (x point)")
    with pytest.warns(SAWarning, match="Did not recognize type 'point' of column 'x'"):
        (column,) = inspect(connection).get_columns("one_type")
    assert repr(column["type"]) == "NullType()"


def test_partitions_and_parameters_are_options_of_tables(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE whole (k int) PARTITION BY RANGE (k)")
    connection.exec_driver_sql("CREATE TABLE part PARTITION OF whole FOR VALUES FROM (0) TO (9)")
    connection.exec_driver_sql("CREATE TABLE loose (k int) WITH (fillfactor = 70)")
    inspector = inspect(connection)
    assert inspector.get_table_options("part") == {"postgresql_inherits": ("whole",)}
    assert inspector.get_table_options("loose") == {"postgresql_with": {"fillfactor": "70"}}
