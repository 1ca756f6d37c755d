"""Tables as chance has it, of what all databases have, and where to put them twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from hypothesis import strategies as st

from tests.containers.backend import Backend
from toolkit_core.engine import Connection, create_engine
from toolkit_core.expression.text import text
from toolkit_core.schema import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    MetaData,
    Table,
    UniqueConstraint,
)
from toolkit_core.types import (
    BigInteger,
    Boolean,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    Numeric,
    SmallInteger,
    String,
    Text,
)

NAMES = ("a", "b", "c", "select", "Mixed Case", "with:colon", "per%cent")

# A type, and the defaults that a column of it may have.
KINDS = st.one_of(
    st.tuples(st.sampled_from((Integer, SmallInteger, BigInteger)), st.sampled_from(("0", "-7"))),
    st.tuples(
        st.integers(5, 50).map(String), st.sampled_from(("'x'", "'it''s'", "''", "'a:b'", "'%'"))
    ),
    st.tuples(st.builds(Numeric, st.integers(6, 20), st.integers(0, 4)), st.just("1")),
    st.tuples(st.sampled_from((Boolean, Date, DateTime, Float, LargeBinary, Text)), st.just(None)),
)


@st.composite
def columns(draw: st.DrawFn) -> list[Column[Any]]:
    """A primary key of one column or two, and others behind it."""
    key = draw(st.integers(1, 2))
    made: list[Column[Any]] = [
        Column(f"id{number}", Integer, primary_key=True, autoincrement=key == 1)
        for number in range(key)
    ]
    for name in draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=4)):
        kind, default = draw(KINDS)
        given: Any = None if default is None or draw(st.booleans()) else text_of(default)
        made.append(Column(name, kind, nullable=draw(st.booleans()), server_default=given))
    return made


def text_of(sql: str) -> Any:
    """SQL in which nothing is a parameter."""
    return text(sql.replace(":", "\\:"))


@st.composite
def metadatas(draw: st.DrawFn) -> MetaData:
    """One table to three, each of which may point to those before it, and to itself."""
    metadata = MetaData()
    for number in range(draw(st.integers(1, 3))):
        table = Table(f"t {number}", metadata, *draw(columns()))
        add_constraints(draw, table)
        add_foreign_key(draw, table, draw(st.sampled_from(list(metadata.tables.values()))))
    return metadata


def add_constraints(draw: st.DrawFn, table: Table) -> None:
    """A CHECK, a UNIQUE constraint and an index, or not."""
    short = [one for one in table.c if not isinstance(one.type, (Text, LargeBinary))]
    if draw(st.booleans()):
        # Not of a column that counts up, nor of one that a foreign key changes.
        table.append_column(Column("checked", Integer))
        table.append_constraint(CheckConstraint("checked > 5", name=f"ck {table.name}"))
    if draw(st.booleans()):
        chosen = draw(st.lists(st.sampled_from(short), unique_by=id, min_size=1, max_size=3))
        table.append_constraint(UniqueConstraint(*chosen, name=f"uq {table.name}"))
    if draw(st.booleans()):
        chosen = draw(st.lists(st.sampled_from(short), unique_by=id, min_size=1, max_size=3))
        falling = draw(st.booleans())
        elements = [one.desc() if falling else one for one in chosen]
        Index(f"ix {table.name}", *elements, unique=draw(st.booleans()))


def add_foreign_key(draw: st.DrawFn, table: Table, other: Table) -> None:
    """A foreign key to the whole primary key of another table, in columns of its own."""
    if draw(st.booleans()):
        return
    keys = [str(one.name) for one in other.primary_key]
    for name in keys:
        table.append_column(Column(f"to_{name}", Integer))
    table.append_constraint(
        ForeignKeyConstraint(
            [table.c[f"to_{name}"] for name in keys],
            [other.c[name] for name in keys],
            name=f"fk {table.name}",
            ondelete=draw(st.sampled_from((None, "CASCADE", "SET NULL"))),
        )
    )


# -- two places ---------------------------------------------------------------------------

PLACES = ("first place", "second place")
_MAKE = {
    "sqlite": "ATTACH DATABASE ':memory:' AS \"{}\"",
    "postgresql": 'CREATE SCHEMA "{}"',
    "mysql": "CREATE DATABASE `{}`",
    "mariadb": "CREATE DATABASE `{}`",
}
_DROP = {
    "sqlite": 'DETACH DATABASE "{}"',
    "postgresql": 'DROP SCHEMA IF EXISTS "{}" CASCADE',
    "mysql": "DROP DATABASE IF EXISTS `{}`",
    "mariadb": "DROP DATABASE IF EXISTS `{}`",
}


@contextmanager
def two_places(backend: Backend, names: tuple[str, ...]) -> Iterator[Connection]:
    """A connection to a server that has two schemas of these names, which are gone afterwards."""
    engine = create_engine(backend.url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            if backend.dialect != "sqlite":
                drop(connection, backend, names)
            for name in names:
                connection.execute(text(_MAKE[backend.dialect].format(name)))
            try:
                yield connection
            finally:
                drop(connection, backend, names)
    finally:
        engine.dispose()


def drop(connection: Connection, backend: Backend, names: tuple[str, ...]) -> None:
    """Drop the schemas, the one first that points to none of the others."""
    for name in reversed(names):
        connection.execute(text(_DROP[backend.dialect].format(name)))
