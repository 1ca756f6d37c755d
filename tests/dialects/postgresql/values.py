"""Values that are hard on their way to PostgreSQL and back, by type."""

from __future__ import annotations

import datetime as dt
import enum
import uuid
from decimal import Decimal
from typing import Any

from toolkit import types as t
from toolkit.dialects import postgresql as pg


class Colour(enum.Enum):
    red = 1
    green = 2


ZONE = dt.timezone(dt.timedelta(hours=5, minutes=30))


def moment(year: int, month: int, day: int, *rest: Any) -> dt.datetime:
    """Return a date with a time that has no zone."""
    return dt.datetime.combine(dt.date(year, month, day), dt.time(*rest))


NOON = moment(2020, 1, 2, 12, 0, 0, 5)
AWARE = NOON.replace(tzinfo=ZONE)
DAY = dt.date(2020, 1, 2)
ONE = uuid.UUID("6b29fc40-ca47-1067-b31d-00dd010662da")
TEXTS = ["", "it's", "a%b", "%s %(x)s", "\\", "\\x41", "é😀", "a\nb", '{},"', "NULL", ":x", "?"]
WORDS = ("it's", "a%b", 'x"y')
JSONS: list[Any] = [{"a": "it's %s \\ \" é", "b": [1, 2.5, None, True]}, "text", [], 5, 0.1]
R, M = pg.Range, pg.MultiRange

VALUES: list[tuple[Any, list[Any]]] = [
    (t.Integer(), [0, -(2**31), 2**31 - 1, None]),
    (t.BigInteger(), [2**63 - 1, -(2**63)]),
    (t.SmallInteger(), [-32768]),
    (t.String(), TEXTS),
    (t.Text(), ["x" * 5000]),
    (t.CHAR(3), ["abc"]),
    (t.VARCHAR(5, collation="C"), ["a"]),
    (t.Numeric(), [Decimal("1E-20"), Decimal("12345678901234567890.12345"), Decimal(0)]),
    (t.Numeric(10, 2), [Decimal("1.10")]),
    (t.Numeric(asdecimal=False), [1.5]),
    (t.Float(), [0.1, 1e300, -0.0, float("inf"), float("-inf"), 5e-324]),
    (t.Float(asdecimal=True), [Decimal("1.5000000000")]),
    (t.Double(), [1 / 3]),
    (t.REAL(), [0.5]),
    (t.Boolean(), [True, False, None]),
    (t.Date(), [dt.date(1, 1, 1), dt.date(9999, 12, 31)]),
    (t.DateTime(), [moment(1, 1, 1), moment(9999, 12, 31, 23, 59, 59, 999999)]),
    (t.DateTime(True), [AWARE]),
    (t.Time(), [dt.time(23, 59, 59, 999999)]),
    (t.Time(True), [dt.time(1, 2, 3, tzinfo=ZONE)]),
    (pg.TIMESTAMP(precision=3), [moment(2020, 1, 1, 1, 1, 1, 123000)]),
    (pg.TIME(precision=0), [dt.time(1, 2, 3)]),
    (t.Interval(), [dt.timedelta(days=-5, microseconds=3), dt.timedelta(days=99999, seconds=5)]),
    (t.Interval(native=False), [dt.timedelta(days=3)]),
    (pg.INTERVAL(), [dt.timedelta(1)]),
    (t.LargeBinary(), [b"", b"\x00\xff'%\\", bytes(range(256))]),
    (pg.BYTEA(), [b"x"]),
    (t.PickleType(), [{"a": 1}]),
    (t.JSON(), JSONS),
    (pg.JSONB(), JSONS),
    (t.Uuid(), [ONE]),
    (t.Uuid(as_uuid=False), [str(ONE)]),
    (t.Uuid(native_uuid=False), [ONE]),
    (t.Enum(Colour, name="colour"), [Colour.red, None]),
    (t.Enum(*WORDS, name="words"), list(WORDS)),
    (t.Enum(Colour, name="plain", native_enum=False), [Colour.green]),
    (pg.ENUM(*WORDS, name="own words"), list(WORDS)),
    (pg.DOMAIN("small", t.Integer), [5]),
    (pg.ARRAY(t.Integer), [[1, 2, None], [], None, [[1, 2], [3, 4]]]),
    (pg.ARRAY(t.Integer, as_tuple=True), [(1, 2)]),
    (pg.ARRAY(t.String), [[*TEXTS, None]]),
    (pg.ARRAY(t.Text, dimensions=2), [[["a", "b"], ["c", None]]]),
    (pg.ARRAY(t.Enum(Colour, name="colour")), [[Colour.red, None], []]),
    (pg.ARRAY(t.Enum(*WORDS, name="words")), [list(WORDS)]),
    (pg.ARRAY(t.Uuid), [[ONE]]),
    (pg.ARRAY(pg.JSONB, dimensions=1), [[{"a": [1, "x,y"]}, "s", 5]]),
    (pg.ARRAY(t.Numeric), [[Decimal("1.5"), None]]),
    (pg.ARRAY(t.DateTime), [[NOON]]),
    (pg.ARRAY(t.LargeBinary), [[b"\x00'", b""]]),
    (pg.ARRAY(t.Interval), [[dt.timedelta(1)]]),
    (pg.ARRAY(pg.INT4RANGE), [[R(1, 5)]]),
    (t.ARRAY(t.Boolean), [[True, None]]),
    (pg.MACADDR(), ["08:00:2b:01:02:03"]),
    (pg.MACADDR8(), ["08:00:2b:01:02:03:04:05"]),
    (pg.MONEY(), ["$1,000.00"]),
    (pg.OID(), [5]),
    (pg.REGCLASS(), ["pg_class"]),
    (pg.REGCONFIG(), ["english"]),
    (pg.TSVECTOR(), ["'a' 'b'"]),
    (pg.TSQUERY(), ["'a' & 'b'"]),
    (pg.JSONPATH(), ['$."a"']),
    (pg.BIT(3), [pg.BitString("101")]),
    (pg.BIT(varying=True), [pg.BitString("10101"), pg.BitString("")]),
    (pg.INT4RANGE(), [R(1, 5), R(None, 5), R(), R(empty=True), R(1, 5, bounds="[]")]),
    (pg.INT8RANGE(), [R(1, 2**40)]),
    (pg.NUMRANGE(), [R(Decimal("1.5"), Decimal("2.5"), bounds="(]")]),
    (pg.DATERANGE(), [R(DAY, None)]),
    (pg.TSRANGE(), [R(NOON, moment(2021, 1, 1))]),
    (pg.TSTZRANGE(), [R(AWARE, None)]),
    (pg.INT4MULTIRANGE(), [M([R(1, 5), R(8, 9)]), M()]),
    (pg.NUMMULTIRANGE(), [M([R(Decimal("1.5"), Decimal("2.5"))])]),
    (pg.DATEMULTIRANGE(), [M([R(DAY, dt.date(2020, 2, 1))])]),
    (pg.TSTZMULTIRANGE(), [M([R(AWARE, AWARE + dt.timedelta(5))])]),
    (pg.HSTORE(), [{"a": "it's \" \\ %", "b": None}, {}]),
    (pg.CITEXT(), ["aBc"]),
]
