"""Types: how they are shown and written, and what they refuse."""

import enum
import warnings

from sqlalchemy import types as t
from sqlalchemy.dialects import sqlite

warnings.simplefilter("ignore")


class Colour(enum.Enum):
    red = 1
    green = 2


class Lower(t.TypeDecorator):
    impl = t.String
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return value.lower() if value is not None else None


class Point(t.UserDefinedType):
    cache_ok = True

    def __init__(self, places=8):
        self.places = places

    def get_col_spec(self, **kw):
        return f"POINT({self.places})"


kinds = {
    "integer": t.Integer(),
    "big": t.BigInteger(),
    "numeric": t.Numeric(10, 2),
    "floating": t.Float(asdecimal=True),
    "string": t.String(50, "NOCASE"),
    "enum": t.Enum(Colour, length=20),
    "boolean": t.Boolean(create_constraint=True, name="ck"),
    "datetime": t.DateTime(timezone=True),
    "date": t.Date(),
    "time": t.Time(),
    "interval": t.Interval(),
    "binary": t.LargeBinary(20),
    "uuid": t.Uuid(as_uuid=False),
    "json": t.JSON(none_as_null=True),
    "array": t.ARRAY(t.Integer, dimensions=2),
    "lower": Lower(9),
    "point": Point(5),
    "variant": t.String().with_variant(t.Integer(), "sqlite"),
}

for name, type_ in kinds.items():
    report(f"{name} is shown", repr(type_))
    report(f"{name} in words", str(type_))
    if name != "array":
        report(f"{name} on SQLite", type_.compile(dialect=sqlite.dialect()))
    report(f"{name} in Python", type_.python_type)
    report(f"{name} can be hashed", type_.hashable)

attempt("an array on SQLite", t.ARRAY(t.Integer).compile, dialect=sqlite.dialect())
attempt("nested arrays", t.ARRAY, t.ARRAY(t.Integer))
attempt("a decorator of nothing", t.TypeDecorator)
attempt("an enum too short", t.Enum, "a", "bb", length=1)
attempt("two variants", kinds["variant"].with_variant, t.Text(), "sqlite")
attempt("a variant for nobody", t.Integer().with_variant, t.Text())
