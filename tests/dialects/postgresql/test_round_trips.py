"""What is sent to PostgreSQL comes back equal, bound and as literals, through each driver."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from ipaddress import ip_address, ip_interface, ip_network
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
    exc,
    insert,
    literal,
    select,
    types,
    update,
)
from toolkit.dialects import postgresql as pg

pytestmark = pytest.mark.backend("postgresql")
LITERAL = {"literal_binds": True}


@pytest.fixture
def engine(backend: Backend) -> Iterator[Engine]:
    url = backend.url.replace("postgresql://", f"postgresql+{backend.driver}://")
    made = create_engine(url, native_inet_types=False)
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


@pytest.mark.parametrize(("type_", "values"), VALUES, ids=lambda one: repr(one)[:40])
def test_rows_from_data_have_the_types_of_their_columns(
    type_: Any, values: list[Any], engine: Engine
) -> None:
    with engine.connect() as connection:
        table = prepared(connection, type_)
        connection.execute(insert(table), [{"id": number} for number in (1, 2, 3)])
        for value in values:
            rows = [{"id": 1, "x": value}, {"id": 2, "x": None}, {"id": 3, "x": value}]
            connection.execute(update(table).from_rows(rows, by=["id"]))
            found = connection.execute(select(table.c.x).order_by(table.c.id)).scalars().all()
            empty = None if type_.should_evaluate_none is False else found[1]
            for got, sent in zip(found, (value, empty, value), strict=True):
                assert same(got, sent), (value, found)
        connection.rollback()


def test_rows_from_data_are_not_cut_to_the_length_of_their_columns(engine: Engine) -> None:
    for type_ in (types.String(3), types.CHAR(3), types.VARCHAR(3, collation="C")):
        with engine.connect() as connection:
            table = prepared(connection, type_)
            connection.execute(insert(table), [{"id": 1, "x": "a"}, {"id": 2, "x": "b"}])
            rows = [{"id": 1, "x": "long"}, {"id": 2, "x": "xyz"}]
            with pytest.raises(exc.DataError, match="too long"):
                connection.execute(update(table).from_rows(rows, by=["id"]))
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


ADDRESSES = [
    (pg.INET(), ip_address("10.0.0.1")),
    (pg.INET(), ip_interface("10.0.0.1/24")),
    (pg.INET(), ip_address("::1")),
    (pg.CIDR(), ip_network("10.0.0.0/8")),
]


@pytest.mark.parametrize(("type_", "value"), ADDRESSES)
@pytest.mark.parametrize("native", [True, None])
def test_psycopg_reads_addresses_as_objects(
    backend: Backend, type_: Any, value: Any, native: Any
) -> None:
    if backend.driver != "psycopg":
        if native:
            with pytest.raises(NotImplementedError, match="native_inet_types"):
                create_engine(backend.url, native_inet_types=True)
        return
    url = backend.url.replace("postgresql://", f"postgresql+{backend.driver}://")
    engine = create_engine(url, native_inet_types=native)
    with engine.connect() as connection:
        table = prepared(connection, type_)
        connection.execute(insert(table), [{"id": 1, "x": value}, {"id": 2, "x": str(value)}])
        found = connection.execute(select(table.c.x).where(table.c.x == value)).scalars().all()
        assert all(same(one, value) for one in found)
        assert len(found) == 2
        connection.rollback()
    engine.dispose()
