"""What is read from the statements that SQLite keeps."""

from __future__ import annotations

import pytest

from toolkit_sqlite.inspector.create_table import constraints_of
from toolkit_sqlite.inspector.options import options_of
from toolkit_sqlite.inspector.tokens import tokens_of


@pytest.mark.parametrize(
    ("inside", "kind", "name", "columns", "sql"),
    [
        ("a INT CHECK (a > 1)", "CHECK", None, ("a",), "a > 1"),
        ("a INT, CHECK (a IN (1, 2) AND a <> ')')", "CHECK", None, (), "a IN (1, 2) AND a <> ')'"),
        ("a INT, constraint [x y] check(a)", "CHECK", "x y", (), "a"),
        ('a INT, CONSTRAINT "a ""b""" UNIQUE (a, `b c`)', "UNIQUE", 'a "b"', ("a", "b c"), ""),
        ("a VARCHAR (10) CONSTRAINT u UNIQUE", "UNIQUE", "u", ("a",), ""),
        ("a INT /* , CHECK (b) */ PRIMARY KEY ASC", "PRIMARY", None, ("a",), ""),
        ("a INT, -- CHECK (b)\n PRIMARY KEY (a DESC, b)", "PRIMARY", None, ("a", "b"), ""),
        ("a INT AS (b + 1) STORED", "GENERATED", None, ("a",), "b + 1"),
        ("a INT GENERATED ALWAYS AS (f(b, 'x'))", "GENERATED", None, ("a",), "f(b, 'x')"),
        ("a TEXT DEFAULT 'CHECK (b)' COLLATE NOCASE UNIQUE", "UNIQUE", None, ("a",), ""),
        ("a INT DEFAULT (1 + (2)) CONSTRAINT c CHECK (a)", "CHECK", "c", ("a",), "a"),
        ("unique_a INT, check_b INT, UNIQUE (unique_a)", "UNIQUE", None, ("unique_a",), ""),
    ],
)
def test_a_constraint_is_found_however_it_is_written(
    inside: str, kind: str, name: str | None, columns: tuple[str, ...], sql: str
) -> None:
    (found,) = constraints_of(f"CREATE TABLE t ({inside})")
    assert (found.kind, found.name, found.columns, found.sql) == (kind, name, columns, sql)


@pytest.mark.parametrize(
    ("behind", "options"),
    [
        ("", {}),
        ("ON DELETE NO ACTION", {}),
        ("ON DELETE CASCADE ON UPDATE SET NULL", {"ondelete": "CASCADE", "onupdate": "SET NULL"}),
        ("on update set default match full", {"onupdate": "SET DEFAULT", "match": "FULL"}),
        (
            "DEFERRABLE INITIALLY DEFERRED",
            {"deferrable": True, "initially": "DEFERRED"},
        ),
        ("NOT DEFERRABLE INITIALLY IMMEDIATE", {"deferrable": False, "initially": "IMMEDIATE"}),
    ],
)
def test_what_a_foreign_key_says_is_found(behind: str, options: dict[str, object]) -> None:
    in_column = f"CREATE TABLE t (a INT REFERENCES other (id) {behind} NOT NULL)"
    in_table = f"CREATE TABLE t (a INT, FOREIGN KEY (a) REFERENCES other {behind})"
    for sql in (in_column, in_table):
        (found,) = [one for one in constraints_of(sql) if one.kind == "FOREIGN"]
        assert found.columns == ("a",)
        assert dict(found.options) == options


def test_a_name_belongs_to_the_constraint_behind_it_only() -> None:
    sql = "CREATE TABLE t (a INT CONSTRAINT n NOT NULL CHECK (a), b INT)"
    assert [one.name for one in constraints_of(sql)] == [None]


def test_virtual_tables_and_what_is_no_statement_have_no_constraints() -> None:
    assert constraints_of("CREATE VIRTUAL TABLE t USING fts5(a, b)") == []
    assert constraints_of(None) == []


def test_options_stand_behind_the_parentheses() -> None:
    assert options_of("CREATE TABLE t (a INT) -- STRICT") == {}
    assert options_of("CREATE TABLE t (a INT PRIMARY KEY) without rowid") == {
        "sqlite_with_rowid": False
    }
    assert options_of('CREATE TABLE t ("STRICT)" INT) STRICT') == {"sqlite_strict": True}


def test_names_lose_their_quotes() -> None:
    names = [token.name for token in tokens_of('"a""b" [c d] `e``f` g')]
    assert names == ['a"b', "c d", "e`f", "g"]
