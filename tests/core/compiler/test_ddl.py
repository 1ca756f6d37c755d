"""DDL: names that fit, options that are known, and errors that say where."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from toolkit_core.compiler.standard import STANDARD
from toolkit_core.errors import ArgumentError, CompileError, IdentifierError
from toolkit_core.expression.text import text
from toolkit_core.facts import Style, quoted_name
from toolkit_core.plugins import find_dialect
from toolkit_core.schema import (
    DDL,
    CheckConstraint,
    Column,
    CreateColumn,
    CreateIndex,
    CreateTable,
    Identity,
    Index,
    MetaData,
    Sequence,
    SetConstraintComment,
    Table,
    UniqueConstraint,
    conv,
)
from toolkit_core.types import Integer

SQLITE = find_dialect("sqlite")


class Short:
    """The standard, with names of no more than 63 signs."""

    def __init__(self) -> None:
        self.style = STANDARD.style.but(max_identifier=63)

    def __getattr__(self, name: str) -> Any:
        return getattr(STANDARD, name)


def short(element: Any) -> str:
    return str(element.compile(dialect=Short()))


def table(*items: Any, **options: Any) -> Table:
    return Table("t", options.pop("metadata", MetaData()), Column("x", Integer), *items, **options)


def test_a_name_that_a_convention_makes_is_cut_and_stays_distinct() -> None:
    # What the oracle makes of the same tables, for PostgreSQL.
    metadata = MetaData()
    long = Table("t" + "x" * 40, metadata, Column("c" + "x" * 40, Integer, index=True))
    (index,) = long.indexes
    expected = "CREATE INDEX ix_txxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx_cxxxxxxxxx_1dea ON"
    assert short(CreateIndex(index)).startswith(expected)
    made = MetaData(naming_convention={"uq": "uq_%(table_name)s_%(column_0_name)s_" + "z" * 70})
    sql = short(CreateTable(Table("tt4", made, Column("a", Integer), UniqueConstraint("a"))))
    assert f"CONSTRAINT uq_tt4_a_{'z' * 46}_c487 UNIQUE (a)" in sql


def test_conv_marks_a_name_that_may_be_cut() -> None:
    sql = short(CreateTable(table(UniqueConstraint("x", name=conv("c" * 70)))))
    assert f"CONSTRAINT {'c' * 55}_fe65 UNIQUE (x)" in sql


def test_a_name_that_the_user_wrote_is_never_cut() -> None:
    with pytest.raises(IdentifierError, match=r"'c{70}' exceeds maximum length of 63 characters"):
        short(CreateTable(table(UniqueConstraint("x", name="c" * 70))))
    with pytest.raises(IdentifierError, match="exceeds maximum length"):
        short(CreateIndex(Index("i" * 64, table().c.x)))


def test_an_unknown_option_of_the_dialect_is_refused_with_the_nearest() -> None:
    made = table(sqlite_stric=True, oracle_option=1)
    with pytest.raises(ArgumentError, match="'sqlite_stric' is not accepted") as caught:
        str(CreateTable(made).compile(dialect=SQLITE))
    assert caught.value.hint == "'sqlite_strict'"
    # For another dialect it means nothing.
    assert str(CreateTable(made)).startswith("\nCREATE TABLE t")


@pytest.mark.parametrize(
    "made",
    [
        CreateTable(table(UniqueConstraint("x", sqlite_foo=1))),
        CreateTable(Table("t", MetaData(), Column("x", Integer, sqlite_foo=1))),
        CreateIndex(Index("ix", table().c.x, sqlite_foo=1)),
    ],
)
def test_options_of_all_items_are_checked(made: Any) -> None:
    with pytest.raises(ArgumentError, match="'sqlite_foo' is not accepted"):
        made.compile(dialect=SQLITE)


def test_options_are_read_with_their_defaults() -> None:
    SQLITE.rules  # noqa: B018 - the dialect says what it knows when its rules are loaded
    made = table(sqlite_strict=True)
    assert made.dialect_options["sqlite"]["strict"] is True
    assert made.dialect_options["sqlite"]["with_rowid"] is True
    assert made.kwargs == made.dialect_kwargs == {"sqlite_strict": True}
    assert list(made.dialect_options) == ["sqlite"]
    assert made.get_dialect_option(SQLITE, "strict") is True
    assert made.get_dialect_option(SQLITE, "other", else_=5) == 5


def test_an_error_names_table_and_column() -> None:
    made = table(Column("y", Integer, CheckConstraint("y > :limit")))
    with pytest.raises(CompileError) as caught:
        str(CreateTable(made))
    assert str(caught.value).startswith(
        "(in table 't', column 'y'): DDL cannot have parameters, and 'y > :limit' names 'limit'"
    )


def test_a_column_without_a_type_cannot_be_created_on_a_database() -> None:
    made = Table("t", MetaData(), Column("x"))
    with pytest.raises(CompileError, match=r"\(in table 't', column 'x'\)"):
        CreateTable(made).compile(dialect=SQLITE)


def test_schemas_are_translated() -> None:
    metadata = MetaData()
    Table("u", metadata, Column("id", Integer), schema="one")
    made = Table("t", metadata, Column("x", Integer), schema="one")
    sql = CreateTable(made).compile(schema_translate_map={"one": "two"})
    assert str(sql).startswith("\nCREATE TABLE two.t (")
    blank = CreateTable(made).compile(schema_translate_map={"one": None})
    assert str(blank).startswith("\nCREATE TABLE t (")
    ddl = DDL("%(fullname)s|%(schema)s").against(made)
    assert str(ddl.compile(schema_translate_map={"one": "Two"})) == '"Two".t|"Two"'


def test_a_word_that_ddl_does_not_know_is_named() -> None:
    with pytest.raises(CompileError, match=r"names %\(tabel\)s, which is not there"):
        str(DDL("DROP %(tabel)s").against(table()))


def test_ddl_is_a_string() -> None:
    with pytest.raises(ArgumentError, match="Expected a string or unicode SQL statement, got '5'"):
        DDL(5)  # type: ignore[arg-type]


def test_checks_of_a_column_are_written_in_order() -> None:
    made = Table(
        "t",
        MetaData(),
        Column("x", Integer, CheckConstraint("x > 5"), CheckConstraint("x < 9", name="nine")),
    )
    sql = str(CreateColumn(made.c.x))
    assert sql == "x INTEGER CHECK (x > 5) CONSTRAINT nine CHECK (x < 9)"


def test_a_constraint_without_a_name_has_no_comment() -> None:
    made = table(UniqueConstraint("x", comment="c", name="uq"))
    (unique,) = [one for one in made.constraints if isinstance(one, UniqueConstraint)]
    assert str(SetConstraintComment(unique)) == "COMMENT ON CONSTRAINT uq ON t IS 'c'"
    with pytest.raises(CompileError, match="it has no name"):
        str(SetConstraintComment(CheckConstraint("x > 5", table=made)))


def test_identity_is_there_for_dialects_that_have_it() -> None:
    identity = Identity(always=True, start=5, increment=2, cycle=False)
    assert str(identity) == ("GENERATED ALWAYS AS IDENTITY (INCREMENT BY 2 START WITH 5 NO CYCLE)")


def test_items_of_a_schema_say_what_they_are() -> None:
    assert repr(Sequence("n", start=5, schema="s")) == "Sequence('n', start=5, schema='s')"
    assert repr(UniqueConstraint("a", name="uq")) == "UniqueConstraint('a', name='uq')"
    assert repr(CheckConstraint(text("a > 5"))) == "CheckConstraint('a > 5')"
    assert repr(Index("ix", "a", unique=True)) == "Index('ix', 'a', unique=True)"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (quoted_name("id", True), '"id"'),
        (quoted_name("Id", False), "Id"),
        (quoted_name("Id", None), '"Id"'),
        ("select", '"select"'),
    ],
)
def test_a_name_says_whether_it_is_quoted(name: str, expected: str) -> None:
    assert Style(reserved=frozenset({"select"})).quoted(name) == expected


def test_a_quoted_name_keeps_its_case() -> None:
    forced = quoted_name("Id", True)
    assert (forced.lower(), forced.upper()) == ("Id", "Id")
    assert quoted_name("Id", None).lower() == "id"
    assert quoted_name(forced, None) is forced
    assert quoted_name.construct(None, True) is None
    assert forced == "Id"


def test_every_word_that_sqlite_keeps_is_quoted() -> None:
    connection = sqlite3.connect(":memory:")
    words = sorted(SQLITE.style.reserved | STANDARD.style.reserved)
    for word in words:
        made = Table(word, MetaData(), Column(word, Integer))
        connection.execute(str(CreateTable(made).compile(dialect=SQLITE)))
    found = connection.execute("select count(*) from sqlite_master").fetchone()
    connection.close()
    assert found == (len(words),)
