"""What goes into a column comes back from it: bound and as a literal, by every driver."""

from __future__ import annotations

import datetime as dt
import enum
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tests.containers.backend import Backend
from toolkit import Engine, create_engine, text
from toolkit_core import types
from toolkit_core.expression.elements import literal
from toolkit_core.expression.insert import insert
from toolkit_core.expression.select import select
from toolkit_core.schema import Column, MetaData, Table
from toolkit_mysql import types as mysql

pytestmark = pytest.mark.backend("mysql", "mariadb")


class Colour(enum.Enum):
    red = 1
    blue = 2


HOSTILE = (
    "",
    " ",
    "it's",
    "''",
    "\\",
    "\\'",
    "a\\nb",
    "%s %(x)s %%",
    ":x",
    '"',
    "`",
    "\0",
    "a\0'b",
    "\x1a",
    "\r\n\t",
    "é 日本 😀",
    "-- x",
    "/* x */",
    "'; DROP TABLE x; --",
    "?",
    "{}",
    "\\0",
    "\\%_",
)
UTF8: dict[str, Any] = {"charset": "utf8mb4", "collation": "utf8mb4_bin"}
CASES: tuple[tuple[Any, tuple[Any, ...]], ...] = (
    (mysql.VARCHAR(200, **UTF8), HOSTILE),
    (mysql.LONGTEXT(**UTF8), (*HOSTILE, "x" * 70_000)),
    (types.Integer(), (0, -1, 2**31 - 1, -(2**31))),
    (types.BigInteger(), (2**63 - 1, -(2**63))),
    (mysql.BIGINT(unsigned=True), (2**64 - 1, 0)),
    (mysql.TINYINT(), (-128, 127)),
    (mysql.MEDIUMINT(), (-(2**23), 2**23 - 1)),
    (types.Boolean(), (True, False)),
    (types.Numeric(38, 10), (Decimal("-1234567890123456789012345678.0123456789"), Decimal(0))),
    (mysql.DECIMAL(65, 30), (Decimal("1E-30"), Decimal("1E+34"), Decimal("-0.1"))),
    (types.Double(), (0.1, 1e300, -1e-300, 5e-324, 1.7976931348623157e308, 123456789.123456789)),
    (types.LargeBinary(), (b"", b"\0'\\%\xff\x1a", bytes(range(256)))),
    (mysql.LONGBLOB(), (b"x" * 70_000,)),
    (types.VARBINARY(10), (b"\0", b"\\'")),
    (types.Date(), (dt.date(1, 1, 1), dt.date(9999, 12, 31))),
    (
        mysql.DATETIME(fsp=6),
        (dt.datetime(2024, 2, 29, 23, 59, 59, 999999), dt.datetime(1000, 1, 1)),  # noqa: DTZ001 - none is stored
    ),
    (mysql.TIME(fsp=6), (dt.time(23, 59, 59, 999999), dt.time(0, 0))),
    (mysql.YEAR(), (1901, 2155)),
    (types.Interval(), (dt.timedelta(days=3, seconds=5), dt.timedelta(0), dt.timedelta(-5))),
    (types.Uuid(), (uuid.UUID(int=0), uuid.UUID(int=2**128 - 1))),
    (types.Uuid(as_uuid=False), ("6b29fc40-ca47-1067-b31d-00dd010662da",)),
    (types.Uuid(native_uuid=False), (uuid.UUID(int=5),)),
    (types.Enum("a", "it's", "%s", "b\\c"), ("a", "it's", "%s", "b\\c")),
    (types.Enum(Colour), (Colour.red, Colour.blue)),
    (mysql.ENUM("a", "b"), ("a", "b")),
    (mysql.SET("a", "b", "it's"), ({"a"}, {"a", "it's"}, set())),
    (mysql.SET("", "b", retrieve_as_bitwise=True), ({"", "b"}, {""}, set())),
    (mysql.BIT(8), (0, 5, 255)),
    (mysql.BIT(64), (2**64 - 1,)),
    (types.PickleType(), ({"a": [1, 2]}, "x", 5)),
    (
        types.JSON(),
        (
            {"a'": ['"', "\\", "%s", None, True, 1.5, {"é😀": {}}]},
            [],
            "it's \\",
            5,
            1.5,
            True,
            None,
            {"\x01\n": "\u2028"},
        ),
    ),
)
IDS = [repr(type_) for type_, _ in CASES]
MODES = ("", "NO_BACKSLASH_ESCAPES", "ANSI_QUOTES,PIPES_AS_CONCAT")


@contextmanager
def column_of(engine: Engine, type_: Any) -> Iterator[Table]:
    table = Table("round_trip", MetaData(), Column("v", type_))
    with engine.begin() as connection:
        table.drop(connection, checkfirst=True)
        table.create(connection)
    try:
        yield table
    finally:
        with engine.begin() as connection:
            table.drop(connection)


@pytest.fixture(params=MODES, ids=["default", "no_backslash", "ansi_quotes"])
def engine(backend: Backend, request: pytest.FixtureRequest) -> Iterator[Engine]:
    modes = ",".join(filter(None, ("STRICT_ALL_TABLES", request.param)))
    options = {"init_command": f"SET sql_mode = '{modes}'"}
    engine = create_engine(f"{backend.url}", connect_args={**options, "charset": "utf8mb4"})
    yield engine
    engine.dispose()


@pytest.mark.parametrize(("type_", "values"), CASES, ids=IDS)
def test_a_bound_value_comes_back(engine: Engine, type_: Any, values: tuple[Any, ...]) -> None:
    with column_of(engine, type_) as table, engine.begin() as connection:
        for one in (*values, None):
            connection.execute(table.delete())
            connection.execute(insert(table).values(v=one))
            found = connection.execute(select(table.c.v)).scalar()
            assert (found, type(found)) == (one, type(one))


@pytest.mark.parametrize(("type_", "values"), CASES, ids=IDS)
def test_a_literal_value_comes_back(engine: Engine, type_: Any, values: tuple[Any, ...]) -> None:
    with engine.connect() as connection:
        dialect = engine.dialect
    with column_of(engine, type_) as table, engine.begin() as connection:
        for one in (*values, None):
            connection.execute(table.delete())
            statement = table.insert().from_select(["v"], select(literal(one, type_)))
            sql = str(statement.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
            connection.exec_driver_sql(sql, {})
            found = connection.execute(select(table.c.v)).scalar()
            assert (found, type(found)) == (one, type(one))


def test_any_text_comes_back(engine: Engine) -> None:
    texts = some.text(some.characters(exclude_categories=["Cs"]), max_size=50)
    with column_of(engine, mysql.VARCHAR(200, **UTF8)) as table, engine.begin() as connection:
        dialect = engine.dialect

        @settings(max_examples=60, suppress_health_check=list(HealthCheck))
        @given(texts)
        def comes_back(found: str) -> None:
            connection.execute(table.delete())
            connection.execute(insert(table).values(v=found))
            assert connection.execute(select(table.c.v)).scalar() == found
            shown = select(literal(found, types.String()))
            sql = str(shown.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
            assert connection.exec_driver_sql(sql, {}).scalar() == found

        comes_back()


@pytest.mark.parametrize("value", ["192.168.0.1", "::1"])
def test_addresses_come_back(backend: Backend, value: str) -> None:
    if backend.dialect != "mariadb":
        with (
            pytest.raises(Exception, match="1064"),
            create_engine(backend.url).begin() as connection,
        ):
            connection.execute(text("CREATE TABLE no_such_type (v INET6)"))
        return
    engine = create_engine(backend.url)
    type_ = mysql.INET6() if ":" in value else mysql.INET4()
    with column_of(engine, type_) as table, engine.begin() as connection:
        connection.execute(insert(table).values(v=value))
        assert connection.execute(select(table.c.v)).scalar() == value
    engine.dispose()
