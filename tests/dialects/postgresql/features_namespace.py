"""What the sources in golden/features.json may name."""

from __future__ import annotations

import datetime as dt
import enum
import uuid
from decimal import Decimal
from typing import Any

import toolkit
from toolkit.dialects import postgresql
from toolkit.sql import operators


class C(enum.Enum):
    a = 1
    b = 2


def namespace() -> dict[str, Any]:
    """Return the names of the face, PostgreSQL's before the others, and two tables."""
    t, pg = toolkit, postgresql
    metadata = t.MetaData()
    column, whole = t.Column, t.Integer
    j = t.Table(
        "j",
        metadata,
        column("id", whole, primary_key=True),
        column("j", t.JSON),
        column("b", pg.JSONB),
    )
    a = t.Table(
        "a",
        metadata,
        column("id", whole, primary_key=True),
        column("x", whole),
        column("s", t.String),
        column("n", t.Numeric(10, 2)),
        column("i", pg.ARRAY(whole)),
        column("i2", pg.ARRAY(whole, dimensions=2)),
        column("z", pg.ARRAY(whole, zero_indexes=True)),
        column("e", t.Enum(C)),
        column("ea", pg.ARRAY(t.Enum(C))),
        column("tv", pg.TSVECTOR),
        column("d", t.Date),
        column("dt", t.DateTime),
        column("h", pg.HSTORE),
        column("r", pg.INT4RANGE),
        column("mr", pg.INT4MULTIRANGE),
        column("u", pg.UUID),
        column("ip", pg.INET),
        column("iv", t.Interval),
        column("bt", pg.BIT(3)),
        column("dom", pg.DOMAIN("dd", whole)),
        column("m", pg.MONEY),
        column("odd %", whole),
        column("Q(x)", whole),
        column("fl", t.Boolean),
        column("ci", pg.CITEXT),
        column("b5", t.LargeBinary),
    )
    return {
        **{name: getattr(t, name) for name in t.__all__},
        **{name: getattr(pg, name) for name in pg.__all__},
        "C": C,
        "Decimal": Decimal,
        "JSON": t.JSON,
        "a": a,
        "date": dt.date,
        "datetime": dt.datetime,
        "insert": t.insert,
        "ixu": t.Index("ixu", a.c.x, unique=True, postgresql_where=a.c.x > 5),
        "j": j,
        "metadata": metadata,
        "operators": operators,
        "pinsert": pg.insert,
        "seq": t.Sequence("seq"),
        "sseq": t.Sequence("Odd Seq", schema="S"),
        "time": dt.time,
        "timedelta": dt.timedelta,
        "uid": uuid.UUID("6b29fc40ca471067b31d00dd010662da"),
    }
