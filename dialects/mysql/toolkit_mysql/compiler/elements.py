"""MySQL's casts, which know few types, and parts of dates."""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi.elements import refuse_try_cast
from toolkit_core.compiler.expression_nodes import Cast, Extract, TryCast, operators
from toolkit_core.compiler.type_rules import write_type
from toolkit_core.compiler.writer import Writer
from toolkit_core.dialect import CompileError, SAWarning, warn
from toolkit_mysql.compiler.cast_types import cast_name, mariadb_cast_name
from toolkit_mysql.compiler.table import mariadb, mysql

mysql(TryCast)(refuse_try_cast)


@mysql(Cast)
def write_cast(w: Writer, cast: Cast[Any]) -> None:
    """Write CAST with the type that is meant; what cannot be cast to stays what it is."""
    write_cast_as(w, cast, cast_name(cast.type, w.dialect))


@mariadb(Cast)
def write_mariadb_cast(w: Writer, cast: Cast[Any]) -> None:
    """Write CAST, which knows other types on MariaDB."""
    write_cast_as(w, cast, mariadb_cast_name(cast.type, w.dialect))


def write_cast_as(w: Writer, cast: Cast[Any], name: str | None) -> None:
    """Write CAST as a type of this name; with None the expression alone."""
    if name is None:
        warn(
            f"Datatype {write_type(cast.type, w.dialect)} does not support CAST on MySQL/MariaDb; "
            "the CAST will be skipped.",
            SAWarning,
        )
        w.operand(cast.clause, operators.EVERYTHING)
        return
    w.text("CAST(")
    w.write(cast.clause)
    w.text(f" AS {name})")


# https://dev.mysql.com/doc/refman/9.0/en/expressions.html#temporal-intervals
UNITS = frozenset(
    [
        "microsecond",
        "second",
        "minute",
        "hour",
        "day",
        "week",
        "month",
        "quarter",
        "year",
        "second_microsecond",
        "minute_microsecond",
        "minute_second",
        "hour_microsecond",
        "hour_second",
        "hour_minute",
        "day_microsecond",
        "day_second",
        "day_minute",
        "day_hour",
        "year_month",
    ]
)
# What other databases have as fields, and MySQL as functions.
AS_FUNCTIONS = {
    "dow": ("DAYOFWEEK(", ") - 1"),
    "doy": ("DAYOFYEAR(", ")"),
    "epoch": ("TIMESTAMPDIFF(SECOND, '1970-01-01', ", ")"),
}


@mysql(Extract)
def write_extract(w: Writer, extract: Extract) -> None:
    """Write EXTRACT, or a function where that has no such field."""
    field = extract.field
    if field.lower() in AS_FUNCTIONS:
        before, after = AS_FUNCTIONS[field.lower()]
        grouped = "-" in after
        w.text("(" * grouped + before)
        w.write(extract.expr)
        w.text(after + ")" * grouped)
        return
    if field.lower() not in UNITS:
        raise CompileError(
            f"{field} is not a valid extract argument.",
            hint=f"one of {', '.join(sorted({*UNITS, *AS_FUNCTIONS}))}",
        )
    w.text(f"EXTRACT({field} FROM ")
    w.write(extract.expr)
    w.text(")")
