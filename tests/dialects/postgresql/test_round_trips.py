"""What is sent to PostgreSQL comes back equal, bound and as literals, through each driver."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.containers.backend import Backend
from tests.dialects.postgresql.values import VALUES
from toolkit import (
    Column,
    Connection,
    Engine,
    MetaData,
    Table,
    create_engine,
    insert,
    literal,
    select,
    types,
)
from toolkit.dialects import postgresql as pg

pytestmark = pytest.mark.backend("postgresql")
LITERAL = {"literal_binds": True}


@pytest.fixture
def engine(backend: Backend) -> Iterator[Engine]:
    url = backend.url.replace("postgresql://", f"postgresql+{backend.driver}://")
    made = create_engine(url)
    yield made
    made.dispose()


def prepared(connection: Connection, type_: Any) -> Table:
    """Create a table with a column of a type, in a schema that is gone with the transaction."""
    connection.exec_driver_sql("CREATE SCHEMA trips")
    connection.exec_driver_sql("SET LOCAL search_path TO trips, public")
    for extension in ("hstore", "citext"):
        if type_.visit_name.lower() in (extension, "text") and extension in repr(type_).lower():
            connection.exec_driver_sql(f"CREATE EXTENSION {extension}")
    metadata = MetaData()
    table = Table("t", metadata, Column("id", types.Integer), Column("x", type_))
    metadata.create_all(connection)
    return table


def ways(connection: Connection, table: Table, value: Any) -> list[Any]:
    """Return what comes back: stored and read, alone, among many, as a literal, selected."""
    dialect = connection.dialect
    connection.execute(insert(table).values(id=1, x=value))
    connection.execute(insert(table), [{"id": 2, "x": value}, {"id": 3, "x": value}])
    written = insert(table).values(id=4, x=value).compile(dialect=dialect, compile_kwargs=LITERAL)
    connection.exec_driver_sql(str(written), {})
    back = connection.execute(select(table.c.x)).scalars().all()
    connection.execute(table.delete())
    return [*back, connection.execute(select(literal(value, table.c.x.type))).scalar()]


def same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one == other)


@pytest.mark.parametrize(("type_", "values"), VALUES, ids=lambda one: repr(one)[:40])
def test_what_is_sent_comes_back(type_: Any, values: list[Any], engine: Engine) -> None:
    with engine.connect() as connection:
        table = prepared(connection, type_)
        for value in values:
            back = ways(connection, table, value)
            assert len(back) == 5
            assert all(same(one, value) for one in back), (value, back)
        connection.rollback()


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
STRATEGIES = [
    (types.String(), TEXT),
    (types.BigInteger(), st.integers(-(2**63), 2**63 - 1)),
    (types.Double(), st.floats(allow_nan=False)),
    (types.Numeric(), st.decimals(allow_nan=False, allow_infinity=False, places=9)),
    (types.LargeBinary(), st.binary()),
    (types.Date(), st.dates()),
    (types.DateTime(), st.datetimes()),
    (types.Time(), st.times()),
    (types.Interval(), st.timedeltas(dt.timedelta(-99999), dt.timedelta(99999))),
    (types.Uuid(), st.uuids()),
    (pg.ARRAY(types.String, dimensions=1), st.lists(TEXT | st.none())),
    (pg.JSONB(), st.dictionaries(TEXT, st.lists(TEXT | st.integers() | st.booleans()))),
]


@pytest.mark.parametrize(("type_", "values"), STRATEGIES, ids=lambda one: repr(one)[:30])
def test_whatever_is_sent_comes_back(type_: Any, values: Any, engine: Engine) -> None:
    with engine.connect() as connection:
        table = prepared(connection, type_)

        @settings(max_examples=40, suppress_health_check=list(HealthCheck), database=None)
        @given(values)
        def holds(value: Any) -> None:
            back = ways(connection, table, value)
            assert all(same(one, value) for one in back), (value, back)

        holds()
        connection.rollback()
