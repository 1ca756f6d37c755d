"""Every type's values come back from SQLite as they went, or are refused, or one is told."""

from __future__ import annotations

import datetime as dt
import enum
import json
import math
import pickle
import sqlite3
import uuid
from decimal import Decimal
from typing import Any

import pytest

from tests.core.types.dialects import SQLITE
from tests.core.types.examples import E
from tests.core.types.sqlite_trip import literal_and_read, read, stored, stored_and_read
from toolkit_core.errors import SAWarning, UnsupportedCompilationError
from toolkit_core.types import (
    ARRAY,
    JSON,
    NULLTYPE,
    UUID,
    BigInteger,
    Boolean,
    Date,
    DateTime,
    Double,
    Enum,
    Float,
    Integer,
    Interval,
    LargeBinary,
    Numeric,
    PickleType,
    String,
    Text,
    Time,
    TypeDecorator,
    TypeEngine,
    Unicode,
    UtcDateTime,
    Uuid,
)
from toolkit_sqlite.plugin import plugin
from toolkit_sqlite.types import DATE, DATETIME, TIME
from toolkit_sqlite.types.json_type import sqlite_path

UTC = dt.timezone.utc
EAST = dt.timezone(dt.timedelta(hours=9))
MOMENT = dt.datetime(2024, 2, 29, 23, 59, 58, 123456)  # noqa: DTZ001 - a naive one is meant
FIRST = dt.datetime(1, 1, 1)  # noqa: DTZ001 - the same
LAST = dt.datetime(9999, 12, 31, 23, 59, 59, 999999)  # noqa: DTZ001 - the same
ID = uuid.UUID("12345678-9abc-def0-1234-56789abcdef0")
DIGITS = uuid.UUID("12345678901234567890123456789012")
EXPONENT = uuid.UUID("1234567890123456e890123456789012")


class Text2(enum.Enum):
    one = "o'ne"
    two = "zwei"


SAME: list[tuple[TypeEngine[Any], Any]] = [
    *[(String(5), text) for text in ("", "x", "it's", 'a"b', "a\0b", "\0", "é\u2028😀", "x" * 9)],
    *[(String(), text) for text in ("%", ":x", "?", "\\", "\\'", "--", ";", "\n\r\t", "NULL")],
    (Text(), "x"),
    (Unicode(5), "é"),
    *[(Integer(), n) for n in (0, -1, 2**31, 2**63 - 1, -(2**63))],
    (BigInteger(), 2**40),
    *[(Float(), x) for x in (0.0, 1.5, -1e300, 5e-324, math.inf, -math.inf)],
    (Double(), 0.1),
    (Numeric(10, 2), Decimal("1.10")),
    (Numeric(10, 2), Decimal("-0.01")),
    (Numeric(), Decimal("1.5000000000")),
    (Numeric(18, 0), Decimal(123456789012345678)),
    (Numeric(10, 2), Decimal("Infinity")),
    (Numeric(10, 2, asdecimal=False), 1.25),
    (Float(asdecimal=True, decimal_return_scale=3), Decimal("1.123")),
    (Boolean(), True),
    (Boolean(), False),
    *[(DateTime(), moment) for moment in (MOMENT, FIRST, LAST)],
    *[(Date(), moment.date()) for moment in (MOMENT, FIRST, LAST)],
    *[(Time(), moment.time()) for moment in (MOMENT, FIRST, LAST)],
    (UtcDateTime(), MOMENT.replace(tzinfo=UTC)),
    *[(Interval(), span) for span in (dt.timedelta(0), dt.timedelta(-5, 6, 7), dt.timedelta(9999))],
    *[(LargeBinary(), data) for data in (b"", b"\0", b"'", bytes(range(256)))],
    *[(Uuid(), one) for one in (ID, DIGITS, EXPONENT, uuid.UUID(int=0), uuid.UUID(int=5))],
    *[(UUID(), one) for one in (ID, DIGITS, EXPONENT, uuid.UUID(int=0), uuid.UUID(int=5))],
    (Uuid(as_uuid=False), str(ID)),
    (UUID(as_uuid=False), str(DIGITS)),
    (Enum(E), E.bb),
    (Enum("a", "it's"), "it's"),
    (Enum(Text2, values_callable=lambda cls: [one.value for one in cls]), Text2.one),
    *[(JSON(), value) for value in ({}, [], "", "x", 5, 1.5, True, False, [None], {"a": [1, {}]})],
    *[(JSON(), value) for value in ({"é": "\ud800\0"}, "5", "null", "it's", -(2**63), 0.1)],
    (PickleType(), {1: (2, None)}),
    (PickleType(protocol=2), [1]),
    (NULLTYPE, 5),
    (NULLTYPE, "x"),
]


def shown(value: object) -> str:
    """The same in every process: a repr may hold an address."""
    return type(value).__name__ if isinstance(value, memoryview) else repr(value)


@pytest.mark.parametrize(("type_", "value"), SAME, ids=repr)
def test_a_stored_value_comes_back_as_it_was(type_: TypeEngine[Any], value: Any) -> None:
    found = stored_and_read(type_, value)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("type_", "value"), [pair for pair in SAME if pair[0] is not NULLTYPE], ids=repr
)
def test_a_value_written_into_the_sql_comes_back_as_it_was(
    type_: TypeEngine[Any], value: Any
) -> None:
    assert literal_and_read(type_, value) == value


@pytest.mark.parametrize("type_", {repr(type_): type_ for type_, _ in SAME}.values(), ids=repr)
def test_null_is_none_for_every_type(type_: TypeEngine[Any]) -> None:
    found, held, kind = stored(type_, None)
    assert found is None
    assert (held, kind) == (("null", "text") if isinstance(type_, JSON) else (None, "null"))
    assert read(type_, None) is None


# -- how it is stored: another program may read it -----------------------------------------

HELD: list[tuple[TypeEngine[Any], Any, Any, str]] = [
    (Boolean(), True, 1, "integer"),
    (Boolean(), 1.0, 1, "integer"),
    (Float(), 5, 5.0, "real"),
    (Float(), Decimal("1.5"), 1.5, "real"),
    (Numeric(10, 2), Decimal("1.456"), 1.456, "real"),
    (DateTime(), MOMENT, "2024-02-29 23:59:58.123456", "text"),
    (DateTime(), dt.date(2020, 1, 1), "2020-01-01 00:00:00.000000", "text"),
    (DateTime(timezone=True), FIRST.replace(tzinfo=UTC), "0001-01-01 00:00:00.000000", "text"),
    (Date(), MOMENT, "2024-02-29", "text"),
    (Time(), dt.time(1, 2, 3), "01:02:03.000000", "text"),
    (Interval(), dt.timedelta(5, 6, 7), "1970-01-06 00:00:06.000007", "text"),
    (Interval(), dt.timedelta(-5, 6, 7), "1969-12-27 00:00:06.000007", "text"),
    (LargeBinary(), bytearray(b"x"), b"x", "blob"),
    (Uuid(), uuid.UUID(int=5), "0" * 31 + "5", "text"),
    (UUID(), ID, ID.hex, "text"),
    (Enum(E), E.a, "a", "text"),
    (Enum(E), "bb", "bb", "text"),
    (JSON(), {"a": 1}, '{"a": 1}', "text"),
    (JSON(), JSON.NULL, "null", "text"),
    (JSON(), None, "null", "text"),
    (JSON(none_as_null=True), None, None, "null"),
    (JSON(none_as_null=True), JSON.NULL, "null", "text"),
    (PickleType(), [1], pickle.dumps([1], 5), "blob"),
]


@pytest.mark.parametrize(("type_", "value", "held", "kind"), HELD, ids=repr)
def test_it_is_stored_as_documented(
    type_: TypeEngine[Any], value: Any, held: Any, kind: str
) -> None:
    assert stored(type_, value)[1:] == (held, kind)


READ: list[tuple[TypeEngine[Any], Any, Any]] = [
    (Numeric(10, 2), 1.456, Decimal("1.46")),
    (Numeric(10), 1.5, Decimal("1.5000000000")),
    (Numeric(20, 2, 5), 1.4560012, Decimal("1.45600")),
    (Numeric(20, 2), 12345678901234567, Decimal("12345678901234567.00")),
    (Float(asdecimal=True), 1.1234567890123456, Decimal("1.1234567890")),
    (Boolean(), 0, False),
    (DateTime(), "2020-01-01 00:00:00", dt.datetime(2020, 1, 1)),  # noqa: DTZ001 - naive on purpose
    (UUID(), 5, uuid.UUID(int=5)),
    (JSON(), 5, 5),
    (JSON(), "[1]", [1]),
]


@pytest.mark.parametrize(("type_", "held", "value"), READ, ids=repr)
def test_it_is_read_as_documented(type_: TypeEngine[Any], held: Any, value: Any) -> None:
    found = read(type_, held)
    assert found == value
    assert str(found) == str(value)


# -- what is refused -----------------------------------------------------------------------

REFUSED: list[tuple[TypeEngine[Any], Any, type[Exception], str]] = [
    (String(), "\ud800", UnicodeEncodeError, "surrogates"),
    (Integer(), 2**63, OverflowError, "too large"),
    (Boolean(), 2, ValueError, "Value 2 is not None, True, or False"),
    (Boolean(), "x", TypeError, "Not a boolean value: 'x'"),
    (Float(), "x", ValueError, "could not convert"),
    (DateTime(), "2020-01-01", TypeError, "SQLite DateTime type only accepts"),
    (Date(), "2020-01-01", TypeError, "SQLite Date type only accepts"),
    (Time(), MOMENT, TypeError, "SQLite Time type only accepts"),
    (Interval(), 5, TypeError, "timedelta is expected, not int"),
    (Interval(), dt.timedelta.max, OverflowError, "out of range"),
    (LargeBinary(), "x", TypeError, "bytes-like"),
    (Uuid(), str(ID), TypeError, "make one of it"),
    (Uuid(as_uuid=False), ID, TypeError, "a string is expected"),
    (Uuid(as_uuid=False), "zz", ValueError, "badly formed"),
    (Enum(E), 5, LookupError, "'5' is not among the defined enum values. Enum name: e. Possible"),
    (Enum(E), [1], LookupError, "is not among"),
    (Enum("a", validate_strings=True), "zz", LookupError, "Possible values: a"),
    (JSON(), Decimal(1), TypeError, "not JSON serializable"),
    (JSON(), 2**63, OverflowError, "too large for SQLite"),
    (PickleType(), memoryview(b""), TypeError, "pickle"),
    (ARRAY(Integer), [1], UnsupportedCompilationError, "SQLite has no arrays"),
    (UtcDateTime(), MOMENT, ValueError, "is naive: give it a tzinfo"),
    (UtcDateTime(), MOMENT.date(), TypeError, "takes aware datetime objects"),
    (
        UtcDateTime(),
        FIRST.replace(tzinfo=dt.timezone(dt.timedelta(hours=9))),
        OverflowError,
        "range",
    ),
]


@pytest.mark.parametrize(("type_", "value", "error", "message"), REFUSED, ids=shown)
def test_what_sqlite_cannot_keep_is_refused(
    type_: TypeEngine[Any], value: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message.replace("(", r"\(")):
        stored(type_, value)


UNREADABLE: list[tuple[TypeEngine[Any], Any, type[Exception], str]] = [
    (DateTime(), "x", ValueError, "Couldn't parse datetime string 'x'"),
    (DateTime(), 5, ValueError, "Couldn't parse datetime string 5"),
    (Date(), "x", ValueError, "Couldn't parse date string"),
    (Time(), "x", ValueError, "Couldn't parse time string"),
    (Enum(E), "zz", LookupError, "'zz' is not among the defined enum values"),
    (Uuid(), "zz", ValueError, "badly formed"),
    (JSON(), "{", json.JSONDecodeError, "Expecting"),
]


@pytest.mark.parametrize(("type_", "held", "error", "message"), UNREADABLE, ids=repr)
def test_what_is_none_of_the_types_values_is_refused_when_read(
    type_: TypeEngine[Any], held: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        read(type_, held)


# -- what is told --------------------------------------------------------------------------


@pytest.mark.parametrize("type_", [Float(), Double(), Numeric(10, 2)], ids=repr)
def test_nan_is_stored_as_null_with_a_warning(type_: TypeEngine[Any]) -> None:
    with pytest.warns(SAWarning, match="SQLite has no NaN"):
        assert stored(type_, math.nan)[1:] == (None, "null")


def test_a_decimal_that_sqlite_cannot_keep_warns() -> None:
    value = Decimal("123456789012345678.12345678901234567890")
    with pytest.warns(SAWarning, match="is stored as 1.2345678901234568e\\+17, which is not"):
        stored(Numeric(38, 20), value)


def test_an_offset_that_sqlite_drops_warns() -> None:
    zone = dt.timezone(dt.timedelta(hours=2))
    with pytest.warns(SAWarning, match="Use UtcDateTime"):
        assert stored_and_read(DateTime(timezone=True), MOMENT.replace(tzinfo=zone)) == MOMENT
    with pytest.warns(SAWarning, match="Use UtcDateTime"):
        stored(Time(timezone=True), dt.time(1, tzinfo=zone))


def test_utc_is_what_one_expects_of_a_moment_without_a_zone() -> None:
    assert stored_and_read(DateTime(timezone=True), MOMENT.replace(tzinfo=UTC)) == MOMENT


def test_utc_datetime_returns_the_same_moment_in_utc() -> None:
    there = MOMENT.replace(tzinfo=dt.timezone(dt.timedelta(hours=-5)))
    found = stored_and_read(UtcDateTime(), there)
    assert found == there
    assert found.tzinfo is UTC


# -- options of SQLite's own types ---------------------------------------------------------

OPTIONS: list[tuple[TypeEngine[Any], Any, Any, Any]] = [
    (
        DATETIME(truncate_microseconds=True),
        MOMENT,
        "2024-02-29 23:59:58",
        MOMENT.replace(microsecond=0),
    ),
    (TIME(truncate_microseconds=True), MOMENT.time(), "23:59:58", dt.time(23, 59, 58)),
    (
        DATETIME(
            storage_format="%(year)04d%(month)02d%(day)02d%(hour)02d%(minute)02d%(second)02d",
            regexp=r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)",
        ),
        MOMENT,
        "20240229235958",
        MOMENT.replace(microsecond=0),
    ),
    (
        DATE(
            storage_format="%(month)02d/%(day)02d/%(year)04d",
            regexp=r"(?P<month>\d+)/(?P<day>\d+)/(?P<year>\d+)",
        ),
        MOMENT.date(),
        "02/29/2024",
        MOMENT.date(),
    ),
    (
        TIME(
            storage_format="%(hour)02d-%(minute)02d-%(second)02d-%(microsecond)06d",
            regexp=r"(\d+)-(\d+)-(\d+)(?:-(\d+))?",
        ),
        MOMENT.time(),
        "23-59-58-123456",
        MOMENT.time(),
    ),
]


@pytest.mark.parametrize(("type_", "value", "held", "found"), OPTIONS, ids=repr)
def test_a_storage_format_and_its_pattern_belong_together(
    type_: TypeEngine[Any], value: Any, held: str, found: Any
) -> None:
    assert stored(type_, value)[:2] == (found, held)
    assert literal_and_read(type_, value) == found


def test_truncating_and_a_format_contradict_each_other() -> None:
    with pytest.raises(AssertionError, match="only one of"):
        DATETIME(storage_format="x", truncate_microseconds=True)


def test_a_text_that_does_not_match_the_pattern_is_refused() -> None:
    with pytest.raises(ValueError, match="Couldn't parse date string"):
        read(DATE(regexp=r"(\d+)/(\d+)/(\d+)"), "2020-01-01")


def test_a_driver_that_converts_by_itself_is_left_alone() -> None:
    dialect = plugin.dialect(native_datetime=True)
    for type_ in (DateTime(), Date()):
        assert type_.bind_processor(dialect) is None
        assert type_.result_processor(dialect, None) is None
    assert Time().bind_processor(dialect) is not None


def test_json_is_written_and_read_by_what_the_engine_was_given() -> None:
    dialect = SQLITE.but(
        json_serializer=lambda value: json.dumps(value, default=str),
        json_deserializer=lambda text: json.loads(text, parse_float=Decimal),
    )
    found = stored_and_read(JSON(), {"a": Decimal("1.5"), "b": 2.5}, dialect)
    assert found == {"a": "1.5", "b": Decimal("2.5")}


@pytest.mark.parametrize(
    ("steps", "expected"),
    [(("a",), 1), (("b c",), 2), (("l", 1), "y"), (("l", -1), "z"), (("a\\b",), 3), (("é",), 4)],
    ids=repr,
)
def test_a_path_into_json_finds_what_python_finds(steps: tuple[Any, ...], expected: Any) -> None:
    document = json.dumps({"a": 1, "b c": 2, "l": ["x", "y", "z"], "a\\b": 3, "é": 4})
    bind = JSON.JSONPathType().bind_processor(SQLITE)
    assert bind is not None
    with sqlite3.connect(":memory:") as connection:
        row = connection.execute("SELECT json_extract(?, ?)", (document, bind(steps))).fetchone()
    connection.close()
    assert row[0] == expected
    assert literal_and_read(JSON.JSONPathType(), steps) == bind(steps)


def test_a_step_into_json_is_a_path_of_one_step() -> None:
    for step in (JSON.JSONStrIndexType(), JSON.JSONIndexType()):
        bind = step.bind_processor(SQLITE)
        assert bind is not None
        assert bind("a") == '$."a"'
        assert literal_and_read(step, "a'b") == '$."a\'b"'


@pytest.mark.parametrize(("step", "error"), [(1.5, TypeError), (None, TypeError)])
def test_what_is_neither_key_nor_position_is_no_step(step: Any, error: type[Exception]) -> None:
    bind = JSON.JSONIndexType().bind_processor(SQLITE)
    assert bind is not None
    with pytest.raises(error, match="a step into JSON is"):
        bind(step)


def test_a_key_that_older_versions_cannot_find_is_refused_there() -> None:
    assert sqlite_path(('q"q',)) == '$."q\\u0022q"'
    with pytest.raises(ValueError, match="cannot look up the JSON key"):
        sqlite_path(('q"q',), quotes=False)


# -- types inside types --------------------------------------------------------------------


class Lower(TypeDecorator[str]):
    impl = String
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> Any:
        return None if value is None else value.lower()

    def process_result_value(self, value: Any, dialect: Any) -> Any:
        return None if value is None else f"<{value}>"


class Marked(Lower):
    cache_ok = True

    def process_literal_param(self, value: Any, dialect: Any) -> Any:
        return f"literal {value}"


class WithImpl(TypeDecorator[Any]):
    """The documented GUID recipe: another type for another database."""

    impl = Uuid
    cache_ok = True

    def load_dialect_impl(self, dialect: Any) -> TypeEngine[Any]:
        made: TypeEngine[Any] = dialect.type_descriptor(PickleType())
        return made


def test_a_decorator_comes_before_its_impl_on_the_way_in_and_after_it_on_the_way_out() -> None:
    assert stored(Lower(5), "ABC") == ("<abc>", "abc", "text")
    assert literal_and_read(Lower(), "A'C") == "<a'c>"
    assert literal_and_read(Lower(), None) is None


def test_a_decorator_may_write_literals_otherwise() -> None:
    assert literal_and_read(Marked(), "A") == "<literal A>"


def test_a_decorator_uses_what_it_loads_for_the_dialect() -> None:
    assert stored(WithImpl(), {1, 2})[::2] == ({1, 2}, "blob")


def test_a_variant_stands_in_for_the_type() -> None:
    type_ = DateTime().with_variant(Integer(), "sqlite")
    assert stored(type_, 5) == (5, 5, "integer")
    assert literal_and_read(type_, 5) == 5


def test_a_variant_of_a_decorator_is_resolved() -> None:
    assert stored(Lower().with_variant(Boolean(), "sqlite"), True) == (True, 1, "integer")
    assert stored(Boolean().with_variant(Lower(), "sqlite"), "ABC") == ("<abc>", "abc", "text")


def test_a_json_inside_a_decorator_keeps_its_null() -> None:
    class Document(TypeDecorator[Any]):
        impl = JSON
        cache_ok = True

        def process_bind_param(self, value: Any, dialect: Any) -> Any:
            return value

    assert stored(Document(), None)[1] == "null"
