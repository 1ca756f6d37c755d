"""Loading many rows: one call, the fastest way of each database, the values as ever."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from tests.containers.backend import Backend
from toolkit import (
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    String,
    Table,
    create_engine,
    exc,
    select,
    text,
)

TABLE = Table(
    "Loaded",
    MetaData(),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", String(50)),
    Column("data", LargeBinary),
    Column("price", Numeric(10, 2)),
    Column("weight", Float),
    Column("day", Date),
    Column("at", DateTime),
    Column("on", Boolean),
)

ROW = {
    "id": 1,
    "name": "tab\t, line\n, \\N, back\\slash, \N{SNOWMAN}",
    "data": b"\0\xff\\",
    "price": Decimal("12.50"),
    "weight": 0.5,
    "day": date(2024, 2, 29),
    "at": datetime(2024, 2, 29, 12, 30),  # noqa: DTZ001 - the column has no zone
    "on": True,
}
NOTHING = {**dict.fromkeys(ROW), "id": 2, "name": ""}


def created(backend: Backend) -> str:
    """The table in types whose names the server knows."""
    binary, moment, name = "blob", "datetime", "`Loaded`"
    if backend.dialect in {"postgresql", "sqlite"}:
        name = '"Loaded"'
    if backend.dialect == "postgresql":
        binary, moment = "bytea", "timestamp"
    quoted = name.replace("Loaded", "on")
    return (
        f"create table {name} (id integer primary key, name varchar(50), data {binary}, "
        f"price numeric(10, 2), weight float, day date, at {moment}, {quoted} boolean)"
    )


def test_rows_arrive_as_they_were_given(backend: Backend) -> None:
    engine = create_engine(backend.url)
    with engine.begin() as connection:
        TABLE.drop(connection, checkfirst=True)
        connection.execute(text(created(backend)))
    try:
        with engine.begin() as connection:
            assert connection.bulk_load(TABLE, iter([ROW, NOTHING])) == 2
            pairs = ((number, f"n{number}") for number in range(3, 12_003))
            assert connection.bulk_load(TABLE, pairs, columns=[TABLE.c.id, "name"]) == 12_000
            assert connection.bulk_load(TABLE, []) == 0
        with engine.connect() as connection:
            rows = connection.execute(select(TABLE).order_by(TABLE.c.id)).mappings().all()
            assert len(rows) == 12_002
            assert dict(rows[0]) == ROW
            assert dict(rows[1]) == NOTHING
            assert rows[-1]["name"] == "n12002"
        with engine.connect() as connection, pytest.raises(exc.UniqueViolation):
            connection.bulk_load(TABLE, [{"id": 1}])
        with engine.connect() as connection:
            with pytest.raises(exc.ArgumentError, match="did you mean 'name'"):
                connection.bulk_load(TABLE, [{"nam": "x"}])
            with pytest.raises(exc.ArgumentError, match="has no 'name'"):
                connection.bulk_load(TABLE, [{"id": 90_000, "name": "x"}, {"id": 91_000}])
            connection.rollback()
            with pytest.raises(exc.ArgumentError, match="needs to know the columns"):
                connection.bulk_load(TABLE, [(1, "x")])
            with pytest.raises(exc.ArgumentError, match="3 values for 2 columns"):
                connection.bulk_load(TABLE, [(90_000, "x", 1)], columns=["id", "name"])
            connection.rollback()
            assert connection.execute(select(TABLE.c.id).where(TABLE.c.id == 90_000)).all() == []
        assert engine.pool.checkedout() == 0
    finally:
        with engine.begin() as connection:
            TABLE.drop(connection)
        engine.dispose()
