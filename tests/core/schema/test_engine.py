"""Schemas are created and dropped by a real engine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from toolkit_core.engine import Engine, create_engine
from toolkit_core.errors import UnsupportedCompilationError
from toolkit_core.expression.insert import insert
from toolkit_core.expression.select import select
from toolkit_core.expression.text import text
from toolkit_core.schema import (
    DDL,
    AddConstraint,
    CheckConstraint,
    Column,
    CreateTable,
    CreateView,
    ForeignKey,
    MetaData,
    Table,
)
from toolkit_core.types import Boolean, Enum, Integer, String


@pytest.fixture
def engine() -> Iterator[Engine]:
    made = create_engine("sqlite://")
    yield made
    made.dispose()


def test_a_schema_lives_on_an_engine(engine: Engine) -> None:
    metadata = MetaData()
    child = Table(
        "child",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("p", ForeignKey("parent.id"), index=True),
    )
    parent = Table("parent", metadata, Column("id", Integer, primary_key=True))
    metadata.create_all(engine)
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(parent).values(id=7))
        connection.execute(insert(child).values(p=7))
        assert connection.execute(select(child)).all() == [(1, 7)]
    child.drop(engine)
    metadata.create_all(engine)
    metadata.drop_all(engine)
    with engine.connect() as connection:
        names = connection.execute(text("select name from sqlite_master")).scalars().all()
    assert names == []


def test_ddl_is_executed_like_any_statement(engine: Engine) -> None:
    table = Table("t", MetaData(), Column("x", Integer))
    with engine.begin() as connection:
        connection.execute(CreateTable(table))
        connection.execute(DDL("INSERT INTO t VALUES (50)"))
        view = CreateView(select(table.c.x).where(table.c.x > 5), "v")
        connection.execute(view)
        assert connection.execute(select(view.table)).scalar_one() == 50


def test_ddl_is_written_anew_each_time(engine: Engine) -> None:
    table = Table("t", MetaData(), Column("x", Integer))
    create = CreateTable(table, if_not_exists=True)
    with engine.begin() as connection:
        connection.execute(create)
        table.append_column(Column("y", Integer))
        connection.execute(text("drop table t"))
        connection.execute(CreateTable(table))
        connection.execute(insert(table).values(x=1, y=2))


def test_what_cannot_be_done_is_refused_before_anything_is_sent(engine: Engine) -> None:
    table = Table("t", MetaData(), Column("x", Integer))
    with (
        engine.connect() as connection,
        pytest.raises(UnsupportedCompilationError, match="SQLite does not have AddConstraint"),
    ):
        connection.execute(AddConstraint(CheckConstraint(table.c.x > 5)))


def test_a_table_can_be_compiled_without_an_engine(engine: Engine) -> None:
    table = Table("t", MetaData(), Column("x", String(5)))
    assert str(CreateTable(table)) == "\nCREATE TABLE t (\n\tx VARCHAR(5)\n)\n\n"
    assert "VARCHAR(5)" in str(CreateTable(table).compile(engine))


def test_the_constraint_of_a_type_holds(engine: Engine) -> None:
    metadata = MetaData()
    table = Table(
        "t",
        metadata,
        Column("done", Boolean(create_constraint=True)),
        Column("kind", Enum("a", "b", create_constraint=True, name="kind")),
    )
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(table).values(done=True, kind="a"))
        with pytest.raises(Exception, match="CHECK constraint failed"):
            connection.execute(text("insert into t (kind) values ('c')"))
        with pytest.raises(Exception, match="CHECK constraint failed"):
            connection.execute(text("insert into t (done) values (7)"))


def test_a_copy_has_the_constraints_of_its_types_once() -> None:
    table = Table("t", MetaData(), Column("x", Boolean(create_constraint=True, name="b")))
    copy = table.to_metadata(MetaData())
    assert str(CreateTable(copy)) == str(CreateTable(table))
