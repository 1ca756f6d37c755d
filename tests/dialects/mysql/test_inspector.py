"""What MySQL and MariaDB say of a database; SQLAlchemy says the same of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.containers.backend import Backend
from toolkit_core.engine import Connection, create_engine
from toolkit_core.errors import SAWarning, UnreflectableTableError
from toolkit_core.inspectable import inspect

pytestmark = pytest.mark.backend("mysql", "mariadb")

TABLES = ("child", "parent", "parted", "one_type")
STATEMENTS = """
CREATE TABLE parent (id int PRIMARY KEY AUTO_INCREMENT, name varchar(30) NOT NULL
    DEFAULT 'x''y:z' COMMENT 'its name', at datetime(3) DEFAULT CURRENT_TIMESTAMP(3)
    ON UPDATE CURRENT_TIMESTAMP(3), nothing varchar(9) DEFAULT NULL,
    says_null varchar(9) DEFAULT 'NULL', sums int DEFAULT (1 + 2), flags bit(3) DEFAULT b'101',
    FULLTEXT KEY ix_full (name)) COMMENT 'the ''parent' ROW_FORMAT=DYNAMIC;
CREATE TABLE child (a int, b int, parent_id int, code varchar(20),
    joined varchar(30) AS (concat(code, 'it''s:x')) VIRTUAL,
    PRIMARY KEY (b, a), CONSTRAINT uq_code UNIQUE (code), CONSTRAINT ck_a CHECK (a > 0),
    CONSTRAINT fk_parent FOREIGN KEY (parent_id) REFERENCES parent (id)
        ON DELETE CASCADE ON UPDATE SET NULL,
    CONSTRAINT fk_plain FOREIGN KEY (a) REFERENCES parent (id));
CREATE INDEX ix_part ON child (code(5), a DESC);
CREATE TABLE parted (id int PRIMARY KEY) PARTITION BY HASH (id) PARTITIONS 3;
CREATE VIEW seen AS SELECT id FROM parent;
CREATE TEMPORARY TABLE passing (id int PRIMARY KEY, x varchar(5) UNIQUE)
"""


@pytest.fixture
def connection(backend: Backend) -> Iterator[Connection]:
    """A connection to a database with all that, which is gone afterwards."""
    engine = create_engine(backend.url)
    with engine.connect() as connection:
        for statement in STATEMENTS.split(";"):
            connection.exec_driver_sql(statement)
        try:
            yield connection
        finally:
            connection.exec_driver_sql("DROP TEMPORARY TABLE passing")
            connection.exec_driver_sql("DROP VIEW IF EXISTS seen, broken")
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {', '.join(TABLES)}")
    engine.dispose()


def test_defaults_are_sql_as_it_was_written(connection: Connection) -> None:
    mariadb = connection.dialect.server.product == "MariaDB"
    columns = {one["name"]: one for one in inspect(connection).get_columns("parent")}
    assert columns["id"]["autoincrement"] is True
    assert (columns["name"]["default"], columns["name"]["comment"]) == ("'x''y:z'", "its name")
    at = columns["at"]["default"]
    assert at is not None
    assert at.lower() == "current_timestamp(3) on update current_timestamp(3)"
    assert columns["nothing"]["default"] is None
    assert columns["says_null"]["default"] == "'NULL'"
    assert columns["sums"]["default"] == "(1 + 2)"
    assert columns["flags"]["default"] == "b'101'"
    assert "autoincrement" not in columns["name"]
    (joined,) = [one for one in inspect(connection).get_columns("child") if "computed" in one]
    literal = "'it\\'s:x'" if mariadb else "_utf8mb4'it\\'s:x'"
    assert joined["computed"] == {"sqltext": f"concat(`code`,{literal})", "persisted": False}


def test_keys_and_constraints_are_told_with_what_was_said(connection: Connection) -> None:
    inspector = inspect(connection)
    assert inspector.get_pk_constraint("child") == {"constrained_columns": ["b", "a"], "name": None}
    keys = {one["name"]: one for one in inspector.get_foreign_keys("child")}
    assert keys["fk_parent"]["options"] == {"ondelete": "CASCADE", "onupdate": "SET NULL"}
    assert keys["fk_plain"]["options"] == {}
    assert keys["fk_plain"]["referred_schema"] is None
    (check,) = inspector.get_check_constraints("child")
    assert (check["name"], check["sqltext"].strip("()")) == ("ck_a", "`a` > 0")
    assert inspector.get_unique_constraints("child") == [
        {"name": "uq_code", "column_names": ["code"], "duplicates_index": "uq_code"}
    ]
    assert inspector.get_table_comment("parent") == {"text": "the 'parent"}


def test_indexes_have_lengths_kinds_and_order(connection: Connection) -> None:
    inspector = inspect(connection)
    name = connection.dialect.name
    child = {one["name"]: one for one in inspector.get_indexes("child")}
    assert "PRIMARY" not in child
    assert child["ix_part"]["column_names"] == ["code", "a"]
    assert child["ix_part"]["column_sorting"] == {"a": ("desc",)}
    assert child["ix_part"]["dialect_options"] == {f"{name}_length": {"code": 5}}
    (full,) = inspector.get_indexes("parent")
    assert full["dialect_options"] == {f"{name}_prefix": "FULLTEXT"}


def test_options_of_tables_are_told_by_the_dialects_name(connection: Connection) -> None:
    inspector = inspect(connection)
    name = connection.dialect.name
    options = inspector.get_table_options("parent")
    assert options[f"{name}_engine"] == "InnoDB"
    assert options[f"{name}_row_format"] == "DYNAMIC"
    parted = inspector.get_table_options("parted")
    assert parted[f"{name}_partition_by"] == "HASH (`id`)"
    assert parted[f"{name}_partitions"] == "3"


def test_temporary_tables_are_found_by_name(connection: Connection) -> None:
    inspector = inspect(connection)
    assert "passing" not in inspector.get_table_names()
    assert inspector.has_table("passing")
    assert [one["name"] for one in inspector.get_columns("passing")] == ["id", "x"]
    assert inspector.get_pk_constraint("passing")["constrained_columns"] == ["id"]
    assert [one["name"] for one in inspector.get_indexes("passing")] == ["x"]


def test_a_view_that_is_broken_is_unreflectable(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE VIEW broken AS SELECT id FROM parted")
    connection.exec_driver_sql("DROP TABLE parted")
    inspector = inspect(connection)
    assert "broken" in inspector.get_view_names()
    with pytest.raises(UnreflectableTableError, match="`broken` could not be reflected: View"):
        inspector.get_columns("broken")
    assert "select" in inspector.get_view_definition("seen").lower()


@pytest.mark.parametrize(
    ("declared", "shown"),
    [
        ("decimal(10, 2) unsigned", "DECIMAL(precision=10, scale=2, unsigned=True)"),
        (
            "smallint(5) unsigned zerofill",
            "SMALLINT(display_width=5, unsigned=True, zerofill=True)",
        ),
        ("tinyint(1)", "TINYINT(display_width=1)"),
        ("timestamp(3) null", "TIMESTAMP(fsp=3)"),
        ("varbinary(7)", "VARBINARY(length=7)"),
        ("enum('a', 'it''s', 'a,b', '(')", "ENUM('a', \"it's\", 'a,b', '(')"),
        ("set('a', 'b')", "SET('a', 'b')"),
        ("mediumblob", "MEDIUMBLOB()"),
        (
            "longtext character set latin1 collate latin1_bin",
            "LONGTEXT(charset='latin1', collation='latin1_bin')",
        ),
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
